//! The interner: strings by number, in the order in which they were first met.
//!
//! Invariant: the same strings in the same order have the same numbers on every target; it is never walked by hash.
//! Not here: what the strings are.

/// Strings met so far, by number.
#[derive(Clone, Default)]
pub struct Interner {
    /// Open addressing: the hash's high half and one more than the number; zero is free.
    table: Vec<(u32, u32)>,
    letters: String,
    /// Where each string ends in `letters`.
    ends: Vec<usize>,
}

impl Interner {
    /// The number of a string, from 0; a new one where it has none yet.
    pub fn number(&mut self, key: &str) -> u32 {
        if self.ends.len() * 2 >= self.table.len() {
            self.grow();
        }
        let hash = hash(key.as_bytes());
        self.slot(key, hash).unwrap_or_else(|free| {
            self.letters.push_str(key);
            self.ends.push(self.letters.len());
            self.table[free] = ((hash >> 32) as u32, self.ends.len() as u32);
            self.ends.len() as u32 - 1
        })
    }

    /// The number of a string, if it has one.
    pub fn find(&self, key: &str) -> Option<u32> {
        if self.ends.is_empty() { None } else { self.slot(key, hash(key.as_bytes())).ok() }
    }

    /// The number of a string with its hash, or the free slot where it would stand. The table is not empty.
    fn slot(&self, key: &str, hash: u64) -> Result<u32, usize> {
        let mask = self.table.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            match self.table[slot] {
                (_, 0) => return Err(slot),
                (high, number) if high == (hash >> 32) as u32 && self.key(number as usize - 1) == key => {
                    return Ok(number - 1);
                }
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// The string of a number; empty where there is none.
    pub fn key(&self, number: usize) -> &str {
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(number).and_then(|&end| self.letters.get(start..end)).unwrap_or("")
    }

    /// Bytes of them all.
    pub fn bytes(&self) -> usize {
        self.letters.len()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(1024);
        self.table = vec![(0, 0); size];
        for number in 0..self.ends.len() {
            let hash = hash(self.key(number).as_bytes());
            let mut slot = hash as usize & (size - 1);
            while self.table[slot].1 != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.table[slot] = ((hash >> 32) as u32, number as u32 + 1);
        }
    }
}

/// A hash of a word's bytes: eight at a time, multiplied and folded (after Fowler, Noll and Vo, with wider steps).
fn hash(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(eight)).wrapping_mul(PRIME);
        hash ^= hash >> 29;
    }
    hash = hash.wrapping_mul(PRIME);
    hash ^ hash >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_keeps_its_number() {
        let mut interner = Interner::default();
        assert_eq!(interner.find("7"), None);
        let strings: Vec<String> = (0..5_000).map(|n| format!("{}", n % 3_000)).collect();
        for (at, string) in strings.iter().enumerate() {
            assert_eq!(interner.number(string), at as u32 % 3_000);
        }
        assert_eq!(interner.count(), 3_000);
        assert_eq!((interner.find("7"), interner.find("3000")), (Some(7), None));
        assert_eq!((interner.key(2_999), interner.key(3_000)), ("2999", ""));
    }
}
