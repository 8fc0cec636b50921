//! `reduce`: what an action does to the state, and what it asks of the outside.
//!
//! Invariants: pure; the address decides which answers are wanted (`want`); of several answers of one kind the
//! one to the newest request counts; an entry of the history is made by going somewhere, not by typing.

use super::address::{Address, Mode, View};
use super::comparing;
use super::exporting::{self, Format};
use super::reading;
use super::shared::Shared;
use super::state::{Action, Correcting, Effect, Overlay, Said, Shown, Slot, State, Theme, Wish};
use crate::engine::views::Compare;
use crate::engine::{Answer, Filters, Problem, Request, Response, Step};

/// Entries of the history whose scroll is remembered.
const REMEMBERED: usize = 100;

/// Pairs of articles that are compared for the first rows of several.
const PAIRS: u32 = 8;

/// Statements of the timeline for each article that results would show: a list of articles is taller.
const STATEMENTS: u32 = 10;

/// The next state and what is to be done.
pub fn reduce(state: State, action: Action) -> (State, Vec<Effect>) {
    let mut turn = Turn { state, effects: Vec::new() };
    turn.act(action);
    (turn.state, turn.effects)
}

struct Turn {
    state: State,
    effects: Vec<Effect>,
}

impl Turn {
    fn act(&mut self, action: Action) {
        match action {
            Action::Started { hash, entry, theme } => {
                self.state.shortcuts = true;
                self.state.sync = true;
                self.state.theme = theme;
                self.arrive(Address::parse(&hash), entry);
            }
            Action::Navigated { hash, entry } => self.navigated(Address::parse(&hash), entry),
            Action::Here(here) => self.state.here = here,
            Action::Go(address) => self.go(address),
            Action::Adjust(address) => self.adjust(address),
            Action::Typed { text, composing } => self.typed(text, composing),
            Action::Key(key) => self.typed(format!("{}{key}", self.state.typed), false),
            Action::Erase => {
                let mut text = self.state.typed.clone();
                text.pop();
                self.typed(text, false);
            }
            Action::Enter => self.enter(),
            Action::Suggest(by) => self.suggest(by),
            Action::Take(index) => self.take(index),
            Action::Unsuggest => self.unsuggest(),
            Action::Search => self.effects.push(Effect::FocusSearch),
            Action::Escape => self.escape(),
            Action::Step(by) => self.step(by),
            Action::Item(by) => self.effects.push(Effect::FocusItem(by)),
            Action::Tick(slug) => self.tick(slug),
            Action::Untick => self.state.ticked.clear(),
            Action::Compare => self.compare(),
            Action::ToNames => match self.state.address.view {
                View::Article(_) => self.effects.push(Effect::FocusName),
                _ => self.go(Address::of(View::Names)),
            },
            Action::ToggleKind(kind) => {
                let shown = remove(&mut self.state.hidden, &kind);
                if !shown {
                    self.state.hidden.push(kind);
                }
                self.say(Said::Kind(kind, shown));
            }
            Action::Show(shown) => self.show(shown),
            Action::NextShown => self.show(match self.state.shown {
                Shown::Main => Shown::All,
                Shown::All => Shown::None,
                Shown::None => Shown::Main,
            }),
            Action::ToggleSync => {
                self.state.sync = !self.state.sync;
                self.say(Said::Sync(self.state.sync));
            }
            Action::NextTheme => {
                self.state.theme = match self.state.theme {
                    Theme::System => Theme::Light,
                    Theme::Light => Theme::Dark,
                    Theme::Dark => Theme::System,
                };
                self.effects.push(Effect::Theme(self.state.theme));
                self.say(Said::Theme(self.state.theme));
            }
            Action::ToggleShortcuts => {
                self.state.shortcuts = !self.state.shortcuts;
                self.say(Said::Shortcuts(self.state.shortcuts));
            }
            Action::Overlay(overlay) => self.state.overlay = overlay,
            Action::Facet(key, value) => self.facet(&key, value),
            Action::Dates(from, to) => {
                let mut address = self.state.address.clone();
                address.filters.from = Some(from).filter(|date| !date.is_empty());
                address.filters.to = Some(to).filter(|date| !date.is_empty());
                self.adjust(address);
            }
            Action::NoFilters => {
                let filters = Filters::default();
                self.adjust(Address { filters, ..self.state.address.clone() });
            }
            Action::Expand(slug) => self.state.expanded.push(slug),
            Action::More => {
                self.state.more();
                self.want();
            }
            Action::CopyLink => self.copy_link(),
            Action::Copied(done) => self.say(if done { Said::Copied } else { Said::NotCopied }),
            Action::Reading(files) => self.state.importing += files,
            Action::Unread(outcome) => self.state.imported.push(*outcome),
            Action::Import(files) => {
                self.state.importing = self.state.importing.max(files.len() as u32);
                let number = self.ask(Request::Import(files));
                self.state.under_way.push(number);
            }
            Action::Correcting(what) => {
                self.state.correcting = Some(what);
                self.state.overlay = Overlay::Correct;
                self.want();
            }
            Action::Correct(step) => self.correct(*step),
            Action::AddName => self.effects.push(Effect::ReadSelection),
            Action::Selected(selected) => {
                let reader = self.state.reader.value.as_ref();
                let place = selected.zip(reader).and_then(|((block, start, end), view)| {
                    reading::selection(view, block as usize, start, end)
                });
                match place.and_then(|span| reading::quoted(reader?, span)) {
                    Some(place) => self.act(Action::Correcting(Box::new(Correcting::Words(place)))),
                    None => self.say(Said::SelectFirst),
                }
            }
            Action::Save(wish) => {
                self.state.saving = Some(wish);
                let number = self.ask(match wish {
                    Wish::Page | Wish::Corpus => Request::Save,
                    Wish::Corrections => Request::ExportCorrections,
                });
                self.state.under_way.push(number);
            }
            Action::Export(format) => self.export(format),
            Action::Print => self.effects.push(Effect::Print),
            Action::Saved => self.saved(),
            Action::DismissEdition => {
                let edition = None;
                self.adjust(Address { edition, ..self.state.address.clone() });
            }
            Action::DismissProblems => self.state.problems.clear(),
            Action::Engine(engine) => self.state.engine = engine,
            Action::Answered(number, response) => {
                if let Some(response) = response.into_inner() {
                    self.answered(number, response);
                }
            }
            Action::Failed(number, problem) => self.failed(number, problem),
            Action::Settled(number) => {
                let results = &self.state.results;
                if results.number == number
                    && let Some(found) = results.value.as_ref().filter(|_| self.state.address.is_results())
                {
                    let said = Said::Results(found.matches, found.passages, found.groups.len() as u32);
                    self.say(said);
                }
            }
            Action::Page(page) => self.state.page = page,
        }
    }

