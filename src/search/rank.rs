//! The rank: BM25F over title and text, and which articles come first.
//!
//! BM25F as in Robertson and Zaragoza, *The Probabilistic Relevance Framework* (2009), 3.6: the times of a word in
//! each field, made comparable by the field's length, are added with the field's weight, and the sum saturates
//! once. Of short queries, articles with all words come first, those with all of them literally before the others;
//! long queries go by the score alone.
//!
//! Invariant: the same scores on every target (`libm`), ties by article order. Not here: where the words are.

use super::plan::{Kind, Matcher, Planned, Times, Tree};
use crate::article::Article;
use crate::index::Index;
use crate::query::{Hint, Query};
use crate::text::sort::{sort_by, sort_by_key};

/// Saturation: 0 counts only whether a word is there, 1.2 (customary) lets the tenth time still count a little.
const K1: f64 = 1.2;
/// Saturation of a word said several times in the query: 0 counts it once, a large value every time; 7 as at TREC.
const K3: f64 = 7.0;
/// Length of the text: 0 ignores it, 1 counts times per word; customary.
const B_TEXT: f64 = 0.75;
/// Length of the title; titles differ less.
const B_TITLE: f64 = 0.5;
/// Weight of a word in the title against one in the text: 1 would make it one more word of the text.
const TITLE: f64 = 3.0;
/// Words up to which a query is short: its words are wanted together.
const SHORT: usize = 6;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The best articles, best first, at most as many as asked for.
    pub hits: Vec<Hit>,
    /// All articles that answer.
    pub total: u32,
    /// Of these, how many have all words of the query.
    pub complete: u32,
    /// What was odd in the query, and what had to be guessed.
    pub hints: Vec<Hint>,
}

/// An article that answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Which, from 0 in corpus order.
    pub article: u32,
    /// Its score; comparable within one query.
    pub score: f64,
    /// Whether it has all words of the query.
    pub complete: bool,
}

/// The best `limit` articles for `query` among those `allowed`. `articles` are those of the index.
pub fn search(
    index: &Index,
    articles: &[Article],
    query: &Query,
    allowed: &dyn Fn(u32) -> bool,
    limit: usize,
) -> Found {
    let known = articles.len() as u32;
    Matcher::new(index, query).find(&|article| article < known && allowed(article), limit)
}

/// What an article has gathered.
#[derive(Clone, Copy, Default)]
struct Gathered {
    score: f64,
    /// Clauses that it has.
    clauses: u16,
    /// Of these, literally or in another form.
    exact: u16,
    /// Of these, strict ones.
    strict: u16,
}

