//! The engine of Crossread.
pub mod article;
pub mod bundle;
pub mod engine;
pub mod session;
pub mod text;
