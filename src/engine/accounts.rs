//! Accounts: several articles of one story against the claims that they make – who reports what, who differs, who
//! is silent.
//!
//! Every two articles are compared, a number of pairs an answer, so that the first rows are there at once and forty
//! articles never hold up another question; [`Accounts::left`] says how many pairs are still to come. Invariant: at
//! most [`MOST`] articles; indices point into the lists beside them. Not here: which articles tell one story
//! (`story.rs`), how sentences become claims (`compare`).

use super::answer::Engine;
use super::parts;
use super::views::{Account, Accounts, Alone, Claim, Disagreement, PairOf, Telling};
use crate::article::Article;
use crate::compare::{self, At, Comparison, Link, PairRelation};
use crate::text::Span;
use crate::text::sort::{sort, sort_by, sort_by_key};
use std::sync::Arc;

/// Articles that are set against each other.
const MOST: usize = 40;
/// Claims that are given, those of most articles first.
const CLAIMS: usize = 400;
/// Sentences given of what one article alone says.
const ALONE: usize = 40;

/// The comparison of two of the articles, by their places among those shown.
struct Compared {
    a: usize,
    b: usize,
    comparison: Arc<Comparison>,
}

impl Engine {
    /// The view of the articles of a story (one slug: the story that holds it) or of the articles named; `None`
    /// where one of them is not in the corpus. At most `pairs` pairs are compared.
    pub(super) fn accounts(&self, slugs: &[String], pairs: u32) -> Result<Accounts, String> {
        let mut chosen: Vec<usize> = Vec::new();
        for slug in slugs {
            let index = self.index_of(slug).ok_or_else(|| slug.clone())?;
            if !chosen.contains(&index) {
                chosen.push(index);
            }
        }
        let group = match chosen[..] {
            [only] => self.stories().iter().find(|group| group.articles.contains(&only)),
            _ => None,
        };
        let title = group.map_or_else(String::new, |group| group.title.clone());
        if let Some(group) = group {
            chosen.clone_from(&group.articles);
            let date = |i: &usize| self.articles().get(*i).and_then(|a| a.meta.date.clone());
            // In the order in which they came out, undated ones last.
            sort_by_key(&mut chosen, |i| (date(i).is_none(), date(i), *i));
        }
        let total = chosen.len() as u32;
        chosen.truncate(MOST);
        Ok(Accounts { title, total, ..self.against(&chosen, pairs) })
    }

    fn against(&self, chosen: &[usize], budget: u32) -> Accounts {
        let texts: Vec<&Article> = chosen.iter().filter_map(|i| self.articles().get(*i)).collect();
        let mut order: Vec<(usize, usize)> =
            (0..texts.len()).flat_map(|a| (a + 1..texts.len()).map(move |b| (a, b))).collect();
        // Neighbours first, so that every article is in the first rows.
        sort_by_key(&mut order, |(a, b)| (b - a, *a));
        let left = order.len().saturating_sub(budget as usize);
        order.truncate(budget as usize);
        let compared: Vec<Compared> = order
            .into_iter()
            .map(|(a, b)| Compared { a, b, comparison: self.ordered(chosen[a], chosen[b]) })
            .collect();
        let copies = compare::copies(&texts);
        let told = compare::claims(&links(&compared));
        let mut claims: Vec<Claim> =
            told.iter().map(|at| claim(at, &texts, &compared, &copies.pairs)).collect();
        let place = |c: &Claim| {
            let part = |t: &Telling| {
                let all = texts.get(t.article as usize).map_or(1, |text| text.text.len().max(1));
                u64::from(t.from) * 1_000 / all as u64
            };
            c.told.iter().map(part).sum::<u64>() / c.told.len().max(1) as u64
        };
        sort_by_key(&mut claims, |c| (std::cmp::Reverse(c.told.len()), place(c)));
        let mut origins = copies.origins.clone();
        sort(&mut origins);
        origins.dedup();
        let accounts = (0..texts.len()).map(|i| Account {
            article: self.article_ref(chosen[i]),
            origin: copies.origins.get(i).copied().unwrap_or_default(),
            claims: claims.iter().filter(|c| c.told.iter().any(|t| t.article == i as u32)).count() as u32,
            alone: alone(i, texts[i], &compared),
        });
        let articles = accounts.collect();
        let pair = |c: &Compared| PairOf {
            a: c.a as u32,
            b: c.b as u32,
            swapped: chosen[c.a] > chosen[c.b],
            counts: super::compare::counts(&c.comparison),
        };
        claims.truncate(CLAIMS);
        Accounts {
            articles,
            claims,
            pairs: compared.iter().map(pair).collect(),
            independent: origins.len() as u32,
            left: left as u32,
            ..Accounts::default()
        }
    }

