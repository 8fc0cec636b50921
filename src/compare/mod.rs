//! Comparison: two articles sentence by sentence, what corresponds, what only one says, what differs inside a pair.
//!
//! Invariant: pure and total; indices point into [`Comparison::a`] and [`Comparison::b`], spans of differences lie
//! inside their sentences; [`compare`] with the articles swapped gives the mirrored pairs. It states that two texts
//! differ, never which of them is right. Not here: names (the caller hands them in), views, which articles tell one story.
//!
//! Three steps, a file each: sentences are read (`unit.rs`), aligned (`align.rs`, `order.rs`; `clauses.rs` says which part
//! of a long one answers), and facts in the same slot compared (`differ.rs` and the files that it names).

mod align;
mod causes;
mod claims;
mod clauses;
mod copies;
pub mod corrections;
mod differ;
mod distinctive;
mod figures;
mod foreign;
mod model;
mod order;
mod people;
mod quotes;
mod reports;
mod revision;
mod side;
mod status;
mod times;
mod topics;
mod unit;
mod words;

pub use claims::{Link, claims};
pub use copies::{At, Copies, copies};
pub use distinctive::{Distinct, distinctive};
pub use model::{
    Change, Comparison, Degree, Difference, DifferenceKind, Named, NamedKind, Outcome, Pair, PairRelation,
    Sentence,
};
pub use revision::changes;
pub use topics::{Topic, topics};

use crate::article::{Article, BlockKind};
use crate::text::Span;
use crate::text::common::Common;
use crate::text::map::Set;
use crate::text::sort::{sort, sort_by, sort_by_key};
use side::Side;
use unit::{Unit, Vocabulary};

/// Score from which two sentences count as the same, best F1 over the stories left out.
const SAME: f64 = 0.5;
/// Score from which the best pair of a sentence counts as related.
const RELATED: f64 = 0.35;
/// Score from which a pair whose figures differ in the same slot is a claim that both make.
const FIGURES: f64 = 0.1;
/// Score from which a pair is looked at for who went, was sent away.
const NEARLY: f64 = 0.4;
/// Pairs that are looked at for their figures alone.
const MAX_FIGURES: usize = 500;
/// Score from which a pair is mentioned at all.
const UNSURE: f64 = 0.05;
/// Pairs that are mentioned at most, besides those that are shown.
const MAX_UNSURE: usize = 4_000;
/// Wording from which a pair is the same sentence, edited at most.
const EDITED: f64 = 0.6;
/// Share of the shorter article's sentences below which two articles have little in common.
const LITTLE: f64 = 0.06;
/// Pairs of one sentence.
const MAX_PER_SENTENCE: usize = 8;

