//! Compare: two articles side by side, and the same in brief for the library.
//!
//! Comparisons are kept, for the reader, the results and the library ask for the same one again. Invariant:
//! indices point into the lists beside them; counts are counts of what is shown. Not here: what corresponds
//! or differs (see `compare`).

use super::answer::Engine;
use super::parts;
use super::views::{
    Called, Compare, Counterpart, DifferenceView, Likeness, NameCount, PairBrief, PairCounts, PairView,
    Relation, SentenceView, Side, Threads,
};
use crate::compare::corrections::{Said, Saying};
use crate::compare::{self, Comparison, DifferenceKind, Named, NamedKind, Pair, PairRelation, Sentence};
use crate::entities::corrections::Say;
use crate::entities::{Kind, Mention, SaidOfPair, Why};
use crate::text::sort::{sort, sort_by, sort_by_key};
use crate::text::{self, Span};
use std::sync::Arc;

/// Comparisons that are kept: all pairs of the articles of a large story.
const KEPT: usize = 1_024;

/// Entities that are given because they are called otherwise.
const CALLED: usize = 24;

/// Words given for each of them on a side.
const FORMS: usize = 6;

/// Counterparts given for one sentence.
const COUNTERPARTS: usize = 3;

impl Engine {
    /// The comparison of two articles.
    pub(super) fn comparison(&self, a: usize, b: usize) -> Arc<Comparison> {
        if let Some(known) = self.compared.borrow().get(&(a, b)) {
            return known.clone();
        }
        let made = match (self.articles().get(a), self.articles().get(b)) {
            (Some(left), Some(right)) => {
                let found =
                    compare::compare(left, right, &self.named(a), &self.named(b), &self.corpus().common);
                compare::corrections::corrected(found, &self.said_of(a, b))
            }
            _ => Comparison::default(),
        };
        let made = Arc::new(made);
        let mut kept = self.compared.borrow_mut();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert((a, b), made.clone());
        made
    }

    /// What a reader has said of passages of two articles.
    fn said_of(&self, a: usize, b: usize) -> Vec<Said> {
        let said = |said: &SaidOfPair| {
            let what = match &said.say {
                Say::Link => Saying::Linked,
                Say::Unlink => Saying::Apart,
                Say::Agree(kind) => Saying::Agree(DifferenceKind::of_label(kind)?),
            };
            let (x, y) = ((said.a.0 as usize, said.a.1), (said.b.0 as usize, said.b.1));
            match (x.0 == a && y.0 == b, x.0 == b && y.0 == a) {
                (true, _) => Some(Said { a: x.1, b: y.1, what }),
                (_, true) => Some(Said { a: y.1, b: x.1, what }),
                _ => None,
            }
        };
        self.corpus().pairs.iter().filter_map(said).collect()
    }

    fn named(&self, article: usize) -> Vec<Named> {
        let mentions = self.corpus().entities.mentions.get(article);
        let named = |m: &Mention| {
            let kind = named_kind(self.entity_at(m.entity as usize)?.kind);
            Some(Named { span: m.span, key: m.entity, kind })
        };
        mentions.into_iter().flatten().filter(is_name).filter_map(named).collect()
    }

    /// The view *Compare*.
    pub(super) fn compare(&self, a: usize, b: usize) -> Compare {
        let comparison = self.comparison(a, b);
        let mut view = Compare {
            a: self.side(a, &comparison.a, &comparison.only_a),
            b: self.side(b, &comparison.b, &comparison.only_b),
            counts: counts(&comparison),
            unsure: comparison.unsure.clone(),
            outcome: comparison.outcome,
            threads: self.threads(a, b, &comparison),
            ..Compare::default()
        };
        for (index, pair) in comparison.pairs.iter().enumerate() {
            let index = index as u32;
            let first = view.differences.len() as u32;
            view.differences.extend(pair.differences.iter().map(|d| DifferenceView {
                pair: index,
                kind: d.kind,
                degree: d.degree,
                note: d.note.clone(),
                a: d.a,
                b: d.b,
            }));
            view.pairs.push(PairView {
                a: pair.a,
                b: pair.b,
                part_a: pair.part_a,
                part_b: pair.part_b,
                relation: relation(pair),
                score: pair.score,
                moved: pair.moved,
                differences: (first..view.differences.len() as u32).collect(),
                changes: pair.changes.clone(),
            });
            for (side, at) in [(&mut view.a, pair.a), (&mut view.b, pair.b)] {
                if let Some(sentence) = side.sentences.get_mut(at as usize) {
                    sentence.pairs.push(index);
                }
            }
        }
        for (side, only) in [(&mut view.a, &comparison.only_a), (&mut view.b, &comparison.only_b)] {
            for at in only {
                if let Some(sentence) = side.sentences.get_mut(*at as usize) {
                    sentence.only_here = true;
                }
            }
        }
        self.compare_names(&mut view, a, b);
        if let (Some(left), Some(right)) = (self.articles().get(a), self.articles().get(b))
            && a != b
        {
            (view.words_a, view.words_b) = compare::distinctive(left, right, &self.corpus().common);
        }
        view
    }

