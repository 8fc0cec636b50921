//! Layers: how marks of several kinds lie over one run of text, as a tree of pieces.
//!
//! Invariant: the pieces, read in order, are the text, byte for byte, whatever the marks are. Marks nest in
//! one fixed order, passage > difference > edit > name > hit, and are split where they cross. A mark that does not
//! fit the text (out of range, empty, not on character boundaries) is left out. Not here: what a piece looks
//! like (`app/marked.rs`).

pub use crate::text::Span;
use crate::text::sort::{sort, sort_by_key};

/// Marks that may lie over one place; what is further in is left out. Bounds the work on hostile input.
const DEEPEST: usize = 8;

/// What a mark is; the order is the order of nesting, outermost first. Each carries its index in the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// A sentence that has a counterpart.
    Passage(u32),
    /// The part of a sentence that answers to the counterpart in hand.
    Part,
    /// Words that differ.
    Difference(u32),
    /// Words of an edited sentence that the other text has not: the number of the pair.
    Edit(u32),
    /// A mention of a name.
    Name(u32),
    /// A match of the query.
    Hit(u32),
}

impl Mark {
    /// Nesting rank, 0 outermost.
    fn rank(self) -> u8 {
        match self {
            Mark::Passage(_) => 0,
            Mark::Part => 1,
            Mark::Difference(_) => 2,
            Mark::Edit(_) => 3,
            Mark::Name(_) => 4,
            Mark::Hit(_) => 5,
        }
    }
}

/// A mark and where it lies, in bytes of the text it is given with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Where.
    pub span: Span,
    /// What.
    pub mark: Mark,
}

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Bare text.
    Text(Span),
    /// A mark, or a part of one that was split, around other pieces.
    Marked {
        /// Which.
        mark: Mark,
        /// What this part covers.
        span: Span,
        /// Whether the mark begins here (a split mark has an identity and a number once only).
        first: bool,
        /// Whether the mark ends here.
        last: bool,
        /// What it holds.
        inner: Vec<Piece>,
    },
}

impl Piece {
    /// What it covers.
    pub fn span(&self) -> Span {
        match self {
            Piece::Text(span) | Piece::Marked { span, .. } => *span,
        }
    }
}

/// The pieces of `within`, a part of `text`, under `layers` (in any order; those that reach over an end of
/// `within` are cut there).
pub fn pieces(text: &str, within: Span, layers: &[Layer]) -> Vec<Piece> {
    let within = clamp(text, within);
    let mut order: Vec<Layer> = layers
        .iter()
        .filter(|l| {
            l.span.start < l.span.end
                && text.is_char_boundary(l.span.start as usize)
                && text.is_char_boundary(l.span.end as usize)
                && l.span.overlaps(within)
        })
        .copied()
        .collect();
    sort_by_key(&mut order, |l| (l.span.start, l.mark.rank(), std::cmp::Reverse(l.span.end), l.mark));

    let mut cuts: Vec<u32> = vec![within.start, within.end];
    for l in &order {
        cuts.push(l.span.start.clamp(within.start, within.end));
        cuts.push(l.span.end.clamp(within.start, within.end));
    }
    sort(&mut cuts);
    cuts.dedup();

    // Sweep from cut to cut: `open` holds the marks over the place, outermost first.
    let mut out = Vec::new();
    let mut open: Vec<Layer> = Vec::new();
    let mut coming = order.into_iter().peekable();
    for pair in cuts.windows(2) {
        let [start, end] = [pair[0], pair[1]];
        open.retain(|l| l.span.end > start);
        while let Some(l) = coming.next_if(|l| l.span.start <= start) {
            if l.span.end > start {
                let at = open.partition_point(|o| nesting(o) <= nesting(&l));
                open.insert(at, l);
                open.truncate(DEEPEST);
            }
        }
        place(&mut out, &open, Span { start, end });
    }
    out
}

/// Marks of one rank nest by where they begin, the longer one outside.
fn nesting(l: &Layer) -> (u8, u32, std::cmp::Reverse<u32>, Mark) {
    (l.mark.rank(), l.span.start, std::cmp::Reverse(l.span.end), l.mark)
}

