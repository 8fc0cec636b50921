//! Reading: what the reader shows beside the text, worked out from its view.
//!
//! Invariant: pure functions of [`Reader`]; total, and linear in the article. Not here: drawing (`app/reader/`),
//! which names there are (the engine).

use super::layers::{Layer, Mark, Span};
pub use crate::article::BlockKind;
use crate::engine::Place;
use crate::engine::views::{BlockView, NameKind, NameView, Reader};
use std::ops::Range;

/// All kinds, in the order of the keys `1` to `9` and of the panel.
pub const KINDS: [NameKind; 11] = [
    NameKind::Person,
    NameKind::Organisation,
    NameKind::Place,
    NameKind::Group,
    NameKind::Event,
    NameKind::Law,
    NameKind::Work,
    NameKind::Date,
    NameKind::Quantity,
    NameKind::Money,
    NameKind::Percent,
];

/// Below this certainty, out of 100, a mention looks uncertain.
pub const CERTAIN: u8 = 60;

/// A part of the outline: what stands from one heading to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Where it begins: index into `Reader::blocks`.
    pub block: u32,
    /// The heading's text; `None` for what stands before the first heading.
    pub heading: Option<Span>,
    /// Matches in it.
    pub hits: u32,
}

/// The outline: a section for each heading, and one for the opening where text stands before the first.
/// Empty where there are no headings. The first block is left out where it is the title itself.
pub fn outline(view: &Reader) -> Vec<Section> {
    let skip = usize::from(title_block(view));
    let mut out: Vec<Section> = Vec::new();
    for (i, block) in view.blocks.iter().enumerate().skip(skip) {
        let heading = matches!(block.kind, BlockKind::Heading(_)).then_some(block.span);
        if heading.is_some() || out.is_empty() {
            out.push(Section { block: i as u32, heading, hits: 0 });
        }
    }
    if out.iter().all(|s| s.heading.is_none()) {
        return Vec::new();
    }
    for hit in &view.hits {
        if let Some(block) = block_at(&view.blocks, hit.start) {
            let at = out.partition_point(|s| s.block as usize <= block);
            if let Some(section) = out.get_mut(at.saturating_sub(1)) {
                section.hits += 1;
            }
        }
    }
    out
}

/// Whether the first block is a heading with the title's words, so that it is drawn as the title and not
/// a second time below it.
pub fn title_block(view: &Reader) -> bool {
    view.article.title_given
        && view.blocks.first().is_some_and(|b| {
            matches!(b.kind, BlockKind::Heading(_))
                && b.span.of(&view.text).trim() == view.article.title.trim()
        })
}

/// The block that holds the byte `at`, or the last one that begins before it.
pub fn block_at(blocks: &[BlockView], at: u32) -> Option<usize> {
    blocks.partition_point(|b| b.span.start <= at).checked_sub(1)
}

/// The highest level of heading in the text, from 1, skipping the title; 1 where there is none.
pub fn top_level(view: &Reader) -> u8 {
    let skip = usize::from(title_block(view));
    let levels = view.blocks.iter().skip(skip).filter_map(|b| match b.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    });
    levels.min().unwrap_or(1)
}

/// Bytes of text of a part that is drawn at once.
const PART: u32 = 8 << 10;

/// The article in parts, as indices into `Reader::blocks`: neighbouring blocks of [`PART`] bytes and a block at most;
/// without the title.
pub fn parts(view: &Reader) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut full = 0;
    for (i, block) in view.blocks.iter().enumerate().skip(usize::from(title_block(view))) {
        match out.last_mut() {
            Some(part) if block.span.start < full => part.end = i + 1,
            _ => {
                out.push(i..i + 1);
                full = block.span.start.saturating_add(PART);
            }
        }
    }
    out
}

/// The layers of each block: names, then hits, numbered as in the view, in bytes of the article.
pub fn layers(view: &Reader) -> Vec<Vec<Layer>> {
    let mut out: Vec<Vec<Layer>> = vec![Vec::new(); view.blocks.len()];
    let names = view.mentions.iter().enumerate().map(|(i, m)| (m.span, Mark::Name(i as u32)));
    let hits = view.hits.iter().enumerate().map(|(i, &span)| (span, Mark::Hit(i as u32)));
    for (span, mark) in names.chain(hits) {
        // A phrase may run over the end of a block: it is marked in each.
        let mut at = block_at(&view.blocks, span.start).unwrap_or(0);
        while let (Some(block), Some(layers)) = (view.blocks.get(at), out.get_mut(at))
            && block.span.start < span.end
        {
            if block.span.overlaps(span) {
                layers.push(Layer { span, mark });
            }
            at += 1;
        }
    }
    out
}

/// Mentions of each kind, in the order of [`KINDS`].
pub fn counts(view: &Reader) -> [u32; KINDS.len()] {
    let mut out = [0; KINDS.len()];
    for mention in &view.mentions {
        if let Some(name) = view.names.get(mention.name as usize)
            && let Some(at) = KINDS.iter().position(|&k| k == name.kind)
        {
            out[at] += 1;
        }
    }
    out
}

