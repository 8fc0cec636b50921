//! Causes: why the same thing happened, in two sentences.
//!
//! A cause is what stands behind a word such as "because"; what stands before that, or after the cause where the sentence
//! begins with it, is its effect. Invariant: two causes differ only where the effects have words in common and neither
//! sentence has a word or a name of the other's cause. English only. Not here: who gives the cause (`reports.rs`).

use super::reports::meet;
use super::side::{Side, apart};
use super::unit::shared;
use super::words::listed;
use super::{Degree, Difference, DifferenceKind};
use std::ops::Range;

/// Words that a cause follows.
const BECAUSE: &str = "because citing";
/// Words that a cause follows after one of [`LEADS`].
const CAUSED: &str = "caused blamed sparked prompted triggered result resulted resulting stemming stemmed \
    owing thanks attributed due";
/// What leads from them to the cause.
const LEADS: &str = "to by on from of";

/// Words of a cause.
const MAX_CAUSE: usize = 10;
/// Words before a cause that are its effect, and after one that begins a sentence.
const BEFORE: usize = 6;
const AFTER: usize = 10;
/// Terms that two effects share.
const EFFECT: usize = 2;

/// The first cause of a sentence, as positions, and the terms of its effect.
fn cause(side: &Side) -> Option<(Range<usize>, Vec<u32>)> {
    (0..side.tokens().len()).find_map(|at| {
        let word = side.folded(at);
        // "Closed due to the frost", but "is due to close".
        let caused = listed(CAUSED, word)
            && listed(LEADS, side.folded(at + 1))
            && !(word == "due" && listed("is are was were be been", side.folded(at.max(1) - 1)));
        if !caused && !listed(BECAUSE, word) {
            return None;
        }
        let start = at + 1 + usize::from(caused || side.folded(at + 1) == "of");
        let end = side.ahead(start, MAX_CAUSE).last()? + 1;
        let effect = if at == 0 { end..end + AFTER } else { at.saturating_sub(BEFORE)..at };
        Some((start..end, side.terms(effect)))
    })
}

/// Another cause of the same effect.
pub(super) fn compared(a: &Side, b: &Side, found: &mut Vec<Difference>) {
    let (Some((x, effect_a)), Some((y, effect_b))) = (cause(a), cause(b)) else { return };
    let own = |side: &Side, cause: &Range<usize>, other: &Side| {
        let terms = side.terms(cause.clone());
        !terms.is_empty() && !meet(side, cause, other, &(0..other.tokens().len()))
    };
    if shared(&effect_a, &effect_b) >= EFFECT && own(a, &x, b) && own(b, &y, a) {
        let (x, y) = (a.span(x.start, x.end - 1), b.span(y.start, y.end - 1));
        found.push(apart(DifferenceKind::Cause, a, b, x, y, Degree::Conflict));
    }
}
