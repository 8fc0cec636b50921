//! The top: the best articles, found without scoring every article that answers.
//!
//! Articles are visited in order, all clauses side by side. Of a short query those with all words exactly come first,
//! so they are looked for first; only where they are too few also those with completions and near spellings, and only
//! then those with some of the words. There, clauses that together can no longer lift an article among the best are
//! only looked up (MaxScore: Turtle and Flood 1995), and where the blocks of postings are known to hold nothing good
//! enough they are not read (block-max: Ding and Suel 2011).
//!
//! Invariant: exactly what scoring every article gives, to the last bit (tested). Not here: what a word weighs.

use super::plan::{Kind, Matcher, Planned, Source, Sums, Times, Tree, Wanted};
use super::rank::{Best, Found, Hit};
use crate::index::Postings;
use crate::text::sort::{sort_by, sort_by_key};

/// Terms of one word that are read side by side; where there are more, all articles are gathered first.
const TERMS: usize = 12;
/// Sums of bounds are raised by this, so that the order of adding does not matter.
const SLACK: f64 = 1.0 + 1e-9;

/// A term that answers a clause exactly, and how far it has been read.
struct Term<'m, 'a> {
    source: &'m Source<'a>,
    postings: Box<Postings<'a>>,
}

/// A clause while articles are visited.
struct Clause<'m, 'a> {
    /// The single word, with its inverse document frequency.
    word: Option<(&'m Planned<'a>, f64)>,
    /// What it counts.
    weight: f64,
    strict: bool,
    terms: Vec<Term<'m, 'a>>,
    /// What else answers, gathered: article, score, kind; ascending; and how far it has been read.
    list: Vec<(u32, f64, Kind)>,
    at: usize,
    /// Terms that answer less well and are not gathered yet.
    later: &'m [Source<'a>],
}

impl<'a> Matcher<'a> {
    /// The best `limit` articles among those `allowed`.
    pub(super) fn top(&self, allowed: &dyn Fn(u32) -> bool, limit: usize) -> Found {
        let mut clauses: Vec<Clause> =
            self.wanted.iter().chain(&self.soft).map(|wanted| self.clause(wanted)).collect();
        let mut visit = Visit { matcher: self, allowed, best: Best::new(limit), total: 0, complete: 0 };
        if limit == 0 || clauses.is_empty() {
            return Found::default();
        }
        if !self.is_long() {
            visit.together(&mut clauses, true);
        }
        if self.is_long() || !visit.best.is_full() {
            clauses.iter_mut().for_each(|clause| clause.gather(self));
            if !self.is_long() {
                visit.together(&mut clauses, false);
            }
            if self.is_long() || (!visit.best.is_full() && clauses.len() > 1) {
                visit.some(&mut clauses);
            }
        }
        Found { hits: visit.best.finish(), total: visit.total, complete: visit.complete, hints: Vec::new() }
    }

    fn clause(&self, wanted: &Wanted) -> Clause<'_, 'a> {
        let mut clause = Clause {
            word: None,
            weight: wanted.weight,
            strict: wanted.strict,
            terms: Vec::new(),
            list: Vec::new(),
            at: 0,
            later: &[],
        };
        let planned = match &wanted.tree {
            Tree::Atom(atom) => self.atoms.get(*atom),
            _ => None,
        };
        if let Some(planned) = planned
            && let [slot] = planned.slots.as_slice()
        {
            let exact = slot.partition_point(|source| source.kind <= Kind::Form);
            if let Some((exact, later)) = slot.split_at_checked(exact).filter(|_| exact <= TERMS) {
                let term = |source| Term { source, postings: Box::new(self.index.postings(&source.entry)) };
                clause.word = Some((planned, self.idf(planned)));
                clause.terms = exact.iter().map(term).collect();
                clause.later = later;
                return clause;
            }
        }
        clause.list = self.evaluate(&wanted.tree);
        clause
    }
}

