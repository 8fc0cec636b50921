//! An entity's page: every mention in context, the dates stated near it, and whom it appears with.
//!
//! Invariant: every line is a mention and every mention is a line; a moment quotes a sentence of the texts and
//! adds nothing to it.

use super::LineSort;
use super::answer::Engine;
use super::parts;
use super::views::{AliasView, ArticleRef, Companion, EntityPage, Line, Moment, NameCount, NameView};
use crate::article::Article;
use crate::entities::{Mention, RelationKind};
use crate::text::map::{Map, Set};
use crate::text::sort::{sort_by, sort_by_key};
use crate::text::{self, Scalars, Span};

/// Companions shown.
const COMPANIONS: usize = 24;

/// Companions whose ties among each other are counted.
const CIRCLE: usize = 15;

impl Engine {
    /// The page of an entity.
    pub(super) fn entity(&self, entity: usize, sort: LineSort) -> Option<EntityPage> {
        let name: NameView = self.name_view(entity, self.names().total(entity))?;
        let here: Vec<usize> =
            (0..self.articles().len()).filter(|a| self.names().count(entity, *a) > 0).collect();
        let mut lines: Vec<Line> = Vec::new();
        let mut moments = Vec::new();
        let mut starts = Vec::new();
        let mut aliases: Map<&str, Vec<Vec<f32>>> = Map::new();
        for (place, index) in here.iter().enumerate() {
            let Some(article) = self.articles().get(*index) else { continue };
            let letter = self.article_ref(*index).letter;
            let mentions: Vec<&Mention> = self.mentions_of(entity, *index).collect();
            for (hit, mention) in (0..).zip(&mentions) {
                lines.push(parts::line(article, letter, mention.span, hit));
                let places =
                    aliases.or_insert_with(mention.span.of(&article.text), || vec![Vec::new(); here.len()]);
                if let Some(places) = places.get_mut(place) {
                    places.push(mention.span.start as f32 / (article.text.len().max(1)) as f32);
                }
            }
            let scalars = Scalars::new(&article.text);
            starts.push(mentions.iter().map(|m| scalars.of(m.span.start)).collect());
            moments.extend(moments_of(article, letter, &mentions));
        }
        // ISO dates order as strings; what has none comes last.
        sort_by(&mut moments, |a, b| (a.date.is_none(), &a.date).cmp(&(b.date.is_none(), &b.date)));
        sort_by_key(&mut moments, |m| m.stated.is_empty());
        parts::sort_lines(&mut lines, sort);
        let mut aliases: Vec<AliasView> =
            aliases.into_iter().map(|(text, places)| AliasView { text: text.to_owned(), places }).collect();
        sort_by_key(&mut aliases, |a| std::cmp::Reverse(a.places.iter().map(Vec::len).sum::<usize>()));
        let articles = here
            .iter()
            .map(|a| (self.article_ref(*a), self.names().count(entity, *a)))
            .collect::<Vec<(ArticleRef, u32)>>();
        let companions = self.companions(entity, &here);
        let known = companions.iter().filter_map(|c| self.names().entity_of(&c.name.entity));
        let circle: Vec<usize> = std::iter::once(entity).chain(known.take(CIRCLE)).collect();
        Some(EntityPage {
            name,
            articles,
            aliases,
            starts,
            lines,
            moments,
            ties: self.ties(&circle, here.iter().copied()),
            companions,
            relations: self.relations(entity),
        })
    }

    fn mentions_of(&self, entity: usize, article: usize) -> impl Iterator<Item = &Mention> {
        let mentions = self.corpus().entities.mentions.get(article);
        mentions.into_iter().flatten().filter(move |m| m.entity as usize == entity)
    }

