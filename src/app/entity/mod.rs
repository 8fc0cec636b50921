//! The view of one entity: what it is called, every mention in context, when, and with whom.
//!
//! Invariant: every quote carries its article and paragraph, and that is a link. Articles stand in the
//! corpus's order. Not here: recognising and linking names (the engine); the dialog that corrects them.

mod companions;
mod moments;
mod together;

use super::bits::{self, counted, does, href, icon, kind_class, kind_word, label, sign, ticks};
use super::concordance;
use super::docks;
use super::html::{classes, html};
use super::view::Props;
use companions::companions;
use crossread::engine::views::{AliasView, ArticleRef, EntityPage as Answer, Line};
use crossread::engine::{Part, Place, Who};
use crossread::session::{Action, Address, Correcting};
use moments::moments;
use together::together;
use yew::prelude::*;

/// Articles that have a column of their own in tables.
const COLUMNS: usize = 3;

/// The view, up to the dock.
pub fn entity(props: &Props<Answer>) -> Html {
    match (&props.missing, &props.answer) {
        (Some(what), _) => docks::nothing(what),
        (None, None) => docks::waiting(),
        (None, Some(view)) => page(view, props),
    }
}

fn page(view: &Answer, props: &Props<Answer>) -> Html {
    let name = &view.name;
    let kind = kind_class(name.kind);
    let articles = view.articles.len() as u32;
    html! {
        <main id="main" tabindex="-1">
            <div class="wrap">
                <header class="ent-head">
                    <p class={classes!("kind", kind)}>
                        <span class={classes!("ent", kind)}>{ kind_word(name.kind) }</span>
                        <span>{ format!("{} in {}", counted(name.total, "mention", "mentions"),
                            counted(articles, "article", "articles")) }</span>
                        if !name.gloss.is_empty() { <span>{ &name.gloss }</span> }
                    </p>
                    <h1 class="view" tabindex="-1"><bdi>{ &name.name }</bdi></h1>
                    <button class="btn" onclick={does(&props.dispatch, Action::Correcting(Box::new(part(view, Part::Whole, name.total))))}>
                        { icon("correct") }{ "Correct this name" }</button>
                    { relations(view) }
                </header>
                <div class="rail-end">
                    <div>
                        { aliases(view, kind, &props.dispatch) }
                        { lines(view, props) }
                        { moments(view) }
                        { together(view) }
                    </div>
                    { companions(view) }
                </div>
            </div>
        </main>
    }
}

/// What the dialog is told about a part of the entity.
fn part(view: &Answer, part: Part, count: u32) -> Correcting {
    let who = Who { id: view.name.entity.clone(), name: view.name.name.clone() };
    Correcting::Name { who, kind: view.name.kind, part, count, total: view.name.total }
}

/// Entities that this one stands in a relation to.
fn relations(view: &Answer) -> Html {
    if view.relations.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="relations inl">
            { for view.relations.iter().map(|(what, other)| html! {
                <li>
                    <span class="n">{ what }</span>{ " " }
                    <a class={classes!("ent", kind_class(other.kind))} href={href(&Address::entity(&other.entity))}>
                        <bdi>{ &other.name }</bdi>
                    </a>
                </li>
            }) }
        </ul>
    }
}

/// The heads of the columns with counts: an article each where they are few, else what they add up to.
fn columns(view: &Answer) -> Html {
    if view.articles.len() > COLUMNS {
        return html! { <><th scope="col">{ "Mentions" }</th><th scope="col">{ "Articles" }</th></> };
    }
    view.articles.iter().map(|(article, _)| html! { <th scope="col">{ short(article) }</th> }).collect()
}

/// An article at the head of a narrow column.
fn short(article: &ArticleRef) -> Html {
    match article.letter {
        Some(letter) => html! { letter },
        None => html! { <bdi class="sign" title={article.title.clone()}>{ label(article) }</bdi> },
    }
}

