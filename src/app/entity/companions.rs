//! Companions: whom each article puts into the same sentence, as threads and as a table.
//!
//! Invariant: the drawing says nothing that the table does not. Geometry is SVG attributes in one coordinate
//! system, 304 units wide. Not here: which sentences those are (the engine).

use super::{cells, columns};
use crate::app::bits::{Length, href, kind_class};
use crate::app::html::{classes, html};
use crate::app::words::short;
use crossread::engine::views::{Companion, EntityPage, NameKind};
use crossread::session::Address;
use yew::prelude::*;

/// Names in the drawing.
const DRAWN: usize = 12;
/// Names in the table.
const LISTED: usize = 40;
/// Characters of a name in the drawing.
const LETTERS: usize = 22;
/// Height of a row of the drawing.
const ROW: f64 = 26.0;
/// Width of a letter, about.
const LETTER: f64 = 6.4;

/// The drawing and its table.
pub fn companions(view: &EntityPage) -> Html {
    if view.companions.is_empty() {
        return Html::default();
    }
    let two = view.articles.len() == 2;
    html! {
        <aside aria-labelledby="h-with">
            <h2 id="h-with" class="label rule">{ "In the same sentence" }</h2>
            <figure>
                { drawing(view, two) }
                <figcaption class="dim">
                    { "The heavier the line, the more sentences." }
                    if two { { " Fainter: in one article only." } }
                </figcaption>
            </figure>
            <details>
                <summary>{ "As a table" }</summary>
                <table class="aka">
                    <caption class="vh">{ "Names in the same sentence" }</caption>
                    <thead><tr><th scope="col">{ "Name" }</th>{ heads(view) }</tr></thead>
                    <tbody>
                        { for view.companions.iter().take(LISTED).map(|c| html! {
                            <tr key={c.name.entity.clone()}>
                                <th scope="row">
                                    <a class={classes!("ent", kind_class(c.name.kind))}
                                        href={href(&Address::entity(&c.name.entity))}><bdi>{ &c.name.name }</bdi></a>
                                </th>
                                { cells(view, &c.sentences) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </details>
        </aside>
    }
}

fn heads(view: &EntityPage) -> Html {
    if view.articles.len() > super::COLUMNS {
        return html! { <><th scope="col">{ "Sentences" }</th><th scope="col">{ "Articles" }</th></> };
    }
    columns(view)
}

/// Where a name stands in the drawing: its middle and half its width.
fn stand(name: &str, two: bool) -> (f64, f64) {
    let half = name.chars().count() as f64 * LETTER / 2.0 + 5.0;
    (if two { 152.0 } else { 300.0 - half }, half)
}

/// Stroke width for a number of sentences, of those of the heaviest line (of five at the least).
fn weight(sentences: u32, most: u32) -> f64 {
    0.6 + 4.9 * f64::from(sentences) / f64::from(most.max(5))
}

fn drawing(view: &EntityPage, two: bool) -> Html {
    let shown = &view.companions[..view.companions.len().min(DRAWN)];
    let height = shown.len() as f64 * ROW + 8.0;
    let middle = height / 2.0;
    let node = |x: f64, class: &'static str, letter: Option<char>| {
        let x = Length(x).to_string();
        html! {
            <>
                <circle class={classes!("nd", class)} cx={x.clone()} cy={Length(middle).to_string()} r="10" />
                <text class={classes!("big", (class == "a").then_some("ta"))} {x}
                    y={Length(middle + 4.0).to_string()} text-anchor="middle">{ letter }</text>
            </>
        }
    };
    let letter = |i: usize| view.articles.get(i).and_then(|(a, _)| a.letter);
    let most = shown.iter().map(|c| weights(c, two)).map(|(left, right)| left.max(right)).max().unwrap_or(0);
    html! {
        <svg class="net" viewBox={format!("0 0 304 {}", Length(height))} aria-hidden="true">
            { for shown.iter().enumerate().map(|(i, c)| edges(c, i as f64 * ROW + 16.0, middle, two, most)) }
            { for shown.iter().enumerate().map(|(i, c)| label(c, i as f64 * ROW + 16.0, two)) }
            { node(12.0, "a", letter(0)) }
            if two { { node(292.0, "b", letter(1)) } }
        </svg>
    }
}

/// Sentences of the two threads to one name; all are the left one's where there are more articles than two.
fn weights(c: &Companion, two: bool) -> (u32, u32) {
    match (two, &c.sentences[..]) {
        (true, [left, rest @ ..]) => (*left, rest.first().copied().unwrap_or(0)),
        (_, all) => (all.iter().sum(), 0),
    }
}

/// The threads to one name.
fn edges(c: &Companion, y: f64, middle: f64, two: bool, most: u32) -> Html {
    let name = short(&c.name.name, LETTERS);
    let (x, half) = stand(&name, two);
    let (left, right) = weights(c, two);
    let class = classes!("e", (!two || left > 0 && right > 0).then_some("two"));
    let [middle, y, start, end] = [middle, y, (x - half).max(100.0), (x + half).min(204.0)].map(Length);
    let from_left = format!("M22 {middle}C61 {middle} 61 {y} 100 {y}H{start}");
    let from_right = format!("M282 {middle}C243 {middle} 243 {y} 204 {y}H{end}");
    html! {
        <>
            if left > 0 {
                <path class={class.clone()} stroke-width={Length(weight(left, most)).to_string()} d={from_left} />
            }
            if right > 0 {
                <path {class} stroke-width={Length(weight(right, most)).to_string()} d={from_right} />
            }
        </>
    }
}

/// A name with the line of its kind under it.
fn label(c: &Companion, y: f64, two: bool) -> Html {
    let name = short(&c.name.name, LETTERS);
    let (x, half) = stand(&name, two);
    let line = |dy: f64| {
        let [start, y, length] = [x - half + 5.0, y + dy, half * 2.0 - 10.0].map(Length);
        format!("M{start} {y}h{length}")
    };
    let (dash, width) = match c.name.kind {
        NameKind::Place => ("1.5 2.5", "1.5"),
        NameKind::Group => ("5 3", "1.5"),
        NameKind::Event => ("2 1.5", "1.5"),
        NameKind::Law => ("", "3"),
        _ => ("", "1.2"),
    };
    html! {
        <g class={kind_class(c.name.kind)}>
            <a href={href(&Address::entity(&c.name.entity))} tabindex="-1">
                <text x={Length(x).to_string()} y={Length(y + 4.0).to_string()} text-anchor="middle">{ name }</text>
            </a>
            <path class="u" stroke-dasharray={dash} stroke-width={width} d={line(8.0)} />
            if c.name.kind == NameKind::Organisation {
                <path class="u" stroke-width="1" d={line(10.5)} />
            }
        </g>
    }
}
