//! Suggestions: what is being typed may become a word, a name or a title of this corpus.
//!
//! Invariant: every suggestion finds something. Also here: the examples of the library, for the same reason.

use super::Filters;
use super::answer::Engine;
use super::scope::folded;
use super::views::Suggestion;
use crate::entities::Kind;
use crate::query;
use crate::search;
use crate::text::interner::Interner;
use crate::text::map::Set;
use crate::text::sort::{sort_by, sort_by_key};
use crate::text::{self, Span};

/// Suggestions of each sort.
const WORDS: usize = 5;
const NAMES: usize = 4;
const TITLES: usize = 2;
/// Examples at most.
const EXAMPLES: usize = 5;
/// Words of an article that are read for examples.
const READ: usize = 2_000;
/// Articles that are read for examples.
const TRIED: usize = 400;
/// Rarity in common English from which a word says something by itself.
const TELLING: f64 = 4.5;

impl Engine {
    /// Completions of what is being typed.
    pub(super) fn suggest(&self, typed: &str) -> Vec<Suggestion> {
        let mut suggestions = self.names_like(typed);
        let words = search::suggest(&self.corpus().index, self.articles(), typed, WORDS);
        suggestions.extend(words.into_iter().map(|c| Suggestion {
            query: c.query,
            label: c.word,
            articles: c.articles,
            entity: None,
            article: None,
        }));
        suggestions.extend(self.titles_like(typed));
        suggestions
    }

    /// Names that have a word which begins like the last one typed, or as all that is typed.
    fn names_like(&self, typed: &str) -> Vec<Suggestion> {
        let Some(last) = text::words(typed).last().filter(|last| last.end as usize == typed.len()) else {
            return Vec::new();
        };
        let (word, all) = (text::fold(last.of(typed)), folded(typed));
        let whole = Span::new(0, typed.len());
        let mut found: Vec<(u32, usize, Span)> = Vec::new();
        for (index, entity) in self.corpus().entities.entities.iter().enumerate() {
            let names: Vec<String> =
                std::iter::once(&entity.name).chain(&entity.aliases).map(|n| folded(n)).collect();
            let begins = |name: &String| name.split(' ').any(|w| w.starts_with(&word));
            let span = match names.iter().any(|n| n.starts_with(&all)) {
                true => whole,
                false if names.iter().any(begins) => last,
                false => continue,
            };
            if entity.kind.is_name() {
                found.push((self.names().total(index), index, span));
            }
        }
        sort_by_key(&mut found, |(total, index, _)| (std::cmp::Reverse(*total), *index));
        let suggestion = |(_, index, span): (u32, usize, Span)| {
            let entity = self.entity_at(index)?;
            Some(Suggestion {
                query: query::replaced(typed, span, &format!("entity:{}", entity.id)),
                label: entity.name.clone(),
                articles: self.names().articles(index),
                entity: Some((entity.id.clone(), entity.kind)),
                article: None,
            })
        };
        found.into_iter().take(NAMES).filter_map(suggestion).collect()
    }

    fn titles_like(&self, typed: &str) -> Vec<Suggestion> {
        let wanted = folded(typed);
        let given = self.articles().iter().filter(|a| a.meta.title_given && !wanted.is_empty());
        given
            .filter(|a| format!(" {}", folded(&a.meta.title)).contains(&format!(" {wanted}")))
            .take(TITLES)
            .map(|a| Suggestion {
                query: typed.to_owned(),
                label: a.meta.title.clone(),
                articles: 1,
                entity: None,
                article: Some(a.slug.clone()),
            })
            .collect()
    }

    /// Queries worth trying: a person, words that stand together, a phrase, a name with a word, a word without
    /// another. Each finds something.
    pub(super) fn examples(&self) -> Vec<String> {
        self.tried.get_or_init(|| self.make_examples()).clone()
    }

