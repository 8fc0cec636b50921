//! The engine's whereabouts: in a worker, or on the page's own thread where workers are refused.
//!
//! Invariants: one request is under way at a time, and beside it the taking in of files, which a worker does bit by bit;
//! of those that wait, a newer one of its kind takes the place of an older one; a panic costs the worker and the request
//! that caused it, never the page. Both ways run the same code. Not here: what is asked (`session`), how the worker is started (`static/boot.js`).

use super::boot;
use crossread::engine::messages::{FromWorker, ToWorker};
use crossread::engine::wire::{Wire, from_bytes, to_bytes};
use crossread::engine::{Answer, Engine, Problem, Request, STUDIO};
use crossread::session::{self, Action};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use yew::Callback;

/// Bytes of articles that are read at a time: a tenth of a second.
const AHEAD: usize = 200_000;

/// Workers that may die before no further one is started.
const LIVES: u32 = 5;

/// The engine as the page sees it.
#[derive(Clone)]
pub struct Handle(Rc<RefCell<Inner>>);

struct Inner {
    place: Place,
    waiting: VecDeque<(u32, Request)>,
    under_way: Option<(u32, Request)>,
    /// Files that the worker takes in.
    taking: Option<(u32, Request)>,
    /// What changed the corpus since the page was opened, for a worker that has to start again.
    taken: Vec<Request>,
    deaths: u32,
    dispatch: Callback<Action>,
}

enum Place {
    /// In a worker; whether it has said that it is ready.
    Worker { worker: web_sys::Worker, ready: bool, _listeners: [EventListener; 2] },
    /// Here.
    Page(Box<Engine>),
    /// Nowhere: the corpus is damaged, or too many workers died.
    Nowhere,
}

impl Handle {
    /// Starts the engine; `own_thread` keeps it out of a worker.
    pub fn start(own_thread: bool, dispatch: Callback<Action>) -> Handle {
        let inner = Inner {
            place: Place::Nowhere,
            waiting: VecDeque::new(),
            under_way: None,
            taking: None,
            taken: Vec::new(),
            deaths: 0,
            dispatch,
        };
        let handle = Handle(Rc::new(RefCell::new(inner)));
        match own_thread {
            true => handle.start_here(),
            false => handle.start_worker(),
        }
        handle
    }

    /// Asks. The answer comes as [`Action::Answered`] or [`Action::Failed`].
    pub fn ask(&self, number: u32, request: Request) {
        {
            let mut inner = self.0.borrow_mut();
            let newest_wins =
                matches!(request, Request::Search { .. } | Request::Suggest { .. } | Request::Reader { .. });
            if newest_wins {
                let kind = std::mem::discriminant(&request);
                inner.waiting.retain(|(_, waits)| std::mem::discriminant(waits) != kind);
            }
            match request {
                Request::Search { .. } => inner.waiting.push_front((number, request)),
                _ => inner.waiting.push_back((number, request)),
            }
        }
        self.next();
    }

    fn tell(&self, action: Action) {
        let dispatch = self.0.borrow().dispatch.clone();
        dispatch.emit(action);
    }

    fn start_worker(&self) {
        let Ok(worker) = boot::start_worker() else {
            return self.start_here();
        };
        let handle = self.clone();
        let message = EventListener::new(&worker, "message", move |event| {
            if let Some(message) = unpack(event) {
                handle.heard(message);
            }
        });
        let handle = self.clone();
        let error = EventListener::new(&worker, "error", move |_| handle.died());
        let mut inner = self.0.borrow_mut();
        if !inner.taken.is_empty() {
            // Cannot fail: the value is plain data.
            let _ = worker.post_message(&pack(&ToWorker::Again(inner.taken.clone())));
        }
        inner.place = Place::Worker { worker, ready: false, _listeners: [message, error] };
    }

