//! The dialog that corrects: an entity, one of its names, one mention, or words that are to be a name.
//!
//! Invariant: each button is one step, taken at once and undone by one; nothing is corrected by accident of
//! typing. Not here: what a correction does (the engine), the list of all of them (`corrections.rs`).

use super::bits::{counted, does, kind_class, kind_word, thousands};
use super::html::{classes, html};
use super::memo::memo_hook;
use crossread::engine::views::{NameKind, NameView, Names};
use crossread::engine::{Correction, Named, Part, Step, Who};
use crossread::session::choosing::offer;
use crossread::session::reading::KINDS;
use crossread::session::{Action, Correcting, Shared};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::functional::Hook;
use yew::prelude::*;

/// What the dialog is drawn from.
#[derive(PartialEq)]
pub struct CorrectProps {
    /// What is corrected.
    pub what: Correcting,
    /// All names; `None` while they are under way.
    pub names: Option<Shared<Names>>,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}

/// What the dialog is called.
pub fn title(what: &Correcting) -> &'static str {
    match what {
        Correcting::Name { .. } => "Correct a name",
        Correcting::Words(_) => "Add a name",
    }
}

/// The inside of the dialog.
pub fn correct(props: CorrectProps) -> Html {
    memo_hook("correct", props, |props, context| use_correct(props).run(context))
}

#[hook]
fn use_correct(props: &CorrectProps) -> Html {
    let CorrectProps { what, names, dispatch } = props;
    let sought = use_state(String::new);
    // Whether the same words count wherever they stand.
    let all = use_state(|| false);
    let (name_field, kind_list) = (use_node_ref(), use_node_ref());
    let make = |record: Correction| Action::Correct(Box::new(Step::Make(record)));

    let (own, part, words) = match what {
        Correcting::Name { who, part, .. } => (Some(who), part.clone(), part_words(part, who)),
        Correcting::Words(place) => (None, Part::At(place.clone()), place.quote.clone()),
    };
    let stated = matches!(what, Correcting::Name { kind, .. } if !kind.is_name());
    // One mention, or all that are written so.
    let part = match (part, *all) {
        (Part::At(place), true) => Part::Alias(place.quote),
        (part, _) => part,
    };
    let scope = scope(what, &all);
    let picker = {
        let dispatch = dispatch.clone();
        let (what, part, everywhere) = (what.clone(), part.clone(), *all);
        let choose = move |name: &NameView| {
            let to = who(name);
            does::<MouseEvent>(
                &dispatch,
                make(match &what {
                    Correcting::Name { who, .. } => {
                        Correction::Move { who: who.clone(), part: part.clone(), to: Some(to) }
                    }
                    Correcting::Words(place) => {
                        Correction::Add { place: place.clone(), named: Named::Known(to), everywhere }
                    }
                }),
            )
        };
        picker(names.as_deref(), &sought, own, stated, &words, choose)
    };
    let take = |record: Box<dyn Fn(String, NameKind) -> Correction>| {
        let (name, kind, dispatch) = (name_field.clone(), kind_list.clone(), dispatch.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = name.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
            let chosen =
                kind.cast::<HtmlSelectElement>().and_then(|list| KINDS.get(list.selected_index() as usize));
            if let Some(kind) = chosen.filter(|_| !text.trim().is_empty()) {
                dispatch.emit(make(record(text.trim().to_owned(), *kind)));
            }
        })
    };
    let field = |value: &str| html! { <input type="text" id="fix-name" ref={name_field.clone()} value={value.to_owned()} maxlength="200" autocomplete="off" /> };
    let types = |now: NameKind| {
        html! {
            <select id="fix-type" ref={kind_list.clone()}>
                { for KINDS.iter().map(|&k| html! { <option selected={k == now}>{ kind_word(k) }</option> }) }
            </select>
        }
    };
    let act = |word: &'static str, record: Correction| {
        html! { <button class="btn" onclick={does(dispatch, make(record))}>{ word }</button> }
    };
    let head = head(what, &words);
    match what {
        Correcting::Name { who, kind, part: Part::Whole, .. } => {
            let (rename, retype) = (who.clone(), who.clone());
            let renamed = take(Box::new(move |name, _| Correction::Rename { who: rename.clone(), name }));
            let retyped = take(Box::new(move |_, kind| Correction::Retype { who: retype.clone(), kind }));
            html! {
                <div class="fix">
                    { head }
                    <form class="line" onsubmit={renamed}>
                        <label for="fix-name">{ "Name" }</label>{ field(&who.name) }
                        <button class="btn">{ "Rename" }</button>
                    </form>
                    <form class="line" onsubmit={retyped}>
                        <label for="fix-type">{ "Type" }</label>{ types(*kind) }
                        <button class="btn">{ "Change" }</button>
                    </form>
                    <section><h3>{ "It is the same as" }</h3>{ picker }</section>
                    <section>
                        <h3>{ "It is no name" }</h3>
                        <p class="line">{ act("Hide it", Correction::Hide { who: who.clone(), part: part.clone() }) }
                            <span class="dim">{ "Nothing is marked or counted for it." }</span></p>
                    </section>
                </div>
            }
        }
        Correcting::Name { who, count, total, .. } => {
            let apart = Correction::Move { who: who.clone(), part: part.clone(), to: None };
            let only = *count == *total && matches!(part, Part::Alias(_));
            html! {
                <div class="fix">
                    { head }
                    { scope }
                    if !only {
                        <section>
                            <h3>{ "It is someone or something else" }</h3>
                            <p class="line">{ act("A name of its own", apart) }</p>
                        </section>
                    }
                    <section><h3>{ "It belongs to" }</h3>{ picker }</section>
                    <section>
                        <h3>{ "It is no name" }</h3>
                        <p class="line">{ act("Hide it", Correction::Hide { who: who.clone(), part }) }</p>
                    </section>
                </div>
            }
        }
        Correcting::Words(place) => {
            let (place, everywhere) = (place.clone(), *all);
            let added = take(Box::new(move |name, kind| Correction::Add {
                place: place.clone(),
                named: Named::New { name, kind },
                everywhere,
            }));
            html! {
                <div class="fix">
                    { head }
                    { scope }
                    <section>
                        <h3>{ "It is a new name" }</h3>
                        <form onsubmit={added}>
                            <p class="line"><label for="fix-name">{ "Name" }</label>{ field(&words) }</p>
                            <p class="line"><label for="fix-type">{ "Type" }</label>{ types(NameKind::Person) }
                                <button class="btn main">{ "Add it" }</button></p>
                        </form>
                    </section>
                    <section><h3>{ "It belongs to" }</h3>{ picker }</section>
                </div>
            }
        }
    }
}

