//! Claims: sentences of several articles that state the same, put together from the pairs of each two.
//!
//! Invariant: pure; a sentence is in at most one claim, a claim has at most one sentence of an article and at least
//! two in all; the order of the links does not matter. Not here: the pairs themselves (`align.rs`), what differs.

use super::copies::At;
use crate::text::sort::{sort, sort_by};

/// Two sentences that state the same, and how sure that is, 0 to 1.
pub type Link = (At, At, f64);

/// Puts the claims together: nearest sentences first, as long as at least half of what would be put together is
/// linked, so that a chain of neighbours does not become one claim. Each claim ascends by article.
pub fn claims(links: &[Link]) -> Vec<Vec<At>> {
    let mut order: Vec<&Link> = links.iter().collect();
    sort_by(&mut order, |x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut known: Vec<(At, At)> = links.iter().flat_map(|(x, y, _)| [(*x, *y), (*y, *x)]).collect();
    sort(&mut known);
    let mut nodes: Vec<At> = known.iter().map(|(x, _)| *x).collect();
    nodes.dedup();
    // Which claim each sentence is in; those that were put into another are empty.
    let mut claim_of: Vec<usize> = (0..nodes.len()).collect();
    let mut claims: Vec<Vec<At>> = nodes.iter().map(|node| vec![*node]).collect();
    for (x, y, _) in order {
        let place = |at: &At| nodes.binary_search(at).ok().and_then(|i| claim_of.get(i)).copied();
        let (Some(into), Some(from)) = (place(x), place(y)) else { continue };
        let (Some(left), Some(right)) = (claims.get(into), claims.get(from)) else { continue };
        if into == from || left.iter().any(|l| right.iter().any(|r| l.0 == r.0)) {
            continue;
        }
        let across = left.iter().flat_map(|l| right.iter().map(move |r| (*l, *r)));
        let linked = across.filter(|pair| known.binary_search(pair).is_ok()).count();
        if linked * 2 < left.len() * right.len() {
            continue;
        }
        let moved = claims.get_mut(from).map(std::mem::take).unwrap_or_default();
        for at in &moved {
            if let Some(claim) = nodes.binary_search(at).ok().and_then(|i| claim_of.get_mut(i)) {
                *claim = into;
            }
        }
        if let Some(claim) = claims.get_mut(into) {
            claim.extend(moved);
        }
    }
    claims.iter_mut().for_each(|claim| sort(claim));
    claims.retain(|claim| claim.len() >= 2);
    claims
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(links: &[Link], expected: &[&[At]]) {
        assert_eq!(claims(links), expected);
    }

    #[test]
    fn put_together() {
        check(&[], &[]);
        check(&[((0, 1), (1, 4), 0.9)], &[&[(0, 1), (1, 4)]]);
        // Three that are linked all round.
        check(
            &[((0, 0), (1, 0), 0.9), ((1, 0), (2, 0), 0.8), ((0, 0), (2, 0), 0.6)],
            &[&[(0, 0), (1, 0), (2, 0)]],
        );
        // One sentence of an article; the nearer one.
        check(&[((0, 0), (1, 0), 0.6), ((0, 0), (1, 1), 0.9)], &[&[(0, 0), (1, 1)]]);
        // A chain of four is cut.
        check(
            &[((0, 0), (1, 0), 0.9), ((1, 0), (2, 0), 0.5), ((2, 0), (3, 0), 0.8)],
            &[&[(0, 0), (1, 0)], &[(2, 0), (3, 0)]],
        );
    }

    proptest! {
        #[test]
        fn one_sentence_of_an_article(
            links in prop::collection::vec(((0u32..5, 0u32..4), (0u32..5, 0u32..4), 0.0f64..1.0), 0..60)
        ) {
            let found = claims(&links);
            let mut all: Vec<At> = found.concat();
            sort(&mut all);
            let many = all.len();
            all.dedup();
            prop_assert_eq!(all.len(), many);
            for claim in found {
                prop_assert!(claim.len() >= 2);
                prop_assert!(claim.windows(2).all(|w| w[0].0 < w[1].0));
            }
        }
    }
}
