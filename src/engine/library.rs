//! The library: a card an article, facets, stories, and what to try first.

use super::Filters;
use super::answer::Engine;
use super::parts;
use super::views::{Card, Library, NameCount, Story};
use crate::article::{Article, BlockKind};
use crate::entities::Kind;
use crate::text::sort::{sort, sort_by_key};

/// Names on a card, in each of its two lists.
const NAMES: usize = 6;

/// Bytes of a lead: from how many on no sentence is added, and how many there are at most.
const LEAD: (usize, usize) = (120, 360);

impl Engine {
    /// The view of the articles that pass the filters; `limit` of them, stories first.
    pub(super) fn library(&self, filters: &Filters, limit: u32) -> Library {
        let total = self.articles().len();
        let mut passing = self.passing(filters);
        let pass = passing.len() as u32;
        let (stories, told) = self.stories_among(&mut passing, limit as usize);
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
            passing: pass,
            total: total as u32,
            facets: self.facets(filters, &all),
            stories,
            told,
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

    /// The stories among these articles and how many there are; leaves of both the first, so that there are not many
    /// more than `limit` articles.
    fn stories_among(&self, passing: &mut Vec<usize>, limit: usize) -> (Vec<Story>, u32) {
        // Per article of the corpus: whether it passes, and is not listed yet.
        let mut free = vec![false; self.articles().len()];
        passing.iter().for_each(|article| free[*article] = true);
        let (mut listed, mut stories, mut told) = (Vec::new(), Vec::new(), 0);
        for group in self.stories() {
            let of: Vec<usize> = group.articles.iter().copied().filter(|article| free[*article]).collect();
            if of.len() < 2 {
                continue;
            }
            told += 1;
            of.iter().for_each(|article| free[*article] = false);
            if listed.len() < limit {
                listed.extend(&of);
                stories.push((&group.title, of));
            }
        }
        for article in passing.iter() {
            if listed.len() < limit && free[*article] {
                listed.push(*article);
            }
        }
        sort(&mut listed);
        *passing = listed;
        let place = |article: &usize| passing.partition_point(|listed| listed < article) as u32;
        let story = |(title, of): (&String, Vec<usize>)| Story {
            title: title.clone(),
            cards: of.iter().map(place).collect(),
        };
        (stories.into_iter().map(story).collect(), told)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::SourceFile;

    #[test]
    fn stories_come_first_and_the_rest_is_counted() {
        const RIVER: &str = "The Lindhaven ferry sank in the Arvel river; Anna Keller blamed the port authority of Lindhaven.";
        let texts = [
            "Tax rates rise in spring.",
            "Cherry orchards bloom early.",
            "A bakery won the prize.",
            RIVER,
            "Snow closed the mountain pass.",
            "Lindhaven ferry: Anna Keller of the port authority tells why it sank in the Arvel.",
        ];
        let file = |(at, text): (usize, &&str)| SourceFile {
            name: format!("{at}.txt"),
            bytes: text.as_bytes().to_vec(),
        };
        let engine = Engine::build(texts.iter().enumerate().map(file).collect(), None).0;
        let check = |limit: u32, slugs: &[&str], stories: &[&[u32]]| {
            let library = engine.library(&Filters::default(), limit);
            let cards: Vec<&str> = library.cards.iter().map(|card| card.article.slug.as_str()).collect();
            let told: Vec<&[u32]> = library.stories.iter().map(|story| story.cards.as_slice()).collect();
            assert_eq!((cards.as_slice(), told.as_slice()), (slugs, stories), "{limit}");
            assert_eq!((library.passing, library.total, library.told), (6, 6, 1));
        };
        check(99, &["0", "1", "2", "3", "4", "5"], &[&[3, 5]]);
        check(4, &["0", "1", "3", "5"], &[&[2, 3]]);
        check(1, &["3", "5"], &[&[0, 1]]);
        check(0, &[], &[]);
    }
}
