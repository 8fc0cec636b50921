//! Bounds: texts as nobody writes them are taken in, saved, opened and searched in time and room in proportion.
//!
//! A step that is quadratic takes hours here, so the time allowed is large and says nothing of speed: that is
//! measured by `cargo bench --bench search shapes`, with sixty times as much.

use crossread::engine::{Answer, Engine, Given, Request};
use std::time::{Duration, Instant};

const SIZE: usize = 300_000;

fn is_bounded(text: String, query: &str) {
    let start = Instant::now();
    let given = Given { text: text.clone(), fields: vec![("id", "a".to_owned())] };
    let other = Given { text: "Another text.".to_owned(), fields: vec![("id", "b".to_owned())] };
    let (engine, _) = Engine::of(vec![given, other]);
    let bytes = engine.to_bytes();
    assert!(bytes.len() < 4 * text.len(), "{} bytes", bytes.len());
    let mut opened = Engine::open_lazily(bytes).unwrap();
    let rank = Request::Rank { query: query.to_owned(), limit: 10, details: true };
    let Answer::Ranking(found) = opened.answer(rank).answer else { panic!() };
    assert_eq!(found.len(), 1);
    assert!(found[0].text == text && !found[0].hits.is_empty());
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

#[test]
fn one_line_is_bounded() {
    is_bounded("The talks went on.".repeat(SIZE / 18), "talks");
}

#[test]
fn one_word_is_bounded() {
    is_bounded(format!("talks {}", "a".repeat(SIZE)), "talks");
}

#[test]
fn letters_and_figures_in_turn_are_bounded() {
    is_bounded(format!("talks {}", "a1".repeat(SIZE / 2)), "talks");
}

#[test]
fn short_lines_are_bounded() {
    is_bounded(format!("talks{}", "\na".repeat(SIZE / 2)), "talks");
}

#[test]
fn distinct_words_are_bounded() {
    is_bounded((0..SIZE / 8).map(|at| format!("{at:07x} ")).collect::<String>() + "talks", "talks");
}

#[test]
fn a_line_without_spaces_is_bounded() {
    is_bounded("会谈继续".repeat(SIZE / 12), "继续");
}
