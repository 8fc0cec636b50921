//! How well names are linked, measured on GUM: which of its annotated names are said to be the same.
//!
//! B³ (Bagga and Baldwin 1998) over names, and the precision and recall of pairs. Two ways: each document by itself,
//! by its coreference; all documents together, by the articles of Wikipedia that their names stand for. Not here:
//! reading GUM (`gum`).

use crate::gum::{self, Document};
use anyhow::Result;
use crossread::entities::Entities;
use crossread::entities::training;
use crossread::text::Span;
use std::collections::BTreeMap;
use std::path::Path;

/// A name: what the corpus says it is, what was found, and how it is written, with its document.
struct Case {
    gold: String,
    found: u32,
    written: String,
}

impl Case {
    /// The name as it is written, without its document.
    fn name(&self) -> &str {
        self.written.rsplit_once(" (").map_or("", |(name, _)| name)
    }
}

/// Measures and prints; with `all`, the wrong and the missing joints too.
pub fn measure(folder: &Path, all: bool) -> Result<()> {
    let mut documents = gum::read(folder)?;
    documents.iter_mut().for_each(|document| document.names.retain(|name| name.kind.is_some()));
    let mut each = Vec::new();
    for (nth, document) in documents.iter().enumerate() {
        let found = link(std::slice::from_ref(document));
        cases(document, &found, 0, |name| Some(format!("{}", name.entity)), &mut each, nth as u32 * 100_000);
    }
    report("each document, by coreference", &each, all);
    let found = link(&documents);
    let mut together = Vec::new();
    for (nth, document) in documents.iter().enumerate() {
        cases(document, &found, nth, |name| name.identity.clone(), &mut together, 0);
    }
    report("all documents together, by Wikipedia's articles", &together, all);
    Ok(())
}

fn link(documents: &[Document]) -> Entities {
    let articles: Vec<_> = documents.iter().map(|d| training::article(&d.id, &d.text)).collect();
    let names: Vec<Vec<_>> = documents
        .iter()
        .map(|d| {
            d.names
                .iter()
                .filter_map(|name| Some((Span::new(name.span.0, name.span.1), name.kind?)))
                .collect()
        })
        .collect();
    training::link_given(&articles, &names)
}

fn cases(
    document: &Document,
    found: &Entities,
    article: usize,
    gold: impl Fn(&gum::Named) -> Option<String>,
    cases: &mut Vec<Case>,
    offset: u32,
) {
    for (name, mention) in document.names.iter().zip(&found.mentions[article]) {
        if let Some(mut gold) = gold(name) {
            if offset > 0 || name.identity.is_none() {
                gold = format!("{}:{gold}", document.id);
            }
            let written = format!("{} ({})", &document.text[name.span.0..name.span.1], document.id);
            cases.push(Case { gold, found: offset + mention.entity, written });
        }
    }
}

fn report(title: &str, cases: &[Case], all: bool) {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut found: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut both: BTreeMap<(&str, u32), Vec<usize>> = BTreeMap::new();
    for (at, case) in cases.iter().enumerate() {
        groups.entry(&case.gold).or_default().push(at);
        found.entry(case.found).or_default().push(at);
        both.entry((&case.gold, case.found)).or_default().push(at);
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((gold, key), shared) in &both {
        let count = shared.len() as f64;
        precision += count * count / found[key].len() as f64;
        recall += count * count / groups[gold].len() as f64;
    }
    let pairs = |count: usize| (count * count.saturating_sub(1) / 2) as f64;
    let right: f64 = both.values().map(|shared| pairs(shared.len())).sum();
    let said: f64 = found.values().map(|group| pairs(group.len())).sum();
    let are: f64 = groups.values().map(|group| pairs(group.len())).sum();
    // What was joined though it is written otherwise.
    let mut unlike = (0u32, 0u32);
    for group in found.values() {
        for (nth, &a) in group.iter().enumerate() {
            for &b in &group[nth + 1..] {
                let (a, b) = (&cases[a], &cases[b]);
                if a.name() != b.name() {
                    unlike.1 += 1;
                    unlike.0 += u32::from(a.gold == b.gold);
                }
            }
        }
    }
    let (p, r) = (precision / cases.len() as f64, recall / cases.len() as f64);
    println!(
        "{title}: {} names, B³ {:.4} / {:.4} / {:.4}, pairs {:.4} / {:.4}, of {} pairs written otherwise {} right",
        cases.len(),
        p,
        r,
        2.0 * p * r / (p + r),
        right / said,
        right / are,
        unlike.1,
        unlike.0
    );
    if all {
        let list = |keys: Vec<(String, &Vec<usize>)>| {
            let parts: Vec<String> =
                keys.iter().map(|(_, at)| format!("{}×{}", at.len(), cases[at[0]].written)).collect();
            parts.join(" | ")
        };
        for key in found.keys() {
            let parts: Vec<_> = both
                .iter()
                .filter(|((_, k), _)| k == key)
                .map(|((g, _), at)| ((*g).to_owned(), at))
                .collect();
            if parts.len() > 1 {
                println!("  wrong: {}", list(parts));
            }
        }
        for gold in groups.keys() {
            let parts: Vec<_> = both
                .iter()
                .filter(|((g, _), _)| g == gold)
                .map(|((g, _), at)| ((*g).to_owned(), at))
                .collect();
            if parts.len() > 1 {
                println!("  missed: {}", list(parts));
            }
        }
    }
}
