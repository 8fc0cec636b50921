//! The reader: one article, its names and matches marked, what others report beside it.
//!
//! Invariant: the article is drawn whole, in order, and its text is never changed. Where we are is in the
//! address: the match (`hit`), the block (`at`), the chosen name (`entity`). Not here: what the sections,
//! layers and contexts are (`session::reading`).

mod block;
mod outline;
mod panel;
mod selection;
mod strip;

use super::bits::{counted, does, href, icon, kind_class, label, length, sign};
use super::docks;
use super::frames;
use super::html::{classes, html};
use super::marked::plain;
use super::memo::{memo, memo_hook};
use super::view::Props;
use super::words::{self, NO_DATE};
use block::tag;
use crossread::engine::views::{ArticleRef, Counterpart, NameKind, Reader as Answer, Relation};
use crossread::session::layers::Layer;
use crossread::session::reading::{self, BlockKind, KINDS, Section};
use crossread::session::{Action, Address, Shared, Shown, View};
use outline::Outline;
use std::ops::Range;
use std::rc::Rc;
use strip::Strip;
use wasm_bindgen::JsCast;
use web_sys::{Element, ScrollLogicalPosition};
use yew::functional::Hook;
use yew::prelude::*;

/// Notes beside a block; one more where that many differ.
const NOTES: usize = 2;

/// What follows from the view alone, worked out once an answer.
struct Model {
    layers: Vec<Rc<[Layer]>>,
    sections: Rc<Vec<Section>>,
    counts: [u32; KINDS.len()],
    /// For each name whether it matters here.
    main: Rc<[bool]>,
    /// Level of the highest heading.
    top: u8,
    /// Whether the first block is the title.
    titled: bool,
}

/// The view, from the toolbar to the dock.
pub fn reader(props: &Props<Answer>) -> Html {
    match (&props.missing, &props.answer) {
        (Some(what), _) => docks::nothing(what),
        (None, None) => docks::waiting(),
        (None, Some(view)) => {
            let (address, hidden, shown) = (props.address.clone(), props.hidden.clone(), props.shown);
            let props =
                ArticleProps { view: view.clone(), address, hidden, shown, on: props.dispatch.clone() };
            memo_hook("article", props, |props, context| use_article(props).run(context))
        }
    }
}

#[derive(PartialEq)]
struct ArticleProps {
    view: Shared<Answer>,
    address: Address,
    hidden: Vec<NameKind>,
    shown: Shown,
    on: Callback<Action>,
}

