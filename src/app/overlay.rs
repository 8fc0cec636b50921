//! What lies over the view: all keys, and the facets on a phone.
//!
//! A native modal `<dialog>`: focus stays inside, Esc closes it, and the focus goes back to where it was.

use super::bits::{does, icon};
use super::html::html;
use super::memo::memo_hook;
use crossread::session::{Action, Overlay};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;
use yew::functional::Hook;
use yew::prelude::*;

/// Keys and what they do: groups, in each its name and then `key=what it does`.
const KEYS: &str = "\
    Everywhere;\
    / or Ctrl K=search;\
    Esc=clear, then close, then go back;\
    e=names: the next one in an article, else the list;\
    c=compare the two that are ticked, or the two that there are;\
    y=copy a link to what is on screen;\
    u U=undo, redo a correction of names;\
    t=light, dark, as the system;\
    ?=all keys|\
    Lists and results;\
    ↓ ↑ or j k=next, previous;\
    Enter=open;\
    x=tick for comparison|\
    Article;\
    n N=next, previous match;\
    j k=next, previous paragraph;\
    1 – 8=mark a type of names or not;\
    m=mark the main names, all, none;\
    a=add a name: the selected words|\
    Comparison;\
    n N=next, previous difference;\
    s=scroll together or apart";

/// What the dialog is drawn from.
#[derive(PartialEq)]
pub struct SheetProps {
    /// Its heading.
    pub title: &'static str,
    /// Where actions go.
    pub dispatch: Callback<Action>,
    /// What is in it.
    pub children: Html,
}

/// A dialog over the page.
pub fn sheet(props: SheetProps) -> Html {
    memo_hook(props.title, props, |props, context| use_sheet(props).run(context))
}

#[hook]
fn use_sheet(props: &SheetProps) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let element = dialog.cast::<HtmlDialogElement>();
            if let Some(element) = &element {
                let _ = element.show_modal();
            }
            // Closing gives the focus back.
            move || element.iter().for_each(HtmlDialogElement::close)
        });
    }
    let shut = props.dispatch.reform(|()| Action::Overlay(Overlay::None));
    let close = {
        let shut = shut.clone();
        Callback::from(move |_: MouseEvent| shut.emit(()))
    };
    let oncancel = {
        let shut = shut.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            shut.emit(());
        })
    };
    // A click on the backdrop hits the dialog itself.
    let outside = Callback::from(move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlDialogElement>().ok());
        if target.is_some() {
            shut.emit(());
        }
    });
    html! {
        <dialog ref={dialog} class="over" aria-labelledby="over" {oncancel} onclick={outside}>
            <div class="over-in">
                <header><h2 id="over">{ props.title }</h2><button class="btn bare icon" aria-label="Close" onclick={close}>{ icon("close") }</button></header>
                { props.children.clone() }
            </div>
        </dialog>
    }
}

/// All keys, with the switch for single ones.
pub fn keys(shortcuts: bool, dispatch: &Callback<Action>) -> Html {
    let toggle = does(dispatch, Action::ToggleShortcuts);
    html! {
        <>
            <label class="switch"><input type="checkbox" checked={shortcuts} onchange={toggle} />{ " Single-key shortcuts" }</label>
            { for KEYS.split('|').map(|group| {
                let mut keys = group.split(';');
                let name = keys.next().unwrap_or_default();
                let keys = keys.filter_map(|row| row.split_once('='));
                html! {
                    <section key={name}>
                        <h3>{ name }</h3>
                        <dl class="keys">{ for keys.map(|(key, does)| html! { <><dt><kbd>{ key }</kbd></dt><dd>{ does }</dd></> }) }</dl>
                    </section>
                }
            }) }
        </>
    }
}
