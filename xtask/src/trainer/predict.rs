//! Predictions: what a model finds in annotated texts, to be scored.

use crate::data;
use anyhow::Result;
use crossread::engine::Scalars;
use crossread::entities::training::{self, Model, Parts};
use serde_json::json;
use std::path::Path;

/// Reads the texts of files with a model and writes one file of names for each to a folder.
pub fn predict(model: &Model, files: &[&str], folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    for file in files.iter().map(Path::new) {
        let mut out = String::new();
        for text in data::read(file)? {
            let article = training::article(&text.id, &text.text);
            let found = training::recognise_with(std::slice::from_ref(&article), model, Parts::ALL);
            let scalars = Scalars::new(&text.text);
            let spans: Vec<_> = found
                .mentions
                .iter()
                .flatten()
                .map(|mention| {
                    let kind = found.entities.get(mention.entity as usize).map_or("", |e| e.kind.label());
                    let [start, end] = scalars.span(mention.span);
                    json!([start, end, kind, mention.certainty])
                })
                .collect();
            out.push_str(&json!({ "id": text.id, "spans": spans }).to_string());
            out.push('\n');
        }
        std::fs::write(folder.join(file.file_name().unwrap_or_default()), out)?;
    }
    Ok(())
}
