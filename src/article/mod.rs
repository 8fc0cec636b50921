//! One article: its text exactly as given, what is known about it, and its blocks.
//!
//! Invariant: `blocks` are in order, do not overlap, and every offset is a byte offset into `text`. The text
//! is never changed after intake. Not here: reading files (see `intake`), the index, names.

pub mod plain;

use crate::text::Span;
use serde::{Deserialize, Serialize};

/// An article as the whole engine sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Stable name in addresses: the id that was given, else lower-case letters, digits and hyphens; unique in a
    /// corpus.
    pub slug: String,
    /// What is known about it.
    pub meta: Meta,
    /// The text, exactly as given (for Markdown: its plain text).
    pub text: String,
    /// Paragraphs and headings, in order.
    pub blocks: Vec<Block>,
}

/// What is known about an article. Absent is absent: nothing is invented.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// The title; where none is given, the opening words ending in "…".
    pub title: String,
    /// Whether the title was given (front matter, sidecar, first heading) and not derived from the text.
    pub title_given: bool,
    /// The file it came from, without folders.
    pub file: String,
    /// Outlet.
    pub source: Option<String>,
    /// Author line.
    pub author: Option<String>,
    /// Civil date, ISO 8601 `YYYY-MM-DD`.
    pub date: Option<String>,
    /// BCP 47 tag, given or detected.
    pub language: Option<String>,
    /// Where it was published; http or https only.
    pub url: Option<String>,
    /// Licence, as given.
    pub licence: Option<String>,
}

/// A paragraph, a heading, a list item …
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes of the article's text, without the line break.
    pub span: Span,
    /// Its sentences in order, within `span`. A heading is one sentence.
    pub sentences: Vec<Span>,
    /// The number that readers cite (¶ 3), from 1 over all blocks but headings; `None` for a heading.
    pub number: Option<u32>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading, level 1 to 6.
    Heading(u8),
    /// A list item.
    Item,
    /// A quotation.
    Quote,
    /// Text whose line breaks and spaces matter.
    Preformatted,
}
