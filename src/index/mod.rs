//! The index: which article has which word where.
//!
//! It is made of segments, each the index of some articles as bytes that are read in place and never change. A corpus file
//! has one; articles that are taken in later are another behind it, and the old ones are not touched. What is asked is
//! answered of all of them together: numbers of articles count through them, a term is found in each that has it.
//!
//! Each structure is a writer and a reader in one file: `bytes`, `bits`, `dictionary`, `postings`; `build` is the way
//! there, `segment` the way back, this file what segments come to together; `impact` is what a word weighs in an article.
//! Invariant: several segments answer as the one that is made of all their articles would, to the last bit of every score;
//! only the numbers of the articles in the index are others. Not here: queries, scores, texts.

mod bits;
mod build;
mod bytes;
mod dictionary;
mod impact;
mod met;
mod near;
mod order;
mod postings;
mod segment;
mod sentences;
mod term;
pub mod words;

pub use impact::{HEADING, bound, bounded, saturated};
pub use met::Met;
pub use postings::{NONE, Postings, times_of};
pub use sentences::Sentences;
pub use term::{Found, List, Term};

use crate::article::Article;
use crate::text::{self, sort::sort_by};
use order::Order;
use segment::{Segment, stem_key};
use std::cell::{RefCell, RefMut};
use std::ops::Range;
use std::sync::Arc;

/// An open index; the default one knows no articles.
#[derive(Clone, Default)]
pub struct Index {
    parts: Vec<Part>,
    languages: Vec<String>,
    articles: u32,
    order: Order,
    /// What a time in the title and in the text weighs, by number in the index.
    norms: Vec<[f32; 2]>,
    /// Words of articles that have been asked about.
    met: RefCell<Met>,
}

/// A segment in its place among the others.
#[derive(Clone)]
struct Part {
    segment: Arc<Segment>,
    /// The number of its first article.
    first: u32,
    /// By the segment's numbers of languages, those of all.
    languages: Vec<u32>,
    /// How many times more the times of a term may weigh here than when the bounds in the segment were written: lengths are
    /// measured against the mean of all articles.
    stretch: f64,
}

/// What is known of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Words in the title.
    pub title: u32,
    /// Word numbers in the text: its words, and one between two blocks.
    pub text: u32,
    /// The number of its language, below 64.
    pub language: u32,
}

impl Index {
    /// The index of `articles` as bytes; the same bytes on every target.
    pub fn build(articles: &[Article]) -> Vec<u8> {
        build::build(articles)
    }

    /// The index of these articles and, behind them, `more`: as a segment of their own, with which the last ones are
    /// joined that are not much larger.
    pub fn add(&self, more: &[Article]) -> Result<Index, String> {
        build::add(self.segments().cloned().collect(), more).map(Index::of)
    }

    /// Opens the bytes of [`Index::build`]. The error says what is wrong with them.
    pub fn open(bytes: impl Into<Arc<Vec<u8>>>) -> Result<Index, String> {
        let bytes = bytes.into();
        let all = 0..bytes.len();
        Index::open_in(bytes, all)
    }

    /// The same, of a part of a larger file, which is shared and not copied.
    pub fn open_in(file: Arc<Vec<u8>>, part: Range<usize>) -> Result<Index, String> {
        Ok(Index::of(vec![Arc::new(Segment::open(file, part)?)]))
    }

    /// The index of parts of a corpus, each a segment.
    #[cfg(test)]
    pub fn parted(parts: &[&[Article]]) -> Index {
        let open =
            |part: &&[Article]| Index::open(build::build(part)).map(|index| index.parts[0].segment.clone());
        Index::of(parts.iter().map(open).collect::<Result<_, _>>().unwrap())
    }

