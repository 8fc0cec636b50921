//! Differences: what two sentences that correspond say otherwise.
//!
//! Two ways. Where the sentences are versions of one another, the places where they part are looked at one by one.
//! Everywhere, facts are compared whose slots agree. Invariant: every span lies inside its sentence, sentences with the
//! same words have no difference, the same two places are named once. Not here: the kinds themselves (`figures.rs`,
//! `times.rs`, `status.rs`, `people.rs`, `reports.rs`, `quotes.rs`, `causes.rs`).

use super::figures;
use super::side::{Side, matched};
use super::{Difference, DifferenceKind, causes, people, quotes, reports, status, times};
use crate::text::sort::sort_by_key;

/// Share of the longer sentence's words, in order, from which two sentences are versions of one another.
const VERSION: f64 = 0.6;
/// Score of a pair from which both sentences make one claim.
pub(super) const SURE: f64 = 0.8;
/// Differences of one pair; beyond, the sentences merely have little to do with one another.
const MAX_DIFFERENCES: usize = 6;

/// Figures of the same slot that differ between two sentences that may have little else in common.
pub(super) fn figures_of(a: &Side, b: &Side) -> Vec<Difference> {
    let (left, right) = (figures::figures(a), figures::figures(b));
    let mut found = Vec::new();
    figures::compared(a, b, &left, &right, true, &mut found);
    status::parted(a, b, &mut found);
    found.retain(|d| a.unit.span.contains(d.a) && b.unit.span.contains(d.b));
    sort_by_key(&mut found, |d| (d.a, d.b));
    found
}

/// The differences between two sentences, in the order of A.
pub(super) fn differences(a: &Side, b: &Side, score: f64) -> Vec<Difference> {
    if a.unit.hash == b.unit.hash {
        return Vec::new();
    }
    let (figures_a, figures_b) = (figures::figures(a), figures::figures(b));
    let (times_a, times_b) = (times::times(a), times::times(b));
    let mut found = Vec::new();
    let (shorter, longer) = (a.tokens().len().min(b.tokens().len()), a.tokens().len().max(b.tokens().len()));
    let least = longer as f64 * VERSION;
    let matched = (longer > 0 && shorter as f64 >= least).then(|| matched(a, b));
    if let Some(matched) = matched.filter(|matched| matched.count as f64 >= least) {
        for gap in &matched.gaps {
            let (timed, time) = times::edited(a, b, gap, &times_a, &times_b);
            let other = || {
                figures::edited(a, b, gap, &figures_a, &figures_b)
                    .or_else(|| status::edited(a, b, gap))
                    .or_else(|| people::edited(a, b, gap))
                    .or_else(|| reports::edited(a, b, gap))
            };
            found.extend(if timed { time } else { other() });
        }
    } else {
        figures::compared(a, b, &figures_a, &figures_b, false, &mut found);
        status::events(a, b, score >= SURE, &mut found);
        status::negations(a, b, &mut found);
        status::denials(a, b, &mut found);
        people::compared(a, b, score >= SURE, &mut found);
        people::spelt(a, b, &mut found);
        reports::unsaid(a, b, &mut found);
    }
    if score >= SURE {
        causes::compared(a, b, &mut found);
    }
    times::compared(a, b, &times_a, &times_b, score, &mut found);
    status::parted(a, b, &mut found);
    let (quotes_a, quotes_b) = (quotes::quoted(a), quotes::quoted(b));
    quotes::compared(a, b, &quotes_a, &quotes_b, &mut found);
    if found.iter().all(|d| d.kind != DifferenceKind::Attribution) {
        reports::hearsay(a, b, &mut found);
    }
    if found.iter().all(|d| d.kind != DifferenceKind::Attribution) {
        reports::sources(a, b, (&quotes_a, &quotes_b), score, &mut found);
    }
    if found.iter().all(|d| d.kind != DifferenceKind::Negation) {
        found.extend(status::polarity(a, b));
    }
    found.retain(|d| a.unit.span.contains(d.a) && b.unit.span.contains(d.b));
    sort_by_key(&mut found, |d| (d.a, d.b, d.kind));
    let mut kept: Vec<Difference> = Vec::new();
    for difference in found {
        let again = kept
            .iter()
            .any(|k| k.kind == difference.kind && (k.a.overlaps(difference.a) || k.b.overlaps(difference.b)));
        if !again {
            kept.push(difference);
        }
    }
    kept.truncate(MAX_DIFFERENCES);
    kept
}
