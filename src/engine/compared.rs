//! Compared: a comparison as scripts get it, from the command as JSON and from the ES module as objects.
//!
//! Invariant: spans are `[start, end]` in the units of whoever asks (see [`Units`]). Not here: the comparison as the page
//! draws it (`views.rs`), as a reader saves it (`session/exporting.rs`).

use super::views::{Change, Compare, DifferenceView, Relation, Side};
use crate::text::{Scalars, Span, Utf16};
use serde::Serialize;

/// Bytes of one text as the units in which a script counts.
pub trait Units {
    /// A span of bytes in these units.
    fn units(&self, span: Span) -> [u32; 2];
}

impl Units for Scalars<'_> {
    fn units(&self, span: Span) -> [u32; 2] {
        self.span(span)
    }
}

impl Units for Utf16<'_> {
    fn units(&self, span: Span) -> [u32; 2] {
        self.span(span)
    }
}

/// Two articles compared.
#[derive(Serialize)]
pub struct Compared {
    /// Sentences that correspond, in A's order.
    pub pairs: Vec<Pair>,
    /// Sentences that only A has.
    pub only_a: Vec<[u32; 2]>,
    /// Sentences that only B has.
    pub only_b: Vec<[u32; 2]>,
    /// What those of A are about, the most substantial first.
    pub topics_a: Vec<Topic>,
    /// What those of B are about, the most substantial first.
    pub topics_b: Vec<Topic>,
}

/// What several sentences that only one article has are about.
#[derive(Serialize)]
pub struct Topic {
    /// Words of the text.
    title: String,
    /// The sentences, as indices into `only_a` or `only_b`.
    only: Vec<u32>,
}

/// A pair of sentences.
#[derive(Serialize)]
pub struct Pair {
    a: [u32; 2],
    b: [u32; 2],
    /// The part of each sentence that answers to the other: of a long one perhaps a clause.
    part_a: [u32; 2],
    part_b: [u32; 2],
    relation: &'static str,
    score: f64,
    moved: bool,
    differences: Vec<Difference>,
    changes: Vec<Changed>,
}

/// Facts of one slot that are not the same.
#[derive(Serialize)]
pub struct Difference {
    kind: &'static str,
    degree: &'static str,
    note: String,
    a: [u32; 2],
    b: [u32; 2],
}

/// Words that are not the same in two texts of one origin.
#[derive(Serialize)]
pub struct Changed {
    a: [u32; 2],
    b: [u32; 2],
    small: bool,
}

/// A comparison in a script's units of A's text and of B's.
pub fn compared(view: &Compare, in_a: &impl Units, in_b: &impl Units) -> Compared {
    let pair = |pair: &super::views::PairView| {
        let found = pair.differences.iter().filter_map(|d| view.differences.get(*d as usize));
        Pair {
            part_a: in_a.units(pair.part_a),
            part_b: in_b.units(pair.part_b),
            relation: if pair.relation == Relation::Related { "related" } else { "same" },
            moved: pair.moved,
            differences: found.map(|d| difference(d, in_a, in_b)).collect(),
            changes: changed(&pair.changes, in_a, in_b),
            ..bare(view, (pair.a, pair.b, pair.score), in_a, in_b)
        }
    };
    Compared {
        pairs: view.pairs.iter().map(pair).collect(),
        only_a: only(&view.a, in_a),
        only_b: only(&view.b, in_b),
        topics_a: topics(&view.a),
        topics_b: topics(&view.b),
    }
}

/// The pairs that are too unsure to be shown to a reader: whoever ranks wants them too.
pub fn unsure(view: &Compare, in_a: &impl Units, in_b: &impl Units) -> Vec<Pair> {
    view.unsure.iter().map(|pair| bare(view, *pair, in_a, in_b)).collect()
}

/// Differences in a script's units.
pub fn difference(d: &DifferenceView, in_a: &impl Units, in_b: &impl Units) -> Difference {
    let (kind, degree) = (d.kind.label(), d.degree.label());
    Difference { kind, degree, note: d.note.clone(), a: in_a.units(d.a), b: in_b.units(d.b) }
}

/// Changes in a script's units.
pub fn changed(changes: &[Change], in_a: &impl Units, in_b: &impl Units) -> Vec<Changed> {
    let one = |c: &Change| Changed { a: in_a.units(c.a), b: in_b.units(c.b), small: c.small };
    changes.iter().map(one).collect()
}

/// Two sentences, by their indices, and their score: related, and no more said of them.
fn bare(view: &Compare, (a, b, score): (u32, u32, f64), in_a: &impl Units, in_b: &impl Units) -> Pair {
    let sentence = |side: &Side, at: u32| side.sentences.get(at as usize).map_or(Span::default(), |s| s.span);
    let (a, b) = (in_a.units(sentence(&view.a, a)), in_b.units(sentence(&view.b, b)));
    Pair {
        a,
        b,
        part_a: a,
        part_b: b,
        relation: "related",
        score,
        moved: false,
        differences: Vec::new(),
        changes: Vec::new(),
    }
}

fn only(side: &Side, units: &impl Units) -> Vec<[u32; 2]> {
    side.sentences.iter().filter(|s| s.only_here).map(|s| units.units(s.span)).collect()
}

fn topics(side: &Side) -> Vec<Topic> {
    let alone: Vec<u32> = (0..).zip(&side.sentences).filter(|(_, s)| s.only_here).map(|(i, _)| i).collect();
    let places = |topic: &super::views::Topic| {
        topic.sentences.iter().filter_map(|at| alone.binary_search(at).ok()).map(|at| at as u32).collect()
    };
    side.topics.iter().map(|topic| Topic { title: side.title(topic), only: places(topic) }).collect()
}
