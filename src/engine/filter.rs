//! Filters and facets: which articles count, and which values are left to choose from.
//!
//! Invariant: the count at a value is what choosing it would leave, so a facet's own choice does not hide its
//! other values; entities are the exception, since every chosen one must be named. A facet with fewer than two
//! values is not there.

use super::Filters;
use super::answer::Engine;
use super::views::{Facet, FacetValue};
use crate::article::{Article, Meta};
use crate::entities::Kind;
use crate::text::calendar;
use crate::text::map::Map;
use crate::text::sort::{sort_by, sort_by_key};

/// Values that a facet of names offers.
const NAMES: usize = 5;

/// The facets of names: what they are called, and the kinds in them; the last takes the rest.
const NAMED: [(&str, &[Kind]); 4] = [
    ("People", &[Kind::Person]),
    ("Organisations", &[Kind::Organisation]),
    ("Places", &[Kind::Place]),
    ("Other names", &[Kind::Group, Kind::Event, Kind::Law, Kind::Work]),
];

/// Days after which dates are offered by month, and months after which by year.
const MOST_DATES: usize = 40;

/// The keys of an address that filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Source,
    Date,
    Lang,
    Entity,
}

impl Engine {
    /// Whether an article passes the filters.
    pub(super) fn passes(&self, index: usize, filters: &Filters) -> bool {
        self.passes_but(index, filters, None)
    }

    /// The articles that pass, in corpus order.
    pub(super) fn passing(&self, filters: &Filters) -> Vec<usize> {
        (0..self.articles().len()).filter(|i| self.passes(*i, filters)).collect()
    }

    fn passes_but(&self, index: usize, filters: &Filters, but: Option<Key>) -> bool {
        let Some(article) = self.articles().get(index) else { return false };
        let meta = &article.meta;
        let chosen = |list: &[String], value: &Option<String>| {
            list.is_empty() || value.as_ref().is_some_and(|v| list.contains(v))
        };
        (but == Some(Key::Source) || chosen(&filters.source, &meta.source))
            && (but == Some(Key::Lang) || chosen(&filters.lang, &meta.language))
            && (but == Some(Key::Date) || in_range(meta, filters))
            && filters
                .entity
                .iter()
                .all(|id| self.names().entity_of(id).is_some_and(|e| self.names().count(e, index) > 0))
    }

    /// The facets of a list of articles: those of `among` that pass the other filters are counted.
    pub(super) fn facets(&self, filters: &Filters, among: &[usize]) -> Vec<Facet> {
        let under = |key: Key| -> Vec<usize> {
            among.iter().copied().filter(|i| self.passes_but(*i, filters, Some(key))).collect()
        };
        let mut facets = vec![
            self.by_value("source", "Source", &under(Key::Source), |m| m.source.as_deref(), &filters.source),
            self.by_date(&under(Key::Date), filters),
            self.by_value("lang", "Language", &under(Key::Lang), |m| m.language.as_deref(), &filters.lang),
        ];
        self.by_name(&under(Key::Entity), filters, &mut facets);
        let offers = |f: &Facet| f.values.len() >= 2 || f.key == "entity" && !f.values.is_empty();
        facets.retain(offers);
        facets
    }

    /// Entities named in these articles, and in how many of them.
    fn articles_naming(&self, articles: &[usize]) -> Map<usize, u32> {
        let mut found = Map::new();
        for (entity, _) in articles.iter().flat_map(|a| self.names().of_article(*a)) {
            *found.or_default(entity) += 1;
        }
        found
    }

    fn metas<'a>(&'a self, articles: &'a [usize]) -> impl Iterator<Item = &'a Meta> {
        articles.iter().filter_map(|i| self.articles().get(*i)).map(|a: &Article| &a.meta)
    }

    fn by_value<'a>(
        &'a self,
        key: &str,
        label: &str,
        articles: &'a [usize],
        of: impl Fn(&'a Meta) -> Option<&'a str>,
        chosen: &[String],
    ) -> Facet {
        let mut counts: Map<&str, u32> = Map::new();
        for value in self.metas(articles).filter_map(of) {
            *counts.or_default(value) += 1;
        }
        for value in chosen {
            counts.or_default(value);
        }
        let mut values: Vec<FacetValue> = counts
            .into_iter()
            .map(|(value, count)| FacetValue {
                value: value.to_owned(),
                label: if key == "lang" { language_name(value) } else { value.to_owned() },
                count,
                on: chosen.iter().any(|c| c == value),
            })
            .collect();
        sort_by_key(&mut values, |v| std::cmp::Reverse(v.count));
        Facet { key: key.to_owned(), label: label.to_owned(), values }
    }

