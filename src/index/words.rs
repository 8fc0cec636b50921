//! Numbered words: how the words of an article are counted, for the index and for the way back to the text.
//!
//! Words are numbered through the blocks of the text, with one number left out between two blocks, so that no
//! phrase reaches over the end of a paragraph. The title counts on its own from 0.
//!
//! Invariant: building the index and marking the text number the words by the same function, so a position found
//! in the index is a place in the text. Not here: what a word is (see `text::words`).

use super::impact::HEADING;
use crate::article::{Article, BlockKind};
use crate::text::{self, Span};

/// A word of a text and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its number.
    pub position: u32,
    /// Where it stands in the article's text, in bytes.
    pub span: Span,
    /// Whether that is in a heading.
    pub heading: bool,
}

impl Word {
    /// How often it counts in the text.
    pub fn times(&self) -> u32 {
        if self.heading { HEADING } else { 1 }
    }
}

/// Words of a title that count; longer ones are no titles.
pub const TITLE: usize = 255;
/// Numbers of a text that count: more words than 20 MB can hold, letters and spaces in turn.
pub const TEXT: u32 = (1 << 24) - 1;

/// The words of an article's text, in order.
pub fn of_text(article: &Article) -> OfText<'_> {
    OfText { article, block: 0, start: 0, words: text::words(""), heading: false, next: 0 }
}

/// Iterator over the words of a text; see [`of_text`].
pub struct OfText<'a> {
    article: &'a Article,
    /// The next block.
    block: usize,
    /// Where the present one starts, and what is left of it.
    start: u32,
    words: text::words::Words<'a>,
    heading: bool,
    next: u32,
}

impl Iterator for OfText<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        loop {
            if let Some(span) = self.words.next() {
                let span = Span { start: span.start + self.start, end: span.end + self.start };
                let position = self.next;
                if position == TEXT {
                    return None;
                }
                self.next += 1;
                return Some(Word { position, span, heading: self.heading });
            }
            let block = self.article.blocks.get(self.block)?;
            // One number is left out between two blocks.
            self.next += u32::from(self.block > 0);
            self.block += 1;
            self.start = block.span.start;
            self.words = text::words(block.span.of(&self.article.text));
            self.heading = matches!(block.kind, BlockKind::Heading(_));
        }
    }
}

/// The words of an article's title as a field of its own: none where the title is only the opening words.
pub fn of_title(article: &Article) -> impl Iterator<Item = Word> + '_ {
    let title = if article.meta.title_given { article.meta.title.as_str() } else { "" };
    text::words(title).take(TITLE).enumerate().map(|(at, span)| Word {
        position: at as u32,
        span,
        heading: false,
    })
}

/// The sentences of an article's text, in order; a block without any is one.
pub fn sentences(article: &Article) -> impl Iterator<Item = Span> + '_ {
    article.blocks.iter().flat_map(|block| {
        let whole = block.sentences.is_empty().then_some(block.span);
        whole.into_iter().chain(block.sentences.iter().copied())
    })
}

/// Tells, word by word of a text, where a sentence begins. Sentences without a word are passed over.
pub struct Starts<'a> {
    sentences: std::iter::Peekable<Box<dyn Iterator<Item = Span> + 'a>>,
    first: bool,
}

impl<'a> Starts<'a> {
    /// At the start of a text.
    pub fn new(article: &'a Article) -> Starts<'a> {
        let all: Box<dyn Iterator<Item = Span> + 'a> = Box::new(sentences(article));
        Starts { sentences: all.peekable(), first: true }
    }

    /// Whether a sentence begins with this word.
    pub fn begins(&mut self, word: &Word) -> bool {
        let mut begins = std::mem::take(&mut self.first);
        while self.sentences.next_if(|sentence| sentence.start <= word.span.start).is_some() {
            begins = true;
        }
        begins
    }
}