impl<'a> Clause<'_, 'a> {
    /// The first article that is not visited yet; where only exact answers count, about: one of the list may be none.
    fn article(&self) -> Option<u32> {
        let terms = self.terms.iter().filter_map(|term| term.postings.article());
        terms.chain(self.list.get(self.at).map(|&(article, ..)| article)).min()
    }

    /// Passes over everything before `article`.
    fn seek(&mut self, article: u32) {
        for term in &mut self.terms {
            if term.postings.article().is_some_and(|at| at < article) {
                term.postings.seek(article);
            }
        }
        let behind = self.list.get(self.at..).unwrap_or_default();
        if behind.first().is_some_and(|&(at, ..)| at < article) {
            self.at += behind.partition_point(|&(at, ..)| at < article);
        }
    }

    /// Back to the start.
    fn rewind(&mut self) {
        self.at = 0;
        self.terms.iter_mut().for_each(|term| term.postings.seek(0));
    }

    /// Score and kind in an article that everything has been sought to; `None` where the clause has no answer there.
    fn score(&self, matcher: &Matcher<'a>, article: u32) -> Option<(f64, Kind)> {
        if let Some((planned, idf)) = self.word {
            let mut times: Option<Times> = None;
            for Term { source, postings } in &self.terms {
                if postings.article() != Some(article) || !source.speaks(matcher.index, article) {
                    continue;
                }
                let (title, text) = postings.times();
                let weight = source.weight;
                let title = if title { weight } else { 0.0 };
                let text = if planned.atom.title { 0.0 } else { f64::from(text) * weight };
                if title > 0.0 || text > 0.0 {
                    let times =
                        times.get_or_insert(Times { article, title: 0.0, text: 0.0, kind: source.kind });
                    (times.title, times.text) = (times.title.max(title), times.text + text);
                }
            }
            if let Some(times) = times {
                return Some((idf * matcher.impact(&times) * self.weight, times.kind));
            }
        }
        let &(at, score, kind) = self.list.get(self.at)?;
        (at == article).then_some((score * self.weight, kind))
    }

    /// What it adds at most, in any article.
    fn most(&self) -> f64 {
        let list = self.list.iter().map(|&(_, score, _)| score).fold(0.0, f64::max);
        let terms: f64 = self.terms.iter().map(|term| term.postings.most()).sum();
        (self.word.map_or(0.0, |(_, idf)| idf * terms.min(1.0)).max(list)) * self.weight
    }

    /// What it adds at most to an article, and the last article for which this is sure.
    fn bound(&self, article: u32) -> (f64, u32) {
        let (mut terms, mut last) = (0.0, u32::MAX);
        for term in &self.terms {
            let (bound, until) = term.postings.bound(article);
            (terms, last) = (terms + bound, last.min(until));
        }
        let mut most = self.word.map_or(0.0, |(_, idf)| idf * f64::min(terms, 1.0));
        let behind = self.list.get(self.at..).unwrap_or_default();
        match behind.get(behind.partition_point(|&(at, ..)| at < article)) {
            Some(&(at, score, _)) if at == article => {
                most = most.max(score);
                last = article;
            }
            Some(&(at, ..)) => last = last.min(at - 1),
            None => {}
        }
        (most * self.weight, last)
    }

    /// Articles, about.
    fn size(&self) -> u64 {
        self.terms.iter().map(|term| u64::from(term.source.entry.weight)).sum::<u64>()
            + self.list.len() as u64
    }

    /// Gathers what answers less well.
    fn gather(&mut self, matcher: &Matcher<'a>) {
        let later = std::mem::take(&mut self.later);
        let Some((planned, idf)) = self.word.filter(|_| !later.is_empty()) else { return };
        let mut all = Vec::new();
        planned.each_of(later, matcher.index, &mut Sums::new(matcher.index.articles()), |times| {
            all.push((times.article, idf * matcher.impact(&times), times.kind));
        });
        sort_by_key(&mut all, |&(article, ..)| article);
        self.list = all;
    }
}

/// Articles being visited.
struct Visit<'m, 'a> {
    matcher: &'m Matcher<'a>,
    allowed: &'m dyn Fn(u32) -> bool,
    best: Best,
    total: u32,
    complete: u32,
}