    /// What an entity has to do with others, and they with it.
    fn relations(&self, entity: usize) -> Vec<(String, NameCount)> {
        let counted = |other: usize| self.name_count(other, self.names().total(other));
        let own = self.entity_at(entity).into_iter().flat_map(|e| &e.relations);
        let own = own.filter_map(|r| Some((r.kind.label().to_owned(), counted(r.entity as usize)?)));
        let all = self.corpus().entities.entities.iter().enumerate();
        let back = all.flat_map(|(i, e)| e.relations.iter().map(move |r| (i, r)));
        let back = back.filter(|(_, r)| r.entity as usize == entity);
        let back = back.filter_map(|(i, r)| Some((back_label(r.kind).to_owned(), counted(i)?)));
        own.chain(back).collect()
    }

    /// Who is named in the same sentences, most sentences first.
    fn companions(&self, entity: usize, here: &[usize]) -> Vec<Companion> {
        let mut found: Map<usize, Vec<u32>> = Map::new();
        for (place, index) in here.iter().enumerate() {
            let Some(article) = self.articles().get(*index) else { continue };
            let sentences: Set<Span> =
                self.mentions_of(entity, *index).map(|m| parts::sentence_at(article, m.span.start)).collect();
            let mut pairs: Set<(Span, usize)> = Set::new();
            for mention in self.corpus().entities.mentions.get(*index).into_iter().flatten() {
                let sentence = parts::sentence_at(article, mention.span.start);
                if mention.entity as usize != entity && sentences.contains(&sentence) {
                    pairs.insert((sentence, mention.entity as usize));
                }
            }
            for (_, other) in pairs {
                if let Some(count) = found.or_insert_with(other, || vec![0; here.len()]).get_mut(place) {
                    *count += 1;
                }
            }
        }
        let mut companions: Vec<Companion> = found
            .into_iter()
            .filter(|(other, _)| self.entity_at(*other).is_some_and(|e| e.kind.is_name()))
            .filter_map(|(other, sentences)| {
                Some(Companion {
                    name: self.name_count(other, sentences.iter().sum())?,
                    sentences,
                    joins: Vec::new(),
                })
            })
            .collect();
        sort_by(&mut companions, |a, b| {
            b.name.count.cmp(&a.name.count).then_with(|| a.name.name.cmp(&b.name.name))
        });
        companions.truncate(COMPANIONS);
        for companion in &mut companions {
            if let Some(other) = self.names().entity_of(&companion.name.entity) {
                companion.joins = self.joins(entity, other, here);
            }
        }
        companions
    }
}

/// A tie seen from its other end.
fn back_label(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::PeopleOf => "its people",
        RelationKind::SeatOf => "its seat of government",
    }
}

/// The dates stated in the paragraphs of these mentions; a paragraph without any is an undated moment.
fn moments_of(article: &Article, letter: Option<char>, mentions: &[&Mention]) -> Vec<Moment> {
    let mut by_block: Map<usize, Vec<(u32, &Mention)>> = Map::new();
    for (hit, mention) in (0..).zip(mentions) {
        if let Some(block) = parts::block_at(article, mention.span.start) {
            by_block.or_default(block).push((hit, mention));
        }
    }
    let mut moments = Vec::new();
    for (block, mentions) in by_block {
        let Some(block) = article.blocks.get(block) else { continue };
        let Some((hit, first)) = mentions.first() else { continue };
        let dates = text::dates(block.span.of(&article.text));
        for date in &dates {
            let start = block.span.start + date.span.start;
            let sentence = parts::sentence_at(article, start);
            // The mention in the sentence of the date; where there is none, the paragraph's first.
            let (hit, mention) =
                mentions.iter().find(|(_, m)| sentence.contains(m.span)).map_or((*hit, *first), |m| *m);
            moments.push(Moment {
                stated: date.span.of(block.span.of(&article.text)).to_owned(),
                date: date.date.iso(),
                quote: sentence.of(&article.text).to_owned(),
                line: parts::line(article, letter, mention.span, hit),
            });
        }
        if dates.is_empty() {
            moments.push(Moment {
                stated: String::new(),
                date: None,
                quote: parts::sentence_at(article, first.span.start).of(&article.text).to_owned(),
                line: parts::line(article, letter, first.span, *hit),
            });
        }
    }
    moments
}
