//! The outline: the article's headings with the matches in each, and where we are among them.
//!
//! Invariant: only this list is drawn again while the article scrolls. A column where there is room, else a
//! sheet (the same element, by `popover`). Not here: which sections there are (`session::reading`).

use crate::app::bits::{href, icon};
use crate::app::frames::{Frame, by_id, window_height};
use crate::app::html::html;
use crossread::engine::views::Reader;
use crossread::session::reading::Section;
use crossread::session::{Address, Shared};
use gloo::events::EventListener;
use std::rc::Rc;
use yew::prelude::*;

/// What the outline is drawn from.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The article.
    pub view: Shared<Reader>,
    /// Its sections.
    pub sections: Rc<Vec<Section>>,
    /// The article's address with its query.
    pub base: Address,
}

/// The component.
pub struct Outline {
    /// Index of the section at the top of the window.
    here: usize,
    frame: Frame,
    _scroll: EventListener,
}

/// What it hears.
pub enum Msg {
    /// The page scrolled: look where we are.
    Look,
}

impl Component for Outline {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Outline {
        let link = ctx.link().clone();
        let frame = Frame::new(move || link.send_message(Msg::Look));
        let ask = frame.clone();
        let _scroll = EventListener::new(&gloo::utils::window(), "scroll", move |_| ask.ask());
        Outline { here: 0, frame, _scroll }
    }

    fn update(&mut self, ctx: &Context<Self>, Msg::Look: Msg) -> bool {
        let line = window_height() / 3.0;
        let above = |s: &Section| {
            by_id(&format!("b{}", s.block)).is_some_and(|e| e.get_bounding_client_rect().top() <= line)
        };
        // The sections stand in order, so those above the line come first.
        let here = ctx.props().sections.partition_point(above).saturating_sub(1);
        std::mem::replace(&mut self.here, here) != here
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        self.frame.ask();
        ctx.props() != old
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { view, sections, base } = ctx.props();
        let close = Callback::from(|_: MouseEvent| {
            if let Some(sheet) = by_id("outline") {
                let _ = sheet.hide_popover();
            }
        });
        html! {
            <nav class="outline side sheet" id="outline" popover="auto" aria-label="Outline" onclick={close}>
                <div class="grip">
                    <h2>{ "Outline" }</h2>
                    <button class="btn bare icon" popovertarget="outline" popovertargetaction="hide"
                        aria-label="Close">{ icon("close") }</button>
                </div>
                <ol>
                    { for sections.iter().enumerate().map(|(i, s)| html! {
                        <li key={s.block}>
                            <a href={href(&base.with_at(s.block))}
                                aria-current={(i == self.here).then_some("location")}>
                                <bdi>{ s.heading.map_or("Opening", |h| h.of(&view.text)) }</bdi>
                                <span class="n">{ (s.hits > 0).then_some(s.hits) }</span>
                            </a>
                        </li>
                    }) }
                </ol>
            </nav>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, first: bool) {
        if first {
            self.frame.ask();
        }
    }
}
