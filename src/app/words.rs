//! The words: what the page says in its own voice, in one place.
//!
//! English. Typeset: “ ” ’ – …. Invariant: no markup. Views take their sentences from here; single nouns that
//! stand beside data are in the views.

use super::bits::{counted, kind_word, thousands};
use crossread::engine::views::Library;
use crossread::engine::{Correction, Named, Part, Place, Say, Who};
use crossread::session::calendar::{self, parts};
use crossread::session::{Engine, Said, Shown, State, Theme, View};

/// The program.
pub const NAME: &str = "Crossread";
/// The promise.
pub const NOTHING_LEAVES: &str = "Nothing leaves this file.";
/// What stands for a date that is not known.
pub const NO_DATE: &str = "no date given";

/// The window's title.
pub fn title(state: &State) -> String {
    let file = state.home.value.as_ref().map_or("", |home| home.title.as_str());
    let view = match &state.address.view {
        View::Library if state.address.is_results() => state.address.q.trim().to_owned(),
        View::Library => String::new(),
        View::Article(_) => state.reader.value.as_ref().map_or(String::new(), |it| it.article.title.clone()),
        View::Compare(..) => state.compare.value.as_ref().map_or("Compare".to_owned(), |it| {
            format!("{} | {}", short(&it.a.article.title, 40), short(&it.b.article.title, 40))
        }),
        View::Several(_) | View::Story(_) => {
            state.accounts.value.as_ref().map_or("Compare".to_owned(), |it| super::accounts::title(it))
        }
        View::Names => "Names".to_owned(),
        View::Timeline => "Timeline".to_owned(),
        View::Corrections => "Corrections".to_owned(),
        View::Entity(_) => state.entity.value.as_ref().map_or("Name".to_owned(), |it| it.name.name.clone()),
        View::Open => "Add articles".to_owned(),
        View::About => "About this file".to_owned(),
        View::Unknown(_) => "Not found".to_owned(),
    };
    let parts = [view.as_str(), file, NAME];
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" – ")
}

/// The first `most` characters, cut at a word, with "…".
pub fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => {
            let cut = &text[..end];
            let cut = cut.rsplit_once(char::is_whitespace).map_or(cut, |(before, _)| before);
            let cut =
                cut.trim_end_matches(|c: char| c.is_ascii_punctuation() || c == '…' || c.is_whitespace());
            format!("{cut}…")
        }
    }
}

/// What the search box asks for.
pub fn search_label(home: Option<&Library>) -> String {
    match home.map(|home| home.total) {
        None | Some(0) => "Search".to_owned(),
        Some(1) => "Search the article".to_owned(),
        Some(2) => "Search both articles".to_owned(),
        Some(n) => format!("Search {} articles", thousands(n)),
    }
}

/// `26 matches in 20 passages`; without words to match, `2 articles`.
pub fn matches_in(matches: u32, passages: u32, articles: u32) -> String {
    match matches {
        0 => counted(articles, "article", "articles"),
        n => format!("{} in {}", counted(n, "match", "matches"), counted(passages, "passage", "passages")),
    }
}

/// `26 matches in 2 articles`; without words to match, `2 articles`.
pub fn found(matches: u32, articles: u32) -> String {
    let articles = counted(articles, "article", "articles");
    match matches {
        0 => articles,
        n => format!("{} in {articles}", counted(n, "match", "matches")),
    }
}

/// What the live region says.
pub fn said(said: &Said) -> String {
    match said {
        Said::Nothing => String::new(),
        Said::Results(0, _, 0) => "No matches".to_owned(),
        Said::Results(0, _, articles) => counted(*articles, "article", "articles"),
        Said::Results(matches, passages, articles) => {
            [&matches_in(*matches, *passages, 0)[..], ", ", &counted(*articles, "article", "articles")]
                .concat()
        }
        Said::Step(at, of) => format!("{} of {}", thousands(*at), thousands(*of)),
        Said::End => "No more in that direction".to_owned(),
        Said::Copied => "Link copied".to_owned(),
        Said::NotCopied => "The browser refused to copy; copy the address instead".to_owned(),
        Said::Sync(true) => "The texts scroll together".to_owned(),
        Said::Sync(false) => "The texts scroll apart".to_owned(),
        Said::Kind(kind, shown) => {
            format!("{}: {}", kind_word(*kind), if *shown { "marked" } else { "not marked" })
        }
        Said::Shown(Shown::Main) => "The main names are marked".to_owned(),
        Said::Shown(Shown::All) => "All names are marked".to_owned(),
        Said::Shown(Shown::None) => "No names are marked".to_owned(),
        Said::Ticked(n) => format!("{} ticked for comparison", counted(*n, "article", "articles")),
        Said::TickTwo => "Tick two articles to compare them".to_owned(),
        Said::Theme(theme) => theme_word(*theme).to_owned(),
        Said::Corrected(record) => correction(record),
        Said::Undone => "Undone".to_owned(),
        Said::Redone => "Done again".to_owned(),
        Said::Withdrawn => "Taken back".to_owned(),
        Said::Took(n) => format!("{} taken in", counted(*n, "correction", "corrections")),
        Said::Unchanged => "Nothing to change".to_owned(),
        Said::SelectFirst => "Select the words of a name in an article first".to_owned(),
        Said::Shortcuts(true) => "Single-key shortcuts are on".to_owned(),
        Said::Shortcuts(false) => "Single-key shortcuts are off".to_owned(),
        Said::Imported(added, odd) => {
            let added = format!("{} added", counted(*added, "article", "articles"));
            match odd {
                0 => added,
                _ => format!("{added}, {} with problems", counted(*odd, "file", "files")),
            }
        }
    }
}

