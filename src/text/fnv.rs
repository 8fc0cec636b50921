//! FNV-1a, 64 bits (Fowler, Noll and Vo): hashes of words that are the same on every machine.
//!
//! Not here: the recogniser's hashes, which are mixed further (`entities/hash.rs`).

/// The state before any byte.
pub const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of bytes, going on from a state.
pub fn fnv(state: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(state, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
