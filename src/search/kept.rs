//! Kept: of words that were asked about, the terms that answer them and what they say, from one question to the next.
//!
//! A question that is being typed repeats, with each letter, all its words but the last. Invariant: what is kept is what
//! would be worked out anew from the one index that it is of, so it changes no answer; at most [`MOST`] bytes, about. Not
//! here: what is kept (see `plan` and `said`).

use super::plan::Source;
use super::said::{Often, Said};
use crate::text::interner::Interner;
use std::cell::RefCell;

/// Bytes that are kept at most, and of one word that takes more than three bytes an article.
const MOST: usize = 13 << 19;
const MOST_WIDE: usize = 48 << 10;
/// Bytes that a word takes beside what it says, and that a term takes, about.
const WORD: usize = 80;
const TERM: usize = 80;
/// Bytes of one of a few articles.
const PLACE: usize = size_of::<(u32, Often)>();
/// Askings that count as the last.
const RECENT: u32 = 100;

/// What is kept of a word.
#[derive(Default)]
struct Word {
    plan: Option<(Vec<Source<'static>>, u32)>,
    /// What its exact terms say, and all.
    said: [Option<Box<Said>>; 2],
    /// How often its exact terms stand in a few articles, by number.
    few: Vec<(u32, Often)>,
    /// When it was asked about last.
    asked: u32,
}

impl Word {
    fn bytes(&self) -> usize {
        let said: usize = self.said.iter().flatten().map(|said| said.bytes()).sum();
        WORD + said
            + self.few.capacity() * PLACE
            + self.plan.as_ref().map_or(0, |(slot, _)| slot.len() * TERM)
    }
}

/// What is kept of the words of one index.
#[derive(Default)]
pub struct Kept {
    words: RefCell<Words>,
}

/// A copy begins with nothing.
impl Clone for Kept {
    fn clone(&self) -> Kept {
        Kept::default()
    }
}

/// Words by number.
#[derive(Default)]
struct Words {
    keys: Interner,
    words: Vec<Word>,
    /// The bytes that they hold, and how often any was asked about.
    bytes: usize,
    asked: u32,
}

impl Words {
    /// A word, of which so many bytes more will be kept.
    fn of(&mut self, key: &str, more: usize) -> &mut Word {
        if self.bytes + more > MOST {
            self.forget();
        }
        let number = self.keys.number(key) as usize;
        if number >= self.words.len() {
            self.words.push(Word::default());
            self.bytes += WORD;
        }
        self.bytes += more;
        self.asked += 1;
        let word = &mut self.words[number];
        word.asked = self.asked;
        word
    }

    /// Forgets every other word but those that were asked about last: were it all of the oldest, then who asks the same
    /// many words again and again would find none.
    fn forget(&mut self) {
        let before = std::mem::take(self);
        self.asked = before.asked;
        for (number, word) in before.words.into_iter().enumerate() {
            if number % 2 == 0 || before.asked - word.asked < RECENT {
                self.keys.number(before.keys.key(number));
                self.bytes += word.bytes();
                self.words.push(word);
            }
        }
    }
}

impl Kept {
    /// The terms that answer a word, with the articles that have it; worked out where they are not kept. Nothing is kept by an
    /// empty key.
    pub(super) fn plan<'a>(
        &self,
        key: &str,
        plan: impl FnOnce() -> (Vec<Source<'a>>, u32),
    ) -> (Vec<Source<'a>>, u32) {
        if key.is_empty() {
            return plan();
        }
        if let Some((slot, about)) = &self.words.borrow_mut().of(key, 0).plan {
            return (slot.iter().map(Source::fresh).collect(), *about);
        }
        let (slot, about) = plan();
        let kept = slot.iter().map(Source::fresh).collect();
        self.words.borrow_mut().of(key, slot.len() * TERM).plan = Some((kept, about));
        (slot, about)
    }

    /// How often the exact terms of a word stand in a few articles, ascending by number, to be put back.
    pub(super) fn few(&self, key: &str) -> Vec<(u32, Often)> {
        let mut words = self.words.borrow_mut();
        let few = std::mem::take(&mut words.of(key, 0).few);
        words.bytes = words.bytes.saturating_sub(few.capacity() * PLACE);
        few
    }

    /// Keeps what was taken, and more.
    pub(super) fn put_few(&self, key: &str, few: Vec<(u32, Often)>) {
        let bytes = few.capacity() * PLACE;
        self.words.borrow_mut().of(key, bytes).few = few;
    }

    /// What the exact terms of a word say, or all, to be put back.
    pub(super) fn take(&self, key: &str, all: bool) -> Option<Box<Said>> {
        if key.is_empty() {
            return None;
        }
        let mut words = self.words.borrow_mut();
        let said = words.of(key, 0).said[usize::from(all)].take()?;
        words.bytes = words.bytes.saturating_sub(said.bytes());
        Some(said)
    }

    /// Keeps what was taken, or worked out; gives back what is too long.
    pub(super) fn put(&self, key: &str, mut said: Box<Said>) -> Option<Box<Said>> {
        said.fit();
        let bytes = said.bytes();
        if key.is_empty() || bytes > if said.is_compact() { MOST / 4 } else { MOST_WIDE } {
            return Some(said);
        }
        let all = usize::from(said.all);
        self.words.borrow_mut().of(key, bytes).said[all] = Some(said);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_about_last_is_kept_and_no_more_than_room_for() {
        let kept = Kept::default();
        let mut made = 0;
        for word in 0..200_000 {
            kept.plan(&word.to_string(), || {
                made += 1;
                (Vec::new(), word)
            });
            assert!(kept.words.borrow().bytes <= MOST);
        }
        for word in 199_990..200_000 {
            let (_, about) = kept.plan(&word.to_string(), || panic!("{word} is forgotten"));
            assert_eq!(about, word);
        }
        // Of many that are asked for again and again some are there.
        for word in 0..200_000 {
            kept.plan(&word.to_string(), || {
                made += 1;
                (Vec::new(), word)
            });
        }
        assert!(made < 390_000, "{made}");
    }
}
