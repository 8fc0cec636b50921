//! Revision: which words two texts of one origin do not share, as an editor would mark them.
//!
//! A word diff. Tokens are what stands between blanks, a word or number whole, punctuation at its ends by itself; two
//! tokens are the same when their letters and digits are, whatever their case and the shape of quotes and dashes. Short
//! ranges are aligned exactly, by weight and with a price on every change opened (affine gaps: Gotoh, “An improved
//! algorithm for matching biological sequences”, 1982), so that a lone "the" does not cut one change into two. Longer
//! ones are first divided at the words that stand once in both, in the longest order that both share (patience diff,
//! Bram Cohen).
//!
//! Invariants: no change begins or ends inside a word or number; what is not in a change is the same in both texts; the
//! texts swapped give the changes mirrored; total, and the work is bounded: a range that would cost too much is one
//! change. Not here: which sentences are compared (`mod.rs`), which have moved (`order.rs`).

use super::model::Change;
use super::order;
use crate::text::interner::Interner;
use crate::text::{self, Span};

/// Pairs of tokens up to which a range is aligned exactly at once.
const EXACT: usize = 1 << 16;
/// Pairs of tokens that are weighed against each other in all.
const CELLS: usize = 6_000_000;
/// How often a token is looked at, on average, in dividing at words that stand once.
const ROUNDS: usize = 24;
/// What it costs to open a change. Picked, with what follows, among 57 settings on the first half of `edits_arxiv`.
const OPEN: i32 = 3;
/// What a matched punctuation mark or short word is worth; any other word or number.
const SHORT: i32 = 2;
const LONG: i32 = 4;
/// Characters up to which a word is short.
const SHORT_CHARS: usize = 3;
/// Share of the weight of both texts that must be the same for one to be a revision of the other.
const REVISED: f64 = 0.5;

/// No place.
const NONE: u32 = u32::MAX;

/// A word, number or punctuation mark.
struct Token {
    span: Span,
    /// The same for tokens that are the same.
    id: u32,
    /// What it is worth to keep it.
    weight: i32,
}

/// What differs between two texts, in order; spans are bytes of each.
pub fn changes(a: &str, b: &str) -> Vec<Change> {
    Diff::of(a, b).changes()
}

/// The same where most of both texts is the same; nothing where the wording is another.
pub(super) fn revision(a: &str, b: &str) -> Vec<Change> {
    let diff = Diff::of(a, b);
    let weight = |tokens: &[Token]| tokens.iter().map(|t| i64::from(t.weight)).sum::<i64>();
    let kept = diff.x.iter().zip(&diff.partner).filter(|(_, j)| **j != NONE);
    let kept: i64 = kept.map(|(t, _)| i64::from(t.weight)).sum();
    let all = weight(&diff.x) + weight(&diff.y);
    if 2.0 * kept as f64 >= REVISED * all as f64 { diff.changes() } else { Vec::new() }
}

/// Two texts while they are matched.
struct Diff<'t> {
    texts: [&'t str; 2],
    x: Vec<Token>,
    y: Vec<Token>,
    /// For each token of the first text its partner in the second, or [`NONE`].
    partner: Vec<u32>,
    /// Whether the texts were swapped, so that the answer does not depend on which comes first.
    swapped: bool,
}

