//! The reading of one article: its marks, chosen from all sources, and which acronyms it explains.
//!
//! Invariant: marks are in text order, may nest and never cross; one writing has one kind. Not here: which
//! entity a mark belongs to (`link`).

use super::acronym;
use super::candidate::{Candidate, choose};
use super::features::{Features, KINDS};
use super::gazetteer::{self, Gazetteer};
use super::hash::{self, Table};
use super::listed;
use super::lists::{
    COMMON, Class, EVENT, EVENT_NOUN, FUNCTION, GIVEN, LAW, LAW_NOUN, LOWER, Lists, ORGANISATION,
    ORGANISATION_NOUN, PARTICLE, PLACE, PLACE_NOUN, SUFFIX, SURNAME, TITLE, WORK_NOUN,
};
use super::model::{Model, Seen, Work};
use super::page::{Gap, Page, Sentence};
use super::roles::{Role, roles};
use super::training::Parts;
use super::{Kind, Why, dated};
use crate::article::Article;
use crate::text::Span;
use std::collections::BTreeMap;

/// A mark before it is joined to an entity.
#[derive(Clone, Debug)]
pub struct Name {
    /// Where.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// How sure, 0 to 100.
    pub certainty: u8,
    /// Why.
    pub why: Why,
    /// The known name it is.
    pub known: Option<u32>,
    /// Its folded words, joined by spaces.
    pub key: String,
    /// Whether it is all capitals.
    pub loud: bool,
    /// The office that stands before a person, as a hash; 0 if none does.
    pub office: u64,
}

/// What one article names.
#[derive(Clone)]
pub struct Reading<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its marks in text order.
    pub names: Vec<Name>,
    /// Acronyms that it explains: the folded letters, and the index in `names` of what they stand for.
    pub acronyms: Vec<(String, usize)>,
    /// Offices, in text order; who holds them is told by indices in `names`.
    pub roles: Vec<Role>,
}

impl Reading<'_> {
    /// The same to be kept without its article.
    pub fn without_text(self) -> Reading<'static> {
        Reading { text: "", names: self.names, acronyms: self.acronyms, roles: self.roles }
    }
}

