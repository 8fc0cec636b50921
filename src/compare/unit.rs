//! A unit: one sentence as the comparison reads it – its words with their classes, names, numbers, dates, trigrams.
//!
//! Invariant: spans are bytes of the article's text and lie inside the unit's span; at most [`MAX_TOKENS`] words of a
//! sentence are read, so that a sentence without end costs no more than a long one. Not here: which units correspond
//! (`align.rs`) and what differs in them (`differ.rs`).

use super::{Named, reports, words};
use crate::text::common::Common;
use crate::text::fnv::{self, fnv};
use crate::text::interner::Interner;
use crate::text::sort::sort;
use crate::text::{self, DateMention, Number, Span};

/// Words read of one sentence. Longer ones (tables, texts without stops) are compared by their beginning.
pub(super) const MAX_TOKENS: usize = 300;

/// Key of a word that no name covers.
pub(super) const NO_KEY: u32 = u32::MAX;

/// A word form, once for all its occurrences.
pub(super) struct Word {
    /// Folded form.
    pub folded: String,
    /// Stem of the folded form.
    pub stem: String,
    /// Number of its class (stem, or class of stems that news use for one another).
    pub term: u32,
    /// Whether it carries a topic: not a function word.
    pub content: bool,
    /// Whether it begins with a digit.
    pub digit: bool,
    /// Whether it is a title or a role: looked up here once, not for every pair.
    pub head: bool,
    /// Whether it reports; likewise.
    pub reports: bool,
    /// Whether it says how somebody left a post, or says something of somebody; likewise.
    pub tells: bool,
    /// Whether it has to do with how far along something is; likewise.
    pub stages: bool,
}

/// All word forms of a comparison.
pub(super) struct Vocabulary<'c> {
    pub common: &'c Common,
    forms: Interner,
    terms: Interner,
    weights: Vec<f64>,
    words: Vec<Word>,
    language: Option<String>,
}

impl<'c> Vocabulary<'c> {
    /// An empty one for texts of a language.
    pub fn new(language: Option<&str>, common: &'c Common) -> Vocabulary<'c> {
        Vocabulary {
            common,
            forms: Interner::default(),
            terms: Interner::default(),
            weights: Vec::new(),
            words: Vec::new(),
            language: language.map(str::to_owned),
        }
    }

    /// The word with this number.
    pub fn word(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    /// Square root of the global idf of each term.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    fn intern(&mut self, form: &str) -> u32 {
        let number = self.forms.number(form);
        if (number as usize) < self.words.len() {
            return number;
        }
        let folded = text::fold(form);
        let stem = text::stem(&folded, self.language.as_deref());
        let class = words::class(&stem);
        let term = self.terms.number(class);
        if term as usize == self.weights.len() {
            self.weights.push(self.common.idf(class).sqrt());
        }
        let digit = folded.starts_with(|c: char| c.is_ascii_digit());
        let [stop, head, reports, leaves, stages] = words::lists(&folded);
        let content = !stop && folded.chars().any(char::is_alphanumeric);
        let tells = leaves || reports::of_somebody(&stem);
        let word = Word { stem, term, content, digit, head, reports, tells, stages, folded };
        self.words.push(word);
        number
    }
}

/// One word of a sentence.
#[derive(Clone, Copy)]
pub(super) struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its number in the vocabulary.
    pub word: u32,
    /// Key of the entity whose name covers it, or [`NO_KEY`].
    pub key: u32,
    /// Whether it is written like a name: a capital, not at the start of the sentence.
    pub capital: bool,
}

/// One content term of a sentence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    /// Its number in the vocabulary.
    pub number: u32,
    /// Key of the entity whose name holds it, or [`NO_KEY`].
    pub key: u32,
    /// Whether it is part of a name: covered by one, or written with a capital.
    pub name: bool,
}

/// One sentence.
pub(super) struct Unit {
    /// Where it stands.
    pub span: Span,
    /// Whether it is a heading.
    pub heading: bool,
    /// Its words.
    pub tokens: Vec<Token>,
    /// Hash of its folded words in order; equal for sentences that differ in spaces and punctuation only.
    pub hash: u64,
    /// Content terms, by number, each once.
    pub terms: Vec<Term>,
    /// Keys of the entities that it names, ascending, each once.
    pub keys: Vec<u32>,
    /// Hashed character trigrams of the folded words, ascending, each once.
    pub grams: Vec<u64>,
    /// Hashed pairs of neighbouring content terms, ascending, each once.
    pub bigrams: Vec<u64>,
    /// Hashed pairs of neighbouring words of any kind, ascending, each once.
    pub neighbours: Vec<u64>,
    /// Its numbers, in bytes from its start.
    pub stated: Vec<Number>,
    /// Its dates, likewise.
    pub dates: Vec<DateMention>,
    /// Values of its numbers in thousandths, ascending, each once; those of dates are not among them.
    pub numbers: Vec<i64>,
    /// Index range of its names in the article's names.
    pub names: std::ops::Range<usize>,
}

/// Hashes in order, each once; they are many.
fn ordered(mut list: Vec<u64>) -> Vec<u64> {
    list.sort_unstable();
    list.dedup();
    list
}

/// A list in order, each once.
pub(super) fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    sort(&mut list);
    list.dedup();
    list
}

