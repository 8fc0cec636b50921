//! The dictionary: sorted strings, front-coded in blocks, each with a number and a run of bytes elsewhere.
//!
//! Written as `count, directory of blocks, where the second and the third run end, three runs`. An entry is two pairs of
//! numbers (see [`put_pair`]), one in each of the first two runs, and its new letters in the third: `bytes shared with the
//! entry before`, `bytes that are new`; `weight`, `bytes of data`. A directory entry is four `u32`: where the block starts in
//! each run, and where the data of its first entry starts. The first entry of a block shares nothing, so blocks can be
//! entered by binary search (front coding as in Witten, Moffat and Bell, *Managing Gigabytes*). That each run has bytes of
//! one sort lets the file pack a sixth smaller on its way.
//!
//! Invariant: reading is total. Damaged bytes give fewer entries or `None`, never a panic, and each step goes
//! forward. Not here: what weight and data mean (see `postings` and `build`).

use super::bytes::{Cursor, put_u32, put_varint, u32_at};
use std::cmp::Ordering;
use std::ops::Range;

/// Entries in a block: the price of a look-up in entries read, against a row of the directory a block.
const BLOCK: usize = 48;
/// Bytes of a row of the directory.
const ROW: usize = 16;

/// An entry as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the sorted order, from 0.
    pub ordinal: u32,
    /// The number stored with it; of a term, the articles that have it.
    pub weight: u32,
    /// Where its data lie in the section that goes with this dictionary.
    pub data: Range<usize>,
}

/// Collects entries in order and writes them.
#[derive(Default)]
pub struct Writer {
    count: u32,
    directory: Vec<u8>,
    runs: [Vec<u8>; 3],
    last: String,
    data: u32,
}

impl Writer {
    /// Appends `key`, which must be greater than the one before, with its weight and its data's length.
    pub fn push(&mut self, key: &str, weight: u32, data: u32) {
        debug_assert!(self.count == 0 || self.last.as_str() < key);
        let shared = if (self.count as usize).is_multiple_of(BLOCK) {
            self.runs.iter().for_each(|run| put_u32(&mut self.directory, run.len() as u32));
            put_u32(&mut self.directory, self.data);
            0
        } else {
            shared_prefix(&self.last, key)
        };
        let new = key.len() - shared;
        let [lengths, numbers, letters] = &mut self.runs;
        put_pair(lengths, shared as u32, new as u32);
        put_pair(numbers, weight, data);
        letters.extend_from_slice(&key.as_bytes()[shared..]);
        self.count += 1;
        self.data += data;
        key.clone_into(&mut self.last);
    }

    /// The section.
    pub fn finish(self) -> Vec<u8> {
        let mut out = Vec::new();
        put_u32(&mut out, self.count);
        out.extend_from_slice(&self.directory);
        let [lengths, numbers, _] = &self.runs;
        put_u32(&mut out, lengths.len() as u32);
        put_u32(&mut out, (lengths.len() + numbers.len()) as u32);
        self.runs.iter().for_each(|run| out.extend_from_slice(run));
        out
    }
}

/// What half a byte says where more follows.
const HALF: u32 = 15;

/// Appends two numbers, half a byte each; what is more follows as varints.
fn put_pair(out: &mut Vec<u8>, a: u32, b: u32) {
    out.push((a.min(HALF) << 4 | b.min(HALF)) as u8);
    for more in [a, b].into_iter().filter_map(|number| number.checked_sub(HALF)) {
        put_varint(out, more);
    }
}

/// Two numbers.
#[inline]
fn pair(cursor: &mut Cursor) -> Option<(u32, u32)> {
    let both = u32::from(*cursor.take(1)?.first()?);
    let mut more = |half: u32| if half < HALF { Some(half) } else { HALF.checked_add(cursor.varint()?) };
    Some((more(both >> 4)?, more(both & HALF)?))
}

/// Bytes that two strings have in common from the start, on a character boundary.
fn shared_prefix(a: &str, b: &str) -> usize {
    a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map_or(a.len().min(b.len()), |((at, _), _)| at)
}

/// The first eight bytes of a key, zeros behind its end, as a number that sorts as they do.
pub fn head(key: &[u8]) -> u64 {
    let mut eight = [0; 8];
    eight.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    u64::from_be_bytes(eight)
}

