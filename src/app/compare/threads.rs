//! Threads: the lines from the passages of A to those of B, in the gutter and in the overview.
//!
//! Invariant: pure path data from places; solid is same, dashed is related, heavy is differs. Not here:
//! measuring the places (`panes.rs`).

use crate::app::bits::{Length, badge, relation_class};
use crate::app::html::{classes, html};
use crossread::engine::views::{Compare, Relation};
use crossread::session::Shared;
use crossread::session::comparing::Hand;
use std::fmt::Write;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// The classes of the gutter's paths, in the order in which they are drawn.
pub const CLASSES: [&str; 11] =
    ["rib", "br", "th rel", "th same", "br dif", "th dif", "br lit", "th lit", "br on", "th on", "th on rel"];

/// Height of the overview's drawing, in its own units.
pub const TALL: f64 = 600.0;
/// Width of it.
const WIDE: f64 = 56.0;

/// Path data for each of [`CLASSES`]; `on` is the pair in hand, `lit` are those pointed at. `screen` gives top and bottom of a pair's passage in its pane; `top` is
/// where the text begins to show, `height` where it ends. Pairs out of sight on both sides are left out.
pub fn paths(
    view: &Compare,
    on: Option<u32>,
    lit: &[u32],
    width: f64,
    top: f64,
    height: f64,
    screen: &dyn Fn(Hand, u32) -> Option<(f64, f64)>,
) -> [String; CLASSES.len()] {
    let mut out: [String; CLASSES.len()] = Default::default();
    if width <= 0.0 {
        return out;
    }
    let [left, right, middle] = [6.0, width - 6.0, width / 2.0].map(Length);
    for (i, pair) in view.pairs.iter().enumerate() {
        let (Some(a), Some(b)) = (screen(Hand::A, i as u32), screen(Hand::B, i as u32)) else { continue };
        let above = a.1 < top && b.1 < top;
        let below = a.0 > height && b.0 > height;
        // Across the whole window, from above to below: nothing to hold on to.
        let past = (a.1 < top && b.0 > height) || (b.1 < top && a.0 > height);
        if above || below || past {
            continue;
        }
        let clip = |(start, end): (f64, f64)| {
            let start = start.max(top);
            (start, end.max(start))
        };
        let ((at, ae), (bt, be)) = (clip(a), clip(b));
        let [am, bm] = [(at + ae) / 2.0, (bt + be) / 2.0].map(Length);
        let [at, ae, bt, be] = [at, ae, bt, be].map(Length);
        let chosen = on == Some(i as u32);
        let (bracket, thread) = match (chosen, pair.relation) {
            (true, Relation::Related) => (8, 10),
            (true, _) => (8, 9),
            _ if lit.contains(&(i as u32)) => (6, 7),
            (false, Relation::Differs) => (4, 5),
            (false, Relation::Same) => (1, 3),
            (false, Relation::Related) => (1, 2),
        };
        let _ = write!(out[bracket], "M{left} {at}V{ae}M{right} {bt}V{be}");
        let _ = write!(out[thread], "M{left} {am}C{middle} {am} {middle} {bm} {right} {bm}");
        if chosen {
            let _ = write!(
                out[0],
                "M{left} {at}C{middle} {at} {middle} {bt} {right} {bt}V{be}\
                 C{middle} {be} {middle} {ae} {left} {ae}Z"
            );
        }
    }
    out
}

/// What the overview is drawn from.
#[derive(PartialEq)]
pub struct MinimapProps {
    /// The comparison.
    pub view: Shared<Compare>,
    /// The rectangles of what is in sight, left and right; written while scrolling.
    pub seen: [NodeRef; 2],
    /// Goes to a share of the height.
    pub scroll: Callback<f64>,
}

/// The overview: both articles from start to end.
pub fn minimap(props: &MinimapProps) -> Html {
    let threads = &props.view.threads;
    let scale = |side: &[(u32, Option<Relation>)]| {
        let all: f64 = side.iter().map(|(len, _)| f64::from(*len)).sum();
        TALL / all.max(1.0)
    };
    let mut marks: [String; 3] = Default::default();
    let mut middles = [Vec::new(), Vec::new()];
    for (i, (side, x)) in [(&threads.a, 5.0), (&threads.b, WIDE - 5.0)].into_iter().enumerate() {
        let (scale, mut at) = (scale(side), 0.0);
        for (len, relation) in side {
            let end = at + f64::from(*len) * scale;
            let class = match relation {
                None => 0,
                Some(Relation::Differs) => 2,
                Some(_) => 1,
            };
            let _ =
                write!(marks[class], "M{} {}V{}", Length(x), Length(at), Length((end - 2.0).max(at + 0.5)));
            middles[i].push((at + end) / 2.0);
            at = end;
        }
    }
    let [first, second] = &middles;
    let mut lines: [String; 3] = Default::default();
    for (a, b, relation) in &threads.links {
        let (Some(a), Some(b)) = (first.get(*a as usize), second.get(*b as usize)) else { continue };
        let [a, b] = [*a, *b].map(Length);
        let class = match relation {
            Relation::Related => 0,
            Relation::Same => 1,
            Relation::Differs => 2,
        };
        let _ = write!(lines[class], "M10 {a}C28 {a} 28 {b} {} {b}", Length(WIDE - 10.0));
    }
    let go = props.scroll.reform(|e: MouseEvent| {
        let target: Option<Element> = e.current_target().and_then(|t| t.dyn_into().ok());
        let rect = target.map(|t| t.get_bounding_client_rect());
        rect.map_or(0.0, |r| (f64::from(e.client_y()) - r.top()) / r.height().max(1.0))
    });
    html! {
        <aside class="minimap" aria-label="Overview">
            <div class="hd">{ badge(Hand::A, true) }{ badge(Hand::B, true) }</div>
            <svg viewBox={format!("0 0 {} {}", Length(WIDE), Length(TALL))} preserveAspectRatio="none" role="img" onclick={go}
                aria-label="Both articles from start to end, with the threads between them">
                <rect class="mm-view" ref={props.seen[0].clone()} x="0" width={Length(WIDE / 2.0).to_string()} />
                <rect class="mm-view" ref={props.seen[1].clone()} x={Length(WIDE / 2.0).to_string()}
                    width={Length(WIDE / 2.0).to_string()} />
                { for ["", "hit", "dif"].iter().zip(marks).map(|(class, d)| html! {
                    <path class={classes!("mm", *class)} {d} />
                }) }
                { for [Relation::Related, Relation::Same, Relation::Differs].into_iter().zip(lines).map(|(r, d)| html! {
                    <path class={classes!("th", relation_class(r))} {d} />
                }) }
            </svg>
        </aside>
    }
}
