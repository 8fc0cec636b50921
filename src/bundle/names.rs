//! The section of names: the entities of the corpus and where each article mentions them.
//!
//! Invariant: what is read keeps what `entities` promises: ids are unique, every index points at an entity,
//! mentions lie in their texts on character boundaries, in text order, nested but never crossing.

use super::wire::{Read, Reader, put, put_len, put_str};
use crate::article::Article;
use crate::entities::{Entities, Entity, Kind, Mention, Relation, RelationKind, Why};
use crate::text::Span;
use crate::text::map::Set;

/// Reasons by their number in the file; a new one is added at the end.
const REASONS: [Why; 14] = [
    Why::List,
    Why::Title,
    Why::PersonName,
    Why::HeadWord,
    Why::Context,
    Why::Capitals,
    Why::Acronym,
    Why::PartOfName,
    Why::Elsewhere,
    Why::DatedEvent,
    Why::Date,
    Why::Number,
    Why::Model,
    Why::Role,
];

/// Ties by their number in the file; a new one is added at the end.
const TIES: [RelationKind; 2] = [RelationKind::PeopleOf, RelationKind::SeatOf];

/// The section.
pub fn write(entities: &Entities) -> Vec<u8> {
    let mut out = Vec::new();
    put_len(&mut out, entities.entities.len());
    for entity in &entities.entities {
        put_str(&mut out, &entity.id);
        put_str(&mut out, &entity.name);
        out.push(number(&Kind::ALL, &entity.kind));
        put_len(&mut out, entity.aliases.len());
        for alias in &entity.aliases {
            put_str(&mut out, alias);
        }
        put_len(&mut out, entity.relations.len());
        for relation in &entity.relations {
            out.push(number(&TIES, &relation.kind));
            put(&mut out, u64::from(relation.entity));
        }
    }
    put_len(&mut out, entities.mentions.len());
    for mentions in &entities.mentions {
        put_len(&mut out, mentions.len());
        let mut at = 0;
        for mention in mentions {
            put(&mut out, u64::from(mention.span.start.saturating_sub(at)));
            put_len(&mut out, mention.span.len());
            put(&mut out, u64::from(mention.entity));
            out.push(mention.certainty);
            out.push(number(&REASONS, &mention.why));
            at = mention.span.start;
        }
    }
    entities.entities.iter().for_each(|entity| put_str(&mut out, &entity.gloss));
    out
}

/// The entities of a section, for these articles.
pub fn read(bytes: &[u8], articles: &[Article]) -> Read<Entities> {
    let mut reader = Reader::new(bytes);
    let count = reader.count()?;
    let mut ids = Set::new();
    let mut entities = Vec::with_capacity(count);
    for _ in 0..count {
        let id = reader.text()?.to_owned();
        if id.is_empty() || !ids.insert(id.clone()) {
            return Err(format!("the entity “{id}” is there twice"));
        }
        let name = reader.text()?.to_owned();
        let kind = known(&Kind::ALL, reader.byte()?)?;
        let aliases = (0..reader.count()?).map(|_| reader.text().map(str::to_owned)).collect::<Read<_>>()?;
        let relations = (0..reader.count()?)
            .map(|_| {
                Ok(Relation { kind: known(&TIES, reader.byte()?)?, entity: below(reader.small()?, count)? })
            })
            .collect::<Read<_>>()?;
        entities.push(Entity { id, name, kind, aliases, relations, gloss: String::new() });
    }
    if reader.count()? != articles.len() {
        return Err("it is about another number of articles".to_owned());
    }
    let mentions =
        articles.iter().map(|a| read_mentions(&mut reader, &a.text, count)).collect::<Read<_>>()?;
    // Files of before 2026-11-26 end here.
    if reader.left() > 0 {
        for entity in &mut entities {
            entity.gloss = reader.text()?.to_owned();
        }
    }
    reader.end()?;
    Ok(Entities { entities, mentions })
}

fn read_mentions(reader: &mut Reader, text: &str, entities: usize) -> Read<Vec<Mention>> {
    let outside = || "a name in it lies outside its text".to_owned();
    let count = reader.count()?;
    let mut mentions = Vec::with_capacity(count);
    let mut open: Vec<Span> = Vec::new();
    let mut at = 0u32;
    for _ in 0..count {
        let start = at.checked_add(reader.small()?).ok_or_else(outside)?;
        let end = start.checked_add(reader.small()?).ok_or_else(outside)?;
        let span = Span { start, end };
        if text.get(span.range()).is_none() {
            return Err(outside());
        }
        open.retain(|o| o.end > start);
        if open.last().is_some_and(|o| !o.contains(span)) {
            return Err("two names in it cross".to_owned());
        }
        open.push(span);
        at = start;
        let entity = below(reader.small()?, entities)?;
        let certainty = reader.byte()?.min(100);
        mentions.push(Mention { span, entity, certainty, why: known(&REASONS, reader.byte()?)? });
    }
    Ok(mentions)
}

fn number<T: PartialEq>(list: &[T], value: &T) -> u8 {
    list.iter().position(|v| v == value).unwrap_or(0) as u8
}

fn known<T: Copy>(list: &[T], number: u8) -> Read<T> {
    list.get(usize::from(number)).copied().ok_or_else(|| "something in it is of no known kind".to_owned())
}

fn below(index: u32, count: usize) -> Read<u32> {
    if (index as usize) < count {
        Ok(index)
    } else {
        Err("it points at an entity that is not there".to_owned())
    }
}
