//! Roles: places where an article calls somebody by office alone, and whom it says holds which.
//!
//! "The prime minister" is whom the article names with that title, before the name or after it, if that is one person
//! and the article knows no other holder of it: none of another country, none that was, will be or stands in for one.
//! Offices are those that one person holds at a time; a senator is one of many.
//!
//! Invariant: what is found lies in one sentence, begins and ends with words and crosses no mark. Not here: which entity
//! a name is (`link`).

use super::Kind;
use super::RelationKind;
use super::candidate::Candidate;
use super::hash;
use super::lists::{FUNCTION, Lists, ROLE, SPEECH, TITLE};
use super::page::{Gap, Page, Sentence};
use crate::text::Span;

/// An office where it stands in an article.
#[derive(Clone, Copy, Debug)]
pub struct Role {
    /// Where: with whose office it is, without "the".
    pub span: Span,
    /// Which office, as a hash.
    pub office: u64,
    /// Whose office it is, as a hash; 0 where the place does not say.
    pub of: u64,
    /// What the place does with it.
    pub does: Use,
}

/// What a place does with an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Says that the person of this mark holds it.
    Holds(usize),
    /// Stands for its holder.
    Stands,
    /// Speaks of an office of somebody unnamed.
    Names,
    /// Speaks of another holder: one that was, several, any.
    Another,
}

/// Heads that are an office by themselves.
const HEADS: [&str; 12] = [
    "president",
    "chancellor",
    "premier",
    "pope",
    "king",
    "queen",
    "emperor",
    "mayor",
    "governor",
    "chairman",
    "chairwoman",
    "speaker",
];

/// What a minister or a secretary may be of, before the word.
const PORTFOLIOS: [&str; 22] = [
    "prime",
    "foreign",
    "defense",
    "finance",
    "interior",
    "justice",
    "health",
    "trade",
    "energy",
    "education",
    "environment",
    "oil",
    "economy",
    "transport",
    "agriculture",
    "culture",
    "information",
    "labor",
    "treasury",
    "press",
    "home",
    "state",
];

/// What makes another of a holder.
const ANOTHER: [&str; 24] = [
    "former",
    "ex",
    "late",
    "deputy",
    "acting",
    "interim",
    "next",
    "new",
    "future",
    "incoming",
    "outgoing",
    "then",
    "assistant",
    "under",
    "shadow",
    "first",
    "second",
    "last",
    "previous",
    "vice",
    "co",
    "elected",
    "would-be",
    "caretaker",
];

/// What stands before any holder, or before that of somebody who is named elsewhere.
const ANY: [&str; 18] = [
    "a", "an", "any", "every", "each", "no", "another", "some", "his", "her", "their", "its", "our", "my",
    "your", "whose", "two", "three",
];

/// What else holders do, where a noun would make another thing of the office: "the prime minister post".
const DID: [&str; 20] = [
    "began", "came", "chose", "flew", "gave", "held", "kept", "leaves", "left", "made", "meets", "met",
    "plans", "sees", "sent", "spoke", "took", "wants", "went", "won",
];

/// The office of presidents: where only a country's or a club's is named, "the president" may yet be the reader's own.
pub fn is_president(office: u64) -> bool {
    office == key("", "president")
}

fn key(part: &str, head: &str) -> u64 {
    hash::join(hash::of(part.as_bytes()), hash::of(head.as_bytes()))
}

/// A word as offices have it.
fn spelt(word: &str) -> &str {
    match word {
        "defence" => "defense",
        "labour" => "labor",
        "economic" => "economy",
        "transportation" => "transport",
        "gov" => "governor",
        "pres" => "president",
        _ => word,
    }
}

/// The offices of a page with these marks, in text order.
pub fn roles(page: &Page, lists: &Lists, marks: &[Candidate]) -> Vec<Role> {
    let mut found = Vec::new();
    for &sentence in page.sentences.iter().filter(|sentence| !sentence.loud) {
        let reader = Reader { page, lists, marks, sentence };
        let mut at = sentence.from;
        while at < sentence.to {
            let Some((from, to, office, several)) = reader.office(at) else {
                at += 1;
                continue;
            };
            found.extend(reader.role(from, to, office, several));
            at = to;
        }
    }
    found
}

