//! The address: what stands after `#`, as a value, and back.
//!
//! Invariant: `Address::parse(&address.to_string()) == address` for every address this program makes, and
//! parsing is total: keys and paths that are not known are kept and printed again. Slugs and ids are names,
//! never positions. Not here: history and the browser (`app/`), what a view shows.

use crate::engine::views::DifferenceKind;
use crate::engine::{Filters, LineSort, Sort};
use std::fmt;

/// A place in the program: a view and what is chosen in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The view.
    pub view: View,
    /// `q`: the query; empty for none.
    pub q: String,
    /// `source`, `lang`, `entity`, `from`, `to`.
    pub filters: Filters,
    /// `sort`: order of articles or lines.
    pub order: Order,
    /// `view`: how the view is shown.
    pub mode: Mode,
    /// `kind`: the kind of difference that is shown (compare); all where there is none.
    pub kind: Option<DifferenceKind>,
    /// `edits=all`: whether edits of typography, letter case and punctuation are shown (compare).
    pub edits: bool,
    /// `hit`: which match (reader), difference (compare) or mention, from 0.
    pub hit: Option<u32>,
    /// `at`: which pair (compare) or block (reader), from 0.
    pub at: Option<u32>,
    /// `edition`: the first hexadecimal digits of the edition the link was made from.
    pub edition: Option<String>,
    /// Keys that this program does not know, in order.
    pub other: Vec<(String, String)>,
}

/// A view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// `#/`: the library; with a query, its results.
    #[default]
    Library,
    /// `#/article/<slug>`: the reader.
    Article(String),
    /// `#/compare/<slug>/<slug>`: two articles.
    Compare(String, String),
    /// `#/compare/<slug>/<slug>/<slug>…`: three articles or more.
    Several(Vec<String>),
    /// `#/story/<slug>`: the story that holds an article.
    Story(String),
    /// `#/names`: every entity.
    Names,
    /// `#/timeline`: every dated statement.
    Timeline,
    /// `#/corrections`: what a reader has corrected.
    Corrections,
    /// `#/entity/<id>`: one entity.
    Entity(String),
    /// `#/open`: taking in articles.
    Open,
    /// `#/about`: about this file.
    About,
    /// A path that leads nowhere, as it stands, without its `#/`.
    Unknown(String),
}

/// How a view is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Passages; two texts side by side.
    #[default]
    Plain,
    /// Results as keyword in context.
    Concordance,
    /// Compare: the list of differences.
    Differences,
    /// Compare: what only the left article has.
    OnlyA,
    /// Compare: what only the right article has.
    OnlyB,
}

/// Order of articles or of concordance lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Best first; lines as they stand.
    #[default]
    Plain,
    /// Newest article first.
    Newest,
    /// Oldest article first.
    Oldest,
    /// Lines by the words to the left.
    Left,
    /// Lines by the words to the right.
    Right,
}

impl Order {
    /// As an order of articles.
    pub fn articles(self) -> Sort {
        match self {
            Order::Newest => Sort::Newest,
            Order::Oldest => Sort::Oldest,
            _ => Sort::Best,
        }
    }

    /// As an order of lines.
    pub fn lines(self) -> LineSort {
        match self {
            Order::Left => LineSort::Left,
            Order::Right => LineSort::Right,
            _ => LineSort::Where,
        }
    }
}

/// The words of `view`; the plain one is understood and never printed.
const MODES: [(&str, Mode); 5] = [
    ("side", Mode::Plain),
    ("concordance", Mode::Concordance),
    ("differences", Mode::Differences),
    ("only-a", Mode::OnlyA),
    ("only-b", Mode::OnlyB),
];

/// The words of `sort`; the plain one is understood and never printed.
const ORDERS: [(&str, Order); 5] = [
    ("best", Order::Plain),
    ("newest", Order::Newest),
    ("oldest", Order::Oldest),
    ("left", Order::Left),
    ("right", Order::Right),
];

impl Address {
    /// The library.
    pub fn library() -> Address {
        Address::default()
    }

    /// The results of a query.
    pub fn results(q: &str) -> Address {
        Address { q: q.into(), ..Address::default() }
    }

    /// An article, with the marks of a query.
    pub fn article(slug: &str, q: &str) -> Address {
        Address { view: View::Article(slug.into()), q: q.into(), ..Address::default() }
    }

