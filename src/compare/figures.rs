//! Figures and dates: other numbers, other days, in the same slot.
//!
//! A slot is what a value is a value of: its unit, the noun that it counts, the words around. Invariant: two values are
//! compared only where the slots agree; a value that the other sentence has too differs from nothing; units written in
//! another way and rounding are no difference. Not here: finding numbers and dates in text (`text`).

use super::side::{Gap, Side};
use super::unit::shared;
use super::{Degree, Difference, DifferenceKind, words};
use crate::text::sort::{sort, sort_by};
use crate::text::{self, Approx, PartialDate, Span};
use std::ops::Range;

/// A number of a sentence.
pub(super) struct Figure {
    span: Span,
    at: Range<usize>,
    low: f64,
    high: f64,
    value: f64,
    exact: bool,
    approx: Approx,
    unit: Option<String>,
}

/// A date of a sentence.
pub(super) struct Day {
    span: Span,
    at: Range<usize>,
    date: PartialDate,
    relative: bool,
}

impl Figure {
    fn is_money(&self) -> bool {
        self.unit.as_deref().is_some_and(|unit| matches!(unit, "$" | "€" | "£" | "¥"))
    }
}

/// Bytes of a sentence that are read for values.
const MAX_BYTES: usize = 20_000;

fn read_from<'a>(side: &Side<'a>) -> (&'a str, u32) {
    let start = side.unit.span.start;
    let end = side.unit.tokens.last().map_or(start, |t| t.span.end).max(start);
    // A "%" or a unit sign may follow the last word.
    let end = side.unit.span.end.min(end.saturating_add(4)).min(start.saturating_add(MAX_BYTES as u32));
    let mut text = Span { start, end }.of(side.text);
    if text.is_empty() {
        text = side.unit.tokens.last().map_or("", |t| Span { start, end: t.span.end }.of(side.text));
    }
    (text, start)
}

fn shifted(span: Span, by: u32) -> Span {
    Span { start: span.start + by, end: span.end + by }
}

/// The dates of a sentence.
pub(super) fn days(side: &Side) -> Vec<Day> {
    let (text, start) = read_from(side);
    text::dates(text)
        .into_iter()
        .map(|d| {
            let span = shifted(d.span, start);
            Day { span, at: side.positions(span), date: d.date, relative: d.relative }
        })
        .collect()
}

/// The figures of a sentence.
pub(super) fn figures(side: &Side) -> Vec<Figure> {
    let (text, start) = read_from(side);
    text::numbers(text)
        .into_iter()
        .filter(|n| n.value.is_finite() && !n.ordinal)
        .map(|n| {
            let span = shifted(n.span, start);
            let (low, high) = bounds(n.value, n.approx);
            let exact = n.approx == Approx::Exact;
            Figure {
                span,
                at: side.positions(span),
                low,
                high,
                value: n.value,
                exact,
                approx: n.approx,
                unit: n.unit,
            }
        })
        .collect()
}

/// What a value may stand for.
fn bounds(value: f64, approx: Approx) -> (f64, f64) {
    match approx {
        Approx::Exact => (value, value),
        Approx::About => (value * 0.95, value * 1.05),
        Approx::Over | Approx::AtLeast => (value, value * 1.5),
        Approx::Under | Approx::AtMost | Approx::Nearly => (value * 0.85, value),
        Approx::Order => (value * 2.0, value * 10.0 - 1.0),
    }
}

/// How two figures differ, if they do.
fn differ(x: &Figure, y: &Figure) -> Option<Degree> {
    let (Some(x_unit), Some(y_unit)) = (&x.unit, &y.unit) else { return degree(x, y) };
    if x_unit == y_unit { degree(x, y) } else { None }
}

