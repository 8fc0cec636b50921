//! The comparison: two articles, side by side, by their differences, or what only one of them has.
//!
//! Invariant: A is left and solid, B is right and outlined, always; nothing is ranked and nothing is forced
//! where little corresponds. Where we are is in the address: the way of showing (`view`), the difference
//! (`hit`) or the pair (`at`). Not here: what corresponds and what differs (the engine).

mod ledger;
mod only;
mod pairs;
mod pane;
mod panes;
mod threads;

use super::bits::{badge, counted, difference_word, does, href, icon, origin, relation_word, thousands};
use super::docks;
use super::html::html;
use super::memo::memo;
use super::view::Props;
use crossread::engine::views::{Compare as Answer, DifferenceKind, Outcome, PairView};
use crossread::engine::{Say, Step};
use crossread::session::comparing::{self, Hand};
use crossread::session::{Action, Address, Mode, Shared};
use panes::Panes;
use yew::prelude::*;

/// The view, from the toolbar to the dock.
pub fn compare(props: &Props<Answer>) -> Html {
    let Props { answer, missing, address, sync, narrow, dispatch, .. } = props;
    if let Some(what) = missing {
        return docks::nothing(what);
    }
    let Some(view) = answer else { return docks::waiting() };
    let hand = match address.mode {
        Mode::OnlyA => Some(Hand::A),
        Mode::OnlyB => Some(Hand::B),
        _ => None,
    };
    let body = match (address.mode, hand) {
        (_, Some(hand)) => only::only(only::Props { view: view.clone(), address: address.clone(), hand }),
        (Mode::Differences, _) => {
            let dispatch = dispatch.clone();
            ledger::ledger(ledger::Props { view: view.clone(), address: address.clone(), dispatch })
        }
        _ if *narrow => {
            let dispatch = dispatch.clone();
            pairs::pairs(pairs::Props { view: view.clone(), address: address.clone(), dispatch })
        }
        _ => yew::html! {
            <Panes view={view.clone()} address={address.clone()} {sync} dispatch={dispatch.clone()} />
        },
    };
    let bar = ToolsProps {
        view: view.clone(),
        address: address.clone(),
        sync: *sync,
        narrow: *narrow,
        dispatch: dispatch.clone(),
    };
    html! {
        <>
            { memo("tools", bar, tools) }
            <main id="main" tabindex="-1">{ body }</main>
            { docks::compare(address) }
        </>
    }
}

/// What the comparison comes to, where there is something to say over it; `None` in the usual case.
fn outcome(view: &Answer) -> Option<Html> {
    let counts = view.counts;
    let said = match view.outcome {
        Outcome::Identical => "No differences: both say the same words in the same order.".to_owned(),
        Outcome::OnlyMoved => format!(
            "No differences in the words; moved: {} in another place.",
            counted(counts.moved, "passage stands", "passages stand")
        ),
        Outcome::LittleInCommon => match counts.pairs {
            0 => "Little in common: no passage of one corresponds to a passage of the other.".to_owned(),
            n => format!(
                "Little in common: {} of {} in A and {} in B.",
                counted(n, "passage corresponds, out", "passages correspond, out"),
                counted(view.a.sentences.len() as u32, "sentence", "sentences"),
                thousands(view.b.sentences.len() as u32),
            ),
        },
        Outcome::TwoLanguages => "Two languages: passages with the same figures, dates and names stand together. What differs in them is not looked for.".to_owned(),
        Outcome::Compared => return None,
    };
    Some(html! {
        <div class="outcome" role="note">
            <p>{ said }</p>
            <p class="exports">{ for ways(view) }</p>
        </div>
    })
}

/// Places of moved passages that are offered.
const MOVED: usize = 8;

