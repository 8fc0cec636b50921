//! Text at its lowest: spans, units, small letters, folding, words, sentences, stems, language, numbers, dates; JSON, and
//! lists and maps in order.
//!
//! Invariant: pure functions of strings, total and linear in the input; every span they give lies on character
//! boundaries of the string they were given. Nothing here knows what an article is.

pub mod calendar;
pub mod common;
pub mod dates;
mod endings;
pub mod fnv;
pub mod fold;
pub mod interner;
pub mod json;
pub mod language;
pub mod lower;
pub mod map;
mod marks;
pub mod numbers;
pub mod offsets;
pub mod script;
pub mod sentences;
pub mod sort;
pub mod span;
pub mod stem;
pub mod words;

pub use dates::{DateMention, PartialDate, dates};
pub use fold::fold;
pub use json::Json;
pub use language::language;
pub use lower::{is_capital, is_small, lower, lowercase};
pub use numbers::{Approx, Number, dates_and_numbers, numbers, telling};
pub use offsets::{Scalars, Utf16};
pub use script::{is_rtl, is_unspaced};
pub use sentences::sentences;
pub use span::Span;
pub use stem::{has_stems, stem, stems_alike};
pub use words::words;
