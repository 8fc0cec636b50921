//! Numbers: where a text states an amount, its value, how exact it is, and its unit.
//!
//! Invariant: spans ascend and do not overlap; a number inside a date is not one (see `dates`).

use super::{Span, dates, words};
use serde::{Deserialize, Serialize};

/// How exact a number is stated to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Approx {
    /// As it stands.
    Exact,
    /// About, around, nearly, some.
    About,
    /// Over, more than.
    Over,
    /// Under, less than, fewer than.
    Under,
    /// At least.
    AtLeast,
    /// At most, up to.
    AtMost,
    /// Only its order: “hundreds”, “dozens”. The value is the unit of that order.
    Order,
}

/// An amount as stated.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Where, in bytes: with its qualifier and its unit.
    pub span: Span,
    /// The value, its scale word applied.
    pub value: f64,
    /// How exact.
    pub approx: Approx,
    /// `%`, a currency sign or code, or a unit of measure in its shortest usual form.
    pub unit: Option<String>,
}

const SMALL: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
const TENS: [&str; 7] = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: [(&str, f64); 6] = [
    ("dozen", 12.0),
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
];
const QUALIFIERS: [(&str, Approx); 16] = [
    ("more than", Approx::Over),
    ("less than", Approx::Under),
    ("fewer than", Approx::Under),
    ("at least", Approx::AtLeast),
    ("at most", Approx::AtMost),
    ("up to", Approx::AtMost),
    ("no more than", Approx::AtMost),
    ("over", Approx::Over),
    ("under", Approx::Under),
    ("about", Approx::About),
    ("around", Approx::About),
    ("nearly", Approx::About),
    ("almost", Approx::About),
    ("roughly", Approx::About),
    ("approximately", Approx::About),
    ("some", Approx::About),
];
/// Units of measure: forms and the form that stands for them.
const UNITS: [(&str, &str); 24] = [
    ("percent", "%"),
    ("per cent", "%"),
    ("percentage points", "pp"),
    ("dollars", "$"),
    ("euros", "€"),
    ("pounds", "£"),
    ("kilometers", "km"),
    ("kilometres", "km"),
    ("km", "km"),
    ("miles", "mi"),
    ("mile", "mi"),
    ("meters", "m"),
    ("metres", "m"),
    ("tons", "t"),
    ("tonnes", "t"),
    ("metric tons", "t"),
    ("kilograms", "kg"),
    ("kg", "kg"),
    ("barrels", "bbl"),
    ("hectares", "ha"),
    ("acres", "acre"),
    ("feet", "ft"),
    ("megawatts", "MW"),
    ("degrees", "°"),
];

/// The numbers that a text states, in order.
pub fn numbers(text: &str) -> Vec<Number> {
    let dates = dates(text);
    let mut dated = dates.iter().peekable();
    let tokens: Vec<(Span, String)> = words(text).map(|s| (s, s.of(text).to_lowercase())).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((span, _)) = tokens.get(at) {
        while dated.peek().is_some_and(|d| d.span.end <= span.start) {
            dated.next();
        }
        if dated.peek().is_some_and(|d| d.span.overlaps(*span)) {
            at += 1;
            continue;
        }
        match read(text, &tokens, at) {
            Some((number, taken)) => {
                found.push(number);
                at += taken;
            }
            None => at += 1,
        }
    }
    found
}

