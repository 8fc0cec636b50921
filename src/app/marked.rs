//! Marked text: a text, or its pieces under its layers, as nodes of the page.
//!
//! Invariant: the text nodes, joined, are the text: marks are elements around them and add none of their own.
//! Every piece is keyed by its offset, so that a mark that comes or goes leaves the others in place. Not here:
//! how layers nest (`session::layers`), what a mark looks like (each view dresses its own).

use crossread::session::layers::{Layer, Mark, Piece, Span, pieces};
use yew::prelude::*;
use yew::virtual_dom::VList;

/// A mark, or the part of one that was split.
pub struct Part {
    /// Which.
    pub mark: Mark,
    /// Whether the mark begins here.
    pub first: bool,
    /// Whether the mark ends here.
    pub last: bool,
}

/// `within` of `text` under `layers`; `dress` wraps what a mark holds in the mark's element.
pub fn marked(text: &str, within: Span, layers: &[Layer], dress: &dyn Fn(Part, Html) -> Html) -> Html {
    nodes(text, &pieces(text, within, layers), dress)
}

/// A text as a node. Characters that turn the order of reading around (UAX #9, overrides and embeddings) do so no
/// longer, and are seen: each is shut in an element of its own, which draws a sign before it.
pub fn plain(text: &str) -> Html {
    let turns = |c: char| ('\u{202a}'..='\u{202e}').contains(&c);
    if !text.contains(turns) {
        return Html::from(text);
    }
    let parts = text.split_inclusive(turns).map(|part| match part.char_indices().next_back() {
        Some((at, c)) if turns(c) => {
            let (before, turn) = part.split_at(at);
            html! { <>{ before }<span class="turn" title="turns the order of reading">{ turn }</span></> }
        }
        _ => Html::from(part),
    });
    parts.collect()
}

fn nodes(text: &str, pieces: &[Piece], dress: &dyn Fn(Part, Html) -> Html) -> Html {
    pieces
        .iter()
        .map(|piece| {
            let node = match piece {
                Piece::Text(span) => plain(span.of(text)),
                Piece::Marked { mark, first, last, inner, .. } => {
                    let part = Part { mark: *mark, first: *first, last: *last };
                    dress(part, nodes(text, inner, dress))
                }
            };
            Html::from(VList::with_children(vec![node], Some(piece.span().start.into())))
        })
        .collect()
}
