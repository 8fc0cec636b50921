//! A block of a compared text: its sentences with their counterparts' numbers, its words that differ.
//!
//! Invariant: drawn again only when the comparison or the passage in hand within it changes. The numbers are
//! links and no part of the text: they are drawn from an attribute, so that selecting and copying leave them
//! out. Not here: the pane around it.

use super::described;
use crate::app::bits::{hand_class, href, letter, relation_class};
use crate::app::html::{classes, html};
use crate::app::marked::{Part, marked};
use crossread::engine::views::{Compare, PairView, Relation};
use crossread::session::comparing::{self, Hand};
use crossread::session::layers::{Layer, Mark, Span};
use crossread::session::reading::BlockKind;
use crossread::session::{Address, Shared};
use std::rc::Rc;
use yew::prelude::*;

/// What a block is drawn from.
#[derive(PartialEq)]
pub struct Props {
    /// The comparison.
    pub view: Shared<Compare>,
    /// Which text.
    pub hand: Hand,
    /// Which block of it.
    pub index: usize,
    /// Its layers.
    pub layers: Rc<[Layer]>,
    /// The sentence in hand, where it is in this block.
    pub on: Option<u32>,
    /// The part of it that answers to the other, where it is not the whole.
    pub answers: Option<Span>,
    /// Where the numbers lead: the comparison, side by side.
    pub base: Address,
}

/// Whether a sentence is among these layers.
pub fn holds(layers: &[Layer], sentence: u32) -> bool {
    layers.iter().any(|l| l.mark == Mark::Passage(sentence))
}

/// The id of a sentence on the page.
pub fn sentence_id(hand: Hand, sentence: u32) -> String {
    format!("{}{sentence}", hand_class(hand))
}

/// The block.
pub fn block(props: &Props) -> Html {
    let side = props.hand.side(&props.view);
    let Some(block) = side.blocks.get(props.index) else { return Html::default() };
    let dress = |part: Part, inner: Html| dress(props, part, inner);
    let answers = props.answers.map(|span| Layer { span, mark: Mark::Part });
    let layers: Vec<Layer> = props.layers.iter().copied().chain(answers).collect();
    let text = marked(&side.text, block.span, &layers, &dress);
    let dir = block.rtl.then_some("rtl");
    match block.kind {
        BlockKind::Heading(_) => html! { <h3 {dir}>{ text }</h3> },
        BlockKind::Preformatted => html! { <pre class="t" {dir}>{ text }</pre> },
        BlockKind::Item => html! { <p class="t item" {dir}>{ text }</p> },
        BlockKind::Quote => html! { <blockquote class="t" {dir}>{ text }</blockquote> },
        BlockKind::Paragraph => html! { <p class="t" {dir}>{ text }</p> },
    }
}

fn dress(props: &Props, part: Part, inner: Html) -> Html {
    match part.mark {
        Mark::Passage(i) => passage(props, i, part, inner),
        Mark::Part => answers(inner),
        Mark::Difference(_) => html! { <mark class="diff">{ inner }</mark> },
        Mark::Edit(_) => edit(props.hand, part.first, inner),
        Mark::Name(_) | Mark::Hit(_) => inner,
    }
}

/// The part of a sentence that answers to the other: the rest steps back.
pub fn answers(inner: Html) -> Html {
    html! { <span class="answers">{ inner }</span> }
}

/// Words of an edited sentence that the other text has not: a sign and the element say which text has them.
pub fn edit(hand: Hand, first: bool, inner: Html) -> Html {
    let class = classes!("ed", first.then_some("begins"));
    match hand {
        Hand::A => html! { <del {class}>{ inner }</del> },
        Hand::B => html! { <ins {class}>{ inner }</ins> },
    }
}

fn passage(props: &Props, index: u32, part: Part, inner: Html) -> Html {
    let Props { view, hand, .. } = props;
    let Some(sentence) = hand.side(view).sentences.get(index as usize) else { return inner };
    let relation = comparing::relation(view, sentence);
    let on = (props.on == Some(index)).then_some("on");
    let class = match relation {
        Some(relation) => classes!("psg", relation_class(relation), on),
        None => classes!("lone", on),
    };
    let id = part.first.then(|| sentence_id(*hand, index));
    let refs = sentence
        .pairs
        .iter()
        .filter(|_| part.last)
        .filter_map(|&pair| Some(reference(props, pair, view.pairs.get(pair as usize)?)));
    html! { <span {class} {id}>{ inner }{ for refs }</span> }
}

/// The raised number of a pair: a link that lines it up.
fn reference(props: &Props, pair: u32, found: &PairView) -> Html {
    let number = (pair + 1).to_string();
    let name = format!("{number}, {}, to {}", described(&props.view, found), letter(props.hand.other()));
    let differs = found.relation == Relation::Differs;
    let unsure = comparing::unsure(found);
    let class = classes!("ref", differs.then_some("dif"), unsure.then_some("unsure"));
    html! {
        <a {class} href={href(&props.base.with_at(pair))} data-n={number} aria-label={name} />
    }
}
