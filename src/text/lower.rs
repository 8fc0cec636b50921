//! Small letters: the lower case of a character or a string.
//!
//! Invariant: one character for one, those of Unicode's simple lower case; only İ loses its dot's own character,
//! and a sigma at the end of a word is like any other. Not here: what spellings have in common (`fold.rs`). The
//! standard library's tables of case are 12 kB of the page where this one takes 1.

use std::sync::LazyLock;

/// Runs of capitals, three characters each: the first, the last, and the first's small letter. Where that is the
/// next character, every other one of the run is a capital. A test compares them with the standard library's.
static RUNS: LazyLock<Vec<[char; 3]>> = LazyLock::new(|| {
    let runs = include_str!("lower.txt").split_ascii_whitespace();
    runs.filter_map(|run| run.chars().collect::<Vec<char>>().try_into().ok()).collect()
});

/// The small letter of a capital; any other character as it is.
pub fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let at = RUNS.partition_point(|&[first, ..]| first <= c);
    let Some([first, last, small]) = at.checked_sub(1).and_then(|at| RUNS.get(at)) else { return c };
    let (into, by) = (c as u32 - *first as u32, (*small as u32).wrapping_sub(*first as u32));
    let capital = c <= *last && (by != 1 || into % 2 == 0);
    char::from_u32((c as u32).wrapping_add(by)).filter(|_| capital).unwrap_or(c)
}

/// Whether a character is a capital: one that has a small letter.
pub fn is_capital(c: char) -> bool {
    lower(c) != c
}

/// Whether a character is the small letter of a capital, or `ß`.
pub fn is_small(c: char) -> bool {
    if c.is_ascii() || c == 'ß' {
        return !c.is_ascii() || c.is_ascii_lowercase();
    }
    RUNS.iter().any(|&[first, last, small]| {
        let capital = (c as u32).wrapping_sub(small as u32).wrapping_add(first as u32);
        (first as u32..=last as u32).contains(&capital)
            && char::from_u32(capital).is_some_and(|capital| lower(capital) == c)
    })
}

/// A string in small letters.
pub fn lowercase(text: &str) -> String {
    text.chars().map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_unicode() {
        for c in ('\0'..=char::MAX).filter(|&c| c != 'İ') {
            assert!(c.to_lowercase().eq([lower(c)]), "{c} {:x}", c as u32);
        }
        assert_eq!(lowercase("ÀÉ İZMİR 1ΟΔΟΣ"), "àé izmir 1οδοσ");
    }

    #[test]
    fn capitals_and_their_small_letters_are_told() {
        let capitals = || ('\0'..=char::MAX).filter(|c| !c.to_lowercase().eq([*c]));
        let small: std::collections::BTreeSet<char> = capitals().map(lower).chain(['ß']).collect();
        for c in '\0'..=char::MAX {
            assert_eq!(is_capital(c), c == 'İ' || !c.to_lowercase().eq([c]), "{c} {:x}", c as u32);
            assert_eq!(is_small(c), small.contains(&c), "{c} {:x}", c as u32);
        }
        assert!(small.iter().all(|c| c.is_lowercase()));
    }
}