fn degree(x: &Figure, y: &Figure) -> Option<Degree> {
    if x.low > y.high || y.low > x.high {
        return Some(if rounded(x.value, y.value) { Degree::Precision } else { Degree::Conflict });
    }
    // "At least 83" and "at least 104" can both be true, and say otherwise.
    if !x.exact && x.approx == y.approx && x.value != y.value && !rounded(x.value, y.value) {
        return Some(Degree::Precision);
    }
    // "about 120" and "120" say the same to a reader; "hundreds" and "436" do not.
    let vague = |f: &Figure| !f.exact && f.high > f.low * 2.0;
    (vague(x) != vague(y)).then_some(Degree::Precision)
}

/// Share of a value by which its rounded form may differ from it.
const NEAR: f64 = 0.025;

/// Whether one value is the other, rounded to fewer digits.
fn rounded(x: f64, y: f64) -> bool {
    let close = |rough: f64, fine: f64| {
        let apart = if rough > fine { rough - fine } else { fine - rough };
        apart <= (step(rough) * 0.501).min(fine * NEAR)
    };
    close(x, y) || close(y, x)
}

/// The place of a value's last digit that is not zero: 100 for 43,900, a tenth for 35.7.
fn step(value: f64) -> f64 {
    let whole = |v: f64| v.fract() < 1e-6 || v.fract() > 1.0 - 1e-6;
    let mut step = 1.0;
    while step > 1e-4 && !whole(value / step) {
        step /= 10.0;
    }
    while step < 1e12 && value >= step * 10.0 && whole(value / (step * 10.0)) {
        step *= 10.0;
    }
    step
}

/// Words around a figure that make its slot.
const WINDOW: usize = 7;
/// Words right beside a figure, of which some must be shared.
const NEARBY: usize = 5;
/// Units that may stand between a number and what it counts.
const UNITS: &[&str] =
    &["percent", "pct", "dollar", "dlrs", "euro", "pound", "million", "billion", "mln", "bn"];
/// What anything may last: a figure that counts one of these says little of its slot.
const TIMES: &[&str] = &["year", "month", "week", "day", "hour", "minut", "second", "time"];

/// What a figure counts: the content terms right after it; after money, what it was paid "in" as well.
fn counted(side: &Side, at: &Range<usize>, money: bool) -> Vec<u32> {
    let mut terms = Vec::new();
    for p in side.ahead(at.end, 4) {
        let Some(word) = side.word(p) else { break };
        if UNITS.contains(&word.stem.as_str()) {
            continue;
        }
        if word.content && !word.digit {
            terms.push(word.term);
        } else if !(matches!(word.folded.as_str(), "of" | "the" | "other") || money && word.folded == "in") {
            break;
        }
    }
    sort(&mut terms);
    terms.dedup();
    terms
}

