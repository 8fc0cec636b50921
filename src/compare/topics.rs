//! Topics: what only one of two articles says, by what it is about, the most substantial first.
//!
//! What stands under one heading is a topic and is called by it. Elsewhere, sentences beside each other in a paragraph
//! belong together; such a group joins the topic that shares enough rare words with it, or opens one, which is called
//! by its own words: names and phrases that it has and the rest of the article hardly has. Invariant: each sentence
//! given is in one topic, in order; what it is called by are places in the article, inside its sentences. Not here:
//! which sentences only one says (`align.rs`).

use super::unit::{self, NO_KEY, Token, Vocabulary};
use super::{Named, Sentence, words};
use crate::article::Article;
use crate::text::Span;
use crate::text::common::Common;
use crate::text::sort::{sort, sort_by, sort_by_key};

/// Sentences of one article that are about the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// The words that it is called by, the most telling first, in bytes of the article's text; never empty where a
    /// sentence has a word that carries something.
    pub title: Vec<Span>,
    /// Its sentences, in order.
    pub sentences: Vec<u32>,
}

/// Cosine of the weights of their words from which a group of sentences is about what a topic is about. Chosen by reading
/// the topics of some fifty articles of `stories.jsonl`.
const ALIKE: f64 = 0.12;
/// Topics that a group is compared with; beyond, it opens its own.
const MAX_TOPICS: usize = 64;
/// Words that a topic is called by.
const MAX_TITLE: usize = 3;
/// What a word counts for in a title: one of a name, and one that looks like a verb or an adverb.
const NAME: f64 = 2.0;
const VERB: f64 = 0.3;

/// A sentence's words, and the terms of those that carry something, ascending, each once.
struct Words {
    tokens: Vec<Token>,
    terms: Vec<u32>,
}

/// A topic while it is made: its terms with their weights, by number, and the sum of their squares.
struct Group {
    heading: Option<Span>,
    terms: Vec<(u32, f64)>,
    square: f64,
    sentences: Vec<u32>,
}

/// The topics of some sentences (ascending indices into `sentences`, all those of the article). `names` are the article's, in any
/// order.
pub fn topics(
    article: &Article,
    sentences: &[Sentence],
    names: &[Named],
    only: &[u32],
    common: &Common,
) -> Vec<Topic> {
    let mut vocabulary = Vocabulary::new(article.meta.language.as_deref(), common);
    let (names, mut from) = (super::in_order(names), 0);
    let mut units: Vec<Words> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let (tokens, _, read) = unit::tokens(&article.text, sentence.span, &names, from, &mut vocabulary);
        from = read.end;
        let content = tokens.iter().map(|token| vocabulary.word(token.word)).filter(|word| word.content);
        let mut terms: Vec<u32> = content.map(|word| word.term).collect();
        sort(&mut terms);
        terms.dedup();
        units.push(Words { tokens, terms });
    }
    let weights = weights(&units, &vocabulary);
    let mut topics: Vec<Group> = Vec::new();
    let beside = |x: &u32, y: &u32| {
        let block = |at: u32| sentences.get(at as usize).map(|s| s.block);
        x + 1 == *y && block(*x) == block(*y)
    };
    for group in only.chunk_by(beside) {
        let terms = terms(&units, group, &weights);
        let heading = group.first().and_then(|at| heading(sentences, *at));
        let known = topics.iter().take(MAX_TOPICS).enumerate();
        let best = known
            .filter(|(_, topic)| topic.heading == heading)
            .map(|(at, topic)| (if heading.is_some() { 1.0 } else { cosine(topic, &terms) }, at));
        let best = best.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        match best.filter(|(alike, _)| *alike >= ALIKE).and_then(|(_, at)| topics.get_mut(at)) {
            Some(topic) => {
                topic.sentences.extend(group);
                topic.terms.extend(terms);
                sort_by_key(&mut topic.terms, |(term, _)| *term);
                topic.terms.dedup_by_key(|(term, _)| *term);
                topic.square = square(&topic.terms);
            }
            None => topics.push(Group { heading, square: square(&terms), terms, sentences: group.to_vec() }),
        }
    }
    let substance = |topic: &Group| -> f64 {
        let of = |at: &u32| terms(&units, std::slice::from_ref(at), &weights);
        topic.sentences.iter().flat_map(of).map(|(_, weight)| weight).sum()
    };
    let mut order: Vec<(f64, Group)> = topics.into_iter().map(|topic| (substance(&topic), topic)).collect();
    sort_by(&mut order, |x, y| y.0.total_cmp(&x.0).then_with(|| x.1.sentences.cmp(&y.1.sentences)));
    let candidates = candidates(&article.text, &units, &vocabulary, &weights);
    let mut all: Vec<(bool, u32)> = candidates.iter().map(|c| c.id).collect();
    sort(&mut all);
    let named = |(_, topic): (f64, Group)| Topic {
        title: match topic.heading {
            Some(heading) => vec![heading],
            None => title(&candidates, &topic.sentences, &all),
        },
        sentences: topic.sentences,
    };
    order.into_iter().map(named).collect()
}

