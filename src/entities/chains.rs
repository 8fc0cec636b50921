//! Chains: runs of capitalised words with the small words that names may hold, cut where one name ends and
//! the next begins.
//!
//! Invariant: chains of a sentence ascend and do not overlap. Not here: what a chain names (`evidence`).

use super::listed::longest;
use super::lists::{
    CALENDAR, COMMON, EVENT, FUNCTION, GIVEN, LAW, LOWER, Lists, OPENER, ORGANISATION, PARTICLE, PLACE,
    PORTFOLIO, ROLE, SUFFIX, SURNAME, TITLE,
};
use super::page::{Gap, Page, Sentence};

/// A run of words that may be one name.
#[derive(Clone, Copy, Debug)]
pub struct Chain {
    /// First word.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// Whether a title stands before it.
    pub titled: bool,
    /// Whether at least one capital of it is not explained by its place in the sentence.
    pub trusted: bool,
}

/// Words that a run has at most: more are no name, and what is cut from a run is cut again.
const LONGEST: usize = 24;

/// The chains of a sentence.
pub fn chains(page: &Page, lists: &Lists, sentence: Sentence, found: &mut Vec<Chain>) {
    let mut at = sentence.from;
    while at < sentence.to {
        if starts(page, at, sentence.to) {
            let to = run(page, lists, at, sentence.to);
            refine(page, lists, at, to, false, found);
            at = to.max(at + 1);
        } else {
            at += 1;
        }
    }
}

fn class(page: &Page, at: usize) -> u32 {
    page.word(at).map_or(0, |word| word.class)
}

fn starts(page: &Page, at: usize, to: usize) -> bool {
    let Some(word) = page.word(at) else { return false };
    if word.upper {
        return (word.class & CALENDAR == 0 || month_in_name(page, at, to))
            && word.folded != "i"
            && !word.folded.starts_with("i'");
    }
    matches!(word.folded.as_str(), "al" | "el" | "bin" | "ibn" | "van" | "von")
        && page
            .word(at + 1)
            .is_some_and(|next| at + 1 < to && next.upper && matches!(next.gap, Gap::Hyphen | Gap::Space))
}

/// "April Jones", "May 4 Movement" are names; "April 4" is not.
fn month_in_name(page: &Page, at: usize, to: usize) -> bool {
    class(page, at) & GIVEN != 0
        && page.word(at + 1).is_some_and(|next| at + 1 < to && next.upper && next.gap == Gap::Space)
}

/// One past the last word of the run that begins at a word.
fn run(page: &Page, lists: &Lists, from: usize, to: usize) -> usize {
    let to = to.min(from + LONGEST);
    let mut at = from + 1;
    // "of" or "for" inside, after which "and" may join too.
    let mut joined = false;
    while at < to {
        let Some(word) = page.word(at) else { break };
        let before = at - 1;
        if word.upper && class(page, at) & CALENDAR == 0 {
            let goes_on = match word.gap {
                Gap::Space | Gap::Ampersand => true,
                Gap::Hyphen => {
                    longest(page, lists, before, at).is_none() || longest(page, lists, at, at + 1).is_none()
                }
                Gap::Stop => initial_or_abbreviation(page, before),
                Gap::Possessive => owners(page, lists, before, at, to),
                _ => false,
            };
            if !goes_on {
                break;
            }
            at += 1;
            continue;
        }
        if word.upper {
            break;
        }
        if word.gap == Gap::Hyphen
            && at - from >= 2
            && word.folded.len() <= 5
            && word.class & SUFFIX == 0
            && word.folded.chars().all(char::is_alphabetic)
        {
            at += 1;
            continue;
        }
        let Some(next) = joint(page, lists, from, at, to, joined) else { break };
        joined |= matches!(word.folded.as_str(), "of" | "for" | "on");
        at = next + 1;
    }
    at
}

/// "European People's Party", "Textile Workers' Association": many own it, and a head word follows.
fn owners(page: &Page, lists: &Lists, before: usize, at: usize, to: usize) -> bool {
    let many = page.word(before).is_some_and(|word| {
        word.class & (COMMON | PORTFOLIO) != 0
            || matches!(
                word.folded.as_str(),
                "people" | "workers" | "women" | "veterans" | "farmers" | "teachers"
            )
    });
    let headed = (at..to.min(at + 3)).any(|at| class(page, at) & ORGANISATION != 0);
    many && headed && longest(page, lists, before, at).is_none()
}

