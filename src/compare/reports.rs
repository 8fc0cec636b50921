//! Reports: who says it.
//!
//! Invariant: a difference of attribution needs a reporting clause in both sentences, for the same claim, from sources
//! that share no word and no entity; a pronoun names no source. English only. Not here: what is claimed.

use super::side::{Gap, Side};
use super::unit::{NO_KEY, shared};
use super::{Degree, Difference, DifferenceKind};
use crate::text::Span;
use crate::text::sort::sort;
use std::ops::Range;

/// Whether a word reports.
pub(super) fn reports(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "saying"
            | "told"
            | "announced"
            | "announces"
            | "reported"
            | "reports"
            | "stated"
            | "states"
            | "indicated"
            | "confirmed"
            | "claimed"
            | "claims"
            | "added"
            | "argued"
            | "argues"
            | "warned"
            | "warns"
            | "noted"
            | "insisted"
            | "insists"
            | "declared"
            | "suggested"
            | "acknowledged"
            | "according"
    )
}

/// A source and what it is reported to say.
pub(super) struct Report {
    /// Positions of the words that name the source.
    pub source: Range<usize>,
    /// Positions of the claim.
    pub claim: Range<usize>,
}

/// Words of a source.
const MAX_SOURCE: usize = 8;

/// The reporting clause of a sentence, if it opens or closes it.
pub(super) fn report(side: &Side) -> Option<Report> {
    let end = side.tokens().len();
    let verb = (0..end).find(|at| reports(side.folded(*at)))?;
    if side.folded(verb) == "according" {
        if side.folded(verb + 1) != "to" {
            return None;
        }
        let last = side.ahead(verb + 2, MAX_SOURCE).last()?;
        let claim = if verb == 0 { last + 1..end } else { 0..verb };
        return named(side, verb + 2..last + 1).map(|source| Report { source, claim });
    }
    if verb > 0 && side.breaks(verb - 1) {
        // "“…,” said the governor": the source comes after.
        let last = side.ahead(verb + 1, MAX_SOURCE).last()?;
        return named(side, verb + 1..last + 1).map(|source| Report { source, claim: 0..verb });
    }
    // "…, the company said" closes the sentence; "The White House announced that …" opens it.
    let start = (0..verb).rev().find(|at| side.breaks(*at)).map_or(0, |at| at + 1);
    let mut stop = verb;
    while stop > start && matches!(side.folded(stop - 1), "has" | "have" | "had" | "also" | "is" | "was") {
        stop -= 1;
    }
    if stop - start > MAX_SOURCE {
        return None;
    }
    let claim = if verb + 4 >= end { 0..start } else { verb + 1..end };
    named(side, start..stop).map(|source| Report { source, claim })
}

/// A range that names a source, and is not merely a pronoun.
fn named(side: &Side, range: Range<usize>) -> Option<Range<usize>> {
    range.clone().any(|at| side.word(at).is_some_and(|w| w.content)).then_some(range)
}

/// Who says it, in two sentences that make the same claim. `agreed` are spans that were found to be about one event.
pub(super) fn sources(a: &Side, b: &Side, agreed: &[(Span, Span)], found: &mut Vec<Difference>) {
    let (Some(x), Some(y)) = (report(a), report(b)) else { return };
    let terms = |side: &Side, range: &Range<usize>| -> Vec<u32> {
        let mut terms: Vec<u32> =
            range.clone().filter_map(|at| side.word(at)).filter(|w| w.content).map(|w| w.term).collect();
        sort(&mut terms);
        terms.dedup();
        terms
    };
    let keys = |side: &Side, range: &Range<usize>| -> Vec<u32> {
        let mut keys: Vec<u32> = side
            .tokens()
            .get(range.clone())
            .unwrap_or(&[])
            .iter()
            .map(|t| t.key)
            .filter(|k| *k != NO_KEY)
            .collect();
        sort(&mut keys);
        keys
    };
    if shared(&terms(a, &x.source), &terms(b, &y.source)) > 0
        || shared(&keys(a, &x.source), &keys(b, &y.source)) > 0
    {
        return;
    }
    // "The president" may be whom the other names: only two names tell two sources.
    let named = |side: &Side, range: &Range<usize>| range.clone().any(|at| side.is_name(at));
    if !named(a, &x.source) || !named(b, &y.source) {
        return;
    }
    let (claim_a, claim_b) = (terms(a, &x.claim), terms(b, &y.claim));
    let shorter = claim_a.len().min(claim_b.len());
    let inside = |side: &Side, claim: &Range<usize>, span: Span| {
        let at = side.positions(span);
        claim.start <= at.start && at.end <= claim.end
    };
    let one_event = agreed.iter().any(|(p, q)| inside(a, &x.claim, *p) && inside(b, &y.claim, *q));
    let one_claim = shorter >= 4 && shared(&claim_a, &claim_b) * 10 >= shorter * 7;
    if one_event || one_claim {
        found.push(Difference {
            kind: DifferenceKind::Attribution,
            note: "who says so".into(),
            a: a.span(x.source.start, x.source.end - 1),
            b: b.span(y.source.start, y.source.end - 1),
            degree: Degree::Attribution,
        });
    }
}

/// Who says it, in a place where two versions of one sentence part.
pub(super) fn edited(a: &Side, b: &Side, gap: &Gap) -> Option<Difference> {
    if gap.a.is_empty() || gap.b.is_empty() {
        return None;
    }
    let beside = |side: &Side, range: &Range<usize>| {
        reports(side.folded(range.end))
            || range.start.checked_sub(1).is_some_and(|at| {
                reports(side.folded(at)) || side.folded(at) == "to" && at > 0 && reports(side.folded(at - 1))
            })
    };
    if !beside(a, &gap.a) || !beside(b, &gap.b) || gap.a.len().max(gap.b.len()) > MAX_SOURCE {
        return None;
    }
    let content = |side: &Side, range: &Range<usize>| -> Vec<u32> {
        let mut terms: Vec<u32> = range
            .clone()
            .filter_map(|at| side.word(at))
            .filter(|w| w.content && !w.digit)
            .map(|w| w.term)
            .collect();
        sort(&mut terms);
        terms
    };
    let (x, y) = (content(a, &gap.a), content(b, &gap.b));
    (shared(&x, &y) == 0 && !(x.is_empty() && y.is_empty())).then(|| Difference {
        kind: DifferenceKind::Attribution,
        note: "who says so".into(),
        a: a.span(gap.a.start, gap.a.end - 1),
        b: b.span(gap.b.start, gap.b.end - 1),
        degree: Degree::Attribution,
    })
}
