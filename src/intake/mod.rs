//! Intake: files become articles, and every file is told what became of it.
//!
//! Invariant: total. A file that cannot be read is named with the reason and the others go on; text is taken as
//! it stands. Not here: reading a disk or a drop (the doors do), Crossread's own file (see `bundle`).

mod decode;
mod json;
mod markdown;
mod record;
mod sidecar;
mod table;

use crate::article::Article;
use record::Record;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of the file that says what is known about the text files beside it.
pub const SIDECAR: &str = "articles.toml";

/// The largest file that is taken in, in bytes.
pub const LARGEST: usize = 64 << 20;

/// A file to read.
#[derive(Clone, Debug)]
pub struct File {
    /// Path or name, folders parted by `/`.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Something wrong with what was given: what happened, where, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// Line from 1, where it has one.
    pub line: Option<u32>,
    /// What happened and what to do, a sentence a reader understands.
    pub message: String,
}

/// What became of a file.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Its name as given.
    pub file: String,
    /// Indices into [`Intake::articles`].
    pub added: Vec<usize>,
    /// What was wrong, whether or not something was taken in.
    pub problems: Vec<Problem>,
}

/// What files came to.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// The articles, in the order of the files.
    pub articles: Vec<Article>,
    /// One outcome a file, in order.
    pub outcomes: Vec<Outcome>,
    /// The title of the whole, where a sidecar gives one.
    pub title: Option<String>,
}

/// An article that a program hands in.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The text.
    pub text: String,
    /// What is known about it, by key: `id`, `title`, `date` …
    pub fields: Vec<(&'static str, String)>,
}

/// Takes in articles that a program hands in, in their order.
pub fn given(articles: Vec<Given>) -> Intake {
    let mut intake = Intake::default();
    let mut slugs = BTreeMap::new();
    let mut outcome = Outcome::default();
    for (line, given) in (1..).zip(articles) {
        let field =
            |(key, value): (&str, String)| record::Field { key: key.to_owned(), value, ..Default::default() };
        let fields = given.fields.into_iter().map(field).collect();
        let record = Record { fields, text: given.text, line: Some(line), ..Record::default() };
        intake.articles.extend(record.article("", &mut slugs, &mut outcome.problems));
    }
    intake.outcomes.push(outcome);
    intake
}

/// Takes in files, in their order. A sidecar (`articles.toml`) speaks for the files in its own folder.
pub fn take_in(files: &[File]) -> Intake {
    let mut intake = Intake::default();
    let mut sidecars = sidecar::Sidecars::read(files);
    intake.title = sidecars.title();
    let mut slugs = BTreeMap::new();
    for file in files {
        let mut outcome = Outcome { file: file.name.clone(), ..Outcome::default() };
        if base(&file.name) == SIDECAR {
            outcome.problems = sidecars.problems(&file.name);
        } else {
            for mut record in records(file, &mut outcome.problems) {
                if let Some(known) = sidecars.of(&file.name) {
                    record.add(known);
                }
                match record.article(&file.name, &mut slugs, &mut outcome.problems) {
                    Some(article) => {
                        outcome.added.push(intake.articles.len());
                        intake.articles.push(article);
                    }
                    None => continue,
                }
            }
        }
        intake.outcomes.push(outcome);
    }
    intake
}

/// The records of one file, by what it holds more than by what it is called.
fn records(file: &File, problems: &mut Vec<Problem>) -> Vec<Record> {
    if file.bytes.len() > LARGEST {
        let message =
            format!("not taken in: it is larger than {} MB; split it into smaller files", LARGEST >> 20);
        problems.push(problem(&file.name, None, message));
        return Vec::new();
    }
    if let Some(format) = decode::foreign(&file.bytes) {
        problems.push(refused(&file.name, format));
        return Vec::new();
    }
    let text = decode::decode(&file.name, &file.bytes, problems);
    let extension = base(&file.name).rsplit_once('.').map_or(String::new(), |(_, e)| e.to_lowercase());
    if let Some(format) = decode::markup(&text, &extension) {
        problems.push(refused(&file.name, format));
        return Vec::new();
    }
    match extension.as_str() {
        "json" | "jsonl" | "ndjson" => json::records(&file.name, &text, problems),
        "md" | "markdown" => vec![markdown::record(&file.name, &text, problems)],
        "csv" | "tsv" => table::records(&file.name, &text, problems),
        _ if json::looks_like(&text) => json::records(&file.name, &text, problems),
        _ if markdown::front_matter(&text).is_some() => vec![markdown::record(&file.name, &text, problems)],
        _ => vec![Record::plain(text)],
    }
}

fn refused(file: &str, format: &str) -> Problem {
    let message = format!(
        "not taken in: this is {format}, which Crossread does not read yet; save it as text or Markdown"
    );
    problem(file, None, message)
}

