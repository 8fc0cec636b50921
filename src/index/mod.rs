//! The index: which article has which word where, as bytes that are read in place.
//!
//! `magic, version, end of each section, sections`: the order of the articles, the table of their lengths (words in the title,
//! word numbers in the text), the languages (bytes of their names, the names, and where there are more than one that of each
//! article: a few bits), the dictionary of terms, their postings, the dictionary of stems,
//! the terms of each stem, the first word of each sentence. But for the first, all go by the articles' numbers in the index:
//! see `order`. A term is a folded word as it stands; stems only lead
//! to terms, so a literal hit and a word form are never mistaken for each other.
//!
//! Each structure is a writer and a reader in one file: `bytes`, `bits`, `dictionary`, `postings`; `build` is the way
//! there, this file the way back; `impact` is what a word weighs in an article. Invariant: opening checks the table; every later read is checked and total, so
//! damaged bytes give fewer hits, never a panic. Not here: queries, scores, texts.

mod bits;
mod build;
mod bytes;
mod dictionary;
mod impact;
mod met;
mod near;
mod order;
mod postings;
mod sentences;
pub mod words;

pub use dictionary::Entry;
pub use impact::{bound, bounded, saturated};
pub use met::Met;
pub use near::Near;
pub use postings::{NONE, Postings, times_of};

use crate::article::Article;
use crate::text;
use crate::text::sort::sort_by_key;
use bytes::{Cursor, u32_at};
use dictionary::Dictionary;
use order::Order;
use postings::ROW;
use std::cell::{OnceCell, RefCell, RefMut};
use std::ops::Range;
use std::sync::Arc;

const MAGIC: &[u8; 4] = b"XRIX";
const VERSION: u32 = 4;
const SECTIONS: usize = 8;
const HEADER: usize = 8 + 4 * SECTIONS;

/// An open index; the default one knows no articles.
#[derive(Clone, Default)]
pub struct Index {
    bytes: Arc<Vec<u8>>,
    sections: [Range<usize>; SECTIONS],
    languages: Vec<String>,
    /// Where the numbers of the articles' languages stand in their section, and the bits of one, as a power of two.
    numbers: (usize, u32),
    articles: u32,
    order: Order,
    /// What a time in the title and in the text weighs, by number in the index.
    norms: Vec<[f32; 2]>,
    /// To find words and stems by.
    heads: [Vec<u64>; 2],
    /// For near spellings; made when first asked for.
    letters: OnceCell<near::Letters>,
    /// Words of articles that have been asked about.
    met: RefCell<Met>,
}

/// Which sections there are, in their order.
#[derive(Clone, Copy)]
enum Section {
    Order,
    Articles,
    Languages,
    Terms,
    Postings,
    Stems,
    Forms,
    Sentences,
}

/// What is known of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Words in the title.
    pub title: u32,
    /// Word numbers in the text: its words, and one between two blocks.
    pub text: u32,
    /// The number of its language, below 64.
    pub language: u32,
}

impl Index {
    /// The index of `articles` as bytes; the same bytes on every target.
    pub fn build(articles: &[Article]) -> Vec<u8> {
        build::build(articles)
    }

    /// The index of these articles and, behind them, `more`, as bytes: the same that [`Index::build`] makes of all,
    /// without reading the texts of the first again.
    pub fn add(&self, more: &[Article]) -> Vec<u8> {
        build::add(self, more)
    }

    /// Opens the bytes of [`Index::build`]. The error says what is wrong with them.
    pub fn open(bytes: impl Into<Arc<Vec<u8>>>) -> Result<Index, String> {
        let bytes = bytes.into();
        let all = 0..bytes.len();
        Index::open_in(bytes, all)
    }