/// The words of a span as a correction names them.
pub fn quoted(view: &Reader, span: Span) -> Option<Place> {
    let before = view.text.get(..span.start as usize)?;
    let start = u32::try_from(before.chars().count()).ok()?;
    let quote = Some(span.of(&view.text).to_owned()).filter(|quote| !quote.is_empty())?;
    Some(Place { article: view.article.slug.clone(), start, quote })
}

/// The span of a selection in a block, from and to in UTF-16 code units of the block's text, without the white
/// space and the punctuation at its ends; `None` where no letter or digit is left.
pub fn selection(view: &Reader, block: usize, from: u32, to: u32) -> Option<Span> {
    let span = view.blocks.get(block)?.span;
    let text = span.of(&view.text);
    let byte = |units: u32| {
        let mut passed = 0;
        let at = text.char_indices().find(|(_, c)| {
            let here = passed >= units;
            passed += c.len_utf16() as u32;
            here
        });
        at.map_or(text.len(), |(at, _)| at)
    };
    let (start, end) = (byte(from), byte(to));
    let words = text.get(start..end)?;
    let edge = |c: char| !c.is_alphanumeric();
    let start = start + words.len() - words.trim_start_matches(edge).len();
    let kept = words.trim_matches(edge);
    // "U.S." keeps its last point.
    let point =
        kept.contains('.') && text.get(start + kept.len()..end).is_some_and(|rest| rest.starts_with('.'));
    let end = start + kept.len() + usize::from(point);
    let from = span.start as usize;
    (!kept.is_empty()).then(|| Span::new(from + start, from + end))
}

/// Names that are marked at first, at most: more are noise.
const MAIN: usize = 20;

/// Mentions that make a name one of the main ones.
const OFTEN: u32 = 3;

/// For each name whether it matters in this article: it is named often, or other articles name it too; dates and
/// figures only where they are stated often. At most [`MAIN`] of them, the most named. Where hardly any does, as
/// in a short text, all that are names.
pub fn main_names(view: &Reader) -> Vec<bool> {
    let choose = |fits: &dyn Fn(&NameView) -> bool| -> Vec<bool> {
        let mut left = MAIN;
        let take = |name: &NameView| {
            let taken = left > 0 && fits(name);
            left -= usize::from(taken);
            taken
        };
        view.names.iter().map(take).collect()
    };
    let main = choose(&|name| name.count >= OFTEN || name.kind.is_name() && name.articles > 1);
    match main.iter().filter(|main| **main).count() {
        0..=2 => choose(&|name| name.kind.is_name()),
        _ => main,
    }
}

/// Where a byte of the text lies, 0 to 1.
pub fn place(view: &Reader, at: u32) -> f32 {
    if view.text.is_empty() { 0.0 } else { at as f32 / view.text.len() as f32 }
}

/// One mention with a few words on both sides, within its block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Index into `Reader::mentions`.
    pub mention: u32,
    /// Words before.
    pub before: Span,
    /// Words after.
    pub after: Span,
    /// Whether the block has words before `before`.
    pub cut_start: bool,
    /// Whether the block has words after `after`.
    pub cut_end: bool,
}

/// The mentions of one name in context, in text order: about `before` and `after` characters on the two
/// sides, cut at spaces.
pub fn contexts(view: &Reader, name: u32, before: usize, after: usize) -> Vec<Context> {
    let mentions = view.mentions.iter().enumerate().filter(|(_, m)| m.name == name);
    mentions
        .filter_map(|(i, m)| {
            let block = view.blocks.get(block_at(&view.blocks, m.span.start)?)?.span;
            let left = Span { start: block.start, end: m.span.start.max(block.start) };
            let right = Span { start: m.span.end.min(block.end), end: block.end };
            let start = left.start as usize + cut_left(left.of(&view.text), before);
            let end = right.start as usize + cut_right(right.of(&view.text), after);
            Some(Context {
                mention: i as u32,
                before: Span::new(start, left.end as usize),
                after: Span::new(right.start as usize, end),
                cut_start: start > left.start as usize,
                cut_end: end < right.end as usize,
            })
        })
        .collect()
}

/// Byte where the last `want` characters of `text` begin, moved on to the next word.
fn cut_left(text: &str, want: usize) -> usize {
    match text.char_indices().rev().nth(want) {
        None => 0,
        Some((at, _)) => {
            let rest = &text[at..];
            let space = rest.char_indices().find(|(_, c)| c.is_whitespace());
            at + space.map_or(0, |(i, c)| i + c.len_utf8())
        }
    }
}

