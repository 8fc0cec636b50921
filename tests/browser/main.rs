//! The scenarios in a real browser, on `http://` and on `file://`. Run them with `cargo xtask test browser`.
//!
//! Invariant: a test waits on conditions, never on time; each has a fresh profile; a page that says anything on
//! its console, or asks for anything but itself, fails. Not here: what can be tested without a browser.

mod access;
mod accounts;
mod compares;
mod corrections;
mod draws;
#[path = "../golden/mod.rs"]
mod golden;
mod hostile;
mod imports;
mod keys;
mod links;
mod many;
mod names;
mod opens;
mod pairs;
mod policy;
mod ranking;
mod recovers;
mod searches;
mod ships;
// Offers what a scenario may need; the start bench uses it too.
#[allow(dead_code)]
mod support;
mod timeline;