    fn show(&mut self, shown: Shown) {
        self.state.shown = shown;
        self.say(Said::Shown(shown));
    }

    fn say(&mut self, said: Said) {
        self.state.said = (self.state.said.0.wrapping_add(1), said);
    }

    fn ask(&mut self, request: Request) -> u32 {
        self.state.number += 1;
        self.effects.push(Effect::Ask(self.state.number, request));
        self.state.number
    }

    // Going places.

    /// Comes to an entry of the history, new (`None`) or old.
    fn arrive(&mut self, address: Address, entry: Option<u32>) {
        let state = &mut self.state;
        state.entry = entry.unwrap_or(state.entries + 1);
        state.entries = state.entries.max(state.entry);
        if entry.is_none() {
            self.effects.push(Effect::Replace(state.entry, address.clone()));
        }
        let left = |entry| state.left.iter().find(|(number, _)| *number == entry);
        state.restore = entry.and_then(left).map(|(_, leaving)| leaving.clone());
        self.enter_address(address);
        self.restore();
    }

    fn navigated(&mut self, address: Address, entry: Option<u32>) {
        self.leave();
        let other_view = !self.state.address.same_view(&address);
        let placed = address.hit.is_some() || address.at.is_some();
        self.arrive(address, entry);
        self.head(other_view, placed);
    }

    fn go(&mut self, address: Address) {
        self.leave();
        let other_view = !self.state.address.same_view(&address);
        let placed = address.hit.is_some() || address.at.is_some();
        self.push(address);
        self.head(other_view, placed);
    }

    /// Starts a view at its top with the focus on its heading, unless it is come back to or has a place.
    fn head(&mut self, other_view: bool, placed: bool) {
        let coming_back = self.state.restore.is_some()
            || self.effects.iter().any(|effect| matches!(effect, Effect::Restore(_)));
        if other_view && !coming_back {
            if !placed {
                self.effects.push(Effect::Top);
            }
            // A link to a block puts the focus there itself.
            let block =
                matches!(self.state.address.view, View::Article(_)) && self.state.address.at.is_some();
            self.state.heading = !block;
            self.restore();
        }
    }

    fn push(&mut self, address: Address) {
        self.state.entries += 1;
        self.state.entry = self.state.entries;
        self.state.restore = None;
        self.effects.push(Effect::Push(self.state.entry, address.clone()));
        self.enter_address(address);
    }

    /// Another address for the same entry of the history.
    fn adjust(&mut self, address: Address) {
        if address != self.state.address {
            self.effects.push(Effect::Replace(self.state.entry, address.clone()));
            self.enter_address(address);
        }
    }

    fn leave(&mut self) {
        let state = &mut self.state;
        state.left.retain(|(entry, _)| *entry != state.entry);
        state.left.push((state.entry, std::mem::take(&mut state.here)));
        if state.left.len() > REMEMBERED {
            let first = state.left.iter().map(|(entry, _)| *entry).min();
            state.left.retain(|(entry, _)| Some(*entry) != first);
        }
    }

    /// A step in correcting: the dialog has done its work.
    fn correct(&mut self, step: Step) {
        self.state.overlay = Overlay::None;
        let said = match &step {
            Step::Make(record) => Said::Corrected(Box::new(record.clone())),
            Step::Undo => Said::Undone,
            Step::Redo => Said::Redone,
            Step::Withdraw(_) => Said::Withdrawn,
            Step::Take(_) => Said::Took(0),
        };
        let number = self.ask(Request::Correct(step));
        self.state.steps.push((number, said));
    }

    fn corrected(&mut self, number: u32, count: u32, problems: Vec<Problem>) {
        let steps = &mut self.state.steps;
        let Some(at) = steps.iter().position(|(step, _)| *step == number) else { return };
        let said = steps.swap_remove(at).1;
        let quiet = problems.is_empty();
        self.state.problems.extend(problems);
        if count > 0 {
            self.changed();
            self.state.refocus = true;
        }
        self.say(match said {
            Said::Took(_) => Said::Took(count),
            said if count > 0 => said,
            _ if quiet => Said::Unchanged,
            _ => return,
        });
    }