    /// Segments as one index.
    fn of(segments: Vec<Arc<Segment>>) -> Index {
        let mut index = Index::default();
        let mut lengths = Vec::new();
        segments.iter().for_each(|segment| lengths.extend(segment.lengths()));
        let whole = mean(&lengths);
        index.norms = lengths.iter().map(|&(title, text)| impact::norms(title, text, whole)).collect();
        for segment in segments {
            let number = |language: &String| match index.languages.iter().position(|known| known == language)
            {
                Some(at) => at as u32,
                None => {
                    index.languages.push(language.clone());
                    index.languages.len() as u32 - 1
                }
            };
            let languages = segment.languages.iter().map(number).collect();
            let first = index.articles;
            index.order.push(first, &segment.order, segment.articles);
            index.articles += segment.articles;
            let lengths = lengths.get(first as usize..index.articles as usize).unwrap_or_default();
            let alone = lengths.len() == index.norms.len();
            let stretch = if alone { 1.0 } else { impact::stretch(mean(lengths), whole) };
            index.parts.push(Part { segment, first, languages, stretch });
        }
        index
    }

    fn segments(&self) -> impl Iterator<Item = &Arc<Segment>> {
        self.parts.iter().map(|part| &part.segment)
    }

    /// The bytes of the index of all articles: the same however they came in.
    pub fn to_bytes(&self) -> Vec<u8> {
        match self.segments().next() {
            Some(segment) if !self.is_parted() => segment.bytes().to_vec(),
            // The writer of indexes is not in the edition for reading.
            _ if cfg!(feature = "studio") => build::whole(self.segments()),
            _ => Vec::new(),
        }
    }

    /// How many segments there are.
    #[cfg(test)]
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// Articles in the corpus.
    pub fn articles(&self) -> u32 {
        self.articles
    }

    /// Whether any article has a heading.
    pub fn has_headings(&self) -> bool {
        self.parts.iter().any(|part| part.segment.headings)
    }

    /// The number in the index of an article: all that follows goes by these numbers.
    #[inline]
    pub fn doc(&self, article: u32) -> u32 {
        self.order.doc(article)
    }

    /// The article that has this number in the index.
    #[inline]
    pub fn article(&self, doc: u32) -> u32 {
        self.order.article(doc)
    }

    /// Where an article is, and its number there.
    #[inline]
    fn part(&self, doc: u32) -> Option<(&Part, u32)> {
        let part = match self.parts.as_slice() {
            [part] => part,
            parts => parts.get(parts.partition_point(|part| part.first <= doc).wrapping_sub(1))?,
        };
        Some((part, doc - part.first))
    }

    /// What is known of an article; zeros for one that is not there.
    pub fn row(&self, doc: u32) -> Row {
        let row = self.part(doc).map_or(Row::default(), |(part, doc)| part.segment.row(doc));
        Row { language: self.language(doc), ..row }
    }

    /// The number of an article's language, below 64.
    #[inline]
    pub fn language(&self, doc: u32) -> u32 {
        let Some((part, doc)) = self.part(doc) else { return 0 };
        part.languages.get(part.segment.language(doc) as usize).copied().unwrap_or(0)
    }

    /// Languages, a bit each, by number.
    pub fn languages(&self) -> u64 {
        u64::MAX >> (64 - self.languages.len().clamp(1, 64))
    }

    /// What one time in the title, and one in the text, weighs in an article; what is added up so is then
    /// [`saturated`].
    #[inline]
    pub fn norm(&self, doc: u32) -> [f32; 2] {
        self.norms.get(doc as usize).copied().unwrap_or_default()
    }

    /// The term that is exactly `word`, which must be folded.
    pub fn term(&self, word: &str) -> Option<Term> {
        let mut found: Option<Term> = None;
        for (number, segment) in (0..).zip(self.segments()) {
            let Some(entry) = segment.terms().get(word) else { continue };
            match &mut found {
                None => found = Some(Term::of(number, entry)),
                Some(found) => found.join(number, entry),
            }
        }
        found
    }

    /// Whether a word, folded, or a stem of some language stands in the articles.
    pub fn has(&self, stem: &str) -> bool {
        self.segments().any(|segment| {
            let stems = segment.stems();
            segment.terms().get(stem).is_some()
                || (0..segment.languages.len()).any(|at| stems.get(&stem_key(at, stem)).is_some())
        })
    }

    /// All terms that begin with `prefix`, in order.
    pub fn prefix(&self, prefix: &str) -> Vec<Found> {
        let mut found = Vec::new();
        for (number, segment) in (0..).zip(self.segments()) {
            let terms = segment.terms().prefix(prefix);
            found.extend(terms.map(|(key, entry)| Found::of(key, Term::of(number, entry))));
        }
        self.put_together(&mut found);
        found
    }

