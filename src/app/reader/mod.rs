//! The view `Reader`.

use super::view::Props;
use crossread::engine::views;
use yew::prelude::*;

/// The view, from the toolbar to the dock.
#[component]
pub fn Reader(_props: &Props<views::Reader>) -> Html {
    html! { <main id="main" tabindex="-1" /> }
}
