//! Linking: which marks, within and across the articles, name the same entity.
//!
//! Joined are: writings of one known name; equal names; a family or given name and the one full name it can
//! be part of; an acronym and what it stands for; the short and the full name of an organisation, an event or a law
//! within an article; dated events of one day; equal dates. Where more than one answer is possible, nothing is joined.
//! A name of common words alone ("Supreme Court") is one across articles only where they name one country most.
//!
//! Invariant: entities are numbered by first mention; nothing depends on hash order.

use super::gazetteer::{CITY, Gazetteer};
use super::gloss::gloss;
use super::hash;
use super::lists::{
    COMMON, EVENT, FUNCTION, GIVEN, LOWER, Lists, OPENER, ORGANISATION, PLACE, PORTFOLIO, ROLE, SURNAME,
    TITLE,
};
use super::people::{People, Whom};
use super::reader::{Name, Reading};
use super::roles::{Role, Use, is_president};
use super::{Entities, Entity, Kind, Mention, Relation, RelationKind, Why};
use crate::text::interner::Interner;
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
    /// Only in articles that name this country most: a name of common words.
    Common(Kind, String, Option<u32>),
    Day(PartialDate),
    Happened(PartialDate),
}

/// Joins the marks of all articles.
pub fn link(readings: &[Reading], lists: &Lists) -> Entities {
    let marked = marked(readings);
    let ways = Ways {
        people: people(&marked),
        acronyms: Acronyms::of(readings, &marked, lists),
        shorts: Shorts::of(&marked, lists),
        days: Days::of(readings),
        lists,
    };
    let mut index: BTreeMap<Key, u32> = BTreeMap::new();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut mentions = Vec::with_capacity(readings.len());
    for (article, (reading, marked)) in readings.iter().zip(&marked).enumerate() {
        let country = country(reading, lists);
        let mut found = Vec::with_capacity(marked.ones.len());
        for one in &marked.ones {
            let &Writing { name, kind, times, again, .. } = one;
            let (mut key, mut why) = key(article, reading, name, kind, &ways);
            if let Key::Named(kind, written) = &key
                && let Some(full) = ways.shorts.find(article, *kind, written)
            {
                (key, why) = (full, Some(Why::PartOfName));
            }
            if let Key::Named(kind, written) = &key
                && is_common(*kind, written, lists)
            {
                key = match kind {
                    // Whom an article calls so again and again is somebody; a Maria in passing is not.
                    Kind::Person if again => key,
                    Kind::Person => Key::Here(*kind, article, written.clone()),
                    _ => Key::Common(*kind, written.clone(), country),
                };
            }
            let entity = *index.entry(key.clone()).or_insert_with(|| {
                drafts.push(Draft { key, kind, surfaces: BTreeMap::new(), order: 0 });
                drafts.len() as u32 - 1
            });
            if let Some(draft) = drafts.get_mut(entity as usize) {
                draft.see(name.span.of(reading.text), times);
            }
            found.push((entity, why.unwrap_or(name.why)));
        }
        let mention = |(name, one): (&Name, &u32)| {
            let &(entity, why) = found.get(*one as usize)?;
            Some(Mention { span: name.span, entity, certainty: name.certainty, why })
        };
        let mut marks: Vec<Mention> = reading.names.iter().zip(&marked.which).filter_map(mention).collect();
        if !reading.roles.is_empty() {
            let held = held(&reading.roles, &marks);
            marks.extend(held);
            sort_by(&mut marks, |a, b| a.span.start.cmp(&b.span.start).then(b.span.end.cmp(&a.span.end)));
        }
        mentions.push(marks);
    }
    let entities = finish(drafts, &index, lists);
    Entities { entities, mentions }
}