/// The name of a file without its folders.
fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The folder of a file, with its slash; empty where there is none.
fn folder(name: &str) -> &str {
    name.strip_suffix(base(name)).unwrap_or("")
}

fn problem(file: &str, line: Option<u32>, message: impl Into<String>) -> Problem {
    Problem { file: file.to_owned(), line, message: message.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BODY: &str = "The talks ended on Monday, both sides said, after two days in a hotel by the lake.";

    fn take(files: &[(&str, &str)]) -> Intake {
        let files: Vec<File> = files
            .iter()
            .map(|(name, text)| File { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() })
            .collect();
        take_in(&files)
    }

    /// `slug | title | source | date` a line, then the problems.
    fn check(files: &[(&str, &str)], articles: &[&str], problems: &[&str]) {
        let intake = take(files);
        let found: Vec<String> = intake
            .articles
            .iter()
            .map(|a| {
                let or = |x: &Option<String>| x.clone().unwrap_or("-".to_owned());
                format!("{} | {} | {} | {}", a.slug, a.meta.title, or(&a.meta.source), or(&a.meta.date))
            })
            .collect();
        assert_eq!(found, articles);
        let said: Vec<String> = intake
            .outcomes
            .iter()
            .flat_map(|o| &o.problems)
            .map(|p| {
                format!("{}:{}: {}", p.file, p.line.map_or("-".to_owned(), |l| l.to_string()), p.message)
            })
            .collect();
        assert_eq!(said.len(), problems.len(), "{said:#?}");
        for (said, expected) in said.iter().zip(problems) {
            assert!(said.starts_with(expected), "{said} instead of {expected}");
        }
    }

    #[test]
    fn plain_text_with_and_without_a_sidecar() {
        check(
            &[("a.txt", BODY)],
            &[
                "a | The talks ended on Monday, both sides said, after two days in a hotel by the lake… | - | -",
            ],
            &[],
        );
        let sidecar = "title = 'All'\n[[article]]\nfile = 'a.txt'\ntitle = 'Talks end'\nsource = 'Wire'\ndate = '2025-04-12'\n";
        check(
            &[("x/a.txt", BODY), ("x/articles.toml", sidecar)],
            &["talks-end | Talks end | Wire | 2025-04-12"],
            &[],
        );
        assert_eq!(take(&[("x/a.txt", BODY), ("x/articles.toml", sidecar)]).title.as_deref(), Some("All"));
        check(
            &[("a.txt", BODY), ("articles.toml", "[[article]]\nfile = 'b.txt'\n")],
            &[
                "a | The talks ended on Monday, both sides said, after two days in a hotel by the lake… | - | -",
            ],
            &["articles.toml:2: "],
        );
        check(
            &[("a.txt", BODY), ("articles.toml", "[[article]\n")],
            &[
                "a | The talks ended on Monday, both sides said, after two days in a hotel by the lake… | - | -",
            ],
            &["articles.toml:1: "],
        );
    }

    #[test]
    fn markup_is_refused_by_name() {
        let page = format!("\n<!DOCTYPE html>\n<p>{BODY}</p>");
        let reason = |name: &str, what: &str| format!("{name}:-: not taken in: this is {what}, which");
        check(&[("a.html", BODY)], &[], &[&reason("a.html", "a web page (HTML)")]);
        check(&[("a.txt", &page)], &[], &[&reason("a.txt", "a web page (HTML)")]);
        check(&[("a.rss", "<?xml version='1.0'?><rss/>")], &[], &[&reason("a.rss", "an XML file")]);
        let text = format!("<html> is how a page begins. {BODY}");
        assert_eq!(take(&[("a.md", &text)]).articles.len(), 1);
    }

    #[test]
    fn what_is_no_text_is_refused_by_name_and_utf_16_needs_no_mark() {
        check(&[("a.eml", BODY)], &[], &["a.eml:-: not taken in: this is e-mail, which"]);
        let title = "The talks ended on Monday, both sides said, after two days in a hotel by the lake…";
        for (mark, big) in [("", true), ("", false), ("\u{feff}", true), ("\u{feff}", false)] {
            let units = mark.encode_utf16().chain(BODY.encode_utf16());
            let bytes =
                units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
            let intake = take_in(&[File { name: "a.txt".to_owned(), bytes }]);
            assert_eq!(intake.articles.first().map(|a| a.meta.title.as_str()), Some(title), "{mark:?} {big}");
            assert_eq!(intake.articles[0].text, BODY);
        }
        check(&[("a.txt", "Some text\0and more.")], &[], &["a.txt:-: not taken in: this is a binary file"]);
        let wrong = r#"{"title": "A", "content": "B"}"#;
        check(
            &[("a.json", wrong)],
            &[],
            &["a.json:-: not taken in: it has no “text”, only content, title; call"],
        );
    }

    #[test]
    fn markdown_with_front_matter() {
        let text = format!(
            "---\ntitle: \"Talks: an end\"\nsource: Wire\ndate: 2025-04-12\nauthor: [A, B]\n---\n\n# Talks\n\n{BODY} <script>x</script>\n\n- one\n- two\n"
        );
        check(&[("a.md", &text)], &["talks-an-end | Talks: an end | Wire | 2025-04-12"], &[]);
        let article = &take(&[("a.md", &text)]).articles[0];
        assert_eq!(article.meta.author.as_deref(), Some("A, B"));
        assert!(!article.text.contains('<'), "{}", article.text);
        assert_eq!(article.blocks.len(), 4, "{:?}", article.blocks);
        check(&[("a.md", &format!("# Talks end\n\n{BODY}"))], &["talks-end | Talks end | - | -"], &[]);
        check(
            &[("a.md", &format!("---\ndate: 2025-13-40\n---\n{BODY}"))],
            &[
                "a | The talks ended on Monday, both sides said, after two days in a hotel by the lake… | - | -",
            ],
            &["a.md:2: "],
        );
        check(
            &[("a.md", &format!("---\ntitle: [\n---\n{BODY}"))],
            &[
                "a | The talks ended on Monday, both sides said, after two days in a hotel by the lake… | - | -",
            ],
            &["a.md:"],
        );
    }

    #[test]
    fn a_title_turns_no_words_around() {
        let text = format!("---\ntitle: \"Annex \\u202Egnp.exe\"\nsource: \u{202a}Wire\n---\n{BODY}");
        check(&[("a.md", &text)], &["annex-gnp-exe | Annex \u{fffd}gnp.exe | \u{fffd}Wire | -"], &[]);
    }

    #[test]
    fn hostile_markdown() {
        let text = |body: &str| take(&[("a.md", body)]).articles.first().map(|a| a.text.clone());
        let html = "<div onclick=\"x()\">\n<p>Kept words</p><script>var a;</script><!-- c --></div>\n\nMore.";
        assert_eq!(text(html).as_deref(), Some("Kept words\n\nMore."));
        assert_eq!(text("Use <script> here.\n\nMore.").as_deref(), Some("Use\n\nMore."));
        let deep = format!("---\n{}x\n---\n{BODY}", "- ".repeat(30_000));
        assert_eq!(take(&[("a.md", &deep)]).outcomes[0].problems.len(), 1);
    }

    #[test]
    fn json_and_lines() {
        let line = |id: &str| format!(r#"{{"id":"{id}","title":"T","text":"{BODY}","date":"2025-04-12"}}"#);
        check(
            &[("a.jsonl", &format!("{}\n{{\n\n{}", line("x"), line("x")))],
            &["x | T | - | 2025-04-12", "x-2 | T | - | 2025-04-12"],
            &["a.jsonl:2: ", "a.jsonl:4: "],
        );
        check(
            &[("a.json", &format!("[{},{}]", line("x"), line("y")))],
            &["x | T | - | 2025-04-12", "y | T | - | 2025-04-12"],
            &[],
        );
        check(
            &[("a.txt", &format!("{}\n{}\n", line("x"), line("y")))],
            &["x | T | - | 2025-04-12", "y | T | - | 2025-04-12"],
            &[],
        );
        check(&[("a.json", r#"{"title":"No text"}"#)], &[], &["a.json:"]);
        check(
            &[("a.json", &format!(r#"{{"text":"{BODY}","url":"javascript:alert(1)","title":"U"}}"#))],
            &["u | U | - | -"],
            &["a.json:"],
        );
    }

    #[test]
    fn what_is_not_text() {
        check(&[("a.txt", "")], &[], &["a.txt:-: "]);
        let file = |bytes: &[u8]| take_in(&[File { name: "a.txt".to_owned(), bytes: bytes.to_vec() }]);
        assert!(file(b"PK\x03\x04zip").articles.is_empty());
        assert!(file(b"%PDF-1.7").articles.is_empty());
        assert!(file(b"a\0b\0c\0\0\0\0\0").articles.is_empty());
        let wrong = file(b"caf\xe9 talks in the city went on");
        assert_eq!(wrong.articles[0].text, "café talks in the city went on");
        assert_eq!(wrong.outcomes[0].problems.len(), 1);
        let wide = file(b"\xff\xfeH\0i\0 \0y\0o\0u\0");
        assert_eq!(wide.articles[0].text, "Hi you");
    }

    proptest! {
        #[test]
        fn total(name in "[a-c]{1,2}\\.(txt|md|json|jsonl|toml)", bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,200}") {
            for bytes in [bytes, text.into_bytes()] {
                let intake = take_in(&[File { name: name.clone(), bytes: bytes.clone() }, File { name: SIDECAR.to_owned(), bytes }]);
                prop_assert_eq!(intake.outcomes.len(), 2);
                for article in &intake.articles {
                    for block in &article.blocks {
                        prop_assert!(article.text.get(block.span.range()).is_some());
                    }
                }
            }
        }
    }
}