/// The cells under [`columns`]; zero is a dash.
fn cells(view: &Answer, counts: &[u32]) -> Html {
    let cell = |n: u32| html! { <td>{ if n == 0 { "–".to_owned() } else { n.to_string() } }</td> };
    if view.articles.len() > COLUMNS {
        let articles = counts.iter().filter(|&&n| n > 0).count() as u32;
        return html! { <>{ cell(counts.iter().sum()) }{ cell(articles) }</> };
    }
    counts.iter().map(|&n| cell(n)).collect()
}

/// The names it goes by, and where each lies in each article.
fn aliases(view: &Answer, kind: &'static str, dispatch: &Callback<Action>) -> Html {
    let strips = view.articles.len() <= COLUMNS;
    html! {
        <section aria-labelledby="h-aka">
            <h2 id="h-aka" class="vh">{ "Also called" }</h2>
            <table class="aka">
                <thead>
                    <tr>
                        <th scope="col">{ "Called" }</th>
                        if strips { <th scope="col" class="wide">{ "Where" }</th> }
                        { columns(view) }
                    </tr>
                </thead>
                <tbody>
                    { for view.aliases.iter().map(|alias| html! {
                        <tr key={alias.text.clone()}>
                            <th scope="row" class="nm"><bdi>{ &alias.text }</bdi>
                                if view.aliases.len() > 1 {
                                    { " " }{ bits::correct(dispatch, part(view, Part::Alias(alias.text.clone()), written(alias)), &format!("“{}”", alias.text)) }
                                }
                            </th>
                            if strips { <td class={classes!("wide", kind)} aria-hidden="true">{ strip(alias) }</td> }
                            { cells(view, &alias.places.iter().map(|p| p.len() as u32).collect::<Vec<_>>()) }
                        </tr>
                    }) }
                </tbody>
            </table>
        </section>
    }
}

/// Mentions that are written so.
fn written(alias: &AliasView) -> u32 {
    alias.places.iter().map(Vec::len).sum::<usize>() as u32
}

/// A line for each article, with a tick for each mention.
fn strip(alias: &AliasView) -> Html {
    let height = alias.places.len() * 10;
    html! {
        <svg class="lanes" viewBox={format!("0 0 200 {height}")} preserveAspectRatio="none" height={height.to_string()}>
            { for alias.places.iter().enumerate().map(|(i, places)| {
                let top = i as f32 * 10.0;
                html! {
                    <>
                        <path class="track" d={format!("M0 {}H200", i * 10 + 5)} />
                        <path class="tick" d={ticks(places, 200.0, top + 1.0, top + 9.0)} />
                    </>
                }
            }) }
        </svg>
    }
}

/// Every mention in context.
fn lines(view: &Answer, props: &Props<Answer>) -> Html {
    let Props { address, dispatch, .. } = props;
    let act = |line: &Line| {
        let article = view.articles.iter().position(|(article, _)| article.slug == line.slug);
        let starts = article.and_then(|article| view.starts.get(article));
        let Some(&start) = starts.and_then(|starts| starts.get(line.hit as usize)) else {
            return Html::default();
        };
        let (article, quote) = (line.slug.clone(), line.hit_text.clone());
        let count = view.aliases.iter().find(|alias| alias.text == quote).map_or(1, written);
        let words = format!("this mention, “{quote}”");
        bits::correct(dispatch, part(view, Part::At(Place { article, start, quote }), count), &words)
    };
    html! {
        <section class="sec" aria-labelledby="h-kwic">
            <h2 id="h-kwic">{ "In context" }</h2>
            { concordance::table(&view.lines, address, |line| place(line, &view.name.entity), act) }
        </section>
    }
}

/// The article at the place of a line, with the entity chosen.
fn place(line: &Line, entity: &str) -> Address {
    let mut to = Address::article(&line.slug, "").with_at(line.block);
    to.filters.entity = vec![entity.to_owned()];
    to
}

/// Where a quote is from: the article's sign and the paragraph, a link.
fn source(line: &Line, entity: &str) -> Html {
    let article = ArticleRef { letter: line.letter, source: Some(line.label.clone()), ..Default::default() };
    let words = super::bits::paragraph(line.paragraph);
    html! { <>{ sign(&article, true) }{ " " }<a href={href(&place(line, entity))}>{ words }</a></> }
}
