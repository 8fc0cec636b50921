//! Building: from articles to the bytes of a segment, and several segments to one.
//!
//! Articles are cut into words once: a stream of term numbers, parted by article, field and paragraph. A counting
//! sort by term then gives each term's places in order, which are packed one term after the other. Terms are the
//! folded words as they stand; what shares a stem is a second, smaller dictionary that leads from
//! `language + stem` to term numbers, so literal hits and word forms stay apart, and nothing is stored twice.
//! Joining decodes the places of both parts and packs them anew, without reading any text.
//!
//! Invariant: the same articles give the same bytes on every target, with any number of cores, and whether they came
//! at once or in parts: no hash table is ever walked, and all that depends on the whole is computed from the whole.
//! Linear in the words. Not here: reading (see `mod`).

use super::bytes::{put_u32, put_varint};
use super::order::Order;
use super::postings::{self, Places};
use super::segment::{HEADINGS, MAGIC, SECTIONS, Segment, VERSION, bits_of_language, stem_key};
use super::sentences::{self, Sentences};
use super::{Row, dictionary, impact, words};
use crate::article::Article;
use crate::text;
use crate::text::interner::Interner;
use crate::text::sort::sort_by;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Languages that can have stemmers of their own in one index; articles in further ones use the first.
const LANGUAGES: usize = 60;

/// How many times the words of the segment behind it a segment has at least; one with fewer is joined with that.
const LARGER: usize = 2;

/// Where a term stands: article, then in one number the field, the position and whether that is in a heading.
type Place = (u32, u32);

/// The bit of a place that says that it is in the text; places in the title come first.
const IN_TEXT: u32 = 1 << 31;
/// The bit of a place that says that it is in a heading of the text.
const IN_HEADING: u32 = 1;

/// A place in a text.
fn in_text(position: u32, heading: bool) -> u32 {
    IN_TEXT | position << 1 | if heading { IN_HEADING } else { 0 }
}

/// A place in a title.
fn in_title(position: u32) -> u32 {
    position << 1
}

/// The word number of a place.
fn position(place: u32) -> u32 {
    (place & !IN_TEXT) >> 1
}

/// All that an index holds, by term, before it is packed.
#[derive(Default)]
pub(super) struct Inverted {
    /// Ascending.
    keys: Vec<String>,
    /// Of each term, where its places end among all.
    ends: Vec<usize>,
    places: Vec<Place>,
    rows: Vec<Row>,
    languages: Vec<String>,
    sentences: Vec<Sentences>,
}

/// The terms met so far, by number.
#[derive(Default)]
struct Terms {
    terms: Interner,
    /// Words with letters beyond ASCII as written, so that each spelling is folded once.
    written: HashMap<String, u32>,
}

impl Terms {
    fn number(&mut self, word: &str) -> u32 {
        let mut small = [0u8; 64];
        let bytes = word.as_bytes();
        if let Some(small) = small.get_mut(..bytes.len())
            && bytes.iter().all(u8::is_ascii_alphanumeric)
        {
            small.copy_from_slice(bytes);
            small.make_ascii_lowercase();
            return self.terms.number(std::str::from_utf8(small).unwrap_or(word));
        }
        if let Some(&number) = self.written.get(word) {
            return number;
        }
        let number = self.terms.number(&text::fold(word));
        self.written.insert(word.to_owned(), number);
        number
    }
}

/// The index of `articles` as bytes.
pub fn build(articles: &[Article]) -> Vec<u8> {
    invert(articles).write()
}

/// Segments and, behind them, one of `more`. Those that are not much larger are joined with it: as many are left, at most,
/// as the words of all can be halved.
pub fn add(mut segments: Vec<Arc<Segment>>, more: &[Article]) -> Result<Vec<Arc<Segment>>, String> {
    let mut last = invert(more);
    while let Some(before) = segments.last() {
        let words: usize = before.lengths().map(|(title, text)| (title + text) as usize).sum();
        let languages = segments.iter().map(|segment| segment.languages.len()).sum::<usize>();
        if words >= LARGER * last.places.len() && languages + last.languages.len() <= LANGUAGES {
            break;
        }
        last = join(vec![Inverted::of(before), last]);
        segments.pop();
    }
    let bytes = last.write();
    let all = 0..bytes.len();
    segments.push(Arc::new(Segment::open(Arc::new(bytes), all)?));
    Ok(segments)
}

