//! The corpus: articles with everything that is known about them, and its bytes.
//!
//! Invariant: the same title and articles give the same bytes on any machine; [`Corpus::from_bytes`] is total
//! on any bytes. Not here: how the index, the names or the views come about.

mod base64;
mod edition;
mod file;
mod names;
pub mod page;
mod records;
mod static_html;
mod texts;
pub(crate) mod wire;

pub use edition::hex;
pub use file::{Damage, FORMAT, Section};
pub use static_html::{articles as static_html, escape};

use crate::article::Article;
use crate::entities::{self, Entities};
use crate::index::Index;
use file::MAGIC;
use std::sync::Arc;
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
    pub articles: Vec<Article>,
    /// Whom and what they name.
    pub entities: Entities,
    /// Where their words stand.
    pub index: Index,
    index_bytes: Arc<[u8]>,
}

impl Corpus {
    /// A corpus of articles: indexes them and recognises the names in them.
    pub fn new(title: String, articles: Vec<Article>) -> Corpus {
        let entities = entities::recognise(&articles);
        let index_bytes: Arc<[u8]> = Index::build(&articles).into();
        // What has just been built opens; where it did not, search finds nothing and the rest works.
        let index = Index::open(index_bytes.clone()).unwrap_or_default();
        Corpus { title, made_by: MADE_BY.to_owned(), articles, entities, index, index_bytes }
    }

    /// Whether bytes look like a corpus file.
    pub fn is_corpus(bytes: &[u8]) -> bool {
        bytes.starts_with(&MAGIC)
    }

    /// The corpus file.
    pub fn to_bytes(&self) -> Vec<u8> {
        file::write(&self.sections())
    }

    /// Opens a corpus file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Corpus, Damage> {
        let frame = file::open(bytes)?;
        let at = |section: Section| move |message: String| section.damage(message);
        let (title, made_by) = read_about(frame.section(Section::About)).map_err(at(Section::About))?;
        let texts = texts::read(frame.section(Section::Texts)).map_err(at(Section::Texts))?;
        let articles =
            records::read(frame.section(Section::Articles), texts).map_err(at(Section::Articles))?;
        let entities = names::read(frame.section(Section::Names), &articles).map_err(at(Section::Names))?;
        let index_bytes: Arc<[u8]> = frame.section(Section::Index).into();
        let index = Index::open(index_bytes.clone()).map_err(at(Section::Index))?;
        if index.articles() as usize != articles.len() {
            return Err(Section::Index.damage("it is about another number of articles"));
        }
        Ok(Corpus { title, made_by, articles, entities, index, index_bytes })
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
        Section::ALL.into_iter().zip(self.sections().iter().map(|s| s.len() as u64)).collect()
    }

    fn sections(&self) -> [Vec<u8>; 5] {
        let mut about = Vec::new();
        put_str(&mut about, &self.title);
        put_str(&mut about, &self.made_by);
        let texts: Vec<&str> = self.articles.iter().map(|a| a.text.as_str()).collect();
        let articles = records::write(&self.articles);
        [about, texts::write(&texts), articles, self.index_bytes.to_vec(), names::write(&self.entities)]
    }
}

fn read_about(bytes: &[u8]) -> Read<(String, String)> {
    let mut reader = Reader::new(bytes);
    let about = (reader.text()?.to_owned(), reader.text()?.to_owned());
    reader.end()?;
    Ok(about)
}
