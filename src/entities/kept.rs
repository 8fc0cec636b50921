//! What has been read of articles, kept while a page is open: who adds articles to many has only the new ones read.
//!
//! Invariant: what is kept is used for the very same article only, letter by letter, so names are the same with and
//! without it. Nothing is kept where nobody reads ahead. Not here: how an article is read (`reader`), joined (`link`).

use super::lists::Lists;
use super::model::Model;
use super::reader::{self, Reading};
use super::training::Parts;
use crate::article::Article;
use std::cell::RefCell;

/// An article and what was read of it.
struct Kept {
    article: Article,
    read: Reading<'static>,
}

thread_local! {
    /// By the article's place in the corpus.
    static KEPT: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

/// Reads articles that have not been read yet, about so many bytes of them. `from`: 0, then what this returned; `None` when all
/// have been read.
pub fn ahead(articles: &[Article], from: usize, bytes: usize) -> Option<usize> {
    KEPT.with_borrow_mut(|kept| {
        let from = match from {
            0 => kept.iter().zip(articles).take_while(|(kept, article)| kept.article == **article).count(),
            going_on => going_on,
        };
        kept.truncate(from);
        let mut room = bytes;
        for article in articles.get(from..)? {
            if room == 0 {
                return Some(kept.len());
            }
            room = room.saturating_sub(article.text.len().max(1));
            let read = of(article).without_text();
            kept.push(Kept { article: article.clone(), read });
        }
        None
    })
}

/// Readings of articles; those that are kept are not made again.
pub fn with<'a, T>(articles: &'a [Article], then: impl FnOnce(&[Reading]) -> T) -> T {
    KEPT.with_borrow(|kept| {
        let mut kept = kept.iter();
        let read = |article: &'a Article| match kept.next().filter(|kept| kept.article == *article) {
            Some(kept) => Reading { text: &article.text, ..kept.read.clone() },
            None => of(article),
        };
        then(&articles.iter().map(read).collect::<Vec<_>>())
    })
}

fn of(article: &Article) -> Reading<'_> {
    reader::read(article, Lists::get(), Model::get(), Parts::ALL)
}

#[cfg(test)]
mod tests {
    use super::{KEPT, ahead, with};
    use crate::entities::training::article;

    #[test]
    fn what_is_kept_is_what_would_be_read() {
        let texts =
            ["Anna Keller met Bob Marsh in Geneva.", "The United Nations (UN) sat.", "The UN left Oslo."];
        let articles: Vec<_> = texts.iter().map(|text| article("a", text)).collect();
        let read = |articles: &[_]| {
            with(articles, |readings| {
                format!("{:?}", readings.iter().map(|r| (r.text, &r.names, &r.acronyms)).collect::<Vec<_>>())
            })
        };
        let plain = read(&articles);
        assert_eq!(ahead(&articles, 0, 40), Some(2));
        assert_eq!((ahead(&articles, 2, 40), KEPT.with_borrow(Vec::len)), (None, 3));
        assert_eq!(read(&articles), plain);
        // Another article in the place of one that was read is read.
        let mut others = articles.clone();
        others[1] = article("a", "Oslo is calm.");
        let kept = read(&others);
        assert_eq!(ahead(&others, 0, 1), Some(2));
        KEPT.with_borrow_mut(Vec::clear);
        assert_eq!(kept, read(&others));
    }
}