    /// The same place by the ids that lead there now, where a correction has made one entity of two.
    fn current(&self, mut address: Address) -> Address {
        let former = self.state.about.value.as_ref().map_or(&[][..], |about| &about.former);
        let renew = |id: &mut String| {
            if let Some((_, now)) = former.iter().find(|(old, _)| old == id) {
                id.clone_from(now);
            }
        };
        if let View::Entity(id) = &mut address.view {
            renew(id);
        }
        address.filters.entity.iter_mut().for_each(renew);
        address
    }

    fn enter_address(&mut self, given: Address) {
        let address = self.current(given.clone());
        if address != given {
            self.effects.push(Effect::Replace(self.state.entry, address.clone()));
        }
        let state = &mut self.state;
        if state.address.q != address.q {
            state.expanded.clear();
            state.limit = 0;
        }
        if !state.address.same_view(&address) {
            state.overlay = Overlay::None;
        }
        state.entering = false;
        state.heading = false;
        state.suggesting &= address.is_results();
        state.typed.clone_from(&address.q);
        state.address = address;
        self.want();
    }

    /// Puts scroll and focus in their places once there is something to scroll and focus.
    fn restore(&mut self) {
        if self.ready() {
            if let Some(leaving) = self.state.restore.take() {
                self.effects.push(Effect::Restore(leaving));
            } else if self.state.heading {
                self.effects.push(Effect::FocusHeading);
            }
            self.state.heading = false;
            if std::mem::take(&mut self.state.refocus) {
                self.effects.push(Effect::KeepFocus);
            }
        }
    }

    fn ready(&self) -> bool {
        let state = &self.state;
        match &state.address.view {
            View::Library if state.address.is_results() => state.results.settled,
            View::Library => state.shown_library().is_some(),
            View::Article(_) => state.reader.settled,
            View::Compare(..) => state.compare.settled,
            View::Several(_) | View::Story(_) => state.accounts.settled,
            View::Names => state.names.settled,
            View::Entity(_) => state.entity.settled,
            View::Timeline => state.timeline.settled,
            View::Corrections => state.corrections.settled,
            View::Open | View::About | View::Unknown(_) => true,
        }
    }

    // Searching.

    fn typed(&mut self, text: String, composing: bool) {
        self.state.typed.clone_from(&text);
        self.state.suggestion = None;
        self.state.suggesting = !text.trim().is_empty();
        if self.state.suggesting {
            let number = self.ask(Request::Suggest { query: text.clone() });
            self.state.suggestions.number = number;
        }
        let here = self.state.address.clone();
        let there = match here.view {
            View::Library => Address { q: text, hit: None, edition: None, ..here.clone() },
            _ if !text.trim().is_empty() => Address::results(&text),
            View::Article(_) => Address { q: text, hit: None, ..here.clone() },
            _ => return,
        };
        let moves = here.is_results() != there.is_results();
        // Moving to the other search box would break off an input method at work.
        if moves && composing {
            return;
        }
        let suggesting = self.state.suggesting;
        if there.is_results() && moves {
            self.leave();
            self.push(there);
            self.effects.push(Effect::Top);
        } else {
            self.adjust(there);
        }
        self.state.suggesting = suggesting;
        if moves {
            self.effects.push(Effect::FocusSearch);
        }
    }

    fn enter(&mut self) {
        if let (true, Some(index)) = (self.state.suggesting, self.state.suggestion) {
            return self.take(index);
        }
        self.unsuggest();
        if !self.state.address.is_results() {
            let q = self.state.typed.clone();
            if !q.trim().is_empty() {
                self.go(Address::results(&q));
            }
        } else if self.state.results.settled {
            self.open_first();
        } else {
            self.state.entering = true;
        }
    }

    fn open_first(&mut self) {
        self.state.entering = false;
        let first = self.state.results.value.as_ref().and_then(|found| found.groups.first());
        if let Some(slug) = first.map(|group| group.article.slug.clone()) {
            self.go(Address::hit(&slug, &self.state.address.q, 0));
        }
    }

    fn suggest(&mut self, by: i32) {
        let count = self.state.suggestions.value.as_ref().map_or(0, |list| list.len());
        if !self.state.suggesting || count == 0 {
            if by > 0 && self.state.address.is_results() {
                self.effects.push(Effect::FocusItem(1));
            }
            return;
        }
        self.state.suggestion = match (self.state.suggestion, by > 0) {
            (None, true) => Some(0),
            (None, false) => Some(count - 1),
            (Some(at), true) => Some(at + 1).filter(|at| *at < count),
            (Some(at), false) => at.checked_sub(1),
        };
    }

    fn take(&mut self, index: usize) {
        let Some(taken) = self.state.suggestions.value.as_ref().and_then(|list| list.get(index)) else {
            return;
        };
        if let Some(slug) = &taken.article {
            let there = Address::article(slug, "");
            self.unsuggest();
            return self.go(there);
        }
        let query = taken.query.clone();
        self.typed(query, false);
        self.unsuggest();
        self.effects.push(Effect::FocusSearch);
    }

    fn unsuggest(&mut self) {
        self.state.suggesting = false;
        self.state.suggestion = None;
    }

    fn escape(&mut self) {
        let state = &self.state;
        if state.overlay != Overlay::None {
            self.state.overlay = Overlay::None;
        } else if state.suggesting && state.suggestions.value.as_ref().is_some_and(|list| !list.is_empty()) {
            self.unsuggest();
        } else if !state.typed.is_empty() && matches!(state.address.view, View::Library | View::Article(_)) {
            let there = Address { q: String::new(), hit: None, ..state.address.clone() };
            let moves = state.address.is_results();
            self.state.typed.clear();
            self.unsuggest();
            self.adjust(there);
            if moves {
                self.effects.push(Effect::FocusSearch);
            }
        } else if state.address.view == View::Library {
            self.state.ticked.clear();
            self.effects.push(Effect::BlurSearch);
        } else if state.left.iter().any(|(entry, _)| *entry < state.entry) {
            self.effects.push(Effect::Back);
        } else {
            self.go(Address::library());
        }
    }

