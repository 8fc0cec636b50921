//! The states: what stands where there is nothing to show, or not yet.
//!
//! Invariant: each says what happened, what still works, and the one next step.

use super::bits::href;
use super::html::html;
use super::{open, words};
use crossread::engine::STUDIO;
use crossread::engine::views::{Loosen, Results};
use crossread::session::{Action, Address, View};
use yew::prelude::*;

/// An answer is under way; seen only where it takes a moment.
pub fn waiting(what: &'static str) -> Html {
    html! {
        <section class="state late" aria-busy="true">
            <div class="busy" role="progressbar" aria-label={what}></div>
            <div class="ghost" aria-hidden="true"><i></i><i></i><i></i></div>
        </section>
    }
}

/// There are no articles.
pub fn empty(dispatch: &Callback<Action>) -> Html {
    html! {
        <section class="state">
            <p class="label">{ "Empty library" }</p>
            <h1 tabindex="-1">{ "No articles yet" }</h1>
            if STUDIO {
                <p>{ "Drop files here, paste text, or choose a folder. Nothing leaves this machine." }</p>
                <p class="acts">{ open::pickers(dispatch) }<a class="btn" href={href(&Address::of(View::Open))}>{ "Paste text…" }</a></p>
            }
        </section>
    }
}

/// The address leads nowhere.
pub fn nowhere(path: &str) -> Html {
    html! {
        <section class="state">
            <p class="label">{ "Not found" }</p>
            <h1 tabindex="-1">{ "This address leads nowhere" }</h1>
            <p>{ "There is no view " }<b><bdi>{ format!("#/{path}") }</bdi></b>{ " in this file. Part of a link may be missing." }</p>
            <p class="acts"><a class="btn" href={href(&Address::library())}>{ "All articles" }</a></p>
        </section>
    }
}

/// Nothing was found.
pub fn no_hits(found: &Results, address: &Address) -> Html {
    let narrowed = address.filters != Default::default();
    html! {
        <section class="state">
            <p class="label">{ "No hits" }</p>
            <h1 tabindex="-1">{ "Nothing for “" }<bdi>{ found.query.trim() }</bdi>{ "”" }</h1>
            if narrowed { <p>{ "The list is narrowed by the filters above." }</p> }
            if found.loosen.is_empty() {
                <p>{ "No article has these words. Fewer or other words may find something." }</p>
            } else {
                <ul>{ for found.loosen.iter().map(|way| loosen(way, address)) }</ul>
            }
            <p class="acts"><a class="btn" href={href(&Address::library())}>{ "All articles" }</a></p>
        </section>
    }
}

fn loosen(way: &Loosen, address: &Address) -> Html {
    let to = Address { q: way.query.clone(), filters: way.filters.clone(), ..address.clone() };
    html! {
        <li key={way.label.clone()}>
            { &way.label }{ ": " }
            if way.articles == 0 {
                { "none either" }
            } else {
                <a href={href(&to)}>{ words::found(way.matches, way.articles) }</a>
            }
        </li>
    }
}