/// The words that a part is written with.
fn part_words(part: &Part, who: &Who) -> String {
    match part {
        Part::Whole => who.name.clone(),
        Part::Alias(alias) => alias.clone(),
        Part::At(place) => place.quote.clone(),
    }
}

fn who(name: &NameView) -> Who {
    Who { id: name.entity.clone(), name: name.name.clone() }
}

/// What is corrected, in words.
fn head(what: &Correcting, words: &str) -> Html {
    let about = match what {
        Correcting::Name { part: Part::Whole, total, .. } => counted(*total, "mention", "mentions"),
        Correcting::Name { who, part: Part::Alias(_), count, .. } => {
            format!("{} of {}", counted(*count, "mention", "mentions"), who.name)
        }
        Correcting::Name { who, .. } => format!("a mention of {}", who.name),
        Correcting::Words(_) => String::new(),
    };
    let kind = match what {
        Correcting::Name { kind, .. } => classes!("ent", kind_class(*kind)),
        Correcting::Words(_) => None,
    };
    html! { <p class="fix-head"><b class={kind}><bdi>{ words }</bdi></b>{ " " }<span class="dim"><bdi>{ about }</bdi></span></p> }
}

/// Whether it is this place only; nothing where it is not about one place.
fn scope(what: &Correcting, all: &UseStateHandle<bool>) -> Html {
    let words = match what {
        Correcting::Name { part: Part::At(_), count, .. } if *count > 1 => {
            format!("All {} written so", thousands(*count))
        }
        Correcting::Words(_) => "Wherever these words stand".to_owned(),
        Correcting::Name { .. } => return Html::default(),
    };
    let choice = |value: bool, words: String| {
        let (set, id) = (all.clone(), if value { "fix-all" } else { "fix-one" });
        let onchange = Callback::from(move |_: Event| set.set(value));
        html! { <label><input type="radio" name="fix-scope" {id} checked={**all == value} {onchange} />{ words }</label> }
    };
    html! {
        <fieldset class="scope">
            <legend class="vh">{ "Which mentions" }</legend>
            { choice(false, "Only here".to_owned()) }
            { choice(true, words) }
        </fieldset>
    }
}

/// A search box of names, and the best of what it finds as buttons.
fn picker(
    names: Option<&Names>,
    sought: &UseStateHandle<String>,
    own: Option<&Who>,
    stated: bool,
    words: &str,
    choose: impl Fn(&NameView) -> Callback<MouseEvent>,
) -> Html {
    let oninput = {
        let sought = sought.clone();
        Callback::from(move |event: InputEvent| {
            sought.set(event.target_unchecked_into::<HtmlInputElement>().value())
        })
    };
    let all = names.map_or(&[][..], |names| &names.names);
    let found = offer(all, sought, words, own.map(|own| own.id.as_str()), stated);
    html! {
        <>
            <input type="text" class="seek" value={(**sought).clone()} {oninput} autocomplete="off"
                aria-label="Find a name" placeholder="Find a name" aria-controls="fix-found" />
            <ul class="found" id="fix-found">
                { for found.iter().map(|name| html! {
                    <li key={name.entity.clone()}>
                        <button class="btn bare" onclick={choose(name)}>
                            <span class={classes!("ent", kind_class(name.kind))}><bdi>{ &name.name }</bdi></span>
                            <span class="n">{ thousands(name.total) }</span>
                        </button>
                    </li>
                }) }
            </ul>
            if found.is_empty() && !sought.trim().is_empty() && names.is_some() { <p class="dim">{ "No such name." }</p> }
        </>
    }
}
