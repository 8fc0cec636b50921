//! The bench of comparison by what a reader gets: stories, links between two accounts, and time.
//!
//! `cargo bench --bench compare`; needs the sets of `/work/shared/data/compare`, says so and stops where they are not
//! there. Never part of a test run.

use crossread::engine::views::{Compare, Library, Relation, Side};
use crossread::engine::{Answer, Engine, Request, SourceFile, Span, changes};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

fn main() {
    let root = Path::new("/work/shared/data/compare");
    if !root.is_dir() {
        println!("compare bench: no sets at {}, nothing measured", root.display());
        return;
    }
    let stories = lines(&root.join("stories.jsonl"));
    links(&stories, &lines(&root.join("links.jsonl")));
    grouping(&stories);
    speed(&stories);
    edits(&root.join("edits_arxiv.tsv"));
    words(&stories);
}

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn field<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or("")
}

/// An engine of texts by their slugs; as JSON Lines, for a text by itself may be named after its first line.
fn engine<'t>(texts: impl Iterator<Item = (&'t str, &'t str)>) -> Engine {
    let line = |(id, text): (&str, &str)| serde_json::json!({"id": id, "text": text}).to_string();
    let lines: Vec<String> = texts.map(line).collect();
    let file = SourceFile { name: "texts.jsonl".into(), bytes: lines.join("\n").into_bytes() };
    Engine::build(vec![file], None).0
}

fn f1(precision: f64, recall: f64) -> f64 {
    2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
}

/// How well articles group into stories: B³ (Bagga and Baldwin, 1998), and pairs in the same story.
fn grouping(stories: &[Value]) {
    let names: Vec<String> = (0..stories.len()).map(|number| format!("article{number}")).collect();
    let mut engine = engine(names.iter().map(String::as_str).zip(stories.iter().map(|s| field(s, "text"))));
    let gold: BTreeMap<&String, &str> = names.iter().zip(stories.iter().map(|s| field(s, "story"))).collect();
    let Answer::Library(library) =
        engine.answer(Request::Library { filters: Default::default(), limit: u32::MAX }).answer
    else {
        return;
    };
    let group = groups(&library);
    let (mut precision, mut recall, mut count) = (0.0, 0.0, 0.0);
    let (mut right, mut found, mut wanted) = (0.0, 0.0, 0.0);
    for x in &group {
        let (mut both, mut together, mut same) = (0.0, 0.0, 0.0);
        for y in &group {
            let (here, there) = (x.1 == y.1, gold.get(x.0) == gold.get(y.0));
            together += f64::from(here);
            same += f64::from(there);
            both += f64::from(here && there);
        }
        precision += both / together;
        recall += both / same;
        count += 1.0;
        right += both - 1.0;
        found += together - 1.0;
        wanted += same - 1.0;
    }
    let (precision, recall) = (precision / count, recall / count);
    println!(
        "stories: {} groups of {count} articles; B3 P {precision:.3} R {recall:.3} F1 {:.3}; pairs P {:.3} R {:.3}",
        library.stories.len(),
        f1(precision, recall),
        right / found,
        right / wanted,
    );
}

/// The group of each article, a group of its own where it is in none.
fn groups(library: &Library) -> BTreeMap<String, usize> {
    let slug = |card: usize| library.cards.get(card).map_or("", |c| c.article.slug.as_str()).to_owned();
    let mut group: BTreeMap<String, usize> =
        (0..library.cards.len()).map(|card| (slug(card), library.stories.len() + card)).collect();
    for (number, story) in library.stories.iter().enumerate() {
        for card in &story.cards {
            group.insert(slug(*card as usize), number);
        }
    }
    group
}

fn compared(a: &str, b: &str) -> Option<(Box<Compare>, f64)> {
    let mut engine = engine([("a", a), ("b", b)].into_iter());
    let start = Instant::now();
    match engine.answer(Request::Compare { a: "a".into(), b: "b".into() }).answer {
        Answer::Compare(view) => Some((view, start.elapsed().as_secs_f64() * 1e3)),
        _ => None,
    }
}