    /// An article at one of the query's matches.
    pub fn hit(slug: &str, q: &str, hit: u32) -> Address {
        Address { hit: Some(hit), ..Address::article(slug, q) }
    }

    /// Two articles side by side.
    pub fn compare(a: &str, b: &str) -> Address {
        Address { view: View::Compare(a.into(), b.into()), ..Address::default() }
    }

    /// Two articles side by side, three or more against their claims.
    pub fn comparing(slugs: &[String]) -> Option<Address> {
        match slugs {
            [] | [_] => None,
            [a, b] => Some(Address::compare(a, b)),
            more => Some(Address::of(View::Several(more.to_vec()))),
        }
    }

    /// One entity.
    pub fn entity(id: &str) -> Address {
        Address { view: View::Entity(id.into()), ..Address::default() }
    }

    /// A view with nothing chosen in it.
    pub fn of(view: View) -> Address {
        Address { view, ..Address::default() }
    }

    /// The same place shown in another way, at its start.
    pub fn with_mode(&self, mode: Mode) -> Address {
        Address { mode, order: Order::Plain, hit: None, at: None, ..self.clone() }
    }

    /// The same place in another order.
    pub fn with_order(&self, order: Order) -> Address {
        Address { order, ..self.clone() }
    }

    /// The same place at a match, difference or mention.
    pub fn with_hit(&self, hit: u32) -> Address {
        Address { hit: Some(hit), at: None, ..self.clone() }
    }

    /// The same place at a pair or block.
    pub fn with_at(&self, at: u32) -> Address {
        Address { hit: None, at: Some(at), ..self.clone() }
    }

    /// Whether this is the list of results.
    pub fn is_results(&self) -> bool {
        self.view == View::Library && !self.q.trim().is_empty()
    }

    /// Whether both are the same view, whatever is chosen in it.
    pub fn same_view(&self, other: &Address) -> bool {
        self.view == other.view && self.is_results() == other.is_results()
    }

    /// Reads what stands after `#`, with or without the `#`. Never fails: an unknown path becomes
    /// [`View::Unknown`], unknown keys go to `other`, broken escapes stay as they are.
    pub fn parse(hash: &str) -> Address {
        let rest = hash.strip_prefix('#').unwrap_or(hash);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut address = Address::of(view(path));
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            address.set(decode(key), decode(value));
        }
        address
    }

    fn set(&mut self, key: String, value: String) {
        fn named<T: Copy>(table: &[(&str, T)], value: &str) -> Option<T> {
            table.iter().find(|(name, _)| *name == value).map(|(_, it)| *it)
        }
        match key.as_str() {
            "q" => self.q = value,
            "source" => self.filters.source.push(value),
            "lang" => self.filters.lang.push(value),
            "entity" => self.filters.entity.push(value),
            "from" => self.filters.from = Some(value),
            "to" => self.filters.to = Some(value),
            "edition" => self.edition = Some(value),
            "view" if named(&MODES, &value).is_some() => {
                self.mode = named(&MODES, &value).unwrap_or_default();
            }
            "sort" if named(&ORDERS, &value).is_some() => {
                self.order = named(&ORDERS, &value).unwrap_or_default();
            }
            "kind" if DifferenceKind::of_label(&value).is_some() => {
                self.kind = DifferenceKind::of_label(&value);
            }
            "edits" if value == "all" => self.edits = true,
            "hit" if number(&value).is_some() => self.hit = number(&value),
            "at" if number(&value).is_some() => self.at = number(&value),
            _ => self.other.push((key, value)),
        }
    }
}

/// Decimal digits without a sign or a leading zero, so that printing gives the same text again.
fn number(value: &str) -> Option<u32> {
    let plain = value == "0" || !value.starts_with(['0', '+']);
    value.parse().ok().filter(|_| plain)
}

fn view(path: &str) -> View {
    let rest = path.strip_prefix('/').unwrap_or(path);
    let segments: Vec<&str> = rest.split('/').collect();
    match segments[..] {
        [""] => View::Library,
        ["article", slug] if !slug.is_empty() => View::Article(decode(slug)),
        ["compare", a, b] if !a.is_empty() && !b.is_empty() => View::Compare(decode(a), decode(b)),
        ["compare", ref more @ ..] if more.len() > 2 && more.iter().all(|slug| !slug.is_empty()) => {
            View::Several(more.iter().map(|slug| decode(slug)).collect())
        }
        ["story", slug] if !slug.is_empty() => View::Story(decode(slug)),
        ["names"] => View::Names,
        ["timeline"] => View::Timeline,
        ["corrections"] => View::Corrections,
        ["entity", id] if !id.is_empty() => View::Entity(decode(id)),
        ["open"] => View::Open,
        ["about"] => View::About,
        _ => View::Unknown(rest.into()),
    }
}

