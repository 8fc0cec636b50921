//! Numbered words: how the words of an article are counted, for the index and for the way back to the text.
//!
//! Words are numbered through the blocks of the text, with one number left out between two blocks, so that no
//! phrase reaches over the end of a paragraph. The title counts on its own from 0.
//!
//! Invariant: building the index and marking the text number the words by the same function, so a position found
//! in the index is a place in the text. Not here: what a word is (see `text::words`).

use crate::article::Article;
use crate::text::{self, Span};

/// A word of a text and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its number.
    pub position: u32,
    /// Where it stands in the article's text, in bytes.
    pub span: Span,
}

/// The words of an article's text, in order.
pub fn of_text(article: &Article) -> impl Iterator<Item = Word> + '_ {
    let mut next = 0;
    article.blocks.iter().flat_map(move |block| {
        let start = block.span.start;
        let first = next;
        let mut words: Vec<Word> = Vec::new();
        for span in text::words(block.span.of(&article.text)) {
            let span = Span { start: span.start + start, end: span.end + start };
            words.push(Word { position: first + words.len() as u32, span });
        }
        next = first + words.len() as u32 + 1;
        words
    })
}

/// The words of an article's title as a field of its own: none where the title is only the opening words.
pub fn of_title(article: &Article) -> impl Iterator<Item = Word> + '_ {
    let title = if article.meta.title_given { article.meta.title.as_str() } else { "" };
    text::words(title).enumerate().map(|(at, span)| Word { position: at as u32, span })
}

/// The sentences of an article's text, in order; a block without any is one.
pub fn sentences(article: &Article) -> impl Iterator<Item = Span> + '_ {
    article.blocks.iter().flat_map(|block| {
        let whole = block.sentences.is_empty().then_some(block.span);
        whole.into_iter().chain(block.sentences.iter().copied())
    })
}

/// The number of the first word of each sentence of the text, ascending. Sentences without a word are not in it.
pub fn sentence_starts(article: &Article) -> Vec<u32> {
    let mut sentences = sentences(article).peekable();
    let mut starts = Vec::new();
    for word in of_text(article) {
        let mut begins = starts.is_empty();
        while sentences.next_if(|sentence| sentence.start <= word.span.start).is_some() {
            begins = true;
        }
        if begins {
            starts.push(word.position);
        }
    }
    starts
}