/// The article with what stands around it.
#[hook]
fn use_article(props: &ArticleProps) -> Html {
    let ArticleProps { view, address, hidden, shown, on } = props;
    let model = use_memo(view.clone(), |view| Model {
        layers: reading::layers(view).into_iter().map(Rc::from).collect(),
        sections: Rc::new(reading::outline(view)),
        counts: reading::counts(view),
        main: Rc::from(reading::main_names(view)),
        top: reading::top_level(view),
        titled: reading::title_block(view),
    });
    let chosen = address
        .filters
        .entity
        .first()
        .and_then(|id| view.names.iter().position(|n| n.entity == *id))
        .map(|i| i as u32);

    // To the match or block that the address names, whenever it names another one.
    let place = (view.article.slug.clone(), address.q.clone(), address.hit, address.at);
    use_effect_with(place, |(_, _, hit, at)| {
        if let Some(mark) = hit.and_then(|hit| frames::by_id(&format!("hit-{hit}"))) {
            frames::show(&mark);
        } else if let Some(block) = at.and_then(|at| frames::by_id(&format!("b{at}"))) {
            frames::scroll_to(&block, ScrollLogicalPosition::Start);
            let _ = block.focus();
        }
    });
    // A name chosen in the text opens the sheet where there is no column for the panel.
    use_effect_with(chosen, |chosen| {
        if chosen.is_some()
            && frames::media("(max-width: 62rem)")
            && let Some(panel) = frames::by_id("names")
        {
            let _ = panel.show_popover();
        }
    });

    // A name's link chooses it and keeps the place; opened in a new tab it is a link like any other.
    let choose = {
        let (on, address) = (on.clone(), address.clone());
        Callback::from(move |e: MouseEvent| {
            if e.button() != 0 || e.ctrl_key() || e.meta_key() || e.shift_key() || e.alt_key() {
                return;
            }
            let target: Option<Element> = e.target().and_then(|t| t.dyn_into().ok());
            let link = target.and_then(|t| t.closest("a.ent").ok().flatten());
            let hash = link.and_then(|l| l.get_attribute("href"));
            if let Some(entity) = hash.and_then(|h| Address::parse(&h).filters.entity.into_iter().next()) {
                e.prevent_default();
                let mut to = address.clone();
                to.filters.entity = vec![entity];
                on.emit(Action::Go(to));
            }
        })
    };

    let mut marks = String::from(match shown {
        Shown::Main => "text some",
        Shown::All => "text every",
        Shown::None => "text bare",
    });
    for &kind in hidden {
        marks.push_str(" hide-");
        marks.push_str(kind_class(kind));
    }
    if chosen.is_some() {
        marks.push_str(" lit");
    }
    let base = Address::article(&view.article.slug, &address.q);
    let block = |index: usize| -> Html {
        let layers = model.layers.get(index).cloned().unwrap_or_default();
        let now = address.hit.filter(|&hit| block::holds(&layers, hit));
        let (view, base, main) = (view.clone(), base.clone(), model.main.clone());
        let (top, titled) = (model.top, model.titled);
        memo(index, block::Props { view, index, layers, main, now, chosen, base, top, titled }, block::block)
    };
    let bar = ToolsProps { view: view.clone(), address: address.clone(), on: on.clone() };
    let names = panel::Props {
        view: view.clone(),
        address: address.clone(),
        counts: model.counts,
        hidden: hidden.clone(),
        shown: *shown,
        chosen,
        on: on.clone(),
    };
    let first = usize::from(model.titled);
    let article = &view.article;
    let compare = article_pair(view).map(|(a, b)| Address::compare(&a, &b));

    html! {
        <>
            { memo("tools", bar, tools) }
            <main id="main" tabindex="-1" data-slug={article.slug.clone()}>
            <div class={classes!("reader", model.sections.is_empty().then_some("plain"))}>
                if !model.sections.is_empty() {
                    { yew::html! { <Outline view={view.clone()} sections={model.sections.clone()} base={base.clone()} /> } }
                }
                <article class={marks} lang={article.language.clone()} onclick={choose}>
                    <header>
                        <p class="meta">
                            if article.letter.is_some() { { sign(article, false) } }
                            if let Some(source) = &article.source { <bdi>{ source }</bdi> }
                            if let Some(author) = &article.author { <bdi>{ author }</bdi> }
                            if article.source.is_none() { <bdi>{ &article.file }</bdi> }
                            <span>{ length(article.words) }</span>
                            { date(article.date.as_deref()) }
                            { published(article.url.as_deref()) }
                        </p>
                        if model.titled { { block(0) } } else { <h1 id="title" tabindex="-1" dir="auto">{ &article.title }</h1> }
                    </header>
                    { for runs(view, first).into_iter().map(|run| html! {
                        <>
                            if run.item {
                                <ul key={run.blocks.start} class="items">{ for run.blocks.clone().map(block) }</ul>
                            } else {
                                { for run.blocks.clone().map(block) }
                            }
                            { for run.blocks.map(|index| also(view, index)) }
                        </>
                    }) }
                    { neighbours(view) }
                </article>
                { memo("panel", names, panel::panel) }
            </div>
            if !view.hits.is_empty() {
                { yew::html! { <Strip view={view.clone()} base={base} now={address.hit} /> } }
            }
            </main>
            { selection::selection(on) }
            { docks::reader(address, !model.sections.is_empty(), compare) }
        </>
    }
}

