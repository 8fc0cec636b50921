//! Corrected: what the articles name once a reader's corrections are applied to what was recognised.
//!
//! Invariants: pure and total; the records are applied one after the other, each to what those before it left;
//! one that no longer fits changes nothing and says why; what comes out keeps the promises of
//! [`Entities`]. An id that went (two became one) leads to the one that stayed. Not here: the
//! records and their file (`corrections.rs`).

use super::corrections::{Correction, Named, Part, Place, Say, Who};
use super::{Entities, Entity, Kind, Mention, Relation, Why, link};
use crate::article::Article;
use crate::text::map::Map;
use crate::text::sort::sort_by;
use crate::text::{Scalars, Span};
use std::cmp::Reverse;

/// What comes of the records.
#[derive(Clone, Debug, Default)]
pub struct Corrected {
    /// What the articles name.
    pub entities: Entities,
    /// Ids that went, with the index of the entity that they lead to.
    pub former: Vec<(String, u32)>,
    /// Records that do not fit, by their index, and why.
    pub problems: Vec<(usize, String)>,
    /// What is said of two passages, in order.
    pub pairs: Vec<SaidOfPair>,
}

/// What is said of two passages: index of the article and bytes of its text, of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidOfPair {
    /// One.
    pub a: (u32, Span),
    /// The other.
    pub b: (u32, Span),
    /// What.
    pub say: Say,
}

/// Entity of a mention that is none any more.
const GONE: u32 = u32::MAX;

/// Applies records to what was recognised in these articles.
pub fn correct(recognised: &Entities, articles: &[Article], records: &[Correction]) -> Corrected {
    let mut work = Work::new(recognised, articles);
    let mut problems = Vec::new();
    for (index, record) in records.iter().enumerate() {
        if let Err(why) = work.apply(record) {
            problems.push((index, why));
        }
    }
    let pairs = std::mem::take(&mut work.pairs);
    let (entities, former) = work.finish();
    Corrected { entities, former, problems, pairs }
}

/// A mention as people write it: every run of white space is one space.
fn written(surface: &str) -> String {
    surface.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many bytes of a text are the words that it begins with; one white space is as good as another.
fn begins(text: &str, words: &str) -> Option<usize> {
    let mut rest = text.chars();
    let same =
        |word: char| rest.next().is_some_and(|c| c == word || c.is_whitespace() && word.is_whitespace());
    words.chars().all(same).then(|| text.len() - rest.as_str().len())
}

/// A mention's place: index of the article, index of the mention in it. Neither changes while records are
/// applied: mentions are added at the end and none is taken out.
type At = (u32, u32);

struct Work<'a> {
    articles: &'a [Article],
    slugs: Map<&'a str, u32>,
    scalars: Vec<Option<Scalars<'a>>>,
    entities: Vec<Entity>,
    mentions: Vec<Vec<Mention>>,
    /// The mentions of each entity.
    of: Vec<Vec<At>>,
    /// The entity that each one has become a part of.
    into: Vec<Option<u32>>,
    ids: Map<String, u32>,
    /// Entities whose mentions have changed, so that their names are counted anew.
    touched: Vec<bool>,
    pairs: Vec<SaidOfPair>,
}

