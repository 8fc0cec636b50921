//! Side by side: two panes that scroll, the threads between them, the overview at the edge.
//!
//! Invariant: a frame reads every rectangle before it writes anything. The places of the passages are measured
//! when the layout changes and not while scrolling. Drawing and scrolling write attributes of a fixed set of
//! elements, so Yew draws nothing while the panes scroll. Not here: the shape of the threads (`threads.rs`),
//! what is level with what (`session::landmarks`).

use super::pane::{self, holds, sentence_id};
use super::threads::{self, MinimapProps};
use super::{choices, described, head, outcome, say, title};
use crate::app::bits::{Length, hand_class, letter};
use crate::app::frames::{Frame, by_id};
use crate::app::html::{classes, html};
use crate::app::memo::memo;
use crossread::engine::views::{Compare, Relation};
use crossread::engine::{Say, Step};
use crossread::session::comparing::{self, Hand};
use crossread::session::landmarks::{self, Match, Stand};
use crossread::session::layers::Layer;
use crossread::session::{Action, Address, Mode, Shared};
use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::prelude::*;

/// How much a pair counts as a landmark: a strong one more than several weak ones.
fn weight(relation: Relation, score: f64) -> f64 {
    let score = score.clamp(0.05, 1.0);
    score * score * if relation == Relation::Related { 0.5 } else { 1.0 }
}

/// What the panes are drawn from.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The comparison.
    pub view: Shared<Compare>,
    /// Where we are in it.
    pub address: Address,
    /// Whether the panes scroll together.
    pub sync: bool,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}

/// What the reader does to link two passages.
pub enum Linking {
    /// Begins, or gives it up.
    Toggle,
    /// Chooses a passage of one side.
    Choose(Hand, u32),
}

/// Share of a pane's height at which passages are lined up.
const LINE: f64 = 0.2;
/// Share of the way scrolled by which panes that are not level come closer to it.
const CLOSING: f64 = 0.6;

/// The component.
pub struct Panes {
    /// The comparison, with the differences of the chosen kind.
    view: Shared<Compare>,
    layers: [Vec<Rc<[Layer]>>; 2],
    scene: Rc<RefCell<Scene>>,
    frame: Frame,
    /// While two passages are being linked: those chosen so far.
    linking: Option<[Option<u32>; 2]>,
    _listen: Vec<EventListener>,
    observer: Option<(ResizeObserver, Closure<dyn Fn()>)>,
}