/// Reads an article.
pub fn read<'a>(article: &'a Article, lists: &Lists, model: &Model, parts: Parts) -> Reading<'a> {
    let page = Page::new(article, lists, parts);
    let mut found = Vec::new();
    for &sentence in &page.sentences {
        dated::candidates(&page, sentence, &mut found);
        let since = found.len();
        listed::candidates(&page, lists, sentence, &mut found);
        dated::of_places(&page, sentence, &mut found, since);
        works(&page, sentence, &mut found);
    }
    let mut seen = Vec::new();
    let features = Features::new(&page, lists, parts);
    let mut work = Work::default();
    for &segment in &features.segments {
        model.decode(&features, segment, &mut work, &mut seen);
    }
    if parts.rules {
        seen.iter_mut().for_each(|one| headed(&page, one));
        plain_beginnings(&page, &mut seen);
        titled(&page, &mut seen);
    }
    // A law or an event that the lists have is one, whatever the model takes it for: few are in its training. So is
    // a state in short: "D-Calif."
    let sure = |c: &&Candidate| {
        let (from, to) = c.words;
        matches!(c.kind, Kind::Law | Kind::Event)
            || to - from == 1 && listed::is_stopped(&page, lists, from)
            || from > 0 && is_party(&page, from - 1)
    };
    for candidate in found.iter().filter(|c| parts.rules && c.why == Why::List).filter(sure) {
        let at = seen.partition_point(|one| one.words.0 < candidate.words.0);
        if let Some(one) = seen.get_mut(at).filter(|one| one.words == candidate.words) {
            one.kind = candidate.kind;
        }
    }
    // What the lists have and the model sees too is as sure as the model is, and its kind is the model's; what only
    // the lists have is less sure.
    found.retain_mut(|candidate| {
        let at = seen.partition_point(|one| one.words.0 < candidate.words.0);
        match seen.get(at).filter(|one| candidate.why == Why::List && one.words == candidate.words) {
            Some(one) => {
                candidate.certainty = model.certainty(one.probability).max(BOTH);
                one.kind == candidate.kind
            }
            None => {
                let outer = at.checked_sub(1).and_then(|at| seen.get(at));
                let inside = outer.is_some_and(|outer| outer.words.1 >= candidate.words.1)
                    || seen.get(at).is_some_and(|outer| {
                        outer.words.0 == candidate.words.0 && outer.words.1 > candidate.words.1
                    });
                if candidate.why == Why::List {
                    candidate.certainty = candidate.certainty.min(if inside { INSIDE } else { LISTED });
                }
                true
            }
        }
    });
    let explained = explained(&page, &found, &seen);
    let verdicts = match parts.consistency {
        true => verdicts(&page, lists, model, &seen, &explained),
        false => Verdicts::default(),
    };
    let quiet = quiet(&page, &seen);
    let none = |one: &Seen| {
        let (from, to) = one.words;
        hollow(&page, lists, one.words)
            || one.kind == Kind::Person && to - from == 1 && is_office(&page, from)
            || model.certainty(one.probability) < LOUD && only_loud(&page, &quiet, one)
    };
    for one in seen.iter().filter(|one| !parts.rules || !none(one)) {
        let (from, to) = one.words;
        let verdict = verdicts.get(page.hash(from, to));
        let kind = verdict.map_or(one.kind, |verdict| verdict.kind);
        let certainty = model.certainty(one.probability);
        let unlikely = certainty < LIKELY && matches!(kind, Kind::Person | Kind::Organisation);
        if parts.rules && unlikely && !governs(&page, to) {
            continue;
        }
        let known = known_as(&page, lists, one.words, kind);
        found.push(Candidate {
            span: page.span(from, to),
            words: (from, to),
            kind,
            certainty,
            why: if known.is_some() { Why::List } else { Why::Model },
            known,
            nests: false,
        });
    }
    for &(at, _, known) in &explained {
        let kind = match known {
            Some(known) => lists.known(known).map(|known| known.kind),
            None => verdicts.get(page.hash(at, at + 1)).map(|verdict| verdict.kind),
        };
        if let Some(kind) = kind {
            let verdict = Verdict { kind, certainty: 93 };
            found.push(candidate(&page, at, at + 1, verdict, Why::Acronym));
        }
    }
    if parts.consistency {
        elsewhere(&page, lists, &seen, &verdicts, &mut found);
    }
    let mut marks = choose(found);
    marks.iter_mut().for_each(|mark| stop(&page, mark));
    let roles = if parts.rules { roles(&page, lists, &marks) } else { Vec::new() };
    Reading { roles, ..finish(&page, marks, &explained) }
}

/// The stop of an abbreviation at the end of a name is part of it: "Donald Trump Jr."
fn stop(page: &Page, mark: &mut Candidate) {
    const SHORT: [&str; 8] = ["bros", "co", "corp", "inc", "jr", "llc", "ltd", "sr"];
    let last = page.word(mark.words.1.wrapping_sub(1));
    let ends = last.is_some_and(|last| last.span.end == mark.span.end && SHORT.contains(&&*last.folded));
    let after = || page.text.get(mark.span.end as usize..).is_some_and(|after| after.starts_with('.'));
    if mark.words.1 - mark.words.0 > 1 && ends && after() {
        mark.span.end += 1;
    }
}

/// Reads an article whose names are known already.
pub fn given<'a>(article: &'a Article, lists: &Lists, names: &[(Span, Kind)]) -> Reading<'a> {
    let page = Page::new(article, lists, Parts::ALL);
    let (mut marks, mut seen) = (Vec::new(), Vec::new());
    for &(span, kind) in names {
        let words = (page.words.partition_point(|word| word.span.end <= span.start), page.word_at(span.end));
        let group = known_as(&page, lists, words, Kind::Group);
        let kind = if group.is_some() { Kind::Group } else { kind };
        let known = known_as(&page, lists, words, kind);
        marks.push(Candidate {
            known,
            span,
            ..candidate(&page, words.0, words.1, Verdict { kind, certainty: 100 }, Why::Reader)
        });
        seen.push(Seen { words, kind, probability: 1.0 });
    }
    let explained = explained(&page, &marks, &seen);
    finish(&page, marks, &explained)
}

