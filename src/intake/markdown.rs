//! Markdown to plain text with blocks, and the YAML front matter before it.
//!
//! Invariant: no markup reaches the text: raw HTML, images and link targets are left out, their words stay.

use super::record::{Field, Record};
use super::{Problem, problem};
use crate::article::{BlockKind, plain};
use crate::text::Span;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use saphyr::{LoadableYamlNode, Yaml};

/// The front matter and what follows it, where a text opens with one.
pub(super) fn front_matter(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"))?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// The record of a Markdown text.
pub(super) fn record(file: &str, text: &str, problems: &mut Vec<Problem>) -> Record {
    let (matter, body) = front_matter(text).map_or((None, text), |(m, b)| (Some(m), b));
    let mut said = Vec::new();
    if let Some(matter) = matter {
        match fields(matter) {
            Ok(fields) => said = fields,
            Err((line, why)) => {
                problems.push(problem(
                    file,
                    Some(line),
                    format!("the front matter is not valid YAML ({why}); the text is taken in without it"),
                ));
            }
        }
    }
    let title = said.iter().find(|f| f.key == "title").map(|f| f.value.trim().to_owned());
    Record { fields: said, ..blocks(body, title.as_deref()) }
}

/// The largest front matter that is read, in bytes.
const LARGEST_MATTER: usize = 64 << 10;
/// How many lists may open on one line of it.
const LISTS_A_LINE: usize = 32;

/// Why a front matter is not given to the YAML reader, which descends a level of the stack per nested list.
fn too_deep(matter: &str) -> Option<(u32, String)> {
    if matter.len() > LARGEST_MATTER {
        return Some((1, format!("it is larger than {} kB", LARGEST_MATTER >> 10)));
    }
    let nested = |line: &str| {
        let lists = line.split_whitespace().take_while(|w| matches!(*w, "-" | "?" | ":"));
        lists.take(LISTS_A_LINE + 1).count() > LISTS_A_LINE
    };
    let line = matter.lines().position(nested)?;
    Some((line as u32 + 2, "lists are nested too deeply".to_owned()))
}

/// The fields of a front matter; lines count from the file's first.
fn fields(matter: &str) -> Result<Vec<Field>, (u32, String)> {
    if let Some(refused) = too_deep(matter) {
        return Err(refused);
    }
    let documents =
        Yaml::load_from_str(matter).map_err(|e| (e.marker().line() as u32 + 1, e.info().to_owned()))?;
    let Some(map) = documents.first().and_then(Yaml::as_mapping) else {
        return if documents.is_empty() {
            Ok(Vec::new())
        } else {
            Err((2, "it is not a list of “key: value” lines".to_owned()))
        };
    };
    let mut fields = Vec::new();
    for (key, value) in map {
        let Some(key) = key.as_str() else { continue };
        let line =
            matter.lines().position(|l| l.trim_start().trim_start_matches(['"', '\'']).starts_with(key));
        let value = match value.as_sequence() {
            Some(items) => items.iter().filter_map(plain_value).collect::<Vec<_>>().join(", "),
            None => plain_value(value).unwrap_or_default(),
        };
        fields.push(Field { key: key.to_lowercase(), value, line: line.map(|l| l as u32 + 2), file: None });
    }
    Ok(fields)
}

fn plain_value(value: &Yaml) -> Option<String> {
    value
        .as_str()
        .map(str::to_owned)
        .or_else(|| value.as_integer().map(|n| n.to_string()))
        .or_else(|| value.as_floating_point().map(|n| n.to_string()))
        .or_else(|| value.as_bool().map(|b| b.to_string()))
}

/// Collects blocks as the events of a Markdown text go by.
#[derive(Default)]
struct Collector {
    text: String,
    blocks: Vec<(Span, BlockKind)>,
    start: usize,
    quotes: u32,
    items: u32,
    images: u32,
    code: bool,
    hidden: bool,
    html: String,
}

impl Collector {
    fn open(&mut self) {
        self.close(self.running());
        self.start = self.text.len();
    }

    fn running(&self) -> BlockKind {
        match () {
            () if self.quotes > 0 => BlockKind::Quote,
            () if self.items > 0 => BlockKind::Item,
            () => BlockKind::Paragraph,
        }
    }

    /// Ends the open block, if it has any text. A script or style that was not closed ends with it.
    fn close(&mut self, kind: BlockKind) {
        self.hidden = false;
        let from = self.start.min(self.text.len());
        let piece = &self.text[from..];
        let lead = piece.len() - piece.trim_start().len();
        let trimmed = piece.trim().len();
        if trimmed > 0 {
            self.blocks.push((Span::new(from + lead, from + lead + trimmed), kind));
            self.text.truncate(from + lead + trimmed);
            self.text.push_str("\n\n");
        }
        self.start = self.text.len();
    }
}

/// Adds the words of a block of raw HTML: what stands outside tags, comments, scripts and styles.
fn visible(html: &str, out: &mut String) {
    // An end that is not found ends the text, so that nothing is looked for twice.
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        push_words(&rest[..open], out);
        rest = &rest[open..];
        let hidden = [("<!--", "-->"), ("<script", "</script"), ("<style", "</style")]
            .iter()
            .find(|(from, _)| rest.get(..from.len()).is_some_and(|r| r.eq_ignore_ascii_case(from)));
        let end = match hidden {
            Some((_, "-->")) => rest.find("-->").map(|at| at + 3),
            Some((_, to)) => rest
                .match_indices("</")
                .map(|(at, _)| at)
                .find(|at| rest.get(*at..at + to.len()).is_some_and(|r| r.eq_ignore_ascii_case(to)))
                .and_then(|at| rest[at..].find('>').map(|end| at + end + 1)),
            None => rest.find('>').map(|at| at + 1),
        };
        let Some(end) = end else { return };
        rest = &rest[end..];
    }
    push_words(rest, out);
}

