//! Choosing: the names offered to somebody who looks for one.
//!
//! Invariant: a pure function of all names, in their order; spellings that fold alike are alike. Not here: which
//! names there are (the engine).

use crate::engine::views::NameView;
use crate::text::fold;

/// Names that are offered at once.
const OFFERED: usize = 8;

/// Letters of a word that is looked for before anything is typed.
const LEAST: usize = 3;

/// The names that have what is `typed` in one of their writings; while nothing is typed, those that share a word
/// with `words`. Not the entity `own`. Dates and figures are offered only for another such: `stated`.
pub fn offer<'a>(
    names: &'a [NameView],
    typed: &str,
    words: &str,
    own: Option<&str>,
    stated: bool,
) -> Vec<&'a NameView> {
    let (typed, words) = (fold(typed.trim()), fold(words));
    let wanted: Vec<&str> = words.split_whitespace().filter(|word| word.len() >= LEAST).collect();
    let fits = |text: &str| {
        let text = fold(text);
        match typed.is_empty() {
            false => text.contains(&typed),
            true => text.split_whitespace().any(|word| wanted.contains(&word)),
        }
    };
    let fits = |name: &&NameView| fits(&name.name) || name.aliases.iter().any(|alias| fits(alias));
    let others = names.iter().filter(|name| Some(name.entity.as_str()) != own);
    others.filter(|name| name.kind.is_name() != stated).filter(fits).take(OFFERED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::views::NameKind;

    fn check(typed: &str, words: &str, own: Option<&str>, stated: bool, expected: &[&str]) {
        let name = |(name, kind, alias): (&str, NameKind, &str)| NameView {
            entity: name.into(),
            name: name.into(),
            kind,
            aliases: vec![alias.into()],
            gloss: String::new(),
            count: 1,
            total: 1,
            articles: 1,
        };
        let names = [
            ("José Araña", NameKind::Person, "Mr Araña"),
            ("Maria Araña", NameKind::Person, "she"),
            ("May 2012", NameKind::Date, "that May"),
        ]
        .map(name);
        let got: Vec<&str> =
            offer(&names, typed, words, own, stated).iter().map(|name| name.name.as_str()).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn by_what_is_typed_or_by_a_shared_word() {
        check("ARAN", "", None, false, &["José Araña", "Maria Araña"]);
        check(" mr ", "", None, false, &["José Araña"]);
        check("", "the arana affair", None, false, &["José Araña", "Maria Araña"]);
        check("", "Jo", None, false, &[]);
        check("m", "", Some("Maria Araña"), false, &["José Araña"]);
        check("may", "", None, false, &[]);
        check("may", "", None, true, &["May 2012"]);
    }
}