/// Marks with their keys, and the acronyms that are explained.
fn finish<'a>(page: &Page<'a>, marks: Vec<Candidate>, explained: &[Explained]) -> Reading<'a> {
    let names: Vec<Name> = marks
        .into_iter()
        .map(|mark| Name {
            key: page.key(mark.words.0, mark.words.1),
            loud: page.words.get(mark.words.0..mark.words.1).unwrap_or(&[]).iter().all(|word| word.caps),
            office: if mark.kind == Kind::Person { office(page, mark.words.0) } else { 0 },
            span: mark.span,
            kind: mark.kind,
            certainty: mark.certainty,
            why: mark.why,
            known: mark.known,
        })
        .collect();
    let acronyms = explained
        .iter()
        .filter_map(|&(at, of, _)| {
            let span = page.span(of.0, of.1);
            let index = names.iter().position(|name| name.span == span)?;
            Some((page.key(at, at + 1), index))
        })
        .collect();
    Reading { text: page.text, names, acronyms, roles: Vec::new() }
}

/// "European Weightlifting Championship": the last word of a long name tells an event or a law from an organisation;
/// and the year belongs to an event's name. An office stands before a person's name, at the beginning
/// of a sentence too: "President".
fn headed(page: &Page, one: &mut Seen) {
    let (from, to) = one.words;
    if one.kind == Kind::Person {
        // What is before an office ("Kentucky Sen. Rand Paul") and before a bracket ("[Barack] Obama") goes too.
        let last = (from + 1..to).rev().find(|&at| {
            is_office(page, at - 1) || page.word(at).is_some_and(|word| bracketed(page, at, word.span.start))
        });
        one.words.0 = last.unwrap_or(from);
    }
    // "James “Whitey” Bulger".
    if one.kind == Kind::Person && page.word(to).is_some_and(|word| word.upper) {
        let quoted = page.text.get(page.span(to - 1, to).end as usize..page.span(to, to + 1).start as usize);
        let called = page.word(to - 1).is_some_and(|word| word.gap == Gap::Opening);
        one.words.1 += usize::from(called && to - from > 1 && matches!(quoted, Some("\" " | "” ")));
    }
    // "D-Calif.", "R-Texas".
    if is_party(page, one.words.0) && one.words.1 - one.words.0 > 1 {
        one.words.0 += 1;
    }
    let (from, to) = one.words;
    let class = page.word(to.wrapping_sub(1)).map_or(0, |word| word.class);
    if page.word(from).is_some_and(|word| word.folded == "operation") && to - from > 1 {
        one.kind = Kind::Event;
    }
    if one.kind == Kind::Organisation && to - from > 1 && class & (ORGANISATION | PLACE) == 0 {
        one.kind = match class {
            class if class & EVENT != 0 => Kind::Event,
            class if class & LAW != 0 => Kind::Law,
            _ => Kind::Organisation,
        };
    }
    let ordinal = page.word(from).is_some_and(|word| {
        word.folded.starts_with(|c: char| c.is_ascii_digit())
            && ["st", "nd", "rd", "th"].iter().any(|end| word.folded.ends_with(end))
    });
    let from = from + usize::from(one.kind == Kind::Event && ordinal && to - from > 1);
    one.words.0 = from;
    let spaced = |at: usize| page.word(at).is_some_and(|word| word.gap == Gap::Space);
    if one.kind == Kind::Event && from > 0 && is_year(page, from - 1) && spaced(from) {
        one.words.0 = from - 1;
    } else if one.kind == Kind::Event && is_year(page, to) && spaced(to) {
        one.words.1 = to + 1;
    }
}

/// Whether a bracket closes between a word and the one before.
fn bracketed(page: &Page, at: usize, start: u32) -> bool {
    let end = page.span(at - 1, at).end;
    page.text.get(end as usize..start as usize).is_some_and(|between| between.contains([']', ')']))
}

/// Whether what a person heads follows: "the Biden administration".
fn governs(page: &Page, at: usize) -> bool {
    page.word(at).is_some_and(|word| matches!(&*word.folded, "administration" | "campaign" | "presidency"))
}

