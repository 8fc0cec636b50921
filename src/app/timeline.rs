//! The timeline: every dated statement of the articles on one axis, each with its quote and its source.
//!
//! Invariant: a date that was counted from the article's own says so; what cannot be placed stands last and says
//! why. Not here: which statements those are (the engine).

use super::bits::{Length, counted, href, paragraph, sign};
use super::html::{classes, html};
use super::marked::plain;
use super::{facets, library, states, words};
use crossread::engine::Filters;
use crossread::engine::views::{Statement, Timeline as Answer};
use crossread::session::{Action, Address, Shared, View};
use yew::prelude::*;

/// Width and height of the overview, in its own units.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 56.0;

/// What the view is drawn from.
#[derive(PartialEq)]
pub struct TimelineProps {
    /// The answer; `None` while it is under way.
    pub answer: Option<Shared<Answer>>,
    /// Where we are.
    pub address: Address,
    /// This file's edition.
    pub edition: Option<String>,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}

/// The view.
pub fn timeline(props: &TimelineProps) -> Html {
    let TimelineProps { answer, address, edition, dispatch } = props;
    let Some(view) = answer else {
        return html! { <main id="main" tabindex="-1"><div class="wrap"><header class="view-head"><h1 tabindex="-1">{ "Timeline" }</h1></header>{ states::waiting("Putting dates in order") }</div></main> };
    };
    let shown = view.statements.len() + view.unplaced.len();
    let all = view.dated + view.open;
    html! {
        <main id="main" tabindex="-1">
            <div class="wrap time">
                <header class="view-head">
                    <h1 tabindex="-1">{ format!("{} in time", counted(view.dated, "statement", "statements")) }</h1>
                    <p class="dim">
                        { "Sentences that say when, in the order of their dates." }
                        if view.silent > 0 { { format!(" {} no date.", counted(view.silent, "article states", "articles state")) } }
                        if view.open > 0 { { " " }<a href={href(address)} onclick={to_open()}>{ counted(view.open, "date", "dates") }{ " cannot be placed" }</a>{ "." } }
                    </p>
                </header>
                { overview(view, address) }
                <div class={if view.facets.is_empty() { "" } else { "rail" }}>
                if !view.facets.is_empty() {
                    <aside class="only-l" aria-label="Narrow down">{ facets::facets(&view.facets, &address.filters, "t", dispatch) }</aside>
                }
                <div>
                { for facets::chosen(&view.facets, &address.filters, dispatch) }
                if view.dated == 0 { <p>{ "No date is stated here." }</p> }
                <ol class="axis">{ for groups(&view.statements).into_iter().map(|group| one_date(view, group)) }</ol>
                if !view.unplaced.is_empty() {
                    <section class="sec" aria-labelledby="open-dates">
                        <h2 id="open-dates" tabindex="-1">{ "Dates that cannot be placed" }</h2>
                        <p class="dim">{ "The year is not stated, or the article has no date of its own to count from." }</p>
                        <ol class="axis open">{ for view.unplaced.iter().map(|s| html! {
                            <li key={key(view, s)}><p class="when"><bdi>{ "“" }{ &s.stated }{ "”" }</bdi></p><ul>{ statement(view, s) }</ul></li>
                        }) }</ol>
                    </section>
                }
                { for library::longer(shown, all, dispatch) }
                </div>
                </div>
                { library::foot(edition, dispatch) }
            </div>
        </main>
    }
}

/// Goes to the dates that cannot be placed.
fn to_open() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        if let Some(heading) = super::frames::by_id("open-dates") {
            heading.scroll_into_view();
            let _ = heading.focus();
        }
    })
}

