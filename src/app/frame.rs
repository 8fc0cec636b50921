//! The frame: top bar, banners, the view of the address, dock, live region; what is the same everywhere.
//!
//! Invariant: a function of the state. Each view brings what stands between the top bar and the dock: its
//! toolbar and `<main>` with one `<h1>` that can take the focus.

use super::about::{AboutProps, about};
use super::bits::{does, href, icon};
use super::correct::{self, CorrectProps};
use super::corrections::{CorrectionsProps, corrections};
use super::find::{self, find};
use super::html::{classes, html};
use super::library::{LibraryProps, library};
use super::memo::memo;
use super::names::{NamesProps, names};
use super::open::{OpenProps, open};
use super::overlay::{SheetProps, sheet};
use super::results::{ResultsProps, results};
use super::timeline::{TimelineProps, timeline};
use super::view::Props;
use super::{
    accounts::accounts, compare::compare, entity::entity, facets, overlay, reader::reader, states, words,
};
use crossread::engine::Step;
use crossread::engine::views::Facet;
use crossread::session::{Action, Address, Engine, Overlay, Said, Slot, State, View};
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// The page.
pub fn page(state: &State, dispatch: &Callback<Action>) -> Html {
    let has_q = state.address.is_results();
    html! {
        <div class={classes!("page", has_q.then_some("has-q"))}>
            <a class="skip" href="#main" onclick={skip()}>{ "Skip to the text" }</a>
            { bar(state, dispatch) }
            { banners(state, dispatch) }
            { view(state, dispatch) }
            { overlay(state, dispatch) }
            { said(state, dispatch) }
        </div>
    }
}

/// The live region; after a correction also how to undo it.
fn said(state: &State, dispatch: &Callback<Action>) -> Html {
    let (number, said) = &state.said;
    let undo = matches!(said, Said::Corrected(_) | Said::Withdrawn | Said::Took(1..)).then(|| {
        let onclick = does(dispatch, Action::Correct(Box::new(Step::Undo)));
        html! { <button class="link" {onclick}>{ "Undo" }{ " " }<kbd aria-hidden="true">{ "u" }</kbd></button> }
    });
    let class = if words::is_seen(said) { "toast" } else { "vh" };
    html! {
        <p class={classes!(class, undo.is_some().then_some("long"))} role="status" aria-live="polite" id="said">
            <span key={*number}>{ words::said(said) }{ for undo }</span>
        </p>
    }
}

/// The skip link must not change the address, which is ours.
fn skip() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        let main = gloo::utils::document().get_element_by_id("main");
        if let Some(main) = main.and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = main.focus();
        }
    })
}

/// What the view `Compare` of the main navigation leads to.
pub fn compare_address(state: &State) -> Option<Address> {
    match (&state.address.view, Address::comparing(&state.ticked), &state.home.value) {
        (View::Compare(a, b), ..) => Some(Address::compare(a, b)),
        (View::Several(_) | View::Story(_), ..) => Some(Address::of(state.address.view.clone())),
        (_, Some(there), _) => Some(there),
        (.., Some(home)) => home.pair.as_ref().map(|pair| Address::compare(&pair.a, &pair.b)),
        _ => None,
    }
}

/// Whether a view compares articles.
fn compares(view: &View) -> bool {
    matches!(view, View::Compare(..) | View::Several(_) | View::Story(_))
}

fn bar(state: &State, dispatch: &Callback<Action>) -> Html {
    let home = state.home.value.as_deref();
    let view = &state.address.view;
    let in_library = *view == View::Library && !state.address.is_results();
    let current = |on: bool| on.then_some("page");
    let names = matches!(view, View::Names | View::Entity(_) | View::Corrections);
    let shown = find::props(state, false, dispatch);
    html! {
        <header class="bar">
            <a class="brand" href={href(&Address::library())} aria-label={words::NAME}>{ brand() }<span>{ words::NAME }</span></a>
            if let Some(home) = home.filter(|home| !home.title.is_empty()) {
                <p class="file only-l" dir="auto"><b>{ &home.title }</b></p>
            }
            if !in_library {
                { memo("find", shown, find) }
            }
            <nav aria-label="Main">
                <ul>
                    <li><a href={href(&Address::library())} aria-current={current(in_library)}>{ "Library" }</a></li>
                    if let Some(there) = compare_address(state) {
                        <li><a href={href(&there)} aria-current={current(compares(view))}>{ "Compare" }</a></li>
                    }
                    <li><a href={href(&Address::of(View::Names))} aria-current={current(names)}>{ "Names" }</a></li>
                    <li><a href={href(&Address::of(View::Timeline))} aria-current={current(*view == View::Timeline)}>{ "Timeline" }</a></li>
                </ul>
            </nav>
            if !in_library && !state.address.is_results() {
                { find::search_button(dispatch) }
            }
            <button class="btn bare icon end" aria-label={format!("Theme: {}", words::theme_word(state.theme))}
                onclick={does(dispatch, Action::NextTheme)}>{ icon("theme") }</button>
        </header>
    }
}

