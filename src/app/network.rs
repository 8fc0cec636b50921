//! The network: who appears with whom in one sentence, as arcs beside a list of names, and as a table.
//!
//! Invariant: the drawing says nothing that the table does not; names never overlap, whatever they are. Not here:
//! the order of the names (`session::network`), the sentences (the engine).

use super::bits::{Length, href, kind_class};
use super::html::{classes, html};
use super::words::short;
use crossread::engine::views::{NameCount, Tie};
use crossread::session::{Address, network};
use yew::prelude::*;

/// Width of the drawing and height of a name's row, in its own units.
const WIDTH: f64 = 360.0;
const ROW: f64 = 26.0;
/// Where the names begin, and the arcs end.
const AXIS: f64 = 168.0;
/// Characters of a name.
const LETTERS: usize = 26;
/// Ties drawn: the strongest.
const DRAWN: usize = 60;
/// Rows of the table.
const LISTED: usize = 60;

/// The figure with its table. `own`: the name whose page it is, the first.
pub fn network(id: &'static str, names: &[NameCount], ties: &[Tie], own: bool) -> Html {
    if ties.is_empty() {
        return Html::default();
    }
    let order = network::order(names.len(), ties);
    let mut place = vec![0usize; names.len()];
    for (row, name) in order.iter().enumerate() {
        if let Some(place) = place.get_mut(*name) {
            *place = row;
        }
    }
    let y = |name: u32| place.get(name as usize).map_or(0.0, |row| *row as f64 * ROW + ROW / 2.0);
    let most = ties.iter().map(|tie| tie.sentences).max().unwrap_or(1).max(1);
    let height = names.len() as f64 * ROW;
    let arc = |tie: &Tie| {
        let (from, to) = (y(tie.a).min(y(tie.b)), y(tie.a).max(y(tie.b)));
        let out = ((to - from) / 2.0).min(AXIS - 12.0);
        let weight = 0.75 + 3.25 * (tie.sentences as f64 / most as f64);
        let class = classes!("e", (own && (tie.a == 0 || tie.b == 0)).then_some("own"));
        html! {
            <path key={format!("{}-{}", tie.a, tie.b)} {class} stroke-width={Length(weight).to_string()}
                d={format!("M{} {}A{} {} 0 0 0 {} {}", Length(AXIS - 8.0), Length(from), Length(out), Length((to - from) / 2.0), Length(AXIS - 8.0), Length(to))} />
        }
    };
    let row = |name: &usize| {
        let count = names.get(*name)?;
        let at = y(*name as u32);
        let here = own && *name == 0;
        let label = short(&count.name, LETTERS);
        Some(html! {
            <g key={count.entity.clone()} class={classes!(kind_class(count.kind), here.then_some("here"))}>
                <circle cx={Length(AXIS - 8.0).to_string()} cy={Length(at).to_string()} r="3.5" />
                if here {
                    <text x={Length(AXIS + 6.0).to_string()} y={Length(at + 4.5).to_string()}>{ label }</text>
                } else {
                    <a href={href(&Address::entity(&count.entity))} tabindex="-1">
                        <text x={Length(AXIS + 6.0).to_string()} y={Length(at + 4.5).to_string()}>{ label }</text>
                    </a>
                }
            </g>
        })
    };
    let name = |at: u32| {
        names.get(at as usize).map(|name| html! {
            <a class={classes!("ent", kind_class(name.kind))} href={href(&Address::entity(&name.entity))}><bdi>{ &name.name }</bdi></a>
        })
    };
    html! {
        <>
            <figure class="network">
                // For the eye: the table says the same, and its links can be reached by keyboard.
                <svg viewBox={format!("0 0 {} {}", Length(WIDTH), Length(height))} aria-hidden="true">
                    // The weak ones first, so that the strong lie over them.
                    { for ties.iter().take(DRAWN).rev().map(arc) }
                    { for order.iter().filter_map(row) }
                </svg>
                <figcaption class="dim">{ "An arc joins names that share a sentence; the heavier, the more sentences." }</figcaption>
            </figure>
            <details>
                <summary>{ "As a table" }</summary>
                <table class="aka pairs" id={id}>
                    <caption class="vh">{ "Names that share sentences" }</caption>
                    <thead><tr><th scope="col">{ "Name" }</th><th scope="col">{ "With" }</th><th scope="col">{ "Sentences" }</th></tr></thead>
                    <tbody>
                        { for ties.iter().take(LISTED).map(|tie| html! {
                            <tr key={format!("{}-{}", tie.a, tie.b)}><th scope="row">{ for name(tie.a) }</th><td>{ for name(tie.b) }</td><td>{ tie.sentences }</td></tr>
                        }) }
                    </tbody>
                </table>
            </details>
        </>
    }
}
