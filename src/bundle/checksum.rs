//! The checksum of a corpus file's sections: words of four bytes in [`LANES`] rows side by side, which vector
//! instructions take sixteen bytes at a time, so that checking ten megabytes is a small part of opening them, also in a
//! browser that has not compiled this well yet.
//!
//! Each step is `(sum ^ word) × an odd number`, then `sum ^ sum >> 15`, and the rows are put together by the same step.
//! For a given word it takes every sum to another one, for a given sum every word. Invariant: so one changed byte, or as
//! many as are in one word, surely change the checksum; other damage goes unseen one time in four thousand million.
//! It tells damage, not forgery: the edition does that. Not here: what is checked.

/// An odd number with its bits well mixed (the first of XXH32's).
const FACTOR: u32 = 0x9E37_79B1;
/// Words side by side.
const LANES: usize = 32;
/// Stripes that are taken in one call, 64 kB: browsers compile a function of WebAssembly well once it has been called
/// some times, and never while it runs.
const AT_ONCE: usize = 1 << 9;

#[inline]
fn step(sum: u32, word: u32) -> u32 {
    let sum = (sum ^ word).wrapping_mul(FACTOR);
    sum ^ sum >> 15
}

#[inline(never)]
fn mix(lanes: &mut [u32; LANES], stripes: &[[u8; 4 * LANES]]) {
    let mut mixed = *lanes;
    for stripe in stripes {
        let (words, _) = stripe.as_chunks::<4>();
        for (lane, word) in mixed.iter_mut().zip(words) {
            *lane = step(*lane, u32::from_le_bytes(*word));
        }
    }
    *lanes = mixed;
}

/// The checksum of bytes.
pub fn checksum(bytes: &[u8]) -> u32 {
    let (stripes, rest) = bytes.as_chunks::<{ 4 * LANES }>();
    let mut lanes = [0; LANES];
    stripes.chunks(AT_ONCE).for_each(|some| mix(&mut lanes, some));
    let (words, rest) = rest.as_chunks::<4>();
    let sum = lanes.into_iter().fold(bytes.len() as u32, step);
    let sum = words.iter().fold(sum, |sum, word| step(sum, u32::from_le_bytes(*word)));
    rest.iter().fold(sum, |sum, &byte| step(sum, byte.into()))
}

#[cfg(test)]
mod tests {
    use super::checksum;

    /// As another implementation has it (Python's integers, from the header of this file).
    #[test]
    fn is_the_same_everywhere() {
        let bytes: Vec<u8> = (0..200_001u64).map(|at| (at * at % 251) as u8).collect();
        let found = [0, 1, 3, 4, 127, 128, 131, 1000, 200_001].map(|length| checksum(&bytes[..length]));
        let other = [
            0x0000_0000,
            0x805D_230D,
            0x609F_3BB3,
            0x90CC_CADA,
            0x175C_CEC1,
            0x3DA0_856C,
            0x1C3C_504A,
            0x5823_8E37,
            0xB3F0_8D64,
        ];
        assert_eq!(found, other);
    }

    #[test]
    fn every_change_within_a_word_is_seen() {
        let mut bytes: Vec<u8> = (0..300u32).map(|at| (at * 7) as u8).collect();
        let sum = checksum(&bytes);
        for at in 0..bytes.len() {
            for flip in 1..=255 {
                bytes[at] ^= flip;
                assert_ne!(checksum(&bytes), sum, "byte {at} changed by {flip:#x}");
                bytes[at] ^= flip;
            }
        }
    }
}
