//! The name lists: words by class, and names that are known beforehand.
//!
//! Invariant: read once from the tables in `lists/` (each says its source and licence); the same for every
//! article. Not here: what becomes of a match (`listed`, `chains`).

use super::hash::{self, Table};
use super::{Kind, RelationKind};
use crate::text;
use crate::text::sort::sort_by;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A set of word classes, one bit each.
pub type Class = u32;
/// Stands before a person's name and is not part of it.
pub const TITLE: Class = 1;
/// The same in lower case: "spokesman", "actor".
pub const ROLE: Class = 1 << 1;
/// Last word of organisations.
pub const ORGANISATION: Class = 1 << 2;
/// Last word of places.
pub const PLACE: Class = 1 << 3;
/// Last word of events.
pub const EVENT: Class = 1 << 4;
/// What happens on a date that becomes a name: "attack".
pub const ATTACK: Class = 1 << 5;
/// Last word of laws and agreements.
pub const LAW: Class = 1 << 6;
/// First word of names that go on with "of" or "for".
pub const OPENER: Class = 1 << 7;
/// Lower-case words inside names.
pub const LOWER: Class = 1 << 8;
/// Lower-case words inside people's names.
pub const PARTICLE: Class = 1 << 9;
/// Given name.
pub const GIVEN: Class = 1 << 10;
/// Family name.
pub const SURNAME: Class = 1 << 11;
/// Common word.
pub const COMMON: Class = 1 << 12;
/// Function word: never the start of a name.
pub const FUNCTION: Class = 1 << 13;
/// Portfolio or rank beside a title: "Foreign", "Deputy".
pub const PORTFOLIO: Class = 1 << 14;
/// Speech verbs: their subject is a person, more often than not.
pub const SPEECH: Class = 1 << 15;
/// Words that follow a hyphen in compounds, not in names: "based".
pub const SUFFIX: Class = 1 << 16;
/// Weekday or month.
pub const CALENDAR: Class = 1 << 17;
/// Nouns before a name of an organisation: "company".
pub const ORGANISATION_NOUN: Class = 1 << 18;
/// Nouns before a name of a place: "city".
pub const PLACE_NOUN: Class = 1 << 19;
/// Lower-case words that make an event of a place: "Srebrenica massacre".
pub const EVENT_NOUN: Class = 1 << 20;
/// Lower-case words that make an agreement of a place: "Kyoto protocol".
pub const LAW_NOUN: Class = 1 << 21;

/// Words of capitals that name nothing: "GDP".
pub const PLAIN: Class = 1 << 22;

/// Currencies that stand after an amount: "leva".
pub const CURRENCY: Class = 1 << 23;

/// Feasts that stand for a date: "Christmas".
pub const HOLIDAY: Class = 1 << 24;
/// Units of time by which dates are told: "year", "weekend".
pub const TIME: Class = 1 << 25;

/// What a quoted title may be the title of: "film".
pub const WORK_NOUN: Class = 1 << 26;

/// Words that may begin a date or a number by themselves; no feature of the model.
pub const TELLING: Class = 1 << 27;

const SECTIONS: [(&str, Class); 25] = [
    ("title", TITLE),
    ("role", ROLE),
    ("organisation", ORGANISATION),
    ("place", PLACE),
    ("event", EVENT),
    ("attack", ATTACK),
    ("law", LAW),
    ("opener", OPENER),
    ("lower", LOWER),
    ("particle", PARTICLE),
    ("function", FUNCTION),
    ("portfolio", PORTFOLIO),
    ("speech", SPEECH),
    ("suffix", SUFFIX),
    ("calendar", CALENDAR),
    ("organisation-noun", ORGANISATION_NOUN),
    ("place-noun", PLACE_NOUN),
    ("event-noun", EVENT_NOUN),
    ("law-noun", LAW_NOUN),
    ("common", COMMON),
    ("plain", PLAIN),
    ("currency", CURRENCY),
    ("holiday", HOLIDAY),
    ("time", TIME),
    ("work-noun", WORK_NOUN),
];

/// A name known beforehand.
#[derive(Debug)]
pub struct Known {
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// What it has to do with another known name.
    pub relation: Option<(RelationKind, u32)>,
    /// Whether it is a country.
    pub country: bool,
    /// Whether many have this name, each in its country: "Supreme Court".
    pub common: bool,
}

/// One way to write a known name.
#[derive(Debug)]
pub struct Phrase {
    /// The folded words after the first.
    pub rest: Vec<String>,
    /// Which words must begin with a capital, from bit 0.
    pub capitals: u32,
    /// Where only this very writing counts: the first word as written.
    pub exact: Option<&'static str>,
    /// Whether a comma may stand between its words.
    pub comma: bool,
    /// Index into the known names.
    pub known: u32,
}