/// Whether a word is the letter of a party before a state: "D-", "R-".
fn is_party(page: &Page, at: usize) -> bool {
    let hyphen = page.word(at + 1).is_some_and(|next| next.gap == Gap::Hyphen);
    page.word(at).is_some_and(|word| {
        hyphen && matches!(word.gap, Gap::Comma | Gap::Bracket) && matches!(&*word.folded, "d" | "i" | "r")
    })
}

/// "Plus Obama": a common word at the beginning of a sentence is no part of a person's name that the article has
/// without it.
fn plain_beginnings(page: &Page, seen: &mut [Seen]) {
    let people = seen.iter().filter(|one| one.kind == Kind::Person);
    let mut alone: Vec<u64> = people
        .flat_map(|one| [one.words.0, one.words.1 - 1].map(|from| page.hash(from, one.words.1)))
        .collect();
    alone.sort_unstable();
    for one in seen.iter_mut().filter(|one| one.kind == Kind::Person) {
        let (from, to) = one.words;
        let plain = page.word(from).is_some_and(|word| {
            word.soft && word.class & (COMMON | FUNCTION) != 0 && word.class & (GIVEN | SURNAME) == 0
        });
        if plain && to - from > 1 && alone.binary_search(&page.hash(from + 1, to)).is_ok() {
            one.words.0 += 1;
        }
    }
}

/// "Ann Lee Criticized for Harbour Plan": where capitals tell nothing, a word that the article nowhere writes with a capital,
/// and that no name has, parts what the model takes for one name, if the article has one side of it elsewhere.
fn titled(page: &Page, seen: &mut Vec<Seen>) {
    let long = |one: &Seen| {
        let (from, to) = one.words;
        matches!(one.kind, Kind::Person | Kind::Organisation) && to - from > 1 && is_loud(page, from)
    };
    if !seen.iter().any(long) {
        return;
    }
    let quiet: BTreeMap<u64, (Kind, f32)> = seen
        .iter()
        .filter(|one| !is_loud(page, one.words.0))
        .map(|one| (page.hash(one.words.0, one.words.1), (one.kind, one.probability)))
        .collect();
    let named = |words: (usize, usize)| {
        let found = quiet.get(&page.hash(words.0, words.1)).filter(|_| words.0 < words.1);
        found.map(|&(kind, probability)| Seen { words, kind, probability })
    };
    let parts = |at: &usize| {
        page.word(*at).is_some_and(|word| {
            let class = Gazetteer::get().word(hash::join(0, word.hash));
            word.class & IN_NAMES == 0
                && class & (gazetteer::FAMILY | gazetteer::GIVEN) == 0
                && page.habit(word).upper == 0
                && !word.caps
        })
    };
    for one in std::mem::take(seen) {
        let (from, to) = one.words;
        let cut = if long(&one) && named(one.words).is_none() { (from..to).find(parts) } else { None };
        let sides = cut.map(|cut| {
            let end = (cut..to).find(|at| !parts(at)).unwrap_or(to);
            [named((from, cut)), named((end, to))]
        });
        match sides {
            Some(sides) if sides.iter().any(Option::is_some) => seen.extend(sides.into_iter().flatten()),
            _ => seen.push(one),
        }
    }
}

/// Classes of words that stand in names of people and organisations.
const IN_NAMES: Class = GIVEN
    | SURNAME
    | ORGANISATION
    | ORGANISATION_NOUN
    | PLACE
    | PLACE_NOUN
    | EVENT
    | EVENT_NOUN
    | LAW
    | LAW_NOUN
    | FUNCTION
    | LOWER
    | PARTICLE
    | TITLE
    | SUFFIX;

