//! The messages between a page and the worker that its engine is in.
//!
//! Invariant: plain data, as bytes by [`super::wire`]. Not here: sending them (`app/worker.rs`).

use super::{Request, Response};

/// What goes to the worker.
#[derive(Debug, PartialEq)]
pub enum ToWorker {
    /// What changed the corpus in a worker that died: files taken in, corrections.
    Again(Vec<Request>),
    /// A request with its number.
    Ask(u32, Request),
}

/// What comes from the worker.
#[derive(Debug, PartialEq)]
pub enum FromWorker {
    /// The corpus is open, or cannot be opened and why.
    Ready(Option<String>),
    /// An answer with the number of its request.
    Answer(u32, Box<Response>),
}
