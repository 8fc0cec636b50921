//! The bar that comes when words of the article are selected: what can be done with them.
//!
//! Invariant: it never changes the selection; the key does the same as the button. Not here: which words these
//! are (`effects.rs` reads the selection, `session::reading` finds them in the text).

use crate::app::bits::does;
use crate::app::effects;
use crate::app::html::html;
use crossread::session::Action;
use gloo::events::EventListener;
use yew::functional::Hook;
use yew::prelude::*;

/// The bar, while something is selected.
pub fn selection(dispatch: &Callback<Action>) -> Html {
    crate::app::memo::memo_hook("selection", dispatch.clone(), |on, context| use_selection(on).run(context))
}

#[hook]
fn use_selection(dispatch: &Callback<Action>) -> Html {
    let there = use_state_eq(|| false);
    {
        let there = there.clone();
        use_effect_with((), move |()| {
            let listener = EventListener::new(&gloo::utils::document(), "selectionchange", move |_| {
                there.set(effects::selected().is_some_and(|(_, from, to)| from < to));
            });
            move || drop(listener)
        });
    }
    // A press of the button must not take the selection away.
    let keep = Callback::from(|event: PointerEvent| event.prevent_default());
    let held = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        if *there {
            <div class="picked" role="group" aria-label="Selected words">
                <button class="btn" onpointerdown={keep} onmousedown={held} onclick={does(dispatch, Action::AddName)}>
                    { "Add a name" }{ " " }<kbd aria-hidden="true">{ "a" }</kbd>
                </button>
            </div>
        }
    }
}
