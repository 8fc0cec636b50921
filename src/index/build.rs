//! Building: from articles to the bytes of an index.
//!
//! One pass over the articles in order; each term's postings grow as bytes. Terms are the folded words as they
//! stand; what shares a stem is a second, smaller dictionary that leads from `language + stem` to term numbers.
//! Literal hits and word forms so stay apart, and nothing is stored twice.
//!
//! Invariant: the same articles give the same bytes on every target: hash maps are looked up, never walked. Not
//! here: reading (see `mod`).

use super::bytes::{put_u32, put_varint};
use super::{MAGIC, SECTIONS, VERSION, dictionary, postings, stem_key, words};
use crate::article::Article;
use crate::text;
use crate::text::sort::{sort, sort_by};
use std::collections::{BTreeMap, HashMap};

/// Languages that can have stemmers of their own in one index; articles in further ones use the first.
const LANGUAGES: usize = 60;

/// The terms met so far.
#[derive(Default)]
struct Terms {
    /// Words as written, so that each spelling is folded once.
    written: HashMap<String, u32>,
    folded: HashMap<String, u32>,
    keys: Vec<String>,
    postings: Vec<postings::Writer>,
    /// Languages of the articles that each was met in, a bit each.
    languages: Vec<u64>,
}

impl Terms {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.written.get(word) {
            return number;
        }
        let folded = text::fold(word);
        let next = self.keys.len() as u32;
        let number = *self.folded.entry(folded.clone()).or_insert(next);
        if number == next {
            self.keys.push(folded);
            self.postings.push(postings::Writer::default());
            self.languages.push(0);
        }
        self.written.insert(word.to_owned(), number);
        number
    }
}

/// The index of `articles` as bytes.
pub fn build(articles: &[Article]) -> Vec<u8> {
    let mut terms = Terms::default();
    let mut languages: Vec<&str> = Vec::new();
    let mut table = Vec::new();
    let mut sentences = Vec::new();
    let mut sentence_offsets = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        let language = language_number(&mut languages, article.meta.language.as_deref().unwrap_or(""));
        let (title, text) = add(&mut terms, number as u32, language, article);
        put_u32(&mut table, title);
        put_u32(&mut table, text);
        put_u32(&mut table, language);
        put_u32(&mut sentence_offsets, sentences.len() as u32);
        let mut last = 0;
        for start in words::sentence_starts(article) {
            put_varint(&mut sentences, start - last);
            last = start;
        }
    }
    sentence_offsets.extend_from_slice(&sentences);

    let mut order: Vec<u32> = (0..terms.keys.len() as u32).collect();
    sort_by(&mut order, |&a, &b| terms.keys[a as usize].cmp(&terms.keys[b as usize]));
    let mut dictionary = dictionary::Writer::default();
    let mut postings = Vec::new();
    for &term in &order {
        let writer = &terms.postings[term as usize];
        let length = writer.write(&mut postings);
        dictionary.push(&terms.keys[term as usize], writer.articles(), length);
    }
    let (stems, forms) = stems(&terms, &order, &languages);
    let languages = languages.join("\n").into_bytes();
    assemble([table, languages, dictionary.finish(), postings, stems, forms, sentence_offsets])
}

fn language_number<'a>(languages: &mut Vec<&'a str>, language: &'a str) -> u32 {
    // A tag with a line break is no tag; it would part the list.
    let language = if language.contains('\n') { "" } else { language };
    match languages.iter().position(|&known| known == language) {
        Some(at) => at as u32,
        None if languages.len() < LANGUAGES => {
            languages.push(language);
            languages.len() as u32 - 1
        }
        None => 0,
    }
}

/// Adds the words of one article; gives how many its title and its text have.
fn add(terms: &mut Terms, number: u32, language: u32, article: &Article) -> (u32, u32) {
    // Term, whether in the text, position: sorted, each term's two runs follow each other.
    let mut places: Vec<(u32, bool, u32)> = Vec::new();
    for word in words::of_title(article) {
        places.push((terms.number(word.span.of(&article.meta.title)), false, word.position));
    }
    let title = places.len() as u32;
    for word in words::of_text(article) {
        places.push((terms.number(word.span.of(&article.text)), true, word.position));
    }
    let text = places.len() as u32 - title;
    sort(&mut places);
    for run in places.chunk_by(|a, b| a.0 == b.0) {
        let split = run.partition_point(|place| !place.1);
        let positions = |run: &[(u32, bool, u32)]| run.iter().map(|place| place.2).collect::<Vec<u32>>();
        let term = run[0].0 as usize;
        terms.postings[term].push(number, &positions(&run[..split]), &positions(&run[split..]));
        terms.languages[term] |= 1 << language;
    }
    (title, text)
}

/// The dictionary of stems and the term numbers (in dictionary order) that each has. A stem whose only form is
/// itself is left out: the dictionary of terms knows it.
fn stems(terms: &Terms, order: &[u32], languages: &[&str]) -> (Vec<u8>, Vec<u8>) {
    let mut groups: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (ordinal, &term) in order.iter().enumerate() {
        let key = &terms.keys[term as usize];
        for (at, &language) in languages.iter().enumerate() {
            if terms.languages[term as usize] & 1 << at != 0 {
                let stem = text::stem(key, Some(language).filter(|language| !language.is_empty()));
                groups.entry(stem_key(at, &stem)).or_default().push(ordinal as u32);
            }
        }
    }
    let mut dictionary = dictionary::Writer::default();
    let mut forms = Vec::new();
    for (stem, members) in &groups {
        let own = members.first().and_then(|&ordinal| terms.keys.get(order[ordinal as usize] as usize));
        if members.len() == 1 && own.is_some_and(|own| stem.get(1..) == Some(own)) {
            continue;
        }
        let start = forms.len();
        let mut last = 0;
        for &ordinal in members {
            put_varint(&mut forms, ordinal - last);
            last = ordinal;
        }
        dictionary.push(stem, members.len() as u32, (forms.len() - start) as u32);
    }
    (dictionary.finish(), forms)
}

/// Magic, version, the end of each section, the sections.
fn assemble(sections: [Vec<u8>; SECTIONS]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend_from_slice(MAGIC);
    put_u32(&mut out, VERSION);
    let mut end = 0;
    for section in &sections {
        end += section.len() as u32;
        put_u32(&mut out, end);
    }
    sections.iter().for_each(|section| out.extend_from_slice(section));
    out
}
