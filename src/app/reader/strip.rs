//! The strip at the edge: where the matches lie in the article, and which part of it is in the window.
//!
//! Invariant: for the mouse only; the buttons and `n`/`N` do the same. Positions are SVG attributes. What is
//! in the window is written straight to its rectangle while the page scrolls. Not here: the marks themselves.

use crate::app::bits::{Length, href};
use crate::app::frames::{find, window_height};
use crate::app::html::html;
use crossread::engine::views::Reader;
use crossread::session::reading::place;
use crossread::session::{Address, Shared};
use yew::prelude::*;

/// What the strip is drawn from.
#[derive(PartialEq)]
pub struct Props {
    /// The article.
    pub view: Shared<Reader>,
    /// The article's address with its query.
    pub base: Address,
    /// The match in hand.
    pub now: Option<u32>,
}

/// Ticks closer than a pixel of a tall window are drawn once.
const FINEST: f32 = 1.0 / 2000.0;

/// The strip.
pub fn strip(props: &Props) -> Html {
    let Props { view, base, now } = props;
    let mut last = -1.0;
    let ticks = view.hits.iter().enumerate().filter_map(|(i, hit)| {
        let (i, at) = (i as u32, place(view, hit.start));
        let current = *now == Some(i);
        if at - last < FINEST && !current {
            return None;
        }
        last = at;
        Some(html! {
            <a key={i} href={href(&base.with_hit(i))} tabindex="-1" class={current.then_some("now")}>
                <rect x="0" width="100%" y={percent(at.into())} height="3" />
            </a>
        })
    });
    html! {
        <div class="strip" aria-hidden="true">
            <svg>
                <rect class="seen" x="0" width="100%" y="0" height="0" />
                { for ticks }
            </svg>
        </div>
    }
}

/// Sets the rectangle to the part of the article that is in the window.
pub fn look() {
    let (Some(seen), Some(article)) = (find(".strip .seen"), find("article.text")) else { return };
    let rect = article.get_bounding_client_rect();
    let height = rect.height().max(1.0);
    let top = (-rect.top() / height).clamp(0.0, 1.0);
    let bottom = ((window_height() - rect.top()) / height).min(1.0).max(top);
    let _ = seen.set_attribute("y", &percent(top));
    let _ = seen.set_attribute("height", &percent(bottom - top));
}

/// A share of the strip's height.
fn percent(share: f64) -> String {
    format!("{}%", Length(share * 100.0))
}
