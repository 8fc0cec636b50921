//! A term as it is found: in how many articles it stands, and in which segments.
//!
//! Invariant: the segments of a term ascend, each has an article with it at least. Not here: where in the articles (see
//! `postings`).

use super::dictionary::Entry;
use crate::text::sort::sort_by;

/// The postings of a term in one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The segment's number.
    pub(super) segment: u32,
    pub(super) entry: Entry,
}

/// A term of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Articles that have it.
    pub articles: u32,
    /// In the first segment that has it, and in others.
    pub(super) first: List,
    more: Vec<List>,
}

/// A term that was looked for by some of its letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The term, folded.
    pub key: String,
    /// Where it stands.
    pub term: Term,
    /// Edits between it and what was asked for, where those were counted.
    pub edits: u32,
    /// The languages in whose articles it answers, a bit each, by number.
    pub languages: u64,
}

impl List {
    /// Articles of the segment that have the term.
    pub fn articles(&self) -> u32 {
        self.entry.weight
    }
}

impl Term {
    /// Of one segment.
    pub(super) fn of(segment: u32, entry: Entry) -> Term {
        Term { articles: entry.weight, first: List { segment, entry }, more: Vec::new() }
    }

    /// Adds a later segment; the edition for reading has one only.
    pub(super) fn join(&mut self, segment: u32, entry: Entry) {
        if cfg!(feature = "studio") {
            self.articles += entry.weight;
            self.more.push(List { segment, entry });
        }
    }

    /// Whether its first list is this one.
    pub fn begins(&self, list: &List) -> bool {
        self.first.segment == list.segment && self.first.entry.ordinal == list.entry.ordinal
    }

    /// Its postings, by segment.
    pub fn lists(&self) -> impl Iterator<Item = &List> {
        let more = if cfg!(feature = "studio") { self.more.as_slice() } else { &[] };
        std::iter::once(&self.first).chain(more)
    }
}

impl Found {
    /// In all languages, without counting edits.
    pub fn of(key: String, term: Term) -> Found {
        Found { key, term, edits: 0, languages: u64::MAX }
    }
}

/// Puts what several segments have in order, each of them in its own, and makes of what has one key one.
pub(super) fn together(found: &mut Vec<Found>) {
    sort_by(found, |a, b| a.key.cmp(&b.key).then(a.term.first.segment.cmp(&b.term.first.segment)));
    found.dedup_by(|next, kept| {
        let same = next.key == kept.key;
        // The same segment may have been asked twice.
        if same && kept.term.lists().all(|list| list.segment != next.term.first.segment) {
            let List { segment, ref entry } = next.term.first;
            kept.term.join(segment, entry.clone());
        }
        same
    });
}
