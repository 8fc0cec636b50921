//! The state of the screen, what can happen to it, and what it asks of the outside.
//!
//! Invariant: plain data. Everything that can be shared is in `State::address`; the rest is what one reader
//! has done in this page since it was opened. Not here: what an action does (`reduce.rs`).

use super::address::{Address, Mode, View};
use super::exporting::Format;
use super::shared::Shared;
use crate::engine::views::{
    About, Accounts, Compare, Corrections, EntityPage, FileOutcome, Library, NameKind, Names, Reader,
    Results, Suggestion, Timeline,
};
use crate::engine::{
    Correction, Filters, Part, Place, Problem, Request, Response, Saved, SourceFile, Step, Who,
};

/// Articles that results show at first, and with each "more".
pub(super) const PAGE: u32 = 30;

/// Articles that the library lists at first, and with each "more": a row is short, and their titles can be found by the
/// browser.
const LIST: u32 = 300;

/// A request's latest answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot<T> {
    /// What was asked last.
    pub request: Option<Request>,
    /// Its number; answers with another number are late and dropped.
    pub number: u32,
    /// Whether the answer to it is here.
    pub settled: bool,
    /// The newest answer, which may be to an earlier request while the next one is under way.
    pub value: Option<Shared<T>>,
    /// What there is none of, where the request named something that is not in the corpus.
    pub missing: Option<String>,
}

impl<T> Default for Slot<T> {
    fn default() -> Slot<T> {
        Slot { request: None, number: 0, settled: false, value: None, missing: None }
    }
}

/// How the engine is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Being started.
    #[default]
    Starting,
    /// In a worker.
    Worker,
    /// On the page's own thread, because workers are refused here.
    Page,
    /// The worker died and a new one is being started.
    Restarting,
    /// Too many workers died: what has been answered stays, and nothing more is.
    Broken,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Which names are marked in an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Those that matter in it: `reading::main_names`.
    #[default]
    Main,
    /// All.
    All,
    /// None.
    None,
}

/// What lies over the view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// All keys.
    Keys,
    /// The facets, on a phone.
    Narrow,
    /// What [`State::correcting`] says.
    Correct,
}

/// What is being corrected.
#[derive(Clone, Debug, PartialEq)]
pub enum Correcting {
    /// An entity, one of its names, or one mention.
    Name {
        /// Which entity.
        who: Who,
        /// What it is.
        kind: NameKind,
        /// Which of its mentions.
        part: Part,
        /// How many these are; of a single mention, how many are written so.
        count: u32,
        /// Mentions that it has.
        total: u32,
    },
    /// Words that are to be a name.
    Words(Place),
}

/// What the live region says. Words are the app's.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Said {
    /// Nothing yet.
    #[default]
    Nothing,
    /// A settled query: matches, passages, articles.
    Results(u32, u32, u32),
    /// Step `.0` of `.1`, from 1.
    Step(u32, u32),
    /// There is no further step in that direction.
    End,
    /// A link was copied.
    Copied,
    /// The browser refused to copy.
    NotCopied,
    /// Scrolling together is on or off.
    Sync(bool),
    /// A type of names is marked or not.
    Kind(NameKind, bool),
    /// These names are marked.
    Shown(Shown),
    /// Articles ticked.
    Ticked(u32),
    /// Two articles have to be ticked first.
    TickTwo,
    /// The theme is now this one.
    Theme(Theme),
    /// Single-key shortcuts are on or off.
    Shortcuts(bool),
    /// Files were taken in: articles added, files with problems.
    Imported(u32, u32),
    /// A correction was made.
    Corrected(Box<Correction>),
    /// The last correction was undone.
    Undone,
    /// What was undone was done again.
    Redone,
    /// A correction was taken back.
    Withdrawn,
    /// So many corrections came from a file.
    Took(u32),
    /// There is nothing to undo or to do again, or it was so before.
    Unchanged,
    /// Words have to be selected in the text first.
    SelectFirst,
}

/// What is to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A new copy of the page.
    Page,
    /// The corpus file.
    Corpus,
    /// The corrections.
    Corrections,
}