impl Component for Panes {
    type Message = Linking;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Panes {
        let Props { view, address, .. } = ctx.props();
        let view = shown(view, address);
        let scene = Rc::new(RefCell::new(Scene::new(&view)));
        let work = Rc::clone(&scene);
        let frame = Frame::new(move || work.borrow_mut().frame());
        Panes {
            layers: layers(&view, address.edits),
            view,
            scene,
            frame,
            linking: None,
            _listen: Vec::new(),
            observer: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Linking) -> bool {
        match (message, &mut self.linking) {
            (Linking::Toggle, Some(_)) => self.linking = None,
            (Linking::Toggle, None) => self.linking = Some([None; 2]),
            (Linking::Choose(hand, sentence), Some(chosen)) => {
                chosen[hand as usize] = Some(sentence);
                if let [Some(a), Some(b)] = *chosen {
                    self.linking = None;
                    let Props { view, address, dispatch, .. } = ctx.props();
                    if let Some(record) = comparing::correction(view, a, b, Say::Link) {
                        dispatch.emit(Action::Adjust(Address { hit: None, at: None, ..address.clone() }));
                        dispatch.emit(Action::Correct(Box::new(Step::Make(record))));
                    }
                }
            }
            (Linking::Choose(..), None) => return false,
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        let props = ctx.props();
        let (address, before) = (&props.address, &old.address);
        let other = props.view != old.view || address.kind != before.kind;
        if other {
            self.view = shown(&props.view, address);
            let nodes = self.scene.borrow().nodes.clone();
            *self.scene.borrow_mut() = Scene { nodes, ..Scene::new(&self.view) };
        }
        if other || address.edits != before.edits {
            self.layers = layers(&self.view, address.edits);
        }
        props != old
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { address, .. } = ctx.props();
        let view = &self.view;
        let on = comparing::pair(view, address);
        let scene = self.scene.borrow();
        let nodes = &scene.nodes;
        let overview =
            MinimapProps { view: view.clone(), seen: nodes.seen.clone(), scroll: scroller(&self.scene) };
        html! {
            <>
                { title(view, "Side by side") }
                { outcome(view) }
                { self.bar(ctx, on) }
                <div class={classes!("cmp", self.linking.is_some().then_some("linking"))}>
                    { self.pane(ctx, Hand::A, on) }
                    <div class="gut" aria-hidden="true">
                        <svg ref={nodes.gutter.clone()}>
                            { for threads::CLASSES.iter().zip(&nodes.paths).map(|(&class, node)| html! {
                                <path {class} ref={node.clone()} />
                            }) }
                        </svg>
                    </div>
                    { self.pane(ctx, Hand::B, on) }
                    { memo("minimap", overview, threads::minimap) }
                </div>
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.listen();
        }
        let Props { view, address, sync, .. } = ctx.props();
        let mut scene = self.scene.borrow_mut();
        scene.measured = false;
        scene.set_sync(*sync);
        let on = comparing::pair(view, address);
        let named = address.at.is_some() || address.hit.is_some();
        // A step to another difference of the same pair leaves the panes where they are.
        if named && scene.on != on {
            scene.line_up = on;
        }
        scene.on = on;
        drop(scene);
        self.chosen();
        self.frame.ask();
    }
}

impl Panes {
    /// The line under the toolbar: what the lines and signs mean, what is shown, what the pair in hand is, and what can
    /// be said of it or of two passages that were not found to correspond.
    fn bar(&self, ctx: &Context<Self>, on: Option<u32>) -> Html {
        let Props { view, address, dispatch, .. } = ctx.props();
        let edited = view.pairs.iter().any(|pair| !pair.changes.is_empty());
        let toggle = ctx.link().callback(|_: MouseEvent| Linking::Toggle);
        let pair = on.and_then(|on| Some((on, self.view.pairs.get(on as usize)?)));
        html! {
            <div class="cmp-bar">
                <ul class="legend" aria-label="Legend">
                    <li class="key"><i class="dif" />{ "differs" }</li>
                    <li class="key"><i />{ "same" }</li>
                    <li class="key"><i class="rel" />{ "related" }</li>
                    if edited {
                        <li><del class="ed begins">{ "A’s words" }</del></li>
                        <li><ins class="ed begins">{ "B’s words" }</ins></li>
                    }
                </ul>
                { choices(view, address, dispatch) }
            <div class="pair-bar" role="group" aria-label="Correct">
                { match (&self.linking, pair) {
                    (Some(chosen), _) => {
                        let words = match chosen {
                            [None, None] => "Choose a passage in A and one in B",
                            [Some(_), None] => "Now choose the one in B",
                            _ => "Now choose the one in A",
                        };
                        html! { <><span role="status">{ words }</span><button class="link" onclick={toggle}>{ "Cancel" }</button></> }
                    }
                    (None, Some((on, pair))) => html! {
                        <>
                            <span>{ format!("Pair {}: {}", on + 1, described(&self.view, pair)) }</span>
                            { say(view, on, Say::Unlink, "They do not correspond", address, dispatch) }
                            <button class="link" onclick={toggle}>{ "Link two…" }</button>
                        </>
                    },
                    (None, None) => html! { <button class="link" onclick={toggle}>{ "Link two…" }</button> },
                } }
            </div>
            </div>
        }
    }

    /// Passages can be reached by keyboard while two are being linked; those chosen are marked.
    fn chosen(&self) {
        for hand in [Hand::A, Hand::B] {
            let pane = self.scene.borrow().nodes.panes[hand as usize].cast::<Element>();
            let found = pane.and_then(|pane| pane.query_selector_all(".psg[id], .lone[id]").ok());
            let Some(found) = found else { continue };
            let chosen = self.linking.and_then(|chosen| chosen[hand as usize]).map(|s| sentence_id(hand, s));
            for passage in (0..found.length()).filter_map(|i| found.item(i)?.dyn_into::<Element>().ok()) {
                let _ = match self.linking {
                    Some(_) => passage.set_attribute("tabindex", "0"),
                    None => passage.remove_attribute("tabindex"),
                };
                let on = chosen.as_ref() == Some(&passage.id());
                let _ = passage.toggle_attribute_with_force("data-chosen", on);
            }
        }
    }

    fn pane(&self, ctx: &Context<Self>, hand: Hand, on: Option<u32>) -> Html {
        let props = ctx.props();
        let view = &self.view;
        let base = props.address.with_mode(Mode::Plain);
        let answers = on.and_then(|pair| hand.part(view, pair));
        let on = on.and_then(|pair| hand.index(view, pair));
        let node = &self.scene.borrow().nodes.panes[hand as usize];
        let article = &hand.side(view).article;
        let (scene, frame) = (Rc::clone(&self.scene), self.frame.clone());
        let light = move |target: Option<web_sys::EventTarget>| {
            let passage = target
                .and_then(|t| t.dyn_into::<Element>().ok())
                .and_then(|t| t.closest(".psg").ok().flatten())
                .and_then(|passage| passage.id().get(1..)?.parse().ok());
            scene.borrow_mut().light(passage.map(|sentence| (hand, sentence)));
            frame.ask();
        };
        let (over, focus) = (light.clone(), light.clone());
        let onmouseover = Callback::from(move |e: MouseEvent| over(e.target()));
        let onfocusin = Callback::from(move |e: FocusEvent| focus(e.target()));
        let onmouseleave = Callback::from(move |_: MouseEvent| light(None));
        let (scene, frame) = (Rc::clone(&self.scene), self.frame.clone());
        let (link, linking) = (ctx.link().clone(), self.linking.is_some());
        let choose = move |target: Option<web_sys::EventTarget>| {
            let target = target.and_then(|t| t.dyn_into::<Element>().ok());
            let passage = target.and_then(|t| t.closest(".psg[id], .lone[id]").ok().flatten());
            let sentence = passage.and_then(|passage| passage.id().get(1..)?.parse().ok());
            if let Some(sentence) = sentence.filter(|_| linking) {
                link.send_message(Linking::Choose(hand, sentence));
            }
            linking
        };
        let by_key = choose.clone();
        let onkeydown = Callback::from(move |e: KeyboardEvent| {
            if e.key() == "Enter" && by_key(e.target()) {
                e.prevent_default();
            }
        });
        // Following the number of the pair in hand lines it up again.
        let again = Callback::from(move |e: MouseEvent| {
            if choose(e.target()) {
                return e.prevent_default();
            }
            let target: Option<Element> = e.target().and_then(|t| t.dyn_into().ok());
            let number =
                target.filter(|t| t.matches(".ref") == Ok(true)).and_then(|t| t.get_attribute("data-n"));
            if let Some(number) = number.and_then(|n| n.parse::<u32>().ok()) {
                scene.borrow_mut().line_up = number.checked_sub(1);
                frame.ask();
            }
        });
        html! {
            <section key={letter(hand)} class={classes!("pane", hand_class(hand))} id={format!("pane-{}", hand_class(hand))}
                ref={node.clone()} tabindex="0" aria-label={format!("Article {}", letter(hand))}
                lang={article.language.clone()} onclick={again} {onkeydown} {onmouseover} {onfocusin} {onmouseleave}>
                { head(hand, view) }
                { for self.layers[hand as usize].iter().enumerate().map(|(index, layers)| {
                    let on = on.filter(|&s| holds(layers, s));
                    let (view, layers, base) = (view.clone(), layers.clone(), base.clone());
                    let answers = answers.filter(|_| on.is_some());
                    memo(index, pane::Props { view, hand, index, layers, on, answers, base }, pane::block)
                }) }
            </section>
        }
    }

    fn listen(&mut self) {
        let nodes = self.scene.borrow().nodes.clone();
        for hand in [Hand::A, Hand::B] {
            let Some(pane) = nodes.panes[hand as usize].cast::<HtmlElement>() else { continue };
            let (scene, frame) = (Rc::clone(&self.scene), self.frame.clone());
            self._listen.push(EventListener::new(&pane, "scroll", move |_| {
                scene.borrow_mut().scrolled[hand as usize] = true;
                frame.ask();
            }));
        }
        // Text is laid out anew when a pane changes size, also when fonts or their size change.
        let (scene, frame) = (Rc::clone(&self.scene), self.frame.clone());
        let changed = Closure::<dyn Fn()>::new(move || {
            scene.borrow_mut().measured = false;
            frame.ask();
        });
        let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) else { return };
        for pane in &nodes.panes {
            let Some(pane) = pane.cast::<Element>() else { continue };
            observer.observe(&pane);
            if let Some(text) = pane.last_element_child() {
                observer.observe(&text);
            }
        }
        self.observer = Some((observer, changed));
    }
}

impl Drop for Panes {
    fn drop(&mut self) {
        if let Some((observer, _)) = &self.observer {
            observer.disconnect();
        }
    }
}

/// The pairs that a sentence is in.
fn pairs_of(view: &Compare, hand: Hand, sentence: u32) -> &[u32] {
    hand.side(view).sentences.get(sentence as usize).map_or(&[], |s| &s.pairs)
}

/// The comparison with the differences that the address asks for.
pub fn shown(view: &Shared<Compare>, address: &Address) -> Shared<Compare> {
    comparing::kind(view, address)
        .map_or_else(|| view.clone(), |kind| Shared::new(comparing::narrowed(view, kind)))
}

fn layers(view: &Compare, small: bool) -> [Vec<Rc<[Layer]>>; 2] {
    [Hand::A, Hand::B].map(|hand| comparing::layers(view, hand, small).into_iter().map(Rc::from).collect())
}

/// Scrolls both panes to a share of their height.
fn scroller(scene: &Rc<RefCell<Scene>>) -> Callback<f64> {
    let scene = Rc::clone(scene);
    Callback::from(move |share: f64| {
        let panes = scene.borrow().nodes.panes.clone();
        if let Some(pane) = panes[0].cast::<Element>() {
            let to = share * f64::from(pane.scroll_height()) - f64::from(pane.client_height()) / 2.0;
            pane.set_scroll_top(to as i32);
        }
    })
}

/// The elements that frames write to.
#[derive(Clone, Default)]
struct Nodes {
    panes: [NodeRef; 2],
    gutter: NodeRef,
    paths: [NodeRef; threads::CLASSES.len()],
    seen: [NodeRef; 2],
}

/// Where a passage stands in its pane's text: top and height, in pixels.
#[derive(Clone, Copy, Default, PartialEq)]
struct Extent {
    top: f64,
    height: f64,
}

/// What frames know about the panes.
struct Scene {
    view: Shared<Compare>,
    nodes: Nodes,
    /// Pairs that are landmarks, in order.
    chain: Vec<usize>,
    /// Whether the layout is as it was measured.
    measured: bool,
    /// By side and sentence that is in a pair.
    extents: [Vec<Option<Extent>>; 2],
    /// From A to B.
    knots: Vec<(f64, f64)>,
    /// Height of the head of a pane, which the text scrolls under.
    head: f64,
    /// Panes that scrolled since the last frame.
    scrolled: [bool; 2],
    /// Where this code scrolled a pane to, until the event about it comes.
    put: [Option<f64>; 2],
    /// Where the panes were at the last frame.
    was: [f64; 2],
    sync: bool,
    /// How far B is kept from level, because it was moved while scrolling together was off.
    held: f64,
    /// The pair in hand.
    on: Option<u32>,
    /// A pair to be lined up in the next frame.
    line_up: Option<u32>,
    /// The passage that is pointed at or has the focus.
    lit: Option<(Hand, u32)>,
}

impl Scene {
    fn new(view: &Shared<Compare>) -> Scene {
        let matches: Vec<Match> = view
            .pairs
            .iter()
            .map(|p| Match { a: p.a, b: p.b, weight: weight(p.relation, p.score) })
            .collect();
        Scene {
            view: view.clone(),
            nodes: Nodes::default(),
            chain: landmarks::chain(&matches),
            measured: false,
            extents: [Vec::new(), Vec::new()],
            knots: Vec::new(),
            head: 0.0,
            scrolled: [false; 2],
            put: [None, None],
            was: [0.0; 2],
            sync: true,
            held: 0.0,
            on: None,
            line_up: None,
            lit: None,
        }
    }

