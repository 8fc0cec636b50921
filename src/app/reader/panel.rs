//! The names panel: which kinds are marked, the chosen name, and all names of the article.
//!
//! Invariant: a column where there is room, else a sheet; it is one element with `popover`, and whether it is
//! open is the browser's to know. Every name is reached from here by keyboard. Not here: marking the text.

use crate::app::bits::{correct, counted, does, href, icon, kind_class, kind_word, label, sign, strip};
use crate::app::frames::by_id;
use crate::app::html::{classes, html};
use crossread::engine::views::{NameKind, NameView, Reader};
use crossread::engine::{Part, Span, Who};
use crossread::session::reading::{self, KINDS};
use crossread::session::{Action, Address, Correcting, Shared, Shown, View};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// What the panel is drawn from.
#[derive(PartialEq)]
pub struct Props {
    /// The article.
    pub view: Shared<Reader>,
    /// Where we are in it.
    pub address: Address,
    /// Mentions of each kind.
    pub counts: [u32; KINDS.len()],
    /// Kinds that are not marked.
    pub hidden: Vec<NameKind>,
    /// Which of the others are marked.
    pub shown: Shown,
    /// The chosen name.
    pub chosen: Option<u32>,
    /// What the reader does.
    pub on: Callback<Action>,
}

/// Names listed before "All names".
const LISTED: usize = 60;
/// Mentions of the chosen name listed before "All mentions".
const LINES: usize = 12;

/// The panel.
pub fn panel(props: &Props) -> Html {
    let Props { view, chosen, .. } = props;
    let which = view.article.letter.map_or_else(String::new, |l| format!(" in {l}"));
    // A link followed inside the sheet leads into the text below it.
    let close = Callback::from(|e: MouseEvent| {
        let target: Option<Element> = e.target().and_then(|t| t.dyn_into().ok());
        let leads = target.and_then(|t| t.closest("a.to").ok().flatten()).is_some();
        if let Some(sheet) = by_id("names").filter(|_| leads) {
            let _ = sheet.hide_popover();
        }
    });
    html! {
        <aside class="panel side sheet" id="names" popover="auto" aria-label="Names" onclick={close}>
            <div class="grip">
                <h2>{ format!("Names{which}") }</h2>
                <button class="btn bare icon" popovertarget="names" popovertargetaction="hide"
                    aria-label="Close">{ icon("close") }</button>
            </div>
            { types(props) }
            { chosen.and_then(|i| Some(card(props, i, view.names.get(i as usize)?))) }
            { all(props) }
        </aside>
    }
}

/// The kinds that are in the text, each to be marked or not.
fn types(props: &Props) -> Html {
    if props.counts.iter().all(|&n| n == 0) {
        return html! { <p class="dim">{ "No names were found in this article." }</p> };
    }
    let rows = KINDS.iter().zip(props.counts).enumerate().filter(|(_, (_, n))| *n > 0);
    html! {
        <section aria-labelledby="h-types">
            <h2 id="h-types">{ "Names marked in the text" }</h2>
            <div class="shown" role="group" aria-label="Which names are marked">
                { for [(Shown::Main, "Main"), (Shown::All, "All"), (Shown::None, "None")].map(|(shown, word)| html! {
                    <button aria-pressed={(props.shown == shown).to_string()} onclick={does(&props.on, Action::Show(shown))}>{ word }</button>
                }) }
            </div>
            <ul class="types">
                { for rows.map(|(i, (&kind, n))| html! {
                    <li key={i} class={kind_class(kind)}>
                        <button aria-pressed={(!props.hidden.contains(&kind)).to_string()}
                            onclick={does(&props.on, Action::ToggleKind(kind))}>
                            <span class={classes!("ent", kind_class(kind))}>{ kind_word(kind) }</span>
                        </button>
                        <span class="n">{ n }</span>
                        if i < 9 { <kbd aria-hidden="true">{ i + 1 }</kbd> }
                    </li>
                }) }
            </ul>
        </section>
    }
}

