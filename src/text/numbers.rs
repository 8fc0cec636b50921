//! Numbers as news text states them: figures, number words, ranges, and how exact they claim to be.
//!
//! Invariant: numbers are in order, do not overlap, have a finite value, and never lie inside a date.

use super::Span;
use super::dates::{self, DateMention, Token, gap, is_currency};
use super::words::listed;
use serde::{Deserialize, Serialize};

/// How a number relates to the value that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Approx {
    /// "1,200", "two dozen".
    Exact,
    /// "about", "some", "roughly".
    About,
    /// "nearly", "almost", "close to".
    Nearly,
    /// "over", "more than".
    Over,
    /// "at least".
    AtLeast,
    /// "under", "fewer than".
    Under,
    /// "up to", "at most", "as many as".
    AtMost,
    /// "hundreds", "tens of thousands": the value is the order of magnitude.
    Order,
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The whole statement: "over 1,200", "$2.5 billion", "about 3 percent". Without the noun.
    pub span: Span,
    /// The figure alone, without what qualifies it and without sign or unit: "1,200", "2.5 billion".
    pub figure: Span,
    /// Its value; the lower one of a range.
    pub value: f64,
    /// The upper value of a range.
    pub high: Option<f64>,
    /// How exact it claims to be.
    pub approx: Approx,
    /// Currency sign, `%`, or a unit of measure in the singular ("km", "mile").
    pub unit: Option<String>,
    /// What is counted, up to three words after it: "Israeli civilians".
    pub noun: Option<Span>,
    /// Whether it ranks ("7th", "second") and does not count.
    pub ordinal: bool,
}

/// The numbers that a text states, in order. Those of dates are not among them.
pub fn numbers(text: &str) -> Vec<Number> {
    of_tokens(text, &dates::tokens(text)).1
}

/// The dates and the numbers that a text states, for whom has its words already, each with its folded form and whether
/// it is one of [`telling`] or begins with a figure.
pub fn dates_and_numbers<'a>(
    text: &str,
    words: impl Iterator<Item = (Span, &'a str, bool)>,
) -> (Vec<DateMention>, Vec<Number>) {
    let short = |span: Span, folded| if span.len() <= dates::LONGEST { folded } else { "" };
    let tokens: Vec<Token> = words
        .map(|(span, folded, tells)| {
            let idle = !tells && !matches!(folded, "a" | "an" | "several");
            Token { span, folded: short(span, folded).into(), idle }
        })
        .collect();
    of_tokens(text, &tokens)
}

/// The words, folded, of which one begins every date and every number that no figure, "a", "an" or "several" begins.
pub fn telling() -> impl Iterator<Item = String> {
    const SIZES: &str = "dozen hundred thousand million mn mln billion bn bln trillion tn trn ten";
    let sizes = SIZES.split(' ').flat_map(|size| [size.to_owned(), [size, "s"].concat()]);
    let words = SMALL.into_iter().chain(TENS).chain(RANKS).chain(dates::telling());
    words.map(str::to_ascii_lowercase).chain(sizes)
}

fn of_tokens(text: &str, tokens: &[Token]) -> (Vec<DateMention>, Vec<Number>) {
    let stated = dates::of_tokens(text, tokens);
    let mut dates = stated.iter().filter(|d| !d.relative).peekable();
    let mut found: Vec<Number> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.idle {
            at += 1;
            continue;
        }
        while dates.next_if(|d| d.span.end <= token.span.start).is_some() {}
        let limit = dates.peek().map_or(u32::MAX, |d| d.span.start);
        if token.span.start >= limit {
            at += 1;
            continue;
        }
        let used_up_to = found.last().map_or(0, |n| n.span.end);
        match (Reader { text, tokens, limit }).read(at, used_up_to) {
            Some((number, next)) => {
                found.push(number);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    (stated, found)
}

/// What a word is worth in a number.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// `three`, `20`, `1,200`, `2.5`.
    Unit(f64),
    /// `hundred`, `thousand`, `dozen`, `billion`.
    Times(f64),
    /// `hundreds`, `dozens`.
    Plural(f64),
    /// `first`, `7th`.
    Rank(f64),
}

const SMALL: [&str; 20] = [
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
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const RANKS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

fn magnitude(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" | "mn" | "mln" => 1e6,
        "billion" | "bn" | "bln" => 1e9,
        "trillion" | "tn" | "trn" => 1e12,
        _ => return None,
    })
}