/// How many statements there are when: a bar for each month or year, each a link.
fn overview(view: &Answer, address: &Address) -> Html {
    let most = view.overview.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let count = view.overview.len();
    if count < 2 || most == 0 {
        return Html::default();
    }
    let width = WIDTH / count as f64;
    let ends = view.overview.first().zip(view.overview.last());
    let on = |date: &str| {
        let filters = &address.filters;
        filters.from.as_deref().is_none_or(|from| date >= from.get(..date.len()).unwrap_or(from))
            && filters.to.as_deref().is_none_or(|to| date <= to)
    };
    html! {
        <figure class="overview">
            <svg viewBox={format!("0 0 {} {}", Length(WIDTH), Length(HEIGHT))} preserveAspectRatio="none" role="group" aria-label="Statements over time; each bar narrows the list">
                <path class="track" d={format!("M0 {}H{}", Length(HEIGHT - 0.5), Length(WIDTH))} />
                { for view.overview.iter().enumerate().filter(|(_, (_, n))| *n > 0).map(|(i, (date, n))| {
                    let height = (HEIGHT - 4.0) * *n as f64 / most as f64 + 3.0;
                    let mut to = Address::of(View::Timeline);
                    to.filters = Filters { from: Some(date.clone()), to: Some(date.clone()), ..address.filters.clone() };
                    let label = format!("{}: {}", words::date(date), counted(*n, "statement", "statements"));
                    // A bar of a short time is no wall.
                    let gap = (width * 0.15).clamp(0.0, 2.0).max((width - 24.0) / 2.0);
                    html! {
                        <a key={date.clone()} href={href(&to)} aria-label={label.clone()} class={classes!(on(date).then_some("on"))}>
                            <title>{ label }</title>
                            <rect class="hit" x={Length(width * i as f64).to_string()} y="0" width={Length(width).to_string()} height={Length(HEIGHT).to_string()} />
                            <rect x={Length(width * i as f64 + gap).to_string()} y={Length(HEIGHT - height).to_string()}
                                width={Length((width - 2.0 * gap).max(1.0)).to_string()} height={Length(height).to_string()} />
                        </a>
                    }
                }) }
            </svg>
            if let Some(((first, _), (last, _))) = ends {
                <figcaption><span>{ words::date(first) }</span><span>{ words::date(last) }</span></figcaption>
            }
        </figure>
    }
}

/// Runs of one date.
fn groups(statements: &[Statement]) -> Vec<&[Statement]> {
    statements.chunk_by(|a, b| a.date == b.date).collect()
}

fn one_date(view: &Answer, group: &[Statement]) -> Html {
    let Some(date) = group.first().and_then(|s| s.date.as_deref()) else { return Html::default() };
    html! {
        <li key={date.to_owned()}>
            <p class="when"><time datetime={date.to_owned()}>{ words::date(date) }</time></p>
            <ul>{ for group.iter().map(|s| statement(view, s)) }</ul>
        </li>
    }
}

fn key(view: &Answer, s: &Statement) -> String {
    let slug = view.articles.get(s.article as usize).map_or("", |article| &article.slug);
    format!("{slug} {} {}", s.from, s.mark.start)
}

/// A quote with its date marked, where it is from, and what its date was counted from.
fn statement(view: &Answer, s: &Statement) -> Html {
    let Some(article) = view.articles.get(s.article as usize) else { return Html::default() };
    let (start, end) = (s.mark.start as usize, s.mark.end as usize);
    let part = |range: std::ops::Range<usize>| plain(s.quote.get(range).unwrap_or(""));
    let to = Address::article(&article.slug, "").with_at(s.block);
    html! {
        <li key={key(view, s)}>
            <q dir="auto">{ part(0..start) }<b>{ part(start..end) }</b>{ part(end..s.quote.len()) }</q>
            { " " }<span class="src">{ sign(article, true) }{ " " }if article.letter.is_none() { <bdi class="of">{ &article.title }</bdi>{ " " } }<a data-item="" href={href(&to)}>{ paragraph(s.paragraph) }</a>
                if s.counted {
                    if let Some(written) = &article.date { <span class="dim">{ format!(" counted from the article’s date, {}", words::date(written)) }</span> }
                }
            </span>
        </li>
    }
}
