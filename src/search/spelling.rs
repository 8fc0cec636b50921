//! Spelling: which words of the index a word of the query may stand for, where it seems to be misspelt.
//!
//! One letter too many, too few, another or two swapped; two such slips in longer words where one explains nothing.
//! A word that no article has is looked for so, one that hardly any article has where a near spelling is far commoner,
//! and each word of a short query of which no article has all words.
//!
//! Invariant: near spellings step back behind what is literal: they count less, never beside it in one article, and
//! articles that need them come behind those that do not. Not here: finding them in the dictionary (`index::near`).

use super::plan::{Kind, Matcher, Source, Tree};
use crate::index::Index;
use crate::query::{AtomKind, is_light};
use crate::text::sort::sort_by;

/// Fewest letters of a word whose spelling may be taken for a slip: two letters have too many neighbours.
const LETTERS: usize = 3;
/// The same for a word that articles have: "Iran" is not meant for "Iraq".
const LETTERS_KNOWN: usize = 5;
/// Fewest letters of a word in which two slips are looked for, where one explains nothing.
const LETTERS_TWICE: usize = 6;
/// Near spellings taken at most, the commonest.
const TERMS: usize = 16;
/// Articles up to which a word's being there is thin evidence that it is spelt as meant …
const THIN: u32 = 2;
/// … and how many times more articles a near spelling must have to be taken beside it.
const COMMONER: u32 = 10;

/// The near spellings of a word that `having` articles have, and how many articles count as having it then: those of
/// its most telling spelling where nothing else answers.
pub(super) fn near<'a>(index: &Index, word: &str, having: u32, known: &[Source]) -> (Vec<Source<'a>>, u32) {
    if having > THIN || letters(word) < LETTERS {
        return (Vec::new(), having);
    }
    spelt(index, word, having, having.saturating_mul(COMMONER), known)
}

/// Letters of a word; 0 where it has digits, which nobody misspells within reach.
fn letters(word: &str) -> usize {
    if word.chars().any(|c| c.is_ascii_digit()) { 0 } else { word.chars().count() }
}

/// The near spellings that at least so many articles have.
fn spelt<'a>(index: &Index, word: &str, having: u32, least: u32, known: &[Source]) -> (Vec<Source<'a>>, u32) {
    let mut near = index.near(word, 1);
    near.retain(|near| !is_light(&near.key));
    if near.is_empty() && having == 0 && letters(word) >= LETTERS_TWICE {
        near = index.near(word, 2);
    }
    near.retain(|near| {
        near.term.articles >= least && known.iter().all(|known| !near.term.begins(&known.list))
    });
    sort_by(&mut near, |a, b| (a.edits, b.term.articles).cmp(&(b.edits, a.term.articles)));
    near.truncate(TERMS);
    let rarest = near.iter().map(|near| near.term.articles).min().unwrap_or(0);
    let having = if having == 0 { rarest } else { having };
    let whole = rarity(index, having).max(f64::MIN_POSITIVE);
    // What is found by many says less, as if it had been asked for.
    let mut sources = Vec::new();
    for found in &near {
        let telling = (rarity(index, found.term.articles) / whole).min(1.0);
        Source::add(&mut sources, Kind::Typo, telling, found);
    }
    (sources, having)
}

/// Inverse document frequency, in the form that is never negative.
pub(super) fn rarity(index: &Index, having: u32) -> f64 {
    let (articles, having) = (f64::from(index.articles()), f64::from(having));
    libm::log(1.0 + (articles - having + 0.5).max(0.0) / (having + 0.5))
}

/// What a word was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// As typed.
    pub typed: String,
    /// Whether an article has it as typed, or a form of it.
    pub known: bool,
    /// The near spellings: those in the best article first, then the commonest.
    pub near: Vec<String>,
}

impl<'a> Matcher<'a> {
    /// The words that were taken for others: of those that articles have, only where the best article needs it.
    pub fn corrections(&self, best: Option<u32>) -> Vec<Correction> {
        let mut all = Vec::new();
        for planned in &self.atoms {
            let [slot] = planned.slots.as_slice() else { continue };
            let at = slot.partition_point(|source| source.kind < Kind::Typo);
            let Some(typos) = slot.get(at..).filter(|typos| !typos.is_empty()) else { continue };
            let best = best.map(|best| self.index.doc(best)).filter(|&doc| {
                planned.in_article(self.index, doc).is_some_and(|times| times.kind == Kind::Typo)
            });
            let has = |source: &&Source<'a>| best.is_some_and(|doc| source.times(self.index, doc).is_some());
            let known = slot.first().is_some_and(|source| source.kind <= Kind::Form);
            if known && !typos.iter().any(|source| has(&source)) {
                continue;
            }
            // A term of several segments is one spelling.
            let mut near: Vec<String> = Vec::new();
            for source in typos.iter().filter(has).chain(typos) {
                if near.iter().all(|there| **there != *source.key) {
                    near.push(source.key.to_string());
                }
            }
            all.push(Correction { typed: planned.atom.typed.clone(), known, near });
        }
        all
    }

    /// Takes near spellings of every word where no article has all words of a short query.
    pub(super) fn look_again(&mut self) {
        if self.is_long() || self.wanted.len() < 2 || self.meet() {
            return;
        }
        let (index, kept) = (self.index, self.kept);
        for wanted in &self.wanted {
            let Tree::Atom(atom) = wanted.tree else { continue };
            let Some(planned) = self.atoms.get_mut(atom) else { continue };
            let (Some(word), Some(slot)) = (planned.atom.words.first(), planned.slots.first_mut()) else {
                continue;
            };
            let guessed = slot.iter().any(|source| source.kind == Kind::Typo);
            if planned.atom.kind == AtomKind::Word && !guessed && letters(word) >= LETTERS_KNOWN {
                // Kept apart from the word that is not guessed at.
                planned.key.extend((!planned.key.is_empty()).then_some('~'));
                let about = planned.about.get();
                let (more, about) = kept.plan(&planned.key, || spelt(index, word, about, 0, slot));
                slot.extend(more);
                planned.about.set(about);
            }
        }
    }
}
