//! Only here: one of the two texts, whole, with what it shares with the other one dimmed.
//!
//! Invariant: nothing is read out of its context; what only this one has is in ink, and `hit` counts through
//! it. Not here: what counts as shared (the engine).

use super::pane::{self, holds, sentence_id};
use super::{head, outcome};
use crate::app::bits::{counted, hand_class, letter};
use crate::app::frames::{by_id, show};
use crate::app::memo::{memo, memo_hook};
use crossread::engine::views::Compare;
use crossread::session::comparing::{self, Hand};
use crossread::session::layers::{Layer, Mark};
use crossread::session::{Address, Mode, Shared};
use std::rc::Rc;
use yew::functional::Hook;
use yew::prelude::*;

/// What the text is drawn from.
#[derive(PartialEq)]
pub struct Props {
    /// The comparison.
    pub view: Shared<Compare>,
    /// Where we are in it.
    pub address: Address,
    /// Which of the two.
    pub hand: Hand,
}

/// The text.
pub fn only(props: Props) -> Html {
    memo_hook(letter(props.hand), props, |props, context| use_only(props).run(context))
}

#[hook]
fn use_only(props: &Props) -> Html {
    let Props { view, address, hand } = props;
    let hand = *hand;
    let layers = use_memo((view.clone(), hand), |(view, hand)| -> Vec<Rc<[Layer]>> {
        // Differing words are no matter here.
        let passages = |block: Vec<Layer>| block.into_iter().filter(|l| matches!(l.mark, Mark::Passage(_)));
        comparing::layers(view, *hand, false).into_iter().map(|block| passages(block).collect()).collect()
    });
    let only = use_memo((view.clone(), hand), |(view, hand)| comparing::only(view, *hand));
    let on = address.hit.and_then(|hit| only.get(hit as usize)).copied();
    use_effect_with(on, move |on| {
        if let Some(sentence) = on.and_then(|on| by_id(&sentence_id(hand, on))) {
            show(&sentence);
        }
    });
    let base = address.with_mode(Mode::Plain);
    let article = &hand.side(view).article;
    html! {
        <>
            <h1 class="vh" tabindex="-1">
                { format!("Only in {}: {}", letter(hand), counted(only.len() as u32, "sentence", "sentences")) }
            </h1>
            { outcome(view) }
            <article class={classes!("pane", "only", hand_class(hand))} lang={article.language.clone()}
                aria-label={format!("Article {}, what only it has in full ink", letter(hand))}>
                { head(hand, view) }
                if only.is_empty() {
                    <p class="outcome">
                        { format!("Every sentence of {} has a counterpart in {}.", letter(hand), letter(hand.other())) }
                    </p>
                }
                { for layers.iter().enumerate().map(|(index, layers)| {
                    let on = on.filter(|&s| holds(layers, s));
                    let (view, layers, base) = (view.clone(), layers.clone(), base.clone());
                    memo(index, pane::Props { view, hand, index, layers, on, base }, pane::block)
                }) }
            </article>
        </>
    }
}
