//! Folding: what two spellings of one word have in common, for comparing only.
//!
//! Invariant: `fold(fold(w)) == fold(w)`. The way back to the original characters is the word's own span:
//! a folded word is never sliced, the word it came from is marked whole. Follows Unicode NFKD and simple lower
//! case; the Arabic and Persian letter variants are those of Lucene's ArabicNormalizer and PersianNormalizer.

use super::lower;
use std::sync::LazyLock;

/// Runs of characters, each as its first and then what it and those behind it fold to: one character, more between
/// parentheses, or `-` for one that folds to nothing else. That is what NFKD, lower case, NFKD, [`is_ignored`] and
/// NFC make of the letters and digits of Latin, Greek, Cyrillic, Hebrew, Arabic and kana, where that is not their
/// lower case alone. Capitals stand for themselves only where their small letter does not say it. From Unicode 14 by
/// Python's `unicodedata`; a test compares with `unicode-normalization`, whose tables take 50 kB of the page
/// where these take 1.
static BASES: LazyLock<Vec<(char, &str)>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for run in include_str!("bases.txt").split_ascii_whitespace() {
        let mut chars = run.chars();
        let mut from = chars.next().map_or(0, u32::from);
        while let Some(base) = chars.next() {
            let mut rest = chars.as_str();
            let start = run.len() - rest.len() - base.len_utf8();
            if base == '(' {
                rest = rest.split_once(')').map_or("", |(_, rest)| rest);
                chars = rest.chars();
            }
            if let (true, Some(from)) = (base != '-', char::from_u32(from)) {
                all.push((from, run[start..run.len() - rest.len()].trim_matches(['(', ')'])));
            }
            from += 1;
        }
    }
    all
});

/// What a character folds to, where that is more than its lower case.
fn base(c: char) -> Option<&'static str> {
    let full_width = |c: char| FULL_WIDTH.get((c as usize).checked_sub(0xFF01)?..)?.get(..1);
    full_width(c).or_else(|| {
        let at = BASES.binary_search_by_key(&c, |&(from, _)| from).ok()?;
        BASES.get(at).map(|&(_, base)| base)
    })
}

/// The full-width forms from U+FF01 on.
const FULL_WIDTH: &str =
    "!\"#$%&'()*+,-./0123456789:;<=>?@abcdefghijklmnopqrstuvwxyz[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// A word without case, accents, width, vowel points, joiners and the dots of acronyms; digits are ASCII, and
/// grouped thousands are run together (`1,200` is `1200`). May be empty.
pub fn fold(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    if word.is_ascii() {
        out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    } else {
        letters(word, &mut out);
    }
    if out.bytes().any(|b| b == b'.' || b == b',') { punctuation(&out) } else { out }
}

/// Puts bases for letters, small letters for capitals, and drops what does not distinguish words.
fn letters(word: &str, out: &mut String) {
    let mut put = |c: char| {
        if is_ignored(c) {
            // The breve of й makes another letter, not an accented и.
            if c == '\u{306}' && out.ends_with('и') {
                out.pop();
                out.push('й');
            }
            return;
        }
        if let Some(joined) = kana(c, out) {
            out.pop();
            out.push(joined);
            return;
        }
        match variant(c) {
            Ok(c) => out.push(c),
            Err(s) => out.push_str(s),
        }
    };
    for c in word.chars() {
        match base(c) {
            Some(base) => base.chars().for_each(&mut put),
            None => match base(lower(c)) {
                Some(base) => base.chars().for_each(&mut put),
                None => put(lower(c)),
            },
        }
    }
}

/// The voiced kana that a voicing mark makes of the kana before it.
fn kana(mark: char, before: &str) -> Option<char> {
    let steps = match mark {
        '\u{3099}' => 1,
        '\u{309A}' => 2,
        _ => return None,
    };
    let last = before.chars().next_back()?;
    let voiced = match last {
        'う' | 'ウ' if steps == 1 => return Some(if last == 'う' { 'ゔ' } else { 'ヴ' }),
        'か'..='と' | 'カ'..='ト' => steps == 1,
        'は'..='ほ' | 'ハ'..='ホ' => true,
        _ => false,
    };
    voiced.then(|| char::from_u32(last as u32 + steps)).flatten()
}

/// Whether a character never distinguishes two words: accents, vowel points, joiners, direction marks.
fn is_ignored(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}'                                      // accents
        | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}' // niqqud
        | '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}'            // harakat, tatweel
        | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}'
        | '\u{8D3}'..='\u{8FF}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{FEFF}')
}

