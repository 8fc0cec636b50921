//! The names: every entity of this file, by type.
//!
//! Invariant: a function of `views::Names`. Not here: one entity's page (`entity/`).

use super::bits::{counted, href, kind_class, kind_word, thousands};
use super::html::{classes, html};
use super::memo::memo_hook;
use super::{library, network, states};
use crossread::engine::views::{NameKind, NameView, Names as Answer};
use crossread::session::reading::KINDS;
use crossread::session::{Action, Address, Shared, View};
use wasm_bindgen::JsCast;
use yew::functional::Hook;
use yew::prelude::*;

/// Names of a type that are drawn at first.
const SHOWN: usize = 60;

/// What the names are drawn from.
#[derive(PartialEq)]
pub struct NamesProps {
    /// The names; `None` while they are under way.
    pub answer: Option<Shared<Answer>>,
    /// Articles of this file.
    pub articles: u32,
    /// This file's edition.
    pub edition: Option<String>,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}

/// The names.
pub fn names(props: NamesProps) -> Html {
    memo_hook("names", props, |props, context| use_names(props).run(context))
}

#[hook]
fn use_names(props: &NamesProps) -> Html {
    let NamesProps { answer, articles, edition, dispatch } = props;
    let whole = use_state(Vec::<NameKind>::new);
    let Some(names) = answer else {
        return html! { <main id="main" tabindex="-1"><div class="wrap"><header class="view-head"><h1 tabindex="-1">{ "Names" }</h1></header>{ states::waiting("Gathering the names") }</div></main> };
    };
    let of = |kind: NameKind| names.names.iter().filter(|name| name.kind == kind).collect::<Vec<_>>();
    let groups: Vec<(NameKind, Vec<&NameView>)> =
        KINDS.iter().map(|kind| (*kind, of(*kind))).filter(|(_, names)| !names.is_empty()).collect();
    let is_stated = |name: &&NameView| !name.kind.is_name();
    let stated = names.names.iter().filter(is_stated).count() as u32;
    let named = names.names.len() as u32 - stated;
    let section = |(kind, names): &(NameKind, Vec<&NameView>)| {
        let kind = *kind;
        let all = whole.contains(&kind) || names.len() <= SHOWN;
        let shown = if all { names.len() } else { SHOWN };
        let show = {
            let whole = whole.clone();
            Callback::from(move |_: MouseEvent| {
                let mut kinds = (*whole).clone();
                kinds.push(kind);
                whole.set(kinds);
            })
        };
        html! {
            <section key={kind_class(kind)} class={classes!("names", kind_class(kind))} aria-labelledby={id(kind)}>
                <h2 id={id(kind)} tabindex="-1"><span class={classes!("ent", kind_class(kind))}>{ kind_word(kind) }</span>{ " " }<span class="n">{ thousands(names.len() as u32) }</span></h2>
                <ul>{ for names.iter().take(shown).map(|name| row(name, *articles)) }</ul>
                if !all { <p class="more"><button class="btn" onclick={show}>{ format!("All {}", thousands(names.len() as u32)) }</button></p> }
            </section>
        }
    };
    html! {
        <main id="main" tabindex="-1">
            <div class="wrap">
                <header class="view-head">
                    <h1 tabindex="-1">{ counted(named, "name", "names") }</h1>
                    <p class="dim">
                        { "Found by the program; the line under a name says its type. What is dated stands in the " }<a href={href(&Address::of(View::Timeline))}>{ "timeline" }</a>{ "; a mistake can be " }<a href={href(&Address::of(View::Corrections))}>{ "corrected" }</a>{ "." }
                        if stated > 0 { { format!(" Dates and quantities stand last: {}.", thousands(stated)) } }
                    </p>
                </header>
                if groups.len() > 1 {
                    <nav class="chips" aria-label="Types of names">
                        { for groups.iter().map(|(kind, names)| html! {
                            <button key={kind_class(*kind)} class="chip" onclick={jump(*kind)}>
                                <span class={classes!("ent", kind_class(*kind))}>{ kind_word(*kind) }</span><span class="n">{ thousands(names.len() as u32) }</span>
                            </button>
                        }) }
                    </nav>
                }
                if names.names.is_empty() { <p class="dim">{ "No names were found." }</p> }
                { for groups.iter().map(section) }
                if names.network.len() > 2 && !names.ties.is_empty() {
                    <section class="sec" aria-labelledby="h-net">
                        <h2 id="h-net">{ "Who appears with whom" }</h2>
                        { network::network("network", &names.network, &names.ties, false) }
                    </section>
                }
                { library::foot(edition, dispatch) }
            </div>
        </main>
    }
}

fn id(kind: NameKind) -> String {
    format!("names-{}", kind_class(kind))
}

/// Goes to the names of a type.
fn jump(kind: NameKind) -> Callback<MouseEvent> {
    Callback::from(move |_| {
        let heading = gloo::utils::document().get_element_by_id(&id(kind));
        if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok()) {
            heading.scroll_into_view();
            let _ = heading.focus();
        }
    })
}

fn row(name: &NameView, articles: u32) -> Html {
    let shared = (articles > 1 && name.articles > 1).then(|| match (articles, name.articles) {
        (2, 2) => ", in both".to_owned(),
        (_, n) => format!(", in {}", counted(n, "article", "articles")),
    });
    html! {
        <li key={name.entity.clone()}>
            <a class={classes!("ent", kind_class(name.kind))} id={format!("name-{}", name.entity)} data-item=""
                href={href(&Address::entity(&name.entity))}><bdi>{ &name.name }</bdi></a>
            { " " }<span class="n">{ thousands(name.total) }{ shared }</span>
        </li>
    }
}