impl<'t> Diff<'t> {
    fn of(a: &'t str, b: &'t str) -> Diff<'t> {
        let swapped = (b.len(), b) < (a.len(), a);
        let texts = if swapped { [b, a] } else { [a, b] };
        let mut ids = Ids::default();
        let [x, y] = texts.map(|text| tokens(text, &mut ids));
        let mut diff = Diff { texts, partner: vec![NONE; x.len()], x, y, swapped };
        diff.match_all(ids.essences.count());
        diff.drop_islands();
        diff
    }

    /// Matches everything, range by range.
    fn match_all(&mut self, ids: usize) {
        let (n, m) = (self.x.len() as u32, self.y.len() as u32);
        let mut rounds = ROUNDS * (self.x.len() + self.y.len());
        let mut cells = CELLS;
        let mut seen = vec![Seen::default(); ids];
        let mut grid = Vec::new();
        let mut open = vec![[0, n, 0, m]];
        while let Some(range) = open.pop() {
            let range = self.trimmed(range);
            let (n, m) = ((range[1] - range[0]) as usize, (range[3] - range[2]) as usize);
            if n == 0 || m == 0 {
                continue;
            }
            if n * m > EXACT && n + m <= rounds {
                rounds -= n + m;
                if self.divide(range, &mut seen, &mut open) {
                    continue;
                }
            }
            if n * m <= cells {
                cells -= n * m;
                self.align(range, &mut grid);
            }
        }
    }

    /// A range without what both begin and end with, which is matched. Short ranges stay: the alignment weighs.
    fn trimmed(&mut self, [mut a, mut c, mut b, mut d]: [u32; 4]) -> [u32; 4] {
        if (c - a) as usize * (d - b) as usize <= EXACT {
            return [a, c, b, d];
        }
        while a < c && b < d && self.same(a, b) {
            self.partner[a as usize] = b;
            (a, b) = (a + 1, b + 1);
        }
        while a < c && b < d && self.same(c - 1, d - 1) {
            (c, d) = (c - 1, d - 1);
            self.partner[c as usize] = d;
        }
        [a, c, b, d]
    }

    fn same(&self, i: u32, j: u32) -> bool {
        self.x[i as usize].id == self.y[j as usize].id
    }

    /// Matches the words that stand once in both parts of a range and in one order, and leaves the ranges between them;
    /// `false` where there are none.
    fn divide(&mut self, [a, c, b, d]: [u32; 4], seen: &mut [Seen], open: &mut Vec<[u32; 4]>) -> bool {
        for i in a..c {
            seen[self.x[i as usize].id as usize].a += 1;
        }
        for j in b..d {
            let seen = &mut seen[self.y[j as usize].id as usize];
            (seen.b, seen.at) = (seen.b + 1, j);
        }
        let once: Vec<(u32, u32)> = (a..c)
            .filter_map(|i| {
                let seen = &seen[self.x[i as usize].id as usize];
                (seen.a == 1 && seen.b == 1 && self.x[i as usize].weight == LONG).then_some((i, seen.at))
            })
            .collect();
        for i in a..c {
            seen[self.x[i as usize].id as usize] = Seen::default();
        }
        for j in b..d {
            seen[self.y[j as usize].id as usize] = Seen::default();
        }
        let places: Vec<i64> = once.iter().map(|(_, j)| i64::from(*j)).collect();
        let lengths = order::lengths(&places);
        let mut wanted = lengths.iter().copied().max().unwrap_or(0);
        let found = wanted > 0;
        // From the end: the last of each length that stands before what was taken.
        let (mut end_a, mut end_b) = (c, d);
        for ((i, j), length) in once.into_iter().zip(lengths).rev() {
            if length == wanted && j < end_b {
                self.partner[i as usize] = j;
                open.push([i + 1, end_a, j + 1, end_b]);
                (end_a, end_b) = (i, j);
                wanted -= 1;
            }
        }
        if found {
            open.push([a, end_a, b, end_b]);
        }
        found
    }

    /// Aligns a range exactly: the matches in order that are worth most, less the price of each change between.
    fn align(&mut self, [a, c, b, d]: [u32; 4], grid: &mut Vec<u8>) {
        let (x, y) = (&self.x[a as usize..c as usize], &self.y[b as usize..d as usize]);
        let width = y.len() + 1;
        grid.clear();
        grid.resize((x.len() + 1) * width, 0);
        // The best that ends in a match and the best that ends in a change, for the row above and this one.
        let mut above: Vec<[i32; 2]> = vec![[LOW, -OPEN]; width];
        above[0] = [0, LOW];
        for (cell, way) in grid.iter_mut().enumerate().take(width).skip(1) {
            *way = BACK | if cell == 1 { CHANGE_AFTER_MATCH } else { 0 };
        }
        let mut row = above.clone();
        for (i, token) in x.iter().enumerate() {
            row[0] = [LOW, -OPEN];
            grid[(i + 1) * width] = if i == 0 { CHANGE_AFTER_MATCH } else { 0 };
            for (j, other) in y.iter().enumerate() {
                let mut way = 0;
                let diagonal = above[j];
                let matched = if token.id == other.id {
                    if diagonal[1] > diagonal[0] {
                        way |= MATCH_AFTER_CHANGE;
                    }
                    token.weight + diagonal[0].max(diagonal[1])
                } else {
                    LOW
                };
                let step = |from: [i32; 2]| (from[1].max(from[0] - OPEN), from[0] - OPEN > from[1]);
                let ((up, up_opens), (back, back_opens)) = (step(above[j + 1]), step(row[j]));
                let opens = if back > up {
                    way |= BACK;
                    back_opens
                } else {
                    up_opens
                };
                if opens {
                    way |= CHANGE_AFTER_MATCH;
                }
                row[j + 1] = [matched, up.max(back)];
                grid[(i + 1) * width + j + 1] = way;
            }
            std::mem::swap(&mut above, &mut row);
        }
        let (mut i, mut j) = (x.len(), y.len());
        let mut matching = above[j][0] >= above[j][1];
        while i > 0 || j > 0 {
            let way = grid[i * width + j];
            if matching {
                (i, j) = (i - 1, j - 1);
                self.partner[a as usize + i] = b + j as u32;
                matching = way & MATCH_AFTER_CHANGE == 0;
            } else {
                if way & BACK != 0 {
                    j -= 1
                } else {
                    i -= 1
                }
                matching = way & CHANGE_AFTER_MATCH != 0;
            }
        }
    }

    /// Gives up matches between two changes that are worth less than opening the second one.
    fn drop_islands(&mut self) {
        let mut from = 0;
        while from < self.x.len() {
            let Some(first) = self.partner.get(from).copied().filter(|j| *j != NONE) else {
                from += 1;
                continue;
            };
            let mut to = from + 1;
            while self.partner.get(to) == Some(&(first + (to - from) as u32)) {
                to += 1;
            }
            let end = first as usize + (to - from);
            let inside = (from > 0 || first > 0) && (to < self.x.len() || end < self.y.len());
            let worth: i32 = self.x[from..to].iter().map(|t| t.weight).sum();
            if inside && worth < OPEN {
                self.partner[from..to].fill(NONE);
            }
            from = to;
        }
    }

    /// The changes, with those in spelling alone between them.
    fn changes(&self) -> Vec<Change> {
        let mut out = Vec::new();
        let (mut i, mut j) = (0, 0);
        // The tokens spelt otherwise that stand one after another.
        let mut spelt = (0..0, 0..0);
        for at in 0..=self.x.len() {
            let partner = self.partner.get(at).map_or(self.y.len() as u32, |j| *j);
            if partner == NONE {
                continue;
            }
            let to = partner as usize;
            let otherwise = self.x.get(at).zip(self.y.get(to)).is_some_and(|(x, y)| {
                let [one, other] = self.texts;
                x.span.of(one) != y.span.of(other)
            });
            let apart = i < at || j < to;
            if (apart || !otherwise) && !spelt.0.is_empty() {
                out.push(self.change(std::mem::take(&mut spelt.0), std::mem::take(&mut spelt.1)));
            }
            if apart {
                out.push(self.change(i..at, j..to));
            }
            if otherwise {
                let begun = !spelt.0.is_empty();
                spelt = if begun {
                    (spelt.0.start..at + 1, spelt.1.start..to + 1)
                } else {
                    (at..at + 1, to..to + 1)
                };
            }
            (i, j) = (at + 1, to + 1);
        }
        out
    }

    fn change(&self, x: std::ops::Range<usize>, y: std::ops::Range<usize>) -> Change {
        let essence = |tokens: &[Token], text: &str| {
            let mut out = String::new();
            for token in tokens {
                let own = essence(token.span.of(text));
                if !own.is_empty() && !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(&own);
            }
            out
        };
        let [one, other] = self.texts;
        let small = essence(&self.x[x.clone()], one) == essence(&self.y[y.clone()], other);
        let (a, b) = (extent(&self.x, x), extent(&self.y, y));
        if self.swapped { Change { a: b, b: a, small } } else { Change { a, b, small } }
    }
}

