//! The section of articles: what is known about each, and its blocks and sentences.
//!
//! `how many, where every GROUP-th record starts (u32 each), the records`, each behind its bytes. Older formats have the
//! titles here, and no bytes before a record; format 1 no starts.
//!
//! Invariant: what is read fits the texts: every span lies in its text on character boundaries, blocks and
//! sentences are in order and do not overlap, names in addresses are unique, links are http or https. Not
//! here: the texts (see `texts`).

use super::wire::{Read, Reader, put_len, put_option, put_str};
use crate::article::{Article, Block, BlockKind, Meta};
use crate::text::Span;
use crate::text::map::Set;

/// Records that are read to get to the last of a group.
const GROUP: usize = 16;

/// The section.
pub fn write(articles: &[Article]) -> Vec<u8> {
    let (mut starts, mut out, mut record) = (Vec::new(), Vec::new(), Vec::new());
    for (number, article) in articles.iter().enumerate() {
        if number % GROUP == 0 {
            starts.extend_from_slice(&(out.len() as u32).to_le_bytes());
        }
        record.clear();
        let meta = &article.meta;
        put_str(&mut record, &article.slug);
        record.push(u8::from(meta.title_given));
        put_str(&mut record, &meta.file);
        for field in [&meta.source, &meta.author, &meta.date, &meta.language, &meta.url, &meta.licence] {
            put_option(&mut record, field.as_deref());
        }
        put_len(&mut record, article.blocks.len());
        let mut at = 0;
        for block in &article.blocks {
            record.push(kind_byte(block.kind));
            put_span(&mut record, at, block.span);
            put_len(&mut record, block.sentences.len());
            let mut inner = block.span.start;
            for sentence in &block.sentences {
                put_span(&mut record, inner, *sentence);
                inner = sentence.end;
            }
            at = block.span.end;
        }
        put_len(&mut out, record.len());
        out.extend_from_slice(&record);
    }
    let mut section = Vec::new();
    put_len(&mut section, articles.len());
    section.extend_from_slice(&starts);
    section.extend_from_slice(&out);
    section
}

/// How many articles a section is about; so begins that of texts, too.
pub fn count(bytes: &[u8]) -> Read<usize> {
    Reader::new(bytes).count()
}

/// The articles of a section of this format, with their titles, where those do not stand here, and texts.
pub fn read(bytes: &[u8], format: u32, texts: Vec<(Option<String>, String)>) -> Read<Vec<Article>> {
    let mut reader = Reader::new(bytes);
    if reader.count()? != texts.len() {
        return Err("it has another number of articles than there are texts".to_owned());
    }
    if format > 1 {
        reader.take(texts.len().div_ceil(GROUP) * 4)?;
    }
    let mut slugs = Set::new();
    let mut articles = Vec::with_capacity(texts.len());
    for (title, text) in texts {
        let article = if format > 2 {
            let mut record = record(&mut reader)?;
            let article = read_one(&mut record, title, text)?;
            record.end()?;
            article
        } else {
            read_one(&mut reader, title, text)?
        };
        if !slugs.insert(article.slug.clone()) {
            return Err(format!("the name “{}” is there twice", article.slug));
        }
        articles.push(article);
    }
    reader.end()?;
    Ok(articles)
}

/// One article of a section of the present format, with its title and text.
pub fn get(bytes: &[u8], at: usize, title: String, text: String) -> Read<Article> {
    read_one(&mut at_record(bytes, at)?, Some(title), text)
}

/// Name in addresses of one article.
pub fn slug(bytes: &[u8], at: usize) -> Read<String> {
    read_slug(&mut at_record(bytes, at)?)
}

/// The next record.
fn record<'a>(reader: &mut Reader<'a>) -> Read<Reader<'a>> {
    let length = reader.count()?;
    Ok(Reader::new(reader.take(length)?))
}

