//! The gazetteer: tens of thousands of names of cities and families, as hashes.
//!
//! Invariant: read once from `lists/geonames.txt` and `lists/census.txt`; holds hashes
//! only, so a match is evidence for the model and never by itself a mark. Not here: names that carry a
//! meaning of their own (`lists`).

use super::hash::{self, Table};
use super::page::{Gap, Page};
use crate::text;
use std::sync::OnceLock;

/// A city.
pub const CITY: u32 = 1;
/// A family name.
pub const FAMILY: u32 = 1 << 1;
/// A given name.
pub const GIVEN: u32 = 1 << 2;
/// The first words of a longer city's name.
const OPEN: u32 = 1 << 3;

/// Words that a city's name has at most.
const LONGEST: usize = 5;

/// The gazetteer.
pub struct Gazetteer {
    names: Table,
}

impl Gazetteer {
    /// The gazetteer, read on first use.
    pub fn get() -> &'static Gazetteer {
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        GAZETTEER.get_or_init(read)
    }

    /// A gazetteer without names.
    pub fn empty() -> &'static Gazetteer {
        static EMPTY: OnceLock<Gazetteer> = OnceLock::new();
        EMPTY.get_or_init(|| Gazetteer { names: Table::default() })
    }

    /// What a single word, given by its hash, may be: `CITY`, `FAMILY`, `GIVEN`.
    pub fn word(&self, hash: u64) -> u32 {
        self.names.get(hash) & !OPEN
    }

    /// One past the last word of the longest city's name that begins at a word, if there is one.
    pub fn city(&self, page: &Page, at: usize, to: usize) -> Option<usize> {
        let mut name = 0;
        let mut found = None;
        for (nth, word) in page.words.get(at..to.min(at + LONGEST))?.iter().enumerate() {
            if nth > 0 && !matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Stop) {
                break;
            }
            name = hash::join(name, word.hash);
            let class = self.names.get(name);
            if class & CITY != 0 {
                found = Some(at + nth + 1);
            }
            if class & OPEN == 0 {
                break;
            }
        }
        found
    }
}

fn read() -> Gazetteer {
    let mut names = Table::with_capacity(120_000);
    let lines = |table: &'static str| table.lines().filter(|line| !line.starts_with('#'));
    for line in lines(include_str!("lists/geonames.txt")) {
        for city in line.split_once(' ').map_or("", |(_, cities)| cities).split(';') {
            let mut name = 0;
            let words: Vec<u64> =
                text::words(city).map(|word| hash::of(text::fold(word.of(city)).as_bytes())).collect();
            for (nth, word) in words.iter().enumerate().take(LONGEST) {
                name = hash::join(name, *word);
                *names.entry(name) |= if nth + 1 == words.len() { CITY } else { OPEN };
            }
        }
    }
    let mut class = FAMILY;
    for line in lines(include_str!("lists/census.txt")) {
        match line {
            "[family]" => class = FAMILY,
            "[given]" => class = GIVEN,
            _ => line.split(' ').for_each(|word| {
                *names.entry(hash::join(0, hash::of(word.as_bytes()))) |= class;
            }),
        }
    }
    Gazetteer { names }
}
