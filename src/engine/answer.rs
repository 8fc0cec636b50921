//! The engine itself: a corpus, what is derived from it once, and the dispatch of questions to their makers.
//!
//! Invariant: everything derived is derived from the corpus alone, so opening a saved corpus gives the same
//! answers as building it. Not here: how an answer is made (one file per view).

use super::views::ArticleRef;
use super::{Answer, Request, Response, Saved, parts};
use crate::article::Article;
use crate::bundle::{self, Corpus, Damage};

/// A corpus, ready to answer.
#[derive(Clone, Debug)]
pub struct Engine {
    corpus: Corpus,
    refs: Vec<ArticleRef>,
}

impl Engine {
    /// No articles yet.
    pub fn empty() -> Engine {
        Engine::over(Corpus::new(String::new(), Vec::new()))
    }

    /// Opens a corpus file, made by [`Request::Save`] or by [`Engine::to_bytes`].
    pub fn open(bytes: &[u8]) -> Result<Engine, Damage> {
        Corpus::from_bytes(bytes).map(Engine::over)
    }

    /// The corpus file.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.corpus.to_bytes()
    }

    /// The edition: 64 hexadecimal digits, the same for the same articles.
    pub fn edition(&self) -> String {
        self.corpus.edition()
    }

    /// The same articles under another title.
    pub fn with_title(mut self, title: String) -> Engine {
        self.corpus.title = title;
        self
    }

    /// Answers a question.
    pub fn answer(&mut self, request: Request) -> Response {
        let problems = Vec::new();
        let answer = match request {
            Request::Library(filters) => {
                let _ = filters;
                Answer::Library(Box::new(super::views::Library { title: self.title(), ..Default::default() }))
            }
            Request::About => Answer::About(Box::new(self.about())),
            Request::Save => Answer::Saved(self.save()),
            _ => Answer::Missing { what: String::new() },
        };
        Response { answer, problems }
    }

    fn over(corpus: Corpus) -> Engine {
        let articles = &corpus.articles;
        let letter = |i: usize| match (articles.len(), i) {
            (2, 0) => Some('A'),
            (2, 1) => Some('B'),
            _ => None,
        };
        let refs = articles.iter().enumerate().map(|(i, a)| parts::article_ref(a, letter(i))).collect();
        Engine { refs, corpus }
    }

    pub(super) fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    pub(super) fn articles(&self) -> &[Article] {
        &self.corpus.articles
    }

    /// An article as a heading; an empty one where there is none.
    pub(super) fn article_ref(&self, index: usize) -> ArticleRef {
        self.refs.get(index).cloned().unwrap_or_default()
    }

    /// Title of the corpus; where none was given, that of its only article, or how many there are.
    pub(super) fn title(&self) -> String {
        match (self.corpus.title.as_str(), self.articles()) {
            ("", []) => "No articles yet".to_owned(),
            ("", [only]) => only.meta.title.clone(),
            ("", more) => format!("{} articles", more.len()),
            (title, _) => title.to_owned(),
        }
    }

    fn save(&self) -> Saved {
        Saved {
            bytes: self.to_bytes(),
            articles_html: bundle::static_html(self.articles()),
            title: self.title(),
        }
    }
}
