//! Closeness: what the words of a short query gain in an article by standing near each other.
//!
//! Two words that follow each other in the query add, where they stand at most [`REACH`] words apart, the lesser of their
//! rarities divided by their distance, times [`TEXT`] or [`TITLE`]. The better of the two fields and in it the closest
//! places count alone (the minimal distance of Tao and Zhai 2007, over pairs as in the sequential dependence model of
//! Metzler and Croft 2005); in the other order they stand one word farther apart.
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
/// Weight of neighbours in the text beside the rarer word's own.
const TEXT: f64 = 0.2;
/// The same in the title.
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
        sort_by_key(hits, |hit| hit.article);
        for hit in hits.iter_mut() {
            hit.score += self.closeness(hit.article);
        }
        sort_by(hits, Hit::order);
    }

    /// What closeness adds to an article's score.
    pub(super) fn closeness(&self, article: u32) -> f64 {
        let mut sum = 0.0;
        let mut before: Vec<Stand> = Vec::new();
        for wanted in self.wanted.iter().filter(|_| self.has_pairs()) {
            let mut stands: Vec<Stand> = Vec::new();
            wanted.tree.atoms(&mut |atom| {
                if let Some(planned) = self.atoms.get(atom) {
                    let places = |title| planned.places(self.index, article, title);
                    let (title, text) = (places(true), places(false));
                    if !title.is_empty() || !text.is_empty() {
                        stands.push(Stand { rarity: self.idf(planned), title, text });
                    }
                }
            });
            // Of alternatives the nearest.
            let mut most: f64 = 0.0;
            for a in &before {
                for b in &stands {
                    let near = (TITLE * nearest(&a.title, &b.title)).max(TEXT * nearest(&a.text, &b.text));
                    most = most.max(a.rarity.min(b.rarity) * near);
                }
            }
            sum += most;
            before = stands;
        }
        sum
    }
}

/// How a word or phrase stands in an article.
struct Stand {
    rarity: f64,
    title: Vec<Place>,
    text: Vec<Place>,
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
