//! Evidence: what the words of a chain and those around it say about its kind.
//!
//! Each rule adds points to one kind; the points of all chains of one writing in an article are added up, and
//! the writing gets one kind in the whole article. Not here: where chains come from, and how they are joined
//! to entities.

use super::chains::{Chain, head};
use super::listed::longest;
use super::lists::{
    COMMON, EVENT, GIVEN, LAW, Lists, OPENER, ORGANISATION, ORGANISATION_NOUN, PARTICLE, PLACE, PLACE_NOUN,
    PORTFOLIO, ROLE, SPEECH, SURNAME, TITLE,
};
use super::page::{Gap, Page, Sentence};
use super::{Kind, Why};
use crate::text::sort::sort_by;

/// Points per kind, in the order person, organisation, place, group, event, law; and the strongest reason.
#[derive(Clone, Copy, Debug)]
pub struct Evidence {
    points: [i32; 6],
    best: i32,
    why: Why,
}

impl Default for Evidence {
    fn default() -> Evidence {
        Evidence { points: [0; 6], best: 0, why: Why::Capitals }
    }
}

/// A decision: the kind, how sure (0 to 100), and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The kind.
    pub kind: Kind,
    /// How sure, 0 to 100.
    pub certainty: u8,
    /// Why.
    pub why: Why,
}

impl Evidence {
    /// Adds points for a kind.
    pub fn add(&mut self, kind: Kind, points: i32, why: Why) {
        if let Some(slot) = self.points.get_mut(kind as usize) {
            *slot += points;
            if points > self.best {
                self.best = points;
                self.why = why;
            }
        }
    }

    /// Adds what another chain of the same writing has.
    pub fn merge(&mut self, other: &Evidence) {
        for (slot, points) in self.points.iter_mut().zip(other.points) {
            *slot += points;
        }
        if other.best > self.best {
            (self.best, self.why) = (other.best, other.why);
        }
    }

