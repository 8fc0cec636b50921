//! Bits: numbers of a few bits each, without gaps, low bits first: as Rice codes, or as ascending numbers of a range.
//!
//! Invariant: a [`Bits`] never reads outside its slice and never panics; past the end a number is zero and a Rice
//! code is `None`. Not here: which numbers (see `postings`).

/// Quotient from which a Rice code gives up and the number stands as it is.
const ESCAPE: u32 = 24;
/// Bits that are ready at once, wherever in a byte they begin.
const READY: u32 = 57;

/// Appends numbers to bytes.
pub struct Writer<'a> {
    out: &'a mut Vec<u8>,
    buffer: u64,
    filled: u32,
}

impl<'a> Writer<'a> {
    /// Behind what is there.
    pub fn new(out: &'a mut Vec<u8>) -> Writer<'a> {
        Writer { out, buffer: 0, filled: 0 }
    }

    /// The low `width` bits of `value`, at most 32; there are no others.
    #[inline]
    pub fn put(&mut self, value: u32, width: u32) {
        self.buffer |= u64::from(value) << self.filled;
        self.filled += width;
        while self.filled >= 8 {
            self.out.push(self.buffer as u8);
            self.buffer >>= 8;
            self.filled -= 8;
        }
    }

    /// A Rice code (Rice and Plaunt 1971): `value >> low` ones and a zero, then the `low` low bits.
    pub fn rice(&mut self, value: u32, low: u32) {
        let quotient = value >> low;
        if quotient >= ESCAPE {
            self.put((1 << ESCAPE) - 1, ESCAPE);
            self.put(value, 32);
        } else {
            self.put((1 << quotient) - 1, quotient + 1);
            self.put(value & ((1 << low) - 1), low);
        }
    }

    /// Ascending numbers of a range by binary interpolative coding (Moffat and Stuiver 2000): the one in the middle,
    /// of which those before and behind it say how far it can be, then either side.
    pub fn ascending(&mut self, numbers: &[u32], from: u32, to: u32) {
        if !numbers.is_empty() {
            self.between(numbers, from, to - from - numbers.len() as u32);
        }
    }

    /// Ascending numbers from one on, so many of which are left out at most.
    fn between(&mut self, mut numbers: &[u32], mut from: u32, mut free: u32) {
        while free > 0 {
            let middle = numbers.len() / 2;
            let (before, [here, behind @ ..]) = numbers.split_at(middle) else { return };
            let value = here - from - middle as u32;
            self.below(value, free + 1);
            if middle > 0 {
                self.between(before, from, value);
            }
            (from, free, numbers) = (here + 1, free - value, behind);
        }
    }

    /// A number of so many from 0 on.
    #[inline]
    fn below(&mut self, value: u32, range: u32) {
        let (bits, short, centre) = truncated(range);
        let value = if value < centre { value + range - centre } else { value - centre };
        if value < short {
            self.put(value, bits);
        } else {
            let longer = value + short;
            self.put(longer >> 1 | (longer & 1) << bits, bits + 1);
        }
    }

    /// Which of `all` things: how many of them, and they as ascending numbers. Shortest for few.
    pub fn some(&mut self, which: &[u32], all: u32) {
        self.rice(which.len() as u32, of_some(all));
        self.ascending(which, 0, all);
    }

    /// Fills the last byte.
    pub fn finish(self) {
        if self.filled > 0 {
            self.out.push(self.buffer as u8);
        }
    }
}

/// Of a range of numbers, at least one, in truncated binary: some codes are a bit shorter, so that no pattern is left over.
/// The bits of those, how many there are, and the number of the first of them: they are in the middle, where the middle one
/// of several mostly is.
#[inline]
fn truncated(range: u32) -> (u32, u32, u32) {
    let bits = range.ilog2();
    let short = (2u32 << bits).wrapping_sub(range);
    (bits, short, (range - short) / 2)
}

/// The Rice parameter of how many of `all` things are meant.
fn of_some(all: u32) -> u32 {
    all.max(1).ilog2() / 2
}

/// The parameter, up to `most`, with which Rice codes of these numbers are shortest.
pub fn parameter(numbers: &[u32], most: u32) -> u32 {
    let size =
        |low: &u32| numbers.iter().map(|&number| u64::from(number >> low) + u64::from(*low)).sum::<u64>();
    (0..=most).min_by_key(size).unwrap_or(0)
}

/// Reads what [`Writer`] wrote.
#[derive(Clone, Copy, Default)]
pub struct Bits<'a> {
    bytes: &'a [u8],
    /// Bits read.
    read: usize,
}