    fn facet(&mut self, key: &str, value: String) {
        let mut address = self.state.address.clone();
        let values = match key {
            "source" => &mut address.filters.source,
            "lang" => &mut address.filters.lang,
            "entity" => &mut address.filters.entity,
            _ => return,
        };
        match values.iter().position(|on| *on == value) {
            Some(at) => {
                values.remove(at);
            }
            None => values.push(value),
        }
        self.adjust(address);
    }

    // Moving within a view.

    fn step(&mut self, by: i32) {
        let State { address, compare, .. } = &self.state;
        let (total, now) = match (&address.view, &address.mode, &compare.value) {
            (View::Compare(..), Mode::Plain | Mode::Differences, Some(view)) => {
                (comparing::shown(view, address), comparing::passed(view, address, by > 0))
            }
            _ => ((0..self.state.steps()).collect(), address.hit.map(i64::from)),
        };
        let next = match now {
            Some(now) => now + i64::from(by),
            None if by > 0 => 0,
            None => total.len() as i64 - 1,
        };
        match usize::try_from(next).ok().and_then(|next| Some((next as u32, *total.get(next)?))) {
            Some((next, hit)) => {
                self.adjust(self.state.address.with_hit(hit));
                self.say(Said::Step(next + 1, total.len() as u32));
            }
            None => self.say(Said::End),
        }
    }

    fn tick(&mut self, slug: String) {
        let ticked = &mut self.state.ticked;
        match ticked.iter().position(|on| *on == slug) {
            Some(at) => {
                ticked.remove(at);
            }
            None => {
                ticked.push(slug);
            }
        }
        let count = ticked.len() as u32;
        self.say(Said::Ticked(count));
    }

    fn compare(&mut self) {
        let state = &self.state;
        let near = match (&state.address.view, &state.reader.value) {
            (View::Article(_), Some(reader)) => {
                reader.compare_with.as_ref().map(|with| order_pair(state, &reader.article.slug, &with.slug))
            }
            _ => None,
        };
        let pair = state.home.value.as_ref().and_then(|home| home.pair.as_ref());
        let there = match (Address::comparing(&state.ticked), near, pair) {
            (Some(there), ..) => there,
            (_, Some((a, b)), _) => Address::compare(&a, &b),
            (.., Some(pair)) => Address::compare(&pair.a, &pair.b),
            _ => return self.say(Said::TickTwo),
        };
        self.go(there);
    }

    fn export(&mut self, format: Format) {
        let state = &self.state;
        let file = match (&state.address.view, &state.compare.value, &state.accounts.value) {
            (View::Compare(..), Some(view), _) => {
                let name = format!("{} {}", view.a.article.title, view.b.article.title);
                (name, exporting::compare(view, format))
            }
            (View::Several(_) | View::Story(_), _, Some(view)) => {
                (view.title.clone(), exporting::accounts(view))
            }
            (View::Library, ..) => match &state.results.value {
                Some(view) => (format!("concordance {}", view.query), exporting::concordance(view, format)),
                None => return,
            },
            _ => return,
        };
        self.effects.push(Effect::File(file.0, format, file.1));
    }

    fn copy_link(&mut self) {
        let mut address = self.state.address.clone();
        if let Some(about) = &self.state.about.value {
            address.edition = Some(about.edition.chars().take(8).collect());
        }
        self.effects.push(Effect::Copy(address));
    }

    // Asking and being answered.

    /// Asks for what the address needs and is not there or under way.
    fn want(&mut self) {
        let address = self.state.address.clone();
        let Address { q, filters, order, .. } = address.clone();
        self.want_home();
        if self.state.overlay == Overlay::Correct {
            self.fill(|s| &mut s.names, Request::Names);
        }
        let limit = self.state.shown_articles();
        match address.view {
            View::Library if address.is_results() => {
                let concordance = (address.mode == Mode::Concordance).then(|| order.lines());
                let sort = order.articles();
                self.fill(
                    |s| &mut s.results,
                    Request::Search { query: q, filters, sort, concordance, limit },
                );
            }
            View::Library if filters != Filters::default() => {
                self.fill(|s| &mut s.library, self.state.library_of(filters));
            }
            View::Article(slug) => {
                if self.state.reader.value.as_ref().is_some_and(|shown| shown.article.slug != slug) {
                    self.state.reader = Slot::default();
                }
                self.fill(|s| &mut s.reader, Request::Reader { slug, query: q });
            }
            View::Compare(a, b) => {
                let other = |shown: &Shared<Compare>| shown.a.article.slug != a || shown.b.article.slug != b;
                if self.state.compare.value.as_ref().is_some_and(other) {
                    self.state.compare = Slot::default();
                }
                self.fill(|s| &mut s.compare, Request::Compare { a, b });
            }
            View::Several(slugs) => self.want_accounts(slugs),
            View::Story(slug) => self.want_accounts(vec![slug]),
            View::Names => self.fill(|s| &mut s.names, Request::Names),
            View::Timeline => {
                let limit = limit.saturating_mul(STATEMENTS);
                self.fill(|s| &mut s.timeline, Request::Timeline { filters, limit });
            }
            View::Corrections => self.fill(|s| &mut s.corrections, Request::Corrections),
            View::Entity(id) => {
                if self.state.entity.value.as_ref().is_some_and(|shown| shown.name.entity != id) {
                    self.state.entity = Slot::default();
                }
                self.fill(|s| &mut s.entity, Request::Entity { id, sort: order.lines() });
            }
            View::Library | View::Open | View::About | View::Unknown(_) => {}
        }
    }

