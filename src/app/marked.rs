//! Marked text: the pieces of a text under its layers, as nodes of the page.
//!
//! Invariant: the text nodes, joined, are the text: marks are elements around them and add none of their own.
//! Every piece is keyed by its offset, so that a mark that comes or goes leaves the others in place. Not here:
//! how layers nest (`session::layers`), what a mark looks like (each view dresses its own).

use crossread::session::layers::{Layer, Mark, Piece, Span, pieces};
use yew::prelude::*;

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

fn nodes(text: &str, pieces: &[Piece], dress: &dyn Fn(Part, Html) -> Html) -> Html {
    pieces
        .iter()
        .map(|piece| {
            let node = match piece {
                Piece::Text(span) => Html::from(span.of(text)),
                Piece::Marked { mark, first, last, inner, .. } => {
                    let part = Part { mark: *mark, first: *first, last: *last };
                    dress(part, nodes(text, inner, dress))
                }
            };
            html! { <key={piece.span().start}>{ node }</> }
        })
        .collect()
}
