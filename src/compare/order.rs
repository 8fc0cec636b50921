//! Order: which of the sentences that two texts share stand in another place.
//!
//! A pair stays where it is when every longest chain of pairs that rise in both texts goes through it; otherwise it has
//! moved. So of two sentences that changed places both have moved, and one carried far away moves alone. Symmetric, and
//! n log n: longest increasing subsequences from both ends (Fredman 1975). Not here: which pairs there are (`align.rs`).

use crate::text::sort::sort_by_key;

/// Marks the pairs that have moved. Positions are (in A, in B); each position of A and of B is expected at most once.
pub(super) fn moved(pairs: &[(u32, u32)]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    sort_by_key(&mut order, |&i| pairs[i]);
    let rising: Vec<i64> = order.iter().map(|&i| i64::from(pairs[i].1)).collect();
    let falling: Vec<i64> = rising.iter().rev().map(|b| -b).collect();
    let before = lengths(&rising);
    let after: Vec<usize> = lengths(&falling).into_iter().rev().collect();
    let longest = before.iter().copied().max().unwrap_or(0);
    let mut through = vec![0u32; longest + 1];
    for (x, y) in before.iter().zip(&after) {
        if x + y == longest + 1 {
            through[*x] += 1;
        }
    }
    let mut moved = vec![false; pairs.len()];
    for (rank, &i) in order.iter().enumerate() {
        moved[i] = before[rank] + after[rank] != longest + 1 || through[before[rank]] > 1;
    }
    moved
}

/// For each value, the length of the longest strictly rising chain that ends there.
pub(super) fn lengths(values: &[i64]) -> Vec<usize> {
    let mut tails: Vec<i64> = Vec::new();
    let mut lengths = Vec::with_capacity(values.len());
    for &value in values {
        let place = tails.partition_point(|t| *t < value);
        match tails.get_mut(place) {
            Some(tail) => *tail = value,
            None => tails.push(value),
        }
        lengths.push(place + 1);
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(b: &[u32], expected: &[u32]) {
        let pairs: Vec<(u32, u32)> = b.iter().enumerate().map(|(i, b)| (i as u32, *b)).collect();
        let moved: Vec<u32> = b.iter().zip(moved(&pairs)).filter(|(_, m)| *m).map(|(b, _)| *b).collect();
        assert_eq!(moved, expected, "{b:?}");
    }

    #[test]
    fn what_every_longest_chain_needs_stays() {
        check(&[], &[]);
        check(&[0, 1, 2, 3], &[]);
        check(&[0, 2, 1, 3], &[2, 1]);
        check(&[1, 2, 3, 4, 0], &[0]);
        check(&[0, 4, 2, 3, 1, 5], &[4, 1]);
        check(&[2, 3, 0, 1], &[2, 3, 0, 1]);
    }
}