/// Links, ranking and differences on the pairs linked by hand; `related` links count neither way.
fn links(stories: &[Value], pairs: &[Value]) {
    let text = |id: &str| stories.iter().find(|s| field(s, "id") == id).map_or("", |s| field(s, "text"));
    let (mut right, mut said, mut wanted) = (0.0, 0.0, 0.0);
    let (mut flagged, mut differing, mut all) = (0, 0, 0);
    // Of each kind of difference, how many pairs are rightly said to differ so, and how many are said to.
    let mut by_kind: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut ranked: Vec<(f64, bool)> = Vec::new();
    for pair in pairs {
        let (a, b) = (text(field(&pair["a"], "id")), text(field(&pair["b"], "id")));
        let (view, _) = compared(a, b).expect("both articles are there");
        let mut gold: BTreeMap<(usize, usize), &str> = BTreeMap::new();
        for link in pair["links"].as_array().into_iter().flatten() {
            let at = |side: &str| link[side].as_u64().unwrap_or(0) as usize;
            gold.insert((at("a"), at("b")), field(link, "label"));
        }
        let (units_a, units_b) = (units(&view.a, &pair["a"]), units(&view.b, &pair["b"]));
        let mut scores: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        let (mut same, mut differs, mut kinds) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let shown = view.pairs.iter().map(|p| (p.a, p.b, p.score, p.relation, p.differences.as_slice()));
        let unsure =
            view.unsure.iter().map(|(a, b, score)| (*a, *b, *score, Relation::Related, [].as_slice()));
        for (a, b, score, relation, found) in shown.chain(unsure) {
            for x in &units_a[a as usize] {
                for y in units_b[b as usize].iter().filter(|y| gold.get(&(*x, **y)) != Some(&"related")) {
                    let best = scores.entry((*x, *y)).or_default();
                    *best = best.max(score);
                    if relation != Relation::Related {
                        same.insert((*x, *y));
                    }
                    if relation == Relation::Differs {
                        differs.insert((*x, *y));
                        let found = found.iter().filter_map(|d| view.differences.get(*d as usize));
                        kinds.extend(found.map(|d| (*x, *y, d.kind.label())));
                    }
                }
            }
        }
        gold.retain(|_, label| *label != "related");
        said += same.len() as f64;
        right += same.iter().filter(|k| gold.contains_key(k)).count() as f64;
        wanted += gold.len() as f64;
        let real = |k: &(usize, usize)| gold.get(k) == Some(&"differs");
        flagged += differs.len();
        differing += differs.iter().filter(|k| real(k)).count();
        all += gold.values().filter(|label| **label == "differs").count();
        for (x, y, kind) in kinds {
            let count = by_kind.entry(kind).or_default();
            *count = (count.0 + usize::from(real(&(x, y))), count.1 + 1);
        }
        ranked.extend(scores.iter().map(|(k, s)| (*s, gold.contains_key(k))));
    }
    ranked.sort_by(|x, y| y.0.total_cmp(&x.0));
    let (mut hits, mut average) = (0.0, 0.0);
    for (place, _) in ranked.iter().enumerate().filter(|(_, (_, hit))| *hit) {
        hits += 1.0;
        average += hits / (place + 1) as f64;
    }
    let (precision, recall) = (right / said, right / wanted);
    println!(
        "links: P {precision:.3} R {recall:.3} F1 {:.3}, average precision {:.3}; differences right {differing} of {flagged}, \
         in all {all}; of each kind {by_kind:?}",
        f1(precision, recall),
        average / wanted,
    );
}

/// Which of the gold's units each sentence overlaps by at least half of the shorter.
fn units(side: &Side, gold: &Value) -> Vec<Vec<usize>> {
    let scalars = |at: u32| side.text[..at as usize].chars().count() as u64;
    let end = |value: &Value| value.as_u64().unwrap_or(0);
    let spans: Vec<(u64, u64)> =
        gold["units"].as_array().into_iter().flatten().map(|u| (end(&u[0]), end(&u[1]))).collect();
    let of = |span: Span| -> Vec<usize> {
        let (start, stop) = (scalars(span.start), scalars(span.end));
        let enough = |(from, to): &(u64, u64)| {
            let shared = stop.min(*to).saturating_sub(start.max(*from));
            shared > 0 && 2 * shared >= (stop - start).min(to - from)
        };
        (0..spans.len()).filter(|i| enough(&spans[*i])).collect()
    };
    side.sentences.iter().map(|s| of(s.span)).collect()
}

