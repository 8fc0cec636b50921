//! Taking in: files become articles of the corpus, and every file is told what became of it.
//!
//! A file is a text, a corpus file, or a page that holds one. Invariant: what was there before stays, in its
//! order and under its names; an article that is there already is said and not doubled. Not here: reading the
//! formats (see `intake`).

use super::answer::Engine;
use super::views::FileOutcome;
use super::{Problem, STUDIO, SourceFile};
use crate::article::Article;
use crate::bundle::{Corpus, page};
use crate::entities::{
    self,
    corrections::{self, Correction},
};
use crate::intake::{self, Given};
use crate::text::sort::sort_by;
use std::collections::{BTreeMap, BTreeSet};

/// What a list of files came to.
struct Taken {
    /// Articles with the index of their file.
    articles: Vec<(usize, Article)>,
    /// Corrections that came with corpus files or as files of their own, with the index of their file.
    corrections: Vec<(usize, Vec<Correction>)>,
    /// What is wrong, by file.
    problems: Vec<Vec<Problem>>,
    /// Title of the corpus, where a file gives one.
    title: Option<String>,
}

impl Engine {
    /// A corpus of files, in the order of their names whatever order they come in, and what became of each.
    ///
    /// Outcomes stand in the order in which the files were given.
    pub fn build(files: Vec<SourceFile>, title: Option<String>) -> (Engine, Vec<FileOutcome>) {
        let mut engine = Engine::empty();
        let outcomes = engine.import(files);
        match title {
            Some(title) => (engine.with_title(title), outcomes),
            None => (engine, outcomes),
        }
    }

    /// A corpus of articles as a program hands them in, all of them, in their order. The names in them are recognised
    /// by [`Engine::name`]. What is wrong with them comes beside it.
    pub fn of(given: Vec<Given>) -> (Engine, Vec<Problem>) {
        let intake = intake::given(given);
        let problems = intake.outcomes.into_iter().flat_map(|outcome| outcome.problems).collect();
        (Engine::over(Corpus::unnamed(String::new(), intake.articles)), problems)
    }

    /// Opens a corpus file or a page of ours; `None` where it is neither, and what is wrong where it is damaged.
    pub fn open_file(bytes: &[u8]) -> Option<Result<Engine, String>> {
        corpus_in(bytes).map(|corpus| corpus.map(Engine::over))
    }

    /// Reads the articles that are here, so that [`Request::Import`](super::Request::Import) has less to do, bit by bit: about
    /// so many bytes of them. `from`: 0, then what this returned; `None` when there is nothing to read.
    pub fn read_ahead(&self, from: usize, bytes: usize) -> Option<usize> {
        if STUDIO { entities::read_ahead(self.articles(), from, bytes) } else { None }
    }

    /// Takes in files.
    pub(super) fn import(&mut self, files: Vec<SourceFile>) -> Vec<FileOutcome> {
        let taken = read(&files);
        let mut more: Vec<Article> = Vec::new();
        let mut slugs: BTreeSet<String> = self.articles().iter().map(|a| a.slug.clone()).collect();
        let mut contents: BTreeMap<String, String> =
            self.articles().iter().map(|a| (content(a), a.meta.title.clone())).collect();
        let mut outcomes: Vec<FileOutcome> = files
            .iter()
            .zip(taken.problems)
            .map(|(file, problems)| FileOutcome {
                file: file.name.clone(),
                added: Vec::new(),
                corrections: 0,
                known: 0,
                problems,
            })
            .collect();
        let mut renamed: Vec<((usize, String), String)> = Vec::new();
        for (file, mut article) in taken.articles {
            let Some(outcome) = outcomes.get_mut(file) else { continue };
            if let Some(title) = contents.get(&content(&article)) {
                let message = format!("not taken in again: the same text is here already as “{title}”");
                outcome.problems.push(Problem { file: outcome.file.clone(), line: None, message });
                outcome.known += 1;
                continue;
            }
            let slug = unique(&article.slug, &slugs);
            if slug != article.slug {
                renamed.push(((file, article.slug), slug.clone()));
            }
            article.slug = slug;
            slugs.insert(article.slug.clone());
            contents.insert(content(&article), article.meta.title.clone());
            outcome.added.push((article.slug.clone(), article.meta.title.clone()));
            more.push(article);
        }
        if !more.is_empty() {
            let own = self.corpus().title.clone();
            let title = if own.is_empty() { taken.title.unwrap_or_default() } else { own };
            let corpus = self.corpus().grown(title, more);
            self.replace(corpus);
        }
        for (file, mut records) in taken.corrections {
            for place in records.iter_mut().flat_map(Correction::places_mut) {
                if let Some((_, slug)) =
                    renamed.iter().find(|((of, slug), _)| *of == file && *slug == place.article)
                {
                    place.article.clone_from(slug);
                }
            }
            let mut all = self.corpus().corrections().clone();
            let count = all.add(records);
            if count > 0 {
                self.change(|corpus| corpus.set_corrections(all));
            }
            if let Some(outcome) = outcomes.get_mut(file) {
                outcome.corrections = count as u32;
            }
        }
        outcomes
    }
}

