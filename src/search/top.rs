//! The top: the best articles, found without scoring every article that answers.
//!
//! The corpus is cut into windows of neighbouring articles. What each clause adds at most is known for every window
//! (see `said`; by the bounds of blocks of postings, block-max: Ding and Suel 2011), so the most promising windows are
//! visited first, all clauses side by side, until no window left can hold anything good enough. Of a short query those
//! with all words exactly come first, so they are looked for first; only where they are too few also those with
//! completions and near spellings, and only then those with some of the words. There, what clauses say that together can
//! no longer lift an article among the best is only added to articles that others lift (MaxScore: Turtle and Flood 1995).
//!
//! Invariant: exactly what scoring every article gives, to the last bit (tested). Not here: what a word weighs.

use super::plan::{Matcher, Planned, Tree, Wanted};
use super::rank::{Best, Found, Hit};
use super::said::{Brief, Row, Said};
use crate::text::sort::{sort_by, sort_by_key};

/// Sums of bounds are raised by this, so that the order of adding does not matter.
const SLACK: f64 = 1.0 + 1e-9;
/// Steps by which windows are visited, from the most that one adds down to nothing.
const STEPS: f64 = 30.0;

/// A clause while articles are visited.
pub(super) struct Clause<'m, 'a> {
    /// Its word or phrase, if it is one.
    planned: Option<&'m Planned<'a>>,
    /// The inverse document frequency, and what it counts.
    idf: f64,
    weight: f64,
    said: Box<Said>,
    /// What it adds at most in each window; nothing where it has no article.
    bounds: Vec<f64>,
    /// The rows of the present window, and how far they have been read.
    rows: Vec<Brief>,
    at: usize,
}

impl<'a> Matcher<'a> {
    /// The best `depth` articles among those `allowed`, as far as they can be among the best `limit` when closeness is
    /// added.
    pub(super) fn top(&self, allowed: &dyn Fn(u32) -> bool, limit: usize, depth: usize) -> Found {
        if limit == 0 || self.wanted.is_empty() {
            return Found::default();
        }
        let mut clauses: Vec<Clause> = self.wanted.iter().map(|wanted| self.clause(wanted)).collect();
        let best = Best::new(depth);
        let mut visit = Visit { matcher: self, allowed, best, total: 0, complete: 0, sums: Vec::new() };
        if !self.is_long() {
            visit.together(&mut clauses, true);
        }
        // What answers less well comes behind what is there, however close the words.
        if self.is_long() || visit.best.len() < limit {
            clauses.iter_mut().for_each(|clause| clause.widen(self));
            if !self.is_long() {
                visit.together(&mut clauses, false);
            }
            if self.is_long() || (visit.best.len() < limit && clauses.len() > 1) {
                let plain = self.wanted.iter().all(|wanted| matches!(wanted.tree, Tree::Atom(_)));
                if clauses.len() == 2 && plain {
                    // One word alone is close to none.
                    visit.best.shrink(limit);
                }
                visit.some(&mut clauses);
            }
        }
        clauses.into_iter().for_each(|clause| clause.put(self));
        Found { hits: visit.best.finish(), total: visit.total, complete: visit.complete, hints: Vec::new() }
    }

    /// A clause, by what answers it exactly.
    pub(super) fn clause(&self, wanted: &Wanted) -> Clause<'_, 'a> {
        let planned = match &wanted.tree {
            Tree::Atom(atom) => self.atoms.get(*atom),
            _ => None,
        };
        let said = match planned {
            Some(planned) => self.said(planned, false),
            None => {
                let row = |(doc, impact, kind)| Row { doc, kind, title: true, impact };
                let rows = self.evaluate(&wanted.tree).into_iter().map(row).collect();
                Box::new(Said::of(self, rows))
            }
        };
        let idf = planned.map_or(1.0, |planned| self.idf(planned));
        let (weight, bounds, rows) = (wanted.weight, Vec::new(), Vec::new());
        let mut clause = Clause { planned, idf, weight, said, bounds, rows, at: 0 };
        clause.bound(self);
        clause
    }