    /// The kind with most points, if it has enough.
    pub fn verdict(&self) -> Option<Verdict> {
        let mut order: Vec<(i32, usize)> = self.points.iter().copied().zip(0..).collect();
        sort_by(&mut order, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let (most, kind) = *order.first()?;
        let next = order.get(1).map_or(0, |&(points, _)| points.max(0));
        let enough = if kind == Kind::Organisation as usize { 3 } else { 2 };
        if most < enough {
            return None;
        }
        let margin = (most - next).clamp(0, 8);
        let certainty = 42 + margin * 5 + most.min(8);
        Some(Verdict { kind: *Kind::ALL.get(kind)?, certainty: certainty.clamp(0, 92) as u8, why: self.why })
    }
}

/// The evidence for one chain.
pub fn weigh(page: &Page, lists: &Lists, sentence: Sentence, chain: Chain) -> Evidence {
    let mut evidence = Evidence::default();
    within(page, lists, chain, &mut evidence);
    around(page, lists, sentence, chain, &mut evidence);
    evidence
}

fn within(page: &Page, lists: &Lists, chain: Chain, evidence: &mut Evidence) {
    let words = page.words.get(chain.from..chain.to).unwrap_or(&[]);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
    let many = words.len() > 1;
    let small = words.iter().any(|word| !word.upper && word.class & PARTICLE == 0 && word.gap != Gap::Hyphen);
    if many {
        let heads = [
            (ORGANISATION, Kind::Organisation, 6),
            (EVENT, Kind::Event, 6),
            (LAW, Kind::Law, 6),
            (PLACE, Kind::Place, 5),
        ];
        // The head stands before "of", or last.
        let at = head(page, chain.from, chain.to) - chain.from;
        let before_of = at + 1 < words.len();
        let heading = words.get(at).unwrap_or(last);
        let headed = heading.class & (ORGANISATION | EVENT | LAW | PLACE) != 0;
        let opens = before_of && heading.class & (OPENER | ORGANISATION) != 0;
        for (class, kind, points) in heads {
            if heading.class & class != 0 {
                evidence.add(kind, points, Why::HeadWord);
                if !before_of && words.len() == 2 && class != LAW && first.class & GIVEN != 0 {
                    evidence.add(kind, -3, Why::HeadWord);
                }
                break;
            }
        }
        if opens && !headed {
            evidence.add(Kind::Organisation, 4, Why::HeadWord);
        }
        if first.folded == "operation" {
            evidence.add(Kind::Event, 8, Why::HeadWord);
        }
        if matches!(
            first.folded.as_str(),
            "mount"
                | "lake"
                | "fort"
                | "cape"
                | "port"
                | "camp"
                | "san"
                | "santa"
                | "el"
                | "los"
                | "las"
                | "north"
                | "south"
                | "east"
                | "west"
                | "northern"
                | "southern"
                | "eastern"
                | "western"
        ) {
            evidence.add(Kind::Place, 3, Why::HeadWord);
        }
        if words.iter().any(|word| word.gap == Gap::Ampersand) {
            evidence.add(Kind::Organisation, 4, Why::HeadWord);
        }
        if last.caps && !first.caps {
            evidence.add(Kind::Organisation, 2, Why::Capitals);
        }
        if !small && words.len() <= 4 {
            if first.class & GIVEN != 0 {
                evidence.add(Kind::Person, 5, Why::PersonName);
            }
            if last.class & SURNAME != 0 {
                evidence.add(Kind::Person, 2, Why::PersonName);
            }
            if words.iter().skip(1).any(|word| word.class & PARTICLE != 0) {
                evidence.add(Kind::Person, 2, Why::PersonName);
            }
            let initial = words.iter().take(words.len() - 1).any(|word| word.upper && word.span.len() == 1);
            if initial {
                evidence.add(Kind::Person, 4, Why::PersonName);
            }
            let plain = words
                .iter()
                .all(|word| word.class & (COMMON | PORTFOLIO) == 0 || word.class & (GIVEN | SURNAME) != 0);
            let figure =
                words.iter().any(|word| word.caps || word.folded.contains(|c: char| c.is_ascii_digit()));
            let likely = words.len() <= 3 && plain && !figure;
            let kind = if likely { Kind::Person } else { Kind::Organisation };
            evidence.add(kind, if headed && !likely { 0 } else { 2 }, Why::Capitals);
        } else if !headed {
            evidence.add(Kind::Organisation, 2, Why::Capitals);
        }
        if !headed && longest(page, lists, chain.from, chain.to).is_some() {
            evidence.add(Kind::Organisation, 3, Why::Capitals);
        }
    } else {
        let figures = first.folded.contains(|c: char| c.is_ascii_digit());
        let camel = first.inner && first.folded.len() > 3 && !first.folded.starts_with("mc");
        if (first.caps && first.span.len() <= 8) || camel || figures {
            evidence.add(Kind::Organisation, 4, Why::Capitals);
        }
        if first.class & GIVEN != 0 {
            evidence.add(Kind::Person, 2, Why::PersonName);
        }
        if first.class & SURNAME != 0 {
            evidence.add(Kind::Person, 2, Why::PersonName);
        }
    }
    if chain.titled {
        evidence.add(Kind::Person, 7, Why::Title);
    }
}

fn around(page: &Page, lists: &Lists, sentence: Sentence, chain: Chain, evidence: &mut Evidence) {
    let before = chain.from.checked_sub(1).filter(|&at| at >= sentence.from).and_then(|at| page.word(at));
    let after = page.word(chain.to).filter(|_| chain.to < sentence.to);
    let gap = page.word(chain.from).map_or(Gap::Start, |word| word.gap);
    if let Some(before) = before.filter(|_| gap == Gap::Space) {
        match before.folded.as_str() {
            "in" => evidence.add(Kind::Place, 3, Why::Context),
            "near" | "around" | "outside" | "across" | "throughout" => {
                evidence.add(Kind::Place, 3, Why::Context)
            }
            "from" | "at" | "to" => evidence.add(Kind::Place, 1, Why::Context),
            "by" | "with" => evidence.add(Kind::Person, 1, Why::Context),
            "the" => {
                evidence.add(Kind::Person, -3, Why::Context);
                evidence.add(Kind::Organisation, 2, Why::Context);
            }
            _ => {}
        }
        if !before.upper && before.class & (ROLE | TITLE) != 0 {
            evidence.add(Kind::Person, 4, Why::Title);
        }
        if !before.upper && before.class & ORGANISATION_NOUN != 0 {
            evidence.add(Kind::Organisation, 3, Why::Context);
        }
        if !before.upper && before.class & PLACE_NOUN != 0 {
            evidence.add(Kind::Place, 3, Why::Context);
        }
        if before.folded == "of" && chain.from >= 2 && class_of(page, chain.from - 2) & PLACE_NOUN != 0 {
            evidence.add(Kind::Place, 4, Why::Context);
        }
    }
    if let Some(after) = after {
        match after.gap {
            Gap::Space if !after.upper => {
                if after.class & SPEECH != 0 {
                    evidence.add(Kind::Person, 3, Why::Context);
                }
                match after.folded.as_str() {
                    "administration" | "regime" => evidence.add(Kind::Person, 8, Why::Context),
                    "himself" | "herself" => evidence.add(Kind::Person, 4, Why::Context),
                    "region" | "province" | "river" | "district" | "border" | "airport" | "residents" => {
                        evidence.add(Kind::Place, 3, Why::Context);
                    }
                    "shares" | "spokesman" | "spokeswoman" | "spokesperson" | "employees" => {
                        evidence.add(Kind::Organisation, 3, Why::Context);
                    }
                    _ => {}
                }
            }
            Gap::Hyphen if after.folded == "based" => evidence.add(Kind::Place, 4, Why::Context),
            Gap::Comma => {
                let listed_place = longest(page, lists, chain.to, sentence.to)
                    .and_then(|(_, known)| lists.known(known))
                    .is_some_and(|known| known.kind == Kind::Place);
                if listed_place
                    && before.is_some_and(|word| {
                        matches!(word.folded.as_str(), "in" | "at" | "from" | "near" | "of" | "to")
                    })
                {
                    evidence.add(Kind::Place, 5, Why::Context);
                }
                let age = after.folded.len() <= 2 && after.folded.parse::<u8>().is_ok_and(|age| age > 9);
                if age {
                    evidence.add(Kind::Person, 5, Why::Context);
                }
                if after.folded == "who" {
                    evidence.add(Kind::Person, 4, Why::Context);
                }
                if !after.upper && after.class & ROLE != 0 {
                    evidence.add(Kind::Person, 2, Why::Context);
                }
            }
            _ => {}
        }
    }
}

fn class_of(page: &Page, at: usize) -> u32 {
    page.word(at).map_or(0, |word| word.class)
}
