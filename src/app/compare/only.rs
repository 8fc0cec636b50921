//! Only here: one of the two texts, whole, with what it shares with the other one dimmed, under a list of what it is
//! about that only it has.
//!
//! Invariant: nothing is read out of its context; what only this one has is in ink, and `hit` counts through
//! it. Not here: what counts as shared, and what is one topic (the engine).

use super::pane::{self, holds, sentence_id};
use super::{head, outcome};
use crate::app::bits::{counted, hand_class, href, letter};
use crate::app::frames::{by_id, show};
use crate::app::html::{classes, html};
use crate::app::memo::{memo, memo_hook};
use crossread::engine::views::{Compare, Topic};
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
                { topics(view, address, hand, &only, on) }
                { for layers.iter().enumerate().map(|(index, layers)| {
                    let on = on.filter(|&s| holds(layers, s));
                    let (view, layers, base) = (view.clone(), layers.clone(), base.clone());
                    memo(index, pane::Props { view, hand, index, layers, on, answers: None, base }, pane::block)
                }) }
            </article>
        </>
    }
}

/// Topics that are listed; they come with the most substantial first.
const LISTED: usize = 12;

/// What it is about that only this one says, each leading to its first sentence; nothing where that is one topic.
fn topics(view: &Compare, address: &Address, hand: Hand, only: &[u32], on: Option<u32>) -> Html {
    let side = hand.side(view);
    if side.topics.len() < 2 {
        return Html::default();
    }
    let topic = |topic: &Topic| {
        let first = only.iter().position(|one| topic.sentences.first() == Some(one));
        let current = on.is_some_and(|on| topic.sentences.contains(&on)).then_some("location");
        html! {
            <li>
                <a href={href(&address.with_hit(first.unwrap_or_default() as u32))} aria-current={current}>
                    <bdi>{ side.title(topic) }</bdi>
                </a>
                { " " }<span class="n">{ topic.sentences.len() }</span>
            </li>
        }
    };
    html! {
        <nav class="topics" aria-labelledby="h-topics">
            <p id="h-topics">{ "By topic, in sentences, the most substantial first" }</p>
            <ol>{ for side.topics.iter().take(LISTED).map(topic) }</ol>
        </nav>
    }
}