    fn make_examples(&self) -> Vec<String> {
        let named = |kinds: &[Kind]| {
            let all = self.corpus().entities.entities.iter().enumerate();
            all.filter(|(_, e)| kinds.contains(&e.kind))
                .max_by_key(|(i, _)| {
                    (self.names().articles(*i), self.names().total(*i), std::cmp::Reverse(*i))
                })
                .map(|(_, e)| e)
        };
        let pairs = self.neighbours();
        let mut examples: Vec<String> = Vec::new();
        if let Some(person) = named(&[Kind::Person]) {
            examples.extend(person.name.split_whitespace().last().map(str::to_owned));
        }
        if let Some((a, b)) = pairs.first() {
            examples.push(format!("{a} {b}"));
        }
        if let Some(thing) = named(&[Kind::Event, Kind::Law]) {
            examples.push(format!("“{}”", thing.name.replace(['"', '“', '”'], " ")));
        }
        if let (Some(body), Some((_, word))) = (named(&[Kind::Organisation]), pairs.get(1)) {
            let short =
                std::iter::once(&body.name).chain(&body.aliases).find(|n| !n.contains(char::is_whitespace));
            examples.push(format!("entity:{} {word}", short.unwrap_or(&body.id)));
        }
        if let Some((a, b)) = pairs.get(2) {
            examples.push(format!("{b} -{a}"));
        }
        examples.retain(|e| self.answering(e, &Filters::default()) > 0);
        let mut seen = Set::new();
        examples.retain(|e| seen.insert(e.clone()));
        examples.truncate(EXAMPLES);
        examples
    }

    /// Telling words that often stand next to each other, most often first; in lower case and no names.
    fn neighbours(&self) -> Vec<(String, String)> {
        // By the two words: how many articles have them, how often they stand there, and the last of the articles.
        let (mut known, mut pairs): (Interner, Vec<(u32, u32, usize)>) = Default::default();
        for (index, article) in self.articles().iter().take(TRIED).enumerate() {
            let language = article.meta.language.as_deref();
            let telling = |word: &str| {
                word.chars().all(text::is_small)
                    && word.chars().count() > 3
                    && self.corpus().common.idf(&text::stem(&text::fold(word), language)) >= TELLING
            };
            let mut before: Option<Span> = None;
            for word in text::words(&article.text).take(READ) {
                let now = telling(word.of(&article.text)).then_some(word);
                if let (Some(a), Some(b)) = (before, now)
                    && article.text.get(a.end as usize..b.start as usize) == Some(" ")
                {
                    let number = known.number(Span { start: a.start, end: b.end }.of(&article.text)) as usize;
                    if number == pairs.len() {
                        pairs.push((0, 0, usize::MAX));
                    }
                    if let Some((articles, times, last)) = pairs.get_mut(number) {
                        *articles += u32::from(*last != index);
                        (*times, *last) = (*times + 1, index);
                    }
                }
                before = now;
            }
        }
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        let counts = |pair: &usize| pairs.get(*pair).map(|(articles, times, _)| (*articles, *times));
        sort_by(&mut order, |x, y| counts(y).cmp(&counts(x)).then_with(|| known.key(*x).cmp(known.key(*y))));
        let mut best: Vec<(String, String)> = Vec::new();
        for (a, b) in order.into_iter().filter_map(|pair| known.key(pair).split_once(' ')) {
            if best.iter().all(|(x, y)| [x, y].iter().all(|used| **used != a && **used != b)) {
                best.push((a.to_owned(), b.to_owned()));
            }
            if best.len() == 3 {
                break;
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::SourceFile;

    fn check(typed: &str, expected: &[&str]) {
        let text =
            "Abbas Araghchi met Hamas in Lebanon. Iran said that Mr. Araghchi would arrive in New York.";
        let file = SourceFile { name: "a.txt".into(), bytes: text.into() };
        let found = Engine::build(vec![file], None).0.suggest(typed);
        let names: Vec<&str> =
            found.iter().filter(|s| s.entity.is_some()).map(|s| s.label.as_str()).collect();
        assert_eq!(names, expected, "{typed}: {found:?}");
    }

    #[test]
    fn names_begin_as_typed() {
        check("arag", &["Abbas Araghchi"]);
        check("abbas ar", &["Abbas Araghchi"]);
        check("talks ira", &["Iran"]);
        check("new y", &["New York"]);
        check("zz", &[]);
        check("iran ", &[]);
    }
}
