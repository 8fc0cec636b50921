//! Quotations: which words of a sentence stand between quotation marks, and the same quotation in other words.
//!
//! Invariant: spans are bytes of the article and lie inside the sentence. A quotation that an earlier sentence of the
//! paragraph opened goes on. Two quotations are compared only where most of the shorter stands in the longer, in order,
//! or a good stretch of both is the same; what an ellipsis or a bracket leaves out or puts in, a name told in full, a
//! contraction, s or z, starred letters and sounds like "well" are no difference. Not here: who is quoted
//! (`reports.rs`).

use super::side::{Side, chain};
use super::words::listed;
use super::{Degree, Difference, DifferenceKind};
use crate::text::Span;
use std::ops::Range;

/// Bytes before a sentence that are read for a mark that opens a quotation.
const MAX_BEFORE: usize = 4_000;

/// A quotation of a sentence, as positions of its words.
pub(super) type Quote = Range<usize>;

/// The quotations of a sentence.
pub(super) fn quoted(side: &Side) -> Vec<Quote> {
    let (start, end) = (side.unit.span.start as usize, side.unit.span.end as usize);
    let before = side.text.get(..start).unwrap_or("");
    let paragraph = before.rfind('\n').map_or(0, |at| at + 1).max(start.saturating_sub(MAX_BEFORE));
    let paragraph = side.text.ceil_char_boundary(paragraph);
    let mut open: Option<usize> = None;
    let mut found = Vec::new();
    let close = |from: usize, to: usize, found: &mut Vec<Quote>| {
        let words = side.positions(Span { start: from.max(start) as u32, end: to.max(start) as u32 });
        if !words.is_empty() {
            found.push(words);
        }
    };
    let mut last = ' ';
    for (at, c) in side.text.get(paragraph..end).unwrap_or("").char_indices() {
        let at = paragraph + at;
        // A straight mark after a letter or a stop closes, even what nothing in sight opened.
        let closes =
            c == '”' || c == '"' && (open.is_some() || !last.is_whitespace() && !"([—–-".contains(last));
        if closes {
            close(open.unwrap_or(paragraph), at, &mut found);
            open = None;
        } else if matches!(c, '“' | '"') && open.is_none() {
            open = Some(at);
        }
        last = c;
    }
    if let Some(from) = open {
        close(from, end, &mut found);
    }
    found
}

/// Words that two quotations must share, in order.
const LEAST: usize = 4;
/// The same where it is not most of the shorter quotation.
const LONG: usize = 7;
/// Those of them that carry something.
const CONTENT: usize = 2;
/// Words of a place where two quotations part; beyond, they quote different things.
const MAX_GAP: usize = 3;
/// Words that one of them leaves out in one place.
const MAX_LEFT_OUT: usize = 5;
/// Words that people who quote leave out or put in without notice.
const LOOSE: &str = "that and so well but uh um";

/// Words that are written together with the one before: "it is", "it's".
const CONTRACTED: &str = "is are am has have had will would not us";

/// The letters of the words of a range, loose ones left out; where one of two versions contracts words, what both have
/// left without that.
fn own(side: &Side, range: &Range<usize>, contracts: bool) -> String {
    let mut all = String::new();
    for word in range.clone().map(|at| side.folded(at)).filter(|w| !listed(LOOSE, w)) {
        let word = match word {
            "won't" if contracts => "",
            "can't" | "cannot" if contracts => "can",
            _ if contracts => word.strip_suffix("n't").unwrap_or(word),
            _ => word,
        };
        if !(contracts && listed(CONTRACTED, word)) {
            // "Stabilisation" and "stabilization" are a matter of house style.
            all.extend(word.chars().map(|c| if c == 'z' { 's' } else { c }));
        }
    }
    all
}

/// Whether all words of a range are of a name: who quotes may tell it in full.
fn named(side: &Side, range: &Range<usize>) -> bool {
    range.clone().all(|at| side.is_name(at))
}

