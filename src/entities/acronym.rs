//! Acronyms: whether letters stand for a name.
//!
//! Invariant: pure functions of folded words.

/// Small words that an acronym may leave out.
const LEFT_OUT: [&str; 12] =
    ["of", "the", "for", "and", "in", "on", "to", "de", "la", "du", "des", "against"];

/// Whether `letters` (folded) are the initials of `words` (folded), small words taken or left out. Up to one
/// letter in four may come from inside a word.
pub fn stands_for<'a>(letters: &str, words: impl Iterator<Item = &'a str> + Clone) -> bool {
    if letters.chars().count() < 2 {
        return false;
    }
    let initials = |small: bool| {
        words
            .clone()
            .filter(|word| small || !LEFT_OUT.contains(word))
            .filter_map(|word| word.chars().next())
            .collect::<String>()
    };
    let bare = letters.strip_suffix('s').filter(|bare| bare.len() > 2).unwrap_or(letters);
    [initials(true), initials(false)].iter().any(|made| made == letters || made == bare)
}

/// A looser test, for letters in brackets right after the name: they occur in it in order, beginning with
/// its first.
pub fn may_stand_for<'a>(letters: &str, words: impl Iterator<Item = &'a str> + Clone) -> bool {
    if stands_for(letters, words.clone()) {
        return true;
    }
    let count = words.clone().count();
    let joined: String = words.collect();
    let mut rest = joined.chars();
    count > 1
        && letters.chars().next() == joined.chars().next()
        && letters.chars().count() <= count + 2
        && letters.chars().all(|letter| rest.by_ref().any(|c| c == letter))
}