impl<'a> Work<'a> {
    fn new(recognised: &Entities, articles: &'a [Article]) -> Work<'a> {
        let Entities { entities, mentions } = recognised.clone();
        let mut of = vec![Vec::new(); entities.len()];
        for (article, mentions) in (0..).zip(&mentions) {
            for (index, mention) in (0..).zip(mentions) {
                if let Some(of) = of.get_mut(mention.entity as usize) {
                    of.push((article, index));
                }
            }
        }
        let mut ids = Map::new();
        for (entity, index) in entities.iter().zip(0..) {
            ids.insert(entity.id.clone(), index);
        }
        let mut slugs = Map::new();
        for (article, index) in articles.iter().zip(0..) {
            slugs.insert(article.slug.as_str(), index);
        }
        let scalars = articles.iter().map(|_| None).collect();
        let (into, touched) = (vec![None; entities.len()], vec![false; entities.len()]);
        Work { articles, slugs, scalars, entities, mentions, of, into, ids, touched, pairs: Vec::new() }
    }

    fn apply(&mut self, record: &Correction) -> Result<(), String> {
        match record {
            Correction::Move { who, part: Part::Whole, to } => {
                let from = self.find(who)?;
                let to = to.as_ref().ok_or("a name is split from another, not from itself")?;
                let to = self.find(to)?;
                if from == to {
                    return Err(format!("“{}” and “{}” are one name already", who.name, self.name(to)));
                }
                self.join(from, to);
            }
            Correction::Move { who, part, to } => {
                let from = self.find(who)?;
                let (which, surface) = self.part(from, who, part)?;
                let to = match to {
                    Some(to) => self.find(to)?,
                    None if self.of(from).len() == which.len() => {
                        return Err(format!("“{surface}” is the only name of “{}”", self.name(from)));
                    }
                    None => {
                        let kind = self.entities.get(from as usize).map_or(Kind::Person, |e| e.kind);
                        self.found(surface, kind)
                    }
                };
                self.give(from, &which, to);
            }
            Correction::Hide { who, part } => {
                let entity = self.find(who)?;
                let which = self.part(entity, who, part)?.0;
                self.give(entity, &which, GONE);
            }
            Correction::Rename { who, name } => {
                let entity = self.find(who)?;
                self.touch(entity);
                if let Some(entity) = self.entities.get_mut(entity as usize) {
                    entity.name = written(name);
                    entity.gloss.clear();
                }
            }
            Correction::Retype { who, kind } => {
                let entity = self.find(who)?;
                if let Some(entity) = self.entities.get_mut(entity as usize) {
                    entity.kind = *kind;
                    entity.gloss.clear();
                }
            }
            Correction::Add { place, named, everywhere } => self.add(place, named, *everywhere)?,
            Correction::Pair { a, b, say } => {
                let said = SaidOfPair { a: self.locate(a)?, b: self.locate(b)?, say: say.clone() };
                self.pairs.push(said);
            }
        }
        Ok(())
    }

    // Finding what a record speaks of.

    /// Where an entity has gone to.
    fn follow(&self, mut entity: u32) -> u32 {
        while let Some(into) = self.into.get(entity as usize).copied().flatten() {
            entity = into;
        }
        entity
    }

    fn name(&self, entity: u32) -> &str {
        self.entities.get(entity as usize).map_or("", |e| e.name.as_str())
    }

    fn of(&self, entity: u32) -> &[At] {
        self.of.get(entity as usize).map_or(&[], Vec::as_slice)
    }

    /// The entity of a record: of this id and name; else the only one of this name; else of this id.
    fn find(&self, who: &Who) -> Result<u32, String> {
        let called = |e: &Entity| e.name == who.name || e.aliases.contains(&who.name);
        let by_id = self.ids.get(&who.id).copied();
        let named = by_id.filter(|e| self.entities.get(*e as usize).is_some_and(called));
        let by_name = || {
            let mut same =
                self.entities.iter().zip(0..).filter(|(e, _)| called(e)).map(|(_, i)| self.follow(i));
            let first = same.next()?;
            same.all(|other| other == first).then_some(first)
        };
        let found = named.or_else(by_name).or(by_id).map(|entity| self.follow(entity));
        found
            .filter(|entity| !self.of(*entity).is_empty())
            .ok_or_else(|| format!("“{}” is not among the names of these articles", who.name))
    }

    fn surface(&self, (article, index): At) -> &'a str {
        let mention = self.mentions.get(article as usize).and_then(|m| m.get(index as usize));
        let article = self.articles.get(article as usize);
        mention.zip(article).map_or("", |(mention, article)| mention.span.of(&article.text))
    }

    /// The mentions of an entity that a record speaks of, and how they are written.
    fn part(&mut self, entity: u32, who: &Who, part: &Part) -> Result<(Vec<At>, String), String> {
        let all = self.of(entity);
        let (which, surface): (Vec<At>, String) = match part {
            Part::Whole => (all.to_vec(), who.name.clone()),
            Part::Alias(alias) => {
                let alias = written(alias);
                let so = |at: &&At| written(self.surface(**at)) == alias;
                (all.iter().filter(so).copied().collect(), alias)
            }
            Part::At(place) => {
                let (article, span) = self.locate(place)?;
                let here = |at: &&At| {
                    let mention = self.mentions.get(at.0 as usize).and_then(|m| m.get(at.1 as usize));
                    at.0 == article && mention.is_some_and(|m| m.span == span)
                };
                (self.of(entity).iter().filter(here).copied().collect(), written(&place.quote))
            }
        };
        match which.is_empty() {
            true => Err(format!("“{}” is not called “{surface}” here", who.name)),
            false => Ok((which, surface)),
        }
    }

