//! The plan: a query laid out over an index, each atom with the terms that answer it and where they stand.
//!
//! A word is answered literally and, less well, by its forms; a word that is still being typed also by what
//! begins with it; a word that so finds nothing by its near spellings. In one article the better kind counts
//! alone.
//!
//! Invariant: what answers a word is a function of the word and the index, so it can be kept (`kept`). Not here: what a word
//! says in all articles (`said`), scores (`rank`), spans (`marks`).

use super::kept::Kept;
use super::said::Said;
use super::spelling;
use crate::index::{self, Found, Index, List, Postings, Sentences};
use crate::query::{Atom, AtomKind, Clause, Hint, Node, Query};
use crate::text::sort::{sort, sort_by};
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

/// Fewest letters that are completed.
const COMPLETE_LETTERS: usize = 2;
/// Completions taken at most, the commonest: more say nothing about what will be typed.
pub(super) const COMPLETIONS: usize = 48;

/// In place of how many articles have a phrase.
const UNKNOWN: u32 = u32::MAX;

/// Saturation of a word said several times in the query: 0 counts it once, a large value every time; 7 as at TREC.
const K3: f64 = 7.0;

/// What a clause counts that was said so often.
fn said(times: f64) -> f64 {
    (K3 + 1.0) * times / (K3 + times)
}

/// How a word of an article answers a word of the query, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is the word.
    Literal,
    /// It is another form of the word.
    Form,
    /// It is another name of what the words name.
    Also,
    /// It begins with the word that is being typed.
    Completion,
    /// It is spelt almost like it.
    Typo,
}

impl Kind {
    /// What one occurrence counts beside a literal one.
    pub(super) fn weight(self) -> f64 {
        match self {
            Kind::Literal => 1.0,
            Kind::Form => 0.85,
            Kind::Also => 0.5,
            Kind::Completion => 0.5,
            Kind::Typo => 0.5,
        }
    }

    /// Literal words and forms stand in one article beside each other; the others step back behind them.
    fn tier(self) -> u8 {
        match self {
            Kind::Literal | Kind::Form | Kind::Also => 0,
            Kind::Completion => 1,
            Kind::Typo => 2,
        }
    }
}

/// A term that answers a word.
pub(super) struct Source<'a> {
    pub kind: Kind,
    /// What one occurrence counts beside a literal one.
    pub weight: f64,
    pub key: Rc<str>,
    /// Where it stands: of a term in several segments there are as many sources, one behind the other.
    pub list: List,
    /// In the articles of which languages, a bit each.
    languages: u64,
    postings: RefCell<Option<Box<Postings<'a>>>>,
}

/// An atom in an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub doc: u32,
    /// Weighted times in the title.
    pub title: f64,
    /// Weighted times in the text.
    pub text: f64,
    /// The best kind.
    pub kind: Kind,
}

/// An atom with what answers it.
pub(super) struct Planned<'a> {
    pub atom: Atom,
    /// Per word of the atom, the terms that answer it, in the order of their tiers.
    pub slots: Vec<Vec<Source<'a>>>,
    /// Articles that have it, about: exactly where nothing but literal words and forms answer; of a phrase once they have
    /// been found.
    pub about: Cell<u32>,
    /// What it is kept by; empty where it is not.
    pub key: String,
    /// What all that answers it says, where that is too much to be kept longer.
    pub said: RefCell<Option<Box<Said>>>,
    times: OnceCell<Vec<Times>>,
}

/// The query's tree over the planned atoms.
pub(super) enum Tree {
    Atom(usize),
    Any(Vec<Tree>),
    All { wanted: Vec<Tree>, unwanted: Vec<Tree> },
}

/// A wanted clause.
pub(super) struct Wanted {
    pub tree: Tree,
    /// Whether a short query insists on it: it was put in quotes, or under a field.
    pub strict: bool,
    /// What it counts: 1 for a word that was said once.
    pub weight: f64,
}

