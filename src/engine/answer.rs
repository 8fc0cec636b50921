//! The engine itself: a corpus, what is derived from it once, and the dispatch of questions to their makers.
//!
//! Invariant: everything derived is derived from the corpus alone, so opening a saved corpus gives the same
//! answers as building it. Not here: how an answer is made (one file per view).

use super::names::NameTable;
use super::story::Stories;
use super::views::{ArticleRef, FileOutcome};
use super::{Answer, Problem, Request, Response, STUDIO, Saved, SourceFile, parts};
use crate::article::Article;
use crate::bundle::{self, Corpus, Damage};
use crate::compare::Comparison;
use crate::search::Kept;
use crate::text::map::Map;
use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

/// A corpus, ready to answer.
#[derive(Clone)]
pub struct Engine {
    corpus: Corpus,
    refs: OnceCell<Vec<ArticleRef>>,
    by_slug: OnceCell<Map<String, usize>>,
    names: NameTable,
    /// Of words that were asked about.
    pub(super) kept: Kept,
    /// Made when first asked for.
    pub(super) grouped: OnceCell<Stories>,
    /// Examples, made and tried when first asked for.
    pub(super) tried: OnceCell<Vec<String>>,
    /// Per article what tells whether it is nearly another, where that was asked.
    pub(super) sketches: RefCell<Vec<Option<Vec<u64>>>>,
    /// Comparisons made so far, by article indices.
    pub(super) compared: RefCell<Map<(usize, usize), Arc<Comparison>>>,
}

impl Engine {
    /// No articles yet.
    pub fn empty() -> Engine {
        // An edition that takes in nothing carries nothing that makes a corpus.
        Engine::over(if STUDIO { Corpus::new(String::new(), Vec::new()) } else { Corpus::default() })
    }

    /// Opens a corpus file, made by [`Request::Save`] or by [`Engine::to_bytes`].
    pub fn open(bytes: &[u8]) -> Result<Engine, Damage> {
        let mut corpus = Corpus::from_bytes(bytes.to_vec())?;
        if STUDIO {
            corpus.name();
        }
        Ok(Engine::over(corpus))
    }

    /// Opens a corpus file without looking at what is not asked for: for many articles of which a few are wanted.
    pub fn open_lazily(bytes: Vec<u8>) -> Result<Engine, Damage> {
        Corpus::from_bytes(bytes).map(Engine::over)
    }

    /// Recognises the names in the articles, where that has not been done.
    pub fn name(&mut self) {
        if STUDIO && !self.corpus.is_named() {
            let mut corpus = std::mem::take(&mut self.corpus);
            corpus.name();
            self.replace(corpus);
        }
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

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.corpus.articles.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sections of the corpus file, by name, with their bytes.
    pub fn sizes(&self) -> Vec<(&'static str, u64)> {
        self.corpus.sizes().into_iter().map(|(section, size)| (section.name(), size)).collect()
    }

    /// The names of the articles in addresses, in corpus order.
    pub fn slugs(&self) -> Vec<String> {
        self.corpus.articles.iter().map(|a| a.slug.clone()).collect()
    }

    /// Answers a question.
    pub fn answer(&mut self, request: Request) -> Response {
        if STUDIO {
            // An edition for reading has all of them.
            self.corpus.articles.forget();
        }
        let mut problems = Vec::new();
        let answer = match request {
            Request::Library { filters, limit } => Answer::Library(Box::new(self.library(&filters, limit))),
            Request::Search { query, filters, sort, concordance, limit } => {
                Answer::Results(Box::new(self.results(&query, &filters, sort, concordance, limit)))
            }
            Request::Suggest { query } => Answer::Suggestions(self.suggest(&query)),
            Request::Reader { slug, query } => match self.index_of(&slug) {
                Some(index) => Answer::Reader(Box::new(self.reader(index, &query))),
                None => Answer::Missing { what: slug },
            },
            Request::Compare { a, b } => match (self.index_of(&a), self.index_of(&b)) {
                (Some(a), Some(b)) => Answer::Compare(Box::new(self.compare(a, b))),
                (None, _) => Answer::Missing { what: a },
                (_, None) => Answer::Missing { what: b },
            },
            Request::Accounts { slugs, pairs } => match self.accounts(&slugs, pairs) {
                Ok(accounts) => Answer::Accounts(Box::new(accounts)),
                Err(what) => Answer::Missing { what },
            },
            Request::Names => Answer::Names(Box::new(self.all_names())),
            Request::Timeline { filters, limit } => {
                Answer::Timeline(Box::new(self.timeline(&filters, limit)))
            }
            Request::Entity { id, sort } => {
                match self.names.entity_of(&id).and_then(|e| self.entity(e, sort)) {
                    Some(page) => Answer::Entity(Box::new(page)),
                    None => Answer::Missing { what: id },
                }
            }
            Request::Correct(step) => Answer::Corrected(self.correct(step, &mut problems)),
            Request::Corrections => Answer::Corrections(Box::new(self.all_corrections())),
            Request::ExportCorrections => Answer::Saved(Saved {
                bytes: self.corrections_file(),
                articles_html: String::new(),
                title: self.title(),
            }),
            Request::About => Answer::About(Box::new(self.about())),
            Request::Import(files) => {
                let outcomes = if STUDIO { self.import(files) } else { refused(files) };
                problems = outcomes.iter().flat_map(|o: &FileOutcome| o.problems.clone()).collect();
                Answer::Imported(outcomes)
            }
            Request::Save => Answer::Saved(self.save()),
            Request::Article { slug } => match self.index_of(&slug) {
                Some(index) if STUDIO => Answer::Article(Box::new(self.article_view(index))),
                _ => Answer::Missing { what: slug },
            },
            Request::Rank { query, limit, details } if STUDIO => {
                Answer::Ranking(self.rank(&query, limit, details))
            }
            Request::Likeness { a, b } if STUDIO => Answer::Likeness(super::compare::likeness(&a, &b)),
            Request::Rank { query: what, .. } | Request::Likeness { a: what, .. } => Answer::Missing { what },
        };
        Response { answer, problems }
    }

    pub(super) fn over(corpus: Corpus) -> Engine {
        let names = Engine::name_table(&corpus);
        Engine {
            refs: OnceCell::new(),
            by_slug: OnceCell::new(),
            names,
            corpus,
            kept: Kept::default(),
            grouped: OnceCell::new(),
            tried: OnceCell::new(),
            sketches: RefCell::default(),
            compared: RefCell::default(),
        }
    }

    /// Puts another corpus in place of this one.
    pub(super) fn replace(&mut self, corpus: Corpus) {
        *self = Engine::over(corpus);
    }

    /// Changes what is known about the articles, not the articles; what is derived from the names is made anew.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Corpus)) {
        change(&mut self.corpus);
        self.names = Engine::name_table(&self.corpus);
        self.grouped = OnceCell::new();
        self.tried = OnceCell::new();
        self.compared = RefCell::default();
    }

