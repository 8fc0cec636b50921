//! Also: other names of what a query names, looked for too.
//!
//! Words of a query that are a name of one entity, and of no other, are also answered by its other names, behind what is
//! literal and marked as such. Words in quotes are meant as they stand, which is how a reader turns this off.
//!
//! Invariant: a name is only looked for as words where most places with these words are mentions of the entity, so that
//! “the Guards” of some army never answers for others'. Not here: which names are one entity's (see `entities`).

use super::answer::Engine;
use super::scope::folded;
use super::views::Note;
use crate::entities::Mention;
use crate::query::{self, AtomKind, Node, Query};
use crate::search::Matcher;
use crate::text::Span;
use std::ops::Range;

/// Words of a name at most.
const WORDS: usize = 8;
/// Articles that are looked at to see whether words are a name.
const LOOKED_AT: usize = 20;
/// Other names of one entity at most, the most used.
const NAMES: usize = 4;

/// A name in a query.
pub(super) struct Named {
    /// The clauses that are it.
    clauses: Range<usize>,
    /// What else it is called.
    others: Vec<String>,
}

impl Engine {
    /// A query as this corpus understands it: with the other names of what it names.
    pub(super) fn understood(&self, typed: &str) -> (Query, Vec<Named>) {
        let mut query = query::parse(typed);
        let named = self.names_in(&query);
        for Named { clauses, others } in &named {
            others.iter().for_each(|other| query.also(clauses.clone(), other));
        }
        (query, named)
    }

    /// The names in a query that have others, the longest first where they overlap.
    fn names_in(&self, query: &Query) -> Vec<Named> {
        let words: Vec<Option<String>> = query.clauses.iter().map(plain).collect();
        let mut named = Vec::new();
        let mut from = 0;
        while from < words.len() {
            let run = words.get(from..).unwrap_or_default().iter().take(WORDS).map_while(Option::as_deref);
            let run: Vec<&str> = run.collect();
            let others = |length: &usize| {
                let others = self.other_names(&run.get(..*length)?.join(" "));
                (!others.is_empty()).then_some((*length, others))
            };
            let found = (1..=run.len()).rev().find_map(|length| others(&length));
            let length = found.as_ref().map_or(1, |(length, _)| *length);
            named.extend(found.map(|(_, others)| Named { clauses: from..from + length, others }));
            from += length;
        }
        named
    }

    /// The other names of the one entity that is called so, folded; none where several are.
    fn other_names(&self, called: &str) -> Vec<String> {
        let Some(entity) = self.called(called) else { return Vec::new() };
        let Some(of) = self.entity_at(entity).filter(|of| of.kind.is_name()) else { return Vec::new() };
        let within = |name: &str| format!(" {name} ").contains(&format!(" {called} "));
        let mut others: Vec<String> = Vec::new();
        for name in std::iter::once(&of.name).chain(&of.aliases) {
            let words = folded(name);
            let new = !words.is_empty() && !within(&words) && others.iter().all(|o| folded(o) != words);
            if new && others.len() < NAMES && self.means(entity, &words) {
                others.push(name.clone());
            }
        }
        others
    }

    /// Whether most places that have these words, so far as it is looked, are mentions of the entity.
    fn means(&self, entity: usize, words: &str) -> bool {
        let query = query::parse(&format!("\"{words}\""));
        let matcher = Matcher::new(&self.corpus().index, &self.kept, &query);
        let (mut places, mut mentions) = (0, 0);
        for hit in matcher.find(&|_| true, LOOKED_AT).hits {
            let index = hit.article as usize;
            let Some(article) = self.one_article(index) else { continue };
            places += matcher.tally(hit.article).matches as usize;
            let named = self.corpus().entities.mentions.get(index).into_iter().flatten();
            let same = |mention: &&Mention| {
                mention.entity as usize == entity && folded(mention.span.of(&article.text)) == words
            };
            mentions += named.filter(same).count();
        }
        mentions * 2 > places
    }

    /// What is said of the other names.
    pub(super) fn also_notes(&self, typed: &str, query: &Query, named: &[Named]) -> Vec<Note> {
        let note = |named: &Named| {
            let first = query.clauses.get(named.clauses.start)?.span;
            let last = query.clauses.get(named.clauses.end.checked_sub(1)?)?.span;
            let span = Span { start: first.start, end: last.end };
            let (words, others) = (span.of(typed), named.others.join("”, “"));
            Some(Note {
                label: "Also as".to_owned(),
                text: format!("“{others}”"),
                query: Some(query::replaced(typed, span, &format!("“{words}”"))),
                link: Some(format!("only “{words}”")),
            })
        };
        named.iter().filter_map(note).collect()
    }
}

/// The words of a clause that is nothing but words.
fn plain(clause: &query::Clause) -> Option<String> {
    match &clause.node {
        Node::Atom(atom) => {
            let plain = matches!(atom.kind, AtomKind::Word | AtomKind::Light | AtomKind::Run);
            (plain && !atom.title && !clause.negated).then(|| atom.words.join(" "))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Answer, Filters, Request, Sort, SourceFile};

    /// Articles found, best first, with their marks and reasons, then the remarks.
    fn found(typed: &str) -> (Vec<String>, Vec<Note>) {
        let texts = [
            "The Islamic Revolutionary Guard Corps (IRGC) seized a tanker on Monday, officials said.",
            "A commander of the Islamic Revolutionary Guard Corps spoke in Tehran. The Corps of Engineers built a dam.",
            "Sanctions on the IRGC will stay, the minister said.",
            "Rain in Spain.",
        ];
        let file =
            |(at, text): (usize, &&str)| SourceFile { name: format!("{at}.txt"), bytes: (*text).into() };
        let mut engine = Engine::build(texts.iter().enumerate().map(file).collect(), None).0;
        let request = Request::Search {
            query: typed.to_owned(),
            filters: Filters::default(),
            sort: Sort::Best,
            concordance: None,
            limit: 10,
        };
        let Answer::Results(results) = engine.answer(request).answer else { panic!("no results") };
        let shown = |group: &crate::engine::views::ArticleHits| {
            let passages =
                group.passages.iter().flat_map(|p| p.snippet.marks.iter().map(|m| m.of(&p.snippet.text)));
            format!("{}: {}", group.article.slug, passages.collect::<Vec<_>>().join("|"))
        };
        (results.groups.iter().map(shown).collect(), results.notes)
    }

    #[test]
    fn one_name_finds_the_others() {
        let long = "Islamic Revolutionary Guard Corps";
        let (short, notes) = found("irgc");
        assert_eq!(short, [format!("0: {long}|IRGC"), "2: IRGC".to_owned(), format!("1: {long}")]);
        assert_eq!(notes[0].text, format!("“{long}”"));
        assert_eq!(notes[0].query.as_deref(), Some("“irgc”"));
        // In quotes it is meant as it stands.
        assert_eq!(found("“irgc”").0, ["2: IRGC", "0: IRGC"]);
        let (whole, notes) = found("islamic revolutionary guard corps");
        assert_eq!(whole[2], "2: IRGC");
        assert_eq!(notes[0].text, "“IRGC”");
        assert_eq!(notes[0].query.as_deref(), Some("“islamic revolutionary guard corps”"));
        assert_eq!(found("-irgc rain").0, ["3: Rain"]);
    }
}
