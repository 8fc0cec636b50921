//! Copies: sentences that stand in several articles in nearly the same words, as agency copy and shared quotes do.
//!
//! Invariant: pure; near-linear, for a run of words that stands in very many sentences proves nothing and is left
//! out. Articles that share most of the shorter one's words in such sentences are of one origin. Not here: what
//! else corresponds (`align.rs`), which of the articles was first.

use super::sentences;
use crate::article::Article;
use crate::text;
use crate::text::fnv::{self, fnv};
use crate::text::sort::{sort, sort_by_key};

/// A sentence: index of its article among those given, index of the sentence as in a comparison.
pub type At = (u32, u32);

/// What was copied among some articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copies {
    /// Nearly the same sentences of two articles, the earlier article first, ascending.
    pub pairs: Vec<(At, At)>,
    /// Per article: the first of those given that it shares its origin with; itself where there is none.
    pub origins: Vec<u32>,
}

/// Words of a run. Three in the same order are seldom chance, and one changed word spoils only three runs.
const RUN: usize = 3;
/// Words from which a sentence counts; shorter ones are alike by chance ("He did not say more.").
const LEAST: usize = 8;
/// Share of common runs, 2 × common ÷ both, from which two sentences are nearly the same: one word in eight changed.
const ALIKE: f64 = 0.6;
/// Sentences beyond which a run proves nothing.
const COMMON: usize = 64;
/// Share of the shorter article's words in copied sentences from which both are of one origin.
const ORIGIN: f64 = 0.4;

/// A sentence that may be a copy.
struct Piece {
    at: At,
    /// Words in it.
    words: u32,
    /// Different runs in it.
    runs: u32,
}

/// Finds the copies among articles.
pub fn copies(articles: &[&Article]) -> Copies {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut runs: Vec<(u64, u32)> = Vec::new();
    for (index, article) in (0..).zip(articles) {
        for (number, sentence) in (0..).zip(sentences(article)) {
            let quote = sentence.span.of(&article.text);
            let words: Vec<u64> =
                text::words(quote).map(|w| fnv(fnv::START, text::fold(w.of(quote)).into_bytes())).collect();
            if sentence.heading || words.len() < LEAST {
                continue;
            }
            let run = |run: &[u64]| fnv(fnv::START, run.iter().flat_map(|w| w.to_le_bytes()));
            let mut own: Vec<u64> = words.windows(RUN).map(run).collect();
            sort(&mut own);
            own.dedup();
            let piece = pieces.len() as u32;
            pieces.push(Piece { at: (index, number), words: words.len() as u32, runs: own.len() as u32 });
            runs.extend(own.into_iter().map(|run| (run, piece)));
        }
    }
    sort(&mut runs);
    let pairs: Vec<(&Piece, &Piece)> = alike(&runs, &pieces);
    Copies {
        origins: origins(&pairs, &pieces, articles.len()),
        pairs: pairs.into_iter().map(|(x, y)| (x.at, y.at)).collect(),
    }
}

/// The pieces of different articles that have enough runs in common.
fn alike<'a>(runs: &[(u64, u32)], pieces: &'a [Piece]) -> Vec<(&'a Piece, &'a Piece)> {
    let mut common: Vec<(u32, u32)> = Vec::new();
    for same in runs.chunk_by(|x, y| x.0 == y.0).filter(|same| same.len() <= COMMON) {
        for (i, (_, x)) in same.iter().enumerate() {
            common.extend(same.iter().skip(i + 1).map(|(_, y)| (*x, *y)));
        }
    }
    sort(&mut common);
    let pair = |same: &[(u32, u32)]| {
        let (x, y) = same.first()?;
        let (x, y) = (pieces.get(*x as usize)?, pieces.get(*y as usize)?);
        let enough = 2.0 * same.len() as f64 >= ALIKE * f64::from(x.runs + y.runs);
        (enough && x.at.0 != y.at.0).then_some((x, y))
    };
    common.chunk_by(|x, y| x == y).filter_map(pair).collect()
}

/// For each article the first one that it shares its origin with.
fn origins(pairs: &[(&Piece, &Piece)], pieces: &[Piece], count: usize) -> Vec<u32> {
    let words = |article: u32, of: &[&Piece]| -> f64 {
        f64::from(of.iter().filter(|p| p.at.0 == article).map(|p| p.words).sum::<u32>())
    };
    let all: Vec<&Piece> = pieces.iter().collect();
    let mut origins: Vec<u32> = (0..count as u32).collect();
    let mut order: Vec<(&Piece, &Piece)> = pairs.to_vec();
    sort_by_key(&mut order, |(x, y)| (x.at.0, y.at.0, x.at.1, y.at.1));
    for same in order.chunk_by(|p, q| (p.0.at.0, p.1.at.0) == (q.0.at.0, q.1.at.0)) {
        let Some((x, y)) = same.first().map(|(x, y)| (x.at.0, y.at.0)) else { continue };
        let copied = |side: fn(&(&'_ Piece, &'_ Piece)) -> At, article: u32| -> f64 {
            let mut own: Vec<At> = same.iter().map(side).collect();
            sort(&mut own);
            own.dedup();
            let of: Vec<&Piece> = pieces.iter().filter(|p| own.binary_search(&p.at).is_ok()).collect();
            words(article, &of) / words(article, &all).max(1.0)
        };
        if copied(|p| p.0.at, x).max(copied(|p| p.1.at, y)) < ORIGIN {
            continue;
        }
        let (Some(&from), Some(&to)) = (origins.get(y as usize), origins.get(x as usize)) else { continue };
        let (first, later) = (from.min(to), from.max(to));
        origins.iter_mut().filter(|o| **o == later).for_each(|o| *o = first);
    }
    origins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::tests::article;

    #[track_caller]
    fn check(texts: &[&str], pairs: &[(At, At)], origins: &[u32]) {
        let articles: Vec<Article> = texts.iter().map(|text| article(text)).collect();
        let found = copies(&articles.iter().collect::<Vec<_>>());
        assert_eq!((found.pairs.as_slice(), found.origins.as_slice()), (pairs, origins));
    }

    #[test]
    fn copied_sentences_and_origins() {
        let wire = "The ferry left Corfu at dawn with ninety people on board, the coast guard said.";
        let edited = "The ferry left Corfu at dawn with ninety passengers on board, the coast guard said.";
        let own = "A storm had closed the strait for three days before the ship could sail.";
        let other = "Relatives waited on the quay until late at night for any word of them.";
        check(&[], &[], &[]);
        check(&[wire, own], &[], &[0, 1]);
        check(&[wire, edited, own], &[((0, 0), (1, 0))], &[0, 0, 2]);
        // A shared sentence in longer texts is a copy, and no common origin.
        let mine = format!("{wire} {own} {own} {own}");
        let yours = format!("{other} {other} {other} {wire}");
        check(&[&mine, &yours], &[((0, 0), (1, 3))], &[0, 1]);
        // What is short or a heading is alike by chance.
        check(&["He did not say more.", "He did not say more."], &[], &[0, 1]);
        check(&[&format!("# {wire}"), &format!("# {wire}")], &[], &[0, 1]);
    }
}
