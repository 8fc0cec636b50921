//! Clauses: which part of a long sentence answers to its counterpart.
//!
//! Invariant: a part lies inside its sentence and consists of whole clauses; it is the sentence itself where no shorter
//! part holds nearly all that the two have in common. Not here: which sentences are counterparts (`align.rs`).

use super::side::Side;
use super::unit::{NO_KEY, Unit};
use crate::text::Span;

/// Words of a sentence from which a part of it may be its counterpart's.
const LONG: usize = 16;
/// Share of the weight of what both have that stands in the part.
const ENOUGH: f64 = 0.8;
/// Share of the sentence's words that a part has at most.
const SHORTER: f64 = 0.7;
/// Share of the weight of the rest that the other sentence has at most: of two versions of one sentence none is the part.
const REST: f64 = 0.25;

/// The part of a sentence that answers to another one, in bytes of the article.
pub(super) fn part(side: &Side, other: &Unit) -> Span {
    let (tokens, weights) = (side.tokens(), side.vocabulary.weights());
    let whole = side.unit.span;
    if tokens.len() < LONG {
        return whole;
    }
    let weight = |at: usize| {
        let word = side.word(at).filter(|w| w.content)?;
        let named =
            tokens.get(at).is_some_and(|t| t.key != NO_KEY && other.keys.binary_search(&t.key).is_ok());
        let shared = named || other.terms.binary_search_by_key(&word.term, |t| t.number).is_ok();
        Some((*weights.get(word.term as usize)?, shared))
    };
    // Where the clauses begin, with the weight up to there of what both have, and of all.
    let (mut clauses, mut sum, mut all) = (vec![(0, 0.0, 0.0)], 0.0, 0.0);
    for at in 0..tokens.len() {
        let (weight, shared) = weight(at).unwrap_or((0.0, false));
        all += weight;
        sum += if shared { weight } else { 0.0 };
        if side.breaks(at) || at + 1 == tokens.len() {
            clauses.push((at + 1, sum, all));
        }
    }
    let (mut from, mut best, mut rest) = (0, 0..tokens.len(), (0.0, 0.0));
    for to in &clauses {
        while let (Some(begin), Some(next)) = (clauses.get(from), clauses.get(from + 1)) {
            if to.1 - begin.1 < ENOUGH * sum {
                break;
            }
            if to.0 - begin.0 < best.len() {
                best = begin.0..to.0;
                rest = (sum - (to.1 - begin.1), all - (to.2 - begin.2));
            }
            if to.1 - next.1 < ENOUGH * sum {
                break;
            }
            from += 1;
        }
    }
    let long = best.len() as f64 > tokens.len() as f64 * SHORTER;
    if sum == 0.0 || long || rest.0 >= rest.1 * REST {
        return whole;
    }
    side.span(best.start, best.end - 1)
}
