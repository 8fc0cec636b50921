//! Words: the tokens that are indexed, counted and compared.
//!
//! Invariant: spans ascend, do not overlap, and are never empty. Linear time.

use super::Span;

/// Whether a character is written without spaces between words, so that each stands as a word.
fn stands_alone(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric()
        || unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{200c}' | '\u{200d}' | '\u{640}')
}

/// The words of a text: runs of letters and digits with inner apostrophes, inner dots of acronyms (`U.S.`) and
/// separators inside numbers (`1,200`, `3.5`). A possessive `’s` is not part of a word; hyphens part words;
/// ideographs, kana and Thai stand one by one.
pub fn words(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let start =
                at + rest.find(|c| in_word(c) && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{640}'))?;
            let mut end = start;
            let mut letters = 0;
            let mut dotted = false;
            let mut previous = ' ';
            let mut cut = None;
            let mut chars = text[start..].char_indices().peekable();
            while let Some((offset, c)) = chars.next() {
                let here = start + offset;
                let next = chars.peek().map(|&(_, c)| c);
                if stands_alone(c) {
                    if here == start {
                        end = here + c.len_utf8();
                    }
                    break;
                }
                if in_word(c) {
                    letters += 1;
                } else if matches!(c, '\'' | '’' | 'ʼ') && next.is_some_and(|n| n.is_alphanumeric()) {
                    cut = Some(here);
                } else if c == '.'
                    && letters == 1
                    && previous.is_uppercase()
                    && (dotted || next.is_some_and(char::is_uppercase))
                {
                    dotted = true;
                    letters = 0;
                } else if matches!(c, '.' | ',')
                    && previous.is_numeric()
                    && next.is_some_and(char::is_numeric)
                {
                } else {
                    break;
                }
                previous = c;
                end = here + c.len_utf8();
            }
            let tail = cut.map_or("", |cut| text[cut..end].trim_start_matches(['\'', '’', 'ʼ']));
            if let Some(cut) = cut.filter(|_| tail == "s" || tail == "S") {
                at = end;
                end = cut;
            } else {
                at = end;
            }
            if end > start {
                return Some(Span::new(start, end));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).map(|w| w.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn tokens() {
        check("U.S.-Iran talks", &["U.S.", "Iran", "talks"]);
        check("Iran’s and the U.S.’s", &["Iran", "and", "the", "U.S."]);
        check("don’t, over 1,200; 3.5.", &["don’t", "over", "1,200", "3.5"]);
        check("October 7th. End", &["October", "7th", "End"]);
        check("北京 talks", &["北", "京", "talks"]);
        check("States’ 2018", &["States", "2018"]);
    }
}
