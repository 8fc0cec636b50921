//! `html!`: elements in Yew's own notation, laid out at run time from a template.
//!
//! Yew's macro writes code that builds each element by itself, some 200 bytes of WebAssembly a piece: 37 of 528 kB of the
//! page, deflated. This one takes the same notation and makes of it one constant string, the template, and an array of
//! what is filled into it. Whether each tag is closed by its own name is checked while compiling. Invariant: a template lays out the same elements, attributes and places for children each time, so that
//! Yew finds last time's. Not here: components, which `yew::html!` makes.
//!
//! A template is a run of parts, each a control character and what follows it up to the next one:
//! [`OPEN`] tag, [`NAME`] attribute, [`GIVEN`] its value, [`TEXT`] text; [`FILL`] alone takes the next hole, as the
//! value of the attribute before it, as something of the element that has no name, or as a child; so does [`OPEN`]
//! without a tag. [`INSIDE`] ends the attributes, [`CLOSE`] the element.

use std::cell::RefCell;
use std::rc::Rc;
use web_sys::wasm_bindgen::JsCast;
use yew::html::IntoPropValue;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VList, VTag, VText};

const OPEN: char = '\u{1}';
const NAME: char = '\u{2}';
const GIVEN: char = '\u{3}';
const FILL: char = '\u{4}';
const INSIDE: char = '\u{5}';
const TEXT: char = '\u{6}';
const CLOSE: char = '\u{7}';

