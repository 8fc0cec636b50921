//! Dates: where a text states one, and what of year, month and day it states.
//!
//! Invariant: only what is stated is filled in; nothing is resolved against a clock. Spans ascend and do not
//! overlap. Not here: resolving “Tuesday” against the day an article appeared.

use super::{Span, words};
use serde::{Deserialize, Serialize};

/// The parts of a date that are stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PartialDate {
    /// Year, 1000 to 2999.
    pub year: Option<u16>,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31.
    pub day: Option<u8>,
}

impl PartialDate {
    /// Whether the two may be one day: no part that both state differs.
    pub fn agrees(self, other: PartialDate) -> bool {
        fn same<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
            a.is_none() || b.is_none() || a == b
        }
        same(self.year, other.year) && same(self.month, other.month) && same(self.day, other.day)
    }

    /// As ISO 8601 as far as it goes: `2023-10-07`, `2023-10`, `2023`; `None` without a year.
    pub fn iso(self) -> Option<String> {
        let year = self.year?;
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}"),
        })
    }
}

/// A date or time as stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Where, in bytes.
    pub span: Span,
    /// What is stated; empty for “last week”.
    pub date: PartialDate,
    /// Whether it depends on when it was written: “Tuesday”, “last week”, “today”.
    pub relative: bool,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: &str = " monday tuesday wednesday thursday friday saturday sunday ";
const UNITS: &str =
    " day week month year decade century weekend spring summer autumn fall winter morning evening night ";
const DAYS: &str = " today yesterday tomorrow tonight ";

/// A word with its bytes.
struct Token<'t> {
    span: Span,
    text: &'t str,
    lower: String,
}

/// The dates that a text states, in order.
pub fn dates(text: &str) -> Vec<DateMention> {
    let tokens: Vec<Token> = words(text)
        .map(|span| Token { span, text: span.of(text), lower: span.of(text).to_lowercase() })
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match read(text, &tokens, at) {
            Some((taken, date, relative)) if taken > 0 => {
                let last = &tokens[at + taken - 1];
                let span = Span { start: tokens[at].span.start, end: last.span.end };
                found.push(DateMention { span, date, relative });
                at += taken;
            }
            _ => at += 1,
        }
    }
    found
}

/// Reads a date at a token: how many tokens it takes, what it states, whether it is relative.
fn read(text: &str, tokens: &[Token], at: usize) -> Option<(usize, PartialDate, bool)> {
    let token = &tokens[at];
    let next = tokens.get(at + 1);
    // The two tokens have nothing but white space, a comma or a stop between them.
    let joined = |i: usize| {
        tokens.get(i).zip(tokens.get(i + 1)).is_some_and(|(a, b)| {
            let gap = text.get(a.span.end as usize..b.span.start as usize).unwrap_or("x");
            gap.len() <= 3 && gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '.'))
        })
    };
    if let Some(month) = month(token) {
        let mut date = PartialDate { month: Some(month), ..PartialDate::default() };
        let mut taken = 1;
        if let Some(day) = next.filter(|_| joined(at)).and_then(|t| day(t.text)) {
            date.day = Some(day);
            taken = 2;
        }
        if let Some(year) =
            tokens.get(at + taken).filter(|_| joined(at + taken - 1)).and_then(|t| year(t.text))
        {
            date.year = Some(year);
            taken += 1;
        }
        let certain = taken > 1 || (token.lower != "may" && token.lower != "march");
        return certain.then_some((taken, date, false));
    }
    if let Some(day) = day(token.text) {
        // 7 October 2023, 7th of October
        let skip = usize::from(next.is_some_and(|t| t.lower == "of"));
        if let Some(month) = tokens.get(at + 1 + skip).filter(|_| joined(at)).and_then(month) {
            let mut date = PartialDate { year: None, month: Some(month), day: Some(day) };
            let mut taken = 2 + skip;
            if let Some(year) =
                tokens.get(at + taken).filter(|_| joined(at + taken - 1)).and_then(|t| year(t.text))
            {
                date.year = Some(year);
                taken += 1;
            }
            return Some((taken, date, false));
        }
    }
    if let Some(date) = iso(text, tokens, at) {
        return Some((3, date, false));
    }
    if let Some(year) = year(token.text) {
        let before = at.checked_sub(1).map(|i| tokens[i].lower.as_str()).unwrap_or("");
        let money = text[..token.span.start as usize].ends_with(['$', '€', '£']);
        let counted =
            next.is_some_and(|t| joined(at) && t.text.chars().all(char::is_lowercase) && plural(&t.lower));
        let placed = [
            "in", "since", "of", "by", "until", "from", "to", "during", "before", "after", "early", "late",
            "mid", "the", "and", "between",
        ]
        .contains(&before);
        if !money && (placed || !counted) && (1_800..=2_100).contains(&year) {
            return Some((1, PartialDate { year: Some(year), ..PartialDate::default() }, false));
        }
    }
    if let Some(decade) = token.lower.strip_suffix('s').and_then(year).filter(|y| y % 10 == 0) {
        return Some((1, PartialDate { year: Some(decade), ..PartialDate::default() }, false));
    }
    if contains(WEEKDAYS, &token.lower) && token.text.starts_with(char::is_uppercase) {
        return Some((1, PartialDate::default(), true));
    }
    if contains(DAYS, &token.lower) {
        return Some((1, PartialDate::default(), true));
    }
    if ["last", "next", "this", "past"].contains(&token.lower.as_str())
        && next.is_some_and(|t| joined(at) && (contains(UNITS, &t.lower) || contains(WEEKDAYS, &t.lower)))
    {
        return Some((2, PartialDate::default(), true));
    }
    None
}