/// Figures in the same slot of two sentences. `strict` where the sentences may have little else in common: what is
/// counted must then be the same, but for words that one of them adds.
pub(super) fn compared(
    a: &Side,
    b: &Side,
    left: &[Figure],
    right: &[Figure],
    strict: bool,
    found: &mut Vec<Difference>,
) {
    let same = |x: &Figure, y: &Figure| {
        differ(x, y) != Some(Degree::Conflict) && (x.value == y.value || rounded(x.value, y.value))
    };
    let mut slots: Vec<(usize, usize, usize)> = Vec::new();
    for (i, x) in left.iter().enumerate() {
        for (j, y) in right.iter().enumerate() {
            // "One" is more often an article or a pronoun.
            if x.at.is_empty() || y.at.is_empty() || x.value == 1.0 || y.value == 1.0 {
                continue;
            }
            let money = x.is_money() || y.is_money();
            let (noun_a, noun_b) = (counted(a, &x.at, money), counted(b, &y.at, money));
            let nouns = shared(&noun_a, &noun_b);
            let measured = x.unit.is_some() && x.unit == y.unit;
            // "Tens of millions of dollars" has its unit further on; a share is never a number of things.
            let share = |f: &Figure| f.unit.as_deref() == Some("%");
            if !measured && (share(x) || share(y) || x.unit.is_some() && y.unit.is_some()) {
                continue;
            }
            if nouns == 0 && !measured && !(noun_a.is_empty() || noun_b.is_empty()) {
                continue;
            }
            let company = |reach| {
                let (p, q) = (a.context(x.at.start, x.at.end, reach), b.context(y.at.start, y.at.end, reach));
                (shared(&p, &q), p.len().min(q.len()))
            };
            let timed = |f: &Figure| f.unit.as_deref().is_some_and(|unit| TIMES.contains(&unit));
            let span = timed(x) || a.word(x.at.end).is_some_and(|w| TIMES.contains(&w.stem.as_str()));
            if strict && (span || nouns == 0 || nouns < noun_a.len().min(noun_b.len())) {
                continue;
            }
            let counted_alike = nouns > 0 && !span;
            let (terms_a, keys_a) = a.names_near(x.at.start, x.at.end, WINDOW);
            let (terms_b, keys_b) = b.names_near(y.at.start, y.at.end, WINDOW);
            let named = |terms: &[u32], keys: &[u32]| !terms.is_empty() || !keys.is_empty();
            if !counted_alike
                && named(&terms_a, &keys_a)
                && named(&terms_b, &keys_b)
                && shared(&terms_a, &terms_b) + shared(&keys_a, &keys_b) == 0
            {
                continue;
            }
            let ((near, of), (wide, _)) = (company(NEARBY), company(WINDOW));
            let close = near >= 3 || (near == 2 && (!measured || of == 2));
            if (nouns > 0 || close) && (wide >= if counted_alike { 2 } else { 3 } || (measured && close)) {
                slots.push((wide + nouns, i, j));
            }
        }
    }
    sort_by(&mut slots, |x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut used_a, mut used_b) = (vec![false; left.len()], vec![false; right.len()]);
    for (_, i, j) in slots {
        let (Some(x), Some(y)) = (left.get(i), right.get(j)) else { continue };
        if used_a[i] || used_b[j] {
            continue;
        }
        used_a[i] = true;
        used_b[j] = true;
        // A numeral that the other sentence has too is told there.
        let told = |f: &Figure, others: &[Figure], partner: usize| {
            f.exact
                && others.iter().enumerate().any(|(k, o)| same(f, o) && (k != partner || o.value == f.value))
        };
        if told(x, right, j) || told(y, left, i) {
            continue;
        }
        if let Some(degree) = differ(x, y) {
            found.push(figure(a, b, x, y, degree));
        }
    }
}

fn figure(a: &Side, b: &Side, x: &Figure, y: &Figure, degree: Degree) -> Difference {
    let note = format!("{} or {}", a.quote(x.span), b.quote(y.span));
    Difference { kind: DifferenceKind::Figure, note, a: x.span, b: y.span, degree }
}

fn touches(at: &Range<usize>, gap: &Range<usize>) -> bool {
    at.start < gap.end && gap.start < at.end
}

