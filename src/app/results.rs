//! The results: passages by article, or every match in its context.
//!
//! Invariants: rows never move while one types; a reason stands over the list once, a hit repeats only its own.
//! Not here: the search box (`frame.rs`), ranking.

use super::bits::{
    counted, does, href, icon, label, origin, paragraph, relation_class, relation_word, sign, strip,
    thousands,
};
use super::concordance::{self, ConcordanceProps};
use super::html::{classes, html};
use super::marked::plain;
use super::{docks, facets, library, states, words};
use crossread::engine::views::{
    Adds, ArticleHits, ArticleRef, Counterpart, Note, Passage, Relation, Results as Answer, Snippet,
};
use crossread::session::exporting::Format;
use crossread::session::{Action, Address, Mode, Order, Shared};
use yew::prelude::*;

/// Passages of an article that are shown at first.
const SHOWN: usize = 5;

/// What the results are drawn from.
#[derive(PartialEq)]
pub struct ResultsProps {
    /// The results; those of the query before while the next are under way.
    pub answer: Option<Shared<Answer>>,
    /// Whether they answer what is asked.
    pub settled: bool,
    /// Where we are.
    pub address: Address,
    /// Slugs of articles whose passages are all shown.
    pub expanded: Vec<String>,
    /// Articles that were asked for at most.
    pub limit: u32,
    /// This file's edition.
    pub edition: Option<String>,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}

/// The results.
pub fn results(props: &ResultsProps) -> Html {
    let ResultsProps { answer, settled, address, expanded, limit, edition, dispatch } = props;
    let Some(found) = answer else {
        return html! { <main id="main" tabindex="-1"><div class="wrap"><header class="view-head"><h1 tabindex="-1" class="vh">{ "Results" }</h1></header>{ states::waiting("Searching") }</div></main> };
    };
    let lines = address.mode == Mode::Concordance;
    let narrowing = facets::chosen(&found.facets, &address.filters, dispatch);
    let body = if found.groups.is_empty() {
        html! { <>{ for narrowing }{ reasons(&found.notes) }{ states::no_hits(found, address) }</> }
    } else {
        let list = match lines {
            true => {
                let (answer, address, settled) = (found.clone(), address.clone(), *settled);
                let list = concordance::concordance(ConcordanceProps { answer, address, settled });
                html! { <>{ docks::exports(&[Format::Markdown, Format::Csv], dispatch) }{ list }</> }
            }
            false => html! { <>
                { for found.groups.iter().map(|group| article(group, address, expanded, dispatch)) }
                if found.groups.len() as u32 >= *limit {
                    <p class="more"><button class="btn" onclick={does(dispatch, Action::More)}>{ "More articles" }</button></p>
                }
            </> },
        };
        html! {
            <>
                <header class="view-head">
                    <h1 tabindex="-1">{ words::matches_in(found.matches, found.passages, found.articles) }</h1>
                    { reasons(&found.notes) }
                </header>
                if found.facets.is_empty() {
                    { for narrowing }{ list }
                } else {
                    <div class="rail">
                        <aside class="only-l" aria-label="Narrow down">{ facets::facets(&found.facets, &address.filters, "r", dispatch) }</aside>
                        <div>{ for narrowing }{ list }</div>
                    </div>
                }
            </>
        }
    };
    html! {
        <>
            { tools(found, address, dispatch) }
            <main id="main" tabindex="-1" aria-busy={(!settled).to_string()}>
                <div class="wrap">{ body }{ library::foot(edition, dispatch) }</div>
            </main>
        </>
    }
}

fn tools(found: &Answer, address: &Address, dispatch: &Callback<Action>) -> Html {
    let mode = |mode: Mode, word: &'static str, count: u32| {
        let current = (address.mode == mode).then_some("page");
        html! {
            <li><a href={href(&address.with_mode(mode))} aria-current={current}>{ word }{ " " }<span class="n">{ thousands(count) }</span></a></li>
        }
    };
    let dated = found.facets.iter().any(|facet| facet.key == "date");
    html! {
        <div class="tools">
            <nav aria-label="Show as">
                <ul class="modes">
                    { mode(Mode::Plain, "Passages", found.passages) }
                    { mode(Mode::Concordance, "Concordance", found.matches) }
                </ul>
            </nav>
            <div class="end">
                if dated && address.mode == Mode::Plain { { order(address, dispatch) } }
                { copy_link(dispatch) }
            </div>
        </div>
    }
}

