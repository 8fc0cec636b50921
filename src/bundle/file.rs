//! The corpus file's frame: magic, version, section table, checksums.
//!
//! ```text
//! magic      8 bytes, 89 "XREAD" 0D 0A: a text editor or a text-mode transfer that mends line ends breaks it
//! version    u32   the format's version, see FORMAT
//! sections   u32   how many rows follow
//! row        tag [u8; 4], offset u64, length u64, checksum u32 of the section's bytes (see `checksum`, and [`of_format`])
//! checksum   u32   CRC-32 of everything before it
//! …the sections, in the order of the table, without gaps, to the end of the file
//! ```
//!
//! Some sections are always there ([`Section::ALWAYS`]), others only when they hold something
//! ([`Section::OPTIONAL`]): a writer leaves out what is empty, and a reader skips tags that it does not know after
//! checking them, so a new optional section needs no new version. It does need to be safe to ignore.
//!
//! Numbers here are little-endian. Invariant: [`open`] accepts nothing but what [`write()`] made; one changed,
//! added or missing byte anywhere is a [`Damage`] that names the section. Not here: what the sections hold.

use super::checksum::checksum;
use super::crc::crc32;
use super::xxh::xxh64;
use std::fmt;

/// The version that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 6;

/// How every corpus file starts.
pub const MAGIC: [u8; 8] = *b"\x89XREAD\r\n";

/// Rows that a table may have.
const MOST_SECTIONS: u32 = 64;
const HEAD: usize = 16;
const ROW: usize = 24;

/// The sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The frame itself.
    Header,
    /// Title of the corpus, who made the file.
    About,
    /// Texts of the articles.
    Texts,
    /// What is known about the articles, and their blocks.
    Articles,
    /// The index.
    Index,
    /// Entities and mentions.
    Names,
    /// How common the commoner stems of the articles are in English (see `text::common`). Optional.
    Common,
    /// A reader's corrections of names and of pairs. Optional.
    Corrections,
    /// A reader's notes. Optional.
    Notes,
}

impl Section {
    /// The sections that every file has, in their order.
    pub const ALWAYS: [Section; 5] =
        [Section::About, Section::Texts, Section::Articles, Section::Index, Section::Names];

    /// The sections that are there when they hold something, in their order behind the others.
    pub const OPTIONAL: [Section; 3] = [Section::Common, Section::Corrections, Section::Notes];

    fn all() -> impl Iterator<Item = Section> {
        Section::ALWAYS.into_iter().chain(Section::OPTIONAL)
    }

    /// What a reader calls it.
    pub fn name(self) -> &'static str {
        match self {
            Section::Header => "header",
            Section::About => "about",
            Section::Texts => "texts",
            Section::Articles => "articles",
            Section::Index => "index",
            Section::Names => "names",
            Section::Common => "common stems",
            Section::Corrections => "corrections",
            Section::Notes => "notes",
        }
    }

    /// What stands in the table.
    fn tag(self) -> [u8; 4] {
        match self {
            Section::Header => *b"head",
            Section::About => *b"abou",
            Section::Texts => *b"text",
            Section::Articles => *b"arti",
            Section::Index => *b"indx",
            Section::Names => *b"name",
            Section::Common => *b"comm",
            Section::Corrections => *b"corr",
            Section::Notes => *b"note",
        }
    }

    /// What is wrong with it.
    pub fn damage(self, message: impl Into<String>) -> Damage {
        Damage { section: self, message: message.into() }
    }
}

/// Why a corpus file cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where.
    pub section: Section,
    /// What is wrong with the section, as "it …".
    pub message: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the corpus file’s section “{}” cannot be used: {}", self.section.name(), self.message)
    }
}

impl std::error::Error for Damage {}

/// The sections with their bytes, in the order of [`Section::ALWAYS`] then [`Section::OPTIONAL`], as a file.
pub fn write(sections: &[(Section, &[u8])]) -> Vec<u8> {
    let start = HEAD + ROW * sections.len() + 4;
    let mut out = Vec::with_capacity(start + sections.iter().map(|(_, bytes)| bytes.len()).sum::<usize>());
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&FORMAT.to_le_bytes());
    out.extend_from_slice(&(sections.len() as u32).to_le_bytes());
    let mut offset = start as u64;
    for (section, bytes) in sections {
        out.extend_from_slice(&section.tag());
        out.extend_from_slice(&offset.to_le_bytes());
        out.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        out.extend_from_slice(&checksum(bytes).to_le_bytes());
        offset += bytes.len() as u64;
    }
    let table = crc32(&out);
    out.extend_from_slice(&table.to_le_bytes());
    for (_, bytes) in sections {
        out.extend_from_slice(bytes);
    }
    out
}

/// The sections of a file whose frame and checksums are as they should be.
#[derive(Debug)]
pub struct Frame<'a> {
    /// The version that the file was written in.
    pub format: u32,
    sections: Vec<(Section, &'a [u8])>,
}

impl<'a> Frame<'a> {
    /// Where a section stands in the file.
    pub fn place(&self, file: &[u8], section: Section) -> std::ops::Range<usize> {
        let bytes = self.section(section);
        let start = (bytes.as_ptr() as usize).saturating_sub(file.as_ptr() as usize);
        start..start + bytes.len()
    }

    /// The bytes of a section; none where an optional one is not there.
    pub fn section(&self, section: Section) -> &'a [u8] {
        self.sections.iter().find(|(there, _)| *there == section).map_or(&[], |(_, bytes)| bytes)
    }
}

