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

use super::plan::{Kind, Matcher, Planned, Source, Times, Tree, Wanted};
use super::rank::{Best, Found, Hit};
use crate::index::{self, Postings};
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
/// Articles of a window, at most, that are sought one by one where they may still become hits.
const FEW: usize = 8;

/// A term that answers a clause exactly, and how far it has been read.
struct Term<'m, 'a> {
    source: &'m Source<'a>,
    postings: Box<Postings<'a>>,
}

/// What a clause says in an article.
#[derive(Clone, Copy)]
struct Answer {
    article: u32,
    score: f64,
    kind: Kind,
    /// Whether it may stand in the title.
    title: bool,
}

/// A clause while articles are visited.
struct Clause<'m, 'a> {
    /// The single word, with its inverse document frequency.
    word: Option<(&'m Planned<'a>, f64)>,
    /// What it counts.
    weight: f64,
    terms: Vec<Term<'m, 'a>>,
    /// Which of the terms stand in the present window.
    live: Vec<usize>,
    /// What else answers, gathered, ascending; and how far it has been read.
    list: Vec<Answer>,
    at: usize,
    /// Terms that answer less well and are not gathered yet.
    later: &'m [Source<'a>],
    /// What it adds at most in each window; nothing where it has no article.
    bounds: Vec<f64>,
    /// What it says in the articles of a window, ascending, so far as it was asked.
    said: Vec<Answer>,
}

impl<'a> Matcher<'a> {
    /// The best `depth` articles among those `allowed`, as far as they can be among the best `limit` when closeness is
    /// added.
    pub(super) fn top(&self, allowed: &dyn Fn(u32) -> bool, limit: usize, depth: usize) -> Found {
        let mut clauses: Vec<Clause> = self.wanted.iter().map(|wanted| self.clause(wanted)).collect();
        let (best, shift) = (Best::new(depth), self.shift());
        let mut visit = Visit {
            matcher: self,
            allowed,
            best,
            shift,
            total: 0,
            complete: 0,
            sums: Vec::new(),
            rows: Vec::new(),
        };
        if limit == 0 || clauses.is_empty() {
            return Found::default();
        }
        if !self.is_long() {
            visit.together(&mut clauses, true);
        }
        // What answers less well comes behind what is there, however close the words.
        if self.is_long() || visit.best.len() < limit {
            clauses.iter_mut().for_each(|clause| clause.gather(self));
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
        for term in clauses.into_iter().flat_map(|clause| clause.terms) {
            term.source.put(term.postings);
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
            terms: Vec::new(),
            live: Vec::new(),
            list: Vec::new(),
            at: 0,
            later: &[],
            bounds: vec![0.0; (self.index.articles() >> shift) as usize + 1],
            said: Vec::new(),
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
                let term = |source: &'_ Source<'a>| source.take(self.index);
                let idf = self.idf(planned);
                clause.word = Some((planned, idf));
                clause.terms = exact.iter().map(|source| Term { source, postings: term(source) }).collect();
                clause.later = later;
                let mut own = Vec::new();
                for (at, term) in clause.terms.iter_mut().enumerate() {
                    if at == 0 {
                        self.index.spread(&mut term.postings, shift, &mut clause.bounds);
                        continue;
                    }
                    own.clear();
                    own.resize(clause.bounds.len(), 0.0);
                    self.index.spread(&mut term.postings, shift, &mut own);
                    clause.bounds.iter_mut().zip(&own).for_each(|(sum, own)| *sum += own);
                }
                clause.bounds.iter_mut().for_each(|sum| *sum = idf * sum.min(1.0) * wanted.weight);
                return clause;
            }
        }
        let answer =
            |(article, score, kind)| Answer { article, score: score * wanted.weight, kind, title: true };
        clause.fill(self.evaluate(&wanted.tree).into_iter().map(answer).collect(), shift);
        clause
    }
}