/// The button that copies a link to what is on screen.
pub fn copy_link(dispatch: &Callback<Action>) -> Html {
    html! {
        <button class="btn bare" onclick={does(dispatch, Action::CopyLink)}>
            { icon("link") }<span class="only-l">{ "Copy link" }</span><span class="vh only-s">{ "Copy link" }</span>
        </button>
    }
}

fn order(address: &Address, dispatch: &Callback<Action>) -> Html {
    let orders =
        [("Best first", Order::Plain), ("Newest first", Order::Newest), ("Oldest first", Order::Oldest)];
    let onchange = {
        let (address, dispatch) = (address.clone(), dispatch.clone());
        Callback::from(move |event: Event| {
            let chosen = event.target_unchecked_into::<web_sys::HtmlInputElement>().value();
            if let Some((_, order)) = orders.iter().find(|(word, _)| *word == chosen) {
                dispatch.emit(Action::Adjust(address.with_order(*order)));
            }
        })
    };
    html! {
        <select class="btn only-l" aria-label="Order" {onchange}>
            { for orders.iter().map(|(word, order)| html! { <option value={*word} selected={address.order == *order}>{ *word }</option> }) }
        </select>
    }
}

fn reasons(notes: &[Note]) -> Html {
    if notes.is_empty() {
        return Html::default();
    }
    html! {
        <dl class="reasons">
            { for notes.iter().map(|note| html! {
                <>
                    <dt>{ &note.label }</dt>
                    <dd dir="auto">
                        { for note.link.as_ref().map(|_| html! { <>{ &note.text }{ " · " }</> }) }
                        if let Some(query) = &note.query {
                            <a href={href(&Address::results(query))}>{ note.link.as_ref().unwrap_or(&note.text) }</a>
                        } else {
                            { &note.text }
                        }
                    </dd>
                </>
            }) }
        </dl>
    }
}

/// One article's passages.
fn article(group: &ArticleHits, address: &Address, expanded: &[String], dispatch: &Callback<Action>) -> Html {
    let article = &group.article;
    let all = expanded.contains(&article.slug);
    let shown = if all { group.passages.len() } else { SHOWN.min(group.passages.len()) };
    let id = format!("group-{}", article.slug);
    let more = (group.passages_total as usize).saturating_sub(shown);
    let to = Address::hit(&article.slug, &address.q, 0);
    let here = shown < group.passages.len();
    let rest = html! {
        <>
            <span>{ thousands(more as u32) }{ " more in " }<bdi>{ label(article) }</bdi></span>
            { icon(if here { "down" } else { "go" }) }
        </>
    };
    html! {
        <section key={article.slug.clone()} aria-labelledby={id.clone()} data-slug={article.slug.clone()}>
            <header class="group-head">
                if article.letter.is_some() { { sign(article, false) } }
                <h2 id={id} dir="auto" lang={article.language.clone()}><a id={format!("to-{}", article.slug)} href={href(&to)}>{ &article.title }</a></h2>
                if article.letter.is_none() { <span class="dim only-l">{ origin(article.source.as_deref().or(Some(&article.file)), article.date.as_deref()) }</span> }
                if group.passages_total > 0 { <span class="n">{ counted(group.passages_total, "passage", "passages") }</span> }
                { strip(&group.strip) }
            </header>
            <ol class="hits">{ for group.passages.iter().take(shown).map(|it| passage(it, article, address)) }</ol>
            if more > 0 {
                <p class="more">
                    if here {
                        <button class="btn bare flush" onclick={does(dispatch, Action::Expand(article.slug.clone()))}>
                            { rest }
                        </button>
                    } else {
                        <a class="btn bare flush" href={href(&to)}>
                            { rest }
                        </a>
                    }
                </p>
            }
            if !group.because.is_empty() { { because(group) } }
            if !group.same.is_empty() { { same(group, address) } }
        </section>
    }
}

