//! A segment: the index of some articles, as bytes that are read in place and never change.
//!
//! `magic, version and whether an article has a heading, end of each section, sections`: the order of the articles, the table
//! of their lengths (words in the title, word numbers in the text), the languages (bytes of their names, the names, and where
//! there are more than one that of each article: a few bits), the dictionary of terms, their postings, the dictionary of
//! stems, the terms of each stem, the first word of each sentence and which are headings. But for the first, all go by the
//! articles' numbers in the segment: see `order`. A term is a folded word as it stands; stems only lead to terms, so a
//! literal hit and a word form are never mistaken for each other.
//!
//! Invariant: opening checks the table; every later read is checked and total, so damaged bytes give fewer hits, never a
//! panic. Not here: writing (see `build`), several segments as one index (see `mod`).

use super::bytes::{Cursor, u32_at};
use super::dictionary::{Dictionary, Entry};
use super::order::Order;
use super::postings::{self, Postings, ROW};
use super::sentences::{self, Sentences};
use super::{Row, near};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub(super) const MAGIC: &[u8; 4] = b"XRIX";
pub(super) const VERSION: u32 = 5;
/// The bit beside the version that says that an article has a heading: where none has, nothing is written of them.
pub(super) const HEADINGS: u32 = 1 << 16;
pub(super) const SECTIONS: usize = 8;
const HEADER: usize = 8 + 4 * SECTIONS;

/// An open segment.
#[derive(Default)]
pub struct Segment {
    bytes: Arc<Vec<u8>>,
    sections: [Range<usize>; SECTIONS],
    /// The languages of its articles, by number.
    pub languages: Vec<String>,
    /// Where the numbers of the articles' languages stand in their section, and the bits of one, as a power of two.
    numbers: (usize, u32),
    /// How many there are.
    pub articles: u32,
    /// Whether any has a heading.
    pub headings: bool,
    /// Which number each has.
    pub order: Order,
    /// To find words and stems by.
    heads: [Vec<u64>; 2],
    /// For near spellings; made when first asked for.
    letters: OnceLock<near::Letters>,
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

impl Segment {
    /// Opens a part of a file, which is shared and not copied. The error says what is wrong with it.
    pub fn open(file: Arc<Vec<u8>>, part: Range<usize>) -> Result<Segment, String> {
        let bytes = file.get(part.clone()).unwrap_or_default();
        if bytes.get(..4) != Some(MAGIC) {
            return Err("the index does not begin as one".into());
        }
        let version = u32_at(bytes, 4).unwrap_or(0);
        if version & !HEADINGS != VERSION {
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
        let sections = sections.map(place);
        let headings = version & HEADINGS > 0;
        let mut segment = Segment { sections, bytes: file, headings, ..Segment::default() };
        segment.check()?;
        Ok(segment)
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

    /// The dictionary of terms; an entry's weight is the articles that have it.
    pub fn terms(&self) -> Dictionary<'_> {
        Dictionary::open(self.section(Section::Terms)).unwrap_or_default().with(&self.heads[0])
    }

    /// The dictionary of stems (see [`stem_key`]); an entry's weight is the articles that have any of its terms.
    pub fn stems(&self) -> Dictionary<'_> {
        Dictionary::open(self.section(Section::Stems)).unwrap_or_default().with(&self.heads[1])
    }

    /// The ordinals of the terms of a stem, ascending.
    pub fn members(&self, group: &Entry) -> impl Iterator<Item = u32> {
        let bytes = self.section(Section::Forms).get(group.data.clone()).unwrap_or_default();
        let mut cursor = Cursor::new(bytes);
        let mut last = 0u32;
        std::iter::from_fn(move || {
            last = last.checked_add(cursor.varint()?)?;
            Some(last)
        })
    }

    /// Where a term stands; see [`Postings::new`].
    pub fn postings(&self, entry: &Entry, first: u32, stretch: f64) -> Postings<'_> {
        let data = self.section(Section::Postings).get(entry.data.clone()).unwrap_or_default();
        Postings::new(data, entry.weight, self.table(), self.headings, first, stretch)
    }

    /// The table of articles; see [`postings::lengths`].
    pub fn table(&self) -> &[u8] {
        self.section(Section::Articles)
    }

    /// Words in the title and word numbers in the text of every article.
    pub fn lengths(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0..self.articles).map(|doc| postings::lengths(self.table(), doc))
    }

    /// What is known of an article; zeros for one that is not there.
    pub fn row(&self, doc: u32) -> Row {
        let (title, text) = postings::lengths(self.table(), doc);
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

    /// All terms at 1 to `most` edits from `word`, in order.
    pub fn near(&self, word: &str, most: u32) -> Vec<near::Near> {
        let terms = self.terms();
        self.letters.get_or_init(|| near::Letters::new(&terms)).near(&terms, word, most)
    }

    /// Where the sentences of an article begin, and which are headings.
    pub fn sentences(&self, doc: u32) -> Sentences {
        let length = |doc| postings::lengths(self.table(), doc).1;
        sentences::read(self.section(Section::Sentences), self.articles, doc, length, self.headings)
    }
}

/// The bits, as a power of two, that say which of so many languages one is.
pub(super) fn bits_of_language(languages: usize) -> u32 {
    u32::from(languages > 2) + u32::from(languages > 4) + u32::from(languages > 16)
}

/// The key of a stem in the dictionary of stems: one letter for the language, by its number in the segment, then the stem.
pub(super) fn stem_key(language: usize, stem: &str) -> String {
    let mut key = String::with_capacity(stem.len() + 1);
    key.push(char::from(b'@' + language.min(63) as u8));
    key.push_str(stem);
    key
}
