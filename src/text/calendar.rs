//! The calendar: which day words such as "Tuesday" or "October 7" mean in a text that was written on a known day.
//!
//! Invariants: a part that is stated is kept; what cannot be counted from the day of writing is `None`, never a
//! guess at a week or a season. Day numbers count from 1970-01-01 (Howard Hinnant, "chrono-compatible low-level
//! date algorithms"). Not here: finding dates in a text (`dates.rs`).

use super::{PartialDate, fold};

/// The months by their English names.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEK: [&str; 7] = ["thursday", "friday", "saturday", "sunday", "monday", "tuesday", "wednesday"];

/// Year, month by name and day of an ISO date that may stop early; what is not there or cannot be is `None`.
pub fn parts(iso: &str) -> (Option<&str>, Option<&'static str>, Option<u8>) {
    let mut parts = iso.splitn(3, '-');
    let year = parts.next().filter(|year| !year.is_empty());
    let month = parts.next().and_then(|month| month.parse::<usize>().ok());
    let day = parts.next().and_then(|day| day.parse().ok());
    (year, month.and_then(|month| MONTHS.get(month.checked_sub(1)?).copied()), day)
}

/// "2024-02-27" as "27 Feb 2024", "2024-02" as "Feb 2024"; anything else as it is.
pub fn short(iso: &str) -> String {
    let (year, month, day) = parts(iso);
    let Some((year, month)) = year.zip(month.and_then(|month| month.get(..3))) else { return iso.to_owned() };
    match day {
        Some(day) => format!("{day} {month} {year}"),
        None => format!("{month} {year}"),
    }
}

/// Days from 1970-01-01 to a day; months and days count from 1.
pub fn number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The day of a number; no year where it has none of 0 to 65,535.
pub fn day(number: i64) -> PartialDate {
    let days = number + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days - era * 146_097;
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    PartialDate { year: u16::try_from(year).ok(), month: Some(month as u8), day: Some(day as u8) }
}

/// The day's number of a date that states year and month; a month counts from its middle.
fn number_of(date: PartialDate) -> Option<i64> {
    let month = i64::from(date.month?);
    Some(number(i64::from(date.year?), month, date.day.map_or(15, i64::from)))
}

/// The date that `words`, which state `stated`, mean in a text written on `written`. `ahead`: the sentence speaks
/// of what is to come. `None` where they state their year themselves, or where the day cannot be counted.
pub fn resolve(words: &str, stated: PartialDate, written: PartialDate, ahead: bool) -> Option<PartialDate> {
    if stated.year.is_some() {
        return None;
    }
    let now = number_of(written)?;
    if stated.month.is_some() {
        // The nearest such day; of two equally near the earlier.
        let year = written.year?;
        let years = [year.checked_sub(1)?, year, year + 1];
        let dates = years.map(|year| PartialDate { year: Some(year), ..stated });
        let real = |date: &PartialDate| stated.day.is_none() || number_of(*date).map(day) == Some(*date);
        return dates.into_iter().filter(real).min_by_key(|date| number_of(*date).map(|n| (n - now).abs()));
    }
    let words = fold(words);
    let words: Vec<&str> = words.split_whitespace().collect();
    let by = match words.first() {
        Some(&"last") => -1,
        Some(&"next") => 1,
        _ => 0,
    };
    match *words.last()? {
        "year" if words.len() == 2 => {
            let year = i64::from(written.year?) + by;
            Some(PartialDate { year: u16::try_from(year).ok(), month: None, day: None })
        }
        "month" if words.len() == 2 => {
            let months = i64::from(written.year?) * 12 + i64::from(written.month?) - 1 + by;
            let (year, month) = (months.div_euclid(12), months.rem_euclid(12) as u8 + 1);
            Some(PartialDate { year: u16::try_from(year).ok(), month: Some(month), day: None })
        }
        word => {
            written.day?;
            let away = match word {
                "today" | "tonight" => 0,
                "yesterday" => -1,
                "tomorrow" => 1,
                _ => {
                    let wanted = WEEK.iter().position(|day| *day == word)? as i64;
                    let since = (now - wanted).rem_euclid(7);
                    match (by, since) {
                        (-1, 0) => -7,
                        (1, _) => 7 - since,
                        (0, 1..) if ahead => 7 - since,
                        _ => -since,
                    }
                }
            };
            Some(day(now + away)).filter(|date| date.year.is_some())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(iso: &str) -> PartialDate {
        let mut parts = iso.split('-').map(|part| part.parse::<u16>().unwrap());
        let year = parts.next();
        let mut small = parts.map(|part| part as u8);
        PartialDate { year, month: small.next(), day: small.next() }
    }

    #[test]
    fn short_dates() {
        for (date, expected) in
            [("2024-02-07", "7 Feb 2024"), ("2024-02", "Feb 2024"), ("2024", "2024"), ("?-99-1", "?-99-1")]
        {
            assert_eq!(short(date), expected);
        }
    }

    fn check(words: &str, written: &str, ahead: bool, expected: Option<&str>) {
        let stated = crate::text::dates(words).first().map_or(PartialDate::default(), |mention| mention.date);
        let got = resolve(words, stated, date(written), ahead).and_then(PartialDate::iso);
        assert_eq!(got.as_deref(), expected, "{words} in {written}");
    }

    #[test]
    fn counted_from_the_day_of_writing() {
        // 11 March 2024 was a Monday.
        check("today", "2024-03-11", false, Some("2024-03-11"));
        check("Yesterday", "2024-03-01", false, Some("2024-02-29"));
        check("tomorrow", "2023-12-31", false, Some("2024-01-01"));
        check("Monday", "2024-03-11", false, Some("2024-03-11"));
        check("Tuesday", "2024-03-11", false, Some("2024-03-05"));
        check("Tuesday", "2024-03-11", true, Some("2024-03-12"));
        check("last Monday", "2024-03-11", false, Some("2024-03-04"));
        check("next Monday", "2024-03-11", false, Some("2024-03-18"));
        check("last month", "2024-01-11", false, Some("2023-12"));
        check("next month", "2024-12-11", false, Some("2025-01"));
        check("last year", "2024", false, None);
        check("last year", "2024-05", false, Some("2023"));
        check("October 7", "2024-03-11", false, Some("2023-10-07"));
        check("October 7", "2024-09-30", false, Some("2024-10-07"));
        check("7 January", "2024-12-20", false, Some("2025-01-07"));
        check("29 February", "2023-03-01", false, Some("2024-02-29"));
        check("October 7, 2023", "2024-03-11", false, None);
        check("last week", "2024-03-11", false, None);
        check("Tuesday", "2024-03", false, None);
    }

    proptest! {
        #[test]
        fn days_and_numbers_are_one(number in -350_000i64..80_000) {
            let date = day(number);
            prop_assert_eq!(number_of(date), Some(number));
        }

        #[test]
        fn total(words in ".{0,12}", year in 0u16..3000, month in 1u8..13, day in 1u8..32, ahead: bool) {
            let written = PartialDate { year: Some(year), month: Some(month), day: Some(day) };
            let _ = resolve(&words, PartialDate::default(), written, ahead);
            let _ = resolve(&words, PartialDate { year: None, ..written }, written, ahead);
        }
    }
}