    fn compare_names(&self, view: &mut Compare, a: usize, b: usize) {
        for (entity, count) in self.named_in(a) {
            let Some(name) = self.name_count(entity, count) else { continue };
            match self.names().count(entity, b) {
                0 => view.names_a.push(name),
                other => view.names_both.push((name, other)),
            }
        }
        // Those that both name most come first.
        sort_by_key(&mut view.names_both, |(name, other)| std::cmp::Reverse(name.count + other));
        let called = |(name, _): &(NameCount, u32)| {
            let entity = self.names().entity_of(&name.entity)?;
            let (in_a, in_b) = (self.forms(entity, a), self.forms(entity, b));
            // Case and number are no other word.
            let stem = |form: &str| text::stem(&text::fold(form), Some("en"));
            let own = |x: &[(String, u32)], y: &[(String, u32)]| {
                x.iter().any(|(form, _)| y.iter().all(|(other, _)| stem(other) != stem(form)))
            };
            let otherwise = own(&in_a, &in_b) || own(&in_b, &in_a);
            otherwise.then(|| Called { name: name.clone(), a: in_a, b: in_b })
        };
        view.called = view.names_both.iter().filter_map(called).take(CALLED).collect();
        let only_b = self.named_in(b).into_iter().filter(|(e, _)| self.names().count(*e, a) == 0);
        view.names_b = only_b.filter_map(|(e, n)| self.name_count(e, n)).collect::<Vec<NameCount>>();
    }