    /// The same, of a part of a larger file, which is shared and not copied.
    pub fn open_in(file: Arc<Vec<u8>>, part: Range<usize>) -> Result<Index, String> {
        let bytes = file.get(part.clone()).unwrap_or_default();
        if bytes.get(..4) != Some(MAGIC) {
            return Err("the index does not begin as one".into());
        }
        if u32_at(bytes, 4) != Some(VERSION) {
            return Err("the index is of another version, or cut short".into());
        }
        let mut sections: [Range<usize>; SECTIONS] = Default::default();
        let mut start = HEADER;
        for (at, section) in sections.iter_mut().enumerate() {
            let end = u32_at(bytes, 8 + 4 * at).map(|end| HEADER + end as usize);
            let end = end.filter(|end| start <= *end && *end <= bytes.len());
            *section = start..end.unwrap_or(usize::MAX);
            start = section.end;
        }
        if start != bytes.len() {
            return Err("the index is cut short, or its table is damaged".into());
        }
        let place = |section: Range<usize>| part.start + section.start..part.start + section.end;
        let mut index = Index { sections: sections.map(place), bytes: file, ..Index::default() };
        index.check()?;
        Ok(index)
    }

    fn check(&mut self) -> Result<(), String> {
        let damaged = |what: &str| format!("the index's {what} is damaged");
        let table = self.section(Section::Articles);
        if !table.len().is_multiple_of(ROW) {
            return Err(damaged("table of articles"));
        }
        self.articles = (table.len() / ROW) as u32;
        let order = Order::read(self.section(Section::Order), self.articles as usize);
        self.order = order.ok_or_else(|| damaged("order of articles"))?;
        let section = self.section(Section::Languages);
        let length = u32_at(section, 0).and_then(|length| 4usize.checked_add(length as usize));
        let names = length.and_then(|length| std::str::from_utf8(section.get(4..length)?).ok());
        let names = names.ok_or_else(|| damaged("list of languages"))?;
        let languages: Vec<String> = names.split('\n').map(str::to_owned).collect();
        let bits = bits_of_language(languages.len());
        let several = if languages.len() > 1 { (self.articles as usize).div_ceil(8 >> bits) } else { 0 };
        if section.len() != 4 + names.len() + several {
            return Err(damaged("list of languages"));
        }
        self.numbers = (section.len() - several, bits);
        self.languages = languages;
        let dictionaries = [(Section::Terms, "dictionary of terms"), (Section::Stems, "dictionary of stems")];
        for (at, (section, what)) in dictionaries.into_iter().enumerate() {
            let heads = Dictionary::open(self.section(section)).ok_or_else(|| damaged(what))?.heads();
            self.heads[at] = heads;
        }
        let table = self.section(Section::Articles);
        let lengths = |doc| postings::lengths(table, doc);
        let mean = mean((0..self.articles).map(lengths));
        let norms = |doc| {
            let (title, text) = lengths(doc);
            impact::norms(title, text, mean)
        };
        self.norms = (0..self.articles).map(norms).collect();
        Ok(())
    }

    /// The bytes, from the first section's head on.
    pub fn bytes(&self) -> &[u8] {
        let end = self.sections.last().map_or(0, |last| last.end);
        let start = self.sections.first().map_or(0, |first| first.start).saturating_sub(HEADER);
        self.bytes.get(start..end).unwrap_or_default()
    }

    fn section(&self, section: Section) -> &[u8] {
        self.sections
            .get(section as usize)
            .and_then(|range| self.bytes.get(range.clone()))
            .unwrap_or_default()
    }

