//! Because: why an article is among the results, in a sentence and in numbers.
//!
//! Invariant: what is said is what ranked it (`search::Explanation`). Not here: marks and passages.

use super::views::Adds;
use crate::search::{Kind, Matcher, Part};

/// Words of the best articles that are named.
const LEARNT: usize = 3;

/// The sentence, and the numbers behind it.
pub fn because(matcher: &Matcher, article: u32) -> (String, Vec<Adds>) {
    let found = matcher.explain(article);
    let (has, not): (Vec<&Part>, Vec<&Part>) = found.parts.iter().partition(|part| part.kind.is_some());
    if has.is_empty() {
        return (String::new(), Vec::new());
    }
    let mut text = String::from("It has ");
    for (at, part) in has.iter().enumerate() {
        if at > 0 {
            text.push_str(if at + 1 == has.len() { " and " } else { ", " });
        }
        word(&mut text, part);
    }
    if found.closeness > 0.0 {
        text.push_str("; words of the query stand close together in the title");
    }
    for (at, part) in not.iter().enumerate() {
        text.push_str(if at == 0 { "; it does not have “" } else { ", “" });
        text.push_str(&part.typed);
        text.push('”');
    }
    text.push('.');
    let of = |part: &&Part| Adds {
        what: part.typed.clone(),
        times: part.text,
        headings: part.headings,
        title: part.title > 0,
        articles: part.articles,
        score: part.score as f32,
    };
    let mut adds: Vec<Adds> = has.iter().map(of).collect();
    let mut more = |what: String, score: f64| {
        if score > 0.0 {
            adds.push(Adds { what, score: score as f32, ..Adds::default() });
        }
    };
    more("closeness".to_owned(), found.closeness);
    if !found.learnt.is_empty() {
        text.push_str(" The best articles for this query share other words with it: ");
        let mut what = String::from("shared with the best articles");
        for (at, part) in found.learnt.iter().take(LEARNT).enumerate() {
            text.push_str(if at > 0 { ", “" } else { "“" });
            text.push_str(&part.typed);
            text.push('”');
            what.push_str(if at > 0 { ", " } else { ": " });
            what.push_str(&part.typed);
        }
        text.push_str(if found.learnt.len() > LEARNT { " …" } else { "." });
        more(what, found.learnt.iter().map(|part| part.score).sum());
    }
    (text, adds)
}

/// `“talks” 3 times (2 in headings) and in the title`.
fn word(text: &mut String, part: &Part) {
    text.push('“');
    text.push_str(&part.typed);
    text.push('”');
    match part.kind {
        Some(Kind::Form) => text.push_str(" in another form"),
        Some(Kind::Completion) => text.push_str(" as the beginning of a word"),
        Some(Kind::Typo) => text.push_str(" spelt otherwise"),
        Some(Kind::Literal | Kind::Also) | None => {}
    }
    match part.text {
        0 => {}
        1 => text.push_str(" once"),
        times => {
            text.push(' ');
            text.push_str(&times.to_string());
            text.push_str(" times");
        }
    }
    if part.headings > 0 {
        text.push_str(" (");
        if part.text > 1 {
            text.push_str(&part.headings.to_string());
            text.push(' ');
        }
        text.push_str(if part.headings > 1 { "in headings)" } else { "in a heading)" });
    }
    match (part.title, part.text) {
        (0, _) => {}
        (_, 0) => text.push_str(" in the title"),
        _ => text.push_str(" and in the title"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_word_says_where_it_stands() {
        let said = |headings, times, title| {
            let (typed, kind) = ("talks".to_owned(), Some(Kind::Literal));
            let part = Part { typed, kind, articles: 1, title, text: times, headings, score: 1.0 };
            let mut text = String::new();
            word(&mut text, &part);
            text
        };
        assert_eq!(said(0, 3, 1), "“talks” 3 times and in the title");
        assert_eq!(said(0, 0, 1), "“talks” in the title");
        assert_eq!(said(1, 1, 0), "“talks” once (in a heading)");
        assert_eq!(said(1, 3, 0), "“talks” 3 times (1 in a heading)");
        assert_eq!(said(2, 2, 1), "“talks” 2 times (2 in headings) and in the title");
    }
}
