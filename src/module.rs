//! The ES module: the engine for other pages, with JavaScript values at its edge.
//!
//! Invariant: offsets are UTF-16 code units, what JavaScript strings index; an article's `id` is its name in
//! addresses. Not here: anything that is computed (see `engine`).
//!
//! ```js
//! import init, { Corpus } from "./crossread.js";
//! await init();
//! const corpus = Corpus.build([{ id, title, text, date, source }]);
//! corpus.search("query", { limit: 10, snippets: true }); // [{ id, score, title, snippet, hits }]
//! ```

use crate::engine::compared;
use crate::engine::{Answer, Engine, Given, Request, Utf16};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// An article as a page hands it in.
#[derive(Deserialize)]
struct Record {
    id: String,
    title: Option<String>,
    text: String,
    date: Option<String>,
    source: Option<String>,
    author: Option<String>,
    language: Option<String>,
    url: Option<String>,
    licence: Option<String>,
}

impl Record {
    fn given(self) -> Given {
        let known = [
            ("title", self.title),
            ("date", self.date),
            ("source", self.source),
            ("author", self.author),
            ("language", self.language),
            ("url", self.url),
            ("licence", self.licence),
        ];
        let known = known.into_iter().filter_map(|(key, value)| Some((key, value?)));
        Given { text: self.text, fields: std::iter::once(("id", self.id)).chain(known).collect() }
    }
}

/// What a search may be told.
#[derive(Deserialize)]
#[serde(default)]
struct Options {
    limit: u32,
    snippets: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { limit: 10, snippets: true }
    }
}

#[derive(Serialize)]
struct Hit {
    id: String,
    score: f64,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hits: Option<Vec<[u32; 2]>>,
}

#[derive(Serialize)]
struct Mention {
    start: u32,
    end: u32,
    text: String,
    r#type: &'static str,
    entity: String,
    name: String,
    certainty: f64,
    why: String,
}

/// Articles, indexed.
#[wasm_bindgen]
pub struct Corpus {
    engine: Engine,
}

#[wasm_bindgen]
impl Corpus {
    /// Indexes articles. Throws where the argument is no list of articles with a text each, naming what is wrong. The
    /// names in them are recognised when they are first asked for: by `mentions`, `compare`, or a query with `entity:`.
    pub fn build(articles: JsValue) -> Result<Corpus, JsError> {
        let records: Vec<Record> = serde_wasm_bindgen::from_value(articles)?;
        let count = records.len();
        let (engine, problems) = Engine::of(records.into_iter().map(Record::given).collect());
        match problems.first() {
            Some(problem) if engine.len() < count => {
                let line = problem.line.map_or(0, |line| line - 1);
                Err(JsError::new(&format!("article {line}: {}", problem.message)))
            }
            _ => Ok(Corpus { engine }),
        }
    }

    /// Opens the bytes of [`Corpus::save`]. Throws with the section's name where they are damaged.
    pub fn open(bytes: Vec<u8>) -> Result<Corpus, JsError> {
        Ok(Corpus { engine: Engine::open_lazily(bytes)? })
    }

    /// The corpus file; with the names where they have been recognised.
    pub fn save(&self) -> Vec<u8> {
        self.engine.to_bytes()
    }

    /// Bytes of each section of the corpus file: `{ about, texts, articles, index, names }`.
    pub fn sizes(&self) -> Result<JsValue, JsError> {
        let sizes: Vec<(&str, u64)> = self.engine.sizes();
        let mut object = serde_json::Map::new();
        object.extend(sizes.into_iter().map(|(name, size)| (name.to_owned(), size.into())));
        parsed(&object)
    }

    /// The edition: 64 hexadecimal digits.
    pub fn edition(&self) -> String {
        self.engine.edition()
    }

    /// The best articles for a query: `[{ id, score, title, snippet, hits }]`.
    pub fn search(&mut self, query: String, options: JsValue) -> Result<JsValue, JsError> {
        let options: Options = if options.is_undefined() || options.is_null() {
            Options::default()
        } else {
            serde_wasm_bindgen::from_value(options)?
        };
        if query.contains("entity:") {
            self.engine.name();
        }
        let request = Request::Rank { query, limit: options.limit, details: options.snippets };
        let Answer::Ranking(ranked) = self.engine.answer(request).answer else { return js(&[0u8; 0]) };
        let hit = |r: crate::engine::views::Ranked| {
            let units = Utf16::new(&r.text);
            Hit {
                hits: options.snippets.then(|| r.hits.iter().map(|h| units.span(*h)).collect()),
                id: r.slug,
                score: r.score,
                title: r.title,
                snippet: options.snippets.then_some(r.snippet.text),
            }
        };
        parsed(&ranked.into_iter().map(hit).collect::<Vec<Hit>>())
    }

    /// Who and what an article names: `[{ start, end, text, type, entity, name, certainty, why }]`. Throws where
    /// there is no such article.
    pub fn mentions(&mut self, id: String) -> Result<JsValue, JsError> {
        self.engine.name();
        match self.engine.answer(Request::Article { slug: id }).answer {
            Answer::Article(article) => {
                let units = Utf16::new(&article.text);
                let mention = |m: &crate::engine::views::MentionView| {
                    let name = article.names.get(m.name as usize)?;
                    let [start, end] = units.span(m.span);
                    Some(Mention {
                        start,
                        end,
                        text: m.span.of(&article.text).to_owned(),
                        r#type: m.label(name.kind),
                        entity: name.entity.clone(),
                        name: name.name.clone(),
                        certainty: f64::from(m.certainty) / 100.0,
                        why: m.why.clone(),
                    })
                };
                js(&article.mentions.iter().filter_map(mention).collect::<Vec<Mention>>())
            }
            Answer::Missing { what } => Err(missing(&what)),
            _ => js(&[0u8; 0]),
        }
    }

    /// Two articles compared: `{ pairs, only_a, only_b, topics_a, topics_b }`; a topic is `{ title, only }`, indices into
    /// `only_a` or `only_b`. Throws where there is no such article.
    pub fn compare(&mut self, a: String, b: String) -> Result<JsValue, JsError> {
        self.engine.name();
        match self.engine.answer(Request::Compare { a, b }).answer {
            Answer::Compare(view) => {
                js(&compared::compared(&view, &Utf16::new(&view.a.text), &Utf16::new(&view.b.text)))
            }
            Answer::Missing { what } => Err(missing(&what)),
            _ => js(&[0u8; 0]),
        }
    }
}

/// Two versions of a text: the words that are not the same, `[{ a, b, small }]`; `small` where only typography, letter
/// case or punctuation is another. What is in none of them is the same.
#[wasm_bindgen]
pub fn changes(a: String, b: String) -> Result<JsValue, JsError> {
    let (in_a, in_b) = (Utf16::new(&a), Utf16::new(&b));
    let found = crate::engine::changes(&a, &b);
    parsed(&compared::changed(&found, &in_a, &in_b))
}

fn missing(what: &str) -> JsError {
    JsError::new(&format!("there is no article “{what}” in this corpus"))
}

fn js(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// The same by way of JSON text, which is faster for many small objects.
fn parsed(value: &impl Serialize) -> Result<JsValue, JsError> {
    let text = serde_json::to_string(value)?;
    js_sys::JSON::parse(&text).map_err(|_| JsError::new("the answer is no JSON"))
}