    /// Whether an article has all clauses of the query, whatever else it has.
    pub(super) fn meet(&self) -> bool {
        let mut clauses: Vec<Clause> = self.wanted.iter().map(|wanted| self.clause(wanted)).collect();
        let met = (0..2).any(|widely| {
            if widely > 0 {
                clauses.iter_mut().for_each(|clause| clause.widen(self));
            }
            let windows = clauses.first().map_or(0, |clause| clause.bounds.len());
            (0..windows).any(|window| {
                if clauses.iter().any(|clause| clause.bounds[window] == 0.0) {
                    return false;
                }
                clauses.iter_mut().for_each(|clause| _ = clause.read(self, window));
                let Some((first, others)) = clauses.split_first() else { return false };
                let has =
                    |clause: &Clause, doc| clause.rows.binary_search_by_key(&doc, |row| row.doc).is_ok();
                first.rows.iter().any(|row| others.iter().all(|other| has(other, row.doc)))
            })
        });
        clauses.into_iter().for_each(|clause| clause.put(self));
        met
    }

    /// What a word or phrase says: kept, or read.
    fn said(&self, planned: &Planned<'a>, all: bool) -> Box<Said> {
        let said = if all { planned.said.take() } else { None };
        let said = said.or_else(|| self.kept.take(&planned.key, all));
        let said = said.unwrap_or_else(|| Box::new(Said::begin(self, planned, all)));
        if planned.slots.len() != 1 {
            planned.about.set(said.len() as u32);
        }
        said
    }
}

impl<'a> Clause<'_, 'a> {
    /// A row of the present window.
    #[inline]
    fn row(&self, matcher: &Matcher<'a>, brief: Brief) -> Row {
        self.said.row(matcher, self.planned, brief)
    }

    /// What a row adds.
    #[inline]
    fn score(&self, row: &Row) -> f64 {
        self.idf * row.impact * self.weight
    }

    /// Takes the bounds of what is said.
    fn bound(&mut self, matcher: &Matcher<'a>) {
        self.bounds.clear();
        self.said.bounds(matcher, self.idf, self.weight, &mut self.bounds);
    }

    /// Lets count also what answers less well.
    pub(super) fn widen(&mut self, matcher: &Matcher<'a>) {
        let Some(planned) = self.planned else { return };
        if self.said.all
            || planned.sources(true).len() == planned.sources(false).len()
            || planned.slots.len() != 1
        {
            return;
        }
        let said = std::mem::replace(&mut self.said, matcher.said(planned, true));
        matcher.kept.put(&planned.key, said);
        self.bound(matcher);
    }

    /// Keeps what is said for the next question.
    pub(super) fn put(self, matcher: &Matcher<'a>) {
        if let Some(planned) = self.planned {
            let all = self.said.all;
            let rest = matcher.kept.put(&planned.key, self.said);
            if all {
                planned.said.replace(rest);
            }
        }
    }

    /// Reads what a window has; then it is known what it adds there at most.
    fn read(&mut self, matcher: &Matcher<'a>, window: usize) -> f64 {
        if self.planned.is_some_and(|planned| self.said.ask(matcher, planned, window)) {
            self.bound(matcher);
        }
        self.at = 0;
        self.rows.clear();
        let bound = self.bounds.get(window).copied().unwrap_or(0.0);
        if bound > 0.0 {
            self.said.briefs(window, &mut self.rows);
        }
        bound
    }

    /// Every row, ascending, with what it adds.
    pub(super) fn each(&mut self, matcher: &Matcher<'a>, mut visit: impl FnMut(&Row, f64)) {
        for window in 0..self.bounds.len() {
            self.read(matcher, window);
            self.rows.iter().for_each(|brief| {
                let row = self.row(matcher, *brief);
                visit(&row, self.score(&row));
            });
        }
    }

    /// Articles, about.
    fn size(&self) -> u64 {
        let terms = self.planned.filter(|planned| planned.slots.len() == 1);
        terms.map_or(self.said.len() as u64, |planned| {
            planned.sources(self.said.all).iter().map(|source| u64::from(source.list.articles())).sum()
        })
    }
}

/// Articles being visited.
struct Visit<'m, 'a> {
    matcher: &'m Matcher<'a>,
    allowed: &'m dyn Fn(u32) -> bool,
    best: Best,
    total: u32,
    complete: u32,
    /// Room to add up a window.
    sums: Vec<f64>,
}

