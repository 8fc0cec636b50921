//! The texts of older files: of formats 1 and 2, deflated in blocks.
//!
//! `how many blocks`, and each: `how many texts, bytes of each, bytes of the block, the block`.
//!
//! Invariant: what inflates to more than it says, or to more than deflate can, is refused before memory is reserved
//! for it. Not here: the texts of files that are written now (see `texts`).

use super::texts::LARGEST;
use super::wire::{Read, Reader};
use std::io::Read as _;

/// Deflate cannot do better than about 1 : 1032.
const BEST_RATIO: usize = 1_032;

/// The texts of a section.
pub fn read(bytes: &[u8]) -> Read<Vec<String>> {
    let mut reader = Reader::new(bytes);
    let mut texts = Vec::new();
    let mut total = 0usize;
    for _ in 0..reader.count()? {
        let count = reader.count()?;
        let mut lengths = Vec::with_capacity(count);
        let mut size = 0usize;
        for _ in 0..count {
            let length = reader.small()? as usize;
            size = size.saturating_add(length);
            lengths.push(length);
        }
        total = total.saturating_add(size);
        if total > LARGEST {
            return Err("its texts are larger than 512 MB".to_owned());
        }
        let length = reader.count()?;
        let block = inflate(reader.take(length)?, size)?;
        let mut rest = block.as_str();
        for length in lengths {
            let (text, after) = rest.split_at_checked(length).ok_or("a text in it is cut in a letter")?;
            texts.push(text.to_owned());
            rest = after;
        }
    }
    reader.end()?;
    Ok(texts)
}

fn inflate(packed: &[u8], size: usize) -> Read<String> {
    if size > packed.len().saturating_mul(BEST_RATIO).saturating_add(BEST_RATIO) {
        return Err("it says that it inflates to more than it can".to_owned());
    }
    let mut text = Vec::with_capacity(size);
    flate2::read::DeflateDecoder::new(packed)
        .take(size as u64 + 1)
        .read_to_end(&mut text)
        .map_err(|_| "a block in it cannot be inflated".to_owned())?;
    if text.len() != size {
        return Err("a block in it inflates to another length than it says".to_owned());
    }
    String::from_utf8(text).map_err(|_| "a text in it is not UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::wire::put_len;
    use super::*;
    use proptest::prelude::*;
    use std::io::Write as _;

    fn block(size: usize, text: &str) -> Vec<u8> {
        let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(text.as_bytes()).unwrap();
        let packed = packer.finish().unwrap();
        let mut bytes = Vec::new();
        [1, 1, size, packed.len()].into_iter().for_each(|value| put_len(&mut bytes, value));
        bytes.extend_from_slice(&packed);
        bytes
    }

    #[test]
    fn a_bomb_is_refused() {
        let text = "a".repeat(1_000_000);
        assert_eq!(read(&block(1_000_000, &text)), Ok(vec![text.clone()]));
        assert!(read(&block(1_000, &text)).unwrap_err().contains("another length"));
        assert!(read(&block(400_000_000, &text)).unwrap_err().contains("more than it can"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes: Vec<u8>) {
            let _ = read(&bytes);
        }
    }
}