/// What was on screen at an entry of the history when it was left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaving {
    /// Scroll position, CSS pixels.
    pub scroll: f64,
    /// The article's first block in the window, and its distance from the top of the window in CSS pixels.
    pub block: Option<(u32, f64)>,
    /// Id of the element that had the focus; empty for none.
    pub focus: String,
}

/// What the page is, as far as the browser knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Whether the window is as narrow as a phone.
    pub narrow: bool,
}

/// Everything on the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Where we are.
    pub address: Address,
    /// The number of this entry of the history.
    pub entry: u32,
    /// The highest number of an entry so far.
    pub entries: u32,
    /// What is in the search box.
    pub typed: String,
    /// Whether Enter was pressed before the results were here.
    pub entering: bool,
    /// The suggestion in hand.
    pub suggestion: Option<usize>,
    /// Whether suggestions are shown.
    pub suggesting: bool,
    /// The library without filters: what this file is.
    pub home: Slot<Library>,
    /// The library under the address's filters.
    pub library: Slot<Library>,
    /// Results.
    pub results: Slot<Results>,
    /// Completions.
    pub suggestions: Slot<Vec<Suggestion>>,
    /// The reader.
    pub reader: Slot<Reader>,
    /// The comparison.
    pub compare: Slot<Compare>,
    /// Several articles and their claims.
    pub accounts: Slot<Accounts>,
    /// All names.
    pub names: Slot<Names>,
    /// An entity.
    pub entity: Slot<EntityPage>,
    /// About this file.
    pub about: Slot<About>,
    /// Every dated statement.
    pub timeline: Slot<Timeline>,
    /// What has been corrected.
    pub corrections: Slot<Corrections>,
    /// What the dialog over the view corrects.
    pub correcting: Option<Box<Correcting>>,
    /// Steps in correcting that are under way, with what is said once they are done.
    pub steps: Vec<(u32, Said)>,
    /// Slugs of ticked articles, in the order of ticking: the first is A.
    pub ticked: Vec<String>,
    /// Slugs of articles whose passages are all shown.
    pub expanded: Vec<String>,
    /// Articles that results may show.
    pub limit: u32,
    /// Times that more articles were asked for of the library's list.
    pub longer: u32,
    /// Types of names that are not marked.
    pub hidden: Vec<NameKind>,
    /// Which of the others are marked.
    pub shown: Shown,
    /// Whether compared texts scroll together.
    pub sync: bool,
    /// Whether single keys are shortcuts.
    pub shortcuts: bool,
    /// Light or dark.
    pub theme: Theme,
    /// What lies over the view.
    pub overlay: Overlay,
    /// What the live region says, with a number that changes each time.
    pub said: (u32, Said),
    /// What was wrong with the last request or file.
    pub problems: Vec<Problem>,
    /// The engine.
    pub engine: Engine,
    /// Files being taken in now.
    pub importing: u32,
    /// What became of the files taken in, newest last.
    pub imported: Vec<FileOutcome>,
    /// Whether articles were taken in or names corrected, and not saved.
    pub unsaved: bool,
    /// What is being saved.
    pub saving: Option<Wish>,
    /// How the page is.
    pub page: Page,
    /// Number of the last request.
    pub number: u32,
    /// Numbers of imports and saves that are under way.
    pub under_way: Vec<u32>,
    /// What is on screen now, told by the app before an action that may leave it.
    pub here: Leaving,
    /// What was on screen at the entries of the history that were left, with their numbers.
    pub left: Vec<(u32, Leaving)>,
    /// Where to put scroll and focus once the view's answer is here.
    pub restore: Option<Leaving>,
    /// Whether the heading gets the focus once the view's answer is here.
    pub heading: bool,
    /// Whether what had the focus may have gone with a correction.
    pub refocus: bool,
}

impl State {
    /// The edition that the address names where this file is another one.
    pub fn other_edition(&self) -> Option<&str> {
        let link = self.address.edition.as_deref()?;
        let own = &self.about.value.as_ref()?.edition;
        let same = !link.is_empty() && own.starts_with(&link.to_ascii_lowercase());
        (!same).then_some(link)
    }

