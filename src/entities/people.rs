//! People by their full names: which writings are one person, and whom a part of a name alone means.
//!
//! One person are: names with the same first and family name as they sound, where the middle names agree; a short form
//! ("Joe") and the one formal name that it may stand for; a name with "Jr." or "III" and one without only where the same
//! office stands before both, or the whole name with initials and the articles tell ([`Places::agree`]), since most are
//! father and son. A family name alone is whoever is named in full in its article, by
//! the office before it where there are several; else its one bearer in other articles, if it is rare or the
//! articles have more in common.
//!
//! Invariant: a function of the readings; nothing depends on hash order. Not here: entities (`link`).

use super::gazetteer::{FAMILY, GIVEN, Gazetteer};
use super::hash;
use super::lists::{COMMON, Lists};
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Marks of a person: their article, key, the office before them, and how many they are.
pub type Person<'a> = (usize, &'a str, u64, u32);

/// Whom a name means.
#[derive(Debug, PartialEq, Eq)]
pub enum Whom {
    /// Who bears this full name; it is written in part.
    Part(String),
    /// Who is so called everywhere: the fullest writing.
    Name(String),
    /// Several may be meant.
    Unclear,
}

/// How often each full name stands somewhere.
type Bearers = BTreeMap<String, u32>;

/// First name and family name as they sound, and what tells a son from his father.
type Sounds = (String, String, &'static str);

/// The people of the articles.
#[derive(Default)]
pub struct People {
    /// The fullest writing of each full name: "george bush" → "george w bush".
    fullest: BTreeMap<String, String>,
    /// Those without a suffix, by their first name and family name as they sound.
    fathers: BTreeMap<(String, String), String>,
    /// Full names by what may stand for them alone (their end, their beginning), by article.
    by_end: BTreeMap<(usize, String), Bearers>,
    by_start: BTreeMap<(usize, String), Bearers>,
    /// The only bearer of family names that sound so, by article; `None` where there are several.
    by_sound: BTreeMap<(usize, String), Option<String>>,
    /// How many articles have the full name, and which was the last.
    by_end_anywhere: BTreeMap<String, BTreeMap<String, (u32, usize)>>,
    /// The offices that stand before a full name.
    offices: BTreeMap<String, BTreeSet<u64>>,
    /// The offices that stand before a part of a name, by article.
    offices_here: BTreeMap<(usize, String), BTreeSet<u64>>,
    /// Hashes of the full names of each article, sorted.
    named: Vec<Vec<u64>>,
}

impl People {
    /// The people of so many articles by their marks in order of the articles.
    pub fn of(marks: &[Person], articles: usize) -> People {
        let mut people = People { named: vec![Vec::new(); articles], ..People::default() };
        let mut offices: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
        for (_, key, office, _) in marks {
            let offices = offices.entry(key).or_default();
            if *office != 0 {
                offices.insert(*office);
            }
        }
        let keys: BTreeMap<&str, String> = offices.keys().map(|key| (*key, particle(key))).collect();
        let full = |&(article, key, ..): &Person| {
            Some((article, keys.get(key)?.as_str())).filter(|(_, key)| is_full(key))
        };
        let places = OnceCell::new();
        let places = || places.get_or_init(|| Places::of(marks.iter().filter_map(full), articles));
        people.writings(offices.into_iter().map(|(key, offices)| (keys[key].as_str(), offices)), &places);
        for &(article, key, office, times) in marks {
            let Some(key) = keys.get(key) else { continue };
            if let Some(fullest) = people.fullest.get(key).cloned() {
                if let Some(named) = people.named.get_mut(article) {
                    named.push(hash::of(fullest.as_bytes()));
                }
                people.parts(article, key, fullest, times);
                continue;
            }
            let (.., suffix) = parts(key);
            let family = key.strip_suffix(suffix).map_or(key.as_str(), str::trim_end).to_owned();
            // Where "Trump Jr." stands, "Trump" is another.
            let office = if suffix.is_empty() { office } else { OTHER };
            if office != 0 {
                people.offices_here.entry((article, family)).or_default().insert(office);
            }
        }
        for named in &mut people.named {
            named.sort_unstable();
            named.dedup();
        }
        for ((article, end), bearers) in people.by_end.iter().filter(|((_, end), _)| !end.contains(' ')) {
            for bearer in bearers.keys() {
                let only =
                    people.by_sound.entry((*article, sound(end))).or_insert_with(|| Some(bearer.clone()));
                only.take_if(|only| only != bearer);
            }
        }
        people
    }

    /// Which writings are one, of keys and the offices before them, and where full names stand.
    fn writings<'a>(
        &mut self,
        keys: impl Iterator<Item = (&'a str, BTreeSet<u64>)>,
        places: &dyn Fn() -> &'a Places<'a>,
    ) {
        let mut groups: BTreeMap<Sounds, BTreeSet<String>> = BTreeMap::new();
        for (key, offices) in keys.filter(|(key, _)| is_full(key)) {
            self.fullest.insert(key.to_owned(), key.to_owned());
            let (first, _, last, suffix) = parts(key);
            if last.len() < 2 || last == first {
                continue;
            }
            if !offices.is_empty() {
                self.offices.entry(key.to_owned()).or_default().extend(offices);
            }
            groups.entry((sound(first), sound(last), suffix)).or_default().insert(key.to_owned());
        }
        // The longest of each, where all others may be short for it; else each is its own.
        let rank = |key: &str| (key.split(' ').count(), key.len());
        let longest = |keys: &mut dyn Iterator<Item = &String>| {
            keys.max_by_key(|key| (rank(key), Reverse((*key).clone()))).cloned()
        };
        let mut ones: BTreeMap<&Sounds, String> = BTreeMap::new();
        for (sounds, writings) in &groups {
            let one = longest(&mut writings.iter());
            if let Some(one) = one.filter(|one| writings.iter().all(|key| may_be_short(key, one))) {
                let offices =
                    writings.iter().filter_map(|key| self.offices.get(key)).flatten().copied().collect();
                self.offices.insert(one.clone(), offices);
                ones.insert(sounds, one);
            }
        }
        // "Joe" for the one Joseph, and a "Jr." of the same office.
        let mut longer: BTreeMap<&String, &String> = BTreeMap::new();
        for (sounds, one) in &ones {
            let (first, ..) = parts(one);
            let names = formal(first).map(|name| (name, false)).chain([(first, true)]);
            let others = names.flat_map(|(name, own)| {
                SUFFIXES.iter().chain([&""]).filter_map(move |suffix| {
                    let other = (sound(name), sounds.1.clone(), *suffix);
                    (other != **sounds && (!own || suffix.is_empty())).then_some(other)
                })
            });
            let of = |one: &String| self.offices.get(one).cloned().unwrap_or_default();
            let fits = |other: &Sounds| {
                let other_one = ones.get(other)?;
                let (mine, theirs) = (of(one), of(other_one));
                let same = other.2 == sounds.2
                    || !mine.is_disjoint(&theirs)
                    || (mine.is_empty() || theirs.is_empty())
                        && places().agree(&groups[*sounds], groups.get(other)?);
                let (short, long) =
                    if rank(one) < rank(other_one) { (one, other_one) } else { (other_one, one) };
                // Both given name and family name by their sound would be too little.
                let same = same && parts(one).2 == parts(other_one).2;
                (same && may_be_short(short, long)).then_some((short, long))
            };
            let found: Vec<_> = others.filter_map(|other| fits(&other)).collect();
            if let [(short, long)] = found.as_slice() {
                longer.insert(short, long);
            }
        }
        for (sounds, writings) in &groups {
            for key in writings {
                let mut one = ones.get(sounds).unwrap_or(key);
                // Each step is to a longer one.
                while let Some(next) = longer.get(one) {
                    one = next;
                }
                self.fullest.insert(key.clone(), one.clone());
                if sounds.2.is_empty() {
                    self.fathers.insert((sounds.0.clone(), sounds.1.clone()), one.clone());
                }
            }
        }
        let merged: Vec<_> = longer.iter().map(|(short, long)| ((*short).clone(), (*long).clone())).collect();
        for (short, long) in merged {
            let offices = self.offices.get(&short).cloned().unwrap_or_default();
            self.offices.entry(long).or_default().extend(offices);
        }
    }

    /// Takes in what may stand for a full name.
    fn parts(&mut self, article: usize, key: &str, fullest: String, times: u32) {
        let (first, _, last, suffix) = parts(key);
        let bare = key.strip_suffix(suffix).map_or(key, str::trim_end);
        // In other articles a family name is the father's.
        let father = || self.fathers.get(&(sound(first), sound(last)));
        let father = !suffix.is_empty() && father().is_some_and(|father| *father != fullest);
        if let Some((first, _)) = key.split_once(' ') {
            let starts = self.by_start.entry((article, first.to_owned())).or_default();
            *starts.entry(fullest.clone()).or_default() += times;
        }
        let mut rest = bare;
        while let Some((_, end)) = rest.split_once(' ') {
            if !suffix.is_empty() {
                let end = [end, " ", suffix].concat();
                *self.by_end.entry((article, end)).or_default().entry(fullest.clone()).or_default() += times;
            }
            let ends = self.by_end.entry((article, end.to_owned())).or_default();
            *ends.entry(fullest.clone()).or_default() += times;
            if !father {
                let bearers = self.by_end_anywhere.entry(end.to_owned()).or_default();
                let (articles, last) = bearers.entry(fullest.clone()).or_insert((0, usize::MAX));
                if *last != article {
                    (*articles, *last) = (*articles + 1, article);
                }
            }
            rest = end;
        }
    }

    /// Whom a name means in an article, with an office before it.
    pub fn find(&self, article: usize, key: &str, office: u64, lists: &Lists) -> Whom {
        let key = particle(key);
        let here = (article, key);
        let part = |full: Option<&String>| full.map_or(Whom::Unclear, |full| Whom::Part(full.clone()));
        if let Some(ends) =
            self.by_end.get(&here).filter(|ends| !ends.keys().all(|one| self.is_father(&here, one)))
        {
            let here_too = self.of_office(ends.keys(), |other| other == office);
            // "President Obama" where but Sasha Obama is named in full.
            let anywhere =
                || self.of_office(self.by_end_anywhere.get(&here.1)?.keys(), |other| other == office);
            return part(here_too.or_else(anywhere).or_else(|| main(ends)));
        }
        if let Some(full) = self.fullest.get(&here.1) {
            return Whom::Name(full.clone());
        }
        if let Some(starts) = self.by_start.get(&here) {
            return part(main(starts));
        }
        let rare = is_rare(&here.1, lists);
        if let Some(full) = self.misspelt(&here).filter(|_| rare) {
            return Whom::Part(full.clone());
        }
        let Some(bearers) = self.by_end_anywhere.get(&here.1) else { return Whom::Name(here.1) };
        let offices = self.offices_here.get(&here);
        let office = |other| offices.is_some_and(|offices| offices.contains(&other));
        let known = |full: &&String| {
            let near = |(articles, last): &(u32, usize)| *articles > 1 || self.share(article, *last);
            let sure = bearers.len() > 1 || rare || bearers.get(*full).is_some_and(near);
            sure && !self.is_father(&here, full)
        };
        part(self.of_office(bearers.keys(), office).or_else(|| best_known(bearers).filter(known)))
    }

    /// Whether the bearer of a name is a son, and the article speaks of somebody of another office.
    fn is_father(&self, here: &(usize, String), bearer: &str) -> bool {
        let (_, _, _, suffix) = parts(bearer);
        let alone = !suffix.is_empty() && !here.1.ends_with(suffix);
        let Some(offices) = self.offices_here.get(here).filter(|_| alone) else { return false };
        !self.offices.get(bearer).is_some_and(|own| offices.is_subset(own))
    }

    /// The only one of several who bears such an office.
    fn of_office<'a>(
        &self,
        bearers: impl Iterator<Item = &'a String>,
        office: impl Fn(u64) -> bool,
    ) -> Option<&'a String> {
        let holds = |full: &&String| {
            self.offices.get(*full).is_some_and(|own| own.iter().any(|&other| other != 0 && office(other)))
        };
        let mut holders = bearers.filter(holds);
        holders.next().filter(|_| holders.next().is_none())
    }

    /// The only one in the article whose family name sounds like this one.
    fn misspelt(&self, (article, key): &(usize, String)) -> Option<&String> {
        let sounds = sound(key);
        if sounds == *key || key.contains(' ') {
            return None;
        }
        self.by_sound.get(&(*article, sounds))?.as_ref()
    }

    /// Whether two articles name two people or more in common.
    fn share(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.named.get(one), self.named.get(other)) else { return false };
        one.iter().filter(|name| other.binary_search(name).is_ok()).count() > 1
    }
}

