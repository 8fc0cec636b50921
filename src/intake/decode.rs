//! Bytes to text: UTF-8, UTF-16 with its mark, and otherwise as well as possible, which is said.
//!
//! Invariant: valid UTF-8 is taken byte for byte but for a byte-order mark.

use super::{Problem, problem};

/// What bytes 0x80 to 0x9f are in Windows-1252; the rest of it is Latin-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The name of a format that is not text, by its first bytes.
pub(super) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const SIGNS: [(&[u8], &str); 11] = [
        (b"PK\x03\x04", "a zip archive (or a Word, EPUB or spreadsheet file)"),
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\xd0\xcf\x11\xe0", "an old Office file"),
        (b"{\\rtf", "rich text (RTF)"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"SQLite format 3", "a database"),
    ];
    if let Some((_, name)) = SIGNS.iter().find(|(sign, _)| bytes.starts_with(sign)) {
        return Some(name);
    }
    (wide(bytes).is_none() && bytes.contains(&0)).then_some("a binary file")
}

/// Where a text is UTF-16: whether the low byte comes first. It says so by a mark, or every second one of its first bytes is
/// zero, as they are in letters of Europe.
fn wide(bytes: &[u8]) -> Option<bool> {
    if let Some(mark) = [b"\xff\xfe", b"\xfe\xff"].iter().position(|mark| bytes.starts_with(*mark)) {
        return Some(mark == 0);
    }
    let pairs = || bytes.as_chunks::<2>().0.iter().take(200);
    let zeros = |at: usize| pairs().filter(|pair| pair[at] == 0).count() * 10;
    let most = (pairs().count() * 9).max(30);
    match (zeros(0), zeros(1)) {
        (0, high) if high >= most => Some(true),
        (high, 0) if high >= most => Some(false),
        _ => None,
    }
}

/// The name of a format whose text is markup, by its first words or its extension. Markdown may have some.
pub(super) fn markup(text: &str, extension: &str) -> Option<&'static str> {
    const SIGNS: [(&str, &str); 4] = [
        ("<!doctype html", "a web page (HTML)"),
        ("<html", "a web page (HTML)"),
        ("<?xml", "an XML file"),
        ("<rss", "an XML file"),
    ];
    let start = text.trim_start();
    let begins = |sign: &str| start.get(..sign.len()).is_some_and(|own| own.eq_ignore_ascii_case(sign));
    match extension {
        "html" | "htm" | "xhtml" | "mhtml" => Some("a web page (HTML)"),
        "eml" | "mbox" => Some("e-mail"),
        "md" | "markdown" => None,
        _ => SIGNS.iter().find(|(sign, _)| begins(sign)).map(|(_, name)| *name),
    }
}

/// The text of a file; what had to be guessed is a problem that names the line.
pub(super) fn decode(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> String {
    let units = |little: bool, bytes: &[u8]| {
        let units = bytes
            .as_chunks::<2>()
            .0
            .iter()
            .map(|&c| if little { u16::from_le_bytes(c) } else { u16::from_be_bytes(c) });
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    if let Some(little) = wide(bytes) {
        return units(little, bytes).trim_start_matches('\u{feff}').to_owned();
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut text = String::with_capacity(bytes.len());
    let mut first = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for &byte in chunk.invalid() {
            first.get_or_insert_with(|| text.bytes().filter(|b| *b == b'\n').count() as u32 + 1);
            text.push(match byte {
                0x80..=0x9f => {
                    WINDOWS_1252.get(usize::from(byte - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER)
                }
                _ => char::from(byte),
            });
        }
    }
    if first.is_some() {
        let message = "not valid UTF-8; the bytes that are not were read as Windows-1252. If letters look odd, save the file as UTF-8";
        problems.push(problem(file, first, message));
    }
    text
}
