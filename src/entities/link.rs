//! Linking: which marks, within and across the articles, name the same entity.
//!
//! Joined are: writings of one known name; equal names; a family or given name and the one full name it can
//! be part of; an acronym and what it stands for; dated events of one day; equal dates. Where more than one
//! answer is possible, nothing is joined.
//!
//! Invariant: entities are numbered by first mention; nothing depends on hash order.

use super::acronym;
use super::lists::Lists;
use super::reader::{Name, Reading};
use super::{Entities, Entity, Kind, Mention, Relation, Why};
use crate::text::sort::sort_by;
use crate::text::{self, PartialDate};
use std::collections::{BTreeMap, BTreeSet};

/// What marks are joined by: equal keys, one entity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Known(u32),
    Named(Kind, String),
    /// Only in one article: an ambiguous family name, a weekday.
    Here(Kind, usize, String),
    Day(PartialDate),
    Happened(PartialDate),
}

/// Joins the marks of all articles.
pub fn link(readings: &[Reading], lists: &Lists) -> Entities {
    let kinds = kinds(readings);
    let people = People::of(readings, &kinds);
    let acronyms = Acronyms::of(readings, &kinds);
    let days = Days::of(readings);
    let mut index: BTreeMap<Key, u32> = BTreeMap::new();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut mentions = Vec::with_capacity(readings.len());
    for (article, reading) in readings.iter().enumerate() {
        let mut marks = Vec::with_capacity(reading.names.len());
        for name in &reading.names {
            let kind = kind_of(name, &kinds);
            let (key, why) = key(article, reading, name, kind, &people, &acronyms, &days);
            let entity = *index.entry(key.clone()).or_insert_with(|| {
                drafts.push(Draft { key, kind, surfaces: BTreeMap::new(), order: 0 });
                drafts.len() as u32 - 1
            });
            if let Some(draft) = drafts.get_mut(entity as usize) {
                draft.see(name.span.of(reading.text));
            }
            marks.push(Mention {
                span: name.span,
                entity,
                certainty: name.certainty,
                why: why.unwrap_or(name.why),
            });
        }
        mentions.push(marks);
    }
    let entities = finish(drafts, &index, lists);
    Entities { entities, mentions }
}

/// An entity in the making.
struct Draft {
    key: Key,
    kind: Kind,
    /// Each writing: how often, and which it was in order of appearance.
    surfaces: BTreeMap<String, (u32, u32)>,
    order: u32,
}

impl Draft {
    fn see(&mut self, surface: &str) {
        let written = surface.split_whitespace().collect::<Vec<_>>().join(" ");
        let order = &mut self.order;
        let entry = self.surfaces.entry(written).or_insert_with(|| {
            *order += 1;
            (0, *order)
        });
        entry.0 += 1;
    }

    /// The writings, most used first.
    fn ranked(&self) -> Vec<&str> {
        let mut ranked: Vec<_> = self.surfaces.iter().collect();
        sort_by(&mut ranked, |a, b| b.1.0.cmp(&a.1.0).then(a.1.1.cmp(&b.1.1)));
        ranked.into_iter().map(|(surface, _)| surface.as_str()).collect()
    }

    fn name(&self, lists: &Lists) -> String {
        match &self.key {
            Key::Known(known) => lists.known(*known).map(|known| known.name.clone()).unwrap_or_default(),
            Key::Day(date) => day(*date),
            _ => {
                let ranked = self.ranked();
                let words = |surface: &str| surface.split([' ', '-']).count();
                let shouting = |surface: &str| !surface.chars().any(char::is_lowercase);
                let fullest = match self.kind {
                    Kind::Person | Kind::Organisation | Kind::Law | Kind::Place => ranked
                        .iter()
                        .enumerate()
                        .max_by_key(|(at, surface)| {
                            (!shouting(surface) || words(surface) == 1, words(surface), usize::MAX - at)
                        })
                        .map(|(_, surface)| *surface),
                    Kind::Event => {
                        let most =
                            ranked.first().and_then(|first| self.surfaces.get(*first)).map_or(0, |s| s.0);
                        ranked
                            .iter()
                            .filter(|surface| self.surfaces.get(**surface).is_some_and(|s| s.0 == most))
                            .max_by_key(|surface| surface.len())
                            .copied()
                    }
                    _ => ranked.first().copied(),
                };
                fullest.unwrap_or("").to_owned()
            }
        }
    }
}

