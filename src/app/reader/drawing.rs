//! Drawing: which parts of the article are drawn now, and which a moment later.
//!
//! Invariant: at each turn the few parts that lag behind are given what they should show, those in the window first;
//! another turn follows until none lags behind, so that no turn is long however long the article is. What stands in
//! the window keeps its place while parts above it grow. Not here: what a part looks like (`part.rs`).

use super::part::Props;
use super::{outline, strip};
use crate::app::frames::by_id;
use crossread::session::Address;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::functional::UseForceUpdateHandle;

/// Parts that are drawn at a turn; at the first one alone, and of a long article none, so that what stands around it
/// has a frame of its own.
const TURN: usize = 2;

/// Parts from which on an article is long: also, what is not near the window is not laid out.
pub const LONG: usize = 12;

thread_local! {
    /// A block that goes back to where it stood, once its part is drawn, with how far below the window's top that was.
    static KEPT: Cell<Option<(u32, f64)>> = const { Cell::new(None) };
}

/// Brings a block to where it stood, in CSS pixels below the top of the window, as soon as it is drawn.
pub fn keep(block: u32, top: f64) {
    if !hold(&format!("b{block}"), top) {
        KEPT.set(Some((block, top)));
    }
}

/// Scrolls so that an element is so far below the top of the window; whether there is such an element.
fn hold(id: &str, top: f64) -> bool {
    let Some(element) = by_id(id) else { return false };
    let moved = element.get_bounding_client_rect().top() - top;
    if moved != 0.0 {
        gloo::utils::window().scroll_by_with_x_and_y(0.0, moved);
    }
    true
}

/// Brings up to date what says where in the article the window is.
fn look() {
    strip::look();
    outline::look();
}

/// The name of a part in the page.
pub fn part_id(part: usize) -> String {
    format!("part-{part}")
}

/// How far the drawing has come.
#[derive(Default)]
pub struct Drawing {
    /// The place that the address named last.
    pub place: Address,
    /// The part of a new place, where there is one, until it has been gone to.
    pub aim: Option<Option<usize>>,
    /// Whether the place before it was in the same article.
    pub stepped: bool,
    /// What each part shows.
    pub given: Vec<Option<Rc<Props>>>,
    /// Whether there was a turn.
    begun: bool,
    /// Whether parts lag behind.
    behind: bool,
    /// Whether none may any longer.
    hurry: bool,
    /// What is to keep its place in the window: an element and how far below the top it is.
    held: Option<(String, f64)>,
    next: Option<Timeout>,
    listening: Option<[EventListener; 4]>,
}

impl Drawing {
    /// A turn: parts are given what they should show, from the one aimed at on, or else from the one at the top of the
    /// window.
    pub fn turn(&mut self, wanted: &[Rc<Props>]) {
        self.given.resize(wanted.len(), None);
        self.behind = false;
        let lags = |given: &Option<Rc<Props>>, wanted: &Rc<Props>| {
            given.as_ref().is_none_or(|given| given.marks != wanted.marks || given != wanted)
        };
        if !self.given.iter().zip(wanted).any(|(given, wanted)| lags(given, wanted)) {
            return;
        }
        let place = |part: usize| Some(by_id(&part_id(part))?.get_bounding_client_rect());
        let kept = KEPT.take();
        if kept.is_some() {
            self.aim = None;
        }
        let of_kept =
            |(block, _): (u32, f64)| wanted.iter().position(|p| p.blocks.contains(&(block as usize)));
        let here = self.aim.flatten().or_else(|| kept.and_then(of_kept)).unwrap_or_else(|| {
            (0..wanted.len())
                .find(|part| place(*part).is_none_or(|place| place.bottom() > 0.0))
                .unwrap_or_default()
        });
        if let Some((block, top)) = kept {
            self.held = Some((format!("b{block}"), top));
        } else if self.held.is_none() {
            self.held = place(here).map(|place| (part_id(here), place.top()));
        }
        let mut left = match std::mem::take(&mut self.hurry) {
            true => usize::MAX,
            false if self.given.iter().any(Option::is_some) => TURN,
            false => usize::from(self.begun || wanted.len() < LONG),
        };
        self.begun = true;
        for at in (here..wanted.len()).chain((0..here).rev()) {
            if !lags(&self.given[at], &wanted[at]) {
                continue;
            }
            if left == 0 {
                self.behind = true;
                break;
            }
            left -= 1;
            self.given[at] = Some(wanted[at].clone());
        }
    }

    /// After a turn: what was in the window is put back where it was, and the next turn is waited for. Gives the aim.
    pub fn turned(this: &Rc<RefCell<Drawing>>, again: UseForceUpdateHandle) -> Option<Option<usize>> {
        let mut drawing = this.borrow_mut();
        if let Some((id, top)) = drawing.held.take() {
            hold(&id, top);
        }
        let turn = again.clone();
        drawing.next = drawing.behind.then(|| Timeout::new(0, move || turn.force_update()));
        look();
        if drawing.listening.is_none() {
            let window = gloo::utils::window();
            drawing.listening = Some(["beforeprint", "keydown", "scroll", "resize"].map(|event| {
                let (this, again) = (Rc::downgrade(this), again.clone());
                EventListener::new(&window, event, move |event| {
                    look();
                    // What the browser does with the page as a whole has to find all of it: printing, and by its keys
                    // copying and looking for words.
                    let key = event.dyn_ref::<KeyboardEvent>();
                    let whole = match key {
                        Some(key) => key.ctrl_key() || key.meta_key(),
                        None => event.type_() == "beforeprint",
                    };
                    if let Some(this) = this.upgrade().filter(|this| whole && this.borrow().behind) {
                        this.borrow_mut().hurry = true;
                        again.force_update();
                    }
                })
            }));
        }
        drawing.given.iter().any(Option::is_some).then(|| drawing.aim.take()).flatten()
    }
}
