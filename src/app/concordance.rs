//! The concordance: every match in its context, in the order of the article, of the words to the left, or of
//! the words to the right.
//!
//! Invariant: one table row a match; the matched words begin the right-hand column. Not here: sorting.

use super::bits::{href, icon, paragraph, thousands};
use super::html::html;
use super::marked::plain;
use super::memo::memo_hook;
use super::states;
use crossread::engine::views::{Line, Results};
use crossread::session::{Address, Order, Shared};
use yew::functional::Hook;
use yew::prelude::*;

/// Lines that are drawn at first, and with each "more".
const PAGE: usize = 300;

/// What the concordance is drawn from.
#[derive(PartialEq)]
pub struct ConcordanceProps {
    /// The results.
    pub answer: Shared<Results>,
    /// Where we are.
    pub address: Address,
    /// Whether they answer what is asked.
    pub settled: bool,
}

/// The concordance.
pub fn concordance(props: ConcordanceProps) -> Html {
    memo_hook("concordance", props, |props, context| use_concordance(props).run(context))
}

#[hook]
fn use_concordance(props: &ConcordanceProps) -> Html {
    let ConcordanceProps { answer, address, settled } = props;
    let shown = use_state(|| PAGE);
    let lines = &answer.concordance;
    if lines.is_empty() && !settled {
        return states::waiting("Gathering the lines");
    }
    let more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + PAGE))
    };
    html! {
        <>
            { table(lines.get(..(*shown).min(lines.len())).unwrap_or(lines), address, |line| Address::hit(&line.slug, &address.q, line.hit), |_| Html::default()) }
            if (lines.len() as u32) < answer.matches && lines.len() <= *shown {
                <p class="more dim">{ format!("The first {} of {} matches.", thousands(lines.len() as u32), thousands(answer.matches)) }</p>
            }
            if lines.len() > *shown { <p class="more"><button class="btn" onclick={more}>{ "More lines" }</button></p> }
        </>
    }
}

/// A table of lines, sortable by its head; `act` gives what can be done with a line.
pub fn table(
    lines: &[Line],
    address: &Address,
    to: impl Fn(&Line) -> Address,
    act: impl Fn(&Line) -> Html,
) -> Html {
    let head = |class: &'static str, order: Order, word: &'static str| {
        let on = address.order.lines() == order.lines();
        html! {
            <th class={class} scope="col" aria-sort={on.then_some("ascending")}>
                <a href={href(&address.with_order(order))}>{ word }if on { { icon("down") } }</a>
            </th>
        }
    };
    let order = address.order;
    html! {
        <table class="kwic">
            <thead><tr>
                { head("w", Order::Plain, "Where") }
                { head("l", Order::Left, "To the left") }
                { head("r", Order::Right, "To the right") }
            </tr></thead>
            <tbody>{ for lines.iter().map(|line| row(line, order, to(line), act(line))) }</tbody>
        </table>
    }
}

fn row(line: &Line, order: Order, to: Address, act: Html) -> Html {
    let place = match line.letter {
        Some('A') => html! { <b class="ab a s">{ "A" }</b> },
        Some('B') => html! { <b class="ab b s">{ "B" }</b> },
        _ => html! { <bdi class="from" title={line.label.clone()}>{ &line.label }</bdi> },
    };
    let id = format!("line-{}-{}", line.slug, line.hit);
    let left = match (order, line.left.trim_end().rsplit_once(char::is_whitespace)) {
        (Order::Left, Some((before, last))) => {
            html! { <>{ plain(before) }{ " " }<span class="sorted">{ plain(last) }</span></> }
        }
        _ => plain(&line.left),
    };
    let right = match (order, first_word(&line.right)) {
        (Order::Right, Some((gap, word, rest))) => {
            html! { <>{ plain(gap) }<span class="sorted">{ word }</span>{ plain(rest) }</> }
        }
        _ => plain(&line.right),
    };
    let link = html! { <a id={id.clone()} data-item="" href={href(&to)}>{ plain(&line.hit_text) }</a> };
    // In right-to-left text, what comes before stands to the right.
    let (left, right) = match line.rtl {
        false => (html! { <bdi>{ left }</bdi> }, html! { <>{ link }{ right }</> }),
        true => (html! { <bdi>{ link }{ right }</bdi> }, html! { <bdi>{ left }</bdi> }),
    };
    html! {
        <tr key={id} data-slug={line.slug.clone()} class={line.rtl.then_some("rtl")}>
            <td class="w">{ place }{ " " }{ paragraph(line.paragraph) }{ act }</td>
            <td class="l">{ left }</td>
            <td class="r">{ right }</td>
        </tr>
    }
}

/// What stands before the first word, the word, and the rest.
fn first_word(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find(char::is_alphanumeric)?;
    let (gap, tail) = text.split_at(start);
    let end = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
    let (word, rest) = tail.split_at(end);
    Some((gap, word, rest))
}
