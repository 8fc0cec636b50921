//! The index: which article has which word where, as bytes that are read in place.
//!
//! `magic, version, end of each section, sections`: the table of articles (words in the title, words in the text,
//! language: three `u32` each), the languages, the dictionary of terms, their postings, the dictionary of stems,
//! the terms of each stem, the first word of each sentence. A term is a folded word as it stands; stems only lead
//! to terms, so a literal hit and a word form are never mistaken for each other.
//!
//! Each structure is a writer and a reader in one file: `bytes`, `dictionary`, `postings`; `build` is the way
//! there, this file the way back. Invariant: opening checks the table; every later read is checked and total, so
//! damaged bytes give fewer hits, never a panic. Not here: queries, scores, texts.

mod build;
mod bytes;
mod dictionary;
mod near;
mod postings;
pub mod words;

pub use dictionary::Entry;
pub use near::Near;
pub use postings::Posting;

use crate::article::Article;
use crate::text;
use crate::text::sort::sort_by_key;
use bytes::{Cursor, u32_at};
use dictionary::Dictionary;
use std::ops::Range;
use std::sync::Arc;

const MAGIC: &[u8; 4] = b"XRIX";
const VERSION: u32 = 1;
const SECTIONS: usize = 7;
const HEADER: usize = 8 + 4 * SECTIONS;
/// Bytes of one row of the table of articles.
const ROW: usize = 12;

/// An open index; the default one knows no articles.
#[derive(Clone, Default)]
pub struct Index {
    bytes: Arc<[u8]>,
    sections: [Range<usize>; SECTIONS],
    languages: Vec<String>,
    articles: u32,
    /// Mean words of a title that is there, and of a text.
    mean: [f64; 2],
}

/// Which sections there are, in their order.
#[derive(Clone, Copy)]
enum Section {
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
    /// Words in the text.
    pub text: u32,
    /// The number of its language, below 64.
    pub language: u32,
}

impl Index {
    /// The index of `articles` as bytes; the same bytes on every target.
    pub fn build(articles: &[Article]) -> Vec<u8> {
        build::build(articles)
    }

    /// Opens the bytes of [`Index::build`]. The error says what is wrong with them.
    pub fn open(bytes: Arc<[u8]>) -> Result<Index, String> {
        if bytes.get(..4) != Some(MAGIC) {
            return Err("the index does not begin as one".into());
        }
        match u32_at(&bytes, 4) {
            Some(VERSION) => {}
            Some(version) => {
                return Err(format!("the index has version {version}, this program reads {VERSION}"));
            }
            None => return Err("the index is cut short".into()),
        }
        let mut sections: [Range<usize>; SECTIONS] = Default::default();
        let mut start = HEADER;
        for (at, section) in sections.iter_mut().enumerate() {
            let end = u32_at(&bytes, 8 + 4 * at).map(|end| HEADER + end as usize);
            match end {
                Some(end) if start <= end && end <= bytes.len() => *section = start..end,
                _ => return Err("the index is cut short, or its table is damaged".into()),
            }
            start = section.end;
        }
        if start != bytes.len() {
            return Err("the index has bytes behind its end".into());
        }
        let mut index = Index { bytes, sections, languages: Vec::new(), articles: 0, mean: [1.0; 2] };
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
        let languages = std::str::from_utf8(self.section(Section::Languages));
        self.languages =
            languages.map_err(|_| damaged("list of languages"))?.split('\n').map(str::to_owned).collect();
        for (section, what) in
            [(Section::Terms, "dictionary of terms"), (Section::Stems, "dictionary of stems")]
        {
            Dictionary::open(self.section(section)).ok_or_else(|| damaged(what))?;
        }
        let (mut titles, mut title, mut text) = (0u64, 0u64, 0u64);
        for article in 0..self.articles {
            let row = self.row(article);
            if row.language as usize >= self.languages.len().min(64) {
                return Err(damaged("table of articles"));
            }
            titles += u64::from(row.title > 0);
            title += u64::from(row.title);
            text += u64::from(row.text);
        }
        self.mean = [
            title.max(1) as f64 / titles.max(1) as f64,
            text.max(1) as f64 / u64::from(self.articles.max(1)) as f64,
        ];
        Ok(())
    }

