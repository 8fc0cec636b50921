//! The corpus: articles with everything that is known about them, and its bytes.
//!
//! Invariant: the same title and articles give the same bytes on any machine; [`Corpus::from_bytes`] is total
//! on any bytes. Not here: how the index, the names or the views come about.

mod base64;
mod edition;
mod file;
pub mod page;
mod records;
mod static_html;
mod texts;
mod wire;

pub use edition::hex;
pub use file::{Damage, FORMAT, Section};
pub use static_html::{articles as static_html, escape};

use crate::article::Article;
use file::MAGIC;
use wire::{Read, Reader, put_str};

/// Who writes corpus files here.
const MADE_BY: &str = concat!("crossread ", env!("CARGO_PKG_VERSION"));

/// Articles and what is known about them.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// Title of the whole; may be empty.
    pub title: String,
    /// Program and version that made it.
    pub made_by: String,
    /// The articles, in their order.
    pub articles: Vec<Article>,
}

impl Corpus {
    /// A corpus of articles: indexes them and recognises the names in them.
    pub fn new(title: String, articles: Vec<Article>) -> Corpus {
        Corpus { title, made_by: MADE_BY.to_owned(), articles }
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
        Ok(Corpus { title, made_by, articles })
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
        [about, texts::write(&texts), records::write(&self.articles), Vec::new(), Vec::new()]
    }
}

fn read_about(bytes: &[u8]) -> Read<(String, String)> {
    let mut reader = Reader::new(bytes);
    let about = (reader.text()?.to_owned(), reader.text()?.to_owned());
    reader.end()?;
    Ok(about)
}
