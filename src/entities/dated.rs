//! Candidates with figures and dates in them: dates, quantities, events named by their date or place.
//!
//! Invariant: linear in the sentence. Not here: reading dates and numbers themselves (`text`).

use super::candidate::Candidate;
use super::lists::{ATTACK, CURRENCY, EVENT_NOUN, FUNCTION, LAW_NOUN};
use super::page::{Gap, Page, Sentence};
use super::{Kind, Why, when};
use crate::text::{self, Span};

/// Appends the dates, dated events and quantities of a sentence.
pub fn candidates(page: &Page, sentence: Sentence, found: &mut Vec<Candidate>) {
    if !sentence.tells {
        return;
    }
    let whole = page.span(sentence.from, sentence.to);
    // A sign may stand before the first word or after the last.
    let from = page.text.get(..whole.start as usize).unwrap_or("").char_indices().next_back();
    let start = from
        .filter(|(_, c)| matches!(c, '$' | '€' | '£' | '¥' | '₹'))
        .map_or(whole.start, |(at, _)| at as u32);
    let end =
        whole.end + u32::from(page.text.get(whole.end as usize..).is_some_and(|rest| rest.starts_with('%')));
    let piece = Span { start, end }.of(page.text);
    let moved = |span: Span| Span { start: span.start + start, end: span.end + start };
    let words = page.words.get(sentence.from..sentence.to).unwrap_or(&[]).iter();
    let words = words.map(|word| {
        (Span { start: word.span.start - start, end: word.span.end - start }, &*word.folded, word.tells)
    });
    let (dates, numbers) = text::dates_and_numbers(piece, words);
    for when in when::phrases(page, sentence, &dates, start) {
        let words = (when.from, when.to);
        if let Some(end) = happening(page, sentence, when.to).filter(|_| when.day) {
            found.push(Candidate {
                span: page.span(when.from, end),
                words: (when.from, end),
                kind: Kind::Event,
                certainty: 90,
                why: Why::DatedEvent,
                known: None,
                nests: false,
            });
            // "October 7 massacre" is a name; only with a year does its date also say when.
            if !when.year {
                continue;
            }
        }
        let span = page.span(when.from, when.to);
        found.push(Candidate {
            span,
            words,
            kind: Kind::Date,
            certainty: 92,
            why: Why::Date,
            known: None,
            nests: false,
        });
    }
    for number in numbers {
        let mut span = moved(number.span);
        let mut words = (page.word_at(span.start), page.word_at(span.end));
        let mut kind = match number.unit.as_deref() {
            Some("%") => Kind::Percent,
            Some(unit) if is_currency(unit) => Kind::Money,
            _ => Kind::Quantity,
        };
        if kind != Kind::Quantity {
            // "about 3m euros": what qualifies the amount is not part of it.
            span.start = amount(piece, number.figure.start as usize) + start;
            words.0 = page.word_at(span.start);
        }
        if let Some(end) = currency_after(page, sentence, words.1)
            .filter(|_| matches!(number.unit.as_deref(), None | Some("m")))
        {
            kind = Kind::Money;
            span = Span { start: number.figure.start + start, end: page.span(words.0, end).end };
            words = (page.word_at(span.start), end);
        } else if number.unit.is_none() {
            let plural = number.approx != text::Approx::Exact || number.value >= 10.0;
            let Some(end) = counted(page, sentence, words.1).filter(|_| plural) else { continue };
            span.end = page.span(words.0, end).end;
            words.1 = end;
        }
        found.push(Candidate {
            span,
            words,
            kind,
            certainty: 85,
            why: Why::Number,
            known: None,
            nests: false,
        });
    }
}

/// Whether a number's unit is a currency.
fn is_currency(unit: &str) -> bool {
    unit == "rial" || (!matches!(unit, "%" | "°") && !unit.starts_with(char::is_alphabetic))
}

/// Where an amount begins: at its figure, or at the sign before it ("US$", "€ ").
fn amount(piece: &str, figure: usize) -> u32 {
    let before = piece.get(..figure).unwrap_or("").trim_end_matches(' ');
    let signed = before.ends_with(['$', '€', '£', '¥', '₹', '₪', '₽', '₺', '₴', '₩']);
    let bare = before.trim_end_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace());
    let letters = bare.trim_end_matches(|c: char| c.is_ascii_uppercase());
    if !signed {
        figure as u32
    } else if bare.len() - letters.len() <= 3 && bare.len() < before.len() {
        letters.len() as u32
    } else {
        bare.len() as u32
    }
}

/// One past the currency that follows a number: "300 Turkish lira", "5 million leva".
fn currency_after(page: &Page, sentence: Sentence, after: usize) -> Option<usize> {
    (after..sentence.to.min(after + 2))
        .take_while(|&at| page.word(at).is_some_and(|word| word.gap == Gap::Space))
        .find(|&at| page.word(at).is_some_and(|word| word.class & CURRENCY != 0))
        .filter(|&at| at == after || page.word(after).is_some_and(|word| word.upper))
        .map(|at| at + 1)
}

/// One past the word that says what happened on the date before it: "October 7th Hamas massacre".
fn happening(page: &Page, sentence: Sentence, after: usize) -> Option<usize> {
    for at in after..sentence.to.min(after + 3) {
        let word = page.word(at)?;
        if word.gap != Gap::Space || word.class & FUNCTION != 0 {
            return None;
        }
        if word.class & ATTACK != 0 {
            return Some(at + 1);
        }
        if !word.upper && !matches!(&*word.folded, "terror" | "terrorist" | "terrorists") {
            return None;
        }
    }
    None
}

/// One past the noun that a bare number counts: "hundreds of civilians", "1,200 Israeli civilians".
fn counted(page: &Page, sentence: Sentence, after: usize) -> Option<usize> {
    let mut at = after;
    if page.word(at).is_some_and(|word| at < sentence.to && word.folded == "of" && word.gap == Gap::Space) {
        at += 1;
    }
    for _ in 0..3 {
        let word = page.word(at).filter(|_| at < sentence.to)?;
        if word.gap != Gap::Space || word.class & FUNCTION != 0 {
            return None;
        }
        if !word.upper {
            let plural = word.folded.len() > 3 && word.folded.ends_with('s') && !word.folded.ends_with("ss");
            if plural || matches!(&*word.folded, "people" | "men" | "women" | "children") {
                return Some(at + 1);
            }
            if !word.folded.chars().all(char::is_alphabetic)
                || word.folded.ends_with("ed")
                || word.folded.ends_with("ly")
            {
                return None;
            }
        }
        at += 1;
    }
    None
}

/// Appends events and agreements named by a place and a small noun: "Srebrenica massacre", "Kyoto protocol".
pub fn of_places(page: &Page, sentence: Sentence, found: &mut Vec<Candidate>, since: usize) {
    let mut more = Vec::new();
    for place in found.get(since..).unwrap_or(&[]).iter().filter(|candidate| candidate.kind == Kind::Place) {
        let next = place.words.1;
        let Some(word) = page.word(next).filter(|_| next < sentence.to) else { continue };
        if word.gap != Gap::Space || word.upper {
            continue;
        }
        let kind = if word.class & EVENT_NOUN != 0 {
            Kind::Event
        } else if word.class & LAW_NOUN != 0 {
            Kind::Law
        } else {
            continue;
        };
        let words = (place.words.0, next + 1);
        let span = page.span(words.0, words.1);
        more.push(Candidate {
            span,
            words,
            kind,
            certainty: 75,
            why: Why::HeadWord,
            known: None,
            nests: false,
        });
    }
    found.append(&mut more);
}
