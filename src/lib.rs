//! The engine of Crossread.
pub mod article;
pub mod engine;
pub mod text;
