//! The network: which names stand in one sentence, how often, and in which sentences.
//!
//! Invariant: a sentence counts once for two names, however often it has them; dates and figures are no company.
//! Not here: the drawing (`app/network.rs`).

use super::answer::Engine;
use super::parts;
use super::views::{Join, NameCount, Tie};
use crate::text::Span;
use crate::text::map::{Map, Set};
use crate::text::sort::{sort_by, sort_by_key};
use std::cmp::Reverse;

/// Names in the network of all articles.
const NAMES: usize = 20;

/// Names of one sentence that are counted with each other: a list of a hundred names is no company.
const CROWD: usize = 24;

/// Sentences quoted for two names.
const QUOTES: usize = 3;

impl Engine {
    /// The names that most articles have, and how they are tied.
    pub(super) fn network(&self) -> (Vec<NameCount>, Vec<Tie>) {
        let count = self.corpus().entities.entities.len();
        let mut names: Vec<usize> =
            (0..count).filter(|e| self.entity_at(*e).is_some_and(|e| e.kind.is_name())).collect();
        sort_by_key(&mut names, |e| (Reverse(self.names().articles(*e)), Reverse(self.names().total(*e))));
        names.truncate(NAMES);
        let ties = self.ties(&names, 0..self.articles().len());
        let counted = names.iter().filter_map(|e| self.name_count(*e, self.names().total(*e)));
        (counted.collect(), ties)
    }

    /// How entities are tied in some articles, by their places in `among`; most sentences first.
    pub(super) fn ties(&self, among: &[usize], articles: impl Iterator<Item = usize>) -> Vec<Tie> {
        let places: Map<usize, u32> = among.iter().zip(0..).map(|(entity, place)| (*entity, place)).collect();
        let mut counts: Map<(u32, u32), u32> = Map::new();
        for index in articles {
            for (_, here) in self.sentences_naming(index, |entity| places.get(&entity).copied()) {
                for (at, a) in here.iter().enumerate() {
                    for b in here.iter().skip(at + 1) {
                        *counts.or_default((*a, *b)) += 1;
                    }
                }
            }
        }
        let mut ties: Vec<Tie> =
            counts.iter().map(|((a, b), sentences)| Tie { a: *a, b: *b, sentences: *sentences }).collect();
        sort_by(&mut ties, |x, y| y.sentences.cmp(&x.sentences).then((x.a, x.b).cmp(&(y.a, y.b))));
        ties
    }

    /// Sentences of an article that name several of those that `place` knows, each with their places, ascending.
    fn sentences_naming(&self, index: usize, place: impl Fn(usize) -> Option<u32>) -> Vec<(Span, Vec<u32>)> {
        let Some(article) = self.articles().get(index) else { return Vec::new() };
        let mut out: Vec<(Span, Vec<u32>)> = Vec::new();
        let mut here: Set<u32> = Set::new();
        let mut sentence = Span::default();
        let close = |sentence: Span, here: &mut Set<u32>, out: &mut Vec<(Span, Vec<u32>)>| {
            if here.len() > 1 {
                out.push((sentence, here.iter().copied().take(CROWD).collect()));
            }
            *here = Set::new();
        };
        for mention in self.corpus().entities.mentions.get(index).into_iter().flatten() {
            if !(sentence.start <= mention.span.start && mention.span.start < sentence.end) {
                close(sentence, &mut here, &mut out);
                sentence = parts::sentence_at(article, mention.span.start);
            }
            if let Some(place) = place(mention.entity as usize) {
                here.insert(place);
            }
        }
        close(sentence, &mut here, &mut out);
        out
    }

    /// Some sentences that have both entities, of the articles in their order; each article's first before any
    /// second.
    pub(super) fn joins(&self, a: usize, b: usize, articles: &[usize]) -> Vec<Join> {
        let mut found: Vec<(usize, Join)> = Vec::new();
        for index in articles {
            let Some(article) = self.articles().get(*index) else { continue };
            let both = self.sentences_naming(*index, |e| (e == a || e == b).then_some(u32::from(e == b)));
            for (number, (sentence, _)) in both.into_iter().take(QUOTES).enumerate() {
                let letter = self.article_ref(*index).letter;
                let (quote, cut) = parts::cut(sentence.of(&article.text), 400);
                found.push((
                    number,
                    Join {
                        slug: article.slug.clone(),
                        letter,
                        label: parts::label(article),
                        paragraph: parts::paragraph_at(article, sentence.start),
                        block: parts::block_at(article, sentence.start).unwrap_or(0) as u32,
                        quote: if cut { format!("{quote}…") } else { quote.to_owned() },
                    },
                ));
            }
        }
        sort_by_key(&mut found, |(number, _)| *number);
        found.into_iter().take(QUOTES).map(|(_, join)| join).collect()
    }
}