/// What can be done next where the comparison comes to little.
fn ways(view: &Answer) -> Vec<Html> {
    let here = Address::compare(&view.a.article.slug, &view.b.article.slug);
    let way = |to: &Address, words: String| html! { <a href={href(to)}>{ words }</a> };
    let mut ways = match view.outcome {
        Outcome::Identical => vec![way(&Address::article(&view.a.article.slug, ""), "Read it".to_owned())],
        Outcome::OnlyMoved => {
            let moved = (0..).zip(&view.pairs).filter(|(_, pair)| pair.moved).take(MOVED);
            moved.map(|(at, _)| way(&here.with_at(at), format!("Moved: {}", at + 1))).collect()
        }
        Outcome::LittleInCommon | Outcome::TwoLanguages => vec![
            way(&here.with_mode(Mode::OnlyA), "What A says".to_owned()),
            way(&here.with_mode(Mode::OnlyB), "What B says".to_owned()),
            way(
                &here.with_mode(Mode::Differences),
                match view.names_both.len() {
                    0 => "Names and words of each".to_owned(),
                    n => counted(n as u32, "name in both", "names in both"),
                },
            ),
        ],
        Outcome::Compared => Vec::new(),
    };
    ways.push(way(&Address::library(), "All articles".to_owned()));
    ways
}

/// A button that says something of a pair; the address no longer names a pair or difference, for their numbers change.
fn say(
    view: &Answer,
    pair: u32,
    what: Say,
    words: &'static str,
    address: &Address,
    dispatch: &Callback<Action>,
) -> Html {
    let Some(found) = view.pairs.get(pair as usize) else { return Html::default() };
    let Some(record) = comparing::correction(view, found.a, found.b, what) else { return Html::default() };
    let (dispatch, address) = (dispatch.clone(), address.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        dispatch.emit(Action::Adjust(Address { hit: None, at: None, ..address.clone() }));
        dispatch.emit(Action::Correct(Box::new(Step::Make(record.clone()))));
    });
    html! { <button class="link" {onclick}>{ words }</button> }
}

/// What a pair is, in words: "same, edited −2 +3 words, moved, unsure".
fn described(view: &Answer, pair: &PairView) -> String {
    let mut words = relation_word(pair.relation).to_owned();
    if !pair.changes.is_empty() {
        let counts = comparing::edited(view, pair);
        words += if counts == [0, 0] { ", small edits" } else { ", edited" };
        for (sign, count) in [" −", " +"].into_iter().zip(counts).filter(|(_, count)| *count > 0) {
            words += sign;
            words += &count.to_string();
        }
        words += if counts == [0, 0] { "" } else { " words" };
    }
    for (word, is) in [(", moved", pair.moved), (", unsure", comparing::unsure(pair))] {
        words += if is { word } else { "" };
    }
    words
}

/// What is shown of the pairs: one kind of difference or all, small edits or not; nothing where there is no choice.
fn choices(view: &Answer, address: &Address, dispatch: &Callback<Action>) -> Html {
    let kinds = comparing::kinds(view);
    let kind = comparing::kind(view, address);
    let small = view.pairs.iter().flat_map(|pair| &pair.changes).any(|change| change.small);
    let onchange = {
        let (address, dispatch) = (address.clone(), dispatch.clone());
        Callback::from(move |event: Event| {
            let chosen = event.target_unchecked_into::<web_sys::HtmlInputElement>().value();
            let kind = DifferenceKind::of_label(&chosen);
            dispatch.emit(Action::Adjust(Address { kind, hit: None, at: None, ..address.clone() }));
        })
    };
    let toggled = Action::Adjust(Address { edits: !address.edits, ..address.clone() });
    html! {
        <>
            if kinds.len() > 1 {
                <select class="btn" aria-label="Kinds of difference" {onchange}>
                    <option value="" selected={kind.is_none()}>{ "All kinds" }</option>
                    { for kinds.iter().map(|(of, n)| html! {
                        <option value={of.label()} selected={kind == Some(*of)}>
                            { difference_word(*of) }{ format!(", {n}") }
                        </option>
                    }) }
                </select>
            }
            if small {
                <button class="btn" aria-pressed={address.edits.to_string()} title="Typography, letter case and punctuation"
                    onclick={does(dispatch, toggled)}>{ "Small edits" }</button>
            }
        </>
    }
}