/// A unit of measure or currency, in one form.
fn unit(word: &str) -> Option<&'static str> {
    const UNITS: &str = "percent pct percentage=%;dollar dollars usd=$;euro euros eur=€;pounds gbp=£;shekels=₪;\
        rials=rial;km kilometers kilometres kilometer kilometre=km;mile miles=mile;\
        meters metres meter metre=m;feet foot=foot;inches inch=inch;kg kilograms kilogram kilos=kg;\
        ton tons=ton;tonne tonnes=tonne;grams=g;barrel barrels=barrel;liters litres=l;acres=acre;\
        hectares=ha;seconds=second;minute minutes=minute;hour hours=hour;day days=day;week weeks=week;\
        month months=month;year years=year;degrees=°;mph=mph";
    // By bytes: a word is looked for here behind every number.
    let mut rows = UNITS.as_bytes().split(|byte| *byte == b';');
    let found = rows.find(|row| {
        let words = row.split(|byte| *byte == b'=').next().unwrap_or_default();
        words.split(|byte| *byte == b' ').any(|w| w == word.as_bytes())
    });
    found.and_then(|row| str::from_utf8(row).ok()?.split_once('=')).map(|(_, unit)| unit)
}

fn position(list: &[&str], word: &str) -> Option<f64> {
    list.iter().position(|w| *w == word).map(|i| i as f64)
}

/// Splits `2.5bn` into its figure and the letters that follow.
fn figure(word: &str) -> Option<(f64, &str)> {
    let letters = word.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(word.len());
    let (digits, rest) = word.split_at_checked(letters)?;
    if digits.is_empty() || digits.len() > 18 || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // A comma that folding left in is a decimal comma; two dots make a version, not a number. Not `str::parse`:
    // its tables are 12 kB of the page.
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let tens = part.bytes().fold(1.0, |tens, _| tens * 10.0);
    // At most eighteen digits: they fit, and up to fifteen the quotient is the number as Rust would read it.
    let all = whole.bytes().chain(part.bytes());
    let value =
        all.map(|b| b.wrapping_sub(b'0')).try_fold(0u64, |n, d| (d < 10).then(|| n * 10 + u64::from(d)))?;
    Some((value as f64 / tens, rest))
}

/// What is left of a number over a multiple of another. The language's own `%` takes a kilobyte of the page.
fn over(value: f64, by: f64) -> f64 {
    value - (value / by).floor() * by
}

/// What a word is worth, and the unit that is written together with it.
fn part(word: &str, money: bool) -> Option<(Part, Option<&'static str>)> {
    if let Some((value, rest)) = figure(word) {
        return Some(match rest {
            "" => (Part::Unit(value), None),
            "st" | "nd" | "rd" | "th" => (Part::Rank(value), None),
            "k" => (Part::Unit(value * 1e3), None),
            "m" if money => (Part::Unit(value * 1e6), None),
            "b" if money => (Part::Unit(value * 1e9), None),
            "m" => (Part::Unit(value), Some("m")),
            "pc" => (Part::Unit(value), Some("%")),
            _ => match (magnitude(rest), unit(rest)) {
                (Some(times), _) => (Part::Unit(value * times), None),
                (_, Some(unit)) => (Part::Unit(value), Some(unit)),
                _ => return None,
            },
        });
    }
    let found = position(&SMALL, word)
        .or_else(|| position(&TENS, word).map(|i| 20.0 + 10.0 * i))
        .map(Part::Unit)
        .or_else(|| magnitude(word).map(Part::Times))
        .or_else(|| {
            let singular = word.strip_suffix('s')?;
            let plain = singular == "ten" || (singular.len() > 4 && singular != "score");
            magnitude(singular)
                .or_else(|| (singular == "ten").then_some(10.0))
                .filter(|_| plain)
                .map(Part::Plural)
        })
        .or_else(|| position(&RANKS, word).map(|i| Part::Rank(i + 1.0)))?;
    Some((found, None))
}

/// Words in front that say how exact a number is; of several the longest counts.
const BEFORE: [(Approx, &str); 6] = [
    (Approx::AtLeast, "no fewer than;no less than;not less than;a minimum of;at least"),
    (
        Approx::AtMost,
        "no more than;not more than;as many as;as much as;as high as;a maximum of;at most;up to",
    ),
    (
        Approx::Over,
        "in excess of;upwards of;upward of;more than;greater than;just over;well over;over;above;exceeding",
    ),
    (Approx::Under, "less than;fewer than;lower than;just under;well under;below;under"),
    (Approx::Nearly, "close to;nearly;almost"),
    (Approx::About, "about;around;some;roughly;approximately;estimated;circa"),
];

