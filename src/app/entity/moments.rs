//! Moments: the dates stated near an entity, in order, as a line of time.
//!
//! Invariant: a date is shown only where the text states one; what has none stands last and says so. Not
//! here: reading dates (the engine).

use super::source;
use crate::app::html::html;
use crate::app::marked::plain;
use crossread::engine::views::{EntityPage, Moment};
use crossread::session::calendar;
use yew::prelude::*;

/// The line of time.
pub fn moments(view: &EntityPage) -> Html {
    if view.moments.is_empty() {
        return Html::default();
    }
    html! {
        <section class="sec" aria-labelledby="h-time">
            <h2 id="h-time">{ "In time" }</h2>
            <p>{ "Dates stated in the same paragraph as a mention." }</p>
            <ol class="tl">
                { for view.moments.iter().enumerate().map(|(i, m)| html! {
                    <li key={i} class={m.date.is_none().then_some("open")}>
                        { when(m) }
                        <p><q><bdi>{ plain(&m.quote) }</bdi></q>{ " " }{ source(&m.line, &view.name.entity) }</p>
                    </li>
                }) }
            </ol>
        </section>
    }
}

fn when(m: &Moment) -> Html {
    match &m.date {
        Some(date) => {
            html! { <time datetime={date.clone()} title={m.stated.clone()}>{ calendar::short(date) }</time> }
        }
        None if m.stated.is_empty() => html! { <span class="when">{ "Undated" }</span> },
        None => html! { <span class="when"><bdi>{ "“" }{ &m.stated }{ "”" }</bdi></span> },
    }
}
