//! The ledger: every difference with both quotes as they stand, then the names and words of each article.
//!
//! Invariant: A's order; the kind is a word and not a colour; nothing says which one is right. Not here: what
//! counts as a difference (the engine).

use super::pairs::quote;
use super::{head, outcome, say};
use crate::app::bits::{
    badge, counted, difference_word, does, hand_class, href, kind_class, letter, number_word, paragraph,
};
use crate::app::docks::exports;
use crate::app::frames::{by_id, show};
use crate::app::html::{classes, html};
use crate::app::memo::memo_hook;
use crossread::engine::Say;
use crossread::engine::views::{Compare, Degree, DifferenceKind, DifferenceView, NameCount, Outcome};
use crossread::session::comparing::{self, Hand, gist};
use crossread::session::exporting::Format;
use crossread::session::{Action, Address, Mode, Shared};
use yew::functional::Hook;
use yew::prelude::*;

/// What the ledger is drawn from.
#[derive(PartialEq)]
pub struct Props {
    /// The comparison.
    pub view: Shared<Compare>,
    /// Where we are in it.
    pub address: Address,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}

/// Characters of the words that differ which are shown large.
const GIST: usize = 56;
/// Names listed before "more".
const LISTED: usize = 24;

/// The ledger.
pub fn ledger(props: Props) -> Html {
    memo_hook("ledger", props, |props, context| use_ledger(props).run(context))
}

#[hook]
fn use_ledger(props: &Props) -> Html {
    let Props { view, address, dispatch } = props;
    let kind = comparing::kind(view, address);
    let now = comparing::difference(view, address);
    use_effect_with((now, kind), |(now, _)| {
        if let Some(row) = now.and_then(|now| by_id(&format!("d{now}"))) {
            show(&row);
        }
    });
    let total = view.differences.len() as u32;
    let rows = view.differences.iter().enumerate().filter(|(_, d)| kind.is_none_or(|k| k == d.kind));
    html! {
        <div class="wrap">
            <header class="view-head">
                <h1 tabindex="-1">{ heading(total) }</h1>
                if total > 0 {
                    <p class="dim">{ scope(view) }</p>
                }
                { exports(&Format::ALL, dispatch) }
            </header>
            { outcome(view) }
            if total > 0 {
                { chips(view, address, dispatch) }
                <div class="cols ledger-head">
                    <span class="label">{ "Differs in" }</span>
                    { head(Hand::A, view) }
                    { head(Hand::B, view) }
                </div>
                <ol class="ledger">
                    { for rows.map(|(i, d)| row(view, address, i as u32, d, now, dispatch)) }
                </ol>
            } else if view.outcome == Outcome::Compared {
                <p class="outcome">{ "No figure, date, name, title, source, status or negation was found to differ \
                    in the passages that correspond." }</p>
            }
            { names(view) }
            { called(view) }
            { words(view) }
        </div>
    }
}

fn heading(total: u32) -> String {
    format!("{} {}", number_word(total), if total == 1 { "difference" } else { "differences" })
}

fn scope(view: &Compare) -> String {
    let pairs = counted(view.counts.pairs, "passage that corresponds", "passages that correspond");
    format!(
        "In {} of the {pairs}, in the order of A. Both are quoted as they stand.",
        comparing::differing(view)
    )
}

/// A chip for each kind that occurs, where there are at least two.
fn chips(view: &Compare, address: &Address, dispatch: &Callback<Action>) -> Html {
    let kinds = comparing::kinds(view);
    if kinds.len() < 2 {
        return Html::default();
    }
    let shown = comparing::kind(view, address);
    let chip = |kind: Option<DifferenceKind>, n: u32| {
        let action = Action::Adjust(Address { kind, hit: None, at: None, ..address.clone() });
        html! {
            <button class="chip" aria-pressed={(shown == kind).to_string()} onclick={does(dispatch, action)}>
                { kind.map_or("All", difference_word) }{ " " }<span class="n">{ n }</span>
            </button>
        }
    };
    html! {
        <div class="chips" role="group" aria-label="Kinds">
            { chip(None, view.differences.len() as u32) }
            { for kinds.into_iter().map(|(kind, n)| chip(Some(kind), n)) }
        </div>
    }
}

fn row(
    view: &Compare,
    address: &Address,
    index: u32,
    d: &DifferenceView,
    now: Option<u32>,
    dispatch: &Callback<Action>,
) -> Html {
    let current = now == Some(index);
    let side = address.with_mode(Mode::Plain).with_hit(index);
    html! {
        <li key={index} class={classes!("dif-row", "cols", current.then_some("on"))} id={format!("d{index}")}
            aria-current={current.then_some("true")}>
            <div class="kind">
                <h3><span class="n">{ index + 1 }</span>{ difference_word(d.kind) }</h3>
                <p>{ &d.note }</p>
                if d.degree == Degree::Precision { <p class="beside">{ "One is more exact" }</p> }
                if view.pairs.get(d.pair as usize).is_some_and(comparing::unsure) {
                    <p>{ "Unsure that these correspond" }</p>
                }
                <p class="beside"><a href={href(&side)}>{ "Side by side" }</a></p>
                <p class="beside"><a href={href(&address.with_hit(index))} title="A link to this difference: y copies it">{ "Link" }</a></p>
                <p class="beside">{ say(view, d.pair, Say::Agree(d.kind.label().to_owned()), "Not a difference", address, dispatch) }</p>
            </div>
            { for [Hand::A, Hand::B].map(|hand| quoted(view, hand, index, d)) }
        </li>
    }
}