/// Byte where the first `want` characters of `text` end, moved back to the end of a word.
fn cut_right(text: &str, want: usize) -> usize {
    match text.char_indices().nth(want) {
        None => text.len(),
        Some((at, _)) => text[..at].rfind(char::is_whitespace).unwrap_or(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::views::{ArticleRef, MentionView, NameView};
    use proptest::prelude::*;

    /// A view of lines: `# …` is a heading, other lines are paragraphs; `[…]` is a hit, `{…}` a mention.
    fn view(source: &str, title: &str) -> Reader {
        let mut v = Reader {
            article: ArticleRef { title: title.to_owned(), title_given: true, ..Default::default() },
            names: vec![NameView {
                entity: "n".to_owned(),
                name: "N".to_owned(),
                kind: NameKind::Place,
                aliases: vec![],
                gloss: String::new(),
                count: 0,
                total: 0,
                articles: 1,
            }],
            ..Default::default()
        };
        let mut open = 0;
        for line in source.lines() {
            let (kind, line) = match line.strip_prefix("# ") {
                Some(rest) => (BlockKind::Heading(2), rest),
                None => (BlockKind::Paragraph, line),
            };
            let start = v.text.len();
            for c in line.chars() {
                match c {
                    '[' | '{' => open = v.text.len(),
                    ']' => v.hits.push(Span::new(open, v.text.len())),
                    '}' => v.mentions.push(MentionView {
                        span: Span::new(open, v.text.len()),
                        name: 0,
                        certainty: 90,
                        why: String::new(),
                    }),
                    c => v.text.push(c),
                }
            }
            let span = Span::new(start, v.text.len());
            v.blocks.push(BlockView { kind, span, sentences: vec![], number: None, rtl: false });
            v.text.push('\n');
        }
        v
    }

    fn check_outline(source: &str, expected: &[(Option<&str>, u32)]) {
        let v = view(source, "Title");
        let got: Vec<_> = outline(&v).iter().map(|s| (s.heading.map(|h| h.of(&v.text)), s.hits)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn outlines() {
        check_outline("no [headings]", &[]);
        check_outline("[a] b\n# One\n[c] [d]\n# Two\n[e]", &[(None, 1), (Some("One"), 2), (Some("Two"), 1)]);
        check_outline("# One\n[c]", &[(Some("One"), 1)]);
        check_outline("# Title\n[a]\n# One\n[c]", &[(None, 1), (Some("One"), 1)]);
    }

    #[test]
    fn parts_are_neighbours_of_some_length() {
        let long = "a".repeat(PART as usize - 1);
        let parted = |source: &str| -> Vec<(usize, usize)> {
            parts(&view(source, "Title")).into_iter().map(|part| (part.start, part.end)).collect()
        };
        assert_eq!(parted(""), []);
        assert_eq!(parted("# Title\na\nb"), [(1, 3)], "the title is drawn by itself");
        assert_eq!(parted(&format!("{long}\nb\nc\n{long}\nd")), [(0, 1), (1, 4), (4, 5)]);
    }

    #[test]
    fn main_names_are_named_often_or_shared() {
        let name = |(kind, count, articles): (NameKind, u32, u32)| NameView {
            entity: String::new(),
            name: String::new(),
            kind,
            aliases: Vec::new(),
            gloss: String::new(),
            count,
            total: count,
            articles,
        };
        let check = |names: &[(NameKind, u32, u32)], expected: &[bool]| {
            let view = Reader { names: names.iter().copied().map(name).collect(), ..Reader::default() };
            assert_eq!(main_names(&view), expected);
        };
        use NameKind::{Date, Person, Place};
        check(
            &[(Date, 4, 1), (Person, 3, 1), (Person, 2, 1), (Place, 1, 2), (Date, 1, 2)],
            &[true, true, false, true, false],
        );
        check(&[(Person, 2, 1), (Date, 1, 1), (Place, 1, 1)], &[true, false, true]);
        let many = main_names(&Reader { names: vec![name((Person, 9, 2)); 50], ..Reader::default() });
        assert_eq!(many.iter().filter(|main| **main).count(), MAIN);
    }

    #[test]
    fn contexts_are_cut_at_words() {
        let v = view("one two three {Iran} four five six\nseven", "");
        let all = contexts(&v, 0, 8, 8);
        let c = &all[0];
        assert_eq!((c.before.of(&v.text), c.after.of(&v.text)), ("three ", " four"));
        assert_eq!((c.cut_start, c.cut_end), (true, true));
        assert!(contexts(&v, 1, 8, 8).is_empty());
    }

    #[test]
    fn a_mark_over_two_blocks_is_in_both() {
        let mut v = view("one two\nthree", "");
        v.hits.push(Span::new(4, 13));
        assert_eq!(layers(&v).iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
    }

    proptest! {
        #[test]
        fn total(source in "[ab#é \n\\[\\]{}]{0,40}", spans in proptest::collection::vec((0u32..60, 0u32..60), 0..6)) {
            let mut v = view(&source, "ab");
            v.hits.extend(spans.iter().map(|&(a, b)| Span { start: a.min(b), end: a.max(b) }));
            let hits: u32 = outline(&v).iter().map(|s| s.hits).sum();
            prop_assert!(hits as usize <= v.hits.len());
            prop_assert_eq!(layers(&v).len(), v.blocks.len());
            contexts(&v, 0, 5, 5);
        }
    }
}