/// The chosen name: its kind, where it lies, its lines.
fn card(props: &Props, index: u32, name: &NameView) -> Html {
    let Props { view, address, .. } = props;
    let kind = kind_class(name.kind);
    let aliases: Vec<&str> = name.aliases.iter().take(4).map(String::as_str).collect();
    let mentions: Vec<_> = view.mentions.iter().filter(|m| m.name == index).collect();
    let here: Vec<f32> = mentions.iter().map(|m| reading::place(view, m.span.start)).collect();
    let other = view.compare_with.as_ref().filter(|o| o.letter.is_some());
    let there = view.elsewhere.get(index as usize).filter(|_| other.is_some());
    let mut lanes = vec![(Some(&view.article), here)];
    lanes.extend(there.map(|places| (other, places.clone())));
    if let [(Some(first), _), (Some(second), _)] = &lanes[..]
        && second.letter < first.letter
    {
        lanes.reverse();
    }
    let part = |part: Part, count: u32| Correcting::Name {
        who: Who { id: name.entity.clone(), name: name.name.clone() },
        kind: name.kind,
        part,
        count,
        total: name.total,
    };
    let same = |span: Span| {
        let words = span.of(&view.text);
        mentions.iter().filter(|m| m.span.of(&view.text) == words).count() as u32
    };
    let contexts = reading::contexts(view, index, 26, 60);
    let lines = contexts.iter().take(LINES).filter_map(|c| {
        let mention = view.mentions.get(c.mention as usize)?.span;
        let block = reading::block_at(&view.blocks, mention.start)? as u32;
        let to = href(&address.with_at(block));
        let class = classes!("to", (address.at == Some(block)).then_some("here"));
        Some(html! {
            <li key={c.mention}>
                { correct(&props.on, part(Part::At(reading::quoted(view, mention)?), same(mention)), "this mention") }
                <a {class} href={to} dir="auto">
                    { if c.cut_start { "…\u{a0}" } else { "" } }{ c.before.of(&view.text) }
                    <b>{ mention.of(&view.text) }</b>
                    { c.after.of(&view.text) }{ if c.cut_end { "\u{a0}…" } else { "" } }
                </a>
            </li>
        })
    });
    let all = match (name.total, name.articles) {
        (1, _) => "About this name".to_owned(),
        (n, 0 | 1) => format!("All {n} mentions"),
        (n, articles) if view.article.letter.is_none() => format!("All {n} mentions in {articles} articles"),
        (n, _) => format!("All {n} mentions"),
    };
    html! {
        <section aria-labelledby="h-who" class={kind}>
            <div class="who-head"><h3 class="who" id="h-who"><bdi>{ &name.name }</bdi></h3>
                { correct(&props.on, part(Part::Whole, name.total), &name.name) }</div>
            <p class="dim">
                <span class="tag">{ kind_word(name.kind) }</span>
                if !name.gloss.is_empty() { { ", " }{ &name.gloss } }
                if !aliases.is_empty() { { ", also called " }<bdi>{ aliases.join(", ") }</bdi> }
            </p>
            <div class="lanes">
                { for lanes.into_iter().map(|(article, places)| html! {
                    <div class={classes!("lane", kind)}>
                        { article.filter(|a| a.letter.is_some()).map_or_else(|| html! { <span /> }, |a| sign(a, true)) }
                        { strip(&places) }
                        <span class="n">
                            { places.len() }
                            <span class="vh">{ article.map(|a| format!(" in {}", label(a))) }</span>
                        </span>
                    </div>
                }) }
            </div>
            <ol class="lines">{ for lines }</ol>
            <p class="acts"><a class="btn" href={href(&Address::entity(&name.entity))}>{ all }</a></p>
        </section>
    }
}

/// Every name of the article, most mentions first.
fn all(props: &Props) -> Html {
    let Props { view, address, chosen, .. } = props;
    if view.names.is_empty() {
        return Html::default();
    }
    let rows = view.names.iter().enumerate().take(LISTED).map(|(i, name)| {
        let mut to = address.clone();
        to.filters.entity = vec![name.entity.clone()];
        let current = (*chosen == Some(i as u32)).then_some("true");
        html! {
            <li key={i}>
                <a class={classes!("ent", kind_class(name.kind))} href={href(&to)} aria-current={current}>
                    <bdi>{ &name.name }</bdi>
                </a>
                { " " }<span class="n">{ name.count }</span>
            </li>
        }
    });
    html! {
        <section aria-labelledby="h-here">
            <h2 id="h-here">{ counted(view.names.len() as u32, "name in this article", "names in this article") }</h2>
            <ul class="inl">{ for rows }</ul>
            if view.names.len() > LISTED {
                <p class="acts"><a class="btn" href={href(&Address::of(View::Names))}>{ "All names" }</a></p>
            }
        </section>
    }
}
