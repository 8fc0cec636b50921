//! The top: the best articles, found without scoring every article that answers.
//!
//! The corpus is cut into windows of neighbouring articles. What each clause adds at most is known for every window
//! from the bounds of the blocks of postings (block-max: Ding and Suel 2011), so the most promising windows are visited
//! first, all clauses side by side, until no window left can hold anything good enough. Of a short query those with
//! all words exactly come first, so they are looked for first; only where they are too few also those with completions
//! and near spellings, and only then those with some of the words. There, clauses that together can no longer lift an
//! article among the best are only looked up (MaxScore: Turtle and Flood 1995).
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
/// Windows at most, and the fewest articles of one, as a power of two.
const WINDOWS: u32 = 128;
const NARROW: u32 = 5;
/// Windows that are visited before the others.
const FIRST: usize = 6;

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
    /// What it adds at most in each window; nothing where it has no article.
    bounds: Vec<f64>,
}

impl<'a> Matcher<'a> {
    /// The best `limit` articles among those `allowed`.
    pub(super) fn top(&self, allowed: &dyn Fn(u32) -> bool, limit: usize) -> Found {
        let mut clauses: Vec<Clause> =
            self.wanted.iter().chain(&self.soft).map(|wanted| self.clause(wanted)).collect();
        let (best, shift) = (Best::new(limit), self.shift());
        let mut visit = Visit { matcher: self, allowed, best, shift, total: 0, complete: 0 };
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

    /// How many articles are a window, as a power of two.
    fn shift(&self) -> u32 {
        (NARROW..32).find(|shift| self.index.articles() >> shift < WINDOWS).unwrap_or(NARROW)
    }

    fn clause(&self, wanted: &Wanted) -> Clause<'_, 'a> {
        let shift = self.shift();
        let mut clause = Clause {
            word: None,
            weight: wanted.weight,
            strict: wanted.strict,
            terms: Vec::new(),
            list: Vec::new(),
            at: 0,
            later: &[],
            bounds: vec![0.0; (self.index.articles() >> shift) as usize + 1],
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
                let idf = self.idf(planned);
                clause.word = Some((planned, idf));
                clause.terms = exact.iter().map(term).collect();
                clause.later = later;
                let mut own = clause.bounds.clone();
                for term in &clause.terms {
                    own.fill(0.0);
                    self.index.spread(&term.postings, shift, &mut own);
                    clause.bounds.iter_mut().zip(&own).for_each(|(sum, own)| *sum += own);
                }
                clause.bounds.iter_mut().for_each(|sum| *sum = idf * sum.min(1.0) * wanted.weight);
                return clause;
            }
        }
        clause.fill(self.evaluate(&wanted.tree), shift);
        clause
    }
}