/// A date in words, as far as it is stated.
fn day(date: PartialDate) -> String {
    let month =
        date.month.and_then(|month| text::calendar::MONTHS.get((month as usize).wrapping_sub(1)).copied());
    let mut parts = Vec::new();
    parts.extend(date.day.map(|day| day.to_string()));
    parts.extend(month.map(str::to_owned));
    parts.extend(date.year.map(|year| year.to_string()));
    parts.join(" ")
}

fn finish(drafts: Vec<Draft>, index: &BTreeMap<Key, u32>, lists: &Lists) -> Vec<Entity> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    drafts
        .iter()
        .map(|draft| {
            let name = draft.name(lists);
            let base = slug(&name, draft.kind);
            let mut id = base.clone();
            let mut next = 2;
            while !taken.insert(id.clone()) {
                id = format!("{base}-{next}");
                next += 1;
            }
            let aliases = draft.ranked().into_iter().filter(|s| *s != name).map(str::to_owned).collect();
            let relation = match draft.key {
                Key::Known(known) => lists.known(known).and_then(|known| known.relation),
                _ => None,
            };
            let relations = relation
                .and_then(|(kind, known)| {
                    index.get(&Key::Known(known)).map(|&entity| Relation { kind, entity })
                })
                .into_iter()
                .collect();
            Entity { id, name, kind: draft.kind, aliases, relations }
        })
        .collect()
}

/// The name as it stands in an address.
pub(super) fn slug(name: &str, kind: Kind) -> String {
    let mut slug = String::new();
    for word in text::words(name) {
        if slug.len() > 80 {
            break;
        }
        let folded = text::fold(word.of(name));
        let part: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        if !part.is_empty() {
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(&part);
        }
    }
    if slug.is_empty() { kind.label().to_owned() } else { slug }
}

type Kinds = BTreeMap<String, Kind>;

/// One kind for one writing in all articles: the one that most articles' marks give it.
fn kinds(readings: &[Reading]) -> Kinds {
    let mut votes: BTreeMap<&str, [u32; Kind::ALL.len()]> = BTreeMap::new();
    for name in readings.iter().flat_map(|reading| &reading.names).filter(|name| open(name)) {
        if let Some(slot) = votes.entry(&name.key).or_default().get_mut(name.kind as usize) {
            *slot += u32::from(name.certainty);
        }
    }
    votes
        .into_iter()
        .filter_map(|(key, votes)| {
            let (at, _) =
                votes.iter().enumerate().max_by_key(|&(at, votes)| (*votes, Kind::ALL.len() - at))?;
            Some((key.to_owned(), *Kind::ALL.get(at)?))
        })
        .collect()
}

/// Whether a mark's kind may be settled by other articles.
fn open(name: &Name) -> bool {
    name.known.is_none() && name.kind.is_name() && name.why != Why::DatedEvent
}

fn kind_of(name: &Name, kinds: &Kinds) -> Kind {
    if open(name) { kinds.get(&name.key).copied().unwrap_or(name.kind) } else { name.kind }
}

fn key(
    article: usize,
    reading: &Reading,
    name: &Name,
    kind: Kind,
    people: &People,
    acronyms: &Acronyms,
    days: &Days,
) -> (Key, Option<Why>) {
    if let Some(expansion) = acronyms.find(article, name) {
        let why = (name.why != Why::List).then_some(Why::Acronym);
        return (expansion, why);
    }
    if let Some(known) = name.known {
        return (Key::Known(known), None);
    }
    match kind {
        Kind::Person => people.find(article, &name.key),
        Kind::Date => match stated(name.span.of(reading.text)) {
            Some(date) => (Key::Day(days.complete(article, date)), None),
            None => (Key::Here(kind, article, name.key.clone()), None),
        },
        Kind::Event if name.why == Why::DatedEvent => match stated(name.span.of(reading.text)) {
            Some(date) => (Key::Happened(days.event(date)), None),
            None => (Key::Named(kind, name.key.clone()), None),
        },
        _ => (Key::Named(kind, plain(&name.key)), None),
    }
}

