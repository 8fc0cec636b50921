//! The timeline: every dated statement of the articles, in the order of the dates.
//!
//! Invariants: a statement is a sentence of a text with a date that is marked in it; a date that is not fully
//! stated is counted from the article's own date and said to be, or else is not placed. Not here: reading dates
//! (`text::dates`), counting days (`text::calendar`).

use super::Filters;
use super::answer::Engine;
use super::parts;
use super::views::{Statement, Timeline};
use crate::article::Article;
use crate::entities::{Kind, Mention};
use crate::text::sort::sort_by;
use crate::text::words::listed;
use crate::text::{self, PartialDate, Span};
use std::collections::BTreeMap;

/// Words of a sentence that speaks of what is to come.
const AHEAD: &str = "will shall ll expected scheduled due planned plans";

/// Months that the overview has at most; a longer time is counted by year.
const MONTHS: usize = 60;

/// Years from which on the overview leaves those to the list that are far from nearly all others.
const YEARS: usize = 150;

/// Bytes of a quote; of a longer sentence the part around the date is shown.
const LONGEST: usize = 600;

impl Engine {
    /// The timeline of the articles that pass the filters; of each entity filtered by, the sentences that name it.
    /// `from` and `to` limit the dates of the statements.
    pub(super) fn timeline(&self, filters: &Filters, limit: u32) -> Timeline {
        let of_articles = Filters { from: None, to: None, ..filters.clone() };
        let entities: Vec<u32> =
            filters.entity.iter().filter_map(|id| self.names().entity_of(id)).map(|e| e as u32).collect();
        let mut view = Timeline::default();
        let mut all: Vec<Statement> = Vec::new();
        for index in self.passing(&of_articles) {
            let Some(article) = self.articles().get(index) else { continue };
            let before = all.len();
            self.stated(index, article, &entities, view.articles.len() as u32, &mut all);
            match all.len() > before {
                true => view.articles.push(self.article_ref(index)),
                false => view.silent += 1,
            }
        }
        view.overview = overview(&all);
        let every: Vec<usize> = (0..self.articles().len()).collect();
        view.facets = self.facets(&of_articles, &every);
        view.facets.retain(|facet| facet.key != "date");
        let (mut dated, mut open): (Vec<Statement>, Vec<Statement>) =
            all.into_iter().filter(|s| within(s.date.as_deref(), filters)).partition(|s| s.date.is_some());
        // ISO dates order as strings, and a month stands before its days.
        sort_by(&mut dated, |a, b| a.date.cmp(&b.date));
        (view.dated, view.open) = (dated.len() as u32, open.len() as u32);
        dated.truncate(limit as usize);
        open.truncate((limit as usize).saturating_sub(dated.len()));
        (view.statements, view.unplaced) = (dated, open);
        view
    }

    /// Appends what an article states with a date; of several mentions of one date in a sentence the first.
    fn stated(
        &self,
        index: usize,
        article: &Article,
        entities: &[u32],
        number: u32,
        out: &mut Vec<Statement>,
    ) {
        let written = article.meta.date.as_deref().map(text::dates).unwrap_or_default();
        let written = written.first().map_or(PartialDate::default(), |mention| mention.date);
        let mentions = self.corpus().entities.mentions.get(index).map_or(&[][..], Vec::as_slice);
        let first = out.len();
        for mention in mentions {
            let is_date = self.entity_at(mention.entity as usize).is_some_and(|e| e.kind == Kind::Date);
            let words = mention.span.of(&article.text);
            if !is_date {
                continue;
            }
            let sentence = parts::sentence_at(article, mention.span.start);
            let names = |entity: &u32| mentions_in(mentions, sentence).any(|m| m.entity == *entity);
            if !sentence.contains(mention.span) || !entities.iter().all(names) {
                continue;
            }
            let ahead = text::words(sentence.of(&article.text))
                .any(|word| listed(AHEAD, &text::fold(word.of(sentence.of(&article.text)))));
            let (stated, counted) = match text::dates(words).first() {
                Some(date) => {
                    // With the word before it: "last Monday".
                    let led = words.get(..date.span.end as usize).unwrap_or(words);
                    let led = led.get(..date.span.start as usize).and_then(|before| {
                        let before = before.trim_end();
                        let word = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
                        led.get(word..)
                    });
                    let own = led.filter(|led| !led.is_empty()).unwrap_or(date.span.of(words));
                    (date.date, text::calendar::resolve(own, date.date, written, ahead))
                }
                None => (PartialDate::default(), None),
            };
            let iso = counted.unwrap_or(stated).iso();
            let same = |s: &Statement| {
                s.date == iso && s.from == sentence.start && (iso.is_some() || s.stated == words)
            };
            if out.iter().skip(first).any(same) {
                continue;
            }
            let part = excerpt(article, sentence, mention.span);
            let block = parts::block_at(article, mention.span.start);
            out.push(Statement {
                article: number,
                date: iso,
                counted: counted.is_some(),
                stated: words.to_owned(),
                quote: part.of(&article.text).to_owned(),
                mark: Span { start: mention.span.start - part.start, end: mention.span.end - part.start },
                from: sentence.start,
                block: block.unwrap_or(0) as u32,
                paragraph: parts::paragraph_at(article, mention.span.start),
            });
        }
    }
}