    /// On again, the panes go on from where they were put.
    fn set_sync(&mut self, sync: bool) {
        if sync && !self.sync && self.measured_panes().is_some() {
            self.held = self.was[1] - self.target(self.was[0]);
        }
        self.sync = sync;
    }

    /// Lights a passage and its partners, and what was lit no longer.
    fn light(&mut self, passage: Option<(Hand, u32)>) {
        if passage == self.lit {
            return;
        }
        for (passage, on) in [(self.lit, false), (passage, true)] {
            let Some((hand, sentence)) = passage else { continue };
            let partner = |pair: &u32| Some((hand.other(), hand.other().index(&self.view, *pair)?));
            let pairs = pairs_of(&self.view, hand, sentence);
            for (hand, sentence) in pairs.iter().filter_map(partner).chain([(hand, sentence)]) {
                if let Some(passage) = by_id(&sentence_id(hand, sentence)) {
                    let _ = passage.toggle_attribute_with_force("data-lit", on);
                }
            }
        }
        self.lit = passage;
    }

    fn measured_panes(&self) -> Option<[HtmlElement; 2]> {
        Some([self.nodes.panes[0].cast()?, self.nodes.panes[1].cast()?])
    }

    /// One frame: read, scroll, draw.
    fn frame(&mut self) {
        let Some(panes) = self.measured_panes() else { return };
        let Some(gutter) = self.nodes.gutter.cast::<Element>() else { return };
        let width = gutter.get_bounding_client_rect().width();
        let heights = [0, 1].map(|i| f64::from(panes[i].client_height()));
        let full = [0, 1].map(|i| f64::from(panes[i].scroll_height()));
        let mut now = [0, 1].map(|i| f64::from(panes[i].scroll_top()));
        if !self.measured {
            self.measure(&panes, now);
        }
        let ends = [0, 1].map(|i| (full[i] - heights[i]).max(0.0));

        let to = match self.line_up.take() {
            Some(pair) => self.lined_up(pair, heights[0]),
            None => self.followed(now),
        };
        self.scrolled = [false; 2];
        if let Some(to) = to {
            let to = [0, 1].map(|i| to[i].min(ends[i]).max(0.0).round());
            for i in [0, 1] {
                if (to[i] - now[i]).abs() >= 1.0 {
                    panes[i].set_scroll_top(to[i] as i32);
                    self.put[i] = Some(to[i]);
                    now[i] = to[i];
                }
            }
        }
        self.was = now;
        self.draw(width, heights, full, now);
    }

