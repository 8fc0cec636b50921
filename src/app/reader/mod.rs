//! The reader: one article, its names and matches marked, what others report beside it.
//!
//! Invariant: the article is drawn whole, in order, and its text is never changed. Where we are is in the
//! address: the match (`hit`), the block (`at`), the chosen name (`entity`). Not here: what the sections,
//! layers and contexts are (`session::reading`).

mod drawing;
mod outline;
mod panel;
mod part;
mod selection;
mod strip;

use super::bits::{counted, does, href, icon, kind_class, label, length, sign};
use super::docks;
use super::effects;
use super::frames;
use super::html::{classes, html};
use super::marked::plain;
use super::memo::{memo, memo_hook};
use super::view::Props;
use super::words::{self, NO_DATE};
use crossread::engine::views::{ArticleRef, Counterpart, NameKind, Reader as Answer, Relation};
use crossread::session::layers::{Layer, Mark};
use crossread::session::reading::{self, KINDS, Section};
use crossread::session::{Action, Address, Shared, Shown, View};
pub use drawing::keep;
use drawing::{Drawing, LONG};
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, ScrollLogicalPosition};
use yew::functional::Hook;
use yew::prelude::*;

/// Notes beside a block; one more where that many differ.
const NOTES: usize = 2;

/// What follows from the view alone, worked out once an answer.
struct Model {
    layers: Vec<Vec<Layer>>,
    /// Neighbouring blocks that are drawn together.
    parts: Vec<Range<usize>>,
    sections: Rc<Vec<Section>>,
    counts: [u32; KINDS.len()],
    /// For each name whether it matters here.
    main: Vec<bool>,
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
        layers: reading::layers(view),
        parts: reading::parts(view),
        sections: Rc::new(reading::outline(view)),
        counts: reading::counts(view),
        main: reading::main_names(view),
        top: reading::top_level(view),
        titled: reading::title_block(view),
    });
    let chosen = address
        .filters
        .entity
        .first()
        .and_then(|id| view.names.iter().position(|n| n.entity == *id))
        .map(|i| i as u32);

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
        Shown::Main => "some",
        Shown::All => "every",
        Shown::None => "bare",
    });
    for &kind in hidden {
        marks.push_str(" hide-");
        marks.push_str(kind_class(kind));
    }
    if chosen.is_some() {
        marks.push_str(" lit");
    }
    let (base, marks) = (Address::article(&view.article.slug, &address.q), AttrValue::from(marks));
    let part = |blocks: &Range<usize>| {
        let marked = |fits: &dyn Fn(Mark) -> bool| {
            let mut layers = model.layers.get(blocks.clone()).into_iter().flatten().flatten();
            layers.any(|layer| fits(layer.mark))
        };
        Rc::new(part::Props {
            view: view.clone(),
            model: model.clone(),
            blocks: blocks.clone(),
            marks: marks.clone(),
            now: address.hit.filter(|&hit| marked(&|mark| mark == Mark::Hit(hit))),
            chosen: chosen.filter(|&chosen| {
                marked(&|mark| matches!(mark, Mark::Name(i) if view.mentions.get(i as usize).is_some_and(|m| m.name == chosen)))
            }),
            base: base.clone(),
        })
    };
    let wanted: Vec<Rc<part::Props>> = model.parts.iter().map(part).collect();

    let drawing = use_mut_ref(Drawing::default);
    let place = Address { hit: address.hit, at: address.at, ..base.clone() };
    let given = {
        let mut drawing = drawing.borrow_mut();
        if drawing.place != place {
            let of_hit = address.hit.and_then(|_| wanted.iter().position(|part| part.now.is_some()));
            let first = of_hit.or_else(|| {
                let at = address.at? as usize;
                wanted.iter().position(|part| part.blocks.contains(&at))
            });
            drawing.stepped = drawing.place.same_view(&place);
            (drawing.place, drawing.aim) = (place, Some(first));
        }
        drawing.turn(&wanted);
        drawing.given.clone()
    };
    let again = use_force_update();
    let (hit, at) = (address.hit, address.at);
    use_effect(move || {
        // To the match or block that the address names, whenever it names another one.
        if let Some(part) = Drawing::turned(&drawing, again) {
            // Parts that lag behind may have a mark of the same name.
            let within = part.map_or_else(String::new, |part| format!("#part-{part} "));
            if let Some(mark) = hit.and_then(|hit| frames::find(&format!("{within}#hit-{hit}"))) {
                frames::show(&mark);
                // Unless the article is just opened, or the focus is on what steps.
                if drawing.borrow().stepped
                    && frames::find("html:not(:has(:focus)), .text:has(:focus)").is_some()
                {
                    effects::focus(Some(mark));
                }
            } else if let Some(block) = at.and_then(|at| frames::by_id(&format!("b{at}"))) {
                frames::scroll_to(&block, ScrollLogicalPosition::Start);
                let _ = block.focus();
            }
        }
    });
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
    let article = &view.article;
    let compare = article_pair(view).map(|(a, b)| Address::compare(&a, &b));

    html! {
        <>
            { memo("tools", bar, tools) }
            <main id="main" tabindex="-1" data-slug={article.slug.clone()}>
            <div class={classes!("reader", model.sections.is_empty().then_some("plain"))}>
                if !model.sections.is_empty() {
                    {
                        memo("outline", outline::Props {
                            view: view.clone(),
                            sections: model.sections.clone(),
                            base: base.clone(),
                        }, outline::outline)
                    }
                }
                <article class={if model.parts.len() < LONG { "text" } else { "text long" }} lang={article.language.clone()} onclick={choose}>
                    <header class={marks.clone()}>
                        <p class="meta">
                            if article.letter.is_some() { { sign(article, false) } }
                            if let Some(source) = &article.source { <bdi>{ source }</bdi> }
                            if let Some(author) = &article.author { <bdi>{ author }</bdi> }
                            if article.source.is_none() { <bdi>{ &article.file }</bdi> }
                            <span>{ length(article.words) }</span>
                            { date(article.date.as_deref()) }
                            { published(article.url.as_deref()) }
                        </p>
                        if model.titled { { part::block(&part(&(0..1)), 0) } } else { <h1 id="title" tabindex="-1" dir="auto">{ &article.title }</h1> }
                    </header>
                    { for given.into_iter().enumerate().map(|(number, given)| html! {
                        <div key={number} class={given.as_ref().map(|props| props.marks.clone())} id={drawing::part_id(number)}>
                            { given.map(|props| memo(0, props, part::part)) }
                        </div>
                    }) }
                    { neighbours(view) }
                </article>
                { memo("panel", names, panel::panel) }
            </div>
            if !view.hits.is_empty() {
                { memo("strip", strip::Props { view: view.clone(), base, now: address.hit }, strip::strip) }
            }
            </main>
            { selection::selection(on) }
            { docks::reader(address, !model.sections.is_empty(), compare) }
        </>
    }
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
fn also(view: &Answer, index: usize) -> Option<Html> {
    let from = view.also.partition_point(|(block, _)| (*block as usize) < index);
    let here = view.also.iter().skip(from).take_while(|(block, _)| *block as usize == index).map(|(_, c)| c);
    // What differs comes first; the margin has room for little more than the paragraph is long.
    let differs = |c: &&Counterpart| c.relation == Relation::Differs;
    let (mut all, others): (Vec<&Counterpart>, Vec<_>) = here.partition(differs);
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
        return None;
    }
    let here = view.blocks.get(index).and_then(|b| b.number);
    let name =
        here.map_or_else(|| "Also reported by".to_owned(), |n| format!("Paragraph {n}, also reported by"));
    Some(html! {
        <aside key={format!("also-{index}")} class="also" aria-label={name}>
            <ul>{ for all.into_iter().map(|c| note(view, c)) }</ul>
            if !rest.is_empty() {
                <p class="rest">{ "also in" }{ for rest.into_iter().map(|c| html! {
                    <>{ " " }<a href={href(&beside(view, c))}>{ sign(&c.article, true) }</a></>
                }) }</p>
            }
        </aside>
    })
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
