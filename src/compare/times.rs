//! Times: other days, or the same told more exactly, of the same event.
//!
//! Invariant: two times are compared only where the words around them name one event; a time that the other sentence
//! has too differs from nothing; what depends on the day of writing ("last week") is compared by its grain alone, for
//! that day is not known here. Not here: figures (`figures.rs`), finding dates in text (`text`).

use super::differ::SURE;
use super::figures::{counted, only, shifted, touches};
use super::reports::reports;
use super::side::{Gap, Side, apart};
use super::unit::shared;
use super::words::{self, listed};
use super::{Degree, Difference, DifferenceKind};
use crate::text::{PartialDate, Span};
use std::ops::Range;

/// How long the stretch is that a time names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grain {
    Day,
    Week,
    Month,
    Year,
    /// "recently", "a few weeks ago".
    Loose,
}

/// A time that a sentence states.
pub(super) struct Time {
    span: Span,
    at: Range<usize>,
    date: PartialDate,
    relative: bool,
    /// The word that tells a relative one from others: "tuesday", "week".
    word: String,
    grain: Grain,
    tense: Tense,
}

/// Whether a time is before, at or after the writing, as far as it says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tense {
    Past,
    Now,
    Ahead,
}

/// What is counted back from the writing.
const UNITS: &str = "day week month year";

/// Whether a word counts without telling a number.
fn is_few(word: &str) -> bool {
    listed("a of couple few several two three four five six nearly almost", word)
}

/// The times of a sentence.
pub(super) fn times(side: &Side) -> Vec<Time> {
    let mut found: Vec<Time> = Vec::new();
    for d in side.unit.dates.iter().filter(|d| !d.decade) {
        let span = shifted(d.span, side.unit.span.start);
        let at = side.positions(span);
        let word = side.folded(at.end.max(1) - 1).to_owned();
        let grain = match (d.relative, d.date.day, d.date.month) {
            (false, Some(_), _) => Grain::Day,
            (false, None, Some(_)) => Grain::Month,
            (false, None, None) => Grain::Year,
            _ => match word.as_str() {
                "week" | "weekend" => Grain::Week,
                "month" => Grain::Month,
                "year" | "summer" | "winter" | "spring" | "autumn" | "fall" => Grain::Year,
                "decade" | "century" => continue,
                _ => Grain::Day,
            },
        };
        let tense = match side.folded(at.start) {
            "last" | "past" | "previous" => Tense::Past,
            "next" => Tense::Ahead,
            _ => Tense::Now,
        };
        found.push(Time { span, at, date: d.date, relative: d.relative, word, grain, tense });
    }
    for at in 0..side.tokens().len() {
        let loose = match side.folded(at) {
            "recent"
                if side.folded(at.wrapping_sub(1)) != "most"
                    && !matches!(side.stem(at + 1), "day" | "week" | "month" | "year" | "decad") =>
            {
                at..at + 1
            }
            "recently" if side.folded(at + 1) != "as" => at..at + 1,
            // "a couple of weeks ago", "almost two weeks earlier"
            "ago" | "earlier" if at > 0 && listed(UNITS, side.stem(at - 1)) => {
                let counts = |p: &usize| is_few(side.folded(*p)) || side.word(*p).is_some_and(|w| w.digit);
                (at.saturating_sub(4)..at - 1).rev().take_while(counts).last().unwrap_or(at - 1)..at + 1
            }
            // "shortly before the election"
            "shortly" if matches!(side.folded(at + 1), "before" | "after") => at..at + 2,
            _ => continue,
        };
        let span = side.span(loose.start, loose.end - 1);
        let word = side.folded(at).to_owned();
        let (grain, tense) = (Grain::Loose, Tense::Past);
        found.push(Time {
            span,
            at: loose,
            date: PartialDate::default(),
            relative: true,
            word,
            grain,
            tense,
        });
    }
    found
}

/// How two times differ, if they do: dates that exclude each other, or one that lies within the other.
fn degree(x: &Time, y: &Time) -> Option<Degree> {
    if !x.relative && !y.relative {
        if !x.date.agrees(y.date) {
            return Some(Degree::Conflict);
        }
        let adds = |p: PartialDate, q: PartialDate| {
            (p.year.is_some() && q.year.is_none())
                || (p.month.is_some() && q.month.is_none())
                || (p.day.is_some() && q.day.is_none())
        };
        return (adds(x.date, y.date) != adds(y.date, x.date)).then_some(Degree::Precision);
    }
    // Which Tuesday is not known, but "on Tuesday" is more exact than "this week", and "May 10" than "this month".
    if x.relative
        && y.relative
        && x.word != y.word
        && words::is_calendar(&x.word)
        && words::is_calendar(&y.word)
    {
        return Some(Degree::Conflict);
    }
    let within = |fine: &Time, coarse: &Time| match (fine.grain, coarse.grain) {
        // Of "Dec. 11" it is not known whether it is of this week.
        (Grain::Day, Grain::Week) => {
            fine.relative && (coarse.tense == Tense::Now || coarse.tense == fine.tense)
        }
        (Grain::Day, Grain::Month) => !fine.relative,
        (Grain::Month, Grain::Year) => !fine.relative && coarse.tense != Tense::Ahead,
        (Grain::Day | Grain::Week | Grain::Month, Grain::Loose) => fine.tense != Tense::Ahead,
        _ => false,
    };
    (x.relative && within(y, x) || y.relative && within(x, y)).then_some(Degree::Precision)
}