/// A name without the legal form of a company.
fn plain(key: &str) -> String {
    let bare = key.rsplit_once(' ').filter(|(_, last)| {
        matches!(*last, "inc" | "corp" | "co" | "ltd" | "plc" | "llc" | "ag" | "gmbh" | "sa")
    });
    bare.map_or(key, |(rest, _)| rest).to_owned()
}

/// The date that a piece of text states, if it states one that does not depend on when it was written.
fn stated(text: &str) -> Option<PartialDate> {
    let date = text::dates(text).into_iter().next()?;
    (!date.relative && date.date != PartialDate::default()).then_some(date.date)
}

/// The dates of all articles, to complete those without a year.
struct Days {
    /// Full dates by article.
    full: BTreeMap<(usize, Option<u8>, Option<u8>), BTreeSet<PartialDate>>,
    /// Full dates of events.
    events: BTreeMap<(Option<u8>, Option<u8>), BTreeSet<PartialDate>>,
}

impl Days {
    fn of(readings: &[Reading]) -> Days {
        let mut days = Days { full: BTreeMap::new(), events: BTreeMap::new() };
        for (article, reading) in readings.iter().enumerate() {
            for name in reading.names.iter().filter(|name| matches!(name.kind, Kind::Date | Kind::Event)) {
                let Some(date) = stated(name.span.of(reading.text)) else { continue };
                if date.year.is_none() || date.day.is_none() {
                    continue;
                }
                days.full.entry((article, date.month, date.day)).or_default().insert(date);
                if name.why == Why::DatedEvent {
                    days.events.entry((date.month, date.day)).or_default().insert(date);
                }
            }
        }
        days
    }

    fn complete(&self, article: usize, date: PartialDate) -> PartialDate {
        only(self.full.get(&(article, date.month, date.day)).filter(|_| date.year.is_none())).unwrap_or(date)
    }

    fn event(&self, date: PartialDate) -> PartialDate {
        only(self.events.get(&(date.month, date.day)).filter(|_| date.year.is_none())).unwrap_or(date)
    }
}

/// The element of a set of one.
fn only<T: Clone + Ord>(set: Option<&BTreeSet<T>>) -> Option<T> {
    set.filter(|set| set.len() == 1).and_then(|set| set.first().cloned())
}

/// What acronyms stand for.
struct Acronyms {
    /// As an article explains them.
    here: BTreeMap<(usize, String), BTreeSet<Key>>,
    /// As any article explains them.
    anywhere: BTreeMap<String, BTreeSet<Key>>,
    /// Initials of the organisations, laws and events that an article names in full.
    initials: BTreeMap<(usize, String), BTreeSet<Key>>,
}

impl Acronyms {
    fn of(readings: &[Reading], kinds: &Kinds) -> Acronyms {
        let mut acronyms =
            Acronyms { here: BTreeMap::new(), anywhere: BTreeMap::new(), initials: BTreeMap::new() };
        for (article, reading) in readings.iter().enumerate() {
            for (letters, at) in &reading.acronyms {
                let Some(name) = reading.names.get(*at) else { continue };
                let key = Acronyms::target(name, kinds);
                acronyms.here.entry((article, letters.clone())).or_default().insert(key.clone());
                acronyms.anywhere.entry(letters.clone()).or_default().insert(key);
            }
            for name in &reading.names {
                let wanted = matches!(kind_of(name, kinds), Kind::Organisation | Kind::Law | Kind::Event);
                if !wanted || name.why == Why::DatedEvent || !name.key.contains(' ') {
                    continue;
                }
                let letters: String = name
                    .key
                    .split(' ')
                    .filter(|word| !matches!(*word, "of" | "the" | "for" | "and" | "in" | "on"))
                    .filter_map(|word| word.chars().next())
                    .collect();
                let fits = letters.chars().count() > 2 && acronym::stands_for(&letters, name.key.split(' '));
                if fits {
                    let key = Acronyms::target(name, kinds);
                    acronyms.initials.entry((article, letters)).or_default().insert(key);
                }
            }
        }
        acronyms
    }

    fn target(name: &Name, kinds: &Kinds) -> Key {
        match name.known {
            Some(known) => Key::Known(known),
            None => Key::Named(kind_of(name, kinds), plain(&name.key)),
        }
    }