fn contains(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|w| w == word)
}

fn plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s')
}

fn month(token: &Token) -> Option<u8> {
    if !token.text.starts_with(char::is_uppercase) {
        return None;
    }
    let short = token.lower.len() == 3 || token.lower == "sept";
    MONTHS
        .iter()
        .position(|m| *m == token.lower || (short && m.starts_with(token.lower.as_str())))
        .map(|i| i as u8 + 1)
}

fn day(text: &str) -> Option<u8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|s| text.strip_suffix(s)).unwrap_or(text);
    digits.parse().ok().filter(|d| digits.len() <= 2 && (1..=31).contains(d))
}

fn year(text: &str) -> Option<u16> {
    text.parse().ok().filter(|y| text.len() == 4 && (1_000..3_000).contains(y))
}

/// `2023-10-07` as three tokens with hyphens.
fn iso(text: &str, tokens: &[Token], at: usize) -> Option<PartialDate> {
    let [a, b, c] = tokens.get(at..at + 3)? else { return None };
    let hyphen = |x: &Token, y: &Token| text.get(x.span.end as usize..y.span.start as usize) == Some("-");
    let (year, month, day) = (year(a.text)?, b.text.parse().ok()?, day(c.text)?);
    (hyphen(a, b) && hyphen(b, c) && b.text.len() == 2 && (1..=12).contains(&month)).then_some(PartialDate {
        year: Some(year),
        month: Some(month),
        day: Some(day),
    })
}

#[cfg(test)]
mod tests {
    use super::dates;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<(&str, String)> = dates(text)
            .iter()
            .map(|d| {
                let part = |n: Option<u16>| n.map_or("-".to_owned(), |n| n.to_string());
                let d2 = d.date;
                (
                    d.span.of(text),
                    format!(
                        "{} {} {}",
                        part(d2.year),
                        part(d2.month.map(u16::from)),
                        part(d2.day.map(u16::from))
                    ),
                )
            })
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (*a, b.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn stated_dates() {
        check("the October 7, 2023 massacre", &[("October 7, 2023", "2023 10 7")]);
        check("The October 7th Hamas massacre", &[("October 7th", "- 10 7")]);
        check("on 7 October 2023.", &[("7 October 2023", "2023 10 7")]);
        check("States’ 2018 exit", &[("2018", "2018 - -")]);
        check("announced Tuesday that", &[("Tuesday", "- - -")]);
        check("on 2023-10-07 it", &[("2023-10-07", "2023 10 7")]);
        check("They may occur. He will march.", &[]);
        check("In May 2024 and last week", &[("May 2024", "2024 5 -"), ("last week", "- - -")]);
        check("about 2000 soldiers", &[]);
        check("the 1990s", &[("1990s", "1990 - -")]);
    }
}