/// One letter for its variants that Unicode keeps apart.
fn variant(c: char) -> Result<char, &'static str> {
    Ok(match c {
        'ß' => return Err("ss"),
        'æ' => return Err("ae"),
        'œ' => return Err("oe"),
        'þ' => return Err("th"),
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ς' => 'σ',
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ة' | 'ہ' | 'ە' | 'ھ' => 'ه',
        'ٱ' => 'ا',
        '’' | '‘' | 'ʼ' | 'ʻ' | '′' | '＇' => '\'',
        '٫' => '.',
        '٬' => ',',
        _ => digit(c).unwrap_or(c),
    })
}

/// The ASCII digit for a decimal digit of another script.
pub fn digit(c: char) -> Option<char> {
    /// The zeros of the scripts whose digits run 0 to 9 from there.
    const ZEROS: [u32; 13] =
        [0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xE50, 0xFF10];
    let code = c as u32;
    let zero = *ZEROS.get(ZEROS.partition_point(|&z| z <= code).checked_sub(1)?)?;
    char::from_digit(code - zero, 10)
}

/// Drops the dots of acronyms and the commas between groups of three digits.
fn punctuation(word: &str) -> String {
    let bytes = word.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    let dropped = |i: usize, c: char| match c {
        '.' => !(is_digit(i.checked_sub(1)) && is_digit(Some(i + 1))),
        ',' => (1..=3).all(|k| is_digit(Some(i + k))) && !is_digit(Some(i + 4)) && is_digit(i.checked_sub(1)),
        _ => false,
    };
    word.char_indices().filter(|&(i, c)| !dropped(i, c)).map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn check(word: &str, folded: &str) {
        assert_eq!(fold(word), folded, "{word}");
    }

    #[test]
    fn one_form_for_every_spelling() {
        check("Café", "cafe");
        check("cafe\u{301}", "cafe");
        check("ＷＩＤＥ１２", "wide12");
        check("U.S.", "us");
        check("don’t", "don't");
        check("STRASSE", "strasse");
        check("Straße", "strasse");
        check("İstanbul", "istanbul");
        check("Łódź", "lodz");
        check("Ὀδυσσεύς", "οδυσσευσ");
        check("Ёлкой", "елкой");
        check("コーヒー", "コーヒー");
        check("が", "が");
        check("ﬁne", "fine");
    }

    #[test]
    fn arabic_and_persian() {
        check("علي", "علی");
        check("كتاب", "کتاب");
        check("مُحَمَّد", "محمد");
        check("مـحـمد", "محمد");
        check("می\u{200C}رود", "میرود");
        check("آن", "ان");
        check("أحمد", "احمد");
        check("۱۴۰۲", "1402");
        check("٢٠٢٣", "2023");
    }

    #[test]
    fn figures() {
        check("1,200", "1200");
        check("1,200,000", "1200000");
        check("3.5", "3.5");
        check("3,5", "3,5");
        check("١٬٢٠٠", "1200");
    }

    /// What the tables are made from, by the crate that has all of them.
    fn reference(c: char) -> String {
        let whole = c.to_string();
        let decomposed = whole.nfkd().flat_map(char::to_lowercase).nfkd();
        let mut out = String::new();
        for c in decomposed.filter(|c| !is_ignored(*c)) {
            match variant(c) {
                Ok(c) => out.push(c),
                Err(s) => out.push_str(s),
            }
        }
        out.nfc().collect()
    }

    #[test]
    fn the_tables_say_what_unicode_says() {
        let scripts = [
            0xC0..=0x24F,
            0x370..=0x3FF,
            0x400..=0x52F,
            0x620..=0x6D3,
            0x1E00..=0x1FFF,
            0xFE80..=0xFEFC,
            0xFF10..=0xFF9D,
        ];
        for c in scripts.into_iter().flatten().filter_map(char::from_u32).filter(|c| c.is_alphanumeric()) {
            let expected = if matches!(c, 'й' | 'Й') { "й".to_owned() } else { reference(c) };
            // An accent that stands alone is not a letter that a word has.
            if !expected.contains(' ') {
                assert_eq!(fold(&c.to_string()), expected, "U+{:04X} {c}", c as u32);
            }
        }
    }

    proptest! {
        #[test]
        fn total_and_settled(word in "\\PC{0,40}") {
            let once = fold(&word);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
