//! The explanation: what each part of a query adds to an article's score.
//!
//! Invariant: the parts are computed by the functions that rank, and add up to the score (tested). Not here: sentences for
//! readers (the caller's).

use super::plan::{Kind, Matcher, Tree};
use crate::index::Sentences;

/// What one word or phrase of the query adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// As typed.
    pub typed: String,
    /// The best way in which the article has it; `None` where it has not.
    pub kind: Option<Kind>,
    /// Articles that have it, about.
    pub articles: u32,
    /// Times in the title.
    pub title: u32,
    /// Times in the text.
    pub text: u32,
    /// Of these, times in headings.
    pub headings: u32,
    /// What it adds to the score.
    pub score: f64,
}

/// Why an article has its score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// The words and phrases, in the query's order; other names only where the article has them.
    pub parts: Vec<Part>,
    /// What standing near each other adds (see `closeness`).
    pub closeness: f64,
    /// Words of the best articles (see `feedback`) that it has, those that add most first.
    pub learnt: Vec<Part>,
}

impl Matcher<'_> {
    /// Explains the score of one of the first articles.
    pub fn explain(&self, article: u32) -> Explanation {
        let mut found = Explanation { closeness: self.closeness(article, u8::MAX), ..Explanation::default() };
        let doc = self.index.doc(article);
        let sentences = self.index.sentences(doc);
        for wanted in &self.wanted {
            self.parts(&wanted.tree, doc, &sentences, wanted.weight, &mut found.parts);
        }
        let lifted = self.lifted.contains(&article);
        for soft in self.soft.iter().filter(|_| lifted) {
            self.parts(&soft.tree, doc, &sentences, soft.weight, &mut found.learnt);
        }
        found.learnt.retain(|part| part.kind.is_some());
        crate::text::sort::sort_by(&mut found.learnt, |a, b| b.score.total_cmp(&a.score));
        found
    }

    fn parts(&self, tree: &Tree, doc: u32, sentences: &Sentences, weight: f64, parts: &mut Vec<Part>) {
        match tree {
            Tree::Atom(atom) => {
                let Some(planned) = self.atoms.get(*atom) else { return };
                let times = planned.in_article(self.index, doc);
                if times.is_none() && planned.atom.also > 0 {
                    return;
                }
                let places = planned.places(self.index, doc, false);
                let headings = places.iter().filter(|place| sentences.in_heading(place.first));
                parts.push(Part {
                    typed: planned.atom.typed.clone(),
                    kind: times.map(|times| times.kind),
                    articles: planned.having(self.index),
                    title: planned.places(self.index, doc, true).len() as u32,
                    text: places.len() as u32,
                    headings: headings.count() as u32,
                    score: times.map_or(0.0, |times| self.idf(planned) * self.impact(&times)) * weight,
                });
            }
            // What does not answer as a whole adds nothing.
            Tree::Any(trees) => trees
                .iter()
                .filter(|tree| matches!(tree, Tree::Atom(_)) || self.answers(tree, doc))
                .for_each(|tree| self.parts(tree, doc, sentences, weight, parts)),
            Tree::All { wanted, .. } if self.answers(tree, doc) => {
                wanted.iter().for_each(|tree| self.parts(tree, doc, sentences, weight, parts));
            }
            Tree::All { .. } => {}
        }
    }
}