impl<'a> Clause<'_, 'a> {
    /// Goes, forward or back, to the first article not before `article` and gives it; where that is not before `end`,
    /// some such.
    fn seek(&mut self, article: u32, end: u32) -> u32 {
        self.at = self.list.partition_point(|answer| answer.article < article);
        let mut least = self.list.get(self.at).map_or(end, |answer| answer.article);
        self.live.clear();
        for (at, term) in self.terms.iter_mut().enumerate() {
            term.postings.seek(article);
            if term.postings.here() < end {
                least = least.min(term.postings.here());
                self.live.push(at);
            }
        }
        least
    }

    /// The same, forward only, after it has been sought with such an end.
    #[inline]
    fn pass(&mut self, article: u32) -> u32 {
        let mut least = index::NONE;
        for &at in &self.live {
            least = least.min(self.terms[at].postings.pass(article));
        }
        while let Some(answer) = self.list.get(self.at) {
            if answer.article >= article {
                return least.min(answer.article);
            }
            self.at += 1;
        }
        least
    }

    /// Takes what answers beside its terms.
    fn fill(&mut self, list: Vec<Answer>, shift: u32) {
        for answer in &list {
            if let Some(bound) = self.bounds.get_mut((answer.article >> shift) as usize) {
                *bound = bound.max(answer.score);
            }
        }
        self.list = list;
    }

    /// What it says in an article that everything has been sought to; `None` where it has no answer there.
    #[inline]
    fn answer(&mut self, matcher: &Matcher<'a>, article: u32) -> Option<Answer> {
        if let Some((planned, idf)) = self.word {
            let mut found: Option<Times> = None;
            for &at in &self.live {
                let Term { source, postings } = &mut self.terms[at];
                if postings.here() != article || !source.speaks(matcher.index, article) {
                    continue;
                }
                let (title, text) = source.weigh(postings.times(), planned.atom.title);
                if title > 0.0 || text > 0.0 {
                    let found =
                        found.get_or_insert(Times { article, title: 0.0, text: 0.0, kind: source.kind });
                    (found.title, found.text) = (found.title.max(title), found.text + text);
                }
            }
            if let Some(found) = found {
                let score = idf * matcher.impact(&found) * self.weight;
                return Some(Answer { article, score, kind: found.kind, title: found.title > 0.0 });
            }
        }
        self.list.get(self.at).copied().filter(|answer| answer.article == article)
    }

    /// What it says in every article from `start` up to `end`, in order; where there are `sums`, in those that have one;
    /// what its word adds may be left out where that is less than `least`. `rows` is room to work in.
    fn say(
        &mut self,
        matcher: &Matcher<'a>,
        (start, end): (u32, u32),
        sums: Option<&[f64]>,
        least: f64,
        rows: &mut Vec<Option<Times>>,
    ) {
        let counts = |article: u32| {
            sums.is_none_or(|sums| sums.get((article - start) as usize).is_some_and(|s| *s > 0.0))
        };
        self.said.clear();
        let mut next = self.seek(start, end);
        let listed = self.list.get(self.at).is_some_and(|answer| answer.article < end);
        let Some((planned, idf)) = self.word.filter(|_| !listed) else {
            while next < end {
                let answer = self.answer(matcher, next);
                self.said.extend(answer.filter(|_| counts(next)));
                next = self.pass(next + 1);
            }
            return;
        };
        let (weight, said, alone) = (self.weight, &mut self.said, self.live.len() == 1);
        // Most say too little, and need not be divided to know it.
        let enough = index::unsaturated(least / (idf * weight)) / SLACK;
        let mut say = |times: &Times| {
            let weighted = matcher.weighted(times);
            if weighted < enough {
                return;
            }
            let score = idf * index::saturated(weighted) * weight;
            said.push(Answer { article: times.article, score, kind: times.kind, title: times.title > 0.0 });
        };
        rows.resize(if alone { 0 } else { (end - start) as usize }, None);
        for &at in &self.live {
            let Term { source, postings } = &mut self.terms[at];
            while let Some((articles, codes)) = postings.run(end) {
                for (&article, &code) in articles.iter().zip(codes) {
                    let (title, text) = source.weigh(index::times_of(code), planned.atom.title);
                    if title + text == 0.0 || !counts(article) || !source.speaks(matcher.index, article) {
                        continue;
                    }
                    let times = Times { article, title, text, kind: source.kind };
                    match rows.get_mut((article - start) as usize) {
                        None => say(&times),
                        Some(Some(row)) => (row.title, row.text) = (row.title.max(title), row.text + text),
                        Some(row) => *row = Some(times),
                    }
                }
            }
        }
        rows.drain(..).flatten().for_each(|times| say(&times));
    }

    /// What it adds at most in a window.
    fn bound(&self, window: usize) -> f64 {
        self.bounds.get(window).copied().unwrap_or(0.0)
    }

    /// What it said of an article.
    fn said(&self, article: u32) -> Option<Answer> {
        let at = self.said.binary_search_by_key(&article, |answer| answer.article).ok()?;
        self.said.get(at).copied()
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
        planned.each_of(later, matcher.index, |times| {
            let score = idf * matcher.impact(&times) * self.weight;
            all.push(Answer { article: times.article, score, kind: times.kind, title: true });
        });
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
    /// Room to add up a window.
    sums: Vec<f64>,
    rows: Vec<Option<Times>>,
}

