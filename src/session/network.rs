//! The network: in which order names stand in the drawing of who appears with whom.
//!
//! Invariant: the same names and ties give the same order; every name is in it once. Not here: counting the
//! sentences (the engine), the drawing (`app/network.rs`).

use crate::engine::views::Tie;

/// An order of `count` names in which those that share many sentences stand close together: from the first name
/// on, the one comes next that is tied most to those that stand there, the nearest of them counting most.
pub fn order(count: usize, ties: &[Tie]) -> Vec<usize> {
    let mut weight = vec![0u32; count * count];
    for tie in ties {
        let (a, b) = (tie.a as usize, tie.b as usize);
        if a < count && b < count {
            for at in [a * count + b, b * count + a] {
                weight[at] += tie.sentences;
            }
        }
    }
    let mut out: Vec<usize> = Vec::with_capacity(count);
    let mut left: Vec<usize> = (0..count).collect();
    while !left.is_empty() {
        // A tie to the last one counts sixteen times, to the one before it eight times, down to once.
        let pull = |name: usize| -> u64 {
            let near = out.iter().rev().enumerate();
            near.map(|(far, other)| u64::from(weight[name * count + other]) << 4usize.saturating_sub(far))
                .sum()
        };
        // Of several alike the first.
        let best = (0..left.len()).max_by_key(|at| (pull(left[*at]), std::cmp::Reverse(*at))).unwrap_or(0);
        out.push(left.remove(best));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn neighbours_are_who_share_most() {
        let tie = |(a, b, sentences)| Tie { a, b, sentences };
        let ties = [(0, 3, 5), (3, 2, 4), (0, 1, 1)].map(tie);
        assert_eq!(order(5, &ties), [0, 3, 2, 1, 4]);
        assert_eq!(order(3, &[]), [0, 1, 2]);
    }

    proptest! {
        #[test]
        fn everyone_once(count in 0usize..24, ties in prop::collection::vec((0u32..30, 0u32..30, 0u32..9), 0..60)) {
            let ties: Vec<Tie> = ties.into_iter().map(|(a, b, sentences)| Tie { a, b, sentences }).collect();
            let mut order = order(count, &ties);
            order.sort_unstable();
            prop_assert_eq!(order, (0..count).collect::<Vec<_>>());
        }
    }
}
