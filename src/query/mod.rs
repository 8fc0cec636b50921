//! The query: what was typed, as clauses over words, with filters and hints.
//!
//! Words, “phrases” in any quotes, `-word`, `OR` and `|`, parentheses, `prefix*`, `title:` `source:` `entity:`
//! `before:` `after:`. Clauses beside each other are wanted together; `OR` binds the two things next to it more
//! tightly than that.
//!
//! Invariant: [`parse`] answers anything, in bounded size. What is odd becomes a [`Hint`], a sentence for the
//! reader, and the rest is still a query. Not here: which articles match (see `search`).

mod lexer;
mod light;
mod parser;

pub use light::is_light;
pub use parser::parse;

use crate::text::{self, Span};
use std::ops::Range;

/// Words in a query at most; the rest of a pasted text is left out, with a hint.
pub const MAX_WORDS: usize = 300;
/// Parentheses in each other at most; deeper ones are read as if they were not there.
pub const MAX_DEPTH: usize = 8;

/// A query as understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What is asked of the words, in the order typed.
    pub clauses: Vec<Clause>,
    /// `source:` and `entity:`, in the order typed.
    pub filters: Vec<Filter>,
    /// First date, ISO `YYYY-MM-DD`, inclusive: from `after:`.
    pub from: Option<String>,
    /// Last date, ISO, inclusive: from `before:`.
    pub to: Option<String>,
    /// What was odd.
    pub hints: Vec<Hint>,
}

/// A part of the query that is wanted or unwanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// What is looked for.
    pub node: Node,
    /// Whether articles that have it are left out.
    pub negated: bool,
    /// How often it was said: a word said twice weighs twice.
    pub times: u32,
    /// Bytes of the query that say so, the first time.
    pub span: Span,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A word, phrase or prefix.
    Atom(Atom),
    /// At least one of these.
    Any(Vec<Node>),
    /// All of these, none of the negated ones.
    All(Vec<Clause>),
}

/// A word, phrase or prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atom {
    /// What it is.
    pub kind: AtomKind,
    /// Its words, folded; one unless it is a phrase.
    pub words: Vec<String>,
    /// Whether only titles count.
    pub title: bool,
    /// Whether the last word may still be being typed: its completions are found too, behind it.
    pub completing: bool,
    /// As typed, without quotes and operators.
    pub typed: String,
    /// Of how many words of the query it is another name (see [`Query::also`]); 0 for what was typed.
    pub also: u32,
}

/// What an atom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtomKind {
    /// A word: literal, then its other forms, then near spellings.
    Word,
    /// A word that says little ("the", "of") beside others that say more: it is not looked for.
    Light,
    /// Words in this order next to each other, literally.
    Phrase,
    /// Words written together without spaces between them, as in Chinese: a phrase that nobody quoted.
    Run,
    /// All words that begin so.
    Prefix,
}

/// A filter in the query, for the engine: values of one field are alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Which field.
    pub field: Field,
    /// As typed, without quotes.
    pub value: String,
    /// Whether articles that have it are left out.
    pub negated: bool,
    /// Bytes of the query that say so.
    pub span: Span,
}

/// A field of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Outlet.
    Source,
    /// Name of an entity, or its id.
    Entity,
}

/// A remark for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// "Query", "Spelling", "Together" …
    pub label: String,
    /// The remark, a sentence.
    pub text: String,
    /// A query that follows from it.
    pub query: Option<String>,
}

impl Hint {
    /// A remark on how the query was read.
    pub fn on_query(text: impl Into<String>) -> Hint {
        Hint { label: "Query".into(), text: text.into(), query: None }
    }
}

impl Query {
    /// Whether nothing is looked for: no words, at most filters.
    pub fn is_empty(&self) -> bool {
        self.clauses.iter().all(|clause| clause.negated)
    }

    /// The words of `clauses` are also answered by another name of what they name together.
    pub fn also(&mut self, clauses: Range<usize>, name: &str) {
        let words: Vec<String> = text::words(name).map(|word| text::fold(word.of(name))).collect();
        let light =
            |clause: &Clause| matches!(&clause.node, Node::Atom(atom) if atom.kind == AtomKind::Light);
        let Some(clauses) = self.clauses.get_mut(clauses) else { return };
        let also = clauses.iter().filter(|clause| !light(clause)).count() as u32;
        for clause in clauses.iter_mut().filter(|clause| !light(clause)) {
            let (kind, words, typed) = (AtomKind::Phrase, words.clone(), name.to_owned());
            let other = Node::Atom(Atom { kind, words, title: false, completing: false, typed, also });
            match &mut clause.node {
                Node::Any(nodes) => nodes.push(other),
                node => *node = Node::Any(vec![node.clone(), other]),
            }
        }
    }

    /// The same query as finished typing: nothing is completed.
    pub fn finished(mut self) -> Query {
        fn finish(node: &mut Node) {
            match node {
                Node::Atom(atom) => atom.completing = false,
                Node::Any(nodes) => nodes.iter_mut().for_each(finish),
                Node::All(clauses) => clauses.iter_mut().for_each(|clause| finish(&mut clause.node)),
            }
        }
        self.clauses.iter_mut().for_each(|clause| finish(&mut clause.node));
        self
    }
}

/// `input` with the bytes of `span` replaced, spaces tidied: to drop a clause, or to correct a word.
pub fn replaced(input: &str, span: Span, with: &str) -> String {
    let before = input.get(..span.start as usize).unwrap_or("");
    let after = input.get(span.end as usize..).unwrap_or("");
    let joined = [before.trim_end(), with, after.trim_start()];
    let glue_left = before.ends_with(char::is_whitespace);
    let glue_right = after.starts_with(char::is_whitespace);
    let mut out = joined[0].to_owned();
    if glue_left && !out.is_empty() && !with.is_empty() {
        out.push(' ');
    }
    out.push_str(with);
    if (glue_right || (with.is_empty() && glue_left)) && !out.is_empty() && !joined[2].is_empty() {
        out.push(' ');
    }
    out.push_str(joined[2]);
    out
}
