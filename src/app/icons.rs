//! The icons, one sprite: 16 by 16, stroked in the colour of the text.
//!
//! Drawn once by the frame; `bits::icon` refers to them by name.

use super::html::html;
use yew::prelude::*;

/// A stroke of its own: path data, width, fill.
type Extra = Option<(&'static str, &'static str, &'static str)>;

/// Name, path data stroked by the class `i`, and what is drawn otherwise.
const ICONS: [(&str, &str, Extra); 22] = [
    ("search", "M7 2.75a4.25 4.25 0 1 0 0 8.5 4.25 4.25 0 0 0 0-8.5zM10.25 10.25l3.5 3.5", None),
    ("go", "M3 8h9.5M9 4.5 12.5 8 9 11.5", None),
    (
        "theme",
        "M8 2.75a5.25 5.25 0 1 0 0 10.5 5.25 5.25 0 0 0 0-10.5z",
        Some(("M8 2.75a5.25 5.25 0 0 1 0 10.5z", "0", "currentColor")),
    ),
    ("library", "M2.5 3.5h11M2.5 8h11M2.5 12.5h7", None),
    ("compare", "M2 3.5h4M2 8h4M2 12.5h4M10 3.5h4M10 8h4M10 12.5h4M6 3.5 10 8M6 12.5h4", None),
    ("names", "M4.5 10 8 2.5 11.5 10M5.75 7.5h4.5", Some(("M2.5 12.5h11M2.5 14.5h11", "1", "none"))),
    (
        "link",
        "M6.5 9.5 9.5 6.5M7 4.75l1.6-1.6a3 3 0 0 1 4.25 4.25L11.25 9M9 11.25l-1.6 1.6A3 3 0 0 1 3.15 8.6L4.75 7",
        None,
    ),
    ("down", "M4.5 6.5 8 10l3.5-3.5", None),
    ("prev", "M3.5 10 8 5.5l4.5 4.5", None),
    ("next", "M3.5 6 8 10.5 12.5 6", None),
    ("filter", "M2.5 4.5h11M4.5 8h7M6.5 11.5h3", None),
    ("alert", "M8 2.5 14 13.5H2zM8 6.5v3.5M8 11.6v.4", None),
    ("about", "M8 2.75a5.25 5.25 0 1 0 0 10.5 5.25 5.25 0 0 0 0-10.5zM8 7.25v3.5M8 4.9v.5", None),
    ("correct", "M3 13l.75-3L10.5 3.25l2.25 2.25L6 12.25zM9 4.75 11.25 7", None),
    ("add", "M8 3v10M3 8h10", None),
    ("close", "m4 4 8 8M12 4l-8 8", None),
    ("outline", "M2.5 3.5h8M5 8h8.5M5 12.5h6", None),
    ("hits", "M2.5 4h11M2.5 12h7", Some(("M2.5 8h7.5", "3.5", "none"))),
    ("sync", "M4.5 13.5v-11M2 5l2.5-2.5L7 5M11.5 2.5v11M9 11l2.5 2.5L14 11", None),
    ("differs", "M3 5.5h10M3 10.5h10M10.5 2.5l-5 11", None),
    ("only-a", "M9.5 3v10M13 3v10", Some(("M2.5 2.5h4.5v11H2.5z", "1.5", "currentColor"))),
    ("only-b", "M6.5 3v10M3 3v10", Some(("M9 2.5h4.5v11H9z", "1.5", "currentColor"))),
];

/// The sprite.
pub fn sprite() -> Html {
    let symbols = ICONS.iter().map(|(name, path, extra)| {
        html! {
            <symbol key={*name} id={format!("i-{name}")} viewBox="0 0 16 16">
                <path d={*path} />
                if let Some((path, width, fill)) = extra {
                    <path d={*path} stroke-width={*width} fill={*fill} />
                }
            </symbol>
        }
    });
    html! { <svg hidden=true aria-hidden="true">{ for symbols }</svg> }
}

/// The mark of the program: two texts and a thread.
pub fn brand() -> Html {
    html! {
        <svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.75" aria-hidden="true">
            <path d="M1.5 4h5M1.5 8h5M1.5 12h5M1.5 16h5M13.5 4h5M13.5 8h5M13.5 12h5M13.5 16h5" />
            <path class="x" d="M6.5 4c4 0 3 8 7 8" />
        </svg>
    }
}
