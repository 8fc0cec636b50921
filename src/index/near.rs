//! Near words: dictionary entries within a small edit distance of a word.
//!
//! The distance is Damerau–Levenshtein in its optimal string alignment form (Oommen and Loke 1997): insert,
//! delete, replace, or swap two neighbours, each letter edited once. The dictionary is walked once in its sorted
//! order; rows of the table are kept for the letters shared with the entry before, and an entry whose shared
//! letters are already too far is passed over.
//!
//! Invariant: what is found is exactly what comparing every entry would find (tested). Not here: how far is
//! allowed for which word (see `search::plan`).

use super::dictionary::{Dictionary, Entry};

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

/// All entries at 1 to `most` edits from `word`, in dictionary order.
pub fn near(dictionary: &Dictionary, word: &str, most: u32) -> Vec<Near> {
    let word: Vec<char> = word.chars().collect();
    let width = word.len() + 1;
    // One row a letter of the present key, the row of no letters first.
    let mut rows: Vec<u32> = (0..width as u32).collect();
    let mut letters: Vec<char> = Vec::new();
    let mut dead: Option<usize> = None;
    let mut found = Vec::new();
    let mut walk = dictionary.all();
    while walk.advance().is_some() {
        let key = walk.key();
        let shared = key.get(..walk.shared()).map_or(0, |shared| shared.chars().count()).min(letters.len());
        if dead.is_some_and(|dead| shared >= dead) {
            continue;
        }
        dead = None;
        letters.truncate(shared);
        rows.truncate((shared + 1) * width);
        for letter in key.chars().skip(shared) {
            letters.push(letter);
            if push_row(&mut rows, &letters, &word) > most {
                dead = Some(letters.len());
                break;
            }
        }
        let edits = rows.last().copied().unwrap_or(u32::MAX);
        if dead.is_none() && (1..=most).contains(&edits) {
            found.push(Near { key: key.to_owned(), entry: walk.entry(), edits });
        }
    }
    found
}

/// Adds the row of the last of `letters`; gives the least of that row and, as a swap may reach over it, of the
/// row before.
fn push_row(rows: &mut Vec<u32>, letters: &[char], word: &[char]) -> u32 {
    let width = word.len() + 1;
    let depth = letters.len();
    let above = (depth - 1) * width;
    let letter = letters[depth - 1];
    rows.push(depth as u32);
    let mut least = depth as u32;
    for (column, &wanted) in word.iter().enumerate() {
        let replace = rows[above + column] + u32::from(letter != wanted);
        let delete = rows[above + column + 1] + 1;
        let insert = rows[above + width + column] + 1;
        let mut best = replace.min(delete).min(insert);
        if depth > 1 && column > 0 && letter == word[column - 1] && letters[depth - 2] == wanted {
            best = best.min(rows[above - width + column - 1] + 1);
        }
        least = least.min(best);
        rows.push(best);
    }
    let before = rows[above..above + width].iter().copied().min().unwrap_or(0);
    least.min(before + 1)
}

#[cfg(test)]
mod tests {
    use super::super::dictionary::Writer;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// The whole table, as the textbook has it.
    fn distance(a: &str, b: &str) -> u32 {
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
            let found: Vec<(String, u32)> = near(&Dictionary::open(&bytes).unwrap(), &word, most)
                .into_iter()
                .map(|near| (near.key, near.edits))
                .collect();
            let expected: Vec<(String, u32)> = keys
                .iter()
                .map(|key| (key.clone(), distance(key, &word)))
                .filter(|(_, edits)| (1..=most).contains(edits))
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
