//! Pairs: the comparison on a phone, one card for each matched pair.
//!
//! Invariant: drawn instead of the panes, never beside them. A's order. Not here: which width is a phone's.

use super::pane::{answers, edit};
use super::panes::shown;
use super::{choices, described, outcome, say, title};
use crate::app::bits::{badge, difference_word, href, letter, paragraph, relation_class};
use crate::app::frames::{by_id, scroll_to};
use crate::app::html::html;
use crate::app::marked::{Part, marked};
use crate::app::memo::memo_hook;
use crossread::engine::Say;
use crossread::engine::views::{Compare, PairView};
use crossread::session::comparing::{self, Hand};
use crossread::session::layers::{Layer, Mark};
use crossread::session::{Action, Address, Shared};
use web_sys::ScrollLogicalPosition;
use yew::functional::Hook;
use yew::prelude::*;

/// What the cards are drawn from.
#[derive(PartialEq)]
pub struct Props {
    /// The comparison.
    pub view: Shared<Compare>,
    /// Where we are in it.
    pub address: Address,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}

/// Cards shown before one asks for more.
const FIRST: usize = 10;

/// The cards.
pub fn pairs(props: Props) -> Html {
    memo_hook("pairs", props, |props, context| use_pairs(props).run(context))
}

#[hook]
fn use_pairs(props: &Props) -> Html {
    let Props { view: whole, address, dispatch } = props;
    let view = use_memo((whole.clone(), address.kind), |(view, _)| shown(view, address));
    let view: &Shared<Compare> = &view;
    let all = use_state_eq(|| false);
    let on = comparing::pair(view, address);
    let shown = match on {
        _ if *all => view.pairs.len(),
        Some(pair) => FIRST.max(pair as usize + 1),
        None => FIRST,
    };
    use_effect_with((on, address.hit, address.at), |(on, ..)| {
        if let Some(card) = on.and_then(|pair| by_id(&format!("pair-{pair}"))) {
            scroll_to(&card, ScrollLogicalPosition::Start);
        }
    });
    let more = view.pairs.len().saturating_sub(shown);
    let show_all = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(true))
    };
    html! {
        <>
            { title(view, "Matched passages") }
            <header class="wrap pair-heads">
                { for [Hand::A, Hand::B].map(|hand| {
                    let article = &hand.side(view).article;
                    html! { <p>{ badge(hand, false) }{ " " }<bdi>{ &article.title }</bdi></p> }
                }) }
            </header>
            { outcome(view) }
            <div class="wrap"><div class="chips">{ choices(whole, address, dispatch) }</div></div>
            <ol class="pcards wrap">
                { for view.pairs.iter().take(shown).enumerate().map(|(i, pair)| card(view, i as u32, pair, on, address, dispatch)) }
            </ol>
            if more > 0 {
                <p class="wrap more"><button class="btn" onclick={show_all}>
                    { format!("{more} more {}", if more == 1 { "pair" } else { "pairs" }) }
                </button></p>
            }
        </>
    }
}

fn card(
    view: &Compare,
    index: u32,
    pair: &PairView,
    on: Option<u32>,
    address: &Address,
    dispatch: &Callback<Action>,
) -> Html {
    let mut kinds: Vec<&str> = Vec::new();
    for d in pair.differences.iter().filter_map(|&d| view.differences.get(d as usize)) {
        if !kinds.contains(&difference_word(d.kind)) {
            kinds.push(difference_word(d.kind));
        }
    }
    let what = match &kinds[..] {
        [] => {
            let mut words = described(view, pair);
            words[..1].make_ascii_uppercase();
            words
        }
        kinds => kinds.join(", ") + &described(view, pair)["differs".len()..],
    };
    let current = (on == Some(index)).then_some("true");
    html! {
        <li key={index} class={relation_class(pair.relation)} id={format!("pair-{index}")} aria-current={current}>
            <header>
                <h2>{ what }</h2>
                <span class="n">{ format!("{} of {}", index + 1, view.pairs.len()) }</span>
            </header>
            { for [Hand::A, Hand::B].map(|hand| html! {
                <div class="pq">
                    { badge(hand, false) }
                    <div>
                        { quote(view, hand, index, &pair.differences, Some(address.edits)) }
                        { cite(view, hand, index, &format!("Read in {}", letter(hand))) }
                    </div>
                </div>
            }) }
            <p class="exports">{ say(view, index, Say::Unlink, "These do not correspond", address, dispatch) }</p>
        </li>
    }
}

/// The sentence of a pair on one side, with the words of these differences marked; with the part that answers and its
/// edits, also small ones or not, or without.
pub fn quote(view: &Compare, hand: Hand, pair: u32, differences: &[u32], edits: Option<bool>) -> Html {
    let side = hand.side(view);
    let Some(sentence) = hand.sentence(view, pair) else { return Html::default() };
    let mut layers: Vec<Layer> = differences
        .iter()
        .filter_map(|&d| Some(Layer { span: hand.words(view, d)?, mark: Mark::Difference(d) }))
        .collect();
    if let (Some(small), Some(found)) = (edits, view.pairs.get(pair as usize)) {
        let edits = comparing::edits(found, hand, small);
        layers.extend(edits.map(|span| Layer { span, mark: Mark::Edit(pair) }));
        layers.extend(hand.part(view, pair).map(|span| Layer { span, mark: Mark::Part }));
    }
    let dress = |part: Part, inner: Html| match part.mark {
        Mark::Edit(_) => edit(hand, part.first, inner),
        Mark::Part => answers(inner),
        _ => html! { <mark class="diff">{ inner }</mark> },
    };
    let rtl = side.blocks.get(sentence.block as usize).is_some_and(|b| b.rtl);
    html! {
        <blockquote dir={rtl.then_some("rtl")} lang={side.article.language.clone()}>
            { marked(&side.text, sentence.span, &layers, &dress) }
        </blockquote>
    }
}

/// The way back to the sentence in its article.
pub fn cite(view: &Compare, hand: Hand, pair: u32, words: &str) -> Html {
    let side = hand.side(view);
    let Some(sentence) = hand.sentence(view, pair) else { return Html::default() };
    let number = side.blocks.get(sentence.block as usize).and_then(|b| b.number);
    let to = Address::article(&side.article.slug, "").with_at(sentence.block);
    html! {
        <p class="cite">
            <span>{ paragraph(number) }</span>
            { " " }<a href={href(&to)}>{ words }</a>
        </p>
    }
}
