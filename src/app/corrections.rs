//! The corrections: what a reader has said about the names, each to be taken back, all to be handed on.
//!
//! Invariant: in the order in which they are applied; one that does not fit says why. Not here: making one
//! (`correct.rs`), keeping them (the corpus file).

use super::bits::{counted, does, href};
use super::html::html;
use super::{library, states, words};
use crossread::engine::views::{CorrectionView, Corrections as Answer};
use crossread::engine::{SourceFile, Step};
use crossread::session::{Action, Address, Shared, View, Wish};
use gloo::file::{Blob, futures::read_as_bytes};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Bytes of a file of corrections that are read at most.
const MOST: f64 = 20e6;

/// What the view is drawn from.
#[derive(PartialEq)]
pub struct CorrectionsProps {
    /// The answer; `None` while it is under way.
    pub answer: Option<Shared<Answer>>,
    /// Whether there is something that is not saved.
    pub unsaved: bool,
    /// What is being saved.
    pub saving: Option<Wish>,
    /// This file's edition.
    pub edition: Option<String>,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}

/// The view.
pub fn corrections(props: &CorrectionsProps) -> Html {
    let CorrectionsProps { answer, unsaved, saving, edition, dispatch } = props;
    let Some(view) = answer else {
        return html! { <main id="main" tabindex="-1"><div class="wrap"><header class="view-head"><h1 tabindex="-1">{ "Corrections" }</h1></header>{ states::waiting("Reading") }</div></main> };
    };
    let step = |word: &'static str, key: &'static str, step: Step, on: bool| {
        let onclick = does(dispatch, Action::Correct(Box::new(step)));
        html! { <button class="btn" disabled={!on} {onclick}>{ word }{ " " }<kbd aria-hidden="true">{ key }</kbd></button> }
    };
    let export = does(dispatch, Action::Save(Wish::Corrections));
    let save = does(dispatch, Action::Save(Wish::Page));
    let count = view.all.len() as u32;
    html! {
        <main id="main" tabindex="-1">
            <div class="wrap">
                <header class="view-head">
                    <h1 tabindex="-1">{ if count == 0 { "No corrections".to_owned() } else { counted(count, "correction", "corrections") } }</h1>
                    <p class="dim">{ "What was said about names and about pairs of passages here. The texts are never changed; counts, marks, filters, search and comparison follow." }</p>
                </header>
                <p class="acts wraps">
                    { step("Undo", "u", Step::Undo, view.undo) }
                    { step("Redo", "U", Step::Redo, view.redo) }
                    <button class="btn" disabled={count == 0 || saving.is_some()} onclick={export}>{ "Export as JSON" }</button>
                    { import(dispatch) }
                    if *unsaved { <button class="btn main" disabled={saving.is_some()} onclick={save}>{ "Save a copy" }</button> }
                </p>
                if *unsaved { <p class="dim">{ "What is new here is only in this page until you save a copy or export it." }</p> }
                if count == 0 {
                    <p>{ "To correct a name, open it from " }<a href={href(&Address::of(View::Names))}>{ "Names" }</a>
                        { " or from its mark in an article. To add one, select its words in an article and press " }<kbd>{ "a" }</kbd>{ "." }</p>
                } else {
                    <ol class="said">{ for view.all.iter().enumerate().map(|(index, one)| row(index, one, dispatch)) }</ol>
                }
                { library::foot(edition, dispatch) }
            </div>
        </main>
    }
}

fn row(index: usize, view: &CorrectionView, dispatch: &Callback<Action>) -> Html {
    let sentence = words::correction(&view.correction);
    let back = does(dispatch, Action::Correct(Box::new(Step::Withdraw(index as u32))));
    html! {
        <li key={format!("{index} {sentence}")}>
            <p>
                if let Some(id) = &view.entity { <a href={href(&Address::entity(id))}><bdi>{ &sentence }</bdi></a> } else { <bdi>{ &sentence }</bdi> }
                if let Some(why) = &view.problem { <span class="why">{ format!("Not applied: {why}") }</span> }
            </p>
            <button class="btn" onclick={back} aria-label={format!("Take back: {sentence}")}>{ "Take back" }</button>
        </li>
    }
}

/// A way to choose a file of corrections.
fn import(dispatch: &Callback<Action>) -> Html {
    let dispatch = dispatch.clone();
    let onchange = Callback::from(move |event: Event| {
        let field: HtmlInputElement = event.target_unchecked_into();
        let file = field.files().and_then(|files| files.item(0)).filter(|file| file.size() <= MOST);
        if let Some(file) = file {
            let dispatch = dispatch.clone();
            spawn_local(async move {
                let name = file.name();
                let bytes = read_as_bytes(&Blob::from(file.unchecked_into::<web_sys::Blob>())).await;
                let bytes = bytes.unwrap_or_default();
                dispatch.emit(Action::Correct(Box::new(Step::Take(SourceFile { name, bytes }))));
            });
        }
        // So that the same file can be chosen again.
        field.set_value("");
    });
    html! {
        <span class="picker">
            <input type="file" class="vh" id="corrections" accept=".json,application/json" {onchange} />
            <label class="btn" for="corrections">{ "Import…" }</label>
        </span>
    }
}
