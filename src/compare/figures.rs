//! Figures: other numbers in the same slot.
//!
//! A slot is what a value is a value of: its unit, the noun that it counts, the words around. Invariant: two values are
//! compared only where the slots agree; a value that the other sentence has too differs from nothing; units written in
//! another way and rounding are no difference. Not here: times (`times.rs`), finding
//! numbers in text (`text`).

use super::side::{Gap, Side, apart};
use super::unit::{shared, sorted};
use super::words::listed;
use super::{Degree, Difference, DifferenceKind};
use crate::text::sort::sort_by;
use crate::text::{Approx, Span};
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

impl Figure {
    fn is_money(&self) -> bool {
        self.unit.as_deref().is_some_and(|unit| matches!(unit, "$" | "€" | "£" | "¥"))
    }
}

/// A span of a part of the article, as one of the article.
pub(super) fn shifted(span: Span, by: u32) -> Span {
    Span { start: span.start + by, end: span.end + by }
}

/// The figures of a sentence.
pub(super) fn figures(side: &Side) -> Vec<Figure> {
    let stated = side.unit.stated.iter().filter(|n| n.value.is_finite() && !n.ordinal);
    stated
        .map(|n| {
            let span = shifted(n.span, side.unit.span.start);
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
                unit: n.unit.clone(),
            }
        })
        .filter(|figure| !age(side, figure))
        .chain(loose(side))
        .collect()
}

/// Nouns for a number that is not told, between "a" and "of".
const BUNDLES: &str = "batch trove handful number series";
/// Words for one, before what they count.
const LOOSE: &str = "several few many multiple numerous";

/// The numbers of a sentence that are not told: "a batch of emails", "several emails".
fn loose<'s>(side: &'s Side) -> impl Iterator<Item = Figure> + 's {
    (0..side.tokens().len()).filter_map(|word| {
        let before = side.folded(word.wrapping_sub(1));
        let at = if listed(BUNDLES, side.folded(word)) && before == "a" && side.folded(word + 1) == "of" {
            word - 1..word + 2
        } else if listed(LOOSE, side.folded(word)) && !matches!(before, "how" | "as" | "so" | "too" | "not") {
            word..word + 1
        } else {
            return None;
        };
        let span = side.span(at.start, at.end - 1);
        let (low, high, approx) = (2.0, 1e9, Approx::Order);
        Some(Figure { span, at, low, high, value: 0.0, exact: false, approx, unit: None })
    })
}

/// Whether a number between commas after a name is an age.
fn age(side: &Side, figure: &Figure) -> bool {
    let (start, end) = (figure.at.start, figure.at.end);
    figure.unit.is_none()
        && start > 0
        && side.is_name(start - 1)
        && side.gap(start - 1).starts_with(',')
        && side.gap(end.max(1) - 1).starts_with(',')
}

