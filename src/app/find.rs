//! The search box with its suggestions: a combobox (WAI-ARIA Authoring Practices, list autocomplete with
//! manual selection).
//!
//! Invariant: what is typed is in `State::typed`; the field shows it and nothing else. Not here: what a query
//! means.

use super::bits::{counted, does, icon, kind_class};
use super::html::{classes, html};
use super::words;
use crossread::engine::views::Suggestion;
use crossread::session::{Action, Shared, State};
use gloo::timers::callback::Timeout;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the search box is drawn from.
#[derive(Clone, PartialEq)]
pub struct FindProps {
    /// The big one of the library.
    pub big: bool,
    /// What is typed.
    pub typed: String,
    /// What the field is called.
    pub label: String,
    /// Completions, where they are to be shown.
    pub suggestions: Option<Shared<Vec<Suggestion>>>,
    /// The completion in hand.
    pub chosen: Option<usize>,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}

/// The properties for a state.
pub fn props(state: &State, big: bool, dispatch: &Callback<Action>) -> FindProps {
    let shown = state.suggestions.value.as_ref().filter(|list| state.suggesting && !list.is_empty());
    FindProps {
        big,
        typed: state.typed.clone(),
        label: words::search_label(state.home.value.as_deref()),
        suggestions: shown.cloned(),
        chosen: state.suggestion,
        dispatch: dispatch.clone(),
    }
}

/// The search box.
pub fn find(props: &FindProps) -> Html {
    let FindProps { big, typed, label, suggestions, chosen, dispatch } = props;
    let oninput = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                dispatch.emit(Action::Typed { text: field.value(), composing: event.is_composing() });
            }
        })
    };
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            let action = match event.key().as_str() {
                _ if event.is_composing() => return,
                "ArrowDown" => Action::Suggest(1),
                "ArrowUp" => Action::Suggest(-1),
                "Enter" => Action::Enter,
                _ => return,
            };
            event.prevent_default();
            dispatch.emit(action);
        })
    };
    // A box that goes, as another comes for the results, loses the focus as well: what is suggested stays.
    let onblur = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: FocusEvent| {
            let (dispatch, field) = (dispatch.clone(), event.target_dyn_into::<HtmlInputElement>());
            let left = move || {
                if field.is_some_and(|field| field.is_connected()) {
                    dispatch.emit(Action::Unsuggest);
                }
            };
            Timeout::new(0, left).forget();
        })
    };
    let onsubmit = Callback::from(|event: SubmitEvent| event.prevent_default());
    let id = if *big { "q-big" } else { "q" };
    let list_id = if *big { "q-big-list" } else { "q-list" };
    let option_id = |index: usize| format!("{list_id}-{index}");
    let open = suggestions.is_some();
    html! {
        <search>
            <form class={classes!("find", big.then_some("big"))} {onsubmit}>
                <label class="vh" for={id}>{ label.clone() }</label>
                <svg class={classes!("i", big.then_some("lg"))} aria-hidden="true"><use href="#i-search" /></svg>
                <input type="search" {id} placeholder={label.clone()} value={typed.clone()} autocomplete="off"
                    autocapitalize="off" spellcheck="false" dir="auto" enterkeyhint="search" role="combobox"
                    aria-autocomplete="list" aria-expanded={open.to_string()} aria-controls={list_id}
                    aria-activedescendant={chosen.filter(|_| open).map(option_id)}
                    {oninput} {onkeydown} {onblur} />
                <kbd aria-hidden="true">{ "/" }</kbd>
                <ul class="suggest" id={list_id} role="listbox" aria-label="Suggestions" hidden={!open}>
                    if let Some(list) = suggestions {
                        { for list.iter().enumerate().map(|(i, it)| suggestion(i, it, option_id(i), *chosen, dispatch)) }
                    }
                </ul>
            </form>
        </search>
    }
}

fn suggestion(
    index: usize,
    it: &Suggestion,
    id: String,
    chosen: Option<usize>,
    dispatch: &Callback<Action>,
) -> Html {
    // Before the field loses the focus.
    let onmousedown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            dispatch.emit(Action::Take(index));
        })
    };
    let name = match &it.entity {
        Some((_, kind)) => html! { <bdi class={classes!("ent", kind_class(*kind))}>{ &it.label }</bdi> },
        None => html! { <bdi>{ &it.label }</bdi> },
    };
    html! {
        <li key={index} {id} role="option" aria-selected={(chosen == Some(index)).to_string()} {onmousedown}>
            { name }
            <span class="n">{ if it.article.is_some() { "open".into() } else { counted(it.articles, "article", "articles") } }</span>
        </li>
    }
}

/// The button that stands for the search box where there is no room for it.
pub fn search_button(dispatch: &Callback<Action>) -> Html {
    html! {
        <button class="btn bare icon end only-s" aria-label="Search" onclick={does(dispatch, Action::Search)}>
            { icon("search") }
        </button>
    }
}
