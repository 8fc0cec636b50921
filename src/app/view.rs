//! What every view of one answer gets from the root.

use crossread::engine::views::NameKind;
use crossread::session::{Action, Address, Shared, Shown};
use yew::Callback;

/// What a view is drawn from.
#[derive(PartialEq)]
pub struct Props<T: PartialEq + 'static> {
    /// The answer; `None` while it is under way.
    pub answer: Option<Shared<T>>,
    /// What there is none of, where the address leads to nothing.
    pub missing: Option<String>,
    /// Where we are.
    pub address: Address,
    /// Types of names that are not marked.
    pub hidden: Vec<NameKind>,
    /// Which of the others are marked.
    pub shown: Shown,
    /// Whether compared texts scroll together.
    pub sync: bool,
    /// Whether the window is as narrow as a phone.
    pub narrow: bool,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}
