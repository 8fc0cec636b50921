//! The gazetteer: tens of thousands of names of cities and families, as hashes.
//!
//! Invariant: read once from `lists/geonames.txt` and `lists/census.txt`; holds hashes
//! only, so a match is evidence for the model and never by itself a mark. Not here: names that carry a
//! meaning of their own (`lists`).

use super::gloss;
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
/// Where the country of a city stands in a name's bits, by its place in `gloss::countries` plus one.
const COUNTRY: u32 = 8;
/// In its place: of several.
const SEVERAL: u32 = 0xFFFF;

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
        self.names.get(hash) & (CITY | FAMILY | GIVEN)
    }

    /// The country of the cities of this name, by its place in `gloss::countries`, if it is one.
    pub fn country(&self, name: &str) -> Option<usize> {
        let words = text::words(name).map(|word| hash::of(text::fold(word.of(name)).as_bytes()));
        let country = self.names.get(words.fold(0, hash::join)) >> COUNTRY;
        (country as usize).checked_sub(1)
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
        let (code, cities) = line.split_once(' ').unwrap_or((line, ""));
        let country = gloss::countries().iter().position(|country| country.code == code);
        for written in cities.split(';') {
            let city = written.trim_end_matches('?');
            let country = country.filter(|_| city == written).map_or(SEVERAL, |at| at as u32 + 1);
            let mut name = 0;
            let words: Vec<u64> =
                text::words(city).map(|word| hash::of(text::fold(word.of(city)).as_bytes())).collect();
            for (nth, word) in words.iter().enumerate().take(LONGEST) {
                name = hash::join(name, *word);
                *names.entry(name) |= if nth + 1 == words.len() { CITY } else { OPEN };
            }
            let bits = names.entry(name);
            let one = matches!(*bits >> COUNTRY, 0) || *bits >> COUNTRY == country;
            *bits = *bits & ((1 << COUNTRY) - 1) | if one { country } else { SEVERAL } << COUNTRY;
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
