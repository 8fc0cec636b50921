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
}