/// The same quotation in other words.
pub(super) fn compared(a: &Side, b: &Side, left: &[Quote], right: &[Quote], found: &mut Vec<Difference>) {
    for x in left {
        for y in right {
            found.extend(reworded(a, b, x.clone(), y.clone()));
        }
    }
}

/// A chain of pairs whose members stand as near the next as they may: of several "the" the last before it.
fn tightened(a: &Side, b: &Side, mut words: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    for at in (1..words.len()).rev() {
        let ((i, j), (next_i, next_j)) = (words[at - 1], words[at]);
        let last = |side: &Side, from: usize, to: usize| {
            (from + 1..to).rev().find(|p| side.stem(*p) == side.stem(from)).unwrap_or(from)
        };
        words[at - 1] = (last(a, i, next_i), last(b, j, next_j));
    }
    words
}

fn reworded(a: &Side, b: &Side, x: Quote, y: Quote) -> Option<Difference> {
    let words = tightened(a, b, chain(a, b, x.clone(), y.clone()));
    let apart = |w: &[(usize, usize)]| {
        let (i, j) = (w[1].0 - w[0].0 - 1, w[1].1 - w[0].1 - 1);
        i.max(j) > if i.min(j) > 0 { MAX_GAP } else { MAX_LEFT_OUT }
    };
    // Stretches without a long gap, each of which quotes the same by itself.
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let end = rest.windows(2).position(apart).map_or(rest.len(), |at| at + 1);
        let (stretch, after) = rest.split_at(end);
        rest = after;
        let content = stretch.iter().filter(|(i, _)| a.word(*i).is_some_and(|w| w.content)).count();
        let most = stretch.len() * 4 >= x.len().min(y.len()) * 3;
        if content < CONTENT || stretch.len() < if most { LEAST } else { LONG } {
            continue;
        }
        // Both end a few words later, each in its own way.
        let left = stretch.last().map_or((0, 0), |(i, j)| (x.end - i - 1, y.end - j - 1));
        let few = most && left.0.min(left.1) > 0 && left.0.max(left.1) <= MAX_GAP;
        let ends = few.then_some((x.end, y.end));
        for (at, next) in (1..).zip(stretch[1..].iter().copied().chain(ends)) {
            // One word that agrees by chance does not begin a quotation.
            if at == 1 && stretch[0] != (x.start, y.start) {
                continue;
            }
            let difference = part(a, b, stretch[at - 1], next);
            if difference.is_some() {
                return difference;
            }
        }
    }
    None
}

/// What two versions of a quotation have otherwise between two words that both have.
fn part(a: &Side, b: &Side, from: (usize, usize), to: (usize, usize)) -> Option<Difference> {
    let (mut i, mut j) = (from.0 + 1..to.0, from.1 + 1..to.1);
    if i.is_empty() && j.is_empty() {
        // "Run" and "running" are one word to the chain.
        if a.folded(to.0) == b.folded(to.1) {
            return None;
        }
        (i, j) = (to.0..to.0 + 1, to.1..to.1 + 1);
    }
    // "It's" is "it is".
    let contracts = |side: &Side, range: &Range<usize>| {
        side.quote(side.span(range.start - 1, range.end)).contains(['\'', '’'])
    };
    let contracts = contracts(a, &i) || contracts(b, &j);
    let cut = |side: &Side, range: &Range<usize>| {
        (range.start - 1..range.end)
            .any(|at| side.gap(at).contains(['…', '[', ']', '(', ')', '.', '—', '-', '*']))
    };
    if cut(a, &i)
        || cut(b, &j)
        || own(a, &i, contracts) == own(b, &j, contracts)
        || i.is_empty() && named(b, &j)
        || j.is_empty() && named(a, &i)
    {
        return None;
    }
    // With the neighbours, where one has no word of its own there.
    let (from, to) =
        if i.is_empty() || j.is_empty() { (from, to) } else { ((i.start, j.start), (i.end - 1, j.end - 1)) };
    Some(Difference {
        kind: DifferenceKind::Quote,
        note: "the same quotation in other words".into(),
        a: a.span(from.0, to.0),
        b: b.span(from.1, to.1),
        degree: Degree::Conflict,
    })
}