impl<'a> Visit<'_, 'a> {
    /// Whether an article may be a hit.
    fn may(&self, article: u32) -> bool {
        (self.allowed)(article)
            && !self.matcher.unwanted.iter().any(|tree| self.matcher.answers(tree, article))
    }

    /// The windows with the most that the clauses add there together: the few with most of all first, which say what is
    /// good enough, the others in order, so that postings are read
    /// on. Of those where every clause adds something, or any.
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
        let mut answers: Vec<Option<Answer>> = vec![None; clauses.len()];
        // What the clauses from one on in that order add at most in a window.
        let mut rest = vec![0.0; order.len() + 1];
        for (most, window) in self.windows(clauses, true) {
            let mut least = self.least(step);
            if most < least {
                continue;
            }
            for (at, &clause) in order.iter().enumerate().rev() {
                rest[at] = rest[at + 1] + clauses[clause].bound(window);
            }
            let (start, end) = self.articles(window);
            let may = |sum: f64, at: usize, least: f64| (sum + rest[at]) * SLACK >= least;
            let needed = least / SLACK - rest[1];
            clauses[lead].say(self.matcher, (start, end), None, needed, &mut self.rows);
            let said = std::mem::take(&mut clauses[lead].said);
            // Clauses that have been sought to this window, and where the one behind it goes on.
            let (mut sought, mut next) = (0, start);
            'articles: for answer in &said {
                let Answer { article, score: mut sum, .. } = *answer;
                if article < next || !may(sum, 1, least) || (exactly && answer.kind > Kind::Form) {
                    continue;
                }
                answers[lead] = Some(*answer);
                for (at, &clause) in others.iter().enumerate() {
                    let of = &mut clauses[clause];
                    let here = if at < sought { of.pass(article) } else { of.seek(article, end) };
                    sought = sought.max(at + 1);
                    if here > article {
                        next = here;
                        continue 'articles;
                    }
                    let answer = of.answer(self.matcher, article);
                    answers[clause] = answer.filter(|answer| !exactly || answer.kind <= Kind::Form);
                    let Some(answer) = answers[clause] else { continue 'articles };
                    sum += answer.score;
                    if !may(sum, at + 2, least) {
                        continue 'articles;
                    }
                }
                self.keep(article, &answers, false, exactly);
                least = self.least(step);
            }
            clauses[lead].said = said;
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
        let (start, end) = self.articles(window);
        let mut here: Vec<(f64, usize)> = clauses.iter().map(|c| c.bound(window)).zip(0..).collect();
        here.retain(|(bound, _)| *bound > 0.0);
        // What adds most first.
        sort_by(&mut here, |a, b| b.0.total_cmp(&a.0));
        clauses.iter_mut().for_each(|clause| clause.said.clear());
        let mut rest: f64 = here.iter().map(|(bound, _)| bound).sum();
        let least = self.least(0);
        let mut sums = std::mem::take(&mut self.sums);
        sums.clear();
        sums.resize((end - start) as usize, 0.0);
        // Those that may become hits, once what is left makes none by itself; the others have no sum from then on.
        let mut alive: Option<Vec<u32>> = None;
        for &(bound, at) in &here {
            let clause = &mut clauses[at];
            if alive.is_none() && rest * SLACK < least {
                let mut all = (start..end).collect();
                narrow(&mut all, &mut sums, start, |sum| (sum + rest) * SLACK >= least);
                alive = Some(all);
            }
            rest -= bound;
            let few = alive.as_ref().filter(|alive| alive.len() <= FEW);
            if let Some(alive) = few {
                clause.said.clear();
                let mut next = start;
                for &article in alive {
                    let here = if next == start { clause.seek(article, end) } else { clause.pass(article) };
                    next = article + 1;
                    let answer = clause.answer(self.matcher, article).filter(|_| here == article);
                    clause.said.extend(answer);
                }
            } else {
                let only = alive.is_some().then_some(sums.as_slice());
                clause.say(self.matcher, (start, end), only, 0.0, &mut self.rows);
            }
            clause.said.iter().for_each(|answer| sums[(answer.article - start) as usize] += answer.score);
            if let Some(alive) = &mut alive {
                narrow(alive, &mut sums, start, |sum| (sum + rest) * SLACK >= least);
                if alive.is_empty() {
                    break;
                }
            }
        }
        let mut answers = Vec::new();
        for article in alive.unwrap_or_else(|| (start..end).collect()) {
            let sum = sums[(article - start) as usize];
            if sum > 0.0 && sum * SLACK >= self.least(0) {
                answers.clear();
                answers.extend(clauses.iter().map(|clause| clause.said(article)));
                self.keep(article, &answers, true, false);
            }
        }
        self.sums = sums;
    }

    /// Keeps an article, given what each clause says in it, if it is wanted: with all clauses or, where some will do, of
    /// a short query without some of them; with all of them exactly or not.
    fn keep(&mut self, article: u32, answers: &[Option<Answer>], some: bool, exactly: bool) {
        let (mut score, mut has, mut exact, mut strict, mut titles) = (0.0, 0, 0, 0, 0);
        let all = self.matcher.wanted.len();
        for (at, answer) in answers.iter().enumerate() {
            let wanted = self.matcher.wanted.get(at);
            // Of alternatives some may be there where all together are no answer.
            let alternatives = wanted.is_some_and(|wanted| !matches!(wanted.tree, Tree::Atom(_)));
            titles |= u8::from(alternatives || answer.is_some_and(|answer| answer.title)) << at.min(7);
            let Some(answer) = answer else { continue };
            score += answer.score;
            if let Some(wanted) = wanted {
                has += 1;
                exact += usize::from(answer.kind <= Kind::Form);
                strict += usize::from(wanted.strict);
            }
        }
        let long = self.matcher.is_long();
        let complete = has == all;
        let other = !long && if some { complete } else { (exact == all) != exactly };
        if has == 0 || other || strict < self.matcher.strict() || !self.may(article) {
            return;
        }
        let step = if long { 0 } else { u8::from(complete) + u8::from(exact == all) };
        self.total += 1;
        self.complete += u32::from(complete);
        self.best.push(Hit { article, score, complete, step, titles });
    }
}

/// Leaves the articles, of a window that begins with `start`, whose sum will do, and takes the others' sums away.
fn narrow(alive: &mut Vec<u32>, sums: &mut [f64], start: u32, will_do: impl Fn(f64) -> bool) {
    alive.retain(|&article| {
        let sum = &mut sums[(article - start) as usize];
        let alive = *sum > 0.0 && will_do(*sum);
        *sum = if alive { *sum } else { 0.0 };
        alive
    });
}
