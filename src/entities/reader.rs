//! The reading of one article: its marks, chosen from all sources, and which acronyms it explains.
//!
//! Invariant: marks are in text order, may nest and never cross; one writing has one kind. Not here: which
//! entity a mark belongs to (`link`).

use super::acronym;
use super::candidate::{Candidate, choose};
use super::chains::{self, Chain};
use super::evidence::{Evidence, Verdict, weigh};
use super::listed;
use super::lists::{COMMON, EVENT, FUNCTION, GIVEN, LAW, Lists, ORGANISATION, PLACE, PLAIN, SURNAME};
use super::page::{Gap, Page, Sentence};
use super::{Kind, Why, dated};
use crate::article::Article;
use crate::text::Span;
use std::collections::{BTreeMap, HashMap};

/// A mark before it is joined to an entity.
#[derive(Clone, Debug)]
pub struct Name {
    /// Where.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// How sure, 0 to 100.
    pub certainty: u8,
    /// Why.
    pub why: Why,
    /// The known name it is.
    pub known: Option<u32>,
    /// Its folded words, joined by spaces.
    pub key: String,
}

/// What one article names.
pub struct Reading<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its marks in text order.
    pub names: Vec<Name>,
    /// Acronyms that it explains: the folded letters, and the index in `names` of what they stand for.
    pub acronyms: Vec<(String, usize)>,
}

/// Reads an article.
pub fn read<'a>(article: &'a Article, lists: &Lists) -> Reading<'a> {
    let page = Page::new(article, lists);
    let mut found = Vec::new();
    let mut all: Vec<(Chain, Sentence, String)> = Vec::new();
    for &sentence in &page.sentences {
        dated::candidates(&page, sentence, &mut found);
        let since = found.len();
        listed::candidates(&page, lists, sentence, &mut found);
        dated::of_places(&page, sentence, &mut found, since);
        if !sentence.loud {
            let mut run = Vec::new();
            chains::chains(&page, lists, sentence, &mut run);
            all.extend(run.into_iter().map(|chain| (chain, sentence, page.key(chain.from, chain.to))));
        }
    }
    let explained = explained(&page, &found, &all);
    let verdicts = verdicts(&page, lists, &all, &explained);
    for (chain, _, key) in &all {
        let Some(verdict) = verdicts.get(key).filter(|_| chain.trusted || seen(&page, *chain)) else {
            continue;
        };
        let (from, to) = with_year(&page, *chain, verdict.kind);
        found.push(candidate(&page, from, to, *verdict, verdict.why));
    }
    for &(at, _, known) in &explained {
        let kind = match known {
            Some(known) => lists.known(known).map(|known| known.kind),
            None => verdicts.get(&page.key(at, at + 1)).map(|verdict| verdict.kind),
        };
        if let Some(kind) = kind {
            let verdict = Verdict { kind, certainty: 93, why: Why::Acronym };
            found.push(candidate(&page, at, at + 1, verdict, Why::Acronym));
        }
    }
    elsewhere(&page, &verdicts, &mut found);
    let names: Vec<Name> = choose(found)
        .into_iter()
        .map(|mark| Name {
            key: page.key(mark.words.0, mark.words.1),
            span: mark.span,
            kind: mark.kind,
            certainty: mark.certainty,
            why: mark.why,
            known: mark.known,
        })
        .collect();
    let acronyms = explained
        .iter()
        .filter_map(|&(at, of, _)| {
            let span = page.span(of.0, of.1);
            let index = names.iter().position(|name| name.span == span)?;
            Some((page.key(at, at + 1), index))
        })
        .collect();
    Reading { text: page.text, names, acronyms }
}

fn candidate(page: &Page, from: usize, to: usize, verdict: Verdict, why: Why) -> Candidate {
    Candidate {
        span: page.span(from, to),
        words: (from, to),
        kind: verdict.kind,
        certainty: verdict.certainty,
        why,
        known: None,
    }
}

/// Whether a name that only begins sentences is one: it has its capital inside sentences too.
fn seen(page: &Page, chain: Chain) -> bool {
    page.word(chain.from).is_some_and(|word| {
        let habit = page.habit(&word.folded);
        habit.lower == 0
            && (habit.upper > 0
                || word.caps
                || word.class & (GIVEN | SURNAME) != 0 && word.class & COMMON == 0)
    })
}

/// An acronym in brackets: its word, the words it stands for, and the known name they are.
type Explained = (usize, (usize, usize), Option<u32>);

/// Acronyms in brackets right after what they stand for.
fn explained(page: &Page, listed: &[Candidate], chains: &[(Chain, Sentence, String)]) -> Vec<Explained> {
    let mut ends: BTreeMap<usize, ((usize, usize), Option<u32>)> = BTreeMap::new();
    for candidate in listed.iter().filter(|candidate| candidate.known.is_some()) {
        ends.insert(candidate.words.1, (candidate.words, candidate.known));
    }
    for (chain, _, _) in chains {
        let longer = ends.get(&chain.to).is_none_or(|(words, _)| words.0 > chain.from);
        if longer {
            ends.insert(chain.to, ((chain.from, chain.to), None));
        }
    }
    let mut explained = Vec::new();
    for (&at, &(words, known)) in &ends {
        let Some(word) = page.word(at).filter(|word| word.gap == Gap::Bracket) else { continue };
        let letters = word.caps || word.span.of(page.text).chars().filter(|c| c.is_uppercase()).count() > 1;
        let closed = page
            .text
            .get(word.span.end as usize..)
            .is_some_and(|rest| rest.starts_with([')', ',', ';', ']']));
        let of = page.words.get(words.0..words.1).unwrap_or(&[]).iter().map(|word| word.folded.as_str());
        if letters && closed && words.1 - words.0 > 1 && acronym::may_stand_for(&word.folded, of) {
            explained.push((at, words, known));
        }
    }
    explained
}

