//! A candidate: a stretch of words that a source takes for a name, and the choice among them.
//!
//! The seam of the recogniser: every source (lists, shapes, dates; later a trained model) only appends
//! candidates to one list; [`choose`] turns them into marks that nest or stand apart. Not here: the sources,
//! and which entity a mark belongs to.

use super::{Kind, Why};
use crate::text::Span;
use crate::text::sort::sort_by;

/// A stretch of text that a source takes for a name.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Where.
    pub span: Span,
    /// First word and one past the last, in the page.
    pub words: (usize, usize),
    /// What it would be.
    pub kind: Kind,
    /// How sure, 0 to 100.
    pub certainty: u8,
    /// Why.
    pub why: Why,
    /// The known name it is, if it is one.
    pub known: Option<u32>,
    /// Whether it may stand inside another name: a country or its people.
    pub nests: bool,
}

/// Chooses among candidates: the longer wins where two cross or cover the same words, then the surer; one
/// inside another stays if the two can both be meant (a place in an organisation's name, say).
pub fn choose(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.retain(|candidate| !candidate.span.is_empty());
    let rank = |candidate: &Candidate| (candidate.span.len(), candidate.certainty);
    sort_by(&mut candidates, |a, b| {
        a.span.start.cmp(&b.span.start).then(rank(b).cmp(&rank(a))).then(a.kind.cmp(&b.kind))
    });
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for candidate in candidates {
        while open
            .last()
            .is_some_and(|&at| chosen.get(at).is_some_and(|o| o.span.end <= candidate.span.start))
        {
            open.pop();
        }
        // Those still open start no later; the innermost stands last and all others contain it.
        let fits = match open.last().and_then(|&at| chosen.get(at)) {
            None => true,
            Some(outer) => {
                outer.span.contains(candidate.span)
                    && outer.span != candidate.span
                    && nests(outer, &candidate)
            }
        };
        if fits {
            open.push(chosen.len());
            chosen.push(candidate);
        }
    }
    chosen
}

/// Whether both an outer and an inner name are meant.
fn nests(outer: &Candidate, inner: &Candidate) -> bool {
    use Kind::{Date, Event, Group, Law, Money, Organisation, Percent, Person, Place, Quantity, Work};
    match (outer.kind, inner.kind) {
        (Person | Group | Date | Place | Money | Percent | Work, _) => false,
        (_, Event | Law | Quantity | Money | Percent | Work) => false,
        // A number that counts a people or places: "1,200 Israeli civilians".
        (Quantity, Group | Place) => true,
        // A year in an event's name is no more than that.
        (Event, Date) => outer.known.is_none() && inner.words.1 - inner.words.0 > 1,
        (Event, Organisation | Group) => outer.known.is_none(),
        (Law, Group | Place) => outer.known.is_none() && inner.why == Why::List,
        (Organisation, Group | Place) | (Event, Place) => outer.known.is_none() && inner.nests,
        _ => false,
    }
}
