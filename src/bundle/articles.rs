//! The articles of a corpus: made one by one when they are asked for, or all at once.
//!
//! Invariant: an article is the same however it was asked for; one that cannot be read is empty. Seen as a slice they
//! are all there; of those that were made one by one some [`KEPT`] bytes are kept between questions. Not here: the bytes
//! (see `texts`, `records`).

use super::records;
use super::texts::Texts;
use crate::article::{Article, Meta};
use std::cell::{Cell, OnceCell};
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

/// Bytes of articles that are kept for who asks again.
const KEPT: usize = 9 << 19;

/// A corpus file, as bytes that many share.
pub type Bytes = Arc<Vec<u8>>;

/// Where articles stand in a corpus file.
#[derive(Clone)]
pub struct Packed {
    /// The file.
    pub file: Bytes,
    /// The section of texts.
    pub texts: Range<usize>,
    /// The section of articles.
    pub records: Range<usize>,
    /// How many articles there are.
    pub count: usize,
    /// Where the texts stand in theirs; read when first asked for.
    pub index: Arc<OnceLock<Texts>>,
}

/// Articles in their order.
#[derive(Clone, Default)]
pub struct Articles {
    packed: Option<Packed>,
    one: Vec<OnceCell<Box<Article>>>,
    /// Bytes, about, of those that have been made one by one.
    made: Cell<usize>,
    all: OnceCell<Vec<Article>>,
}

impl From<Vec<Article>> for Articles {
    fn from(articles: Vec<Article>) -> Articles {
        Articles { all: OnceCell::from(articles), ..Articles::default() }
    }
}

impl From<Packed> for Articles {
    fn from(packed: Packed) -> Articles {
        let one = vec![OnceCell::new(); packed.count];
        Articles { packed: Some(packed), one, ..Articles::default() }
    }
}

impl Articles {
    /// Articles that have been read, with where they were read from.
    pub fn read(articles: Vec<Article>, packed: Option<Packed>) -> Articles {
        Articles { packed, all: OnceCell::from(articles), ..Articles::default() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.get().map_or(self.one.len(), Vec::len)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them, without making the others.
    pub fn get(&self, at: usize) -> Option<&Article> {
        if let Some(all) = self.all.get() {
            return all.get(at);
        }
        let make = || {
            let article = Box::new(self.packed.as_ref().map_or_else(nothing, |packed| packed.get(at)));
            self.made.set(self.made.get() + article.text.len() + 64 * article.blocks.len() + 256);
            article
        };
        Some(self.one.get(at)?.get_or_init(make))
    }

    /// Between two questions: forgets those that have been made one by one where they are many.
    pub fn forget(&mut self) {
        if self.made.get() > KEPT {
            self.one.fill(OnceCell::new());
            self.made.set(0);
        }
    }

    /// Name in addresses and title of one of them, without its text.
    pub fn heading(&self, at: usize) -> Option<(String, String)> {
        let there =
            self.all.get().and_then(|all| all.get(at)).or_else(|| self.one.get(at)?.get().map(|one| &**one));
        match (there, &self.packed) {
            (Some(article), _) => Some((article.slug.clone(), article.meta.title.clone())),
            (None, Some(packed)) => {
                let slug = records::slug(packed.file.get(packed.records.clone())?, at).ok()?;
                let (texts, index) = packed.texts()?;
                Some((slug, index.title(texts, at).ok()?))
            }
            (None, None) => None,
        }
    }

    /// The bytes of texts and of articles that these were read from.
    pub fn packed(&self) -> Option<(&[u8], &[u8])> {
        let packed = self.packed.as_ref()?;
        Some((packed.file.get(packed.texts.clone())?, packed.file.get(packed.records.clone())?))
    }
}

impl Deref for Articles {
    type Target = [Article];

    fn deref(&self) -> &[Article] {
        self.all.get_or_init(|| {
            let packed = self.packed.as_ref();
            (0..self.one.len()).map(|at| packed.map_or_else(nothing, |packed| packed.get(at))).collect()
        })
    }
}

impl Packed {
    /// The section of texts, and where they stand in it; nowhere where that cannot be read.
    fn texts(&self) -> Option<(&[u8], &Texts)> {
        let texts = self.file.get(self.texts.clone())?;
        Some((texts, self.index.get_or_init(|| Texts::open(texts).unwrap_or_default())))
    }

    /// An article; an empty one where its bytes are damaged, which only a file forged on purpose can be.
    fn get(&self, at: usize) -> Article {
        let read = || {
            let (texts, index) = self.texts()?;
            let (title, text) = (index.title(texts, at).ok()?, index.text(texts, at).ok()?);
            records::get(self.file.get(self.records.clone())?, at, title, text).ok()
        };
        read().unwrap_or_else(nothing)
    }
}

fn nothing() -> Article {
    Article { slug: String::new(), meta: Meta::default(), text: String::new(), blocks: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::Corpus;
    use super::*;

    #[test]
    fn articles_that_were_read_are_forgotten_and_read_again() {
        // Four are more than is kept.
        let said = "Talks go on. ";
        let text = said.repeat(KEPT / said.len() / 4 + 1);
        let article = |at: usize| Article { slug: format!("a{at}"), text: text.clone(), ..nothing() };
        let made = Corpus::unnamed(String::new(), (0..6).map(article).collect());
        let mut opened = Corpus::from_bytes(made.to_bytes()).unwrap().articles;
        let kept = |articles: &Articles| articles.one.iter().filter(|one| one.get().is_some()).count();
        for (at, kept_then) in [(0, 1), (1, 2), (2, 3), (3, 0), (0, 1)] {
            assert_eq!(opened.get(at), made.articles.get(at));
            opened.forget();
            assert_eq!(kept(&opened), kept_then);
        }
    }
}
