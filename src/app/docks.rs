//! Docks, empty states and exports of the views of articles.
//!
//! Invariant: a dock has five places at most, the current one said by `aria-current`. Not here: the dock of
//! the other views (`frame.rs`).

use super::bits::{does, href, icon};
use super::html::html;
use crossread::session::exporting::Format;
use crossread::session::{Action, Address, Mode, View};
use yew::prelude::*;

fn link(to: &Address, name: &str, word: &str, current: bool) -> Html {
    html! {
        <a href={href(to)} aria-current={current.then_some("page")}>{ icon(name) }{ word }</a>
    }
}

/// Of the comparison.
pub fn compare(here: &Address) -> Html {
    let mode =
        |mode: Mode, name: &str, word: &str| link(&here.with_mode(mode), name, word, here.mode == mode);
    html! {
        <nav class="dock" aria-label="Views">
            { link(&Address::library(), "library", "Library", false) }
            { mode(Mode::Plain, "compare", "Pairs") }
            { mode(Mode::Differences, "differs", "Differences") }
            { mode(Mode::OnlyA, "only-a", "Only in A") }
            { mode(Mode::OnlyB, "only-b", "Only in B") }
        </nav>
    }
}

/// Of the reader: the outline and the names are sheets.
pub fn reader(here: &Address, outline: bool, compare: Option<Address>) -> Html {
    let results = Address { view: View::Library, hit: None, at: None, ..here.clone() };
    let results = Address { filters: Default::default(), ..results };
    html! {
        <nav class="dock" aria-label="Views">
            { link(&Address::library(), "library", "Library", false) }
            if outline { <button popovertarget="outline">{ icon("outline") }{ "Outline" }</button> }
            <button popovertarget="names">{ icon("names") }{ "Names" }</button>
            if !here.q.trim().is_empty() { { link(&results, "hits", "Matches", false) } }
            if let Some(to) = compare { { link(&to, "compare", "Compare", false) } }
        </nav>
    }
}

/// The ways to take a comparison along.
pub fn exports(formats: &[Format], dispatch: &Callback<Action>) -> Html {
    let word = |format: &Format| match format {
        Format::Markdown => "Markdown",
        Format::Csv => "CSV",
        Format::Json => "JSON",
    };
    html! {
        <p class="exports">
            { "Save as " }
            { for formats.iter().map(|format| html! {
                <button class="link" onclick={does(dispatch, Action::Export(*format))}>{ word(format) }</button>
            }) }
            <button class="link" onclick={does(dispatch, Action::Print)}>{ "Print" }</button>
        </p>
    }
}

/// Where the address leads to nothing.
pub fn nothing(what: &str) -> Html {
    html! {
        <main id="main" tabindex="-1">
            <div class="wrap">
                <header class="view-head"><h1 tabindex="-1">{ "Not in this file" }</h1></header>
                <p>
                    { "There is no " }<b><bdi>{ what }</bdi></b>
                    { " among the articles and names of this file. The link may come from another edition. " }
                    <a href={href(&Address::library())}>{ "All articles" }</a>
                </p>
            </div>
        </main>
    }
}

/// While the answer is under way. What is short is never seen: the bar comes after a moment.
pub fn waiting() -> Html {
    html! { <main id="main" tabindex="-1" aria-busy="true"><div class="busy late" /></main> }
}
