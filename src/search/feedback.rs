//! Feedback: words that the best articles for a long query have in common, added to the query with little weight.
//!
//! Rocchio's formula (1971) on the impacts by which articles are ranked: the query and [`BETA`] times the mean of its
//! first [`ARTICLES`] articles, cut to the [`WORDS`] words that add most. Short queries say exactly what is wanted and
//! are left as they are.
//!
//! Only the first [`LIFTED`] articles are put in order anew, so the words are sought in these and nowhere else.
//!
//! Invariant: an article without any word of the query itself is never found by these words. Not here: scores.

use super::plan::{Matcher, Tree, Wanted};
use super::rank::Hit;
use super::said::{self, Said};
use super::spelling::rarity;
use crate::article::Article;
use crate::index::{saturated, words};
use crate::query::{Atom, AtomKind, is_light};
use crate::text::sort::{sort_by, sort_by_key};

/// Articles that are taken to be about what is asked.
const ARTICLES: usize = 10;
/// Words that are added.
const WORDS: usize = 20;
/// Words whose rarity is looked up.
const TRIED: usize = 80;
/// What the mean article counts beside the query: 0 not at all, 1 as much; .75 is customary.
const BETA: f64 = 0.75;
/// Articles to whose scores the words add: the first by the query itself.
pub(super) const LIFTED: usize = 50;
/// Words that are read of an article.
const READ: usize = 1_000;

/// A word of the articles, by its stem.
struct Word {
    /// The numbers of its stem and of the word as first met (see `index::Met`).
    stem: u32,
    first: u32,
    /// In the article being read.
    title: u32,
    text: u32,
    /// Sum of the impacts.
    impact: f64,
    articles: u32,
}

impl<'a> Matcher<'a> {
    /// Whether feedback makes something of this query.
    pub fn can_learn(&self) -> bool {
        self.is_long() && self.soft.is_empty()
    }

    /// Adds the words that the best articles for the query have in common.
    pub fn learn<'t>(&mut self, best: &[Hit], article: impl Fn(u32) -> Option<&'t Article>) {
        let index = self.index;
        let mut words_met = index.met();
        words_met.begin();
        let mut known: Vec<Word> = Vec::new();
        // Of each stem one more than its place among them.
        let mut places: Vec<u32> = Vec::new();
        let mut key = String::new();
        let best = best.get(..ARTICLES).unwrap_or(best);
        for hit in best {
            let Some(article) = article(hit.article) else { continue };
            let language = article.meta.language.as_deref();
            let mut met: Vec<usize> = Vec::new();
            let title = words::of_title(article).map(|word| (0, word.span.of(&article.meta.title)));
            let text = words::of_text(article).map(|word| (word.times(), word.span.of(&article.text)));
            for (times, word) in title.chain(text).take(READ) {
                key.clear();
                key.push_str(word);
                key.push(' ');
                key.push_str(language.unwrap_or(""));
                let Some((first, stem)) = words_met.word(&key, is_light) else { continue };
                if places.len() <= stem as usize {
                    places.resize(stem as usize + 1, 0);
                }
                let Some(place) = places.get_mut(stem as usize) else { continue };
                if *place == 0 {
                    known.push(Word { stem, first, title: 0, text: 0, impact: 0.0, articles: 0 });
                    *place = known.len() as u32;
                }
                let at = *place as usize - 1;
                let Some(word) = known.get_mut(at) else { continue };
                if word.title + word.text == 0 {
                    met.push(at);
                }
                // None is in the title.
                if times == 0 { word.title = 1 } else { word.text += times }
            }
            let [title, text] = index.norm(index.doc(hit.article));
            for at in met {
                let Some(word) = known.get_mut(at) else { continue };
                let times = f64::from(word.title) * f64::from(title) + f64::from(word.text) * f64::from(text);
                word.impact += saturated(times);
                word.articles += 1;
                (word.title, word.text) = (0, 0);
            }
        }
        // What only one of them says is its own matter.
        let mut shared: Vec<usize> = (0..known.len()).collect();
        shared.retain(|at| known[*at].articles > 1);
        sort_by(&mut shared, |a, b| {
            let (a, b) = (&known[*a], &known[*b]);
            b.impact.total_cmp(&a.impact).then_with(|| words_met.stem(a.stem).cmp(words_met.stem(b.stem)))
        });
        let mut found: Vec<(f64, f64, u32)> = Vec::new();
        // No word that two articles have is rarer.
        let rarest = rarity(index, 2);
        for word in shared.iter().take(TRIED).filter_map(|at| known.get(*at)) {
            let weight = BETA * word.impact / best.len().max(1) as f64;
            if found.get(WORDS - 1).is_some_and(|least| weight * rarest < least.0) {
                break;
            }
            let score = weight * rarity(index, words_met.having(word.first, index));
            let at = found.partition_point(|better| better.0 >= score);
            found.insert(at, (score, weight, word.first));
        }
        found.truncate(WORDS);
        for (_, weight, word) in found {
            let word = words_met.folded(word).to_owned();
            let kind = AtomKind::Light;
            let atom = Atom {
                kind,
                typed: word.clone(),
                words: vec![word],
                title: false,
                completing: false,
                also: 0,
            };
            self.atoms.push(self.plan(&atom, false));
            self.soft.push(Wanted { tree: Tree::Atom(self.atoms.len() - 1), strict: false, weight });
        }
    }

    /// Adds what the words that were learnt say in the first articles, and puts those in order again. They stay before
    /// the others, for nothing is taken from a score.
    pub(super) fn lift(&mut self, hits: &mut [Hit]) {
        let first = hits.len().min(LIFTED);
        let Some(hits) = hits.get_mut(..first) else { return };
        // Postings are read forward.
        sort_by_key(hits, |hit| self.index.doc(hit.article));
        for soft in &self.soft {
            let Tree::Atom(atom) = soft.tree else { continue };
            let Some(planned) = self.atoms.get(atom) else { continue };
            let idf = self.idf(planned);
            let mut few = self.kept.few(&planned.key);
            for hit in hits.iter_mut() {
                let doc = self.index.doc(hit.article);
                let at = few.partition_point(|(there, _)| *there < doc);
                let often = match few.get(at) {
                    Some(&(there, often)) if there == doc => often,
                    _ => {
                        let often = said::often(self, planned, doc);
                        few.insert(at, (doc, often));
                        often
                    }
                };
                if often > 0 {
                    let times = Said::times(self.index, planned, often, doc);
                    hit.score += idf * self.impact(&times) * soft.weight;
                }
            }
            self.kept.put_few(&planned.key, few);
        }
        self.lifted = hits.iter().map(|hit| hit.article).collect();
        sort_by(hits, Hit::order);
    }
}