    /// Articles that results show at most.
    pub fn shown_articles(&self) -> u32 {
        self.limit.max(PAGE)
    }

    /// Articles that the library lists, or their records.
    pub fn listed(&self) -> u32 {
        LIST.saturating_mul(self.longer.saturating_add(1))
    }

    /// Asks for the library under filters.
    pub(super) fn library_of(&self, filters: Filters) -> Request {
        Request::Library { filters, limit: self.listed() }
    }

    /// Lets the view show more: the library's list and the records stay longer, results and timeline until another query.
    pub(super) fn more(&mut self) {
        match self.address.view {
            View::Library if !self.address.is_results() => self.longer += 1,
            View::About => self.longer += 1,
            _ => self.limit = self.shown_articles().saturating_add(PAGE),
        }
    }

    /// The library that the address shows: under its filters, or all of it.
    pub fn shown_library(&self) -> Option<&Shared<Library>> {
        let narrowed = self.library.value.as_ref().filter(|_| self.address.filters != Default::default());
        narrowed.or(self.home.value.as_ref())
    }

    /// How many matches, differences or mentions can be stepped through here.
    pub fn steps(&self) -> u32 {
        let count = match &self.address.view {
            View::Article(_) => self.reader.value.as_ref().map_or(0, |reader| {
                let chosen = self.address.filters.entity.first();
                match chosen.filter(|_| self.address.q.trim().is_empty()) {
                    Some(id) => {
                        let own =
                            |name: u32| reader.names.get(name as usize).is_some_and(|n| n.entity == *id);
                        reader.mentions.iter().filter(|mention| own(mention.name)).count()
                    }
                    None => reader.hits.len(),
                }
            }),
            View::Compare(..) => self.compare.value.as_ref().map_or(0, |compare| match self.address.mode {
                Mode::OnlyA => compare.a.sentences.iter().filter(|s| s.only_here).count(),
                Mode::OnlyB => compare.b.sentences.iter().filter(|s| s.only_here).count(),
                _ => super::comparing::shown(compare, &self.address).len(),
            }),
            View::Several(_) | View::Story(_) => self
                .accounts
                .value
                .as_ref()
                .map_or(0, |accounts| super::claiming::shown(accounts, &self.address).len()),
            _ => 0,
        };
        count as u32
    }
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The page is up: its address and the history's entry.
    Started {
        /// What stands after `#`.
        hash: String,
        /// The entry's number, where the browser remembers one.
        entry: Option<u32>,
        /// The remembered theme.
        theme: Theme,
    },
    /// The address changed: a link, Back, Forward, or typed by hand.
    Navigated {
        /// What stands after `#`.
        hash: String,
        /// The entry's number if it had one: it was left before and is come back to.
        entry: Option<u32>,
    },
    /// What is on screen, before an action that may leave it.
    Here(Leaving),
    /// Go there, as a link does.
    Go(Address),
    /// Show this place in another way without a new entry of the history.
    Adjust(Address),
    /// The text in the search box changed. `composing`: an input method has not finished.
    Typed {
        /// All of it.
        text: String,
        /// Whether an input method is at work.
        composing: bool,
    },
    /// A key pressed while the focus is on its way to the search box: it goes to the end of the text there.
    Key(char),
    /// Backspace, likewise.
    Erase,
    /// Enter in the search box: the suggestion in hand, or the first hit.
    Enter,
    /// Arrow in the list of suggestions: +1 or -1.
    Suggest(i32),
    /// Take this suggestion.
    Take(usize),
    /// The search box lost the focus.
    Unsuggest,
    /// Put the focus into the search box.
    Search,
    /// Esc: clear, then close, then go back.
    Escape,
    /// Next (+1) or previous (-1) match, difference or mention.
    Step(i32),
    /// Next (+1) or previous (-1) item of the list or paragraph.
    Item(i32),
    /// Tick or untick an article.
    Tick(String),
    /// Untick all.
    Untick,
    /// Compare what is ticked, or the two that there are.
    Compare,
    /// Go to the next name in the text, or to the list of names.
    ToNames,
    /// Mark a type of names or not.
    ToggleKind(NameKind),
    /// Mark these names.
    Show(Shown),
    /// Mark the main ones, all, none, in turn.
    NextShown,
    /// Scroll compared texts together or not.
    ToggleSync,
    /// Light, dark, system.
    NextTheme,
    /// Single keys as shortcuts or not.
    ToggleShortcuts,
    /// Open or close what lies over the view.
    Overlay(Overlay),
    /// Choose or drop a value of a facet: key, value.
    Facet(String, String),
    /// Limit the dates; empty for no limit.
    Dates(String, String),
    /// Drop all filters.
    NoFilters,
    /// Show all passages of an article.
    Expand(String),
    /// Show more articles.
    More,
    /// Copy a link to what is on screen.
    CopyLink,
    /// Whether it could be copied.
    Copied(bool),
    /// So many files are being read, to be taken in.
    Reading(u32),
    /// A file could not be read.
    Unread(Box<FileOutcome>),
    /// Take in files.
    Import(Vec<SourceFile>),
    /// Open the dialog that corrects.
    Correcting(Box<Correcting>),
    /// Take a step in correcting.
    Correct(Box<Step>),
    /// Add a name: the words that are selected in the text.
    AddName,
    /// What is selected: a block, from and to in UTF-16 code units of its text; `None` for nothing in one block.
    Selected(Option<(u32, u32, u32)>),
    /// Save.
    Save(Wish),
    /// Hand the comparison on screen over as a file.
    Export(Format),
    /// Print what is on screen.
    Print,
    /// The download was handed to the browser.
    Saved,
    /// Put the banner about another edition away.
    DismissEdition,
    /// Put the problems away.
    DismissProblems,
    /// The engine's state changed.
    Engine(Engine),
    /// An answer came. Whoever takes the last clone of it gets it: answers are large, and code to copy them too.
    Answered(u32, Shared<Response>),
    /// A request will not be answered: the engine broke on it.
    Failed(u32, Problem),
    /// Nothing was typed for a while after the answer of this number.
    Settled(u32),
    /// The window changed.
    Page(Page),
}