    /// Where the words of a place stand: there, else where they stand once only.
    fn locate(&mut self, place: &Place) -> Result<(u32, Span), String> {
        let article = *self
            .slugs
            .get(place.article.as_str())
            .ok_or_else(|| format!("there is no article “{}”", place.article))?;
        let text = self.articles.get(article as usize).map_or("", |a| a.text.as_str());
        let scalars = self.scalars.get_mut(article as usize);
        let scalars = scalars.map(|table| &*table.get_or_insert_with(|| Scalars::new(text)));
        let stated = scalars.and_then(|s| s.byte(place.start)).map(|at| at as usize);
        let there = |at: usize| begins(text.get(at..)?, &place.quote).map(|length| (at, length));
        let once = || {
            let mut found = text.match_indices(&place.quote).map(|(at, words)| (at, words.len()));
            let first = found.next()?;
            found.next().is_none().then_some(first)
        };
        match stated.and_then(there).or_else(once).filter(|(_, length)| *length > 0) {
            Some((at, length)) => Ok((article, Span::new(at, at + length))),
            None => {
                Err(format!("the words “{}” have gone from their place in “{}”", place.quote, place.article))
            }
        }
    }

    // Changing.

    fn touch(&mut self, entity: u32) {
        if let Some(touched) = self.touched.get_mut(entity as usize) {
            *touched = true;
        }
    }

    /// Mentions of one entity become mentions of another.
    fn give(&mut self, from: u32, which: &[At], to: u32) {
        for &(article, index) in which {
            if let Some(m) = self.mentions.get_mut(article as usize).and_then(|m| m.get_mut(index as usize)) {
                m.entity = to;
            }
        }
        if let Some(of) = self.of.get_mut(from as usize) {
            let mentions = &self.mentions;
            of.retain(|at| {
                let mention = mentions.get(at.0 as usize).and_then(|m| m.get(at.1 as usize));
                mention.is_some_and(|m| m.entity == from)
            });
        }
        if let Some(of) = self.of.get_mut(to as usize) {
            of.extend_from_slice(which);
        }
        self.touch(from);
        self.touch(to);
    }

    /// Two entities become one; it keeps the ties of both.
    fn join(&mut self, from: u32, to: u32) {
        let which = self.of(from).to_vec();
        self.give(from, &which, to);
        if let Some(into) = self.into.get_mut(from as usize) {
            *into = Some(to);
        }
        let ties = self.entities.get_mut(from as usize).map(|e| std::mem::take(&mut e.relations));
        if let Some(entity) = self.entities.get_mut(to as usize) {
            entity.relations.extend(ties.unwrap_or_default());
        }
    }

    /// A new entity.
    fn found(&mut self, name: String, kind: Kind) -> u32 {
        let base = link::slug(&name, kind);
        let free = |id: &String| !self.ids.contains_key(id);
        let id = std::iter::once(base.clone())
            .chain((2u32..).map(|n| format!("{base}-{n}")))
            .find(free)
            .unwrap_or(base);
        let index = self.entities.len() as u32;
        self.ids.insert(id.clone(), index);
        self.entities.push(Entity {
            id,
            name,
            kind,
            aliases: Vec::new(),
            relations: Vec::new(),
            gloss: String::new(),
        });
        self.of.push(Vec::new());
        self.into.push(None);
        self.touched.push(true);
        index
    }

    fn add(&mut self, place: &Place, named: &Named, everywhere: bool) -> Result<(), String> {
        let (article, span) = self.locate(place)?;
        let entity = match named {
            Named::Known(who) => self.find(who)?,
            Named::New { name, kind } => self.found(written(name), *kind),
        };
        self.mark(article, span, entity);
        if everywhere {
            for (index, article) in (0..).zip(self.articles) {
                for (at, words) in article.text.match_indices(&place.quote) {
                    let (before, after) = (&article.text[..at], &article.text[at + words.len()..]);
                    let inside =
                        before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
                    if !inside {
                        self.mark(index, Span::new(at, at + words.len()), entity);
                    }
                }
            }
        }
        Ok(())
    }

