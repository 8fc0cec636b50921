//! Search: which articles answer a query, in which order, and exactly where and why.
//!
//! A [`Matcher`] is a query laid out over an index once; everything that is shown comes from it:
//! the order ([`search`]), the marks ([`Matcher::marks`]), their number ([`Matcher::tally`]), the passages
//! ([`Matcher::passages`]) and the reasons. Counts, marks and lines so cannot disagree.
//!
//! Invariant: total and deterministic; ties go to the article that comes first. Not here: reading queries (see
//! `query`), filters by source or date (the caller's `allowed`).

mod closeness;
mod explain;
mod feedback;
mod kept;
mod marks;
mod passages;
mod plan;
mod rank;
mod said;
mod spelling;
mod suggest;
mod top;

pub use explain::{Explanation, Part};
pub use kept::Kept;
pub use marks::{Mark, Tally};
pub use passages::{Passage, SNIPPET, Snippet, snippet};
pub use plan::{Kind, Matcher};
pub use rank::{Found, Hit, search};
pub use spelling::Correction;
pub use suggest::{Completion, suggest};

#[cfg(test)]
mod tests;
