//! Accounts: several articles of one story, claim by claim – who reports it, who differs, who is silent.
//!
//! Three stand side by side with their quotes, more as a matrix of signs; on a phone each claim is a card. Invariant:
//! signs come with words, nothing is ranked; every cell leads to the passage or to the pair. Not here: what is one
//! claim (the engine), two articles (`compare/`).

use super::bits::{
    counted, difference_word, does, href, icon, label, number_word, origin, paragraph, thousands,
};
use super::frames::{by_id, show};
use super::html::html;
use super::marked::{Part, marked, plain};
use super::memo::{memo, memo_hook};
use super::view::Props;
use super::{docks, words};
use crossread::engine::views::{Account, Accounts, Alone, ArticleRef, Claim, Disagreement, Telling};
use crossread::session::claiming::{self, Stand};
use crossread::session::exporting::Format;
use crossread::session::layers::{Layer, Mark, Span};
use crossread::session::{Action, Address, Mode, Shared};
use yew::functional::Hook;
use yew::prelude::*;

/// Articles up to which their quotes stand side by side.
const BESIDE: usize = 3;
/// Sentences listed of what one article alone says before "more".
const ALONE: usize = 6;
/// Claims shown before one asks for more.
const FIRST: usize = 40;

/// The view.
pub fn accounts(props: &Props<Accounts>) -> Html {
    let Props { answer, missing, address, narrow, dispatch, .. } = props;
    if let Some(what) = missing {
        return docks::nothing(what);
    }
    let Some(view) = answer else { return docks::waiting() };
    let bar = ToolsProps { view: view.clone(), address: address.clone(), dispatch: dispatch.clone() };
    let table = TableProps { view: view.clone(), address: address.clone(), narrow: *narrow };
    html! {
        <>
            { memo("tools", bar, tools) }
            <main id="main" tabindex="-1">
                <div class="wrap">
                    { head(view, dispatch) }
                    { memo_hook("claims", table, |props, context| use_table(props).run(context)) }
                    { memo("each-two", view.clone(), each_two) }
                    { memo("alone", view.clone(), only_in) }
                </div>
            </main>
        </>
    }
}

/// What the view is called.
pub fn title(view: &Accounts) -> String {
    match view.title.as_str() {
        "" if view.articles.len() == 1 => "One article".to_owned(),
        "" => format!("{} articles", number_word(view.articles.len() as u32)),
        title => title.to_owned(),
    }
}

fn head(view: &Accounts, dispatch: &Callback<Action>) -> Html {
    let articles = view.articles.len() as u32;
    let dates = words::first_and_last(view.articles.iter().filter_map(|a| a.article.date.as_deref()));
    let copied: Vec<Html> = (0..view.articles.len()).filter_map(|i| same_origin(view, i)).collect();
    html! {
        <header class="view-head">
            <h1 tabindex="-1" dir="auto">{ title(view) }</h1>
            <p class="nums">
                <span><b>{ articles }</b>{ if articles == 1 { " article, " } else { " articles, " } }<b>{ view.independent }</b>{ " independent" }</span>
                <span>
                    <b>{ thousands(view.claims.len() as u32) }</b>
                    { if view.claims.len() == 1 { " claim" } else { " claims" } }{ " that at least two report" }
                </span>
                <span><b>{ thousands(claiming::differing(view)) }</b>{ " in which they differ" }</span>
                { for dates.map(|(first, last)| html! { <span>{ words::dates(first, last) }</span> }) }
            </p>
            if view.total > articles {
                <p class="dim">{ format!("The first {articles} of {} articles of this story.", thousands(view.total)) }</p>
            }
            { docks::exports(&[Format::Csv], dispatch) }
            { for copied }
            if view.left > 0 {
                <p class="dim" role="status">
                    { format!("Comparing: {} to go. The rows below may still change.", counted(view.left, "pair", "pairs")) }
                </p>
            }
        </header>
    }
}

/// That later articles have most of the sentences of one.
fn same_origin(view: &Accounts, origin: usize) -> Option<Html> {
    let group = || view.articles.iter().filter(|account| account.origin as usize == origin);
    (group().count() > 1).then(|| html! {
        <p key={origin} class="dim">
            { for group().enumerate().map(|(i, account)| html! { <>{ if i > 0 { ", " } else { "" } }{ name(&account.article) }</> }) }
            { " share most of their sentences: counted once." }
        </p>
    })
}