    /// Makes a span a mention. The same words marked already change hands; marks that would cross it go.
    fn mark(&mut self, article: u32, span: Span, entity: u32) {
        let Some(mentions) = self.mentions.get_mut(article as usize) else { return };
        let mut same = None;
        let mut crossed = Vec::new();
        for (index, mention) in (0..).zip(mentions.iter()).filter(|(_, m)| m.entity != GONE) {
            if mention.span == span {
                same = Some((index, mention.entity));
            } else if mention.span.overlaps(span)
                && !mention.span.contains(span)
                && !span.contains(mention.span)
            {
                crossed.push((index, mention.entity));
            }
        }
        if same.is_none() {
            let index = mentions.len() as u32;
            mentions.push(Mention { span, entity, certainty: 100, why: Why::Reader });
            if let Some(of) = self.of.get_mut(entity as usize) {
                of.push((article, index));
            }
            self.touch(entity);
        }
        for (index, from) in crossed {
            self.give(from, &[(article, index)], GONE);
        }
        if let Some((index, from)) = same.filter(|(_, from)| *from != entity) {
            self.give(from, &[(article, index)], entity);
            if let Some(m) = self.mentions.get_mut(article as usize).and_then(|m| m.get_mut(index as usize)) {
                (m.certainty, m.why) = (100, Why::Reader);
            }
        }
    }

    // Finishing.

    /// What is left, in order, and where the ids lead that went.
    fn finish(mut self) -> (Entities, Vec<(String, u32)>) {
        for index in 0..self.entities.len() as u32 {
            if self.touched.get(index as usize) == Some(&true) {
                self.count_names(index);
            }
        }
        for mentions in &mut self.mentions {
            mentions.retain(|m| m.entity != GONE);
            sort_by(mentions, |a, b| {
                (a.span.start, Reverse(a.span.end)).cmp(&(b.span.start, Reverse(b.span.end)))
            });
        }
        // Entities in order of their first mention; those without one are gone.
        let mut place = vec![GONE; self.entities.len()];
        let mut order: Vec<u32> = Vec::new();
        for mention in self.mentions.iter().flatten() {
            if let Some(place) = place.get_mut(mention.entity as usize).filter(|p| **p == GONE) {
                *place = order.len() as u32;
                order.push(mention.entity);
            }
        }
        let at = |entity: u32| place.get(entity as usize).copied().filter(|p| *p != GONE);
        let mut former = Vec::new();
        for (id, entity) in &self.ids {
            let own = self.follow(*entity);
            if let Some(to) = at(own).filter(|_| own != *entity) {
                former.push((id.clone(), to));
            }
        }
        let mut entities: Vec<Entity> = Vec::with_capacity(order.len());
        for (index, entity) in (0..).zip(&order) {
            let Some(mut kept) = self.entities.get(*entity as usize).cloned() else { continue };
            let mut ties: Vec<Relation> = Vec::new();
            for tie in &kept.relations {
                if let Some(entity) = at(self.follow(tie.entity)).filter(|to| *to != index) {
                    let tie = Relation { entity, ..*tie };
                    if !ties.contains(&tie) {
                        ties.push(tie);
                    }
                }
            }
            kept.relations = ties;
            entities.push(kept);
        }
        for mention in self.mentions.iter_mut().flatten() {
            mention.entity = at(mention.entity).unwrap_or(0);
        }
        (Entities { entities, mentions: self.mentions }, former)
    }

