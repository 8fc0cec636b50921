//! Exporting: a comparison as a file for people (Markdown), sheets (CSV) and programs (JSON); a concordance as the
//! first two.
//!
//! Invariant: a pure function of the answer: every quote as it stands in its article, in the order of A, with its
//! paragraph. A cell that a sheet would run as a formula begins with an apostrophe. Not here: handing the file to
//! the browser (`app/effects.rs`), the printed page (the style sheets).

use super::claiming;
use super::comparing::Hand;
use crate::engine::Scalars;
use crate::engine::views::{
    Accounts, ArticleRef, Compare, DifferenceKind, PairView, Relation, Results, SentenceView, Side,
};
use crate::text::Span;
use crate::text::json::escape;

/// What a comparison is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown: the differences first, each with both quotes.
    Markdown,
    /// Comma-separated values (RFC 4180): a row a pair, difference or sentence.
    Csv,
    /// JSON, as `crossread compare --json` gives it, and the words themselves.
    Json,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 3] = [Format::Markdown, Format::Csv, Format::Json];

    /// The end of a file's name, and its media type.
    pub fn kind(self) -> (&'static str, &'static str) {
        match self {
            Format::Markdown => ("md", "text/markdown;charset=utf-8"),
            Format::Csv => ("csv", "text/csv;charset=utf-8"),
            Format::Json => ("json", "application/json"),
        }
    }
}

/// A comparison as a file.
pub fn compare(view: &Compare, format: Format) -> String {
    match format {
        Format::Markdown => markdown(view),
        Format::Csv => csv(view),
        Format::Json => json(view),
    }
}

fn word(relation: Relation) -> &'static str {
    match relation {
        Relation::Differs => "differs",
        Relation::Same => "same",
        Relation::Related => "related",
    }
}

fn paragraph(side: &Side, sentence: &SentenceView) -> String {
    let number = side.blocks.get(sentence.block as usize).and_then(|block| block.number);
    number.map_or_else(|| "heading".to_owned(), |n| format!("¶ {n}"))
}

/// The sentences that one side alone has.
fn only(side: &Side) -> impl Iterator<Item = &SentenceView> {
    side.sentences.iter().filter(|sentence| sentence.only_here)
}

/// Line breaks and runs of blanks as one blank.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

// Markdown.