/// Reads a number whose first figure or number word is at a token.
fn read(text: &str, tokens: &[(Span, String)], at: usize) -> Option<(Number, usize)> {
    let word = |i: usize| tokens.get(i).map_or("", |(_, w)| w.as_str());
    let near = |i: usize| {
        tokens.get(i).zip(tokens.get(i + 1)).is_some_and(|((a, _), (b, _))| {
            text.get(a.end as usize..b.start as usize)
                .is_some_and(|gap| gap == " " || gap == "-" || gap == "\u{a0}")
        })
    };
    let (span, first) = tokens.get(at)?;
    let mut approx = Approx::Exact;
    let mut taken = 1;
    let mut value = if let Some(plain) = figure(first) {
        plain
    } else if let Some((_, scale)) = SCALES.iter().find(|(w, _)| first.strip_suffix('s') == Some(w)) {
        approx = Approx::Order;
        *scale
    } else if let Some(small) = small(first) {
        small
    } else if (first == "a" || first == "an") && SCALES.iter().any(|(w, _)| *w == word(at + 1)) && near(at) {
        1.0
    } else {
        return None;
    };
    if let (true, Some(tens)) = (
        near(at),
        TENS.iter().chain(["twenty"].iter()).any(|t| t == first).then(|| small(word(at + 1))).flatten(),
    ) {
        if (1.0..10.0).contains(&tens) {
            value += tens;
            taken += 1;
        }
    }
    while approx != Approx::Order && taken < 5 && near(at + taken - 1) {
        let Some((_, scale)) = SCALES.iter().find(|(w, _)| *w == word(at + taken)) else { break };
        value *= scale;
        taken += 1;
    }
    let (mut start, mut end) = (span.start as usize, tokens[at + taken - 1].0.end as usize);
    let mut unit = None;
    if let Some(sign) = text[..start].chars().next_back().filter(|c| matches!(c, '$' | '€' | '£' | '¥' | '₹'))
    {
        start -= sign.len_utf8();
        unit = Some(sign.to_string());
    } else if text[end..].starts_with('%') {
        end += 1;
        unit = Some("%".to_owned());
    } else if near(at + taken - 1) {
        let one = word(at + taken);
        let two = if near(at + taken) { format!("{one} {}", word(at + taken + 1)) } else { String::new() };
        if let Some((form, short)) =
            UNITS.iter().find(|(w, _)| *w == two).or_else(|| UNITS.iter().find(|(w, _)| *w == one))
        {
            taken += 1 + usize::from(form.contains(' '));
            end = tokens[at + taken - 1].0.end as usize;
            unit = Some((*short).to_owned());
        }
    }
    // "one" is a number only where it counts something measured or scaled.
    if first == "one" && taken == 1 {
        return None;
    }
    if let Some((width, found)) = qualifier(text, tokens, at, start) {
        start = width;
        approx = found;
    }
    value.is_finite().then_some((Number { span: Span::new(start, end), value, approx, unit }, taken))
}

/// The qualifier that ends right before byte `start`: its first byte and what it says.
fn qualifier(text: &str, tokens: &[(Span, String)], at: usize, start: usize) -> Option<(usize, Approx)> {
    let before = at.checked_sub(1)?;
    let gap = text.get(tokens[before].0.end as usize..start)?;
    if gap != " " {
        return None;
    }
    let one = tokens[before].1.as_str();
    let two = before.checked_sub(1).map(|i| format!("{} {one}", tokens[i].1));
    QUALIFIERS
        .iter()
        .find(|(w, _)| two.as_deref() == Some(w))
        .map(|(_, a)| (tokens[before - 1].0.start as usize, *a))
        .or_else(|| {
            QUALIFIERS.iter().find(|(w, _)| *w == one).map(|(_, a)| (tokens[before].0.start as usize, *a))
        })
}

fn figure(word: &str) -> Option<f64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) || word.len() > 24 {
        return None;
    }
    let plain: String = word.chars().filter(|c| *c != ',').collect();
    plain.parse().ok()
}

fn small(word: &str) -> Option<f64> {
    let low = SMALL.iter().position(|w| *w == word).map(|i| i as f64);
    low.or_else(|| TENS.iter().position(|w| *w == word).map(|i| (i as f64 + 3.0) * 10.0))
}

#[cfg(test)]
mod tests {
    use super::{Approx, numbers};

    fn check(text: &str, expected: &[(&str, f64, Approx)]) {
        let found: Vec<(&str, f64, Approx)> =
            numbers(text).iter().map(|n| (n.span.of(text), n.value, n.approx)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn stated_numbers() {
        check("Over 1,200 Israeli civilians", &[("Over 1,200", 1200.0, Approx::Over)]);
        check("in which hundreds of civilians", &[("hundreds", 100.0, Approx::Order)]);
        check("about 3 percent of", &[("about 3 percent", 3.0, Approx::About)]);
        check("$2.5 billion deal", &[("$2.5 billion", 2.5e9, Approx::Exact)]);
        check("two dozen men", &[("two dozen", 24.0, Approx::Exact)]);
        check("at least 40 dead", &[("at least 40", 40.0, Approx::AtLeast)]);
        check("twenty-five people", &[("twenty-five", 25.0, Approx::Exact)]);
        check("the October 7, 2023 massacre", &[]);
        check("no one came", &[]);
    }
}
