//! A page: the words of one article as the recogniser sees them.
//!
//! Invariant: words ascend and lie inside their sentence; `sentences` partition the words. Not here: what the
//! words mean beyond their class.

use super::hash::{self, Table};
use super::lists::{CALENDAR, Class, HOLIDAY, Lists, TELLING, TIME};
use super::training::Parts;
use crate::article::{Article, BlockKind};
use crate::text::{self, Span};
use std::borrow::Cow;

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing: the first word of a sentence.
    Start,
    /// Spaces.
    Space,
    /// A hyphen or short dash without spaces.
    Hyphen,
    /// A stop and a space, as after an initial.
    Stop,
    /// A possessive ending and a space.
    Possessive,
    /// An ampersand.
    Ampersand,
    /// A comma and a space.
    Comma,
    /// An opening bracket.
    Bracket,
    /// A quotation mark, colon, dash or the like: a capital after it may be no more than a beginning.
    Opening,
    /// Anything else.
    Other,
}

/// A word.
#[derive(Debug)]
pub struct Word<'a> {
    /// Where.
    pub span: Span,
    /// Folded.
    pub folded: Cow<'a, str>,
    /// Hash of the folded word.
    pub hash: u64,
    /// Its classes, without those of [`TELLING`].
    pub class: Class,
    /// What stands before it.
    pub gap: Gap,
    /// Whether it begins with a capital letter.
    pub upper: bool,
    /// Whether it is of two letters or more, all capitals.
    pub caps: bool,
    /// Whether a capital follows a small letter in it.
    pub inner: bool,
    /// Whether its capital may come from its place alone.
    pub soft: bool,
    /// Whether a date or a number may begin with it.
    pub tells: bool,
}

/// A sentence, as a range of words.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// First word.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// Whether capitals tell nothing here: a title in title case, a line in capitals.
    pub loud: bool,
    /// Whether it may say when or how much.
    pub tells: bool,
}

/// How a word stands in the article, where capitals tell something.
#[derive(Clone, Copy, Debug, Default)]
pub struct Habit {
    /// Times with a capital that its place does not explain.
    pub upper: u32,
    /// Times in lower case.
    pub lower: u32,
}

/// The words of an article.
pub struct Page<'a> {
    /// The article's text.
    pub text: &'a str,
    /// Its words.
    pub words: Vec<Word<'a>>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    habits: Table,
}

impl<'a> Page<'a> {
    /// Reads an article.
    pub fn new(article: &'a Article, lists: &Lists, parts: Parts) -> Page<'a> {
        let text = article.text.as_str();
        let mut page = Page { text, words: Vec::new(), sentences: Vec::new(), habits: Table::default() };
        page.words.reserve(text.len() / 5);
        for block in &article.blocks {
            for &sentence in &block.sentences {
                page.sentence(sentence, matches!(block.kind, BlockKind::Heading(_)), lists);
            }
        }
        for sentence in &page.sentences {
            if sentence.loud || !parts.article {
                continue;
            }
            for word in page.words.get(sentence.from..sentence.to).unwrap_or(&[]) {
                let counts = word.upper && !word.soft;
                let first = || word.span.of(text).chars().next();
                let lower = !word.upper && first().is_some_and(char::is_lowercase);
                if counts || lower {
                    let habit = page.habits.entry(word.hash);
                    *habit += u32::from(counts && *habit >> 16 < 0xFFFF) << 16;
                    *habit += u32::from(lower && *habit & 0xFFFF < 0xFFFF);
                }
            }
        }
        page
    }

    fn sentence(&mut self, span: Span, heading: bool, lists: &Lists) {
        let from = self.words.len();
        let whole = span.of(self.text);
        let offset = span.start as usize;
        let mut end = offset;
        for word in text::words(whole) {
            let at = Span::new(word.start as usize + offset, word.end as usize + offset);
            let written = at.of(self.text);
            let between = self.text.get(end..at.start as usize).unwrap_or("");
            let gap = if self.words.len() == from { Gap::Start } else { gap(between) };
            // Most words are in small letters.
            let small = written.bytes().all(|byte| byte.is_ascii_lowercase());
            let folded = if small { Cow::Borrowed(written) } else { text::fold(written).into() };
            let upper = !small && written.chars().next().is_some_and(char::is_uppercase);
            let several = || written.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
            let caps = !small && several() && !written.chars().any(char::is_lowercase);
            let inner = !small && !caps && written.chars().skip(1).any(char::is_uppercase);
            let hash = hash::of(folded.as_bytes());
            let class = lists.class_of(hash);
            let soft = matches!(gap, Gap::Start | Gap::Opening);
            let tells = class & TELLING != 0 || folded.starts_with(|c: char| c.is_ascii_digit());
            let class = class & !TELLING;
            self.words.push(Word { span: at, folded, hash, class, gap, upper, caps, inner, soft, tells });
            end = at.end as usize;
        }
        let words = self.words.get(from..).unwrap_or(&[]);
        if !words.is_empty() {
            let loud = loud(words, heading, whole);
            let tells = words.iter().any(|word| word.tells || word.class & (TIME | HOLIDAY) != 0);
            self.sentences.push(Sentence { from, to: self.words.len(), loud, tells });
        }
    }

    /// How a word stands elsewhere in the article.
    pub fn habit(&self, word: &Word<'_>) -> Habit {
        self.habit_of(word.hash)
    }

    /// The same of the word with this hash.
    pub fn habit_of(&self, hash: u64) -> Habit {
        let counts = self.habits.get(hash);
        Habit { upper: counts >> 16, lower: counts & 0xFFFF }
    }

    /// A word, if there is one.
    pub fn word(&self, at: usize) -> Option<&Word<'a>> {
        self.words.get(at)
    }