/// Text in one line, with the characters escaped that Markdown would take for its own.
fn plain(text: &str) -> String {
    escaped(&one_line(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if "\\`*_[]<>#|".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn markdown(view: &Compare) -> String {
    let mut out = String::from("# Comparison\n\n");
    for (letter, side) in [("A", &view.a), ("B", &view.b)] {
        out += &format!("- **{letter}** {}\n", described(&side.article));
    }
    let counts = &view.counts;
    out += &format!(
        "\n{} passages correspond, {} differences, {} sentences only in A, {} only in B, {} moved.\n",
        counts.pairs, counts.differences, counts.only_a, counts.only_b, counts.moved
    );
    if !view.differences.is_empty() {
        out += "\n## Differences\n";
    }
    for (number, d) in (1..).zip(&view.differences) {
        out += &format!("\n### {number}. {}: {}\n", capital(d.kind.label()), plain(&d.note));
        for (letter, hand, words) in [("A", Hand::A, d.a), ("B", Hand::B, d.b)] {
            quote(&mut out, letter, hand, view, d.pair, &[words]);
        }
    }
    let agree = |pair: &&PairView| pair.differences.is_empty();
    if view.pairs.iter().any(|pair| agree(&pair)) {
        out += "\n## Passages that correspond\n";
    }
    for (index, pair) in (0..).zip(&view.pairs).filter(|(_, pair)| agree(pair)) {
        out += &format!("\n{}{}:\n", capital(word(pair.relation)), if pair.moved { ", moved" } else { "" });
        for (letter, hand) in [("A", Hand::A), ("B", Hand::B)] {
            quote(&mut out, letter, hand, view, index, &[]);
        }
    }
    for (letter, side) in [("A", &view.a), ("B", &view.b)] {
        if only(side).next().is_some() {
            out += &format!("\n## Only in {letter}\n{}", if side.topics.len() > 1 { "" } else { "\n" });
        }
        for topic in &side.topics {
            if side.topics.len() > 1 {
                out += &format!("\n### {}\n\n", plain(&side.title(topic)));
            }
            for sentence in topic.sentences.iter().filter_map(|at| side.sentences.get(*at as usize)) {
                out += &format!("- {}: {}\n", paragraph(side, sentence), plain(sentence.span.of(&side.text)));
            }
        }
    }
    out
}

/// A sentence with these words of it in bold.
fn quote(out: &mut String, letter: &str, hand: Hand, view: &Compare, pair: u32, words: &[Span]) {
    let side = hand.side(view);
    let Some(sentence) = hand.sentence(view, pair) else { return };
    let mut at = sentence.span.start;
    let mut text = String::new();
    let piece = |from: u32, to: u32| escaped(side.text.get(from as usize..to as usize).unwrap_or(""));
    for span in words.iter().filter(|span| sentence.span.contains(**span) && span.start < span.end) {
        text += &format!("{}**{}**", piece(at, span.start), piece(span.start, span.end));
        at = span.end;
    }
    text += &piece(at, sentence.span.end);
    *out += &format!("\n> **{letter}** {}: {}\n", paragraph(side, sentence), text.trim());
}

/// A title with where it is from.
fn described(article: &ArticleRef) -> String {
    let mut out = plain(&article.title);
    for part in [&article.source, &article.date].into_iter().flatten() {
        out += &format!(", {}", plain(part));
    }
    // In angle brackets nothing of an address is Markdown.
    if let Some(url) = article.url.as_ref().filter(|url| !url.contains(['<', '>', ' ', '\n'])) {
        out += &format!(", <{url}>");
    }
    out
}

/// A word of ours with a capital.
fn capital(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

// CSV.

/// A row; cells are quoted, and none is a formula.
fn row(out: &mut String, cells: &[&str]) {
    for (i, cell) in cells.iter().enumerate() {
        out.push_str(if i == 0 { "\"" } else { ",\"" });
        // What sheets run: OWASP, "CSV Injection".
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
            out.push('\'');
        }
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

fn csv(view: &Compare) -> String {
    let mut out = String::new();
    row(&mut out, &["what", "kind", "note", "words in A", "words in B", "¶ A", "A", "¶ B", "B"]);
    let mut pair_row = |pair: &PairView, kind: &str, note: &str, words: [Span; 2]| {
        let sentence = |side: &Side, at: u32, words: Span| {
            let sentence = side.sentences.get(at as usize);
            let number = sentence.map_or_else(String::new, |s| paragraph(side, s));
            let quote = sentence.map_or("", |s| s.span.of(&side.text)).to_owned();
            (number, quote, words.of(&side.text).to_owned())
        };
        let a = sentence(&view.a, pair.a, words[0]);
        let b = sentence(&view.b, pair.b, words[1]);
        row(&mut out, &[word(pair.relation), kind, note, &a.2, &b.2, &a.0, &a.1, &b.0, &b.1]);
    };
    for pair in &view.pairs {
        let differences: Vec<_> =
            pair.differences.iter().filter_map(|d| view.differences.get(*d as usize)).collect();
        for d in &differences {
            pair_row(pair, d.kind.label(), &d.note, [d.a, d.b]);
        }
        if differences.is_empty() {
            pair_row(pair, "", if pair.moved { "moved" } else { "" }, [Span::default(); 2]);
        }
    }
    for sentence in only(&view.a) {
        let (number, quote) = (paragraph(&view.a, sentence), sentence.span.of(&view.a.text));
        row(&mut out, &["only in A", "", "", "", "", &number, quote, "", ""]);
    }
    for sentence in only(&view.b) {
        let (number, quote) = (paragraph(&view.b, sentence), sentence.span.of(&view.b.text));
        row(&mut out, &["only in B", "", "", "", "", "", "", &number, quote]);
    }
    out
}

/// The claims of several articles as a sheet: a row a claim, a column an article.
pub fn accounts(view: &Accounts) -> String {
    let mut out = String::new();
    let mut head = vec!["differs in".to_owned(), "independent".to_owned()];
    for account in &view.articles {
        let article = &account.article;
        let from = article.source.as_ref().map_or_else(String::new, |source| format!("{source}: "));
        head.push(format!("{from}{}", article.title));
    }
    row(&mut out, &head.iter().map(String::as_str).collect::<Vec<_>>());
    for claim in &view.claims {
        let mut kinds: Vec<&str> =
            claim.disagreements.iter().map(|d| DifferenceKind::label(d.kind)).collect();
        kinds.dedup();
        let (kinds, independent) = (kinds.join(", "), claim.independent.to_string());
        let mut cells = vec![kinds.as_str(), independent.as_str()];
        let quotes = (0..view.articles.len() as u32)
            .map(|i| claiming::telling(claim, i).map_or("", |(_, telling)| telling.quote.as_str()));
        cells.extend(quotes);
        row(&mut out, &cells);
    }
    out
}

/// A concordance: its lines as they are sorted on screen.
pub fn concordance(view: &Results, format: Format) -> String {
    let mut out = String::new();
    if format == Format::Csv {
        row(&mut out, &["article", "source", "date", "¶", "before", "match", "after"]);
    } else {
        out += &format!("# Concordance: {}\n\n", plain(&view.query));
        if (view.concordance.len() as u32) < view.matches {
            out += &format!("{} of {} matches.\n\n", view.concordance.len(), view.matches);
        }
        out += "| | before | match | after |\n|---|---:|---|---|\n";
    }
    for line in &view.concordance {
        let paragraph = line.paragraph.map_or_else(String::new, |n| n.to_string());
        // Without a source the name in addresses tells articles of one title apart.
        let (source, date) =
            (line.source.as_deref().unwrap_or(&line.slug), line.date.as_deref().unwrap_or_default());
        if format == Format::Csv {
            let cells = [&line.title, source, date, &paragraph, &line.left, &line.hit_text, &line.right];
            row(&mut out, &cells);
            continue;
        }
        out += &format!("| {}", plain(&line.title));
        for part in [source, date].iter().filter(|part| !part.is_empty()) {
            out += &format!(", {}", plain(part));
        }
        if !paragraph.is_empty() {
            out += &format!(", ¶ {paragraph}");
        }
        let [left, hit, right] = [&line.left, &line.hit_text, &line.right].map(|text| plain(text));
        out += &format!(" | {left} | **{hit}** | {right} |\n");
    }
    out
}

// JSON.

/// A key with what `value` writes.
fn field(out: &mut String, key: &str, value: impl FnOnce(&mut String)) {
    if !out.ends_with(['{', '[']) {
        out.push(',');
    }
    escape(out, key);
    out.push(':');
    value(out);
}

fn text_field(out: &mut String, key: &str, value: &str) {
    field(out, key, |out| escape(out, value));
}

/// A span in Unicode scalar values.
fn span_field(out: &mut String, key: &str, span: [u32; 2]) {
    field(out, key, |out| *out += &format!("[{},{}]", span[0], span[1]));
}

/// A list, an entry a line.
fn list<T>(out: &mut String, items: impl Iterator<Item = T>, mut item: impl FnMut(&mut String, T)) {
    out.push('[');
    for (i, it) in items.enumerate() {
        out.push_str(if i > 0 { ",\n{" } else { "\n{" });
        item(out, it);
        out.push('}');
    }
    out.push(']');
}

fn json(view: &Compare) -> String {
    let (mut in_a, mut in_b) = (Scalars::new(&view.a.text), Scalars::new(&view.b.text));
    let mut out = String::from("{");
    for (key, article) in [("a", &view.a.article), ("b", &view.b.article)] {
        field(&mut out, key, |out| {
            out.push('{');
            text_field(out, "id", &article.slug);
            text_field(out, "title", &article.title);
            let rest = [("source", &article.source), ("date", &article.date), ("url", &article.url)];
            for (key, value) in rest {
                value.iter().for_each(|value| text_field(out, key, value));
            }
            out.push('}');
        });
    }
    let sentence = |side: &Side, at: u32| side.sentences.get(at as usize).map_or(Span::default(), |s| s.span);
    field(&mut out, "pairs", |out| {
        list(out, view.pairs.iter(), |out, pair| {
            let spans = [sentence(&view.a, pair.a), sentence(&view.b, pair.b)];
            both(out, view, spans, &mut in_a, &mut in_b);
            text_field(out, "relation", if pair.relation == Relation::Related { "related" } else { "same" });
            let hundredths = (pair.score.clamp(0.0, 1.0) * 100.0 + 0.5) as u32;
            field(out, "score", |out| *out += &format!("{}.{:02}", hundredths / 100, hundredths % 100));
            field(out, "moved", |out| *out += if pair.moved { "true" } else { "false" });
            field(out, "differences", |out| {
                let found = pair.differences.iter().filter_map(|d| view.differences.get(*d as usize));
                list(out, found, |out, d| {
                    text_field(out, "kind", d.kind.label());
                    text_field(out, "note", &d.note);
                    both(out, view, [d.a, d.b], &mut in_a, &mut in_b);
                });
            });
            if !pair.changes.is_empty() {
                field(out, "changes", |out| {
                    list(out, pair.changes.iter(), |out, change| {
                        both(out, view, [change.a, change.b], &mut in_a, &mut in_b);
                        field(out, "small", |out| *out += if change.small { "true" } else { "false" });
                    });
                });
            }
        });
    });
    for (key, side, scalars) in [("only_a", &view.a, &mut in_a), ("only_b", &view.b, &mut in_b)] {
        field(&mut out, key, |out| {
            list(out, only(side), |out, sentence| {
                span_field(out, "at", scalars.span(sentence.span));
                text_field(out, "text", sentence.span.of(&side.text));
            });
        });
    }
    out.push_str("}\n");
    out
}

/// Spans of both sides with their words.
fn both(out: &mut String, view: &Compare, spans: [Span; 2], in_a: &mut Scalars, in_b: &mut Scalars) {
    span_field(out, "a", in_a.span(spans[0]));
    text_field(out, "a_text", spans[0].of(&view.a.text));
    span_field(out, "b", in_b.span(spans[1]));
    text_field(out, "b_text", spans[1].of(&view.b.text));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::views::{Line, Topic};
    use crate::engine::{Answer, Engine, Request, SourceFile};
    use crate::text::json::Json;

    fn view() -> Compare {
        let file = |name: &str, text: &str| SourceFile { name: name.into(), bytes: text.into() };
        let a = "# The *storm*\n\nThe storm killed 12 people in Lyon on Monday.\n\n=SUM(A1) is what the café charges.";
        let b = "The storm killed 14 people in Lyon on Monday.\n\nSchools stay closed, “for days”.";
        let mut engine = Engine::build(vec![file("a.md", a), file("b.txt", b)], None).0;
        let slugs = engine.slugs();
        match engine.answer(Request::Compare { a: slugs[0].clone(), b: slugs[1].clone() }).answer {
            Answer::Compare(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn markdown_quotes_both() {
        let text = compare(&view(), Format::Markdown);
        for part in [
            "### 1. Figure",
            "> **A** ¶ 1: The storm killed **12** people in Lyon on Monday.",
            "> **B** ¶ 1: The storm killed **14** people in Lyon on Monday.",
            "## Only in B\n\n- ¶ 2: Schools stay closed, “for days”.",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert_eq!(plain("a *b* [c](d)\n<e>"), "a \\*b\\* \\[c\\](d) \\<e\\>");
        // Where what only one says is about more than one thing, each has its name.
        let mut view = view();
        let (title, other) = (view.b.sentences[1].span, view.b.sentences[0].span);
        view.b.topics = [(title, 1), (other, 0)]
            .map(|(span, at)| Topic {
                title: vec![Span { end: span.start + 7, ..span }],
                sentences: vec![at],
            })
            .to_vec();
        let text = compare(&view, Format::Markdown);
        assert!(text.contains(
            "## Only in B\n\n### Schools\n\n- ¶ 2: Schools stay closed, “for days”.\n\n### The sto"
        ));
    }

    #[test]
    fn no_cell_is_a_formula() {
        let text = compare(&view(), Format::Csv);
        assert!(text.contains("\"'=SUM(A1) is what the café charges.\""), "{text}");
        let mut out = String::new();
        row(&mut out, &["a \"b\"", "@x", "-1", "c\nd"]);
        assert_eq!(out, "\"a \"\"b\"\"\",\"'@x\",\"'-1\",\"c\nd\"\r\n");
    }

    #[test]
    fn json_is_read_back() {
        let view = view();
        let text = compare(&view, Format::Json);
        let read = Json::parse(&text).unwrap_or_else(|at| panic!("{}", &text[at..]));
        let Some(Json::List(pairs)) = read.get("pairs") else { panic!("{text}") };
        assert_eq!(pairs.len(), view.pairs.len());
        let differences = pairs.iter().filter_map(|pair| pair.get("differences"));
        let count: usize = differences.map(|d| if let Json::List(all) = d { all.len() } else { 0 }).sum();
        assert_eq!((count, view.differences.len()), (1, 1));
    }

    #[test]
    fn a_concordance_is_written_as_it_is_sorted() {
        let line = |left: &str, title: &str| Line {
            left: left.into(),
            hit_text: "=talks".into(),
            right: "went | on".into(),
            title: title.into(),
            source: Some("A *paper*".into()),
            paragraph: Some(2),
            ..Line::default()
        };
        let unsigned = Line { slug: "a-2".into(), source: None, ..line("no", "A") };
        let lines = vec![line("direct", "Z"), line("indirect", "A"), unsigned];
        let view = Results { query: "talks".into(), concordance: lines, matches: 4, ..Results::default() };
        assert_eq!(
            concordance(&view, Format::Csv),
            "\"article\",\"source\",\"date\",\"¶\",\"before\",\"match\",\"after\"\r\n\
             \"Z\",\"A *paper*\",\"\",\"2\",\"direct\",\"'=talks\",\"went | on\"\r\n\
             \"A\",\"A *paper*\",\"\",\"2\",\"indirect\",\"'=talks\",\"went | on\"\r\n\
             \"A\",\"a-2\",\"\",\"2\",\"no\",\"'=talks\",\"went | on\"\r\n"
        );
        let text = concordance(&view, Format::Markdown);
        assert!(text.starts_with("# Concordance: talks\n\n3 of 4 matches.\n\n"), "{text}");
        assert!(text.contains("\n| Z, A \\*paper\\*, ¶ 2 | direct | **=talks** | went \\| on |\n"), "{text}");
    }

    #[test]
    fn an_empty_comparison_is_written() {
        for format in Format::ALL {
            assert!(!compare(&Compare::default(), format).is_empty());
        }
        assert_eq!(accounts(&Accounts::default()), "\"differs in\",\"independent\"\r\n");
    }
}
