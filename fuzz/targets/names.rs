//! Any text as an article: its names are recognised, and every mention is a piece of the text with an entity.

#![no_main]

use crossread::entities::{recognise, training::article};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let found = recognise(&[article("a", text)]);
    for mention in found.mentions.iter().flatten() {
        assert!(text.get(mention.span.range()).is_some_and(|words| !words.is_empty()));
        assert!((mention.entity as usize) < found.entities.len());
    }
});
