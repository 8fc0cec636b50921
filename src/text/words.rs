//! Words: the tokens that searching, naming and comparing count.
//!
//! Invariant: words are in order, do not overlap, are never empty, and hold at least one letter or digit.
//! Follows UAX #29 word boundaries where they serve news text, and departs from them on purpose: acronyms keep
//! their dots (`U.S.`), the possessive is left out (`Iran’s` is `Iran`), elided articles stand alone
//! (`l’Iran` is `l`, `Iran`), and characters of unspaced scripts are single words.

use super::Span;
use super::marks::is_mark;
use super::script::is_unspaced;

/// The words of a text, in order.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// Iterator over the words of a text; see [`words`].
#[derive(Clone)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = Span;

    #[inline]
    fn next(&mut self) -> Option<Span> {
        self.plain().or_else(|| self.any())
    }
}

impl Words<'_> {
    /// The next word where it is two plain letters or figures or more between plain signs none of which may join words,
    /// which most are.
    #[inline]
    fn plain(&mut self) -> Option<Span> {
        let bytes = self.text.as_bytes();
        let sign = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
        let mut start = self.at;
        while bytes.get(start).is_some_and(sign) {
            start += 1;
        }
        let mut end = start;
        while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let parts = |byte: &u8| byte.is_ascii() && !matches!(byte, b'\'' | b'.' | b',' | b'_');
        let plain = end > start + 1 && bytes.get(end).is_none_or(parts);
        plain.then(|| {
            self.at = end;
            Span::new(start, end)
        })
    }

    /// The next word, whatever it is.
    #[inline(never)]
    fn any(&mut self) -> Option<Span> {
        let rest = self.text.get(self.at..)?;
        let (skip, first) = rest.char_indices().find(|&(_, c)| c.is_alphanumeric())?;
        let start = self.at + skip;
        let end = if is_unspaced(first) {
            self.extended(start + first.len_utf8())
        } else {
            self.acronym(start).unwrap_or_else(|| self.run(start))
        };
        self.at = self.past_possessive(end);
        Some(Span::new(start, end))
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Past the marks and joiners that belong to the character before `at`.
    fn extended(&self, mut at: usize) -> usize {
        while let Some(c) = self.char_at(at).filter(|&c| is_extension(c)) {
            at += c.len_utf8();
        }
        at
    }

    /// End of an acronym with dots that starts here: `U.S.`, `a.m`, `J.K.`
    fn acronym(&self, start: usize) -> Option<usize> {
        if let [b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z', next, ..] = self.text.as_bytes().get(start..)?
            && next.is_ascii_alphanumeric()
        {
            return None;
        }
        let (mut at, mut end, mut letters) = (start, start, 0u32);
        while let Some(c) = self.char_at(at).filter(|c| c.is_alphabetic() && !is_unspaced(*c)) {
            let after = self.extended(at + c.len_utf8());
            let dot = self.char_at(after) == Some('.');
            if !dot && self.char_at(after).is_some_and(char::is_alphanumeric) {
                break;
            }
            letters += 1;
            end = if dot { after + 1 } else { after };
            at = end;
            if !dot {
                break;
            }
        }
        (letters >= 2).then_some(end)
    }

    /// End of a run of letters and digits that starts here.
    fn run(&self, start: usize) -> usize {
        let mut end = start;
        let mut last = ' ';
        loop {
            // Most are plain letters.
            while let Some(c) = self.text.as_bytes().get(end).filter(|c| c.is_ascii_alphanumeric()) {
                (last, end) = (char::from(*c), end + 1);
            }
            let Some(c) = self.char_at(end) else { break };
            let after = end + c.len_utf8();
            if c.is_alphanumeric() && !is_unspaced(c) {
                last = c;
            } else if !is_extension(c) {
                let next = self.char_at(after).unwrap_or(' ');
                let joins = match c {
                    _ if is_apostrophe(c) => {
                        last.is_alphabetic()
                            && next.is_alphabetic()
                            && !is_unspaced(next)
                            && !self.is_possessive(after)
                            && !is_elision(self.text.get(start..end).unwrap_or(""), next)
                    }
                    '.' | ',' | '٫' | '٬' => last.is_numeric() && next.is_numeric(),
                    '_' => next.is_alphanumeric() && !is_unspaced(next),
                    '״' | '"' => is_hebrew(last) && is_hebrew(next),
                    _ => false,
                };
                if !joins {
                    break;
                }
            }
            end = after;
        }
        end
    }

    /// Past a possessive that follows a word.
    fn past_possessive(&self, end: usize) -> usize {
        match self.char_at(end).filter(|&c| is_apostrophe(c)).map(|c| end + c.len_utf8()) {
            Some(after) if self.is_possessive(after) => after + 1,
            _ => end,
        }
    }

    /// Whether a possessive `s` and nothing more follows the apostrophe before `at`.
    fn is_possessive(&self, at: usize) -> bool {
        matches!(self.char_at(at), Some('s' | 'S'))
            && !self.char_at(at + 1).is_some_and(|c| c.is_alphanumeric() || is_extension(c))
    }
}

/// Marks, joiners and soft hyphens, which continue a word.
fn is_extension(c: char) -> bool {
    !c.is_ascii()
        && !c.is_alphanumeric()
        && (is_mark(c) || matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{640}' | '\u{2060}'))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{5D0}'..='\u{5EA}')
}

/// Whether what stands before an apostrophe is a French or Italian article or particle that lost its vowel.
fn is_elision(before: &str, next: char) -> bool {
    const ELIDED: &str = "l d j n m t s c qu jusqu lorsqu puisqu L J C Qu dell all nell sull dall un";
    "aeiouyhéèêàâîïôœæAEIOUYHÉÈÊÀÂÎÏÔŒÆ".contains(next) && listed(ELIDED, before)
}

/// Whether a word is one of a list that single spaces divide.
pub fn listed(list: &str, word: &str) -> bool {
    let divides = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == b' ');
    let list_bytes = list.as_bytes();
    // Searched for, not split: lists of every sentence's end and of numbers come through here.
    !word.is_empty()
        && list.match_indices(word).any(|(at, _)| {
            divides(at.checked_sub(1).and_then(|before| list_bytes.get(before)))
                && divides(list_bytes.get(at + word.len()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).map(|s| s.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn english() {
        check("U.S.-Iran talks", &["U.S.", "Iran", "talks"]);
        check("Iran’s and Iran's", &["Iran", "and", "Iran"]);
        check("the U.S.’s exit", &["the", "U.S.", "exit"]);
        check("states’ rights", &["states", "rights"]);
        check("don’t O'Brien o'clock", &["don’t", "O'Brien", "o'clock"]);
        check("October 7th, 2023.", &["October", "7th", "2023"]);
        check("at 5 p.m. (J.K.)", &["at", "5", "p.m.", "J.K."]);
        check("over 1,200, or 3.5.", &["over", "1,200", "or", "3.5"]);
        check("000_7272fb9a.txt", &["000_7272fb9a", "txt"]);
        check(
            "a@example.com, https://x.org/a?b=c",
            &["a", "example", "com", "https", "x", "org", "a", "b", "c"],
        );
        check("right—and readiness—to", &["right", "and", "readiness", "to"]);
        check("$2.5bn … ‘so’", &["2.5bn", "so"]);
        check("plan B. A", &["plan", "B", "A"]);
    }

    #[test]
    fn other_languages() {
        check("l’Iran qu'il aujourd’hui", &["l", "Iran", "qu", "il", "aujourd’hui"]);
        check("می‌رود؟ كتاب،", &["می‌رود", "كتاب"]);
        check("伊朗说。", &["伊", "朗", "说"]);
        check("2018年", &["2018", "年"]);
        check("צה״ל", &["צה״ל"]);
        check("cafe\u{301} noir", &["cafe\u{301}", "noir"]);
    }

    proptest! {
        #[test]
        fn total(text in "(\\PC|[a.b'’s ,1_\u{200C}]){0,80}") {
            let mut last = 0;
            for span in words(&text) {
                prop_assert!(span.start >= last && !span.is_empty());
                prop_assert!(span.of(&text).chars().any(char::is_alphanumeric));
                last = span.end;
            }
        }

        #[test]
        fn a_plain_word_is_what_any_word_is(text in "(\\PC|[a.b1'’s ,_\"\n-]){0,40}") {
            let (mut one, mut other) = (words(&text), words(&text));
            while let Some(span) = other.any() {
                prop_assert_eq!(one.next(), Some(span));
                prop_assert_eq!(one.at, other.at);
            }
            prop_assert_eq!(one.next(), None);
        }
    }
}