/// Articles of each writing that are asked whom else they name, at most: what they tell shows in few, or not at all.
const ASKED: usize = 50;

/// Where full names stand.
struct Places<'a> {
    articles: BTreeMap<&'a str, BTreeSet<usize>>,
    names: Vec<BTreeSet<&'a str>>,
}

impl<'a> Places<'a> {
    fn of(marks: impl Iterator<Item = (usize, &'a str)>, articles: usize) -> Places<'a> {
        let mut places = Places { articles: BTreeMap::new(), names: vec![BTreeSet::new(); articles] };
        for (article, key) in marks {
            places.articles.entry(key).or_default().insert(article);
            if let Some(names) = places.names.get_mut(article) {
                names.insert(key);
            }
        }
        places
    }

    /// Whether writings with what tells a son from his father, and such without it, are one person: the former have an
    /// initial or a middle name too ("Samuel A. Alito Jr.", "Robert S. Mueller III", not "Henry Ford II"), and two
    /// articles, one of each, name two others in common. An article that has both has two people, but where the initial is
    /// in one of them only and no "Jr." stands there.
    fn agree(&self, sons: &BTreeSet<String>, bare: &BTreeSet<String>) -> bool {
        let with = |keys: &BTreeSet<String>| -> BTreeSet<usize> {
            keys.iter().filter_map(|key| self.articles.get(key.as_str())).flatten().copied().collect()
        };
        let middle = |keys: &BTreeSet<String>| keys.iter().any(|key| !parts(key).1.is_empty());
        let numeral = sons.iter().all(|key| parts(key).3.starts_with('i'));
        let bare_middle = middle(bare);
        if !middle(sons) || bare_middle && !numeral {
            return false;
        }
        let (sons, bare) = (with(sons), with(bare));
        if !sons.is_disjoint(&bare) {
            return numeral && !bare_middle;
        }
        let names = |article: &usize| self.names.get(*article);
        let (sons, bare) = (sons.iter().take(ASKED), bare.iter().take(ASKED));
        sons.filter_map(names)
            .any(|one| bare.clone().filter_map(names).any(|other| one.intersection(other).nth(1).is_some()))
    }
}

/// Whom a family name alone means where several have it: the one who is named in full often, if all others are so
/// named but once.
fn main(people: &Bearers) -> Option<&String> {
    let most = people.values().copied().max().unwrap_or(0);
    let others = people.values().filter(|count| **count < most);
    let clear = people.len() == 1
        || most > 1
            && others.clone().count() + 1 == people.len()
            && others.sum::<u32>() + 1 == people.len() as u32;
    people.iter().find(|(_, count)| **count == most).map(|(name, _)| name).filter(|_| clear)
}

/// Whom a family name alone means in an article that names nobody of it in full: its one bearer in other articles, or
/// the one whom at least [`KNOWN`] of them name in full, and [`KNOWN`] times as many as all other bearers together.
fn best_known(bearers: &BTreeMap<String, (u32, usize)>) -> Option<&String> {
    let (name, (most, _)) = bearers.iter().max_by_key(|(_, (articles, _))| *articles)?;
    let others: u32 = bearers.values().map(|(articles, _)| *articles).sum::<u32>() - most;
    (bearers.len() == 1 || *most >= KNOWN && *most >= KNOWN * others).then_some(name)
}

/// See [`best_known`].
const KNOWN: u32 = 5;

/// Whether a family name is one that few bear: in no table of them, no common word, or of several words.
fn is_rare(key: &str, lists: &Lists) -> bool {
    let class = Gazetteer::get().word(hash::join(0, hash::of(key.as_bytes())));
    key.contains(' ') || class & (FAMILY | GIVEN) == 0 && lists.class(key) & COMMON == 0
}

/// An office that nobody has.
const OTHER: u64 = 1;

/// What tells a son from his father.
const SUFFIXES: [&str; 5] = ["jr", "sr", "ii", "iii", "iv"];

/// A full name in parts: first name, middle names, family name, and one of [`SUFFIXES`] or nothing. An initial before a
/// longer first name is left out: "K. Michael Conaway".
fn parts(key: &str) -> (&str, &str, &str, &'static str) {
    let last = key.rsplit(' ').next().unwrap_or("");
    let suffix = SUFFIXES.iter().find(|suffix| **suffix == last).copied().unwrap_or("");
    let bare = key.strip_suffix(suffix).map_or(key, str::trim_end);
    let initial = bare.split_once(' ').filter(|(first, rest)| first.len() == 1 && rest.contains(' '));
    let bare = initial.map_or(bare, |(_, rest)| rest);
    let (first, rest) = bare.split_once(' ').unwrap_or((bare, ""));
    let (middle, last) = rest.rsplit_once(' ').unwrap_or(("", if rest.is_empty() { first } else { rest }));
    (first, middle, last, suffix)
}

/// The formal names that a short form may stand for.
fn formal(short: &str) -> impl Iterator<Item = &str> {
    static TABLE: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let lines = include_str!("lists/nicknames.txt").lines();
        lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).collect()
    });
    let at = table.binary_search_by(|(first, _)| (*first).cmp(short)).ok();
    let names = at.and_then(|at| table.get(at)).map_or("", |(_, names)| names);
    names.split(' ').filter(|name| !name.is_empty())
}

