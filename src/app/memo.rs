//! `memo`: a part of the page that is drawn again only when what it is drawn from changes.
//!
//! One component for all such parts, because each component type costs some 7 kB of the page. Invariant: a part
//! has a key of its own among its siblings, so that one never takes over the elements or the hooks of another.
//! Not here: parts that hear messages or measure themselves; those are components.

use std::any::Any;
use std::rc::Rc;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;
use yew::virtual_dom::Key;

/// A part drawn by a function of its properties.
pub fn memo<P: PartialEq + 'static>(key: impl Into<Key>, props: P, draw: fn(&P) -> Html) -> Html {
    part(key.into(), Rc::new(Drawn { props, draw: move |props: &P, _: &mut HookContext| draw(props) }))
}

/// A part drawn by a hook: `|props, context| use_that(props).run(context)`.
pub fn memo_hook<P, D>(key: impl Into<Key>, props: P, draw: D) -> Html
where
    P: PartialEq + 'static,
    D: Fn(&P, &mut HookContext) -> Html + 'static,
{
    part(key.into(), Rc::new(Drawn { props, draw }))
}

fn part(key: Key, part: Rc<dyn Draw>) -> Html {
    yew::html! { <Memo {key} {part} /> }
}

/// Properties with what is made of them.
struct Drawn<P, D> {
    props: P,
    draw: D,
}

trait Draw: Any {
    fn draw(&self, context: &mut HookContext) -> Html;
    fn same(&self, other: &dyn Any) -> bool;
}

impl<P, D> Draw for Drawn<P, D>
where
    P: PartialEq + 'static,
    D: Fn(&P, &mut HookContext) -> Html + 'static,
{
    fn draw(&self, context: &mut HookContext) -> Html {
        (self.draw)(&self.props, context)
    }

    fn same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| self.props == other.props)
    }
}

#[derive(Properties)]
struct MemoProps {
    part: Rc<dyn Draw>,
}

impl PartialEq for MemoProps {
    fn eq(&self, other: &MemoProps) -> bool {
        self.part.same(&*other.part as &dyn Any)
    }
}

struct UsePart(Rc<dyn Draw>);

impl Hook for UsePart {
    type Output = Html;

    fn run(self, context: &mut HookContext) -> Html {
        self.0.draw(context)
    }
}

fn use_part(part: &Rc<dyn Draw>) -> UsePart {
    UsePart(Rc::clone(part))
}

#[component]
fn Memo(props: &MemoProps) -> Html {
    use_part(&props.part)
}
