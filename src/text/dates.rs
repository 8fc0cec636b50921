//! Dates as news text states them.
//!
//! Invariant: mentions are in order and do not overlap; what is not stated is absent (`October 7` has no year);
//! a date that does not exist (31 June) is not one. Relative mentions carry only what they say by themselves:
//! nothing here knows today's date.

use super::calendar::MONTHS;
use super::words::listed;
use super::{Span, fold, is_capital, words};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A civil date of which any part may be unstated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    /// Year, 1000 to 2199.
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

/// A stretch of text that states a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// The words, without "on" or "in".
    pub span: Span,
    /// What they state. All absent for a relative mention such as "Tuesday".
    pub date: PartialDate,
    /// Whether it depends on the day of writing: "Tuesday", "last week", "today".
    pub relative: bool,
    /// Whether the year stands for its decade: "the 1990s".
    pub decade: bool,
}

/// A word with its folded form.
pub(super) struct Token<'a> {
    pub span: Span,
    pub folded: Cow<'a, str>,
    /// Whether no date or number begins with it: what its reader knows, else `false`.
    pub idle: bool,
}

/// Longest word of interest, in bytes.
pub(super) const LONGEST: usize = 48;

/// The words of a text with their folded forms; very long words are of no interest and stay empty.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    words(text)
        .map(|span| Token {
            span,
            folded: if span.len() <= LONGEST { fold(span.of(text)).into() } else { "".into() },
            idle: false,
        })
        .collect()
}

/// The text between one token and the next.
pub(super) fn gap<'a>(text: &'a str, tokens: &[Token], after: usize) -> &'a str {
    match (tokens.get(after), tokens.get(after + 1)) {
        (Some(a), Some(b)) => text.get(a.span.end as usize..b.span.start as usize).unwrap_or(""),
        _ => "",
    }
}

/// A month's number by its English name or abbreviation; `sure` unless the word has another sense.
fn month(text: &str, token: &Token) -> Option<(u8, bool)> {
    let word: &str = &token.folded;
    let capital = token.span.of(text).chars().next().is_some_and(is_capital);
    if !capital {
        return None;
    }
    let at = match word {
        "sept" => 8,
        _ => MONTHS.iter().position(|month| {
            let said = if word.len() == 3 { &month[..3] } else { month };
            said.eq_ignore_ascii_case(word)
        })?,
    };
    Some((at as u8 + 1, !matches!(word, "may" | "march" | "mar" | "jan" | "jun")))
}

/// The words by which a date may begin.
pub(super) fn telling() -> impl Iterator<Item = &'static str> {
    const DAYS: &str = "today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday last \
        next this past previous sept";
    let elsewhere = ELSEWHERE.iter().flat_map(|names| names.split(' '));
    MONTHS.iter().flat_map(|month| [*month, &month[..3]]).chain(DAYS.split(' ')).chain(elsewhere)
}

/// How French, German, Spanish, Persian and Arabic name the months, folded, where English does not.
const ELSEWHERE: [&str; 12] = [
    "janvier januar janner enero ژانویه ینایر",
    "fevrier februar febrero فوریه فبرایر شباط",
    "mars marz marzo مارس اذار",
    "avril abril اوریل ابریل نیسان",
    "mai mayo مه مایو ایار",
    "juin juni junio ژوین یونیو حزیران",
    "juillet juli julio ژوییه جولای یولیو تموز",
    "aout agosto اوت اگوست اغسطس",
    "septembre septiembre setiembre سپتامبر سبتمبر ایلول",
    "octobre oktober octubre اکتبر اکتوبر",
    "novembre noviembre نوامبر نوفمبر",
    "decembre dezember diciembre دسامبر دیسمبر",
];

/// A month's number by its name in another language. Such names have other senses, so that a day must stand before
/// them or a year behind.
fn month_elsewhere(token: &Token) -> Option<u8> {
    let at = ELSEWHERE.iter().position(|names| names.split(' ').any(|name| name == token.folded))?;
    Some(at as u8 + 1)
}

/// A day of the month: `7`, `07`, `7th`.
fn day(token: &Token) -> Option<u8> {
    let digits = token.folded.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = token.folded.get(digits.len()..)?;
    if !matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "er") || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}

/// A year of four digits.
fn year(token: &Token) -> Option<u16> {
    let word = &token.folded;
    (word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
        .filter(|y| (1000..=2199).contains(y))
}

/// Days in a month; February has 29 where the year is unstated or leaps.
fn days_in(year: Option<u16>, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_none_or(|y| y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)) => 29,
        2 => 28,
        _ => 31,
    }
}

