//! Filters and facets: which articles count, and which values are left to choose from.
//!
//! Invariant: the count at a value is what choosing it would leave, so a facet's own choice does not hide its
//! other values; entities are the exception, since every chosen one must be named. A facet with fewer than two
//! values is not there.

use super::Filters;
use super::answer::Engine;
use super::views::{Facet, FacetValue};
use crate::article::{Article, Meta};
use crate::text::calendar;
use crate::text::map::Map;
use crate::text::sort::{sort_by, sort_by_key};

/// Values that the facet of names offers.
const NAMES: usize = 12;

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
        let facets = [
            self.by_value("source", &under(Key::Source), |m| m.source.as_deref(), &filters.source),
            self.by_date(&under(Key::Date), filters),
            self.by_value("lang", &under(Key::Lang), |m| m.language.as_deref(), &filters.lang),
            self.by_name(&under(Key::Entity), filters),
        ];
        facets.into_iter().filter(|f| f.values.len() >= 2).collect()
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
        Facet { key: key.to_owned(), values }
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
        Facet { key: "date".to_owned(), values: counts.into_iter().map(value).collect() }
    }

    fn by_name(&self, articles: &[usize], filters: &Filters) -> Facet {
        let all = articles.len() as u32;
        let mut values: Vec<FacetValue> = self
            .articles_naming(articles)
            .into_iter()
            .filter_map(|(entity, count)| Some((self.entity_at(entity)?, count)))
            .filter(|(entity, count)| {
                let on = filters.entity.contains(&entity.id);
                on || (entity.kind.is_name() && *count >= 2 && *count < all)
            })
            .map(|(entity, count)| FacetValue {
                value: entity.id.clone(),
                label: entity.name.clone(),
                count,
                on: filters.entity.contains(&entity.id),
            })
            .collect();
        sort_by(&mut values, |a, b| {
            (b.on, b.count).cmp(&(a.on, a.count)).then_with(|| a.label.cmp(&b.label))
        });
        values.truncate(NAMES.max(filters.entity.len()));
        Facet { key: "entity".to_owned(), values }
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
    const NAMES: [(&str, &str); 32] = [
        ("ar", "Arabic"),
        ("bg", "Bulgarian"),
        ("ca", "Catalan"),
        ("cs", "Czech"),
        ("da", "Danish"),
        ("de", "German"),
        ("el", "Greek"),
        ("en", "English"),
        ("es", "Spanish"),
        ("fa", "Persian"),
        ("fi", "Finnish"),
        ("fr", "French"),
        ("he", "Hebrew"),
        ("hi", "Hindi"),
        ("hr", "Croatian"),
        ("hu", "Hungarian"),
        ("id", "Indonesian"),
        ("it", "Italian"),
        ("ja", "Japanese"),
        ("ko", "Korean"),
        ("nl", "Dutch"),
        ("no", "Norwegian"),
        ("pl", "Polish"),
        ("pt", "Portuguese"),
        ("ro", "Romanian"),
        ("ru", "Russian"),
        ("sv", "Swedish"),
        ("th", "Thai"),
        ("tr", "Turkish"),
        ("uk", "Ukrainian"),
        ("ur", "Urdu"),
        ("zh", "Chinese"),
    ];
    let (first, region) = match tag.split_once('-') {
        Some((first, region)) => (first, Some(region)),
        None => (tag, None),
    };
    let name = NAMES.iter().find(|(known, _)| first.eq_ignore_ascii_case(known)).map(|(_, name)| *name);
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
