//! Landmarks: how two texts are scrolled together, so that a matched passage stays level with its partner.
//!
//! Invariant: landmarks ascend strictly on both sides, so that scrolling one way never scrolls the other
//! back. Pairs that stand in another order are no landmarks. Not here: measuring the page, and scrolling it
//! (`app/compare/`).

use crate::text::sort::{sort, sort_by};

/// A pair of passages that may become a landmark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Sentence of A.
    pub a: u32,
    /// Sentence of B.
    pub b: u32,
    /// How much it counts, above 0.
    pub weight: f64,
}

/// The heaviest chain of matches that ascends on both sides, as indices into `matches`, in order.
///
/// Heaviest increasing subsequence with a Fenwick tree of prefix maxima: O(n log n).
pub fn chain(matches: &[Match]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..matches.len()).collect();
    // Within one sentence of A the later ones of B first, so that only one of them can be in the chain.
    sort_by(&mut order, |&x, &y| {
        let (x, y) = (&matches[x], &matches[y]);
        x.a.cmp(&y.a).then(y.b.cmp(&x.b))
    });
    let mut rows: Vec<u32> = matches.iter().map(|m| m.b).collect();
    sort(&mut rows);
    rows.dedup();

    let mut best: Vec<Option<(f64, usize)>> = vec![None; rows.len() + 1];
    let mut before: Vec<Option<usize>> = vec![None; matches.len()];
    let mut top: Option<(f64, usize)> = None;
    for &i in &order {
        let row = rows.partition_point(|&b| b < matches[i].b);
        let mut under: Option<(f64, usize)> = None;
        let mut at = row;
        while at > 0 {
            under = heavier(under, best[at]);
            at &= at - 1;
        }
        let here = (under.map_or(0.0, |(w, _)| w) + matches[i].weight, i);
        before[i] = under.map(|(_, j)| j);
        top = heavier(top, Some(here));
        let mut at = row + 1;
        while at <= rows.len() {
            best[at] = heavier(best[at], Some(here));
            at += at & at.wrapping_neg();
        }
    }
    let mut out = Vec::new();
    let mut at = top.map(|(_, i)| i);
    while let Some(i) = at {
        out.push(i);
        at = before[i];
    }
    out.reverse();
    out
}

/// The heavier of the two; the first where they weigh the same.
fn heavier(x: Option<(f64, usize)>, y: Option<(f64, usize)>) -> Option<(f64, usize)> {
    match (x, y) {
        (Some(x), Some(y)) => Some(if y.0 > x.0 { y } else { x }),
        (x, y) => x.or(y),
    }
}

/// Where a landmark stands in the two texts: top and height of A's passage, top and height of B's, in pixels.
pub type Stand = [f64; 4];

/// The knots for [`level`]: each landmark is level from its top for as long as both passages last.
/// Coordinates that would not ascend are left out.
pub fn knots(stands: &[Stand]) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::new();
    for (i, &[a, height_a, b, height_b]) in stands.iter().enumerate() {
        let mut height = height_a.min(height_b);
        if let Some(&[next_a, _, next_b, _]) = stands.get(i + 1) {
            height = height.min(next_a - a - 1.0).min(next_b - b - 1.0);
        }
        if out.last().is_none_or(|last| a > last.0 && b > last.1) {
            out.push((a, b));
            if height > 0.0 {
                out.push((a + height, b + height));
            }
        }
    }
    out
}

/// The place on the other side that is level with `at`, by straight lines from knot to knot.
///
/// `knots` ascend on both sides, in pixels of each side's own text; before the first and after the last one
/// the two sides go in step.
pub fn level(knots: &[(f64, f64)], at: f64) -> f64 {
    let next = knots.partition_point(|k| k.0 <= at);
    match (next.checked_sub(1).and_then(|i| knots.get(i)), knots.get(next)) {
        (Some(&(x0, y0)), Some(&(x1, y1))) if x1 > x0 => y0 + (at - x0) * (y1 - y0) / (x1 - x0),
        (Some(&(x, y)), _) | (None, Some(&(x, y))) => y + (at - x),
        (None, None) => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(pairs: &[(u32, u32, f64)], expected: &[usize]) {
        let matches: Vec<Match> = pairs.iter().map(|&(a, b, weight)| Match { a, b, weight }).collect();
        assert_eq!(chain(&matches), expected);
    }

    #[test]
    fn chains() {
        check(&[], &[]);
        check(&[(0, 0, 1.0), (1, 1, 1.0), (2, 2, 1.0)], &[0, 1, 2]);
        check(&[(0, 5, 1.0), (1, 0, 1.0), (2, 1, 1.0)], &[1, 2]);
        check(&[(0, 5, 3.0), (1, 0, 1.0), (2, 1, 1.0)], &[0]);
        check(&[(0, 0, 1.0), (0, 1, 1.0), (1, 1, 1.0)], &[0, 2]);
    }

    #[test]
    fn levels() {
        let knots = [(0.0, 10.0), (100.0, 60.0), (200.0, 300.0)];
        for (at, expected) in
            [(-5.0, 5.0), (0.0, 10.0), (50.0, 35.0), (100.0, 60.0), (150.0, 180.0), (260.0, 360.0)]
        {
            assert_eq!(level(&knots, at), expected);
        }
        assert_eq!(level(&[], 7.0), 7.0);
    }

    #[test]
    fn knots_keep_a_passage_level_and_ascend() {
        let stands = [[0.0, 50.0, 100.0, 30.0], [20.0, 50.0, 300.0, 80.0], [20.0, 10.0, 300.0, 9.0]];
        let got = knots(&stands);
        assert_eq!(got, [(0.0, 100.0), (19.0, 119.0), (20.0, 300.0)]);
        assert_eq!(level(&got, 10.0), 110.0);
    }

    proptest! {
        #[test]
        fn ascends(pairs in proptest::collection::vec((0u32..12, 0u32..12, 0.1f64..3.0), 0..40)) {
            let matches: Vec<Match> = pairs.iter().map(|&(a, b, weight)| Match { a, b, weight }).collect();
            let chosen = chain(&matches);
            for w in chosen.windows(2) {
                prop_assert!(matches[w[0]].a < matches[w[1]].a && matches[w[0]].b < matches[w[1]].b);
            }
            prop_assert_eq!(chosen.is_empty(), matches.is_empty());
        }
    }
}