    /// Asks for what is not there of several articles: few pairs first, then more and more with each answer.
    fn want_accounts(&mut self, wanted: Vec<String>) {
        let known = match &self.state.accounts.request {
            Some(Request::Accounts { slugs, pairs }) if *slugs == wanted => Some(*pairs),
            _ => None,
        };
        let pairs = match known {
            Some(pairs) if self.state.accounts.value.as_ref().is_some_and(|a| a.left > 0) => {
                pairs + pairs.min(PAIRS * 8)
            }
            Some(pairs) => pairs,
            None => {
                self.state.accounts = Slot::default();
                PAIRS
            }
        };
        if known.is_none() || self.state.accounts.settled {
            self.fill(|s| &mut s.accounts, Request::Accounts { slugs: wanted, pairs });
        }
    }

    fn want_home(&mut self) {
        self.fill(|s| &mut s.home, self.state.library_of(Filters::default()));
        self.fill(|s| &mut s.about, Request::About);
    }

    fn fill<T>(&mut self, slot: impl Fn(&mut State) -> &mut Slot<T>, request: Request) {
        if slot(&mut self.state).request.as_ref() == Some(&request) {
            return;
        }
        let number = self.ask(request.clone());
        let slot = slot(&mut self.state);
        *slot =
            Slot { request: Some(request), number, settled: false, value: slot.value.take(), missing: None };
    }

    fn answered(&mut self, number: u32, response: Response) {
        fn put<T>(slot: &mut Slot<T>, number: u32, value: T) -> bool {
            let newest = slot.number == number;
            if newest {
                slot.value = Some(Shared::new(value));
                slot.settled = true;
                slot.missing = None;
            }
            newest
        }
        fn miss<T>(slot: &mut Slot<T>, number: u32, what: &str) {
            if slot.number == number {
                slot.value = None;
                slot.settled = true;
                slot.missing = Some(what.into());
            }
        }
        let state = &mut self.state;
        match response.answer {
            Answer::Library(it) if state.home.number == number => {
                put(&mut state.home, number, *it);
            }
            Answer::Library(it) => {
                put(&mut state.library, number, *it);
            }
            Answer::Results(it) => {
                if put(&mut state.results, number, *it) {
                    self.effects.push(Effect::Settle(number));
                    if self.state.entering {
                        self.open_first();
                    }
                }
            }
            Answer::Suggestions(it) => {
                put(&mut state.suggestions, number, it);
                state.suggestion = None;
            }
            Answer::Reader(it) => {
                put(&mut state.reader, number, *it);
            }
            Answer::Compare(it) => {
                put(&mut state.compare, number, *it);
            }
            Answer::Accounts(it) => {
                // What is there is shown while more is compared.
                if put(&mut state.accounts, number, *it) {
                    self.want();
                }
            }
            Answer::Names(it) => {
                put(&mut state.names, number, *it);
            }
            Answer::Entity(it) => {
                put(&mut state.entity, number, *it);
            }
            Answer::About(it) => {
                if put(&mut state.about, number, *it) {
                    let address = self.current(self.state.address.clone());
                    self.adjust(address);
                }
            }
            Answer::Timeline(it) => {
                put(&mut state.timeline, number, *it);
            }
            Answer::Corrections(it) => {
                put(&mut state.corrections, number, *it);
            }
            Answer::Corrected(taken) => self.corrected(number, taken.count, response.problems),
            Answer::Imported(outcomes) => {
                if remove(&mut state.under_way, &number) {
                    state.importing = 0;
                    let added = outcomes.iter().map(|file| file.added.len() as u32).sum();
                    let corrections = outcomes.iter().map(|file| file.corrections).sum::<u32>();
                    let odd = outcomes.iter().filter(|file| !file.problems.is_empty()).count() as u32;
                    state.imported.extend(outcomes);
                    if added + corrections > 0 {
                        self.changed();
                    }
                    self.say(match (added, odd) {
                        (0, 0) if corrections > 0 => Said::Took(corrections),
                        _ => Said::Imported(added, odd),
                    });
                }
            }
            Answer::Saved(saved) => {
                if remove(&mut state.under_way, &number)
                    && let Some(wish) = state.saving
                {
                    self.effects.push(Effect::Download(wish, Box::new(saved)));
                }
            }
            Answer::Missing { what } => {
                miss(&mut state.reader, number, &what);
                miss(&mut state.compare, number, &what);
                miss(&mut state.accounts, number, &what);
                miss(&mut state.entity, number, &what);
            }
            // For scripts: the page never asks.
            Answer::Article(_) | Answer::Ranking(_) | Answer::Likeness(_) => {}
        }
        self.restore();
    }

    /// The corpus has more articles or other names: every answer is out of date.
    fn changed(&mut self) {
        let state = &mut self.state;
        state.unsaved = true;
        for request in [
            &mut state.home.request,
            &mut state.library.request,
            &mut state.results.request,
            &mut state.reader.request,
            &mut state.compare.request,
            &mut state.accounts.request,
            &mut state.names.request,
            &mut state.entity.request,
            &mut state.about.request,
            &mut state.timeline.request,
            &mut state.corrections.request,
        ] {
            *request = None;
        }
        self.effects.push(Effect::WarnOnLeave(true));
        self.want();
    }

