//! Alignment: which sentences of two articles correspond, crossing and many-to-many as they may.
//!
//! Identical sentences pair by hash. For the others an inverted index over content terms names a few candidates for
//! each sentence of either side; a logistic function of lexical evidence scores a candidate, a second one adds what
//! only the whole pair of articles can tell: the margins over the rivals in the same row and column, the neighbours,
//! the position. So a threshold is relative to the pair of articles, not a fixed cosine.
//!
//! The weights were fitted offline (logistic regression, L2, scikit-learn) on 96 pairs of articles linked by hand and by
//! language models (docs/BENCH.md), leaving a part of them out at a time to choose the threshold. Features are
//! symmetric, so that swapping the articles mirrors the pairs. Not here: what differs inside a pair (`differ.rs`), which
//! pairs have moved (`order.rs`), which part of a long sentence answers (`clauses.rs`).

use super::unit::{NO_KEY, Unit, Vocabulary, dice, shared};
use super::{Pair, PairRelation};
use crate::text::Span;
use crate::text::map::Map;
use crate::text::sort::{sort, sort_by_key};

/// Candidates kept for a sentence, from either side.
const CANDIDATES: usize = 12;
/// Sentences of a side that are read for rewording; those beyond pair only when identical.
const MAX_UNITS: usize = 12_000;
/// Sentences of the longer side from which fewer candidates are kept.
const MANY: usize = 3_000;
/// Entries of the inverted index that a comparison reads at most, about.
const VISITS: usize = 6_000_000;
/// Content terms of a sentence, about.
const TERMS: usize = 12;
/// Weight of a shared entity in the search for candidates: about that of a rare word.
const ENTITY: f64 = 1.5;
/// What a word of a name counts for where the other sentence names the same entity in other words.
const ALIAS: f64 = 0.5;
/// Content terms that enter the word order.
const MAX_ORDER: usize = 48;
/// Likeness of the wording from which two sentences are one, edited, whatever the other evidence.
const NEAR: f64 = 0.7;
/// Content terms up to which the search for candidates may miss an edited sentence: "This is about all of us."
const FEW: usize = 3;
/// Headings and sentences of few terms that are looked through one by one, of each article.
const MAX_FEW: usize = 200;

/// A scored pair of sentences.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// Index of the sentence in A.
    pub a: u32,
    /// Index of the sentence in B.
    pub b: u32,
    /// Probability that they state the same.
    pub score: f64,
    /// Likeness of the wording (Dice coefficient of character trigrams), 1 for identical sentences.
    pub likeness: f64,
}

impl Link {
    /// The pair that it is, its differences not looked for yet.
    pub fn pair(&self, relation: PairRelation) -> Pair {
        Pair {
            a: self.a,
            b: self.b,
            part_a: Span::default(),
            part_b: Span::default(),
            relation,
            score: self.score,
            moved: false,
            differences: Vec::new(),
            changes: Vec::new(),
        }
    }
}

/// Lexical evidence that two sentences state the same, each 0 to 1 unless noted.
const LEXICAL: usize = 12;
/// Lexical evidence and that of the pair of articles.
const ALL: usize = LEXICAL + 9;
/// Sentences at the beginning of an article that sum it up, and so answer to more of the other than the rest do.
const LEAD: usize = 2;

/// A unit with the weights of its terms.
struct Weighed<'u> {
    unit: &'u Unit,
    weights: Vec<f64>,
    mass: f64,
    names: f64,
    order: Vec<u32>,
}

/// Weighs a unit; `rarity` is the local idf of each term, empty where there is no local evidence.
fn weigh<'u>(unit: &'u Unit, vocabulary: &Vocabulary, rarity: &[f64]) -> Weighed<'u> {
    let weight = |n: u32| {
        vocabulary.weights().get(n as usize).unwrap_or(&1.0) * rarity.get(n as usize).unwrap_or(&1.0)
    };
    let weights: Vec<f64> = unit.terms.iter().map(|t| weight(t.number)).collect();
    let mass = weights.iter().sum();
    let names = unit.terms.iter().zip(&weights).filter(|(t, _)| t.name).map(|(_, w)| w).sum();
    let words = unit.tokens.iter().map(|t| vocabulary.word(t.word));
    let order = words.filter(|w| w.content).map(|w| w.term).take(MAX_ORDER).collect();
    Weighed { unit, weights, mass, names, order }
}

