//! A record: what a file says about one article before it is checked, and how it becomes an [`Article`].
//!
//! Invariant: what is not understood becomes a problem that names file and line, never a guess.

use super::{Problem, base, problem};
use crate::article::{Article, Block, Meta, plain};
use crate::text;
use std::collections::BTreeMap;

/// A derived title has at most this many characters.
const TITLE_CHARS: usize = 90;
/// A given name that is longer becomes a slug.
const NAME_BYTES: usize = 200;
/// A slug has at most this many bytes.
const SLUG_BYTES: usize = 60;

/// One thing said about an article.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    /// In lower case, as in front matter: `title`, `source` …
    pub key: String,
    /// As given.
    pub value: String,
    /// Where, in the file that says it.
    pub line: Option<u32>,
    /// The file that says it; `None` for the article's own.
    pub file: Option<String>,
}

/// What a file says about one article.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// What is said; the first of a key counts.
    pub fields: Vec<Field>,
    /// The text.
    pub text: String,
    /// Blocks, where the format tells; else they are found in the text.
    pub blocks: Option<Vec<Block>>,
    /// A heading that opens the text and serves as a title where none is given.
    pub heading: Option<String>,
    /// Line of the record in its file, from 1.
    pub line: Option<u32>,
}

impl Record {
    /// A plain text of which nothing is known.
    pub fn plain(text: String) -> Record {
        Record { text, ..Record::default() }
    }

    /// Adds what another file says; what the article says itself counts first.
    pub fn add(&mut self, fields: &[Field]) {
        self.fields.extend(fields.iter().cloned());
    }

    fn field(&self, keys: &[&str]) -> Option<&Field> {
        self.fields.iter().find(|f| keys.contains(&f.key.as_str()) && !f.value.trim().is_empty())
    }

    fn value(&self, keys: &[&str]) -> Option<String> {
        self.field(keys).map(|f| one_line(&f.value))
    }

    /// The article, with a slug that is not among `slugs`; `None`, and a problem, where there is no text.
    pub fn article(
        self,
        file: &str,
        slugs: &mut BTreeMap<String, u32>,
        problems: &mut Vec<Problem>,
    ) -> Option<Article> {
        if self.text.trim().is_empty() {
            problems.push(problem(file, self.line, "not taken in: it has no text"));
            return None;
        }
        let said = |f: &Field, message: String| {
            problem(f.file.as_deref().unwrap_or(file), f.line.or(self.line), message)
        };
        let mut date = None;
        if let Some(field) = self.field(&["date", "published"]) {
            date = civil(&field.value);
            if date.is_none() {
                let message = format!(
                    "the date “{}” is not a day like 2025-04-12; the article is taken in without it",
                    one_line(&field.value)
                );
                problems.push(said(field, message));
            }
        }
        let mut url = None;
        if let Some(field) = self.field(&["url", "link"]) {
            let value = field.value.trim();
            let web = ["http://", "https://"]
                .iter()
                .any(|s| value.get(..s.len()).is_some_and(|v| v.eq_ignore_ascii_case(s)));
            url = (web && !value.contains(|c: char| c.is_whitespace() || c.is_control()))
                .then(|| value.to_owned());
            if url.is_none() {
                problems.push(said(
                    field,
                    format!(
                        "the address “{}” is not one of http or https; the article is taken in without it",
                        one_line(value)
                    ),
                ));
            }
        }
        let blocks = self.blocks.clone().unwrap_or_else(|| plain::blocks(&self.text));
        let given = self
            .value(&["title"])
            .or_else(|| self.heading.clone())
            .or_else(|| opening_heading(&self.text, &blocks));
        let title_given = given.is_some();
        let title = given.unwrap_or_else(|| opening(&self.text, &blocks));
        let wanted = self.value(&["slug", "id"]).map(|s| name(&s)).filter(|s| !s.is_empty());
        let stem = base(file).rsplit_once('.').map_or(base(file), |(s, _)| s);
        let fallback = if title_given { slug(&title) } else { slug(stem) };
        let mut name = wanted.clone().unwrap_or(fallback);
        if name.is_empty() {
            name = if slug(stem).is_empty() { "article".to_owned() } else { slug(stem) };
        }
        let free = unique(&name, slugs);
        if wanted.is_some() && free != name {
            let field = self.field(&["slug", "id"]).cloned().unwrap_or_default();
            problems.push(said(
                &field,
                format!("the name “{name}” is taken by another article; this one is called “{free}”"),
            ));
        }
        let language = self
            .value(&["language", "lang"])
            .map(|l| l.to_lowercase())
            .or_else(|| text::language(&self.text).map(str::to_owned));
        let meta = Meta {
            title,
            title_given,
            file: base(file).to_owned(),
            source: self.value(&["source", "outlet", "publisher"]),
            author: self.value(&["author", "authors", "byline"]),
            date,
            language,
            url,
            licence: self.value(&["licence", "license"]),
        };
        Some(Article { slug: free, meta, text: self.text, blocks })
    }
}

