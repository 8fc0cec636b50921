//! The lexicon: what the codes of a corpus's texts stand for.
//!
//! A text is a row of symbols: words and what stands between them, two marks, and pairs of earlier symbols. One space
//! between two words is not written, where there is none [`APART`] stands; a rare word is spelled, letter by letter,
//! between two [`SPELLED`]. Symbols have canonical Huffman codes, high bits first (after Moura, Navarro, Ziviani and
//! Baeza-Yates, *Fast and flexible word searching on compressed text*, 2000, and Larsson and Moffat, *Off-line
//! dictionary-based compression*, 2000). So any text can be read without its neighbours.
//!
//! ```text
//! words, pairs   numbers, how many
//! words          ascending, each: a byte, letters shared with the one before and letters that are new (four bits
//!                each, 15: a number follows), the new letters
//! bits           of each symbol (marks, words, pairs) the length of its code, 5; of each pair its two symbols
//! ```
//!
//! Invariant: reading is total; a symbol stands for at most [`LARGEST`] bytes and marks, so that what is read is in
//! proportion to its codes. Not here: how a lexicon is made (see `packer`).

use super::wire::{Read, Reader};

/// The symbol that says that no space stands between two words.
pub const APART: u32 = 0;
/// The symbol before and behind what is spelled.
pub const SPELLED: u32 = 1;
/// How many such symbols there are.
pub const MARKS: u32 = 2;
/// Bits of the longest code.
pub const LONGEST: usize = 24;
/// Bits of the shortest of the longest codes: that the bits which fill a byte are no code.
pub const FILLING: usize = 8;
/// Bytes of a word, at most.
pub const WORD: usize = 32;
/// Bytes and marks that a symbol stands for, at most: eight words and spaces between them.
const LARGEST: u32 = 8 * (WORD as u32 + 1);
/// What half a byte says where more follows.
pub const HALF: usize = 15;

/// Symbols, and how to read them.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    letters: String,
    /// Of each word, where it ends in `letters`, doubled, and one more where it is a word between spaces.
    words: Vec<u32>,
    pairs: Vec<[u32; 2]>,
    /// Symbols in the order of their codes.
    order: Vec<u32>,
    /// Of each length: what a code of it is less than, left-aligned in 32 bits; its first code; its place in `order`.
    lengths: [(u64, u32, u32); LONGEST + 1],
    /// By the first eight bits, the shortest length that the code may have.
    shortest: Vec<u8>,
}

/// Whether spaces stand between words with this letter.
pub fn is_spaced(letter: char) -> bool {
    match letter {
        '0'..='9' | 'a'..='z' | 'A'..='Z' => true,
        // Signs of Latin-1, punctuation and symbols.
        '\0'..='\u{bf}' | '\u{2000}'..='\u{2e7f}' => false,
        letter => !is_alone(letter),
    }
}

/// Whether a letter is a word of its own: in scripts without spaces.
pub fn is_alone(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..)
}

impl Lexicon {
    /// Reads a lexicon.
    pub fn read(reader: &mut Reader) -> Read<Lexicon> {
        let damaged = || "its lexicon is damaged".to_owned();
        let (words, pairs) = (reader.count()?, reader.count()?);
        let symbols = MARKS as usize + words + pairs;
        let mut lexicon = Lexicon::default();
        // Bytes and marks that each symbol stands for.
        let mut sizes = vec![1u32; MARKS as usize];
        let mut letters: Vec<u8> = Vec::new();
        let mut last = 0..0;
        for _ in 0..words {
            let both = usize::from(reader.byte()?);
            let mut more = |half: usize| -> Read<usize> {
                if half < HALF { Ok(half) } else { Ok(HALF + reader.small()? as usize) }
            };
            let (shared, new) = (more(both >> 4)?, more(both & HALF)?);
            let start = letters.len();
            letters.extend_from_within(last.start..last.start + shared.min(last.len()));
            letters.extend_from_slice(reader.take(new)?);
            last = start..letters.len();
            if last.is_empty() || last.len() > WORD {
                return Err(damaged());
            }
            // A space may come before it.
            sizes.push(last.len() as u32 + 1);
        }
        lexicon.letters = String::from_utf8(letters).map_err(|_| damaged())?;
        let mut start = 0;
        for size in sizes.iter().skip(MARKS as usize) {
            let end = start + *size as usize - 1;
            let word = lexicon.letters.get(start..end).ok_or_else(damaged)?;
            lexicon.words.push((end as u32) << 1 | u32::from(word.starts_with(is_spaced)));
            start = end;
        }
        let width = width(symbols);
        let length = (symbols * 5 + pairs * 2 * width as usize).div_ceil(8);
        let mut bits = Bits::new(reader.take(length)?);
        let lengths: Vec<u8> = (0..symbols).map(|_| bits.get(5) as u8).collect();
        for _ in 0..pairs {
            let pair = [bits.get(width), bits.get(width)];
            let size = |symbol: u32| sizes.get(symbol as usize).copied();
            let sum = size(pair[0]).zip(size(pair[1])).map(|(a, b)| a + b);
            sizes.push(sum.filter(|sum| *sum <= LARGEST).ok_or_else(damaged)?);
            lexicon.pairs.push(pair);
        }
        lexicon.arrange(&lengths).ok_or_else(damaged)?;
        Ok(lexicon)
    }