/// Share of the mass of `a` (all of it, its names) whose terms or entities `b` has too.
fn covered(a: &Weighed, b: &Weighed) -> (f64, f64) {
    let (mut mass, mut names, mut j) = (0.0, 0.0, 0);
    for (term, weight) in a.unit.terms.iter().zip(&a.weights) {
        while b.unit.terms.get(j).is_some_and(|t| t.number < term.number) {
            j += 1;
        }
        let share = if b.unit.terms.get(j).is_some_and(|t| t.number == term.number) {
            1.0
        } else if term.key != NO_KEY && b.unit.keys.binary_search(&term.key).is_ok() {
            ALIAS
        } else {
            continue;
        };
        mass += share * weight;
        if term.name {
            names += share * weight;
        }
    }
    (mass, names)
}

/// Length of the longest common subsequence of two short lists.
fn lcs(a: &[u32], b: &[u32]) -> usize {
    let mut row = [0usize; MAX_ORDER + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate().take(MAX_ORDER) {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len().min(MAX_ORDER)]
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 }
}

/// Values, in thousandths, from which a number may be a rounded form of another: twenty.
const ROUNDED: i64 = 20_000;

/// Numbers of a sentence that are compared up to rounding; tables have more.
const MAX_NUMBERS: usize = 16;

/// How many numbers of one sentence the other has too, larger ones up to rounding (a fortieth).
fn near(numbers: &[i64], others: &[i64]) -> usize {
    if numbers.len().max(others.len()) > MAX_NUMBERS {
        return shared(numbers, others);
    }
    let same = |x: i64, y: i64| x == y || (x.min(y) >= ROUNDED && x.abs_diff(y) <= x.max(y) as u64 / 40);
    numbers.iter().filter(|x| others.iter().any(|y| same(**x, *y))).count()
}

/// Lexical evidence for a pair of sentences. The same for (a, b) and (b, a).
fn lexical(a: &Weighed, b: &Weighed) -> [f64; LEXICAL] {
    let (mass_a, names_a) = covered(a, b);
    let (mass_b, names_b) = covered(b, a);
    let (one, other) = (ratio(mass_a, a.mass), ratio(mass_b, b.mass));
    let names = ratio(names_a, a.names).max(ratio(names_b, b.names));
    let name_mass = names_a.max(names_b);
    let (x, y) = (&a.unit.grams, &b.unit.grams);
    let both = shared(x, y) as f64;
    let grams = ratio(2.0 * both, (x.len() + y.len()) as f64);
    let contained = ratio(both, x.len().min(y.len()) as f64);
    // Words that only one of them has are in no common order.
    let common = |x: &Weighed, y: &Weighed| -> Vec<u32> {
        let has = |term: &u32| y.unit.terms.binary_search_by_key(term, |t| t.number).is_ok();
        x.order.iter().copied().filter(has).collect()
    };
    let order = lcs(&common(a, b), &common(b, a)) as f64;
    let order = ratio(order, a.order.len().min(b.order.len()) as f64);
    let (n, m) = (a.unit.numbers.len(), b.unit.numbers.len());
    let numbers = near(&a.unit.numbers, &b.unit.numbers).min(near(&b.unit.numbers, &a.unit.numbers));
    let shorter = a.order.len().min(b.order.len()) as f64;
    let longer = a.order.len().max(b.order.len()) as f64;
    [
        one.max(other),
        one.min(other),
        grams,
        contained,
        order,
        dice(&a.unit.bigrams, &b.unit.bigrams),
        names,
        libm::log(1.0 + name_mass),
        (numbers as f64 / 2.0).min(1.0) - if numbers == 0 && n > 0 && m > 0 { 0.5 } else { 0.0 },
        libm::log(1.0 + mass_a.max(mass_b)),
        ratio(shorter, longer),
        dice(&a.unit.neighbours, &b.unit.neighbours),
    ]
}

/// 1 / (1 + e^−x)
fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

fn combine(weights: &[f64], bias: f64, features: &[f64]) -> f64 {
    weights.iter().zip(features).fold(bias, |sum, (w, f)| sum + w * f)
}

/// Likeness of two sentences on their own, 0 to 1.
pub(super) fn similarity(a: &Unit, b: &Unit, vocabulary: &Vocabulary) -> f64 {
    let (wa, wb) = (weigh(a, vocabulary, &[]), weigh(b, vocabulary, &[]));
    if a.hash == b.hash {
        return 1.0;
    }
    let e = lexical(&wa, &wb);
    let products = [e[0] * e[10], e[1] * e[1], e[1] * e[9], e[5] * e[9], e[8] * e[8], e[8] * e[10]];
    combine(&PRODUCTS, combine(&ALONE, ALONE_BIAS, &e), &products).clamp(0.0, 1.0)
}