    fn terms(&self) -> Dictionary<'_> {
        Dictionary::open(self.section(Section::Terms)).unwrap_or_default().with(&self.heads[0])
    }

    fn stems(&self) -> Dictionary<'_> {
        Dictionary::open(self.section(Section::Stems)).unwrap_or_default().with(&self.heads[1])
    }

    fn data(&self, entry: &Entry) -> &[u8] {
        self.section(Section::Postings).get(entry.data.clone()).unwrap_or_default()
    }

    /// Articles in the corpus.
    pub fn articles(&self) -> u32 {
        self.articles
    }

    /// The number in the index of an article: all that follows goes by these numbers.
    #[inline]
    pub fn doc(&self, article: u32) -> u32 {
        self.order.doc(article)
    }

    /// The article that has this number in the index.
    #[inline]
    pub fn article(&self, doc: u32) -> u32 {
        self.order.article(doc)
    }

    /// What is known of an article; zeros for one that is not there.
    pub fn row(&self, doc: u32) -> Row {
        let (title, text) = postings::lengths(self.section(Section::Articles), doc);
        Row { title, text, language: self.language(doc) }
    }

    /// The number of an article's language, below 64.
    #[inline]
    pub fn language(&self, doc: u32) -> u32 {
        let (start, bits) = self.numbers;
        // So many to a byte, as a power of two.
        let many = 3 - bits;
        let byte = self.section(Section::Languages).get(start + (doc >> many) as usize);
        let number = byte.map_or(0, |byte| byte >> ((doc & ((1 << many) - 1)) << bits));
        u32::from(number) & ((1 << (1 << bits)) - 1) & 63
    }

    /// Languages, a bit each, by number.
    pub fn languages(&self) -> u64 {
        u64::MAX >> (64 - self.languages.len().clamp(1, 64))
    }

    /// What one time in the title, and one in the text, weighs in an article; what is added up so is then
    /// [`saturated`].
    #[inline]
    pub fn norm(&self, doc: u32) -> [f32; 2] {
        self.norms.get(doc as usize).copied().unwrap_or_default()
    }

    /// The term that is exactly `word`, which must be folded.
    pub fn term(&self, word: &str) -> Option<Entry> {
        self.terms().get(word)
    }

    /// Whether a word, folded, or a stem of some language stands in the articles.
    pub fn has(&self, stem: &str) -> bool {
        let stems = self.stems();
        self.terms().get(stem).is_some()
            || (0..self.languages.len()).any(|at| stems.get(&stem_key(at, stem)).is_some())
    }

    /// All terms that begin with `prefix`, in order.
    pub fn prefix(&self, prefix: &str) -> impl Iterator<Item = (String, Entry)> {
        self.terms().prefix(prefix)
    }

    /// All terms at 1 to `most` edits from `word`, in order.
    pub fn near(&self, word: &str, most: u32) -> Vec<Near> {
        let terms = self.terms();
        self.letters.get_or_init(|| near::Letters::new(&terms)).near(&terms, word, most)
    }

    /// The terms that share a stem with `word`, itself excepted, each with the languages (a bit each, by number)
    /// in whose articles they do, in order; and how many articles have `word` or any of them.
    pub fn forms(&self, word: &str) -> (Vec<(String, Entry, u64)>, u32) {
        let terms = self.terms();
        let stems = self.stems();
        let mut found: Vec<(String, Entry, u64)> = Vec::new();
        let mut having = terms.get(word).map_or(0, |entry| entry.weight);
        // The stem in the language before.
        let mut last: Option<(Option<&str>, String)> = None;
        for (at, language) in self.languages.iter().take(64).enumerate() {
            let language = Some(language.as_str()).filter(|language| !language.is_empty());
            if !text::has_stems(language) {
                continue;
            }
            let stem = match last.take().filter(|(before, _)| text::stems_alike(*before, language)) {
                Some((_, stem)) => stem,
                None => text::stem(word, language),
            };
            let members: Vec<(String, Entry)> = match stems.get(&stem_key(at, &stem)) {
                Some(group) => {
                    having = having.max(group.weight);
                    self.members(&group).filter_map(|ordinal| terms.nth(ordinal)).collect()
                }
                // A stem that stands as a word need not be one of its own forms.
                None if stem != word && text::stem(&stem, language) == stem => {
                    terms.get(&stem).map(|entry| (stem.clone(), entry)).into_iter().collect()
                }
                None => Vec::new(),
            };
            last = Some((language, stem));
            for (key, entry) in members {
                if key == word {
                    continue;
                }
                having = having.max(entry.weight);
                match found.iter_mut().find(|(_, known, _)| *known == entry) {
                    Some((_, _, languages)) => *languages |= 1 << at,
                    None => found.push((key, entry, 1 << at)),
                }
            }
        }
        sort_by_key(&mut found, |(_, entry, _)| entry.ordinal);
        (found, having.min(self.articles))
    }

    /// How many articles have `word` or a term that shares a stem with it, without looking for those; `stem` is that of
    /// the word in the language `of`.
    pub fn having(&self, word: &str, stem: &str, of: Option<&str>) -> u32 {
        let (terms, stems) = (self.terms(), self.stems());
        let mut having = terms.get(word).map_or(0, |entry| entry.weight);
        for (at, language) in self.languages.iter().take(64).enumerate() {
            let language = Some(language.as_str()).filter(|language| !language.is_empty());
            if !text::has_stems(language) {
                continue;
            }
            let other = (!text::stems_alike(language, of)).then(|| text::stem(word, language));
            let stem = other.as_deref().unwrap_or(stem);
            let alone = || if stem == word { None } else { terms.get(stem) };
            let group = stems.get(&stem_key(at, stem)).or_else(alone);
            having = having.max(group.map_or(0, |group| group.weight));
        }
        having.min(self.articles)
    }

    fn members(&self, group: &Entry) -> impl Iterator<Item = u32> {
        let bytes = self.section(Section::Forms).get(group.data.clone()).unwrap_or_default();
        let mut cursor = Cursor::new(bytes);
        let mut last = 0u32;
        std::iter::from_fn(move || {
            last = last.checked_add(cursor.varint()?)?;
            Some(last)
        })
    }

    /// Where a term stands; an article is to be sought first.
    pub fn postings(&self, entry: &Entry) -> Postings<'_> {
        Postings::new(self.data(entry), entry.weight, self.section(Section::Articles))
    }

    /// Words of articles that have been asked about.
    pub fn met(&self) -> RefMut<'_, Met> {
        self.met.borrow_mut()
    }

    /// What a term weighs in an article, by whether it is in the title and how often in the text.
    #[inline]
    pub fn impact(&self, doc: u32, (title, text): (bool, u32)) -> f64 {
        let [one, each] = self.norm(doc);
        saturated(f64::from(if title { one } else { 0.0 }) + f64::from(text) * f64::from(each))
    }

    /// Raises `bounds` to the greatest impact of a term in each window of `1 << shift` articles.
    pub fn spread(&self, postings: &mut Postings, shift: u32, bounds: &mut [f64]) {
        postings.spread(shift, &|doc, times| self.impact(doc, times), bounds);
    }

    /// The number of the first word of each sentence of an article, ascending.
    pub fn sentences(&self, doc: u32) -> Vec<u32> {
        let table = self.section(Section::Articles);
        sentences::read(self.section(Section::Sentences), self.articles, doc, |doc| {
            postings::lengths(table, doc).1
        })
    }
}

/// Mean words of a title (of the articles that have one) and of a text.
fn mean(lengths: impl Iterator<Item = (u32, u32)>) -> [f64; 2] {
    let (mut titles, mut texts, mut title, mut text) = (0u64, 0u64, 0u64, 0u64);
    for (in_title, in_text) in lengths {
        titles += u64::from(in_title > 0);
        texts += 1;
        title += u64::from(in_title);
        text += u64::from(in_text);
    }
    let mean = |sum: u64, count: u64| sum.max(1) as f64 / count.max(1) as f64;
    [mean(title, titles), mean(text, texts)]
}

/// The bits, as a power of two, that say which of so many languages one is.
fn bits_of_language(languages: usize) -> u32 {
    u32::from(languages > 2) + u32::from(languages > 4) + u32::from(languages > 16)
}

/// The key of a stem in the dictionary of stems: one letter for the language, then the stem.
fn stem_key(language: usize, stem: &str) -> String {
    let mut key = String::with_capacity(stem.len() + 1);
    key.push(char::from(b'@' + language.min(63) as u8));
    key.push_str(stem);
    key
}