/// The heading that a sentence stands under; that of the whole article is none.
fn heading(sentences: &[Sentence], at: u32) -> Option<Span> {
    let before = sentences.get(..at as usize)?.iter().skip(1);
    before.rev().find(|sentence| sentence.heading).map(|sentence| sentence.span)
}

/// What each term is worth in this article: rare in English, and in few of its sentences.
fn weights(units: &[Words], vocabulary: &Vocabulary) -> Vec<f64> {
    let mut count = vec![0u32; vocabulary.weights().len()];
    for term in units.iter().flat_map(|unit| &unit.terms) {
        if let Some(count) = count.get_mut(*term as usize) {
            *count += 1;
        }
    }
    let all = units.len() as f64;
    let rare = |(weight, count): (&f64, &u32)| weight * libm::log(1.0 + all / f64::from((*count).max(1)));
    vocabulary.weights().iter().zip(&count).map(rare).collect()
}

/// The terms of sentences, each once, by number.
fn terms(units: &[Words], sentences: &[u32], weights: &[f64]) -> Vec<(u32, f64)> {
    let units = sentences.iter().filter_map(|at| units.get(*at as usize));
    let mut numbers: Vec<u32> = units.flat_map(|unit| unit.terms.iter().copied()).collect();
    sort(&mut numbers);
    numbers.dedup();
    numbers.iter().map(|n| (*n, weights.get(*n as usize).copied().unwrap_or_default())).collect()
}

/// The sum of squares of weights.
fn square(terms: &[(u32, f64)]) -> f64 {
    terms.iter().map(|(_, weight)| weight * weight).sum()
}

/// Cosine of a topic's terms and some few, with their weights.
fn cosine(topic: &Group, few: &[(u32, f64)]) -> f64 {
    let known = |term: &u32| topic.terms.binary_search_by_key(term, |(other, _)| *other).is_ok();
    let shared: f64 = few.iter().filter(|(term, _)| known(term)).map(|(_, weight)| weight * weight).sum();
    if shared > 0.0 { shared / (topic.square * square(few)).sqrt() } else { 0.0 }
}

/// Something that a topic may be called by: an entity by its key, or a term.
#[derive(Clone, Copy)]
struct Candidate {
    id: (bool, u32),
    sentence: u32,
    span: Span,
    weight: f64,
}

/// All that topics may be called by, in order of the text.
fn candidates(text: &str, units: &[Words], vocabulary: &Vocabulary, weights: &[f64]) -> Vec<Candidate> {
    let carries = |token: &Token| {
        let word = vocabulary.word(token.word);
        word.content && !word.digit && !word.reports && !words::is_calendar(&word.folded)
    };
    let verbal = |token: &Token| {
        let word = &vocabulary.word(token.word).folded;
        !token.capital && ["ly", "ed", "ing"].iter().any(|ending| word.ends_with(ending))
    };
    let mut all: Vec<Candidate> = Vec::new();
    for (sentence, unit) in (0..).zip(units) {
        let mut at = 0;
        for tokens in unit.tokens.chunk_by(|x, y| x.key == y.key && x.key != NO_KEY) {
            let (from, to) = (at, at + tokens.len());
            at = to;
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
            let worth = |token: &Token| {
                weights.get(vocabulary.word(token.word).term as usize).copied().unwrap_or_default()
            };
            let weight = tokens.iter().filter(|token| carries(token)).map(worth).fold(0.0, f64::max);
            let named = first.key != NO_KEY || first.capital;
            let weight = weight
                * if named {
                    NAME
                } else if verbal(first) {
                    VERB
                } else {
                    1.0
                };
            if weight == 0.0 {
                continue;
            }
            let mut span = Span { start: first.span.start, end: last.span.end };
            // With the word beside it that makes a phrase of it: "uranium enrichment", "plausible deniability".
            let beside = |at: usize| {
                let plain = |t: &&Token| carries(t) && t.key == NO_KEY && !t.capital && !verbal(t);
                unit.tokens.get(at).filter(plain).map(|token| token.span)
            };
            let joined = |x: u32, y: u32| matches!(text.get(x as usize..y as usize), Some(" " | "-"));
            if let Some(next) = beside(to).filter(|next| !named && joined(span.end, next.start)) {
                span.end = next.end;
            } else if let Some(before) =
                beside(from.wrapping_sub(1)).filter(|before| !named && joined(before.end, span.start))
            {
                span.start = before.start;
            }
            let id = match first.key {
                NO_KEY => (false, vocabulary.word(first.word).term),
                key => (true, key),
            };
            all.push(Candidate { id, sentence, span, weight });
        }
    }
    all
}