    fn by_date(&self, articles: &[usize], filters: &Filters) -> Facet {
        let dates: Vec<&str> = self.metas(articles).filter_map(|m| m.date.as_deref()).collect();
        // By day, else by month, else by year: lengths of the ISO date's start.
        let mut counts: Map<&str, u32> = Map::new();
        for length in [10, 7, 4] {
            counts.clear();
            for date in &dates {
                *counts.or_default(date.get(..length).unwrap_or(date)) += 1;
            }
            if counts.len() <= MOST_DATES {
                break;
            }
        }
        let narrowed = filters.from.is_some() || filters.to.is_some();
        let value = |(value, count): (&str, u32)| FacetValue {
            value: value.to_owned(),
            label: calendar::short(value),
            count,
            on: narrowed && within(value, filters),
        };
        Facet {
            key: "date".to_owned(),
            label: "Date".to_owned(),
            values: counts.into_iter().map(value).collect(),
        }
    }

    /// The names, by kind. One that all articles have narrows nothing; one that a single article has is that article.
    fn by_name(&self, articles: &[usize], filters: &Filters, facets: &mut Vec<Facet>) {
        let all = articles.len() as u32;
        let mut values: Vec<(Kind, FacetValue)> = Vec::new();
        for (index, count) in self.articles_naming(articles) {
            let Some(entity) = self.entity_at(index) else { continue };
            let on = filters.entity.contains(&entity.id);
            if on || (entity.kind.is_name() && count >= 2 && count < all) {
                let (value, label) = (entity.id.clone(), entity.name.clone());
                values.push((entity.kind, FacetValue { value, label, count, on }));
            }
        }
        sort_by(&mut values, |(_, a), (_, b)| {
            (b.on, b.count).cmp(&(a.on, a.count)).then_with(|| a.label.cmp(&b.label))
        });
        for (label, kinds) in NAMED {
            let of = values.iter().filter(|(kind, _)| kinds.contains(kind));
            let room = |(at, value): &(usize, &(Kind, FacetValue))| *at < NAMES || value.1.on;
            let values = of.enumerate().filter(room).map(|(_, (_, value))| value.clone()).collect();
            facets.push(Facet { key: "entity".to_owned(), label: label.to_owned(), values });
        }
    }
}

fn in_range(meta: &Meta, filters: &Filters) -> bool {
    match &meta.date {
        Some(date) => within(date, filters),
        None => filters.from.is_none() && filters.to.is_none(),
    }
}

/// Whether a date, a month or a year lies in the range, the ends included. ISO dates compare as strings, and a
/// month or a year as the end of a range means all of it.
fn within(date: &str, filters: &Filters) -> bool {
    let start =
        |bound: &str| date.get(..bound.len()).unwrap_or(date) >= bound.get(..date.len()).unwrap_or(bound);
    let end =
        |bound: &str| date.get(..bound.len()).unwrap_or(date) <= bound.get(..date.len()).unwrap_or(bound);
    filters.from.as_deref().is_none_or(start) && filters.to.as_deref().is_none_or(end)
}

/// The English name of a language by the first part of its BCP 47 tag; the tag where it is not known.
pub fn language_name(tag: &str) -> String {
    const NAMES: &str = "ar Arabic;bg Bulgarian;ca Catalan;cs Czech;da Danish;de German;el Greek;en English;\
        es Spanish;fa Persian;fi Finnish;fr French;he Hebrew;hi Hindi;hr Croatian;hu Hungarian;\
        id Indonesian;it Italian;ja Japanese;ko Korean;nl Dutch;no Norwegian;pl Polish;pt Portuguese;\
        ro Romanian;ru Russian;sv Swedish;th Thai;tr Turkish;uk Ukrainian;ur Urdu;zh Chinese";
    let (first, region) = match tag.split_once('-') {
        Some((first, region)) => (first, Some(region)),
        None => (tag, None),
    };
    let mut names = NAMES.split(';').filter_map(|row| row.split_once(' '));
    let name = names.find(|(known, _)| first.eq_ignore_ascii_case(known)).map(|(_, name)| name);
    match (name, region) {
        (Some(name), Some(region)) => format!("{name} ({region})"),
        (Some(name), None) => name.to_owned(),
        (None, _) => tag.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_include_their_ends() {
        let check = |date: &str, from: Option<&str>, to: Option<&str>, expected: bool| {
            let filters =
                Filters { from: from.map(str::to_owned), to: to.map(str::to_owned), ..Filters::default() };
            assert_eq!(within(date, &filters), expected, "{date} in {from:?}..{to:?}");
        };
        check("2024-02-27", None, None, true);
        check("2024-02-27", Some("2024-02-27"), Some("2024-02-27"), true);
        check("2024-02-27", Some("2024-02-28"), None, false);
        check("2024-02-27", Some("2024-02"), Some("2024"), true);
        check("2024-03-01", None, Some("2024-02"), false);
        check("2024-02", Some("2024-02-10"), None, true);
    }

    #[test]
    fn labels() {
        assert_eq!(language_name("pt-BR"), "Portuguese (BR)");
        assert_eq!(language_name("tlh"), "tlh");
    }
}