/// An article in a line of text: its outlet and title, as a link.
fn name(article: &ArticleRef) -> Html {
    html! {
        <a href={href(&Address::article(&article.slug, ""))}><bdi>{ label(article) }</bdi></a>
    }
}

#[derive(PartialEq)]
struct ToolsProps {
    view: Shared<Accounts>,
    address: Address,
    dispatch: Callback<Action>,
}

fn tools(props: &ToolsProps) -> Html {
    let ToolsProps { view, address, dispatch } = props;
    let mode = |mode: Mode, word: &str, n: u32| {
        let current = (address.mode == mode).then_some("page");
        html! {
            <li><a href={href(&address.with_mode(mode))} aria-current={current}>{ word }{ " " }<span class="n">{ n }</span></a></li>
        }
    };
    let total = claiming::shown(view, address).len() as u32;
    let now = address.hit.filter(|&hit| hit < total);
    let step = |by: i32| does(dispatch, Action::Step(by));
    html! {
        <div class="tools cmp-tools">
            <nav aria-label="Which claims">
                <ul class="modes">
                    { mode(Mode::Plain, "All claims", view.claims.len() as u32) }
                    { mode(Mode::Differences, "Differences", claiming::differing(view)) }
                </ul>
            </nav>
            <div class="end">
                <ul class="legend only-l" aria-label="Legend">
                    { for [Stand::Differs, Stand::Reports, Stand::Silent].map(|stand| html! {
                        <li class="key">{ sign(stand) }{ stand_word(stand) }</li>
                    }) }
                </ul>
                <button class="btn bare only-l" aria-keyshortcuts="y" onclick={does(dispatch, Action::CopyLink)}>
                    { icon("link") }{ "Copy link" }
                </button>
                <p class="count wide">
                    { match now {
                        Some(now) => html! { <>{ "Claim " }<b>{ now + 1 }</b>{ format!(" / {total}") }</> },
                        None => html! { <>{ "Claims " }<b>{ total }</b></> },
                    } }
                </p>
                <div class="pair" role="group" aria-label="Claims">
                    <button class="btn icon" aria-label="Previous claim" disabled={total == 0 || now == Some(0)}
                        onclick={step(-1)}>{ icon("prev") }</button>
                    <button class="btn icon" aria-label="Next claim" disabled={total == 0 || now == Some(total - 1)}
                        onclick={step(1)}>{ icon("next") }</button>
                </div>
            </div>
        </div>
    }
}

fn stand_word(stand: Stand) -> &'static str {
    match stand {
        Stand::Silent => "silent",
        Stand::Reports => "reports it",
        Stand::Differs => "differs",
    }
}

/// The sign of a stand: a dash, a dot, a diamond; the word stands beside it or in its name.
fn sign(stand: Stand) -> Html {
    let (class, path) = match stand {
        Stand::Silent => ("st none", "M4 8H12"),
        Stand::Reports => ("st", "M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z"),
        Stand::Differs => ("st dif", "M8 1.5 14.5 8 8 14.5 1.5 8z"),
    };
    html! { <svg {class} viewBox="0 0 16 16" aria-hidden="true"><path d={path} /></svg> }
}

#[derive(PartialEq)]
struct TableProps {
    view: Shared<Accounts>,
    address: Address,
    narrow: bool,
}