    /// Reads where the passages stand.
    fn measure(&mut self, panes: &[HtmlElement; 2], now: [f64; 2]) {
        for hand in [Hand::A, Hand::B] {
            let i = hand as usize;
            let origin = panes[i].get_bounding_client_rect().top() - now[i];
            let sentences = hand.side(&self.view).sentences.iter().enumerate();
            self.extents[i] = sentences
                .map(|(n, s)| {
                    if s.pairs.is_empty() {
                        return None;
                    }
                    let rect = by_id(&sentence_id(hand, n as u32))?.get_bounding_client_rect();
                    Some(Extent { top: rect.top() - origin, height: rect.height() })
                })
                .collect();
        }
        let head = panes[0].query_selector("header").ok().flatten();
        self.head = head.map_or(0.0, |h| h.get_bounding_client_rect().height());
        let stands: Vec<Stand> = self
            .chain
            .iter()
            .filter_map(|&pair| {
                let (a, b) = (self.extent(Hand::A, pair as u32)?, self.extent(Hand::B, pair as u32)?);
                Some([a.top, a.height, b.top, b.height])
            })
            .collect();
        self.knots = landmarks::knots(&stands);
        self.measured = true;
    }

    fn extent(&self, hand: Hand, pair: u32) -> Option<Extent> {
        let sentence = hand.index(&self.view, pair)?;
        self.extents[hand as usize].get(sentence as usize).copied().flatten()
    }