/// The index of the articles of all segments as bytes.
pub fn whole<'s>(segments: impl Iterator<Item = &'s Arc<Segment>>) -> Vec<u8> {
    join(segments.map(|segment| Inverted::of(segment)).collect()).write()
}

/// Articles by term; natively with as many cores as there are.
#[cfg(not(target_arch = "wasm32"))]
fn invert(articles: &[Article]) -> Inverted {
    /// Articles for which a second core is not worth its start.
    const FEW: usize = 256;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let size = articles.len().div_ceil(cores).max(FEW);
    if articles.len() <= size {
        return invert_part(articles);
    }
    let parts = std::thread::scope(|scope| {
        let parts: Vec<_> =
            articles.chunks(size).map(|part| scope.spawn(move || invert_part(part))).collect();
        parts.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Result<Vec<_>, _>>()
    });
    parts.map_or_else(|_| invert_part(articles), join)
}

/// Articles by term.
#[cfg(target_arch = "wasm32")]
fn invert(articles: &[Article]) -> Inverted {
    invert_part(articles)
}

fn invert_part(articles: &[Article]) -> Inverted {
    let mut terms = Terms::default();
    let mut inverted = Inverted::default();
    // The terms in the order of the texts, and where each stands.
    let mut stream: Vec<(u32, Place)> = Vec::new();
    for (number, article) in (0..).zip(articles) {
        let start = stream.len();
        for word in words::of_title(article) {
            let term = terms.number(word.span.of(&article.meta.title));
            stream.push((term, (number, in_title(word.position))));
        }
        let title = (stream.len() - start) as u32;
        let mut sentence = words::Starts::new(article);
        let mut sentences = Sentences::default();
        let mut text = 0;
        for word in words::of_text(article) {
            if sentence.begins(&word) {
                if word.heading {
                    sentences.headings.push(sentences.starts.len() as u32);
                }
                sentences.starts.push(word.position);
            }
            let place = in_text(word.position, word.heading);
            stream.push((terms.number(word.span.of(&article.text)), (number, place)));
            text = word.position + 1;
        }
        let language = inverted.language(article.meta.language.as_deref().unwrap_or(""));
        inverted.rows.push(Row { title, text, language });
        inverted.sentences.push(sentences);
    }
    let terms = terms.terms;
    let count = terms.count();
    let mut order: Vec<u32> = (0..count as u32).collect();
    // How they begin says it mostly.
    let heads: Vec<u64> = (0..count).map(|term| dictionary::head(terms.key(term).as_bytes())).collect();
    sort_by(&mut order, |&a, &b| {
        let (a, b) = (a as usize, b as usize);
        heads[a].cmp(&heads[b]).then_with(|| terms.key(a).cmp(terms.key(b)))
    });
    let mut ordinal = vec![0u32; count];
    (0..).zip(&order).for_each(|(at, &term)| ordinal[term as usize] = at);
    let mut ends = vec![0usize; count];
    stream.iter().for_each(|&(term, _)| ends[ordinal[term as usize] as usize] += 1);
    let mut sum = 0;
    for end in &mut ends {
        (*end, sum) = (sum, sum + *end);
    }
    inverted.places = vec![(0, 0); stream.len()];
    for (term, place) in stream {
        let next = &mut ends[ordinal[term as usize] as usize];
        inverted.places[*next] = place;
        *next += 1;
    }
    inverted.ends = ends;
    inverted.keys = order.iter().map(|&term| terms.key(term as usize).to_owned()).collect();
    inverted
}