fn initial_or_abbreviation(page: &Page, at: usize) -> bool {
    page.word(at).is_some_and(|word| {
        word.span.len() == 1
            || matches!(
                word.folded.as_str(),
                "mr" | "mrs"
                    | "ms"
                    | "dr"
                    | "st"
                    | "gen"
                    | "sen"
                    | "rep"
                    | "gov"
                    | "lt"
                    | "col"
                    | "sgt"
                    | "prof"
                    | "rev"
                    | "capt"
                    | "jr"
                    | "mt"
                    | "maj"
                    | "adm"
                    | "hon"
            )
    })
}

/// Where the small words at `at` join what is before to a capitalised word: that word.
fn joint(page: &Page, lists: &Lists, from: usize, at: usize, to: usize, joined: bool) -> Option<usize> {
    let limit = to.min(at + 3);
    let mut next = at;
    while next < limit {
        let word = page.word(next)?;
        if word.upper {
            break;
        }
        if word.class & LOWER == 0 || !matches!(word.gap, Gap::Space | Gap::Hyphen) {
            return None;
        }
        next += 1;
    }
    let target = page.word(next).filter(|word| next < limit && word.upper)?;
    if !matches!(target.gap, Gap::Space | Gap::Hyphen) || target.class & CALENDAR != 0 {
        return None;
    }
    let first = page.word(at)?;
    let before = class(page, at - 1);
    let allowed = if first.class & PARTICLE != 0 {
        true
    } else {
        match first.folded.as_str() {
            "of" => {
                before & (OPENER | ORGANISATION | LAW | EVENT | PLACE) != 0
                    || (joined && before & COMMON != 0)
            }
            "for" | "on" | "to" => before & (OPENER | LAW) != 0,
            "in" => before & (OPENER | LAW) != 0 && longest(page, lists, next, to).is_none(),
            "and" => and_joins(page, lists, from, at, next, to, joined),
            "the" => false,
            _ => true,
        }
    };
    allowed.then_some(next)
}

/// "Ministry of Agriculture and Forestry", "Food and Drug Administration"; not "Hamas and Fatah".
fn and_joins(
    page: &Page,
    lists: &Lists,
    from: usize,
    at: usize,
    next: usize,
    to: usize,
    joined: bool,
) -> bool {
    let person = (GIVEN | SURNAME | TITLE) & !COMMON;
    if next != at + 1 || longest(page, lists, next, to).is_some() || class(page, next) & person != 0 {
        return false;
    }
    if joined {
        let ministry = (from..at).any(|at| {
            page.word(at).is_some_and(|word| {
                matches!(
                    word.folded.as_str(),
                    "ministry" | "department" | "committee" | "office" | "bureau" | "commission"
                )
            })
        });
        return ministry || class(page, next) & (COMMON | PORTFOLIO) != 0;
    }
    let mut last = next;
    while page.word(last + 1).is_some_and(|word| last + 1 < to && word.upper && word.gap == Gap::Space) {
        last += 1;
    }
    at - from == 1
        && class(page, from) & COMMON != 0
        && longest(page, lists, from, at).is_none()
        && last > next
        && class(page, last) & ORGANISATION != 0
}

