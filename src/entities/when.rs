//! When: the whole phrase that says when something is, around the dates that `text` reads.
//!
//! "late January", "the morning of February 29th", "July 6th to 15th", "two years ago", "the past two decades",
//! "28/07/11". Invariant: phrases ascend and do not overlap; linear in the sentence. Not here: durations and
//! ages, which are quantities; what day a phrase means (`text::dates`).

use super::lists::{CALENDAR, HOLIDAY, TIME};
use super::page::{Gap, Page, Sentence};
use crate::text::{DateMention, Span};

/// A phrase that says when.
#[derive(Clone, Copy, Debug)]
pub struct When {
    /// First word.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// Whether month and day are stated and do not depend on the day of writing.
    pub day: bool,
    /// Whether the year is stated too.
    pub year: bool,
    /// Whether it is a bare year.
    pub bare: bool,
}

/// The phrases of a sentence, from the dates that stand in it (spans moved by `offset` bytes).
pub fn phrases(page: &Page, sentence: Sentence, dates: &[DateMention], offset: u32) -> Vec<When> {
    let reader = Reader { page, sentence };
    let mut dates = dates.iter().peekable();
    let mut found: Vec<When> = Vec::new();
    let mut at = sentence.from;
    while at < sentence.to {
        while dates.next_if(|date| page.word_at(date.span.start + offset) < at).is_some() {}
        let stated = dates.next_if(|date| page.word_at(date.span.start + offset) == at).map(|date| {
            let span = Span { start: date.span.start + offset, end: date.span.end + offset };
            let date_of = date.date;
            let day = !date.relative && date_of.month.is_some() && date_of.day.is_some();
            let year = date_of.year.is_some();
            let bare = !date.relative && date_of.month.is_none();
            When { from: at, to: page.word_at(span.end).max(at + 1), day, year, bare }
        });
        match stated.or_else(|| reader.other(at)) {
            Some(when) => {
                at = when.to;
                reader.append(&mut found, when);
            }
            None => at += 1,
        }
    }
    found
}

struct Reader<'a> {
    page: &'a Page<'a>,
    sentence: Sentence,
}