/// The mentions of those who are called by their office alone, where it is certain who it is: `marks` are those of the
/// names of the article.
fn held(roles: &[Role], marks: &[Mention]) -> Vec<Mention> {
    let holder = |role: &Role| match role.does {
        Use::Holds(mark) => marks.get(mark).map(|mark| mark.entity),
        _ => None,
    };
    let whom = |role: &Role| {
        let others = || roles.iter().filter(|other| other.office == role.office);
        let mut holders = others().filter(|other| role.of == 0 || other.of == role.of).filter_map(holder);
        let entity = holders.next()?;
        let own = |of: u64| others().any(|other| holder(other) == Some(entity) && other.of == of);
        let alone = others().all(|other| match other.does {
            // Of two countries' holders one may be meant by the country's name.
            _ if role.of != 0 && other.of != 0 && other.of != role.of => true,
            Use::Another => false,
            Use::Holds(_) => holder(other) == Some(entity) || role.of != other.of && role.of != 0,
            Use::Stands | Use::Names => own(other.of) || other.of == 0,
        });
        let before = others().any(|other| holder(other).is_some() && other.span.start < role.span.start);
        let plain = role.of != 0 || !is_president(role.office) || own(0);
        (alone && before && plain).then_some(entity)
    };
    let mut held: Vec<Mention> = Vec::new();
    for role in roles.iter().filter(|role| role.does == Use::Stands) {
        let Some(entity) = whom(role) else { continue };
        let last = |marks: &[Mention]| {
            let own = marks.iter().filter(|mark| mark.entity == entity && mark.span.start < role.span.start);
            own.map(|mark| mark.span.end).max().unwrap_or(0)
        };
        if last(marks).max(last(&held)) + NEAR > role.span.start {
            held.push(Mention { span: role.span, entity, certainty: 90, why: Why::Role });
        }
    }
    held
}

/// How far behind, in bytes, the last mention of somebody is at most who is called by an office alone: further on, it is
/// more often any holder of it.
const NEAR: u32 = 2_000;

/// The people of the articles.
fn people(marked: &[Marked]) -> People {
    let marks: Vec<_> = marked
        .iter()
        .enumerate()
        .flat_map(|(article, marked)| marked.ones.iter().map(move |one| (article, one)))
        .filter(|(_, one)| one.name.known.is_none() && one.kind == Kind::Person)
        .map(|(article, one)| (article, one.name.key.as_str(), one.name.office, one.times))
        .collect();
    People::of(&marks, marked.len())
}

/// The country that an article names most, itself or its people: none where two are named alike.
fn country(reading: &Reading, lists: &Lists) -> Option<u32> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for index in reading.names.iter().filter_map(|name| name.known) {
        let country = lists.known(index).and_then(|known| match known.relation {
            Some((RelationKind::PeopleOf, country)) => Some(country),
            _ => known.country.then_some(index),
        });
        if let Some(country) = country {
            *counts.entry(country).or_default() += 1;
        }
    }
    let most = counts.values().copied().max()?;
    let mut first = counts.into_iter().filter(|(_, count)| *count == most);
    first.next().filter(|_| first.next().is_none()).map(|(country, _)| country)
}

/// Classes of words that many names share.
const PLAIN_WORDS: u32 =
    COMMON | FUNCTION | LOWER | ORGANISATION | PLACE | EVENT | OPENER | PORTFOLIO | ROLE | TITLE;

/// Whether a name may be that of many: made of common words ("Foreign Ministry"), or a given name alone.
fn is_common(kind: Kind, key: &str, lists: &Lists) -> bool {
    let word = |word: &str| lists.class(word);
    match kind {
        Kind::Person => word(key) & GIVEN != 0 && word(key) & SURNAME == 0,
        Kind::Organisation | Kind::Place | Kind::Event => {
            key.split(' ').all(|part| word(part) & PLAIN_WORDS != 0)
        }
        _ => false,
    }
}

/// Short names of the organisations, events and laws that an article names in full: "Air Force", "Red Sox".
struct Shorts {
    full: BTreeMap<(usize, Kind, String), BTreeSet<Key>>,
}

impl Shorts {
    fn of(marked: &[Marked], lists: &Lists) -> Shorts {
        let mut shorts = Shorts { full: BTreeMap::new() };
        for (article, marked) in marked.iter().enumerate() {
            for &Writing { name, kind, .. } in &marked.ones {
                if !matches!(kind, Kind::Organisation | Kind::Law | Kind::Event)
                    || name.why == Why::DatedEvent
                {
                    continue;
                }
                let key = Acronyms::target(name, kind, lists);
                for short in shortened(kind, plain(&name.key), lists) {
                    shorts.full.entry((article, kind, short)).or_default().insert(key.clone());
                }
            }
        }
        shorts
    }

