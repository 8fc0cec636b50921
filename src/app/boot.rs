//! The boot object: what `static/boot.js` hands to the program, on the page and in the worker.
//!
//! Invariant: the only imports from our own JavaScript. Not here: what is done with them.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_namespace = crossread, js_name = worker)]
    static WORKER: bool;

    /// The corpus file inside the page; empty where there is none.
    #[wasm_bindgen(js_namespace = crossread)]
    pub fn corpus() -> Vec<u8>;

    /// A new worker with the same program and corpus; throws where workers are refused.
    #[wasm_bindgen(js_namespace = crossread, js_name = startWorker, catch)]
    pub fn start_worker() -> Result<web_sys::Worker, JsValue>;

    /// Takes the static articles away: the first view stands.
    #[wasm_bindgen(js_namespace = crossread)]
    pub fn stands();

    /// Puts the articles back as static text, with a sentence above them.
    #[wasm_bindgen(js_namespace = crossread)]
    pub fn fail(sentence: &str);

    /// A part of the page by name, for a copy of it.
    #[wasm_bindgen(js_namespace = crossread)]
    pub fn part(name: &str) -> String;
}

/// Whether this is the worker.
pub fn in_worker() -> bool {
    WORKER.with(|worker| *worker)
}