/// A dictionary read in place.
#[derive(Clone, Copy, Default)]
pub struct Dictionary<'a> {
    /// Of each block how its first key begins (see [`head`]); may be left out.
    heads: &'a [u64],
    count: u32,
    directory: &'a [u8],
    runs: [&'a [u8]; 3],
}

impl<'a> Dictionary<'a> {
    /// Over the bytes of [`Writer::finish`]; `None` where the directory does not fit.
    pub fn open(bytes: &'a [u8]) -> Option<Dictionary<'a>> {
        let count = u32_at(bytes, 0)?;
        let split = 4 + (count as usize).div_ceil(BLOCK).checked_mul(ROW)?;
        let (directory, runs) = (bytes.get(4..split)?, bytes.get(split + 8..)?);
        let [numbers, letters] = [u32_at(bytes, split)? as usize, u32_at(bytes, split + 4)? as usize];
        let runs = [runs.get(..numbers)?, runs.get(numbers..letters)?, runs.get(letters..)?];
        Some(Dictionary { heads: &[], count, directory, runs })
    }

    /// How the first key of each block begins, to find blocks by.
    pub fn heads(&self) -> Vec<u64> {
        (0..self.directory.len() / ROW).map(|block| head(self.first(block).unwrap_or_default())).collect()
    }

    /// The same dictionary, with its [`Dictionary::heads`].
    pub fn with(self, heads: &'a [u64]) -> Dictionary<'a> {
        Dictionary { heads, ..self }
    }

    /// The entry of exactly `key`.
    pub fn get(&self, key: &str) -> Option<Entry> {
        let mut walk = self.walk(self.block_before(key.as_bytes()));
        // How many bytes, of whole characters, the entry before has in common with the key; so far all are less than it.
        let mut common = 0;
        loop {
            let (shared, new) = walk.step()?;
            if shared < common {
                return None;
            }
            if shared == common {
                let rest = key.as_bytes().get(common..)?;
                match new.cmp(rest) {
                    Ordering::Less => {}
                    Ordering::Equal => return Some(walk.entry()),
                    Ordering::Greater => return None,
                }
                common += new.iter().zip(rest).take_while(|(x, y)| x == y).count();
                while !key.is_char_boundary(common) {
                    common -= 1;
                }
            }
        }
    }

    /// The entry at `ordinal`.
    pub fn nth(&self, ordinal: u32) -> Option<(String, Entry)> {
        let mut walk = self.block_of(ordinal);
        while walk.advance().is_some() {
            if walk.ordinal() == ordinal {
                return Some((walk.key().to_owned(), walk.entry()));
            }
        }
        None
    }

    /// A walk through the block that holds `ordinal`, and on.
    pub fn block_of(&self, ordinal: u32) -> Walk<'a> {
        self.walk(ordinal as usize / BLOCK)
    }

    /// All entries that begin with `prefix`, in order.
    pub fn prefix(&self, prefix: &str) -> impl Iterator<Item = (String, Entry)> + use<'a> {
        let prefix = prefix.to_owned();
        let mut walk = self.from(&prefix);
        std::iter::from_fn(move || {
            walk.advance()?;
            walk.key().starts_with(&prefix).then(|| (walk.key().to_owned(), walk.entry()))
        })
    }

    /// A walk over everything.
    pub fn all(&self) -> Walk<'a> {
        self.walk(0)
    }

    /// A walk whose first [`Walk::advance`] gives the first entry not less than `key`.
    pub fn from(&self, key: &str) -> Walk<'a> {
        let mut walk = self.walk(self.block_before(key.as_bytes()));
        while walk.advance().is_some() {
            if walk.key() >= key {
                walk.again = true;
                break;
            }
        }
        walk
    }

    /// The last block whose first key is not greater than `key`, or the first block.
    fn block_before(&self, key: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.directory.len() / ROW);
        if !self.heads.is_empty() {
            // Where the beginnings are the same, the keys decide.
            let head = head(key);
            low = self.heads.partition_point(|there| *there < head);
            high = low + self.heads[low..].iter().take_while(|there| **there == head).count();
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if self.first(middle).is_some_and(|first| first <= key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low.saturating_sub(1)
    }

    /// The first key of a block.
    fn first(&self, block: usize) -> Option<&'a [u8]> {
        let (_, length) = pair(&mut self.run(block, 0))?;
        self.run(block, 2).take(length as usize)
    }

    /// Where a block starts in a run; at its end where it does not.
    fn run(&self, block: usize, run: usize) -> Cursor<'a> {
        let start = u32_at(self.directory, block * ROW + run * 4);
        Cursor::new(start.and_then(|start| self.runs[run].get(start as usize..)).unwrap_or_default())
    }

    fn walk(&self, block: usize) -> Walk<'a> {
        let data = u32_at(self.directory, block * ROW + 12).unwrap_or(0) as usize;
        Walk {
            runs: [0, 1, 2].map(|run| self.run(block, run)),
            data: data..data,
            next: block.saturating_mul(BLOCK).min(self.count as usize) as u32,
            count: self.count,
            key: String::new(),
            weight: 0,
            again: false,
        }
    }
}