/// Cuts a run into names: titles, demonyms and words that only begin a sentence go.
fn refine(page: &Page, lists: &Lists, mut from: usize, mut to: usize, titled: bool, found: &mut Vec<Chain>) {
    loop {
        if from >= to {
            return;
        }
        let Some(first) = page.word(from) else { return };
        if listed_throughout(page, lists, from, to) {
            return;
        }
        if first.class & FUNCTION != 0 && first.upper && !(first.caps && first.span.len() > 1) {
            from += 1;
            continue;
        }
        if !titled
            && first.soft
            && first.class & (COMMON | PORTFOLIO) != 0
            && !keeps_first(page, lists, from, to)
        {
            from += 1;
            continue;
        }
        break;
    }
    let head = head(page, from, to);
    let headed = class(page, head) & (ORGANISATION | EVENT | LAW | PLACE) != 0 && to - from > 1;
    let opener = class(page, from) & OPENER != 0
        && page
            .word(from + 1)
            .is_some_and(|word| !word.upper && matches!(word.folded.as_str(), "of" | "for" | "on"));
    if !headed && !opener {
        // "Deputy Foreign Minister Abbas Araghchi": the last title parts the chain.
        let title = (from..to).rev().find(|&at| class(page, at) & TITLE != 0 && !inside_name(page, at, from));
        if let Some(title) = title {
            let mut left = title;
            while left > from && class(page, left - 1) & (TITLE | PORTFOLIO | ROLE | LOWER) != 0 {
                left -= 1;
            }
            refine(page, lists, from, left, false, found);
            if title + 1 < to {
                refine(page, lists, title + 1, to, true, found);
            }
            return;
        }
        if let Some((end, known)) = longest(page, lists, from, to) {
            let group = lists.known(known).is_some_and(|known| known.kind == super::Kind::Group);
            let rest_common = (end..to).all(|at| class(page, at) & (COMMON | PORTFOLIO | ROLE) != 0);
            if rest_common {
                return;
            }
            if group {
                return refine(page, lists, end, to, titled, found);
            }
        }
    }
    // "Successive Israeli leaders": the people stand apart.
    let people = |at: usize| {
        longest(page, lists, at, to).is_some_and(|(end, known)| {
            end == to && lists.known(known).is_some_and(|known| known.kind == super::Kind::Group)
        })
    };
    if !headed && to - from > 1 && !titled && people(to - 1) {
        to -= 1;
        return refine(page, lists, from, to, titled, found);
    }
    while to > from && class(page, to - 1) & FUNCTION != 0 && !page.word(to - 1).is_some_and(|w| w.caps) {
        to -= 1;
    }
    if from >= to {
        return;
    }
    let trusted =
        titled || page.words.get(from..to).unwrap_or(&[]).iter().any(|word| word.upper && !word.soft);
    found.push(Chain { from, to, titled, trusted });
}

/// Whether known names cover a run: then the list has it.
fn listed_throughout(page: &Page, lists: &Lists, from: usize, to: usize) -> bool {
    let apart = |known: u32| {
        lists.known(known).is_some_and(|known| matches!(known.kind, super::Kind::Place | super::Kind::Group))
    };
    let mut at = from;
    while at < to {
        match longest(page, lists, at, to) {
            Some((end, known)) if (at == from && end == to) || apart(known) => at = end,
            _ => return false,
        }
    }
    true
}

/// The word that tells what a name is: the one before "of", "for", "in", or the last.
pub fn head(page: &Page, from: usize, to: usize) -> usize {
    let joint = (from + 1..to).find(|&at| {
        page.word(at).is_some_and(|word| {
            !word.upper && matches!(word.folded.as_str(), "of" | "for" | "on" | "in" | "to")
        })
    });
    joint.unwrap_or(to) - 1
}

/// "Major" in "John Major", "Pope" in "Alexander Pope": a title word after a given name.
fn inside_name(page: &Page, at: usize, from: usize) -> bool {
    at > from
        && class(page, at - 1) & GIVEN != 0
        && class(page, at - 1) & TITLE == 0
        && class(page, at) & SURNAME != 0
}

/// Whether a common word that opens a sentence belongs to the name that follows: "National Bank of Serbia".
fn keeps_first(page: &Page, lists: &Lists, from: usize, to: usize) -> bool {
    let Some(second) = page.word(from + 1).filter(|_| from + 1 < to) else {
        return page.word(from).is_some_and(|word| {
            let habit = page.habit(&word.folded);
            word.caps || (habit.upper > 0 && habit.lower == 0)
        });
    };
    if second.gap == Gap::Hyphen || longest(page, lists, from + 1, to).is_some() {
        return false;
    }
    if page.word(from).is_some_and(|word| word.class & OPENER != 0) && !second.upper {
        return true;
    }
    second.class & (GIVEN | TITLE) == 0
        && (from + 1..to).any(|at| class(page, at) & (ORGANISATION | EVENT | LAW | PLACE) != 0)
}
