//! Names: counts of entities per article, the list of all names, and the name part of other views.
//!
//! Invariant: an entity's count in an article is the number of its mentions there, the same number in every
//! view. Not here: which words are a name (see `entities`).

use super::answer::Engine;
use super::scope::folded;
use super::views::{NameCount, NameView, Names};
use crate::entities::{Entities, Entity};
use crate::text::map::Map;
use crate::text::sort::sort_by;
use std::cell::OnceCell;

/// Who is named how often and where.
#[derive(Clone, Default)]
pub struct NameTable {
    by_id: Map<String, usize>,
    /// Per article: mentions by entity.
    counts: Vec<Map<usize, u32>>,
    /// Per entity: mentions in all articles.
    totals: Vec<u32>,
    /// Per entity: articles that mention it.
    articles: Vec<u32>,
    /// By name or other name, folded: whom it names; [`SEVERAL`] where it is not one alone. Made when first asked for.
    called: OnceCell<Map<String, usize>>,
}

/// In place of an entity: several.
const SEVERAL: usize = usize::MAX;

impl NameTable {
    /// Counts the mentions.
    ///
    /// `former`: ids that went, with the entity that each leads to.
    pub fn new(entities: &Entities, former: &[(String, u32)]) -> NameTable {
        let gone = former.iter().map(|(id, entity)| (id.clone(), *entity as usize));
        let by_id =
            gone.chain(entities.entities.iter().enumerate().map(|(i, e)| (e.id.clone(), i))).collect();
        let mut totals = vec![0; entities.entities.len()];
        let mut articles = totals.clone();
        let mut counts = Vec::with_capacity(entities.mentions.len());
        for mentions in &entities.mentions {
            let mut count: Map<usize, u32> = Map::new();
            for mention in mentions {
                *count.or_default(mention.entity as usize) += 1;
            }
            for (entity, n) in &count {
                if let (Some(total), Some(articles)) = (totals.get_mut(*entity), articles.get_mut(*entity)) {
                    *total += n;
                    *articles += 1;
                }
            }
            counts.push(count);
        }
        NameTable { by_id, counts, totals, articles, called: OnceCell::new() }
    }

    /// The entity of an id.
    pub fn entity_of(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Mentions of an entity in an article.
    pub fn count(&self, entity: usize, article: usize) -> u32 {
        self.counts.get(article).and_then(|c| c.get(&entity)).copied().unwrap_or(0)
    }

    /// Entities of an article with their mentions, in the order of the entities.
    pub fn of_article(&self, article: usize) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.counts.get(article).into_iter().flatten().map(|(entity, count)| (*entity, *count))
    }

    /// Mentions of an entity in all articles.
    pub fn total(&self, entity: usize) -> u32 {
        self.totals.get(entity).copied().unwrap_or(0)
    }

    /// Articles that mention an entity.
    pub fn articles(&self, entity: usize) -> u32 {
        self.articles.get(entity).copied().unwrap_or(0)
    }
}

impl Engine {
    /// The one entity with this name or other name, folded.
    pub(super) fn called(&self, name: &str) -> Option<usize> {
        let all = || {
            let mut called: Map<String, usize> = Map::new();
            for (index, entity) in self.corpus().entities.entities.iter().enumerate() {
                for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                    let known = called.or_insert_with(folded(name), || index);
                    if *known != index {
                        *known = SEVERAL;
                    }
                }
            }
            called
        };
        self.names().called.get_or_init(all).get(name).copied().filter(|entity| *entity != SEVERAL)
    }

    /// An entity; `None` where the corpus has no such one.
    pub(super) fn entity_at(&self, entity: usize) -> Option<&Entity> {
        self.corpus().entities.entities.get(entity)
    }

    /// An entity with a count.
    pub(super) fn name_count(&self, entity: usize, count: u32) -> Option<NameCount> {
        let e = self.entity_at(entity)?;
        Some(NameCount { entity: e.id.clone(), name: e.name.clone(), kind: e.kind, count })
    }

    /// An entity with its other names and a count.
    pub(super) fn name_view(&self, entity: usize, count: u32) -> Option<NameView> {
        let e = self.entity_at(entity)?;
        Some(NameView {
            entity: e.id.clone(),
            name: e.name.clone(),
            kind: e.kind,
            aliases: e.aliases.clone(),
            gloss: e.gloss.clone(),
            count,
            total: self.names().total(entity),
            articles: self.names().articles(entity),
        })
    }

    /// Who and what an article names, most mentions first, then by name; dates and figures not.
    pub(super) fn named_in(&self, article: usize) -> Vec<(usize, u32)> {
        let mut named: Vec<(usize, u32)> = self
            .names()
            .of_article(article)
            .filter(|(entity, _)| self.entity_at(*entity).is_some_and(|e| e.kind.is_name()))
            .collect();
        sort_by(&mut named, |(a, m), (b, n)| n.cmp(m).then_with(|| self.name_of(*a).cmp(self.name_of(*b))));
        named
    }

    /// The name of an entity.
    pub(super) fn name_of(&self, entity: usize) -> &str {
        self.entity_at(entity).map_or("", |e| e.name.as_str())
    }

    /// The view *Names*.
    pub(super) fn all_names(&self) -> Names {
        let count = self.corpus().entities.entities.len();
        let mut names: Vec<NameView> =
            (0..count).filter_map(|e| self.name_view(e, self.names().total(e))).collect();
        sort_by(&mut names, |a, b| {
            (b.articles, b.total).cmp(&(a.articles, a.total)).then_with(|| a.name.cmp(&b.name))
        });
        let (network, ties) = self.network();
        Names { names, network, ties }
    }
}