#[hook]
fn use_table(props: &TableProps) -> Html {
    let TableProps { view, address, narrow } = props;
    let all = use_state_eq(|| false);
    let mut shown = claiming::shown(view, address);
    let now = address.hit.and_then(|hit| shown.get(hit as usize)).copied();
    let first = FIRST.max(address.hit.map_or(0, |hit| hit as usize + 1));
    let more = if *all { 0 } else { shown.len().saturating_sub(first) };
    shown.truncate(shown.len() - more);
    use_effect_with(now, |now| {
        if let Some(row) = now.and_then(|now| by_id(&format!("claim-{now}"))) {
            show(&row);
        }
    });
    if shown.is_empty() {
        let said = match (view.left, address.mode) {
            (1.., _) => return docks::waiting(),
            (0, Mode::Differences) => {
                "No figure, date, name, title, source, status or negation was found to differ in what they both report."
            }
            _ => "No claim is made by two of these articles.",
        };
        return html! { <p class="outcome">{ said }</p> };
    }
    let claims = shown.iter().filter_map(|&i| Some((i, view.claims.get(i)?)));
    let few = view.articles.len() <= BESIDE;
    let more = (more > 0).then(|| {
        let show_all = Callback::from(move |_: MouseEvent| all.set(true));
        html! { <p class="more"><button class="btn" onclick={show_all}>{ format!("{more} more") }</button></p> }
    });
    if *narrow {
        return html! {
            <>
                <ol class="claims">{ for claims.map(|(i, claim)| card(view, i, claim, now == Some(i))) }</ol>
                { for more }
            </>
        };
    }
    html! {
        <>
        <div class="mx-scroll" tabindex="0" role="region" aria-label="Claims and articles">
            <table class={if few { "mx few" } else { "mx" }}>
                <caption class="vh">{ "What each article does with each claim" }</caption>
                <thead><tr>
                    <th scope="col" class="claim">{ if few { "Reported by" } else { "Claim, in the words of one" } }</th>
                    { for (0..view.articles.len()).map(|i| column(view, i, few)) }
                </tr></thead>
                <tbody>
                    { for claims.map(|(i, claim)| match few {
                        true => beside(view, i, claim, now == Some(i)),
                        false => row(view, i, claim, now == Some(i)),
                    }) }
                </tbody>
            </table>
        </div>
        { for more }
        </>
    }
}

fn column(view: &Accounts, index: usize, few: bool) -> Html {
    let Some(article) = view.articles.get(index).map(|account| &account.article) else {
        return Html::default();
    };
    let said = format!("{}: {}", label(article), article.title);
    let to = href(&Address::article(&article.slug, ""));
    if few {
        return html! {
            <th key={article.slug.clone()} scope="col" dir="auto">
                <a href={to}>{ &article.title }</a>
                <span class="from">{ origin(article.source.as_deref(), article.date.as_deref()) }</span>
            </th>
        };
    }
    html! {
        <th key={article.slug.clone()} scope="col" class="up">
            <a href={to} title={said}><bdi>{ label_of(view, index as u32) }</bdi></a>
        </th>
    }
}

/// A quote with the words that differ from others.
fn quote(telling: &Telling) -> Html {
    let layers: Vec<Layer> = telling
        .marks
        .iter()
        .zip(0..)
        .map(|(span, i)| Layer { span: *span, mark: Mark::Difference(i) })
        .collect();
    let dress = |_: Part, inner: Html| html! { <mark class="diff">{ inner }</mark> };
    marked(&telling.quote, Span::new(0, telling.quote.len()), &layers, &dress)
}

/// The way to the passage in its article.
fn cite(view: &Accounts, telling: &Telling, words: &str) -> Html {
    let slug = view.articles.get(telling.article as usize).map_or("", |a| &a.article.slug);
    let to = Address::article(slug, "").with_at(telling.block);
    html! { <a href={href(&to)}>{ paragraph(telling.paragraph) }{ words }</a> }
}

/// Where a telling stands beside another one.
fn pair_address(view: &Accounts, claim: &Claim, telling: &Telling) -> Option<(Address, u32)> {
    let (with, pair) = telling.beside?;
    let other = claim.told.get(with as usize)?.article;
    let (address, _) = claiming::beside(view, telling.article, other)?;
    Some((address.with_at(pair), other))
}

/// An article in a few words that tell it from the others: its outlet, with its title where the outlet has several.
fn label_of(view: &Accounts, article: u32) -> String {
    let Some(account) = view.articles.get(article as usize) else { return String::new() };
    let article = &account.article;
    let own = |a: &&Account| a.article.source == article.source;
    match &article.source {
        Some(source) if view.articles.iter().filter(own).count() > 1 => {
            format!("{source}: {}", words::short(&article.title, 24))
        }
        _ => words::short(&label(article), 32),
    }
}

/// How many report a claim, with words taken over from another one counted once.
fn reported(view: &Accounts, claim: &Claim) -> String {
    let told = claim.told.len();
    let by = match told {
        n if n == view.articles.len() => format!("All {n}"),
        n => format!("{n} of {}", view.articles.len()),
    };
    match claim.independent as usize {
        n if n < told => format!("{by}, {n} independent"),
        _ => by,
    }
}

