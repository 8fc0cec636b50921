//! The corpus: articles with everything that is known about them, and its bytes.
//!
//! Invariant: the same title and articles give the same bytes on any machine; [`Corpus::from_bytes`] is total
//! on any bytes. Not here: how the index, the names or the views come about.

mod articles;
mod base64;
mod blocks;
mod checksum;
mod crc;
mod edition;
mod file;
mod lexicon;
mod names;
mod packer;
pub mod page;
mod records;
mod static_html;
mod texts;
pub(crate) mod wire;
mod xxh;

pub use checksum::checksum;
pub use edition::hex;
pub use file::{Damage, FORMAT, Section};
pub use static_html::{articles as static_html, escape};

use crate::article::Article;
use crate::entities::corrections::{self, Corrections};
use crate::entities::{self, Entities, SaidOfPair};
use crate::index::Index;
use crate::text::common::{self, Common};
pub use articles::Articles;
use articles::{Bytes, Packed};
use file::MAGIC;
use std::sync::{Arc, OnceLock};
use wire::{Read, Reader, put_str};

/// Who writes corpus files here.
const MADE_BY: &str = concat!("Crossread ", env!("CARGO_PKG_VERSION"));

/// Articles and what is known about them.
#[derive(Clone, Default)]
pub struct Corpus {
    /// Title of the whole; may be empty.
    pub title: String,
    /// Program and version that made it.
    pub made_by: String,
    /// The articles, in their order.
    pub articles: Articles,
    /// Whom and what they name, as corrected; nobody where the names have not been recognised yet.
    pub entities: Arc<Entities>,
    /// Whom and what they name, as recognised.
    recognised: Arc<Entities>,
    /// Whether they have been.
    named: bool,
    corrections: Corrections,
    /// Ids of entities that went by a correction, with the index of the one that each leads to.
    pub former: Vec<(String, u32)>,
    /// What corrections say of pairs of passages.
    pub pairs: Vec<SaidOfPair>,
    /// Corrections that do not fit these articles, by their index, and why.
    pub unfit: Vec<(usize, String)>,
    /// Where their words stand.
    pub index: Index,
    /// How common their stems are.
    pub common: Arc<Common>,
    /// The optional sections that hold something, in the order of [`Section::OPTIONAL`].
    optional: Vec<(Section, Vec<u8>)>,
}

impl Corpus {
    /// A corpus of articles: indexes them and recognises the names in them.
    pub fn new(title: String, articles: Vec<Article>) -> Corpus {
        let mut corpus = Corpus::unnamed(title, articles);
        corpus.name();
        corpus
    }

    /// A corpus of articles, indexed. The names in them are recognised by [`Corpus::name`].
    pub fn unnamed(title: String, articles: Vec<Article>) -> Corpus {
        // What has just been built opens; where it did not, search finds nothing and the rest works.
        let index = Index::open(Index::build(&articles)).unwrap_or_default();
        Corpus::of(title, articles, index)
    }

    /// This corpus with more articles behind its own: the same as a new one of all, without reading these texts again
    /// to index them. What a reader added stays, what is derived from the articles is derived again.
    pub fn grown(&self, title: String, more: Vec<Article>) -> Corpus {
        let index = self.index.add(&more).unwrap_or_default();
        let mut articles = self.articles.to_vec();
        articles.extend(more);
        let mut corpus = Corpus::of(title, articles, index);
        corpus.set_optional(Section::Notes, self.optional(Section::Notes).to_vec());
        corpus.name();
        corpus.set_corrections(self.corrections.clone());
        corpus
    }

    fn of(title: String, articles: Vec<Article>, index: Index) -> Corpus {
        let articles = Articles::from(articles);
        let lines = common::among(|stem| index.has(stem));
        let common = Arc::new(Common::read(&lines));
        let mut corpus =
            Corpus { title, made_by: MADE_BY.to_owned(), articles, index, common, ..Corpus::default() };
        corpus.set_optional(Section::Common, lines.into_bytes());
        corpus
    }

    /// Recognises the names in the articles, where that has not been done.
    pub fn name(&mut self) {
        if !self.named {
            self.recognised = Arc::new(entities::recognise(&self.articles));
            self.named = true;
            self.set_corrections(self.corrections.clone());
        }
    }

    /// Whether the names have been recognised.
    pub fn is_named(&self) -> bool {
        self.named
    }

    /// What a reader has corrected.
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// Puts other corrections in place of these, and applies them to what was recognised.
    pub fn set_corrections(&mut self, corrections: Corrections) {
        let records = corrections.records();
        let bytes = if records.is_empty() { Vec::new() } else { corrections::write(records).into_bytes() };
        let kept = !bytes.is_empty();
        (self.former, self.unfit, self.pairs) = (Vec::new(), Vec::new(), Vec::new());
        self.entities = self.recognised.clone();
        if kept {
            let corrected = entities::correct(&self.recognised, &self.articles, records);
            self.entities = Arc::new(corrected.entities);
            (self.former, self.unfit, self.pairs) = (corrected.former, corrected.problems, corrected.pairs);
        }
        self.corrections = corrections;
        self.set_optional(Section::Corrections, bytes);
    }

