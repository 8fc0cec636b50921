//! Text at its lowest: spans, units, folding, words, sentences, stems, language, numbers, dates.
//!
//! Invariant: pure functions of strings; nothing here knows what an article is.

pub mod span;

pub use span::Span;