    /// The words by which an article calls an entity, most used first.
    fn forms(&self, entity: usize, article: usize) -> Vec<(String, u32)> {
        let text = self.articles().get(article).map_or("", |article| article.text.as_str());
        let mentions = self.corpus().entities.mentions.get(article).into_iter().flatten();
        let mut all: Vec<String> = mentions
            .filter(|mention| is_name(mention) && mention.entity as usize == entity)
            .map(|mention| mention.span.of(text).split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        sort(&mut all);
        let mut forms: Vec<(String, u32)> = all
            .chunk_by(|x, y| x == y)
            .filter_map(|same| Some((same.first()?.clone(), same.len() as u32)))
            .collect();
        sort_by_key(&mut forms, |(form, n)| (std::cmp::Reverse(*n), form.clone()));
        forms.truncate(FORMS);
        forms
    }

    fn side(&self, index: usize, sentences: &[Sentence], only: &[u32]) -> Side {
        let Some(article) = self.articles().get(index) else { return Side::default() };
        let view =
            |s: &Sentence| SentenceView { span: s.span, block: s.block, pairs: Vec::new(), only_here: false };
        Side {
            article: self.article_ref(index),
            text: article.text.clone(),
            blocks: parts::block_views(article),
            sentences: sentences.iter().map(view).collect(),
            topics: compare::topics(article, sentences, &self.named(index), only, &self.corpus().common),
        }
    }

    /// The comparison of the only two articles, in brief.
    pub(super) fn pair_brief(&self) -> Option<PairBrief> {
        let [a, b] = self.articles() else { return None };
        let comparison = self.comparison(0, 1);
        Some(PairBrief {
            a: a.slug.clone(),
            b: b.slug.clone(),
            threads: self.threads(0, 1, &comparison),
            counts: counts(&comparison),
        })
    }

    fn threads(&self, a: usize, b: usize, comparison: &Comparison) -> Threads {
        let lengths = |index: usize, sentences: &[Sentence]| -> Vec<(u32, Option<Relation>)> {
            let text = self.articles().get(index).map_or("", |x| x.text.as_str());
            sentences.iter().map(|s| (s.span.of(text).chars().count() as u32, None)).collect()
        };
        let mut threads = Threads {
            a: lengths(a, &comparison.a),
            b: lengths(b, &comparison.b),
            links: comparison.pairs.iter().map(|p| (p.a, p.b, relation(p))).collect(),
        };
        for (left, right, relation) in &threads.links {
            for (side, at) in [(&mut threads.a, left), (&mut threads.b, right)] {
                if let Some((_, strongest)) = side.get_mut(*at as usize) {
                    // Relations are ordered from the strongest.
                    *strongest = Some(strongest.map_or(*relation, |s| s.min(*relation)));
                }
            }
        }
        threads
    }

    /// What another article says to the sentences of `article` that overlap `span`, strongest first.
    pub(super) fn counterparts(&self, article: usize, other: usize, span: Span) -> Vec<Counterpart> {
        // The comparison is kept for the corpus order, so that both readers use the same.
        let (a, b) = if article <= other { (article, other) } else { (other, article) };
        let comparison = self.comparison(a, b);
        let Some(there) = self.articles().get(other) else { return Vec::new() };
        let (own, their) =
            if article <= other { (&comparison.a, &comparison.b) } else { (&comparison.b, &comparison.a) };
        let mut found: Vec<(Relation, &Pair, usize, Span)> = Vec::new();
        for (index, pair) in comparison.pairs.iter().enumerate() {
            let (mine, yours) = if article <= other { (pair.a, pair.b) } else { (pair.b, pair.a) };
            let (Some(mine), Some(yours)) = (own.get(mine as usize), their.get(yours as usize)) else {
                continue;
            };
            if mine.span.overlaps(span) {
                found.push((relation(pair), pair, index, yours.span));
            }
        }
        sort_by(&mut found, |x, y| x.0.cmp(&y.0).then(y.1.score.total_cmp(&x.1.score)).then(x.2.cmp(&y.2)));
        let mut seen: Vec<Span> = Vec::new();
        found.retain(|(_, _, _, span)| {
            let new = !seen.contains(span);
            seen.push(*span);
            new
        });
        found.truncate(COUNTERPARTS);
        let counterpart = |(relation, pair, index, span): (Relation, &Pair, usize, Span)| Counterpart {
            article: self.article_ref(other),
            left: other < article,
            paragraph: parts::paragraph_at(there, span.start),
            relation,
            kinds: kinds(pair),
            pair: index as u32,
            quote: span.of(&there.text).to_owned(),
        };
        found.into_iter().map(counterpart).collect()
    }
}

fn kinds(pair: &Pair) -> Vec<compare::DifferenceKind> {
    let mut kinds: Vec<_> = pair.differences.iter().map(|d| d.kind).collect();
    sort(&mut kinds);
    kinds.dedup();
    kinds
}

fn relation(pair: &Pair) -> Relation {
    match pair.relation {
        _ if !pair.differences.is_empty() => Relation::Differs,
        PairRelation::Same => Relation::Same,
        PairRelation::Related => Relation::Related,
    }
}

pub(super) fn counts(comparison: &Comparison) -> PairCounts {
    PairCounts {
        pairs: comparison.pairs.len() as u32,
        differences: comparison.pairs.iter().map(|p| p.differences.len() as u32).sum(),
        only_a: comparison.only_a.len() as u32,
        only_b: comparison.only_b.len() as u32,
        moved: comparison.pairs.iter().filter(|p| p.moved).count() as u32,
    }
}

/// Whether a mention is a name: an office alone may be whoever held it.
fn is_name(mention: &&Mention) -> bool {
    mention.why != Why::Role
}

fn named_kind(kind: Kind) -> NamedKind {
    match kind {
        Kind::Person => NamedKind::Person,
        Kind::Organisation => NamedKind::Organisation,
        Kind::Place => NamedKind::Place,
        Kind::Group => NamedKind::Group,
        Kind::Event => NamedKind::Event,
        Kind::Law => NamedKind::Law,
        Kind::Date => NamedKind::Date,
        Kind::Work => NamedKind::Work,
        Kind::Quantity | Kind::Money | Kind::Percent => NamedKind::Quantity,
    }
}

/// Two short texts compared, with no corpus around them.
pub fn likeness(a: &str, b: &str) -> Likeness {
    let view = |d: compare::Difference| {
        let (kind, degree) = (d.kind, d.degree);
        DifferenceView { pair: 0, kind, degree, note: d.note, a: d.a, b: d.b }
    };
    Likeness {
        similarity: compare::similarity(a, b),
        differences: compare::differences(a, b).into_iter().map(view).collect(),
        changes: compare::changes(a, b),
    }
}
