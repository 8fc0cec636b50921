//! Words met: of words as articles write them the stem, and how many articles have it, kept from one question to the next.
//!
//! Words of articles are those of other articles, mostly, and a reader who goes on typing is answered from the same ones;
//! a stem costs as much as a hundred letters. Invariant: what is kept is what would be worked out anew, and at most
//! [`MOST`] words are. Not here: which words are read, and what for (see `search::feedback`).

use super::Index;
use crate::text::interner::Interner;
use crate::text::{fold, stem};

/// Words that are kept, and bytes of them; where there are more, all are forgotten.
const MOST: usize = 1 << 14;
const BYTES: usize = 1 << 20;

/// A word that says something.
#[derive(Clone)]
struct Word {
    /// Folded.
    word: String,
    /// The number of its stem.
    stem: u32,
    /// Articles that have it or a word of the same stem, where that has been asked.
    having: Option<u32>,
}

/// Words that have been met, by number.
#[derive(Clone, Default)]
pub struct Met {
    /// As written, a space, the language.
    written: Interner,
    words: Vec<Option<Word>>,
    stems: Interner,
}

impl Met {
    /// Makes room for the words of another question; numbers hold until then.
    pub fn begin(&mut self) {
        if self.words.len() > MOST || self.written.bytes() > BYTES {
            *self = Met::default();
        }
    }

    /// The numbers of a word as `written`, a space and its language behind it, and of its stem; `None` where it is one
    /// letter or `light`, folded.
    pub fn word(&mut self, written: &str, light: fn(&str) -> bool) -> Option<(u32, u32)> {
        let number = self.written.number(written);
        if number as usize == self.words.len() {
            let (word, language) = parted(written);
            let word = fold(word);
            let met = (!light(&word) && word.len() > 1).then(|| {
                let stem = self.stems.number(&stem(&word, language));
                Word { word, stem, having: None }
            });
            self.words.push(met);
        }
        let word = self.words.get(number as usize)?.as_ref()?;
        Some((number, word.stem))
    }

    /// A word, folded.
    pub fn folded(&self, number: u32) -> &str {
        let word = self.words.get(number as usize).and_then(Option::as_ref);
        word.map_or("", |word| &word.word)
    }

    /// A stem.
    pub fn stem(&self, number: u32) -> &str {
        self.stems.key(number as usize)
    }

    /// How many articles have a word of the same stem.
    pub fn having(&mut self, number: u32, index: &Index) -> u32 {
        let Some(Some(word)) = self.words.get_mut(number as usize) else { return 0 };
        let (_, language) = parted(self.written.key(number as usize));
        let stem = self.stems.key(word.stem as usize);
        *word.having.get_or_insert_with(|| index.having(&word.word, stem, language))
    }
}

/// A word and its language; no word has a space in it.
fn parted(written: &str) -> (&str, Option<&str>) {
    let (word, language) = written.split_once(' ').unwrap_or((written, ""));
    (word, Some(language).filter(|language| !language.is_empty()))
}