struct Reader<'a> {
    page: &'a Page<'a>,
    lists: &'a Lists,
    marks: &'a [Candidate],
    sentence: Sentence,
}

impl Reader<'_> {
    fn folded(&self, at: usize) -> &str {
        let inside = at >= self.sentence.from && at < self.sentence.to;
        self.page.word(at).filter(|_| inside).map_or("", |word| spelt(&word.folded))
    }

    /// What stands before a word; `Gap::Start` outside the sentence.
    fn gap(&self, at: usize) -> Gap {
        let inside = at > self.sentence.from && at < self.sentence.to;
        self.page.word(at).filter(|_| inside).map_or(Gap::Start, |word| word.gap)
    }

    fn spaced(&self, at: usize) -> bool {
        matches!(self.gap(at), Gap::Space | Gap::Stop)
    }

    /// The word before one, where but a space is between.
    fn before(&self, at: usize) -> &str {
        if self.spaced(at) { self.folded(at - 1) } else { "" }
    }

    /// The office whose first word of weight stands here: its words, which it is, and whether it is that of several.
    fn office(&self, at: usize) -> Option<(usize, usize, u64, bool)> {
        let word = self.folded(at);
        let (single, several) = match word.strip_suffix('s').filter(|single| single.len() > 3) {
            Some(single) => (single, true),
            None if word == "chairmen" => ("chairman", true),
            None => (word, false),
        };
        let head =
            |from: usize, to: usize, part: &str, head: &str| Some((from, to, key(part, head), several));
        if HEADS.contains(&single) {
            let vice =
                self.folded(at.wrapping_sub(1)) == "vice" && matches!(self.gap(at), Gap::Space | Gap::Hyphen);
            return if vice { head(at - 1, at + 1, "vice", single) } else { head(at, at + 1, "", single) };
        }
        let next = |at: usize| matches!(self.gap(at), Gap::Space | Gap::Hyphen);
        if matches!(single, "director" | "attorney" | "secretary")
            && self.folded(at + 1) == "general"
            && next(at + 1)
        {
            return head(at, at + 2, single, "general");
        }
        if matches!(single, "minister" | "secretary") {
            let part = self.before(at);
            if PORTFOLIOS.contains(&part) {
                return head(at - 1, at + 1, part, single);
            }
            let of = self.folded(at + 2);
            if single == "secretary"
                && self.before(at + 2) == "of"
                && PORTFOLIOS.contains(&of)
                && self.spaced(at + 1)
            {
                return head(at, at + 3, of, single);
            }
        }
        if single == "leader" && self.before(at) == "supreme" {
            return head(at - 1, at + 1, "supreme", single);
        }
        let police = single == "chief" && self.before(at) == "police";
        let of = || self.mark_before(at).is_some_and(|mark| mark.kind == Kind::Organisation);
        if police {
            return head(at - 1, at + 1, "police", single);
        }
        if single == "chief" && self.spaced(at) && of() { head(at, at + 1, "", single) } else { None }
    }

    /// The widest mark that ends before a word.
    fn mark_before(&self, at: usize) -> Option<&Candidate> {
        self.marks.iter().filter(|mark| mark.words.1 == at).find(|mark| mark.words.0 >= self.sentence.from)
    }

    /// The widest mark that begins with a word.
    fn mark_at(&self, at: usize) -> Option<(usize, &Candidate)> {
        self.marks.iter().enumerate().find(|(_, mark)| mark.words.0 == at && at < self.sentence.to)
    }

    /// Whose office it is by a mark beside it: a country, itself or its people, or what else it may be.
    fn whose(&self, mark: &Candidate) -> u64 {
        let known = mark.known.and_then(|index| self.lists.known(index).map(|known| (index, known)));
        match known {
            Some((_, known)) if matches!(known.relation, Some((RelationKind::PeopleOf, _))) => {
                known.relation.map_or(0, |(_, country)| hash::join(1, u64::from(country)))
            }
            Some((index, _)) => hash::join(1, u64::from(index)),
            None => self.page.hash(mark.words.0, mark.words.1),
        }
    }

    /// The role that an office is, at these words.
    fn role(&self, from: usize, to: usize, office: u64, several: bool) -> Option<Role> {
        let over = |mark: &Candidate| mark.words.0 < to && mark.words.1 > from;
        if self.marks.iter().any(over) {
            return None;
        }
        let class = |at: usize| self.page.word(at).map_or(0, |word| word.class);
        let mut another = several || self.gap(to) == Gap::Hyphen;
        // What is before: whose it is, and what else is said of it.
        let mut start = from;
        let mut of = 0;
        if self.gap(start) == Gap::Hyphen || ANOTHER.contains(&self.before(start)) {
            another = true;
            start -= 1;
        }
        let mark =
            self.mark_before(start).filter(|_| self.spaced(start) || self.gap(start) == Gap::Possessive);
        match mark {
            Some(mark) if matches!(mark.kind, Kind::Group | Kind::Place | Kind::Organisation) => {
                of = self.whose(mark);
                start = mark.words.0;
            }
            Some(mark) if mark.kind != Kind::Date => another = true,
            None if self.gap(start) == Gap::Possessive => another = true,
            _ => {
                let word = self.before(start);
                let plain = class(start.wrapping_sub(1)) & (FUNCTION | SPEECH) != 0 || word.is_empty();
                // "Met President Obama", but "the club president".
                let upper = |at: usize| self.page.word(at).is_some_and(|word| word.upper);
                let plain = plain || upper(start) && !upper(start.wrapping_sub(1));
                if !plain && !ANOTHER.contains(&word) && word != "current" {
                    (of, start) = (hash::of(word.as_bytes()), start - 1);
                }
            }
        }
        if ANOTHER.contains(&self.before(start)) {
            another = true;
            start -= 1;
        }
        let lead = self.before(start);
        let definite = lead == "the";
        let any = ANY.contains(&lead);
        // What is behind: whose it is again, and who.
        let mut end = to;
        if matches!(self.folded(to), "of" | "for" | "at") && self.spaced(to) {
            let first = to + 1 + usize::from(self.folded(to + 1) == "the");
            match self.mark_at(first) {
                Some((_, mark)) if matches!(mark.kind, Kind::Group | Kind::Place | Kind::Organisation) => {
                    (of, end) = (self.whose(mark), mark.words.1);
                }
                _ => {
                    of = hash::of(self.folded(first).as_bytes());
                    end = (first + 1).min(self.sentence.to);
                }
            }
        }
        let closed = |at: usize| {
            at >= self.sentence.to || !matches!(self.gap(at), Gap::Space | Gap::Hyphen | Gap::Possessive)
        };
        let person =
            |(at, mark): (usize, &Candidate)| (mark.kind == Kind::Person).then_some((at, mark.words.1));
        let next = self.mark_at(end).and_then(person);
        let named = match self.gap(end) {
            Gap::Space | Gap::Stop if end == to => next.map(|(at, _)| at),
            Gap::Comma if definite => next.filter(|(_, end)| closed(*end)).map(|(at, _)| at),
            _ => None,
        };
        let first = start - usize::from(definite);
        // "Ann Lee, the president and director of the club": beside a name, but not closed.
        let beside = self.gap(first) == Gap::Comma;
        let beside = if beside { self.marks.iter().rposition(|mark| mark.words.1 == first) } else { None };
        let beside = beside.filter(|&at| self.marks.get(at).is_some_and(|mark| mark.kind == Kind::Person));
        let apposed = beside.filter(|_| !any && closed(end));
        let goes_on = || {
            // "To the president and chairman of the board": two offices, perhaps of one.
            let both = matches!(self.folded(end), "and" | "or") && class(end + 1) & (TITLE | ROLE) != 0;
            let word = self.folded(end);
            !both
                && (!self.spaced(end)
                    || class(end) & (FUNCTION | SPEECH) != 0
                    || word.ends_with("ed")
                    || DID.contains(&word))
        };
        let does = match named.or(apposed) {
            _ if another => Use::Another,
            Some(whom) => Use::Holds(whom),
            None if any => Use::Another,
            None if definite && beside.is_none() && goes_on() => Use::Stands,
            None => Use::Names,
        };
        let span = self.page.span(start, end);
        let crosses = |mark: &Candidate| mark.span.overlaps(span) && !span.contains(mark.span);
        (!self.marks.iter().any(crosses)).then_some(Role { span, office, of, does })
    }
}
