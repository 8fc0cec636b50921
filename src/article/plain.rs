//! Plain text to blocks: where paragraphs begin and end, and which short lines are headings.
//!
//! Invariant: the text is not touched; blocks ascend and never cover a line break at their ends. Linear time.

use super::{Block, BlockKind};
use crate::text::{self, Span};

/// A heading has at most this many characters.
const HEADING_CHARS: usize = 100;
/// A heading has at most this many words.
const HEADING_WORDS: usize = 14;
/// A line longer than this many bytes was not wrapped by hand.
const WRAPPED_BYTES: usize = 200;

/// A paragraph longer than this many bytes becomes several, parted where a sentence ends: browsers lay out a
/// paragraph as a whole, in more than linear time.
const PARAGRAPH_BYTES: u32 = 16 << 10;

/// Blocks of a plain text. One line is one paragraph, unless the text was wrapped by hand: then blank lines part
/// the paragraphs.
pub fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let wrapped = is_wrapped(text, &lines);
    let mut spans: Vec<Span> = Vec::new();
    let mut joined = false;
    for line in lines {
        if line.is_empty() {
            joined = false;
        } else {
            match spans.last_mut().filter(|_| wrapped && joined) {
                Some(open) => open.end = line.end,
                None => spans.push(line),
            }
            joined = true;
        }
    }
    let kinds: Vec<BlockKind> = (0..spans.len()).map(|i| kind(text, &spans, i)).collect();
    number(text, spans.into_iter().zip(kinds))
}

/// Blocks from spans with kinds: sentences are cut and paragraphs numbered from 1.
pub fn number(text: &str, spans: impl IntoIterator<Item = (Span, BlockKind)>) -> Vec<Block> {
    let mut next = 1;
    let mut blocks = Vec::new();
    for (span, kind) in spans {
        let heading = matches!(kind, BlockKind::Heading(_));
        let sentences = if heading {
            vec![span]
        } else {
            let shift = |s: Span| Span { start: s.start + span.start, end: s.end + span.start };
            text::sentences(span.of(text)).into_iter().map(shift).collect()
        };
        let mut rest = &sentences[..];
        let mut start = span.start;
        loop {
            let fits = |s: &Span| s.end - start <= PARAGRAPH_BYTES;
            let count = rest.iter().take_while(|s| fits(s)).count().max(1).min(rest.len());
            let (own, after) = rest.split_at(count);
            let end = after.first().and(own.last()).map_or(span.end, |s| s.end);
            let number = (!heading).then_some(next);
            next += u32::from(!heading);
            blocks.push(Block { kind, span: Span { start, end }, sentences: own.to_vec(), number });
            let Some(first) = after.first() else { break };
            start = first.start;
            rest = after;
        }
    }
    blocks
}

/// The lines without white space at their ends; empty spans for blank ones.
fn lines(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for line in text.split(['\n', '\r', '\u{2029}', '\u{2028}']) {
        let trimmed = line.trim();
        let lead = line.len() - line.trim_start().len();
        let from = if trimmed.is_empty() { start } else { start + lead };
        spans.push(Span::new(from, from + trimmed.len()));
        start += line.len() + text[start + line.len()..].chars().next().map_or(0, char::len_utf8);
    }
    // A CRLF is one break, not a blank line.
    let crlf = |s: &Span| {
        s.is_empty()
            && s.start > 0
            && text.as_bytes().get(s.start as usize - 1..=s.start as usize) == Some(b"\r\n")
    };
    spans.retain(|s| !crlf(s));
    spans
}

/// Whether most lines that have a line right below them stop in mid-sentence, as text wrapped by hand does.
fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    let (mut open, mut all) = (0usize, 0usize);
    for pair in lines.windows(2).filter(|p| !p[0].is_empty() && !p[1].is_empty()) {
        if pair[0].len() > WRAPPED_BYTES {
            return false;
        }
        all += 1;
        let continues =
            pair[0].len() > 40 && !pair[0].of(text).ends_with(['.', '!', '?', '"', '”', ':', '…', '。']);
        open += usize::from(continues);
    }
    open * 2 > all
}

fn kind(text: &str, spans: &[Span], at: usize) -> BlockKind {
    let Some(line) = spans.get(at).map(|s| s.of(text)) else { return BlockKind::Paragraph };
    if ["• ", "- ", "* ", "– "].iter().any(|bullet| line.starts_with(bullet)) {
        return BlockKind::Item;
    }
    let short = line.len() <= HEADING_CHARS * 4
        && line.chars().count() <= HEADING_CHARS
        && line.split_whitespace().count() <= HEADING_WORDS
        && !line.contains(['\n', '\r']);
    let open = !line.ends_with(['.', ',', ';', ':', '!', '…', '"', '”', '»', '—', '-', '。', '؛', '،', ')']);
    let titled = line.starts_with(|c: char| {
        c.is_alphabetic() && !c.is_lowercase() || c.is_numeric() || matches!(c, '“' | '"' | '‘')
    });
    let leads = spans.get(at + 1).is_some_and(|next| next.len() > line.len() && next.len() > 60);
    if short && open && titled && leads && line.chars().any(char::is_alphabetic) {
        BlockKind::Heading(if at == 0 { 1 } else { 2 })
    } else {
        BlockKind::Paragraph
    }
}

#[cfg(test)]
mod tests {
    use super::{BlockKind, blocks};

    /// Kinds and numbers as a line: `P1 H2 P2`.
    fn check(text: &str, expected: &str) {
        let found: Vec<String> = blocks(text)
            .iter()
            .map(|b| match b.kind {
                BlockKind::Heading(level) => format!("H{level}"),
                BlockKind::Item => "I".to_owned(),
                _ => format!("P{}", b.number.unwrap_or(0)),
            })
            .collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    const LONG: &str =
        "The officials said on Monday that the talks would go on for as long as both sides wished them to.";

    #[test]
    fn lines_and_headings() {
        check(&format!("{LONG}\nWhat it means\n{LONG}\n{LONG}"), "P1 H2 P2 P3");
        check(&format!("A title\n\n{LONG}\r\n\r\nConclusion\r\n{LONG}"), "H1 P1 H2 P2");
        check(&format!("{LONG}\nHe left.\n{LONG}\nThe end"), "P1 P2 P3 P4");
        check("", "");
        check("\n\n \n", "");
        let wrapped = "The officials said on Monday that the talks would go\non for as long as both sides wished them to go on and\nthen some.\n\nA second paragraph that also is wrapped by hand at the\nright margin ends here.";
        check(wrapped, "P1 P2");
    }

    #[test]
    fn long_paragraphs() {
        let text = format!("{}\nOne more.", LONG.to_owned() + &format!(" {LONG}").repeat(999));
        let found = blocks(&text);
        assert_eq!(found.len(), 7);
        assert!(found.iter().all(|b| b.span.len() <= 16 << 10 && b.span.of(&text).ends_with('.')));
        assert!(found.iter().enumerate().all(|(i, b)| b.number == Some(i as u32 + 1)));
        assert_eq!(found.iter().map(|b| b.sentences.len()).sum::<usize>(), 1001);
    }

    #[test]
    fn the_seeds() {
        for (file, headings) in [
            (include_str!("../../seeds/000_7272fb9a0688e88b.txt"), 6),
            (include_str!("../../seeds/001_df03797eb665bd8f.txt"), 5),
        ] {
            let found = blocks(file);
            assert_eq!(found.iter().filter(|b| b.number.is_none()).count(), headings);
        }
    }
}
