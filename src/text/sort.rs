//! Sorting: lists put in order, equals left as they stood.
//!
//! Invariant: stable, and the same list for the same comparisons. One sorting machine serves every type: it
//! orders the list's places, and the list is then rearranged by swaps. The standard library compiles its sort anew
//! for every type and comparison, 5 kB each time; sixty of them were a tenth of the page's program. Long lists of
//! plain numbers, where speed counts, keep `sort_unstable`.

use std::cmp::Ordering;

/// Sorts a list by a comparison of two of its things.
pub fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = order(list.len(), &|x, y| match (list.get(x as usize), list.get(y as usize)) {
        (Some(x), Some(y)) => compare(x, y),
        _ => Ordering::Equal,
    });
    rearrange(list, order);
}

/// Sorts a list by a key of its things, worked out at each comparison.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |x, y| key(x).cmp(&key(y)));
}

/// Sorts a list by its things' own order.
pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// Puts a list in the order in which `from` names its places.
pub(super) fn rearrange<T>(list: &mut [T], from: Vec<u32>) {
    swaps(from).into_iter().for_each(|(x, y)| list.swap(x as usize, y as usize));
}

/// The places of `len` things in order, given the comparison of the things at two places.
fn order(len: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    // Things at places beyond `u32` could not be held in memory.
    let mut order: Vec<u32> = (0..).take(len).collect();
    order.sort_by(|&x, &y| compare(x, y));
    order
}

/// The swaps that bring to each place what stands at the place that `from` names for it: along each circle of
/// places, what belongs at one comes from the next.
fn swaps(mut from: Vec<u32>) -> Vec<(u32, u32)> {
    let mut swaps = Vec::new();
    for start in 0..from.len() as u32 {
        let mut at = start;
        loop {
            let next = std::mem::replace(&mut from[at as usize], at);
            if next == start || next == at {
                break;
            }
            swaps.push((at, next));
            at = next;
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_the_library_s_sort(mut list in proptest::collection::vec((0u8..9, 0u32..), 0..60)) {
            let mut expected = list.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by_key(&mut list, |(key, _)| *key);
            prop_assert_eq!(list, expected);
        }
    }

    #[test]
    fn takes_a_swap_for_each_thing_at_most() {
        let turned = (0..100_000u32).map(|place| place.checked_sub(1).unwrap_or(99_999));
        assert_eq!(swaps(turned.collect()).len(), 99_999);
    }
}
