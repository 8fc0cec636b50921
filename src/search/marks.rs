//! Marks: the exact characters of an article that answer a query, and why.
//!
//! Invariant: marks are in order and do not overlap; a phrase is one mark from its first word to its last; what
//! overlaps becomes one mark. [`Matcher::tally`] counts the same marks without the text. Not here: drawing them.

use super::plan::{Kind, Matcher, Place, Tree};
use crate::article::Article;
use crate::index::words::{self, Word};
use crate::text::Span;
use crate::text::sort::sort_by_key;

/// A marked piece of an article's text (or title).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Which bytes.
    pub span: Span,
    /// The best way in which it answers.
    pub kind: Kind,
    /// Which words or phrases of the query it answers, a bit each.
    pub words: u64,
}

/// How much of an article is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Marks in the text.
    pub matches: u32,
    /// Marks in the title, where it is a field of its own.
    pub title: u32,
    /// Sentences in which a mark begins.
    pub passages: u32,
    /// Most different words or phrases of the query that one sentence has.
    pub together: u32,
}

/// A mark by word numbers.
struct Run {
    place: Place,
    words: u64,
}

impl Mark {
    /// Why it is marked, where it is not literally what was asked for: "word form: directly".
    pub fn why(&self, text: &str) -> Option<String> {
        let label = match self.kind {
            Kind::Literal => return None,
            Kind::Form => "word form",
            Kind::Also => "also as",
            Kind::Completion => "begins so",
            Kind::Typo => "spelling",
        };
        Some(format!("{label}: {}", self.span.of(text)))
    }
}

impl Matcher<'_> {
    /// The marks in an article's text. `number` is the article's place in the corpus.
    pub fn marks(&self, number: u32, article: &Article) -> Vec<Mark> {
        place(self.runs(number, false), words::of_text(article))
    }

    /// The marks in an article's title, where it is a field of its own.
    pub fn title_marks(&self, number: u32, article: &Article) -> Vec<Mark> {
        place(self.runs(number, true), words::of_title(article))
    }

    /// Counts the marks of an article from the index alone.
    pub fn tally(&self, number: u32) -> Tally {
        let runs = self.runs(number, false);
        let sentences = self.index.sentences(self.index.doc(number));
        let mut tally = Tally { matches: runs.len() as u32, ..Tally::default() };
        tally.title = self.runs(number, true).len() as u32;
        let sentence = |run: &Run| sentences.up_to(run.place.first);
        for runs in runs.chunk_by(|a, b| sentence(a) == sentence(b)) {
            let words = runs.iter().fold(0, |words, run| words | run.words);
            tally.passages += 1;
            tally.together = tally.together.max(words.count_ones());
        }
        tally
    }

    /// Words and phrases of the query that are marked where they stand, at most: what [`Tally::together`] reaches
    /// when a sentence has them all.
    pub fn markable(&self) -> u32 {
        self.wanted.len() as u32
    }

    /// What is marked in the title or the text of an article, by word numbers, in order, overlaps joined.
    fn runs(&self, article: u32, title: bool) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let doc = self.index.doc(article);
        if self.unwanted.iter().any(|tree| self.answers(tree, doc)) {
            return runs;
        }
        for (at, wanted) in self.wanted.iter().enumerate() {
            self.collect(&wanted.tree, doc, title, 1 << at.min(63), &mut runs);
        }
        sort_by_key(&mut runs, |run| (run.place.first, std::cmp::Reverse(run.place.last), run.place.kind));
        runs.dedup_by(|next, kept| {
            let overlaps = next.place.first <= kept.place.last;
            if overlaps {
                kept.words |= next.words;
                kept.place.last = kept.place.last.max(next.place.last);
                if next.place.first == kept.place.first {
                    kept.place.kind = kept.place.kind.min(next.place.kind);
                }
            }
            overlaps
        });
        runs
    }

    /// Whether an article, by its number in the index, answers a tree.
    pub(super) fn answers(&self, tree: &Tree, doc: u32) -> bool {
        match tree {
            Tree::Atom(atom) => {
                self.atoms.get(*atom).is_some_and(|planned| planned.in_article(self.index, doc).is_some())
            }
            Tree::Any(trees) => trees.iter().any(|tree| self.answers(tree, doc)),
            Tree::All { wanted, unwanted } => {
                wanted.iter().all(|tree| self.answers(tree, doc))
                    && !unwanted.iter().any(|tree| self.answers(tree, doc))
            }
        }
    }

    fn collect(&self, tree: &Tree, doc: u32, title: bool, words: u64, runs: &mut Vec<Run>) {
        match tree {
            Tree::Atom(atom) => {
                if let Some(planned) = self.atoms.get(*atom) {
                    let places = planned.places(self.index, doc, title);
                    runs.extend(places.into_iter().map(|place| Run { place, words }));
                }
            }
            Tree::Any(trees) => trees.iter().for_each(|tree| self.collect(tree, doc, title, words, runs)),
            Tree::All { wanted, .. } => {
                if self.answers(tree, doc) {
                    wanted.iter().for_each(|tree| self.collect(tree, doc, title, words, runs));
                }
            }
        }
    }
}

/// Finds the bytes of the marked words. What the text does not have is passed over.
fn place(runs: Vec<Run>, words: impl Iterator<Item = Word>) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(runs.len());
    let mut words = words.peekable();
    for Run { place, words: asked } in runs {
        while words.next_if(|word| word.position < place.first).is_some() {}
        let Some(first) = words.next_if(|word| word.position <= place.last) else { continue };
        let mut span = first.span;
        while let Some(word) = words.next_if(|word| word.position <= place.last) {
            span.end = word.span.end;
        }
        marks.push(Mark { span, kind: place.kind, words: asked });
    }
    marks
}
