//! The annotated texts: reading them, and which labels each source leaves open.
//!
//! Invariant: a type that a source does not annotate is left open, never taken for "no name". Not here: how the
//! labels are learnt (`crf`).

use crate::crf::{Set, Stretch};
use crate::gum::Document;
use anyhow::{Context, Result};
use crossread::entities::Kind;
use crossread::entities::training::{self, Example, LABELS, Parts};
use serde_json::Value;
use std::path::Path;

/// A text with its names.
pub struct Text {
    /// Its id.
    pub id: String,
    /// The text.
    pub text: String,
    /// Names: bytes of the text, and the type as the source writes it.
    pub spans: Vec<(usize, usize, String)>,
    /// The file, without ending.
    pub source: String,
}

/// A document of GUM: people are left open where they may be a people, what is no person, organisation, place or event
/// altogether.
pub fn of_gum(document: Document) -> Text {
    let spans = document.names.iter().map(|name| {
        let plural = document.text[name.span.0..name.span.1].ends_with('s');
        let kind = match name.kind {
            Some(Kind::Person) if !plural => "PER",
            Some(Kind::Organisation) => "ORG",
            Some(Kind::Place) => "LOC",
            Some(Kind::Event) => "EVENT",
            _ => "?",
        };
        (name.span.0, name.span.1, kind.to_owned())
    });
    Text { id: document.id, spans: spans.collect(), text: document.text, source: "gum".into() }
}

/// Reads a file of JSON Lines.
pub fn read(path: &Path) -> Result<Vec<Text>> {
    let source = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let file = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    file.lines().map(|line| text(line, &source).with_context(|| path.display().to_string())).collect()
}

fn text(line: &str, source: &str) -> Result<Text> {
    let value: Value = serde_json::from_str(line)?;
    let text = value["text"].as_str().context("no text")?.to_owned();
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let spans = value["spans"].as_array().context("no spans")?;
    let span = |span: &Value| {
        let at = |index: usize| bytes.get(span[index].as_u64()? as usize).copied();
        Some((at(0)?, at(1)?, span[2].as_str()?.to_owned()))
    };
    let spans = spans.iter().filter_map(span).collect();
    Ok(Text { id: value["id"].as_str().unwrap_or("").to_owned(), text, spans, source: source.into() })
}

const ALL: u16 = (1 << LABELS) - 1;
const OUTSIDE: u16 = 1;
/// Labels of the kinds, in the order of `training::KINDS`: the first word's bit and a later one's.
const fn kind(index: u16) -> u16 {
    0b11 << (1 + 2 * index)
}
const PERSON: u16 = kind(0);
const ORGANISATION: u16 = kind(1);
const PLACE: u16 = kind(2);
const GROUP: u16 = kind(3);
const EVENT: u16 = kind(4);
const LAW: u16 = kind(5);
const WORK: u16 = kind(6);
/// Bits of first words.
const FIRST: u16 = 0b010_1010_1010_1010;

/// What a source leaves open where it marks nothing, and how much it counts.
pub struct Source {
    outside: u16,
    /// How much its stretches count.
    pub weight: f32,
}

/// What is known about a source.
pub fn source(name: &str) -> Source {
    let all = |weight| Source { outside: OUTSIDE, weight };
    match name {
        "news" => all(1.0),
        "wikigold" => all(1.0),
        "silver_md" => all(0.25),
        "gum" => Source { outside: OUTSIDE | GROUP | WORK | LAW, weight: 0.5 },
        "uner_ewt_dev" => Source { outside: OUTSIDE | GROUP | EVENT | LAW | WORK, weight: 1.0 },
        name if name.starts_with("crossner") => Source { outside: OUTSIDE | GROUP, weight: 0.7 },
        name if name.starts_with("sec") => Source { outside: OUTSIDE | GROUP | LAW, weight: 0.25 },
        // Tweets.
        _ => Source { outside: OUTSIDE | GROUP | EVENT | LAW | WORK, weight: 0.3 },
    }
}

