//! Endings: light stems of French, German and Spanish words, without plural, gender and the commonest derivations.
//!
//! After Jacques Savoy, *Light stemming approaches for the French, Portuguese, German and Hungarian languages* (2006),
//! and his Spanish stemmer of the same kind: light stemming did as well in his experiments as taking off more. Endings
//! are told by letters without accents, as folded words have; Snowball's algorithms look for accents, and weigh more.
//!
//! Invariant: total, and a word keeps two letters at least. Not here: which language a word is in (`stem.rs`).

/// Words with more letters than the number says and with this ending have the other instead; `true`: and that is all.
type Ending = (usize, &'static str, &'static str, bool);

const FRENCH: [Ending; 30] = [
    (9, "issement", "ir", true),
    (8, "issant", "ir", true),
    (7, "ivement", "if", true),
    (6, "ement", "e", true),
    (11, "ficatrice", "fier", true),
    (10, "ficateur", "fier", true),
    (9, "catrice", "quer", true),
    (8, "cateur", "quer", true),
    (8, "atrice", "er", true),
    (7, "ateur", "er", true),
    (6, "trice", "teur", false),
    (5, "ieme", "", true),
    (7, "teuse", "ter", true),
    (6, "teur", "ter", true),
    (5, "euse", "eu", true),
    (8, "ere", "er", true),
    (7, "ive", "if", true),
    (4, "folle", "fou", true),
    (4, "molle", "mou", true),
    (9, "nnelle", "n", true),
    (9, "nnel", "n", true),
    (4, "ete", "et", false),
    (8, "ique", "", false),
    (8, "esse", "e", true),
    (7, "inage", "in", true),
    (12, "ualisation", "uel", true),
    (9, "isation", "", true),
    (9, "isateur", "", true),
    (8, "ation", "", true),
    (8, "ition", "", true),
];

const GERMAN: [Ending; 6] = [
    (5, "ern", "", true),
    (4, "em", "", true),
    (4, "en", "", true),
    (4, "er", "", true),
    (4, "es", "", true),
    (3, "e", "", true),
];
const GERMAN_FURTHER: [Ending; 3] = [(5, "est", "", true), (4, "er", "", true), (4, "en", "", true)];

const SPANISH: [Ending; 8] = [
    (4, "o", "", true),
    (4, "a", "", true),
    (4, "e", "", true),
    (4, "eses", "es", true),
    (4, "ces", "z", true),
    (4, "os", "", true),
    (4, "as", "", true),
    (4, "es", "", true),
];

/// The stem of a folded French word.
pub fn french(mut word: String) -> String {
    if longer(&word, 5) && word.ends_with("aux") && !word.ends_with("eaux") {
        cut(&mut word, 2);
        word.push('l');
    } else if longer(&word, 5) && word.ends_with('x') {
        word.pop();
    }
    for plural in ["x", "s"] {
        change(&mut word, &[(3, plural, "", true)]);
    }
    change(&mut word, &FRENCH);
    if longer(&word, 4) {
        let mut letters: Vec<char> = word.chars().collect();
        letters.dedup();
        word = letters.into_iter().collect();
    }
    change(&mut word, &[(4, "ie", "", true)]);
    if longer(&word, 4) {
        for last in ['r', 'e', 'e'] {
            if word.ends_with(last) {
                word.pop();
            }
        }
    }
    word
}

/// The stem of a folded German word.
pub fn german(mut word: String) -> String {
    let after = |word: &str, ending: &str| {
        word.strip_suffix(ending).is_some_and(|rest| rest.ends_with(|c| "bdfghklmnt".contains(c)))
    };
    if !change(&mut word, &GERMAN) && longer(&word, 3) && after(&word, "s") {
        word.pop();
    }
    if !change(&mut word, &GERMAN_FURTHER) && longer(&word, 4) && after(&word, "st") {
        cut(&mut word, 2);
    }
    word
}

/// The stem of a folded Spanish word.
pub fn spanish(mut word: String) -> String {
    change(&mut word, &SPANISH);
    word
}

/// Changes a word by the endings in their order; whether one was the last.
fn change(word: &mut String, endings: &[Ending]) -> bool {
    for &(more, ending, instead, last) in endings {
        if word.ends_with(ending) && longer(word, more) {
            cut(word, ending.len());
            word.push_str(instead);
            if last {
                return true;
            }
        }
    }
    false
}

/// Whether a word has more letters than that.
fn longer(word: &str, than: usize) -> bool {
    word.chars().nth(than).is_some()
}

/// Takes that many bytes off the end, which are whole letters.
fn cut(word: &mut String, bytes: usize) {
    word.truncate(word.len().saturating_sub(bytes));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(stem: fn(String) -> String, expected: &str, words: &str) {
        for word in words.split(' ') {
            assert_eq!(stem(crate::text::fold(word)), expected, "{word}");
        }
    }

    #[test]
    fn french_words_meet() {
        for (stem, words) in [
            ("cheval", "cheval chevaux"),
            ("hibou", "hibou hiboux"),
            ("chant", "chant chanté chantés chante chanter"),
            ("baron", "baron barons baronne baronnes"),
            ("peau", "peau peaux"),
            ("aneau", "anneau anneaux"),
            ("dirig", "diriger dirigés"),
            ("negoci", "négocier négociation négociations négociatrice négociateur négociateurs"),
            ("activ", "activation"),
            ("actif", "actif actifs activement"),
            ("provoqu", "provoquer provocateur provocatrice"),
            ("identifi", "identifier identificateur"),
            ("fleuri", "fleurissement fleurir"),
        ] {
            meet(french, stem, words);
        }
    }

    #[test]
    fn german_words_meet() {
        for (stem, words) in [
            ("haus", "Haus Hauses Häuser"),
            ("hund", "Hund Hunde Hunden Hundes"),
            ("verhandlung", "Verhandlung Verhandlungen"),
            ("kind", "Kind Kinder Kindern"),
            ("klein", "klein kleine kleiner kleines kleinste kleinst kleinen"),
            ("abkomm", "Abkommen Abkommens"),
        ] {
            meet(german, stem, words);
        }
    }

    #[test]
    fn spanish_words_meet() {
        for (stem, words) in [
            ("chic", "chico chica chicos chicas"),
            ("acuerd", "acuerdo acuerdos"),
            ("voz", "voces"),
            ("negociacion", "negociación negociaciones"),
        ] {
            meet(spanish, stem, words);
        }
    }
}
