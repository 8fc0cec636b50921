//! The bench of search by user act: rank quality on judged collections, and time from key press to answer.
//!
//! `cargo bench --bench search [SET…]`, where `curve` is the cost by number of articles and `shapes` that of texts as
//! nobody writes them; needs the collections of `/work/shared/data/search`, says so and stops where they
//! are not there. Never part of a test run.

use crossread::article::{Article, Block, BlockKind, Meta};
use crossread::engine::{Engine, Given, Request};
use crossread::index::Index;
use crossread::search::{Kept, search};
use crossread::{query, text};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

fn main() {
    let root = Path::new("/work/shared/data/search");
    if !root.is_dir() {
        println!("search bench: no collections at {}, nothing measured", root.display());
        return;
    }
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |set: &&str| asked.is_empty() || asked.iter().any(|asked| asked == set);
    if let Some(articles) = asked.first().and_then(|asked| asked.strip_prefix("curve=")) {
        return at(&root.join("perf/reuters"), articles.parse().unwrap_or(1_000));
    }
    if asked.iter().any(|asked| asked == "curve") {
        // Each in a process of its own, which says how much memory it took.
        for articles in [1_000, 2_000, 5_000, 10_000, 20_000, 50_000] {
            let this = std::env::current_exe().unwrap_or_default();
            let _ = std::process::Command::new(this).arg(format!("curve={articles}")).status();
        }
    }
    if asked.iter().any(|asked| asked == "shapes") {
        shapes();
    }
    for set in ["cranfield", "cisi", "med", "ki-bbc"].into_iter().filter(wanted) {
        quality(&root.join("dev").join(set), set);
    }
    for set in ["bbc", "reuters"].into_iter().filter(wanted) {
        speed(&root.join("perf").join(set), set);
    }
}

fn load(folder: &Path) -> Vec<Article> {
    let lines = std::fs::read_to_string(folder.join("docs.jsonl")).unwrap_or_default();
    let article = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        let field = |name: &str| value.get(name).and_then(|value| value.as_str()).unwrap_or("").to_owned();
        let text = field("text");
        let mut blocks = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let span = text::Span::new(start, start + line.trim_end().len());
            let inside = |s: text::Span| text::Span { start: s.start + span.start, end: s.end + span.start };
            let sentences = text::sentences(span.of(&text)).into_iter().map(inside).collect();
            blocks.push(Block { kind: BlockKind::Paragraph, span, sentences, number: None });
            start += line.len();
        }
        let title = field("title");
        let meta =
            Meta { title_given: !title.is_empty(), title, language: Some("en".into()), ..Meta::default() };
        Some(Article { slug: field("id"), meta, text, blocks })
    };
    lines.lines().filter_map(article).collect()
}

