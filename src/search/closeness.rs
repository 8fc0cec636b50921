//! Closeness: what the words of a short query gain in an article by standing near each other in its title.
//!
//! Two words that follow each other in the query add, where they stand at most [`REACH`] words apart in the title, the
//! lesser of their rarities divided by their distance, times [`TITLE`]. The closest places count alone (the minimal
//! distance of Tao and Zhai 2007, over pairs as in the sequential dependence model of Metzler and Croft 2005); in the
//! other order they stand one word farther apart. In the text it was worth nothing (docs/SEARCH.md).
//!
//! Invariant: only the first [`DEPTH`] articles are looked at, so the order of the first few is the same however many
//! are asked for; no article passes one that has more of the words. Not here: what the words add by themselves.

use super::plan::{Matcher, Place};
use super::rank::Hit;
use crate::text::sort::{sort_by, sort_by_key};

/// Articles that are looked at.
pub(super) const DEPTH: usize = 30;
/// Words apart at most.
const REACH: u32 = 8;
/// What neighbours add beside the rarer word's own weight; that of a word in the title, too (see `index::impact`).
const TITLE: f64 = 3.0;

impl Matcher<'_> {
    /// Whether there are two words that can be near each other.
    pub(super) fn has_pairs(&self) -> bool {
        self.wanted.len() > 1 && !self.is_long()
    }

    /// Adds what closeness adds to the first hits, and puts them in order again.
    pub(super) fn bring_closer(&self, hits: &mut [Hit]) {
        let first = hits.len().min(DEPTH);
        let Some(hits) = hits.get_mut(..first) else { return };
        // Postings are read forward.
        sort_by_key(hits, |hit| self.index.doc(hit.article));
        for hit in hits.iter_mut() {
            hit.score += self.closeness(hit.article, hit.titles);
        }
        sort_by(hits, Hit::order);
    }

    /// What closeness adds to an article's score; `titles` says which clauses may stand in its title.
    pub(super) fn closeness(&self, article: u32, titles: u8) -> f64 {
        let mut sum = 0.0;
        // Two that follow each other.
        let (pairs, doc) = (titles & titles >> 1, self.index.doc(article));
        if pairs == 0 {
            return sum;
        }
        // Of the clause before: rarity and places of each word and phrase.
        let mut before: Vec<(f64, Vec<Place>)> = Vec::new();
        for (at, wanted) in self.wanted.iter().enumerate().filter(|_| self.has_pairs()) {
            let mut here: Vec<(f64, Vec<Place>)> = Vec::new();
            if (pairs | pairs << 1) >> at.min(7) & 1 == 0 {
                before = here;
                continue;
            }
            wanted.tree.atoms(&mut |atom| {
                let Some(planned) = self.atoms.get(atom) else { return };
                let places = planned.places(self.index, doc, true);
                if !places.is_empty() {
                    here.push((self.idf(planned), places));
                }
            });
            // Of alternatives the nearest.
            let mut most: f64 = 0.0;
            for (one, a) in &before {
                for (other, b) in &here {
                    most = most.max(TITLE * one.min(*other) * nearest(a, b));
                }
            }
            sum += most;
            before = here;
        }
        sum
    }
}

/// One over the distance of the two nearest places, each counted by how it answers; 0 where none are near.
fn nearest(a: &[Place], b: &[Place]) -> f64 {
    let mut best: f64 = 0.0;
    for first in a {
        let from = b.partition_point(|second| second.last + REACH < first.first);
        for second in b.get(from..).unwrap_or_default() {
            if second.first > first.last + REACH {
                break;
            }
            let apart = if second.first > first.last {
                second.first - first.last
            } else if first.first > second.last {
                first.first - second.last + 1
            } else {
                continue;
            };
            best = best.max(first.kind.weight() * second.kind.weight() / f64::from(apart));
        }
    }
    best
}