    fn find(&self, article: usize, name: &Name) -> Option<Key> {
        let eligible = !name.key.contains(' ') && name.key.chars().count() <= 10 && name.kind.is_name();
        if !eligible {
            return None;
        }
        let here = (article, name.key.clone());
        let local = only(self.here.get(&here));
        if local.is_some() || name.known.is_some() || name.kind == Kind::Person {
            return local;
        }
        only(self.anywhere.get(&name.key)).or_else(|| only(self.initials.get(&here)))
    }
}

/// The people of the articles by their full names.
struct People {
    /// The fullest writing of each full name: "george bush" → "george w bush".
    fullest: BTreeMap<String, String>,
    /// Full names by what may stand for them alone (their end, their beginning), by article.
    by_end: BTreeMap<(usize, String), BTreeSet<String>>,
    by_end_anywhere: BTreeMap<String, BTreeSet<String>>,
    by_start: BTreeMap<(usize, String), BTreeSet<String>>,
}

impl People {
    fn of(readings: &[Reading], kinds: &Kinds) -> People {
        let mut people = People {
            fullest: BTreeMap::new(),
            by_end: BTreeMap::new(),
            by_end_anywhere: BTreeMap::new(),
            by_start: BTreeMap::new(),
        };
        let full: Vec<(usize, &str)> = readings
            .iter()
            .enumerate()
            .flat_map(|(article, reading)| reading.names.iter().map(move |name| (article, name)))
            .filter(|(_, name)| name.known.is_none() && kind_of(name, kinds) == Kind::Person)
            .map(|(article, name)| (article, name.key.as_str()))
            .filter(|(_, key)| is_full(key))
            .collect();
        let mut by_ends: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        for (_, key) in &full {
            if let (Some((first, _)), Some((_, last))) = (key.split_once(' '), key.rsplit_once(' ')) {
                by_ends.entry((first, last)).or_default().insert(key);
            }
        }
        for writings in by_ends.values() {
            let mut longer = writings.iter().filter(|key| key.split(' ').count() > 2);
            let one = longer.next().filter(|_| longer.next().is_none());
            for key in writings {
                people.fullest.insert((*key).to_owned(), (*one.unwrap_or(key)).to_owned());
            }
        }
        for (article, key) in full {
            let Some(fullest) = people.fullest.get(key).cloned() else { continue };
            let mut rest = key;
            while let Some((first, end)) = rest.split_once(' ') {
                if rest.len() == key.len() {
                    people.by_start.entry((article, first.to_owned())).or_default().insert(fullest.clone());
                }
                people.by_end.entry((article, end.to_owned())).or_default().insert(fullest.clone());
                people.by_end_anywhere.entry(end.to_owned()).or_default().insert(fullest.clone());
                rest = end;
            }
        }
        people
    }

    fn find(&self, article: usize, key: &str) -> (Key, Option<Why>) {
        let person = |name: String| Key::Named(Kind::Person, name);
        let here = (article, key.to_owned());
        let ends = self.by_end.get(&here);
        if let Some(full) = only(ends) {
            return (person(full), Some(Why::PartOfName));
        }
        if ends.is_some() {
            return (Key::Here(Kind::Person, article, key.to_owned()), None);
        }
        if let Some(full) = self.fullest.get(key) {
            return (person(full.clone()), None);
        }
        if let Some(starts) = self.by_start.get(&here) {
            return match only(Some(starts)) {
                Some(full) => (person(full), Some(Why::PartOfName)),
                None => (Key::Here(Kind::Person, article, key.to_owned()), None),
            };
        }
        match self.by_end_anywhere.get(key) {
            Some(full) => match only(Some(full)) {
                Some(full) => (person(full), Some(Why::PartOfName)),
                None => (Key::Here(Kind::Person, article, key.to_owned()), None),
            },
            None => (person(key.to_owned()), None),
        }
    }
}

/// Whether a person's name has more than a family name: "abbas araghchi", not "bin laden".
fn is_full(key: &str) -> bool {
    const PARTICLES: [&str; 14] =
        ["al", "el", "bin", "ibn", "ben", "abu", "van", "von", "de", "der", "la", "le", "di", "da"];
    key.split(' ').filter(|word| !PARTICLES.contains(word)).count() > 1
}
