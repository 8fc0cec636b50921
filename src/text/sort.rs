//! Sorting: lists put in order, equals left as they stood.
//!
//! Invariant: stable, and the same list for the same comparisons. One sorting machine serves every type: it
//! orders the list's places, and the list is then rearranged by swaps. The standard library compiles its sort anew
//! for every type and comparison, 5 kB each time; sixty of them were a tenth of the page's program. Long lists of
//! plain numbers, where speed counts, keep `sort_unstable`.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts a list by a comparison of two of its things.
pub fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let swaps = swaps(list.len(), &|x, y| match (list.get(x as usize), list.get(y as usize)) {
        (Some(x), Some(y)) => compare(x, y),
        _ => Ordering::Equal,
    });
    swaps.into_iter().for_each(|(x, y)| list.swap(x as usize, y as usize));
}

/// Sorts a list by a key of its things, worked out at each comparison.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |x, y| key(x).cmp(&key(y)));
}

/// Sorts a list by its things' own order.
pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// A set of things, put in one by one: the standard library's `collect` sorts them first, with a sort of its own.
pub fn set<T: Ord>(things: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    things.into_iter().for_each(|thing| drop(set.replace(thing)));
    set
}

/// A map of pairs, put in one by one; of two with one key the later stays.
pub fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    pairs.into_iter().for_each(|(key, value)| drop(map.insert(key, value)));
    map
}

/// The swaps that put `len` things in order, given the comparison of the things at two places.
fn swaps(len: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<(u32, u32)> {
    // Things at places beyond `u32` could not be held in memory.
    let mut from: Vec<u32> = (0..).take(len).collect();
    from.sort_by(|&x, &y| compare(x, y));
    // What belongs at place `at` stood at `from[at]`; a swap for an earlier place may have moved it on since.
    let mut swaps = Vec::new();
    for at in 0..len {
        let mut stands = from[at] as usize;
        while stands < at {
            stands = from[stands] as usize;
        }
        if stands != at {
            swaps.push((at as u32, stands as u32));
        }
    }
    swaps
}
