//! The section of texts: the articles' texts, deflated in blocks, so that one can be shown without the rest.
//!
//! Invariant: a block holds whole texts; what inflates to more than it says, or to more than deflate can, is
//! refused before memory is reserved for it. Not here: titles and paragraphs (see `records`).

use super::wire::{Read, Reader, put_len};
use flate2::Compression;
use std::cell::RefCell;
use std::io::{Read as _, Write as _};
use std::ops::Range;

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

/// A block of texts, packed.
#[derive(Clone, Debug)]
struct Block {
    /// Number of its first text.
    first: usize,
    /// Bytes of its texts.
    lengths: Vec<u32>,
    /// Where it stands in the section.
    packed: Range<usize>,
}

/// A section of which one text after the other can be read.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    blocks: Vec<Block>,
    /// The block that was inflated last.
    open: RefCell<Option<(usize, String)>>,
}

impl Texts {
    /// Over a section; reads where its blocks stand, and nothing in them.
    pub fn open(bytes: &[u8]) -> Read<Texts> {
        let mut reader = Reader::new(bytes);
        let (mut blocks, mut first, mut total) = (Vec::new(), 0, 0usize);
        for _ in 0..reader.count()? {
            let count = reader.count()?;
            let lengths: Vec<u32> = (0..count).map(|_| reader.small()).collect::<Read<_>>()?;
            total = lengths.iter().fold(total, |sum, &length| sum.saturating_add(length as usize));
            if total > LARGEST {
                return Err("its texts are larger than 512 MB".to_owned());
            }
            let length = reader.count()?;
            let start = bytes.len() - reader.left();
            reader.take(length)?;
            blocks.push(Block { first, lengths, packed: start..start + length });
            first += count;
        }
        reader.end()?;
        Ok(Texts { blocks, open: RefCell::default() })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.blocks.last().map_or(0, |last| last.first + last.lengths.len())
    }

    /// A text of the section, whose bytes are given again. Its neighbours are kept at hand.
    pub fn get(&self, bytes: &[u8], at: usize) -> Read<String> {
        let missing = || "a text in it is missing".to_owned();
        let number = self.blocks.partition_point(|block| block.first + block.lengths.len() <= at);
        let block = self.blocks.get(number).ok_or_else(missing)?;
        let mut open = self.open.borrow_mut();
        if open.as_ref().is_none_or(|(there, _)| *there != number) {
            let size = block.lengths.iter().map(|&length| length as usize).sum();
            *open = Some((number, inflate(bytes.get(block.packed.clone()).ok_or_else(missing)?, size)?));
        }
        let before = block.lengths.get(..at - block.first).ok_or_else(missing)?;
        let start: usize = before.iter().map(|&length| length as usize).sum();
        let length = block.lengths.get(at - block.first).map_or(0, |&length| length as usize);
        let text = open.as_ref().and_then(|(_, texts)| texts.get(start..start + length));
        text.map(str::to_owned).ok_or_else(|| "a text in it is cut in a letter".to_owned())
    }
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
            let bytes = write(&borrowed);
            let one = Texts::open(&bytes).unwrap();
            prop_assert_eq!(one.len(), texts.len());
            for (at, text) in texts.iter().enumerate().rev() {
                prop_assert_eq!(&one.get(&bytes, at).unwrap(), text);
            }
            prop_assert!(one.get(&bytes, texts.len()).is_err());
            prop_assert_eq!(read(&bytes), Ok(texts));
        }

        #[test]
        fn any_bytes_are_answered(bytes: Vec<u8>) {
            let _ = read(&bytes);
            if let Ok(texts) = Texts::open(&bytes) {
                (0..texts.len().min(99)).for_each(|at| drop(texts.get(&bytes, at)));
            }
        }
    }
}
