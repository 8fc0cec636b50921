//! Frames: work on the page's geometry, done at most once per animation frame.
//!
//! Invariant: however often it is asked for, the work runs once before the next paint, and never after the
//! `Frame` is gone. The helpers around it read and scroll the page. Not here: what is measured.

use gloo::render::{AnimationFrame, request_animation_frame};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Work that waits for the next animation frame.
#[derive(Clone)]
pub struct Frame(Rc<Inner>);

struct Inner {
    asked: Cell<bool>,
    handle: RefCell<Option<AnimationFrame>>,
    work: Box<dyn Fn()>,
}

impl Frame {
    /// Of this work.
    pub fn new(work: impl Fn() + 'static) -> Frame {
        Frame(Rc::new(Inner { asked: Cell::new(false), handle: RefCell::new(None), work: Box::new(work) }))
    }

    /// Has the work done before the next paint.
    pub fn ask(&self) {
        if self.0.asked.replace(true) {
            return;
        }
        let inner = Rc::downgrade(&self.0);
        let handle = request_animation_frame(move |_| {
            if let Some(inner) = inner.upgrade() {
                inner.asked.set(false);
                (inner.work)();
            }
        });
        *self.0.handle.borrow_mut() = Some(handle);
    }
}

/// The element with this id.
pub fn by_id(id: &str) -> Option<HtmlElement> {
    gloo::utils::document().get_element_by_id(id)?.dyn_into().ok()
}

/// The first element that a selector finds.
pub fn find(selector: &str) -> Option<Element> {
    gloo::utils::document().query_selector(selector).ok().flatten()
}

/// Height of the window in CSS pixels.
pub fn window_height() -> f64 {
    gloo::utils::window().inner_height().ok().and_then(|h| h.as_f64()).unwrap_or(0.0)
}

/// Whether a media query holds now.
pub fn media(query: &str) -> bool {
    gloo::utils::window().match_media(query).ok().flatten().is_some_and(|m| m.matches())
}

/// Brings an element to the middle of what scrolls, unless it stands well within the window already.
pub fn show(element: &Element) {
    let (rect, height) = (element.get_bounding_client_rect(), window_height());
    if rect.top() < height * 0.2 || rect.bottom() > height * 0.8 {
        scroll_to(element, ScrollLogicalPosition::Center);
    }
}

/// Scrolls an element to a place in what scrolls, at once.
pub fn scroll_to(element: &Element, place: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(place);
    options.set_inline(ScrollLogicalPosition::Nearest);
    options.set_behavior(ScrollBehavior::Instant);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}
