//! A block of the reader: a paragraph, heading, item … with its number and its marks.
//!
//! Invariant: drawn again only when its own text, marks or chosen mark change; stepping through the matches
//! of a long article draws two blocks. Not here: what the blocks around it are.

use super::heading;
use crate::app::bits::{href, kind_class};
use crate::app::html::{classes, html};
use crate::app::marked::{Part, marked};
use crossread::engine::views::{MentionView, Reader};
use crossread::session::layers::{Layer, Mark};
use crossread::session::reading::{BlockKind, CERTAIN};
use crossread::session::{Address, Shared};
use std::rc::Rc;
use yew::prelude::*;

/// What a block is drawn from.
pub struct Props {
    /// The article.
    pub view: Shared<Reader>,
    /// Which block.
    pub index: usize,
    /// Its layers.
    pub layers: Rc<[Layer]>,
    /// For each name whether it matters in the article.
    pub main: Rc<[bool]>,
    /// The match in hand, where it is in this block.
    pub now: Option<u32>,
    /// The chosen name.
    pub chosen: Option<u32>,
    /// The article's address with its query.
    pub base: Address,
    /// Level of the article's highest heading.
    pub top: u8,
    /// Whether the first block is the title.
    pub titled: bool,
}

/// Whether the match is among these layers.
pub fn holds(layers: &[Layer], hit: u32) -> bool {
    layers.iter().any(|l| l.mark == Mark::Hit(hit))
}

impl Props {
    /// Whether the block has a mention of the chosen name, and of which.
    fn chosen_here(&self) -> Option<u32> {
        let chosen = self.chosen?;
        self.mentions().any(|m| m.name == chosen).then_some(chosen)
    }

    fn mentions(&self) -> impl Iterator<Item = &MentionView> {
        self.layers.iter().filter_map(|l| match l.mark {
            Mark::Name(i) => self.view.mentions.get(i as usize),
            _ => None,
        })
    }

    /// Whether two answers say the same on this block: a new query changes few of them.
    fn same_content(&self, other: &Props) -> bool {
        let (a, b) = (&self.view, &other.view);
        let text = |p: &Props| p.view.blocks.get(p.index).map(|b| b.span.of(&p.view.text).to_owned());
        let named = |p: &Props, m: &MentionView| {
            let name = p.view.names.get(m.name as usize);
            name.map(|n| (n.entity.clone(), n.kind, p.main.get(m.name as usize).copied()))
        };
        a.article.slug == b.article.slug
            && a.blocks.get(self.index) == b.blocks.get(other.index)
            && self.layers == other.layers
            && text(self) == text(other)
            && self.mentions().eq(other.mentions())
            && self.mentions().map(|m| named(self, m)).eq(other.mentions().map(|m| named(other, m)))
    }
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        self.index == other.index
            && self.now == other.now
            && self.top == other.top
            && self.titled == other.titled
            && self.base == other.base
            && self.chosen_here() == other.chosen_here()
            && (self.view == other.view || self.same_content(other))
    }
}

/// The block.
pub fn block(props: &Props) -> Html {
    let Props { view, index, layers, top, titled, base, .. } = props;
    let Some(block) = view.blocks.get(*index) else { return Html::default() };
    let dress = |part: Part, inner: Html| dress(props, part, inner);
    let text = marked(&view.text, block.span, layers, &dress);
    let id = format!("b{index}");
    let dir = block.rtl.then_some("rtl");
    match block.kind {
        BlockKind::Heading(_) if *titled && *index == 0 => {
            html! { <h1 {id} {dir} tabindex="-1">{ text }</h1> }
        }
        BlockKind::Heading(level) => {
            html! { <@{heading(*top, level)} {id} {dir} tabindex="-1">{ text }</@> }
        }
        kind => {
            // Drawn from an attribute: the number is no part of the text.
            let number = block.number.map(|n| {
                html! {
                    <a class="pn" href={href(&base.with_at(*index as u32))}
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
pub fn tag(level: u8) -> &'static str {
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
                (props.main.get(mention.name as usize) == Some(&false)).then_some("minor"),
            );
            html! { <a {class} href={href(&to)} tabindex="-1" title={mention.why.clone()}>{ inner }</a> }
        }
        Mark::Hit(i) => {
            let now = props.now == Some(i);
            let id = part.first.then(|| format!("hit-{i}"));
            let current = now.then_some("true");
            html! {
                <mark class={classes!("hit", now.then_some("now"))} {id} aria-current={current}>{ inner }</mark>
            }
        }
        Mark::Passage(_) | Mark::Difference(_) | Mark::Edit(_) => inner,
    }
}