/// One kind for each writing.
fn verdicts(
    page: &Page,
    lists: &Lists,
    chains: &[(Chain, Sentence, String)],
    explained: &[Explained],
) -> HashMap<String, Verdict> {
    let mut evidence: BTreeMap<&str, (Evidence, usize, Chain)> = BTreeMap::new();
    for (chain, sentence, key) in chains {
        let one = weigh(page, lists, *sentence, *chain);
        let entry = evidence.entry(key).or_insert((Evidence::default(), 0, *chain));
        if entry.1 < 8 {
            entry.0.merge(&one);
        }
        entry.1 += 1;
        if chain.titled {
            entry.2.titled = true;
        }
    }
    for &(_, of, known) in explained {
        let entry = evidence.get_mut(page.key(of.0, of.1).as_str()).filter(|_| known.is_none());
        if let Some(entry) = entry {
            entry.0.add(Kind::Organisation, 4, Why::HeadWord);
            entry.0.add(Kind::Person, -6, Why::HeadWord);
        }
    }
    let mut verdicts = HashMap::new();
    let mut family: HashMap<String, u8> = HashMap::new();
    for (key, (evidence, _, chain)) in &evidence {
        let single = chain.to - chain.from == 1;
        let Some(word) = page.word(chain.from) else { continue };
        let nothing = single
            && !chain.titled
            && (word.class & (PLAIN | FUNCTION | ORGANISATION | PLACE | EVENT | LAW) != 0
                || abstract_noun(&word.folded)
                || (word.class & COMMON != 0 && (!word.caps || word.span.len() > 3))
                || word.span.len() < 2);
        if nothing {
            continue;
        }
        if let Some(verdict) = evidence.verdict() {
            let last = page.word(chain.to - 1).filter(|_| verdict.kind == Kind::Person && !single);
            if let Some(last) = last {
                family.insert(last.folded.clone(), verdict.certainty);
            }
            verdicts.insert((*key).to_owned(), verdict);
        }
    }
    for (key, (_, _, chain)) in &evidence {
        // A family name alone, after the full name.
        if let Some(certainty) = family.get(*key).filter(|_| chain.to - chain.from == 1) {
            let verdict = Verdict { kind: Kind::Person, certainty: *certainty, why: Why::PartOfName };
            verdicts.insert((*key).to_owned(), verdict);
        }
    }
    for &(at, of, known) in explained {
        let kind = match known {
            Some(known) => lists.known(known).map(|known| known.kind),
            None => verdicts.get(&page.key(of.0, of.1)).map(|verdict| verdict.kind),
        };
        if let Some(kind) = kind {
            verdicts.insert(page.key(at, at + 1), Verdict { kind, certainty: 90, why: Why::Acronym });
        }
    }
    verdicts
}

/// Whether a word ends like an abstract noun: a capital alone does not make it a name.
fn abstract_noun(folded: &str) -> bool {
    const ENDS: [&str; 9] = ["tion", "sion", "ism", "ment", "ness", "ship", "ology", "ocracy", "ings"];
    folded.len() > 6 && ENDS.iter().any(|end| folded.ends_with(end))
}

/// "2008 European Championship", "Euro 2012", "Resolution 1244": the figure belongs to the name.
fn with_year(page: &Page, chain: Chain, kind: Kind) -> (usize, usize) {
    let (mut from, mut to) = (chain.from, chain.to);
    let year = |at: usize| {
        page.word(at).is_some_and(|word| {
            word.folded.len() == 4
                && (word.folded.starts_with("19") || word.folded.starts_with("20"))
                && word.folded.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let spaced = |at: usize| page.word(at).is_some_and(|word| word.gap == Gap::Space);
    if kind == Kind::Event && from > 0 && year(from - 1) && spaced(from) {
        from -= 1;
    } else if kind == Kind::Event && year(to) && spaced(to) {
        to += 1;
    }
    let law =
        page.word(to.wrapping_sub(1)).is_some_and(|word| word.class & LAW != 0 || word.folded == "article");
    let figure = page.word(to).is_some_and(|word| word.folded.bytes().all(|byte| byte.is_ascii_digit()));
    if law && kind == Kind::Law && figure && spaced(to) {
        to += 1;
    }
    (from, to)
}

/// Appends what the article names elsewhere, where capitals alone tell nothing: in titles, at the beginning
/// of sentences.
fn elsewhere(page: &Page, verdicts: &HashMap<String, Verdict>, found: &mut Vec<Candidate>) {
    for &sentence in page.sentences.iter().filter(|sentence| sentence.loud) {
        let mut at = sentence.from;
        while at < sentence.to {
            let longest = (at + 1..=sentence.to.min(at + 6)).rev().find_map(|to| {
                let joined =
                    page.words.get(at + 1..to).unwrap_or(&[]).iter().all(|word| {
                        matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Stop | Gap::Ampersand)
                    });
                let upper = page.word(at).is_some_and(|word| word.upper);
                let verdict = (joined && upper).then(|| verdicts.get(&page.key(at, to))).flatten()?;
                Some((to, *verdict))
            });
            match longest {
                Some((to, verdict)) if verdict.certainty >= 50 => {
                    found.push(candidate(page, at, to, verdict, Why::Elsewhere));
                    at = to;
                }
                _ => at += 1,
            }
        }
    }
}