    /// The bytes of an optional section; none where there is none. Whoever writes them reads them, totally.
    pub fn optional(&self, section: Section) -> &[u8] {
        self.optional.iter().find(|(there, _)| *there == section).map_or(&[], |(_, bytes)| bytes)
    }

    /// Puts bytes into an optional section; no bytes leave it out of the file. Another section is left as it is.
    pub fn set_optional(&mut self, section: Section, bytes: Vec<u8>) {
        let place = |section: Section| Section::OPTIONAL.iter().position(|s| *s == section);
        self.optional.retain(|(there, _)| *there != section);
        if !bytes.is_empty() && place(section).is_some() {
            let at = self.optional.partition_point(|(there, _)| place(*there) < place(section));
            self.optional.insert(at, (section, bytes));
        }
    }

    /// Whether bytes look like a corpus file.
    pub fn is_corpus(bytes: &[u8]) -> bool {
        bytes.starts_with(&MAGIC)
    }

    /// The corpus file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let sections = self.sections();
        file::write(&sections.iter().map(|(s, bytes)| (*s, bytes.as_slice())).collect::<Vec<_>>())
    }

    /// Opens a corpus file. Where its names have not been recognised, nothing is read but what stands where; the
    /// articles are then read as they are asked for.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Result<Corpus, Damage> {
        let file: Bytes = bytes.into();
        let frame = file::open(&file)?;
        let at = |section: Section| move |message: String| section.damage(message);
        let section = |section: Section| frame.section(section);
        let (title, made_by) = read_about(section(Section::About)).map_err(at(Section::About))?;
        let named = frame.format == 1 || !section(Section::Names).is_empty();
        let packed = |count, index| {
            let place = |section| frame.place(&file, section);
            Packed {
                file: file.clone(),
                texts: place(Section::Texts),
                records: place(Section::Articles),
                count,
                index: Arc::new(index),
            }
        };
        let (articles, entities) = if named || frame.format < FORMAT {
            let texts = if frame.format < texts::SINCE {
                old_texts(section(Section::Texts)).map(|texts| (texts, None))
            } else {
                let bytes = section(Section::Texts);
                texts::Texts::open(bytes).and_then(|texts| Ok((texts.all(bytes)?, Some(texts))))
            };
            let (texts, index) = texts.map_err(at(Section::Texts))?;
            let packed = |index: texts::Texts| packed(texts.len(), OnceLock::from(index));
            let packed = index.map(packed);
            let articles = records::read(section(Section::Articles), frame.format, texts);
            let articles = articles.map_err(at(Section::Articles))?;
            let entities = match named {
                true => names::read(section(Section::Names), &articles).map_err(at(Section::Names))?,
                false => Entities::default(),
            };
            (Articles::read(articles, packed), Arc::new(entities))
        } else {
            let count = |of| records::count(section(of)).map_err(at(of));
            let texts = count(Section::Texts)?;
            if count(Section::Articles)? != texts {
                return Err(
                    Section::Articles.damage("it has another number of articles than there are texts")
                );
            }
            (Articles::from(packed(texts, OnceLock::new())), Arc::default())
        };
        let index = match frame.format {
            FORMAT => Index::open_in(file.clone(), frame.place(&file, Section::Index)),
            _ => Index::open(again(&articles)?),
        };
        let index = index.map_err(at(Section::Index))?;
        if index.articles() as usize != articles.len() {
            return Err(Section::Index.damage("it is about another number of articles"));
        }
        let optional = |section| (section, frame.section(section).to_vec());
        let optional =
            Section::OPTIONAL.into_iter().map(optional).filter(|(_, bytes)| !bytes.is_empty()).collect();
        let recognised = entities.clone();
        let lines = std::str::from_utf8(frame.section(Section::Common)).unwrap_or("");
        // A file from before that section.
        let made = if lines.is_empty() { common::among(|stem| index.has(stem)) } else { String::new() };
        let common = Arc::new(Common::read(if lines.is_empty() { &made } else { lines }));
        let mut corpus = Corpus {
            title,
            made_by,
            articles,
            entities,
            recognised,
            named,
            index,
            common,
            optional,
            ..Corpus::default()
        };
        let kept = std::str::from_utf8(corpus.optional(Section::Corrections)).unwrap_or("?");
        if !kept.is_empty() {
            let (records, _) = corrections::read(kept).map_err(at(Section::Corrections))?;
            corpus.corrections = Corrections::of(records);
            if named {
                corpus.set_corrections(corpus.corrections.clone());
            }
        }
        Ok(corpus)
    }

    /// The edition, 64 hexadecimal digits: a hash of what the articles say.
    pub fn edition(&self) -> String {
        hex(edition::edition(&self.articles))
    }

    /// The hash of one article's content, 64 hexadecimal digits.
    pub fn article_hash(article: &Article) -> String {
        hex(edition::article_hash(article))
    }

    /// Sections of the corpus file with their bytes.
    pub fn sizes(&self) -> Vec<(Section, u64)> {
        self.sections().iter().map(|(section, bytes)| (*section, bytes.len() as u64)).collect()
    }

    fn sections(&self) -> Vec<(Section, Vec<u8>)> {
        let mut about = Vec::new();
        put_str(&mut about, &self.title);
        put_str(&mut about, &self.made_by);
        let (texts, records) = match self.articles.packed() {
            Some((texts, records)) => (texts.to_vec(), records.to_vec()),
            // Where nothing is taken in, all are from a file, and nothing that packs is carried.
            None if cfg!(feature = "studio") => {
                (texts::write(&self.articles), records::write(&self.articles))
            }
            None => (vec![0], vec![0]),
        };
        let names = if self.named { names::write(&self.recognised) } else { Vec::new() };
        let always = [about, texts, records, self.index.to_bytes(), names];
        Section::ALWAYS.into_iter().zip(always).chain(self.optional.iter().cloned()).collect()
    }
}

