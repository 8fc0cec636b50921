//! A side of a pair: one sentence with what the comparison of facts asks of it – clauses, windows, matches.
//!
//! Invariant: token indices are checked, so every question has an answer on any text. Not here: the questions
//! (`figures.rs`, `status.rs`, `people.rs`, `reports.rs`).

use super::unit::{NO_KEY, Token, Unit, Vocabulary, Word, sorted};
use super::{Degree, Difference, DifferenceKind, words};
use crate::text::common::RARE;
use crate::text::{Span, is_capital};
use std::ops::Range;

/// One sentence of a pair.
pub(super) struct Side<'a> {
    /// The article's text.
    pub text: &'a str,
    /// The sentence.
    pub unit: &'a Unit,
    /// All word forms.
    pub vocabulary: &'a Vocabulary<'a>,
}

impl<'a> Side<'a> {
    /// Its words.
    pub fn tokens(&self) -> &'a [Token] {
        &self.unit.tokens
    }

    /// A word by its position.
    pub fn word(&self, at: usize) -> Option<&'a Word> {
        self.unit.tokens.get(at).map(|t| self.vocabulary.word(t.word))
    }

    /// The folded word at a position; empty outside the sentence.
    pub fn folded(&self, at: usize) -> &'a str {
        self.word(at).map_or("", |w| w.folded.as_str())
    }

    /// The stem at a position; empty outside the sentence.
    pub fn stem(&self, at: usize) -> &'a str {
        self.word(at).map_or("", |w| w.stem.as_str())
    }

    /// Positions of the words that say how somebody left a post, or something of somebody.
    pub fn telling(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.tokens().len()).filter(|at| self.word(*at).is_some_and(|word| word.tells))
    }

    /// What stands between two neighbouring words.
    pub fn gap(&self, before: usize) -> &'a str {
        match (self.unit.tokens.get(before), self.unit.tokens.get(before + 1)) {
            (Some(x), Some(y)) => self.text.get(x.span.end as usize..y.span.start as usize).unwrap_or(""),
            _ => "",
        }
    }

    /// Whether a clause ends between a word and the next: a comma, a dash, a colon, a bracket, a quotation mark.
    pub fn breaks(&self, before: usize) -> bool {
        let gap = self.gap(before);
        gap.contains([',', ';', ':', '—', '–', '(', ')', '“', '”', '"', '…']) || gap.contains(" -")
    }

    /// Positions from `from`, going forward, up to `most` and not past the end of the clause.
    pub fn ahead(&self, from: usize, most: usize) -> impl Iterator<Item = usize> + '_ {
        let mut open = true;
        (from..self.unit.tokens.len().min(from.saturating_add(most))).take_while(move |at| {
            let take = open;
            open = !self.breaks(*at);
            take
        })
    }

    /// Terms of the content words of a range, numbers left out, ascending, each once.
    pub fn terms(&self, range: Range<usize>) -> Vec<u32> {
        sorted(self.content(range))
    }

    /// Terms of the content words of a range, numbers left out, in order.
    fn content(&self, range: Range<usize>) -> Vec<u32> {
        let words = range.filter_map(|at| self.word(at)).filter(|w| w.content && !w.digit);
        words.map(|w| w.term).collect()
    }

    /// Content terms within `reach` words of a range of positions, numbers and the range itself left out.
    pub fn context(&self, from: usize, to: usize, reach: usize) -> Vec<u32> {
        let start = from.saturating_sub(reach);
        let end = self.unit.tokens.len().min(to.saturating_add(reach));
        let mut terms = self.content(start..from);
        terms.extend(self.content(to..end));
        sorted(terms)
    }

    /// Keys of the entities of a range, ascending, each once.
    pub fn keys(&self, range: &Range<usize>) -> Vec<u32> {
        let tokens = self.tokens().get(range.clone()).unwrap_or(&[]);
        sorted(tokens.iter().map(|t| t.key).filter(|k| *k != NO_KEY).collect())
    }

    /// Whether the word at a position is part of a name: an entity covers it, or it is written with a capital.
    pub fn is_name(&self, at: usize) -> bool {
        let (Some(token), Some(word)) = (self.unit.tokens.get(at), self.word(at)) else { return false };
        let first = at == 0
            && token.span.of(self.text).starts_with(is_capital)
            && self.vocabulary.common.idf(&word.stem) >= RARE;
        (token.capital || first || token.key != NO_KEY)
            && word.content
            && !word.digit
            && !words::is_calendar(&word.folded)
    }

    /// Terms of names, and keys of entities, within `reach` words of a range of positions.
    pub fn names_near(&self, from: usize, to: usize, reach: usize) -> (Vec<u32>, Vec<u32>) {
        let range = from.saturating_sub(reach)..self.unit.tokens.len().min(to.saturating_add(reach));
        let words = range.clone().filter(|at| self.is_name(*at)).filter_map(|at| self.word(at));
        (sorted(words.map(|w| w.term).collect()), self.keys(&range))
    }

    /// The positions of the words that a span (bytes of the article) touches.
    pub fn positions(&self, span: Span) -> Range<usize> {
        let tokens = &self.unit.tokens;
        let start = tokens.partition_point(|t| t.span.end <= span.start);
        start..tokens.partition_point(|t| t.span.start < span.end).max(start)
    }

    /// The span from one word to another, both included; empty at the sentence's start where there is none.
    pub fn span(&self, from: usize, to: usize) -> Span {
        match (self.unit.tokens.get(from), self.unit.tokens.get(to)) {
            (Some(x), Some(y)) if x.span.start <= y.span.end => Span { start: x.span.start, end: y.span.end },
            _ => Span { start: self.unit.span.start, end: self.unit.span.start },
        }
    }

    /// The words of a span as they stand.
    pub fn quote(&self, span: Span) -> &'a str {
        span.of(self.text)
    }
}