/// The words that the sentences have and the others hardly have; `all` are the ids of all candidates, ascending.
fn title(candidates: &[Candidate], sentences: &[u32], all: &[(bool, u32)]) -> Vec<Span> {
    let of = |&sentence: &u32| {
        let from = candidates.partition_point(|c| c.sentence < sentence);
        let rest = candidates.get(from..).unwrap_or(&[]);
        rest.iter().take_while(move |c| c.sentence == sentence).copied()
    };
    let mut own: Vec<Candidate> = sentences.iter().flat_map(of).collect();
    sort_by_key(&mut own, |c| (c.id, c.span));
    let mut scored: Vec<(f64, Span)> = Vec::new();
    for same in own.chunk_by(|x, y| x.id == y.id) {
        let id = same[0].id;
        let everywhere = all.partition_point(|x| *x <= id) - all.partition_point(|x| *x < id);
        // In the longest form that the topic has.
        let longest = same.iter().max_by_key(|c| (c.span.len(), std::cmp::Reverse(c.span.start)));
        if let Some(c) = longest {
            let here = same.len() as f64;
            scored.push((c.weight * c.weight * here * here / everywhere.max(1) as f64, c.span));
        }
    }
    sort_by(&mut scored, |x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    let mut title: Vec<Span> = Vec::new();
    for (_, span) in scored {
        if title.len() < MAX_TITLE && !title.iter().any(|other| other.overlaps(span)) {
            title.push(span);
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::tests::article;

    /// Topics as "title: sentences".
    fn told(source: &str, only: &[u32]) -> Vec<String> {
        let article = article(source);
        let sentences = super::super::sentences(&article);
        let shown = |topic: Topic| {
            let title: Vec<&str> = topic.title.iter().map(|span| span.of(&article.text)).collect();
            format!("{}: {:?}", title.join(", "), topic.sentences)
        };
        topics(&article, &sentences, &[], only, Common::all()).into_iter().map(shown).collect()
    }

    #[test]
    fn what_shares_rare_words_is_one_topic_and_the_most_substantial_comes_first() {
        let source = "The council met on Monday. It was short.\n\
            Uranium enrichment went on at Natanz, inspectors wrote.\n\
            Shops are closed. Bread is dear.\n\
            At Natanz the inspectors found uranium enrichment of sixty percent, which exceeds all limits.";
        let found = told(source, &[2, 3, 4, 5]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].ends_with("[2, 5]") && found[0].contains("Natanz"), "{found:?}");
        assert!(found[1].ends_with("[3, 4]"), "{found:?}");
        // What all of the article says names no topic; the words beside make a phrase.
        assert!(found[0].contains("Uranium enrichment"), "{found:?}");
        assert_eq!(told(source, &[]), [""; 0]);
    }

    #[test]
    fn what_stands_under_a_heading_is_called_by_it() {
        let source = "# The storm\nIt came on Monday.\n# Schools\nThey stay closed. Teachers wait.\n\
            # Ferries\nNone runs. Pilots, sailors, cooks and stewards wait at Arles for weather to change.";
        assert_eq!(told(source, &[1, 3, 4, 6, 7]), ["Ferries: [6, 7]", "Schools: [3, 4]", "came: [1]"],);
    }
}