/// All lists.
#[derive(Default)]
pub struct Lists {
    /// Classes by the hash of a word.
    words: Table,
    /// Where in `phrases` those that begin with a word stand, plus one, by its hash.
    firsts: Table,
    phrases: Vec<Vec<Phrase>>,
    known: Vec<Known>,
    /// The first of the known names that are cities; all others are before.
    cities: u32,
}

impl Lists {
    /// The lists, read on first use.
    pub fn get() -> &'static Lists {
        static LISTS: OnceLock<Lists> = OnceLock::new();
        LISTS.get_or_init(read)
    }

    /// Words by class without any names.
    pub fn bare() -> &'static Lists {
        static BARE: OnceLock<Lists> = OnceLock::new();
        BARE.get_or_init(|| {
            let mut lists = Lists::default();
            words(&mut lists);
            lists.words.clear(GIVEN | SURNAME);
            lists
        })
    }

    /// The classes of a folded word.
    pub fn class(&self, folded: &str) -> Class {
        self.class_of(hash::of(folded.as_bytes()))
    }

    /// The same by the word's hash.
    pub fn class_of(&self, word: u64) -> Class {
        self.words.get(word)
    }

    /// Known names that begin with this folded word, longest first.
    pub fn phrases(&self, first: &str) -> &[Phrase] {
        self.phrases_of(hash::of(first.as_bytes()))
    }

    /// The same by the word's hash.
    pub fn phrases_of(&self, first: u64) -> &[Phrase] {
        let at = self.firsts.get(first) as usize;
        at.checked_sub(1).and_then(|at| self.phrases.get(at)).map_or(&[], Vec::as_slice)
    }

    /// Whether a known name is that of a city.
    pub fn is_city(&self, index: u32) -> bool {
        index >= self.cities
    }

    /// A known name.
    pub fn known(&self, index: u32) -> Option<&Known> {
        self.known.get(index as usize)
    }
}

/// The lines of a table, without its comments.
fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn read() -> Lists {
    let mut lists = Lists::default();
    let mut by_surface = HashMap::new();
    words(&mut lists);
    countries(&mut lists, &mut by_surface);
    for line in lines(include_str!("lists/groups.txt")) {
        people(&mut lists, &mut by_surface, line, None);
    }
    for line in lines(include_str!("lists/organisations.txt")) {
        name(&mut lists, &mut by_surface, line, Kind::Organisation, None);
    }
    for line in lines(include_str!("lists/events.txt")) {
        match line.strip_prefix("law:") {
            Some(law) => name(&mut lists, &mut by_surface, law, Kind::Law, None),
            None => name(&mut lists, &mut by_surface, line, Kind::Event, None),
        };
    }
    for line in lines(include_str!("lists/places.txt")) {
        match line {
            "[cities]" => lists.cities = lists.known.len() as u32,
            _ => {
                name(&mut lists, &mut by_surface, line, Kind::Place, None);
            }
        }
    }
    for city in lines(include_str!("lists/cities.txt")).flat_map(|line| line.split(';')) {
        name(&mut lists, &mut by_surface, city, Kind::Place, None);
    }
    for phrases in &mut lists.phrases {
        sort_by(phrases, |a, b| b.rest.len().cmp(&a.rest.len()).then(a.known.cmp(&b.known)));
    }
    lists
}

fn words(lists: &mut Lists) {
    let mut class = 0;
    for line in lines(include_str!("lists/words.txt")) {
        if let Some(section) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            class = SECTIONS.iter().find(|(name, _)| *name == section).map_or(0, |(_, class)| *class);
        } else {
            line.split(' ').for_each(|word| *lists.words.entry(hash::of(word.as_bytes())) |= class);
        }
    }
    for word in text::telling() {
        *lists.words.entry(hash::of(word.as_bytes())) |= TELLING;
    }
    let plain = [
        (include_str!("lists/given.txt"), GIVEN),
        (include_str!("lists/surnames.txt"), SURNAME),
        (include_str!("lists/common.txt"), COMMON),
    ];
    for (table, class) in plain {
        for word in lines(table).flat_map(|line| line.split(' ')) {
            *lists.words.entry(hash::of(word.as_bytes())) |= class;
        }
    }
}

type Surfaces = HashMap<&'static str, u32>;

fn countries(lists: &mut Lists, by_surface: &mut Surfaces) {
    for line in lines(include_str!("lists/countries.txt")) {
        let mut fields = line.split('|');
        let country = name(lists, by_surface, fields.next().unwrap_or(""), Kind::Place, None);
        if let Some(known) = lists.known.get_mut(country as usize) {
            known.country = true;
        }
        people(lists, by_surface, fields.next().unwrap_or(""), Some((RelationKind::PeopleOf, country)));
        let seat = fields.next().unwrap_or("");
        if !seat.is_empty() {
            name(lists, by_surface, seat, Kind::Place, Some((RelationKind::SeatOf, country)));
        }
    }
}

