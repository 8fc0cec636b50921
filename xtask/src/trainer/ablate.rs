//! What each part of the recogniser is worth, and how much annotated text: trained without the held-out sets, measured
//! on them.
//!
//! F1 of exact spans over people, organisations, places and, where a set has them, groups; a leading article is no part of
//! a span. Not here: training (`crf`), the parts (`crossread::entities::training::Parts`).

use crate::data::{self, Text};
use crate::{HELD, Training, is_left, model};
use anyhow::Result;
use crossread::entities::Kind;
use crossread::entities::training::{self, Model, Parts};
use std::collections::BTreeSet;
use std::path::Path;

/// Trains and measures all that docs/MODEL.md has in its tables; minutes.
pub fn measure(folder: &Path, training: &Training) -> Result<()> {
    let all = Parts::ALL;
    let held: Vec<(&str, Vec<Text>)> = HELD
        .iter()
        .map(|name| {
            let file = name.split(':').next().unwrap_or(name);
            let texts = data::read(&folder.join(file).with_extension("jsonl"))?;
            Ok((file, texts.into_iter().filter(|text| is_left(name, text)).collect()))
        })
        .collect::<Result<_>>()?;
    let full = model(folder, training, all)?;
    row("all", &full, all, &held);
    let bare = Parts { lists: false, ..all };
    row("no lists of names", &model(folder, training, bare)?, bare, &held);
    let here = Parts { article: false, ..all };
    row(
        "nothing of how a word stands elsewhere in the article",
        &model(folder, training, here)?,
        here,
        &held,
    );
    row("no consistency over the article", &full, Parts { consistency: false, ..all }, &held);
    row("no rules after the model", &full, Parts { rules: false, ..all }, &held);
    for (name, part) in [("half of the training text", 2), ("a quarter", 4), ("an eighth", 8)] {
        row(name, &model(folder, &Training { part, ..training.clone() }, all)?, all, &held);
    }
    Ok(())
}

fn row(name: &str, model: &[u8], parts: Parts, held: &[(&str, Vec<Text>)]) {
    let Some(model) = Model::read(model) else { return };
    let scores: Vec<String> =
        held.iter().map(|(_, texts)| format!("{:.1}", f1(&model, parts, texts))).collect();
    println!("| {name} | {} |", scores.join(" | "));
}

/// F1 in per cent.
fn f1(model: &Model, parts: Parts, texts: &[Text]) -> f64 {
    let (mut right, mut said, mut are) = (0, 0, 0);
    for text in texts {
        let article = training::article(&text.id, &text.text);
        let found = training::recognise_with(std::slice::from_ref(&article), model, parts);
        let bare = |start: usize, end: usize| {
            let span = &text.text[start..end];
            let article = ["the ", "The ", "a ", "A "].iter().find(|article| span.starts_with(**article));
            (start + article.map_or(0, |article| article.len()), end)
        };
        let gold: BTreeSet<_> = text
            .spans
            .iter()
            .filter_map(|(start, end, name)| Some((bare(*start, *end), data::measured(&text.source, name)?)))
            .collect();
        let groups = text.source == "news";
        let names: BTreeSet<_> = found
            .mentions
            .iter()
            .flatten()
            .map(|m| {
                (bare(m.span.start as usize, m.span.end as usize), found.entities[m.entity as usize].kind)
            })
            .filter(|(_, kind)| {
                matches!(kind, Kind::Person | Kind::Organisation | Kind::Place)
                    || groups && *kind == Kind::Group
            })
            .collect();
        right += names.intersection(&gold).count();
        said += names.len();
        are += gold.len();
    }
    200.0 * right as f64 / (said + are).max(1) as f64
}
