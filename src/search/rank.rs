//! The rank: BM25F over title, headings and text, and which articles come first.
//!
//! A word adds its impact (see `index::impact`) times its inverse document frequency. Of short queries, articles with all words come first, those with all of them literally before the others;
//! long queries go by the score alone.
//!
//! Invariant: the same scores on every target (`libm`), ties by article order. Not here: where the words are.

use super::closeness;
use super::feedback::LIFTED;
use super::kept::Kept;
use super::plan::{COMPLETIONS, Kind, Matcher, Planned, Times, Tree};
use super::spelling::{self, Correction};
use crate::article::Article;
use crate::index::{self, Index};
use crate::query::{Hint, Query};
use crate::text::sort::{sort_by, sort_by_key};
use std::cmp::Ordering;

/// Words up to which a query is short: its words are wanted together.
const SHORT: usize = 4;

/// Hits up to which the best are found without scoring every article.
const TOP: usize = 200;

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
    /// 2 with all words of a short query exactly, 1 with all of them, 0 else: it goes before the score.
    pub(super) step: u8,
    /// Of a short query, which clauses may stand in its title, a bit each.
    pub(super) titles: u8,
}

/// The best `limit` articles for `query` among those `allowed`. `articles` are those of the index, as is `kept`.
pub fn search(
    index: &Index,
    kept: &Kept,
    articles: &[Article],
    query: &Query,
    allowed: &dyn Fn(u32) -> bool,
    limit: usize,
) -> Found {
    let known = articles.len() as u32;
    let allowed = |article| article < known && allowed(article);
    Matcher::new(index, kept, query).find_again(&allowed, limit, |article| articles.get(article as usize))
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

impl Hit {
    /// The better first.
    pub(super) fn order(a: &Hit, b: &Hit) -> Ordering {
        b.step.cmp(&a.step).then(b.score.total_cmp(&a.score)).then(a.article.cmp(&b.article))
    }
}

impl<'a> Matcher<'a> {
    /// The best `limit` articles among those `allowed`. Where they are few, [`Found::total`] counts no further than it
    /// took to find them.
    ///
    /// Of a long query the first are put in order by what they have in common, where `article` gives texts: see
    /// `feedback`.
    pub fn find_again<'t>(
        &mut self,
        allowed: &dyn Fn(u32) -> bool,
        limit: usize,
        article: impl Fn(u32) -> Option<&'t Article>,
    ) -> Found {
        let learns = limit > 0 && self.can_learn();
        let mut found = self.plainly(allowed, if learns { limit.max(LIFTED) } else { limit });
        if learns {
            self.learn(&found.hits, article);
            self.lift(&mut found.hits);
            found.hits.truncate(limit);
        }
        self.with_hints(found)
    }

    /// The best `limit` articles, without learning from them.
    pub fn find(&self, allowed: &dyn Fn(u32) -> bool, limit: usize) -> Found {
        self.with_hints(self.plainly(allowed, limit))
    }

    fn plainly(&self, allowed: &dyn Fn(u32) -> bool, limit: usize) -> Found {
        let pairs = limit > 0 && self.has_pairs();
        let depth = if pairs { limit.max(closeness::DEPTH) } else { limit };
        // The page asks for a few articles only of a phrase, which is read whole; its edition for reading does without.
        let few = cfg!(feature = "studio") && depth <= TOP;
        let mut found = if few { self.top(allowed, limit, depth) } else { self.all(allowed, depth) };
        if pairs {
            self.bring_closer(&mut found.hits);
            found.hits.truncate(limit);
        }
        found.hits.iter_mut().for_each(|hit| hit.titles = 0);
        found
    }

    /// Every article is scored.
    pub(super) fn all(&self, allowed: &dyn Fn(u32) -> bool, limit: usize) -> Found {
        let mut gathered = vec![Gathered::default(); self.index.articles() as usize];
        let mut touched: Vec<u32> = Vec::new();
        for wanted in &self.wanted {
            let mut clause = self.clause(wanted);
            clause.widen(self);
            clause.each(self, |row, score| {
                if let Some(gathered) = gathered.get_mut(row.doc as usize) {
                    if gathered.clauses == 0 {
                        touched.push(row.doc);
                    }
                    gathered.score += score;
                    gathered.clauses += 1;
                    gathered.exact += u16::from(row.exact());
                    gathered.strict += u16::from(wanted.strict);
                }
            });
            clause.put(self);
        }
        for tree in &self.unwanted {
            for (doc, ..) in self.evaluate(tree) {
                if let Some(gathered) = gathered.get_mut(doc as usize) {
                    *gathered = Gathered::default();
                }
            }
        }
        let all = self.wanted.len();
        let strict = self.strict();
        let mut best = Best::new(limit);
        let (mut total, mut complete) = (0, 0);
        for doc in touched {
            let Some(gathered) = gathered.get(doc as usize) else { continue };
            let article = self.index.article(doc);
            if gathered.clauses == 0 || usize::from(gathered.strict) < strict || !allowed(article) {
                continue;
            }
            let whole = usize::from(gathered.clauses) == all;
            let step = if self.is_long() {
                0
            } else {
                u8::from(whole) + u8::from(usize::from(gathered.exact) == all)
            };
            total += 1;
            complete += u32::from(whole);
            best.push(Hit { article, score: gathered.score, complete: whole, step, titles: u8::MAX });
        }
        Found { hits: best.finish(), total, complete, hints: Vec::new() }
    }

    /// Whether the query is so long that not all of its words are expected together.
    pub(super) fn is_long(&self) -> bool {
        self.wanted.len() > SHORT
    }

    /// How many clauses an article must have.
    pub(super) fn strict(&self) -> usize {
        if self.is_long() { 0 } else { self.wanted.iter().filter(|wanted| wanted.strict).count() }
    }

    fn with_hints(&self, found: Found) -> Found {
        let mut hints = self.hints().to_vec();
        let best = found.hits.first().map(|hit| hit.article);
        hints.extend(self.corrections(best).iter().map(spelling_hint));
        if let Some(word) = self.cut_short() {
            let text = format!(
                "Of the words that begin with “{word}” the {COMPLETIONS} commonest are looked for; {word}* finds all."
            );
            hints.push(Hint { label: "Typing".into(), text, query: None });
        }
        if found.complete == 0 && found.total > 0 && self.wanted.len() > 1 {
            let text = "No article has all these words; those with the most telling of them come first.";
            hints.push(Hint { label: "Together".into(), text: text.into(), query: None });
        }
        Found { hints, ..found }
    }

    /// The articles that answer a tree, ascending, with score and the worst kind that was needed.
    pub(super) fn evaluate(&self, tree: &Tree) -> Vec<(u32, f64, Kind)> {
        match tree {
            Tree::Atom(atom) => {
                let Some(planned) = self.atoms.get(*atom) else { return Vec::new() };
                let idf = self.idf(planned);
                let times = planned.times(self.index).iter();
                times.map(|times| (times.doc, idf * self.impact(times), times.kind)).collect()
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
    pub(super) fn idf(&self, planned: &Planned<'a>) -> f64 {
        spelling::rarity(self.index, planned.having(self.index))
    }

    /// The times of an atom in an article, by field, saturated: 0 to 1.
    #[inline]
    pub(super) fn impact(&self, times: &Times) -> f64 {
        index::saturated(self.weighted(times))
    }

    /// The same, not saturated.
    #[inline]
    pub(super) fn weighted(&self, times: &Times) -> f64 {
        let [title, text] = self.index.norm(times.doc);
        times.title * f64::from(title) + times.text * f64::from(text)
    }
}

/// Spellings that a remark names.
const NAMED: usize = 5;

fn spelling_hint(correction: &Correction) -> Hint {
    let near: Vec<String> = correction.near.iter().take(NAMED).map(|word| format!("“{word}”")).collect();
    let near = near.join(", ");
    let text = match correction.known {
        false => format!("No article has “{}”; found instead: {near}.", correction.typed),
        true => format!("“{}” was also looked for as {near}.", correction.typed),
    };
    Hint { label: "Spelling".into(), text, query: None }
}

/// The best so far, without keeping the rest in order.
pub(super) struct Best {
    limit: usize,
    hits: Vec<Hit>,
    /// The least of the best when last counted: what comes behind it is none.
    least: Option<Hit>,
}

impl Best {
    pub fn new(limit: usize) -> Best {
        Best { limit, hits: Vec::new(), least: None }
    }

    #[inline]
    pub fn push(&mut self, hit: Hit) {
        if self.least.is_some_and(|least| Hit::order(&hit, &least) == Ordering::Greater) {
            return;
        }
        if self.limit <= TOP && self.least.is_some() {
            // They are in order, and stay so.
            let at = self.hits.partition_point(|better| Hit::order(better, &hit) == Ordering::Less);
            self.hits.pop();
            self.hits.insert(at, hit);
            self.least = self.hits.last().copied();
            return;
        }
        self.hits.push(hit);
        let full = if self.least.is_none() { self.limit } else { self.limit.saturating_mul(2) };
        if self.hits.len() >= full {
            self.cut();
        }
    }

    /// What a hit must come before to be among the best; `None` while there is room.
    pub fn least(&self) -> Option<(u8, f64)> {
        self.least.map(|hit| (hit.step, hit.score))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.hits.len()
    }

    /// Wants fewer, but not fewer than there are.
    pub fn shrink(&mut self, limit: usize) {
        self.limit = self.limit.min(limit.max(self.hits.len()));
    }

    /// Leaves the best.
    fn cut(&mut self) {
        if self.limit == 0 {
            self.hits.clear();
        } else if self.limit <= self.hits.len() {
            sort_by(&mut self.hits, Hit::order);
            self.hits.truncate(self.limit);
            self.least = self.hits.last().copied();
        }
    }

    pub fn finish(mut self) -> Vec<Hit> {
        self.cut();
        sort_by(&mut self.hits, Hit::order);
        self.hits
    }
}
