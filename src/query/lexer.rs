//! The lexer: a query as typed, cut into words, quoted parts and signs.
//!
//! Invariant: pieces are in order, do not overlap, and are at most [`MAX_PIECES`]. Not here: what the pieces
//! mean together (see `parser`).

use crate::text::Span;

/// Pieces at most; a query that a reader types has a few.
const MAX_PIECES: usize = 1_000;

/// A piece of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What it is.
    pub kind: Kind<'a>,
    /// Bytes of the query.
    pub span: Span,
    /// Whether it follows the piece before without a space.
    pub glued: bool,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Characters up to a space, a quote or a sign.
    Chunk(&'a str),
    /// What stands between quotes.
    Quoted(&'a str),
    /// What stands behind a quote that is not closed.
    Unclosed(&'a str),
    /// `title:` and the like, by its name.
    Field(&'a str),
    /// `-` before something.
    Minus,
    /// `OR` or `|`.
    Or,
    /// `(`.
    Open,
    /// `)`.
    Close,
}

/// Names before a colon that mean something.
const FIELDS: &[&str] = &["title", "source", "entity", "before", "after"];

fn is_double_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
            | '〝'
            | '〞'
    )
}

fn is_single_quote(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‚')
}

/// The pieces of `input`, and whether some were left out.
pub fn pieces(input: &str) -> (Vec<Piece<'_>>, bool) {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while let Some(c) = input.get(at..).and_then(|rest| rest.chars().next()) {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        if pieces.len() == MAX_PIECES {
            return (pieces, true);
        }
        let glued = pieces.last().is_some_and(|last| last.span.end as usize == at);
        let (kind, end) = piece(input, at, c, glued);
        if let Some(kind) = kind {
            pieces.push(Piece { kind, span: Span::new(at, end), glued });
        }
        at = end;
    }
    (pieces, false)
}

/// The piece that starts at `at` with `c`, and where it ends; `None` for a sign that stands alone.
fn piece(input: &str, at: usize, c: char, glued: bool) -> (Option<Kind<'_>>, usize) {
    let rest = input.get(at + c.len_utf8()..).unwrap_or("");
    let next = rest.chars().next();
    let after = at + c.len_utf8();
    match c {
        '(' => (Some(Kind::Open), after),
        ')' => (Some(Kind::Close), after),
        '|' => {
            // `||` is `|`.
            let more = rest.len() - rest.trim_start_matches('|').len();
            (Some(Kind::Or), after + more)
        }
        '-' | '−' if !glued_to_word(input, at, glued) => {
            let means =
                next.is_some_and(|next| !next.is_whitespace() && !matches!(next, '-' | '−' | '|' | ')'));
            (means.then_some(Kind::Minus), after)
        }
        _ if is_double_quote(c) => match rest.char_indices().find(|&(_, c)| is_double_quote(c)) {
            Some((length, close)) => {
                (Some(Kind::Quoted(rest.get(..length).unwrap_or(""))), after + length + close.len_utf8())
            }
            None => (Some(Kind::Unclosed(rest)), input.len()),
        },
        _ if is_single_quote(c) && !glued_to_word(input, at, glued) => match single_close(rest) {
            Some((length, end)) => (Some(Kind::Quoted(rest.get(..length).unwrap_or(""))), after + end),
            None => chunk(input, at),
        },
        _ => chunk(input, at),
    }
}

fn glued_to_word(input: &str, at: usize, glued: bool) -> bool {
    glued && input.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric)
}

/// Where a single quote closes: before a space, a bracket or the end. An apostrophe inside a word does not.
fn single_close(rest: &str) -> Option<(usize, usize)> {
    for (at, c) in rest.char_indices() {
        if is_single_quote(c) && at > 0 {
            let end = at + c.len_utf8();
            let next = rest.get(end..).and_then(|rest| rest.chars().next());
            if next.is_none_or(|next| next.is_whitespace() || matches!(next, ')' | '|')) {
                return Some((at, end));
            }
        }
    }
    None
}

/// A field's name with its colon, `OR`, or a chunk.
fn chunk(input: &str, at: usize) -> (Option<Kind<'_>>, usize) {
    let rest = input.get(at..).unwrap_or("");
    for &field in FIELDS {
        let name = rest.get(..field.len());
        if name.is_some_and(|name| name.eq_ignore_ascii_case(field)) && rest[field.len()..].starts_with(':') {
            return (Some(Kind::Field(field)), at + field.len() + 1);
        }
    }
    let mut length = rest.len();
    let mut before: Option<char> = None;
    for (offset, c) in rest.char_indices() {
        let hebrew = before.is_some_and(|before| ('\u{0590}'..='\u{05ff}').contains(&before));
        // A straight quote inside a Hebrew word is part of an acronym.
        let quote = is_double_quote(c) && !(c == '"' && hebrew && inside_word(rest, offset));
        if offset > 0 && (c.is_whitespace() || matches!(c, '(' | ')' | '|') || quote) {
            length = offset;
            break;
        }
        before = Some(c);
    }
    let chunk = rest.get(..length).unwrap_or("");
    let kind = match chunk {
        "OR" => Kind::Or,
        _ => Kind::Chunk(chunk),
    };
    (Some(kind), at + length)
}

fn inside_word(rest: &str, offset: usize) -> bool {
    rest.get(offset + 1..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
}