/// Parts, in order, as one.
fn join(parts: Vec<Inverted>) -> Inverted {
    let mut whole = Inverted::default();
    let mut first = Vec::new();
    for part in &parts {
        first.push(whole.rows.len() as u32);
        for row in &part.rows {
            let language = part.languages.get(row.language as usize).map_or("", String::as_str);
            let language = whole.language(language);
            whole.rows.push(Row { language, ..*row });
        }
        whole.sentences.extend(part.sentences.iter().cloned());
    }
    whole.places.reserve(parts.iter().map(|part| part.places.len()).sum());
    let mut at = vec![0usize; parts.len()];
    loop {
        let keys = || parts.iter().zip(&at).filter_map(|(part, &at)| part.keys.get(at));
        let Some(key) = keys().min().cloned() else { return whole };
        for ((part, at), &first) in parts.iter().zip(&mut at).zip(&first) {
            if part.keys.get(*at) == Some(&key) {
                whole
                    .places
                    .extend(part.places(*at).iter().map(|&(article, place)| (article + first, place)));
                *at += 1;
            }
        }
        whole.keys.push(key);
        whole.ends.push(whole.places.len());
    }
}

impl Inverted {
    /// What a segment holds, by term.
    fn of(segment: &Segment) -> Inverted {
        let docs = || (0..segment.articles).map(|article| segment.order.doc(article));
        let mut inverted = Inverted {
            rows: docs().map(|doc| segment.row(doc)).collect(),
            languages: segment.languages.clone(),
            sentences: docs().map(|doc| segment.sentences(doc)).collect(),
            ..Inverted::default()
        };
        let terms = segment.terms();
        let mut walk = terms.all();
        while walk.advance().is_some() {
            let entry = walk.entry();
            let mut postings = segment.postings(&entry, 0, 1.0);
            let start = inverted.places.len();
            postings.seek(0);
            while let Some(doc) = postings.doc() {
                let article = segment.order.article(doc);
                let title = postings.positions(true).iter().map(|&at| (article, in_title(at)));
                inverted.places.extend(title);
                let sentences = &inverted.sentences[article as usize];
                let text = |&at: &u32| (article, in_text(at, sentences.in_heading(at)));
                inverted.places.extend(postings.positions(false).iter().map(text));
                postings.advance();
            }
            inverted.places[start..].sort_unstable();
            inverted.keys.push(walk.key().to_owned());
            inverted.ends.push(inverted.places.len());
        }
        inverted
    }

    /// Of each term the articles that have it.
    fn lists(&self) -> impl Iterator<Item = impl Iterator<Item = u32>> {
        (0..self.keys.len()).map(|term| self.places(term).chunk_by(|a, b| a.0 == b.0).map(|run| run[0].0))
    }

    /// The places of a term.
    fn places(&self, term: usize) -> &[Place] {
        let start = term.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(term).and_then(|&end| self.places.get(start..end)).unwrap_or_default()
    }

    fn language(&mut self, language: &str) -> u32 {
        // A tag with a line break is no tag; it would part the list.
        let language = if language.contains('\n') { "" } else { language };
        match self.languages.iter().position(|known| known == language) {
            Some(at) => at as u32,
            None if self.languages.len() < LANGUAGES => {
                self.languages.push(language.to_owned());
                self.languages.len() as u32 - 1
            }
            None => 0,
        }
    }