    /// The text from one word through another.
    pub fn span(&self, from: usize, to: usize) -> Span {
        let start = self.words.get(from).map_or(0, |word| word.span.start);
        let end = self.words.get(to.wrapping_sub(1)).map_or(start, |word| word.span.end);
        Span { start, end: end.max(start) }
    }

    /// The folded words of a range, joined by spaces: the key under which a name is compared.
    pub fn key(&self, from: usize, to: usize) -> String {
        let mut key = String::new();
        for word in self.words.get(from..to).unwrap_or(&[]) {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&word.folded);
        }
        key
    }

    /// The hash of a range of folded words.
    pub fn hash(&self, from: usize, to: usize) -> u64 {
        self.words.get(from..to).unwrap_or(&[]).iter().fold(0, |hash, word| hash::join(hash, word.hash))
    }

    /// The first word that begins at or after a byte.
    pub fn word_at(&self, byte: u32) -> usize {
        self.words.partition_point(|word| word.span.start < byte)
    }
}

fn gap(between: &str) -> Gap {
    match between {
        " " | "\u{a0}" => return Gap::Space,
        "-" | "\u{2010}" | "\u{2011}" | "–" => return Gap::Hyphen,
        ". " | ".\u{a0}" => return Gap::Stop,
        " & " | "&" => return Gap::Ampersand,
        ", " => return Gap::Comma,
        "’s " | "'s " | "’ " | "' " | "’S " => return Gap::Possessive,
        " (" | " [" | "(" => return Gap::Bracket,
        _ => {}
    }
    if !between.is_empty() && between.chars().all(|c| c == ' ' || c == '\n' || c == '\t') {
        Gap::Space
    } else if between.contains(['“', '"', '‘', ':', '—', '«', '„', '•', ';', '…', '!', '?', '|', '.'])
        || between.contains(" – ")
        || between.contains(" - ")
        || between.contains(" -- ")
        || between.ends_with(" '")
    {
        Gap::Opening
    } else {
        Gap::Other
    }
}

/// Whether capitals tell nothing in a sentence: most of its words that could be written small have one.
fn loud(words: &[Word<'_>], heading: bool, whole: &str) -> bool {
    let counted = words.iter().skip(1).filter(|word| word.folded.len() > 3 && word.class & CALENDAR == 0);
    let (mut upper, mut small, mut shouting) = (0u32, 0u32, 0u32);
    for word in counted {
        upper += u32::from(word.upper);
        small += u32::from(!word.upper && !word.folded.starts_with(|c: char| c.is_ascii_digit()));
        shouting += u32::from(word.caps);
    }
    if shouting > 3 && shouting * 10 > (upper + small) * 7 {
        return true;
    }
    if words.first().is_some_and(|first| first.folded == "by") {
        // A by-line.
        return false;
    }
    let closed = whole.trim_end().ends_with(['.', '!', '?', '”', '"', ',', ';', ')', ']']);
    if heading { upper > small } else { !closed && upper > 2 && upper > small * 3 }
}
