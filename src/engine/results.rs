//! Results: the articles that answer a query, their passages, the concordance, and remarks on all of it.
//!
//! Invariant: counts, marks, lines and the reader's hits come from the same marks. With no hits there is a way
//! out with a count at it. Not here: rank and marks (see `search`), reading the query (see `query`).

use super::answer::Engine;
use super::parts;
use super::views::{ArticleHits, Line, Loosen, Note, Passage, Ranked, Results, Snippet};
use super::{Filters, LineSort, Sort};
use crate::query::{self, Query};
use crate::search::{self, Kind, Mark, Matcher};
use crate::text::Span;
use crate::text::map::Set;
use crate::text::sort::sort_by_key;
use std::cmp::Reverse;

/// Characters of a snippet at most.
const SNIPPET: usize = 280;
/// Lines of a concordance at most.
const LINES: usize = 2_000;
/// Ways to loosen at most.
const WAYS: usize = 8;
/// Remarks of one sort at most.
const REMARKS: usize = 3;

/// A query over the corpus: what it means here and which articles answer it, before the filters.
struct Asked<'a> {
    query: Query,
    matcher: Matcher<'a>,
    /// Entities whose mentions are the marks, where the query has fields and no words.
    entities: Set<usize>,
    /// Articles with their scores, best first.
    hits: Vec<(usize, f64)>,
    notes: Vec<Note>,
}

impl Engine {
    /// The view of results.
    pub(super) fn results(
        &self,
        typed: &str,
        filters: &Filters,
        sort: Sort,
        concordance: Option<LineSort>,
        limit: u32,
    ) -> Results {
        let asked = self.asked(typed);
        let among: Vec<usize> = asked.hits.iter().map(|(i, _)| *i).collect();
        let mut hits: Vec<(usize, f64)> =
            asked.hits.iter().copied().filter(|(i, _)| self.passes(*i, filters)).collect();
        let date = |i: &usize| self.articles().get(*i).and_then(|a| a.meta.date.clone());
        match sort {
            Sort::Best => {}
            Sort::Newest => sort_by_key(&mut hits, |(i, _)| (date(i).is_none(), Reverse(date(i)), *i)),
            Sort::Oldest => sort_by_key(&mut hits, |(i, _)| (date(i).is_none(), date(i), *i)),
        }
        let mut results = Results { query: typed.to_owned(), ..Results::default() };
        let shown = match hits.len() {
            0..=2 => 20,
            3..=10 => 5,
            _ => 3,
        };
        let mut together = 0;
        let mut lines: Vec<(usize, Line)> = Vec::new();
        // The articles that are shown, by their place in the corpus.
        let mut leading: Vec<usize> = Vec::new();
        results.articles = hits.len() as u32;
        for (index, score) in &hits {
            let (index, score) = (*index, *score);
            let Some(article) = self.articles().get(index) else { continue };
            let tally = asked.matcher.tally(index as u32);
            together = together.max(tally.together);
            let room = if concordance.is_some() { LINES.saturating_sub(lines.len()) } else { 0 };
            let full = leading.len() >= limit as usize;
            let marks = if full && room == 0 { Vec::new() } else { self.marks_in(&asked, index) };
            let letter = self.article_ref(index).letter;
            let found = (0..).zip(&marks).map(|(hit, m)| parts::line(article, letter, m.span, hit));
            lines.extend(found.take(room).map(|line| (index, line)));
            let place =
                if full { None } else { leading.iter().position(|one| self.nearly_same(*one, index)) };
            if full || place.is_some() {
                let title = self.title_counts(index, tally.title);
                let by_names = !asked.entities.is_empty();
                results.matches += if by_names { marks.len() as u32 } else { tally.matches } + title;
                results.passages += tally.passages + u32::from(title > 0);
                if let Some(group) = place.and_then(|place| results.groups.get_mut(place)) {
                    group.same.push(self.article_ref(index));
                }
                continue;
            }
            let group = self.group_of_hits(&asked, index, score, &marks, shown);
            results.matches += group.matches;
            results.passages += group.passages_total;
            results.groups.push(group);
            leading.push(index);
        }
        if let Some(order) = concordance {
            sort_by_key(&mut lines, |(index, _)| *index);
            results.concordance = lines.into_iter().map(|(_, line)| line).collect();
            parts::sort_lines(&mut results.concordance, order);
        }
        results.facets = self.facets(filters, &among);
        results.notes = asked.notes.clone();
        if !results.groups.is_empty() {
            results.notes.extend(self.together(typed, &asked, together, &results.notes));
        }
        if results.groups.is_empty() {
            results.loosen = self.loosen(typed, &asked.query, filters);
        }
        results
    }