impl<'a> Clause<'_, 'a> {
    /// The first article that is not visited yet; where only exact answers count, about: one of the list may be none.
    fn article(&self) -> Option<u32> {
        let terms = self.terms.iter().filter_map(|term| term.postings.article());
        terms.chain(self.list.get(self.at).map(|&(article, ..)| article)).min()
    }

    /// Goes to the first article not before `article`, forward or back.
    fn seek(&mut self, article: u32) {
        self.terms.iter_mut().for_each(|term| term.postings.seek(article));
        self.at = self.list.partition_point(|&(at, ..)| at < article);
    }

    /// Passes over everything before `article`.
    fn pass(&mut self, article: u32) {
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

    /// Takes what answers beside its terms.
    fn fill(&mut self, list: Vec<(u32, f64, Kind)>, shift: u32) {
        for &(article, score, _) in &list {
            if let Some(bound) = self.bounds.get_mut((article >> shift) as usize) {
                *bound = bound.max(score * self.weight);
            }
        }
        self.list = list;
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

    /// What it adds at most in a window.
    fn bound(&self, window: usize) -> f64 {
        self.bounds.get(window).copied().unwrap_or(0.0)
    }

    /// Adds to the sum of each article from `start` on what the clause adds at most; `only` where there is some already.
    fn add(&mut self, matcher: &Matcher<'a>, start: u32, sums: &mut [f64], only: bool) {
        let end = start + sums.len() as u32;
        let weight = self.weight;
        let mut add = |article: u32, adds: f64| match sums.get_mut((article - start) as usize) {
            Some(sum) if *sum > 0.0 || !only => *sum += adds * weight,
            _ => {}
        };
        if let Some((_, idf)) = self.word {
            for term in &mut self.terms {
                term.postings.seek(start);
                while let Some(article) = term.postings.article().filter(|&article| article < end) {
                    // Of several terms in one article each counts as if it were alone, which is not less.
                    add(article, idf * matcher.index.impact(article, term.postings.times()));
                    term.postings.advance();
                }
            }
        }
        let at = self.list.partition_point(|&(at, ..)| at < start);
        let list = self.list.get(at..).unwrap_or_default();
        list.iter().take_while(|(at, ..)| *at < end).for_each(|&(at, score, _)| add(at, score));
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
        planned.each_of(later, matcher.index, &mut Sums::new(), |times| {
            all.push((times.article, idf * matcher.impact(&times), times.kind));
        });
        sort_by_key(&mut all, |&(article, ..)| article);
        self.fill(all, matcher.shift());
    }
}

/// Articles being visited.
struct Visit<'m, 'a> {
    matcher: &'m Matcher<'a>,
    allowed: &'m dyn Fn(u32) -> bool,
    best: Best,
    shift: u32,
    total: u32,
    complete: u32,
}

impl<'a> Visit<'_, 'a> {
    /// Whether an article may be a hit.
    fn may(&self, article: u32) -> bool {
        (self.allowed)(article)
            && !self.matcher.unwanted.iter().any(|tree| self.matcher.answers(tree, article))
    }

    /// The windows with the most that the clauses add there together: the few with most of all first, which say what is
    /// good enough, the others in order, so that postings are read on. Of those where every clause adds something, or any.
    fn windows(&self, clauses: &[Clause<'_, 'a>], every: bool) -> Vec<(f64, usize)> {
        let count = clauses.first().map_or(0, |clause| clause.bounds.len());
        let most = |window: usize| {
            let bounds = clauses.iter().map(|clause| clause.bound(window));
            if every && bounds.clone().any(|bound| bound == 0.0) { 0.0 } else { bounds.sum() }
        };
        let mut windows: Vec<(f64, usize)> = (0..count).map(|at| (most(at) * SLACK, at)).collect();
        windows.retain(|(most, _)| *most > 0.0);
        for first in 0..FIRST.min(windows.len()) {
            let rest = windows.get_mut(first..).unwrap_or_default();
            let most = (0..rest.len()).max_by(|&a, &b| rest[a].0.total_cmp(&rest[b].0));
            rest[..=most.unwrap_or(0)].rotate_right(1);
        }
        windows
    }

    /// The first article of a window, and of the next.
    fn articles(&self, window: usize) -> (u32, u32) {
        let start = (window as u32) << self.shift;
        (start, start + (1 << self.shift))
    }

    /// Visits the articles that have every clause: all of them exactly, or not.
    fn together(&mut self, clauses: &mut [Clause<'_, 'a>], exactly: bool) {
        let mut order: Vec<usize> = (0..clauses.len()).collect();
        // The rarest leads.
        sort_by_key(&mut order, |&at| clauses.get(at).map(Clause::size));
        let step = if exactly { 2 } else { 1 };
        for (most, window) in self.windows(clauses, true) {
            if self.best.least().is_some_and(|(least, score)| (step, most) < (least, score)) {
                continue;
            }
            let (mut next, end) = self.articles(window);
            clauses.iter_mut().for_each(|clause| clause.seek(next));
            'articles: while next < end {
                for &at in &order {
                    let Some(clause) = clauses.get_mut(at) else { return };
                    clause.pass(next);
                    match clause.article() {
                        Some(article) if article > next => {
                            next = article;
                            continue 'articles;
                        }
                        Some(_) => {}
                        None => break 'articles,
                    }
                }
                self.visit(clauses, next, |kinds, all| kinds.0 == all && (kinds.1 == all) == exactly);
                next += 1;
            }
        }
    }

    /// What a score must reach where not all clauses are there.
    fn least(&self) -> f64 {
        self.best.least().filter(|(step, _)| *step == 0).map_or(0.0, |(_, score)| score)
    }

    /// Visits the articles that have some clauses; of short queries, those that do not have all.
    fn some(&mut self, clauses: &mut [Clause<'_, 'a>]) {
        for (most, window) in self.windows(clauses, false) {
            if most >= self.least() {
                self.window(clauses, window);
            }
        }
    }

    /// Adds up, clause by clause, what each article of a window comes to at most, and visits those that may be hits.
    fn window(&mut self, clauses: &mut [Clause<'_, 'a>], window: usize) {
        let (wanted, long) = (self.matcher.wanted.len(), self.matcher.is_long());
        let (start, end) = self.articles(window);
        let mut here: Vec<(f64, usize)> = clauses.iter().map(|c| c.bound(window)).zip(0..).collect();
        here.retain(|(bound, _)| *bound > 0.0);
        // What was asked for first, for only that finds; then what adds most.
        sort_by(&mut here, |a, b| (a.1 >= wanted).cmp(&(b.1 >= wanted)).then(b.0.total_cmp(&a.0)));
        let mut rest: f64 = here.iter().map(|(bound, _)| bound).sum();
        let least = self.least();
        let mut sums = vec![0.0; (end - start) as usize];
        for &(bound, at) in &here {
            // From here on what is left makes no hit by itself.
            let only = at >= wanted || rest * SLACK < least;
            if only && !sums.iter().any(|&sum| sum > 0.0 && (sum + rest) * SLACK >= least) {
                return;
            }
            clauses[at].add(self.matcher, start, &mut sums, only);
            rest -= bound;
        }
        for (article, sum) in (start..end).zip(sums) {
            if sum > 0.0 && sum * SLACK >= self.least() {
                here.iter().for_each(|&(_, at)| clauses[at].seek(article));
                self.visit(clauses, article, |kinds, all| long || kinds.0 < all);
            }
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
