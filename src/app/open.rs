//! Open: taking in articles from files, folders, or pasted text, and saving what was taken in.
//!
//! Invariant: nothing is read but what a reader has chosen or dropped; what became of each file is said. Not
//! here: reading formats (`intake`, through the engine), making the copy (`effects.rs`).

use super::bits::{counted, does, href, icon};
use super::html::{classes, html};
use super::library;
use super::memo::memo_hook;
use crossread::engine::views::FileOutcome;
use crossread::engine::{Problem, STUDIO, SourceFile};
use crossread::session::{Action, Address, View, Wish};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::file::{Blob, futures::read_as_bytes};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::functional::Hook;
use yew::prelude::*;

/// Bytes of one file that are read at most; more is refused by name.
const MOST: f64 = 200e6;

/// Files of which it is said what became of them, and articles and problems of one file that are listed.
const LISTED: usize = 200;
const TOLD: usize = 20;

/// Articles from which on it takes a while to take in one more: who is named is found anew in all of them.
const MANY: u32 = 2_000;

/// What the view is drawn from.
#[derive(PartialEq)]
pub struct OpenProps {
    /// Articles in this file.
    pub articles: u32,
    /// Files being taken in.
    pub importing: u32,
    /// What became of those before, newest last.
    pub outcomes: Vec<FileOutcome>,
    /// Whether articles were taken in and not saved.
    pub unsaved: bool,
    /// What is being saved.
    pub saving: Option<Wish>,
    /// This file's edition.
    pub edition: Option<String>,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}

/// Open.
pub fn open(props: OpenProps) -> Html {
    memo_hook("open", props, |props, context| use_open(props).run(context))
}

#[hook]
fn use_open(props: &OpenProps) -> Html {
    let OpenProps { articles, importing, outcomes, unsaved, saving, edition, dispatch } = props;
    let text = use_node_ref();
    html! {
        <main id="main" tabindex="-1">
            <div class="wrap open">
                if STUDIO {
                    <header class="view-head">
                        <h1 tabindex="-1">{ "Add articles" }</h1>
                        <p>{ "Drop files anywhere on this page. They are read here, in this browser; nothing leaves this machine." }</p>
                    </header>
                    <div class="drop">
                        { pickers(dispatch) }
                        <p class="dim">{ "Text, Markdown, CSV, JSON, JSON Lines, and files that Crossread has made" }</p>
                    </div>
                    { paste(text, dispatch) }
                } else {
                    <header class="view-head">
                        <h1 tabindex="-1">{ "This page is for reading" }</h1>
                        <p>{ "It is kept small enough to mail, so it carries nothing that only adding articles needs." }</p>
                        <p>{ "To add some, open " }<b>{ "crossread.html" }</b>{ " (it comes with Crossread), drop this very file there together with the new articles, and save a copy." }</p>
                    </header>
                }
                if STUDIO && *importing > 0 {
                    <section class="state" aria-busy="true">
                        <p>{ format!("Reading {}", counted(*importing, "file", "files")) }</p>
                        if *articles > MANY {
                            <p class="dim">{ "Names are found anew in all articles: that takes some seconds, a minute for very many. What is here already can be searched and read meanwhile." }</p>
                        } else if *importing > MANY {
                            <p class="dim">{ "Names are found in all of them: that takes a minute for very many." }</p>
                        }
                        <div class="busy" role="progressbar" aria-label="Reading files"></div>
                    </section>
                }
                if STUDIO && !outcomes.is_empty() { { report(outcomes) } }
                if *articles > 0 { { save(*unsaved, *saving, dispatch) } }
                { library::foot(edition, dispatch) }
            </div>
        </main>
    }
}

fn paste(text: NodeRef, dispatch: &Callback<Action>) -> Html {
    let onclick = {
        let (text, dispatch) = (text.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(field) =
                text.cast::<HtmlTextAreaElement>().filter(|field| !field.value().trim().is_empty())
            {
                let bytes = field.value().into_bytes();
                field.set_value("");
                dispatch.emit(Action::Import(vec![SourceFile { name: "pasted.txt".into(), bytes }]));
            }
        })
    };
    html! {
        <section class="paste">
            <label for="paste">{ "Or paste the text of an article" }</label>
            <textarea id="paste" ref={text} rows="6" dir="auto" />
            <button class="btn" {onclick}>{ "Add this text" }</button>
        </section>
    }
}

