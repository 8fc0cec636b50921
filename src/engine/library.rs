//! The library: a card an article, facets, stories, and what to try first.

use super::Filters;
use super::answer::Engine;
use super::parts;
use super::views::{Card, Library, NameCount, Story};
use crate::article::{Article, BlockKind};
use crate::entities::Kind;
use crate::text::map::Map;
use crate::text::sort::sort_by_key;

/// Names on a card, in each of its two lists.
const NAMES: usize = 6;

/// Bytes of a lead: from how many on no sentence is added, and how many there are at most.
const LEAD: (usize, usize) = (120, 360);

impl Engine {
    /// The view of the articles that pass the filters.
    pub(super) fn library(&self, filters: &Filters) -> Library {
        let total = self.articles().len();
        let passing = self.passing(filters);
        let all: Vec<usize> = (0..total).collect();
        let names = (0..self.corpus().entities.entities.len())
            .filter(|e| self.entity_at(*e).is_some_and(|e| e.kind.is_name()));
        let named: Vec<u32> = names.map(|e| self.names().articles(e)).collect();
        Library {
            title: self.title(),
            words: all.iter().map(|i| self.article_ref(*i).words).sum(),
            names: named.iter().filter(|n| **n > 0).count() as u32,
            names_shared: named.iter().filter(|n| **n > 1).count() as u32,
            cards: passing.iter().filter_map(|i| self.card(*i)).collect(),
            total: total as u32,
            facets: self.facets(filters, &all),
            stories: self.stories_among(&passing),
            pair: self.pair_brief(),
            examples: self.examples(),
        }
    }

    fn card(&self, index: usize) -> Option<Card> {
        let article = self.articles().get(index)?;
        let named = self.named_in(index);
        let first = named.iter().take(NAMES);
        let most = first.filter_map(|(entity, count)| self.name_count(*entity, *count)).collect();
        Some(Card {
            article: self.article_ref(index),
            lead: lead(article),
            most,
            only_here: self.only_here(index, &named),
            names: named.len() as u32,
        })
    }

    /// What only this article names: who and what before where, then the most named.
    fn only_here(&self, index: usize, named: &[(usize, u32)]) -> Vec<NameCount> {
        if self.articles().len() < 2 {
            return Vec::new();
        }
        let mut only: Vec<(u8, NameCount)> = named
            .iter()
            .filter(|(entity, _)| self.names().articles(*entity) == 1)
            .filter_map(|(entity, count)| self.name_count(*entity, *count))
            .map(|name| (telling(name.kind), name))
            .collect();
        sort_by_key(&mut only, |(telling, name)| (*telling, std::cmp::Reverse(name.count)));
        debug_assert!(index < self.articles().len());
        only.into_iter().take(NAMES).map(|(_, name)| name).collect()
    }

    fn stories_among(&self, passing: &[usize]) -> Vec<Story> {
        let place: Map<usize, u32> = passing.iter().copied().zip(0..).collect();
        let mut stories = Vec::new();
        for group in self.stories() {
            let cards: Vec<u32> = group.articles.iter().filter_map(|a| place.get(a).copied()).collect();
            if cards.len() >= 2 {
                stories.push(Story { title: group.title.clone(), cards });
            }
        }
        stories
    }
}

/// How much a kind of name tells about an article that alone has it; less is more.
fn telling(kind: Kind) -> u8 {
    match kind {
        Kind::Person => 0,
        Kind::Organisation | Kind::Event | Kind::Law | Kind::Work => 1,
        Kind::Place | Kind::Group => 2,
        Kind::Date | Kind::Quantity | Kind::Money | Kind::Percent => 3,
    }
}

/// The first sentences that the title does not say already.
fn lead(article: &Article) -> String {
    let title = article.meta.title.trim_end_matches('…').trim();
    let mut lead = String::new();
    let body = article.blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Heading(_)));
    for sentence in body.flat_map(|b| &b.sentences) {
        let text = sentence.of(&article.text).trim();
        let in_title = !title.is_empty() && (text.contains(title) || title.starts_with(text));
        if text.is_empty() || (lead.is_empty() && in_title) {
            continue;
        }
        if !lead.is_empty() {
            if lead.len() + text.len() > LEAD.1 {
                break;
            }
            lead.push(' ');
        }
        lead.push_str(text);
        if lead.len() >= LEAD.0 {
            break;
        }
    }
    match parts::cut(&lead, LEAD.1) {
        (start, true) => format!("{start}…"),
        _ => lead,
    }
}
