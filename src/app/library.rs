//! The library: the search box first, then what this file holds.
//!
//! One article, two side by side with the threads between them, or many with facets and stories. Invariant: a
//! function of `views::Library` and what is ticked. Not here: results (`results.rs`).

use super::bits::{counted, does, href, icon, kind_class, length, sign, thousands};
use super::find::FindProps;
use super::html::{classes, html};
use super::memo::memo;
use super::{facets, states, threads, words};
use crossread::engine::views::{ArticleRef, Card, Library as Answer, NameCount, PairBrief};
use crossread::session::{Action, Address, Shared, View};
use yew::prelude::*;

/// What the library is drawn from.
#[derive(PartialEq)]
pub struct LibraryProps {
    /// The library; `None` while it is under way.
    pub answer: Option<Shared<Answer>>,
    /// Where we are.
    pub address: Address,
    /// Slugs of ticked articles.
    pub ticked: Vec<String>,
    /// The search box.
    pub find: FindProps,
    /// This file's edition.
    pub edition: Option<String>,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}

/// The library.
pub fn library(props: &LibraryProps) -> Html {
    let LibraryProps { answer, address, ticked, find, edition, dispatch } = props;
    let Some(library) = answer else { return opening(find) };
    if library.total == 0 {
        return html! { <main id="main" tabindex="-1"><div class="wrap">{ states::empty(dispatch) }{ foot(edition, dispatch) }</div></main> };
    }
    let body = match (library.total, &library.pair) {
        (..=2, pair) => html! {
            <>
                if let Some(pair) = pair { { cross(pair) } }
                { for facets::chosen(&library.facets, &address.filters, dispatch) }
                <h2 class="vh">{ "Articles" }</h2>
                <div class={if library.cards.len() == 2 { "two" } else { "one" }}>
                    { for library.cards.iter().map(card) }
                </div>
            </>
        },
        _ => html! {
            <div class="rail">
                <aside class="only-l" aria-label="Narrow down">
                    { facets::facets(&library.facets, &address.filters, "l", dispatch) }
                </aside>
                <div>
                    { for facets::chosen(&library.facets, &address.filters, dispatch) }
                    { for facets::narrowed(library.passing as usize, library.total).map(|n| html! { <p class="dim">{ n }</p> }) }
                    { for list(library, ticked, dispatch) }
                    { for longer(library.cards.len(), library.passing, dispatch) }
                    { for tray(library, ticked, dispatch) }
                </div>
            </div>
        },
    };
    html! {
        <main id="main" tabindex="-1">
            <div class="wrap">
                <div class="mast">
                    <h1 tabindex="-1" dir="auto">{ title(library) }</h1>
                    { nums(library) }
                    { memo("find", find.clone(), super::find::find) }
                    if !library.examples.is_empty() {
                        <ul class="tries" aria-label="For example">
                            { for library.examples.iter().map(|q| html! { <li key={q.clone()}><a href={href(&Address::results(q))}><bdi>{ q }</bdi></a></li> }) }
                        </ul>
                    }
                </div>
                { body }
                { foot(edition, dispatch) }
            </div>
        </main>
    }
}

/// While the articles are being opened: the search box at its place, so that typing can begin and goes on when the
/// rest is there. Elements stand where [`library`] has them.
fn opening(find: &FindProps) -> Html {
    html! {
        <main id="main" tabindex="-1" aria-busy="true">
            <div class="wrap">
                <div class="mast">
                    <h1 tabindex="-1" dir="auto" class="late">{ "Opening the articles" }</h1>
                    <p class="nums late">{ "Loading" }</p>
                    { memo("find", find.clone(), super::find::find) }
                    { Html::default() }
                </div>
                { states::waiting("Opening the articles") }
                { Html::default() }
            </div>
        </main>
    }
}

fn title(library: &Answer) -> String {
    match library.title.trim() {
        "" => counted(library.total, "article", "articles"),
        title => title.to_owned(),
    }
}

/// A count with its word: the figure in bold.
pub fn num(n: u32, one: &str, many: &str) -> Html {
    html! { <span><b>{ thousands(n) }</b>{ " " }{ if n == 1 { one } else { many } }</span> }
}

fn nums(library: &Answer) -> Html {
    let sources = library
        .facets
        .iter()
        .find(|facet| facet.key == "source")
        .map_or(0, |facet| facet.values.len() as u32);
    html! {
        <p class="nums">
            { num(library.total, "article", "articles") }
            { num(library.words, "word", "words") }
            if library.total > 2 && sources > 1 { { num(sources, "source", "sources") } }
            if library.told > 0 && library.total > 2 { { num(library.told, "story", "stories") } }
            <span>
                <b>{ thousands(library.names) }</b>{ if library.names == 1 { " name" } else { " names" } }
                if library.total == 2 { { ", " }<b>{ thousands(library.names_shared) }</b>{ " in both" } }
            </span>
        </p>
    }
}

