//! A corpus file with damage in it, whose checksums are mended, so that the sections' own readers meet it: it is
//! refused, or it opens and answers. Not here: files that are no corpus files at all (their magic refuses them).

#![no_main]

use crossread::bundle::checksum;
use crossread::engine::{Engine, Request, SourceFile};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

/// Bytes of the frame before its table, of a row of it, and of the tag and offset in a row.
const HEAD: usize = 16;
const ROW: usize = 24;
const LENGTH: usize = 12;

fn sound() -> &'static [u8] {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    SOUND.get_or_init(|| {
        let file = |name: &str, text: &str| SourceFile { name: name.into(), bytes: text.into() };
        let a = "The ferry left Corfu on Monday.\n\nAna Costa said that 12 people were on board. “No,” said Omar Sesay.";
        let b = "# The ferry\n\nA ferry with 14 people left Corfu. Prime Minister Ana Costa denied it in Lisbon.";
        Engine::build(vec![file("a.txt", a), file("b.md", b)], None).0.to_bytes()
    })
}

fn number(bytes: &[u8], at: usize, width: usize) -> usize {
    bytes[at..at + width].iter().rev().fold(0, |n, byte| n << 8 | usize::from(*byte))
}

// Three bytes of input are one change: where, in two bytes, and what to.
fuzz_target!(|changes: &[u8]| {
    let mut file = sound().to_vec();
    let rows = number(&file, 12, 4);
    let start = HEAD + ROW * rows + 4;
    for change in changes.chunks_exact(3) {
        let at = start + number(change, 0, 2) % (file.len() - start);
        file[at] = change[2];
    }
    for row in 0..rows {
        let here = HEAD + ROW * row;
        let (offset, length) = (number(&file, here + 4, 8), number(&file, here + LENGTH, 8));
        let sum = checksum(&file[offset..offset + length]).to_le_bytes();
        file[here + 20..here + ROW].copy_from_slice(&sum);
    }
    let table = crc32fast::hash(&file[..start - 4]).to_le_bytes();
    file[start - 4..start].copy_from_slice(&table);
    if let Ok(mut engine) = Engine::open(&file) {
        let slugs = engine.slugs();
        engine.answer(Request::Library { filters: Default::default(), limit: 300 });
        engine.answer(Request::Rank { query: "ferry \"Ana Costa\" lef*".into(), limit: 10, details: true });
        engine.answer(Request::Names);
        if let [a, b, ..] = slugs.as_slice() {
            engine.answer(Request::Reader { slug: a.clone(), query: "corfu".into() });
            engine.answer(Request::Compare { a: a.clone(), b: b.clone() });
        }
    }
});
