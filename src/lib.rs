//! The engine of Crossread.
pub mod article;
pub mod bundle;
pub mod compare;
pub mod engine;
pub mod entities;
pub mod index;
pub mod intake;
pub mod query;
pub mod search;
pub mod session;
pub mod text;