    fn find(&self, article: usize, kind: Kind, key: &str) -> Option<Key> {
        only(self.full.get(&(article, kind, key.to_owned())))
    }
}

/// What may stand for a full name later in the same article.
fn shortened(kind: Kind, name: &str, lists: &Lists) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let mut short = Vec::new();
    for at in 1..words.len() {
        let (before, after) = words.split_at(at);
        let small = lists.class(after[0]) & (FUNCTION | LOWER) != 0;
        // "Boston Red Sox", "Israeli Air Force"; "FIFA World Cup".
        if !small && (is_where(before, lists) || kind != Kind::Organisation && after.len() > 1) {
            short.push(after.join(" "));
        }
        // "Supreme Court of Cassation".
        if at > 1 && matches!(after[0], "of" | "for") {
            short.push(before.join(" "));
        }
    }
    // "Church of Scientology": the Church.
    if kind == Kind::Organisation
        && let [head, "of" | "for", _, ..] = words.as_slice()
        && lists.class(head) & ORGANISATION != 0
    {
        short.push((*head).to_owned());
    }
    // "Rice University".
    if let Some((last, before)) = words.split_last()
        && lists.class(last) & ORGANISATION != 0
        && !before.is_empty()
        && !is_where(before, lists)
        && before.iter().any(|word| lists.class(word) & (COMMON | FUNCTION | LOWER | OPENER) == 0)
    {
        short.push(before.join(" "));
    }
    short
}

/// Whether words are a place or a people of the lists, or a city.
fn is_where(words: &[&str], lists: &Lists) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    let listed = lists.phrases(first).iter().any(|phrase| {
        phrase.rest == rest
            && lists.known(phrase.known).is_some_and(|known| matches!(known.kind, Kind::Place | Kind::Group))
    });
    let name = words.iter().fold(0, |name, word| hash::join(name, hash::of(word.as_bytes())));
    listed || Gazetteer::get().word(name) & CITY != 0
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
    fn see(&mut self, surface: &str, times: u32) {
        let written = surface.split_whitespace().collect::<Vec<_>>().join(" ");
        let order = &mut self.order;
        let entry = self.surfaces.entry(written).or_insert_with(|| {
            *order += 1;
            (0, *order)
        });
        entry.0 += times;
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
    let relation = |draft: &Draft| match draft.key {
        Key::Known(known) => lists.known(known).and_then(|known| known.relation),
        _ => None,
    };
    // Countries of which a people or a seat of government is named.
    let told: BTreeSet<u32> = drafts.iter().filter_map(relation).map(|(_, of)| of).collect();
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
            let relations: Vec<Relation> = relation(draft)
                .and_then(|(kind, known)| {
                    index.get(&Key::Known(known)).map(|&entity| Relation { kind, entity })
                })
                .into_iter()
                .collect();
            let gloss = match draft.key {
                Key::Known(known) if draft.kind == Kind::Place => {
                    gloss(known, lists, told.contains(&known) || !relations.is_empty())
                }
                _ => String::new(),
            };
            Entity { id, name, kind: draft.kind, aliases, relations, gloss }
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

/// The marks of an article that are written and recognised alike, as one.
struct Writing<'a> {
    /// The first of them.
    name: &'a Name,
    /// What it is, in all articles.
    kind: Kind,
    /// How many they are.
    times: u32,
    /// Whether the article has its words more than once.
    again: bool,
    /// The one before with the same words.
    before: Option<u32>,
}

/// The marks of an article.
struct Marked<'a> {
    /// In order of their first.
    ones: Vec<Writing<'a>>,
    /// Which of them each mark is.
    which: Vec<u32>,
}