/// The mentions in a sentence; mentions stand in text order.
fn mentions_in(mentions: &[Mention], sentence: Span) -> impl Iterator<Item = &Mention> {
    let first = mentions.partition_point(|m| m.span.start < sentence.start);
    mentions.iter().skip(first).take_while(move |m| m.span.start < sentence.end)
}

/// The sentence, or of a very long one the part around a span.
fn excerpt(article: &Article, sentence: Span, around: Span) -> Span {
    if sentence.len() <= LONGEST || around.len() > LONGEST {
        return sentence;
    }
    let text = &article.text;
    let spare = (LONGEST - around.len()) / 2;
    let edge = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let start = (around.start as usize).saturating_sub(spare).max(sentence.start as usize);
    let end = (around.end as usize + spare).min(sentence.end as usize);
    Span::new(edge(start).min(around.start as usize), edge(end))
}

/// Whether a date is within `from` and `to`, both inclusive; one without a year is where nothing limits it.
fn within(date: Option<&str>, filters: &Filters) -> bool {
    let Some(date) = date else { return filters.from.is_none() && filters.to.is_none() };
    let after = |from: &String| date >= from.get(..date.len()).unwrap_or(from);
    let before = |to: &String| date.get(..to.len()).unwrap_or(date) <= to.as_str();
    filters.from.as_ref().is_none_or(after) && filters.to.as_ref().is_none_or(before)
}

/// Statements by month, or by year where there are many months, without gaps.
fn overview(all: &[Statement]) -> Vec<(String, u32)> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for date in all.iter().filter_map(|s| s.date.as_deref()) {
        *counts.entry(date.get(..7).unwrap_or(date)).or_default() += 1;
    }
    let months = |date: &str| {
        let (year, month) = date.split_once('-').unwrap_or((date, "01"));
        Some(year.parse::<u32>().ok()? * 12 + month.parse::<u32>().ok()?.checked_sub(1)?)
    };
    let ends =
        counts.keys().next().zip(counts.keys().next_back()).and_then(|(a, b)| Some((months(a)?, months(b)?)));
    let Some((first, last)) = ends else { return Vec::new() };
    // Where a year is all that some state, a month says too much.
    let by_year = (last - first) as usize >= MONTHS || counts.keys().any(|date| date.len() < 7);
    let key = |at: u32| match by_year {
        true => format!("{at:04}"),
        false => format!("{:04}-{:02}", at / 12, at % 12 + 1),
    };
    let range = if by_year { first / 12..=last / 12 } else { first..=last };
    let count = |key: &str| counts.iter().filter(|(date, _)| date.starts_with(key)).map(|(_, n)| n).sum();
    let mut bars: Vec<(String, u32)> = range.map(key).map(|key| (key.clone(), count(&key))).collect();
    if bars.len() > YEARS {
        // A few years that lie far from all others would leave these no room.
        let few = all.len() as u32 / 100;
        let ends = [far(&mut bars.iter(), few), far(&mut bars.iter().rev(), few)];
        if let Some(rest) = bars.get(ends[0]..bars.len() - ends[1]).filter(|rest| rest.len() * 2 < bars.len())
        {
            bars = rest.to_vec();
        }
    }
    bars
}