/// All links worth a look between two lists of units, by A's order, then B's.
pub(super) fn links(a: &[Unit], b: &[Unit], vocabulary: &Vocabulary) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    let (free_a, free_b) = identical(a, b, &mut found);
    let rarity = rarity(a, b, vocabulary.weights().len());
    let weighed_a: Vec<Weighed> =
        free_a.iter().map(|&i| weigh(&a[i as usize], vocabulary, &rarity)).collect();
    let weighed_b: Vec<Weighed> =
        free_b.iter().map(|&j| weigh(&b[j as usize], vocabulary, &rarity)).collect();
    let scored: Vec<(u32, u32, f64, [f64; LEXICAL])> = candidates(&weighed_a, &weighed_b, rarity.len())
        .into_iter()
        .filter_map(|(i, j)| {
            let evidence = lexical(weighed_a.get(i as usize)?, weighed_b.get(j as usize)?);
            Some((i, j, logistic(combine(&FIRST, FIRST_BIAS, &evidence)), evidence))
        })
        .collect();
    let rows = Best::of(weighed_a.len(), scored.iter().map(|s| (s.0, s.2)));
    let columns = Best::of(weighed_b.len(), scored.iter().map(|s| (s.1, s.2)));
    let at = |i: u32, j: u32| match scored.binary_search_by_key(&(i, j), |s| (s.0, s.1)) {
        Ok(place) => scored[place].2,
        Err(_) => 0.0,
    };
    let mut paired = vec![u32::MAX; a.len()];
    for link in &found {
        paired[link.a as usize] = link.b;
    }
    let (lead_a, lead_b) = (lead(a), lead(b));
    let (n, m) = (a.len().max(2) as f64 - 1.0, b.len().max(2) as f64 - 1.0);
    for &(i, j, first, ref evidence) in &scored {
        let (Some(&ai), Some(&bj)) = (free_a.get(i as usize), free_b.get(j as usize)) else { continue };
        let near = |di: i64, dj: i64| {
            let (x, y) = (i64::from(ai) + di, i64::from(bj) + dj);
            let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return 0.0 };
            if paired.get(x as usize) == Some(&y) {
                return 1.0;
            }
            match (free_a.binary_search(&x), free_b.binary_search(&y)) {
                (Ok(x), Ok(y)) => at(x as u32, y as u32),
                _ => 0.0,
            }
        };
        let (row, column) = (rows.margin(i, first), columns.margin(j, first));
        let offset = f64::from(ai) / n - f64::from(bj) / m;
        let mut features = [0.0; ALL];
        features[..LEXICAL].copy_from_slice(evidence);
        features[LEXICAL..].copy_from_slice(&[
            first,
            row.max(column),
            row.min(column),
            if offset < 0.0 { -offset } else { offset },
            near(-1, -1).max(near(1, 1)),
            near(-1, 0).max(near(1, 0)) + near(0, -1).max(near(0, 1)),
            if ai == 0 && bj == 0 { first } else { 0.0 },
            rows.share(i, first).min(columns.share(j, first)),
            f64::from(u8::from(ai < lead_a || bj < lead_b)),
        ]);
        let score = logistic(combine(&SECOND, SECOND_BIAS, &features));
        let near = evidence[2] >= NEAR;
        let score = if near { score.max(evidence[2]) } else { score };
        found.push(Link { a: ai, b: bj, score, likeness: evidence[2] });
    }
    sort_by_key(&mut found, |l| (l.a, l.b));
    for link in few(a, b) {
        if let Err(at) = found.binary_search_by_key(&(link.a, link.b), |l| (l.a, l.b)) {
            found.insert(at, link);
        }
    }
    found
}

/// Where the sentences end that sum an article up: a third of a short one; headings are none.
fn lead(units: &[Unit]) -> u32 {
    let body = || (0..).zip(units).filter(|(_, unit)| !unit.heading);
    let end = body().nth(LEAD.min(body().count() / 3));
    end.map_or(0, |(at, _)| at)
}

/// Headings, and sentences of few content terms, that are the same but for an edit.
fn few(a: &[Unit], b: &[Unit]) -> Vec<Link> {
    let of = |units: &[Unit], others: &[Unit]| -> Vec<u32> {
        let mut hashes: Vec<u64> = others.iter().map(|u| u.hash).collect();
        sort(&mut hashes);
        let open = |u: &Unit| (u.heading || u.terms.len() <= FEW) && hashes.binary_search(&u.hash).is_err();
        (0..).zip(units).filter(|(_, u)| open(u)).map(|(i, _)| i).take(MAX_FEW).collect()
    };
    let (left, right) = (of(a, b), of(b, a));
    let mut links = Vec::new();
    for &i in &left {
        for &j in &right {
            let (Some(x), Some(y)) = (a.get(i as usize), b.get(j as usize)) else { continue };
            let likeness = if x.heading == y.heading { dice(&x.grams, &y.grams) } else { 0.0 };
            if likeness >= NEAR {
                links.push(Link { a: i, b: j, score: likeness, likeness });
            }
        }
    }
    links
}