/// The marks of all articles, with one kind for one writing: the one that most articles' marks give it.
fn marked<'a>(readings: &'a [Reading]) -> Vec<Marked<'a>> {
    let mut keys = Interner::default();
    let mut votes: Vec<[u32; Kind::ALL.len()]> = Vec::new();
    let mut numbers = Vec::new();
    for name in readings.iter().flat_map(|reading| &reading.names) {
        let number = keys.number(&name.key) as usize;
        numbers.push(number);
        votes.resize(keys.count(), Default::default());
        if open(name) {
            votes[number][name.kind as usize] += u32::from(name.certainty);
        }
    }
    let most = |votes: &[u32; Kind::ALL.len()]| {
        (0..votes.len()).rev().max_by_key(|&at| votes[at]).and_then(|at| Kind::ALL.get(at)).copied()
    };
    let kinds: Vec<Option<Kind>> = votes.iter().map(most).collect();
    // Of each key the last that was met, and how often in its article.
    let mut last: Vec<(usize, Option<u32>, u32)> = vec![(usize::MAX, None, 0); kinds.len()];
    let mut numbers = numbers.into_iter();
    let mut of = |(article, reading): (usize, &'a Reading)| {
        let mut marked = Marked { ones: Vec::new(), which: Vec::with_capacity(reading.names.len()) };
        let mut used = Vec::new();
        for (name, number) in reading.names.iter().zip(&mut numbers) {
            let kind = kinds[number].filter(|_| open(name)).unwrap_or(name.kind);
            let slot = &mut last[number];
            if slot.0 != article {
                *slot = (article, None, 0);
            }
            slot.2 += 1;
            let alike = |one: &Writing| {
                let (one, kind_of) = (one.name, one.kind);
                (one.known, one.why, one.office, one.loud, kind_of)
                    == (name.known, name.why, name.office, name.loud, kind)
                    && one.span.of(reading.text) == name.span.of(reading.text)
            };
            let mut at = slot.1;
            while let Some(before) = at.filter(|&at| !alike(&marked.ones[at as usize])) {
                at = marked.ones[before as usize].before;
            }
            let at = at.unwrap_or_else(|| {
                let before = slot.1.replace(marked.ones.len() as u32);
                marked.ones.push(Writing { name, kind, times: 0, again: false, before });
                used.push(number);
                marked.ones.len() as u32 - 1
            });
            marked.ones[at as usize].times += 1;
            marked.which.push(at);
        }
        for (one, number) in marked.ones.iter_mut().zip(used) {
            one.again = last[number].2 > 1;
        }
        marked
    };
    readings.iter().enumerate().map(&mut of).collect()
}

/// Whether a mark's kind may be settled by other articles.
fn open(name: &Name) -> bool {
    name.known.is_none() && name.kind.is_name() && name.why != Why::DatedEvent
}

/// All that names are joined by.
struct Ways<'a> {
    people: People,
    acronyms: Acronyms,
    shorts: Shorts,
    days: Days,
    lists: &'a Lists,
}

fn key(article: usize, reading: &Reading, name: &Name, kind: Kind, ways: &Ways) -> (Key, Option<Why>) {
    if let Some(expansion) = ways.acronyms.find(article, name) {
        let why = (name.why != Why::List).then_some(Why::Acronym);
        return (expansion, why);
    }
    if let Some(key) = known(name, kind, ways.lists) {
        return (key, None);
    }
    match kind {
        Kind::Person => match ways.people.find(article, &name.key, name.office, ways.lists) {
            Whom::Part(full) => (Key::Named(kind, full), Some(Why::PartOfName)),
            Whom::Name(full) => (Key::Named(kind, full), None),
            Whom::Unclear => (Key::Here(kind, article, name.key.clone()), None),
        },
        Kind::Date => match stated(name.span.of(reading.text)) {
            Some(date) => (Key::Day(ways.days.complete(article, date)), None),
            None => (Key::Here(kind, article, name.key.clone()), None),
        },
        Kind::Event if name.why == Why::DatedEvent => match stated(name.span.of(reading.text)) {
            Some(date) => (Key::Happened(ways.days.event(date)), None),
            None => (Key::Named(kind, name.key.clone()), None),
        },
        _ => (Key::Named(kind, spelt(&name.key, ways.lists)), None),
    }
}

/// The key of a known name.
fn known(name: &Name, kind: Kind, lists: &Lists) -> Option<Key> {
    let index = name.known?;
    let common = lists.known(index).filter(|known| known.common);
    Some(common.map_or(Key::Known(index), |known| Key::Named(kind, text::fold(&known.name))))
}

/// A name without the legal form of a company.
fn plain(key: &str) -> &str {
    let bare = key.rsplit_once(' ').filter(|(_, last)| {
        matches!(*last, "inc" | "corp" | "co" | "ltd" | "plc" | "llc" | "ag" | "gmbh" | "sa")
    });
    bare.map_or(key, |(rest, _)| rest)
}

