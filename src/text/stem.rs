//! Stems: what the inflections of one word have in common. Snowball's algorithm for English, lighter ones for others.
//!
//! Invariant: total; a word of digits, of an unspaced script or of a language without a stemmer is its own stem. Not here:
//! the endings of other languages (`endings.rs`).

use super::endings;
use frostem::{Algorithm, Stemmer};

/// Longer "words" are not words of a language and stay as they are (bytes).
const LONGEST: usize = 64;

/// The stem of a folded word in the article's language (BCP 47 tag); English where none is known.
pub fn stem(folded: &str, language: Option<&str>) -> String {
    let plain = folded.len() > LONGEST
        || folded.len() < 3
        || folded.chars().any(|c| c.is_numeric() || super::is_unspaced(c));
    let whole = folded.to_owned();
    // These languages write Latin letters; a word of another script is none of theirs.
    if plain || folded.starts_with(|c| c >= '\u{250}') {
        return whole;
    }
    match primary(language).to_ascii_lowercase().as_str() {
        "de" => endings::german(whole),
        "en" => {
            let stem = Stemmer::new(Algorithm::English).stem(folded).into_owned();
            if stem.is_empty() { whole } else { stem }
        }
        "es" => endings::spanish(whole),
        "fr" => endings::french(whole),
        _ => whole,
    }
}

/// Whether words have the same stems in both languages.
pub fn stems_alike(a: Option<&str>, b: Option<&str>) -> bool {
    primary(a).eq_ignore_ascii_case(primary(b))
}

/// Whether words of a language have stems other than themselves.
pub fn has_stems(language: Option<&str>) -> bool {
    ["en", "fr", "de", "es"].iter().any(|known| primary(language).eq_ignore_ascii_case(known))
}

/// The language without its country or script; English where none is known.
fn primary(language: Option<&str>) -> &str {
    language.unwrap_or("en").split(['-', '_']).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(language: Option<&str>, words: &[&str]) {
        let stems: Vec<String> = words.iter().map(|w| stem(&crate::text::fold(w), language)).collect();
        assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{words:?} -> {stems:?}");
    }

    #[test]
    fn inflections_meet() {
        check(None, &["negotiation", "negotiations", "negotiate"]);
        check(Some("en-GB"), &["talk", "talks", "talking"]);
        check(Some("de"), &["Verhandlung", "Verhandlungen"]);
        check(Some("fr"), &["discussion", "discussions"]);
        check(Some("es"), &["acuerdo", "acuerdos"]);
    }

    #[test]
    fn languages_with_stems_are_known() {
        for language in ["de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv", "xx"] {
            let words = ["verhandlungen", "talking", "acuerdos", "discussions"];
            let other = words.iter().any(|word| stem(word, Some(language)) != *word);
            assert_eq!(has_stems(Some(language)), other, "{language}");
        }
    }

    #[test]
    fn others_stay() {
        for (word, language) in
            [("1200", None), ("漢", Some("zh")), ("talks", Some("xx")), ("us", None), ("переговоры", None)]
        {
            assert_eq!(stem(word, language), word);
        }
    }

    proptest! {
        #[test]
        fn what_is_alike_is_the_same(
            word in "[a-zé]{0,12}",
            a in prop::option::of("(en|EN|en-GB|de|DE_at|fr|nl|)"),
            b in prop::option::of("(en|EN|en-GB|de|DE_at|fr|nl|)"),
        ) {
            let (a, b) = (a.as_deref(), b.as_deref());
            prop_assert!(!stems_alike(a, b) || stem(&word, a) == stem(&word, b));
        }

        #[test]
        fn total(word in "\\PC{0,30}", language in "(en|de|fr|es|nl|)") {
            prop_assert_eq!(stem(&word, Some(&language)).is_empty(), word.is_empty());
        }
    }
}
