//! The view `Compare`.

use super::view::Props;
use crossread::engine::views;
use yew::prelude::*;

/// The view, from the toolbar to the dock.
#[component]
pub fn Compare(_props: &Props<views::Compare>) -> Html {
    html! { <main id="main" tabindex="-1" /> }
}
