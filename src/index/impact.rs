//! The impact: what a word weighs in one article, by how often it stands in the title, in headings and in the text.
//!
//! BM25F as in Robertson and Zaragoza, *The Probabilistic Relevance Framework* (2009), 3.6: the times in each
//! field, made comparable by the field's length, are added with the field's weight, and the sum saturates once. Headings
//! are a part of the text, whose times count more: they share its length.
//! The index keeps an upper bound of it for every block of postings, so these constants belong to its format.
//!
//! Invariant: between 0 and 1, monotone in the times; the same on every target (only + − × ÷). Not here: how rare
//! the word is (see `search`).

/// Saturation: 0 counts only whether a word is there, 1.2 (customary) lets the tenth time still count a little.
const K1: f64 = 1.2;
/// Length of the text: 0 ignores it, 1 counts times per word; customary.
const B_TEXT: f64 = 0.75;
/// Length of the title; titles differ less.
const B_TITLE: f64 = 0.5;
/// Weight of a word in the title against one in the text: 1 would make it one more word of the text.
const TITLE: f64 = 3.0;
/// Weight of a word in a heading of the text against one elsewhere in it, whole and at least 1: 1 makes headings text like
/// any other, 2 counts each word in them twice.
pub const HEADING: u32 = 3;

/// What one time in the title, and one in the text, weighs in an article of these lengths (in words).
pub fn norms(title: u32, text: u32, mean: [f64; 2]) -> [f32; 2] {
    let norm = |words: u32, mean: f64, b: f64| 1.0 / (1.0 - b + b * f64::from(words) / mean.max(1.0));
    [(TITLE * norm(title, mean[0], B_TITLE)) as f32, norm(text, mean[1], B_TEXT) as f32]
}

/// How often a word counts in a text in which it stands so often, some of it in headings.
pub fn times(text: u32, headings: u32) -> u32 {
    text.saturating_add((HEADING - 1).saturating_mul(headings))
}

/// The weighted times of a word, saturated.
#[inline]
pub fn saturated(times: f64) -> f64 {
    times / (K1 + times)
}

/// By how much more, at most, times may weigh where lengths are measured against the mean `now` and not `then`: a length
/// that is measured against a greater mean is a shorter one.
pub fn stretch(then: [f64; 2], now: [f64; 2]) -> f64 {
    /// More than what is lost where norms are rounded.
    const ROUNDING: f64 = 1.0 + 1e-6;
    let ratio = |field: usize| now[field].max(1.0) / then[field].max(1.0);
    ratio(0).max(ratio(1)).max(1.0) * ROUNDING
}

/// The impact of times that weigh so much more.
pub fn stretched(impact: f64, stretch: f64) -> f64 {
    if stretch > 1.0 { stretch * impact / (1.0 - impact + stretch * impact) } else { impact }
}

/// An impact as a byte that is not less.
pub fn bound(impact: f64) -> u8 {
    (impact * 255.0) as u8 + u8::from(impact < 1.0)
}

/// The impact that a byte stands for.
pub fn bounded(byte: u8) -> f64 {
    f64::from(byte) / 255.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_times_weigh_more_and_no_bound_is_less() {
        let mut last = 0.0;
        for times in 1..200 {
            let impact = saturated(f64::from(times) * 0.1);
            assert!(impact > last && impact < 1.0);
            assert!(bounded(bound(impact)) >= impact);
            last = impact;
        }
    }
}