/// The span from the first to the last of these tokens; where there are none, the place after what stands before.
fn extent(tokens: &[Token], range: std::ops::Range<usize>) -> Span {
    match (tokens.get(range.start), tokens.get(range.end.wrapping_sub(1))) {
        (Some(first), Some(last)) if !range.is_empty() => {
            Span { start: first.span.start, end: last.span.end }
        }
        _ => {
            let at = range.start.checked_sub(1).and_then(|before| tokens.get(before));
            let at = at.map_or(0, |token| token.span.end);
            Span { start: at, end: at }
        }
    }
}

/// Below every score that can be reached.
const LOW: i32 = i32::MIN / 2;
/// How the best way came to a cell: a match after a change, a change just opened, a change by a token of B.
const MATCH_AFTER_CHANGE: u8 = 1;
const CHANGE_AFTER_MATCH: u8 = 2;
const BACK: u8 = 4;

/// How often a token stands in each part of a range, and where in B.
#[derive(Clone, Copy, Default)]
struct Seen {
    a: u32,
    b: u32,
    at: u32,
}

/// Numbers of tokens: by form, and by what remains of a form.
#[derive(Default)]
struct Ids {
    forms: Interner,
    essences: Interner,
    /// Of each form: the number of its essence, its weight.
    known: Vec<(u32, i32)>,
}