/// Reads files in the order of their names.
fn read(files: &[SourceFile]) -> Taken {
    let mut order: Vec<usize> = (0..files.len()).collect();
    sort_by(&mut order, |a, b| files.get(*a).map(|f| &f.name).cmp(&files.get(*b).map(|f| &f.name)));
    let mut taken = Taken {
        articles: Vec::new(),
        corrections: Vec::new(),
        problems: files.iter().map(|_| Vec::new()).collect(),
        title: None,
    };
    let mut texts = Vec::new();
    let mut places = Vec::new();
    for place in order {
        let Some(file) = files.get(place) else { continue };
        match corpus_in(&file.bytes) {
            None if corrections::is_file(&file.bytes) => {
                let read = corrections::read(&String::from_utf8_lossy(&file.bytes));
                let (records, odd) =
                    read.unwrap_or_else(|why| (Vec::new(), vec![format!("not taken in: {why}")]));
                taken.corrections.push((place, records));
                if let Some(problems) = taken.problems.get_mut(place) {
                    let problem = |message| Problem { file: file.name.clone(), line: None, message };
                    problems.extend(odd.into_iter().map(problem));
                }
            }
            Some(Ok(corpus)) => {
                taken.corrections.push((place, corpus.corrections().records().to_vec()));
                taken.articles.extend(corpus.articles.iter().map(|a| (place, a.clone())));
                taken.title = taken.title.or(Some(corpus.title).filter(|t| !t.is_empty()));
            }
            Some(Err(why)) => {
                let message = format!("not taken in: {why}. Get it again from where it came from");
                if let Some(problems) = taken.problems.get_mut(place) {
                    problems.push(Problem { file: file.name.clone(), line: None, message });
                }
            }
            None => {
                texts.push(intake::File { name: file.name.clone(), bytes: file.bytes.clone() });
                places.push(place);
            }
        }
    }
    let intake = intake::take_in(&texts);
    taken.title = intake.title.or(taken.title);
    let mut articles: Vec<Option<Article>> = intake.articles.into_iter().map(Some).collect();
    for (outcome, place) in intake.outcomes.into_iter().zip(places) {
        for index in outcome.added {
            taken.articles.extend(articles.get_mut(index).and_then(Option::take).map(|a| (place, a)));
        }
        if let Some(problems) = taken.problems.get_mut(place) {
            problems.extend(outcome.problems);
        }
    }
    // Articles of corpus files and of texts in one order: that of the files' names.
    sort_by(&mut taken.articles, |(a, _), (b, _)| {
        files.get(*a).map(|f| &f.name).cmp(&files.get(*b).map(|f| &f.name))
    });
    taken
}

/// The corpus in a file, if that is a corpus file or a page of ours; what is wrong with it where it is damaged.
pub(super) fn corpus_in(bytes: &[u8]) -> Option<Result<Corpus, String>> {
    let open = |bytes: &[u8]| Corpus::from_bytes(bytes.to_vec()).map_err(|damage| damage.to_string());
    if Corpus::is_corpus(bytes) {
        return Some(open(bytes));
    }
    let html = std::str::from_utf8(bytes).ok().filter(|html| page::is_page(html))?;
    Some(match page::corpus(html) {
        Some(empty) if empty.is_empty() => Ok(Corpus::new(String::new(), Vec::new())),
        Some(bytes) => open(&bytes),
        None => Err("the articles in this page are damaged or cut short".to_owned()),
    })
}

/// What makes two articles the same: title and text.
fn content(article: &Article) -> String {
    format!("{}\n{}", article.meta.title, article.text)
}

/// A name that is not taken yet.
fn unique(slug: &str, taken: &BTreeSet<String>) -> String {
    if !taken.contains(slug) {
        return slug.to_owned();
    }
    (2u32..).map(|n| format!("{slug}-{n}")).find(|s| !taken.contains(s)).unwrap_or_else(|| slug.to_owned())
}