/// Appends the text of `span` below the marks `open`, joining it to what stands before where the same marks
/// go on.
fn place(out: &mut Vec<Piece>, open: &[Layer], span: Span) {
    let Some((outer, rest)) = open.split_first() else {
        match out.last_mut() {
            Some(Piece::Text(before)) if before.end == span.start => before.end = span.end,
            _ => out.push(Piece::Text(span)),
        }
        return;
    };
    let ends = span.end >= outer.span.end;
    if let Some(Piece::Marked { mark, span: before, inner, last, .. }) = out.last_mut()
        && *mark == outer.mark
        && before.end == span.start
        && !*last
    {
        before.end = span.end;
        *last = ends;
        place(inner, rest, span);
        return;
    }
    let mut inner = Vec::new();
    place(&mut inner, rest, span);
    let first = span.start == outer.span.start;
    out.push(Piece::Marked { mark: outer.mark, span, first, last: ends, inner });
}

/// The nearest span inside `text` on character boundaries.
fn clamp(text: &str, span: Span) -> Span {
    let floor = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    Span::new(start, floor(span.end).max(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `[d …]`, `[n …]` around the text of each piece.
    fn draw(text: &str, pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|p| match p {
                Piece::Text(span) => span.of(text).to_owned(),
                Piece::Marked { mark, inner, first, last, .. } => {
                    let name = ["p", "a", "d", "e", "n", "h"][mark.rank() as usize];
                    let [open, close] = [if *first { "[" } else { "(" }, if *last { "]" } else { ")" }];
                    format!("{open}{name} {}{close}", draw(text, inner))
                }
            })
            .collect()
    }

    fn check(text: &str, layers: &[(u32, u32, Mark)], expected: &str) {
        let layers: Vec<Layer> =
            layers.iter().map(|&(start, end, mark)| Layer { span: Span { start, end }, mark }).collect();
        assert_eq!(draw(text, &pieces(text, Span::new(0, text.len()), &layers)), expected);
    }

    #[test]
    fn nests_and_splits() {
        use Mark::*;
        check("abcdef", &[], "abcdef");
        check("abcdef", &[(1, 3, Hit(0))], "a[h bc]def");
        check("abcdef", &[(1, 3, Hit(0)), (0, 4, Name(0))], "[n a[h bc]d]ef");
        check("abcdef", &[(0, 4, Hit(0)), (1, 3, Name(0))], "[h a)[n (h bc)](h d]ef");
        check("abcdef", &[(0, 4, Difference(0)), (2, 6, Name(0))], "[d ab[n cd)](n ef]");
        check("abcdef", &[(1, 3, Edit(0)), (0, 4, Difference(0))], "[d a[e bc]d]ef");
        check("abcdef", &[(0, 4, Name(0)), (1, 3, Name(1))], "[n a[n bc]d]ef");
        check("abcdef", &[(0, 3, Passage(0)), (3, 6, Passage(1)), (2, 4, Hit(0))], "[p ab[h c)][p (h d]ef]");
        check("abcdef", &[(0, 6, Passage(0)), (1, 4, Part), (3, 5, Difference(0))], "[p a[a bc[d d)](d e]f]");
        check("aéb", &[(1, 2, Hit(0)), (0, 9, Hit(1)), (2, 2, Hit(2))], "aéb");
        check("abab", &[(0, 2, Hit(0)), (2, 4, Hit(0))], "[h ab][h ab]");
    }

    /// Every span within a text of `len` bytes, also ones that do not fit.
    fn layer(len: u32) -> impl Strategy<Value = Layer> {
        (0..len + 3, 0..len + 3, 0..6u8, 0..5u32).prop_map(|(a, b, rank, i)| Layer {
            span: Span { start: a.min(b), end: a.max(b) },
            mark: match rank {
                0 => Mark::Passage(i),
                1 => Mark::Part,
                2 => Mark::Difference(i),
                3 => Mark::Edit(i),
                4 => Mark::Name(i),
                _ => Mark::Hit(i),
            },
        })
    }

    fn flat(pieces: &[Piece], text: &str, depth: usize, rank: u8, out: &mut String) {
        assert!(depth <= DEEPEST);
        for p in pieces {
            match p {
                Piece::Text(span) => out.push_str(span.of(text)),
                Piece::Marked { mark, inner, .. } => {
                    assert!(mark.rank() >= rank, "nests in the fixed order");
                    flat(inner, text, depth + 1, mark.rank(), out);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(
            (text, layers) in ".{0,24}".prop_flat_map(|t: String| {
                let len = t.len() as u32;
                (Just(t), proptest::collection::vec(layer(len), 0..24))
            }),
            a in 0u32..40, b in 0u32..40,
        ) {
            let within = clamp(&text, Span { start: a.min(b), end: a.max(b) });
            let mut out = String::new();
            flat(&pieces(&text, within, &layers), &text, 0, 0, &mut out);
            prop_assert_eq!(out.as_str(), within.of(&text));
        }
    }
}
