//! The sidecar, `articles.toml`: what is known about the text files in its folder.
//!
//! ```toml
//! title = "US–Iran talks"          # of the whole
//! [[article]]
//! file = "first.txt"               # then title, source, author, date, language, url, licence, slug
//! ```
//!
//! Invariant: an entry for a file that is not there is a problem that names its line.

use super::record::Field;
use super::{File, Problem, SIDECAR, base, decode, folder, problem};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

#[derive(Deserialize)]
struct Sheet {
    title: Option<String>,
    #[serde(default)]
    article: Vec<BTreeMap<Spanned<String>, Spanned<toml::Value>>>,
}

/// All sidecars among some files.
#[derive(Default)]
pub(super) struct Sidecars {
    fields: BTreeMap<String, Vec<Field>>,
    problems: BTreeMap<String, Vec<Problem>>,
    title: Option<String>,
}

impl Sidecars {
    /// Reads every sidecar among the files.
    pub fn read(files: &[File]) -> Sidecars {
        let names: BTreeSet<&str> = files.iter().map(|f| f.name.as_str()).collect();
        let mut all = Sidecars::default();
        for file in files.iter().filter(|f| base(&f.name) == SIDECAR) {
            let mut problems = Vec::new();
            let text = decode::decode(&file.name, &file.bytes, &mut problems);
            let line =
                |at: usize| text.get(..at).map(|t| t.bytes().filter(|b| *b == b'\n').count() as u32 + 1);
            match toml::from_str::<Sheet>(&text) {
                Ok(sheet) => {
                    all.title = all.title.or(sheet.title);
                    for entry in sheet.article {
                        all.entry(file, entry, &names, &line, &mut problems);
                    }
                }
                Err(error) => {
                    let message = format!("not read: not valid TOML ({})", error.message());
                    problems.push(problem(&file.name, error.span().and_then(|s| line(s.start)), message));
                }
            }
            all.problems.insert(file.name.clone(), problems);
        }
        all
    }

    fn entry(
        &mut self,
        file: &File,
        entry: BTreeMap<Spanned<String>, Spanned<toml::Value>>,
        names: &BTreeSet<&str>,
        line: &dyn Fn(usize) -> Option<u32>,
        problems: &mut Vec<Problem>,
    ) {
        let mut fields = Vec::new();
        let mut target = None;
        let mut first = None;
        for (key, value) in entry {
            let at = line(key.span().start);
            first = first.or(at);
            let text = match value.into_inner() {
                toml::Value::String(text) => text,
                toml::Value::Array(items) => {
                    items.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(", ")
                }
                toml::Value::Datetime(date) => date.to_string(),
                toml::Value::Integer(number) => number.to_string(),
                _ => continue,
            };
            if key.get_ref() == "file" {
                target = Some((text, at));
            } else {
                fields.push(Field {
                    key: key.into_inner().to_lowercase(),
                    value: text,
                    line: at,
                    file: Some(file.name.clone()),
                });
            }
        }
        let Some((target, at)) = target else {
            problems.push(problem(&file.name, first, "an article without `file = …`; it is passed over"));
            return;
        };
        let name = format!("{}{}", folder(&file.name), target.trim_start_matches("./"));
        if names.contains(name.as_str()) {
            self.fields.insert(name, fields);
        } else {
            problems.push(problem(
                &file.name,
                at,
                format!("there is no file “{target}” here; its entry is passed over"),
            ));
        }
    }

    /// What is known about a file.
    pub fn of(&self, name: &str) -> Option<&[Field]> {
        self.fields.get(name).map(Vec::as_slice)
    }

    /// What was wrong in a sidecar; taken once.
    pub fn problems(&mut self, name: &str) -> Vec<Problem> {
        self.problems.remove(name).unwrap_or_default()
    }

    /// The title of the whole, of the first sidecar that has one.
    pub fn title(&self) -> Option<String> {
        self.title.clone()
    }
}
