//! The reader: one article with its marks, its names, and what others say beside it.

use super::answer::Engine;
use super::parts;
use super::views::{ArticleView, Counterpart, MentionView, NameView, Reader};
use crate::text::map::Map;
use crate::text::sort::sort_by;

/// Other articles quoted beside this one in a corpus of many.
const MATES: usize = 3;

impl Engine {
    /// The view of an article, with the marks of a query that may be empty.
    pub(super) fn reader(&self, index: usize, query: &str) -> Reader {
        let Some(article) = self.articles().get(index) else { return Reader::default() };
        let (names, mentions) = self.named_here(index);
        let others = match self.other(index) {
            Some(other) => vec![other],
            None => self.mates(index),
        };
        let slug = |i: Option<usize>| i.and_then(|i| self.articles().get(i)).map(|a| a.slug.clone());
        let story = self.stories().iter().find(|group| group.articles.contains(&index));
        Reader {
            article: self.article_ref(index),
            text: article.text.clone(),
            blocks: parts::block_views(article),
            hits: self.marks(index, query),
            mentions,
            elsewhere: self.elsewhere(index, &names),
            names,
            also: self.also(index, others.get(..MATES).unwrap_or(&others)),
            accounts: story.map_or(0, |group| group.articles.len() as u32),
            compare_with: others.first().map(|other| self.article_ref(*other)),
            previous: slug(index.checked_sub(1)),
            next: slug(index.checked_add(1)),
        }
    }

    /// An article with its names and nothing else, for scripts.
    pub(super) fn article_view(&self, index: usize) -> ArticleView {
        let (names, mentions) = self.named_here(index);
        let text = self.articles().get(index).map_or_else(String::new, |a| a.text.clone());
        ArticleView { article: self.article_ref(index), text, names, mentions }
    }

    /// The names of an article, most mentions first, and its mentions with indices into them.
    fn named_here(&self, index: usize) -> (Vec<NameView>, Vec<MentionView>) {
        let mut order: Vec<(usize, u32)> = self.names().of_article(index).collect();
        sort_by(&mut order, |(a, m), (b, n)| n.cmp(m).then_with(|| self.name_of(*a).cmp(self.name_of(*b))));
        let place: Map<usize, u32> = order.iter().zip(0..).map(|((entity, _), at)| (*entity, at)).collect();
        let names = order.iter().filter_map(|(entity, count)| self.name_view(*entity, *count)).collect();
        let mentions = self.corpus().entities.mentions.get(index).into_iter().flatten();
        let view = |m: &crate::entities::Mention| {
            Some(MentionView {
                span: m.span,
                name: *place.get(&(m.entity as usize))?,
                certainty: m.certainty,
                why: m.why.text().to_owned(),
            })
        };
        (names, mentions.filter_map(view).collect())
    }

    /// In a corpus of two: where the names of one article lie in the other one.
    fn elsewhere(&self, index: usize, names: &[NameView]) -> Vec<Vec<f32>> {
        let Some(other) = self.other(index) else { return Vec::new() };
        let length = self.articles().get(other).map_or(0, |a| a.text.len()).max(1) as f32;
        let mut places: Map<usize, Vec<f32>> = Map::new();
        for mention in self.corpus().entities.mentions.get(other).into_iter().flatten() {
            places.or_default(mention.entity as usize).push(mention.span.start as f32 / length);
        }
        let of = |name: &NameView| self.names().entity_of(&name.entity).and_then(|e| places.get(&e).cloned());
        names.iter().map(|name| of(name).unwrap_or_default()).collect()
    }

    /// What the other articles say to each block.
    fn also(&self, index: usize, others: &[usize]) -> Vec<(u32, Counterpart)> {
        let blocks = self.articles().get(index).map_or(&[][..], |a| &a.blocks);
        let mut also = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            let found: Vec<Vec<Counterpart>> =
                others.iter().map(|other| self.counterparts(index, *other, block.span)).collect();
            let most = found.iter().map(Vec::len).max().unwrap_or_default();
            // The strongest of each article before the second of any.
            for rank in 0..most {
                also.extend(found.iter().filter_map(|of| Some((at as u32, of.get(rank)?.clone()))));
            }
        }
        also
    }
}
