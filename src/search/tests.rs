//! The tests of search: cases in a notation, and a reference that reads every word.
//!
//! Invariant: the cases are data; a result is written as `article: marked pieces`, best first.

use super::*;
use crate::article::{Article, Block, BlockKind, Meta};
use crate::index::Index;
use crate::query::parse;
use crate::text::{self, Span};
use std::fmt::Write;
use std::sync::Arc;

/// An article of paragraphs parted by line breaks; `# ` begins a title.
fn article(source: &str, language: Option<&str>) -> Article {
    let (title, text) = match source.strip_prefix("# ").and_then(|rest| rest.split_once('\n')) {
        Some((title, text)) => (title, text),
        None => ("", source),
    };
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        let inside = |s: Span| Span { start: s.start + span.start, end: s.end + span.start };
        let sentences = text::sentences(span.of(text)).into_iter().map(inside).collect();
        blocks.push(Block { kind: BlockKind::Paragraph, span, sentences, number: None });
        start += line.len();
    }
    let meta = Meta {
        title: title.to_owned(),
        title_given: !title.is_empty(),
        language: language.map(str::to_owned),
        ..Meta::default()
    };
    Article { slug: String::new(), meta, text: text.to_owned(), blocks }
}

fn corpus(sources: &[&str]) -> (Index, Vec<Article>) {
    let articles: Vec<Article> = sources.iter().map(|source| article(source, Some("en"))).collect();
    (Index::open(Arc::from(Index::build(&articles))).unwrap(), articles)
}

/// The results as text: `0: direct|talks (word form: directly)`, a line an article; `~` where it has not all words.
fn show(index: &Index, articles: &[Article], query: &str) -> String {
    let query = parse(query);
    let matcher = Matcher::new(index, &query);
    let mut out = String::new();
    for hit in search(index, articles, &query, &|_| true, 10).hits {
        let article = &articles[hit.article as usize];
        let marks = matcher.marks(hit.article, article);
        let tally = matcher.tally(hit.article);
        let passages = matcher.passages(article, &marks);
        assert_eq!(tally.matches as usize, marks.len());
        assert_eq!(tally.passages as usize, passages.len());
        assert!(marks.is_sorted_by(|a, b| a.span.end <= b.span.start));
        assert_eq!(passages.iter().map(|passage| passage.marks.len()).sum::<usize>(), marks.len());
        let mut pieces: Vec<String> = matcher
            .title_marks(hit.article, article)
            .iter()
            .map(|mark| format!("#{}", mark.span.of(&article.meta.title)))
            .collect();
        for mark in &marks {
            let why =
                mark.why(&article.text).map(|why| format!(" ({})", why.split(':').next().unwrap_or("")));
            pieces.push(format!("{}{}", mark.span.of(&article.text), why.unwrap_or_default()));
        }
        let _ = writeln!(out, "{}{}: {}", if hit.complete { "" } else { "~" }, hit.article, pieces.join("|"));
    }
    out.trim_end().to_owned()
}

const NEWS: &[&str] = &[
    "Officials hinted at direct talks. The indirect talks went on.\nThe café in Tehran was full; Iran's minister smiled.",
    "# Talks concluded\nThe White House spoke directly with Iranian envoys. U.S.-Iran talks, it said, were direct.",
    "# Weather\nRain in Spain. The minister of rain is unknown. Talk is cheap.",
];

fn check(query: &str, expected: &str) {
    let (index, articles) = corpus(NEWS);
    assert_eq!(show(&index, &articles, query), expected, "query: {query}");
}

#[test]
fn words() {
    check("tehran", "0: Tehran");
    check("CAFE", "0: café");
    check("direct ", "1: directly (word form)|direct\n0: direct");
    check("talks ", "1: #Talks|talks\n0: talks|talks\n2: Talk (word form)");
    check("the minister ", "2: minister\n0: minister");
    check("minister rain ", "2: Rain|minister|rain\n~0: minister");
    check("zzzz", "");
    check("", "");
}

#[test]
fn phrases() {
    check("\"direct talks\"", "0: direct talks");
    check("“direct talks”", "0: direct talks");
    check("«Direct Talks»", "0: direct talks");
    check("„direct talks“", "0: direct talks");
    check("'direct talks'", "0: direct talks");
    check("\"talks direct\"", "");
    check("\"directly talks\"", "");
    // No phrase reaches over the end of a paragraph.
    check("\"on the café\"", "");
    check("“direct talks” minister ", "0: direct talks|minister");
    check("\"u.s. iran\"", "1: U.S.-Iran");
    // Overlapping phrases are one mark.
    check("\"white house\" \"house spoke\"", "1: White House spoke");
}

#[test]
fn leaving_out() {
    check("talks -iranian", "0: talks|talks\n2: Talk (word form)");
    check("talks -\"direct talks\"", "1: #Talks|talks\n2: Talk (word form)");
    check("-talks", "");
    check("talks -(tehran OR rain) ", "1: #Talks|talks");
}

#[test]
fn either() {
    check("tehran OR spain", "0: Tehran\n2: Spain");
    check("tehran | spain", "0: Tehran\n2: Spain");
    check("minister (tehran OR house) ", "0: Tehran|minister\n~1: House\n~2: minister");
    check("(minister rain) OR house ", "2: Rain|minister|rain\n1: House");
}

#[test]
fn prefixes_completion_and_typos() {
    check("ira*", "1: Iranian|Iran\n0: Iran");
    // Typed so far: completions stand behind the word itself.
    check("ira", "1: Iranian (begins so)|Iran (begins so)\n0: Iran (begins so)");
    check("iran", "1: Iran\n0: Iran");
    check("ira ", "");
    check("tehrna", "0: Tehran (spelling)");
    check("minsiter ", "0: minister (spelling)\n2: minister (spelling)");
    check("rian", "2: Rain (spelling)|rain (spelling)");
    check("tlk", "");
}

#[test]
fn fields() {
    check("title:talks ", "1: #Talks");
    check("title:(talks concluded) ", "1: #Talks|#concluded");
    check("source:x tehran", "0: Tehran");
}