    fn saved(&mut self) {
        // The corrections alone are not all that was added.
        if self.state.saving.take() != Some(Wish::Corrections) {
            self.state.unsaved = false;
            self.effects.push(Effect::WarnOnLeave(false));
        }
    }

    fn failed(&mut self, number: u32, problem: Problem) {
        let state = &mut self.state;
        if remove(&mut state.under_way, &number) {
            state.importing = 0;
            state.saving = None;
        }
        fn settle<T>(slot: &mut Slot<T>, number: u32) {
            slot.settled |= slot.number == number;
        }
        settle(&mut state.home, number);
        settle(&mut state.library, number);
        settle(&mut state.results, number);
        settle(&mut state.suggestions, number);
        settle(&mut state.reader, number);
        settle(&mut state.compare, number);
        settle(&mut state.names, number);
        settle(&mut state.entity, number);
        settle(&mut state.about, number);
        settle(&mut state.timeline, number);
        settle(&mut state.corrections, number);
        state.steps.retain(|(step, _)| *step != number);
        state.entering = false;
        if !state.problems.contains(&problem) {
            state.problems.push(problem);
        }
        self.restore();
    }
}

/// Takes a thing out of a list; whether it was there.
fn remove<T: PartialEq>(list: &mut Vec<T>, thing: &T) -> bool {
    let before = list.len();
    list.retain(|other| other != thing);
    list.len() < before
}