/// What two tellings differ in: the kind, the words of both, the way to the pair.
fn differs(view: &Accounts, claim: &Claim, d: &Disagreement) -> Html {
    let article = |told: u32| claim.told.get(told as usize).map(|t| t.article);
    let (Some(x), Some(y)) = (article(d.x), article(d.y)) else { return Html::default() };
    let to = claiming::beside(view, x, y).map(|(address, _)| href(&address.with_at(d.pair)));
    let words = |words: &str| match words.trim() {
        "" => "not stated".to_owned(),
        words => format!("“{}”", words_short(words)),
    };
    html! {
        <li>
            <b>{ difference_word(d.kind) }</b>{ ": " }
            <a href={to}>
                <bdi>{ label_of(view, x) }</bdi>{ " " }<q><bdi>{ words(&d.x_words) }</bdi></q>{ ", " }
                <bdi>{ label_of(view, y) }</bdi>{ " " }<q><bdi>{ words(&d.y_words) }</bdi></q>
            </a>
        </li>
    }
}

fn words_short(text: &str) -> String {
    words::short(text, 48)
}

fn disagreements(view: &Accounts, claim: &Claim) -> Html {
    if claim.disagreements.is_empty() {
        return Html::default();
    }
    html! { <ul class="dis">{ for claim.disagreements.iter().map(|d| differs(view, claim, d)) }</ul> }
}

/// A claim of few articles: their quotes side by side.
fn beside(view: &Accounts, index: usize, claim: &Claim, on: bool) -> Html {
    let cell = |i: usize| match claiming::telling(claim, i as u32) {
        None => html! { <td key={i} class="none">{ sign(Stand::Silent) }{ "silent" }</td> },
        Some((_, telling)) => {
            let article = view.articles.get(i).map(|a| &a.article);
            html! {
                <td key={i} dir="auto" lang={article.and_then(|a| a.language.clone())}>
                    <blockquote>{ quote(telling) }</blockquote>
                    <p class="cite">
                        { cite(view, telling, "") }
                        { for pair_address(view, claim, telling).map(|(to, other)| html! {
                            <a href={href(&to)}>{ "beside " }<bdi>{ label_of(view, other) }</bdi></a>
                        }) }
                    </p>
                </td>
            }
        }
    };
    html! {
        <tr key={index} id={format!("claim-{index}")} class={on.then_some("on")} aria-current={on.then_some("true")}>
            <th scope="row" class="claim">
                { reported(view, claim) }
                { disagreements(view, claim) }
            </th>
            { for (0..view.articles.len()).map(cell) }
        </tr>
    }
}

/// A claim of many articles: a sign for each.
fn row(view: &Accounts, index: usize, claim: &Claim, on: bool) -> Html {
    let cell = |i: usize| {
        let stand = claiming::stand(claim, i as u32);
        let said = format!("{}: {}", label_of(view, i as u32), stand_word(stand));
        let to = claiming::telling(claim, i as u32).and_then(|(_, t)| pair_address(view, claim, t));
        html! {
            <td key={i}>
                { match to {
                    Some((to, _)) => html! { <a href={href(&to)} aria-label={said.clone()} title={said}>{ sign(stand) }</a> },
                    None => html! { <span role="img" aria-label={said.clone()} title={said}>{ sign(stand) }</span> },
                } }
            </td>
        }
    };
    html! {
        <tr key={index} id={format!("claim-{index}")} class={on.then_some("on")} aria-current={on.then_some("true")}>
            <th scope="row" class="claim" dir="auto">{ told(view, claim) }</th>
            { for (0..view.articles.len()).map(cell) }
        </tr>
    }
}

/// A claim in the words of one, with the words of all on demand.
fn told(view: &Accounts, claim: &Claim) -> Html {
    let Some(head) = claim.told.get(claim.head as usize) else { return Html::default() };
    let silent = (0..view.articles.len() as u32).filter(|i| claiming::stand(claim, *i) == Stand::Silent);
    let silent: Vec<String> = silent.map(|i| label_of(view, i)).collect();
    html! {
        <details>
            <summary>
                <q class="say">{ quote(head) }</q>
                <span class="by">{ reported(view, claim) }{ " · " }<bdi>{ label_of(view, head.article) }</bdi>{ " " }{ paragraph(head.paragraph) }{ " · " }<u>{ "all quotes" }</u></span>
            </summary>
            <dl class="told">
                { for claim.told.iter().map(|telling| html! {
                    <>
                        <dt><bdi>{ label_of(view, telling.article) }</bdi>{ " " }{ cite(view, telling, "") }</dt>
                        <dd dir="auto">{ quote(telling) }</dd>
                    </>
                }) }
            </dl>
            { disagreements(view, claim) }
            if !silent.is_empty() && view.left == 0 { <p class="dim">{ "Silent: " }<bdi>{ silent.join(", ") }</bdi></p> }
        </details>
    }
}

