//! Parts that several views share: an article's heading, its blocks, and the sentence at a place.

use super::LineSort;
use super::views::{ArticleRef, BlockView, Line};
use crate::article::{Article, Block};
use crate::text::sort::sort_by_key;
use crate::text::{self, Span};

/// An article as a heading. `letter` is given by the caller, who knows the corpus.
pub fn article_ref(article: &Article, letter: Option<char>) -> ArticleRef {
    let meta = &article.meta;
    ArticleRef {
        slug: article.slug.clone(),
        letter,
        title: meta.title.clone(),
        title_given: meta.title_given,
        file: meta.file.clone(),
        source: meta.source.clone(),
        author: meta.author.clone(),
        date: meta.date.clone(),
        language: meta.language.clone(),
        url: meta.url.clone(),
        licence: meta.licence.clone(),
        words: text::words(&article.text).count() as u32,
    }
}

/// The blocks of an article, to draw.
pub fn block_views(article: &Article) -> Vec<BlockView> {
    let view = |block: &Block| BlockView {
        kind: block.kind,
        span: block.span,
        sentences: block.sentences.clone(),
        number: block.number,
        rtl: text::is_rtl(block.span.of(&article.text)),
    };
    article.blocks.iter().map(view).collect()
}

/// Index of the block that holds a byte, or of the last one before it.
pub fn block_at(article: &Article, byte: u32) -> Option<usize> {
    article.blocks.partition_point(|b| b.span.start <= byte).checked_sub(1)
}

/// Number of the paragraph that holds a byte.
pub fn paragraph_at(article: &Article, byte: u32) -> Option<u32> {
    article.blocks.get(block_at(article, byte)?)?.number
}

/// The sentence that holds a byte; the block where it has none, the line of text where there is no block.
pub fn sentence_at(article: &Article, byte: u32) -> Span {
    let Some(block) = block_at(article, byte).and_then(|at| article.blocks.get(at)) else {
        return Span::default();
    };
    let at = block.sentences.partition_point(|s| s.start <= byte).checked_sub(1);
    at.and_then(|at| block.sentences.get(at)).copied().unwrap_or(block.span)
}

/// What a reader sees as the label of an article in a narrow column: its source, else its title.
pub fn label(article: &Article) -> String {
    article.meta.source.clone().unwrap_or_else(|| article.meta.title.clone())
}

/// `1,738`.
pub fn thousands(n: u32) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// The longest start of `text` that has at most `limit` bytes and ends between words, and whether it is all.
pub fn cut(text: &str, limit: usize) -> (&str, bool) {
    if text.len() <= limit {
        return (text, false);
    }
    let hard = (0..=limit).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let head = text.get(..hard).unwrap_or("");
    let soft = head.rfind(char::is_whitespace).filter(|at| *at > hard / 2).unwrap_or(hard);
    (head.get(..soft).unwrap_or(head).trim_end(), true)
}

/// Bytes of context on each side of a concordance's line.
const CONTEXT: usize = 160;

/// A span of an article as a line of a concordance, with the words around it in its block.
pub fn line(article: &Article, letter: Option<char>, span: Span, hit: u32) -> Line {
    let whole = &article.text;
    let index = block_at(article, span.start);
    let block = index.and_then(|at| article.blocks.get(at));
    let (start, end) = block.map_or((0, whole.len()), |b| (b.span.start as usize, b.span.end as usize));
    let left = whole.get(start.min(span.start as usize)..span.start as usize).unwrap_or("");
    let right = whole.get(span.end as usize..end.max(span.end as usize)).unwrap_or("");
    Line {
        slug: article.slug.clone(),
        letter,
        label: label(article),
        title: article.meta.title.clone(),
        source: article.meta.source.clone(),
        date: article.meta.date.clone(),
        paragraph: block.and_then(|b| b.number),
        block: index.unwrap_or(0) as u32,
        rtl: block.is_some_and(|b| text::is_rtl(b.span.of(&article.text))),
        hit,
        left: one_line(tail(left, CONTEXT)),
        hit_text: one_line(span.of(whole)),
        right: one_line(cut(right, CONTEXT).0),
    }
}

/// The longest end of `text` that has at most `limit` bytes and starts between words.
fn tail(text: &str, limit: usize) -> &str {
    let Some(least) = text.len().checked_sub(limit).filter(|at| *at > 0) else { return text };
    let hard = (least..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let rest = text.get(hard..).unwrap_or("");
    match rest.find(char::is_whitespace).filter(|at| *at < limit / 2) {
        Some(at) => rest.get(at..).unwrap_or("").trim_start(),
        None => rest,
    }
}

/// Line breaks and tabs as spaces.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}

/// Puts lines in the order asked for; lines that are alike keep the order of articles and places.
pub fn sort_lines(lines: &mut [Line], sort: LineSort) {
    let words = |text: &str| -> Vec<String> {
        text::words(text).take(KEY_WORDS).map(|w| text::fold(w.of(text))).collect()
    };
    match sort {
        LineSort::Where => sort_by_key(lines, |l| {
            (l.letter, l.source.is_none(), l.source.as_ref().map(|source| source.to_ascii_lowercase()))
        }),
        LineSort::Right => sort_by_key(lines, |l| words(&l.right)),
        LineSort::Left => sort_by_key(lines, |l| {
            let mut key: Vec<String> = text::words(&l.left).map(|w| text::fold(w.of(&l.left))).collect();
            key.reverse();
            key.truncate(KEY_WORDS);
            key
        }),
    }
}

/// Words by which lines are put in order.
const KEY_WORDS: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_by_source_by_what_is_before_or_by_what_is_behind() {
        let line = |(hit, source, left, right): (u32, &str, &str, &str)| {
            let source = Some(source.to_owned()).filter(|source| !source.is_empty());
            Line { hit, source, left: left.to_owned(), right: right.to_owned(), ..Line::default() }
        };
        let all = [
            (0, "", "the old ", " of Oslo"),
            (1, "Times", "an Old ", " bell"),
            (2, "gazette", "a new ", " of Bergen"),
            (3, "Times", "the ", ""),
        ];
        for (sort, expected) in
            [(LineSort::Where, [2, 1, 3, 0]), (LineSort::Left, [2, 1, 0, 3]), (LineSort::Right, [3, 1, 2, 0])]
        {
            let mut lines: Vec<Line> = all.into_iter().map(line).collect();
            sort_lines(&mut lines, sort);
            assert_eq!(lines.iter().map(|line| line.hit).collect::<Vec<_>>(), expected, "{sort:?}");
        }
        // Of two articles, the first is A whatever it is called.
        let mut lines: Vec<Line> = all[1..3].iter().copied().map(line).collect();
        (lines[0].letter, lines[1].letter) = (Some('A'), Some('B'));
        sort_lines(&mut lines, LineSort::Where);
        assert_eq!(lines[0].hit, 1);
    }
}
