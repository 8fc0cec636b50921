//! Bounds: texts as nobody writes them are taken in, saved, opened and searched in time and room in proportion.
//!
//! Invariant: what is allowed is growth and not time, which depends on the machine: a text three times as long may
//! take three times as long and not nine times. It is the processor's time, so that other programs do not count. Not
//! here: speed, which is measured with sixty times as much by `cargo bench --bench search shapes`.

use std::path::Path;
use std::process::Command;

/// Bytes of the longer text.
const SIZE: usize = 300_000;

/// Growth from which work is no longer in proportion: in proportion it is 3, quadratic 9.
const TOO_MUCH: f64 = 6.0;

/// Takes in a text, saves it, opens it and finds it; then what that took: the last line has the processor's time of the
/// programs that were run.
const SCRIPT: &str = r#""$1" build "$2" -o "$3" 2>/dev/null; "$1" search --json "$4" "$3" && times"#;

/// How many times more work a size is than a third of it. Each counts by its quickest run.
fn growth(work: impl Fn(usize) -> f64) -> f64 {
    let mut quickest = [f64::MAX; 2];
    let mut growth = f64::MAX;
    for _ in 0..3 {
        for (quickest, size) in quickest.iter_mut().zip([SIZE / 3, SIZE]) {
            *quickest = work(size).min(*quickest);
        }
        growth = quickest[1] / quickest[0];
        if growth < TOO_MUCH {
            break;
        }
    }
    growth
}

#[track_caller]
fn is_bounded(text: impl Fn(usize) -> String, query: &str) {
    if cfg!(not(unix)) {
        eprintln!("SKIPPED: the processor's time is asked of a Unix shell");
        return;
    }
    let growth = growth(|size| seconds(&text(size), query));
    assert!(growth < TOO_MUCH, "{growth:.1} times as long for three times the text");
}

/// Seconds of the processor that a text takes.
fn seconds(text: &str, query: &str) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("in")).unwrap();
    std::fs::write(at("in/a.txt"), text).unwrap();
    std::fs::write(at("in/b.txt"), "Another text.").unwrap();
    let arguments =
        [Path::new(env!("CARGO_BIN_EXE_crossread")), &at("in"), &at("c.crossread"), Path::new(query)];
    let ran = Command::new("sh").args(["-c", SCRIPT, "sh"]).args(arguments).output().unwrap();
    let out = String::from_utf8(ran.stdout).unwrap();
    let bytes = std::fs::metadata(at("c.crossread")).unwrap().len() as usize;
    assert!(bytes < 4 * text.len(), "{bytes} bytes");
    let lines: Vec<&str> = out.lines().collect();
    let [found, _, times] = lines[..] else { panic!("one article: {out}") };
    let found: serde_json::Value = serde_json::from_str(found).unwrap();
    assert!(found["article"] == "a" && !found["hits"].as_array().unwrap().is_empty());
    // "0m0.210s 0m0.030s": of the program and of the system for it.
    let of = |time: &str| -> f64 {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
        minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
    };
    times.split(' ').map(of).sum()
}

#[test]
fn one_line_is_bounded() {
    is_bounded(|size| "The talks went on.".repeat(size / 18), "talks");
}

#[test]
fn one_word_is_bounded() {
    is_bounded(|size| format!("talks {}", "a".repeat(size)), "talks");
}

#[test]
fn letters_and_figures_in_turn_are_bounded() {
    is_bounded(|size| format!("talks {}", "a1".repeat(size / 2)), "talks");
}

#[test]
fn short_lines_are_bounded() {
    is_bounded(|size| format!("talks{}", "\na".repeat(size / 2)), "talks");
}

#[test]
fn distinct_words_are_bounded() {
    let words = |size| (0..size / 8).map(|at| format!("{at:07x} ")).collect::<String>() + "talks";
    is_bounded(words, "talks");
}

#[test]
fn a_line_without_spaces_is_bounded() {
    is_bounded(|size| "会谈继续".repeat(size / 12), "继续");
}

#[test]
fn what_is_quadratic_is_seen() {
    assert!(growth(|size| size as f64) < TOO_MUCH);
    assert!(growth(|size| (size * size) as f64) >= TOO_MUCH);
}
