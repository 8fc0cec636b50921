//! The section of texts: the articles' texts, deflated in blocks, so that one can be shown without the rest.
//!
//! Invariant: a block holds whole texts; what inflates to more than it says, or to more than deflate can, is
//! refused before memory is reserved for it. Not here: titles and paragraphs (see `records`).

use super::wire::{Read, Reader, put_len};
use flate2::Compression;
use std::io::{Read as _, Write as _};

/// Bytes of text after which a block is closed: large enough to compress well, small enough to inflate in a
/// millisecond or two.
const BLOCK: usize = 64 * 1024;

/// Bytes that all texts together may inflate to.
const LARGEST: usize = 1 << 29;

/// Deflate cannot do better than about 1 : 1032.
const BEST_RATIO: usize = 1_032;

/// The section.
pub fn write(texts: &[&str]) -> Vec<u8> {
    let mut blocks: Vec<&[&str]> = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (i, text) in texts.iter().enumerate() {
        size += text.len();
        if size >= BLOCK {
            blocks.extend(texts.get(start..=i));
            (start, size) = (i + 1, 0);
        }
    }
    blocks.extend(texts.get(start..).filter(|rest| !rest.is_empty()));
    let mut out = Vec::new();
    put_len(&mut out, blocks.len());
    for block in blocks {
        put_len(&mut out, block.len());
        for text in block {
            put_len(&mut out, text.len());
        }
        let packed = deflate(&block.concat());
        put_len(&mut out, packed.len());
        out.extend_from_slice(&packed);
    }
    out
}

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

fn deflate(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let _ = packer.write_all(text.as_bytes());
    packer.finish().unwrap_or_default()
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
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bomb_is_refused() {
        let packed = deflate(&"a".repeat(1_000_000));
        let mut bytes = Vec::new();
        for value in [1, 1, 1_000, packed.len()] {
            put_len(&mut bytes, value);
        }
        bytes.extend_from_slice(&packed);
        assert!(read(&bytes).unwrap_err().contains("another length"));
        let mut bytes = Vec::new();
        for value in [1, 1, 400_000_000, packed.len()] {
            put_len(&mut bytes, value);
        }
        bytes.extend_from_slice(&packed);
        assert!(read(&bytes).unwrap_err().contains("more than it can"));
    }

    #[test]
    fn many_texts_take_many_blocks() {
        let text = "Lorem ipsum. ".repeat(1_000);
        let texts = vec![text.as_str(); 20];
        let bytes = write(&texts);
        assert!(Reader::new(&bytes).count().unwrap() > 1);
        assert_eq!(read(&bytes).unwrap(), texts);
    }

    proptest! {
        #[test]
        fn texts_come_back(texts: Vec<String>) {
            let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
            prop_assert_eq!(read(&write(&borrowed)), Ok(texts));
        }

        #[test]
        fn any_bytes_are_answered(bytes: Vec<u8>) {
            let _ = read(&bytes);
        }
    }
}
