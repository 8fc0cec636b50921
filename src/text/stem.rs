//! Stems: what the forms of a word have in common, by Snowball (Porter 2 for English).
//!
//! Invariant: total; a language without a stemmer leaves the word as it is.

use frostem::{Algorithm, Stemmer};

/// The stem of a folded word. `language` is a BCP 47 tag; English where none is given.
pub fn stem(folded: &str, language: Option<&str>) -> String {
    let tag = language.unwrap_or("en");
    let algorithm = match tag.get(..2).unwrap_or("") {
        "en" => Algorithm::English,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "es" => Algorithm::Spanish,
        _ => return folded.to_owned(),
    };
    Stemmer::new(algorithm).stem(folded).into_owned()
}
