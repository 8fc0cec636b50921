//! The view `Entity`.

use super::view::Props;
use crossread::engine::views;
use yew::prelude::*;

/// The view, from the toolbar to the dock.
#[component]
pub fn Entity(_props: &Props<views::EntityPage>) -> Html {
    html! { <main id="main" tabindex="-1" /> }
}