/// One side of a difference: the words, the sentence, the way back.
fn quoted(view: &Compare, hand: Hand, index: u32, d: &DifferenceView) -> Html {
    let side = hand.side(view);
    let stated = hand.words(view, index).map_or("", |span| span.of(&side.text)).trim();
    let (words, cut) = gist(stated, GIST);
    let sentence = hand.sentence(view, d.pair);
    let block = sentence.and_then(|s| side.blocks.get(s.block as usize));
    let at = sentence.map_or(0, |s| s.block);
    let to = Address::article(&side.article.slug, "").with_at(at);
    html! {
        <div class={classes!("dq", hand_class(hand))}>
            { badge(hand, false) }
            if words.is_empty() {
                <p class="gist none">{ "not stated" }</p>
            } else {
                <p class="gist"><bdi>{ "“" }{ words }{ if cut { " …" } else { "" } }{ "”" }</bdi></p>
            }
            { quote(view, hand, d.pair, &[index], None) }
            <p class="cite">
                <a href={href(&to)}>{ format!("{} in {}", paragraph(block.and_then(|b| b.number)), letter(hand)) }</a>
            </p>
        </div>
    }
}

/// A name with its count or counts.
fn name(n: &NameCount, counts: String) -> Html {
    html! {
        <li key={n.entity.clone()}>
            <a class={classes!("ent", kind_class(n.kind))} href={href(&Address::entity(&n.entity))}>
                <bdi>{ &n.name }</bdi>
            </a>
            { " " }<span class="n">{ counts }</span>
        </li>
    }
}

/// The first of a list of names, the others on demand.
fn listed(all: Vec<Html>) -> Html {
    let rest = all.len().saturating_sub(LISTED);
    let mut all = all.into_iter();
    let first: Vec<Html> = all.by_ref().take(LISTED).collect();
    html! {
        <>
            <ul class="inl">{ for first }</ul>
            if rest > 0 {
                <details><summary>{ format!("{rest} more") }</summary><ul class="inl">{ for all }</ul></details>
            }
        </>
    }
}

/// The names that one has and both have.
fn names(view: &Compare) -> Html {
    if view.names_a.is_empty() && view.names_b.is_empty() && view.names_both.is_empty() {
        return Html::default();
    }
    let only = |hand: Hand, names: &[NameCount]| {
        html! {
            <section>
                <h3>{ badge(hand, false) }{ format!("Only in {} ", letter(hand)) }
                    <span class="n">{ names.len() }</span></h3>
                { listed(names.iter().map(|n| name(n, n.count.to_string())).collect()) }
            </section>
        }
    };
    let both = view.names_both.iter().map(|(n, b)| name(n, format!("{}–{b}", n.count))).collect();
    html! {
        <section class="sec" aria-labelledby="h-names">
            <h2 id="h-names">{ "Names" }</h2>
            <div class="tri">
                { only(Hand::A, &view.names_a) }
                <section>
                    <h3>{ badge(Hand::A, false) }{ badge(Hand::B, false) }{ "In both " }
                        <span class="n">{ format!("{}, counts A–B", view.names_both.len()) }</span></h3>
                    { listed(both) }
                </section>
                { only(Hand::B, &view.names_b) }
            </div>
        </section>
    }
}

/// How each calls the same one, where they call it otherwise.
fn called(view: &Compare) -> Html {
    if view.called.is_empty() {
        return Html::default();
    }
    let forms = |hand: Hand, forms: &[(String, u32)]| {
        html! {
            <td>{ badge(hand, true) }<ul class="inl serif">{ for forms.iter().map(|(form, n)| html! {
                <li><bdi>{ form }</bdi>{ " " }<span class="n">{ n }</span></li>
            }) }</ul></td>
        }
    };
    html! {
        <section class="sec" aria-labelledby="h-called">
            <h2 id="h-called">{ "Called otherwise" }</h2>
            <p>{ "Whom and what both name, and the words that each uses for it, with counts." }</p>
            <table class="called"><tbody>
                { for view.called.iter().map(|called| html! {
                    <tr key={called.name.entity.clone()}>
                        <th scope="row"><a class={classes!("ent", kind_class(called.name.kind))}
                            href={href(&Address::entity(&called.name.entity))}><bdi>{ &called.name.name }</bdi></a></th>
                        { forms(Hand::A, &called.a) }
                        { forms(Hand::B, &called.b) }
                    </tr>
                }) }
            </tbody></table>
        </section>
    }
}

/// The words that set each apart.
fn words(view: &Compare) -> Html {
    if view.words_a.is_empty() && view.words_b.is_empty() {
        return Html::default();
    }
    let more = |hand: Hand, words: &[(String, u32, u32)], note: &str| {
        html! {
            <section>
                <h3>{ badge(hand, false) }{ format!("More in {} ", letter(hand)) }<span class="n">{ note }</span></h3>
                <ul class="inl serif words">
                    { for words.iter().map(|(word, a, b)| html! {
                        <li key={word.clone()}>
                            <a href={href(&Address::results(word))}><bdi>{ word }</bdi></a>
                            { " " }<span class="n">{ format!("{a}–{b}") }</span>
                        </li>
                    }) }
                </ul>
            </section>
        }
    };
    html! {
        <section class="sec" aria-labelledby="h-words">
            <h2 id="h-words">{ "Distinctive words" }</h2>
            <div class="tri two-of">
                { more(Hand::A, &view.words_a, "counts A–B") }
                { more(Hand::B, &view.words_b, "") }
            </div>
        </section>
    }
}