/// A difference of two values whose words stand at two places: "the one or the other".
pub(super) fn apart(
    kind: DifferenceKind,
    a: &Side,
    b: &Side,
    x: Span,
    y: Span,
    degree: Degree,
) -> Difference {
    Difference { kind, note: either(a.quote(x), b.quote(y)), a: x, b: y, degree }
}

/// The one or the other, in words.
pub(super) fn either(one: &str, other: &str) -> String {
    [one, " or ", other].concat()
}

/// Two ranges of words, one of them possibly empty, between the same neighbours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// Positions in A.
    pub a: Range<usize>,
    /// Positions in B.
    pub b: Range<usize>,
}

/// The words of two sentences matched in order (longest common subsequence by stem), and what is left between.
pub(super) struct Matched {
    /// Matched words.
    pub count: usize,
    /// What is left between them, in order.
    pub gaps: Vec<Gap>,
}

/// Words of a side that are matched in order.
const MAX_MATCHED: usize = 160;

/// The longest chain of equal stems, in order, of a range of each side: pairs of positions.
pub(super) fn chain(a: &Side, b: &Side, x: Range<usize>, y: Range<usize>) -> Vec<(usize, usize)> {
    let (from_a, from_b) = (x.start, y.start);
    let (n, m) = (x.len().min(MAX_MATCHED), y.len().min(MAX_MATCHED));
    let same = |i: usize, j: usize| a.stem(from_a + i) == b.stem(from_b + j);
    let width = m + 1;
    let mut table = vec![0u16; (n + 1) * width];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            table[i * width + j] = if same(i, j) {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < n && j < m {
        if same(i, j) {
            pairs.push((from_a + i, from_b + j));
            i += 1;
            j += 1;
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Matches two sentences word by word.
pub(super) fn matched(a: &Side, b: &Side) -> Matched {
    let (n, m) = (a.tokens().len().min(MAX_MATCHED), b.tokens().len().min(MAX_MATCHED));
    let pairs = chain(a, b, 0..n, 0..m);
    let (mut from_a, mut from_b) = (0, 0);
    let mut gaps = Vec::new();
    for &(i, j) in pairs.iter().chain([&(n, m)]) {
        if from_a < i || from_b < j {
            gaps.push(Gap { a: from_a..i, b: from_b..j });
        }
        (from_a, from_b) = (i + 1, j + 1);
    }
    Matched { count: pairs.len(), gaps }
}