/// The same with a country at its beginning by its full name: "US Congress" is the United States Congress.
fn spelt(key: &str, lists: &Lists) -> String {
    let plain = plain(key);
    let mut american = String::with_capacity(plain.len() + 8);
    let mut words = plain.split(' ').peekable();
    while let Some(word) = words.next() {
        american.push_str(spelling(word, words.peek().is_none()));
        if words.peek().is_some() {
            american.push(' ');
        }
    }
    let key = american;
    let mut words = key.split(' ');
    let country = words.next().and_then(|first| {
        lists.phrases(first).iter().find_map(|phrase| {
            let known = lists.known(phrase.known).filter(|known| known.country)?;
            let mut rest = words.clone();
            let fits = phrase.rest.iter().all(|word| rest.next() == Some(word));
            rest.clone().next().filter(|_| fits).map(|_| (&known.name, rest))
        })
    });
    let Some((name, rest)) = country else { return key };
    let mut spelt = text::fold(name);
    for word in rest {
        spelt.push(' ');
        spelt.push_str(word);
    }
    spelt
}

/// A word of a name as it is written in America, and in full.
fn spelling(word: &str, last: bool) -> &str {
    const SPELLINGS: [(&str, &str); 9] = [
        ("ave", "avenue"),
        ("centre", "center"),
        ("defence", "defense"),
        ("harbour", "harbor"),
        ("labour", "labor"),
        ("mt", "mount"),
        ("organisation", "organization"),
        ("programme", "program"),
        ("theatre", "theater"),
    ];
    if word == "st" {
        return if last { "street" } else { "saint" };
    }
    SPELLINGS.iter().find(|(there, _)| *there == word).map_or(word, |(_, here)| here)
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
#[derive(Default)]
struct Acronyms {
    /// As an article explains them.
    here: BTreeMap<(usize, String), BTreeSet<Key>>,
    /// As any article explains them.
    anywhere: BTreeMap<String, BTreeSet<Key>>,
    /// Initials of the organisations, laws and events that an article names in full.
    initials: BTreeMap<(usize, String), BTreeSet<Key>>,
    /// Those of four letters or more, of all articles.
    spelt_out: BTreeMap<String, BTreeSet<Key>>,
}

impl Acronyms {
    fn of(readings: &[Reading], marked: &[Marked], lists: &Lists) -> Acronyms {
        let mut acronyms = Acronyms::default();
        for (article, (reading, marked)) in readings.iter().zip(marked).enumerate() {
            for (letters, at) in &reading.acronyms {
                let one = marked.which.get(*at).and_then(|&one| marked.ones.get(one as usize));
                let Some(&Writing { name, kind, .. }) = one else { continue };
                let key = Acronyms::target(name, kind, lists);
                acronyms.here.entry((article, letters.clone())).or_default().insert(key.clone());
                acronyms.anywhere.entry(letters.clone()).or_default().insert(key);
            }
            for &Writing { name, kind, .. } in &marked.ones {
                let wanted = matches!(kind, Kind::Organisation | Kind::Law | Kind::Event | Kind::Place);
                if !wanted || name.why == Why::DatedEvent || !name.key.contains(' ') {
                    continue;
                }
                let words = || name.key.split(' ');
                let small = |word: &&str| !matches!(*word, "of" | "the" | "for" | "and" | "in" | "on");
                let initials = |words: &mut dyn Iterator<Item = &str>| -> String {
                    words.filter_map(|word| word.chars().next()).collect()
                };
                let bare = initials(&mut words().filter(small));
                let all = words().any(|word| !small(&word)).then(|| initials(&mut words()));
                for letters in all.into_iter().chain([bare]) {
                    let count = letters.chars().count();
                    if count < 3 {
                        continue;
                    }
                    let key = Acronyms::target(name, kind, lists);
                    if count > 3 {
                        acronyms.spelt_out.entry(letters.clone()).or_default().insert(key.clone());
                    }
                    acronyms.initials.entry((article, letters)).or_default().insert(key);
                }
            }
        }
        acronyms
    }

    fn target(name: &Name, kind: Kind, lists: &Lists) -> Key {
        known(name, kind, lists).unwrap_or_else(|| Key::Named(kind, spelt(&name.key, lists)))
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
        only(self.anywhere.get(&name.key))
            .or_else(|| only(self.initials.get(&here)))
            .or_else(|| only(self.spelt_out.get(&name.key).filter(|_| name.loud)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::training::{article, link_given};
    use crate::text::Span;

    /// The names of texts in which they stand in brackets after a letter for their kind, "P[Ann Lee]", by entity: each
    /// group is "name, name", in order of its first.
    fn groups(texts: &[&str]) -> Vec<String> {
        let (mut articles, mut names) = (Vec::new(), Vec::new());
        for text in texts {
            let (mut plain, mut marks) = (String::new(), Vec::new());
            for part in text.split(']') {
                let Some((before, name)) = part.split_once('[') else {
                    plain.push_str(part);
                    continue;
                };
                let (before, letter) = before.split_at(before.len() - 1);
                let kind = match letter {
                    "P" => Kind::Person,
                    "O" => Kind::Organisation,
                    "E" => Kind::Event,
                    _ => Kind::Place,
                };
                plain.push_str(before);
                marks.push((Span::new(plain.len(), plain.len() + name.len()), kind));
                plain.push_str(name);
            }
            articles.push(article("a", &plain));
            names.push(marks);
        }
        let found = link_given(&articles, &names);
        let mut groups = vec![Vec::new(); found.entities.len()];
        for (article, marks) in articles.iter().zip(&found.mentions) {
            for mark in marks {
                groups[mark.entity as usize].push(mark.span.of(&article.text));
            }
        }
        groups.iter().map(|group| group.join(", ")).collect()
    }

    #[test]
    fn a_family_name_is_whom_the_article_is_about() {
        let expected = ["Jared Padalecki, Jared Padalecki, Padalecki", "Genevieve Padalecki"];
        let text =
            "P[Jared Padalecki] spoke. P[Jared Padalecki] married P[Genevieve Padalecki]. P[Padalecki] acts.";
        assert_eq!(groups(&[text]), expected);
        let text = "P[Bill Clinton] met P[Bill Clinton], P[Hillary Clinton] and P[Hillary Clinton]. P[Clinton] left.";
        let expected = ["Bill Clinton, Bill Clinton", "Hillary Clinton, Hillary Clinton", "Clinton"];
        assert_eq!(groups(&[text]), expected);
    }

    #[test]
    fn a_given_name_alone_is_one_where_articles_keep_to_it() {
        let kept = ["P[Maria] sang. P[Maria] left.", "P[Maria] will sing, P[Maria] said."];
        assert_eq!(groups(&kept).len(), 1);
        assert_eq!(groups(&["P[Maria] sang. P[Maria] left.", "P[Maria] bought bread."]).len(), 2);
    }

    #[test]
    fn a_family_name_alone_is_its_best_known_bearer() {
        let mut texts = vec!["P[Bill Clinton] spoke."; 5];
        texts.extend(["P[Hillary Clinton] spoke.", "P[Clinton] won."]);
        assert_eq!(groups(&texts).len(), 2, "five to one");
        texts.push("P[Chelsea Clinton] spoke.");
        assert_eq!(groups(&texts).len(), 4, "five to two: Clinton alone may be anyone");
        assert_eq!(groups(&["P[Ann Lee] spoke.", "P[Bo Lee] spoke.", "P[Lee] won."]).len(), 3);
    }

    #[test]
    fn writings_of_one_foreign_name_are_one_person() {
        let one =
            ["P[Muammar Gaddafi] spoke. P[Gaddafi] left.", "P[Moammar Qadhafi] spoke. P[Qadhafi] left."];
        assert_eq!(groups(&one), ["Muammar Gaddafi, Gaddafi, Moammar Qadhafi, Qadhafi"]);
        let two = ["P[Daniel Keller] met P[Daniela Keller], P[Jon Sand] met P[Jan Sand]."];
        assert_eq!(groups(&two), ["Daniel Keller", "Daniela Keller", "Jon Sand", "Jan Sand"]);
        let initials = ["P[Donald Trump] left. P[Donald J. Trump] spoke, and P[Donald John Trump] did."];
        assert_eq!(groups(&initials), ["Donald Trump, Donald J. Trump, Donald John Trump"]);
        let initials = ["P[George W. Bush] met P[George H. W. Bush]."];
        assert_eq!(groups(&initials), ["George W. Bush", "George H. W. Bush"]);
    }

    #[test]
    fn short_forms_and_sons() {
        let one = ["P[Charles E. Schumer] left.", "P[Chuck Schumer] spoke; P[Schumer] laughed."];
        assert_eq!(groups(&one), ["Charles E. Schumer, Chuck Schumer, Schumer"]);
        // Pat may be either.
        assert_eq!(groups(&["P[Patrick Lind], P[Patricia Lind] and P[Pat Lind] left."]).len(), 3);
        // Not by a short form and the sound of a family name together.
        assert_eq!(groups(&["P[Bill Kristol] left.", "P[Billy Crystal] spoke."]).len(), 2);
        assert_eq!(groups(&["P[K. Michael Conaway] left. P[Michael Conaway] spoke."]).len(), 1);
        let son = "Vice President P[Joe Biden] left.";
        let one = [son, "Vice President P[Joseph R. Biden Jr.] spoke. Mr. P[Biden] laughed."];
        assert_eq!(groups(&one), ["Joe Biden, Joseph R. Biden Jr., Biden"]);
        let met = "P[Ann Lee] met P[Jo Ray].";
        let full = format!("P[Robert S. Mueller III] spoke. {met}");
        let one = [full.as_str(), &format!("P[Robert Mueller] spoke. P[Mueller] left. {met}")];
        assert_eq!(groups(&one)[0], "Robert S. Mueller III, Robert Mueller, Mueller");
        assert_eq!(groups(&["P[Robert S. Mueller III] is back. P[Robert Mueller] left."]).len(), 1);
        assert_eq!(groups(&[&full, "P[Robert Mueller] spoke."]).len(), 4, "nothing else tells");
        let two = [format!("P[Henry Ford II] spoke. {met}"), format!("P[Henry Ford] left. {met}")];
        assert_eq!(groups(&[&two[0], &two[1]]).len(), 4);
        assert_eq!(groups(&["P[Henry Ford] left. P[Henry Ford II] stayed."]).len(), 2);
        let initials = "P[John D. Rockefeller] had P[John D. Rockefeller III].";
        assert_eq!(groups(&[initials]).len(), 2);
        assert_eq!(groups(&["P[Jesse Jackson] and his son P[Jesse L. Jackson Jr.] left."]).len(), 2);
        let two = ["The Rev. P[Jesse Jackson] left.", "Rep. P[Jesse Jackson Jr.] spoke."];
        assert_eq!(groups(&two).len(), 2);
        let father = "P[Donald J. Trump] left.";
        let two = ["P[Donald Trump Jr.] spoke of President P[Trump].", father, father];
        assert_eq!(groups(&two), ["Donald Trump Jr.", "Trump, Donald J. Trump, Donald J. Trump"]);
        let apart = [
            "P[Jesse Jackson Jr.] spoke. P[Jackson] left.",
            "P[Jesse Jackson] sang.",
            "P[Jesse Jackson] ate.",
        ];
        assert_eq!(groups(&apart), ["Jesse Jackson Jr., Jackson", "Jesse Jackson, Jesse Jackson"]);
        let short = ["P[Donald Trump Jr.] spoke. P[Trump Jr.] left. P[Trump] sang."];
        assert_eq!(groups(&short), ["Donald Trump Jr., Trump Jr.", "Trump"]);
        let alone =
            ["P[Donald Trump Jr.] spoke of President P[Trump]. P[Robert Downey Jr.] sang. P[Downey] left."];
        assert_eq!(groups(&alone), ["Donald Trump Jr.", "Trump", "Robert Downey Jr., Downey"]);
    }

    #[test]
    fn an_office_tells_people_of_one_family_apart() {
        let text = "President P[Barack Obama] and P[Michelle Obama] danced. President P[Obama] spoke.";
        assert_eq!(groups(&[text]), ["Barack Obama, Obama", "Michelle Obama"]);
        let elsewhere = "President P[Obama] spoke. P[Obama] left.";
        assert_eq!(groups(&[text, elsewhere]), ["Barack Obama, Obama, Obama, Obama", "Michelle Obama"]);
        assert_eq!(groups(&[text, "Mr. P[Obama] spoke."]).len(), 3);
        let daughter = "P[Sasha Obama] danced with President P[Obama].";
        assert_eq!(groups(&[daughter, text])[1], "Obama, Barack Obama, Obama");
    }

    #[test]
    fn a_common_family_name_elsewhere_needs_more_than_one_bearer() {
        assert_eq!(groups(&["P[Andre Carson] spoke.", "P[Carson] won."]).len(), 2);
        assert_eq!(groups(&["P[Abbas Araghchi] spoke.", "P[Araghchi] won."]).len(), 1);
        assert_eq!(groups(&["P[Andre Carson] spoke.", "P[Andre Carson] left.", "P[Carson] won."]).len(), 1);
        // The same matter: two more are named by both.
        let both =
            ["P[Ann Lee] and P[Bo Dahl] met P[Andre Carson].", "P[Ann Lee], P[Bo Dahl]: P[Carson] won."];
        assert_eq!(groups(&both).len(), 3);
    }

    #[test]
    fn misspelt_and_particled() {
        assert_eq!(groups(&["P[Lydia Buchtmann] spoke. P[Bauchtman] left."]).len(), 1);
        // A name that many have is not taken for a slip.
        assert_eq!(groups(&["P[Ann Martin] spoke. P[Morton] left."]).len(), 2);
        assert_eq!(groups(&["P[Abdel Fattah al-Sisi] spoke. P[el-Sisi] left. P[Sisi] won."]).len(), 1);
        assert_eq!(groups(&["P[Ben LaBolt] spoke. P[LaBolt] left. P[Al Gore] met P[Gore]."]).len(), 2);
    }

    #[test]
    fn initials_and_spellings() {
        let one =
            ["The O[National Association for the Advancement of Coloured People] met.", "O[NAACP] spoke."];
        assert_eq!(groups(&one).len(), 1);
        assert_eq!(groups(&["O[Defense of Marriage Act] fell. O[DOMA] fell."]).len(), 1);
        assert_eq!(groups(&["O[Ford Theatre] and O[Ford Theater]; L[St. Ives] and L[Saint Ives]."]).len(), 2);
        let text =
            "The O[Church of Scientology] spoke. The O[Church] left. O[Elm Court] fell. The O[Court] sat.";
        assert_eq!(groups(&[text]), ["Church of Scientology, Church", "Elm Court", "Court"]);
    }

    #[test]
    fn a_short_name_is_the_one_full_name_that_it_ends_or_begins() {
        let text = "O[Boston Red Sox] won. O[Red Sox] fans of E[Taipei City Lantern Festival] saw the E[Lantern Festival] at O[Rice University]; \
                    O[Rice] lost.";
        let expected = [
            "Boston Red Sox, Red Sox",
            "Taipei City Lantern Festival, Lantern Festival",
            "Rice University, Rice",
        ];
        assert_eq!(groups(&[text]), expected);
        let text = "The O[Israeli Air Force] met the O[Turkish Air Force]. The O[Air Force] left.";
        assert_eq!(groups(&[text]), ["Israeli Air Force", "Turkish Air Force", "Air Force"]);
        let text = "O[US Olympic Committee] voted. O[United States Olympic Committee] met.";
        assert_eq!(groups(&[text]), ["US Olympic Committee, United States Olympic Committee"]);
    }

    #[test]
    fn names_of_common_words_are_one_where_one_country_is_named() {
        let here = ["L[Serbia] has a O[Foreign Ministry].", "The O[Foreign Ministry] of L[Serbia]."];
        assert_eq!(groups(&here), ["Serbia, Serbia", "Foreign Ministry, Foreign Ministry"]);
        let text = "The O[Central Election Commission] (O[CEC]) met. The O[CEC] spoke.";
        assert_eq!(groups(&[text]), ["Central Election Commission, CEC, CEC"]);
        let apart = ["L[Serbia] has a O[Supreme Court].", "The O[Supreme Court] of L[Italy]."];
        assert_eq!(groups(&apart), ["Serbia", "Supreme Court", "Supreme Court", "Italy"]);
    }
}