/// The one figure, or the one date, of each side in a place where two versions of one sentence part.
pub(super) fn edited(a: &Side, b: &Side, gap: &Gap, values: &Values) -> Option<Difference> {
    fn only<T>(list: &[T], touch: impl Fn(&T) -> bool) -> Option<&T> {
        let mut hits = list.iter().filter(|v| touch(v));
        hits.next().filter(|_| hits.next().is_none())
    }
    if let (Some(x), Some(y)) =
        (only(&values.days_a, |d| touches(&d.at, &gap.a)), only(&values.days_b, |d| touches(&d.at, &gap.b)))
        && !(x.relative && y.relative)
    {
        return day_degree(x, y).map(|degree| day(a, b, x, y, degree));
    }
    let calendar = |side: &Side, range: &Range<usize>| {
        range.clone().find(|at| {
            words::is_calendar(side.folded(*at)) && side.tokens().get(*at).is_some_and(|t| t.capital)
        })
    };
    if let (Some(i), Some(j)) = (calendar(a, &gap.a), calendar(b, &gap.b)) {
        let short = |word: &str| word.chars().take(3).collect::<String>();
        if short(a.folded(i)) == short(b.folded(j)) {
            return None;
        }
        let (x, y) = (a.span(i, i), b.span(j, j));
        let note = format!("{} or {}", a.quote(x), b.quote(y));
        return Some(Difference { kind: DifferenceKind::Date, note, a: x, b: y, degree: Degree::Conflict });
    }
    let (x, y) = (
        only(&values.figures_a, |f| touches(&f.at, &gap.a)),
        only(&values.figures_b, |f| touches(&f.at, &gap.b)),
    );
    if let (Some(x), Some(y)) = (x, y) {
        return differ(x, y).map(|degree| figure(a, b, x, y, degree));
    }
    // A numeral that is no plain number ("79m", "13-1/2") against another in its place.
    let digits = |side: &Side, range: &Range<usize>| -> Option<String> {
        let word = side.folded(range.start);
        let numeral = range.len() == 1 && word.starts_with(|c: char| c.is_ascii_digit());
        numeral.then(|| word.chars().filter(char::is_ascii_alphanumeric).collect())
    };
    let (p, q) = (digits(a, &gap.a)?, digits(b, &gap.b)?);
    let (x, y) = (a.span(gap.a.start, gap.a.start), b.span(gap.b.start, gap.b.start));
    let note = format!("{} or {}", a.quote(x), b.quote(y));
    (p != q).then_some(Difference {
        kind: DifferenceKind::Figure,
        note,
        a: x,
        b: y,
        degree: Degree::Conflict,
    })
}

/// The values of both sentences.
pub(super) struct Values {
    /// Figures of A.
    pub figures_a: Vec<Figure>,
    /// Figures of B.
    pub figures_b: Vec<Figure>,
    /// Dates of A.
    pub days_a: Vec<Day>,
    /// Dates of B.
    pub days_b: Vec<Day>,
}

/// How two dates differ, if they do.
fn day_degree(x: &Day, y: &Day) -> Option<Degree> {
    if x.relative || y.relative {
        return None;
    }
    let (p, q) = (&x.date, &y.date);
    fn apart<T: PartialEq>(p: &Option<T>, q: &Option<T>) -> bool {
        p.is_some() && q.is_some() && p != q
    }
    if apart(&p.year, &q.year) || apart(&p.month, &q.month) || apart(&p.day, &q.day) {
        return Some(Degree::Conflict);
    }
    let alike = p.month.is_some() && p.month == q.month && p.day == q.day;
    (alike && p.year.is_some() != q.year.is_some()).then_some(Degree::Precision)
}

fn day(a: &Side, b: &Side, x: &Day, y: &Day, degree: Degree) -> Difference {
    let note = match (degree, x.date.year.is_some()) {
        (Degree::Precision, true) => "a year in A only".to_owned(),
        (Degree::Precision, false) => "a year in B only".to_owned(),
        _ => format!("{} or {}", a.quote(x.span), b.quote(y.span)),
    };
    Difference { kind: DifferenceKind::Date, note, a: x.span, b: y.span, degree }
}

/// Words around a date in which its event is named.
const EVENT: usize = 4;

/// Dates of the same event in two sentences.
pub(super) fn dated(a: &Side, b: &Side, left: &[Day], right: &[Day], found: &mut Vec<Difference>) {
    let told = |d: &Day, others: &[Day]| others.iter().any(|o| o.date == d.date);
    for x in left.iter().filter(|x| !told(x, right)) {
        for y in right.iter().filter(|y| !told(y, left)) {
            let Some(degree) = day_degree(x, y) else { continue };
            // "October 7 massacre": the event right after the date, or the same words around it.
            let event = shared(&counted(a, &x.at, false), &counted(b, &y.at, false));
            let company =
                shared(&a.context(x.at.start, x.at.end, EVENT), &b.context(y.at.start, y.at.end, EVENT));
            let least = if degree == Degree::Precision { 1 } else { 2 };
            if (event > 0 && company >= least) || company >= 3 {
                found.push(day(a, b, x, y, degree));
            }
        }
    }
}
