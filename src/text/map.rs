//! Maps and sets in the order of their keys.
//!
//! Invariant: the answers of the standard library's `BTreeMap` and `BTreeSet`, in the same order, for the same
//! logarithm of steps; nothing is taken out. One tree serves every type: it holds places in a list and asks the
//! map to compare. The library compiles its tree anew for each key and value, 1 kB each time; thirty of them were
//! a twentieth of the page's program. Not here: sorting a list (`sort.rs`).

use std::borrow::Borrow;
use std::cmp::Ordering;

/// No place.
const NONE: u32 = u32::MAX;

/// A place in the tree, with the places below it.
#[derive(Clone, Copy)]
struct Node {
    left: u32,
    right: u32,
    level: u8,
}

/// A balanced tree of places (A. Andersson, “Balanced search trees made simple”, 1993): the left one below is a
/// level lower, the right one at most level, the second to the right lower. Empty it holds no memory.
#[derive(Clone, Default)]
struct Tree {
    nodes: Vec<Node>,
    /// One more than the place at the top; 0 where there is none.
    top: u32,
}

impl Tree {
    /// The place that `compare` calls equal to what is looked for; [`NONE`] where there is none.
    fn find(&self, compare: &dyn Fn(u32) -> Ordering) -> u32 {
        let mut at = self.top.wrapping_sub(1);
        while let Some(node) = self.nodes.get(at as usize) {
            at = match compare(at) {
                Ordering::Less => node.left,
                Ordering::Greater => node.right,
                Ordering::Equal => return at,
            };
        }
        NONE
    }

    /// The same; where there is none, the next new place, now in the tree.
    fn find_or_put(&mut self, compare: &dyn Fn(u32) -> Ordering) -> u32 {
        let mut found = NONE;
        self.top = self.put(self.top.wrapping_sub(1), compare, &mut found) + 1;
        found
    }

    /// The top of the tree below `at`, with the new place in it.
    fn put(&mut self, at: u32, compare: &dyn Fn(u32) -> Ordering, found: &mut u32) -> u32 {
        if at == NONE {
            *found = self.nodes.len() as u32;
            self.nodes.push(Node { left: NONE, right: NONE, level: 1 });
            return *found;
        }
        let Node { left, right, level } = self.nodes[at as usize];
        match compare(at) {
            Ordering::Equal => {
                *found = at;
                return at;
            }
            Ordering::Less => self.nodes[at as usize].left = self.put(left, compare, found),
            Ordering::Greater => self.nodes[at as usize].right = self.put(right, compare, found),
        }
        let mut top = at;
        // A left one at this level: it goes to the top.
        let left = self.nodes[top as usize].left;
        if self.level(left) == level {
            self.nodes[top as usize].left = self.nodes[left as usize].right;
            self.nodes[left as usize].right = top;
            top = left;
        }
        // Two to the right at this level: the first goes to the top, one level up.
        let right = self.nodes[top as usize].right;
        if self.level(right) == level && self.level(self.nodes[right as usize].right) == level {
            self.nodes[top as usize].right = self.nodes[right as usize].left;
            self.nodes[right as usize].left = top;
            self.nodes[right as usize].level += 1;
            top = right;
        }
        top
    }

    fn level(&self, at: u32) -> u8 {
        self.nodes.get(at as usize).map_or(0, |node| node.level)
    }

    /// The places in order.
    fn order(&self) -> Vec<u32> {
        let (mut order, mut above) = (Vec::with_capacity(self.nodes.len()), Vec::new());
        let mut at = self.top.wrapping_sub(1);
        loop {
            if let Some(node) = self.nodes.get(at as usize) {
                above.push(at);
                at = node.left;
            } else if let Some(up) = above.pop() {
                order.push(up);
                at = self.nodes[up as usize].right;
            } else {
                return order;
            }
        }
    }
}

/// A map in the order of its keys.
#[derive(Clone)]
pub struct Map<K, V> {
    entries: Vec<(K, V)>,
    tree: Tree,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Map<K, V> {
        Map { entries: Vec::new(), tree: Tree::default() }
    }
}