/// A query laid out over an index.
pub struct Matcher<'a> {
    pub(super) index: &'a Index,
    pub(super) kept: &'a Kept,
    pub(super) atoms: Vec<Planned<'a>>,
    pub(super) wanted: Vec<Wanted>,
    pub(super) unwanted: Vec<Tree>,
    /// What the best articles have in common (see `feedback`): it adds to scores and finds nothing.
    pub(super) soft: Vec<Wanted>,
    /// The articles to whose scores it adds.
    pub(super) lifted: Vec<u32>,
    hints: Vec<Hint>,
}

impl<'a> Matcher<'a> {
    /// Lays `query` out over `index`; `kept` is of this index alone.
    pub fn new(index: &'a Index, kept: &'a Kept, query: &Query) -> Matcher<'a> {
        let mut matcher = Matcher {
            index,
            kept,
            atoms: Vec::new(),
            wanted: Vec::new(),
            unwanted: Vec::new(),
            soft: Vec::new(),
            lifted: Vec::new(),
            hints: query.hints.clone(),
        };
        let light =
            |clause: &&Clause| matches!(&clause.node, Node::Atom(atom) if atom.kind == AtomKind::Light);
        for clause in query.clauses.iter().filter(|clause| !light(clause)) {
            let tree = matcher.tree(&clause.node, clause.negated);
            if clause.negated {
                matcher.unwanted.push(tree);
                continue;
            }
            let strict =
                matches!(&clause.node, Node::Atom(atom) if atom.kind == AtomKind::Phrase || atom.title);
            matcher.wanted.push(Wanted { tree, strict, weight: said(f64::from(clause.times)) });
        }
        matcher.look_again();
        matcher
    }

    /// The word that is being typed, where more words begin so than are looked for.
    pub(super) fn cut_short(&self) -> Option<&str> {
        // A term of several segments stands there several times, one behind the other.
        let completions = |slot: &Vec<Source>| {
            let terms = slot.chunk_by(|a, b| a.key == b.key);
            terms.filter(|terms| terms[0].kind == Kind::Completion).count()
        };
        let full = |planned: &&Planned| planned.slots.last().map(completions) == Some(COMPLETIONS);
        self.atoms.iter().find(full)?.atom.words.last().map(String::as_str)
    }

    /// What was odd in the query.
    pub fn hints(&self) -> &[Hint] {
        &self.hints
    }

    /// The words and phrases looked for, as typed, with the articles that have each.
    pub fn words(&self) -> Vec<(String, u32)> {
        let mut words = Vec::new();
        for wanted in &self.wanted {
            wanted.tree.atoms(&mut |atom| {
                if let Some(planned) = self.atoms.get(atom).filter(|planned| planned.atom.also == 0) {
                    words.push((planned.atom.typed.clone(), planned.times(self.index).len() as u32));
                }
            });
        }
        words
    }

    fn tree(&mut self, node: &Node, negated: bool) -> Tree {
        match node {
            Node::Atom(atom) => {
                let planned = self.plan(atom, negated);
                self.atoms.push(planned);
                Tree::Atom(self.atoms.len() - 1)
            }
            Node::Any(nodes) => Tree::Any(nodes.iter().map(|node| self.tree(node, negated)).collect()),
            Node::All(clauses) => {
                let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
                for Clause { node, negated: inner, .. } in clauses {
                    let tree = self.tree(node, negated != *inner);
                    if *inner { unwanted.push(tree) } else { wanted.push(tree) }
                }
                Tree::All { wanted, unwanted }
            }
        }
    }
}

impl Tree {
    /// Visits the wanted atoms.
    pub(super) fn atoms(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Tree::Atom(atom) => visit(*atom),
            Tree::Any(trees) => trees.iter().for_each(|tree| tree.atoms(visit)),
            Tree::All { wanted, .. } => wanted.iter().for_each(|tree| tree.atoms(visit)),
        }
    }
}