/// Whether one full name may be short for a longer one with the same first and family name: "donald trump" and "donald
/// j trump" for "donald john trump"; not "george w bush" for "george h w bush".
fn may_be_short(short: &str, long: &str) -> bool {
    let between = |key| parts(key).1.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>();
    let (short, long) = (between(short), between(long));
    let same = |(a, b): (&&str, &&str)| a == b || (a.len() == 1 && b.starts_with(*a)) || sound(a) == sound(b);
    short.is_empty() || short.len() == long.len() && short.iter().zip(&long).all(same)
}

/// How a word of a longer name sounds: without vowels but those at its beginning, and an "a" at its end, and with one
/// letter for those that transliterations mix, so that Mohamed and Muhammad, Gaddafi and Qadhafi are alike, Daniel
/// and Daniela not. Short words stay as they are.
fn sound(word: &str) -> String {
    let mut sound = String::new();
    let (last, mut before) = (word.len().saturating_sub(1), ' ');
    for (at, letter) in word.char_indices() {
        if std::mem::replace(&mut before, letter) == letter {
            continue;
        }
        let letter = match letter {
            'a' if at == last => 'a',
            'a' | 'e' | 'i' | 'o' | 'u' if at == 0 => 'a',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' => continue,
            'q' | 'c' | 'k' | 'g' => 'k',
            'w' => 'v',
            'h' if at > 0 && !sound.ends_with('m') => continue,
            letter => letter,
        };
        sound.push(letter);
    }
    if sound.chars().count() > 2 { sound } else { word.to_owned() }
}