/// A day as ISO 8601, from a day or a moment that starts with one, or from the only day in words: "26-FEB-1987 15:32",
/// "Tue, 4 Mar 2025 10:00:00 GMT", "March 4, 2025". Which of 3/4/2025 is the month is not guessed.
fn civil(value: &str) -> Option<String> {
    let value = value.trim();
    let (day, rest) = value.split_at_checked(10).unwrap_or((value, ""));
    let moment = rest.is_empty() || rest.starts_with(['T', ' ', 't']);
    if let Some(day) = moment.then(|| day.parse::<jiff::civil::Date>().ok()).flatten() {
        return Some(day.to_string());
    }
    let words = value.replace(['-', '.'], " ");
    let mut dates =
        text::dates::dates(&words).into_iter().map(|found| found.date).filter(|date| date.day.is_some());
    match (dates.next(), dates.next()) {
        (Some(date), None) => date.iso(),
        _ => None,
    }
}

/// A heading that stands first, over the text.
fn opening_heading(text: &str, blocks: &[Block]) -> Option<String> {
    let first = blocks.first().filter(|b| b.number.is_none())?;
    Some(one_line(first.span.of(text)))
}

/// The opening words, cut where a clause or a word ends, with “…”.
fn opening(text: &str, blocks: &[Block]) -> String {
    let first = blocks.iter().find_map(|b| b.sentences.first()).map_or(text, |s| s.of(text));
    let line = one_line(first.get(..first.floor_char_boundary(4 * TITLE_CHARS)).unwrap_or(first));
    let whole = line.trim_end_matches(['.', '…']);
    if whole.chars().count() <= TITLE_CHARS {
        return format!("{whole}…");
    }
    let end = whole.char_indices().nth(TITLE_CHARS).map_or(whole.len(), |(at, _)| at);
    let head = &whole[..end];
    let clause = head.rfind([',', ';', '—', '–', ':']).filter(|at| *at > end / 2);
    let cut = clause.or_else(|| head.rfind(' ')).unwrap_or(end);
    format!("{}…", head[..cut].trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()))
}

/// White space runs become one space; what turns the order of reading around (UAX #9, overrides and embeddings) is
/// shown as U+FFFD and turns nothing: a title stands among other words.
fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace(['\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}'], "\u{fffd}")
}

/// The name that a given one makes: the same where it can stand in an address as a piece of its own, so that
/// scripts get back the ids that they gave.
fn name(given: &str) -> String {
    let given = given.trim();
    let plain =
        |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '/' | '\\' | '?' | '#' | '&' | '%');
    let dots = given.chars().all(|c| c == '.');
    if given.len() <= NAME_BYTES && !dots && given.chars().all(plain) {
        given.to_owned()
    } else {
        slug(given)
    }
}

/// A name for addresses: folded letters and digits with hyphens.
fn slug(text: &str) -> String {
    let mut out = String::new();
    for word in
        text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).filter(|w| !w.is_empty())
    {
        let folded: String = text::fold(word).chars().filter(|c| c.is_alphanumeric()).collect();
        if folded.is_empty() {
            continue;
        }
        if out.len() + folded.len() + 1 > SLUG_BYTES {
            if out.is_empty() {
                out.push_str(&folded[..folded.floor_char_boundary(SLUG_BYTES)]);
            }
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(&folded);
    }
    out
}

/// The name itself, or with the first number from 2 that makes it free; it is then taken. `taken` keeps, for each
/// name, the next number to try, so that many of one name stay cheap.
fn unique(name: &str, taken: &mut BTreeMap<String, u32>) -> String {
    let mut free = name.to_owned();
    if let Some(&first) = taken.get(name) {
        let mut next = first;
        loop {
            free = format!("{name}-{next}");
            next += 1;
            if !taken.contains_key(&free) {
                break;
            }
        }
        taken.insert(name.to_owned(), next);
    }
    taken.insert(free.clone(), 2);
    free
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn days_are_read_as_they_are_written_and_never_guessed() {
        let check =
            |value: &str, expected: Option<&str>| assert_eq!(civil(value).as_deref(), expected, "{value}");
        check("2025-03-04", Some("2025-03-04"));
        check("2025-03-04T10:00:00Z", Some("2025-03-04"));
        check("26-FEB-1987 15:01:01.79", Some("1987-02-26"));
        check("Tue, 4 Mar 2025 10:00:00 GMT", Some("2025-03-04"));
        check("March 4, 2025", Some("2025-03-04"));
        check("4 March 2025", Some("2025-03-04"));
        check("3/4/2025", None);
        check("04.03.2025", None);
        check("March 2025", None);
        check("4 March", None);
        check("31 June 2025", None);
        check("12", None);
        check("", None);
        check("4 March 2025 to 5 March 2025", None);
    }
}