impl<'a> Matcher<'a> {
    /// What answers an atom. An unwanted word is taken as it stands: a form or a slip must not hide articles.
    pub(super) fn plan(&self, atom: &Atom, negated: bool) -> Planned<'a> {
        let key = if negated || atom.also > 0 { String::new() } else { key(atom) };
        let (slots, about) = match atom.words.as_slice() {
            [word] => {
                let (slot, about) =
                    self.kept.plan(&key, || slot(self.index, atom, word, atom.completing, negated));
                (vec![slot], about)
            }
            words => {
                let slot = |(at, word): (usize, &String)| {
                    let completing = atom.completing && at + 1 == words.len();
                    slot(self.index, atom, word, completing, negated).0
                };
                (words.iter().enumerate().map(slot).collect(), UNKNOWN)
            }
        };
        let about = Cell::new(about);
        Planned { atom: atom.clone(), slots, about, key, said: RefCell::default(), times: OnceCell::new() }
    }
}

/// What an atom is kept by.
fn key(atom: &Atom) -> String {
    let mut key = atom.words.join(" ");
    key.push(' ');
    key.push((b'0' + atom.kind as u8) as char);
    key.push(if atom.completing { '+' } else { ' ' });
    key.push(if atom.title { '+' } else { ' ' });
    key
}

/// The terms that answer a word of an atom, in the order of their tiers, and about how many articles have it.
fn slot<'a>(
    index: &Index,
    atom: &Atom,
    word: &str,
    completing: bool,
    negated: bool,
) -> (Vec<Source<'a>>, u32) {
    let (mut sources, having) = match atom.kind {
        AtomKind::Word | AtomKind::Light if !negated => {
            word_sources(index, word, completing, atom.kind == AtomKind::Word)
        }
        AtomKind::Prefix => {
            let mut sources = Vec::new();
            for found in &index.prefix(word) {
                Source::add(&mut sources, Kind::Literal, 1.0, found);
            }
            summed(sources)
        }
        _ => {
            let mut sources = literal(index, word);
            if completing {
                complete(index, word, &mut sources);
            }
            summed(sources)
        }
    };
    if atom.also > 0 {
        for source in &mut sources {
            source.kind = Kind::Also;
            source.weight = Kind::Also.weight() / f64::from(atom.also);
        }
    }
    (sources, having.min(index.articles()))
}

/// Sources with the sum of their articles.
fn summed(sources: Vec<Source>) -> (Vec<Source>, u32) {
    let sum = sources.iter().fold(0u32, |sum, source| sum.saturating_add(source.list.articles()));
    (sources, sum)
}

fn literal<'a>(index: &Index, word: &str) -> Vec<Source<'a>> {
    let mut sources = Vec::new();
    if let Some(term) = index.term(word) {
        Source::add(&mut sources, Kind::Literal, 1.0, &Found::of(word.to_owned(), term));
    }
    sources
}

/// The terms that answer a word, and how many articles have it in one form or another; `misspelt`, if it may be so.
fn word_sources<'a>(index: &Index, word: &str, completing: bool, misspelt: bool) -> (Vec<Source<'a>>, u32) {
    let mut sources = literal(index, word);
    let (forms, mut having) = index.forms(word);
    for mut found in forms {
        if found.languages == index.languages() {
            found.languages = u64::MAX;
        }
        Source::add(&mut sources, Kind::Form, 1.0, &found);
    }
    let letters = word.chars().count();
    if completing && letters >= COMPLETE_LETTERS {
        complete(index, word, &mut sources);
    }
    // Where literal words and forms are there, they say how telling the word is, whatever else it may become.
    if having == 0 {
        having = sources.iter().fold(0u32, |sum, source| sum.saturating_add(source.list.articles()));
    }
    let mut near = Vec::new();
    if misspelt {
        (near, having) = spelling::near(index, word, having, &sources);
    }
    sources.append(&mut near);
    (sources, having)
}

