//! Nearly the same: which articles of a list are copies of one before them, but for a few words.
//!
//! An article is the set of its runs of four words; of these the [`KEPT`] with the least hashes are kept, and two articles
//! are as alike as the least hashes of both together are in both: an estimate of the sets' resemblance (Broder 1997).
//!
//! Invariant: of the texts alone, so the same in every view. Not here: sentences taken over (see `compare`), what becomes
//! of copies in a list (see `results`).

use super::answer::Engine;
use crate::article::Article;
use crate::text;
use crate::text::fnv::{self, fnv};
use crate::text::sort::sort;

/// Words of a run.
const RUN: usize = 4;
/// Hashes kept of an article: the resemblance is known to about .03.
const KEPT: usize = 256;
/// Runs from which an article can be a copy; a few lines are alike by chance.
const LEAST: usize = 20;
/// Resemblance from which two articles are nearly the same: about one word in twenty changed, or a paragraph in four added.
const ALIKE: f64 = 0.7;

impl Engine {
    /// Whether two articles are nearly the same. Never in a corpus of two, which is there to be compared.
    pub(super) fn nearly_same(&self, a: usize, b: usize) -> bool {
        if self.len() < 3 {
            return false;
        }
        let mut sketches = self.sketches.borrow_mut();
        sketches.resize(self.len(), None);
        for index in [a, b] {
            if let Some(sketch @ None) = sketches.get_mut(index) {
                *sketch = Some(self.one_article(index).map_or_else(Vec::new, sketch_of));
            }
        }
        match (sketches.get(a), sketches.get(b)) {
            (Some(Some(a)), Some(Some(b))) => alike(a, b),
            _ => false,
        }
    }
}

/// The least hashes of an article's runs, ascending; none where there are too few.
fn sketch_of(article: &Article) -> Vec<u64> {
    let hash = |word: &str| fnv(fnv::START, text::fold(word).bytes());
    let words: Vec<u64> = text::words(&article.text).map(|w| hash(w.of(&article.text))).collect();
    // Multiplied and turned, so that a run's hash says nothing of its words and least ones are a fair sample.
    let run = |run: &[u64]| {
        run.iter()
            .fold(0u64, |h, w| (h.rotate_left(23) ^ w).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29))
    };
    let mut runs: Vec<u64> = words.windows(RUN).map(run).collect();
    sort(&mut runs);
    runs.dedup();
    if runs.len() < LEAST {
        runs.clear();
    }
    runs.truncate(KEPT);
    runs
}

/// Whether two articles with these least hashes are nearly the same.
fn alike(a: &[u64], b: &[u64]) -> bool {
    let (mut i, mut j, mut all, mut common) = (0, 0, 0u32, 0u32);
    while all < KEPT as u32 {
        match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) => {
                common += u32::from(x == y);
                i += usize::from(x <= y);
                j += usize::from(y <= x);
            }
            // Where one ends early it had no more.
            (Some(_), None) if b.len() < KEPT => i += 1,
            (None, Some(_)) if a.len() < KEPT => j += 1,
            _ => break,
        }
        all += 1;
    }
    all > 0 && f64::from(common) >= ALIKE * f64::from(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Answer, Filters, Request, Sort, SourceFile};

    /// So many different words, one in `every` of them changed.
    fn words(count: usize, every: usize) -> String {
        let word = |at: usize| if at % every == every - 1 { format!("x{at} ") } else { format!("w{at} ") };
        (0..count).map(word).collect()
    }

    #[test]
    fn copies_stand_under_the_first() {
        let plain = words(400, 1_000);
        let texts = [
            format!("talks {plain}"),
            format!("talks talks {}", words(400, 80)),
            format!("talks {}", words(400, 8)),
            format!("talks {plain} more"),
            "talks are short".to_owned(),
            "talks are brief".to_owned(),
        ];
        let file = |(at, text): (usize, &String)| SourceFile {
            name: format!("{at}.txt"),
            bytes: text.as_str().into(),
        };
        let mut engine = Engine::build(texts.iter().enumerate().map(file).collect(), None).0;
        let mut ask = |limit: u32| {
            let (filters, concordance) = (Filters::default(), None);
            let request =
                Request::Search { query: "talks ".into(), filters, sort: Sort::Best, concordance, limit };
            let Answer::Results(results) = engine.answer(request).answer else { panic!("no results") };
            let mut groups: Vec<Vec<String>> = Vec::new();
            for group in &results.groups {
                let mut slugs: Vec<String> = group.same.iter().map(|it| it.slug.clone()).collect();
                slugs.push(group.article.slug.clone());
                slugs.sort();
                groups.push(slugs);
            }
            groups.sort();
            (groups, results.matches, results.articles)
        };
        let (groups, matches, articles) = ask(10);
        assert_eq!(groups, [vec!["0", "1", "3"], vec!["2"], vec!["4"], vec!["5"]]);
        assert_eq!((matches, articles), (7, 6));
        // The counts are those of all articles, however many are shown.
        let (groups, matches, articles) = ask(1);
        assert_eq!((groups.len(), matches, articles), (1, 7, 6));
    }
}
