//! The corpus file: what goes in comes out, the same bytes each time, and no damage passes.

use crossread::engine::{Answer, Engine, Filters, Request, SourceFile};
use std::path::Path;

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

/// The articles of `seeds/`.
pub fn seeds() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut files: Vec<SourceFile> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| SourceFile {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            bytes: std::fs::read(&path).unwrap(),
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// A corpus that is small enough to try every byte of its file.
fn small() -> Engine {
    let files = vec![
        file("a.md", "---\ntitle: One\ndate: 2024-03-01\nsource: Wire\n---\nMr Smith went to Paris.\n"),
        file("b.txt", "Smith was in Paris on 1 March."),
    ];
    Engine::build(files, Some("Two".to_owned())).0
}

/// What every view of a corpus says, to compare engines by.
fn everything(engine: &mut Engine) -> String {
    let mut requests = vec![
        Request::Library { filters: Filters::default(), limit: 99 },
        Request::Names,
        Request::About,
        Request::Rank { query: "paris OR talks".to_owned(), limit: 10, details: true },
    ];
    let slugs = engine.slugs();
    requests.extend(slugs.iter().map(|s| Request::Reader { slug: s.clone(), query: "iran".to_owned() }));
    if let [a, b, ..] = slugs.as_slice() {
        requests.push(Request::Compare { a: a.clone(), b: b.clone() });
    }
    requests.into_iter().map(|r| format!("{:?}\n", engine.answer(r))).collect()
}

#[test]
fn the_same_articles_give_the_same_bytes_in_any_order() {
    let (first, _) = Engine::build(seeds(), None);
    let (again, _) = Engine::build(seeds(), None);
    let (turned, _) = Engine::build(seeds().into_iter().rev().collect(), None);
    assert_eq!(first.to_bytes(), again.to_bytes());
    assert_eq!(first.to_bytes(), turned.to_bytes());
}

#[test]
fn an_opened_corpus_answers_as_the_built_one() {
    for mut built in [Engine::build(seeds(), None).0, small(), Engine::empty()] {
        let bytes = built.to_bytes();
        let mut opened = Engine::open(&bytes).unwrap();
        assert_eq!(opened.to_bytes(), bytes);
        assert_eq!(everything(&mut opened), everything(&mut built));
    }
}

#[test]
fn every_changed_byte_is_an_error_that_names_the_section() {
    let bytes = small().to_bytes();
    for at in 0..bytes.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] ^= flip;
            let Err(damage) = Engine::open(&changed) else { panic!("byte {at} changed by {flip:#x} passed") };
            assert!(damage.to_string().contains(&format!("“{}”", damage.section.name())), "{damage}");
        }
    }
}

#[test]
fn every_cut_is_an_error() {
    let bytes = small().to_bytes();
    for length in 0..bytes.len() {
        assert!(Engine::open(&bytes[..length]).is_err(), "cut to {length} bytes passed");
    }
}

/// Changes every byte of every section and mends the checksums: what a hostile file would do.
#[test]
fn a_hostile_file_is_refused_or_answered() {
    const HEAD: usize = 16;
    const ROW: usize = 24;
    let bytes = small().to_bytes();
    let number = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap()) as usize;
    let rows = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
    for row in (0..rows).map(|r| HEAD + r * ROW) {
        let (start, length) = (number(row + 4), number(row + 12));
        for at in start..start + length {
            for flip in [0x01, 0x7f, 0x80] {
                let mut changed = bytes.clone();
                changed[at] ^= flip;
                let checksum = crossread::bundle::checksum(&changed[start..start + length]);
                changed[row + 20..row + 24].copy_from_slice(&checksum.to_le_bytes());
                let table = HEAD + rows * ROW;
                let checksum = crc32fast::hash(&changed[..table]);
                changed[table..table + 4].copy_from_slice(&checksum.to_le_bytes());
                if let Ok(mut engine) = Engine::open(&changed) {
                    everything(&mut engine);
                }
            }
        }
    }
}

#[test]
fn the_edition_is_what_the_articles_say_and_nothing_else() {
    let edition =
        |files: Vec<SourceFile>, title: &str| Engine::build(files, Some(title.to_owned())).0.edition();
    let text = "Something happened in the north.";
    let one = edition(vec![file("a.txt", text)], "x");
    assert_eq!(one, edition(vec![file("a.txt", text)], "another title"));
    assert_eq!(one, edition(vec![file("folder/a.txt", text)], "x"));
    assert_ne!(one, edition(vec![file("a.txt", "Something happened in the South.")], "x"));
    assert_ne!(one, edition(vec![file("a.txt", text), file("b.txt", "More.")], "x"));
    assert_eq!(one.len(), 64);
}

#[test]
fn importing_adds_and_keeps() {
    let mut engine = small();
    let before = engine.slugs();
    let copy = SourceFile { name: "copy.crossread".to_owned(), bytes: engine.to_bytes() };
    let damaged = SourceFile {
        name: "broken.crossread".to_owned(),
        bytes: copy.bytes[..copy.bytes.len() - 1].to_vec(),
    };
    let files = vec![file("a.txt", "Another text of that name."), copy, damaged, file("b.txt", "")];
    let Answer::Imported(outcomes) = engine.answer(Request::Import(files)).answer else { panic!() };
    let slugs = engine.slugs();
    assert_eq!(slugs[..2], before[..]);
    assert_eq!(slugs.len(), 3, "{outcomes:?}");
    assert_eq!(outcomes[0].added.len(), 1);
    assert!(outcomes[1].problems.iter().all(|p| p.message.contains("already")), "{:?}", outcomes[1]);
    assert_eq!((outcomes[0].known, outcomes[1].known as usize), (0, outcomes[1].problems.len()));
    assert!(outcomes[2].problems[0].message.contains("common stems"), "{:?}", outcomes[2]);
}

#[test]
fn old_files_still_open() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat");
    let mut opened = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "crossread") {
            let bytes = std::fs::read(&path).unwrap();
            let mut engine = Engine::open(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let found = Request::Rank { query: "paris".to_owned(), limit: 10, details: true };
            let Answer::Ranking(ranked) = engine.answer(found).answer else { panic!() };
            assert_eq!(ranked.len(), 2, "{}", path.display());
            assert!(engine.answer(Request::Names) != Engine::empty().answer(Request::Names));
            opened += 1;
        }
    }
    assert_eq!(opened, crossread::bundle::FORMAT, "a file of each format");
}