/// Elements: see the file's header. It takes what is left token by token: `@c` reads children, `@a` attributes, `@l` what
/// hears an event, `@f` an attribute that is there or not, `@i` an `if`. The first bracket holds the template so far, the
/// second what fills it, the third the tags opened and closed, which [`matched`] checks.
macro_rules! html {
    () => { ::yew::Html::default() };
    (@c [$($s:tt)*] [$($h:tt)*] [$($n:tt)*]) => {{
        const _: () = assert!($crate::app::html::matched(&[$($n)*]), "a tag that is not closed by its own name");
        $crate::app::html::lay(concat!($($s)*), &mut *::std::mem::ManuallyDrop::new([$($h)*]))
    }};
    (@c $s:tt $h:tt $n:tt < > $($r:tt)*) => { html!(@c $s $h $n $($r)*) };
    (@c $s:tt $h:tt $n:tt < / > $($r:tt)*) => { html!(@c $s $h $n $($r)*) };
    (@c [$($s:tt)*] $h:tt [$($n:tt)*] < / @ > $($r:tt)*) => { html!(@c [$($s)* "\u{7}",] $h [$($n)* "/@",] $($r)*) };
    (@c [$($s:tt)*] $h:tt [$($n:tt)*] < / $t:ident > $($r:tt)*) => {
        html!(@c [$($s)* "\u{7}",] $h [$($n)* concat!("/", stringify!($t)),] $($r)*)
    };
    (@c [$($s:tt)*] [$($h:tt)*] [$($n:tt)*] < @ {$($e:tt)*} $($r:tt)*) => {
        html!(@a [$($s)* "\u{1}",] [$($h)* $crate::app::html::Hole::Tag($($e)*),] [$($n)* "@",] $($r)*)
    };
    (@c [$($s:tt)*] $h:tt [$($n:tt)*] < $t:ident $($r:tt)*) => {
        html!(@a [$($s)* "\u{1}", stringify!($t),] $h [$($n)* stringify!($t),] $($r)*)
    };
    (@c $s:tt $h:tt $n:tt if $($r:tt)+) => { html!(@i $s $h $n [] [] $($r)+) };
    (@c [$($s:tt)*] [$($h:tt)*] $n:tt { for $e:expr } $($r:tt)*) => {
        html!(@c [$($s)* "\u{4}",] [$($h)* $crate::app::html::Hole::each($e),] $n $($r)*)
    };
    (@c [$($s:tt)*] $h:tt $n:tt { $e:literal } $($r:tt)*) => { html!(@c [$($s)* "\u{6}", $e,] $h $n $($r)*) };
    (@c [$($s:tt)*] [$($h:tt)*] $n:tt { $($e:tt)+ } $($r:tt)*) => {
        html!(@c [$($s)* "\u{4}",] [$($h)* $crate::app::html::Hole::node({ $($e)+ }),] $n $($r)*)
    };

    (@a [$($s:tt)*] $h:tt [$($n:tt)*] / > $($r:tt)*) => {
        html!(@c [$($s)* "\u{5}\u{7}",] $h [$($n)* "/",] $($r)*)
    };
    (@a [$($s:tt)*] $h:tt $n:tt > $($r:tt)*) => { html!(@c [$($s)* "\u{5}",] $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt {$e:ident} $($r:tt)*) => { html!(@a $s $h $n $e = {$e} $($r)*) };
    (@a [$($s:tt)*] [$($h:tt)*] $n:tt key = {$($e:tt)*} $($r:tt)*) => {
        html!(@a [$($s)* "\u{4}",] [$($h)* $crate::app::html::Hole::Key({ $($e)* }.into()),] $n $($r)*)
    };
    (@a $s:tt $h:tt $n:tt key = $e:literal $($r:tt)*) => { html!(@a $s $h $n key = {$e} $($r)*) };
    (@a [$($s:tt)*] [$($h:tt)*] $n:tt ref = {$($e:tt)*} $($r:tt)*) => {
        html!(@a [$($s)* "\u{4}",] [$($h)* $crate::app::html::Hole::Ref({ $($e)* }),] $n $($r)*)
    };
    (@a $s:tt $h:tt $n:tt onblur = $($r:tt)*) => { html!(@l FocusEvent onblur $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt oncancel = $($r:tt)*) => { html!(@l Event oncancel $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt onchange = $($r:tt)*) => { html!(@l Event onchange $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt onclick = $($r:tt)*) => { html!(@l MouseEvent onclick $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt onfocusin = $($r:tt)*) => { html!(@l FocusEvent onfocusin $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt oninput = $($r:tt)*) => { html!(@l InputEvent oninput $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt onkeydown = $($r:tt)*) => { html!(@l KeyboardEvent onkeydown $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt onmousedown = $($r:tt)*) => { html!(@l MouseEvent onmousedown $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt onmouseleave = $($r:tt)*) => { html!(@l MouseEvent onmouseleave $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt onmouseover = $($r:tt)*) => { html!(@l MouseEvent onmouseover $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt onpointerdown = $($r:tt)*) => { html!(@l PointerEvent onpointerdown $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt onsubmit = $($r:tt)*) => { html!(@l SubmitEvent onsubmit $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt checked = $($r:tt)*) => { html!(@f checked $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt disabled = $($r:tt)*) => { html!(@f disabled $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt hidden = $($r:tt)*) => { html!(@f hidden $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt multiple = $($r:tt)*) => { html!(@f multiple $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt webkitdirectory = $($r:tt)*) => { html!(@f webkitdirectory $s $h $n $($r)*) };
    (@a $s:tt $h:tt $n:tt selected = $($r:tt)*) => { html!(@f selected $s $h $n $($r)*) };
    (@a [$($s:tt)*] $h:tt $n:tt $a:ident $(- $b:ident)* = $e:literal $($r:tt)*) => {
        html!(@a [$($s)* "\u{2}", stringify!($a), $("-", stringify!($b),)* "\u{3}", $e,] $h $n $($r)*)
    };
    (@a [$($s:tt)*] [$($h:tt)*] $n:tt $a:ident $(- $b:ident)* = {$($e:tt)*} $($r:tt)*) => {
        html!(@a
            [$($s)* "\u{2}", stringify!($a), $("-", stringify!($b),)* "\u{4}",]
            [$($h)* $crate::app::html::Hole::value({ $($e)* }),]
            $n $($r)*)
    };

    (@l $t:ident $k:ident [$($s:tt)*] [$($h:tt)*] $n:tt {$($e:tt)*} $($r:tt)*) => {
        html!(@a
            [$($s)* "\u{4}",]
            [$($h)* $crate::app::html::Hole::listener::<::yew::$t>(::yew::virtual_dom::ListenerKind::$k, { $($e)* }),]
            $n $($r)*)
    };

    (@f $a:ident [$($s:tt)*] [$($h:tt)*] $n:tt {$($e:tt)*} $($r:tt)*) => {
        html!(@a [$($s)* "\u{2}", stringify!($a), "\u{4}",] [$($h)* $crate::app::html::Hole::Flag({ $($e)* }),] $n $($r)*)
    };
    (@f $a:ident $s:tt $h:tt $n:tt $e:literal $($r:tt)*) => { html!(@f $a $s $h $n {$e} $($r)*) };

    (@i $s:tt $h:tt $n:tt [$($p:tt)*] [$($c:tt)*] {$($b:tt)*} else if $($r:tt)+) => {
        html!(@i $s $h $n [$($p)* if $($c)* { html!($($b)*) } else] [] $($r)+)
    };
    (@i [$($s:tt)*] [$($h:tt)*] $n:tt [$($p:tt)*] [$($c:tt)*] {$($b:tt)*} else {$($e:tt)*} $($r:tt)*) => {
        html!(@c
            [$($s)* "\u{4}",]
            [$($h)* $crate::app::html::Hole::Node($($p)* if $($c)* { html!($($b)*) } else { html!($($e)*) }),]
            $n $($r)*)
    };
    (@i $s:tt $h:tt $n:tt $p:tt $c:tt {$($b:tt)*} $($r:tt)*) => { html!(@i $s $h $n $p $c {$($b)*} else {} $($r)*) };
    (@i $s:tt $h:tt $n:tt $p:tt [$($c:tt)*] $t:tt $($r:tt)+) => { html!(@i $s $h $n $p [$($c)* $t] $($r)+) };

    (@ $($t:tt)*) => { compile_error!(concat!("not what html! can read: ", stringify!($($t)*))) };
    ($e:ident) => { html!({ $e }) };
    ($e:literal) => { html!({ $e }) };
    ($($t:tt)+) => { html!(@c [] [] [] $($t)+) };
}
pub(super) use html;

/// The classes of an element, for its attribute: some that are always there, and some in an `Option`.
macro_rules! classes {
    ($($class:expr),* $(,)?) => { $crate::app::html::joined(&[$(::core::convert::Into::<Option<&str>>::into($class)),*]) };
}
pub(super) use classes;

/// What [`classes!`] makes; no attribute where there is none.
pub fn joined(classes: &[Option<&str>]) -> Option<AttrValue> {
    let mut all = String::new();
    for class in classes.iter().flatten() {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(class);
    }
    (!all.is_empty()).then(|| all.into())
}

/// What fills a place of a template.
#[derive(Default)]
pub enum Hole {
    /// Nothing more: it was filled in.
    #[default]
    Used,
    /// An element's name.
    Tag(&'static str),
    /// An attribute's value; with `None` the attribute is not there.
    Value(Option<AttrValue>),
    /// An attribute that is there or not.
    Flag(bool),
    /// Which of its siblings an element is.
    Key(Key),
    /// Where the element will be found.
    Ref(NodeRef),
    /// What hears an event of the element.
    Listener(Option<Rc<dyn Listener>>),
    /// Children.
    Node(Html),
}

impl Hole {
    /// Of an attribute's value.
    #[inline(never)]
    pub fn value(value: impl IntoPropValue<Option<AttrValue>>) -> Hole {
        Hole::Value(value.into_prop_value())
    }

    /// Of children.
    #[inline(never)]
    pub fn node(node: impl IntoPropValue<Html>) -> Hole {
        Hole::Node(node.into_prop_value())
    }

    /// Of children, one after the other.
    pub fn each(nodes: impl IntoIterator<Item = Html>) -> Hole {
        let mut all = Vec::new();
        nodes.into_iter().for_each(|node| push(&mut all, node));
        listed(all)
    }

    /// Of what hears events of a kind.
    pub fn listener<E>(kind: ListenerKind, callback: impl IntoPropValue<Option<Callback<E>>>) -> Hole
    where
        E: JsCast + 'static,
    {
        let callback = callback.into_prop_value();
        Hole::Listener(callback.map(|callback| Rc::new(Hears { kind, callback }) as Rc<dyn Listener>))
    }
}

/// Out of line, since each list of a view would hold it otherwise.
#[inline(never)]
fn push(nodes: &mut Vec<Html>, node: Html) {
    nodes.push(node);
}

/// Likewise.
#[inline(never)]
fn listed(nodes: Vec<Html>) -> Hole {
    Hole::Node(VList::with_children(nodes, None).into())
}

/// A callback that hears a kind of event.
struct Hears<E> {
    kind: ListenerKind,
    callback: Callback<E>,
}

impl<E: JsCast + 'static> Listener for Hears<E> {
    fn kind(&self) -> ListenerKind {
        self.kind.clone()
    }

    fn handle(&self, event: Event) {
        self.callback.emit(event.unchecked_into());
    }

    fn passive(&self) -> bool {
        false
    }
}

/// Whether each tag is closed by its own name: an opened one is its name, a closed one its name after `/`, one that closes
/// itself is followed by a lone `/`.
pub const fn matched(tags: &[&str]) -> bool {
    let mut open = [""; 64];
    let mut depth = 0;
    let mut i = 0;
    while i < tags.len() {
        let tag = tags[i].as_bytes();
        if tag[0] != b'/' {
            open[depth] = tags[i];
            depth += 1;
        } else if depth == 0 {
            return false;
        } else {
            depth -= 1;
            let opened = open[depth].as_bytes();
            let mut at = 1;
            while at < tag.len() {
                if tag.len() != opened.len() + 1 || tag[at] != opened[at - 1] {
                    return false;
                }
                at += 1;
            }
        }
        i += 1;
    }
    depth == 0
}

/// A step of laying out.
enum Step {
    Open(Element),
    Text(&'static str),
    Fill,
    Close,
}

/// An element and what it says of itself.
#[derive(Default)]
struct Element {
    tag: &'static str,
    /// The names of its attributes.
    keys: &'static [&'static str],
    /// The attributes, where none is filled in.
    fixed: Option<&'static [(&'static str, AttributeOrProperty)]>,
    /// Otherwise, one after the other: an attribute's value, or `None` for what is filled in.
    parts: Vec<Option<&'static str>>,
}

thread_local! {
    /// The templates laid out so far with their places in memory, in that order.
    static KNOWN: RefCell<Vec<(usize, &'static [Step])>> = const { RefCell::new(Vec::new()) };
}

/// Lays a template out with what fills it.
pub fn lay(template: &'static str, holes: &mut [Hole]) -> Html {
    let steps = KNOWN.with_borrow_mut(|known| {
        let place = template.as_ptr().addr();
        match known.binary_search_by_key(&place, |(place, _)| *place) {
            Ok(at) => known[at].1,
            Err(at) => {
                let steps: &'static [Step] = Vec::leak(learnt(template));
                known.insert(at, (place, steps));
                steps
            }
        }
    });
    let mut holes = holes.iter_mut().map(std::mem::take);
    let mut open: Vec<(VTag, Vec<Html>)> = Vec::new();
    let mut nodes: Vec<Html> = Vec::new();
    for step in steps {
        match step {
            Step::Open(element) => open.push((element.made(&mut holes), std::mem::take(&mut nodes))),
            Step::Text(text) => nodes.push(VText::new(*text).into()),
            Step::Fill => {
                if let Some(Hole::Node(node)) = holes.next() {
                    nodes.push(node);
                }
            }
            Step::Close => {
                let Some((mut tag, before)) = open.pop() else { break };
                let within = std::mem::replace(&mut nodes, before);
                if let Some(children) = tag.children_mut() {
                    *children = together(within);
                }
                nodes.push(tag.into());
            }
        }
    }
    together(nodes)
}

/// One node of some.
fn together(mut nodes: Vec<Html>) -> Html {
    match nodes.len() {
        1 => nodes.pop().unwrap_or_default(),
        _ => VList::with_children(nodes, None).into(),
    }
}

impl Element {
    /// With the names of its attributes.
    fn named(mut self, keys: Vec<&'static str>) -> Element {
        self.keys = Vec::leak(keys);
        let given: Option<Vec<&'static str>> = self.parts.iter().copied().collect();
        self.fixed = given.filter(|_| !is_field(self.tag)).map(|given| {
            let pair = |(key, value)| (key, AttributeOrProperty::Static(value));
            &*Vec::leak(self.keys.iter().copied().zip(given).map(pair).collect())
        });
        self
    }

    /// The element, without children.
    fn made(&self, holes: &mut impl Iterator<Item = Hole>) -> VTag {
        let tag = match self.tag {
            "" => match holes.next() {
                Some(Hole::Tag(tag)) => tag,
                _ => "span",
            },
            tag => tag,
        };
        let mut made = VTag::new(tag);
        if let Some(fixed) = self.fixed {
            made.attributes = Attributes::Static(fixed);
            return made;
        }
        let mut values = Vec::with_capacity(self.keys.len());
        for part in &self.parts {
            let value = match part {
                Some(given) => Some(AttrValue::Static(given)),
                None => match holes.next() {
                    Some(Hole::Value(value)) => value,
                    Some(Hole::Flag(flag)) => {
                        if self.keys.get(values.len()) == Some(&"checked") {
                            made.set_checked(flag);
                            None
                        } else {
                            flag.then_some(AttrValue::Static(""))
                        }
                    }
                    Some(Hole::Key(key)) => {
                        made.key = Some(key);
                        continue;
                    }
                    Some(Hole::Ref(node)) => {
                        made.node_ref = node;
                        continue;
                    }
                    Some(Hole::Listener(listener)) => {
                        if let Some(listener) = listener {
                            made.add_listener(listener);
                        }
                        continue;
                    }
                    _ => continue,
                },
            };
            let value = if is_field(tag) && self.keys.get(values.len()) == Some(&"value") {
                made.set_value(value);
                None
            } else {
                value.map(AttributeOrProperty::Attribute)
            };
            values.push(value);
        }
        made.attributes = Attributes::Dynamic { keys: self.keys, values: values.into() };
        made
    }
}

/// Whether an element's `value` is what stands in it, which is not what its attribute says.
fn is_field(tag: &str) -> bool {
    matches!(tag, "input" | "textarea")
}

/// The steps of a template.
fn learnt(template: &'static str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut element = Element::default();
    let mut keys = Vec::new();
    let mut within = false;
    let mut rest = template;
    while let Some(kind) = rest.chars().next() {
        let (part, after) =
            rest[1..].split_at(rest[1..].find(|c: char| c <= CLOSE).unwrap_or(rest.len() - 1));
        rest = after;
        match kind {
            OPEN => {
                within = true;
                element.tag = part;
            }
            NAME => keys.push(part),
            GIVEN => element.parts.push(Some(part)),
            FILL if within => element.parts.push(None),
            INSIDE => {
                within = false;
                steps.push(Step::Open(std::mem::take(&mut element).named(std::mem::take(&mut keys))));
            }
            FILL => steps.push(Step::Fill),
            TEXT => steps.push(Step::Text(part)),
            _ => steps.push(Step::Close),
        }
    }
    steps
}
