//! `reduce`: what an action does to the state, and what it asks of the outside.
//!
//! Invariants: pure; the address decides which answers are wanted (`want`); of several answers of one kind the
//! one to the newest request counts; an entry of the history is made by going somewhere, not by typing.

use super::address::{Address, Mode, View};
use super::shared::Shared;
use super::state::{Action, Effect, Overlay, PAGE, Said, Slot, State, Theme};
use crate::engine::views::Compare;
use crate::engine::{Answer, Filters, Problem, Request, Response};

/// Entries of the history whose scroll is remembered.
const REMEMBERED: usize = 100;

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
                let shown = self.state.hidden.remove(&kind);
                if !shown {
                    self.state.hidden.insert(kind);
                }
                self.say(Said::Kind(kind, shown));
            }
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
            Action::Expand(slug) => {
                self.state.expanded.insert(slug);
            }
            Action::More => {
                self.state.limit = self.state.shown_articles().saturating_add(PAGE);
                self.want();
            }
            Action::CopyLink => self.copy_link(),
            Action::Copied(done) => self.say(if done { Said::Copied } else { Said::NotCopied }),
            Action::Import(files) => {
                self.state.importing += files.len() as u32;
                let number = self.ask(Request::Import(files));
                self.state.under_way.insert(number);
            }
            Action::Save(wish) => {
                self.state.saving = Some(wish);
                let number = self.ask(Request::Save);
                self.state.under_way.insert(number);
            }
            Action::Saved => self.saved(),
            Action::DismissEdition => {
                let edition = None;
                self.adjust(Address { edition, ..self.state.address.clone() });
            }
            Action::DismissProblems => self.state.problems.clear(),
            Action::Engine(engine) => self.state.engine = engine,
            Action::Answered(number, response) => self.answered(number, *response),
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
        state.restore = entry.and_then(|entry| state.left.get(&entry).cloned());
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
            self.state.heading = true;
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
        state.left.insert(state.entry, std::mem::take(&mut state.here));
        while state.left.len() > REMEMBERED {
            state.left.pop_first();
        }
    }

    fn enter_address(&mut self, address: Address) {
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
        }
    }

    fn ready(&self) -> bool {
        let state = &self.state;
        match &state.address.view {
            View::Library if state.address.is_results() => state.results.settled,
            View::Library => state.shown_library().is_some(),
            View::Article(_) => state.reader.settled,
            View::Compare(..) => state.compare.settled,
            View::Names => state.names.settled,
            View::Entity(_) => state.entity.settled,
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
        } else if state.left.keys().any(|entry| *entry < state.entry) {
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
        let total = i64::from(self.state.steps());
        let address = &self.state.address;
        let now = address.hit.map(i64::from).or_else(|| self.step_of_pair(by));
        let next = match now {
            Some(now) => now + i64::from(by),
            None if by > 0 => 0,
            None => total - 1,
        };
        match u32::try_from(next) {
            Ok(next) if i64::from(next) < total => {
                self.adjust(address.with_hit(next));
                self.say(Said::Step(next + 1, total as u32));
            }
            _ => self.say(Said::End),
        }
    }

    /// The difference before (going forward) or after (going back) the pair of the address.
    fn step_of_pair(&self, by: i32) -> Option<i64> {
        let State { address, compare, .. } = &self.state;
        let (View::Compare(..), Mode::Plain | Mode::Differences, Some(at)) =
            (&address.view, address.mode, address.at)
        else {
            return None;
        };
        let differences = &compare.value.as_ref()?.differences;
        let passed = match by > 0 {
            true => differences.iter().take_while(|d| d.pair <= at).count() as i64 - 1,
            false => differences.iter().take_while(|d| d.pair < at).count() as i64,
        };
        Some(passed)
    }

    fn tick(&mut self, slug: String) {
        let ticked = &mut self.state.ticked;
        match ticked.iter().position(|on| *on == slug) {
            Some(at) => {
                ticked.remove(at);
            }
            None => {
                if ticked.len() == 2 {
                    ticked.remove(0);
                }
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
        let there = match (&state.ticked[..], near, pair) {
            ([a, b], ..) => Address::compare(a, b),
            (_, Some((a, b)), _) => Address::compare(&a, &b),
            (.., Some(pair)) => Address::compare(&pair.a, &pair.b),
            _ => return self.say(Said::TickTwo),
        };
        self.go(there);
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
                self.fill(|s| &mut s.library, Request::Library(filters));
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
            View::Names => self.fill(|s| &mut s.names, Request::Names),
            View::Entity(id) => {
                if self.state.entity.value.as_ref().is_some_and(|shown| shown.name.entity != id) {
                    self.state.entity = Slot::default();
                }
                self.fill(|s| &mut s.entity, Request::Entity { id, sort: order.lines() });
            }
            View::Library | View::Open | View::About | View::Unknown(_) => {}
        }
    }

    fn want_home(&mut self) {
        self.fill(|s| &mut s.home, Request::Library(Filters::default()));
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
            Answer::Names(it) => {
                put(&mut state.names, number, *it);
            }
            Answer::Entity(it) => {
                put(&mut state.entity, number, *it);
            }
            Answer::About(it) => {
                put(&mut state.about, number, *it);
            }
            Answer::Imported(outcomes) => {
                if state.under_way.remove(&number) {
                    state.importing = 0;
                    let added = outcomes.iter().map(|file| file.added.len() as u32).sum();
                    let odd = outcomes.iter().filter(|file| !file.problems.is_empty()).count() as u32;
                    state.imported.extend(outcomes);
                    if added > 0 {
                        self.grown();
                    }
                    self.say(Said::Imported(added, odd));
                }
            }
            Answer::Saved(saved) => {
                if state.under_way.remove(&number)
                    && let Some(wish) = state.saving
                {
                    self.effects.push(Effect::Download(wish, Box::new(saved)));
                }
            }
            Answer::Missing { what } => {
                miss(&mut state.reader, number, &what);
                miss(&mut state.compare, number, &what);
                miss(&mut state.entity, number, &what);
            }
            // For scripts: the page never asks.
            Answer::Article(_) | Answer::Ranking(_) | Answer::Likeness(_) => {}
        }
        self.restore();
    }

    /// The corpus has more articles: every answer is out of date.
    fn grown(&mut self) {
        let state = &mut self.state;
        state.unsaved = true;
        for request in [
            &mut state.home.request,
            &mut state.library.request,
            &mut state.results.request,
            &mut state.reader.request,
            &mut state.compare.request,
            &mut state.names.request,
            &mut state.entity.request,
            &mut state.about.request,
        ] {
            *request = None;
        }
        self.effects.push(Effect::WarnOnLeave(true));
        self.want();
    }

    fn saved(&mut self) {
        self.state.saving = None;
        self.state.unsaved = false;
        self.effects.push(Effect::WarnOnLeave(false));
    }

    fn failed(&mut self, number: u32, problem: Problem) {
        let state = &mut self.state;
        if state.under_way.remove(&number) {
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
        state.entering = false;
        state.problems.push(problem);
        self.restore();
    }
}

/// The two slugs in corpus order, so that the letters of a comparison are those of the library.
fn order_pair(state: &State, one: &str, other: &str) -> (String, String) {
    let cards = state.home.value.as_ref().map_or(&[][..], |home| &home.cards);
    let place = |slug: &str| cards.iter().position(|card| card.article.slug == slug);
    match place(one) > place(other) {
        true => (other.into(), one.into()),
        false => (one.into(), other.into()),
    }
}