/// Whether it is also shown for a moment: what nothing else on the screen tells.
pub fn is_seen(said: &Said) -> bool {
    !matches!(said, Said::Nothing | Said::Results(..) | Said::Step(..) | Said::Ticked(_) | Said::Imported(..))
}

/// A correction in a sentence.
pub fn correction(record: &Correction) -> String {
    let part = |who: &Who, part: &Part| match part {
        Part::Whole => format!("“{}”", who.name),
        Part::Alias(alias) => format!("“{alias}” of “{}”", who.name),
        Part::At(place) => format!("one “{}” of “{}”", place.quote, who.name),
    };
    let sentence = match record {
        Correction::Move { who, part: Part::Whole, to: Some(to) } => {
            format!("“{}” is the same as “{}”", who.name, to.name)
        }
        Correction::Move { who, part: of, to: Some(to) } => {
            format!("{} belongs to “{}”", part(who, of), to.name)
        }
        Correction::Move { who, part: of, to: None } => format!("{} is a name of its own", part(who, of)),
        Correction::Hide { who, part: of } => format!("{} is hidden", part(who, of)),
        Correction::Rename { who, name } => format!("“{}” is called “{name}”", who.name),
        Correction::Retype { who, kind } => {
            format!("“{}” is of the type {}", who.name, kind_word(*kind).to_ascii_lowercase())
        }
        Correction::Pair { a, b, say } => {
            let quote = |place: &Place| format!("“{}”", short(&place.quote, 48));
            let said = match say {
                Say::Link => "correspond".to_owned(),
                Say::Unlink => "do not correspond".to_owned(),
                Say::Agree(kind) => format!("do not differ: {kind}"),
            };
            format!("{} and {} {said}", quote(a), quote(b))
        }
        Correction::Add { place, named, everywhere } => {
            let wherever = if *everywhere { ", wherever it stands," } else { "" };
            match named {
                Named::Known(who) => format!("“{}”{wherever} is a mention of “{}”", place.quote, who.name),
                Named::New { name, kind } => {
                    format!(
                        "“{}”{wherever} is a name: “{name}”, {}",
                        place.quote,
                        kind_word(*kind).to_ascii_lowercase()
                    )
                }
            }
        }
    };
    // “One …” at the start of a sentence.
    sentence.strip_prefix('o').map_or_else(|| sentence.clone(), |rest| format!("O{rest}"))
}

/// A theme in words.
pub fn theme_word(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "Light or dark as the system",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    }
}

/// An edition as people read it: `7c41 e09a`.
pub fn edition(hex: &str) -> String {
    let short: String = hex.chars().take(8).collect();
    match short.split_at_checked(4) {
        Some((first, second)) => format!("{first} {second}"),
        None => short,
    }
}

/// What the engine is doing, where a reader should know.
pub fn engine(engine: &Engine) -> Option<&'static str> {
    match engine {
        Engine::Restarting => Some("A part of the program broke and is starting again. The page goes on."),
        Engine::Broken => Some("The program broke too often. Reload the page to go on."),
        _ => None,
    }
}

/// A file name from the corpus's title: letters and digits of any script, parted by hyphens.
pub fn file_stem(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
        .map(|word| js_sys::JsString::from(word).to_lower_case().into())
        .collect();
    match words.is_empty() {
        true => "crossread".to_owned(),
        false => words.join("-"),
    }
}

/// `11 March 2024`, `March 2024`, `2024`; what is not a date stays as it is.
pub fn date(iso: &str) -> String {
    match parts(iso) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(year), Some(month), None) => format!("{month} {year}"),
        _ => iso.to_owned(),
    }
}

/// `11 March 2024`; `11–14 March 2024`; `27 February – 1 March 2024`; `30 December 2023 – 2 January 2024`.
pub fn dates(first: &str, last: &str) -> String {
    match (parts(first), parts(last)) {
        _ if first == last => date(first),
        ((Some(a), Some(m), Some(from)), (Some(b), Some(n), Some(to))) if a == b && m == n => {
            format!("{from}–{to} {n} {b}")
        }
        ((Some(a), Some(m), Some(from)), (Some(b), Some(_), Some(_))) if a == b => {
            format!("{from} {m} – {}", date(last))
        }
        _ => format!("{} – {}", date(first), date(last)),
    }
}

/// The first and the last of some dates.
pub fn first_and_last<'a>(dates: impl Iterator<Item = &'a str> + Clone) -> Option<(&'a str, &'a str)> {
    Some((dates.clone().min()?, dates.max()?))
}

/// Days since 1970-01-01 of an ISO date; one that stops at a year or month counts from its first day.
pub fn day_number(iso: &str) -> Option<i64> {
    let mut parts = iso.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next().flatten(), parts.next().flatten());
    Some(calendar::number(year, month.unwrap_or(1), day.unwrap_or(1)))
}

/// A facet's heading.
pub fn facet(key: &str) -> &'static str {
    match key {
        "source" => "Source",
        "date" => "Date",
        "lang" => "Language",
        _ => "Names",
    }
}
