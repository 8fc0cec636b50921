//! Passages: the sentences of an article that have marks, best first, cut to what a list can show.
//!
//! A passage with more of the query's words comes first, then rarer words, then words closer to each other, then
//! the order of the text. Invariant: every mark of the article is in exactly one passage. Not here: which marks
//! there are (`marks`).

use super::marks::Mark;
use super::plan::Matcher;
use crate::article::Article;
use crate::index::words;
use crate::text::Span;
use crate::text::sort::sort_by;

/// Characters of a snippet at most.
pub const SNIPPET: usize = 200;

/// A sentence with marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The sentence, bytes of the article's text.
    pub sentence: Span,
    /// Which mark of the article, from 0, its first mark is.
    pub first: u32,
    /// Its marks, bytes of the article's text.
    pub marks: Vec<Mark>,
    /// What it is worth beside the others of the same query.
    pub score: f64,
}

/// A piece of an article to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The piece as it stands.
    pub text: String,
    /// Marks, bytes of this piece.
    pub marks: Vec<Span>,
    /// Whether words before it were left out.
    pub cut_start: bool,
    /// Whether words after it were left out.
    pub cut_end: bool,
}

impl Matcher<'_> {
    /// All passages of an article, best first, from its [`Matcher::marks`].
    pub fn passages(&self, article: &Article, marks: &[Mark]) -> Vec<Passage> {
        let mut passages: Vec<Passage> = Vec::new();
        let mut sentences = words::sentences(article).peekable();
        let mut sentence = Span::default();
        for (at, mark) in marks.iter().enumerate() {
            while let Some(next) = sentences.next_if(|next| next.start <= mark.span.start) {
                sentence = next;
            }
            match passages.last_mut() {
                Some(last) if last.sentence == sentence => last.marks.push(*mark),
                _ => passages.push(Passage { sentence, first: at as u32, marks: vec![*mark], score: 0.0 }),
            }
        }
        for passage in &mut passages {
            passage.score = self.worth(&passage.marks);
        }
        sort_by(&mut passages, |a, b| b.score.total_cmp(&a.score).then(a.first.cmp(&b.first)));
        passages
    }

    fn worth(&self, marks: &[Mark]) -> f64 {
        let mut worth = 0.0;
        for (at, wanted) in self.wanted.iter().enumerate() {
            let mine = marks.iter().filter(|mark| mark.words & 1 << at.min(63) != 0);
            if let Some(best) = mine.map(|mark| mark.kind.weight()).reduce(f64::max) {
                let mut rarity = f64::INFINITY;
                wanted.tree.atoms(&mut |atom| {
                    rarity = self.atoms.get(atom).map_or(rarity, |planned| rarity.min(self.idf(planned)));
                });
                worth += best * (1.0 + if rarity.is_finite() { rarity } else { 0.0 });
            }
        }
        let close = |pair: &[Mark]| match pair {
            [a, b] if a.words != b.words => 1.0 / (2.0 + f64::from(b.span.start.saturating_sub(a.span.end))),
            _ => 0.0,
        };
        worth + marks.windows(2).map(close).fold(0.0, f64::max)
    }
}

/// Cuts a sentence of `text` to at most `most` characters on word boundaries around its marks: where it is too
/// long, around those that together show most of the query.
pub fn snippet(text: &str, sentence: Span, marks: &[Mark], most: usize) -> Snippet {
    let whole = sentence.of(text);
    let most = most.max(1);
    if whole.chars().nth(most).is_none() {
        return cut(text, sentence, sentence, marks);
    }
    let core = core(text, sentence, marks, most);
    // A third of the room that is left goes before the marks, and what is not needed there goes behind them.
    let room = most - core.of(text).chars().count().min(most);
    let before = text.get(sentence.start as usize..core.start as usize).unwrap_or("");
    let after = text.get(core.end as usize..sentence.end as usize).unwrap_or("");
    let behind = after.chars().take(room).count();
    let ahead = before.chars().rev().take(room - behind.min(room - room / 3)).count();
    let mut start = core.start as usize - tail(before, ahead);
    if start > sentence.start as usize {
        start = after_space(text, start, core.start as usize);
    }
    let length = after.char_indices().nth(room - ahead).map_or(after.len(), |(at, _)| at);
    let mut end = core.end as usize + length;
    if end < sentence.end as usize {
        end = before_space(text, core.end as usize, end);
    }
    cut(text, sentence, Span::new(start, end), marks)
}

/// From the first to the last of the marks that fit into `most` characters and show most of the query.
fn core(text: &str, sentence: Span, marks: &[Mark], most: usize) -> Span {
    let first = Span { start: sentence.start, end: sentence.start };
    let inside = |mark: &Mark| Span { start: mark.span.start, end: mark.span.end.min(sentence.end) };
    let mut best = (0, 0, marks.first().map_or(first, inside));
    for (at, from) in marks.iter().enumerate() {
        let (mut words, mut span) = (0u64, inside(from));
        let mut taken = 0;
        // A snippet of `most` characters has no more marks than that.
        for mark in marks.iter().skip(at).take(most) {
            let wider = Span { start: span.start, end: inside(mark).end.max(span.end) };
            if wider.len() > most && wider.of(text).chars().count() > most {
                break;
            }
            (words, span, taken) = (words | mark.words, wider, taken + 1);
        }
        if (words.count_ones(), taken) > (best.0, best.1) {
            best = (words.count_ones(), taken, span);
        }
    }
    let mut core = best.2;
    if let Some((length, _)) = core.of(text).char_indices().nth(most) {
        core.end = core.start + length as u32;
    }
    core
}

/// Bytes of the last `count` characters.
fn tail(text: &str, count: usize) -> usize {
    text.chars().rev().take(count).map(char::len_utf8).sum()
}

/// The first word start at or after `start`, up to `limit`; `start` where there is no space.
fn after_space(text: &str, start: usize, limit: usize) -> usize {
    let piece = text.get(start..limit).unwrap_or("");
    if text.get(..start).is_some_and(|before| before.ends_with(char::is_whitespace)) {
        return start;
    }
    match piece.find(char::is_whitespace) {
        Some(at) => start + at + piece.get(at..).map_or(0, |rest| rest.len() - rest.trim_start().len()),
        None => start,
    }
}

/// The last word end at or before `end`, from `limit`; `end` where there is no space.
fn before_space(text: &str, limit: usize, end: usize) -> usize {
    let piece = text.get(limit..end).unwrap_or("");
    if text.get(end..).is_some_and(|after| after.starts_with(char::is_whitespace)) {
        return limit + piece.trim_end().len();
    }
    match piece.rfind(char::is_whitespace) {
        Some(at) => limit + piece.get(..at).map_or(at, |kept| kept.trim_end().len()),
        None => end,
    }
}

fn cut(text: &str, sentence: Span, piece: Span, marks: &[Mark]) -> Snippet {
    let inside = |mark: &Mark| {
        let start = mark.span.start.max(piece.start);
        let end = mark.span.end.min(piece.end);
        (start < end).then(|| Span { start: start - piece.start, end: end - piece.start })
    };
    Snippet {
        text: piece.of(text).to_owned(),
        marks: marks.iter().filter_map(inside).collect(),
        cut_start: piece.start > sentence.start,
        cut_end: piece.end < sentence.end,
    }
}