    /// The comparison of two articles, which is kept in the corpus's order, seen from `a`.
    fn ordered(&self, a: usize, b: usize) -> Arc<Comparison> {
        if a <= b {
            return self.comparison(a, b);
        }
        let kept = self.comparison(b, a);
        let mut pairs = kept.pairs.clone();
        for pair in &mut pairs {
            std::mem::swap(&mut pair.a, &mut pair.b);
            pair.differences.iter_mut().for_each(|d| std::mem::swap(&mut d.a, &mut d.b));
        }
        Arc::new(Comparison {
            a: kept.b.clone(),
            b: kept.a.clone(),
            pairs,
            unsure: kept.unsure.iter().map(|(a, b, score)| (*b, *a, *score)).collect(),
            only_a: kept.only_b.clone(),
            only_b: kept.only_a.clone(),
            outcome: kept.outcome,
        })
    }
}

/// The same-fact pairs that are the best of both their sentences between the two articles.
fn links(compared: &[Compared]) -> Vec<Link> {
    let mut links = Vec::new();
    for Compared { a, b, comparison } in compared {
        let same = || comparison.pairs.iter().filter(|p| p.relation == PairRelation::Same);
        let mut best = [vec![0.0f64; comparison.a.len()], vec![0.0f64; comparison.b.len()]];
        for pair in same() {
            for (side, at) in [(0, pair.a), (1, pair.b)] {
                if let Some(best) = best[side].get_mut(at as usize) {
                    *best = best.max(pair.score);
                }
            }
        }
        for pair in same() {
            let most = |side: usize, at: u32| best[side].get(at as usize).copied().unwrap_or_default();
            if pair.score >= most(0, pair.a) && pair.score >= most(1, pair.b) {
                links.push(((*a as u32, pair.a), (*b as u32, pair.b), pair.score));
            }
        }
    }
    links
}

