//! CRC-32 as in gzip, zip and PNG (ISO 3309): the checksum of a corpus file's sections.
//!
//! Invariant: [`crc32`] of `123456789` is `CBF43926`. The tables are worked out at first use: as data of the
//! program they would be 16 kB that no packing makes smaller. Not here: what is checked.

use std::array;
use std::sync::LazyLock;

/// Bytes that are taken in at once ("slicing by 16": M. Kounavis and F. Berry, 2005).
const SLICES: usize = 16;

/// The polynomial, lowest bit first.
const POLYNOMIAL: u32 = 0xEDB8_8320;

/// `TABLES[n][b]`: what the byte `b` leaves of the checksum when `n` more bytes of zero have followed it.
static TABLES: LazyLock<[[u32; 256]; SLICES]> = LazyLock::new(|| {
    let shifted = |c: u32| (0..8).fold(c, |c, _| (c >> 1) ^ if c & 1 == 1 { POLYNOMIAL } else { 0 });
    let mut table: [u32; 256] = array::from_fn(|byte| shifted(byte as u32));
    let first = table;
    array::from_fn(|slice| {
        if slice > 0 {
            table = table.map(|c| (c >> 8) ^ first[(c & 0xFF) as usize]);
        }
        table
    })
});

/// The CRC-32 of bytes.
pub fn crc32(bytes: &[u8]) -> u32 {
    let tables = &*TABLES;
    let (whole, rest) = bytes.as_chunks::<SLICES>();
    let many = whole.iter().fold(!0, |crc: u32, chunk| {
        let head = crc.to_le_bytes();
        (0..SLICES).fold(0, |sum, i| {
            let byte = chunk[i] ^ head.get(i).copied().unwrap_or(0);
            sum ^ tables[SLICES - 1 - i][byte as usize]
        })
    });
    !rest.iter().fold(many, |crc, byte| (crc >> 8) ^ tables[0][((crc ^ u32::from(*byte)) & 0xFF) as usize])
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn is_the_checksum_of_gzip() {
        let bytes: Vec<u8> = (0..1000u32).map(|i| ((i * i) >> 3) as u8).collect();
        (0..80).for_each(|n| assert_eq!(crc32(&bytes[n..12 * n]), crc32fast::hash(&bytes[n..12 * n])));
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
        assert_eq!(crc32(b"The quick brown fox jumps over the lazy dog"), 0x414F_A339);
    }
}
