//! Distinctive words: those that set an article apart from another.
//!
//! Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn, "Fightin' Words", 2008): the prior
//! of a word is what common English and the two articles together expect; words whose z exceeds [`LEAST_Z`] are shown
//! in the form that the article uses most, with their counts in both. Not here: names (they have their own lists).

use super::words;
use crate::article::Article;
use crate::text;
use crate::text::common::Common;
use crate::text::map::Map;
use crate::text::sort::sort_by;

/// A word as the article writes it, its count in A, its count in B.
pub type Distinct = (String, u32, u32);

/// Words of an article that are counted; the rest of a longer one tells no more.
const MAX_WORDS: usize = 200_000;
/// Words shown of each article.
const SHOWN: usize = 12;
/// Standard deviations from which a word sets an article apart.
const LEAST_Z: f64 = 1.2;
/// Weight of the prior, in words per word of the shorter article.
const PRIOR: f64 = 1.0;

#[derive(Default)]
struct Count {
    a: u32,
    b: u32,
    forms: Map<String, u32>,
}

/// The words that set A apart from B, and those that set B apart from A; most distinctive first.
pub fn distinctive(a: &Article, b: &Article, common: &Common) -> (Vec<Distinct>, Vec<Distinct>) {
    let mut counts: Map<String, Count> = Map::new();
    let total_a = count(a, &mut counts, |c| &mut c.a);
    let total_b = count(b, &mut counts, |c| &mut c.b);
    if total_a == 0.0 || total_b == 0.0 {
        return (Vec::new(), Vec::new());
    }
    let expected = |stem: &str, c: &Count| {
        let pooled = f64::from(c.a + c.b) / (total_a + total_b);
        (pooled + libm::exp(-common.idf(stem)) / SENTENCE) / 2.0 * PRIOR * total_a.min(total_b)
    };
    let prior_total: f64 = counts.iter().map(|(stem, c)| expected(stem, c)).sum();
    let (mut more_a, mut more_b) = (Vec::new(), Vec::new());
    for (stem, c) in &counts {
        let prior = expected(stem, c);
        let (x, y) = (f64::from(c.a) + prior, f64::from(c.b) + prior);
        let odds = |n: f64, total: f64| libm::log(n / (total + prior_total - n).max(1.0));
        let z = (odds(x, total_a) - odds(y, total_b)) / (1.0 / x + 1.0 / y).sqrt();
        let form = c.forms.iter().max_by(|p, q| p.1.cmp(q.1).then(q.0.cmp(p.0))).map_or(stem, |(f, _)| f);
        if z >= LEAST_Z && c.a >= 2 {
            more_a.push((z, (form.clone(), c.a, c.b)));
        } else if -z >= LEAST_Z && c.b >= 2 {
            more_b.push((-z, (form.clone(), c.a, c.b)));
        }
    }
    (best(more_a), best(more_b))
}

/// Words of a sentence: turns the share of sentences that hold a stem into a share of words.
const SENTENCE: f64 = 20.0;

fn best(mut list: Vec<(f64, Distinct)>) -> Vec<Distinct> {
    sort_by(&mut list, |x, y| y.0.total_cmp(&x.0).then(x.1.0.cmp(&y.1.0)));
    list.truncate(SHOWN);
    list.into_iter().map(|(_, d)| d).collect()
}

/// Counts an article's words by stem; returns how many.
fn count(article: &Article, counts: &mut Map<String, Count>, side: fn(&mut Count) -> &mut u32) -> f64 {
    let mut total = 0u32;
    for block in &article.blocks {
        let body = block.span.of(&article.text);
        for span in text::words(body) {
            if total as usize >= MAX_WORDS {
                return f64::from(total);
            }
            let folded = text::fold(span.of(body));
            total += 1;
            if folded.chars().count() < 3
                || words::is_stop(&folded)
                || folded.chars().any(|c| c.is_ascii_digit())
            {
                continue;
            }
            let entry = counts.or_default(text::stem(&folded, article.meta.language.as_deref()));
            *side(entry) += 1;
            *entry.forms.or_default(folded) += 1;
        }
    }
    f64::from(total)
}
