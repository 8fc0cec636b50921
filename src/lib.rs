//! Crossread: an article explorer. This is its engine: articles in, answers out.
//!
//! It is pure: no files, clock, network, threads or random numbers, so a page, a command and a test all get the
//! same answers to the same questions, and the same articles always make the same bytes.
//!
//! ```
//! use crossread::engine::{Answer, Engine, Filters, Request, Sort, SourceFile};
//!
//! let file = |name: &str, text: &str| SourceFile { name: name.into(), bytes: text.into() };
//! let (mut engine, outcomes) = Engine::build(
//!     vec![
//!         file("monday.txt", "The minister denied that talks were under way.\n\nThe harbour stays closed."),
//!         file("tuesday.txt", "Talks in Lindhaven were concluded, the minister said."),
//!     ],
//!     Some("The talks".into()),
//! );
//! assert!(outcomes.iter().all(|outcome| outcome.problems.is_empty()));
//!
//! let query = Request::Search {
//!     query: "harbor OR lindhaven".into(),
//!     filters: Filters::default(),
//!     sort: Sort::Best,
//!     concordance: None,
//!     limit: 10,
//! };
//! let Answer::Results(results) = engine.answer(query).answer else { unreachable!() };
//! let found: Vec<&str> = results.groups.iter().map(|group| group.article.slug.as_str()).collect();
//! assert_eq!(found, ["tuesday", "monday"]); // "harbor" is one letter from "harbour", and ranks after what is literal
//!
//! let again = Engine::open(&engine.to_bytes()).expect("what was saved opens");
//! assert_eq!(again.edition(), engine.edition());
//! ```
//!
//! # The way of an article
//!
//! 1. [`intake`] makes [`article::Article`]s of files, with the words, sentences, numbers and dates of [`text`].
//! 2. [`index`] says where each word stands, [`entities`] who and what is named.
//! 3. [`bundle`] keeps all of it as one corpus file, with a checksum for each section, and makes the page around it.
//! 4. [`query`] reads what a reader typed and [`search`] finds the articles; [`compare`] lays two side by side.
//! 5. [`engine::Engine`] answers every question with plain data; [`session`] says which question is asked.

pub mod text;

pub mod article;
pub mod intake;

pub mod compare;
pub mod entities;
pub mod index;

pub mod bundle;
pub mod query;
pub mod search;

pub mod engine;
pub mod session;

#[cfg(all(target_arch = "wasm32", feature = "module"))]
pub mod module;