fn open(articles: &[Article]) -> Index {
    let start = Instant::now();
    let bytes = Index::build(articles);
    let built = start.elapsed();
    let size = bytes.len();
    let start = Instant::now();
    let index = Index::open(bytes).unwrap_or_else(|problem| panic!("{problem}"));
    let text: usize = articles.iter().map(|article| article.text.len() + article.meta.title.len()).sum();
    println!(
        "  {} articles, text {:.1} MB; index {:.1} MB ({:.2} of the text), built in {:.2} s, opened in {:.1} ms",
        articles.len(),
        text as f64 / 1e6,
        size as f64 / 1e6,
        size as f64 / text as f64,
        built.as_secs_f64(),
        start.elapsed().as_secs_f64() * 1e3,
    );
    index
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let lines = std::fs::read_to_string(path).unwrap_or_default();
    lines.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn quality(folder: &Path, name: &str) {
    println!("{name}");
    let articles = load(folder);
    let (index, kept) = (open(&articles), Kept::default());
    let mut judged: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for row in rows(&folder.join("qrels.tsv")) {
        if let [query, article, grade] = row.as_slice() {
            judged.entry(query.clone()).or_default().insert(article.clone(), grade.parse().unwrap_or(0.0));
        }
    }
    for file in ["queries.tsv", "queries.typo.tsv"] {
        let (mut sum, mut success, mut count, mut empty) = (0.0, 0, 0, 0);
        for row in rows(&folder.join(file)) {
            let [id, typed] = row.as_slice() else { continue };
            let Some(grades) = judged.get(id) else { continue };
            let found = search(&index, &kept, &articles, &query::parse(typed), &|_| true, 10);
            let gain = |at: usize, grade: f64| grade / libm::log2(at as f64 + 2.0);
            let grade = |hit: &crossread::search::Hit| {
                grades.get(&articles[hit.article as usize].slug).copied().unwrap_or(0.0)
            };
            let got: f64 = found.hits.iter().enumerate().map(|(at, hit)| gain(at, grade(hit))).sum();
            let mut ideal: Vec<f64> = grades.values().copied().collect();
            ideal.sort_by(|a, b| b.total_cmp(a));
            let ideal: f64 = ideal.iter().take(10).enumerate().map(|(at, &grade)| gain(at, grade)).sum();
            if ideal > 0.0 {
                sum += got / ideal;
                count += 1;
                success += u32::from(got > 0.0);
                empty += u32::from(found.hits.is_empty());
            }
        }
        let per = 1.0 / f64::from(count.max(1));
        println!(
            "  {file}: nDCG@10 {:.4}, success@10 {:.3}, {empty} of {count} queries without results",
            sum * per,
            f64::from(success) * per,
        );
    }
}

/// The articles of a folder, and its queries with their kinds.
fn folder(folder: &Path) -> (Vec<Given>, Vec<(String, String)>) {
    let lines = std::fs::read_to_string(folder.join("docs.jsonl")).unwrap_or_default();
    let queries = std::fs::read_to_string(folder.join("perfq.json")).unwrap_or_default();
    let queries: serde_json::Value = serde_json::from_str(&queries).unwrap_or_default();
    let query = |query: &serde_json::Value| {
        Some((query["kind"].as_str()?.to_owned(), query["q"].as_str()?.to_owned()))
    };
    let queries = queries.as_array().into_iter().flatten().filter_map(query).collect();
    (lines.lines().filter_map(given).collect(), queries)
}

/// The cost of so many articles, made of the beginnings and ends of those of a folder where it has too few.
fn at(path: &Path, articles: usize) {
    let (real, queries) = folder(path);
    let made = |at: usize| {
        let mut given = real[at % real.len()].clone();
        if let Some((_, id)) = given.fields.first_mut() {
            *id = at.to_string();
        }
        if at >= real.len() {
            let half = |text: &str| text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
            let other = &real[at * 7 % real.len()].text;
            given.text.truncate(half(&given.text));
            given.text.push_str(&other[half(other)..]);
        }
        given
    };
    let mut engine = saved((0..articles).map(made).collect());
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown");
    let mut times: Vec<Duration> = ask(&mut engine, &queries, false).into_values().flatten().collect();
    let [p50, p99, mean] = middle(&mut times);
    println!("    p50 {p50:.3} ms, p99 {p99:.2} ms, mean {mean:.3} ms; most memory {}", peak.trim());
}

/// Texts as nobody writes them, 20 MB each.
fn shapes() {
    let size = 20_000_000;
    let distinct: String = (0..size / 9).map(|at| format!("w{at:07} ")).collect();
    let shapes = [
        ("one line", "The talks went on. ".repeat(size / 19)),
        ("one word", "a".repeat(size)),
        ("letters and figures in turn", "a1".repeat(size / 2)),
        ("no line has more than one letter", "a\n".repeat(size / 2)),
        ("every word another", distinct),
        ("no spaces", "会谈继续".repeat(size / 12)),
    ];
    for (name, text) in shapes {
        println!("{name}");
        let mut engine = saved(vec![Given { text, fields: vec![("id", "a".to_owned())] }]);
        let queries = ["talks on", "a", "w0000001", "继续"].map(|query| (String::new(), query.to_owned()));
        for details in [false, true] {
            let slowest =
                ask(&mut engine, &queries, details).into_values().flatten().max().unwrap_or_default();
            println!("    slowest query {:.1} ms", slowest.as_secs_f64() * 1e3);
        }
    }
}

fn speed(path: &Path, name: &str) {
    println!("{name}");
    let (given, queries) = folder(path);
    let mut engine = saved(given);
    for details in [false, true] {
        let mut times = ask(&mut engine, &queries, details);
        let all = times.values().flatten().copied().collect();
        times.insert(if details { "all, with snippets".to_owned() } else { "all".to_owned() }, all);
        for (kind, times) in times.iter_mut().filter(|(kind, _)| !details || kind.starts_with("all")) {
            let [p50, p99, mean] = middle(times);
            println!(
                "  {kind}: p50 {p50:.3} ms, p99 {p99:.2} ms, mean {mean:.3} ms, {} queries",
                times.len()
            );
        }
    }
}

/// An article as a program hands it in.
fn given(line: &str) -> Option<Given> {
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    let field = |name: &'static str| value.get(name)?.as_str().map(str::to_owned);
    let known = ["id", "title"].into_iter().filter_map(|name| Some((name, field(name)?)));
    Some(Given { text: field("text")?, fields: known.collect() })
}

/// Articles indexed, saved, and opened again, as the ES module does it.
fn saved(given: Vec<Given>) -> Engine {
    let text: usize =
        given.iter().map(|g| g.text.len() + g.fields.iter().skip(1).map(|f| f.1.len()).sum::<usize>()).sum();
    let articles = given.len();
    let start = Instant::now();
    let (engine, _) = Engine::of(given);
    let built = start.elapsed();
    let start = Instant::now();
    let bytes = engine.to_bytes();
    let packed = start.elapsed();
    let per = |size: u64| size as f64 / text as f64;
    drop(engine);
    let size = bytes.len() as u64;
    let start = Instant::now();
    let engine = Engine::open_lazily(bytes).unwrap_or_else(|damage| panic!("{damage}"));
    let opened = start.elapsed();
    let sections: Vec<String> =
        engine.sizes().iter().map(|(name, size)| format!("{name} {:.3}", per(*size))).collect();
    println!(
        "  {articles} articles, {:.1} MB: file {:.3} of the text ({}); built in {:.2} s, packed in {:.2}, opened in {:.1} ms",
        text as f64 / 1e6,
        per(size),
        sections.join(", "),
        built.as_secs_f64(),
        packed.as_secs_f64(),
        opened.as_secs_f64() * 1e3,
    );
    engine
}

/// Of each query the least time of five runs, by kind.
fn ask(engine: &mut Engine, queries: &[(String, String)], details: bool) -> BTreeMap<String, Vec<Duration>> {
    let mut times: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
    for (kind, typed) in queries {
        let run = || {
            let request = Request::Rank { query: typed.clone(), limit: 10, details };
            let start = Instant::now();
            std::hint::black_box(engine.answer(request));
            start.elapsed()
        };
        times.entry(kind.clone()).or_default().extend(std::iter::repeat_with(run).take(5).min());
    }
    times
}

/// Median, 99th of a hundred, and mean, in milliseconds.
fn middle(times: &mut [Duration]) -> [f64; 3] {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    [at(0.5), at(0.99), times.iter().sum::<Duration>().as_secs_f64() * 1e3 / times.len() as f64]
}