impl Matcher<'_> {
    /// The best `limit` articles among those `allowed`.
    pub fn find(&self, allowed: &dyn Fn(u32) -> bool, limit: usize) -> Found {
        let mut gathered = vec![Gathered::default(); self.index.articles() as usize];
        for wanted in &self.wanted {
            for (article, score, kind) in self.evaluate(&wanted.tree) {
                if let Some(gathered) = gathered.get_mut(article as usize) {
                    gathered.score += score * (K3 + 1.0) * wanted.times / (K3 + wanted.times);
                    gathered.clauses += 1;
                    gathered.exact += u16::from(kind <= Kind::Form);
                    gathered.strict += u16::from(wanted.strict);
                }
            }
        }
        for tree in &self.unwanted {
            for (article, ..) in self.evaluate(tree) {
                if let Some(gathered) = gathered.get_mut(article as usize) {
                    *gathered = Gathered::default();
                }
            }
        }
        let all = self.wanted.len();
        let strict = if all <= SHORT { self.wanted.iter().filter(|wanted| wanted.strict).count() } else { 0 };
        let mut hits: Vec<(u8, Hit)> = Vec::new();
        for (article, gathered) in gathered.iter().enumerate() {
            let article = article as u32;
            if gathered.clauses == 0 || usize::from(gathered.strict) < strict || !allowed(article) {
                continue;
            }
            let complete = usize::from(gathered.clauses) == all;
            let step = if all > SHORT {
                0
            } else {
                u8::from(complete) + u8::from(usize::from(gathered.exact) == all)
            };
            hits.push((step, Hit { article, score: gathered.score, complete }));
        }
        let total = hits.len() as u32;
        let complete = hits.iter().filter(|(_, hit)| hit.complete).count() as u32;
        let order = |a: &(u8, Hit), b: &(u8, Hit)| {
            b.0.cmp(&a.0).then(b.1.score.total_cmp(&a.1.score)).then(a.1.article.cmp(&b.1.article))
        };
        if limit < hits.len() {
            hits.select_nth_unstable_by(limit, order);
            hits.truncate(limit);
        }
        sort_by(&mut hits, order);
        let mut hints = self.hints().to_vec();
        hints.extend(self.spelling_hints());
        if complete == 0 && total > 0 && all > 1 {
            let text = "No article has all these words; those with the most telling of them come first.";
            hints.push(Hint { label: "Together".into(), text: text.into(), query: None });
        }
        Found { hits: hits.into_iter().map(|(_, hit)| hit).collect(), total, complete, hints }
    }

    fn spelling_hints(&self) -> impl Iterator<Item = Hint> {
        self.corrections().into_iter().map(|(typed, near)| {
            let near: Vec<String> = near.iter().map(|word| format!("“{word}”")).collect();
            let text = format!("No article has “{typed}”; found instead: {}.", near.join(", "));
            Hint { label: "Spelling".into(), text, query: None }
        })
    }

    /// The articles that answer a tree, ascending, with score and the worst kind that was needed.
    fn evaluate(&self, tree: &Tree) -> Vec<(u32, f64, Kind)> {
        match tree {
            Tree::Atom(atom) => {
                let Some(planned) = self.atoms.get(*atom) else { return Vec::new() };
                let idf = self.idf(planned);
                planned
                    .times
                    .iter()
                    .map(|times| (times.article, idf * self.saturated(times), times.kind))
                    .collect()
            }
            Tree::Any(trees) => {
                let mut all: Vec<_> = trees.iter().flat_map(|tree| self.evaluate(tree)).collect();
                sort_by_key(&mut all, |&(article, ..)| article);
                all.dedup_by(|next, kept| {
                    let same = next.0 == kept.0;
                    if same {
                        kept.1 += next.1;
                        kept.2 = kept.2.min(next.2);
                    }
                    same
                });
                all
            }
            Tree::All { wanted, unwanted } => {
                let mut lists = wanted.iter().map(|tree| self.evaluate(tree));
                let mut all = lists.next().unwrap_or_default();
                for list in lists {
                    all.retain_mut(|kept| {
                        match list.binary_search_by_key(&kept.0, |&(article, ..)| article) {
                            Ok(at) => {
                                kept.1 += list[at].1;
                                kept.2 = kept.2.max(list[at].2);
                                true
                            }
                            Err(_) => false,
                        }
                    });
                }
                for tree in unwanted {
                    let list = self.evaluate(tree);
                    all.retain(|kept| list.binary_search_by_key(&kept.0, |&(article, ..)| article).is_err());
                }
                all
            }
        }
    }

    /// Inverse document frequency, in the form that is never negative.
    pub(super) fn idf(&self, planned: &Planned) -> f64 {
        let articles = f64::from(self.index.articles());
        let having = planned.times.len() as f64;
        libm::log(1.0 + (articles - having + 0.5).max(0.0) / (having + 0.5))
    }

    /// The times of an atom in an article, by field, saturated: 0 to 1.
    pub(super) fn saturated(&self, times: &Times) -> f64 {
        let row = self.index.row(times.article);
        let [title_mean, text_mean] = self.index.mean_words();
        let title = times.title / (1.0 - B_TITLE + B_TITLE * f64::from(row.title) / title_mean);
        let text = times.text / (1.0 - B_TEXT + B_TEXT * f64::from(row.text) / text_mean);
        let weighted = TITLE * title + text;
        weighted / (K1 + weighted)
    }
}
