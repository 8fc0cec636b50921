//! The drawing of a comparison in brief: two lines of sentences with threads between those that correspond.
//!
//! Invariant: a function of `views::Threads`; lengths are in thousandths of each article.

use super::bits::{badge, counted, relation_class};
use super::html::{classes, html};
use crossread::engine::views::{PairCounts, Relation, Threads};
use crossread::session::comparing::Hand;
use yew::prelude::*;

/// Width of the drawing, and the gap between two sentences.
const WIDTH: f32 = 1000.0;
const GAP: f32 = 3.0;

/// Where each sentence begins and ends.
fn extents(sentences: &[(u32, Option<Relation>)]) -> Vec<(f32, f32)> {
    let total: u32 = sentences.iter().map(|(length, _)| *length).sum();
    let scale = WIDTH / total.max(1) as f32;
    let mut at = 0.0;
    let place = |(length, _): &(u32, Option<Relation>)| {
        let start = at;
        at += *length as f32 * scale;
        (start, (at - GAP).max(start + 1.0))
    };
    sentences.iter().map(place).collect()
}

/// A line of sentences: those that correspond and those that do not, each as one path.
fn line(sentences: &[(u32, Option<Relation>)], extents: &[(f32, f32)], y: u32) -> Html {
    let path = |paired: bool| -> String {
        let those = sentences.iter().zip(extents).filter(|((_, relation), _)| relation.is_some() == paired);
        those.map(|(_, (from, to))| format!("M{} {y}H{}", *from as u32, *to as u32)).collect()
    };
    html! { <><path class="th-sent" d={path(true)} /><path class="th-lone" d={path(false)} /></> }
}

/// The drawing with its key.
pub fn threads(threads: &Threads, counts: &PairCounts) -> Html {
    let (a, b) = (extents(&threads.a), extents(&threads.b));
    let middle =
        |extents: &[(f32, f32)], index: u32| extents.get(index as usize).map(|(from, to)| (from + to) / 2.0);
    let drawn = |relation: Relation| -> String {
        let those = threads.links.iter().filter(|(.., of)| *of == relation);
        let one = |(i, j, _): &(u32, u32, Relation)| {
            let (from, to) = (middle(&a, *i)? as u32, middle(&b, *j)? as u32);
            Some(format!("M{from} 6C{from} 44 {to} 44 {to} 82"))
        };
        those.filter_map(one).collect()
    };
    let label = format!(
        "Two lines, one per article from start to end. {} passages that correspond; {}.",
        counted(counts.pairs, "thread joins", "threads join"),
        counted(counts.differences, "difference", "differences"),
    );
    let kinds = [Relation::Related, Relation::Same, Relation::Differs];
    html! {
        <figure>
            <div class="threads">
                { badge(Hand::A, false) }
                <svg viewBox="0 0 1000 88" preserveAspectRatio="none" role="img" aria-label={label}>
                    { line(&threads.a, &a, 3) }
                    { line(&threads.b, &b, 85) }
                    { for kinds.iter().map(|kind| html! { <path class={classes!("th", relation_class(*kind))} d={drawn(*kind)} /> }) }
                </svg>
                { badge(Hand::B, false) }
            </div>
            <figcaption class="cap">
                <span class="key"><i class="dif"></i>{ "differs" }</span>
                <span class="key"><i></i>{ "same" }</span>
                <span class="key"><i class="rel"></i>{ "related" }</span>
                <span class="end">{ "Each article from its first sentence to its last" }</span>
            </figcaption>
        </figure>
    }
}