/// A claim to show.
fn claim(at: &[At], texts: &[&Article], compared: &[Compared], copies: &[(At, At)]) -> Claim {
    let mut told: Vec<Telling> = at.iter().filter_map(|at| telling(*at, texts, compared)).collect();
    // How near each telling is to the others: the nearest stands for the claim.
    let mut near = vec![0.0f64; told.len()];
    let mut linked: Vec<(usize, usize, u32)> = Vec::new();
    let mut disagreements = Vec::new();
    for c in compared {
        let place = |article: usize| at.iter().position(|(own, _)| *own as usize == article);
        let (Some(x), Some(y)) = (place(c.a), place(c.b)) else { continue };
        let (Some((_, sa)), Some((_, sb))) = (at.get(x), at.get(y)) else { continue };
        let found = c.comparison.pairs.iter().enumerate().find(|(_, p)| p.a == *sa && p.b == *sb);
        let Some((number, pair)) = found else { continue };
        linked.push((x, y, number as u32));
        for i in [x, y] {
            if let Some(near) = near.get_mut(i) {
                *near += pair.score;
            }
        }
        for d in &pair.differences {
            let words = |side: usize, span: Span| texts.get(side).map_or("", |t| span.of(&t.text)).to_owned();
            disagreements.push(Disagreement {
                x: x as u32,
                y: y as u32,
                pair: number as u32,
                kind: d.kind,
                x_words: words(c.a, d.a),
                y_words: words(c.b, d.b),
            });
            for (i, span) in [(x, d.a), (y, d.b)] {
                if let Some(telling) = told.get_mut(i) {
                    let from = telling.from;
                    telling.marks.extend(
                        span.start
                            .checked_sub(from)
                            .map(|start| Span { start, end: span.end.saturating_sub(from) }),
                    );
                }
            }
        }
    }
    for telling in &mut told {
        let length = telling.quote.len() as u32;
        telling.marks.retain(|m| m.start < m.end && m.end <= length);
        sort_by_key(&mut telling.marks, |m| (m.start, m.end));
        // Marks of several pairs may overlap: one mark over all.
        let mut marks: Vec<Span> = Vec::new();
        for mark in std::mem::take(&mut telling.marks) {
            match marks.last_mut() {
                Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
                _ => marks.push(mark),
            }
        }
        telling.marks = marks;
    }
    let mut head: Vec<usize> = (0..told.len()).collect();
    let length = |i: usize| told.get(i).map_or(0, |t| t.quote.len());
    sort_by(&mut head, |x, y| near[*y].total_cmp(&near[*x]).then(length(*x).cmp(&length(*y))).then(x.cmp(y)));
    let head = head.first().copied().unwrap_or_default();
    for (i, telling) in told.iter_mut().enumerate() {
        let of = |with: Option<usize>| {
            linked.iter().find_map(|&(x, y, pair)| match (x == i, y == i) {
                (true, _) if with.is_none_or(|w| w == y) => Some((y as u32, pair)),
                (_, true) if with.is_none_or(|w| w == x) => Some((x as u32, pair)),
                _ => None,
            })
        };
        telling.beside = of(Some(head)).or_else(|| of(None));
    }
    Claim { head: head as u32, independent: independent(at, copies), told, disagreements }
}

fn telling((article, sentence): At, texts: &[&Article], compared: &[Compared]) -> Option<Telling> {
    let side = compared.iter().find_map(|c| match article as usize {
        i if i == c.a => Some(&c.comparison.a),
        i if i == c.b => Some(&c.comparison.b),
        _ => None,
    })?;
    let at = side.get(sentence as usize)?;
    let text = texts.get(article as usize)?;
    Some(Telling {
        article,
        block: at.block,
        paragraph: parts::paragraph_at(text, at.span.start),
        quote: at.span.of(&text.text).to_owned(),
        from: at.span.start,
        marks: Vec::new(),
        beside: None,
    })
}

/// How many of the sentences are not nearly the same as an earlier one.
fn independent(at: &[At], copies: &[(At, At)]) -> u32 {
    let copied = |later: &(usize, &At)| {
        at.iter().take(later.0).any(|earlier| {
            let pair = (*earlier.min(later.1), *earlier.max(later.1));
            copies.binary_search(&pair).is_ok()
        })
    };
    at.iter().enumerate().filter(|later| !copied(later)).count() as u32
}

/// What only one of the articles says, headings left out.
fn alone(article: usize, text: &Article, compared: &[Compared]) -> Vec<Alone> {
    let mut only: Option<Vec<u32>> = None;
    let mut sentences = None;
    for c in compared {
        let (own, here) = match article {
            i if i == c.a => (&c.comparison.a, &c.comparison.only_a),
            i if i == c.b => (&c.comparison.b, &c.comparison.only_b),
            _ => continue,
        };
        sentences = Some(own);
        match &mut only {
            Some(only) => only.retain(|s| here.binary_search(s).is_ok()),
            None => only = Some(here.clone()),
        }
    }
    let quote = |s: &u32| {
        let sentence = sentences?.get(*s as usize)?;
        let quote = sentence.span.of(&text.text).to_owned();
        Some(Alone {
            block: sentence.block,
            paragraph: parts::paragraph_at(text, sentence.span.start),
            quote,
        })
    };
    only.unwrap_or_default().iter().filter_map(quote).take(ALONE).collect()
}