/// The ways to choose files.
pub fn pickers(dispatch: &Callback<Action>) -> Html {
    html! {
        <>
            { picker("files", "Choose files…", false, dispatch) }
            { picker("folder", "Choose a folder…", true, dispatch) }
        </>
    }
}

fn picker(id: &'static str, word: &'static str, folder: bool, dispatch: &Callback<Action>) -> Html {
    let onchange = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            if let Some(files) = field.files() {
                take(list(&files), &dispatch);
            }
            // So that the same file can be chosen again.
            field.set_value("");
        })
    };
    html! {
        <span class="picker">
            <input type="file" class="vh" {id} multiple=true webkitdirectory={folder} {onchange} />
            <label class={classes!("btn", (!folder).then_some("main"))} for={id}>{ word }</label>
        </span>
    }
}

/// What became of the files, the newest first; of many, those first of which something is to be said.
fn report(outcomes: &[FileOutcome]) -> Html {
    let mut order: Vec<&FileOutcome> = outcomes.iter().rev().collect();
    if outcomes.len() > LISTED {
        let again = |one: &FileOutcome| one.problems.len() == one.known as usize;
        order.sort_by_key(|one| (one.problems.is_empty(), again(one)));
    }
    let articles: usize = outcomes.iter().map(|one| one.added.len()).sum();
    let refused = outcomes.iter().filter(|one| one.added.is_empty() && one.corrections == 0).count();
    html! {
        <section class="sec" aria-labelledby="outcomes">
            <h2 id="outcomes">{ counted(outcomes.len() as u32, "file", "files") }</h2>
            if outcomes.len() > 1 {
                <p class="dim">{ counted(articles as u32, "article", "articles") }{ " taken in" }
                    if refused > 0 { { "; " }{ counted(refused as u32, "file", "files") }{ " not" } }</p>
            }
            <ul class="outcomes">{ for order.into_iter().take(LISTED).map(outcome) }</ul>
            { for others(outcomes.len(), LISTED, "file", "files") }
        </section>
    }
}

/// How many of a list are not listed.
fn others(all: usize, listed: usize, one: &str, many: &str) -> Option<Html> {
    let left = all.checked_sub(listed).filter(|left| *left > 0)?;
    Some(html! { <p class="dim">{ format!("and {} more", counted(left as u32, one, many)) }</p> })
}

fn outcome(outcome: &FileOutcome) -> Html {
    let said = match outcome.added.len() {
        0 if outcome.corrections > 0 => Html::default(),
        0 => html! { <span class="refused">{ icon("alert") }{ "not taken in" }</span> },
        n => html! { <span class="dim">{ counted(n as u32, "article", "articles") }</span> },
    };
    html! {
        <li>
            <p><b><bdi>{ &outcome.file }</bdi></b>{ " " }{ said }
                if outcome.corrections > 0 { { " " }<a class="dim" href={href(&Address::of(View::Corrections))}>{ counted(outcome.corrections, "correction", "corrections") }</a> }</p>
            if !outcome.added.is_empty() {
                <ul>{ for outcome.added.iter().take(TOLD).map(|(slug, title)| html! { <li key={slug.clone()} dir="auto"><a href={href(&Address::article(slug, ""))}>{ title }</a></li> }) }</ul>
            }
            { for others(outcome.added.len(), TOLD, "article", "articles") }
            { for outcome.problems.iter().take(TOLD).map(|problem| {
                let line = problem.line.map(|line| format!("line {line}: ")).unwrap_or_default();
                html! { <p class="why">{ line }{ &problem.message }</p> }
            }) }
            { for others(outcome.problems.len(), TOLD, "remark", "remarks") }
        </li>
    }
}

