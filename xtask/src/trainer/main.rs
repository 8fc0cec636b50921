//! The trainer of the recogniser's model: annotated texts in, `model.bin` out. docs/MODEL.md has the recipe.
//!
//! Not here: features and the model's format, which the recogniser shares (`crossread::entities::training`).

mod ablate;
mod crf;
mod data;
mod gum;
mod linking;
mod predict;

use anyhow::{Context, Result, bail};
use crossread::entities::training::{BITS, Model, Parts};
use std::path::{Path, PathBuf};

const HELP: &str = "\
cargo xtask train DATA -o MODEL [--leave SOURCE,…] [--keep WEIGHTS]
    trains on the annotated texts in DATA but those left out; news:K leaves out the K-th third of the news
cargo xtask predict MODEL FILE… -o FOLDER
    reads the texts of the files with a model and writes the names as JSON Lines
cargo xtask ablate DATA
    says what each part of the recogniser and how much text is worth: F1 on texts held out, minutes
cargo xtask link GUM [--all]
    says how well annotated names are linked; with --all which joints are wrong and which are missing";

/// How many of a hundred names are right whose probability is 0, 0.05, … 1: counted on what a model that was trained
/// without them found in WikiGold, EWT dev and a third of the news, smoothed by hand to rise.
const CERTAINTIES: [u8; 21] =
    [0, 8, 14, 20, 27, 31, 33, 36, 40, 45, 50, 54, 58, 62, 65, 69, 75, 83, 87, 91, 98];

fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        let value = arguments.get(at + 1).cloned();
        arguments.drain(at..(at + 2).min(arguments.len()));
        value
    };
    let out = option("-o").map(PathBuf::from).context(HELP);
    let leave = option("--leave").unwrap_or_default();
    let number = |text: Option<String>, default: f32| {
        text.map_or(Ok(default), |text| text.parse::<f32>()).context("a number is wanted")
    };
    let keep = number(option("--keep"), 350_000.0)? as usize;
    let l1 = number(option("--l1"), 0.000_002)?;
    let rate = number(option("--rate"), 0.1)?;
    let before = number(option("--before"), 5.0)? as usize;
    let after = number(option("--after"), 3.0)? as usize;
    let silver = number(option("--silver"), 0.25)?;
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["train", folder] => {
            let recipe = crf::Recipe { before, after, keep, rate, l1 };
            train(Path::new(folder), &Training { leave, part: 1, silver, recipe }, &out?)
        }
        ["ablate", folder] => {
            let recipe = crf::Recipe { before, after, keep, rate, l1 };
            ablate::measure(Path::new(folder), &Training { leave: HELD.join(","), part: 1, silver, recipe })
        }
        ["predict", model, files @ ..] => {
            let bytes = std::fs::read(model).with_context(|| (*model).to_owned())?;
            predict::predict(&Model::read(&bytes).context("not a model")?, files, &out?)
        }
        ["link", folder] => linking::measure(Path::new(folder), false),
        ["link", folder, "--all"] => linking::measure(Path::new(folder), true),
        _ => bail!("{HELP}"),
    }
}

/// The sets that are held out where the recogniser is measured.
const HELD: [&str; 3] = ["news:0", "wikigold", "uner_ewt_dev"];

/// A number of an id, by which texts are parted.
fn sum(id: &str) -> u32 {
    id.bytes().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
}

/// Whether a text is left out: by its source, or by its part of it.
pub fn is_left(leave: &str, text: &data::Text) -> bool {
    leave.split(',').any(|left| match left.split_once(':') {
        Some((source, part)) => source == text.source && part.parse() == Ok((sum(&text.id) >> 4) % 3),
        None => left == text.source,
    })
}

/// What a model is trained from.
#[derive(Clone)]
struct Training {
    /// Sources that are left out, as [`is_left`] reads them.
    leave: String,
    /// One of so many texts is taken.
    part: u32,
    /// How much texts count that spaCy labelled.
    silver: f32,
    recipe: crf::Recipe,
}

fn train(folder: &Path, training: &Training, out: &Path) -> Result<()> {
    let bytes = model(folder, training, Parts::ALL)?;
    std::fs::write(out, &bytes).with_context(|| out.display().to_string())
}

/// Trains a model.
fn model(folder: &Path, training: &Training, parts: Parts) -> Result<Vec<u8>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|path| {
        path.extension().is_some_and(|end| end == "jsonl")
            && !path.to_string_lossy().contains("second-reading")
    });
    files.sort();
    let mut set = crf::Set::default();
    let taken = |text: &data::Text| {
        !is_left(&training.leave, text) && (sum(&text.id) >> 8).is_multiple_of(training.part)
    };
    for path in files {
        let mut weight = data::source(&path.file_stem().unwrap_or_default().to_string_lossy()).weight;
        if path.ends_with("silver_md.jsonl") {
            weight = training.silver;
        }
        if weight > 0.0 {
            for text in data::read(&path)?.iter().filter(|text| taken(text)) {
                data::add(&mut set, text, weight, parts);
            }
        }
    }
    let gum_folder = folder.join("gum");
    if gum_folder.is_dir() {
        for text in gum::read(&gum_folder)?.into_iter().map(data::of_gum).filter(|text| taken(text)) {
            data::add(&mut set, &text, data::source("gum").weight, parts);
        }
    }
    eprintln!(
        "{} stretches, {} words, {:.1} rows each, of {}",
        set.stretches.len(),
        set.allowed.len(),
        set.rows.len() as f64 / set.allowed.len() as f64,
        1u32 << BITS
    );
    let mut crf = crf::Crf::new();
    crf.train(&set, training.recipe);
    let (rows, steps) = crf.rounded();
    let bytes = Model::pack(&rows, &steps, &CERTAINTIES);
    eprintln!("{} rows, {} bytes", rows.len(), bytes.len());
    Ok(bytes)
}