/// Two articles in brief, with the way to their comparison.
fn cross(pair: &PairBrief) -> Html {
    let counts = &pair.counts;
    let heading = if counts.pairs >= 3 { "Two accounts of one story" } else { "Two articles" };
    html! {
        <section class="cross" aria-labelledby="cross">
            <header>
                <h2 id="cross">{ heading }</h2>
                <p class="nums">
                    { num(counts.pairs, "passage corresponds", "passages correspond") }
                    { num(counts.differences, "difference", "differences") }
                    { num(counts.only_a, "sentence only in A", "sentences only in A") }
                    { num(counts.only_b, "only in B", "only in B") }
                </p>
                <a class="btn main" id="compare-these" href={href(&Address::compare(&pair.a, &pair.b))}>{ "Compare these two " }{ icon("go") }</a>
            </header>
            { threads::threads(&pair.threads, counts) }
        </section>
    }
}

/// What is known about an article, in a row.
pub fn meta(article: &ArticleRef) -> Html {
    let origin = article.source.as_deref().unwrap_or(&article.file);
    let dot = || html! { <span aria-hidden="true">{ "·" }</span> };
    html! {
        <p class="meta">
            if article.letter.is_some() { { sign(article, false) } }
            <bdi>{ origin }</bdi>{ dot() }
            <span>{ length(article.words) }</span>{ dot() }
            <span>{ article.date.as_deref().map_or(words::NO_DATE.to_owned(), words::date) }</span>
        </p>
    }
}

fn card(card: &Card) -> Html {
    let article = &card.article;
    let id = format!("article-{}", article.slug);
    let all = format!("All {}", counted(card.names, "name", "names"));
    html! {
        <article key={article.slug.clone()} class="card" aria-labelledby={id.clone()} data-slug={article.slug.clone()}>
            { meta(article) }
            <div>
                <h3 id={id} dir="auto" lang={article.language.clone()}>
                    <a id={format!("to-{}", article.slug)} data-item="" href={href(&Address::article(&article.slug, ""))}>{ &article.title }</a>
                </h3>
                <p class="stand" dir="auto" lang={article.language.clone()}>{ &card.lead }</p>
            </div>
            <dl class="facts">
                { for facts("Names most", &card.most) }
                { for facts("Only here", &card.only_here) }
            </dl>
            <p class="acts">
                <a class="btn" href={href(&Address::article(&article.slug, ""))}>{ "Read" }</a>
                <a class="btn bare" href={href(&Address::of(View::Names))}>{ all }</a>
            </p>
        </article>
    }
}

fn facts(word: &'static str, names: &[NameCount]) -> Option<Html> {
    (!names.is_empty()).then(|| {
        html! {
            <>
                <dt>{ word }</dt>
                <dd><ul class="inl">{ for names.iter().map(|name| html! {
                    <li key={name.entity.clone()}>{ name_link(name) }{ " " }<span class="n">{ name.count }</span>{ " " }</li>
                }) }</ul></dd>
            </>
        }
    })
}

/// A link to an entity in the line of its kind.
pub fn name_link(name: &NameCount) -> Html {
    html! {
        <a class={classes!("ent", kind_class(name.kind))} href={href(&Address::entity(&name.entity))}><bdi>{ &name.name }</bdi></a>
    }
}

/// The articles of a library of many: story by story, then the others.
fn list(library: &Answer, ticked: &[String], dispatch: &Callback<Action>) -> Vec<Html> {
    let at = |index: &u32| library.cards.get(*index as usize);
    let mut out: Vec<Html> = Vec::new();
    let mut in_story = vec![false; library.cards.len()];
    for (number, story) in library.stories.iter().enumerate() {
        let cards: Vec<&Card> = story.cards.iter().filter_map(at).collect();
        for index in &story.cards {
            if let Some(told) = in_story.get_mut(*index as usize) {
                *told = true;
            }
        }
        out.push(section(number, Some(&story.title), &cards, ticked, dispatch));
    }
    let others: Vec<&Card> =
        library.cards.iter().zip(&in_story).filter(|(_, told)| !**told).map(|(card, _)| card).collect();
    if !others.is_empty() {
        let heading = (!library.stories.is_empty()).then_some("Other articles");
        out.push(section(library.stories.len(), heading, &others, ticked, dispatch));
    }
    if library.cards.is_empty() {
        out.push(html! { <p class="dim">{ "No article has all of this." }</p> });
    }
    out
}