impl<'a> Visit<'_, 'a> {
    /// Whether an article may be a hit.
    fn may(&self, doc: u32) -> bool {
        (self.allowed)(self.matcher.index.article(doc))
            && !self.matcher.unwanted.iter().any(|tree| self.matcher.answers(tree, doc))
    }

    /// The windows with the most that the clauses add there together, those with most first, by [`STEPS`]; within a step in
    /// order. Of those where every clause adds something, or any.
    fn windows(&self, clauses: &[Clause<'_, 'a>], every: bool) -> Vec<(f64, usize)> {
        let count = clauses.first().map_or(0, |clause| clause.bounds.len());
        let mut sums = vec![0.0; count];
        for (at, clause) in clauses.iter().enumerate() {
            for (sum, bound) in sums.iter_mut().zip(&clause.bounds) {
                *sum = if every && at > 0 && (*sum == 0.0 || *bound == 0.0) { 0.0 } else { *sum + bound };
            }
        }
        let most = sums.iter().fold(0.0, |most: f64, sum| most.max(*sum));
        // Of each window the step, and how many windows there are of greater steps.
        let steps: Vec<u8> = sums.iter().map(|sum| (sum / most * STEPS) as i32 as u8).collect();
        let mut starts = [0; STEPS as usize + 2];
        let step = |step: u8| STEPS as usize - usize::from(step);
        for (sum, of) in sums.iter().zip(&steps) {
            starts[step(*of) + 1] += usize::from(*sum > 0.0);
        }
        let mut windows = vec![(0.0, 0); starts.iter().sum()];
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        for (window, (sum, of)) in sums.into_iter().zip(steps).enumerate() {
            if sum > 0.0 {
                let start = &mut starts[step(of)];
                windows[*start] = (sum * SLACK, window);
                *start += 1;
            }
        }
        windows
    }

    /// What the score of an article of such a step must reach.
    fn least(&self, step: u8) -> f64 {
        match self.best.least() {
            Some((least, score)) if least == step => score,
            Some((least, _)) if least > step => f64::INFINITY,
            _ => 0.0,
        }
    }

    /// Visits the articles that have every clause: all of them exactly, or not.
    fn together(&mut self, clauses: &mut [Clause<'_, 'a>], exactly: bool) {
        let mut order: Vec<usize> = (0..clauses.len()).collect();
        // The rarest leads.
        sort_by_key(&mut order, |&at| clauses.get(at).map(Clause::size));
        let Some((&lead, others)) = order.split_first() else { return };
        let step = if exactly { 2 } else { 1 };
        let mut answers: Vec<Option<Row>> = vec![None; clauses.len()];
        // What the clauses from one on in that order add at most in a window.
        let mut rest = vec![0.0; order.len() + 1];
        'windows: for (most, window) in self.windows(clauses, true) {
            let mut least = self.least(step);
            if most < least {
                continue;
            }
            for &clause in &order {
                // What it adds at most may be less than was thought.
                if clauses[clause].read(self.matcher, window) == 0.0 {
                    continue 'windows;
                }
            }
            for (at, &clause) in order.iter().enumerate().rev() {
                rest[at] = rest[at + 1] + clauses[clause].bounds[window];
            }
            let may = |sum: f64, at: usize, least: f64| (sum + rest[at]) * SLACK >= least;
            if !may(0.0, 0, least) {
                continue;
            }
            'rows: for at in 0..clauses[lead].rows.len() {
                let row = clauses[lead].row(self.matcher, clauses[lead].rows[at]);
                let mut sum = clauses[lead].score(&row);
                if !may(sum, 1, least) || (exactly && !row.exact()) {
                    continue;
                }
                answers[lead] = Some(row);
                for (at, &clause) in others.iter().enumerate() {
                    let of = &mut clauses[clause];
                    while of.rows.get(of.at).is_some_and(|there| there.doc < row.doc) {
                        of.at += 1;
                    }
                    let there = of.rows.get(of.at).copied().filter(|there| there.doc == row.doc);
                    let there = there.map(|there| of.row(self.matcher, there));
                    answers[clause] = there.filter(|there| !exactly || there.exact());
                    let Some(there) = &answers[clause] else { continue 'rows };
                    sum += of.score(there);
                    if !may(sum, at + 2, least) {
                        continue 'rows;
                    }
                }
                self.keep(row.doc, clauses, &answers, false, exactly);
                least = self.least(step);
            }
        }
    }

    /// Visits the articles that have some clauses; of short queries, those that do not have all.
    fn some(&mut self, clauses: &mut [Clause<'_, 'a>]) {
        for (most, window) in self.windows(clauses, false) {
            if most >= self.least(0) {
                self.window(clauses, window);
            }
        }
    }

    /// Adds up, clause by clause, what each article of a window comes to, as long as it may become a hit.
    fn window(&mut self, clauses: &mut [Clause<'_, 'a>], window: usize) {
        let mut here: Vec<(f64, usize)> = clauses.iter().map(|c| c.bounds[window]).zip(0..).collect();
        here.retain(|(bound, _)| *bound > 0.0);
        // What adds most first.
        sort_by(&mut here, |a, b| b.0.total_cmp(&a.0));
        let mut rest: f64 = here.iter().map(|(bound, _)| bound).sum();
        let least = self.least(0);
        let Some((start, end)) = clauses.first().map(|clause| clause.said.window(window)) else { return };
        let mut sums = std::mem::take(&mut self.sums);
        sums.clear();
        sums.resize((end - start) as usize, 0.0);
        // Once what is left makes no hit by itself, only those that may become one have a sum.
        let mut open = true;
        for &(bound, at) in &here {
            let clause = &mut clauses[at];
            rest -= bound;
            if clause.read(self.matcher, window) > 0.0 {
                for &brief in &clause.rows {
                    let sum = &mut sums[(brief.doc - start) as usize];
                    if open || *sum > 0.0 {
                        *sum += clause.score(&clause.row(self.matcher, brief));
                    }
                }
            }
            if rest * SLACK < least {
                open = false;
                let mut alive = false;
                for sum in sums.iter_mut().filter(|sum| **sum > 0.0) {
                    if (*sum + rest) * SLACK < least {
                        *sum = 0.0;
                    }
                    alive |= *sum > 0.0;
                }
                if !alive {
                    break;
                }
            }
        }
        let mut answers = Vec::new();
        for (doc, sum) in (start..end).zip(&sums) {
            if *sum > 0.0 && sum * SLACK >= self.least(0) {
                answers.clear();
                answers.extend(clauses.iter().map(|clause| {
                    let at = clause.rows.binary_search_by_key(&doc, |row| row.doc).ok()?;
                    clause.rows.get(at).map(|brief| clause.row(self.matcher, *brief))
                }));
                self.keep(doc, clauses, &answers, true, false);
            }
        }
        self.sums = sums;
    }

    /// Keeps an article, given what each clause says in it, if it is wanted: with all clauses or, where some will do, of
    /// a short query without some of them; with all of them exactly or not.
    fn keep(
        &mut self,
        doc: u32,
        clauses: &[Clause<'_, 'a>],
        answers: &[Option<Row>],
        some: bool,
        exactly: bool,
    ) {
        let (mut score, mut has, mut exact, mut strict, mut titles) = (0.0, 0, 0, 0, 0);
        let all = self.matcher.wanted.len();
        for (at, (answer, clause)) in answers.iter().zip(clauses).enumerate() {
            let wanted = self.matcher.wanted.get(at);
            // Of alternatives some may be there where all together are no answer.
            let alternatives = clause.planned.is_none();
            titles |= u8::from(alternatives || answer.is_some_and(|row| row.title)) << at.min(7);
            let Some(answer) = answer else { continue };
            score += clause.score(answer);
            has += 1;
            exact += usize::from(answer.exact());
            strict += usize::from(wanted.is_some_and(|wanted| wanted.strict));
        }
        let long = self.matcher.is_long();
        let complete = has == all;
        let other = !long && if some { complete } else { (exact == all) != exactly };
        if has == 0 || other || strict < self.matcher.strict() || !self.may(doc) {
            return;
        }
        let step = if long { 0 } else { u8::from(complete) + u8::from(exact == all) };
        self.total += 1;
        self.complete += u32::from(complete);
        let article = self.matcher.index.article(doc);
        self.best.push(Hit { article, score, complete, step, titles });
    }
}
