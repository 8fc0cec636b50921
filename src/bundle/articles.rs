//! The articles of a corpus: made one by one when they are asked for, or all at once.
//!
//! Invariant: an article is the same however it was asked for; one that cannot be read is empty. Seen as a slice they
//! are all there. Not here: the bytes (see `texts`, `records`).

use super::records;
use super::texts::Texts;
use crate::article::{Article, Meta};
use std::cell::OnceCell;
use std::ops::{Deref, Range};
use std::sync::Arc;

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
    /// Where the texts stand in theirs.
    pub index: Arc<Texts>,
}

/// Articles in their order.
#[derive(Clone, Default)]
pub struct Articles {
    packed: Option<Packed>,
    one: Vec<OnceCell<Box<Article>>>,
    all: OnceCell<Vec<Article>>,
}

impl From<Vec<Article>> for Articles {
    fn from(articles: Vec<Article>) -> Articles {
        Articles { packed: None, one: Vec::new(), all: OnceCell::from(articles) }
    }
}

impl From<Packed> for Articles {
    fn from(packed: Packed) -> Articles {
        let one = vec![OnceCell::new(); packed.index.len()];
        Articles { packed: Some(packed), one, all: OnceCell::new() }
    }
}

impl Articles {
    /// Articles that have been read, with where they were read from.
    pub fn read(articles: Vec<Article>, packed: Option<Packed>) -> Articles {
        Articles { packed, one: Vec::new(), all: OnceCell::from(articles) }
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
        Some(
            self.one
                .get(at)?
                .get_or_init(|| Box::new(self.packed.as_ref().map_or_else(nothing, |p| p.get(at)))),
        )
    }

    /// Name in addresses and title of one of them, without its text.
    pub fn heading(&self, at: usize) -> Option<(String, String)> {
        let there =
            self.all.get().and_then(|all| all.get(at)).or_else(|| self.one.get(at)?.get().map(|one| &**one));
        match (there, &self.packed) {
            (Some(article), _) => Some((article.slug.clone(), article.meta.title.clone())),
            (None, Some(packed)) => {
                let slug = records::slug(packed.file.get(packed.records.clone())?, at).ok()?;
                Some((slug, packed.index.title(packed.file.get(packed.texts.clone())?, at).ok()?))
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
    /// An article; an empty one where its bytes are damaged, which only a file forged on purpose can be.
    fn get(&self, at: usize) -> Article {
        let read = || {
            let texts = self.file.get(self.texts.clone())?;
            let (title, text) = (self.index.title(texts, at).ok()?, self.index.text(texts, at).ok()?);
            records::get(self.file.get(self.records.clone())?, at, title, text).ok()
        };
        read().unwrap_or_else(nothing)
    }
}

fn nothing() -> Article {
    Article { slug: String::new(), meta: Meta::default(), text: String::new(), blocks: Vec::new() }
}