    /// The bytes.
    fn write(&self) -> Vec<u8> {
        let (order_section, order) = Order::make(self.rows.len(), self.lists());
        let articles = || (0..self.rows.len() as u32).map(|doc| order.article(doc) as usize);
        let rows: Vec<Row> = articles().map(|article| self.rows[article]).collect();
        let lengths: Vec<(u32, u32)> = rows.iter().map(|row| (row.title, row.text)).collect();
        let mean = super::mean(&lengths);
        let norms: Vec<[f32; 2]> =
            lengths.iter().map(|&(title, text)| impact::norms(title, text, mean)).collect();
        let headings = self.sentences.iter().any(|these| !these.headings.is_empty());
        let about = postings::About {
            articles: rows.len() as u32,
            lengths: &|doc| lengths.get(doc as usize).copied().unwrap_or_default(),
            norm: &|doc| norms.get(doc as usize).copied().unwrap_or([0.0; 2]),
            headings,
        };
        let mut dictionary = dictionary::Writer::default();
        let mut packed = Vec::new();
        let mut positions: Vec<u32> = Vec::new();
        let mut places: Vec<([usize; 3], u32)> = Vec::new();
        let mut docs: Vec<u64> = Vec::new();
        for (term, key) in self.keys.iter().enumerate() {
            positions.clear();
            places.clear();
            docs.clear();
            for run in self.places(term).chunk_by(|a, b| a.0 == b.0) {
                let start = positions.len();
                let split = start + run.partition_point(|place| place.1 & IN_TEXT == 0);
                positions.extend(run.iter().map(|place| position(place.1)));
                let headings = run.iter().filter(|place| place.1 & IN_HEADING > 0).count() as u32;
                docs.push(u64::from(order.doc(run[0].0)) << 32 | places.len() as u64);
                places.push(([start, split, positions.len()], headings));
            }
            docs.sort_unstable();
            let view = |&doc: &u64| {
                let ([start, split, end], headings) = places[doc as u32 as usize];
                let doc = (doc >> 32) as u32;
                let (title, text) = (&positions[start..split], &positions[split..end]);
                Places { doc, title, text, headings }
            };
            let view: Vec<Places> = docs.iter().map(view).collect();
            let before = packed.len();
            postings::write(&view, &about, &mut packed);
            dictionary.push(key, view.len() as u32, (packed.len() - before) as u32);
        }
        let (stems, forms) = self.stems();
        let table = postings::table(lengths.iter().copied());
        let names = self.languages.join("\n");
        let mut languages = Vec::new();
        put_u32(&mut languages, names.len() as u32);
        languages.extend_from_slice(names.as_bytes());
        if self.languages.len() > 1 {
            let bits = bits_of_language(self.languages.len());
            let byte =
                |rows: &[Row]| rows.iter().rev().fold(0, |byte, row| byte << (1 << bits) | row.language);
            languages.extend(rows.chunks(8 >> bits).map(|rows| byte(rows) as u8));
        }
        let sentences = articles().map(|article| (&self.sentences[article], self.rows[article].text));
        let sentences = sentences::write(sentences, headings);
        let sections =
            [order_section, table, languages, dictionary.finish(), packed, stems, forms, sentences];
        assemble(sections, headings)
    }

    /// The dictionary of stems, each with the articles that have any of its forms, and the term numbers of each. A
    /// stem whose only form is itself is left out: the dictionary of terms knows it.
    fn stems(&self) -> (Vec<u8>, Vec<u8>) {
        let mut groups: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (ordinal, key) in self.keys.iter().enumerate() {
            let mut spoken = 0u64;
            for &(article, _) in self.places(ordinal) {
                spoken |= 1 << self.rows.get(article as usize).map_or(0, |row| row.language.min(63));
            }
            for (at, language) in self.languages.iter().enumerate() {
                if spoken & 1 << at != 0 {
                    let language = Some(language.as_str()).filter(|language| !language.is_empty());
                    let stem = text::stem(key, language);
                    groups.entry(stem_key(at, &stem)).or_default().push(ordinal as u32);
                }
            }
        }
        let mut dictionary = dictionary::Writer::default();
        let mut forms = Vec::new();
        let mut seen = vec![0u32; self.rows.len()];
        for (round, (stem, members)) in (1..).zip(&groups) {
            let own = members.first().and_then(|&ordinal| self.keys.get(ordinal as usize));
            if members.len() == 1 && own.is_some_and(|own| stem.get(1..) == Some(own)) {
                continue;
            }
            let mut articles = 0;
            for &(article, _) in members.iter().flat_map(|&ordinal| self.places(ordinal as usize)) {
                if let Some(seen) = seen.get_mut(article as usize)
                    && std::mem::replace(seen, round) != round
                {
                    articles += 1;
                }
            }
            let start = forms.len();
            let mut last = 0;
            for &ordinal in members {
                put_varint(&mut forms, ordinal - last);
                last = ordinal;
            }
            dictionary.push(stem, articles, (forms.len() - start) as u32);
        }
        (dictionary.finish(), forms)
    }
}

/// Magic, version, the end of each section, the sections.
fn assemble(sections: [Vec<u8>; SECTIONS], headings: bool) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend_from_slice(MAGIC);
    put_u32(&mut out, if headings { VERSION | HEADINGS } else { VERSION });
    let mut end = 0;
    for section in &sections {
        end += section.len() as u32;
        put_u32(&mut out, end);
    }
    sections.iter().for_each(|section| out.extend_from_slice(section));
    out
}