fn push_words(text: &str, out: &mut String) {
    for word in text.split_whitespace() {
        if !out.is_empty() && !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// The text and blocks of a body. Its first heading is the title, unless another `title` is given.
fn blocks(body: &str, title: Option<&str>) -> Record {
    let mut c = Collector::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(body, options) {
        match event {
            Event::Start(
                Tag::Paragraph | Tag::Heading { .. } | Tag::Table(_) | Tag::TableRow | Tag::TableHead,
            ) => c.open(),
            Event::Start(Tag::Item) => {
                c.open();
                c.items += 1;
            }
            Event::Start(Tag::BlockQuote(_)) => {
                c.open();
                c.quotes += 1;
            }
            Event::Start(Tag::CodeBlock(_)) => {
                c.open();
                c.code = true;
            }
            Event::Start(Tag::Image { .. }) => c.images += 1,
            Event::End(TagEnd::Image) => c.images = c.images.saturating_sub(1),
            Event::End(TagEnd::Paragraph | TagEnd::TableRow | TagEnd::TableHead) => c.close(c.running()),
            Event::End(TagEnd::TableCell) => c.text.push_str("  "),
            Event::End(TagEnd::Heading(level)) => c.close(BlockKind::Heading(level as u8)),
            Event::End(TagEnd::CodeBlock) => {
                c.code = false;
                c.close(BlockKind::Preformatted);
            }
            Event::End(TagEnd::Item) => {
                c.close(c.running());
                c.items = c.items.saturating_sub(1);
            }
            Event::End(TagEnd::BlockQuote(_)) => {
                c.close(c.running());
                c.quotes = c.quotes.saturating_sub(1);
            }
            Event::Html(html) => c.html.push_str(&html),
            Event::End(TagEnd::HtmlBlock) => {
                c.open();
                let html = std::mem::take(&mut c.html);
                visible(&html, &mut c.text);
                c.close(c.running());
            }
            Event::InlineHtml(html) => {
                // What stands inside a script or a style is not text of the article.
                let tag = html.trim_start().to_ascii_lowercase();
                if tag.starts_with("<script") || tag.starts_with("<style") {
                    c.hidden = !tag.contains("</");
                } else if tag.starts_with("</script") || tag.starts_with("</style") {
                    c.hidden = false;
                }
            }
            Event::Text(text) | Event::Code(text) if c.images == 0 && !c.hidden => c.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak if c.images == 0 => {
                c.text.push(if c.code { '\n' } else { ' ' })
            }
            _ => {}
        }
    }
    c.close(c.running());
    let mut blocks = c.blocks;
    let mut text = c.text;
    text.truncate(text.trim_end().len());
    let mut heading = None;
    // A first heading of level 1 is the title; it does not stand in the text a second time.
    if let Some((span, BlockKind::Heading(1))) = blocks.first().copied()
        && blocks.len() > 1
        && title.is_none_or(|t| t.is_empty() || t == span.of(&text))
    {
        heading = Some(span.of(&text).to_owned());
        blocks.remove(0);
        let cut = blocks.first().map_or(0, |(s, _)| s.start as usize);
        text.drain(..cut);
        for (span, _) in &mut blocks {
            *span = Span::new(span.start as usize - cut, span.end as usize - cut);
        }
    }
    let blocks = plain::number(&text, blocks);
    Record { text, blocks: Some(blocks), heading, ..Record::default() }
}