    /// From the lengths of the codes, which code is which symbol; `None` where there are no such codes.
    fn arrange(&mut self, lengths: &[u8]) -> Option<()> {
        let mut counts = [0u32; LONGEST + 1];
        for &length in lengths {
            *counts.get_mut(usize::from(length))? += 1;
        }
        let (mut code, mut place) = (0u32, 0u32);
        let mut next = [0u32; LONGEST + 1];
        for (length, (row, next)) in self.lengths.iter_mut().zip(&mut next).enumerate().skip(1) {
            let count = counts[length];
            let after = code + count;
            if after > 1 << length {
                return None;
            }
            *row = (u64::from(after) << (32 - length), code, place);
            *next = place;
            (code, place) = (after << 1, place + count);
        }
        self.order = vec![0; place as usize];
        for (symbol, &length) in (0..).zip(lengths).filter(|(_, length)| **length > 0) {
            let next = next.get_mut(usize::from(length))?;
            *self.order.get_mut(*next as usize)? = symbol;
            *next += 1;
        }
        let shortest = |byte: u64| (1..LONGEST).find(|&length| self.lengths[length].0 > byte << 24);
        self.shortest = (0..256).map(|byte| shortest(byte).unwrap_or(LONGEST) as u8).collect();
        Some(())
    }

    /// The next symbol; `None` at the end.
    #[inline]
    fn next(&self, bits: &mut Bits) -> Option<u32> {
        let window = bits.window();
        let shortest = self.shortest.get((window >> 24) as usize).map_or(1, |&length| usize::from(length));
        for (length, &(limit, first, place)) in self.lengths.iter().enumerate().skip(shortest) {
            if u64::from(window) < limit {
                let at = place + ((window >> (32 - length)) - first);
                return bits.pass(length as u32).then(|| self.order.get(at as usize).copied())?;
            }
        }
        None
    }

    /// The text of a row of codes.
    pub fn text(&self, codes: &[u8]) -> Read<String> {
        let mut bits = Bits::new(codes);
        // English takes a quarter of its bytes.
        let mut text = String::with_capacity(codes.len() * 4);
        let mut ahead: Vec<u32> = Vec::new();
        let (mut after_word, mut spelled, mut glued) = (false, false, false);
        while let Some(symbol) = self.next(&mut bits) {
            ahead.push(symbol);
            while let Some(symbol) = ahead.pop() {
                match symbol {
                    APART => after_word = false,
                    SPELLED => (spelled, glued) = (!spelled, false),
                    _ => {
                        let word = (symbol - MARKS) as usize;
                        if let Some(&end) = self.words.get(word) {
                            let start = word.checked_sub(1).and_then(|before| self.words.get(before));
                            let is_word = end & 1 == 1;
                            if after_word && is_word && !glued {
                                text.push(' ');
                            }
                            let letters = (start.map_or(0, |start| start >> 1) as usize)..(end >> 1) as usize;
                            text.push_str(self.letters.get(letters).unwrap_or_default());
                            (after_word, glued) = (is_word, spelled);
                        } else if let Some(&[first, then]) = self.pairs.get(word - self.words.len()) {
                            ahead.push(then);
                            ahead.push(first);
                        }
                    }
                }
            }
        }
        if bits.left() >= 8 { Err("a text in it cannot be read".to_owned()) } else { Ok(text) }
    }
}

/// Bits of a symbol's number where there are so many.
pub fn width(symbols: usize) -> u32 {
    usize::BITS - symbols.leading_zeros()
}

/// Bits that are read, high bits first.
struct Bits<'a> {
    rest: &'a [u8],
    /// Left-aligned.
    buffer: u64,
    filled: u32,
}

impl<'a> Bits<'a> {
    fn new(rest: &'a [u8]) -> Bits<'a> {
        Bits { rest, buffer: 0, filled: 0 }
    }

    /// The next 32; zeros behind the end.
    #[inline]
    fn window(&mut self) -> u32 {
        if self.filled < 32 {
            if let Some((four, rest)) = self.rest.split_first_chunk::<4>() {
                self.buffer |= u64::from(u32::from_be_bytes(*four)) << (32 - self.filled);
                (self.rest, self.filled) = (rest, self.filled + 32);
            } else {
                for &byte in self.rest {
                    self.buffer |= u64::from(byte) << (56 - self.filled);
                    self.filled += 8;
                }
                self.rest = &[];
            }
        }
        (self.buffer >> 32) as u32
    }

    /// Passes over some of the next 32; whether they are there.
    #[inline]
    fn pass(&mut self, bits: u32) -> bool {
        let there = bits <= self.filled;
        if there {
            self.buffer <<= bits;
            self.filled -= bits;
        }
        there
    }

    /// A number of so many bits, at most 32, at least one.
    fn get(&mut self, width: u32) -> u32 {
        let number = self.window() >> (32 - width);
        self.pass(width);
        number
    }

    fn left(&self) -> usize {
        self.rest.len() * 8 + self.filled as usize
    }
}