/// How many years come before more than a few statements do.
fn far(years: &mut dyn Iterator<Item = &(String, u32)>, few: u32) -> usize {
    let mut met = 0;
    years
        .take_while(|(_, n)| {
            met += n;
            met <= few
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Answer, Engine, Request, SourceFile};

    fn engine(texts: &[&str]) -> Engine {
        let file =
            |(text, name): (&&str, char)| SourceFile { name: format!("{name}.md"), bytes: (*text).into() };
        Engine::build(texts.iter().zip('a'..).map(file).collect(), None).0
    }

    fn timeline(engine: &mut Engine, filters: Filters) -> Timeline {
        match engine.answer(Request::Timeline { filters, limit: 100 }).answer {
            Answer::Timeline(view) => *view,
            _ => panic!("another answer"),
        }
    }

    #[test]
    fn what_is_far_from_all_others_takes_no_room_of_theirs() {
        let many = "It rained in 1987 there. It rained in 1988 there.\n\n".repeat(100);
        let text = format!("It rained in December 1403 there.\n\n{many}It rained in March 2150 there.");
        let view = timeline(&mut engine(&[&text]), Filters::default());
        assert_eq!(view.dated, 202);
        assert_eq!(view.overview, [("1987".to_owned(), 100), ("1988".to_owned(), 100)]);
    }

    #[test]
    fn in_the_order_of_the_dates_with_their_quotes() {
        let mut engine = engine(&[
            "---\ndate: 2024-03-11\n---\nThe harbour closed on October 7, 2023. Yesterday it opened. In May 2021 it was sold.",
            "It burned on 4 July 1999. On October 7 it closed. Nobody knows when it was built.",
            "No date stands here.",
        ]);
        let view = timeline(&mut engine, Filters::default());
        let got: Vec<String> = view
            .statements
            .iter()
            .map(|s| {
                let counted = if s.counted { "~" } else { "" };
                format!(
                    "{} {counted}{}: {}",
                    view.articles[s.article as usize].slug,
                    s.date.as_deref().unwrap(),
                    s.mark.of(&s.quote)
                )
            })
            .collect();
        assert_eq!(
            got,
            [
                "b 1999-07-04: 4 July 1999",
                "a 2021-05: May 2021",
                "a 2023-10-07: October 7, 2023",
                "a ~2024-03-10: Yesterday"
            ]
        );
        assert_eq!((view.dated, view.open, view.silent), (4, 1, 1));
        assert_eq!(view.unplaced[0].stated, "October 7", "the article has no date to count from");
        assert_eq!(view.overview.first().unwrap(), &("1999".to_owned(), 1));
        assert_eq!(view.overview.len(), 26, "without gaps");

        let filters = Filters { from: Some("2023".into()), to: Some("2023-10".into()), ..Filters::default() };
        let view = timeline(&mut engine, filters);
        assert_eq!((view.dated, view.open), (1, 0));
    }

    #[test]
    fn narrows_by_source_and_by_name() {
        let text = |source: &str, more: &str| {
            format!(
                "---\nsource: {source}\ndate: 2024-03-11\n---\nTehran spoke in May 2021. {more} in June 2022."
            )
        };
        let mut engine =
            engine(&[&text("X", "Cairo spoke"), &text("Y", "Cairo wept"), &text("Y", "Paris spoke")]);
        let offered = |view: &Timeline, key: &str| -> Vec<(String, u32, bool)> {
            let of = view.facets.iter().filter(|facet| facet.key == key).flat_map(|facet| &facet.values);
            of.map(|value| (value.label.clone(), value.count, value.on)).collect()
        };
        let all = timeline(&mut engine, Filters::default());
        assert_eq!(offered(&all, "source"), [("Y".to_owned(), 2, false), ("X".to_owned(), 1, false)]);
        assert_eq!(offered(&all, "entity"), [("Cairo".to_owned(), 2, false)], "all name Tehran");
        assert_eq!(offered(&all, "date"), [], "the overview says it");
        assert_eq!(all.dated, 6);
        let of_y = Filters { source: vec!["Y".into()], ..Filters::default() };
        let of_y = timeline(&mut engine, of_y);
        assert_eq!(of_y.dated, 4);
        assert_eq!(offered(&of_y, "source"), [("Y".to_owned(), 2, true), ("X".to_owned(), 1, false)]);
        let cairo = all.facets.iter().find(|facet| facet.key == "entity").unwrap().values[0].value.clone();
        let of_cairo = timeline(&mut engine, Filters { entity: vec![cairo], ..Filters::default() });
        assert_eq!(of_cairo.dated, 2, "the sentences that name it");
        assert_eq!(offered(&of_cairo, "entity"), [("Cairo".to_owned(), 2, true)]);
    }
}