    /// All terms at 1 to `most` edits from `word`, in order.
    pub fn near(&self, word: &str, most: u32) -> Vec<Found> {
        let mut found = Vec::new();
        for (number, segment) in (0..).zip(self.segments()) {
            let near = segment.near(word, most).into_iter();
            found.extend(near.map(|near| Found {
                edits: near.edits,
                ..Found::of(near.key, Term::of(number, near.entry))
            }));
        }
        self.put_together(&mut found);
        found
    }

    /// Whether there is more than one segment. The edition for reading takes nothing in, so there is not.
    fn is_parted(&self) -> bool {
        cfg!(feature = "studio") && self.parts.len() > 1
    }

    fn put_together(&self, found: &mut Vec<Found>) {
        if self.is_parted() {
            term::together(found);
        }
    }

    /// The terms that share a stem with `word`, itself excepted, each with the languages
    /// in whose articles they do, in order; and how many articles have `word` or any of them.
    pub fn forms(&self, word: &str) -> (Vec<Found>, u32) {
        let mut found: Vec<Found> = Vec::new();
        let mut having = self.term(word).map_or(0, |term| term.articles);
        // The stem in the language before.
        let mut last: Option<(Option<&str>, String)> = None;
        for (at, language) in (0..).zip(self.languages.iter().take(64)) {
            let language = Some(language.as_str()).filter(|language| !language.is_empty());
            if !text::has_stems(language) {
                continue;
            }
            let stem = match last.take().filter(|(before, _)| text::stems_alike(*before, language)) {
                Some((_, stem)) => stem,
                None => text::stem(word, language),
            };
            let (mut members, together) = self.group(at, &stem);
            // A stem that stands as a word need not be one of its own forms.
            if members.is_empty() && stem != word && text::stem(&stem, language) == stem {
                let term = self.term(&stem);
                members.extend(term.map(|term| Found::of(stem.clone(), term)));
            }
            having = having.max(together);
            last = Some((language, stem));
            for member in members.into_iter().filter(|member| member.key != word) {
                having = having.max(member.term.articles);
                match found.iter_mut().find(|known| known.key == member.key) {
                    Some(known) => known.languages |= 1 << at,
                    None => found.push(Found { languages: 1 << at, ..member }),
                }
            }
        }
        sort_by(&mut found, |a, b| a.key.cmp(&b.key));
        (found, having.min(self.articles))
    }

    /// The terms of a stem in a language, by its number, and how many articles have any of them; none where
    /// it has no other form than itself.
    fn group(&self, language: u32, stem: &str) -> (Vec<Found>, u32) {
        let (mut found, mut having) = (Vec::new(), 0);
        let mut counted = Vec::new();
        for (number, part) in (0..).zip(&self.parts) {
            let Some(own) = part.languages.iter().position(|&known| known == language) else { continue };
            let Some(group) = part.segment.stems().get(&stem_key(own, stem)) else { continue };
            let (terms, before) = (part.segment.terms(), found.len());
            let members = part.segment.members(&group).filter_map(|ordinal| terms.nth(ordinal));
            found.extend(members.map(|(key, entry)| Found::of(key, Term::of(number, entry))));
            having += group.weight;
            counted.push((number, found.len() - before, group.weight));
        }
        if found.is_empty() || !self.is_parted() {
            return (found, having);
        }
        self.group_of_all(language, stem, found, &counted)
    }

    /// The same, given what the segments know that have such a group: their numbers, terms, and articles with any.
    fn group_of_all(
        &self,
        language: u32,
        stem: &str,
        mut found: Vec<Found>,
        counted: &[(u32, usize, u32)],
    ) -> (Vec<Found>, u32) {
        // Where a stem has no form but itself there is no group.
        let speaks = |list: &List| {
            let mut postings = self.postings(list);
            postings.seek(0);
            while postings.doc().is_some_and(|doc| self.language(doc) != language) {
                postings.advance();
            }
            postings.doc().is_some()
        };
        let name = self.languages.get(language as usize).map(String::as_str).filter(|name| !name.is_empty());
        if text::stem(stem, name) == stem
            && let Some(term) = self.term(stem)
            && term.lists().any(speaks)
        {
            found.push(Found::of(stem.to_owned(), term));
        }
        term::together(&mut found);
        // A term counts also where no article of the language has it.
        for member in &mut found {
            if let Some(term) = self.term(&member.key) {
                member.term = term;
            }
        }
        let mut having = 0;
        for (number, _) in (0..).zip(&self.parts) {
            let all = found.iter().flat_map(|found| found.term.lists());
            let lists: Vec<&List> = all.filter(|list| list.segment == number).collect();
            having += match (counted.iter().find(|known| known.0 == number), lists.as_slice()) {
                (_, []) => 0,
                (_, [list]) => list.articles(),
                (Some(&(_, members, weight)), lists) if members == lists.len() => weight,
                (_, lists) => self.having_any(lists),
            };
        }
        (found, having)
    }