/// Neighbouring blocks that are drawn as one: list items in a list, any other alone.
struct Run {
    blocks: Range<usize>,
    item: bool,
}

fn runs(view: &Answer, first: usize) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for (index, block) in view.blocks.iter().enumerate().skip(first) {
        let item = block.kind == BlockKind::Item;
        match out.last_mut() {
            Some(run) if run.item && item => run.blocks.end = index + 1,
            _ => out.push(Run { blocks: index..index + 1, item }),
        }
    }
    out
}

/// The article's civil date, or that there is none.
fn date(date: Option<&str>) -> Html {
    match date {
        Some(date) => html! { <time datetime={date.to_owned()}>{ words::date(date) }</time> },
        None => html! { <span>{ NO_DATE }</span> },
    }
}

/// A link to where it was published, with its host in sight.
fn published(url: Option<&str>) -> Html {
    let Some(url) = url.filter(|u| u.starts_with("https://") || u.starts_with("http://")) else {
        return Html::default();
    };
    let host = url.split('/').nth(2).unwrap_or(url).to_owned();
    html! { <a href={url.to_owned()} rel="noopener noreferrer" target="_blank">{ host }</a> }
}

/// What other articles say on a block, in the margin.
fn also(view: &Shared<Answer>, index: usize) -> Html {
    let here: Vec<&Counterpart> =
        view.also.iter().filter(|(block, _)| *block as usize == index).map(|(_, c)| c).collect();
    // What differs comes first; the margin has room for little more than the paragraph is long.
    let differs = |c: &&Counterpart| c.relation == Relation::Differs;
    let (mut all, others): (Vec<_>, Vec<_>) = here.into_iter().partition(differs);
    all.extend(others);
    let differing = all.iter().filter(|c| c.relation == Relation::Differs).count();
    // Articles that have no room there are named.
    let mut rest = all.split_off(all.len().min(differing.clamp(NOTES, NOTES + 1)));
    let mut named: Vec<&str> = all.iter().map(|c| c.article.slug.as_str()).collect();
    rest.retain(|c| {
        let new = !named.contains(&c.article.slug.as_str());
        named.push(&c.article.slug);
        new
    });
    if all.is_empty() {
        return Html::default();
    }
    let here = view.blocks.get(index).and_then(|b| b.number);
    let name =
        here.map_or_else(|| "Also reported by".to_owned(), |n| format!("Paragraph {n}, also reported by"));
    html! {
        <aside key={format!("also-{index}")} class="also" aria-label={name}>
            <ul>{ for all.into_iter().map(|c| note(view, c)) }</ul>
            if !rest.is_empty() {
                <p class="rest">{ "also in" }{ for rest.into_iter().map(|c| html! {
                    <>{ " " }<a href={href(&beside(view, c))}>{ sign(&c.article, true) }</a></>
                }) }</p>
            }
        </aside>
    }
}

/// Where a block stands beside what another article says to it.
fn beside(view: &Answer, c: &Counterpart) -> Address {
    let (here, there) = (&view.article.slug, &c.article.slug);
    let (a, b) = if c.left { (there, here) } else { (here, there) };
    Address::compare(a, b).with_at(c.pair)
}

fn note(view: &Answer, c: &Counterpart) -> Html {
    let place = c.paragraph.map_or_else(String::new, |n| format!("¶ {n}"));
    let kinds = c.kinds.iter().map(|&k| super::bits::difference_word(k).to_ascii_lowercase());
    let words: Vec<String> = std::iter::once(place).filter(|p| !p.is_empty()).chain(kinds).collect();
    html! {
        <li class={super::bits::relation_class(c.relation)}>
            <a href={href(&beside(view, c))}>
                <span class="k">{ sign(&c.article, true) }<span>{ words.join(", ") }</span></span>
                <q><bdi>{ plain(&c.quote) }</bdi></q>
            </a>
        </li>
    }
}

