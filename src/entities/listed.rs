//! Candidates from the lists of known names.
//!
//! Invariant: linear in the words; only the longest known name at a word is taken. Not here: names that no
//! list has (`chains`).

use super::candidate::Candidate;
use super::lists::{COMMON, FUNCTION, GIVEN, Lists, Phrase, SURNAME};
use super::page::{Gap, Page, Sentence, Word};
use super::{Kind, RelationKind, Why};

/// The longest known name that begins at a word: one past its last word, and which it is.
pub fn longest(page: &Page, lists: &Lists, at: usize, to: usize) -> Option<(usize, u32)> {
    let first = page.word(at)?;
    lists.phrases_of(first.hash).iter().find_map(|phrase| {
        let end = at + 1 + phrase.rest.len();
        (end <= to && fits(page, at, phrase)).then_some((end, phrase.known))
    })
}

fn fits(page: &Page, at: usize, phrase: &Phrase) -> bool {
    let Some(first) = page.word(at) else { return false };
    let capital = |at: usize, upper: bool| phrase.capitals >> at.min(31) & 1 == 0 || upper;
    if !capital(0, first.upper) || phrase.exact.is_some_and(|exact| !is_written(page, first, exact)) {
        return false;
    }
    phrase.rest.iter().enumerate().all(|(nth, wanted)| {
        page.word(at + 1 + nth).is_some_and(|word| {
            let joined = match word.gap {
                Gap::Space | Gap::Hyphen | Gap::Stop | Gap::Possessive | Gap::Ampersand => true,
                Gap::Comma => phrase.comma,
                _ => false,
            };
            joined && word.folded == *wanted && capital(nth + 1, word.upper)
        })
    })
}

/// Whether a word stands as a table wants it: "FBI" with stops or without, "Ariz." with its stop, after what shows that
/// it is a state's name.
fn is_written(page: &Page, word: &Word, exact: &str) -> bool {
    let written = word.span.of(page.text);
    written == exact
        || written.contains('.') && written.chars().filter(|c| *c != '.').eq(exact.chars())
        || exact.strip_suffix('.') == Some(written) && is_abbreviated(page, word)
}

/// Whether a word is a name that stands abbreviated, in its stop: "Ariz."
pub fn is_stopped(page: &Page, lists: &Lists, at: usize) -> bool {
    page.word(at).is_some_and(|word| {
        let written = Some(word.span.of(page.text));
        let of = |phrase: &Phrase| phrase.exact.is_some_and(|exact| exact.strip_suffix('.') == written);
        is_abbreviated(page, word) && lists.phrases_of(word.hash).iter().any(of)
    })
}

/// Whether a stop follows a word and a comma, a bracket or a hyphen is before it: "Tucson, Ariz.", "(R-Ariz.)".
fn is_abbreviated(page: &Page, word: &Word) -> bool {
    matches!(word.gap, Gap::Comma | Gap::Bracket | Gap::Hyphen)
        && page.text.get(word.span.end as usize..).is_some_and(|after| after.starts_with('.'))
}

/// Whether a single listed word is the name here, and not the common word or a person's name.
fn meant(page: &Page, sentence: Sentence, at: usize, kind: Kind) -> bool {
    let Some(word) = page.word(at) else { return false };
    if word.caps && word.span.len() < 4 {
        // "US" and "WHO" in a line of capitals may be anything.
        return !sentence.loud || word.folded.len() > 2 || word.span.of(page.text).contains('.');
    }
    let before = at.checked_sub(1).and_then(|at| page.word(at)).filter(|_| at > sentence.from);
    if word.folded == "west" {
        return before.is_some_and(|before| before.folded == "the")
            && !page
                .word(at + 1)
                .is_some_and(|next| at + 1 < sentence.to && next.upper && next.gap == Gap::Space);
    }
    let common = word.class & COMMON != 0;
    let habit = page.habit(word);
    if common && (word.soft || sentence.loud) && habit.upper == 0 {
        return false;
    }
    if word.class & FUNCTION != 0 || (habit.lower > habit.upper && kind != Kind::Group) {
        return false;
    }
    true
}

/// Appends the known names of a sentence.
pub fn candidates(page: &Page, lists: &Lists, sentence: Sentence, found: &mut Vec<Candidate>) {
    let mut at = sentence.from;
    while at < sentence.to {
        let Some((end, index)) = longest(page, lists, at, sentence.to) else {
            at += 1;
            continue;
        };
        let Some(known) = lists.known(index) else { break };
        if end - at > 1 || meant(page, sentence, at, known.kind) {
            let doubtful = end - at == 1
                && page.word(at).is_some_and(|word| word.class & (COMMON | GIVEN | SURNAME) != 0);
            let mut span = page.span(at, end);
            span.end += u32::from(end - at == 1 && is_stopped(page, lists, at));
            found.push(Candidate {
                span,
                words: (at, end),
                kind: known.kind,
                certainty: if doubtful { 75 } else { 96 },
                why: Why::List,
                known: Some(index),
                nests: known.country
                    || known.relation.is_some_and(|(kind, _)| kind == RelationKind::PeopleOf),
            });
        }
        at = end;
    }
}