impl<'a> Visit<'_, 'a> {
    /// Whether an article may be a hit.
    fn may(&self, article: u32) -> bool {
        (self.allowed)(article)
            && !self.matcher.unwanted.iter().any(|tree| self.matcher.answers(tree, article))
    }

    /// Visits the articles that have every clause: all of them exactly, or not.
    fn together(&mut self, clauses: &mut [Clause<'_, 'a>], exactly: bool) {
        clauses.iter_mut().for_each(Clause::rewind);
        let mut order: Vec<usize> = (0..clauses.len()).collect();
        // The rarest leads.
        sort_by_key(&mut order, |&at| clauses.get(at).map(Clause::size));
        let step = if exactly { 2 } else { 1 };
        let mut next = 0;
        // The last article up to which the blocks may hold something good enough.
        let mut promising = None;
        'articles: loop {
            if let Some((least, score)) = self.best.least()
                && promising < Some(next)
            {
                let (mut most, mut last) = (0.0, u32::MAX);
                for clause in clauses.iter() {
                    let (bound, until) = clause.bound(next);
                    (most, last) = (most + bound, last.min(until));
                }
                if step < least || (step == least && most * SLACK < score) {
                    let Some(after) = last.checked_add(1) else { return };
                    next = after;
                    continue;
                }
                promising = Some(last);
            }
            for &at in &order {
                let Some(clause) = clauses.get_mut(at) else { return };
                clause.seek(next);
                let Some(article) = clause.article() else { return };
                if article > next {
                    next = article;
                    continue 'articles;
                }
            }
            self.visit(clauses, next, |kinds, all| kinds.0 == all && (kinds.1 == all) == exactly);
            next += 1;
        }
    }

    /// Visits the articles that have some clauses; of short queries, those that do not have all.
    fn some(&mut self, clauses: &mut [Clause<'_, 'a>]) {
        clauses.iter_mut().for_each(Clause::rewind);
        let mut order: Vec<(usize, f64)> = clauses.iter().map(Clause::most).enumerate().collect();
        sort_by(&mut order, |a, b| a.1.total_cmp(&b.1));
        let long = self.matcher.is_long();
        // The clauses of `order` before this one cannot make a hit by themselves.
        let mut leading = 0;
        let mut without = 0.0;
        let mut next = 0;
        loop {
            let least = self.best.least().filter(|(step, _)| *step == 0).map(|(_, score)| score);
            while let (Some(least), Some((_, most))) = (least, order.get(leading)) {
                if (without + most) * SLACK >= least {
                    break;
                }
                without += most;
                leading += 1;
            }
            let mut article = u32::MAX;
            for &(at, _) in order.get(leading..).unwrap_or_default() {
                let Some(clause) = clauses.get_mut(at) else { return };
                clause.seek(next);
                article = article.min(clause.article().unwrap_or(u32::MAX));
            }
            if article == u32::MAX {
                return;
            }
            if let Some(least) = least {
                let mut most = without;
                for &(at, _) in order.get(leading..).unwrap_or_default() {
                    most += clauses.get(at).map_or(0.0, |clause| clause.bound(article).0);
                }
                // What leads says whether the rest is worth a look at its blocks.
                if most * SLACK >= least {
                    for &(at, whole) in order.get(..leading).unwrap_or_default() {
                        most += clauses.get(at).map_or(0.0, |clause| clause.bound(article).0) - whole;
                    }
                }
                if most * SLACK < least {
                    next = article + 1;
                    continue;
                }
            }
            for &(at, _) in order.get(..leading).unwrap_or_default() {
                if let Some(clause) = clauses.get_mut(at) {
                    clause.seek(article);
                }
            }
            self.visit(clauses, article, |kinds, all| long || kinds.0 < all);
            next = article + 1;
        }
    }

    /// Scores an article and keeps it if it is wanted: by how many clauses it has, and how many exactly.
    fn visit(
        &mut self,
        clauses: &[Clause<'_, 'a>],
        article: u32,
        wanted: impl Fn((usize, usize), usize) -> bool,
    ) {
        let (mut score, mut has, mut exactly, mut strict) = (0.0, 0, 0, 0);
        let all = self.matcher.wanted.len();
        for (at, clause) in clauses.iter().enumerate() {
            if at >= all && has == 0 {
                return;
            }
            if let Some((adds, kind)) = clause.score(self.matcher, article) {
                score += adds;
                if at >= all {
                    continue;
                }
                has += 1;
                exactly += usize::from(kind <= Kind::Form);
                strict += usize::from(clause.strict);
            }
        }
        if has == 0 || strict < self.matcher.strict() || !wanted((has, exactly), all) || !self.may(article) {
            return;
        }
        let complete = has == all;
        let long = self.matcher.is_long();
        let step = if long { 0 } else { u8::from(complete) + u8::from(exactly == all) };
        self.total += 1;
        self.complete += u32::from(complete);
        self.best.push(Hit { article, score, complete, step });
    }
}
