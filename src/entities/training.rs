//! Training: what the trainer (`xtask/src/trainer/`) takes from the recogniser, so that both see texts the same way.
//!
//! Not here: the trainer; and nothing that a page or the command uses.

use super::features::Features;
pub use super::features::{BITS, KINDS};
use super::lists::{EVENT, LAW, Lists, ROLE, TITLE};
pub use super::model::{LABELS, Model, Row, SCALE, may_follow};
use super::page::{Page, Word};
use super::{Entities, Kind, link, reader};
use crate::article::{Article, Meta, plain};
use crate::text::{Span, fold};

/// A text as the model sees it.
pub struct Example {
    /// The words, in bytes of the text.
    pub words: Vec<Span>,
    /// Stretches of candidate words, decoded one by one.
    pub segments: Vec<(usize, usize)>,
    /// What a name that ends with each word would be by this word alone, if it tells.
    pub heads: Vec<Option<Kind>>,
    /// Rows of each word of each segment, in order.
    pub rows: Vec<Vec<u32>>,
}

/// An article of a plain text.
pub fn article(id: &str, text: &str) -> Article {
    Article { slug: id.into(), meta: Meta::default(), text: text.into(), blocks: plain::blocks(text) }
}

/// What the recogniser goes by: all of it, or some left out to see what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The lists of names and the gazetteer; without them words still have their classes.
    pub lists: bool,
    /// How a word stands elsewhere in its article.
    pub article: bool,
    /// The rules that change what the model sees.
    pub rules: bool,
    /// One kind for one writing, and names that the article has elsewhere.
    pub consistency: bool,
}

impl Parts {
    /// All of it.
    pub const ALL: Parts = Parts { lists: true, article: true, rules: true, consistency: true };

    fn lists(self) -> &'static Lists {
        if self.lists { Lists::get() } else { Lists::bare() }
    }
}

/// Looks at a text.
pub fn example(article: &Article, parts: Parts) -> Example {
    let lists = parts.lists();
    let page = Page::new(article, lists, parts);
    let features = Features::new(&page, lists, parts);
    let mut rows = Vec::new();
    for at in features.segments.iter().flat_map(|&(from, to)| from..to) {
        let mut row = Vec::new();
        features.rows(at, &mut row);
        rows.push(row);
    }
    Example {
        words: page.words.iter().map(|word| word.span).collect(),
        heads: page.words.iter().map(head).collect(),
        segments: features.segments.clone(),
        rows,
    }
}

/// What a word says about the name that it ends: "Festival", "Treaty".
fn head(word: &Word) -> Option<Kind> {
    match word.class {
        class if class & EVENT != 0 => Some(Kind::Event),
        class if class & LAW != 0 => Some(Kind::Law),
        _ => None,
    }
}

/// Links names that are given, as if they had been recognised: what annotated names are scored by. Each is bytes of
/// its article and a kind, in text order.
pub fn link_given(articles: &[Article], names: &[Vec<(Span, Kind)>]) -> Entities {
    let lists = Lists::get();
    let readings: Vec<reader::Reading> =
        articles.iter().zip(names).map(|(article, names)| reader::given(article, lists, names)).collect();
    link::link(&readings, lists)
}

/// Whether a word stands before people's names and is no part of them: "President".
pub fn is_title(word: &str) -> bool {
    Lists::get().class(&fold(word)) & (TITLE | ROLE) != 0
}

/// Recognises with another model than the program's own, or by less than all that it goes by.
pub fn recognise_with(articles: &[Article], model: &Model, parts: Parts) -> Entities {
    let lists = parts.lists();
    let readings: Vec<reader::Reading> =
        articles.iter().map(|article| reader::read(article, lists, model, parts)).collect();
    link::link(&readings, lists)
}