/// The slugs of a comparison with `other`: in the corpus's order where there are letters, else this one left.
fn sides(here: &ArticleRef, other: &ArticleRef) -> (String, String) {
    match (here.letter, other.letter) {
        (Some(x), Some(y)) if y < x => (other.slug.clone(), here.slug.clone()),
        _ => (here.slug.clone(), other.slug.clone()),
    }
}

/// The comparison that the view offers.
fn article_pair(view: &Answer) -> Option<(String, String)> {
    view.compare_with.as_ref().map(|other| sides(&view.article, other))
}

/// The articles before and after this one.
fn neighbours(view: &Answer) -> Html {
    let link = |slug: &Option<String>, word: &str| {
        slug.as_ref().map(|slug| html! { <a href={href(&Address::article(slug, ""))}>{ word }</a> })
    };
    html! {
        <nav class="neighbours" aria-label="Other articles">
            { link(&view.previous, "Previous article") }
            { link(&view.next, "Next article") }
        </nav>
    }
}

#[derive(PartialEq)]
struct ToolsProps {
    view: Shared<Answer>,
    address: Address,
    on: Callback<Action>,
}

/// The bar over the article: back to the results, from match to match, on to the comparison.
fn tools(props: &ToolsProps) -> Html {
    let ToolsProps { view, address, on } = props;
    let total = view.hits.len() as u32;
    let query = address.q.trim();
    let step = |by: i32| does(on, Action::Step(by));
    let now = address.hit.filter(|&hit| hit < total);
    let back = Address { view: View::Library, hit: None, at: None, ..address.clone() };
    let back = Address { filters: Default::default(), ..back };
    html! {
        <div class={classes!("tools", query.is_empty().then_some("only-l"))}>
            <a class="btn bare only-l back" href={href(&back)}>
                { if query.is_empty() { "Library" } else { "Results" } }
            </a>
            if !query.is_empty() {
                <div class="pair" role="group" aria-label="Matches">
                    <button class="btn icon" aria-label="Previous match" disabled={total == 0} onclick={step(-1)}>
                        { icon("prev") }
                    </button>
                    <button class="btn icon" aria-label="Next match" disabled={total == 0} onclick={step(1)}>
                        { icon("next") }
                    </button>
                </div>
                <p class="count">
                    { match now {
                        Some(hit) => html! { <><b>{ hit + 1 }</b>{ format!(" / {total}") }</> },
                        None if total == 0 => html! { "No matches here" },
                        None => Html::from(counted(total, "match", "matches")),
                    } }
                </p>
                <p class="dim only-l asked"><bdi>{ query }</bdi></p>
            }
            <div class="end">
                <button class="btn bare only-l" onclick={does(on, Action::CopyLink)}>
                    { icon("link") }{ "Copy link" }
                </button>
                <button class="btn bare only-l only-m" popovertarget="names">{ icon("names") }{ "Names" }</button>
                if view.accounts > 2 {
                    <a class="btn bare only-l" href={href(&Address::of(View::Story(view.article.slug.clone())))}>
                        { format!("All {} accounts", view.accounts) }
                    </a>
                }
                if let Some(other) = &view.compare_with {
                    <a class="btn only-l with" href={ {
                        let (a, b) = sides(&view.article, other);
                        href(&Address::compare(&a, &b))
                    } }>
                        { icon("compare") }<span>{ "Compare with " }<bdi>{ label(other) }</bdi></span>
                    </a>
                }
                if !query.is_empty() { <p class="dim only-s asked"><bdi>{ query }</bdi></p> }
            </div>
        </div>
    }
}

/// The heading element for a block's level.
fn heading(top: u8, level: u8) -> &'static str {
    tag(2 + level.saturating_sub(top))
}