/// Why the article is here: a sentence, and the numbers behind it.
fn because(group: &ArticleHits) -> Html {
    let number = |score: f64| {
        let hundredths = (score * 100.0 + 0.5) as u32;
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    };
    let count = |count: u32| if count > 0 { thousands(count) } else { String::new() };
    let row = |it: &Adds| {
        html! {
            <tr>
                <th scope="row"><bdi>{ &it.what }</bdi></th>
                <td>{ count(it.times) }</td>
                <td>{ count(it.headings) }</td>
                <td>{ if it.title { "yes" } else { "" } }</td>
                <td>{ count(it.articles) }</td>
                <td>{ number(it.score.into()) }</td>
            </tr>
        }
    };
    html! {
        <details class="because">
            <summary>{ "Why this article" }</summary>
            <p dir="auto">{ &group.because }</p>
            <details>
                <summary>{ "In numbers" }</summary>
                <table>
                    <thead><tr>
                        { for ["", "text", "headings", "title", "articles", "adds"].iter().map(|head| html! { <th scope="col">{ *head }</th> }) }
                    </tr></thead>
                    <tbody>{ for group.adds.iter().map(row) }</tbody>
                    <tfoot><tr><th scope="row" colspan="5">{ "score" }</th><td>{ number(group.score) }</td></tr></tfoot>
                </table>
            </details>
        </details>
    }
}

/// The articles that are nearly the same.
fn same(group: &ArticleHits, address: &Address) -> Html {
    let one = |article: &ArticleRef| {
        let (to, both) = (
            Address::hit(&article.slug, &address.q, 0),
            Address::compare(&group.article.slug, &article.slug),
        );
        html! {
            <li key={article.slug.clone()} data-slug={article.slug.clone()}>
                <a href={href(&to)} dir="auto" lang={article.language.clone()}>{ &article.title }</a>
                <span class="dim">{ origin(article.source.as_deref().or(Some(&article.file)), article.date.as_deref()) }</span>
                <a href={href(&both)}>{ "Compare" }</a>
            </li>
        }
    };
    html! {
        <details class="because">
            <summary>{ "and " }{ thousands(group.same.len() as u32) }{ " nearly the same" }</summary>
            <ul>{ for group.same.iter().map(one) }</ul>
        </details>
    }
}

fn passage(it: &Passage, article: &ArticleRef, address: &Address) -> Html {
    let to = Address::hit(&article.slug, &address.q, it.hit);
    html! {
        <li key={it.hit}>
            <span class="where"><span class="vh">{ "paragraph " }</span>{ paragraph(it.paragraph) }</span>
            <a class="go" id={format!("hit-{}-{}", article.slug, it.hit)} data-item="" href={href(&to)}>
                <q dir="auto" lang={article.language.clone()}>{ snippet(&it.snippet) }</q>
            </a>
            <span class="why">
                { for it.counterpart.as_ref().map(|other| counterpart(other, article)) }
                if !it.why.is_empty() { <span>{ it.why.join("; ") }</span> }
            </span>
        </li>
    }
}

/// The sentence that answers in the other article.
fn counterpart(other: &Counterpart, own: &ArticleRef) -> Html {
    let to = match own.letter {
        Some('B') => Address::compare(&other.article.slug, &own.slug),
        _ => Address::compare(&own.slug, &other.article.slug),
    };
    let differs = other.relation == Relation::Differs;
    html! {
        <a href={href(&to.with_at(other.pair))} class={classes!(differs.then(|| relation_class(other.relation)))} title={other.quote.clone()}>
            { sign(&other.article, true) }{ " " }{ paragraph(other.paragraph) }{ " " }{ relation_word(other.relation) }{ " " }
        </a>
    }
}

/// Words with marks.
pub fn snippet(snippet: &Snippet) -> Html {
    let text = &snippet.text;
    let mut pieces: Vec<Html> = Vec::new();
    let mut done = 0;
    for mark in &snippet.marks {
        let (start, end) = (mark.start as usize, mark.end as usize);
        if let (Some(before), Some(inside)) = (text.get(done..start), text.get(start..end)) {
            pieces.push(html! { <>{ plain(before) }<mark class="hit">{ plain(inside) }</mark></> });
            done = end;
        }
    }
    html! {
        <>
            if snippet.cut_start { { "… " } }
            { for pieces }
            { plain(text.get(done..).unwrap_or_default()) }
            if snippet.cut_end { { " …" } }
        </>
    }
}
