//! Hashes of words, and a table that counts or classes them.
//!
//! Invariant: the same on every machine; nothing depends on the order of a table. Two words may share a hash
//! once in billions; what is kept under a hash is evidence, never an answer.

use crate::text::fnv::{self, fnv};

/// FNV-1a, 64 bits, mixed at the end so that its high bits are good too.
pub fn of(bytes: &[u8]) -> u64 {
    mix(fnv(fnv::START, bytes.iter().copied()))
}

/// The hash of a sequence from that of what is before and its next element; 0 begins one.
pub fn join(before: u64, next: u64) -> u64 {
    mix(before.rotate_left(23).wrapping_add(0x9E37_79B9_7F4A_7C15) ^ next)
}

/// A finaliser (David Stafford's thirteenth variant, first half): a bijection that spreads every bit.
fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash ^ (hash >> 27)
}

/// A map from hashes to bits or counts, open addressed; what is not there is 0.
#[derive(Default)]
pub struct Table {
    /// Pairs of hash and value; a hash of 0 is an empty place.
    slots: Vec<(u64, u32)>,
    filled: usize,
}

impl Table {
    /// A table with room for so many hashes.
    pub fn with_capacity(count: usize) -> Table {
        Table { slots: vec![(0, 0); (count * 2).next_power_of_two()], filled: 0 }
    }

    /// The value of a hash.
    pub fn get(&self, hash: u64) -> u32 {
        let hash = hash.max(1);
        self.slots.get(self.place(hash)).filter(|slot| slot.0 == hash).map_or(0, |slot| slot.1)
    }

    /// The value of a hash, to be changed.
    pub fn entry(&mut self, hash: u64) -> &mut u32 {
        let hash = hash.max(1);
        if self.filled * 2 >= self.slots.len() {
            let larger = vec![(0, 0); (self.slots.len() * 2).max(64)];
            for (hash, value) in std::mem::replace(&mut self.slots, larger) {
                if hash != 0 {
                    let at = self.place(hash);
                    self.slots[at] = (hash, value);
                }
            }
        }
        let at = self.place(hash);
        if self.slots[at].0 == 0 {
            self.slots[at].0 = hash;
            self.filled += 1;
        }
        &mut self.slots[at].1
    }

    /// Takes bits from all values.
    pub fn clear(&mut self, bits: u32) {
        self.slots.iter_mut().for_each(|slot| slot.1 &= !bits);
    }

    /// Where a hash stands or would stand; 0 in an empty table.
    fn place(&self, hash: u64) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while self.slots.get(at).is_some_and(|slot| slot.0 != 0 && slot.0 != hash) {
            at = (at + 1) & mask;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn a_table_is_a_map(hashes in prop::collection::vec(0u64..40, 0..200)) {
            let mut table = Table::default();
            let mut map: BTreeMap<u64, u32> = BTreeMap::new();
            for &hash in &hashes {
                *table.entry(of(&hash.to_le_bytes())) += 1;
                *map.entry(hash).or_default() += 1;
            }
            for hash in 0..40u64 {
                prop_assert_eq!(table.get(of(&hash.to_le_bytes())), map.get(&hash).copied().unwrap_or(0));
            }
        }
    }

    #[test]
    fn order_counts() {
        let (a, b) = (of(b"new"), of(b"york"));
        assert_ne!(join(join(0, a), b), join(join(0, b), a));
    }
}
