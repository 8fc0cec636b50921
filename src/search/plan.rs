//! The plan: a query laid out over an index, each atom with the terms that answer it and where they stand.
//!
//! A word is answered literally and, less well, by its forms; a word that is still being typed also by what
//! begins with it; a word that so finds nothing by its near spellings. In one article the better kind counts
//! alone.
//!
//! Invariant: postings are read once, here. Not here: scores (`rank`), spans (`marks`).

use crate::index::{Entry, Index, Posting};
use crate::query::{Atom, AtomKind, Clause, Hint, Node, Query};
use crate::text::sort::{sort, sort_by, sort_by_key};

/// Fewest letters of a word whose spelling may be taken for a slip: shorter ones have too many neighbours.
const TYPO_LETTERS: usize = 4;
/// Edits allowed.
const TYPO_EDITS: u32 = 1;
/// Near spellings taken at most, the commonest.
const TYPO_TERMS: usize = 8;
/// Fewest letters that are completed.
const COMPLETE_LETTERS: usize = 2;

/// How a word of an article answers a word of the query, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is the word.
    Literal,
    /// It is another form of the word.
    Form,
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
            Kind::Completion => 0.5,
            Kind::Typo => 0.5,
        }
    }

    /// Literal words and forms stand in one article beside each other; the others step back behind them.
    fn tier(self) -> u8 {
        match self {
            Kind::Literal | Kind::Form => 0,
            Kind::Completion => 1,
            Kind::Typo => 2,
        }
    }
}

/// A term that answers a word.
pub(super) struct Source {
    pub kind: Kind,
    pub key: String,
    pub entry: Entry,
    pub postings: Vec<Posting>,
}

/// An atom in an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub article: u32,
    /// Weighted times in the title.
    pub title: f64,
    /// Weighted times in the text.
    pub text: f64,
    /// The best kind.
    pub kind: Kind,
}

/// An atom with what answers it.
pub(super) struct Planned {
    pub atom: Atom,
    /// Per word of the atom, the terms that answer it.
    pub slots: Vec<Vec<Source>>,
    /// The articles that have it, ascending.
    pub times: Vec<Times>,
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
    /// How often it was said.
    pub times: f64,
}

/// A query laid out over an index.
pub struct Matcher<'a> {
    pub(super) index: &'a Index,
    pub(super) atoms: Vec<Planned>,
    pub(super) wanted: Vec<Wanted>,
    pub(super) unwanted: Vec<Tree>,
    hints: Vec<Hint>,
}