/// Words from which a sentence says something that another can say otherwise: "Costa said." does not.
const SAYING: usize = 3;

/// Pairs units with the same words, in order of appearance; returns the units that are left, without headings and what
/// says too little.
pub(super) fn identical(a: &[Unit], b: &[Unit], found: &mut Vec<Link>) -> (Vec<u32>, Vec<u32>) {
    let key = |u: &Unit, i: usize| (u.hash, u.heading, i as u32);
    let mut left: Vec<(u64, bool, u32)> = a.iter().enumerate().map(|(i, u)| key(u, i)).collect();
    let mut right: Vec<(u64, bool, u32)> = b.iter().enumerate().map(|(j, u)| key(u, j)).collect();
    sort(&mut left);
    sort(&mut right);
    let (mut i, mut j) = (0, 0);
    let (mut used_a, mut used_b) = (vec![false; a.len()], vec![false; b.len()]);
    while let (Some(x), Some(y)) = (left.get(i), right.get(j)) {
        match (x.0, x.1).cmp(&(y.0, y.1)) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                found.push(Link { a: x.2, b: y.2, score: 1.0, likeness: 1.0 });
                used_a[x.2 as usize] = true;
                used_b[y.2 as usize] = true;
                i += 1;
                j += 1;
            }
        }
    }
    let free = |units: &[Unit], used: &[bool]| -> Vec<u32> {
        let says = |u: &Unit| !u.heading && u.tokens.len() >= SAYING;
        let open = units.iter().zip(used).enumerate().filter(|(_, (u, used))| says(u) && !**used);
        open.map(|(i, _)| i as u32).take(MAX_UNITS).collect()
    };
    (free(a, &used_a), free(b, &used_b))
}

/// Local idf of each term over the sentences of both articles, 0 to 1.
fn rarity(a: &[Unit], b: &[Unit], terms: usize) -> Vec<f64> {
    let mut count = vec![0u32; terms];
    for term in a.iter().chain(b).flat_map(|u| &u.terms) {
        if let Some(count) = count.get_mut(term.number as usize) {
            *count += 1;
        }
    }
    let total = (a.len() + b.len()) as f64;
    let whole = libm::log(1.0 + total);
    count.iter().map(|c| libm::log(1.0 + total / f64::from(*c).max(1.0)) / whole).collect()
}

/// Pairs of positions in the two lists that share enough weight: the best few of each row and of each column.
fn candidates(a: &[Weighed], b: &[Weighed], terms: usize) -> Vec<(u32, u32)> {
    // Terms that many sentences have tell nothing and cost most: they are left out of the search for candidates.
    // Long articles read fewer terms and keep fewer candidates, so that the work grows with the sentences only.
    let most = a.len().max(b.len());
    let longest = (VISITS / (most * TERMS).max(1)).clamp(16, 400).min((most / 6).max(48));
    let kept = if most > MANY { CANDIDATES / 3 } else { CANDIDATES };
    let mut common = vec![false; terms];
    for side in [a, b] {
        let mut count = vec![0usize; terms];
        for term in side.iter().flat_map(|u| &u.unit.terms) {
            if let (Some(count), Some(common)) =
                (count.get_mut(term.number as usize), common.get_mut(term.number as usize))
            {
                *count += 1;
                *common |= *count > longest;
            }
        }
    }
    let mut postings: Vec<Vec<(u32, f64)>> = vec![Vec::new(); terms];
    for (j, unit) in b.iter().enumerate() {
        for (term, weight) in unit.unit.terms.iter().zip(&unit.weights) {
            if common.get(term.number as usize) == Some(&false)
                && let Some(list) = postings.get_mut(term.number as usize)
            {
                list.push((j as u32, *weight));
            }
        }
    }
    // Entities under other names than in B's sentences are terms of their own.
    let mut entities: Map<u32, Vec<(u32, f64)>> = Map::new();
    let mut naming: Map<u32, usize> = Map::new();
    for key in a.iter().flat_map(|unit| &unit.unit.keys) {
        *naming.or_default(*key) += 1;
    }
    for (j, unit) in b.iter().enumerate() {
        for key in &unit.unit.keys {
            entities.or_default(*key).push((j as u32, ENTITY));
        }
    }
    let mut rows: Vec<(u32, u32)> = Vec::new();
    let mut columns: Vec<Vec<(f64, u32)>> = vec![Vec::new(); b.len()];
    let mut sum = vec![0.0f64; b.len()];
    let mut touched: Vec<u32> = Vec::new();
    for (i, unit) in a.iter().enumerate() {
        let by_term = unit.unit.terms.iter().filter_map(|t| postings.get(t.number as usize));
        let by_key = unit
            .unit
            .keys
            .iter()
            .filter(|k| naming.get(k).is_some_and(|n| *n <= longest))
            .filter_map(|k| entities.get(k));
        for list in by_term.chain(by_key.filter(|l| l.len() <= longest)) {
            for &(j, weight) in list {
                if sum[j as usize] == 0.0 {
                    touched.push(j);
                }
                sum[j as usize] += weight;
            }
        }
        let mut row: Vec<(f64, u32)> = Vec::with_capacity(touched.len());
        for j in touched.drain(..) {
            let mass = std::mem::take(&mut sum[j as usize]);
            let other = &b[j as usize];
            let score = mass * (ratio(1.0, unit.mass) + ratio(1.0, other.mass)).max(1e-9);
            row.push((score, j));
            let column = &mut columns[j as usize];
            column.push((score, i as u32));
            if column.len() >= 4 * CANDIDATES {
                keep_best(column, kept);
            }
        }
        keep_best(&mut row, kept);
        rows.extend(row.iter().map(|(_, j)| (i as u32, *j)));
    }
    for (j, mut column) in columns.into_iter().enumerate() {
        keep_best(&mut column, kept);
        rows.extend(column.iter().map(|(_, i)| (*i, j as u32)));
    }
    sort(&mut rows);
    rows.dedup();
    rows
}

