//! The outside: history, focus, scroll, clipboard, downloads, the theme, timers.
//!
//! Invariant: the only code that touches the browser on behalf of the state; each effect is small and may fail
//! silently where the browser refuses, or says so with an action. Not here: deciding (`session`).

use super::{boot, reader, words};
use crossread::engine::Saved;
use crossread::engine::page::{Content, Shell, page as assemble};
use crossread::session::{Action, Address, Effect, Leaving, Page, State, Theme, Wish};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use gloo::utils::{document, document_element, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlElement};
use yew::Callback;

const THEME_KEY: &str = "crossread-theme";
/// Milliseconds without typing after which a query counts as settled.
const SETTLE: u32 = 300;
/// What FocusItem moves between.
const ITEMS: &str = "main [data-item]";
/// What FocusName moves between.
const NAMES: &str = "main a.ent";

/// What the page holds on to outside of the state.
pub struct Outside {
    dispatch: Callback<Action>,
    settling: Option<Timeout>,
    leaving: Option<EventListener>,
    title: String,
}

impl Outside {
    /// Effects report back through `dispatch`.
    pub fn new(dispatch: Callback<Action>) -> Outside {
        Outside { dispatch, settling: None, leaving: None, title: String::new() }
    }

    /// What follows from the state alone: the window's title.
    pub fn show(&mut self, state: &State) {
        let title = words::title(state);
        if title != self.title {
            document().set_title(&title);
            self.title = title;
        }
    }

    /// Runs an effect.
    pub fn run(&mut self, effect: Effect) {
        match effect {
            Effect::Ask(..) => {}
            Effect::Push(entry, address) => put(entry, &address, true),
            Effect::Replace(entry, address) => put(entry, &address, false),
            Effect::Back => {
                let _ = window().history().and_then(|history| history.back());
            }
            Effect::FocusHeading => focus(document().query_selector("main h1").ok().flatten()),
            Effect::KeepFocus => {
                let lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
                if lost {
                    focus(document().query_selector("main h1").ok().flatten());
                }
            }
            Effect::FocusSearch => self.focus_search(),
            Effect::BlurSearch => {
                if let Some(field) = search_field() {
                    let _ = field.blur();
                }
            }
            Effect::FocusItem(by) => focus_next(ITEMS, by),
            Effect::FocusName => focus_next(NAMES, 1),
            Effect::Restore(leaving) => {
                window().scroll_to_with_x_and_y(0.0, leaving.scroll);
                if let Some((block, top)) = leaving.block {
                    reader::keep(block, top);
                }
                if !leaving.focus.is_empty() {
                    focus(document().get_element_by_id(&leaving.focus));
                }
            }
            Effect::Top => window().scroll_to_with_x_and_y(0.0, 0.0),
            Effect::Settle(number) => {
                let dispatch = self.dispatch.clone();
                self.settling = Some(Timeout::new(SETTLE, move || dispatch.emit(Action::Settled(number))));
            }
            Effect::Copy(address) => self.copy(&address),
            Effect::ReadSelection => self.dispatch.emit(Action::Selected(selected())),
            Effect::Download(wish, saved) => {
                download(wish, &saved);
                self.dispatch.emit(Action::Saved);
            }
            Effect::File(about, format, text) => {
                let (end, kind) = format.kind();
                hand_over(&format!("{}.{end}", words::file_stem(&about)), kind, &text.into());
            }
            Effect::Print => {
                // What is drawn bit by bit is drawn first.
                let _ = web_sys::Event::new("beforeprint").and_then(|event| window().dispatch_event(&event));
                Timeout::new(0, || drop(window().print())).forget();
            }
            Effect::Theme(theme) => set_theme(theme),
            Effect::WarnOnLeave(on) => {
                self.leaving = on.then(|| {
                    let options = EventListenerOptions::enable_prevent_default();
                    EventListener::new_with_options(&window(), "beforeunload", options, |event| {
                        event.prevent_default();
                    })
                });
            }
        }
    }