/// Offices and forms of address by what they are short for or stand for.
const OFFICES: [(&str, &str); 42] = [
    ("ambassador", ""),
    ("archbishop", ""),
    ("ayatollah", ""),
    ("bishop", ""),
    ("cardinal", ""),
    ("chancellor", ""),
    ("col", "colonel"),
    ("cong", "representative"),
    ("congressman", "representative"),
    ("congresswoman", "representative"),
    ("dr", ""),
    ("gen", "general"),
    ("general", ""),
    ("gov", "governor"),
    ("governor", ""),
    ("gens", "general"),
    ("govs", "governor"),
    ("judge", ""),
    ("justice", ""),
    ("mayor", ""),
    ("minister", ""),
    ("miss", ""),
    ("mr", ""),
    ("mrs", ""),
    ("ms", ""),
    ("pastor", ""),
    ("premier", ""),
    ("president", ""),
    ("prof", "professor"),
    ("professor", ""),
    ("rabbi", ""),
    ("rep", "representative"),
    ("representative", ""),
    ("reps", "representative"),
    ("rev", "reverend"),
    ("reverend", ""),
    ("secretary", ""),
    ("sen", "senator"),
    ("senator", ""),
    ("sens", "senator"),
    ("sheriff", ""),
    ("speaker", ""),
];

/// What a word says of the person after it, if it is an office or a form of address. Those are not among them that may be
/// all that tells a person from others: "Lord", "Sister", "Prince".
fn office_of(page: &Page, at: usize) -> Option<&'static str> {
    let word = page.word(at)?;
    let (short, long) = OFFICES.iter().find(|(short, _)| *short == word.folded)?;
    Some(if long.is_empty() { short } else { long })
}

/// Whether a word says an office or is a form of address.
fn is_office(page: &Page, at: usize) -> bool {
    office_of(page, at).is_some()
}

/// The office that stands right before a word, with what tells it from others of its name: "Vice President". A mere form
/// of address is none.
fn office(page: &Page, at: usize) -> u64 {
    const PARTS: [&str; 8] =
        ["attorney", "defence", "defense", "deputy", "finance", "foreign", "prime", "vice"];
    let near = page.word(at).is_some_and(|word| matches!(word.gap, Gap::Space | Gap::Stop));
    let Some(office) = at.checked_sub(1).filter(|_| near).and_then(|at| office_of(page, at)) else {
        return 0;
    };
    if matches!(office, "dr" | "miss" | "mr" | "mrs" | "ms") {
        return 0;
    }
    let part = at.checked_sub(2).and_then(|at| page.word(at)).filter(|part| PARTS.contains(&&*part.folded));
    hash::join(part.map_or(0, |part| part.hash), hash::of(office.as_bytes()))
}

