//! Text at its lowest: spans, units, folding, words, sentences, stems, language, numbers, dates.
//!
//! Invariant: pure functions of strings; nothing here knows what an article is.

mod dates;
mod fold;
mod language;
mod numbers;
mod offsets;
mod sentences;
mod span;
mod stem;
mod words;

pub use dates::{DateMention, PartialDate, dates};
pub use fold::fold;
pub use language::{is_rtl, language};
pub use numbers::{Approx, Number, numbers};
pub use offsets::{Scalars, Utf16};
pub use sentences::sentences;
pub use span::Span;
pub use stem::stem;
pub use words::words;