impl fmt::Display for Address {
    /// `#/…?…`, percent-encoded, with the keys in one fixed order.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::from("#/");
        match &self.view {
            View::Library => {}
            View::Article(slug) => path(&mut out, &["article", slug]),
            View::Compare(a, b) => path(&mut out, &["compare", a, b]),
            View::Several(slugs) => {
                out.push_str("compare");
                slugs.iter().for_each(|slug| path(&mut out, &["", slug]));
            }
            View::Story(slug) => path(&mut out, &["story", slug]),
            View::Names => out.push_str("names"),
            View::Timeline => out.push_str("timeline"),
            View::Corrections => out.push_str("corrections"),
            View::Entity(id) => path(&mut out, &["entity", id]),
            View::Open => out.push_str("open"),
            View::About => out.push_str("about"),
            View::Unknown(rest) => out.push_str(rest),
        }
        let mut first = true;
        let mut pair = |key: &str, value: &str| {
            out.push(if std::mem::take(&mut first) { '?' } else { '&' });
            encode(&mut out, key);
            out.push('=');
            encode(&mut out, value);
        };
        if !self.q.is_empty() {
            pair("q", &self.q);
        }
        let filters = &self.filters;
        for (key, values) in
            [("source", &filters.source), ("lang", &filters.lang), ("entity", &filters.entity)]
        {
            values.iter().for_each(|value| pair(key, value));
        }
        for (key, value) in [("from", &filters.from), ("to", &filters.to)] {
            value.iter().for_each(|value| pair(key, value));
        }
        for (name, order) in ORDERS {
            if order == self.order && order != Order::Plain {
                pair("sort", name);
            }
        }
        for (name, mode) in MODES {
            if mode == self.mode && mode != Mode::Plain {
                pair("view", name);
            }
        }
        self.kind.iter().for_each(|kind| pair("kind", kind.label()));
        if self.edits {
            pair("edits", "all");
        }
        for (key, value) in [("hit", self.hit), ("at", self.at)] {
            value.iter().for_each(|value| pair(key, &value.to_string()));
        }
        self.edition.iter().for_each(|edition| pair("edition", edition));
        self.other.iter().for_each(|(key, value)| pair(key, value));
        f.write_str(&out)
    }
}