/// The words of a sentence, the hash of them, and the index range of its names. `names` are the article's, ordered by
/// start; `from` is where the last sentence's names ended.
pub(super) fn tokens(
    text: &str,
    span: Span,
    names: &[Named],
    from: usize,
    vocabulary: &mut Vocabulary,
) -> (Vec<Token>, u64, std::ops::Range<usize>) {
    let sentence = span.of(text);
    let first = from + names.get(from..).unwrap_or(&[]).partition_point(|n| n.span.start < span.start);
    let last = first + names.get(first..).unwrap_or(&[]).partition_point(|n| n.span.start < span.end);
    let mut tokens: Vec<Token> = Vec::new();
    let mut hash = fnv::START;
    let mut read_all = true;
    for (order, local) in text::words(sentence).enumerate() {
        let form = local.of(sentence);
        if order >= MAX_TOKENS {
            // Past the cap only the hash goes on, over raw bytes.
            hash = fnv(hash, sentence.get(local.start as usize..).unwrap_or("").bytes());
            read_all = false;
            break;
        }
        let word = vocabulary.intern(form);
        hash = fnv(fnv(hash, vocabulary.word(word).folded.bytes()), *b" ");
        let place = Span { start: span.start + local.start, end: span.start + local.end };
        let capital = order > 0 && form.chars().next().is_some_and(text::is_capital);
        tokens.push(Token { span: place, word, key: NO_KEY, capital });
    }
    if tokens.is_empty() && read_all {
        hash = fnv(hash, sentence.trim().bytes());
    }
    for name in names.get(first..last).unwrap_or(&[]) {
        let start = tokens.partition_point(|t| t.span.end <= name.span.start);
        for token in tokens.iter_mut().skip(start).take_while(|t| t.span.start < name.span.end) {
            if token.key == NO_KEY && name.kind.is_entity() {
                token.key = name.key;
            }
        }
    }
    (tokens, hash, first..last)
}

/// Reads a sentence; see [`tokens`].
pub(super) fn read(
    text: &str,
    span: Span,
    heading: bool,
    names: &[Named],
    from: usize,
    vocabulary: &mut Vocabulary,
) -> Unit {
    let (tokens, hash, names) = tokens(text, span, names, from, vocabulary);
    let content: Vec<Term> = tokens
        .iter()
        .filter(|t| vocabulary.word(t.word).content)
        .map(|t| Term {
            number: vocabulary.word(t.word).term,
            key: t.key,
            name: t.capital || t.key != NO_KEY,
        })
        .collect();
    let pair = |one: u32, next: u32| (u64::from(one) << 32) | u64::from(next);
    let bigrams = ordered(content.windows(2).map(|w| pair(w[0].number, w[1].number)).collect());
    let term = |token: &Token| vocabulary.word(token.word).term;
    let neighbours = ordered(tokens.windows(2).map(|w| pair(term(&w[0]), term(&w[1]))).collect());
    let mut terms = sorted(content);
    terms.dedup_by_key(|t| t.number);
    let keys = sorted(tokens.iter().map(|t| t.key).filter(|k| *k != NO_KEY).collect());
    let grams = grams(&tokens, vocabulary);
    let place = |s: Span| Span { start: s.start - span.start, end: s.end - span.start };
    let (read, words) = (words_of(text, span, &tokens), &*vocabulary);
    let said = tokens.iter().map(|t| (place(t.span), words.word(t.word).folded.as_str(), true));
    let said = said.take_while(|(place, ..)| place.end as usize <= read.len());
    let (dates, stated) = text::dates_and_numbers(read, said);
    let finite = stated.iter().filter(|n| n.value.is_finite());
    let numbers = sorted(finite.map(|n| (n.value * 1000.0) as i64).collect());
    Unit {
        span,
        heading,
        hash,
        terms,
        keys,
        grams,
        bigrams,
        neighbours,
        numbers,
        stated,
        dates,
        names,
        tokens,
    }
}

/// Hashed character trigrams over the folded words with a space between.
fn grams(tokens: &[Token], vocabulary: &Vocabulary) -> Vec<u64> {
    let mut grams = Vec::new();
    let mut window = ['\0', '\0', ' '];
    for token in tokens {
        for c in vocabulary.word(token.word).folded.chars().chain([' ']) {
            window = [window[1], window[2], c];
            if window[0] != '\0' {
                let packed = window
                    .iter()
                    .fold(0u64, |h, c| h.wrapping_mul(0x9e37_79b1).wrapping_add(u64::from(*c as u32)));
                grams.push((packed ^ (packed >> 29)) & 0xffff_ffff);
            }
        }
    }
    ordered(grams)
}

/// Bytes of a sentence that are read for values.
const MAX_BYTES: u32 = 20_000;

/// The text of a sentence as far as it is read for values.
fn words_of<'t>(text: &'t str, span: Span, tokens: &[Token]) -> &'t str {
    let last = tokens.last().map_or(span.start, |t| t.span.end).max(span.start);
    // A "%" or a unit sign may follow the last word.
    let end = span.end.min(last.saturating_add(4)).min(span.start.saturating_add(MAX_BYTES));
    match Span::new(span.start as usize, end as usize).of(text) {
        "" => Span { start: span.start, end: last }.of(text),
        text => text,
    }
}

/// How many elements two ascending lists share.
pub(super) fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}

/// Dice coefficient of two ascending lists.
pub(super) fn dice<T: Ord>(a: &[T], b: &[T]) -> f64 {
    let total = a.len() + b.len();
    if total == 0 { 0.0 } else { 2.0 * shared(a, b) as f64 / total as f64 }
}
