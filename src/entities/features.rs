//! Features: what the model sees of a word, its neighbours and its article, as rows of its weight table.
//!
//! One piece of code for training and for reading, so the two can never disagree. Only *candidates* are seen:
//! capitalised words, figures beside them and the small words inside names; all others belong to no name.
//!
//! Invariant: a function of the article and the lists; integers only. Not here: the weights (`model`).

use super::Kind;
use super::gazetteer::{self, Gazetteer};
use super::hash::{self, Table};
use super::listed::longest;
use super::lists::{
    ATTACK, EVENT_NOUN, FUNCTION, LAW_NOUN, LOWER, Lists, ORGANISATION, PARTICLE, ROLE, SPEECH, SUFFIX, TITLE,
};
use super::page::{Gap, Page, Sentence, Word};
use super::training::Parts;

/// Rows of the weight table, as a power of two.
pub const BITS: u32 = 20;

/// Neighbouring candidates of one sentence, from a word to one past the last: what is decoded together.
pub type Segment = (usize, usize);

/// Words that a segment has at most: no sentence of sense has more capitals in a row.
const LONGEST: usize = 400;

/// What a page's words say to the model.
pub struct Features<'a> {
    page: &'a Page<'a>,
    gazetteer: &'static Gazetteer,
    looks: Vec<Look>,
    /// What the article's capitalised places say about each word: bits.
    evidence: Table,
    /// The stretches to be decoded, in order.
    pub segments: Vec<Segment>,
}

/// A word as the model sees it.
#[derive(Clone, Copy, Default)]
struct Look {
    shape: u64,
    /// Known name of the lists: its kind + 1, and 16 more for all but the first word.
    known: u8,
    /// Whether a quotation mark opens before its run (1) or closes after it (2).
    quoted: u8,
    /// What the gazetteer says of the word alone, if it is a candidate or beside one.
    gazetteer: u8,
    /// Whether the gazetteer has a city here: 1 its first word, 2 a later one, 3 the first of several.
    city: u8,
    /// The run of capitalised words it stands in.
    run: (u32, u32),
    /// The sentence it stands in, and whether capitals tell nothing there.
    from: u32,
    to: u32,
    loud: bool,
}

/// Bits of evidence of one occurrence; those of all occurrences in the article are joined.
const AFTER_TITLE: u32 = 1;
const AFTER_GIVEN: u32 = 1 << 1;
const GIVEN_BEFORE_FAMILY: u32 = 1 << 2;
const SPEAKS: u32 = 1 << 3;
const AFTER_IN: u32 = 1 << 4;
const IN_ORGANISATION: u32 = 1 << 5;
const AFTER_THE: u32 = 1 << 6;
const IN_BRACKETS: u32 = 1 << 7;
const BEFORE_SUFFIX: u32 = 1 << 8;
const LAST_OF_RUN: u32 = 1 << 9;
const FIRST_OF_RUN: u32 = 1 << 10;
const ALONE: u32 = 1 << 11;
const OWNS: u32 = 1 << 12;
const AFTER_ROLE: u32 = 1 << 13;
const BEFORE_NOUN: u32 = 1 << 14;
const EVIDENCE: usize = 15;