    fn start_here(&self) {
        match open(&boot::corpus()) {
            Ok(engine) => {
                self.0.borrow_mut().place = Place::Page(Box::new(engine));
                self.tell(Action::Engine(session::Engine::Page));
                self.next();
            }
            Err(why) => self.damaged(&why),
        }
    }

    /// The corpus cannot be opened. Its articles also stand in the page as text: that comes back, once what is being
    /// drawn is drawn.
    fn damaged(&self, why: &str) {
        self.0.borrow_mut().place = Place::Nowhere;
        let said = [
            "This file cannot be opened: ",
            why,
            ". Get it again from where it came from. What the page has of its articles is below.",
        ]
        .concat();
        Timeout::new(0, move || boot::fail(&said)).forget();
    }

    /// Takes up the next request if none is under way.
    fn next(&self) {
        let mut inner = self.0.borrow_mut();
        if inner.under_way.is_some() {
            return;
        }
        match &inner.place {
            Place::Worker { worker, ready: true, .. } => {
                let worker = worker.clone();
                let next = if STUDIO && inner.taking.is_some() {
                    let next = inner.waiting.iter().position(|(_, request)| !changes(request));
                    next.and_then(|next| inner.waiting.remove(next))
                } else {
                    inner.waiting.pop_front()
                };
                if let Some((number, request)) = next {
                    let takes = STUDIO && matches!(request, Request::Import(_));
                    let place = if takes { &mut inner.taking } else { &mut inner.under_way };
                    *place = Some((number, request.clone()));
                    // Cannot fail: the value is plain data.
                    let _ = worker.post_message(&pack(&ToWorker::Ask(number, request)));
                    if takes {
                        drop(inner);
                        self.next();
                    }
                }
            }
            Place::Page(_) if !inner.waiting.is_empty() => {
                inner.under_way = inner.waiting.pop_front();
                let handle = self.clone();
                // After the browser has painted what led to the question.
                Timeout::new(0, move || handle.answer_here()).forget();
            }
            _ => {}
        }
    }

    fn answer_here(&self) {
        let answered = {
            let mut inner = self.0.borrow_mut();
            let inner = &mut *inner;
            match (&mut inner.place, inner.under_way.take()) {
                (Place::Page(engine), Some((number, request))) => Some((number, engine.answer(request))),
                _ => None,
            }
        };
        if let Some((number, response)) = answered {
            self.tell(Action::Answered(number, session::Shared::new(response)));
        }
        self.next();
    }

    fn heard(&self, message: FromWorker) {
        match message {
            FromWorker::Ready(None) => {
                if let Place::Worker { ready, .. } = &mut self.0.borrow_mut().place {
                    *ready = true;
                }
                self.tell(Action::Engine(session::Engine::Worker));
            }
            FromWorker::Ready(Some(why)) => return self.damaged(&why),
            FromWorker::Answer(number, response) => {
                {
                    let mut inner = self.0.borrow_mut();
                    let taken = |(taking, _): &mut (u32, Request)| *taking == number;
                    let taken = if STUDIO { inner.taking.take_if(taken) } else { None };
                    let asked = taken.or_else(|| inner.under_way.take());
                    if let (Some((_, request)), Answer::Imported(_) | Answer::Corrected(_)) =
                        (asked, &response.answer)
                    {
                        inner.taken.push(request);
                    }
                }
                self.tell(Action::Answered(number, session::Shared::new(*response)));
            }
        }
        self.next();
    }