    /// How many articles have any of some terms of one segment.
    fn having_any(&self, lists: &[&List]) -> u32 {
        let mut docs = Vec::new();
        for list in lists {
            let mut postings = self.postings(list);
            postings.seek(0);
            while let Some((more, _)) = postings.run(NONE) {
                docs.extend_from_slice(more);
            }
        }
        docs.sort_unstable();
        docs.dedup();
        docs.len() as u32
    }

    /// How many articles have `word` or a term that shares a stem with it, without looking for those; `stem` is that of
    /// the word in the language `of`.
    pub fn having(&self, word: &str, stem: &str, of: Option<&str>) -> u32 {
        if self.is_parted() {
            return self.forms(word).1;
        }
        let Some(segment) = self.segments().next() else { return 0 };
        let (terms, stems) = (segment.terms(), segment.stems());
        let mut having = terms.get(word).map_or(0, |entry| entry.weight);
        for (at, language) in self.languages.iter().take(64).enumerate() {
            let language = Some(language.as_str()).filter(|language| !language.is_empty());
            if !text::has_stems(language) {
                continue;
            }
            let other = (!text::stems_alike(language, of)).then(|| text::stem(word, language));
            let stem = other.as_deref().unwrap_or(stem);
            let alone = || if stem == word { None } else { terms.get(stem) };
            let group = stems.get(&stem_key(at, stem)).or_else(alone);
            having = having.max(group.map_or(0, |group| group.weight));
        }
        having.min(self.articles)
    }

    /// Where a term stands in one segment; an article is to be sought first.
    pub fn postings(&self, List { segment, entry }: &List) -> Postings<'_> {
        match self.parts.get(*segment as usize) {
            Some(part) => part.segment.postings(entry, part.first, part.stretch),
            None => Postings::new(&[], 0, &[], false, 0, 1.0),
        }
    }

    /// Words of articles that have been asked about.
    pub fn met(&self) -> RefMut<'_, Met> {
        self.met.borrow_mut()
    }

    /// What a term weighs in an article, by whether it is in the title and how often it counts in the text.
    #[inline]
    pub fn impact(&self, doc: u32, (title, text): (bool, u32)) -> f64 {
        let [one, each] = self.norm(doc);
        saturated(f64::from(if title { one } else { 0.0 }) + f64::from(text) * f64::from(each))
    }

    /// Raises `bounds` to the greatest impact of a term in each window of `1 << shift` articles.
    pub fn spread(&self, postings: &mut Postings, shift: u32, bounds: &mut [f64]) {
        postings.spread(shift, &|doc, times| self.impact(doc, times), bounds);
    }

    /// Where the sentences of an article begin, and which are headings.
    pub fn sentences(&self, doc: u32) -> Sentences {
        self.part(doc).map_or(Sentences::default(), |(part, doc)| part.segment.sentences(doc))
    }
}

/// Mean words of a title (of the articles that have one) and of a text.
fn mean(lengths: &[(u32, u32)]) -> [f64; 2] {
    let (mut titles, mut texts, mut title, mut text) = (0u64, 0u64, 0u64, 0u64);
    for &(in_title, in_text) in lengths {
        titles += u64::from(in_title > 0);
        texts += 1;
        title += u64::from(in_title);
        text += u64::from(in_text);
    }
    let mean = |sum: u64, count: u64| sum.max(1) as f64 / count.max(1) as f64;
    [mean(title, titles), mean(text, texts)]
}
