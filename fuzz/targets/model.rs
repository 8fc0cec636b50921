//! Any bytes behind the magic of a model: it is refused, or it is a model that can be used on a text.

#![no_main]

use crossread::entities::training::{LABELS, Model, Parts, article, recognise_with};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let packed = Model::pack(&[], &[[0; LABELS]; LABELS], &[0; 21]);
    // The bytes stand for all that follows the magic, or for the rows alone.
    let steps = 21 + 2 * LABELS.pow(2);
    let rows = bytes.first().is_some_and(|byte| byte % 2 == 0);
    let mut file = packed[..packed.len() - 8 - if rows { 0 } else { steps }].to_vec();
    file.extend_from_slice(bytes.get(1..).unwrap_or(&[]));
    if let Some(model) = Model::read(&file) {
        let said = article("a", "Prime Minister Ana Costa left the U.S. on Monday.");
        recognise_with(&[said], &model, Parts::ALL);
    }
});