/// What the outside has to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the engine; the number comes back with the answer.
    Ask(u32, Request),
    /// A new entry of the history: its number and address.
    Push(u32, Address),
    /// The same entry: its number and its address from now on.
    Replace(u32, Address),
    /// One entry back.
    Back,
    /// Focus the view's heading, without scrolling.
    FocusHeading,
    /// Focus the view's heading where what had the focus has gone.
    KeepFocus,
    /// Focus the search box, the caret at its end.
    FocusSearch,
    /// Take the focus from the search box.
    BlurSearch,
    /// Focus the next (+1) or previous (-1) item.
    FocusItem(i32),
    /// Focus the next name in the text.
    FocusName,
    /// Put scroll and focus back.
    Restore(Leaving),
    /// Scroll to the top.
    Top,
    /// After 300 ms: `Action::Settled` of this number.
    Settle(u32),
    /// Put the address with the edition on the clipboard.
    Copy(Address),
    /// Hand a text to the browser as a file: what it is about, its format, the text.
    File(String, Format, String),
    /// Print.
    Print,
    /// Look what is selected in the article's text: `Action::Selected`.
    ReadSelection,
    /// Hand a download to the browser.
    Download(Wish, Box<Saved>),
    /// Set and remember the theme.
    Theme(Theme),
    /// Ask before the page is left, or do not.
    WarnOnLeave(bool),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_of_the_library_stays_and_more_of_results_is_their_own() {
        let limit = |state: &State| match state.library_of(Filters::default()) {
            Request::Library { limit, .. } => (limit, state.shown_articles()),
            other => panic!("{other:?}"),
        };
        let mut state = State::default();
        state.more();
        assert_eq!(limit(&state), (2 * LIST, PAGE));
        state.address = Address::results("iran");
        state.more();
        assert_eq!(limit(&state), (2 * LIST, 2 * PAGE));
    }
}