/// Compares two articles. `names_a` and `names_b` are their names, in any order; none is fine. `common` knows how
/// common their stems are.
pub fn compare(
    a: &Article,
    b: &Article,
    names_a: &[Named],
    names_b: &[Named],
    common: &Common,
) -> Comparison {
    let language = if a.meta.language == b.meta.language { a.meta.language.as_deref() } else { None };
    let foreign = in_two_languages(a, b);
    let mut vocabulary = Vocabulary::new(language, common);
    let (names_a, names_b) = (in_order(names_a), in_order(names_b));
    let (sentences_a, sentences_b) = (sentences(a), sentences(b));
    let units_a = units(&a.text, &sentences_a, &names_a, &mut vocabulary);
    let units_b = units(&b.text, &sentences_b, &names_b, &mut vocabulary);
    let mut outcome = same_words(&units_a, &units_b);
    let links = if foreign { foreign::links } else { align::links }(&units_a, &units_b, &vocabulary);
    let mut pairs = chosen(&links, units_a.len(), units_b.len());
    if outcome == Outcome::Compared && little(&pairs, &units_a, &units_b) {
        outcome = Outcome::LittleInCommon;
        pairs.retain(|(pair, _)| pair.relation == PairRelation::Same && pair.score >= CERTAIN);
    } else if outcome == Outcome::Compared && foreign {
        outcome = Outcome::TwoLanguages;
    }
    let edited = mark_moved(&mut pairs);
    for at in edited {
        let pair = &mut pairs[at].0;
        if let (Some(x), Some(y)) = (sentences_a.get(pair.a as usize), sentences_b.get(pair.b as usize)) {
            pair.changes = changed(&a.text, x.span, &b.text, y.span);
        }
    }
    let side = |text, unit| Side { text, unit, vocabulary: &vocabulary };
    if outcome == Outcome::Compared {
        pairs.extend(with_figures(&links, &pairs, &units_a, &units_b));
        sort_by_key(&mut pairs, |(p, _)| (p.a, p.b));
    }
    for (pair, _) in &mut pairs {
        let (Some(x), Some(y)) = (units_a.get(pair.a as usize), units_b.get(pair.b as usize)) else {
            continue;
        };
        let (x, y) = (side(&a.text, x), side(&b.text, y));
        (pair.part_a, pair.part_b) = (clauses::part(&x, y.unit), clauses::part(&y, x.unit));
        if foreign {
            continue;
        }
        if pair.score >= SAME && !x.unit.heading {
            pair.differences = differ::differences(&x, &y, pair.score);
        } else if pair.score >= FIGURES && !x.unit.heading {
            pair.differences = differ::figures_of(&x, &y);
        }
        // Two facts in the same slot are a claim that both make.
        if !pair.differences.is_empty() {
            pair.relation = PairRelation::Same;
        }
    }
    pairs.retain(|(p, _)| p.score >= RELATED || !p.differences.is_empty());
    keep_best_related(&mut pairs, units_a.len(), units_b.len());
    let pairs: Vec<Pair> = pairs.into_iter().map(|(pair, _)| pair).collect();
    let only = |sentences: &[Sentence], side: fn(&Pair) -> u32| {
        let mut paired = vec![false; sentences.len()];
        for pair in &pairs {
            if let Some(entry) = paired.get_mut(side(pair) as usize) {
                *entry = true;
            }
        }
        let rest = sentences.iter().zip(paired).enumerate().filter(|(_, (s, paired))| !paired && !s.heading);
        rest.map(|(i, _)| i as u32).collect::<Vec<u32>>()
    };
    let only_a = only(&sentences_a, |p| p.a);
    let only_b = only(&sentences_b, |p| p.b);
    let shown = |l: &align::Link| pairs.binary_search_by_key(&(l.a, l.b), |p| (p.a, p.b)).is_ok();
    let listed = if outcome == Outcome::Compared { links.as_slice() } else { &[] };
    let unsure = listed.iter().filter(|l| l.score >= UNSURE && !shown(l)).take(MAX_UNSURE);
    let unsure = unsure.map(|l| (l.a, l.b, l.score)).collect();
    Comparison { a: sentences_a, b: sentences_b, pairs, unsure, only_a, only_b, outcome }
}

/// Whether two articles are known to be in different languages; `en-GB` and `en-US` are one.
fn in_two_languages(a: &Article, b: &Article) -> bool {
    let language = |article: &Article| {
        let tag = article.meta.language.as_deref()?;
        Some(tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase())
    };
    language(a).zip(language(b)).is_some_and(|(a, b)| a != b)
}

/// Links that are not chosen and whose sentences both state figures: they may still state them of the same thing.
fn with_figures(links: &[align::Link], pairs: &[(Pair, f64)], a: &[Unit], b: &[Unit]) -> Vec<(Pair, f64)> {
    let counts = |units: &[Unit], at: u32| units.get(at as usize).is_some_and(|u| !u.numbers.is_empty());
    let known = |l: &align::Link| pairs.binary_search_by_key(&(l.a, l.b), |(p, _)| (p.a, p.b)).is_ok();
    let open = links.iter().filter(|l| (FIGURES..SAME).contains(&l.score) && !known(l));
    let both = open.filter(|l| l.score >= NEARLY || counts(a, l.a) && counts(b, l.b)).take(MAX_FIGURES);
    both.map(|l| (l.pair(PairRelation::Related), l.likeness)).collect()
}

