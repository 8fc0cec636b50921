//! The explanation: what each part of a query adds to an article's score.
//!
//! Invariant: the parts are computed by the functions that rank. Not here: sentences for readers (the caller's).

use super::plan::{Kind, Matcher};

/// What one word or phrase of the query adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// As typed.
    pub typed: String,
    /// The best way in which the article has it.
    pub kind: Kind,
    /// Articles that have it.
    pub articles: u32,
    /// Times in the title, weighted by kind.
    pub title: f64,
    /// Times in the text, weighted by kind.
    pub text: f64,
    /// How rare it is: inverse document frequency.
    pub rarity: f64,
    /// What it adds to the score.
    pub score: f64,
}

impl Matcher<'_> {
    /// The parts of the query that an article has, in the query's order.
    pub fn explain(&self, article: u32) -> Vec<Part> {
        let mut parts = Vec::new();
        for wanted in &self.wanted {
            wanted.tree.atoms(&mut |atom| {
                let found = self
                    .atoms
                    .get(atom)
                    .and_then(|planned| Some((planned, planned.in_article(self.index, article)?)));
                if let Some((planned, times)) = found {
                    let rarity = self.idf(planned);
                    parts.push(Part {
                        typed: planned.atom.typed.clone(),
                        kind: times.kind,
                        articles: planned.having(self.index),
                        title: times.title,
                        text: times.text,
                        rarity,
                        score: rarity * self.impact(&times),
                    });
                }
            });
        }
        parts
    }
}