/// The two slugs in corpus order, so that the letters of a comparison are those of the library.
fn order_pair(state: &State, one: &str, other: &str) -> (String, String) {
    let articles = state.about.value.as_ref().map_or(&[][..], |about| &about.articles);
    let place = |slug: &str| articles.iter().position(|(article, _)| article.slug == slug);
    match place(one) > place(other) {
        true => (other.into(), one.into()),
        false => (one.into(), other.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::views::{
        About, ArticleHits, ArticleRef, BlockView, FileOutcome, Library, PairBrief, Reader, Results,
        Suggestion, Taken,
    };
    use crate::engine::{Correction, Part, Place, Who};
    use crate::session::reading::BlockKind;
    use crate::session::state::{Engine, Leaving};
    use crate::text::Span;

    /// A session that has been started at a hash.
    struct Session(State, Vec<Effect>);

    impl Session {
        fn at(hash: &str) -> Session {
            let mut session = Session(State::default(), Vec::new());
            session.act(Action::Started { hash: hash.into(), entry: None, theme: Theme::System });
            session
        }

        /// Acts, and keeps the effects of this action only.
        fn act(&mut self, action: Action) -> &mut Session {
            let (state, effects) = reduce(std::mem::take(&mut self.0), action);
            (self.0, self.1) = (state, effects);
            self
        }

        fn type_in(&mut self, text: &str) -> &mut Session {
            self.act(Action::Typed { text: text.into(), composing: false })
        }

        fn answer(&mut self, number: u32, answer: Answer) -> &mut Session {
            self.act(Action::Answered(number, Shared::new(Response { answer, problems: Vec::new() })))
        }

        fn found(&mut self, matches: u32) -> &mut Session {
            let article = ArticleRef { slug: "a".into(), ..ArticleRef::default() };
            let groups = vec![ArticleHits { article, ..ArticleHits::default() }];
            let results = Results { matches, groups, ..Results::default() };
            self.answer(self.0.results.number, Answer::Results(Box::new(results)))
        }

        fn read(&mut self, slug: &str, hits: u32) -> &mut Session {
            let article = ArticleRef { slug: slug.into(), ..ArticleRef::default() };
            let hits = (0..hits).map(|at| Span { start: at, end: at + 1 }).collect();
            let reader = Reader { article, hits, ..Reader::default() };
            self.answer(self.0.reader.number, Answer::Reader(Box::new(reader)))
        }

        fn hash(&self) -> String {
            self.0.address.to_string()
        }

        #[track_caller]
        fn does(&self, expected: impl Fn(&Effect) -> bool) {
            assert!(self.1.iter().any(expected), "not among {:?}", self.1);
        }

        #[track_caller]
        fn does_not(&self, unexpected: impl Fn(&Effect) -> bool) {
            assert!(!self.1.iter().any(unexpected), "among {:?}", self.1);
        }
    }

    fn asks(request: &'static str) -> impl Fn(&Effect) -> bool {
        move |effect| matches!(effect, Effect::Ask(_, asked) if format!("{asked:?}").starts_with(request))
    }

    fn pushes(effect: &Effect) -> bool {
        matches!(effect, Effect::Push(..))
    }

    #[test]
    fn starting_asks_what_every_view_needs_and_what_this_one_needs() {
        let session = Session::at("#/article/a?q=x");
        session.does(asks("Library"));
        session.does(asks("About"));
        session.does(asks("Reader"));
        session.does_not(asks("Search"));
    }

    #[test]
    fn typing_makes_one_entry_and_keeps_it() {
        let mut session = Session::at("#/");
        session.type_in("i").does(pushes);
        session.does(|effect| *effect == Effect::FocusSearch);
        session.type_in("ir").does_not(pushes);
        session.does(|effect| matches!(effect, Effect::Replace(..)));
        assert_eq!(session.hash(), "#/?q=ir");
        assert_eq!(session.0.entry, 2);
    }

    #[test]
    fn an_input_method_at_work_keeps_its_field() {
        let mut session = Session::at("#/");
        session.act(Action::Typed { text: "に".into(), composing: true }).does_not(pushes);
        assert_eq!((session.hash().as_str(), session.0.typed.as_str()), ("#/", "に"));
        session.type_in("日本").does(pushes);
    }

    #[test]
    fn late_answers_are_dropped() {
        let mut session = Session::at("#/?q=a");
        let first = session.0.results.number;
        session.type_in("ab");
        session.answer(first, Answer::Results(Box::default()));
        assert!(session.0.results.value.is_none() && !session.0.results.settled);
        session.found(3);
        assert_eq!(session.0.results.value.as_ref().map(|found| found.matches), Some(3));
        session.does(|effect| matches!(effect, Effect::Settle(_)));
    }

    #[test]
    fn a_query_is_announced_when_it_has_settled_and_only_the_newest() {
        let mut session = Session::at("#/?q=a");
        let first = session.0.results.number;
        session.found(1).type_in("ab").found(2);
        session.act(Action::Settled(first));
        assert_eq!(session.0.said.1, Said::Nothing);
        session.act(Action::Settled(session.0.results.number));
        assert_eq!(session.0.said.1, Said::Results(2, 0, 1));
    }

    #[test]
    fn enter_opens_the_first_hit_also_when_it_was_pressed_too_soon() {
        let mut session = Session::at("#/?q=a");
        session.act(Action::Enter).does_not(pushes);
        session.found(1).does(pushes);
        assert_eq!(session.hash(), "#/article/a?q=a&hit=0");
    }

    #[test]
    fn back_restores_scroll_and_focus_once_the_answer_is_here() {
        let mut session = Session::at("#/?q=a&source=S");
        session.found(1);
        let here = Leaving { scroll: 420.0, focus: "hit-a-0".into(), ..Leaving::default() };
        session.act(Action::Here(here.clone())).act(Action::Enter);
        assert!(session.0.heading, "the heading waits for the article");
        session.read("a", 3).does(|effect| *effect == Effect::FocusHeading);
        session.act(Action::Navigated { hash: "#/?q=a&source=S".into(), entry: Some(1) });
        assert_eq!(session.hash(), "#/?q=a&source=S");
        session.does(|effect| *effect == Effect::Restore(here.clone()));
        session.does_not(|effect| matches!(effect, Effect::Top | Effect::FocusHeading));
    }

    #[test]
    fn a_link_that_was_clicked_becomes_an_entry() {
        let mut session = Session::at("#/");
        session.act(Action::Navigated { hash: "#/about".into(), entry: None });
        session.does(|effect| matches!(effect, Effect::Replace(2, _)));
        session.does(|effect| *effect == Effect::Top);
        session.does(|effect| *effect == Effect::FocusHeading);
    }

    #[test]
    fn stepping_visits_each_match_once_and_stops_at_the_ends() {
        let mut session = Session::at("#/article/a?q=x");
        session.read("a", 2);
        let mut visited = Vec::new();
        for by in [1, 1, 1, -1, -1] {
            session.act(Action::Step(by)).does_not(pushes);
            visited.push(session.0.said.1.clone());
        }
        let expected = [Said::Step(1, 2), Said::Step(2, 2), Said::End, Said::Step(1, 2), Said::End];
        assert_eq!(visited, expected);
        assert_eq!(session.hash(), "#/article/a?q=x&hit=0");
    }

    #[test]
    fn escape_clears_then_closes_then_goes_back() {
        let mut session = Session::at("#/?q=a");
        session.found(1).act(Action::Enter).read("a", 1);
        session.act(Action::Overlay(Overlay::Keys)).act(Action::Escape);
        assert_eq!(session.0.overlay, Overlay::None);
        session.act(Action::Escape);
        assert_eq!(session.hash(), "#/article/a");
        session.act(Action::Escape).does(|effect| *effect == Effect::Back);
    }

    #[test]
    fn escape_never_leaves_the_page() {
        let mut session = Session::at("#/about");
        session.act(Action::Escape).does_not(|effect| *effect == Effect::Back);
        assert_eq!(session.hash(), "#/");
    }

    #[test]
    fn suggestions_are_walked_and_taken() {
        let mut session = Session::at("#/");
        session.type_in("ir");
        let number = session.0.suggestions.number;
        let one = |query: &str| Suggestion {
            query: query.into(),
            label: query.into(),
            articles: 1,
            entity: None,
            article: None,
        };
        session.answer(number, Answer::Suggestions(vec![one("iran"), one("iraq")]));
        session.act(Action::Suggest(1)).act(Action::Suggest(1));
        assert_eq!(session.0.suggestion, Some(1));
        session.act(Action::Enter);
        assert_eq!(session.hash(), "#/?q=iraq");
        assert!(!session.0.suggesting);
    }

    #[test]
    fn two_that_are_ticked_are_compared_and_more_set_against_their_claims() {
        let mut session = Session::at("#/");
        session.act(Action::Compare);
        assert_eq!(session.0.said.1, Said::TickTwo);
        for slug in ["a", "b"] {
            session.act(Action::Tick(slug.into()));
        }
        session.act(Action::Compare).does(pushes);
        assert_eq!(session.hash(), "#/compare/a/b");
        session.act(Action::Tick("c".into())).act(Action::Compare).does(asks("Accounts"));
        assert_eq!(session.hash(), "#/compare/a/b/c");
    }

    #[test]
    fn the_two_that_there_are_need_no_ticks() {
        let mut session = Session::at("#/");
        let pair = PairBrief { a: "a".into(), b: "b".into(), ..PairBrief::default() };
        let home = Library { pair: Some(pair), ..Library::default() };
        session.answer(session.0.home.number, Answer::Library(Box::new(home))).act(Action::Compare);
        assert_eq!(session.hash(), "#/compare/a/b");
    }

    #[test]
    fn facets_go_on_and_off_in_the_address() {
        let mut session = Session::at("#/?q=a");
        session.act(Action::Facet("source".into(), "S".into())).does(asks("Search"));
        assert_eq!(session.hash(), "#/?q=a&source=S");
        session.act(Action::Facet("source".into(), "S".into()));
        assert_eq!(session.hash(), "#/?q=a");
    }

    #[test]
    fn a_grown_corpus_is_asked_anew() {
        let mut session = Session::at("#/open");
        session.act(Action::Import(Vec::new()));
        let added = vec![("a".to_owned(), "A".to_owned())];
        let outcome =
            FileOutcome { file: "a.txt".into(), added, corrections: 0, known: 0, problems: Vec::new() };
        session.answer(session.0.number, Answer::Imported(vec![outcome]));
        session.does(asks("Library"));
        session.does(asks("About"));
        session.does(|effect| *effect == Effect::WarnOnLeave(true));
        assert!(session.0.unsaved);
        session.act(Action::Saved).does(|effect| *effect == Effect::WarnOnLeave(false));
    }

    /// A correction to make.
    fn hides(id: &str) -> Correction {
        Correction::Hide { who: Who { id: id.into(), name: id.into() }, part: Part::Whole }
    }

    #[test]
    fn a_correction_is_asked_and_everything_anew_after_it() {
        let mut session = Session::at("#/names");
        session.act(Action::Correct(Box::new(Step::Make(hides("x"))))).does(asks("Correct"));
        let number = session.0.number;
        let taken = Taken { count: 1, undo: true, redo: false };
        session.answer(number, Answer::Corrected(taken));
        session.does(asks("Names"));
        session.does(asks("Library"));
        session.does(|effect| *effect == Effect::WarnOnLeave(true));
        assert_eq!(session.0.said.1, Said::Corrected(Box::new(hides("x"))));
        session.act(Action::Correct(Box::new(Step::Undo)));
        session.answer(session.0.number, Answer::Corrected(Taken::default()));
        assert_eq!(session.0.said.1, Said::Unchanged);
        session.act(Action::Save(Wish::Corrections)).does(asks("ExportCorrections"));
        session.act(Action::Saved);
        assert!(session.0.unsaved, "the corrections alone are not all");
    }

    #[test]
    fn an_address_with_an_id_that_went_leads_to_the_one_that_stayed() {
        let mut session = Session::at("#/entity/u-s?entity=u-s&entity=x");
        let about = About { former: vec![("u-s".into(), "united-states".into())], ..About::default() };
        session.answer(session.0.about.number, Answer::About(Box::new(about)));
        assert_eq!(session.hash(), "#/entity/united-states?entity=united-states&entity=x");
        session.act(Action::Go(Address::entity("u-s")));
        assert_eq!(session.hash(), "#/entity/united-states");
    }

    #[test]
    fn selected_words_open_the_dialog() {
        let mut session = Session::at("#/article/a");
        let block = |span| BlockView {
            kind: BlockKind::Paragraph,
            span,
            sentences: Vec::new(),
            number: Some(1),
            rtl: false,
        };
        let text = "Ünder. “Ann U.S.” 😀 left";
        let blocks = vec![block(Span::new(0, 8)), block(Span::new(8, text.len()))];
        let article = ArticleRef { slug: "a".into(), ..ArticleRef::default() };
        let reader = Reader { article, text: text.into(), blocks, ..Reader::default() };
        session.answer(session.0.reader.number, Answer::Reader(Box::new(reader)));
        session.act(Action::AddName).does(|effect| *effect == Effect::ReadSelection);
        session.act(Action::Selected(None));
        assert_eq!(session.0.said.1, Said::SelectFirst);
        session.act(Action::Selected(Some((1, 0, 12))));
        let place = Place { article: "a".into(), start: 8, quote: "Ann U.S.".into() };
        assert_eq!(session.0.correcting.as_deref(), Some(&Correcting::Words(place)));
        assert_eq!(session.0.overlay, Overlay::Correct);
        session.act(Action::Selected(Some((1, 10, 13))));
        assert_eq!(session.0.said.1, Said::SelectFirst, "no letter in it");
    }

    #[test]
    fn another_edition_is_named_until_it_is_put_away() {
        let mut session = Session::at("#/about?edition=52be0c17");
        let about = About { edition: "7c41e09a55".into(), ..About::default() };
        session.answer(session.0.about.number, Answer::About(Box::new(about)));
        assert_eq!(session.0.other_edition(), Some("52be0c17"));
        session.act(Action::DismissEdition);
        assert_eq!((session.0.other_edition(), session.hash().as_str()), (None, "#/about"));
        session.act(Action::CopyLink);
        session.does(
            |effect| matches!(effect, Effect::Copy(to) if to.to_string() == "#/about?edition=7c41e09a"),
        );
    }

    #[test]
    fn what_is_missing_is_said_and_what_broke_is_settled() {
        let mut session = Session::at("#/article/nowhere");
        session.answer(session.0.reader.number, Answer::Missing { what: "nowhere".into() });
        assert_eq!(session.0.reader.missing.as_deref(), Some("nowhere"));
        let mut session = Session::at("#/?q=a");
        session.act(Action::Engine(Engine::Restarting));
        let problem = Problem { file: String::new(), line: None, message: "broke".into() };
        session.act(Action::Failed(session.0.results.number, problem));
        assert!(session.0.results.settled && session.0.problems.len() == 1);
    }
}