/// Likeness of two texts of a sentence or so, 0 to 1.
pub fn similarity(a: &str, b: &str) -> f64 {
    let mut vocabulary = Vocabulary::new(None, Common::all());
    let (ua, ub) = (whole(a, &mut vocabulary), whole(b, &mut vocabulary));
    align::similarity(&ua, &ub, &vocabulary)
}

/// What differs between two texts of a sentence or so, in the order of A; spans are bytes of each text.
pub fn differences(a: &str, b: &str) -> Vec<Difference> {
    let mut vocabulary = Vocabulary::new(None, Common::all());
    let (ua, ub) = (whole(a, &mut vocabulary), whole(b, &mut vocabulary));
    let side = |text, unit| Side { text, unit, vocabulary: &vocabulary };
    differ::differences(&side(a, &ua), &side(b, &ub), 1.0)
}

/// A text of a sentence or so as one unit.
fn whole(text: &str, vocabulary: &mut Vocabulary) -> Unit {
    let end = text.len().min(u32::MAX as usize);
    unit::read(text, Span::new(0, end), false, &[], 0, vocabulary)
}

fn in_order(names: &[Named]) -> Vec<Named> {
    let mut names = names.to_vec();
    sort_by_key(&mut names, |n| (n.span.start, std::cmp::Reverse(n.span.end), n.key));
    names
}

fn sentences(article: &Article) -> Vec<Sentence> {
    let mut all = Vec::new();
    for (block, b) in article.blocks.iter().enumerate() {
        let heading = matches!(b.kind, BlockKind::Heading(_));
        all.extend(b.sentences.iter().map(|span| Sentence { span: *span, block: block as u32, heading }));
    }
    all
}

fn units(text: &str, sentences: &[Sentence], names: &[Named], vocabulary: &mut Vocabulary) -> Vec<Unit> {
    let mut from = 0;
    let mut units = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let unit = unit::read(text, sentence.span, sentence.heading, names, from, vocabulary);
        from = unit.names.end;
        units.push(unit);
    }
    units
}

/// Whether the articles have the same sentences, in the same order or in another; `Compared` where they have not.
fn same_words(a: &[Unit], b: &[Unit]) -> Outcome {
    let hashes = |units: &[Unit]| units.iter().map(|u| (u.hash, u.heading)).collect::<Vec<_>>();
    let (mut x, mut y) = (hashes(a), hashes(b));
    if x == y {
        return Outcome::Identical;
    }
    sort(&mut x);
    sort(&mut y);
    if x == y { Outcome::OnlyMoved } else { Outcome::Compared }
}