fn section(
    number: usize,
    title: Option<&str>,
    cards: &[&Card],
    ticked: &[String],
    dispatch: &Callback<Action>,
) -> Html {
    let id = format!("story-{number}");
    let dates = words::first_and_last(cards.iter().filter_map(|card| card.article.date.as_deref()));
    let accounts = counted(cards.len() as u32, "account", "accounts");
    let about = match dates {
        Some((first, last)) => format!("{accounts}, {}", words::dates(first, last)),
        None => accounts,
    };
    let story = title.is_some_and(|title| title != "Other articles");
    let compare = match cards {
        [a, b] if story => Some(Address::compare(&a.article.slug, &b.article.slug)),
        [one, ..] if story => Some(Address::of(View::Story(one.article.slug.clone()))),
        _ => None,
    };
    let compare = compare.map(|to| {
        let word = format!("Compare {}", if cards.len() == 2 { "these two" } else { "all" });
        html! { <a href={href(&to)}>{ word }</a> }
    });
    html! {
        <section key={id.clone()} class="story" aria-labelledby={id.clone()}>
            <header class={classes!(title.is_none().then_some("vh"))}>
                <h2 id={id} dir="auto">{ title.unwrap_or("Articles") }</h2>
                if story { <span class="dim">{ about }</span> }
                { for compare }
            </header>
            <ul class="rows">{ for cards.iter().map(|card| row(card, ticked, dispatch)) }</ul>
        </section>
    }
}

fn row(card: &Card, ticked: &[String], dispatch: &Callback<Action>) -> Html {
    let article = &card.article;
    let on = ticked.contains(&article.slug);
    let onchange = does(dispatch, Action::Tick(article.slug.clone()));
    let whom: Vec<&str> = card.most.iter().take(3).map(|name| name.name.as_str()).collect();
    let date = article.date.as_deref().map_or(words::NO_DATE.to_owned(), words::date);
    html! {
        <li key={article.slug.clone()} class={classes!("row", on.then_some("ticked"))} data-slug={article.slug.clone()}>
            <input type="checkbox" checked={on} aria-label={format!("Compare: {}", article.title)} {onchange} />
            <div>
                <h3 dir="auto" lang={article.language.clone()}>
                    <a id={format!("to-{}", article.slug)} data-item="" href={href(&Address::article(&article.slug, ""))}>{ &article.title }</a>
                </h3>
                <p class="whom" dir="auto">{ whom.join(", ") }</p>
            </div>
            <p class="src">
                <bdi>{ article.source.as_deref().unwrap_or(&article.file) }</bdi>
                <span>{ date }{ ", " }{ counted(article.words, "word", "words") }</span>
            </p>
        </li>
    }
}

/// The way to the rest of a list of articles.
pub fn longer(shown: usize, all: u32, dispatch: &Callback<Action>) -> Option<Html> {
    let more = does(dispatch, Action::More);
    (shown < all as usize).then(|| html! {
        <p class="more"><button class="btn" onclick={more}>{ ["More: ", &thousands(shown as u32), " of ", &thousands(all), " shown"].concat() }</button></p>
    })
}

/// What is ticked, with the way to the comparison.
pub fn tray(library: &Answer, ticked: &[String], dispatch: &Callback<Action>) -> Option<Html> {
    let title = |slug: &String| {
        let card = library.cards.iter().find(|card| card.article.slug == *slug);
        card.map_or_else(|| slug.clone(), |card| words::short(&card.article.title, 30))
    };
    (!ticked.is_empty()).then(|| {
        let go = match Address::comparing(ticked) {
            Some(to) => html! { <a class="btn main" href={href(&to)}>{ "Compare" }</a> },
            None => html! { <button class="btn main" disabled=true>{ "Compare" }</button> },
        };
        html! {
            <div class="tray" role="region" aria-label="Ticked for comparison">
                <p class="nowrap"><b>{ ticked.len() }</b>{ " ticked" }</p>
                if ticked.len() <= 2 {
                    <ol>{ for ticked.iter().zip(["a", "b"]).map(|(slug, hand)| html! {
                        <li key={slug.clone()}><b class={classes!("ab", hand)}>{ hand.to_ascii_uppercase() }</b>{ " " }<bdi>{ title(slug) }</bdi></li>
                    }) }</ol>
                }
                <p class="end">
                    <button class="btn bare" onclick={does(dispatch, Action::Untick)}>{ "Clear" }</button>
                    { go }
                </p>
            </div>
        }
    })
}

/// The foot of the page.
pub fn foot(edition: &Option<String>, dispatch: &Callback<Action>) -> Html {
    use crossread::session::Overlay;
    html! {
        <footer class="foot">
            if let Some(edition) = edition { <span>{ "Edition " }<span class="nowrap">{ words::edition(edition) }</span></span> }
            <a href={href(&Address::of(View::About))}>{ "About this file" }</a>
            <a href={href(&Address::of(View::Open))}>{ "Add articles" }</a>
            <button class="link" onclick={does(dispatch, Action::Overlay(Overlay::Keys))}>{ "Keys" }</button>
            <span>{ words::NOTHING_LEAVES }</span>
        </footer>
    }
}