/// Keeps the best candidates, ties by position.
fn keep_best(list: &mut Vec<(f64, u32)>, kept: usize) {
    let after = |x: &(f64, u32), y: &(f64, u32)| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).is_gt();
    // The best so far stand in front, in order; what is better than the last of them moves up.
    for at in 1..list.len() {
        let mut to = at.min(kept);
        if to == kept && !after(&list[kept - 1], &list[at]) {
            continue;
        }
        if to < at {
            list.swap(to, at);
        }
        while to > 0 && after(&list[to - 1], &list[to]) {
            list.swap(to - 1, to);
            to -= 1;
        }
    }
    list.truncate(kept);
}

/// The best and the second best score of each row or column.
struct Best(Vec<(f64, f64)>);

impl Best {
    fn of(len: usize, scores: impl Iterator<Item = (u32, f64)>) -> Best {
        let mut best = vec![(0.0, 0.0); len];
        for (line, score) in scores {
            if let Some(entry) = best.get_mut(line as usize) {
                if score > entry.0 {
                    *entry = (score, entry.0);
                } else if score > entry.1 {
                    entry.1 = score;
                }
            }
        }
        Best(best)
    }

    /// How far a score is over its best rival on the line; negative for all but the best.
    fn margin(&self, line: u32, score: f64) -> f64 {
        let (best, second) = self.0.get(line as usize).copied().unwrap_or_default();
        if score >= best { score - second } else { score - best }
    }

    /// A score as a share of the line's best.
    fn share(&self, line: u32, score: f64) -> f64 {
        ratio(score, self.0.get(line as usize).map_or(0.0, |b| b.0))
    }
}

/// Likeness of two sentences alone: a linear fit (ridge) of the evidence to human scores, those of `stsb_train`.
const ALONE: [f64; 11] = [0.14, -0.16, 0.04, 0.16, 0.04, 0.30, 0.02, -0.01, 0.09, 0.07, -0.09];
const ALONE_BIAS: f64 = 0.05;
/// The same for products of evidence: what both cover counts more the longer and the more alike in length they are.
const PRODUCTS: [f64; 6] = [0.19, 0.18, 0.18, -0.23, -0.16, 0.08];
/// Lexical evidence.
const FIRST: [f64; LEXICAL] = [-0.36, 6.88, -0.35, 4.31, 0.75, -7.58, 0.29, -0.71, 1.60, 2.05, 0.04, 9.82];
const FIRST_BIAS: f64 = -6.45;
/// All evidence.
const SECOND: [f64; ALL] = [
    -0.15, 5.16, -1.02, 1.86, 0.12, -4.35, 0.52, -0.52, 0.70, 1.87, -0.29, 6.72, 0.48, 0.94, -0.63, -1.52,
    0.64, 1.29, 2.57, 0.79, 0.45,
];
/// Shifted by .90 from the fit, so that the best line between same and not, on stories left out, lies at one half.
const SECOND_BIAS: f64 = -5.26;