impl<K: Ord, V> Map<K, V> {
    /// An empty map.
    pub fn new() -> Map<K, V> {
        Map::default()
    }

    /// The value of a key, put there where there was none.
    pub fn or_insert_with(&mut self, key: K, value: impl FnOnce() -> V) -> &mut V {
        let entries = &self.entries;
        let at = self.tree.find_or_put(&|at| key.cmp(&entries[at as usize].0)) as usize;
        if at == self.entries.len() {
            self.entries.push((key, value()));
        }
        &mut self.entries[at].1
    }

    /// The value of a key, the type's default where there was none.
    pub fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.or_insert_with(key, V::default)
    }

    /// Gives a key a value; what it was before.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let mut value = Some(value);
        let place = self.or_insert_with(key, || value.take().expect("a value that is asked for once"));
        value.map(|value| std::mem::replace(place, value))
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let at = self.tree.find(&|at| key.cmp(self.entries[at as usize].0.borrow()));
        self.entries.get(at as usize).map(|(_, value)| value)
    }

    /// Whether a key has a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }
}

impl<K, V> Map<K, V> {
    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Keys and values in order.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { entries: &self.entries, order: self.tree.order().into_iter() }
    }

    /// Keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// Values in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// Keys and values in the order in which they were put in.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.entries.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        *self = Map::default();
    }
}

/// Keys and values of a [`Map`] in order.
pub struct Iter<'a, K, V> {
    entries: &'a [(K, V)],
    order: std::vec::IntoIter<u32>,
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, value) = self.entries.get(self.order.next()? as usize)?;
        Some((key, value))
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(mut self) -> Self::IntoIter {
        super::sort::rearrange(&mut self.entries, self.tree.order());
        self.entries.into_iter()
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Map<K, V> {
        let mut map = Map::new();
        pairs.into_iter().for_each(|(key, value)| drop(map.insert(key, value)));
        map
    }
}

/// A set in order.
#[derive(Clone)]
pub struct Set<T>(Map<T, ()>);

impl<T> Default for Set<T> {
    fn default() -> Set<T> {
        Set(Map::default())
    }
}

impl<T: Ord> Set<T> {
    /// An empty set.
    pub fn new() -> Set<T> {
        Set::default()
    }

    /// Puts a thing in; whether it is new.
    pub fn insert(&mut self, thing: T) -> bool {
        self.0.insert(thing, ()).is_none()
    }

    /// Whether a thing is in it.
    pub fn contains<Q: Ord + ?Sized>(&self, thing: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.contains_key(thing)
    }
}

impl<T> Set<T> {
    /// How many things there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The things in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.keys()
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = std::iter::Map<std::vec::IntoIter<(T, ())>, fn((T, ())) -> T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|(thing, ())| thing)
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Set<T> {
        Set(things.into_iter().map(|thing| (thing, ())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn is_the_library_s_map(pairs in proptest::collection::vec((0u8..60, 0u32..), 0..120), asked in 0u8..60) {
            let (mut ours, mut theirs) = (Map::new(), BTreeMap::new());
            for (key, value) in pairs {
                prop_assert_eq!(ours.insert(key, value), theirs.insert(key, value));
                *ours.or_default(key / 2) ^= 1;
                *theirs.entry(key / 2).or_default() ^= 1;
            }
            prop_assert_eq!(ours.get(&asked), theirs.get(&asked));
            prop_assert!(ours.iter().eq(theirs.iter()) && ours.values().eq(theirs.values()));
            prop_assert_eq!(ours.into_iter().collect::<Vec<_>>(), theirs.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn stays_low_whatever_the_order() {
        for flip in [0, u32::MAX, 0x5555] {
            let set: Set<u32> = (0..100_000).map(|n| n ^ flip).collect();
            let depth = |tree: &Tree| tree.nodes.iter().map(|node| node.level).max();
            assert!(depth(&set.0.tree) <= Some(17), "twice that is the longest way down");
        }
    }
}
