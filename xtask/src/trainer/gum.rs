//! GUM (Georgetown University Multilayer corpus): its texts, and who is named where.
//!
//! Invariant: bytes of the text that is made here, one line a paragraph; names in text order that may nest. A name is
//! the run of proper nouns around the head of a mention, without titles. Not here: what is done with them.

use anyhow::{Context, Result};
use crossread::entities::Kind;
use crossread::entities::training::is_title;
use std::collections::BTreeMap;
use std::path::Path;

/// A text of GUM.
pub struct Document {
    /// Its name.
    pub id: String,
    /// The text.
    pub text: String,
    /// Who and what is named, in text order.
    pub names: Vec<Named>,
}

/// A name.
pub struct Named {
    /// Bytes of the text.
    pub span: (usize, usize),
    /// What it is; `None` where the corpus does not tell.
    pub kind: Option<Kind>,
    /// Which of the document's entities it is.
    pub entity: u32,
    /// Its article in Wikipedia, if it has one.
    pub identity: Option<String>,
}

/// A word of the corpus.
struct Token {
    id: u32,
    written: String,
    proper: bool,
    head: u32,
    describes: bool,
    span: (usize, usize),
}

/// A mention that is open or done.
struct Mention {
    entity: u32,
    kind: String,
    identity: Option<String>,
    from: usize,
    to: usize,
}

/// Reads all documents of a folder, by name.
pub fn read(folder: &Path) -> Result<Vec<Document>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "conllu"));
    paths.sort();
    paths.iter().map(|path| document(path).with_context(|| path.display().to_string())).collect()
}

fn document(path: &Path) -> Result<Document> {
    let file = std::fs::read_to_string(path)?;
    let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (mut text, mut names) = (String::new(), Vec::new());
    let mut identities: BTreeMap<u32, String> = BTreeMap::new();
    let mut tokens: Vec<Token> = Vec::new();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut open: Vec<Mention> = Vec::new();
    // A written word that is several in the corpus: the last of them, and where it stands.
    let mut whole: Option<(u32, (usize, usize))> = None;
    for line in file.lines().chain([""]) {
        if line.starts_with("# newpar") && !line.starts_with("# newpar_") {
            text.truncate(text.trim_end().len());
            if !text.is_empty() {
                text.push('\n');
            }
        } else if line.is_empty() {
            for mention in mentions.drain(..).chain(open.drain(..)) {
                if let Some(identity) = &mention.identity {
                    identities.insert(mention.entity, identity.clone());
                }
                names.extend(named(&tokens, &mention));
            }
            tokens.clear();
            whole = None;
        } else if !line.starts_with('#') {
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, written, _, _, tag, _, head, role, _, more] = fields.as_slice() else {
                anyhow::bail!("not ten fields: {line}");
            };
            let space = !more.contains("SpaceAfter=No");
            let mut append = |space: bool| {
                let from = text.len();
                text.push_str(written);
                let to = text.len();
                if space {
                    text.push(' ');
                }
                (from, to)
            };
            if let Some((_, last)) = id.split_once('-') {
                whole = Some((last.parse()?, append(space)));
                continue;
            }
            let Ok(id) = id.parse::<u32>() else { continue };
            let span = match whole {
                Some((last, span)) if id <= last => {
                    let before = tokens.last().filter(|token| token.span.0 >= span.0);
                    let from = before.map_or(span.0, |token| token.span.1);
                    let to = (from + written.len()..span.1).find(|to| text.is_char_boundary(*to));
                    (from, to.filter(|_| id < last).unwrap_or(span.1))
                }
                _ => append(space),
            };
            tokens.push(Token {
                id,
                written: (*written).to_owned(),
                proper: tag.starts_with("NNP") || *tag == "CD",
                head: head.parse().unwrap_or(0),
                describes: *role == "nmod:desc",
                span,
            });
            if let Some(entities) = more.split('|').find_map(|field| field.strip_prefix("Entity=")) {
                brackets(entities, tokens.len() - 1, &mut open, &mut mentions);
            }
        }
    }
    for name in &mut names {
        name.identity = identities.get(&name.entity).cloned();
    }
    names.sort_by_key(|name: &Named| (name.span.0, std::cmp::Reverse(name.span.1)));
    names.dedup_by_key(|name| name.span);
    Ok(Document { id, text, names })
}

/// Opens and closes mentions at a word: "(3-person-…-coref-Title(4-place-…-sgl)5)".
fn brackets(mut rest: &str, at: usize, open: &mut Vec<Mention>, done: &mut Vec<Mention>) {
    while !rest.is_empty() {
        if let Some(body) = rest.strip_prefix('(') {
            let end = body.find(['(', ')']).unwrap_or(body.len());
            let mut fields = body[..end].splitn(8, '-');
            let entity = fields.next().and_then(|id| id.parse().ok()).unwrap_or(0);
            let kind = fields.next().unwrap_or("").to_owned();
            let identity = fields.nth(5).map(str::to_owned);
            let mention = Mention { entity, kind, identity, from: at, to: at + 1 };
            rest = &body[end..];
            if let Some(after) = rest.strip_prefix(')') {
                rest = after;
                done.push(mention);
            } else {
                open.push(mention);
            }
        } else {
            let end = rest.find(')').map_or(rest.len(), |end| end + 1);
            let entity = rest[..end].trim_end_matches(')').parse().unwrap_or(u32::MAX);
            if let Some(nth) = open.iter().rposition(|mention| mention.entity == entity) {
                let mention = open.remove(nth);
                done.push(Mention { to: at + 1, ..mention });
            }
            rest = &rest[end..];
        }
    }
}

/// The name in a mention, if its head is a proper noun.
fn named(tokens: &[Token], mention: &Mention) -> Option<Named> {
    let inside = tokens.get(mention.from..mention.to)?;
    let within = |id: u32| inside.iter().any(|token| token.id == id);
    let head = inside.iter().position(|token| !within(token.head))?;
    let part = |token: &Token| token.proper && !token.describes || token.written == "-";
    if !part(&inside[head]) || inside[head].written.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut from = (0..=head).rev().take_while(|&at| part(&inside[at])).last()?;
    let mut to = (head..inside.len()).take_while(|&at| part(&inside[at])).last()? + 1;
    if mention.kind == "person" {
        let title = (from..to).rev().find(|&at| is_title(&inside[at].written));
        from = title.map_or(from, |title| title + 1);
    } else if matches!(inside.get(to).map(|token| token.written.as_str()), Some("of" | "for"))
        && mention.kind != "place"
    {
        let after = (to + 1..inside.len()).take_while(|&at| part(&inside[at])).last();
        to = after.map_or(to, |last| last + 1);
    }
    while from < to && inside[from].written == "-" {
        from += 1;
    }
    let kind = match mention.kind.as_str() {
        "person" => Some(Kind::Person),
        "organization" => Some(Kind::Organisation),
        "place" => Some(Kind::Place),
        "event" => Some(Kind::Event),
        _ => None,
    };
    let words = inside.get(from..to).filter(|words| !words.is_empty())?;
    let upper = words.iter().any(|word| word.written.starts_with(char::is_uppercase));
    let span = (words[0].span.0, words[words.len() - 1].span.1);
    (upper && span.0 < span.1).then_some(Named { span, kind, entity: mention.entity, identity: None })
}