    /// The ranking for scripts.
    pub(super) fn rank(&self, typed: &str, limit: u32, details: bool) -> Vec<Ranked> {
        let asked = self.ranked(typed, limit as usize);
        let mut ranked = Vec::new();
        for (index, score) in asked.hits.iter().take(limit as usize) {
            if !details {
                let Some((slug, title)) = self.corpus().articles.heading(*index) else { continue };
                ranked.push(Ranked { slug, title, score: *score, ..Ranked::default() });
                continue;
            }
            let Some(article) = self.one_article(*index) else { continue };
            let mut one = Ranked {
                slug: article.slug.clone(),
                title: article.meta.title.clone(),
                score: *score,
                ..Ranked::default()
            };
            let marks = self.marks_in(&asked, *index);
            let best = asked.matcher.passages(article, &marks).into_iter().next();
            one.snippet = match best {
                Some(best) => snippet(&article.text, best.sentence, &best.marks),
                None => snippet(&article.text, parts::sentence_at(article, 0), &[]),
            };
            one.why = reasons(&article.text, &marks);
            one.hits = marks.iter().map(|m| m.span).collect();
            one.text = article.text.clone();
            ranked.push(one);
        }
        ranked
    }

    /// The marks of a query in an article's text, for the reader.
    pub(super) fn marks(&self, index: usize, typed: &str) -> Vec<Span> {
        let (query, _) = self.understood(typed);
        if query.clauses.is_empty() && query.filters.is_empty() {
            return Vec::new();
        }
        let matcher = Matcher::new(&self.corpus().index, &self.kept, &query);
        let entities = if query.is_empty() { self.wanted_entities(&query) } else { Set::new() };
        let asked = Asked { query, matcher, entities, hits: Vec::new(), notes: Vec::new() };
        self.marks_in(&asked, index).into_iter().map(|m| m.span).collect()
    }

    /// How many articles answer a query under the filters.
    pub(super) fn answering(&self, typed: &str, filters: &Filters) -> u32 {
        let asked = self.asked(typed);
        asked.hits.iter().filter(|(i, _)| self.passes(*i, filters)).count() as u32
    }

