//! The outline: the article's headings with the matches in each, and where we are among them.
//!
//! Invariant: where we are is written straight to the list while the article scrolls. A column where there is room, else
//! a sheet (the same element, by `popover`). Not here: which sections there are (`session::reading`).

use crate::app::bits::{href, icon};
use crate::app::frames::{by_id, find, window_height};
use crate::app::html::html;
use crossread::engine::views::Reader;
use crossread::session::reading::Section;
use crossread::session::{Address, Shared};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// What the outline is drawn from.
#[derive(PartialEq)]
pub struct Props {
    /// The article.
    pub view: Shared<Reader>,
    /// Its sections.
    pub sections: Rc<Vec<Section>>,
    /// The article's address with its query.
    pub base: Address,
}

/// The outline.
pub fn outline(props: &Props) -> Html {
    let Props { view, sections, base } = props;
    let close = Callback::from(|_: MouseEvent| {
        if let Some(sheet) = by_id("outline") {
            let _ = sheet.hide_popover();
        }
    });
    html! {
        <nav class="outline side sheet" id="outline" popover="auto" aria-label="Outline" onclick={close}>
            <div class="grip">
                <h2>{ "Outline" }</h2>
                <button class="btn bare icon" popovertarget="outline" popovertargetaction="hide"
                    aria-label="Close">{ icon("close") }</button>
            </div>
            <ol>
                { for sections.iter().map(|s| html! {
                    <li key={s.block}>
                        <a href={href(&base.with_at(s.block))} data-to={format!("b{}", s.block)}>
                            <bdi>{ s.heading.map_or("Opening", |h| h.of(&view.text)) }</bdi>
                            <span class="n">{ (s.hits > 0).then_some(s.hits) }</span>
                        </a>
                    </li>
                }) }
            </ol>
        </nav>
    }
}

/// Says which section is at the top of the window.
pub fn look() {
    let Ok(links) = gloo::utils::document().query_selector_all("#outline li a") else { return };
    let links: Vec<Element> = (0..links.length()).filter_map(|i| links.item(i)?.dyn_into().ok()).collect();
    let line = window_height() / 3.0;
    // The sections stand in order, so those above the line come first. A part that is not near the window is not laid
    // out for that.
    let above = |link: &Element| {
        let heading = link.get_attribute("data-to").and_then(|id| by_id(&id));
        heading.is_some_and(|heading| {
            let part =
                heading.closest("article > div").ok().flatten().map(|part| part.get_bounding_client_rect());
            match part {
                Some(part) if part.top() > line || part.bottom() <= line => part.bottom() <= line,
                _ => heading.get_bounding_client_rect().top() <= line,
            }
        })
    };
    let here = links.get(links.partition_point(above).saturating_sub(1));
    let before = find("#outline a[aria-current]");
    if before.as_ref() != here {
        if let Some(before) = before {
            let _ = before.remove_attribute("aria-current");
        }
        if let Some(here) = here {
            let _ = here.set_attribute("aria-current", "location");
        }
    }
}