/// Entries one after the other.
pub struct Walk<'a> {
    runs: [Cursor<'a>; 3],
    data: Range<usize>,
    next: u32,
    count: u32,
    key: String,
    weight: u32,
    /// Whether the present entry is the next one too.
    again: bool,
}

impl<'a> Walk<'a> {
    /// Goes to the next entry; `None` at the end and where the bytes are damaged.
    pub fn advance(&mut self) -> Option<()> {
        if std::mem::take(&mut self.again) {
            return Some(());
        }
        let (shared, new) = self.step()?;
        let suffix = std::str::from_utf8(new).ok().filter(|_| self.key.is_char_boundary(shared));
        let Some(suffix) = suffix else {
            self.next = self.count;
            return None;
        };
        self.key.truncate(shared);
        self.key.push_str(suffix);
        Some(())
    }

    /// The same without its key: how many bytes it shares with the one before, and those that are new.
    fn step(&mut self) -> Option<(usize, &'a [u8])> {
        if self.next >= self.count {
            return None;
        }
        let [lengths, numbers, letters] = &mut self.runs;
        let (shared, new) = pair(lengths)?;
        let (weight, data) = pair(numbers)?;
        let new = letters.take(new as usize)?;
        self.weight = weight;
        self.data = self.data.end..self.data.end.checked_add(data as usize)?;
        self.next += 1;
        Some((shared as usize, new))
    }

    /// The present key; empty before the first [`Walk::advance`].
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The present entry.
    pub fn entry(&self) -> Entry {
        Entry { ordinal: self.ordinal(), weight: self.weight, data: self.data.clone() }
    }

    /// The place of the present entry in the order.
    pub fn ordinal(&self) -> u32 {
        self.next.saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn write(keys: &BTreeSet<String>) -> Vec<u8> {
        let mut writer = Writer::default();
        for (at, key) in keys.iter().enumerate() {
            writer.push(key, at as u32 * 3, at as u32 % 5);
        }
        writer.finish()
    }

    proptest! {
        #[test]
        fn finds_what_a_set_finds(keys in prop::collection::btree_set("[a-cèé]{0,5}", 0..80), probe in "[a-dèé]{0,3}") {
            let bytes = write(&keys);
            let heads = Dictionary::open(&bytes).unwrap().heads();
            let dictionary = Dictionary::open(&bytes).unwrap().with(&heads);
            let mut start = 0;
            for (at, key) in keys.iter().enumerate() {
                let entry = Entry { ordinal: at as u32, weight: at as u32 * 3, data: start..start + at % 5 };
                start += at % 5;
                prop_assert_eq!(dictionary.get(key), Some(entry.clone()));
                prop_assert_eq!(dictionary.nth(at as u32), Some((key.clone(), entry)));
            }
            prop_assert_eq!(dictionary.get(&probe).is_some(), keys.contains(&probe));
            let found: Vec<String> = dictionary.prefix(&probe).map(|(key, _)| key).collect();
            let expected: Vec<String> = keys.iter().filter(|key| key.starts_with(&probe)).cloned().collect();
            prop_assert_eq!(&found, &expected);
            let found: Vec<String> =
                Dictionary::open(&bytes).unwrap().prefix(&probe).map(|(key, _)| key).collect();
            prop_assert_eq!(found, expected);
            prop_assert_eq!(dictionary.nth(keys.len() as u32), None);
        }

        #[test]
        fn any_bytes_can_be_asked(bytes in prop::collection::vec(any::<u8>(), 0..200), probe in "[a-d]{0,3}") {
            if let Some(dictionary) = Dictionary::open(&bytes) {
                dictionary.get(&probe);
                dictionary.nth(3);
                prop_assert!(dictionary.prefix("").count() <= bytes.len());
            }
        }
    }
}