/// Takes in one place, organisation, event or law under all its names; a name that is known already keeps
/// its first meaning, and lends it to the others of its line.
fn name(
    lists: &mut Lists,
    by_surface: &mut Surfaces,
    names: &'static str,
    kind: Kind,
    relation: Option<(RelationKind, u32)>,
) -> u32 {
    let plain = |name: &'static str| name.trim_end_matches(['!', '?']);
    let known = names.split(';').find_map(|name| by_surface.get(plain(name)).copied()).unwrap_or_else(|| {
        let canonical = names.split(';').next().map(plain).unwrap_or("");
        let common = names.ends_with('?');
        lists.known.push(Known { name: canonical.to_owned(), kind, relation, country: false, common });
        lists.known.len() as u32 - 1
    });
    for written in names.split(';') {
        if let std::collections::hash_map::Entry::Vacant(entry) = by_surface.entry(plain(written)) {
            entry.insert(known);
            phrase(lists, plain(written), written.ends_with('!'), known);
        }
    }
    known
}

/// Takes in a people: its forms with their plurals.
fn people(
    lists: &mut Lists,
    by_surface: &mut Surfaces,
    line: &'static str,
    relation: Option<(RelationKind, u32)>,
) {
    let (forms, plural) = line.split_once('/').unwrap_or((line, ""));
    if forms.is_empty() {
        return;
    }
    let canonical = if plural.is_empty() { forms.split(',').next().unwrap_or(forms) } else { plural };
    let name = canonical.to_owned();
    lists.known.push(Known { name, kind: Kind::Group, relation, country: false, common: false });
    let known = lists.known.len() as u32 - 1;
    for form in forms.split(',').chain((!plural.is_empty()).then_some(plural)) {
        if let std::collections::hash_map::Entry::Vacant(entry) = by_surface.entry(form) {
            entry.insert(known);
            phrase(lists, form, false, known);
            let bare = ["s", "sh", "ch", "ese", "x", "z"].iter().any(|end| form.ends_with(end));
            if form != plural && !bare {
                let written: String = [form, "s"].concat();
                phrase_of(lists, &written, None, known);
            }
        }
    }
}

fn phrase(lists: &mut Lists, written: &'static str, exact: bool, known: u32) {
    phrase_of(lists, written, exact.then_some(written), known);
}

fn phrase_of(lists: &mut Lists, written: &str, exact: Option<&'static str>, known: u32) {
    let spans: Vec<text::Span> = text::words(written).collect();
    let capitals = spans.iter().take(32).enumerate().fold(0, |bits, (at, span)| {
        let upper = span.of(written).chars().next().is_some_and(char::is_uppercase);
        bits | u32::from(upper) << at
    });
    let mut folded = spans.iter().map(|span| text::fold(span.of(written)));
    let Some(first) = folded.next() else { return };
    let rest: Vec<String> = folded.collect();
    let exact = exact.filter(|_| rest.is_empty());
    let place = lists.firsts.entry(hash::of(first.as_bytes()));
    if *place == 0 {
        lists.phrases.push(Vec::new());
        *place = lists.phrases.len() as u32;
    }
    let Some(list) = lists.phrases.get_mut(*place as usize - 1) else { return };
    let twin = list.iter_mut().find(|other| other.rest == rest && other.known == known);
    match twin.filter(|twin| twin.exact.is_none() && exact.is_none()) {
        // "al Qaeda" besides "Al-Qaeda".
        Some(twin) => twin.capitals &= capitals,
        None => list.push(Phrase { rest, capitals, exact, comma: written.contains(','), known }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_a_class() {
        let sections = lines(include_str!("lists/words.txt")).filter(|line| line.starts_with('['));
        for section in sections {
            let name = section.trim_matches(['[', ']']);
            assert!(SECTIONS.iter().any(|(known, _)| *known == name), "{name}");
        }
    }

    #[test]
    fn words_are_folded_and_names_found() {
        let lists = Lists::get();
        let tables = [
            include_str!("lists/words.txt"),
            include_str!("lists/given.txt"),
            include_str!("lists/surnames.txt"),
            include_str!("lists/common.txt"),
        ];
        for word in tables.into_iter().flat_map(lines).flat_map(|line| line.split(' ')) {
            assert!(word.starts_with('[') || word == text::fold(word), "{word}: no text can match it");
        }
        let known = |first: &str, rest: usize| {
            lists.phrases(first).iter().find(|p| p.rest.len() == rest).and_then(|p| lists.known(p.known))
        };
        assert_eq!(known("iranians", 0).map(|k| k.name.as_str()), Some("Iranians"));
        assert_eq!(known("us", 0).map(|k| k.name.as_str()), Some("United States"));
        assert_eq!(known("hizballah", 0).map(|k| k.name.as_str()), Some("Hezbollah"));
    }
}