#[cfg(test)]
mod tests {
    use crate::engine::{Answer, Engine, Request, SourceFile};

    fn accounts(texts: &[&str], slugs: &[&str], pairs: u32) -> super::Accounts {
        let file = |(name, text): (char, &&str)| SourceFile {
            name: format!("{name}.txt"),
            bytes: text.as_bytes().to_vec(),
        };
        let mut engine = Engine::build(('a'..).zip(texts).map(file).collect(), None).0;
        let slugs = slugs.iter().map(|s| (*s).to_owned()).collect();
        match engine.answer(Request::Accounts { slugs, pairs }).answer {
            Answer::Accounts(accounts) => *accounts,
            other => panic!("{other:?}"),
        }
    }

    const WIRE: &str =
        "The ferry Aurora left Corfu at dawn on Friday with ninety people on board, the coast guard said.";

    /// For each claim, who reports it; `!` where somebody differs.
    fn rows(accounts: &super::Accounts) -> Vec<String> {
        let row = |c: &super::Claim| {
            let who: String = c.told.iter().filter_map(|t| char::from_digit(t.article, 10)).collect();
            format!("{who}{}", if c.disagreements.is_empty() { "" } else { "!" })
        };
        accounts.claims.iter().map(row).collect()
    }

    #[test]
    fn who_reports_who_differs_who_is_silent() {
        let a = format!(
            "{WIRE} The fire on the ferry Aurora killed 12 passengers. Nobody has claimed the cargo of figs."
        );
        let b =
            format!("{WIRE} The fire on the ferry Aurora killed 14 passengers. Its owner lives in Trieste.");
        let c = "Port officials in Corfu said that 12 passengers were killed in the fire on the ferry Aurora. Rain is near.";
        let found = accounts(&[&a, &b, c], &["c", "a", "b"], 9);
        assert_eq!(rows(&found), ["012!", "12"]);
        assert_eq!((found.left, found.independent, found.total), (0, 2, 3));
        let wire = &found.claims[1];
        assert_eq!((wire.told.len(), wire.independent), (2, 1));
        // Links count pairs as the comparison in corpus order does.
        assert!(
            found.pairs.iter().any(|p| p.swapped) && found.claims[0].disagreements.iter().all(|d| d.x < d.y)
        );
        for telling in found.claims.iter().flat_map(|c| &c.told) {
            assert!(telling.beside.is_some());
            assert!(telling.marks.iter().all(|m| !m.of(&telling.quote).is_empty()), "{telling:?}");
        }
        let alone = |i: usize| found.articles[i].alone.iter().map(|a| a.quote.as_str()).collect::<Vec<_>>();
        assert_eq!(alone(2), ["Its owner lives in Trieste."]);
    }

    #[test]
    fn more_with_each_answer() {
        let four =
            ["Goats sleep.", "Figs are cheap.", "Ask Olga.", "Snow fell."].map(|own| format!("{WIRE} {own}"));
        let four: Vec<&str> = four.iter().map(String::as_str).collect();
        let found = accounts(&four, &["a", "b", "c", "d"], 3);
        assert_eq!((found.left, found.pairs.len(), found.independent), (3, 3, 1));
        let all = accounts(&four, &["a", "b", "c", "d"], 100);
        assert_eq!((all.left, rows(&all)), (0, vec!["0123".to_owned()]));
    }

    #[test]
    fn one_article_is_no_story() {
        let found = accounts(&[WIRE], &["a"], 8);
        assert_eq!((found.articles.len(), found.claims.len(), found.left), (1, 0, 0));
    }
}