fn path(out: &mut String, segments: &[&str]) {
    for (i, segment) in segments.iter().enumerate() {
        if i > 0 {
            out.push('/');
        }
        encode(out, segment);
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters, as UTF-8.
fn encode(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// Undoes percent-encoding; `+` is a space, as forms write it. Broken escapes stay, broken UTF-8 becomes U+FFFD.
fn decode(text: &str) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|b| char::from(*b).to_digit(16)).map(|d| d as u8);
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        i += 1;
        match (byte, digit(bytes.get(i)), digit(bytes.get(i + 1))) {
            (b'%', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                i += 2;
            }
            (b'+', ..) => out.push(b' '),
            _ => out.push(byte),
        }
    }
    String::from_utf8(out).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(hash: &str, expected: Address) {
        let parsed = Address::parse(hash);
        assert_eq!(parsed, expected, "{hash}");
        assert_eq!(Address::parse(&parsed.to_string()), parsed, "{hash} printed as {parsed}");
    }

    #[test]
    fn reads() {
        check("", Address::library());
        check("#", Address::library());
        check("#/", Address::library());
        check("#/?q=caf%C3%A9+direct%20talks", Address::results("café direct talks"));
        check("#/article/a-b?q=x&hit=3", Address::hit("a-b", "x", 3));
        check("#/compare/a/b?view=only-b", Address::compare("a", "b").with_mode(Mode::OnlyB));
        check("#/compare/a/b?kind=figure&edits=all&at=2", {
            let kind = Some(DifferenceKind::Figure);
            Address { kind, edits: true, ..Address::compare("a", "b").with_at(2) }
        });
        check("#/compare/a/b?at=2", Address::compare("a", "b").with_at(2));
        check("#/entity/irgc?sort=left", Address::entity("irgc").with_order(Order::Left));
        let three = ["a".to_owned(), "é/b".to_owned(), "c".to_owned()];
        check("#/compare/a/%C3%A9%2Fb/c", Address::comparing(&three).unwrap());
        check("#/compare/a//c", Address::of(View::Unknown("compare/a//c".into())));
        check("#/story/a?hit=2", Address::of(View::Story("a".into())).with_hit(2));
        check("#/names", Address::of(View::Names));
        check("#/open", Address::of(View::Open));
        check("#/about", Address::of(View::About));
        check("#/article/", Address::of(View::Unknown("article/".into())));
        check("#/nowhere/at/all", Address::of(View::Unknown("nowhere/at/all".into())));
        check("#/article%2Fx", Address::of(View::Unknown("article%2Fx".into())));
        check("#/compare/a/b?view=side&sort=best", Address::compare("a", "b"));
        check("#main", Address::of(View::Unknown("main".into())));
        check("#/?q=100%&%zz=%e2%28", {
            Address { other: vec![("%zz".into(), "\u{fffd}(".into())], ..Address::results("100%") }
        });
        check("#/?source=A%26B&source=C&lang=fa&entity=x&from=2024-01-02&to=2024", {
            let filters = Filters {
                source: vec!["A&B".into(), "C".into()],
                lang: vec!["fa".into()],
                entity: vec!["x".into()],
                from: Some("2024-01-02".into()),
                to: Some("2024".into()),
            };
            Address { filters, ..Address::library() }
        });
    }

    #[test]
    fn keeps_what_it_does_not_know() {
        let text = "#/article/a?quote=x%2C&at=007&hit=-1&kind=x&edits=0&view=upside-down&edition=7c41e09a";
        let address = Address::parse(text);
        assert_eq!((address.hit, address.at, address.mode), (None, None, Mode::Plain));
        for kept in
            ["quote=x%2C", "kind=x", "edits=0", "at=007", "hit=-1", "view=upside-down", "edition=7c41e09a"]
        {
            assert!(address.to_string().contains(kept), "{kept} in {address}");
        }
    }

    fn addresses() -> impl Strategy<Value = Address> {
        let text = || any::<String>();
        let name = || any::<String>().prop_filter("a segment is not empty", |s| !s.is_empty());
        let view = prop_oneof![
            Just(View::Library),
            name().prop_map(View::Article),
            (name(), name()).prop_map(|(a, b)| View::Compare(a, b)),
            prop::collection::vec(name(), 3..6).prop_map(View::Several),
            name().prop_map(View::Story),
            Just(View::Names),
            Just(View::Timeline),
            Just(View::Corrections),
            name().prop_map(View::Entity),
            Just(View::Open),
            Just(View::About),
        ];
        let values = || prop::collection::vec(any::<String>(), 0..3);
        let filters = (values(), values(), values(), any::<Option<String>>(), any::<Option<String>>())
            .prop_map(|(source, lang, entity, from, to)| Filters { source, lang, entity, from, to });
        let mode = prop::sample::select(vec![Mode::Plain, Mode::Concordance, Mode::Differences, Mode::OnlyA]);
        let order = prop::sample::select(vec![Order::Plain, Order::Newest, Order::Left, Order::Right]);
        let kind =
            prop::option::of(prop::sample::select(vec![DifferenceKind::Figure, DifferenceKind::Status]));
        let numbers = (any::<Option<u32>>(), any::<Option<u32>>(), kind, any::<bool>());
        let other = prop::collection::vec(("x[a-z&=%+é]{0,4}", text()), 0..3);
        (view, text(), filters, mode, order, numbers, any::<Option<String>>(), other).prop_map(
            |(view, q, filters, mode, order, (hit, at, kind, edits), edition, other)| Address {
                view,
                q,
                filters,
                order,
                mode,
                kind,
                edits,
                hit,
                at,
                edition,
                other,
            },
        )
    }

    proptest! {
        #[test]
        fn printing_and_parsing_round_trips(address in addresses()) {
            prop_assert_eq!(Address::parse(&address.to_string()), address);
        }

        #[test]
        fn printing_is_plain_ascii(address in addresses()) {
            prop_assert!(address.to_string().bytes().all(|b| b.is_ascii_graphic()));
        }

        #[test]
        fn any_text_settles_after_one_round(text in any::<String>()) {
            let address = Address::parse(&text);
            prop_assert_eq!(Address::parse(&address.to_string()), address);
        }
    }
}
