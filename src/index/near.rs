//! Near words: dictionary entries within a small edit distance of a word.
//!
//! The distance is Damerau–Levenshtein in its optimal string alignment form (Oommen and Loke 1997): insert,
//! delete, replace, or swap two neighbours, each letter edited once. Of every entry a signature of
//! its letters is kept, made when first asked for: one edit changes at most two bits of it, so a scan over the
//! signatures of entries of about that length leaves few that must be read and compared.
//!
//! Invariant: what is found is exactly what comparing every entry would find (tested). Not here: how far is
//! allowed for which word (see `search::plan`).

use super::dictionary::{Dictionary, Entry};
use crate::text::sort::sort;

/// An entry near a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The entry's key.
    pub key: String,
    /// The entry.
    pub entry: Entry,
    /// How many edits away, at least one.
    pub edits: u32,
}

/// The letters of every entry of a dictionary.
#[derive(Clone, Default)]
pub struct Letters {
    /// Of 32 classes of letters, whether one is there (low half) and whether two are (high half); by number of letters
    /// (at most 255), then by ordinal.
    signatures: Vec<u64>,
    /// The ordinals in the same order.
    ordinals: Vec<u32>,
    /// Where the entries of each number of letters start in both, and where the last end.
    starts: Vec<usize>,
    /// The entries one behind the other in the order of the dictionary, and where each ends.
    keys: String,
    ends: Vec<u32>,
}

impl Letters {
    /// Of all entries.
    pub fn new(dictionary: &Dictionary) -> Letters {
        let mut letters = Letters { starts: vec![0; 257], ..Letters::default() };
        let mut all: Vec<(u64, u8)> = Vec::new();
        let mut walk = dictionary.all();
        while walk.advance().is_some() {
            let (signature, length) = signature(walk.key().chars());
            all.push((signature, length));
            letters.starts[usize::from(length) + 1] += 1;
            letters.keys.push_str(walk.key());
            letters.ends.push(letters.keys.len() as u32);
        }
        for length in 0..256 {
            letters.starts[length + 1] += letters.starts[length];
        }
        letters.signatures.resize(all.len(), 0);
        letters.ordinals.resize(all.len(), 0);
        let mut next = letters.starts.clone();
        for (ordinal, (signature, length)) in (0..).zip(all) {
            let place = &mut next[usize::from(length)];
            (letters.signatures[*place], letters.ordinals[*place]) = (signature, ordinal);
            *place += 1;
        }
        letters
    }

    /// All entries at 1 to `most` edits from `word`, in dictionary order.
    pub fn near(&self, dictionary: &Dictionary, word: &str, most: u32) -> Vec<Near> {
        let word: Vec<char> = word.chars().collect();
        let (wanted, length) = signature(word.iter().copied());
        let mut found: Vec<(u32, u32)> = Vec::new();
        let (mut letters, mut rows) = (Vec::new(), Vec::new());
        // What one edit cannot do: change the length by two; change more than two bits, or more than one where it
        // changes the length.
        let reach = most.min(255) as u8;
        for other in length.saturating_sub(reach)..=length.saturating_add(reach) {
            let bits = (2 * most).saturating_sub(u32::from(length.abs_diff(other)));
            let Some(&[start, end]) = self.starts.get(usize::from(other)..).and_then(|all| all.first_chunk())
            else {
                break;
            };
            let signatures = self.signatures.get(start..end).unwrap_or_default();
            for (at, _) in
                (start..).zip(signatures).filter(|(_, other)| (*other ^ wanted).count_ones() <= bits)
            {
                let Some(&ordinal) = self.ordinals.get(at) else { continue };
                letters.clear();
                letters.extend(self.key(ordinal as usize).chars());
                let edits = distance(&letters, &word, most, &mut rows);
                if (1..=most).contains(&edits) {
                    found.push((ordinal, edits));
                }
            }
        }
        sort(&mut found);
        let near = |(ordinal, edits)| dictionary.nth(ordinal).map(|(key, entry)| Near { key, entry, edits });
        found.into_iter().filter_map(near).collect()
    }

    fn key(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|&end| self.keys.get(start as usize..end as usize)).unwrap_or_default()
    }
}

fn signature(letters: impl Iterator<Item = char>) -> (u64, u8) {
    let (mut signature, mut length) = (0u64, 0u8);
    for letter in letters {
        let class = match letter {
            'a'..='z' => letter as u32 - 'a' as u32,
            _ => 26 + letter as u32 % 6,
        };
        signature |= if signature >> class & 1 == 1 { 1 << (class + 32) } else { 1 << class };
        length = length.saturating_add(1);
    }
    (signature, length)
}

/// The distance, where it is at most `most`; else some number above. `rows` is room to work in.
fn distance(a: &[char], b: &[char], most: u32, rows: &mut Vec<u32>) -> u32 {
    // What both begin and end with is not edited.
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    let width = b.len() + 1;
    rows.clear();
    rows.resize(3 * width, 0);
    for (at, cell) in rows[..width].iter_mut().enumerate() {
        *cell = at as u32;
    }
    let mut before = 0;
    for (row, &letter) in a.iter().enumerate() {
        // Three rows in turn: the one before the last, the last, this.
        let (last, this) = (row % 3 * width, (row + 1) % 3 * width);
        let older = (row + 2) % 3 * width;
        rows[this] = row as u32 + 1;
        let mut least = rows[this];
        for (column, &wanted) in b.iter().enumerate() {
            let mut best = (rows[last + column] + u32::from(letter != wanted))
                .min(rows[last + column + 1] + 1)
                .min(rows[this + column] + 1);
            if row > 0 && column > 0 && letter == b[column - 1] && a[row - 1] == wanted {
                best = best.min(rows[older + column - 1] + 1);
            }
            rows[this + column + 1] = best;
            least = least.min(best);
        }
        // A swap may reach over one row.
        if least > most && before > most {
            return least;
        }
        before = least;
    }
    rows[a.len() % 3 * width + b.len()]
}

#[cfg(test)]
mod tests {
    use super::super::dictionary::Writer;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn found(dictionary: &Dictionary, word: &str, most: u32) -> Vec<Near> {
        Letters::new(dictionary).near(dictionary, word, most)
    }

    /// The whole table, as the textbook has it.
    fn textbook(a: &str, b: &str) -> u32 {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let mut table = vec![vec![0u32; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    (i + j) as u32
                } else {
                    let mut best = (table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1)
                        .min(table[i - 1][j - 1] + u32::from(a[i - 1] != b[j - 1]));
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(table[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn finds_what_comparing_all_finds(
            keys in prop::collection::btree_set("[a-cé]{0,6}", 0..60),
            word in "[a-cé]{0,6}",
            most in 1u32..3,
        ) {
            let mut writer = Writer::default();
            keys.iter().for_each(|key| writer.push(key, 1, 0));
            let bytes = writer.finish();
            let found: Vec<(String, u32)> = found(&Dictionary::open(&bytes).unwrap(), &word, most)
                .into_iter()
                .map(|near| (near.key, near.edits))
                .collect();
            let expected: Vec<(String, u32)> = keys
                .iter()
                .map(|key| (key.clone(), textbook(key, &word)))
                .filter(|(_, edits)| (1..=most).contains(edits))
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