/// A claim on a phone.
fn card(view: &Accounts, index: usize, claim: &Claim, on: bool) -> Html {
    let line = |stand: Stand| {
        let who = (0..view.articles.len() as u32).filter(|i| claiming::stand(claim, *i) == stand);
        let who: Vec<String> = who.map(|i| label_of(view, i)).collect();
        (!who.is_empty()).then(
            || html! { <li>{ sign(stand) }{ stand_word(stand) }{ ": " }<bdi>{ who.join(", ") }</bdi></li> },
        )
    };
    html! {
        <li key={index} id={format!("claim-{index}")} class={on.then_some("on")} aria-current={on.then_some("true")}>
            { told(view, claim) }
            <ul class="stands">{ for [Stand::Differs, Stand::Reports, Stand::Silent].into_iter().filter_map(line) }</ul>
        </li>
    }
}

/// Every two of the articles, with the way to their comparison.
fn each_two(view: &Shared<Accounts>) -> Html {
    if view.articles.len() < 3 || view.pairs.is_empty() {
        return Html::default();
    }
    let cell = |a: usize, b: usize| {
        let (x, y) = (a as u32, b as u32);
        let pair = claiming::beside(view, x, y).filter(|_| a != b);
        html! {
            <td key={b}>
                { for pair.map(|(to, pair)| {
                    let counts = pair.counts;
                    let said = format!(
                        "{} and {}: {}, {}", label_of(view, x), label_of(view, y),
                        counted(counts.pairs, "passage corresponds", "passages correspond"),
                        counted(counts.differences, "difference", "differences"),
                    );
                    html! {
                        <a href={href(&to)} aria-label={said.clone()} title={said}>
                            { counts.pairs }
                            if counts.differences > 0 { <b>{ counts.differences }</b> }
                        </a>
                    }
                }) }
            </td>
        }
    };
    html! {
        <section class="sec" aria-labelledby="each-two">
            <h2 id="each-two">{ "Each two" }</h2>
            <p>{ "Passages that correspond and, in the accent, how many differences they hold. Every figure opens the two side by side." }</p>
            <div class="mx-scroll" tabindex="0" role="region" aria-label="Each two articles">
                <table class="mx each">
                    <thead><tr>
                        <td />
                        { for (0..view.articles.len()).map(|i| column(view, i, false)) }
                    </tr></thead>
                    <tbody>
                        { for view.articles.iter().enumerate().map(|(a, account)| html! {
                            <tr key={a}>
                                <th scope="row" dir="auto"><a href={href(&Address::article(&account.article.slug, ""))}>
                                    <bdi>{ label(&account.article) }</bdi>
                                    if account.article.source.is_some() { <span class="from">{ words::short(&account.article.title, 48) }</span> }
                                </a></th>
                                { for (0..view.articles.len()).map(|b| cell(a, b)) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}

/// What each article alone says.
fn only_in(view: &Shared<Accounts>) -> Html {
    if view.left > 0 {
        return Html::default();
    }
    let list = |account: &Account, alone: &[Alone]| {
        html! {
            <ul class="alone">
                { for alone.iter().map(|alone| {
                    let to = Address::article(&account.article.slug, "").with_at(alone.block);
                    html! {
                        <li dir="auto" lang={account.article.language.clone()}>
                            { plain(&alone.quote) }{ " " }<a class="cite" href={href(&to)}>{ paragraph(alone.paragraph) }</a>
                        </li>
                    }
                }) }
            </ul>
        }
    };
    html! {
        <section class="sec" aria-labelledby="only-one">
            <h2 id="only-one">{ "Only in one" }</h2>
            { for view.articles.iter().filter(|account| !account.alone.is_empty()).map(|account| {
                let (first, rest) = account.alone.split_at(ALONE.min(account.alone.len()));
                html! {
                    <section key={account.article.slug.clone()} class="one-only">
                        <h3>
                            { name(&account.article) }{ " " }
                            <span class="n">{ counted(account.alone.len() as u32, "sentence", "sentences") }</span>
                        </h3>
                        { list(account, first) }
                        if !rest.is_empty() {
                            <details><summary>{ format!("{} more", rest.len()) }</summary>{ list(account, rest) }</details>
                        }
                    </section>
                }
            }) }
        </section>
    }
}