/// The texts of a file of an older format.
fn old_texts(bytes: &[u8]) -> wire::Read<Vec<(Option<String>, String)>> {
    // What reads them is not in the edition for reading.
    if cfg!(feature = "studio") {
        return Ok(blocks::read(bytes)?.into_iter().map(|text| (None, text)).collect());
    }
    Err(OLDER.to_owned())
}

/// What the edition for reading says of a file that only the others read.
const OLDER: &str = "it is of an older version. Open crossread.html, drop this file there and save a copy";

/// The index of an older file, whose own is not read any more, made again from its articles.
fn again(articles: &[Article]) -> Result<Vec<u8>, Damage> {
    if cfg!(feature = "studio") {
        return Ok(Index::build(articles));
    }
    // The writer of indexes is not in the edition for reading.
    Err(Section::Index.damage(OLDER))
}

fn read_about(bytes: &[u8]) -> Read<(String, String)> {
    let mut reader = Reader::new(bytes);
    let about = (reader.text()?.to_owned(), reader.text()?.to_owned());
    reader.end()?;
    Ok(about)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Meta;

    #[test]
    fn optional_sections_come_back_and_empty_ones_are_left_out() {
        let mut corpus = Corpus::new("One".to_owned(), Vec::new());
        let plain = corpus.to_bytes();
        corpus.set_optional(Section::Notes, b"a note".to_vec());
        corpus.set_optional(Section::Common, b"50 a".to_vec());
        corpus.set_optional(Section::Texts, b"no optional section".to_vec());
        let opened = Corpus::from_bytes(corpus.to_bytes()).unwrap();
        assert_eq!(opened.optional(Section::Notes), b"a note");
        assert_eq!(opened.optional(Section::Common), b"50 a");
        assert_eq!(opened.optional(Section::Corrections), b"");
        assert_eq!(opened.edition(), corpus.edition());
        assert_eq!(opened.to_bytes(), corpus.to_bytes());
        corpus.set_optional(Section::Notes, Vec::new());
        corpus.set_optional(Section::Common, Vec::new());
        assert_eq!(corpus.to_bytes(), plain);
    }

    #[test]
    fn corrections_come_back_and_leave_the_edition_and_what_was_recognised() {
        let place = corrections::Place { article: "a".into(), start: 0, quote: "Something".into() };
        let named = corrections::Named::New { name: "Something".into(), kind: entities::Kind::Event };
        let add = corrections::Correction::Add { place, named, everywhere: false };
        let text = "Something is said.".to_owned();
        let article = Article { slug: "a".into(), meta: Meta::default(), text, blocks: Vec::new() };
        let mut corpus = Corpus::new(String::new(), vec![article]);
        let (plain, edition) = (corpus.to_bytes(), corpus.edition());
        corpus.set_corrections(Corrections::of(vec![add]));
        assert_eq!(corpus.edition(), edition);
        let mut opened = Corpus::from_bytes(corpus.to_bytes()).unwrap();
        assert_eq!(opened.entities.entities, corpus.entities.entities);
        assert!(opened.entities.entities.iter().any(|e| e.id == "something"));
        opened.set_corrections(Corrections::default());
        assert_eq!(opened.to_bytes(), plain);
    }
}
