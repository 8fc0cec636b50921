//! Entities: who and what the articles name, and which mentions name the same one.
//!
//! Sources append [`candidate::Candidate`]s (lists, dates, chains of capitalised words with their evidence;
//! a trained model has its place beside them) → [`candidate::choose`] makes marks that never cross →
//! [`link`] joins marks to entities within and across the articles.
//!
//! Invariant: deterministic, total, and near linear in the text. A false merge is worse than a missed one.

mod acronym;
mod candidate;
mod chains;
mod dated;
mod entity;
mod evidence;
mod kind;
mod link;
mod listed;
mod lists;
mod page;
mod reader;

pub use entity::{Entities, Entity, Mention, Relation, RelationKind, Why};
pub use kind::Kind;

use crate::article::Article;

/// Recognises what the articles name and joins the mentions to entities.
pub fn recognise(articles: &[Article]) -> Entities {
    let lists = lists::Lists::get();
    let readings: Vec<reader::Reading> =
        articles.iter().map(|article| reader::read(article, lists)).collect();
    link::link(&readings, lists)
}