    /// The worker is gone: before it was ready, workers are refused here; later, a request broke it.
    fn died(&self) {
        let (was_ready, lost, deaths) = {
            let mut inner = self.0.borrow_mut();
            let was_ready = match std::mem::replace(&mut inner.place, Place::Nowhere) {
                Place::Worker { worker, ready, _listeners } => {
                    worker.terminate();
                    // This runs in one of the listeners: they go when it has returned.
                    Timeout::new(0, move || drop(_listeners)).forget();
                    ready
                }
                _ => return,
            };
            inner.deaths += 1;
            let mut lost = inner.under_way.take();
            if STUDIO {
                match inner.taking.take() {
                    // Which of the two it was is seen when the other is tried alone.
                    Some(taking) if lost.is_some() => inner.waiting.push_back(taking),
                    taking => lost = lost.or(taking),
                }
            }
            (was_ready, lost, inner.deaths)
        };
        if !was_ready && deaths == 1 {
            return self.start_here();
        }
        if let Some((number, request)) = lost {
            self.tell(Action::Failed(number, broken(&request)));
        }
        if deaths >= LIVES {
            self.0.borrow_mut().place = Place::Nowhere;
            return self.tell(Action::Engine(session::Engine::Broken));
        }
        self.tell(Action::Engine(session::Engine::Restarting));
        self.start_worker();
    }
}

/// Whether a request changes the corpus, or is for all that is in it: it waits for files that are taken in.
fn changes(request: &Request) -> bool {
    matches!(request, Request::Import(_) | Request::Correct(_) | Request::Save | Request::ExportCorrections)
}

/// What a reader is told about a request that broke the engine.
fn broken(request: &Request) -> Problem {
    let file = match request {
        Request::Import(files) => files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    let what = match request {
        Request::Import(_) => "These files broke the program and were not taken in",
        Request::Search { .. } | Request::Suggest { .. } => "This query broke the program",
        Request::Reader { .. } => "Opening this article broke the program",
        Request::Compare { .. } => "Comparing these articles broke the program",
        _ => "Showing this broke the program",
    };
    Problem { file, line: None, message: format!("{what}. It has started again and all else works.") }
}

/// A message as JavaScript carries it.
fn pack<T: Wire>(message: &T) -> JsValue {
    js_sys::Uint8Array::from(&to_bytes(message)[..]).into()
}

/// The message of an event.
fn unpack<T: Wire>(event: &web_sys::Event) -> Option<T> {
    let bytes: js_sys::Uint8Array = event.unchecked_ref::<web_sys::MessageEvent>().data().dyn_into().ok()?;
    from_bytes(&bytes.to_vec())
}

fn open(corpus: &[u8]) -> Result<Engine, String> {
    match corpus.is_empty() {
        true => Ok(Engine::empty()),
        false => Engine::open(corpus).map_err(|damage| damage.to_string()),
    }
}

/// The worker's side: opens the corpus and answers for ever.
pub fn serve() {
    let scope: web_sys::DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let engine = match open(&boot::corpus()) {
        Ok(engine) => engine,
        Err(why) => return post(&FromWorker::Ready(Some(why))),
    };
    post(&FromWorker::Ready(None));
    let listener = EventListener::new(&scope, "message", {
        let engine = Rc::new(RefCell::new(engine));
        move |event| match unpack(event) {
            Some(ToWorker::Again(requests)) => {
                for request in requests {
                    engine.borrow_mut().answer(request);
                }
            }
            Some(ToWorker::Ask(number, request)) => answer(&engine, number, request, 0),
            None => {}
        }
    });
    listener.forget();
}

/// Answers. Before files are taken in, the articles that are here are read from `from` on, bit by bit, and other requests
/// are answered meanwhile.
fn answer(engine: &Rc<RefCell<Engine>>, number: u32, request: Request, from: usize) {
    if STUDIO
        && matches!(request, Request::Import(_))
        && let Some(next) = engine.borrow().read_ahead(from, AHEAD)
    {
        let engine = engine.clone();
        Timeout::new(0, move || answer(&engine, number, request, next)).forget();
        return;
    }
    let response = engine.borrow_mut().answer(request);
    post(&FromWorker::Answer(number, Box::new(response)));
}

fn post(message: &FromWorker) {
    let scope: web_sys::DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // Cannot fail: the value is plain data.
    let _ = scope.post_message(&pack(message));
}