/// Adds the commonest terms that begin with `word`.
fn complete(index: &Index, word: &str, sources: &mut Vec<Source>) {
    let mut all = index.prefix(word);
    all.retain(|found| sources.iter().all(|known| !found.term.begins(&known.list)));
    if let Some(more) = all.len().checked_sub(COMPLETIONS) {
        // The commonest, then the first.
        let rank = |at: usize, found: &Found| u64::from(found.term.articles) << 32 | u64::from(!(at as u32));
        let mut ranks: Vec<u64> = all.iter().enumerate().map(|(at, found)| rank(at, found)).collect();
        ranks.sort_unstable();
        let mut at = 0;
        all.retain(|found| {
            at += 1;
            ranks.get(more).is_none_or(|least| rank(at - 1, found) >= *least)
        });
        sort_by(&mut all, |a, b| b.term.articles.cmp(&a.term.articles));
    }
    for found in &all {
        Source::add(sources, Kind::Completion, 1.0, found);
    }
}

impl<'a> Source<'a> {
    /// Appends those of a term: of each segment that has it. `telling` is what one occurrence counts beside others of the kind.
    pub fn add(to: &mut Vec<Source<'a>>, kind: Kind, telling: f64, found: &Found) {
        let key: Rc<str> = found.key.as_str().into();
        for list in found.term.lists() {
            let (key, list, weight) = (key.clone(), list.clone(), kind.weight() * telling);
            to.push(Source {
                kind,
                weight,
                key,
                list,
                languages: found.languages,
                postings: RefCell::new(None),
            });
        }
    }

    /// The same, not looked into yet.
    pub fn fresh<'b>(source: &Source<'_>) -> Source<'b> {
        let Source { kind, weight, ref key, ref list, languages, .. } = *source;
        let (key, list) = (key.clone(), list.clone());
        Source { kind, weight, key, list, languages, postings: RefCell::new(None) }
    }

    /// With the postings, wherever they stand.
    fn with<T>(&self, index: &'a Index, use_it: impl FnOnce(&mut Postings<'a>) -> T) -> T {
        let mut postings = self.postings.borrow_mut();
        use_it(postings.get_or_insert_with(|| Box::new(index.postings(&self.list))))
    }

    /// The postings, wherever they stand, to be put back.
    pub fn take(&self, index: &'a Index) -> Box<Postings<'a>> {
        self.postings.take().unwrap_or_else(|| Box::new(index.postings(&self.list)))
    }

    /// Puts the postings back, for whoever asks next.
    pub fn put(&self, postings: Box<Postings<'a>>) {
        self.postings.replace(Some(postings));
    }

    /// Whether an article's language is one of those meant.
    #[inline]
    pub fn speaks(&self, index: &Index, doc: u32) -> bool {
        self.languages == u64::MAX || self.languages & 1 << index.language(doc).min(63) != 0
    }

    /// What times in the title and in the text count; where `title_only`, those in the text do not.
    #[inline]
    pub fn weigh(&self, (title, text): (bool, u32), title_only: bool) -> (f64, f64) {
        let text = if title_only { 0.0 } else { f64::from(text) * self.weight };
        (if title { self.weight } else { 0.0 }, text)
    }

    /// How often it stands in the title (never or once) and counts in the text of an article.
    pub fn times(&self, index: &'a Index, doc: u32) -> Option<(bool, u32)> {
        self.with(index, |postings| {
            postings.seek(doc);
            (postings.doc() == Some(doc) && self.speaks(index, doc)).then(|| postings.times())
        })
    }

    /// With where it stands in the title or the text of an article, which it is in.
    fn positions<T>(&self, index: &'a Index, doc: u32, title: bool, with: impl FnOnce(&[u32]) -> T) -> T {
        let there = self.times(index, doc).is_some_and(|(once, times)| if title { once } else { times > 0 });
        self.with(index, |postings| with(if there { postings.positions(title) } else { &[] }))
    }
}

/// Articles whose times are added up at once, as a power of two.
const TOGETHER: u32 = 8;

/// A place of an atom in a field of an article: first and last word, and the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub first: u32,
    pub last: u32,
    pub kind: Kind,
}