/// Checks the frame and every checksum.
pub fn open(bytes: &[u8]) -> Result<Frame<'_>, Damage> {
    let bad = |message: &str| Section::Header.damage(message);
    if !bytes.starts_with(&MAGIC) {
        return Err(bad("this is not a Crossread corpus file"));
    }
    let short = || bad("the file is cut short");
    let format = u32_at(bytes, 8).ok_or_else(short)?;
    let count = u32_at(bytes, 12).ok_or_else(short)?;
    if count > MOST_SECTIONS {
        return Err(bad("its table of sections is damaged"));
    }
    let end = HEAD + ROW * count as usize;
    let stated = u32_at(bytes, end).ok_or_else(short)?;
    if bytes.get(..end).map(crc32) != Some(stated) {
        return Err(bad("its checksum does not fit"));
    }
    if format == 0 || format > FORMAT {
        return Err(bad(&format!(
            "its format is version {format} and this program reads up to {FORMAT}. Open it with the program that made it, or a newer one"
        )));
    }
    let mut at = end as u64 + 4;
    let mut sections: Vec<(Section, &[u8])> = Vec::new();
    for row in 0..count as usize {
        let here = HEAD + ROW * row;
        let tag = bytes.get(here..here + 4).ok_or_else(short)?;
        let offset = u64_at(bytes, here + 4).ok_or_else(short)?;
        let length = u64_at(bytes, here + 12).ok_or_else(short)?;
        let stated = u32_at(bytes, here + 20).ok_or_else(short)?;
        let known = Section::all().find(|section| section.tag() == tag);
        let section = known.unwrap_or(Section::Header);
        if offset != at {
            return Err(section.damage("it does not stand where the table says"));
        }
        at = offset.checked_add(length).ok_or_else(|| section.damage("it is longer than a file can be"))?;
        let range = usize::try_from(offset).ok().zip(usize::try_from(at).ok());
        let content = range
            .and_then(|(start, end)| bytes.get(start..end))
            .ok_or_else(|| section.damage("it is cut short"))?;
        if of_format(format, content) != stated {
            return Err(section.damage("its checksum does not fit: a byte of it has changed"));
        }
        if sections.iter().any(|(there, _)| Some(*there) == known) {
            return Err(section.damage("it is there twice"));
        }
        sections.extend(known.map(|section| (section, content)));
    }
    if at != bytes.len() as u64 {
        return Err(bad("something follows the last section"));
    }
    match Section::ALWAYS.into_iter().find(|section| sections.iter().all(|(there, _)| there != section)) {
        Some(missing) => Err(missing.damage("it is missing")),
        None => Ok(Frame { format, sections }),
    }
}

/// The checksum that a format has.
fn of_format(format: u32, bytes: &[u8]) -> u32 {
    match format {
        1 => crc32(bytes),
        // The edition for reading opens none of these.
        2..=3 if cfg!(feature = "studio") => xxh64(bytes) as u32,
        _ => checksum(bytes),
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample() -> Vec<u8> {
        let always: [&[u8]; 5] = [b"one", b"two two", b"", b"four", b"5"];
        let mut sections: Vec<(Section, &[u8])> = Section::ALWAYS.into_iter().zip(always).collect();
        sections.push((Section::Corrections, b"six"));
        write(&sections)
    }

    #[test]
    fn sections_come_back() {
        let bytes = sample();
        let frame = open(&bytes).unwrap();
        assert_eq!(frame.section(Section::Texts), b"two two");
        assert_eq!(frame.section(Section::Articles), b"");
        assert_eq!(frame.section(Section::Names), b"5");
        assert_eq!(frame.section(Section::Corrections), b"six");
        assert_eq!(frame.section(Section::Notes), b"");
    }

    #[test]
    fn a_section_of_a_later_program_is_passed_over() {
        let mut bytes = sample();
        let row = bytes.windows(4).position(|tag| tag == b"corr").unwrap();
        bytes[row..row + 4].copy_from_slice(b"zzzz");
        let end = HEAD + ROW * 6;
        let checksum = crc32(&bytes[..end]);
        bytes[end..end + 4].copy_from_slice(&checksum.to_le_bytes());
        let frame = open(&bytes).unwrap();
        assert_eq!(frame.section(Section::Names), b"5");
        assert_eq!(frame.section(Section::Corrections), b"");
    }

    #[test]
    fn every_changed_byte_is_found() {
        let bytes = sample();
        for at in 0..bytes.len() {
            for flip in 1..=255 {
                let mut changed = bytes.clone();
                changed[at] ^= flip;
                assert!(open(&changed).is_err(), "byte {at} changed by {flip:#x} was not found");
            }
        }
    }

    #[test]
    fn every_cut_and_every_addition_is_found() {
        let bytes = sample();
        for length in 0..bytes.len() {
            assert!(open(&bytes[..length]).is_err(), "cut to {length} bytes was not found");
        }
        let longer = [bytes.as_slice(), b"\0"].concat();
        assert_eq!(open(&longer).unwrap_err().section, Section::Header);
    }

    #[test]
    fn a_newer_format_says_so() {
        let mut bytes = sample();
        bytes[8] = FORMAT as u8 + 1;
        let end = HEAD + ROW * 6;
        let checksum = crc32(&bytes[..end]);
        bytes[end..end + 4].copy_from_slice(&checksum.to_le_bytes());
        assert!(open(&bytes).unwrap_err().message.contains(&format!("version {}", FORMAT + 1)));
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(tail: Vec<u8>) {
            let _ = open(&tail);
            let _ = open(&[MAGIC.as_slice(), &tail].concat());
        }
    }
}
