//! The engine: a corpus and the one question-and-answer boundary over it.
//!
//! Invariant: [`Engine::answer`] is total. Whatever the articles or the query are, it answers, and what is
//! wrong comes back as [`Problem`]s beside what could be done. Plain data in, plain data out; the worker, the
//! main thread, the command and the tests all go through here. Not here: bytes on a disk, clocks, the DOM.

mod about;
mod accounts;
mod also;
mod answer;
mod because;
mod compare;
pub mod compared;
mod corrections;
mod entity;
mod filter;
mod import;
mod library;
pub mod messages;
mod names;
mod nearly;
mod network;
mod parts;
mod reader;
mod results;
mod scope;
mod story;
mod suggest;
mod timeline;
pub mod views;
pub mod wire;

pub use crate::bundle::{Damage, page};
pub use crate::compare::changes;
pub use crate::entities::corrections::{Correction, Named, Part, Place, Say, Who};
pub use crate::intake::{Given, Problem};
pub use crate::text::{Scalars, Span, Utf16};
pub use answer::Engine;
pub use parts::thousands;

use views::*;

/// Whether this edition takes in articles. The page's reading edition does not: what only an import needs (the
/// formats, the recogniser and its lists, the index's writer) is not in it.
pub const STUDIO: bool = cfg!(feature = "studio");

/// Which articles count. Values of one key are alternatives, keys are combined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Outlets.
    pub source: Vec<String>,
    /// BCP 47 tags.
    pub lang: Vec<String>,
    /// Entity ids; an article must name all of them.
    pub entity: Vec<String>,
    /// First date, ISO, inclusive.
    pub from: Option<String>,
    /// Last date, ISO, inclusive.
    pub to: Option<String>,
}

/// Order of the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Best,
    /// Newest first; undated last.
    Newest,
    /// Oldest first; undated last.
    Oldest,
}

/// Order of a concordance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineSort {
    /// By source (of two articles, A and B; those without one last), then article and place.
    #[default]
    Where,
    /// By the words to the left, nearest first.
    Left,
    /// By the words to the right.
    Right,
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// The library.
    Library {
        /// Which articles.
        filters: Filters,
        /// Articles at most; a story that is begun is told to its end.
        limit: u32,
    },
    /// A query.
    Search {
        /// As typed.
        query: String,
        /// Filters.
        filters: Filters,
        /// Order.
        sort: Sort,
        /// Whether the concordance is wanted, and in which order.
        concordance: Option<LineSort>,
        /// Articles at most.
        limit: u32,
    },
    /// Completions of what is being typed.
    Suggest {
        /// As typed so far.
        query: String,
    },
    /// An article, with the marks of a query.
    Reader {
        /// Which.
        slug: String,
        /// Query whose marks to show; may be empty.
        query: String,
    },
    /// Two articles.
    Compare {
        /// Left.
        a: String,
        /// Right.
        b: String,
    },
    /// Several articles against the claims that they make.
    Accounts {
        /// Which; a single one stands for the story that holds it.
        slugs: Vec<String>,
        /// Pairs of articles that are compared for this answer at most.
        pairs: u32,
    },
    /// All names.
    Names,
    /// Every dated statement.
    Timeline {
        /// Which articles, of which names, between which dates.
        filters: Filters,
        /// Statements at most.
        limit: u32,
    },
    /// One entity.
    Entity {
        /// Id.
        id: String,
        /// Order of the lines.
        sort: LineSort,
    },
    /// About this file.
    About,
    /// Correct the names.
    Correct(Step),
    /// What a reader has corrected.
    Corrections,
    /// The corrections as a file.
    ExportCorrections,
    /// Take in files; the corpus grows.
    Import(Vec<SourceFile>),
    /// The corpus file as bytes.
    Save,
    /// An article with its names, for scripts; answered where articles are taken in, as are the next two.
    Article {
        /// Which.
        slug: String,
    },
    /// The ranking for a query, for scripts.
    Rank {
        /// As typed.
        query: String,
        /// Articles at most.
        limit: u32,
        /// Whether snippets, marks and reasons are wanted.
        details: bool,
    },
    /// Two short texts compared, for scripts.
    Likeness {
        /// One.
        a: String,
        /// The other.
        b: String,
    },
}

/// A step in correcting the names.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Says one thing more.
    Make(Correction),
    /// Undoes the last step.
    Undo,
    /// Does again what was undone last.
    Redo,
    /// Takes one back, by its place in the list.
    Withdraw(u32),
    /// Takes in those of a file, as one step.
    Take(SourceFile),
}

/// A file to take in.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceFile {
    /// Its path or name; folders parted by `/`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// An answer: what could be done, and what was wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// What could be done.
    pub answer: Answer,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// What could be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// To [`Request::Library`].
    Library(Box<Library>),
    /// To [`Request::Search`].
    Results(Box<Results>),
    /// To [`Request::Suggest`].
    Suggestions(Vec<Suggestion>),
    /// To [`Request::Reader`].
    Reader(Box<Reader>),
    /// To [`Request::Compare`].
    Compare(Box<Compare>),
    /// To [`Request::Accounts`].
    Accounts(Box<Accounts>),
    /// To [`Request::Names`].
    Names(Box<Names>),
    /// To [`Request::Timeline`].
    Timeline(Box<Timeline>),
    /// To [`Request::Entity`].
    Entity(Box<EntityPage>),
    /// To [`Request::About`].
    About(Box<About>),
    /// To [`Request::Correct`].
    Corrected(Taken),
    /// To [`Request::Corrections`].
    Corrections(Box<Corrections>),
    /// To [`Request::Import`]: a result per file, in order.
    Imported(Vec<FileOutcome>),
    /// To [`Request::Save`] and [`Request::ExportCorrections`].
    Saved(Saved),
    /// To [`Request::Article`].
    Article(Box<ArticleView>),
    /// To [`Request::Rank`], best first.
    Ranking(Vec<Ranked>),
    /// To [`Request::Likeness`].
    Likeness(Likeness),
    /// There is no such article or entity in this corpus.
    Missing {
        /// What was asked for.
        what: String,
    },
}

/// A saved corpus, or a file of corrections: then without articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The file.
    pub bytes: Vec<u8>,
    /// The articles as static HTML for readers without scripts, escaped, to stand in the page's `<main>`.
    pub articles_html: String,
    /// The corpus's title.
    pub title: String,
}