    fn focus_search(&self) {
        match search_field() {
            Some(field) => {
                let end = field.value().encode_utf16().count() as u32;
                focus(Some(field.clone().into()));
                let _ = field.set_selection_range(end, end);
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
            // On a phone only the library and its results have the field.
            None => {
                self.dispatch.emit(Action::Go(Address::library()));
                self.dispatch.emit(Action::Search);
            }
        }
    }

    fn copy(&self, address: &Address) {
        let here = window().location().href().unwrap_or_default();
        let base = here.split('#').next().unwrap_or_default();
        let link = format!("{base}{address}");
        let dispatch = self.dispatch.clone();
        let modern = js_sys::Reflect::has(&window().navigator(), &"clipboard".into()).unwrap_or(false);
        if modern {
            let promise = window().navigator().clipboard().write_text(&link);
            spawn_local(async move {
                let done = JsFuture::from(promise).await.is_ok() || copy_by_selection(&link);
                dispatch.emit(Action::Copied(done));
            });
        } else {
            dispatch.emit(Action::Copied(copy_by_selection(&link)));
        }
    }
}

/// Copies through a selection, for pages that are not served securely.
fn copy_by_selection(text: &str) -> bool {
    let document = document();
    let (Some(body), Ok(field)) = (document.body(), document.create_element("textarea")) else {
        return false;
    };
    let field: web_sys::HtmlTextAreaElement = field.unchecked_into();
    field.set_value(text);
    field.set_class_name("vh");
    let before = document.active_element();
    let _ = body.append_child(&field);
    field.select();
    let done = document.unchecked_ref::<web_sys::HtmlDocument>().exec_command("copy").unwrap_or(false);
    field.remove();
    focus(before);
    done
}

fn download(wish: Wish, saved: &Saved) {
    let stem = words::file_stem(&saved.title);
    let (name, kind, content): (String, &str, JsValue) = match wish {
        Wish::Page => {
            let part = boot::part;
            let shell = Shell {
                css: part("css"),
                icons: part("icons"),
                theme: part("theme"),
                boot: part("boot"),
                glue: part("glue"),
                wasm: part("wasm"),
            };
            let content = Content {
                title: &saved.title,
                articles_html: &saved.articles_html,
                corpus: &saved.bytes,
                hosted: false,
            };
            (format!("{stem}.html"), "text/html", assemble(&shell, &content).into())
        }
        Wish::Corpus => {
            let bytes = js_sys::Uint8Array::from(&saved.bytes[..]);
            (format!("{stem}.crossread"), "application/octet-stream", bytes.into())
        }
        Wish::Corrections => {
            let bytes = js_sys::Uint8Array::from(&saved.bytes[..]);
            (format!("{stem}.corrections.json"), "application/json", bytes.into())
        }
    };
    hand_over(&name, kind, &content);
}

/// Has the browser save a string or bytes as a file.
fn hand_over(name: &str, kind: &str, content: &JsValue) {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(content);
    let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(url) = web_sys::Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(link) = document().create_element("a") {
        let link: web_sys::HtmlAnchorElement = link.unchecked_into();
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // Later, so that the browser has taken it.
    Timeout::new(60_000, move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    })
    .forget();
}

fn put(entry: u32, address: &Address, new: bool) {
    let Ok(history) = window().history() else { return };
    let state = JsValue::from_f64(f64::from(entry));
    let url = address.to_string();
    // Browsers refuse when there were too many in a short time; the next one brings the address up to date.
    let _ = match new {
        true => history.push_state_with_url(&state, "", Some(&url)),
        false => history.replace_state_with_url(&state, "", Some(&url)),
    };
}

fn search_field() -> Option<web_sys::HtmlInputElement> {
    let found = document().query_selector_all("input[type=search]").ok()?;
    (0..found.length())
        .filter_map(|i| found.item(i)?.dyn_into::<web_sys::HtmlInputElement>().ok())
        .find(|field| field.offset_parent().is_some())
}

/// Puts the focus there, where it is, without scrolling.
pub fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// What is selected in one block of the article: its number, from and to in UTF-16 code units of its text.
pub fn selected() -> Option<(u32, u32, u32)> {
    let selection = window().get_selection().ok().flatten().filter(|selection| !selection.is_collapsed())?;
    let range = selection.get_range_at(0).ok()?;
    let block = |node: web_sys::Node| {
        let element = node.clone().dyn_into::<Element>().ok().or_else(|| node.parent_element())?;
        element.closest("article.text [id^=b]").ok().flatten()
    };
    let start = block(range.start_container().ok()?)?;
    let number = start.id().get(1..)?.parse().ok()?;
    // A triple click selects to the start of the next block.
    let all = document().create_range().ok()?;
    all.select_node_contents(&start).ok()?;
    let end = match block(range.end_container().ok()?) {
        Some(end) if end.id() == start.id() => range.clone(),
        _ if range.end_offset().ok()? == 0 => all.clone(),
        _ => return None,
    };
    let before = all.clone_range();
    before.set_end(&range.start_container().ok()?, range.start_offset().ok()?).ok()?;
    let through = all.clone_range();
    through.set_end(&end.end_container().ok()?, end.end_offset().ok()?).ok()?;
    let units = |range: web_sys::Range| String::from(range.to_string()).encode_utf16().count() as u32;
    Some((number, units(before), units(through)))
}

/// Focuses the next or previous of what `selector` finds; with none in hand, the first one in view.
fn focus_next(selector: &str, by: i32) {
    let Ok(found) = document().query_selector_all(selector) else { return };
    let all: Vec<Element> =
        (0..found.length()).filter_map(|i| found.item(i)?.dyn_into::<Element>().ok()).collect();
    let active = document().active_element();
    let now = active.and_then(|active| all.iter().position(|one| one.contains(Some(&active))));
    let next = match now {
        Some(now) => now.checked_add_signed(by as isize),
        None => all.iter().position(|one| one.get_bounding_client_rect().top() > 0.0),
    };
    if let Some(element) = next.and_then(|next| all.get(next)) {
        focus(Some(element.clone()));
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn set_theme(theme: Theme) {
    let root = document_element();
    let value = match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    let _ = match value {
        Some(value) => root.set_attribute("data-theme", value),
        None => root.remove_attribute("data-theme"),
    };
    // On file:// all local files share one storage: nothing is kept there.
    let hosted = window().location().protocol().is_ok_and(|protocol| protocol.starts_with("http"));
    if let (true, Ok(Some(storage))) = (hosted, window().local_storage()) {
        let _ = match value {
            Some(value) => storage.set_item(THEME_KEY, value),
            None => storage.remove_item(THEME_KEY),
        };
    }
}

/// The theme that the head of the page has set before the program started.
pub fn remembered_theme() -> Theme {
    match document_element().get_attribute("data-theme").as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Whether the address asks for the engine on the page's own thread: `worker=off`.
pub fn worker_refused() -> bool {
    window().location().href().is_ok_and(|href| href.contains("worker=off"))
}

/// What stands after `#`, and the number of this entry of the history where it has one.
pub fn here() -> (String, Option<u32>) {
    let hash = window().location().hash().unwrap_or_default();
    let state = window().history().and_then(|history| history.state()).ok();
    let entry = state.and_then(|state| state.as_f64()).map(|entry| entry as u32);
    (hash, entry)
}

/// Scroll and focus as they are.
pub fn measure() -> Leaving {
    let focus = document().active_element().map(|active| active.id()).unwrap_or_default();
    Leaving { scroll: window().scroll_y().unwrap_or_default(), block: block_in_view(), focus }
}

/// The article's first block that is in the window, and how far below the top of it. What is not near the window need
/// not be laid out for that.
fn block_in_view() -> Option<(u32, f64)> {
    let mut part = document().query_selector("article.text > *").ok()?;
    while let Some(here) = part {
        if here.get_bounding_client_rect().bottom() > 0.0 {
            let blocks = here.query_selector_all("[id^=b]").ok()?;
            for at in 0..blocks.length() {
                let block: Element = blocks.item(at)?.dyn_into().ok()?;
                let place = block.get_bounding_client_rect();
                if place.bottom() > 0.0 {
                    return Some((block.id().get(1..)?.parse().ok()?, place.top()));
                }
            }
        }
        part = here.next_element_sibling();
    }
    None
}

/// The window as it is.
pub fn page() -> Page {
    let narrow = window().match_media("(max-width: 47.99rem)").ok().flatten();
    Page { narrow: narrow.is_some_and(|query| query.matches()) }
}

/// The page may be used: scroll is ours to restore, and tests may begin.
pub fn ready() {
    if let Ok(history) = window().history() {
        let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
    }
    let _ = document_element().set_attribute("data-ready", "");
}