    /// The best articles for a query and no remarks.
    fn ranked(&self, typed: &str, limit: usize) -> Asked<'_> {
        let (query, _) = self.understood(typed);
        if query.is_empty() || !query.filters.is_empty() || query.from.is_some() || query.to.is_some() {
            return self.asked(typed);
        }
        let mut matcher = Matcher::new(&self.corpus().index, &self.kept, &query);
        let found = matcher.find_again(&|_| true, limit, |article| self.one_article(article as usize));
        let hits = found.hits.iter().map(|h| (h.article as usize, h.score)).collect();
        Asked { query, matcher, entities: Set::new(), hits, notes: Vec::new() }
    }

    fn asked(&self, typed: &str) -> Asked<'_> {
        let (query, named) = self.understood(typed);
        let scope = self.scope(&query);
        let mut matcher = Matcher::new(&self.corpus().index, &self.kept, &query);
        let allowed = |article: u32| scope.get(article as usize).copied().unwrap_or(false);
        if query.is_empty() {
            // No words: the articles that the fields let through, without those that have an unwanted word.
            let mut unwanted = query.clone();
            unwanted.clauses.iter_mut().for_each(|c| c.negated = false);
            let have = |clause: &query::Clause| {
                let one = Query { clauses: vec![clause.clone()], ..Query::default() }.finished();
                let found = Matcher::new(&self.corpus().index, &self.kept, &one).find(&|_| true, usize::MAX);
                found.hits.into_iter().map(|h| h.article).collect::<Vec<u32>>()
            };
            let without: Set<u32> = unwanted.clauses.iter().flat_map(have).collect();
            let hits = (0..self.articles().len() as u32)
                .filter(|i| allowed(*i) && !without.contains(i))
                .map(|i| (i as usize, 0.0))
                .collect();
            let entities = self.wanted_entities(&query);
            let notes = query.hints.iter().map(note).collect();
            return Asked { query, matcher, entities, hits, notes };
        }
        let found = matcher.find_again(&allowed, usize::MAX, |article| self.one_article(article as usize));
        let best = found.hits.first().map(|hit| hit.article);
        let mut corrections = matcher.corrections(best).into_iter();
        let mut notes = self.also_notes(typed, &query, &named);
        for hint in &found.hints {
            let mut note = note(hint);
            if note.label == "Spelling"
                && let Some(taken) = corrections.next()
                && let (Some(at), Some(near)) = (typed.find(&taken.typed), taken.near.first())
            {
                note.query = Some(query::replaced(typed, Span::new(at, at + taken.typed.len()), near));
            }
            notes.push(note);
        }
        let hits = found.hits.iter().map(|h| (h.article as usize, h.score)).collect();
        Asked { query, matcher, entities: Set::new(), hits, notes }
    }

    fn marks_in(&self, asked: &Asked, index: usize) -> Vec<Mark> {
        let Some(article) = self.one_article(index) else { return Vec::new() };
        if asked.entities.is_empty() {
            return asked.matcher.marks(index as u32, article);
        }
        let mut marks: Vec<Mark> = Vec::new();
        for mention in self.corpus().entities.mentions.get(index).into_iter().flatten() {
            let apart = marks.last().is_none_or(|m| m.span.end <= mention.span.start);
            if asked.entities.contains(&(mention.entity as usize)) && apart {
                marks.push(Mark { span: mention.span, kind: Kind::Literal, words: 1 });
            }
        }
        marks
    }

    fn group_of_hits(
        &self,
        asked: &Asked,
        index: usize,
        score: f64,
        marks: &[Mark],
        shown: usize,
    ) -> ArticleHits {
        let Some(article) = self.articles().get(index) else { return ArticleHits::default() };
        let found = asked.matcher.passages(article, marks);
        let mut group = ArticleHits {
            article: self.article_ref(index),
            score,
            passages_total: found.len() as u32,
            matches: marks.len() as u32,
            strip: marks.iter().map(|m| m.span.start as f32 / article.text.len().max(1) as f32).collect(),
            ..ArticleHits::default()
        };
        (group.because, group.adds) = super::because::because(&asked.matcher, index as u32);
        let title = asked.matcher.title_marks(index as u32, article);
        if self.title_counts(index, title.len() as u32) > 0 {
            let whole = Span::new(0, article.meta.title.len());
            group.matches += title.len() as u32;
            group.passages_total += 1;
            group.passages.push(Passage {
                snippet: snippet(&article.meta.title, whole, &title),
                why: reasons(&article.meta.title, &title),
                ..Passage::default()
            });
        }
        for passage in found.into_iter().take(shown) {
            group.passages.push(Passage {
                paragraph: parts::paragraph_at(article, passage.sentence.start),
                hit: passage.first,
                snippet: snippet(&article.text, passage.sentence, &passage.marks),
                why: reasons(&article.text, &passage.marks),
                counterpart: self
                    .other(index)
                    .and_then(|other| self.counterparts(index, other, passage.sentence).into_iter().next()),
            });
        }
        group
    }

    /// How many of an article's marks in its title count. A title that repeats the text's own words would say the same
    /// passage twice.
    fn title_counts(&self, index: usize, marks: u32) -> u32 {
        let Some(article) = self.articles().get(index).filter(|_| marks > 0) else { return 0 };
        let opening = article.meta.title.trim_end_matches('…').trim_end();
        if article.text.contains(opening) { 0 } else { marks }
    }

    /// Says that no passage has all words, and which neighbours of the query stand together somewhere.
    fn together(&self, typed: &str, asked: &Asked, together: u32, said: &[Note]) -> Option<Note> {
        let all = asked.matcher.markable();
        if all < 2 || together >= all || said.iter().any(|n| n.label == "Together") {
            return None;
        }
        let words = asked.matcher.words();
        let phrases = words.windows(2).filter_map(|pair| {
            let [(a, _), (b, _)] = pair else { return None };
            let plain = |w: &str| !w.is_empty() && !w.contains(char::is_whitespace);
            let phrase = format!("“{a} {b}”");
            let count = if plain(a) && plain(b) { self.answering(&phrase, &Filters::default()) } else { 0 };
            (count > 0 && typed != phrase).then_some((phrase, count))
        });
        let best = phrases.max_by_key(|(_, count)| *count);
        let mut text = "No passage has all of these words.".to_owned();
        if let Some((phrase, count)) = &best {
            let articles = if *count == 1 { "article" } else { "articles" };
            text = format!("{text} {phrase} stands in {count} {articles}");
        }
        let query = best.map(|(phrase, _)| phrase);
        Some(Note { label: "Together".to_owned(), text, query, link: None })
    }

    /// What to leave out, and how many matches that brings; what brings most first.
    fn loosen(&self, typed: &str, query: &Query, filters: &Filters) -> Vec<Loosen> {
        let mut ways: Vec<(String, String, Filters)> = Vec::new();
        let quoted =
            |values: &[String]| values.iter().map(|v| format!("“{v}”")).collect::<Vec<String>>().join(", ");
        let same = || typed.to_owned();
        if !filters.source.is_empty() {
            let label = format!("Without source {}", quoted(&filters.source));
            ways.push((label, same(), Filters { source: Vec::new(), ..filters.clone() }));
        }
        if !filters.lang.is_empty() {
            let names: Vec<String> = filters.lang.iter().map(|l| super::filter::language_name(l)).collect();
            let label = format!("Without language {}", quoted(&names));
            ways.push((label, same(), Filters { lang: Vec::new(), ..filters.clone() }));
        }
        for id in &filters.entity {
            let name = self.names().entity_of(id).map_or(id.as_str(), |e| self.name_of(e));
            let entity = filters.entity.iter().filter(|e| *e != id).cloned().collect();
            ways.push((format!("Without name “{name}”"), same(), Filters { entity, ..filters.clone() }));
        }
        if filters.from.is_some() || filters.to.is_some() {
            ways.push((
                "Without dates".to_owned(),
                same(),
                Filters { from: None, to: None, ..filters.clone() },
            ));
        }
        let parts = query.filters.iter().map(|f| f.span).chain(query.clauses.iter().map(|c| c.span));
        for span in parts {
            let rest = query::replaced(typed, span, "");
            if !rest.trim().is_empty() {
                ways.push((format!("Without {}", shown(span.of(typed))), rest, filters.clone()));
            }
        }
        if query.from.is_some() || query.to.is_some() {
            let dated = |w: &&str| !w.starts_with("before:") && !w.starts_with("after:");
            let rest: Vec<&str> = typed.split_whitespace().filter(dated).collect();
            ways.push(("Without dates".to_owned(), rest.join(" "), filters.clone()));
        }
        let count = |(label, query, filters): (String, String, Filters)| {
            let asked = self.asked(&query);
            let hits = asked.hits.iter().filter(|(i, _)| self.passes(*i, &filters));
            let found = hits.map(|(i, _)| {
                let tally = asked.matcher.tally(*i as u32);
                tally.matches + self.title_counts(*i, tally.title)
            });
            let (articles, matches) = found.fold((0, 0), |(n, all), matches| (n + 1, all + matches));
            drop(asked);
            Loosen { label, query, filters, articles, matches }
        };
        let mut ways: Vec<Loosen> = ways.into_iter().take(4 * WAYS).map(count).collect();
        sort_by_key(&mut ways, |w| Reverse((w.articles, w.matches)));
        ways.truncate(WAYS);
        ways
    }
}

/// A part of a query as it stands in a sentence: in quotes, unless it has some.
fn shown(part: &str) -> String {
    if part.starts_with(['"', '“', '«', '„']) { part.to_owned() } else { format!("“{part}”") }
}

fn note(hint: &query::Hint) -> Note {
    Note { label: hint.label.clone(), text: hint.text.clone(), query: hint.query.clone(), link: None }
}

fn snippet(text: &str, sentence: Span, marks: &[Mark]) -> Snippet {
    let found = search::snippet(text, sentence, marks, SNIPPET);
    Snippet { text: found.text, marks: found.marks, cut_start: found.cut_start, cut_end: found.cut_end }
}

/// Why marks are there that are not literal, each reason once.
fn reasons(text: &str, marks: &[Mark]) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    for reason in marks.iter().filter_map(|m| m.why(text)) {
        if !reasons.contains(&reason) && reasons.len() < REMARKS {
            reasons.push(reason);
        }
    }
    reasons
}
