//! Units at the doors: bytes to Unicode scalar values (what Python's `str` indexes) and to UTF-16 (JavaScript).
//!
//! Invariant: conversions are monotone and total; an offset beyond the text maps to its end.

use super::Span;

/// How many bytes one entry of a table stands for.
const STRIDE: usize = 256;

/// A table of unit counts at every [`STRIDE`]th byte, so that a conversion looks at one stride only.
struct Table<'t> {
    text: &'t str,
    counts: Vec<u32>,
    units: fn(char) -> u32,
}

impl<'t> Table<'t> {
    fn new(text: &'t str, units: fn(char) -> u32) -> Self {
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut total = 0;
        for (at, c) in text.char_indices() {
            while counts.len() * STRIDE <= at {
                counts.push(total);
            }
            total += units(c);
        }
        Table { text, counts, units }
    }

    fn of(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        let Some(slot) = (byte / STRIDE).min(self.counts.len().wrapping_sub(1)).checked_add(0) else {
            return 0;
        };
        let Some(&count) = self.counts.get(slot) else { return 0 };
        let mut from = slot * STRIDE;
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let rest = self.text.get(from..).unwrap_or("");
        count
            + rest
                .char_indices()
                .take_while(|(at, _)| from + at < byte)
                .map(|(_, c)| (self.units)(c))
                .sum::<u32>()
    }
}

/// Byte offsets to offsets in Unicode scalar values.
pub struct Scalars<'t>(Table<'t>);

impl<'t> Scalars<'t> {
    /// Prepares a text; linear in its length.
    pub fn new(text: &'t str) -> Self {
        Scalars(Table::new(text, |_| 1))
    }

    /// The scalar offset of a byte offset.
    pub fn of(&self, byte: u32) -> u32 {
        self.0.of(byte)
    }

    /// A span in scalars, half-open.
    pub fn span(&self, span: Span) -> [u32; 2] {
        [self.of(span.start), self.of(span.end)]
    }
}

/// Byte offsets to offsets in UTF-16 code units.
pub struct Utf16<'t>(Table<'t>);

impl<'t> Utf16<'t> {
    /// Prepares a text; linear in its length.
    pub fn new(text: &'t str) -> Self {
        Utf16(Table::new(text, |c| c.len_utf16() as u32))
    }

    /// The UTF-16 offset of a byte offset.
    pub fn of(&self, byte: u32) -> u32 {
        self.0.of(byte)
    }

    /// A span in UTF-16 code units, half-open.
    pub fn span(&self, span: Span) -> [u32; 2] {
        [self.of(span.start), self.of(span.end)]
    }
}
