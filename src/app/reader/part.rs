//! A part of the article: its blocks with their numbers, their marks, and what others report beside them.
//!
//! Invariant: drawn again only when it is given other properties (`drawing.rs` says when); stepping through the
//! matches of a long article draws two parts. Not here: which blocks make a part (`session::reading`).

use super::{Model, also};
use crate::app::bits::{href, kind_class};
use crate::app::html::{classes, html};
use crate::app::marked::{Part, marked};
use crossread::engine::views::Reader;
use crossread::session::layers::Mark;
use crossread::session::reading::{BlockKind, CERTAIN};
use crossread::session::{Address, Shared};
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// What a part is drawn from.
pub struct Props {
    /// The article.
    pub view: Shared<Reader>,
    /// What follows from it.
    pub model: Rc<Model>,
    /// Which of its blocks.
    pub blocks: Range<usize>,
    /// Which names are marked, as classes of the element around the part: its content stays when they change.
    pub marks: AttrValue,
    /// The match in hand, where it is in this part.
    pub now: Option<u32>,
    /// The chosen name, where it is in this part.
    pub chosen: Option<u32>,
    /// The article's address with its query.
    pub base: Address,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        self.view == other.view
            && self.blocks == other.blocks
            && self.now == other.now
            && self.chosen == other.chosen
            && self.base == other.base
    }
}

/// So that an `Rc` of one is compared by its place first.
impl Eq for Props {}

/// The part.
pub fn part(props: &Rc<Props>) -> Html {
    let Props { view, blocks, .. } = &**props;
    let item = |index: usize| view.blocks.get(index).is_some_and(|block| block.kind == BlockKind::Item);
    let mut nodes = Vec::new();
    let mut at = blocks.start;
    while at < blocks.end {
        // Neighbouring list items are drawn as one, any other block alone.
        let mut end = at + 1;
        let list = item(at);
        while list && end < blocks.end && item(end) {
            end += 1;
        }
        let drawn = (at..end).map(|index| block(props, index));
        if list {
            nodes.push(html! { <ul class="items">{ for drawn }</ul> });
        } else {
            nodes.extend(drawn);
        }
        nodes.extend((at..end).filter_map(|index| also(view, index)));
        at = end;
    }
    html! { <>{ for nodes }</> }
}

/// One of its blocks.
pub fn block(props: &Props, index: usize) -> Html {
    let Props { view, model, base, .. } = props;
    let Some(block) = view.blocks.get(index) else { return Html::default() };
    let layers = model.layers.get(index).map_or(&[][..], |layers| layers);
    let dress = |part: Part, inner: Html| dress(props, part, inner);
    let text = marked(&view.text, block.span, layers, &dress);
    let id = format!("b{index}");
    let dir = block.rtl.then_some("rtl");
    match block.kind {
        BlockKind::Heading(_) if model.titled && index == 0 => {
            html! { <h1 {id} {dir} tabindex="-1">{ text }</h1> }
        }
        BlockKind::Heading(level) => {
            html! { <@{tag(2 + level.saturating_sub(model.top))} {id} {dir} tabindex="-1">{ text }</@> }
        }
        kind => {
            // Drawn from an attribute: the number is no part of the text.
            let number = block.number.map(|n| {
                html! {
                    <a class="pn" href={href(&base.with_at(index as u32))}
                        aria-label={format!("Paragraph {n}")} data-n={n.to_string()} />
                }
            });
            let tag = match kind {
                BlockKind::Item => "li",
                BlockKind::Quote => "blockquote",
                BlockKind::Preformatted => "pre",
                _ => "p",
            };
            html! { <@{tag} {id} {dir} tabindex="-1" class="blk" data-item="">{ number }{ text }</@> }
        }
    }
}

/// `h2` to `h6`.
fn tag(level: u8) -> &'static str {
    match level {
        0..=2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

fn dress(props: &Props, part: Part, inner: Html) -> Html {
    match part.mark {
        Mark::Name(i) => {
            let Some(mention) = props.view.mentions.get(i as usize) else { return inner };
            let Some(name) = props.view.names.get(mention.name as usize) else { return inner };
            let mut to = props.base.clone();
            to.filters.entity = vec![name.entity.clone()];
            let unsure = mention.certainty < CERTAIN;
            let class = classes!(
                "ent",
                kind_class(name.kind),
                (props.chosen == Some(mention.name)).then_some("on"),
                (unsure && part.last).then_some("unsure"),
                (props.model.main.get(mention.name as usize) == Some(&false)).then_some("minor"),
            );
            html! { <a {class} href={href(&to)} tabindex="-1" title={mention.why.clone()}>{ inner }</a> }
        }
        Mark::Hit(i) => {
            let now = props.now == Some(i);
            let id = part.first.then(|| format!("hit-{i}"));
            let current = now.then_some("true");
            // What Tab goes on from.
            let tabindex = now.then_some("-1");
            html! {
                <mark class={classes!("hit", now.then_some("now"))} {id} {tabindex} aria-current={current}>{ inner }</mark>
            }
        }
        Mark::Passage(_) | Mark::Part | Mark::Difference(_) | Mark::Edit(_) => inner,
    }
}