impl<'a> Matcher<'a> {
    /// Lays `query` out over `index`.
    pub fn new(index: &'a Index, query: &Query) -> Matcher<'a> {
        let mut matcher = Matcher {
            index,
            atoms: Vec::new(),
            wanted: Vec::new(),
            unwanted: Vec::new(),
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
            matcher.wanted.push(Wanted { tree, strict, times: f64::from(clause.times) });
        }
        matcher
    }

    /// What was odd in the query.
    pub fn hints(&self) -> &[Hint] {
        &self.hints
    }

    /// Spellings that were taken for a word that no article has: the word as typed, and the nearest terms,
    /// commonest first.
    pub fn corrections(&self) -> Vec<(String, Vec<String>)> {
        let typos = |planned: &Planned| {
            let sources = planned.slots.first()?;
            let near: Vec<String> = sources
                .iter()
                .filter(|source| source.kind == Kind::Typo)
                .map(|source| source.key.clone())
                .collect();
            (!near.is_empty()).then(|| (planned.atom.typed.clone(), near))
        };
        self.atoms.iter().filter_map(typos).collect()
    }

    /// The words and phrases looked for, as typed, with the articles that have each.
    pub fn words(&self) -> Vec<(String, u32)> {
        let mut words = Vec::new();
        for wanted in &self.wanted {
            wanted.tree.atoms(&mut |atom| {
                if let Some(planned) = self.atoms.get(atom) {
                    words.push((planned.atom.typed.clone(), planned.times.len() as u32));
                }
            });
        }
        words
    }

    fn tree(&mut self, node: &Node, negated: bool) -> Tree {
        match node {
            Node::Atom(atom) => {
                let planned = plan(self.index, atom, negated);
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

/// What answers an atom. An unwanted word is taken as it stands: a form or a slip must not hide articles.
fn plan(index: &Index, atom: &Atom, negated: bool) -> Planned {
    let last = atom.words.len().saturating_sub(1);
    let mut slots: Vec<Vec<Source>> = Vec::new();
    for (at, word) in atom.words.iter().enumerate() {
        let completing = atom.completing && at == last;
        slots.push(match atom.kind {
            AtomKind::Word | AtomKind::Light if !negated => word_sources(index, word, completing),
            AtomKind::Prefix => {
                let all = index.prefix(word);
                all.map(|(key, entry)| source(index, Kind::Literal, key, entry, u64::MAX)).collect()
            }
            _ if completing => {
                let all = index.prefix(word);
                all.map(|(key, entry)| {
                    let kind = if key == *word { Kind::Literal } else { Kind::Completion };
                    source(index, kind, key, entry, u64::MAX)
                })
                .collect()
            }
            _ => literal(index, word).into_iter().collect(),
        });
    }
    let mut planned = Planned { atom: atom.clone(), slots, times: Vec::new() };
    planned.times = if planned.slots.len() == 1 {
        merge(planned.slots.first(), atom.title)
    } else {
        planned.phrase_times(index)
    };
    planned
}

fn literal(index: &Index, word: &str) -> Option<Source> {
    index.term(word).map(|entry| source(index, Kind::Literal, word.to_owned(), entry, u64::MAX))
}

fn word_sources(index: &Index, word: &str, completing: bool) -> Vec<Source> {
    let mut sources: Vec<Source> = literal(index, word).into_iter().collect();
    for (key, entry, languages) in index.forms(word) {
        sources.push(source(index, Kind::Form, key, entry, languages));
    }
    let letters = word.chars().count();
    if completing && letters >= COMPLETE_LETTERS {
        let known: Vec<u32> = sources.iter().map(|source| source.entry.ordinal).collect();
        for (key, entry) in index.prefix(word) {
            if !known.contains(&entry.ordinal) {
                sources.push(source(index, Kind::Completion, key, entry, u64::MAX));
            }
        }
    }
    sources.retain(|source| !source.postings.is_empty());
    if sources.is_empty() && letters >= TYPO_LETTERS && !word.chars().any(|c| c.is_ascii_digit()) {
        let mut near = index.near(word, TYPO_EDITS);
        sort_by(&mut near, |a, b| {
            (a.edits, b.entry.weight, a.entry.ordinal).cmp(&(b.edits, a.entry.weight, b.entry.ordinal))
        });
        near.truncate(TYPO_TERMS);
        sources
            .extend(near.into_iter().map(|near| source(index, Kind::Typo, near.key, near.entry, u64::MAX)));
    }
    sources
}

/// A term's postings, in the articles of the given languages (a bit each).
fn source(index: &Index, kind: Kind, key: String, entry: Entry, languages: u64) -> Source {
    let mut postings = index.postings(&entry);
    if languages != u64::MAX {
        postings.retain(|posting| languages & 1 << index.row(posting.article).language.min(63) != 0);
    }
    Source { kind, key, entry, postings }
}

/// Articles of a single word, by its best tier in each.
fn merge(sources: Option<&Vec<Source>>, title_only: bool) -> Vec<Times> {
    let sources = sources.map_or(&[][..], Vec::as_slice);
    let mut times: Vec<Times> = Vec::with_capacity(sources.iter().map(|source| source.postings.len()).sum());
    for Source { kind, postings, .. } in sources {
        for posting in postings {
            let text = if title_only { 0 } else { posting.text };
            if posting.title > 0 || text > 0 {
                times.push(Times {
                    article: posting.article,
                    title: f64::from(posting.title) * kind.weight(),
                    text: f64::from(text) * kind.weight(),
                    kind: *kind,
                });
            }
        }
    }
    if sources.len() > 1 {
        sort_by_key(&mut times, |times| (times.article, times.kind));
        times.dedup_by(|next, kept| {
            if next.article != kept.article {
                return false;
            }
            if next.kind.tier() == kept.kind.tier() {
                kept.title += next.title;
                kept.text += next.text;
            }
            true
        });
    }
    times
}

/// A place of an atom in a field of an article: first and last word, and the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub first: u32,
    pub last: u32,
    pub kind: Kind,
}

impl Planned {
    /// How the atom stands in an article, if it does.
    pub fn in_article(&self, article: u32) -> Option<&Times> {
        let at = self.times.binary_search_by_key(&article, |times| times.article).ok()?;
        self.times.get(at)
    }

    /// Where the atom stands in the title or the text of an article, ascending: exactly the places that count.
    pub fn places(&self, index: &Index, article: u32, title: bool) -> Vec<Place> {
        if self.atom.title && !title {
            return Vec::new();
        }
        match (self.slots.as_slice(), self.in_article(article)) {
            ([slot], Some(times)) => {
                let mut places = slot_places(index, slot, article, title);
                places.retain(|place| place.kind.tier() == times.kind.tier());
                places
            }
            ([_, ..], Some(_)) => self.phrase_places(index, article, title),
            _ => Vec::new(),
        }
    }

    fn phrase_times(&self, index: &Index) -> Vec<Times> {
        let mut found = Vec::new();
        // Articles of the rarest word are tried against the others.
        let size = |slot: &Vec<Source>| slot.iter().map(|source| source.postings.len()).sum::<usize>();
        let Some(rarest) = self.slots.iter().min_by_key(|slot| size(slot)) else { return found };
        let mut articles: Vec<u32> =
            rarest.iter().flat_map(|source| source.postings.iter().map(|posting| posting.article)).collect();
        articles.sort_unstable();
        articles.dedup();
        for article in articles {
            let title = self.phrase_places(index, article, true);
            let text = if self.atom.title { Vec::new() } else { self.phrase_places(index, article, false) };
            let kind = title.iter().chain(&text).map(|place| place.kind).min();
            if let Some(kind) = kind {
                let weight = |places: &[Place]| places.iter().map(|place| place.kind.weight()).sum();
                found.push(Times { article, title: weight(&title), text: weight(&text), kind });
            }
        }
        found
    }

    fn phrase_places(&self, index: &Index, article: u32, title: bool) -> Vec<Place> {
        let mut slots: Vec<Vec<Place>> = Vec::with_capacity(self.slots.len());
        for slot in &self.slots {
            let places = slot_places(index, slot, article, title);
            if places.is_empty() {
                return Vec::new();
            }
            slots.push(places);
        }
        let Some((first, rest)) = slots.split_first() else { return Vec::new() };
        let continues = |place: &Place| {
            let mut place = *place;
            for slot in rest {
                let next = place.last.checked_add(1)?;
                let at = slot.binary_search_by_key(&next, |place| place.first).ok()?;
                place.kind = place.kind.max(slot.get(at)?.kind);
                place.last = next;
            }
            Some(place)
        };
        first.iter().filter_map(continues).collect()
    }
}

/// Where the words of one slot stand, ascending, one place a position.
fn slot_places(index: &Index, slot: &[Source], article: u32, title: bool) -> Vec<Place> {
    let mut places = Vec::new();
    for source in slot {
        if let Ok(at) = source.postings.binary_search_by_key(&article, |posting| posting.article) {
            let positions = index.positions(&source.entry, &source.postings[at], title);
            places.extend(positions.into_iter().map(|at| Place { first: at, last: at, kind: source.kind }));
        }
    }
    if slot.len() > 1 {
        sort(&mut places);
        places.dedup_by_key(|place| place.first);
    }
    places
}