/// What a value may stand for.
fn bounds(value: f64, approx: Approx) -> (f64, f64) {
    match approx {
        Approx::Exact => (value, value),
        Approx::About => (value * 0.95, value * 1.05),
        Approx::Over | Approx::AtLeast => (value, value * 1.5),
        Approx::Under | Approx::AtMost => (value * 0.85, value),
        // "Nearly 44 million" is more than 43.
        Approx::Nearly => (value - step(value) * 0.99, value),
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
    // "about 120" and "120" say the same to a reader; "more than 120" and "120", "hundreds" and "436" do not.
    let vague = |f: &Figure| !f.exact && f.high > f.low * 2.0;
    let bound = |f: &Figure| matches!(f.approx, Approx::Over | Approx::AtLeast | Approx::AtMost);
    (vague(x) != vague(y) || bound(x) != bound(y) || x.exact != y.exact && x.value != y.value)
        .then_some(Degree::Precision)
}

/// Value from which, and how much larger, another is more likely the same told otherwise than that of another thing.
const TOLD_ALIKE: (f64, f64) = (15.0, 1.3);

/// Whether two values are so large and so near one another that they are likely to be of one thing.
fn alike(x: f64, y: f64) -> bool {
    x.min(y) >= TOLD_ALIKE.0 && x.max(y) <= x.min(y) * TOLD_ALIKE.1
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

/// How many digits of a value are told, up to its last that is not zero.
fn fine(value: f64) -> u32 {
    let mut digits = 1;
    let mut rest = value / step(value);
    while rest >= 10.0 {
        rest /= 10.0;
        digits += 1;
    }
    digits
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
/// Words around it in which whose it is is told.
const NAMES: usize = 9;
/// Words right beside a figure, of which some must be shared.
const NEARBY: usize = 5;
/// Digits from which an amount and its rounded form are one without more in common; one less where a word is shared.
const TOLD: u32 = 4;
/// Units that may stand between a number and what it counts.
const UNITS: &str = "percent pct dollar dlrs euro pound million billion mln bn";
/// What anything may last: a figure that counts one of these says little of its slot.
const TIMES: &str = "year month week day hour minut second time";

/// What a figure counts: the content terms right after it; after money, what it was paid "in" as well.
pub(super) fn counted(side: &Side, at: &Range<usize>, money: bool) -> Vec<u32> {
    let mut terms = Vec::new();
    // "Of Ms. Costa’s letters" counts letters.
    let of = if side.folded(at.end) == "of" { at.end + 1 } else { at.end };
    let owner = (of..of + 3)
        .take_while(|p| side.tokens().get(*p).is_some_and(|t| t.capital))
        .find(|p| side.gap(*p).starts_with(['’', '\'']));
    let from = owner.map_or(at.end, |p| p + 1);
    for p in side.ahead(from, 4) {
        let Some(word) = side.word(p) else { break };
        if listed(UNITS, &word.stem) {
            continue;
        }
        if word.content && !word.digit {
            terms.push(word.term);
        } else if !(matches!(word.folded.as_str(), "of" | "the" | "other") || money && word.folded == "in") {
            break;
        }
    }
    sorted(terms)
}

/// Figures in the same slot of two sentences. `strict` where the sentences may have little else in common: what is
/// counted must then be the same, but for words that one of them adds, and one value be the other, told less exactly.
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
    let mut slots: Vec<(bool, usize, usize, usize)> = Vec::new();
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
            let timed = |f: &Figure| f.unit.as_deref().is_some_and(|unit| listed(TIMES, unit));
            let span = timed(x) || a.word(x.at.end).is_some_and(|w| listed(TIMES, &w.stem));
            let parted = nouns < noun_a.len().min(noun_b.len());
            let near_values = alike(x.value, y.value);
            let ((near, of), (wide, _)) = (company(NEARBY), company(WINDOW));
            // "Tens of thousands" and "50,000" of what has another word in common.
            let vaguer = x.value.min(y.value) >= TOLD_ALIKE.0
                && !share(x)
                && wide > nouns
                && differ(x, y) == Some(Degree::Precision);
            // Federal taxes are not state taxes.
            if strict && !vaguer && (span || !near_values && (nouns == 0 || parted))
                || parted && nouns > 0 && money && !rounded(x.value, y.value)
            {
                continue;
            }
            let counted_alike = nouns > 0 && !span;
            let (terms_a, keys_a) = a.names_near(x.at.start, x.at.end, NAMES);
            let (terms_b, keys_b) = b.names_near(y.at.start, y.at.end, NAMES);
            let named = |terms: &[u32], keys: &[u32]| !terms.is_empty() || !keys.is_empty();
            if !counted_alike
                && named(&terms_a, &keys_a)
                && named(&terms_b, &keys_b)
                && shared(&terms_a, &terms_b) + shared(&keys_a, &keys_b) == 0
            {
                continue;
            }
            let close = near >= 3
                || (near == 2 && (!measured || of == 2 || money && noun_a.len().min(noun_b.len()) == 0));
            // One amount told to fewer places is hardly another.
            let told = !strict && measured && x.value != y.value && rounded(x.value, y.value);
            // Nor are two amounts so near one another likely to be of two things.
            let beside = !strict && near_values && x.unit == y.unit && !span && !share(x);
            if beside
                || vaguer
                || told && fine(x.value).max(fine(y.value)) + u32::from(wide > 0) >= TOLD
                || (nouns > 0 || close) && (wide >= if counted_alike { 2 } else { 3 } || (measured && close))
            {
                slots.push((rounded(x.value, y.value), wide + nouns, i, j));
            }
        }
    }
    // What may be the same value goes together first, then what has most in common.
    sort_by(&mut slots, |x, y| (y.0, y.1).cmp(&(x.0, x.1)).then((x.2, x.3).cmp(&(y.2, y.3))));
    let (mut used_a, mut used_b) = (vec![false; left.len()], vec![false; right.len()]);
    for (_, _, i, j) in slots {
        let (Some(x), Some(y)) = (left.get(i), right.get(j)) else { continue };
        if used_a[i] || used_b[j] {
            continue;
        }
        used_a[i] = true;
        used_b[j] = true;
        // A numeral that the other sentence has too is told there.
        let told = |f: &Figure, others: &[Figure], partner: usize| {
            f.exact
                && others
                    .iter()
                    .enumerate()
                    .any(|(k, o)| same(f, o) && (k != partner || o.value == f.value && o.exact))
        };
        if told(x, right, j) || told(y, left, i) {
            continue;
        }
        // Other numbers of like things are mostly of other things, where all else differs.
        if let Some(degree) =
            differ(x, y).filter(|degree| !strict || *degree == Degree::Precision || alike(x.value, y.value))
        {
            found.push(figure(a, b, x, y, degree));
        }
    }
}

fn figure(a: &Side, b: &Side, x: &Figure, y: &Figure, degree: Degree) -> Difference {
    apart(DifferenceKind::Figure, a, b, x.span, y.span, degree)
}

/// Whether two ranges share a position.
pub(super) fn touches(at: &Range<usize>, gap: &Range<usize>) -> bool {
    at.start < gap.end && gap.start < at.end
}

/// The only one of a list for which something holds.
pub(super) fn only<T>(list: &[T], holds: impl Fn(&T) -> bool) -> Option<&T> {
    let mut hits = list.iter().filter(|v| holds(v));
    hits.next().filter(|_| hits.next().is_none())
}

/// The one figure of each side in a place where two versions of one sentence part.
pub(super) fn edited(a: &Side, b: &Side, gap: &Gap, left: &[Figure], right: &[Figure]) -> Option<Difference> {
    let (x, y) =
        (only(left, |f: &Figure| touches(&f.at, &gap.a)), only(right, |f: &Figure| touches(&f.at, &gap.b)));
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
    (p != q).then(|| apart(DifferenceKind::Figure, a, b, x, y, Degree::Conflict))
}