    /// The other names of an entity: as its mentions are written, most used first, then as they come. An office is none.
    fn count_names(&mut self, entity: u32) {
        let mut places = self.of(entity).to_vec();
        let mention = |at: &At| self.mentions.get(at.0 as usize).and_then(|m| m.get(at.1 as usize));
        places.retain(|at| mention(at).is_some_and(|m| m.why != Why::Role));
        let start = |at: &At| mention(at).map(|m| m.span);
        sort_by(&mut places, |a, b| (a.0, start(a)).cmp(&(b.0, start(b))));
        let mut counts: Map<String, (u32, usize)> = Map::new();
        for (order, at) in places.iter().enumerate() {
            counts.or_insert_with(written(self.surface(*at)), || (0, order)).0 += 1;
        }
        let mut names: Vec<(String, (u32, usize))> = counts.into_iter().collect();
        sort_by(&mut names, |(_, a), (_, b)| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        if let Some(entity) = self.entities.get_mut(entity as usize) {
            entity.aliases =
                names.into_iter().map(|(name, _)| name).filter(|name| *name != entity.name).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::corrections::tests::correction;
    use super::*;
    use crate::article::{Block, BlockKind, Meta};
    use proptest::prelude::*;

    /// Articles of one paragraph each, named a, b, …
    fn articles(texts: &[&str]) -> Vec<Article> {
        let article = |(text, slug): (&&str, char)| {
            let span = Span::new(0, text.len());
            let block = Block { kind: BlockKind::Paragraph, span, sentences: vec![span], number: Some(1) };
            Article {
                slug: slug.to_string(),
                meta: Meta::default(),
                text: (*text).to_owned(),
                blocks: vec![block],
            }
        };
        texts.iter().zip('a'..).map(article).collect()
    }

    const TEXTS: [&str; 2] = [
        "Aid from the U.S. came. Abbas Araghchi met Iranian envoys in Iran. Araghchi left.",
        "The United States gave aid; Araghchi of Iran did not. West is no name.",
    ];

    /// Entities of [`TEXTS`], whatever a recogniser would find there.
    fn recognised() -> Entities {
        let (place, person, group) = (Kind::Place, Kind::Person, Kind::Group);
        let people_of = |entity| vec![Relation { kind: super::super::RelationKind::PeopleOf, entity }];
        let entity = |id: &str, name: &str, kind: Kind, aliases: &[&str], relations: Vec<Relation>| Entity {
            id: id.into(),
            name: name.into(),
            kind,
            aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
            relations,
            gloss: format!("{name} (X)"),
        };
        let entities = vec![
            entity("united-states", "United States", place, &["U.S."], Vec::new()),
            entity("abbas-araghchi", "Abbas Araghchi", person, &["Araghchi"], Vec::new()),
            entity("iranians", "Iranians", group, &["Iranian"], people_of(3)),
            entity("iran", "Iran", place, &[], Vec::new()),
            entity("west", "West", place, &[], Vec::new()),
        ];
        let mention = |(start, length, entity): (usize, usize, u32)| Mention {
            span: Span::new(start, start + length),
            entity,
            certainty: 90,
            why: Why::List,
        };
        let a = [(13, 4, 0), (24, 14, 1), (43, 7, 2), (61, 4, 3), (67, 8, 1)];
        let b = [(4, 13, 0), (28, 8, 1), (40, 4, 3), (54, 4, 4)];
        let mentions = vec![a.map(mention).to_vec(), b.map(mention).to_vec()];
        Entities { entities, mentions }
    }

    fn who(id: &str, name: &str) -> Who {
        Who { id: id.into(), name: name.into() }
    }

    fn place(article: &str, start: u32, quote: &str) -> Place {
        Place { article: article.into(), start, quote: quote.into() }
    }

    /// "id: surface surface …" of each entity after some records, in order; problems after them.
    #[track_caller]
    fn check(records: &[Correction], expected: &[&str]) -> Corrected {
        let articles = articles(&TEXTS);
        let corrected = correct(&recognised(), &articles, records);
        let mut got: Vec<String> =
            corrected.entities.entities.iter().map(|e| format!("{} {}:", e.id, e.kind.label())).collect();
        for (article, mentions) in articles.iter().zip(&corrected.entities.mentions) {
            for m in mentions {
                got[m.entity as usize] += &format!(" {},", m.span.of(&article.text));
            }
        }
        got.extend(corrected.problems.iter().map(|(index, why)| format!("{index}: {why}")));
        assert_eq!(got, expected);
        corrected
    }

    const AMERICA: &str = "united-states place: U.S., United States,";
    const ARAGHCHI: &str = "abbas-araghchi person: Abbas Araghchi, Araghchi, Araghchi,";
    const IRANIANS: &str = "iranians group: Iranian,";
    const IRAN: &str = "iran place: Iran, Iran,";
    const WEST: &str = "west place: West,";

    #[test]
    fn nothing_said_is_nothing_changed() {
        let articles = articles(&TEXTS);
        let corrected = correct(&recognised(), &articles, &[]);
        assert_eq!(corrected.entities, recognised());
        check(&[], &[AMERICA, ARAGHCHI, IRANIANS, IRAN, WEST]);
    }

    #[test]
    fn merged_and_split() {
        let (iran, iranians) = (who("iran", "Iran"), who("iranians", "Iranians"));
        let merge = |who: &Who, to: &Who| Correction::Move {
            who: who.clone(),
            part: Part::Whole,
            to: Some(to.clone()),
        };
        let merged =
            check(&[merge(&iranians, &iran)], &[AMERICA, ARAGHCHI, "iran place: Iranian, Iran, Iran,", WEST]);
        assert_eq!(merged.former, [("iranians".to_owned(), 2)], "an old address leads to what is left");
        assert!(merged.entities.entities[2].relations.is_empty(), "nobody is its own people");
        assert_eq!(merged.entities.entities[2].aliases, ["Iranian"]);
        check(
            &[merge(&iranians, &iran), merge(&iran, &iranians)],
            &[
                AMERICA,
                ARAGHCHI,
                "iran place: Iranian, Iran, Iran,",
                WEST,
                "1: “Iran” and “Iran” are one name already",
            ],
        );

        let araghchi = who("abbas-araghchi", "Abbas Araghchi");
        let alias = Part::Alias("Araghchi".into());
        let split = check(
            &[Correction::Move { who: araghchi.clone(), part: alias.clone(), to: None }],
            &[
                AMERICA,
                "abbas-araghchi person: Abbas Araghchi,",
                IRANIANS,
                IRAN,
                "araghchi person: Araghchi, Araghchi,",
                WEST,
            ],
        );
        assert!(split.entities.entities[1].aliases.is_empty());
        let one = Part::At(place("b", 28, "Araghchi"));
        check(
            &[Correction::Move { who: araghchi, part: one, to: Some(iran) }],
            &[
                AMERICA,
                "abbas-araghchi person: Abbas Araghchi, Araghchi,",
                IRANIANS,
                "iran place: Iran, Araghchi, Iran,",
                WEST,
            ],
        );
    }

    #[test]
    fn hidden_renamed_and_of_another_kind() {
        let west = who("west", "West");
        check(
            &[Correction::Hide { who: west.clone(), part: Part::Whole }],
            &[AMERICA, ARAGHCHI, IRANIANS, IRAN],
        );
        let alias = Part::Alias("U.S.".into());
        check(
            &[Correction::Hide { who: who("united-states", "United States"), part: alias }],
            &[ARAGHCHI, IRANIANS, IRAN, "united-states place: United States,", WEST],
        );
        let corrected = check(
            &[
                Correction::Rename { who: west.clone(), name: " Adam  West ".into() },
                Correction::Retype { who: who("gone", "Adam West"), kind: Kind::Person },
            ],
            &[AMERICA, ARAGHCHI, IRANIANS, IRAN, "west person: West,"],
        );
        let renamed = &corrected.entities.entities[4];
        assert_eq!((renamed.name.as_str(), &renamed.aliases[..]), ("Adam West", &["West".to_owned()][..]));
        assert_eq!(renamed.gloss, "");
    }

    #[test]
    fn added_from_words_of_the_text() {
        let new = |name: &str| Named::New { name: name.into(), kind: Kind::Group };
        check(
            &[Correction::Add { place: place("a", 51, "envoys"), named: new("Envoys"), everywhere: false }],
            &[AMERICA, ARAGHCHI, IRANIANS, "envoys group: envoys,", IRAN, WEST],
        );
        check(
            &[Correction::Add { place: place("a", 0, "Aid"), named: new("Aid"), everywhere: true }],
            &["aid group: Aid,", AMERICA, ARAGHCHI, IRANIANS, IRAN, WEST],
        );
        // What crosses it gives way, what it holds stays, and the same words change hands.
        check(
            &[
                Correction::Add {
                    place: place("a", 43, "Iranian envoys"),
                    named: new("Envoys"),
                    everywhere: false,
                },
                Correction::Add {
                    place: place("a", 30, "Araghchi met"),
                    named: Named::Known(who("west", "West")),
                    everywhere: false,
                },
                Correction::Add { place: place("b", 39, "Iran"), named: new("Other"), everywhere: false },
            ],
            &[
                AMERICA,
                "west place: Araghchi met, West,",
                "envoys group: Iranian envoys,",
                IRANIANS,
                "iran place: Iran,",
                "abbas-araghchi person: Araghchi, Araghchi,",
                "other group: Iran,",
            ],
        );
    }

    #[test]
    fn what_does_not_fit_says_why_and_changes_nothing() {
        let part = |article: &str, start, quote: &str| Part::At(place(article, start, quote));
        let hide = |who: Who, part| Correction::Hide { who, part };
        let iran = who("iran", "Iran");
        check(
            &[
                hide(who("x", "Nobody"), Part::Whole),
                hide(iran.clone(), Part::Alias("Persia".into())),
                hide(iran.clone(), part("c", 0, "Iran")),
                hide(iran.clone(), part("a", 0, "Persia")),
                hide(iran.clone(), part("a", 0, "came")),
                Correction::Move { who: iran, part: Part::Whole, to: None },
                Correction::Move { who: who("west", "West"), part: Part::Alias("West".into()), to: None },
            ],
            &[
                AMERICA,
                ARAGHCHI,
                IRANIANS,
                IRAN,
                WEST,
                "0: “Nobody” is not among the names of these articles",
                "1: “Iran” is not called “Persia” here",
                "2: there is no article “c”",
                "3: the words “Persia” have gone from their place in “a”",
                "4: “Iran” is not called “came” here",
                "5: a name is split from another, not from itself",
                "6: “West” is the only name of “West”",
            ],
        );
        // A place that has moved is found where its words stand once.
        check(&[hide(who("west", "West"), part("b", 3, "West"))], &[AMERICA, ARAGHCHI, IRANIANS, IRAN]);
    }

    proptest! {
        #[test]
        fn any_records_keep_the_promises(
            records in prop::collection::vec(
                (correction(), prop::sample::select(vec!["iran", "west", "abbas-araghchi"]),
                    prop::sample::select(vec!["Iran", "Araghchi", "Aid from", "from the U.S. came", "West is"])),
                0..12,
            )
        ) {
            let articles = articles(&TEXTS);
            let records: Vec<Correction> = records.into_iter().map(|(mut record, id, words)| {
                for place in record.places_mut() {
                    *place = super::tests::place("a", 0, words);
                }
                match &mut record {
                    Correction::Move { who, .. } | Correction::Hide { who, .. } | Correction::Rename { who, .. }
                    | Correction::Retype { who, .. } | Correction::Add { named: Named::Known(who), .. } => who.id = id.into(),
                    Correction::Add { .. } | Correction::Pair { .. } => {}
                }
                record
            }).collect();
            let found = correct(&recognised(), &articles, &records).entities;
            let ids: crate::text::map::Set<&str> = found.entities.iter().map(|e| e.id.as_str()).collect();
            prop_assert_eq!(ids.len(), found.entities.len());
            let mut seen = Vec::new();
            for (article, marks) in articles.iter().zip(&found.mentions) {
                for (at, mark) in marks.iter().enumerate() {
                    prop_assert!(!mark.span.of(&article.text).is_empty());
                    if !seen.contains(&mark.entity) {
                        seen.push(mark.entity);
                    }
                    for later in &marks[at + 1..] {
                        prop_assert!(mark.span.start <= later.span.start && mark.span != later.span);
                        prop_assert!(!mark.span.overlaps(later.span) || mark.span.contains(later.span));
                    }
                }
            }
            let order: Vec<u32> = (0..found.entities.len() as u32).collect();
            prop_assert_eq!(seen, order, "in order of first mention, and none without one");
            for entity in &found.entities {
                prop_assert!(entity.relations.iter().all(|r| (r.entity as usize) < found.entities.len()));
            }
        }
    }
}