fn difference(a: &Side, b: &Side, x: &Time, y: &Time, degree: Degree) -> Difference {
    apart(DifferenceKind::Date, a, b, x.span, y.span, degree)
}

/// Words around a time in which its event is named: right beside it, near and further off.
const BESIDE: usize = 2;
const NEAR: usize = 4;
const WIDE: usize = 8;

/// Times of the same event in two sentences.
pub(super) fn compared(
    a: &Side,
    b: &Side,
    left: &[Time],
    right: &[Time],
    score: f64,
    found: &mut Vec<Difference>,
) {
    let told = |t: &Time, others: &[Time]| {
        others.iter().any(|o| {
            o.date == t.date
                && o.relative == t.relative
                && (!o.relative || o.word == t.word && o.tense == t.tense)
        })
    };
    for x in left.iter().filter(|x| !told(x, right)) {
        for y in right.iter().filter(|y| !told(y, left)) {
            let Some(degree) = degree(x, y) else { continue };
            let company = |reach| {
                shared(&a.context(x.at.start, x.at.end, reach), &b.context(y.at.start, y.at.end, reach))
            };
            // "October 7 massacre": the event right after the date, or the same words around it.
            let event = shared(&counted(a, &x.at, false), &counted(b, &y.at, false));
            // Or when it was said, of the same claim.
            let reported = |side: &Side, t: &Time| {
                (t.at.start.saturating_sub(3)..t.at.start).any(|at| reports(side.folded(at)))
            };
            // "The 2016 election" is a name, not a time.
            let names = |side: &Side, t: &Time| {
                t.grain == Grain::Year && !t.relative && !counted(side, &t.at, false).is_empty()
            };
            if event == 0 && (names(a, x) || names(b, y)) {
                continue;
            }
            let said = reported(a, x) && reported(b, y);
            let (near, wide) = (company(NEAR), company(WIDE));
            let enough = match degree {
                // "The 2020 election" and "the 2016 election" are two events.
                Degree::Conflict if event > 0 && (x.grain, y.grain) == (Grain::Year, Grain::Year) => false,
                // The verb itself beside both: "apologized on Friday", "apologize Saturday".
                Degree::Conflict => {
                    near >= 3 || near >= 2 && (event > 0 || score >= SURE && company(BESIDE) > 0)
                }
                _ => {
                    // "June" and "June 25" are hardly of two years.
                    let month = x.date.month.is_some() && x.date.month == y.date.month;
                    near >= 2
                        || near >= 1 && month
                        || wide >= 4
                        || near >= 1 && (event > 0 || wide >= 3)
                        || (said || wide >= 2) && score >= SURE
                }
            };
            if enough {
                found.push(difference(a, b, x, y, degree));
            }
        }
    }
}

/// The one time of each side in a place where two versions of one sentence part: whether there is one on both, and
/// what differs.
pub(super) fn edited(
    a: &Side,
    b: &Side,
    gap: &Gap,
    left: &[Time],
    right: &[Time],
) -> (bool, Option<Difference>) {
    let one = |list, range: &Range<usize>| only(list, |t: &Time| !t.relative && touches(&t.at, range));
    if let (Some(x), Some(y)) = (one(left, &gap.a), one(right, &gap.b)) {
        return (true, degree(x, y).map(|degree| difference(a, b, x, y, degree)));
    }
    let calendar = |side: &Side, range: &Range<usize>| {
        range.clone().find(|at| {
            words::is_calendar(side.folded(*at)) && side.tokens().get(*at).is_some_and(|t| t.capital)
        })
    };
    let (Some(i), Some(j)) = (calendar(a, &gap.a), calendar(b, &gap.b)) else { return (false, None) };
    let differs = a.folded(i).get(..3) != b.folded(j).get(..3);
    (true, differs.then(|| apart(DifferenceKind::Date, a, b, a.span(i, i), b.span(j, j), Degree::Conflict)))
}