impl Reader<'_> {
    fn folded(&self, at: usize) -> &str {
        match self.page.word(at).filter(|_| at >= self.sentence.from && at < self.sentence.to) {
            Some(word) => &word.folded,
            None => "",
        }
    }

    /// Whether one of these gaps stands before a word.
    fn joined(&self, at: usize, gaps: &[Gap]) -> bool {
        at > self.sentence.from
            && at < self.sentence.to
            && self.page.word(at).is_some_and(|word| gaps.contains(&word.gap))
    }

    fn is(&self, at: usize, class: u32) -> bool {
        at < self.sentence.to && self.page.word(at).is_some_and(|word| word.class & class != 0)
    }

    /// A number of at most so many digits, or a rank: "15", "15th".
    fn figure(&self, at: usize, most: usize) -> bool {
        let word = self.folded(at);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && digits <= most && matches!(word.get(digits..), Some("" | "st" | "nd" | "rd" | "th"))
    }

    /// "28/07/11": figures parted by strokes or stops.
    fn strokes(&self, at: usize) -> bool {
        let between = |at: usize| {
            let (before, after) = (self.page.word(at)?, self.page.word(at + 1)?);
            self.page.text.get(before.span.end as usize..after.span.start as usize)
        };
        at + 2 < self.sentence.to
            && (0..2).all(|nth| self.figure(at + nth, 2))
            && (self.figure(at + 2, 2) || self.figure(at + 2, 4))
            && between(at) == between(at + 1)
            && between(at) == Some("/")
    }

    fn is_count(&self, at: usize) -> bool {
        const COUNTS: [&str; 16] = [
            "a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "twelve", "several", "few", "many",
        ];
        let word = self.folded(at);
        COUNTS.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit())
    }

    /// A phrase that begins at a word and that `text` does not read.
    fn other(&self, at: usize) -> Option<When> {
        const SPACE: &[Gap] = &[Gap::Space];
        let when = |to: usize| Some(When { from: at, to, day: false, year: false, bare: false });
        if self.strokes(at) {
            return when(at + 3);
        }
        if self.is(at, HOLIDAY) && self.page.word(at).is_some_and(|word| word.upper) {
            let more = matches!(self.folded(at + 1), "eve" | "day" | "sunday" | "monday" | "week")
                && self.joined(at + 1, SPACE);
            return when(at + 1 + usize::from(more));
        }
        let spaced = |from: usize, to: usize| (from..to).all(|at| self.joined(at, SPACE));
        // "two years ago", "several months earlier".
        let unit =
            at + 1 + usize::from(matches!(self.folded(at + 1), "dozen" | "hundred" | "thousand" | "million"));
        if self.is(unit, TIME)
            && self.folded(unit + 1) == "ago"
            && self.is_count(at)
            && spaced(at + 1, unit + 2)
        {
            let few = usize::from(at > self.sentence.from && self.folded(at - 1) == "a");
            return Some(When { from: at - few, to: unit + 2, day: false, year: false, bare: false });
        }
        if matches!(self.folded(at), "past" | "last" | "next" | "coming" | "recent" | "first" | "previous") {
            let count = usize::from(self.is_count(at + 1) && !matches!(self.folded(at + 1), "a" | "an"));
            let unit = at + 1 + count;
            let rank = self.folded(at) == "first";
            if self.is(unit, TIME) && spaced(at + 1, unit + 1) && !rank {
                return when(unit + 1);
            }
        }
        if matches!(self.folded(at), "this" | "that" | "last" | "next" | "same" | "following" | "previous")
            && self.is(at + 1, TIME)
            && spaced(at + 1, at + 2)
            && !self.folded(at + 1).ends_with('s')
        {
            return when(at + 2);
        }
        // "the end of the year", "the beginning of the century".
        if matches!(self.folded(at), "end" | "beginning" | "start" | "middle")
            && self.folded(at + 1) == "of"
            && self.folded(at + 2) == "the"
            && self.is(at + 3, TIME)
            && spaced(at + 1, at + 4)
        {
            return when(at + 4);
        }
        if matches!(self.folded(at), "weekend" | "tonight") {
            return when(at + 1);
        }
        None
    }

    /// Appends a phrase, joined to the one before where the two are one, and widened by the words around it.
    fn append(&self, found: &mut Vec<When>, mut when: When) {
        const DASHES: &[Gap] = &[Gap::Hyphen];
        // "June 6th to 15th", "28th-29th", "2004-05".
        let dash = self.joined(when.to, DASHES) && self.figure(when.to, 2) && !self.strokes(when.to);
        let to = self.folded(when.to) == "to" && self.figure(when.to + 1, 2) && when.day;
        if dash || to {
            let next = when.to + usize::from(to);
            if !self.joined(next + 1, &[Gap::Hyphen]) {
                when.to = next + 1;
            }
        }
        // "4-7 May".
        if when.day
            && self.joined(when.from, DASHES)
            && when.from > self.sentence.from
            && self.figure(when.from - 1, 2)
        {
            when.from -= 1;
        }
        if let Some(last) = found.last_mut() {
            let between = |text: &str| matches!(text, "-" | "–" | " - " | " – " | " -- ");
            let gap = match (self.page.word(last.to - 1), self.page.word(when.from)) {
                (Some(a), Some(b)) => self.page.text.get(a.span.end as usize..b.span.start as usize),
                _ => None,
            };
            let adjacent = when.from == last.to;
            let weekday = adjacent && gap == Some(" ") && !last.bare && self.is(last.to - 1, CALENDAR);
            if (adjacent && gap.is_some_and(between))
                || weekday
                || (adjacent && gap == Some(" ") && when.bare)
            {
                last.to = when.to;
                last.day |= when.day;
                last.year |= when.year;
                last.bare = false;
                return;
            }
        }
        let floor = found.last().map_or(self.sentence.from, |last| last.to);
        let space = [Gap::Space, Gap::Hyphen];
        while when.from > floor && self.joined(when.from, &space) {
            let before = when.from - 1;
            let word = self.folded(before);
            let relative = matches!(word, "last" | "next" | "this") && self.is(when.from, CALENDAR);
            if matches!(word, "early" | "late" | "mid" | "earlier" | "later") || relative {
                when.from = before;
                continue;
            }
            // "the end of the year".
            let the = usize::from(word == "the");
            let of = before.checked_sub(the).filter(|&of| of > floor && self.folded(of) == "of");
            let Some(of) = of.filter(|_| the == 0 || self.joined(before, &space)) else { break };
            let part = of - 1;
            let first = part > floor && self.folded(part) == "half";
            if !matches!(
                self.folded(part),
                "end"
                    | "beginning"
                    | "start"
                    | "middle"
                    | "morning"
                    | "evening"
                    | "night"
                    | "afternoon"
                    | "half"
            ) {
                break;
            }
            when.from = part - usize::from(first);
            break;
        }
        // "Monday night".
        if self.joined(when.to, &[Gap::Space])
            && matches!(self.folded(when.to), "night" | "morning" | "evening" | "afternoon")
            && self.is(when.to - 1, CALENDAR)
        {
            when.to += 1;
        }
        found.push(when);
    }
}
