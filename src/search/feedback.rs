//! Feedback: words that the best articles for a long query have in common, added to the query with little weight.
//!
//! Rocchio's formula (1971) on the impacts by which articles are ranked: the query and [`BETA`] times the mean of its
//! first [`ARTICLES`] articles, cut to the [`WORDS`] words that add most. Short queries say exactly what is wanted and
//! are left as they are.
//!
//! Invariant: an article without any word of the query itself is never found by these words. Not here: scores.

use super::plan::{Matcher, Tree, Wanted};
use super::rank::Hit;
use crate::article::Article;
use crate::index::{saturated, words};
use crate::query::{Atom, AtomKind, is_light};
use crate::text;
use crate::text::sort::sort_by;

/// Articles that are taken to be about what is asked.
const ARTICLES: usize = 10;
/// Words that are added.
const WORDS: usize = 20;
/// Words whose rarity is looked up.
const TRIED: usize = 80;
/// What the mean article counts beside the query: 0 not at all, 1 as much; .75 is customary.
const BETA: f64 = 0.75;
/// Words that are read of an article.
const READ: usize = 1_000;

/// A word of the articles, by its stem.
struct Word {
    stem: String,
    /// As first met, folded.
    word: String,
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
        let mut known: Vec<Word> = Vec::new();
        let mut by_stem: Vec<(String, usize)> = Vec::new();
        let best = best.get(..ARTICLES).unwrap_or(best);
        for hit in best {
            let Some(article) = article(hit.article) else { continue };
            let language = article.meta.language.as_deref();
            let mut met: Vec<usize> = Vec::new();
            let title = words::of_title(article).map(|word| (true, word.span.of(&article.meta.title)));
            let text = words::of_text(article).map(|word| (false, word.span.of(&article.text)));
            for (in_title, word) in title.chain(text).take(READ) {
                let word = text::fold(word);
                if is_light(&word) || word.len() < 2 {
                    continue;
                }
                let stem = text::stem(&word, language);
                let at = match by_stem.binary_search_by(|(known, _)| known.as_str().cmp(&stem)) {
                    Ok(at) => by_stem.get(at).map_or(0, |&(_, at)| at),
                    Err(at) => {
                        by_stem.insert(at, (stem.clone(), known.len()));
                        known.push(Word { stem, word, title: 0, text: 0, impact: 0.0, articles: 0 });
                        known.len() - 1
                    }
                };
                let Some(word) = known.get_mut(at) else { continue };
                if word.title + word.text == 0 {
                    met.push(at);
                }
                if in_title { word.title = 1 } else { word.text += 1 }
            }
            let [title, text] = self.index.norm(hit.article);
            for at in met {
                let Some(word) = known.get_mut(at) else { continue };
                let times = f64::from(word.title) * f64::from(title) + f64::from(word.text) * f64::from(text);
                word.impact += saturated(times);
                word.articles += 1;
                (word.title, word.text) = (0, 0);
            }
        }
        // What only one of them says is its own matter.
        known.retain(|word| word.articles > 1);
        sort_by(&mut known, |a, b| b.impact.total_cmp(&a.impact).then_with(|| a.stem.cmp(&b.stem)));
        known.truncate(TRIED);
        let mut found: Vec<(f64, f64, Wanted)> = Vec::new();
        for word in known {
            let atom = Atom {
                kind: AtomKind::Word,
                typed: word.word.clone(),
                words: vec![word.word],
                title: false,
                completing: false,
                also: 0,
            };
            let planned = super::plan::plan(self.index, &atom, false);
            let weight = BETA * word.impact / best.len().max(1) as f64;
            let worth = weight * self.idf(&planned);
            self.atoms.push(planned);
            let wanted = Wanted { tree: Tree::Atom(self.atoms.len() - 1), strict: false, weight };
            found.push((worth, weight, wanted));
        }
        sort_by(&mut found, |a, b| b.0.total_cmp(&a.0));
        found.truncate(WORDS);
        self.soft = found.into_iter().map(|(.., wanted)| wanted).collect();
    }
}
