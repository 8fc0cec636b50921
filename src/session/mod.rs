//! The session: what is on the screen as one value, and how actions change it.
//!
//! `reduce(State, Action) -> (State, Vec<Effect>)` is pure, so that all of the interface's behaviour is tested
//! natively. Invariant: no I/O, no clock, no words for people; the app runs the effects and draws the state.

pub mod address;
pub mod choosing;
pub mod claiming;
pub mod comparing;
pub mod exporting;
pub mod landmarks;
pub mod layers;
pub mod network;
pub mod reading;
mod reduce;
mod shared;
mod state;

pub use crate::text::calendar;
pub use address::{Address, Mode, Order, View};
pub use reduce::reduce;
pub use shared::Shared;
pub use state::{
    Action, Correcting, Effect, Engine, Leaving, Overlay, Page, Said, Shown, Slot, State, Theme, Wish,
};