/// Words that end what may be counted.
const STOPPERS: &str = " of the a an and or but to in on at by for from with as is are was were be been have has had \
    that which who than into after before since until while when where it its he she they we not no may might will \
    would could can should do does did said says so per about over against between during under near around both \
    were later ago if this these those there their his her our ";

fn is_stopper(word: &str) -> bool {
    word.is_empty() || listed(STOPPERS, word)
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token<'a>],
    /// Where the next date begins: numbers end before it.
    limit: u32,
}

/// A figure that was read: its value, tokens used up to here, unit written with it, and its nature.
struct Figure {
    value: f64,
    next: usize,
    unit: Option<&'static str>,
    indefinite: bool,
    ordinal: bool,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).filter(|t| t.span.end <= self.limit).map_or("", |t| t.folded.as_ref())
    }

    fn gap(&self, after: usize) -> &str {
        gap(self.text, self.tokens, after)
    }

    fn is_spaced(&self, after: usize) -> bool {
        let gap = self.gap(after);
        !gap.is_empty() && gap.chars().all(char::is_whitespace)
    }

    /// A currency sign directly before the token, with its start.
    fn currency(&self, at: usize) -> Option<(&'static str, u32)> {
        let start = self.tokens.get(at)?.span.start;
        let before = self.text.get(..start as usize)?.trim_end_matches(' ');
        let sign = before.chars().next_back().filter(|&c| is_currency(c))?;
        let name = match sign {
            '$' => "$",
            '€' => "€",
            '£' => "£",
            '¥' => "¥",
            '₪' => "₪",
            '₹' => "₹",
            '₽' => "₽",
            '₺' => "₺",
            '₩' => "₩",
            '₴' => "₴",
            _ => "rial",
        };
        Some((name, (before.len() - sign.len_utf8()) as u32))
    }

    /// A figure in digits, words or both: `1,200`, `two dozen`, `2.5 billion`, `tens of thousands`.
    fn figure(&self, at: usize) -> Option<Figure> {
        let money = self.currency(at).is_some();
        let (first, unit) = part(self.word(at), money)?;
        let mut next = at + 1;
        let done = |value: f64, next: usize, indefinite, ordinal| {
            value.is_finite().then_some(Figure { value, next, unit, indefinite, ordinal })
        };
        let mut value = match first {
            Part::Rank(value) => return done(value, next, false, true),
            Part::Plural(mut value) => {
                while self.word(next) == "of"
                    && self.is_spaced(next - 1)
                    && let Some((Part::Plural(times), None)) = part(self.word(next + 1), false)
                    && next < at + 8
                {
                    value *= times;
                    next += 2;
                }
                return done(value, next, true, false);
            }
            Part::Times(value) => value,
            Part::Unit(value) => value,
        };
        if unit.is_some() {
            return done(value, next, false, false);
        }
        // `two hundred and five thousand`: a group grows by units and is multiplied by magnitudes.
        let mut total = 0.0;
        let in_words = !self.word(at).starts_with(|c: char| c.is_ascii_digit());
        while next < at + 16 {
            let skip = usize::from(in_words && self.word(next) == "and" && self.is_spaced(next - 1));
            let hyphen = in_words && self.gap(next - 1) == "-";
            if !(self.is_spaced(next - 1) || hyphen) {
                break;
            }
            match part(self.word(next + skip), false) {
                Some((Part::Times(times), None)) if skip == 0 => {
                    value *= times;
                    if times >= 1e3 {
                        total += value;
                        value = 0.0;
                    }
                }
                Some((Part::Unit(unit), None)) if in_words && self.grows(value, unit, hyphen, skip, next) => {
                    value += unit
                }
                Some((Part::Rank(rank), None)) if hyphen && value >= 20.0 && rank < 10.0 => {
                    return done(total + value + rank, next + 1, false, true);
                }
                _ => break,
            }
            next += 1 + skip;
        }
        done(total + value, next, false, false)
    }

    /// Whether a unit adds to a group in words: `twenty-five`, `hundred and five`.
    fn grows(&self, value: f64, unit: f64, hyphen: bool, skip: usize, next: usize) -> bool {
        if self.word(next + skip).starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let tens = (20.0..=90.0).contains(&over(value, 100.0))
            && over(value, 10.0) == 0.0
            && (1.0..10.0).contains(&unit);
        if hyphen {
            tens
        } else {
            tens && skip == 0
                || value >= 100.0 && over(value, 100.0) == 0.0 && unit < 100.0
                || value == 0.0 && skip == 1
        }
    }

    /// The number at a token, and the next token to look at. `floor` is where the number before it ends.
    fn read(&self, at: usize, floor: u32) -> Option<(Number, usize)> {
        let first = self.tokens.get(at)?;
        // "a hundred", "a dozen", "several hundred".
        let article = matches!(first.folded.as_ref(), "a" | "an" | "several")
            && self.is_spaced(at)
            && matches!(part(self.word(at + 1), false), Some((Part::Times(_), None)));
        let several = article && first.folded == "several";
        let from = at + usize::from(article);
        let read = self.figure(from)?;
        let digits = self.word(from).starts_with(|c: char| c.is_ascii_digit());
        if !article && !digits && read.next == from + 1 && !self.counts(from) {
            return None;
        }
        let mut next = read.next;
        let mut high = None;
        let mut span = Span { start: first.span.start, end: self.tokens.get(next - 1)?.span.end };
        // Digits glued to other digits are telephone numbers, scores, versions, clock times.
        if digits && !read.ordinal {
            let before = self.text.get(..span.start as usize)?.chars().next_back().unwrap_or(' ');
            let after = self.text.get(span.end as usize..)?.chars().next().unwrap_or(' ');
            let clock = |c: char| matches!(c, ':' | '/' | '_' | '@' | '#');
            if clock(before) || (clock(after) && self.gap(next - 1).len() == 1) {
                return None;
            }
        }
        let mut other_unit = None;
        if !read.ordinal {
            let joint = self.gap(next - 1);
            let dash = matches!(joint, "-" | "–" | "—" | " – " | " - ");
            let to = self.word(next) == "to"
                && self.is_spaced(next - 1)
                && self.is_spaced(next)
                && at.checked_sub(1).is_none_or(|i| !matches!(self.word(i), "from" | "compared" | "up"));
            let and =
                self.word(next) == "and" && at.checked_sub(1).is_some_and(|i| self.word(i) == "between");
            let second = next + usize::from(to || and);
            if (dash || to || and)
                && let Some(end) = self.figure(second)
                && !end.ordinal
                && !end.indefinite
                && (dash as u8 == 0 || self.word(second).starts_with(|c: char| c.is_ascii_digit()) == digits)
                && end.value > read.value
            {
                // "3 to 4 million" is 3 to 4 of them.
                high = Some(end.value);
                other_unit = end.unit;
                next = end.next;
                span.end = self.tokens.get(next - 1)?.span.end;
            }
        }
        let mut value = read.value;
        if let Some(h) = high
            && value < 1000.0
            && h >= 1000.0
            && let Some((Part::Times(times), _)) = part(self.word(next - 1), false)
            && h / times > value
        {
            value *= times;
        }
        let figure = span;
        let mut approx = if read.indefinite || several { Approx::Order } else { Approx::Exact };
        let mut unit_name = read.unit.or(other_unit);
        if let Some((sign, start)) = self.currency(from).filter(|&(_, start)| start >= floor) {
            unit_name = Some(sign);
            span.start = span.start.min(start);
        }
        let after = self.text.get(span.end as usize..)?;
        if after.starts_with('+') {
            span.end += 1;
            approx = Approx::AtLeast;
        }
        if let Some(sign) = ["%", " %", "٪", "°"].iter().find(|s| after.starts_with(**s)) {
            span.end += sign.len() as u32;
            unit_name = Some(if *sign == "°" { "°" } else { "%" });
        } else if unit_name.is_none()
            && !read.ordinal
            && (self.is_spaced(next - 1) || self.gap(next - 1) == "-")
        {
            let per_cent = self.word(next) == "per" && self.word(next + 1) == "cent";
            let found = if per_cent { Some("%") } else { unit(self.word(next)) };
            if let Some(name) = found {
                unit_name = Some(name);
                next += 1 + usize::from(per_cent);
                span.end = self.tokens.get(next - 1)?.span.end;
            }
        }
        let (qualified, start) = self.qualifier(at, span.start, floor);
        if let Some(found) = qualified {
            span.start = start;
            if approx != Approx::Order {
                approx = found;
            }
        }
        let noun = if unit_name.is_none() { self.noun(next) } else { None };
        let unit = unit_name.map(str::to_owned);
        Some((Number { span, figure, value, high, approx, unit, noun, ordinal: read.ordinal }, next))
    }

    /// Whether a single number word counts something here: not "no one", "at one point", "the second".
    fn counts(&self, at: usize) -> bool {
        let word = self.word(at);
        let next = self.word(at + 1);
        let spaced = self.is_spaced(at) || self.gap(at) == "-";
        match word {
            "one" | "zero" => {
                let before = at.checked_sub(1).map_or("", |i| self.word(i));
                spaced
                    && !is_stopper(next)
                    && !matches!(
                        next,
                        "another" | "day" | "point" | "side" | "hand" | "thing" | "way" | "more"
                    )
                    && !matches!(before, "no" | "any" | "every" | "the" | "this" | "that" | "each")
            }
            "second" | "dozen" | "hundred" | "thousand" | "million" | "billion" | "trillion" | "mn"
            | "bn" | "tn" | "mln" | "bln" | "trn" => false,
            _ => true,
        }
    }

    /// What stands in front of a number at `at` and says how exact it is, with its start.
    fn qualifier(&self, at: usize, start: u32, floor: u32) -> (Option<Approx>, u32) {
        let (mut found, mut best, mut begin) = (None, 0, start);
        for (approx, rows) in BEFORE {
            for words in rows.split(';') {
                let count = words.split(' ').count();
                let Some(from) = at.checked_sub(count).filter(|_| count > best) else { continue };
                let same =
                    (from..).zip(words.split(' ')).all(|(i, w)| self.word(i) == w && self.is_close(i, start));
                if let Some(first) = self.tokens.get(from).filter(|t| same && t.span.start >= floor) {
                    (found, best, begin) = (Some(approx), count, first.span.start);
                }
            }
        }
        (found, begin)
    }

    /// Whether only white space (and a currency sign) parts a token from the next word or from `start`.
    fn is_close(&self, at: usize, start: u32) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let end = self.tokens.get(at + 1).map_or(start, |t| t.span.start.min(start));
        let between = self.text.get(token.span.end as usize..end as usize).unwrap_or("x");
        between.chars().all(|c| c.is_whitespace() || is_currency(c))
    }

    /// What is counted: up to three words, as far as a function word or punctuation.
    fn noun(&self, mut at: usize) -> Option<Span> {
        if self.word(at) == "of" && self.is_spaced(at - 1) && self.is_spaced(at) {
            at += 1 + usize::from(matches!(self.word(at + 1), "the" | "its" | "their"));
        }
        let mut span: Option<Span> = None;
        for i in at..at + 3 {
            let token = self.tokens.get(i).filter(|t| t.span.end <= self.limit);
            let Some(token) = token else { break };
            if !self.is_spaced(i - 1) || is_stopper(&token.folded) || part(&token.folded, false).is_some() {
                break;
            }
            span = Some(Span { start: span.map_or(token.span.start, |s| s.start), end: token.span.end });
        }
        span
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each number as `span = approx value[–high] unit [noun]`.
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = numbers(text)
            .iter()
            .map(|n| {
                let mut s = format!("{} = ", n.span.of(text));
                if n.approx != Approx::Exact {
                    s += &format!("{:?} ", n.approx);
                }
                s += &n.value.to_string();
                if let Some(high) = n.high {
                    s += &format!("–{high}");
                }
                if n.ordinal {
                    s += " th";
                }
                if let Some(unit) = &n.unit {
                    s += &format!(" {unit}");
                }
                if let Some(noun) = n.noun {
                    s += &format!(" [{}]", noun.of(text));
                }
                s
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn how_exact() {
        check("Over 1,200 Israeli civilians—including", &["Over 1,200 = Over 1200 [Israeli civilians]"]);
        check("hundreds of civilians were", &["hundreds = Order 100 [civilians]"]);
        check("hundreds were abducted", &["hundreds = Order 100"]);
        check("tens of thousands of people", &["tens of thousands = Order 10000 [people]"]);
        check("nearly 3 percent", &["nearly 3 percent = Nearly 3 %"]);
        check("at least 40 people", &["at least 40 = AtLeast 40 [people]"]);
        check("no more than 40.", &["no more than 40 = AtMost 40"]);
        check("about $5 million of aid", &["about $5 million = About 5000000 $"]);
        check(
            "several hundred rockets, 300+ drones",
            &["several hundred = Order 100 [rockets]", "300+ = AtLeast 300"],
        );
    }

    #[test]
    fn figures_and_words() {
        check("$2.5 billion", &["$2.5 billion = 2500000000 $"]);
        check("€3bn and 5m", &["€3bn = 3000000000 €", "5m = 5 m"]);
        check("two dozen officials", &["two dozen = 24 [officials]"]);
        check("twenty-five rockets", &["twenty-five = 25 [rockets]"]);
        check("two hundred and five thousand", &["two hundred and five thousand = 205000"]);
        check("a hundred men", &["a hundred = 100 [men]"]);
        check("60 per cent; 3.67% and 4 %", &["60 per cent = 60 %", "3.67% = 3.67 %", "4 % = 4 %"]);
        check("one soldier; no one; one of them", &["one = 1 [soldier]"]);
        check("the 7th round, the third round", &["7th = 7 th [round]", "third = 3 th [round]"]);
    }

    #[test]
    fn ranges() {
        check("1,000–1,200 people", &["1,000–1,200 = 1000–1200 [people]"]);
        check("3-4 weeks", &["3-4 weeks = 3–4 week"]);
        check("3 to 4 million people", &["3 to 4 million = 3000000–4000000 [people]"]);
        check("between five and ten men", &["five and ten = 5–10 [men]"]);
        check("fell from 5 to 3", &["5 = 5", "3 = 3"]);
    }

    #[test]
    fn not_numbers() {
        check("October 7, 2023 and 2018 and 2023-10-07", &[]);
        check("at 10:30, 1/2, version 000_7272", &[]);
        check("the second; tens", &["tens = Order 10"]);
    }

    proptest! {
        #[test]
        fn figures_are_what_rust_reads(digits in "[0-9]{1,8}([.,][0-9]{0,6}){0,2}") {
            let expected = digits.replace(',', ".").parse().ok();
            prop_assert_eq!(figure(&digits).map(|(value, _)| value), expected);
        }

        #[test]
        fn total(text in "(\\PC{0,3}|[0-9]{1,5}[ ,.%–-]|\\$|two |hundred |dozens |of |and |a |over |million |7th ){0,40}") {
            let mut last = 0;
            for n in numbers(&text) {
                prop_assert!(n.span.start >= last && n.span.contains(n.figure));
                prop_assert!(text.get(n.span.range()).is_some() && n.value.is_finite());
                prop_assert!(n.noun.is_none_or(|s| text.get(s.range()).is_some()));
                last = n.span.end;
            }
        }
    }

    /// The same from words that are there already as from the text.
    fn check_words(text: &str) {
        let folded: Vec<(Span, String)> =
            super::super::words(text).map(|word| (word, super::super::fold(word.of(text)))).collect();
        let tells =
            |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || telling().any(|w| w == word);
        let words = folded.iter().map(|(span, folded)| (*span, folded.as_str(), tells(folded)));
        assert_eq!(dates_and_numbers(text, words), (super::super::dates(text), numbers(text)), "{text}");
    }

    #[test]
    fn words_that_are_there_already_give_the_same() {
        let text =
            "On 7 October 2023 some 1,200 people and $2.5 billion; two thirds of Tuesday’s three dozen.";
        check_words(text);
        assert!(numbers(text).len() > 3);
        let small = "several a an in of and the people octobre de del mai 7 7th 2.5bn per cent week 1990s 7m";
        for word in
            telling().flat_map(|word| [word.to_uppercase(), word]).chain(small.split(' ').map(str::to_owned))
        {
            for text in ["{} people", "a {} men", "in {} 2020", "7 {}", "{} week", "several {}", "{} of {}"] {
                check_words(&text.replace("{}", &word));
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn only_telling_words_begin_dates_and_numbers(
            text in "(([Mm]ay|Oct\\.?|Sept|octobre|Mars|de|of|a|an|several|dozen|tn|mln|tens|hundreds|twelfth|fifty|last|year|\
                     seven|and|in|the|people|7th|2019|1,200|per cent|today|Friday)[ ,-]{1,2}){0,9}"
        ) {
            check_words(&text);
        }
    }
}
