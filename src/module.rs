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

use crate::engine::views::{Compare, Relation, Side};
use crate::engine::{Answer, Engine, Request, SourceFile, Span, Utf16};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// An article as a page hands it in: the record of a `.jsonl` file.
#[derive(Serialize, Deserialize)]
struct Given {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
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

#[derive(Serialize)]
struct Comparison {
    pairs: Vec<Pair>,
    only_a: Vec<[u32; 2]>,
    only_b: Vec<[u32; 2]>,
}

#[derive(Serialize)]
struct Pair {
    a: [u32; 2],
    b: [u32; 2],
    relation: &'static str,
    score: f64,
    moved: bool,
    differences: Vec<Difference>,
}

#[derive(Serialize)]
struct Difference {
    kind: &'static str,
    note: String,
    a: [u32; 2],
    b: [u32; 2],
}

/// Articles, indexed.
#[wasm_bindgen]
pub struct Corpus {
    engine: Engine,
}

#[wasm_bindgen]
impl Corpus {
    /// Indexes articles. Throws where the argument is no list of articles, naming what is wrong.
    pub fn build(articles: JsValue) -> Result<Corpus, JsError> {
        let given: Vec<Given> = serde_wasm_bindgen::from_value(articles)?;
        let mut bytes = Vec::new();
        for article in &given {
            serde_json::to_writer(&mut bytes, article)?;
            bytes.push(b'\n');
        }
        let file = SourceFile { name: "articles.jsonl".to_owned(), bytes };
        let (engine, outcomes) = Engine::build(vec![file], None);
        let problem = outcomes.iter().flat_map(|o| &o.problems).next();
        match problem {
            Some(problem) if engine.slugs().len() < given.len() => Err(JsError::new(&problem.message)),
            _ => Ok(Corpus { engine }),
        }
    }

    /// Opens the bytes of [`Corpus::save`]. Throws with the section's name where they are damaged.
    pub fn open(bytes: &[u8]) -> Result<Corpus, JsError> {
        Ok(Corpus { engine: Engine::open(bytes)? })
    }

    /// The corpus file.
    pub fn save(&self) -> Vec<u8> {
        self.engine.to_bytes()
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
        js(&ranked.into_iter().map(hit).collect::<Vec<Hit>>())
    }

    /// Who and what an article names: `[{ start, end, text, type, entity, name, certainty, why }]`. Throws where
    /// there is no such article.
    pub fn mentions(&mut self, id: String) -> Result<JsValue, JsError> {
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
                        r#type: name.kind.label(),
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

    /// Two articles compared: `{ pairs, only_a, only_b }`. Throws where there is no such article.
    pub fn compare(&mut self, a: String, b: String) -> Result<JsValue, JsError> {
        match self.engine.answer(Request::Compare { a, b }).answer {
            Answer::Compare(view) => js(&comparison(&view)),
            Answer::Missing { what } => Err(missing(&what)),
            _ => js(&[0u8; 0]),
        }
    }
}

fn comparison(view: &Compare) -> Comparison {
    let (in_a, in_b) = (Utf16::new(&view.a.text), Utf16::new(&view.b.text));
    let sentence = |side: &Side, at: u32| side.sentences.get(at as usize).map_or(Span::default(), |s| s.span);
    let only = |side: &Side, units: &Utf16| {
        side.sentences.iter().filter(|s| s.only_here).map(|s| units.span(s.span)).collect()
    };
    let pair = |pair: &crate::engine::views::PairView| {
        let found = pair.differences.iter().filter_map(|d| view.differences.get(*d as usize));
        Pair {
            a: in_a.span(sentence(&view.a, pair.a)),
            b: in_b.span(sentence(&view.b, pair.b)),
            relation: if pair.relation == Relation::Related { "related" } else { "same" },
            score: pair.score,
            moved: pair.moved,
            differences: found
                .map(|d| Difference {
                    kind: d.kind.label(),
                    note: d.note.clone(),
                    a: in_a.span(d.a),
                    b: in_b.span(d.b),
                })
                .collect(),
        }
    };
    Comparison {
        pairs: view.pairs.iter().map(pair).collect(),
        only_a: only(&view.a, &in_a),
        only_b: only(&view.b, &in_b),
    }
}

fn missing(what: &str) -> JsError {
    JsError::new(&format!("there is no article “{what}” in this corpus"))
}

fn js(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