    fn section(&self, section: Section) -> &[u8] {
        self.sections
            .get(section as usize)
            .and_then(|range| self.bytes.get(range.clone()))
            .unwrap_or_default()
    }

    fn terms(&self) -> Dictionary<'_> {
        Dictionary::open(self.section(Section::Terms)).unwrap_or_default()
    }

    fn data(&self, entry: &Entry) -> &[u8] {
        self.section(Section::Postings).get(entry.data.clone()).unwrap_or_default()
    }

    /// Articles in the corpus.
    pub fn articles(&self) -> u32 {
        self.articles
    }

    /// What is known of an article; zeros for one that is not there.
    pub fn row(&self, article: u32) -> Row {
        let table = self.section(Section::Articles);
        let field = |at: usize| u32_at(table, article as usize * ROW + at).unwrap_or(0);
        Row { title: field(0), text: field(4), language: field(8) }
    }

    /// Mean words of a title (of the articles that have one) and of a text.
    pub fn mean_words(&self) -> [f64; 2] {
        self.mean
    }

    /// The term that is exactly `word`, which must be folded.
    pub fn term(&self, word: &str) -> Option<Entry> {
        self.terms().get(word)
    }

    /// All terms that begin with `prefix`, in order.
    pub fn prefix(&self, prefix: &str) -> impl Iterator<Item = (String, Entry)> {
        self.terms().prefix(prefix)
    }

    /// All terms at 1 to `most` edits from `word`, in order.
    pub fn near(&self, word: &str, most: u32) -> Vec<Near> {
        near::near(&self.terms(), word, most)
    }

    /// The terms that share a stem with `word`, itself excepted, each with the languages (a bit each, by number)
    /// in whose articles they do; in order.
    pub fn forms(&self, word: &str) -> Vec<(String, Entry, u64)> {
        let terms = self.terms();
        let stems = Dictionary::open(self.section(Section::Stems)).unwrap_or_default();
        let mut found: Vec<(String, Entry, u64)> = Vec::new();
        for (at, language) in self.languages.iter().take(64).enumerate() {
            let language = Some(language.as_str()).filter(|language| !language.is_empty());
            let stem = text::stem(word, language);
            let members: Vec<(String, Entry)> = match stems.get(&stem_key(at, &stem)) {
                Some(group) => self.members(&group).filter_map(|ordinal| terms.nth(ordinal)).collect(),
                None => terms.get(&stem).map(|entry| (stem.clone(), entry)).into_iter().collect(),
            };
            for (key, entry) in members {
                if key == word || text::stem(&key, language) != stem {
                    continue;
                }
                match found.iter_mut().find(|(_, known, _)| *known == entry) {
                    Some((_, _, languages)) => *languages |= 1 << at,
                    None => found.push((key, entry, 1 << at)),
                }
            }
        }
        sort_by_key(&mut found, |(_, entry, _)| entry.ordinal);
        found
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

    /// Where a term stands: articles ascending.
    pub fn postings(&self, entry: &Entry) -> Vec<Posting> {
        postings::read(self.data(entry), self.articles)
    }

    /// The word numbers of a posting of `entry`, in the title or in the text, ascending (see [`words`]).
    pub fn positions(&self, entry: &Entry, posting: &Posting, title: bool) -> Vec<u32> {
        postings::positions(self.data(entry), posting, title)
    }

    /// The number of the first word of each sentence of an article, ascending.
    pub fn sentences(&self, article: u32) -> Vec<u32> {
        let section = self.section(Section::Sentences);
        let head = self.articles as usize * 4;
        let offset =
            |article: u32| u32_at(section.get(..head)?, article as usize * 4).map(|at| head + at as usize);
        let end = offset(article.saturating_add(1)).unwrap_or(section.len());
        let bytes = offset(article).and_then(|start| section.get(start..end)).unwrap_or_default();
        let mut cursor = Cursor::new(bytes);
        let mut last = 0u32;
        std::iter::from_fn(move || {
            last = last.checked_add(cursor.varint()?)?;
            Some(last)
        })
        .collect()
    }
}

/// The key of a stem in the dictionary of stems: one letter for the language, then the stem.
fn stem_key(language: usize, stem: &str) -> String {
    let mut key = String::with_capacity(stem.len() + 1);
    key.push(char::from(b'@' + language.min(63) as u8));
    key.push_str(stem);
    key
}