fn exists(date: PartialDate) -> bool {
    match (date.month, date.day) {
        (Some(m), Some(d)) => (1..=12).contains(&m) && d >= 1 && d <= days_in(date.year, m),
        (Some(m), None) => (1..=12).contains(&m),
        _ => true,
    }
}

/// The dates that a text mentions, in order.
pub fn dates(text: &str) -> Vec<DateMention> {
    of_tokens(text, &tokens(text))
}

pub(super) fn of_tokens(text: &str, tokens: &[Token]) -> Vec<DateMention> {
    let mut found: Vec<DateMention> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.idle {
            at += 1;
            continue;
        }
        let reader = Reader { text, tokens, at };
        match reader
            .iso()
            .or_else(|| reader.month_first())
            .or_else(|| reader.day_first())
            .or_else(|| reader.other())
        {
            Some((mention, used)) => {
                found.push(mention);
                at += used;
            }
            None => at += 1,
        }
    }
    found
}

/// Reads a date at one token. Each method gives the mention and the number of tokens used.
struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token<'a>],
    at: usize,
}

type Read = Option<(DateMention, usize)>;

impl Reader<'_> {
    fn token(&self, ahead: usize) -> Option<&Token<'_>> {
        self.tokens.get(self.at + ahead)
    }

    fn word(&self, ahead: usize) -> &str {
        self.token(ahead).map_or("", |t| t.folded.as_ref())
    }

    fn before(&self) -> &str {
        self.at.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or("", |t| t.folded.as_ref())
    }

    /// Whether the gap after the token `ahead` is one of these once trimmed.
    fn gap_is(&self, ahead: usize, allowed: &[&str]) -> bool {
        let gap = gap(self.text, self.tokens, self.at + ahead);
        !gap.is_empty() && gap.len() <= 4 && allowed.contains(&gap.trim())
    }

    fn mention(&self, used: usize, date: PartialDate, relative: bool) -> Read {
        let (first, last) = (self.token(0)?, self.token(used.checked_sub(1)?)?);
        let span = Span { start: first.span.start, end: last.span.end };
        exists(date).then_some((DateMention { span, date, relative, decade: false }, used))
    }

    /// `2023-10-07`, `2023/10/07`.
    fn iso(&self) -> Read {
        let year = Some(year(self.token(0)?)?);
        let separator = gap(self.text, self.tokens, self.at);
        if !matches!(separator, "-" | "/") || gap(self.text, self.tokens, self.at + 1) != separator {
            return None;
        }
        let part = |ahead| self.token(ahead).filter(|t| t.folded.len() == 2).and_then(day);
        self.mention(3, PartialDate { year, month: Some(part(1)?), day: Some(part(2)?) }, false)
    }

    /// `October 7, 2023`, `Oct. 7`, `October 7th`, `March 2024`, `March`.
    fn month_first(&self) -> Read {
        let Some((month, sure)) = month(self.text, self.token(0)?) else { return self.month_elsewhere() };
        let close = self.gap_is(0, &["", "."]);
        if close && let Some(day) = self.token(1).and_then(day) {
            let year = self.token(2).and_then(year).filter(|_| self.gap_is(1, &["", ","]));
            let date = PartialDate { year, month: Some(month), day: Some(day) };
            let read = self.mention(if year.is_some() { 3 } else { 2 }, date, false);
            if read.is_some() {
                return read;
            }
        }
        if self.gap_is(0, &["", ".", ","])
            && let Some(year) = self.token(1).and_then(year)
        {
            return self.mention(2, PartialDate { year: Some(year), month: Some(month), day: None }, false);
        }
        let led = matches!(
            self.before(),
            "in" | "since" | "by" | "until" | "of" | "last" | "next" | "early" | "late" | "mid" | "through"
        );
        let alone = led || (sure && self.word(0).len() > 3);
        alone
            .then(|| self.mention(1, PartialDate { year: None, month: Some(month), day: None }, false))
            .flatten()
    }

    /// `octobre 2023`, `octubre de 2023`; but `Mars 2020` is a rover.
    fn month_elsewhere(&self) -> Read {
        let de = self.de(1);
        let year = Some(self.token(1 + de).and_then(year)?);
        let rover = self.word(0) == "mars" && self.token(0)?.span.of(self.text).starts_with('M');
        if rover || !self.gap_is(0, &[""]) || !self.gap_is(de, &[""]) {
            return None;
        }
        self.mention(
            2 + de,
            PartialDate { year, month: Some(month_elsewhere(self.token(0)?)?), day: None },
            false,
        )
    }

    /// 1 where the Spanish word stands there that leads to a month or a year.
    fn de(&self, ahead: usize) -> usize {
        usize::from(matches!(self.word(ahead), "de" | "del"))
    }

    /// `7 October 2023`, `7th of October`, `the 7th of October`, `7. Oktober 2023`, `7 de octubre de 2023`.
    fn day_first(&self) -> Read {
        let day = Some(day(self.token(0)?)?);
        let of = usize::from(self.word(1) == "of" && self.gap_is(0, &[""])) | self.de(1);
        if !self.gap_is(of, &["", "."]) {
            return None;
        }
        let named = self.token(1 + of)?;
        let month = Some(month(self.text, named).map(|(month, _)| month).or_else(|| month_elsewhere(named))?);
        let de = self.de(2 + of);
        let year = self.token(2 + of + de).and_then(year).filter(|_| self.gap_is(1 + of, &["", ",", "."]));
        // "The 19 Sept. 11 hijackers": of that day 19.
        let the =
            self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|t| t.folded == "the");
        if the && year.is_none() && self.token(2 + of).and_then(self::day).is_some() {
            return None;
        }
        let date = PartialDate { year, month, day };
        self.mention(if year.is_some() { 3 + de } else { 2 } + of, date, false)
    }

    /// `2018`, `the 1990s`, `Tuesday`, `last week`, `today`.
    fn other(&self) -> Read {
        let token = self.token(0)?;
        let word: &str = &token.folded;
        if let Some(year) = year(token) {
            return self
                .is_year(year)
                .then(|| self.mention(1, PartialDate { year: Some(year), ..Default::default() }, false))
                .flatten();
        }
        let decade = word.strip_suffix('s').unwrap_or("");
        if decade.len() == 4 && decade.ends_with('0') && decade.bytes().all(|b| b.is_ascii_digit()) {
            let year = decade.parse().ok();
            let (mut mention, used) = self.mention(1, PartialDate { year, ..Default::default() }, false)?;
            mention.decade = true;
            return Some((mention, used));
        }
        let relative = self.mention(1, PartialDate::default(), true);
        match word {
            "today" | "yesterday" | "tomorrow" | "tonight" => relative,
            "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" => relative,
            "last" | "next" | "this" | "past" | "previous" if self.gap_is(0, &[""]) => {
                let unit = self.word(1);
                let known =
                    matches!(
                        unit,
                        "week"
                            | "weekend"
                            | "month"
                            | "year"
                            | "decade"
                            | "century"
                            | "night"
                            | "summer"
                            | "winter"
                            | "spring"
                            | "autumn"
                            | "fall"
                            | "morning"
                            | "afternoon"
                            | "evening"
                    ) || unit.ends_with("day") && unit.len() >= 6 && unit != "birthday" && unit != "holiday";
                known.then(|| self.mention(2, PartialDate::default(), true)).flatten()
            }
            _ => None,
        }
    }

    /// Whether a number of four digits that stands alone is a year.
    fn is_year(&self, year: u16) -> bool {
        let token = self.token(0);
        let start = token.map_or(0, |t| t.span.start as usize);
        let end = token.map_or(0, |t| t.span.end as usize);
        let left = self.text.get(..start).unwrap_or("").chars().next_back().unwrap_or(' ');
        let right = self.text.get(end..).unwrap_or("").chars().next().unwrap_or(' ');
        // "1,998" folds to four digits, but is a figure.
        if token.is_none_or(|t| t.span.of(self.text).contains([',', '٬']))
            || is_currency(left)
            || matches!(left, '#' | '+' | '/' | '.' | ':' | '_')
            || matches!(right, '%' | '°' | '/' | ':' | '_' | '@')
        {
            return false;
        }
        let led = matches!(
            self.before(),
            "in" | "since"
                | "by"
                | "until"
                | "till"
                | "from"
                | "during"
                | "before"
                | "after"
                | "of"
                | "year"
                | "early"
                | "late"
                | "mid"
                | "circa"
                | "through"
        );
        let spaced = self.gap_is(0, &["", "-"]);
        if spaced && is_counted(self.word(1)) {
            return false;
        }
        if (1900..=2099).contains(&year) {
            let counts = matches!(
                self.before(),
                "over"
                    | "about"
                    | "nearly"
                    | "almost"
                    | "some"
                    | "than"
                    | "least"
                    | "roughly"
                    | "approximately"
                    | "around"
                    | "another"
                    | "exactly"
                    | "only"
                    | "no"
                    | "number"
                    | "nos"
            );
            !counts
        } else {
            led && !(spaced && self.word(1).ends_with('s'))
        }
    }
}

