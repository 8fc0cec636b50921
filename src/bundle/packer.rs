//! The packer: makes a lexicon for texts, and their codes.
//!
//! Words that are met often enough, or are a single letter, are symbols; the others are spelled. Then, a few times
//! over, those neighbours become one symbol that together save more bits than naming them takes.
//!
//! Invariant: the same texts give the same bytes on every target; linear in the texts. Not here: reading (see
//! `lexicon`, which says what the bytes are).

use super::lexicon::{APART, FILLING, HALF, LONGEST, MARKS, SPELLED, WORD, is_alone, is_spaced, width};
use super::wire::{put, put_len};
use crate::text::interner::Interner;
use crate::text::sort::sort_by_key;

/// Times from which a word is a symbol of its own: fewer do not pay for its letters.
const OFTEN: u32 = 3;
/// Times from which neighbours may become a pair.
const TOGETHER: u32 = 6;
/// Bits that naming a pair takes, about.
const NAMING: f64 = 40.0;
/// How often pairs are looked for; a symbol so is of 2³ words at most.
const ROUNDS: usize = 3;
/// A word without a symbol.
const NONE: u32 = u32::MAX;

/// A lexicon for texts, and the codes of each.
pub fn pack(texts: &[&str]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let mut words = Interner::default();
    let rows: Vec<Vec<u32>> = texts.iter().map(|text| row(text, &mut words)).collect();
    let (symbols, terminals) = terminals(&rows, &mut words);
    let mut rows: Vec<Vec<u32>> = rows.iter().map(|row| spell(row, &symbols, &mut words)).collect();
    let mut pairs: Vec<[u32; 2]> = Vec::new();
    let mut known = MARKS as usize + terminals.len();
    for _ in 0..ROUNDS {
        pairs.extend(join(&mut rows, known));
        known = MARKS as usize + terminals.len() + pairs.len();
    }
    let lengths = lengths(&counts(&rows, known));
    let codes = canonical(&lengths);
    let mut lexicon = Vec::new();
    put_len(&mut lexicon, terminals.len());
    put_len(&mut lexicon, pairs.len());
    let mut last = "";
    for &word in &terminals {
        let word = words.key(word as usize);
        let same = last.char_indices().zip(word.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
        let shared = same.unwrap_or(last.len().min(word.len()));
        let new = word.len() - shared;
        lexicon.push((shared.min(HALF) << 4 | new.min(HALF)) as u8);
        for more in [shared, new].into_iter().filter_map(|length| length.checked_sub(HALF)) {
            put(&mut lexicon, more as u64);
        }
        lexicon.extend_from_slice(&word.as_bytes()[shared..]);
        last = word;
    }
    let mut bits = Writer::new(&mut lexicon);
    lengths.iter().for_each(|&length| bits.put(length.into(), 5));
    pairs.iter().flatten().for_each(|&symbol| bits.put(symbol, width(known)));
    bits.finish();
    let code = |row: &Vec<u32>| {
        let mut out = Vec::new();
        let mut bits = Writer::new(&mut out);
        for &symbol in row {
            bits.put(codes[symbol as usize], lengths[symbol as usize].into());
        }
        bits.finish();
        out
    };
    (lexicon, rows.iter().map(code).collect())
}

/// The words of a text and what stands between them, in order; the space between two words is left out.
fn row(text: &str, words: &mut Interner) -> Vec<u32> {
    let mut row = Vec::new();
    let mut rest = text;
    // Whether a word was last, and a space behind it is still to be written.
    let (mut after_word, mut space) = (false, false);
    while let Some(first) = rest.chars().next() {
        let kind = kind(first);
        let long =
            |(at, letter): &(usize, char)| kind != self::kind(*letter) || *at + letter.len_utf8() > WORD;
        let end = if is_alone(first) {
            first.len_utf8()
        } else {
            rest.char_indices().skip(1).find(long).map_or(rest.len(), |(at, _)| at)
        };
        let (token, behind) = rest.split_at(end);
        rest = behind;
        let is_word = is_spaced(first);
        if after_word && token == " " && !space {
            space = true;
            continue;
        }
        match (space, after_word && is_word) {
            (true, false) => row.push(words.number(" ") + MARKS),
            (false, true) => row.push(APART),
            _ => {}
        }
        row.push(words.number(token) + MARKS);
        (after_word, space) = (is_word, false);
    }
    if space {
        row.push(words.number(" ") + MARKS);
    }
    row
}

/// Letters of one kind make a word.
fn kind(letter: char) -> u8 {
    match letter {
        '0'..='9' => 0,
        letter if is_alone(letter) => 1,
        letter if is_spaced(letter) => 2,
        _ => 3,
    }
}

/// Of each word its symbol, and the words that have one, ascending. Afterwards there are the letters of the others.
fn terminals(rows: &[Vec<u32>], words: &mut Interner) -> (Vec<u32>, Vec<u32>) {
    let mut times = counts(rows, MARKS as usize + words.count()).split_off(MARKS as usize);
    let mut letter = [0; 4];
    for word in 0..words.count() {
        let spelled = words.key(word).to_owned();
        if times[word] < OFTEN && spelled.chars().nth(1).is_some() {
            times[word] = 0;
            for of in spelled.chars() {
                let number = words.number(of.encode_utf8(&mut letter)) as usize;
                times.resize(words.count(), 0);
                times[number] = times[number].max(OFTEN);
            }
        }
    }
    let mut terminals: Vec<u32> =
        (0..).zip(&times).filter(|(_, times)| **times > 0).map(|(at, _)| at).collect();
    sort_by_key(&mut terminals, |&word| words.key(word as usize));
    let mut symbols = vec![NONE; words.count()];
    (MARKS..).zip(&terminals).for_each(|(symbol, &word)| symbols[word as usize] = symbol);
    (symbols, terminals)
}

/// A row of words as a row of symbols.
fn spell(row: &[u32], symbols: &[u32], words: &mut Interner) -> Vec<u32> {
    let mut spelled = Vec::with_capacity(row.len());
    let mut letter = [0; 4];
    for &word in row {
        let Some(number) = word.checked_sub(MARKS) else {
            spelled.push(word);
            continue;
        };
        match symbols[number as usize] {
            NONE => {
                spelled.push(SPELLED);
                for of in words.key(number as usize).to_owned().chars() {
                    spelled.push(symbols[words.number(of.encode_utf8(&mut letter)) as usize]);
                }
                spelled.push(SPELLED);
            }
            symbol => spelled.push(symbol),
        }
    }
    spelled
}

/// How often each symbol stands in the rows.
fn counts(rows: &[Vec<u32>], symbols: usize) -> Vec<u32> {
    let mut counts = vec![0; symbols];
    rows.iter().flatten().for_each(|&symbol| counts[symbol as usize] += 1);
    counts
}

/// Neighbours, by open addressing.
struct Neighbours {
    /// The two symbols, and how often they stand so; never is free.
    slots: Vec<([u32; 2], u32)>,
    used: usize,
}

impl Neighbours {
    fn slot(&self, pair: [u32; 2]) -> usize {
        let mask = self.slots.len() - 1;
        let hash = (u64::from(pair[0]) << 32 | u64::from(pair[1])).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut slot = (hash >> 32) as usize & mask;
        while self.slots[slot].1 != 0 && self.slots[slot].0 != pair {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn add(&mut self, pair: [u32; 2], times: u32) {
        let slot = self.slot(pair);
        self.used += usize::from(self.slots[slot].1 == 0);
        self.slots[slot] = (pair, self.slots[slot].1 + times);
        if self.used * 2 > self.slots.len() {
            let more = vec![([0; 2], 0); self.slots.len() * 2];
            for (pair, times) in std::mem::replace(&mut self.slots, more) {
                if times > 0 {
                    let slot = self.slot(pair);
                    self.slots[slot] = (pair, times);
                }
            }
        }
    }
}

/// Makes pairs of the neighbours that are worth it, as symbols behind the `known`.
fn join(rows: &mut [Vec<u32>], known: usize) -> Vec<[u32; 2]> {
    let mut pairs = Vec::new();
    let mut found = Neighbours { slots: vec![([0; 2], 0); 1 << 10], used: 0 };
    for row in rows.iter() {
        row.windows(2).for_each(|two| found.add([two[0], two[1]], 1));
    }
    let counts = counts(rows, known);
    let all = libm::log2(counts.iter().map(|&count| f64::from(count)).sum::<f64>().max(1.0));
    let logs: Vec<f64> = counts.iter().map(|&count| libm::log2(f64::from(count.max(1)))).collect();
    // From now on the second number is how many bits a pair saves, and none where it is not worth it.
    for ([a, b], times) in &mut found.slots {
        let worth = match [*a as usize, *b as usize] {
            [a, b] if *times >= TOGETHER => {
                let times = f64::from(*times);
                times * (libm::log2(times) + all - logs[a] - logs[b]) - NAMING
            }
            _ => 0.0,
        };
        *times = worth.max(0.0) as u32;
    }
    found.slots.retain(|(_, worth)| *worth > 0);
    let mut good = Neighbours { slots: vec![([0; 2], 0); 1 << 10], used: 0 };
    found.slots.iter().for_each(|&(pair, worth)| good.add(pair, worth));
    // The symbol of each pair, given when it is first met.
    let mut symbols = vec![NONE; good.slots.len()];
    let worth = |two: &[u32]| {
        two.first_chunk::<2>().map_or((0, 0), |&pair| {
            let slot = good.slot(pair);
            (slot, good.slots[slot].1)
        })
    };
    for row in rows {
        let (mut read, mut written) = (0, 0);
        while read < row.len() {
            let (slot, here) = worth(&row[read..]);
            row[written] = row[read];
            // Where the next two are worth more, the one between is theirs.
            if here > 0 && here >= worth(&row[read + 1..]).1 {
                if symbols[slot] == NONE {
                    symbols[slot] = (known + pairs.len()) as u32;
                    pairs.push(good.slots[slot].0);
                }
                row[written] = symbols[slot];
                read += 1;
            }
            (read, written) = (read + 1, written + 1);
        }
        row.truncate(written);
    }
    pairs
}

/// The lengths of Huffman's codes (1952) for symbols that are met so often; 0 for one that is not met.
fn lengths(counts: &[u32]) -> Vec<u8> {
    let mut order: Vec<u32> = (0..).zip(counts).filter(|(_, count)| **count > 0).map(|(at, _)| at).collect();
    sort_by_key(&mut order, |&symbol| counts[symbol as usize]);
    let mut lengths = vec![0; counts.len()];
    let mut shift = 0;
    loop {
        // Leaves ascending, then the nodes as they are made, which is ascending too.
        let mut weights: Vec<u64> =
            order.iter().map(|&symbol| u64::from(counts[symbol as usize] >> shift).max(1)).collect();
        let leaves = weights.len();
        let mut parents = vec![0usize; (2 * leaves).saturating_sub(1)];
        let (mut leaf, mut node) = (0, leaves);
        for made in leaves..parents.len() {
            let mut sum = 0;
            for _ in 0..2 {
                let take_leaf = leaf < leaves && (node == made || weights[leaf] <= weights[node]);
                let least = if take_leaf { &mut leaf } else { &mut node };
                (sum, parents[*least]) = (sum + weights[*least], made);
                *least += 1;
            }
            weights.push(sum);
        }
        let mut depths = vec![0u8; parents.len()];
        for at in (0..parents.len().saturating_sub(1)).rev() {
            depths[at] = depths[parents[at]] + 1;
        }
        let longest = depths.iter().copied().max().map_or(0, usize::from);
        if longest <= LONGEST {
            let fill = |depth: u8| if longest < FILLING { FILLING as u8 } else { depth };
            order.iter().zip(&depths).for_each(|(&symbol, &depth)| lengths[symbol as usize] = fill(depth));
            return lengths;
        }
        shift += 1;
    }
}

/// The canonical codes of these lengths.
fn canonical(lengths: &[u8]) -> Vec<u32> {
    let mut codes = vec![0; lengths.len()];
    let mut next = 0;
    for length in 1..=LONGEST as u8 {
        for (code, _) in codes.iter_mut().zip(lengths).filter(|(_, there)| **there == length) {
            *code = next;
            next += 1;
        }
        next <<= 1;
    }
    codes
}

/// Bits that are written, high bits first.
struct Writer<'a> {
    out: &'a mut Vec<u8>,
    buffer: u64,
    filled: u32,
}

impl<'a> Writer<'a> {
    fn new(out: &'a mut Vec<u8>) -> Writer<'a> {
        Writer { out, buffer: 0, filled: 0 }
    }

    /// The low `width` bits of a number that has no others, at most 32.
    fn put(&mut self, number: u32, width: u32) {
        self.buffer = self.buffer << width | u64::from(number);
        self.filled += width;
        while self.filled >= 8 {
            self.filled -= 8;
            self.out.push((self.buffer >> self.filled) as u8);
        }
    }

    /// Fills the last byte with ones, which is no code.
    fn finish(mut self) {
        if self.filled > 0 {
            self.put((1 << (8 - self.filled)) - 1, 8 - self.filled);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::wire::Reader;
    use super::*;
    use proptest::prelude::*;

    fn back(lexicon: &[u8], codes: &[Vec<u8>]) -> Vec<String> {
        let mut reader = Reader::new(lexicon);
        let lexicon = Lexicon::read(&mut reader).unwrap();
        reader.end().unwrap();
        codes.iter().map(|codes| lexicon.text(codes).unwrap()).collect()
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_back(
            any in prop::collection::vec(".{0,40}", 0..9),
            words in prop::collection::vec("(the|cat|Cat|5|th|é|漢字|ไทย| |  |, |\\.|\n){0,90}", 0..9),
        ) {
            let texts: Vec<&str> = any.iter().chain(&words).map(String::as_str).collect();
            let (lexicon, codes) = pack(&texts);
            prop_assert_eq!(back(&lexicon, &codes), texts);
        }

        #[test]
        fn any_bytes_are_answered(lexicon: Vec<u8>, codes: Vec<u8>, words in "(the |cat |hat ){9}", at: prop::sample::Index, flip: u8) {
            if let Ok(lexicon) = Lexicon::read(&mut Reader::new(&lexicon)) {
                let _ = lexicon.text(&codes);
            }
            let (mut lexicon, rows) = pack(&[&words]);
            let at = at.index(lexicon.len());
            lexicon[at] ^= flip;
            if let Ok(lexicon) = Lexicon::read(&mut Reader::new(&lexicon)) {
                for codes in rows.iter().chain([&codes]) {
                    let most = codes.len() * 8 * 8 * (WORD + 1);
                    prop_assert!(lexicon.text(codes).is_ok_and(|text| text.len() <= most) || !codes.is_empty());
                }
            }
        }
    }

    #[test]
    fn what_is_said_often_takes_little() {
        let text = "The ministers of both countries said on Monday that the talks would go on. ".repeat(200);
        let (lexicon, codes) = pack(&[&text]);
        assert!(lexicon.len() + codes[0].len() < text.len() / 20, "{} and {}", lexicon.len(), codes[0].len());
        assert_eq!(back(&lexicon, &codes), [text]);
    }
}
