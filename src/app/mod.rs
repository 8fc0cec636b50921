//! The page: one component that holds the state, runs the effects, and draws the view of the address.
//!
//! Invariant: `State` changes only through `session::reduce`; views get what they need as properties and speak
//! through `dispatch`. Not here: behaviour (`session/`), answers (`engine/`).

mod about;
mod accounts;
mod bits;
mod boot;
mod compare;
mod concordance;
mod correct;
mod corrections;
mod docks;
mod effects;
mod entity;
mod facets;
mod find;
mod frame;
mod frames;
mod html;
mod keys;
mod library;
mod marked;
mod memo;
mod names;
mod network;
mod open;
mod overlay;
mod reader;
mod results;
mod states;
mod threads;
mod timeline;
mod view;
mod words;
mod worker;

use crossread::session::{Action, Effect, Page, State, reduce};
use effects::Outside;
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Starts the page or, in the worker, the engine.
pub fn run() {
    if boot::in_worker() {
        return worker::serve();
    }
    if let Some(root) = gloo::utils::document().get_element_by_id("app") {
        yew::Renderer::<App>::with_root(root).render();
    }
}

/// The root.
struct App {
    state: State,
    /// Effects that wait until what they act on is drawn.
    effects: Vec<Effect>,
    outside: Outside,
    engine: worker::Handle,
    dispatch: Callback<Action>,
    /// Whether single keys are shortcuts, for the listener of keys.
    shortcuts: Rc<Cell<bool>>,
    /// Whether the focus is on its way to the search box: keys may come between drawing it and focusing it.
    towards_search: Rc<Cell<bool>>,
    /// Whether a view has stood with its answer.
    stands: bool,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Action;
    type Properties = ();

    fn create(ctx: &Context<App>) -> App {
        let dispatch = ctx.link().callback(|action| action);
        let window = gloo::utils::window();
        let engine = worker::Handle::start(effects::worker_refused(), dispatch.clone());
        let shortcuts = Rc::new(Cell::new(true));
        let towards_search = Rc::new(Cell::new(false));
        let outside = Outside::new(dispatch.clone());
        let mut app = App {
            state: State::default(),
            effects: Vec::new(),
            outside,
            engine,
            dispatch: dispatch.clone(),
            _listeners: listeners(&window, &dispatch, &shortcuts, &towards_search),
            shortcuts,
            towards_search,
            stands: false,
        };
        app.reduce(Action::Page(effects::page()));
        let theme = effects::remembered_theme();
        let (hash, entry) = effects::here();
        app.reduce(Action::Started { hash, entry, theme });
        app
    }

    fn update(&mut self, _: &Context<App>, action: Action) -> bool {
        if may_leave(&action) {
            self.reduce(Action::Here(effects::measure()));
        }
        self.reduce(action);
        true
    }

    fn view(&self, _: &Context<App>) -> Html {
        frame::page(&self.state, &self.dispatch)
    }

    fn rendered(&mut self, _: &Context<App>, first: bool) {
        self.outside.show(&self.state);
        for effect in std::mem::take(&mut self.effects) {
            if effect == Effect::FocusSearch {
                self.towards_search.set(false);
            }
            self.outside.run(effect);
        }
        if first {
            effects::ready();
        }
        // Until the first answer is drawn, the articles stand as static text.
        if !self.stands && frames::find(".late").is_none() {
            self.stands = true;
            boot::stands();
        }
    }
}

impl App {
    fn reduce(&mut self, action: Action) {
        let (state, effects) = reduce(std::mem::take(&mut self.state), action);
        self.state = state;
        self.shortcuts.set(self.state.shortcuts);
        for effect in effects {
            match effect {
                Effect::Ask(number, request) => self.engine.ask(number, request),
                // At once, so that the address is right before anything else happens.
                Effect::Push(..) | Effect::Replace(..) => self.outside.run(effect),
                _ => {
                    if effect == Effect::FocusSearch {
                        self.towards_search.set(true);
                    }
                    self.effects.push(effect);
                }
            }
        }
    }
}

/// Whether an action may go to another entry of the history, so that scroll and focus have to be noted first.
fn may_leave(action: &Action) -> bool {
    use Action::*;
    matches!(
        action,
        Navigated { .. }
            | Go(_)
            | Typed { .. }
            | Key(_)
            | Erase
            | Enter
            | Take(_)
            | Escape
            | Compare
            | ToNames
    )
}

fn listeners(
    window: &web_sys::Window,
    dispatch: &Callback<Action>,
    shortcuts: &Rc<Cell<bool>>,
    towards_search: &Rc<Cell<bool>>,
) -> Vec<EventListener> {
    let back = dispatch.clone();
    let size = dispatch.clone();
    let composed = dispatch.clone();
    let pressed = dispatch.clone();
    let (shortcuts, towards_search) = (Rc::clone(shortcuts), Rc::clone(towards_search));
    let mut last: Page = effects::page();
    let mut all = open::drop_anywhere(dispatch);
    all.extend([
        EventListener::new(window, "popstate", move |_| {
            let (hash, entry) = effects::here();
            back.emit(Action::Navigated { hash, entry });
        }),
        // Yew has no name for it; the field's last input event comes while the input method is still at work.
        EventListener::new(&gloo::utils::document(), "compositionend", move |event| {
            let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
            if let Some(field) = field.filter(|field| field.type_() == "search") {
                composed.emit(Action::Typed { text: field.value(), composing: false });
            }
        }),
        EventListener::new(window, "resize", move |_| {
            let now = effects::page();
            if now != last {
                last = now;
                size.emit(Action::Page(now));
            }
        }),
        EventListener::new_with_options(
            &gloo::utils::document(),
            "keydown",
            EventListenerOptions::enable_prevent_default(),
            move |event| {
                let event: &web_sys::KeyboardEvent = event.unchecked_ref();
                if let Some(action) = keys::action(event, shortcuts.get(), towards_search.get()) {
                    event.prevent_default();
                    towards_search.set(towards_search.get() || action == Action::Search);
                    pressed.emit(action);
                }
            },
        ),
    ]);
    all
}