/// The bottom bar of a phone.
fn main_dock(state: &State, dispatch: &Callback<Action>) -> Html {
    let view = &state.address.view;
    let results = state.address.is_results();
    let link = |to: &Address, name: &str, word: &str, here: bool| {
        html! { <a href={href(to)} aria-current={here.then_some("page")}>{ icon(name) }{ word }</a> }
    };
    let button = |action: Action, name: &str, word: &str| {
        let onclick = does(dispatch, action);
        html! { <button {onclick}>{ icon(name) }{ word }</button> }
    };
    let compare = compare_address(state).map(|to| link(&to, "compare", "Compare", compares(view)));
    let narrow = shown_facets(state)
        .is_some_and(|facets| !facets.is_empty())
        .then(|| button(Action::Overlay(Overlay::Narrow), "filter", "Narrow"));
    html! {
        <nav class="dock" aria-label="Views">
            { link(&Address::library(), "library", "Library", *view == View::Library && !results) }
            { button(Action::Search, "search", "Search") }
            { for narrow.or(compare) }
            { link(&Address::of(View::Names), "names", "Names", *view == View::Names) }
            { link(&Address::of(View::About), "about", "About", *view == View::About) }
        </nav>
    }
}

/// The facets of the list on screen.
fn shown_facets(state: &State) -> Option<&[Facet]> {
    match state.address.view {
        View::Library if state.address.is_results() => {
            state.results.value.as_ref().map(|found| &found.facets[..])
        }
        View::Library => {
            state.shown_library().filter(|library| library.total > 2).map(|library| &library.facets[..])
        }
        View::Timeline => state.timeline.value.as_ref().map(|view| &view.facets[..]),
        _ => None,
    }
}

fn banners(state: &State, dispatch: &Callback<Action>) -> Html {
    let edition = state.other_edition().map(|link| {
        let own = state.about.value.as_ref().map_or("", |about| &about.edition);
        html! {
            <div class="banner edition" role="status">
                { icon("alert") }
                <p>
                    { "This link was made from edition " }<b class="nowrap">{ words::edition(link) }</b>
                    { "; this file is edition " }<b class="nowrap">{ words::edition(own) }</b>
                    { ". What it shows may have changed since." }
                </p>
                <button class="btn bare" onclick={does(dispatch, Action::DismissEdition)}>{ "Dismiss" }</button>
            </div>
        }
    });
    let engine = words::engine(&state.engine).map(|sentence| {
        let (class, role) = match state.engine {
            Engine::Broken => ("banner alert", "alert"),
            _ => ("banner", "status"),
        };
        html! { <div {class} {role}>{ icon("alert") }<p>{ sentence }</p></div> }
    });
    let problems = (!state.problems.is_empty()).then(|| html! {
        <div class="banner alert" role="alert">
            { icon("alert") }
            <ul>
                { for state.problems.iter().map(|problem| html! {
                    <li><bdi>{ &problem.file }</bdi>{ if problem.file.is_empty() { "" } else { ": " } }{ &problem.message }</li>
                }) }
            </ul>
            <button class="btn bare" onclick={does(dispatch, Action::DismissProblems)}>{ "Dismiss" }</button>
        </div>
    });
    html! { <>{ for engine }{ for problems }{ for edition }</> }
}

/// The properties of a view of one answer.
fn props<T: PartialEq>(state: &State, slot: &Slot<T>, dispatch: &Callback<Action>) -> Props<T> {
    Props {
        answer: slot.value.clone(),
        missing: slot.missing.clone(),
        address: state.address.clone(),
        hidden: state.hidden.clone(),
        shown: state.shown,
        sync: state.sync,
        narrow: state.page.narrow,
        dispatch: dispatch.clone(),
    }
}

fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    match &state.address.view {
        View::Article(_) => {
            let props = props(state, &state.reader, dispatch);
            memo("reader", props, reader)
        }
        View::Compare(..) => {
            let props = props(state, &state.compare, dispatch);
            memo("compare", props, compare)
        }
        View::Several(_) | View::Story(_) => {
            let props = props(state, &state.accounts, dispatch);
            html! { <>{ memo("accounts", props, accounts) }{ main_dock(state, dispatch) }</> }
        }
        View::Entity(_) => {
            let props = props(state, &state.entity, dispatch);
            html! { <>{ memo("entity", props, entity) }{ main_dock(state, dispatch) }</> }
        }
        plain => html! { <>{ plain_view(plain, state, dispatch) }{ main_dock(state, dispatch) }</> },
    }
}

/// The views that the frame itself brings a dock to.
fn plain_view(view: &View, state: &State, dispatch: &Callback<Action>) -> Html {
    let edition = state.about.value.as_ref().map(|about| about.edition.clone());
    let articles = state.home.value.as_ref().map_or(0, |home| home.total);
    let address = state.address.clone();
    let find = find::props(state, true, dispatch);
    let dispatch = dispatch.clone();
    match view {
        View::Library if address.is_results() => {
            let (answer, settled) = (state.results.value.clone(), state.results.settled);
            let (expanded, limit) = (state.expanded.clone(), state.shown_articles());
            let props = ResultsProps { answer, settled, address, expanded, limit, edition, dispatch };
            memo("results", props, results)
        }
        View::Library => {
            let (answer, ticked) = (state.shown_library().cloned(), state.ticked.clone());
            memo("library", LibraryProps { answer, address, ticked, find, edition, dispatch }, library)
        }
        View::Names => names(NamesProps { answer: state.names.value.clone(), articles, edition, dispatch }),
        View::Timeline => {
            let answer = state.timeline.value.clone();
            memo("timeline", TimelineProps { answer, address, edition, dispatch }, timeline)
        }
        View::Corrections => {
            let &State { unsaved, saving, .. } = state;
            let answer = state.corrections.value.clone();
            memo("corrections", CorrectionsProps { answer, unsaved, saving, edition, dispatch }, corrections)
        }
        View::Open => {
            let &State { importing, unsaved, saving, .. } = state;
            let outcomes = state.imported.clone();
            open(OpenProps { articles, importing, outcomes, unsaved, saving, edition, dispatch })
        }
        View::About => {
            let &State { unsaved, shortcuts, .. } = state;
            let (answer, listed) = (state.about.value.clone(), state.listed());
            memo("about", AboutProps { answer, listed, unsaved, shortcuts, dispatch }, about)
        }
        View::Unknown(path) => {
            html! { <main id="main" tabindex="-1"><div class="wrap">{ states::nowhere(path) }</div></main> }
        }
        View::Article(_) | View::Compare(..) | View::Several(_) | View::Story(_) | View::Entity(_) => {
            Html::default()
        }
    }
}

/// What lies over the view.
fn overlay(state: &State, dispatch: &Callback<Action>) -> Html {
    let (title, children) = match (state.overlay, shown_facets(state)) {
        (Overlay::Correct, _) => {
            let Some(what) = state.correcting.as_deref().cloned() else { return Html::default() };
            let (title, names) = (correct::title(&what), state.names.value.clone());
            (title, correct::correct(CorrectProps { what, names, dispatch: dispatch.clone() }))
        }
        (Overlay::Keys, _) => ("Keys", overlay::keys(state.shortcuts, dispatch)),
        (Overlay::Narrow, Some(facets)) => {
            ("Narrow down", facets::facets(facets, &state.address.filters, "s", dispatch))
        }
        _ => return Html::default(),
    };
    sheet(SheetProps { title, dispatch: dispatch.clone(), children })
}

/// The mark of the program: two texts and a thread.
fn brand() -> Html {
    html! {
        <svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.75" aria-hidden="true">
            <path d="M1.5 4h5M1.5 8h5M1.5 12h5M1.5 16h5M13.5 4h5M13.5 8h5M13.5 12h5M13.5 16h5" />
            <path class="x" d="M6.5 4c4 0 3 8 7 8" />
        </svg>
    }
}
