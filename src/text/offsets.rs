//! Offsets at the doors: from bytes to Unicode scalar values (scripts) or UTF-16 code units (JavaScript).
//!
//! Invariant: a table of one entry per [`STEP`] bytes makes any query cheap, in any order. An offset inside a
//! character counts as the character's start; one past the end counts as the end.

use super::Span;

/// Bytes between two entries of the table.
const STEP: usize = 256;

/// How many units precede each [`STEP`]th byte of a text.
struct Table<'a> {
    bytes: &'a [u8],
    before: Vec<u32>,
    unit: fn(u8) -> u32,
}

impl<'a> Table<'a> {
    /// `unit` says how many units the character that a byte begins has; 0 for a continuation byte.
    fn new(text: &'a str, unit: fn(u8) -> u32) -> Table<'a> {
        let bytes = text.as_bytes();
        let mut sum = 0;
        let before = bytes
            .chunks(STEP)
            .map(|chunk| {
                let here = sum;
                sum += chunk.iter().map(|&b| unit(b)).sum::<u32>();
                here
            })
            .collect();
        Table { bytes, before, unit }
    }

    fn of(&self, byte: u32) -> u32 {
        let mut byte = (byte as usize).min(self.bytes.len());
        while byte > 0 && self.bytes.get(byte).is_some_and(|&b| is_continuation(b)) {
            byte -= 1;
        }
        // The entry at or before; at the very end of a text of whole steps, the last one.
        let entry = (byte / STEP).min(self.before.len().saturating_sub(1));
        let before = self.before.get(entry).copied().unwrap_or(0);
        let rest = self.bytes.get(entry * STEP..byte).unwrap_or(&[]);
        before + rest.iter().map(|&b| (self.unit)(b)).sum::<u32>()
    }

    fn span(&self, span: Span) -> [u32; 2] {
        [self.of(span.start), self.of(span.end)]
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// Bytes of one text as Unicode scalar values: what Python's `str` indexes.
pub struct Scalars<'a>(Table<'a>);

impl<'a> Scalars<'a> {
    /// For this text.
    pub fn new(text: &'a str) -> Scalars<'a> {
        Scalars(Table::new(text, |b| u32::from(!is_continuation(b))))
    }

    /// Scalar values before a byte offset.
    pub fn of(&self, byte: u32) -> u32 {
        self.0.of(byte)
    }

    /// The byte offset before which there are so many scalar values; `None` past the end.
    pub fn byte(&self, scalars: u32) -> Option<u32> {
        let Table { bytes, before, unit } = &self.0;
        let entry = before.partition_point(|b| *b <= scalars).saturating_sub(1);
        let mut left = scalars - before.get(entry).copied().unwrap_or(0);
        let start = entry * STEP;
        for (at, &byte) in bytes.get(start..)?.iter().enumerate() {
            let here = unit(byte);
            if left == 0 && here > 0 {
                return Some((start + at) as u32);
            }
            left = left.saturating_sub(here);
        }
        (left == 0).then_some(bytes.len() as u32)
    }

    /// Both ends of a span in scalar values.
    pub fn span(&self, span: Span) -> [u32; 2] {
        self.0.span(span)
    }
}

/// Bytes of one text as UTF-16 code units: what JavaScript strings index.
pub struct Utf16<'a>(Table<'a>);

impl<'a> Utf16<'a> {
    /// For this text.
    pub fn new(text: &'a str) -> Utf16<'a> {
        Utf16(Table::new(text, |b| if is_continuation(b) { 0 } else { 1 + u32::from(b >= 0xF0) }))
    }

    /// Code units before a byte offset.
    pub fn of(&self, byte: u32) -> u32 {
        self.0.of(byte)
    }

    /// Both ends of a span in code units.
    pub fn span(&self, span: Span) -> [u32; 2] {
        self.0.span(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agree_with_counting(text in "(\\PC|[a-z\u{1F600}é]){0,700}") {
            let (scalars, utf16) = (Scalars::new(&text), Utf16::new(&text));
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let before = &text[..byte];
                prop_assert_eq!(scalars.of(byte as u32) as usize, before.chars().count());
                prop_assert_eq!(scalars.byte(before.chars().count() as u32), Some(byte as u32));
                prop_assert_eq!(utf16.of(byte as u32) as usize, before.encode_utf16().count());
            }
        }
    }

    #[test]
    fn out_of_range_is_the_end_and_inside_is_the_start() {
        let scalars = Scalars::new("é—x");
        assert_eq!(scalars.of(1), 0);
        assert_eq!(scalars.span(Span { start: 2, end: 99 }), [1, 3]);
        assert_eq!((scalars.byte(3), scalars.byte(4)), (Some(6), None));
        assert_eq!(Utf16::new("").of(7), 0);
    }
}