/// Chooses pairs among links, with their likeness: those that may be the same, and the best of both their sentences.
fn chosen(links: &[align::Link], len_a: usize, len_b: usize) -> Vec<(Pair, f64)> {
    let (best_a, best_b) = best(links.iter().map(|l| (l.a, l.b, l.score)), len_a, len_b);
    let mut order: Vec<&align::Link> = links.iter().filter(|l| l.score >= RELATED).collect();
    sort_by(&mut order, |x, y| y.score.total_cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
    let (mut used_a, mut used_b) = (vec![0usize; len_a], vec![0usize; len_b]);
    let mut pairs = Vec::new();
    for link in order {
        let (x, y) = (link.a as usize, link.b as usize);
        let likely = link.score >= SAME;
        let (row, column) = (link.score / best_a[x], link.score / best_b[y]);
        if !likely && row.min(column) < 1.0 || used_a[x] >= MAX_PER_SENTENCE || used_b[y] >= MAX_PER_SENTENCE
        {
            continue;
        }
        used_a[x] += 1;
        used_b[y] += 1;
        let relation = if likely { PairRelation::Same } else { PairRelation::Related };
        pairs.push((link.pair(relation), link.likeness));
    }
    sort_by_key(&mut pairs, |(p, _)| (p.a, p.b));
    pairs
}

/// The best score of each sentence of A and of B.
fn best(scores: impl Iterator<Item = (u32, u32, f64)>, len_a: usize, len_b: usize) -> (Vec<f64>, Vec<f64>) {
    let (mut best_a, mut best_b) = (vec![0.0f64; len_a], vec![0.0f64; len_b]);
    for (a, b, score) in scores {
        for (best, at) in [(&mut best_a, a), (&mut best_b, b)] {
            if let Some(best) = best.get_mut(at as usize) {
                *best = best.max(score);
            }
        }
    }
    (best_a, best_b)
}

/// Leaves a related pair only where neither of its sentences has a better one.
fn keep_best_related(pairs: &mut Vec<(Pair, f64)>, len_a: usize, len_b: usize) {
    let (best_a, best_b) = best(pairs.iter().map(|(p, _)| (p.a, p.b, p.score)), len_a, len_b);
    let most = |best: &[f64], at: u32| best.get(at as usize).copied().unwrap_or_default();
    pairs.retain(|(p, _)| {
        p.relation == PairRelation::Same || (p.score >= most(&best_a, p.a) && p.score >= most(&best_b, p.b))
    });
}

/// Whether two articles have so little in common that a comparison would force it.
fn little(pairs: &[(Pair, f64)], a: &[Unit], b: &[Unit]) -> bool {
    let body = |units: &[Unit]| units.iter().filter(|u| !u.heading).count();
    let shorter = body(a).min(body(b)) as f64;
    let weight: f64 =
        pairs.iter().filter(|(p, _)| p.relation == PairRelation::Same).map(|(p, _)| p.score).sum();
    weight < (shorter * LITTLE).max(LEAST)
}

/// Score from which a pair stands even between articles that have little in common.
const CERTAIN: f64 = 0.8;
/// Sum of the scores of same pairs below which two articles have little in common.
const LEAST: f64 = 0.5;

/// The words that are not the same in two sentences of nearly the same wording; spans are bytes of the articles' texts.
fn changed(a: &str, x: Span, b: &str, y: Span) -> Vec<Change> {
    let (one, other) = (x.of(a), y.of(b));
    if one == other {
        return Vec::new();
    }
    let mut changes = revision::revision(one, other);
    for change in &mut changes {
        for (span, from) in [(&mut change.a, x.start), (&mut change.b, y.start)] {
            (span.start, span.end) = (span.start + from, span.end + from);
        }
    }
    changes
}

/// Marks the pairs of nearly the same words that stand in another place; the pairs of nearly the same words, each
/// sentence in one at most, as indices.
fn mark_moved(pairs: &mut [(Pair, f64)]) -> Vec<usize> {
    let mut taken: Vec<usize> = (0..pairs.len()).filter(|i| pairs[*i].1 >= EDITED).collect();
    sort_by(&mut taken, |x, y| {
        let (p, q) = (&pairs[*x], &pairs[*y]);
        q.0.score.total_cmp(&p.0.score).then(q.1.total_cmp(&p.1)).then((p.0.a, p.0.b).cmp(&(q.0.a, q.0.b)))
    });
    let (mut used_a, mut used_b) = (Set::new(), Set::new());
    taken.retain(|i| {
        let pair = &pairs[*i].0;
        if used_a.contains(&pair.a) || used_b.contains(&pair.b) {
            return false;
        }
        used_a.insert(pair.a) && used_b.insert(pair.b)
    });
    let places: Vec<(u32, u32)> = taken.iter().map(|i| (pairs[*i].0.a, pairs[*i].0.b)).collect();
    for (i, moved) in taken.iter().zip(order::moved(&places)) {
        pairs[*i].0.moved = moved;
    }
    taken
}

#[cfg(test)]
mod tests;
