//! Together: the companions of an entity, how they are tied to each other, and the sentences that join them.
//!
//! Invariant: every quote is a sentence of the texts and a link to its place. Not here: whom each article puts
//! into the same sentence (`companions.rs`).

use crate::app::bits::{counted, href, kind_class, paragraph, sign};
use crate::app::html::{classes, html};
use crate::app::marked::plain;
use crate::app::network::network;
use crossread::engine::views::{ArticleRef, Companion, EntityPage, Join, NameCount};
use crossread::session::Address;
use yew::prelude::*;

/// The section.
pub fn together(view: &EntityPage) -> Html {
    if view.companions.is_empty() {
        return Html::default();
    }
    let name = &view.name;
    let own = NameCount {
        entity: name.entity.clone(),
        name: name.name.clone(),
        kind: name.kind,
        count: name.total,
    };
    let drawn = view.ties.iter().map(|tie| tie.a.max(tie.b)).max().unwrap_or(0) as usize;
    let others = view.companions.iter().take(drawn).map(|c| c.name.clone());
    let names: Vec<NameCount> = std::iter::once(own).chain(others).collect();
    html! {
        <section class="sec" aria-labelledby="h-together">
            <h2 id="h-together">{ "Together with" }</h2>
            <div class="together">
                <div>{ network("ties", &names, &view.ties, true) }</div>
                <ul class="joins">{ for view.companions.iter().map(|c| companion(c, &name.entity)) }</ul>
            </div>
        </section>
    }
}

/// A companion, with the sentences behind it.
fn companion(companion: &Companion, own: &str) -> Html {
    let name = &companion.name;
    html! {
        <li key={name.entity.clone()}>
            <details>
                <summary>
                    <span class={classes!("ent", kind_class(name.kind))}><bdi>{ &name.name }</bdi></span>
                    { " " }<span class="n">{ counted(name.count, "sentence", "sentences") }</span>
                </summary>
                { for companion.joins.iter().map(|join| quote(join, own)) }
                <p><a href={href(&Address::entity(&name.entity))}>{ "About " }<bdi>{ &name.name }</bdi></a></p>
            </details>
        </li>
    }
}

fn quote(join: &Join, own: &str) -> Html {
    let article =
        ArticleRef { letter: join.letter, source: Some(join.label.clone()), ..ArticleRef::default() };
    let mut to = Address::article(&join.slug, "").with_at(join.block);
    to.filters.entity = vec![own.to_owned()];
    html! {
        <p key={format!("{} {}", join.slug, join.quote)}>
            <q dir="auto">{ plain(&join.quote) }</q>{ " " }{ sign(&article, true) }{ " " }<a href={href(&to)}>{ paragraph(join.paragraph) }</a>
        </p>
    }
}