/// The heading of the view, for those who do not see the two panes.
fn title(view: &Answer, words: &str) -> Html {
    html! {
        <h1 class="vh" tabindex="-1">
            { words }{ ": " }<bdi>{ &view.a.article.title }</bdi>{ " and " }<bdi>{ &view.b.article.title }</bdi>
        </h1>
    }
}

#[derive(PartialEq)]
struct ToolsProps {
    view: Shared<Answer>,
    address: Address,
    sync: bool,
    narrow: bool,
    dispatch: Callback<Action>,
}

/// The bar over the comparison: ways of showing it, the legend, scrolling together, from step to step.
fn tools(props: &ToolsProps) -> Html {
    let ToolsProps { view, address, sync, narrow, dispatch } = props;
    let counts = view.counts;
    let side = address.mode == Mode::Plain && !narrow;
    let mode = |mode: Mode, word: &str, n: Option<u32>| {
        let current = (address.mode == mode).then_some("page");
        html! {
            <li>
                <a href={href(&address.with_mode(mode))} aria-current={current}>
                    { word }
                    if let Some(n) = n { { " " }<span class="n">{ n }</span> }
                </a>
            </li>
        }
    };
    let (what, now, total) = match address.mode {
        Mode::OnlyA => ("Only in A", address.hit, counts.only_a),
        Mode::OnlyB => ("Only in B", address.hit, counts.only_b),
        _ => {
            let shown = comparing::shown(view, address);
            let now = comparing::difference(view, address);
            let now = now.and_then(|now| shown.iter().position(|d| *d == now)).map(|now| now as u32);
            ("Difference", now, shown.len() as u32)
        }
    };
    let many = if what == "Difference" { "Differences" } else { what };
    let now = now.filter(|&n| n < total);
    let step = |by: i32| does(dispatch, Action::Step(by));
    html! {
        <div class="tools cmp-tools">
            <nav class="only-l" aria-label="How to compare">
                <ul class="modes">
                    { mode(Mode::Plain, "Side", None) }
                    { mode(Mode::Differences, "Differences", Some(view.differences.len() as u32)) }
                    { mode(Mode::OnlyA, "Only in A", Some(counts.only_a)) }
                    { mode(Mode::OnlyB, "Only in B", Some(counts.only_b)) }
                </ul>
            </nav>
            <div class="end">
                if side {
                    <button class="btn only-l" aria-pressed={sync.to_string()} aria-keyshortcuts="s"
                        onclick={does(dispatch, Action::ToggleSync)}>
                        { icon("sync") }{ "Scroll together" }
                    </button>
                } else {
                    <button class="btn bare only-l" onclick={does(dispatch, Action::CopyLink)}>
                        { icon("link") }{ "Copy link" }
                    </button>
                }
                <p class="count wide">
                    { match now {
                        Some(now) => html! { <>{ what }{ " " }<b>{ now + 1 }</b>{ format!(" / {total}") }</> },
                        None => html! { <>{ many }{ " " }<b>{ total }</b></> },
                    } }
                </p>
                <div class="pair" role="group" aria-label={many}>
                    <button class="btn icon" aria-label={format!("Previous: {}", what.to_ascii_lowercase())}
                        disabled={total == 0 || now == Some(0)} onclick={step(-1)}>{ icon("prev") }</button>
                    <button class="btn icon" aria-label={format!("Next: {}", what.to_ascii_lowercase())}
                        disabled={total == 0 || now == Some(total - 1)} onclick={step(1)}>{ icon("next") }</button>
                </div>
            </div>
        </div>
    }
}

/// An article at the head of its pane or column: its badge, its title, where it is from.
fn head(hand: Hand, view: &Answer) -> Html {
    let article = &hand.side(view).article;
    let (source, date) = (article.source.as_deref(), article.date.as_deref());
    html! {
        <header>
            { badge(hand, false) }
            <div>
                <h2 dir="auto"><a href={href(&Address::article(&article.slug, ""))}>{ &article.title }</a></h2>
                if source.or(date).is_some() { <p>{ origin(source, date) }</p> }
            </div>
        </header>
    }
}