/// The kind that a type of a held-out set counts as, of the four that are measured.
pub fn measured(source: &str, name: &str) -> Option<Kind> {
    match name {
        "PER" => Some(Kind::Person),
        "ORG" => Some(Kind::Organisation),
        "LOC" | "FAC" => Some(Kind::Place),
        "NORP" if source == "news" => Some(Kind::Group),
        _ => None,
    }
}

/// What a type of a source may be; `None` where anything is possible.
fn kinds(source: &str, name: &str) -> Option<u16> {
    Some(match name {
        "PER" if source.starts_with("sec") => return None,
        "PER" => PERSON,
        "ORG" => ORGANISATION,
        "LOC" | "FAC" => PLACE,
        "NORP" => GROUP,
        "EVENT" => EVENT,
        "LAW" => LAW,
        "WORK" | "PRODUCT" => WORK,
        "MISC" if source == "silver_md" => EVENT | LAW | WORK,
        "MISC" if source == "wikigold" => GROUP | EVENT | LAW | WORK,
        "MISC" if ["music", "literature", "politics"].iter().any(|field| source.contains(field)) => {
            GROUP | EVENT | LAW | WORK
        }
        "MISC" | "?" => return None,
        // Dates and amounts are read by rules.
        _ => OUTSIDE,
    })
}

/// Adds a text to the set.
pub fn add(set: &mut Set, text: &Text, weight: f32, parts: Parts) {
    let article = training::article(&text.id, &text.text);
    let example = training::example(&article, parts);
    let allowed = allowed(&example, text);
    if set.starts.is_empty() {
        set.starts.push(0);
    }
    let mut rows = example.rows.iter();
    for &(from, to) in &example.segments {
        let first = set.allowed.len() as u32;
        for labels in &allowed[from..to] {
            set.rows.extend(rows.next().into_iter().flatten());
            set.starts.push(set.rows.len() as u32);
            set.allowed.push(*labels);
        }
        if allowed[from..to].iter().any(|allowed| *allowed != ALL) {
            set.stretches.push(Stretch { words: (first, set.allowed.len() as u32), weight });
        }
    }
}

/// The labels that each word may have.
fn allowed(example: &Example, text: &Text) -> Vec<u16> {
    let source = source(&text.source);
    let mut allowed = vec![source.outside; example.words.len()];
    let mut segment = vec![usize::MAX; example.words.len()];
    for (nth, &(from, to)) in example.segments.iter().enumerate() {
        segment[from..to].fill(nth);
    }
    let mut spans: Vec<&(usize, usize, String)> = text.spans.iter().collect();
    spans.sort_by_key(|span| (span.0, span.0 as isize - span.1 as isize));
    let mut done = 0;
    for (start, end, name) in spans {
        let from = example.words.partition_point(|word| word.end as usize <= *start);
        let to = example.words.partition_point(|word| (word.start as usize) < *end);
        // A leading article is no part of a name.
        let from = from
            + usize::from(
                from + 1 < to
                    && example
                        .words
                        .get(from)
                        .is_some_and(|word| matches!(word.of(&text.text), "the" | "The" | "a" | "A")),
            );
        if from >= to || from < done {
            continue;
        }
        done = to;
        let whole = segment[from] != usize::MAX && segment[from..to].iter().all(|s| *s == segment[from]);
        let head = (to - from > 1).then(|| example.heads[to - 1]).flatten();
        let doubtful = text.source == "silver_md" && matches!(name.as_str(), "ORG" | "MISC")
            || name == "MISC" && text.source != "wnut17_train";
        let told = head.filter(|_| doubtful).map(|head| if head == Kind::Event { EVENT } else { LAW });
        match told.or_else(|| kinds(&text.source, name)).filter(|_| whole) {
            None => allowed[from..to].fill(ALL),
            Some(OUTSIDE) => allowed[from..to].fill(OUTSIDE),
            Some(kinds) => {
                allowed[from] = kinds & FIRST;
                allowed[from + 1..to].fill(kinds & !FIRST);
            }
        }
    }
    allowed
}