impl<'a> Features<'a> {
    /// Looks at a page.
    pub fn new(page: &'a Page<'a>, lists: &Lists, parts: Parts) -> Features<'a> {
        let mut features = Features {
            page,
            gazetteer: if parts.lists { Gazetteer::get() } else { Gazetteer::empty() },
            looks: vec![Look::default(); page.words.len()],
            evidence: Table::default(),
            segments: Vec::new(),
        };
        for &sentence in &page.sentences {
            features.look(sentence, lists);
        }
        for &sentence in page.sentences.iter().filter(|sentence| parts.article && !sentence.loud) {
            features.gather(sentence);
        }
        features
    }

    fn word(&self, at: usize) -> Option<&Word<'a>> {
        self.page.words.get(at)
    }

    /// Shapes, runs, list matches and segments of a sentence.
    fn look(&mut self, sentence: Sentence, lists: &Lists) {
        let before = self.segments.len();
        let (mut run, mut quoted) = ((0u32, 0u32), 0);
        let (mut known_to, mut city_to, mut known_kind) = (0, 0, 0);
        let mut open = None;
        for at in sentence.from..sentence.to {
            let candidate = self.is_candidate(at, sentence);
            match (candidate, open) {
                (true, None) => open = Some(at),
                (true, Some(from)) if at - from >= LONGEST => {
                    self.segments.push((from, at));
                    open = Some(at);
                }
                (false, Some(from)) => {
                    self.segments.push((from, at));
                    open = None;
                }
                _ => {}
            }
            let Some(word) = self.page.words.get(at) else { break };
            let mut look = Look {
                loud: sentence.loud,
                from: sentence.from as u32,
                to: sentence.to as u32,
                ..Look::default()
            };
            if word.upper {
                if at as u32 >= run.1 {
                    run = (at as u32, self.run_end(at, sentence) as u32);
                    quoted = self.quoted(run.0 as usize, run.1 as usize);
                }
                look.run = run;
                look.quoted = quoted;
            } else {
                look.run = (at as u32, at as u32 + 1);
            }
            if candidate {
                look.shape = shape(word.span.of(self.page.text));
                if at < known_to {
                    look.known = known_kind + 16;
                } else if let Some((end, index)) = longest(self.page, lists, at, sentence.to) {
                    known_kind = lists.known(index).map_or(0, |known| known.kind as u8 + 1);
                    known_to = end;
                    look.known = known_kind;
                }
                if at < city_to {
                    look.city = 2;
                } else if let Some(end) =
                    word.upper.then(|| self.gazetteer.city(self.page, at, sentence.to)).flatten()
                {
                    city_to = end;
                    look.city = 1 + 2 * u8::from(end > at + 1);
                }
            }
            if let Some(slot) = self.looks.get_mut(at) {
                *slot = look;
            }
        }
        if let Some(from) = open {
            self.segments.push((from, sentence.to));
        }
        for &(from, to) in self.segments.get(before..).unwrap_or(&[]) {
            for at in from.saturating_sub(1).max(sentence.from)..sentence.to.min(to + 1) {
                if let (Some(look), Some(word)) = (self.looks.get_mut(at), self.page.words.get(at)) {
                    look.gazetteer = self.gazetteer.word(hash::join(0, word.hash)) as u8;
                }
            }
        }
    }

    /// Whether a quotation mark stands right before a run (1) and right after it (2).
    fn quoted(&self, from: usize, to: usize) -> u8 {
        let span = self.page.span(from, to);
        let before = self.page.text.get(..span.start as usize).unwrap_or("");
        let after = self.page.text.get(span.end as usize..).unwrap_or("").trim_start_matches([',', '.']);
        u8::from(before.ends_with(['"', '“', '‘', '«']))
            + 2 * u8::from(after.starts_with(['"', '”', '’', '»']))
    }

    fn run_end(&self, from: usize, sentence: Sentence) -> usize {
        let mut at = from + 1;
        while at < sentence.to
            && self.word(at).is_some_and(|word| {
                word.upper && matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Stop | Gap::Ampersand)
            })
        {
            at += 1;
        }
        at
    }

    /// Whether a word may belong to a name.
    fn is_candidate(&self, at: usize, sentence: Sentence) -> bool {
        let Some(word) = self.word(at) else { return false };
        if word.upper || word.inner {
            return true;
        }
        let before = at.checked_sub(1).filter(|&before| before >= sentence.from).and_then(|at| self.word(at));
        let next = self.word(at + 1).filter(|_| at + 1 < sentence.to);
        let near = |gap: Gap| matches!(gap, Gap::Space | Gap::Hyphen | Gap::Stop | Gap::Ampersand);
        let upper_before = before.is_some_and(|before| before.upper && near(word.gap));
        if word.folded.starts_with(|c: char| c.is_ascii_digit()) {
            return upper_before || next.is_some_and(|next| next.upper && near(next.gap));
        }
        if upper_before && (word.gap == Gap::Hyphen || word.class & (ATTACK | EVENT_NOUN | LAW_NOUN) != 0) {
            return true;
        }
        if word.class & (LOWER | PARTICLE) == 0 {
            return false;
        }
        if word.class & PARTICLE != 0
            && next.is_some_and(|next| next.upper && matches!(next.gap, Gap::Space | Gap::Hyphen))
        {
            return true;
        }
        // A connector: at most three small words between two capitals.
        let reaches = |mut at: usize, step: isize| {
            for _ in 0..3 {
                let gap_at = if step > 0 { at + 1 } else { at };
                if !self.word(gap_at).is_some_and(|word| near(word.gap)) {
                    return false;
                }
                at = at.wrapping_add_signed(step);
                if at < sentence.from || at >= sentence.to {
                    return false;
                }
                match self.word(at) {
                    Some(word) if word.upper => return true,
                    Some(word) if word.class & (LOWER | PARTICLE) != 0 => {}
                    _ => return false,
                }
            }
            false
        };
        reaches(at, -1) && reaches(at, 1)
    }

    /// Adds what each capitalised word's place says about it.
    fn gather(&mut self, sentence: Sentence) {
        for at in sentence.from..sentence.to {
            let (Some(word), Some(look)) = (self.page.words.get(at), self.looks.get(at).copied()) else {
                break;
            };
            if !word.upper {
                continue;
            }
            let before = at.checked_sub(1).filter(|&at| at >= sentence.from).and_then(|at| self.word(at));
            let next = self.word(at + 1).filter(|_| at + 1 < sentence.to);
            let looked = |at: usize| self.looks.get(at).map_or(0, |look| u32::from(look.gazetteer));
            let mut bits = 0;
            if let Some(before) = before.filter(|_| matches!(word.gap, Gap::Space | Gap::Stop)) {
                let given = looked(at - 1) & gazetteer::GIVEN != 0 || before.class & super::lists::GIVEN != 0;
                bits |= on(before.upper && before.class & TITLE != 0, AFTER_TITLE);
                bits |= on(before.upper && given, AFTER_GIVEN);
                bits |= on(!before.upper && before.class & (ROLE | TITLE) != 0, AFTER_ROLE);
                bits |= on(matches!(&*before.folded, "in" | "near" | "across" | "outside"), AFTER_IN);
                bits |= on(before.folded == "the", AFTER_THE);
            }
            bits |= on(word.gap == Gap::Bracket, IN_BRACKETS);
            if let Some(next) = next {
                let family = looked(at + 1) & gazetteer::FAMILY != 0;
                let given = word.class & super::lists::GIVEN != 0;
                bits |= on(next.upper && next.gap == Gap::Space && given && family, GIVEN_BEFORE_FAMILY);
                bits |= on(!next.upper && next.class & SPEECH != 0, SPEAKS);
                bits |= on(next.gap == Gap::Hyphen && next.class & SUFFIX != 0, BEFORE_SUFFIX);
                bits |= on(next.gap == Gap::Possessive, OWNS);
                let noun = !next.upper && next.gap == Gap::Space && next.class & FUNCTION == 0;
                bits |= on(noun && next.class & SPEECH == 0, BEFORE_NOUN);
            }
            let (first, last) = (look.run.0 as usize == at, look.run.1 as usize == at + 1);
            let head = self.word((look.run.1 as usize).wrapping_sub(1));
            bits |= on(!last && head.is_some_and(|head| head.class & ORGANISATION != 0), IN_ORGANISATION);
            bits |= match (first, last) {
                (true, true) => ALONE,
                (true, false) => FIRST_OF_RUN,
                (false, true) => LAST_OF_RUN,
                _ => 0,
            };
            *self.evidence.entry(word.hash) |= bits;
        }
    }

    /// Appends the rows of one word.
    pub fn rows(&self, at: usize, rows: &mut Vec<u32>) {
        let (Some(word), Some(look)) = (self.word(at), self.looks.get(at)) else { return };
        let (from, to) = (look.from as usize, look.to as usize);
        let near = |offset: isize| {
            let at = at.wrapping_add_signed(offset);
            self.word(at).filter(|_| at >= from && at < to)
        };
        let name = |offset: isize| near(offset).map_or(1, |word| word.hash);
        let seen = |offset: isize| {
            let at = at.wrapping_add_signed(offset);
            self.looks.get(at).copied().filter(|_| at >= from && at < to).unwrap_or_default()
        };
        let class = |offset: isize| near(offset).map_or(1 << 31, |word| u64::from(word.class));
        let gap = |offset: isize| near(offset).map_or(99, |word| word.gap as u64);
        let looks = |offset: isize| {
            near(offset).map_or(7, |word| match seen(offset).shape {
                0 => 8 + u64::from(word.folded.starts_with(|c: char| c.is_ascii_digit())),
                shape => shape,
            })
        };
        let (w, before, next) = (word.hash, name(-1), name(1));
        let (s, sb, sn) = (looks(0), looks(-1), looks(1));
        let mut template = 0;
        let mut put = |value: u64| {
            template += 1;
            rows.push(row(template, value));
        };
        put(0);
        put(w);
        put(before);
        put(next);
        put(name(-2));
        put(name(2));
        put(hash::join(w, before));
        put(hash::join(w, next));
        put(hash::join(before, next));
        put(hash::join(name(-2), before));
        put(hash::join(next, name(2)));
        put(s);
        put(hash::join(s, sb));
        put(hash::join(s, sn));
        put(hash::join(hash::join(s, sb), sn));
        let letters = word.folded.as_bytes();
        let length = letters.len();
        put(hash::of(letters.get(..length.min(3)).unwrap_or(&[])));
        put(hash::of(letters.get(length.saturating_sub(2)..).unwrap_or(&[])));
        put(hash::of(letters.get(length.saturating_sub(3)..).unwrap_or(&[])));
        put(hash::of(letters.get(length.saturating_sub(4)..).unwrap_or(&[])));
        put(hash::join(gap(0), s));
        put(hash::join(gap(1), s));
        put(hash::join(gap(0), before));
        put(hash::join(gap(1), next));
        // Lists.
        let listed = |offset: isize| {
            let near = near(offset);
            let look = seen(offset);
            let gazetteer = near.map_or(64, |_| u64::from(look.gazetteer));
            gazetteer | u64::from(look.city) << 8 | u64::from(look.known) << 16
        };
        let (l, lb, ln) = (listed(0), listed(-1), listed(1));
        put(u64::from(seen(0).known));
        put(l);
        put(hash::join(l, s));
        put(hash::join(l, lb));
        put(hash::join(l, ln));
        put(hash::join(class(0), s));
        put(hash::join(class(0), class(-1)));
        put(hash::join(class(0), class(1)));
        put(hash::join(lb, class(-1)));
        put(hash::join(ln, class(1)));
        put(hash::join(l, class(0)));
        // The run of capitals.
        let (start, end) = (look.run.0 as usize, look.run.1 as usize);
        let (start, end) = (start.clamp(from, at), end.clamp(at + 1, to.max(at + 1)));
        let left = start.checked_sub(1).filter(|&at| at >= from).and_then(|at| self.word(at));
        let right = self.word(end).filter(|_| end < to);
        let (left_word, right_word) = (left.map_or(1, |word| word.hash), right.map_or(1, |word| word.hash));
        let place = ((at - start).min(3) as u64) << 4 | (end - 1 - at).min(3) as u64;
        let last = self.word(end - 1);
        let first = self.word(start);
        put(hash::join(place, s));
        put(hash::join(left_word, self.word(start).map_or(0, |word| word.gap as u64)));
        put(hash::join(right_word, right.map_or(99, |word| word.gap as u64)));
        put(hash::join(left_word, right_word));
        put(hash::join(last.map_or(0, |word| word.hash), place));
        put(hash::join(first.map_or(0, |word| word.hash), place));
        put(hash::join(last.map_or(0, |word| u64::from(word.class)), place));
        put(hash::join(l, left_word));
        put(hash::join(l, right_word));
        let further = start.checked_sub(2).filter(|&at| at >= from).and_then(|at| self.word(at));
        put(hash::join(left_word, further.map_or(1, |word| word.hash)));
        let further = self.word(end + 1).filter(|_| end + 1 < to);
        put(hash::join(right_word, further.map_or(1, |word| word.hash)));
        // Quotation marks around the run, and what kind of thing is named before them.
        let quoted = u64::from(look.quoted);
        put(hash::join(quoted, place));
        put(hash::join(quoted, left_word));
        // The article.
        let habit = self.page.habit_of(word.hash);
        let few = |count: u32| u64::from(count.min(2) + u32::from(count > 4));
        let ways = few(habit.upper) << 4 | few(habit.lower);
        let manner = u64::from(word.soft) | u64::from(look.loud) << 1;
        put(hash::join(hash::join(ways, manner), s));
        put(hash::join(manner, s));
        put(hash::join(manner, w));
        let evidence = self.evidence.get(word.hash);
        put(hash::join(u64::from(evidence & (ALONE | FIRST_OF_RUN | LAST_OF_RUN)), place));
        put(hash::join(u64::from(evidence), 1));
        for bit in (0..EVIDENCE as u64).filter(|bit| evidence >> bit & 1 != 0) {
            rows.push(row(100, hash::join(bit, place)));
        }
    }
}

fn on(condition: bool, bit: u32) -> u32 {
    if condition { bit } else { 0 }
}

/// The row of a feature: which template it is of, and its value.
fn row(template: u32, value: u64) -> u32 {
    (hash::join(u64::from(template), value).wrapping_mul(0x94D0_49BB_1331_11EB) >> (64 - BITS)) as u32
}

/// The shape of a word: capitals, small letters and figures, runs of more than two cut.
fn shape(written: &str) -> u64 {
    let mut shape = 0x51;
    let (mut last, mut times) = (0, 0);
    for c in written.chars() {
        let kind = match c {
            _ if c.is_uppercase() => 1,
            _ if c.is_ascii_digit() => 3,
            _ if c.is_alphabetic() => 2,
            '.' => 4,
            _ => 5,
        };
        times = if kind == last { times + 1 } else { 0 };
        last = kind;
        if times < 2 {
            shape = hash::join(shape, kind);
        }
    }
    shape
}

/// The kinds that the model knows.
pub const KINDS: [Kind; 7] =
    [Kind::Person, Kind::Organisation, Kind::Place, Kind::Group, Kind::Event, Kind::Law, Kind::Work];