/// A record.
fn at_record(bytes: &[u8], at: usize) -> Read<Reader<'_>> {
    let short = || "it ends too early".to_owned();
    let mut reader = Reader::new(bytes);
    let count = reader.count()?;
    if at >= count {
        return Err("a record in it is missing".to_owned());
    }
    let starts = reader.take(count.div_ceil(GROUP) * 4)?;
    let start = starts.get(at / GROUP * 4..).and_then(|rest| rest.first_chunk::<4>()).ok_or_else(short)?;
    let rest = bytes
        .get(bytes.len() - reader.left()..)
        .and_then(|all| all.get(u32::from_le_bytes(*start) as usize..));
    let mut reader = Reader::new(rest.ok_or_else(short)?);
    for _ in 0..at % GROUP {
        record(&mut reader)?;
    }
    record(&mut reader)
}

fn read_one(reader: &mut Reader, title: Option<String>, text: String) -> Read<Article> {
    let (slug, meta) = read_meta(reader, title)?;
    let blocks = read_blocks(reader, &text)?;
    Ok(Article { slug, meta, text, blocks })
}

fn read_slug(reader: &mut Reader) -> Read<String> {
    let slug = reader.text()?.to_owned();
    if slug.is_empty() {
        return Err("an article in it has no name".to_owned());
    }
    Ok(slug)
}

/// The name in addresses, and what is known; the title stands here where it is not given.
fn read_meta(reader: &mut Reader, title: Option<String>) -> Read<(String, Meta)> {
    let slug = read_slug(reader)?;
    let title = match title {
        Some(title) => title,
        None => reader.text()?.to_owned(),
    };
    let title_given = reader.flag()?;
    let file = reader.text()?.to_owned();
    let meta = Meta {
        title,
        title_given,
        file,
        source: reader.option()?,
        author: reader.option()?,
        date: reader.option()?,
        language: reader.option()?,
        url: reader.option()?,
        licence: reader.option()?,
    };
    if meta.url.as_deref().is_some_and(|u| !u.starts_with("https://") && !u.starts_with("http://")) {
        return Err("an address in it is not http or https".to_owned());
    }
    Ok((slug, meta))
}

fn read_blocks(reader: &mut Reader, text: &str) -> Read<Vec<Block>> {
    let count = reader.count()?;
    let mut blocks = Vec::with_capacity(count);
    let mut at = 0;
    let mut numbered = 0;
    for _ in 0..count {
        let kind = kind_of(reader.byte()?).ok_or("a block in it is of no known kind")?;
        let span = read_span(reader, at, text.len() as u32, text)?;
        let count = reader.count()?;
        let mut sentences = Vec::with_capacity(count);
        let mut inner = span.start;
        for _ in 0..count {
            let sentence = read_span(reader, inner, span.end, text)?;
            inner = sentence.end;
            sentences.push(sentence);
        }
        at = span.end;
        let number = match kind {
            BlockKind::Heading(_) => None,
            _ => {
                numbered += 1;
                Some(numbered)
            }
        };
        blocks.push(Block { kind, span, sentences, number });
    }
    Ok(blocks)
}

/// A span as its distance from `from` and its length, both in bytes.
pub fn put_span(out: &mut Vec<u8>, from: u32, span: Span) {
    put_len(out, span.start.saturating_sub(from) as usize);
    put_len(out, span.len());
}

/// A span of `text` that starts at or after `from` and ends at or before `limit`.
pub fn read_span(reader: &mut Reader, from: u32, limit: u32, text: &str) -> Read<Span> {
    let start = from.checked_add(reader.small()?);
    let end = reader.small()?;
    let span = start.and_then(|start| Some(Span { start, end: start.checked_add(end)? }));
    span.filter(|s| s.end <= limit && text.get(s.range()).is_some())
        .ok_or_else(|| "a place in it lies outside its text".to_owned())
}

fn kind_byte(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::Paragraph => 0,
        BlockKind::Heading(level) => level.clamp(1, 6),
        BlockKind::Item => 7,
        BlockKind::Quote => 8,
        BlockKind::Preformatted => 9,
    }
}

fn kind_of(byte: u8) -> Option<BlockKind> {
    match byte {
        0 => Some(BlockKind::Paragraph),
        1..=6 => Some(BlockKind::Heading(byte)),
        7 => Some(BlockKind::Item),
        8 => Some(BlockKind::Quote),
        9 => Some(BlockKind::Preformatted),
        _ => None,
    }
}