impl<'a> Bits<'a> {
    /// At the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Bits<'a> {
        Bits { bytes, read: 0 }
    }

    /// The bytes that have been read, the last of them maybe in part.
    pub fn bytes(&self) -> usize {
        self.read.div_ceil(8)
    }

    /// The next bits, [`READY`] at least; zeros behind the end.
    #[inline]
    fn next(&self) -> u64 {
        let at = self.read / 8;
        let eight = self.bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok());
        let word = eight.map_or_else(|| last(self.bytes, at), u64::from_le_bytes);
        word >> (self.read % 8)
    }

    /// The next number of `width` bits, at most 32.
    #[inline]
    pub fn get(&mut self, width: u32) -> u32 {
        let word = self.next();
        self.read += width as usize;
        (word & ((1u64 << width) - 1)) as u32
    }

    /// The next Rice code; `None` at the end.
    pub fn rice(&mut self, low: u32) -> Option<u32> {
        let mut one = [0];
        self.rices(low, &mut one)?;
        Some(one[0])
    }

    /// Fills `numbers` with the next Rice codes; `None` where there are not so many.
    pub fn rices(&mut self, low: u32, numbers: &mut [u32]) -> Option<()> {
        let mut bits = *self;
        let mask = ((1u64 << low) - 1) as u32;
        // Bits that are ready, and how many of them have been taken.
        let (mut word, mut taken) = (bits.next(), 0);
        for number in numbers {
            let mut quotient = word.trailing_ones();
            if taken + quotient + 1 + low > READY {
                bits.read += taken as usize;
                (word, taken) = (bits.next(), 0);
                quotient = word.trailing_ones();
            }
            if quotient >= ESCAPE {
                bits.read += (taken + ESCAPE) as usize;
                *number = bits.get(32);
                (word, taken) = (bits.next(), 0);
                continue;
            }
            word >>= quotient + 1;
            *number = quotient << low | (word as u32 & mask);
            word >>= low;
            taken += quotient + 1 + low;
        }
        bits.read += taken as usize;
        if bits.read > bits.bytes.len() * 8 {
            return None;
        }
        *self = bits;
        Some(())
    }

    /// Fills `numbers` with ascending numbers of a range; `None` where so many do not fit it.
    pub fn ascending(&mut self, numbers: &mut [u32], from: u32, to: u32) -> Option<()> {
        let free = to.checked_sub(from)?.checked_sub(numbers.len() as u32)?;
        let mut bits = *self;
        bits.between(numbers, from, free);
        *self = bits;
        Some(())
    }

    /// Fills `numbers` with ascending numbers from one on, so many of which are left out at most.
    fn between(&mut self, mut numbers: &mut [u32], mut from: u32, mut free: u32) {
        while free > 0 {
            let middle = numbers.len() / 2;
            let (before, [here, behind @ ..]) = numbers.split_at_mut(middle) else { return };
            let value = self.below(free + 1);
            *here = from + middle as u32 + value;
            if let [one] = before {
                *one = from + self.below(value + 1);
            } else if middle > 0 {
                self.between(before, from, value);
            }
            (from, free, numbers) = (*here + 1, free - value, behind);
        }
        numbers.iter_mut().zip(from..).for_each(|(number, next)| *number = next);
    }

    /// Which of `all` things: fills the first of `which`, and gives those; `None` at the end, and where so many do not fit.
    pub fn some<'n>(&mut self, which: &'n mut [u32], all: u32) -> Option<&'n [u32]> {
        let count = self.rice(of_some(all))?;
        let which = which.get_mut(..count as usize)?;
        self.ascending(which, 0, all)?;
        Some(which)
    }

    /// A number of so many from 0 on.
    #[inline]
    fn below(&mut self, range: u32) -> u32 {
        let (bits, short, centre) = truncated(range);
        let word = self.next();
        let value = (word & ((1u64 << bits) - 1)) as u32;
        let longer = value >= short;
        self.read += bits as usize + usize::from(longer);
        let value = if longer { (value << 1 | (word >> bits) as u32 & 1) - short } else { value } + centre;
        if value < range { value } else { value - range }
    }
}

/// The bytes from one on, fewer than eight, and zeros.
#[cold]
fn last(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(numbers in prop::collection::vec((any::<u32>(), 0u32..=32, 0u32..20), 0..60)) {
            let mut bytes = vec![7];
            let mut writer = Writer::new(&mut bytes);
            let cut = |value: u32, bits: u32| (u64::from(value) & ((1u64 << bits) - 1)) as u32;
            for &(value, bits, low) in &numbers {
                writer.put(cut(value, bits), bits);
                writer.rice(value >> (bits / 2), low);
            }
            writer.finish();
            let mut reader = Bits::new(&bytes[1..]);
            for &(value, bits, low) in &numbers {
                prop_assert_eq!(reader.get(bits), cut(value, bits));
                prop_assert_eq!(reader.rice(low), Some(value >> (bits / 2)));
            }
        }

        #[test]
        fn ascending_numbers_come_back(
            numbers in prop::collection::btree_set(5u32..300, 0..60),
            dense in prop::collection::btree_set(5u32..20, 0..15),
            room in 0u32..50,
        ) {
            for numbers in [numbers, dense] {
                let numbers: Vec<u32> = numbers.into_iter().collect();
                let to = numbers.last().map_or(5, |last| last + 1) + room;
                let mut bytes = Vec::new();
                let mut writer = Writer::new(&mut bytes);
                writer.ascending(&numbers, 5, to);
                writer.finish();
                let mut read = vec![0; numbers.len()];
                prop_assert_eq!(Bits::new(&bytes).ascending(&mut read, 5, to), Some(()));
                prop_assert_eq!(read, numbers);
            }
        }

        #[test]
        fn some_of_many_come_back(which in prop::collection::btree_set(0u32..130, 0..130), more in 0u32..9) {
            let which: Vec<u32> = which.into_iter().collect();
            let all = which.last().map_or(0, |last| last + 1) + more;
            let mut bytes = Vec::new();
            let mut writer = Writer::new(&mut bytes);
            writer.some(&which, all);
            writer.finish();
            let mut read = [0; 140];
            prop_assert_eq!(Bits::new(&bytes).some(&mut read, all), Some(&which[..]));
        }

        #[test]
        fn any_bytes_are_ascending_numbers(bytes in prop::collection::vec(any::<u8>(), 0..40), count in 0usize..40, to in 0u32..50) {
            let mut read = vec![0; count];
            if Bits::new(&bytes).ascending(&mut read, 0, to).is_some() {
                prop_assert!(read.is_sorted_by(|a, b| a < b) && read.iter().all(|&number| number < to));
            }
        }

        #[test]
        fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..40), low in 0u32..32) {
            let mut reader = Bits::new(&bytes);
            let mut read = 0;
            while reader.rice(low).is_some() {
                read += 1;
                prop_assert!(read <= bytes.len() * 8);
            }
        }
    }
}