/// Whether a word is a year of four figures.
fn is_year(page: &Page, at: usize) -> bool {
    page.word(at).is_some_and(|word| {
        word.folded.len() == 4
            && (word.folded.starts_with("19") || word.folded.starts_with("20"))
            && word.folded.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Appends quoted titles of what a word before them calls a work: the film "The Tourist".
fn works(page: &Page, sentence: Sentence, found: &mut Vec<Candidate>) {
    let before = |at: usize| page.text.get(..page.span(at, at + 1).start as usize).unwrap_or("");
    let mut at = sentence.from;
    while at < sentence.to {
        let upper = page.word(at).is_some_and(|word| word.upper || word.folded.starts_with(char::is_numeric));
        let opens = || before(at).ends_with(['"', '“', '«']);
        let called = || {
            (at.saturating_sub(4).max(sentence.from)..at)
                .any(|at| page.word(at).is_some_and(|word| !word.upper && word.class & WORK_NOUN != 0))
        };
        let end = || {
            (at + 1..=sentence.to.min(at + 9)).find(|&to| {
                let after = page.text.get(page.span(at, to).end as usize..).unwrap_or("");
                after.trim_start_matches([',', '.', '!', '?']).starts_with(['"', '”', '»'])
            })
        };
        let end = if upper && opens() && called() { end() } else { None };
        match end {
            Some(to) => {
                found.push(Candidate {
                    span: page.span(at, to),
                    words: (at, to),
                    kind: Kind::Work,
                    certainty: 85,
                    why: Why::Context,
                    known: None,
                    nests: false,
                });
                at = to;
            }
            None => at += 1,
        }
    }
}

/// Whether a supposed name is but known places or peoples side by side, perhaps after a common word that begins a
/// sentence: "Israeli-American", "Joint U.S.-Iran".
fn hollow(page: &Page, lists: &Lists, words: (usize, usize)) -> bool {
    let common = page.word(words.0).is_some_and(|word| word.soft && word.class & COMMON != 0);
    let mut at = words.0 + usize::from(common && words.1 - words.0 > 1);
    let mut parts = usize::from(at > words.0);
    while at < words.1 {
        let hyphen = page.word(at).is_some_and(|word| word.gap == Gap::Hyphen);
        let known = listed::longest(page, lists, at, words.1).filter(|&(_, known)| {
            lists.known(known).is_some_and(|known| matches!(known.kind, Kind::Group | Kind::Place))
        });
        match known.filter(|_| at == words.0 || hyphen || parts == 1 && common) {
            Some((end, _)) => at = end,
            None => return false,
        }
        parts += 1;
    }
    parts > 1
}

/// How sure, 0 to 100, a name of the lists is at least that the model sees too: of 150 that the model alone was less
/// sure of, 96 were right in WikiGold and EWT dev.
const BOTH: u8 = 65;

/// How sure, 0 to 100, a name of the lists is at most that the model does not see: 22 of 48 were right there.
const LISTED: u8 = 50;

/// The same inside a name that the model sees: a people in an organisation's name, which those sets do not annotate.
const INSIDE: u8 = 60;

/// How sure the model must be, 0 to 100, of a person or an organisation: below, more are wrong than right. Chosen on one
/// half of the held-out texts, where F1 rose by .2 to 1.4; on the other half it rose by .3 to .7.
const LIKELY: u8 = 45;

/// How sure the model must be, 0 to 100, of a name that a title alone has.
const LOUD: u8 = 75;

/// Whether a name of several words, a common one among them, is seen only where capitals tell nothing: "American and
/// Regional Policy" in a title in title case.
fn only_loud(page: &Page, quiet: &[u64], one: &Seen) -> bool {
    let (from, to) = one.words;
    let common =
        (from..to).any(|at| page.word(at).is_some_and(|word| word.upper && word.class & COMMON != 0));
    common && to - from > 1 && is_loud(page, from) && quiet.binary_search(&page.hash(from, to)).is_err()
}

/// Whether a word stands in a sentence of capitals.
fn is_loud(page: &Page, at: usize) -> bool {
    let sentence = page.sentences.partition_point(|sentence| sentence.to <= at);
    page.sentences.get(sentence).is_some_and(|sentence| sentence.loud)
}

/// The hashes of what was seen outside sentences of capitals, sorted.
fn quiet(page: &Page, seen: &[Seen]) -> Vec<u64> {
    let quiet = seen.iter().map(|one| one.words).filter(|(from, _)| !is_loud(page, *from));
    let mut hashes: Vec<u64> = quiet.map(|(from, to)| page.hash(from, to)).collect();
    hashes.sort_unstable();
    hashes
}

/// What a writing is in the article: its kind, and how sure, 0 to 100.
#[derive(Clone, Copy)]
struct Verdict {
    kind: Kind,
    certainty: u8,
}

/// The verdicts of an article, by the hash of a writing.
#[derive(Default)]
struct Verdicts {
    /// Where each stands in `all`, plus one.
    places: Table,
    all: Vec<Verdict>,
}

impl Verdicts {
    fn get(&self, writing: u64) -> Option<Verdict> {
        let at = self.places.get(writing) as usize;
        at.checked_sub(1).and_then(|at| self.all.get(at)).copied()
    }

    /// The last one said counts.
    fn insert(&mut self, writing: u64, verdict: Verdict) {
        self.all.push(verdict);
        *self.places.entry(writing) = self.all.len() as u32;
    }
}

fn candidate(page: &Page, from: usize, to: usize, verdict: Verdict, why: Why) -> Candidate {
    Candidate {
        span: page.span(from, to),
        words: (from, to),
        kind: verdict.kind,
        certainty: verdict.certainty,
        why,
        known: None,
        nests: false,
    }
}

/// An acronym in brackets: its word, the words it stands for, and the known name they are.
type Explained = (usize, (usize, usize), Option<u32>);

/// Acronyms in brackets right after what they stand for.
fn explained(page: &Page, listed: &[Candidate], seen: &[Seen]) -> Vec<Explained> {
    let mut ends: BTreeMap<usize, ((usize, usize), Option<u32>)> = BTreeMap::new();
    for candidate in listed.iter().filter(|candidate| candidate.known.is_some()) {
        ends.insert(candidate.words.1, (candidate.words, candidate.known));
    }
    for one in seen {
        let longer = ends.get(&one.words.1).is_none_or(|(words, _)| words.0 > one.words.0);
        if longer {
            ends.insert(one.words.1, (one.words, None));
        }
    }
    let mut explained = Vec::new();
    for (&at, &(words, known)) in &ends {
        let Some(word) = page.word(at).filter(|word| word.gap == Gap::Bracket) else { continue };
        let letters = word.caps || word.span.of(page.text).chars().filter(|c| c.is_uppercase()).count() > 1;
        let closed = page
            .text
            .get(word.span.end as usize..)
            .is_some_and(|rest| rest.starts_with([')', ',', ';', ']']));
        let of = page.words.get(words.0..words.1).unwrap_or(&[]).iter().map(|word| &*word.folded);
        if letters && closed && words.1 - words.0 > 1 && acronym::may_stand_for(&word.folded, of) {
            explained.push((at, words, known));
        }
    }
    explained
}

/// One kind for each writing: the one that its occurrences together make most probable.
fn verdicts(page: &Page, lists: &Lists, model: &Model, seen: &[Seen], explained: &[Explained]) -> Verdicts {
    let mut votes: BTreeMap<u64, ([f32; KINDS.len()], f32)> = BTreeMap::new();
    for one in seen {
        let entry = votes.entry(page.hash(one.words.0, one.words.1)).or_default();
        if let Some(at) = KINDS.iter().position(|kind| *kind == one.kind) {
            entry.0[at] += one.probability;
        }
        entry.1 = entry.1.max(one.probability);
    }
    let mut verdicts = Verdicts::default();
    for (key, (votes, most)) in votes {
        let best = KINDS
            .iter()
            .zip(votes)
            .fold((Kind::Person, 0.0), |best, (kind, vote)| if vote > best.1 { (*kind, vote) } else { best });
        verdicts.insert(key, Verdict { kind: best.0, certainty: model.certainty(most) });
    }
    for &(at, of, known) in explained {
        let kind = match known {
            Some(known) => lists.known(known).map(|known| known.kind),
            None => verdicts.get(page.hash(of.0, of.1)).map(|verdict| verdict.kind),
        };
        if let Some(kind) = kind {
            verdicts.insert(page.hash(at, at + 1), Verdict { kind, certainty: 90 });
        }
    }
    verdicts
}

/// The known name that just these words are, if it is of this kind.
fn known_as(page: &Page, lists: &Lists, words: (usize, usize), kind: Kind) -> Option<u32> {
    listed::longest(page, lists, words.0, words.1)
        .filter(|&(end, known)| end == words.1 && lists.known(known).is_some_and(|k| k.kind == kind))
        .map(|(_, known)| known)
}

/// Appends the names that the model sees elsewhere in the article and not here: in titles, at the beginning of
/// sentences, where the words around tell less.
fn elsewhere(page: &Page, lists: &Lists, seen: &[Seen], verdicts: &Verdicts, found: &mut Vec<Candidate>) {
    for &sentence in &page.sentences {
        let mut at = sentence.from;
        while at < sentence.to {
            if !page.word(at).is_some_and(|word| word.upper) {
                at += 1;
                continue;
            }
            let (mut hash, mut longest) = (0, None);
            for to in at + 1..=sentence.to.min(at + 6) {
                let Some(word) = page.word(to - 1) else { break };
                let joined = matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Stop | Gap::Ampersand);
                if to > at + 1 && !joined {
                    break;
                }
                hash = hash::join(hash, word.hash);
                longest = verdicts.get(hash).map(|verdict| (to, verdict)).or(longest);
            }
            match longest {
                Some((to, verdict)) if verdict.certainty >= 50 => {
                    let first = seen.partition_point(|one| one.words.0 < at);
                    if seen.get(first).is_none_or(|one| one.words != (at, to)) {
                        let known = known_as(page, lists, (at, to), verdict.kind);
                        found.push(Candidate { known, ..candidate(page, at, to, verdict, Why::Elsewhere) });
                    }
                    at = to;
                }
                _ => at += 1,
            }
        }
    }
}
