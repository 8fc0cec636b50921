//! The bench of search by user act: rank quality on judged collections, and time from key press to answer.
//!
//! `cargo bench --bench search [SET…]`; needs the collections of `/work/shared/data/search`, says so and stops where they
//! are not there. Never part of a test run.

use crossread::article::{Article, Block, BlockKind, Meta};
use crossread::index::Index;
use crossread::search::{Matcher, search, snippet};
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
    let index = open(&articles);
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
            let found = search(&index, &articles, &query::parse(typed), &|_| true, 10);
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

fn speed(folder: &Path, name: &str) {
    println!("{name}");
    let articles = load(folder);
    let index = open(&articles);
    let queries: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("perfq.json")).unwrap_or_default())
            .unwrap_or_default();
    let mut times: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
    for item in queries.as_array().into_iter().flatten() {
        let (Some(kind), Some(typed)) = (item["kind"].as_str(), item["q"].as_str()) else { continue };
        let start = Instant::now();
        let parsed = query::parse(typed);
        let matcher = Matcher::new(&index, &parsed);
        let found = matcher.find(&|_| true, 10);
        let ranked = start.elapsed();
        for hit in &found.hits {
            let article = &articles[hit.article as usize];
            let marks = matcher.marks(hit.article, article);
            for passage in matcher.passages(article, &marks).iter().take(3) {
                snippet(&article.text, passage.sentence, &passage.marks, 200);
            }
        }
        let shown = start.elapsed();
        for (kind, time) in [(kind, ranked), ("all, ranked", ranked), ("all, with snippets", shown)] {
            times.entry(kind.to_owned()).or_default().push(time);
        }
    }
    for (kind, mut times) in times {
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        let mean = times.iter().sum::<Duration>().as_secs_f64() * 1e3 / times.len() as f64;
        println!(
            "  {kind}: p50 {:.3} ms, p99 {:.2} ms, mean {mean:.3} ms, {} queries",
            at(0.5),
            at(0.99),
            times.len()
        );
    }
}
