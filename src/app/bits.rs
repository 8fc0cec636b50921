//! Small parts that several views draw: badges, icons, the class and the word of a kind, strips of places.
//!
//! Invariant: functions of plain data, without state. Not here: text with marks (`marked.rs`).

use super::html::{classes, html};
use super::words;
pub use crossread::engine::thousands;
use crossread::engine::views::{ArticleRef, DifferenceKind, NameKind, Relation};
use crossread::session::comparing::Hand;
use crossread::session::{Action, Correcting};
use std::fmt;
use yew::prelude::*;

/// An icon of the page's sprite, hidden from screen readers: the control around it has the words.
pub fn icon(name: &str) -> Html {
    html! { <svg class="i" aria-hidden="true"><use href={format!("#i-{name}")} /></svg> }
}

/// The class of a side's badge and pane.
pub fn hand_class(hand: Hand) -> &'static str {
    match hand {
        Hand::A => "a",
        Hand::B => "b",
    }
}

/// The letter of a side.
pub fn letter(hand: Hand) -> &'static str {
    match hand {
        Hand::A => "A",
        Hand::B => "B",
    }
}

/// The badge of a side of a comparison.
pub fn badge(hand: Hand, small: bool) -> Html {
    html! { <b class={classes!("ab", hand_class(hand), small.then_some("s"))}>{ letter(hand) }</b> }
}

/// Where an article is from, and when: both as they read, whichever way the text around them runs.
pub fn origin(source: Option<&str>, date: Option<&str>) -> Html {
    let parted = source.is_some() && date.is_some();
    html! {
        <>
            if let Some(source) = source { <bdi>{ source }</bdi> }
            if parted { { ", " } }
            if let Some(date) = date { <bdi>{ words::date(date) }</bdi> }
        </>
    }
}

/// What stands for an article: its badge in a corpus of two, else its outlet or title.
pub fn sign(article: &ArticleRef, small: bool) -> Html {
    match article.letter {
        Some('A') => badge(Hand::A, small),
        Some('B') => badge(Hand::B, small),
        _ => html! { <bdi class="sign">{ label(article) }</bdi> },
    }
}

/// An article in words: its letter in a corpus of two, else its outlet or title.
pub fn label(article: &ArticleRef) -> String {
    match (article.letter, &article.source) {
        (Some(letter), _) => letter.to_string(),
        (None, Some(source)) => source.clone(),
        (None, None) => article.title.clone(),
    }
}

/// The class that gives a kind its line and colour.
pub fn kind_class(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "person",
        NameKind::Organisation => "org",
        NameKind::Place => "place",
        NameKind::Group => "group",
        NameKind::Event => "event",
        NameKind::Law => "law",
        NameKind::Date => "date",
        NameKind::Quantity => "quantity",
        NameKind::Work => "work",
        NameKind::Money => "money",
        NameKind::Percent => "percent",
    }
}

/// A kind in words.
pub fn kind_word(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "Person",
        NameKind::Organisation => "Organisation",
        NameKind::Place => "Place",
        NameKind::Group => "Group, nationality",
        NameKind::Event => "Event",
        NameKind::Law => "Law, agreement",
        NameKind::Date => "Date",
        NameKind::Quantity => "Quantity",
        NameKind::Work => "Work, product",
        NameKind::Money => "Money",
        NameKind::Percent => "Percent",
    }
}

/// What differs, in a word.
pub fn difference_word(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Status => "Status",
        DifferenceKind::Negation => "Negation",
        DifferenceKind::Figure => "Figure",
        DifferenceKind::Date => "Date",
        DifferenceKind::Name => "Name",
        DifferenceKind::Title => "Title",
        DifferenceKind::Attribution => "Attribution",
        DifferenceKind::Quote => "Quotation",
        DifferenceKind::Cause => "Cause",
    }
}

/// The class of a relation.
pub fn relation_class(relation: Relation) -> &'static str {
    match relation {
        Relation::Differs => "dif",
        Relation::Same => "same",
        Relation::Related => "rel",
    }
}

/// A relation in a word.
pub fn relation_word(relation: Relation) -> &'static str {
    match relation {
        Relation::Differs => "differs",
        Relation::Same => "same",
        Relation::Related => "related",
    }
}

/// `872 words, 4 min`, at 230 words a minute.
pub fn length(words: u32) -> String {
    format!("{} words, {} min", thousands(words), words.div_ceil(230).max(1))
}

/// `1 mention`, `7 mentions`.
pub fn counted(n: u32, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { many })
}

/// A number as a word at the start of a sentence, up to twelve.
pub fn number_word(n: u32) -> String {
    const WORDS: [&str; 13] = [
        "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
        "Twelve",
    ];
    WORDS.get(n as usize).map_or_else(|| thousands(n), |&w| w.to_owned())
}

/// A line with a tick for each place, 0 to 1 of a text.
pub fn strip(places: &[f32]) -> Html {
    html! {
        <svg class="places" viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true">
            <path class="track" d="M0 7H200" />
            <path class="tick" d={ticks(places, 200.0, 1.0, 13.0)} />
        </svg>
    }
}

/// A length or a share in a drawing, written to hundredths. Rust's own writing of floating point is 8 kB of the page.
#[derive(Clone, Copy)]
pub struct Length(pub f64);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0.abs() * 100.0 + 0.5) as u32;
        let sign = if self.0 < 0.0 && hundredths > 0 { "-" } else { "" };
        write!(f, "{sign}{}", hundredths / 100)?;
        match hundredths % 100 {
            0 => Ok(()),
            part => write!(f, ".{part:02}"),
        }
    }
}

/// Path data of upright ticks from `top` to `bottom` at each place, on a line `width` long.
pub fn ticks(places: &[f32], width: f32, top: f32, bottom: f32) -> String {
    let one = |place: &f32| {
        let [x, top, bottom] = [place.clamp(0.0, 1.0) * width, top, bottom].map(|l| Length(l.into()));
        format!("M{x} {top}V{bottom}")
    };
    places.iter().map(one).collect()
}

/// `¶ 3`, or the word for a heading, which has no number.
pub fn paragraph(number: Option<u32>) -> String {
    number.map_or_else(|| "heading".to_owned(), |n| format!("¶ {n}"))
}

/// A small button that opens the dialog to correct `what`; `words` say what that is.
pub fn correct(dispatch: &Callback<Action>, what: Correcting, words: &str) -> Html {
    let onclick = does(dispatch, Action::Correcting(Box::new(what)));
    let name = format!("Correct {words}");
    html! { <button class="btn bare fixer" aria-label={name.clone()} title={name} {onclick}>{ icon("correct") }</button> }
}

/// What an event does, whatever it carries.
pub fn does<E: 'static>(dispatch: &Callback<Action>, action: Action) -> Callback<E> {
    let dispatch = dispatch.clone();
    Callback::from(move |_: E| dispatch.emit(action.clone()))
}

/// A link that is followed by the browser as it stands.
pub fn href(address: &crossread::session::Address) -> AttrValue {
    address.to_string().into()
}
