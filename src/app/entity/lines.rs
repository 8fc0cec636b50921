//! The lines: every mention of an entity in context, to be sorted by place or by the words around it.
//!
//! Invariant: the mention stands in one column whatever surrounds it; in right-to-left text what comes before
//! stands to its right. Not here: the order of the lines (the engine).

use crate::app::bits::{href, icon, paragraph, sign};
use crossread::engine::views::{ArticleRef, EntityPage, Line};
use crossread::session::{Action, Address, Order};
use yew::prelude::*;

/// The article at the place of a line, with the entity chosen.
pub fn place(line: &Line, entity: &str) -> Address {
    let mut to = Address::article(&line.slug, "").with_at(line.block);
    to.filters.entity = vec![entity.to_owned()];
    to
}

/// The table.
pub fn lines(view: &EntityPage, address: &Address, dispatch: &Callback<Action>) -> Html {
    let column = |class: &'static str, order: Order, word: &str| {
        let sorted = address.order == order;
        let to = address.with_order(order);
        let sort = dispatch.reform(move |_: MouseEvent| Action::Adjust(to.clone()));
        html! {
            <th {class} scope="col" aria-sort={sorted.then_some("ascending")}>
                <button onclick={sort}>{ word }if sorted { { icon("down") } }</button>
            </th>
        }
    };
    html! {
        <section class="sec" aria-labelledby="h-kwic">
            <h2 id="h-kwic">{ "In context" }</h2>
            <table class="kwic">
                <thead>
                    <tr>
                        { column("w", Order::Plain, "Where") }
                        { column("l", Order::Left, "To the left") }
                        { column("r", Order::Right, "To the right") }
                    </tr>
                </thead>
                <tbody>{ for view.lines.iter().enumerate().map(|(i, line)| html! {
                    <Row key={i} line={line.clone()} entity={view.name.entity.clone()} order={address.order}
                        now={address.hit == Some(i as u32)} />
                }) }</tbody>
            </table>
        </section>
    }
}

/// What a row is drawn from.
#[derive(Properties, PartialEq)]
pub struct RowProps {
    /// The line.
    pub line: Line,
    /// The entity.
    pub entity: String,
    /// By what the lines are sorted.
    pub order: Order,
    /// Whether it is the line in hand.
    pub now: bool,
}

/// A line of the table.
pub struct Row;

impl Component for Row {
    type Message = ();
    type Properties = RowProps;

    fn create(_: &Context<Self>) -> Row {
        Row
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &RowProps) -> bool {
        ctx.props() != old
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let RowProps { line, entity, order, now } = ctx.props();
        let article =
            ArticleRef { letter: line.letter, source: Some(line.label.clone()), ..Default::default() };
        let link = html! { <a href={href(&place(line, entity))}>{ &line.hit_text }</a> };
        let before = sorted(&line.left, *order == Order::Left, true);
        let after = sorted(&line.right, *order == Order::Right, false);
        let (left, right) = match line.rtl {
            false => (html! { <bdi>{ before }</bdi> }, html! { <>{ link }{ after }</> }),
            true => (html! { <bdi>{ link }{ after }</bdi> }, html! { <bdi>{ before }</bdi> }),
        };
        html! {
            <tr class={classes!(line.rtl.then_some("rtl"), now.then_some("on"))} aria-current={now.then_some("true")}>
                <td class="w">{ sign(&article, true) }{ " " }{ paragraph(line.paragraph) }</td>
                <td class="l">{ left }</td>
                <td class="r">{ right }</td>
            </tr>
        }
    }
}

/// The text beside a mention, with the word that it is sorted by told apart.
fn sorted(text: &str, on: bool, last: bool) -> Html {
    if !on {
        return Html::from(text);
    }
    let (a, b, c) = if last {
        let body = text.trim_end();
        let at = body
            .rfind(char::is_whitespace)
            .map_or(0, |i| i + body[i..].chars().next().map_or(1, char::len_utf8));
        (&text[..at], &text[at..body.len()], &text[body.len()..])
    } else {
        let start = text.len() - text.trim_start().len();
        let end = text[start..].find(char::is_whitespace).map_or(text.len(), |i| start + i);
        (&text[..start], &text[start..end], &text[end..])
    };
    html! { <>{ a }<span class="sorted">{ b }</span>{ c }</> }
}
