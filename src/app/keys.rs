//! The keys: which action a key means, decided in one place.
//!
//! Invariants: nothing is captured while somebody types, but Esc and Ctrl/⌘-K; Ctrl-F and the browser's other
//! keys never. Not here: what an action does, keys inside the search box (`find.rs`).

use super::frames::find;
use crossread::engine::Step;
use crossread::session::Action;
use crossread::session::Overlay;
use crossread::session::reading::KINDS;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What a key that was pressed anywhere means. `towards_search`: the focus is on its way to the search box.
pub fn action(event: &KeyboardEvent, shortcuts: bool, towards_search: bool) -> Option<Action> {
    if event.default_prevented() || event.is_composing() {
        return None;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let inside = |selector: &str| {
        target.as_ref().is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
    };
    let key = event.key();
    let command = event.ctrl_key() || event.meta_key();
    if command && !event.alt_key() && !event.shift_key() && key.eq_ignore_ascii_case("k") {
        return Some(Action::Search);
    }
    let typing = inside("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if command && !event.alt_key() && key.eq_ignore_ascii_case("z") && !typing {
        return Some(Action::Correct(Box::new(if event.shift_key() { Step::Redo } else { Step::Undo })));
    }
    if command || event.alt_key() {
        return None;
    }
    if key == "Escape" {
        // The browser closes what is open over the page by itself, wherever the focus is.
        return find(":popover-open, dialog[open]").is_none().then_some(Action::Escape);
    }
    if typing {
        return None;
    }
    if towards_search {
        let mut typed = key.chars();
        match (typed.next(), typed.next()) {
            (Some(key), None) => return Some(Action::Key(key)),
            _ if key == "Enter" => return Some(Action::Enter),
            _ if key == "Backspace" => return Some(Action::Erase),
            _ => {}
        }
    }
    match key.as_str() {
        "ArrowDown" if inside("[data-item]") => return Some(Action::Item(1)),
        "ArrowUp" if inside("[data-item]") => return Some(Action::Item(-1)),
        _ if !shortcuts => return None,
        _ => {}
    }
    let number = key.parse::<usize>().ok().filter(|_| key.len() == 1);
    if let Some(kind) = number.and_then(|number| KINDS.get(number.checked_sub(1)?)) {
        return Some(Action::ToggleKind(*kind));
    }
    Some(match key.as_str() {
        "/" => Action::Search,
        "n" => Action::Step(1),
        "N" => Action::Step(-1),
        "j" => Action::Item(1),
        "k" => Action::Item(-1),
        "x" => Action::Tick(article_in_hand()?),
        "c" => Action::Compare,
        "e" => Action::ToNames,
        "y" => Action::CopyLink,
        "s" => Action::ToggleSync,
        "t" => Action::NextTheme,
        "m" => Action::NextShown,
        "a" => Action::AddName,
        "u" => Action::Correct(Box::new(Step::Undo)),
        "U" => Action::Correct(Box::new(Step::Redo)),
        "?" => Action::Overlay(Overlay::Keys),
        _ => return None,
    })
}

/// The slug of the article that the focus is in, or of the only one shown.
fn article_in_hand() -> Option<String> {
    let document = gloo::utils::document();
    let focused = document.active_element().and_then(|active| active.closest("[data-slug]").ok().flatten());
    let one = || document.query_selector("main[data-slug]").ok().flatten();
    focused.or_else(one)?.get_attribute("data-slug")
}