/// Whether a character is a currency sign.
pub(super) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₪' | '₹' | '₽' | '₺' | '₩' | '﷼' | '₴')
}

/// Whether a noun is one that is counted, so that `2000` before it is no year.
fn is_counted(word: &str) -> bool {
    const COUNTED: &str = " people persons civilians soldiers troops men women children hostages prisoners fighters \
        militants victims deaths dead casualties wounded injured homes houses buildings rockets missiles drones \
        strikes centrifuges barrels tons tonnes kilograms kg km kilometers kilometres miles meters metres feet \
        acres hectares dollars euros pounds shekels rials percent per hours minutes seconds days weeks months years \
        jobs workers employees members students families refugees migrants protesters demonstrators votes pages \
        words times others million billion trillion thousand hundred dozen residents citizens israelis palestinians \
        iranians americans ";
    listed(COUNTED, word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each mention as `words=year-month-day`, with `~` where relative and `s` where a decade.
    fn check(text: &str, expected: &[&str]) {
        let part = |v: Option<u16>| v.map_or("?".to_owned(), |v| v.to_string());
        let found: Vec<String> = dates(text)
            .iter()
            .map(|m| {
                let (d, words) = (m.date, m.span.of(text));
                if m.relative {
                    return format!("{words}=~");
                }
                let decade = if m.decade { "s" } else { "" };
                format!(
                    "{words}={}{decade}-{}-{}",
                    part(d.year),
                    part(d.month.map(u16::from)),
                    part(d.day.map(u16::from))
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn stated_dates() {
        check("Following the October 7, 2023 massacre", &["October 7, 2023=2023-10-7"]);
        check("The October 7th attack and 7 October.", &["October 7th=?-10-7", "7 October=?-10-7"]);
        check("On Oct. 7 and the 7th of October 2023", &["Oct. 7=?-10-7", "7th of October 2023=2023-10-7"]);
        check("15 of the 19 Sept. 11 hijackers", &["Sept. 11=?-9-11"]);
        check("on 2023-10-07, not 2023-13-40", &["2023-10-07=2023-10-7", "2023=2023-?-?"]);
        check("the United States’ 2018 exit; in 2018", &["2018=2018-?-?", "2018=2018-?-?"]);
        check("since March 2024, in May and in June", &["March 2024=2024-3-?", "May=?-5-?", "June=?-6-?"]);
        check("the 1990s", &["1990s=1990s-?-?"]);
        check("announced Tuesday, last week and today", &["Tuesday=~", "last week=~", "today=~"]);
        check("Tuesday, October 7", &["Tuesday=~", "October 7=?-10-7"]);
    }

    #[test]
    fn months_of_other_languages() {
        check("le 7 octobre 2023, en août 2024", &["7 octobre 2023=2023-10-7", "août 2024=2024-8-?"]);
        check("Le 1er février et le 31 décembre", &["1er février=?-2-1", "31 décembre=?-12-31"]);
        check("am 7. Oktober 2023, im März 2024", &["7. Oktober 2023=2023-10-7", "März 2024=2024-3-?"]);
        check(
            "el 7 de octubre de 2023, en mayo de 2024",
            &["7 de octubre de 2023=2023-10-7", "mayo de 2024=2024-5-?"],
        );
        check("در ۷ اکتبر ۲۰۲۳ و ژوئن ۲۰۲۴", &["۷ اکتبر ۲۰۲۳=2023-10-7", "ژوئن ۲۰۲۴=2024-6-?"]);
        check("في 7 أكتوبر 2023 وفي ٣ يوليو", &["7 أكتوبر 2023=2023-10-7", "٣ يوليو=?-7-3"]);
        check("Mars 2020 landed; en mars 2020", &["2020=2020-?-?", "mars 2020=2020-3-?"]);
        check("juin, im Mai, de mayo, 40 mai", &[]);
        for name in ELSEWHERE.iter().flat_map(|names| names.split(' ')) {
            assert_eq!(fold(name), name, "as folded words are");
            assert!(!MONTHS.iter().any(|month| month.eq_ignore_ascii_case(name)), "{name} is English");
        }
    }

    #[test]
    fn not_dates() {
        check("They may march on 5 people", &[]);
        check("over 2000 people, $2018 and 1,998", &[]);
        check("June 31", &["June=?-6-?"]);
        check("May said", &[]);
        check("1200 civilians", &[]);
    }

    proptest! {
        #[test]
        fn total(text in "(\\PC{0,3}|[0-9]{1,4}[ ,/-]|October |May |the |last week |Tuesday|th ){0,40}") {
            let mut last = 0;
            for mention in dates(&text) {
                prop_assert!(mention.span.start >= last && !mention.span.is_empty());
                prop_assert!(text.get(mention.span.range()).is_some());
                last = mention.span.end;
            }
        }
    }
}