    /// The height at which passages are level, from the top of a pane.
    fn line(&self) -> f64 {
        let height = self.nodes.panes[0].cast::<Element>().map_or(0, |p| p.client_height());
        self.head + (f64::from(height) - self.head).max(0.0) * LINE
    }

    /// Where B is level with A scrolled to `a`.
    fn target(&self, a: f64) -> f64 {
        let line = self.line();
        landmarks::level(&self.knots, a + line) - line
    }

    /// Where A is level with B scrolled to `b`.
    fn target_back(&self, b: f64) -> f64 {
        let line = self.line();
        let back: Vec<(f64, f64)> = self.knots.iter().map(|&(a, b)| (b, a)).collect();
        landmarks::level(&back, b + line) - line
    }

    /// Where the panes go when a pair is lined up: both passages at the same height, as near to the line as
    /// the tops of the texts allow.
    fn lined_up(&mut self, pair: u32, height: f64) -> Option<[f64; 2]> {
        let (a, b) = (self.extent(Hand::A, pair)?, self.extent(Hand::B, pair)?);
        let room = self.head + (height - self.head) * 0.08;
        let tall = a.height.max(b.height) > (height - self.head) * (1.0 - LINE);
        let line = if tall { room } else { self.line() };
        let at = line.min(a.top).min(b.top);
        let to = [a.top - at, b.top - at];
        self.held = 0.0;
        Some(to)
    }