/// Time to compare long articles, made of the stories' texts one after another: other accounts, and a revision.
fn speed(stories: &[Value]) {
    let joined = |outlet: usize| {
        let texts: Vec<&str> = stories.iter().skip(outlet).step_by(3).map(|s| field(s, "text")).collect();
        texts.join("\n\n")
    };
    let (one, two) = (joined(0), joined(1));
    for bytes in [25_000, 50_000, 100_000, 200_000] {
        let cut = |text: &str| text[..text.floor_char_boundary(bytes)].to_owned();
        let (a, b) = (cut(&one), cut(&two));
        let revised = a.replace(" said ", " says ").replace(" the ", " that ");
        for (name, other) in [("another outlet", &b), ("revised", &revised)] {
            let Some((view, time)) = compared(&a, other) else { continue };
            let (n, m) = (view.a.sentences.len(), view.b.sentences.len());
            println!(
                "{} kB, {name}: {n} and {m} sentences, {} pairs, {time:.0} ms",
                bytes / 1_000,
                view.pairs.len()
            );
        }
    }
}

/// Words that an edit changed, as editors marked them in revised sentences: the second half, the settings come from the
/// first.
fn edits(file: &Path) {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let (mut both, mut found, mut wanted) = (0.0, 0.0, 0.0);
    for row in rows.iter().skip(rows.len() / 2).filter(|row| row.len() > 3) {
        let mut gold = BTreeSet::new();
        let listed: Value = serde_json::from_str(row[3]).unwrap_or_default();
        for edit in listed.as_array().into_iter().flatten() {
            for side in [0, 1] {
                let at = |end: usize| edit[2 + side][end].as_u64().unwrap_or(0);
                gold.extend((at(0)..at(1)).map(|word| (side, word)));
            }
        }
        let mut own = BTreeSet::new();
        for change in changes(row[1], row[2]) {
            for (side, span) in [(0, change.a), (1, change.b)] {
                let before = |at: u32| row[1 + side][..at as usize].split_whitespace().count() as u64;
                let touched = if span.is_empty() { 0..0 } else { before(span.start)..before(span.end) };
                own.extend(touched.map(|word| (side, word)));
            }
        }
        both += gold.intersection(&own).count() as f64;
        found += own.len() as f64;
        wanted += gold.len() as f64;
    }
    let (precision, recall) = (both / found, both / wanted);
    println!("edited words: P {precision:.3} R {recall:.3} F1 {:.3}", f1(precision, recall));
}

/// Time of a word diff of 100 kB: revised, and another outlet's texts.
fn words(stories: &[Value]) {
    let outlet = |n: usize| {
        let texts: Vec<&str> = stories.iter().skip(n).step_by(3).map(|s| field(s, "text")).collect();
        let text = texts.join("\n\n");
        text[..text.floor_char_boundary(100_000)].to_owned()
    };
    let (a, unrelated) = (outlet(0), outlet(1));
    let kept = |(at, word): (usize, &str)| match at % 53 {
        5 | 42 => String::new(),
        7 => format!("{word} newly "),
        _ => format!("{word} "),
    };
    let revised: String = a.split(' ').enumerate().map(kept).collect();
    for (name, b) in [("revised", &revised), ("unrelated", &unrelated)] {
        let times = (0..5).map(|_| {
            let start = Instant::now();
            changes(&a, b);
            start.elapsed().as_secs_f64() * 1e3
        });
        let least = times.fold(f64::INFINITY, f64::min);
        println!("word diff of 100 kB, {name}: {} changes, {least:.1} ms", changes(&a, b).len());
    }
}
