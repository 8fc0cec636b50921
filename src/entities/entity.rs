//! What the articles name: entities, and the mentions that lead to them.
//!
//! Invariant: `Mention::entity` and `Relation::entity` are indices into `Entities::entities`; an article's
//! mentions are in text order (an outer one before those inside it), may nest and never cross.
//! Not here: how they are found and joined.

use super::Kind;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// Everything that a set of articles names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entities {
    /// In order of their first mention.
    pub entities: Vec<Entity>,
    /// Per article, in the articles' order.
    pub mentions: Vec<Vec<Mention>>,
}

/// Someone or something that is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Stable readable name for addresses: lower-case letters, digits and hyphens; unique.
    pub id: String,
    /// Canonical name: the fullest common form.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The other names that the articles use for it, most used first.
    pub aliases: Vec<String>,
    /// What it has to do with other entities of these articles.
    pub relations: Vec<Relation>,
    /// What a place is, in a line with its source; empty where that is not known.
    pub gloss: String,
}

/// A tie to another entity: never a reason to count the two as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// Which tie.
    pub kind: RelationKind,
    /// To whom.
    pub entity: u32,
}

/// A tie between two entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RelationKind {
    /// A people and its country: Iranians → Iran.
    PeopleOf,
    /// A capital and its country: Tehran → Iran.
    SeatOf,
}

impl RelationKind {
    /// The tie in words, to stand before the other entity's name.
    pub fn label(self) -> &'static str {
        match self {
            RelationKind::PeopleOf => "people of",
            RelationKind::SeatOf => "seat of government of",
        }
    }
}

/// One place in an article where an entity is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where, in bytes of the article's text.
    pub span: Span,
    /// Index into `Entities::entities`.
    pub entity: u32,
    /// How sure, 0 to 100.
    pub certainty: u8,
    /// What it was recognised by.
    pub why: Why,
}

/// What a mention was recognised by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Why {
    /// It stands in a name list.
    List,
    /// A title before it: "President", "Mr".
    Title,
    /// A given or family name in it.
    PersonName,
    /// A word in it tells: "Ministry", "River", "Accords".
    HeadWord,
    /// The words around it tell: "in", "said".
    Context,
    /// Written in capitals like a name.
    Capitals,
    /// The acronym of a name in these articles.
    Acronym,
    /// Part of a full name in these articles.
    PartOfName,
    /// The same name stands elsewhere in the article.
    Elsewhere,
    /// A date and what happened then.
    DatedEvent,
    /// Reads as a date.
    Date,
    /// Reads as a number with what it counts.
    Number,
    /// The trained model sees it.
    Model,
    /// Whom the article names with this office.
    Role,
    /// A reader has marked it. Never in what was recognised.
    Reader,
}

impl Why {
    /// The reason in a few words.
    pub fn text(self) -> &'static str {
        match self {
            Why::List => "in a name list",
            Why::Title => "title before the name",
            Why::PersonName => "given or family name",
            Why::HeadWord => "a word in it tells",
            Why::Context => "the words around it tell",
            Why::Capitals => "capitals",
            Why::Acronym => "acronym of a name in these articles",
            Why::PartOfName => "part of a full name in these articles",
            Why::Elsewhere => "named elsewhere in the article",
            Why::DatedEvent => "date and what happened then",
            Why::Date => "a date",
            Why::Number => "a number and what it counts",
            Why::Model => "the trained model",
            Why::Role => "named with this office earlier in the article",
            Why::Reader => "marked by a reader",
        }
    }
}
