//! The rules of the code as tests: floors, headers, bans, sizes. The floors are read from ARCHITECTURE.md.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Lines that a source file may have; tables (`lists`) are data and may be longer.
const LONGEST: usize = 1_200;

/// Ways to put a string into the page as markup.
const SINKS: [&str; 6] = [
    "set_inner_html",
    "set_outer_html",
    "insert_adjacent_html",
    "from_html_unchecked",
    "document.write",
    "innerHTML",
];

/// What the engine must not reach.
const OUTSIDE: [&str; 6] = ["std::fs", "std::time", "std::thread", "std::env", "std::net", "println!"];

/// What must not be left behind.
const LEFTOVERS: [&str; 5] = ["TODO", "FIXME", "todo!(", "dbg!(", "unimplemented!("];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `dir` that ends in `.{ext}`, with its text.
fn files(dir: &str, ext: &str) -> Vec<(PathBuf, String)> {
    fn walk(dir: &Path, ext: &str, out: &mut Vec<PathBuf>) {
        let Ok(entries) = std::fs::read_dir(dir) else { return };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, ext, out);
            } else if path.extension().is_some_and(|e| e == ext) {
                out.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(&root().join(dir), ext, &mut paths);
    paths.sort();
    paths.into_iter().map(|p| (p.clone(), std::fs::read_to_string(&p).unwrap())).collect()
}

/// Every Rust file of ours.
fn rust_files() -> Vec<(PathBuf, String)> {
    ["src", "xtask/src", "tests", "benches", "fuzz/targets"].iter().flat_map(|dir| files(dir, "rs")).collect()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Floor of each module and the allowed sideways imports, as ARCHITECTURE.md states them.
fn floors() -> (BTreeMap<String, u8>, Vec<(String, String)>) {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut floor = BTreeMap::new();
    let mut sideways = Vec::new();
    for line in page.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let Some(number) =
            cells.get(1).and_then(|c| c.split(' ').next()).and_then(|c| c.parse::<u8>().ok())
        {
            for module in cells[2].split(',') {
                floor.insert(module.trim().to_owned(), number);
            }
        }
        if let Some(list) = line.strip_prefix("Sideways imports that are allowed: ") {
            for pair in list.trim_end_matches('.').split(',') {
                let (from, to) = pair.split_once('→').expect("from → to");
                sideways.push((from.trim().to_owned(), to.trim().to_owned()));
            }
        }
    }
    (floor, sideways)
}

/// Modules that a file imports by `crate::module` or `crossread::module`, with the line.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        for start in ["crate::", "crossread::"] {
            for (at, _) in line.match_indices(start) {
                if line[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$')
                {
                    continue;
                }
                let rest = &line[at + start.len()..];
                let names: Vec<&str> = match rest.strip_prefix('{') {
                    Some(list) => list.split(['{', '}', ',']).collect(),
                    None => vec![rest],
                };
                for name in names {
                    let name =
                        name.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                    found.push((number + 1, name));
                }
            }
        }
    }
    found
}

#[test]
fn imports_go_down_only() {
    let (floor, sideways) = floors();
    assert_eq!(floor.len(), 14, "the floors table of ARCHITECTURE.md could not be read: {floor:?}");
    assert_eq!(sideways.len(), 3);
    let mut wrong = Vec::new();
    for (path, text) in files("src", "rs") {
        let inside = path.strip_prefix(root().join("src")).unwrap();
        let module = inside.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
        let Some(&own) = floor.get(&module) else {
            assert!(["lib", "main"].contains(&module.as_str()), "{} is on no floor", shown(&path));
            continue;
        };
        for (line, target) in imports(&text) {
            let Some(&other) = floor.get(&target) else { continue };
            let door = own == 5 && !["engine", "session"].contains(&target.as_str());
            let allowed = target == module || sideways.contains(&(module.clone(), target.clone()));
            if !allowed && (door || other >= own) {
                wrong.push(format!("{}:{line}: {module} imports {target}", shown(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that do not go down:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_is_on_the_table() {
    let (floor, _) = floors();
    for module in floor.keys() {
        let there = root().join("src").join(module).join("mod.rs").exists()
            || root().join("src").join(format!("{module}.rs")).exists();
        assert!(there, "ARCHITECTURE.md names the module {module}, which is not there");
    }
}

#[test]
fn every_file_says_its_noun() {
    let silent: Vec<String> = rust_files()
        .iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| shown(path))
        .collect();
    assert!(silent.is_empty(), "files without a //! header: {silent:?}");
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = rust_files()
        .iter()
        .filter(|(path, text)| text.lines().count() > LONGEST && !shown(path).contains("lists"))
        .map(|(path, text)| format!("{}: {} lines", shown(path), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn there_is_no_html_sink() {
    let mut sinks = Vec::new();
    for (path, text) in files("src", "rs").into_iter().chain(files("static", "js")) {
        sinks.extend(SINKS.iter().filter(|s| text.contains(**s)).map(|s| format!("{}: {s}", shown(&path))));
    }
    assert!(sinks.is_empty(), "{sinks:?}");
}

#[test]
fn the_engine_has_no_outside_and_nothing_is_left_behind() {
    let mut wrong = Vec::new();
    for (path, text) in files("src", "rs") {
        let name = shown(&path);
        let door = ["src/app", "src/cli", "src/main.rs", "src/module.rs"].iter().any(|d| name.starts_with(d));
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(&text);
        // The writer of indexes uses the machine's cores; its bytes are the same with one (tested).
        let outside = OUTSIDE.iter().filter(|word| **word != "std::thread" || name != "src/index/build.rs");
        let banned = LEFTOVERS.iter().chain(outside.filter(|_| !door));
        for word in banned {
            if code.lines().any(|l| !l.trim_start().starts_with("//") && l.contains(word)) {
                wrong.push(format!("{name}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_dependency_says_why() {
    let mut silent = Vec::new();
    for manifest in ["Cargo.toml", "xtask/Cargo.toml"] {
        let text = std::fs::read_to_string(root().join(manifest)).unwrap();
        let mut dependencies = false;
        for line in text.lines() {
            if line.starts_with('[') {
                dependencies = line.ends_with("dependencies]");
            } else if dependencies && line.contains('=') && !line.contains('#') {
                silent.push(format!("{manifest}: {line}"));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}
