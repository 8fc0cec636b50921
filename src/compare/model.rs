//! A comparison as data: sentences, pairs, differences, what they come to.
//!
//! Invariant: nothing here computes; spans are bytes of the article's text. Not here: how any of it is found.

use crate::text::Span;
use serde::{Deserialize, Serialize};

/// A name in an article, as the caller knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Where, in bytes of the article's text.
    pub span: Span,
    /// The same in both articles for the same entity.
    pub key: u32,
    /// What it names.
    pub kind: NamedKind,
}

/// What a name is, as far as the comparison cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// A nationality, religion, movement.
    Group,
    /// An event.
    Event,
    /// A law or agreement.
    Law,
    /// A title of a work, a product.
    Work,
    /// A date or time.
    Date,
    /// A figure.
    Quantity,
}

impl NamedKind {
    /// Whether it is an entity, and not a date or a figure.
    pub(super) fn is_entity(self) -> bool {
        !matches!(self, NamedKind::Date | NamedKind::Quantity)
    }
}

/// A sentence of an article in a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where, in bytes of the article's text.
    pub span: Span,
    /// Index of its block.
    pub block: u32,
    /// Whether it is a heading.
    pub heading: bool,
}

/// How two sentences correspond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PairRelation {
    /// They state the same fact, however worded.
    Same,
    /// They speak of the same sub-topic.
    Related,
}

/// Two sentences that correspond.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Index into [`Comparison::a`].
    pub a: u32,
    /// Index into [`Comparison::b`].
    pub b: u32,
    /// The part of A's sentence that answers to B's: of a long one perhaps a clause.
    pub part_a: Span,
    /// The same of B's.
    pub part_b: Span,
    /// How they correspond.
    pub relation: PairRelation,
    /// Probability that they state the same, 0 to 1.
    pub score: f64,
    /// Whether (nearly) the same words stand in another place than their neighbours.
    pub moved: bool,
    /// What differs, in the order of A.
    pub differences: Vec<Difference>,
    /// Where both are one sentence, edited: the words that are not the same, in order.
    pub changes: Vec<Change>,
}

/// Words of one text that stand otherwise in the other, or not at all. Each span begins and ends with a word; an empty
/// one is the place where nothing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The words in A.
    pub a: Span,
    /// The words in B.
    pub b: Span,
    /// Whether only typography, letter case or punctuation is another.
    pub small: bool,
}

/// A value that is not the same in two sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What kind of value.
    pub kind: DifferenceKind,
    /// The two values in words: "planned or concluded".
    pub note: String,
    /// The telling words in A.
    pub a: Span,
    /// The telling words in B.
    pub b: Span,
    /// How far they differ.
    pub degree: Degree,
}

/// How far two values differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Degree {
    /// Both cannot be exact at once.
    Conflict,
    /// One is merely more exact.
    Precision,
    /// Only the source or its stance differs.
    Attribution,
}

impl Degree {
    /// The word for it, lower case, as a script reads it.
    pub fn label(self) -> &'static str {
        match self {
            Degree::Conflict => "conflict",
            Degree::Precision => "precision",
            Degree::Attribution => "attribution",
        }
    }
}

/// What kind of value differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DifferenceKind {
    /// May, planned, under way, concluded.
    Status,
    /// Denied or not.
    Negation,
    /// A figure.
    Figure,
    /// A date or time.
    Date,
    /// A name.
    Name,
    /// A title or role.
    Title,
    /// Who says it.
    Attribution,
    /// The words of a quotation.
    Quote,
    /// Why it happened.
    Cause,
}

impl DifferenceKind {
    /// The kind with this label.
    pub fn of_label(label: &str) -> Option<DifferenceKind> {
        use DifferenceKind::*;
        [Status, Negation, Figure, Date, Name, Title, Attribution, Quote, Cause]
            .into_iter()
            .find(|kind| kind.label() == label)
    }

    /// The word for it, lower case, as a script reads it.
    pub fn label(self) -> &'static str {
        match self {
            DifferenceKind::Status => "status",
            DifferenceKind::Negation => "negation",
            DifferenceKind::Figure => "figure",
            DifferenceKind::Date => "date",
            DifferenceKind::Name => "name",
            DifferenceKind::Title => "title",
            DifferenceKind::Attribution => "attribution",
            DifferenceKind::Quote => "quote",
            DifferenceKind::Cause => "cause",
        }
    }
}

/// What a comparison comes to, as a fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Same words, same order.
    Identical,
    /// Same sentences, some in another place.
    OnlyMoved,
    /// Few or no sentences correspond.
    LittleInCommon,
    /// The usual case.
    #[default]
    Compared,
    /// In two languages: paired by figures, dates and names, and no difference is looked for.
    TwoLanguages,
}

/// Two articles compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Sentences of A in order, headings too.
    pub a: Vec<Sentence>,
    /// Sentences of B in order, headings too.
    pub b: Vec<Sentence>,
    /// Pairs in A's order, then B's. A sentence may be in several.
    pub pairs: Vec<Pair>,
    /// Pairs that are too unsure to be shown, with their scores: for whoever ranks them. In A's order, then B's; none
    /// where the articles have little in common.
    pub unsure: Vec<(u32, u32, f64)>,
    /// Sentences of A, headings not counted, that nothing in B corresponds to.
    pub only_a: Vec<u32>,
    /// Sentences of B, headings not counted, that nothing in A corresponds to.
    pub only_b: Vec<u32>,
    /// What it comes to.
    pub outcome: Outcome,
}