/// A name with one writing of the Arabic article.
fn particle(key: &str) -> String {
    if !key.contains("el ") {
        return key.to_owned();
    }
    key.split(' ').map(|word| if word == "el" { "al" } else { word }).collect::<Vec<_>>().join(" ")
}

/// Whether a person's name has more than a family name: "abbas araghchi" and "al gore", not "bin laden", "al assad".
fn is_full(key: &str) -> bool {
    const PARTICLES: [&str; 13] =
        ["al", "el", "bin", "ibn", "abu", "van", "von", "de", "der", "la", "le", "di", "da"];
    let family = |word: &str| Gazetteer::get().word(hash::join(0, hash::of(word.as_bytes()))) & FAMILY != 0;
    let counts = |word: &&str| !PARTICLES.contains(word) && !SUFFIXES.contains(word);
    key.split(' ').filter(counts).count() > 1 || key.strip_prefix("al ").is_some_and(family)
}

#[cfg(test)]
mod tests {
    use super::formal;

    #[test]
    fn the_short_forms_are_in_order() {
        for line in include_str!("lists/nicknames.txt").lines().filter(|line| !line.starts_with('#')) {
            let (short, names) = line.split_once(' ').unwrap_or((line, ""));
            assert_eq!(formal(short).collect::<Vec<_>>().join(" "), names, "{short}");
        }
        assert_eq!(formal("ann").count(), 0);
    }
}