impl Ids {
    fn of(&mut self, form: &str) -> (u32, i32) {
        if let Some(known) = self.known.get(self.forms.number(form) as usize) {
            return *known;
        }
        let mut essence = essence(form);
        let chars = essence.chars().count();
        let number = essence.contains(|c: char| c.is_ascii_digit());
        let weight = if chars > SHORT_CHARS || number { LONG } else { SHORT };
        if chars == 0 {
            essence.push(match form.chars().next().unwrap_or(' ') {
                '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' => '"',
                '–' | '—' | '−' => '-',
                other => other,
            });
        }
        let id = self.essences.number(&essence);
        self.known.push((id, weight));
        (id, weight)
    }
}

/// The letters, digits and signs of value of some words, folded: what a change of typography leaves. Hyphens part
/// words as blanks do; a comma that groups digits by three and the dots of acronyms go.
fn essence(form: &str) -> String {
    let folded = text::fold(form);
    let mut out = String::with_capacity(folded.len());
    let mut rest = folded.char_indices();
    while let Some((at, c)) = rest.next() {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let after = rest.as_str();
        match c {
            '-' | '−' if out.is_empty() && digit(after.chars().next()) => out.push('-'),
            '-' | '‐' | '‑' | '–' | '—' => {
                if !out.is_empty() && !out.ends_with(' ') && !after.is_empty() {
                    out.push(' ');
                }
            }
            '.' | ',' if digit(folded[..at].chars().next_back()) && digit(after.chars().next()) => {
                let group = after.chars().take_while(char::is_ascii_digit).count() == 3;
                if c == '.' || !group {
                    out.push(c);
                }
            }
            c if is_punctuation(c) || c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

/// Punctuation, without the signs that change a value.
fn is_punctuation(c: char) -> bool {
    match c {
        '$' | '%' | '+' | '=' | '<' | '>' | '#' | '&' | '@' => false,
        c if c.is_ascii() => c.is_ascii_punctuation(),
        '‰' | '‱' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => false,
        '\u{2010}'..='\u{205E}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' => true,
        c => "«»¡¿·،؛؟۔，．：；！？（）｡｢｣".contains(c),
    }
}

/// The tokens of a text.
fn tokens(text: &str, ids: &mut Ids) -> Vec<Token> {
    let mut out = Vec::new();
    let mut put = |start: usize, end: usize| {
        if let Some(form) = text.get(start..end).filter(|form| !form.is_empty()) {
            let (id, weight) = ids.of(form);
            out.push(Token { span: Span::new(start, end), id, weight });
        }
    };
    let parts = |c: char| c.is_whitespace() || matches!(c, '—' | '–' | '…') || text::is_unspaced(c);
    let mut from = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if !parts(c) {
            continue;
        }
        let run = text.get(from..at).unwrap_or("");
        let head = run.len() - run.trim_start_matches(is_punctuation).len();
        let tail = run.trim_end_matches(is_punctuation).len().max(head);
        let (head, tail) = (signed(run, head), dotted(run, tail));
        for (i, c) in run[..head].char_indices() {
            put(from + i, from + i + c.len_utf8());
        }
        put(from + head, from + tail);
        for (i, c) in run[tail..].char_indices() {
            put(from + tail + i, from + tail + i + c.len_utf8());
        }
        from = at + if at < text.len() { c.len_utf8() } else { 0 };
        if !c.is_whitespace() {
            put(at, from);
        }
    }
    out
}

/// Where the word of a run begins, given where its punctuation ends: a minus before a digit is part of the number.
fn signed(run: &str, head: usize) -> usize {
    let number = run[head..].starts_with(|c: char| c.is_ascii_digit());
    match run[..head].chars().next_back() {
        Some(c @ ('-' | '−')) if number => head - c.len_utf8(),
        _ => head,
    }
}

/// Where the word of a run ends, given where its punctuation begins: an acronym keeps its last dot.
fn dotted(run: &str, tail: usize) -> usize {
    let acronym = run[..tail].contains('.') && !run[..tail].contains(|c: char| c.is_ascii_digit());
    if acronym && run[tail..].starts_with('.') { tail + 1 } else { tail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Changes as `[−… +…]`, small ones as `{−… +…}`, within B.
    fn drawn(a: &str, b: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for change in changes(a, b) {
            out.push_str(&b[at..change.b.start as usize]);
            let [open, close] = if change.small { ['{', '}'] } else { ['[', ']'] };
            out.push(open);
            if !change.a.is_empty() {
                out.push('−');
                out.push_str(change.a.of(a));
            }
            if !change.b.is_empty() {
                out.push('+');
                out.push_str(change.b.of(b));
            }
            out.push(close);
            at = change.b.end as usize;
        }
        out + &b[at..]
    }

    #[track_caller]
    fn check(a: &str, b: &str, expected: &str) {
        assert_eq!(drawn(a, b), expected, "\n{a}\n{b}");
    }

    #[test]
    fn words_and_numbers_are_never_cut() {
        check("", "", "");
        check("The fire killed 12 people.", "The fire killed 14 people.", "The fire killed [−12+14] people.");
        check("It cost $1,200 in all.", "It cost $1,250.50 in all.", "It cost [−$1,200+$1,250.50] in all.");
        check("a non-native plant", "a native plant", "a [−non-native+native] plant");
        check("It fell by -5% here.", "It fell by 5% here.", "It fell by [−-5%+5%] here.");
        check("Iran’s envoy left.", "Iran envoy left.", "[−Iran’s+Iran] envoy left.");
        check("the river rose", "the river rose again", "the river rose [+again]");
        check("2019–2020", "2019–2021", "2019–[−2020+2021]");
        check("伊朗说不", "伊朗说是", "伊朗说[−不+是]");
    }

    #[test]
    fn one_change_is_one_change() {
        check(
            "The mayor of the old town resigned on Monday.",
            "The mayor of a small village by the sea resigned on Monday.",
            "The mayor of [−the old town+a small village by the sea] resigned on Monday.",
        );
        check("a b c d e f g h", "a b x d e y g h", "a b [−c+x] d e [−f+y] g h");
    }

    #[test]
    fn typography_case_and_commas_are_small() {
        check("“Yes,” he said.", "\"Yes\", he said.", "{−“+\"}Yes{−,”+\",} he said.");
        check(
            "The Foreign Minister left.",
            "The foreign minister left.",
            "The {−Foreign Minister+foreign minister} left.",
        );
        check("In the U.S. they left.", "In the US they left.", "In the {−U.S.+US} they left.");
        check("an oil-rich state", "an oil rich state", "an {−oil-rich+oil rich} state");
        check("1,200 men", "1200 men", "{−1,200+1200} men");
        check("12,5 men", "125 men", "[−12,5+125] men");
        check("$5 each", "5 each", "[−$5+5] each");
        check("It ended. We left.", "It ended; We left.", "It ended{−.+;} We left.");
    }

    fn texts() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "the",
            "The",
            "of",
            "talks",
            "12",
            "1,200",
            "1200",
            "-5",
            "$3",
            "U.S.",
            "US",
            "non-native",
            "“no”",
            "—",
            "–",
            ",",
            "...",
            "é",
            "漢字",
            "۱۲",
            "\u{200f}",
            "c\u{301}",
            "Iran’s",
            "\n",
            "a",
            "b",
            "c",
            "d.",
            "e",
            "'",
        ]);
        prop_oneof![
            prop::collection::vec(word.clone(), 0..12).prop_map(|w| w.join(" ")),
            prop::collection::vec(word, 0..12).prop_map(|w| w.concat()),
            any::<String>(),
        ]
    }

    /// Whether a place is inside a word or number.
    fn cuts(text: &str, at: u32) -> bool {
        let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !text::is_unspaced(c));
        let (before, after) = text.split_at(at as usize);
        inside(before.chars().next_back()) && inside(after.chars().next())
    }

    proptest! {
        #[test]
        fn total_and_sound(a in texts(), b in texts()) {
            let found = changes(&a, &b);
            prop_assert!(changes(&a, &a).is_empty());
            let mirrored: Vec<Change> =
                changes(&b, &a).into_iter().map(|c| Change { a: c.b, b: c.a, small: c.small }).collect();
            prop_assert_eq!(&found, &mirrored);
            let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
            let (mut x, mut y) = (0, 0);
            let ends = Change {
                a: Span::new(a.len(), a.len()),
                b: Span::new(b.len(), b.len()),
                small: true,
            };
            for change in found.iter().chain([&ends]) {
                prop_assert!(!change.a.is_empty() || !change.b.is_empty() || *change == ends);
                let same = (a.get(x..change.a.start as usize), b.get(y..change.b.start as usize));
                prop_assert_eq!(same.0.map(bare), same.1.map(bare), "what is in no change is the same");
                for (text, span) in [(&a, change.a), (&b, change.b)] {
                    prop_assert!(!cuts(text, span.start) && !cuts(text, span.end));
                }
                (x, y) = (change.a.end as usize, change.b.end as usize);
            }
        }

        /// Long ranges, which are divided first.
        #[test]
        fn long_texts_are_read_too(words in prop::collection::vec("[a-e]{1,3}", 600..700), cut in 0usize..500) {
            let a = words.join(" ");
            let mut changed = words.clone();
            changed.drain(cut..cut + 40);
            changed.insert(cut, "inserted".to_owned());
            let b = changed.join(" ");
            let found = changes(&a, &b);
            let (gone, come): (usize, usize) = found.iter().fold((0, 0), |(x, y), c| (x + c.a.len(), y + c.b.len()));
            prop_assert!(gone <= 40 * 4 + 40 && come <= 200, "{gone} {come}");
        }
    }
}
