//! Scripts: which direction a text runs, and which characters are written without spaces.
//!
//! Invariant: decided by blocks of the Unicode chart, never by a language tag.

/// Whether a character belongs to a script written without spaces between words (Han, kana, Hangul, Thai, Lao,
/// Khmer, Burmese), so that each character is a word of its own. Hangul is among them because its particles
/// are joined to the noun.
pub fn is_unspaced(c: char) -> bool {
    if c < '\u{E00}' {
        return false;
    }
    matches!(c,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}'
        | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{3130}'..='\u{318F}'
        | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a letter is written from right to left (Hebrew, Arabic, Syriac, Thaana, N'Ko and their extensions).
pub fn is_rtl_letter(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}')
        && c.is_alphabetic()
}

/// Whether most letters run from right to left. Decided on the first 4,096 letters.
pub fn is_rtl(text: &str) -> bool {
    let (mut right, mut all) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(4096) {
        right += usize::from(is_rtl_letter(c));
        all += 1;
    }
    right * 2 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        assert_eq!(is_rtl(text), expected, "{text}");
    }

    #[test]
    fn direction_by_majority() {
        check("مذاکرات ایران and US", true);
        check("שלום עולם", true);
        check("The word שלום here", false);
        check("123 — …", false);
        check("", false);
    }

    #[test]
    fn unspaced_scripts() {
        for c in "漢字かなカナไทย한국".chars() {
            assert!(is_unspaced(c), "{c}");
        }
        for c in "aéяعא،。".chars() {
            assert!(!is_unspaced(c), "{c}");
        }
    }
}