fn save(unsaved: bool, saving: Option<Wish>, dispatch: &Callback<Action>) -> Html {
    let button = |wish: Wish, word: &'static str, main: bool| {
        let onclick = does(dispatch, Action::Save(wish));
        html! { <button class={classes!("btn", main.then_some("main"))} disabled={saving.is_some()} {onclick}>{ word }</button> }
    };
    let status = if unsaved {
        "What you added or corrected is only in this page until you save a copy. The file you opened is never changed."
    } else {
        "A copy holds all articles, the index and this program; the file you opened is never changed."
    };
    html! {
        <section class="sec" aria-labelledby="save">
            <h2 id="save">{ "Save" }</h2>
            <p>{ status }</p>
            <p class="acts">
                { button(Wish::Page, "Save a copy", true) }
                { button(Wish::Corpus, "Save the corpus file", false) }
            </p>
            if saving.is_some() { <div class="busy" role="progressbar" aria-label="Saving"></div> }
        </section>
    }
}

/// The files of a list.
pub fn list(files: &web_sys::FileList) -> Vec<web_sys::File> {
    (0..files.length()).filter_map(|i| files.item(i)).collect()
}

/// Reads files and hands them to the engine.
pub fn take(files: Vec<web_sys::File>, dispatch: &Callback<Action>) {
    if files.is_empty() {
        return;
    }
    let dispatch = dispatch.clone();
    dispatch.emit(Action::Reading(files.len() as u32));
    spawn_local(async move {
        let mut read = Vec::new();
        for file in files {
            // Folders part the path where the browser tells it.
            let path = js_sys::Reflect::get(&file, &"webkitRelativePath".into())
                .ok()
                .and_then(|path| path.as_string());
            let name = path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name());
            if name.rsplit('/').next().is_some_and(|last| last.starts_with('.')) {
                continue;
            }
            let bytes = match file.size() <= MOST {
                true => {
                    let bytes = read_as_bytes(&Blob::from(file.unchecked_into::<web_sys::Blob>())).await;
                    bytes.map_err(|why| {
                        format!("not taken in: the browser could not read it ({why}); choose it again")
                    })
                }
                false => {
                    Err("not taken in: it is larger than 200 MB; split it into smaller files".to_owned())
                }
            };
            match bytes {
                Ok(bytes) => read.push(SourceFile { name, bytes }),
                Err(message) => {
                    let problems = vec![Problem { file: name.clone(), line: None, message }];
                    let outcome =
                        FileOutcome { file: name, added: Vec::new(), corrections: 0, known: 0, problems };
                    dispatch.emit(Action::Unread(Box::new(outcome)));
                }
            }
        }
        dispatch.emit(Action::Import(read));
    });
}

/// Whether something that is dragged carries files.
fn carries_files(event: &web_sys::DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

/// Takes files that are dropped anywhere on the page.
pub fn drop_anywhere(dispatch: &Callback<Action>) -> Vec<EventListener> {
    const MARK: &str = "data-dropping";
    let on = |name: &'static str, run: Box<dyn Fn(&web_sys::DragEvent)>| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&gloo::utils::window(), name, options, move |event| {
            let event: &web_sys::DragEvent = event.unchecked_ref();
            if carries_files(event) {
                event.prevent_default();
                run(event);
            }
        })
    };
    let unmark = || {
        let _ = gloo::utils::document_element().remove_attribute(MARK);
    };
    let dispatch = dispatch.clone();
    vec![
        on(
            "dragover",
            Box::new(|_| {
                let _ = gloo::utils::document_element().set_attribute(MARK, "");
            }),
        ),
        on(
            "dragleave",
            Box::new(move |event| {
                if event.related_target().is_none() {
                    unmark();
                }
            }),
        ),
        on(
            "drop",
            Box::new(move |event| {
                unmark();
                if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
                    // In a page for reading, the view says what to do instead.
                    dispatch.emit(Action::Go(Address::of(View::Open)));
                    if STUDIO {
                        take(list(&files), &dispatch);
                    }
                }
            }),
        ),
    ]
}
