//! A term as it is found: in how many articles it stands, and in which segments.
//!
//! Invariant: the segments of a term ascend, each has an article with it at least. Not here: where in the articles (see
//! `postings`).

use super::dictionary::Entry;
use crate::text::sort::sort_by;

/// A term of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Articles that have it.
    pub articles: u32,
    /// The first segment that has it, and its entry there.
    segment: u32,
    entry: Entry,
    /// The same of further ones.
    more: Vec<(u32, Entry)>,
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

impl Term {
    /// Of one segment.
    pub(super) fn of(segment: u32, entry: Entry) -> Term {
        Term { articles: entry.weight, segment, entry, more: Vec::new() }
    }

    /// Adds a later segment; the edition for reading has one only.
    pub(super) fn join(&mut self, segment: u32, entry: Entry) {
        if cfg!(feature = "studio") {
            self.articles += entry.weight;
            self.more.push((segment, entry));
        }
    }

    /// The first segment and the entry there.
    pub(super) fn first(&self) -> (u32, &Entry) {
        (self.segment, &self.entry)
    }

    /// Whether it is the same term, though it may be of fewer segments.
    pub fn is(&self, other: &Term) -> bool {
        self.segment == other.segment && self.entry.ordinal == other.entry.ordinal
    }

    /// Whether it is of one segment only.
    pub fn is_whole(&self) -> bool {
        !cfg!(feature = "studio") || self.more.is_empty()
    }

    /// The term in each of its segments, which is where its postings are read.
    pub fn apart(mut self) -> impl Iterator<Item = Term> {
        let more = std::mem::take(&mut self.more);
        self.articles = self.entry.weight;
        std::iter::once(self).chain(more.into_iter().map(|(segment, entry)| Term::of(segment, entry)))
    }
}

impl Found {
    pub(super) fn of(key: String, segment: u32, entry: Entry) -> Found {
        Found { key, term: Term::of(segment, entry), edits: 0, languages: u64::MAX }
    }
}

/// Puts what several segments have in order, each of them in its own, and makes of what has one key one.
pub(super) fn together(found: &mut Vec<Found>) {
    sort_by(found, |a, b| a.key.cmp(&b.key).then(a.term.segment.cmp(&b.term.segment)));
    found.dedup_by(|next, kept| {
        let same = next.key == kept.key;
        if same && next.term.segment != kept.term.segment {
            let Term { segment, ref entry, .. } = next.term;
            // The same segment may have been asked twice.
            if kept.term.more.last().is_none_or(|last| last.0 != segment) {
                kept.term.join(segment, entry.clone());
            }
        }
        same
    });
}