    pub(super) fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    pub(super) fn articles(&self) -> &[Article] {
        &self.corpus.articles
    }

    /// One article, without making the others.
    pub(super) fn one_article(&self, index: usize) -> Option<&Article> {
        self.corpus.articles.get(index)
    }

    pub(super) fn names(&self) -> &NameTable {
        &self.names
    }

    pub(super) fn index_of(&self, slug: &str) -> Option<usize> {
        let all = || self.articles().iter().enumerate().map(|(i, a)| (a.slug.clone(), i)).collect();
        self.by_slug.get_or_init(all).get(slug).copied()
    }

    /// An article as a heading; an empty one where there is none.
    pub(super) fn article_ref(&self, index: usize) -> ArticleRef {
        let articles = self.articles();
        let letter = |i: usize| match (articles.len(), i) {
            (2, 0) => Some('A'),
            (2, 1) => Some('B'),
            _ => None,
        };
        let all = || articles.iter().enumerate().map(|(i, a)| parts::article_ref(a, letter(i))).collect();
        self.refs.get_or_init(all).get(index).cloned().unwrap_or_default()
    }

    /// The other of exactly two articles.
    pub(super) fn other(&self, index: usize) -> Option<usize> {
        (self.articles().len() == 2 && index < 2).then(|| 1 - index)
    }

    /// Title of the corpus; where none was given, that of its only article, or how many there are.
    pub(super) fn title(&self) -> String {
        match (self.corpus.title.as_str(), self.articles()) {
            ("", []) => "No articles yet".to_owned(),
            ("", [only]) => only.meta.title.clone(),
            ("", more) => [&parts::thousands(more.len() as u32), " articles"].concat(),
            (title, _) => title.to_owned(),
        }
    }

    fn save(&self) -> Saved {
        Saved { bytes: self.to_bytes(), articles_html: self.articles_html(), title: self.title() }
    }

    /// The articles as text: as many as a browser reads in passing, the others for those who have no scripts. Where
    /// there are scripts, what a `noscript` holds costs next to nothing.
    fn articles_html(&self) -> String {
        let articles = self.articles();
        let mut room = STATIC;
        let fits = |article: &&Article| {
            let there = room > 0;
            room = room.saturating_sub(article.text.len());
            there
        };
        let (first, others) = articles.split_at(articles.iter().take_while(fits).count());
        let mut html = bundle::static_html(first);
        if !others.is_empty() {
            html.push_str(OTHERS.0);
            html.push_str(&bundle::static_html(others));
            html.push_str(OTHERS.1);
        }
        html
    }
}

/// Bytes of text of the articles that stand in a page for all; an article that is begun stands there whole.
const STATIC: usize = 1_000_000;

/// What stands around the others.
const OTHERS: (&str, &str) = (
    "<p class=\"notice\">The other articles follow when this page has started, or where scripts are off.</p>\n<noscript>\n",
    "</noscript>\n",
);

/// What becomes of files in an edition that takes in none.
fn refused(files: Vec<SourceFile>) -> Vec<FileOutcome> {
    const WHY: &str =
        "not taken in: this page is for reading. Open crossread.html and drop this page and the file there";
    let refuse = |file: SourceFile| {
        let problem = Problem { file: file.name.clone(), line: None, message: WHY.to_owned() };
        FileOutcome { file: file.name, added: Vec::new(), corrections: 0, known: 0, problems: vec![problem] }
    };
    files.into_iter().map(refuse).collect()
}
