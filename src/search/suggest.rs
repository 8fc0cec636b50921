//! Suggestions: how the word that is being typed may go on, with the articles that have it.
//!
//! Invariant: what is suggested is in the corpus, so taking it finds something. Not here: names and titles among
//! the suggestions (the engine adds them).

use crate::article::Article;
use crate::index::{Found, Index, List, words};
use crate::query::replaced;
use crate::text::sort::sort_by_key;
use crate::text::{self, Span, lowercase};

/// Fewest letters of a word without completions whose near spellings are offered.
const NEAR_LETTERS: usize = 4;
/// Words of an article that are read at most to find how a word is written.
const READ: u32 = 2_000;

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The whole query when taken.
    pub query: String,
    /// The word, as an article writes it.
    pub word: String,
    /// Articles that have it.
    pub articles: u32,
}

/// At most `limit` ways in which the last word of `query` may go on, those in most articles first; where there is
/// none, near spellings of it. Nothing where the query does not end in a word.
pub fn suggest(index: &Index, articles: &[Article], query: &str, limit: usize) -> Vec<Completion> {
    let Some(last) = text::words(query).last().filter(|last| last.end as usize == query.len()) else {
        return Vec::new();
    };
    let word = text::fold(last.of(query));
    if word.is_empty() {
        return Vec::new();
    }
    let mut found = index.prefix(&word);
    found.retain(|found| found.key != word);
    if found.is_empty() && index.term(&word).is_none() && word.chars().count() >= NEAR_LETTERS {
        found = index.near(&word, 1);
    }
    // Those of as many articles stay in order.
    sort_by_key(&mut found, |found| std::cmp::Reverse(found.term.articles));
    found.truncate(limit);
    let completion = |Found { key, term, .. }: Found| {
        let word = term.lists().find_map(|list| written(index, articles, list)).unwrap_or(key);
        Completion { query: replaced(query, last, &word), word, articles: term.articles }
    };
    found.into_iter().map(completion).collect()
}

/// A term of one segment as the first article that has it in the text writes it, inside a sentence if it can be.
fn written(index: &Index, articles: &[Article], list: &List) -> Option<String> {
    let mut postings = index.postings(list);
    postings.seek(0);
    while postings.doc().is_some() && postings.times().1 == 0 {
        postings.advance();
    }
    let doc = postings.doc()?;
    let article = articles.get(index.article(doc) as usize)?;
    let starts = index.sentences(doc).starts;
    let positions = postings.positions(false);
    let inside = positions.iter().find(|at| **at < READ && starts.binary_search(at).is_err());
    let at = *inside.or(positions.first()).filter(|at| **at < READ)?;
    let word: Span = words::of_text(article).find(|word| word.position == at)?.span;
    let written = word.of(&article.text);
    Some(if inside.is_none() { lowercase(written) } else { written.to_owned() })
}