    /// Where the other pane goes when one was scrolled.
    fn followed(&mut self, now: [f64; 2]) -> Option<[f64; 2]> {
        // A pane that stands where this code put it was not scrolled by the reader.
        let moved = |scene: &mut Scene, i: usize| {
            scene.scrolled[i]
                && scene.put[i].take().is_none_or(|put| (put - now[i]).abs() > 1.5)
                && (now[i] - scene.was[i]).abs() >= 1.0
        };
        let driver = [0, 1].map(|i| moved(self, i));
        if !self.sync || self.knots.is_empty() && self.view.pairs.is_empty() {
            return None;
        }
        let driver = match driver {
            [true, _] => 0,
            [false, true] => 1,
            _ => return None,
        };
        let way = now[driver] - self.was[driver];
        let other = 1 - driver;
        let level = |at: f64| match driver {
            0 => self.target(at) + self.held,
            _ => self.target_back(at - self.held),
        };
        // How far the other pane was from level: the tops of the texts and jumps leave it so.
        let slack = self.was[other] - level(self.was[driver]);
        let closing = way.abs() * CLOSING;
        let to = level(now[driver]) + slack - slack.min(closing).max(-closing);
        // Never against the way of the reader.
        let to = if way > 0.0 { to.max(self.was[other]) } else { to.min(self.was[other]) };
        let mut both = now;
        both[other] = to;
        Some(both)
    }

    /// Writes the threads and the overview.
    fn draw(&self, width: f64, heights: [f64; 2], full: [f64; 2], now: [f64; 2]) {
        let screen = |hand: Hand, pair: u32| {
            let e = self.extent(hand, pair)?;
            let top = e.top - now[hand as usize];
            Some((top + 3.0, top + e.height - 3.0))
        };
        let lit = self.lit.map_or(&[][..], |(hand, sentence)| pairs_of(&self.view, hand, sentence));
        let paths = threads::paths(&self.view, self.on, lit, width, self.head + 4.0, heights[0], &screen);
        for (node, path) in self.nodes.paths.iter().zip(paths) {
            if let Some(node) = node.cast::<Element>() {
                let _ = node.set_attribute("d", &path);
            }
        }
        for (i, node) in self.nodes.seen.iter().enumerate() {
            let Some(node) = node.cast::<Element>() else { continue };
            // A pane has room to scroll below its text.
            let text = (full[i] - heights[i] * 0.4 - self.head).max(1.0);
            let (from, to) = ((now[i] / text).min(1.0), ((now[i] + heights[i] - self.head) / text).min(1.0));
            let _ = node.set_attribute("y", &Length(from * threads::TALL).to_string());
            let _ = node.set_attribute("height", &Length((to - from).max(0.0) * threads::TALL).to_string());
        }
    }
}