impl<'a> Planned<'a> {
    /// Visits the articles that have a single word, ascending: weighted times in title and text by the best tier, and
    /// the best kind; by some of its terms, given in the order of their tiers.
    pub fn each_of(&self, sources: &[Source<'a>], index: &'a Index, visit: &mut dyn FnMut(Times)) {
        let mut all: Vec<Box<Postings>> = sources.iter().map(|source| source.take(index)).collect();
        let nothing = Times { doc: index::NONE, title: 0.0, text: 0.0, kind: Kind::Typo };
        let mut rows = [nothing; 1 << TOGETHER];
        all.iter_mut().for_each(|postings| postings.seek(0));
        let mut from = 0;
        loop {
            let next = all.iter_mut().map(|postings| postings.pass(from));
            let Some(next) = next.min().filter(|next| *next != index::NONE) else { break };
            let start = next >> TOGETHER << TOGETHER;
            let end = start.saturating_add(1 << TOGETHER);
            for (source, postings) in sources.iter().zip(&mut all) {
                while let Some((articles, codes)) = postings.run(end) {
                    for (&doc, &code) in articles.iter().zip(codes) {
                        let row = &mut rows[(doc - start) as usize];
                        let new = row.doc != doc;
                        if !source.speaks(index, doc) || !(new || row.kind.tier() == source.kind.tier()) {
                            continue;
                        }
                        let (title, text) = source.weigh(index::times_of(code), self.atom.title);
                        if new {
                            *row = Times { doc, title, text, kind: source.kind };
                        } else {
                            // A title has a word or not.
                            (row.title, row.text) = (row.title.max(title), row.text + text);
                            row.kind = row.kind.min(source.kind);
                        }
                    }
                }
            }
            from = end;
            for row in &mut rows {
                if row.doc != index::NONE {
                    let times = std::mem::replace(row, nothing);
                    if times.title > 0.0 || times.text > 0.0 {
                        visit(times);
                    }
                }
            }
        }
        sources.iter().zip(all).for_each(|(source, postings)| source.put(postings));
    }

    /// The articles that have the atom, ascending.
    pub fn times(&self, index: &'a Index) -> &[Times] {
        self.times.get_or_init(|| {
            if self.slots.len() != 1 {
                return self.phrase_times(index);
            }
            let mut all = Vec::new();
            self.each_of(self.sources(true), index, &mut |times| all.push(times));
            all
        })
    }

    /// Of a single word the terms that answer it, or those that do so exactly.
    pub fn sources(&self, all: bool) -> &[Source<'a>] {
        let slot = self.slots.first().map_or(&[][..], Vec::as_slice);
        let exact = slot.partition_point(|source| source.kind <= Kind::Form);
        if all { slot } else { slot.get(..exact).unwrap_or_default() }
    }

    /// How many articles have it, about; of a phrase exactly.
    pub fn having(&self, index: &'a Index) -> u32 {
        if self.slots.len() != 1 && self.about.get() == UNKNOWN {
            self.about.set(self.times(index).len() as u32);
        }
        self.about.get()
    }

    /// How the atom stands in an article, by its number in the index, if it does.
    pub fn in_article(&self, index: &'a Index, doc: u32) -> Option<Times> {
        let [slot] = self.slots.as_slice() else { return self.phrase_in(index, doc) };
        let mut found: Option<Times> = None;
        for source in slot {
            if found.is_some_and(|found| found.kind.tier() < source.kind.tier()) {
                break;
            }
            let Some(times) = source.times(index, doc) else { continue };
            let (title, text) = source.weigh(times, self.atom.title);
            if title > 0.0 || text > 0.0 {
                let found = found.get_or_insert(Times { doc, title: 0.0, text: 0.0, kind: source.kind });
                (found.title, found.text) = (found.title.max(title), found.text + text);
            }
        }
        found
    }

    /// Where the atom stands in the title or the text of an article, ascending: exactly the places that count.
    pub fn places(&self, index: &'a Index, doc: u32, title: bool) -> Vec<Place> {
        if self.atom.title && !title {
            return Vec::new();
        }
        match self.slots.as_slice() {
            [slot] => {
                let exact = self.sources(false);
                let mut places = slot_places(index, exact, doc, title);
                if exact.len() == slot.len() || !places.is_empty() {
                    return places;
                }
                let Some(times) = self.in_article(index, doc) else { return Vec::new() };
                places = slot_places(index, slot, doc, title);
                places.retain(|place| place.kind.tier() == times.kind.tier());
                places
            }
            _ => self.phrase_places(index, doc, title),
        }
    }

    fn phrase_times(&self, index: &'a Index) -> Vec<Times> {
        // Articles of the rarest word are tried against the others.
        let size =
            |slot: &Vec<Source>| slot.iter().map(|source| u64::from(source.list.articles())).sum::<u64>();
        let Some(rarest) = self.slots.iter().min_by_key(|slot| size(slot)) else { return Vec::new() };
        let mut articles: Vec<u32> = Vec::new();
        self.each_of(rarest, index, &mut |times| articles.push(times.doc));
        articles.into_iter().filter_map(|doc| self.phrase_in(index, doc)).collect()
    }

    fn phrase_in(&self, index: &'a Index, doc: u32) -> Option<Times> {
        // Whether all words are in the title, and all in the text.
        let (mut title, mut text, mut counts) = (true, !self.atom.title, 0);
        for slot in &self.slots {
            let (mut in_title, mut in_text) = (false, false);
            counts = 0;
            for (once, times) in slot.iter().filter_map(|source| source.times(index, doc)) {
                (in_title, in_text) = (in_title || once, in_text || times > 0);
                counts = times.saturating_add(counts);
            }
            (title, text) = (title && in_title, text && in_text);
            if !title && !text {
                return None;
            }
        }
        let places = |there, title| if there { self.phrase_places(index, doc, title) } else { Vec::new() };
        let (title, text) = (places(title, true), places(text, false));
        let kind = title.iter().chain(&text).map(|place| place.kind).min()?;
        let weight = |place: &Place| place.kind.weight() / f64::from(self.atom.also.max(1));
        // Where its last word counts more often than it stands there, some of that is in headings.
        let mut headings = Sentences::default();
        if let Some(last) = self.slots.last()
            && index.has_headings()
            && !text.is_empty()
            && slot_places(index, last, doc, false).len() < counts as usize
        {
            headings = index.sentences(doc);
        }
        let in_text = |place: &Place| {
            let times = if headings.in_heading(place.first) { index::HEADING } else { 1 };
            weight(place) * f64::from(times)
        };
        Some(Times {
            doc,
            title: title.iter().map(weight).fold(0.0, f64::max),
            text: text.iter().map(in_text).sum(),
            kind,
        })
    }

    fn phrase_places(&self, index: &'a Index, doc: u32, title: bool) -> Vec<Place> {
        let Some((first, rest)) = self.slots.split_first() else { return Vec::new() };
        let mut found = slot_places(index, first, doc, title);
        for slot in rest {
            if found.is_empty() {
                break;
            }
            let mut go_on = |next: &dyn Fn(u32) -> Option<Kind>| {
                found.retain_mut(|place| {
                    place.last = place.last.saturating_add(1);
                    let kind = next(place.last);
                    place.kind = place.kind.max(kind.unwrap_or(place.kind));
                    kind.is_some()
                });
            };
            if let [source] = slot.as_slice() {
                source.positions(index, doc, title, |positions| {
                    go_on(&|at| positions.binary_search(&at).ok().map(|_| source.kind));
                });
                continue;
            }
            let places = slot_places(index, slot, doc, title);
            go_on(&|at| {
                let at = places.binary_search_by_key(&at, |place| place.first).ok()?;
                places.get(at).map(|place| place.kind)
            });
        }
        found
    }
}

/// Where the words of one slot stand, ascending, one place a position.
fn slot_places<'a>(index: &'a Index, slot: &[Source<'a>], doc: u32, title: bool) -> Vec<Place> {
    let mut places = Vec::new();
    for source in slot {
        let place = |&at: &u32| Place { first: at, last: at, kind: source.kind };
        source.positions(index, doc, title, |positions| places.extend(positions.iter().map(place)));
    }
    if slot.len() > 1 {
        sort(&mut places);
        places.dedup_by_key(|place| place.first);
    }
    places
}
