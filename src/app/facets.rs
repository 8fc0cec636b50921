//! The facets: what a list of articles can be narrowed by, and what it is narrowed by now.
//!
//! Invariant: a facet is drawn only where it has two values, as the engine decides. Not here: counting.

use super::bits::{Length, counted, does, href, icon, thousands};
use super::html::{classes, html};
use super::words;
use crossread::engine::Filters;
use crossread::engine::views::{Facet, FacetValue};
use crossread::session::{Action, Address, View};
use yew::prelude::*;

/// Width and height of the histogram.
const HISTOGRAM: (f32, f32) = (160.0, 56.0);

/// All facets. `prefix` keeps ids apart where they are drawn twice.
pub fn facets(
    facets: &[Facet],
    filters: &Filters,
    prefix: &'static str,
    dispatch: &Callback<Action>,
) -> Html {
    let drawn = facets.iter().map(|facet| match facet.key.as_str() {
        "date" => dates(facet, filters, prefix, dispatch),
        _ => {
            let first =
                facets.iter().find(|one| one.key == facet.key).is_some_and(|one| one.label == facet.label);
            values(facet, first, prefix, dispatch)
        }
    });
    html! { <>{ for drawn }</> }
}

/// One facet; the first of the names leads to all of them.
fn values(facet: &Facet, first: bool, prefix: &'static str, dispatch: &Callback<Action>) -> Html {
    let all = (first && facet.key == "entity")
        .then(|| html! { <a href={href(&Address::of(View::Names))}>{ "all" }</a> });
    let id = format!("{prefix}-{}", facet.label.replace(' ', "-"));
    html! {
        <div key={facet.label.clone()} class="facet" role="group" aria-labelledby={id.clone()}>
            <h2><span {id}>{ &facet.label }</span>{ for all }</h2>
            { for facet.values.iter().map(|value| choice(&facet.key, value, dispatch)) }
        </div>
    }
}

fn choice(key: &str, value: &FacetValue, dispatch: &Callback<Action>) -> Html {
    let onchange = does(dispatch, Action::Facet(key.to_owned(), value.value.clone()));
    html! {
        <label key={value.value.clone()}>
            <input type="checkbox" checked={value.on} {onchange} />
            <bdi class="what">{ &value.label }</bdi>
            <span class="n">{ thousands(value.count) }</span>
        </label>
    }
}

fn dates(facet: &Facet, filters: &Filters, prefix: &'static str, dispatch: &Callback<Action>) -> Html {
    let Some((first, last)) = words::first_and_last(facet.values.iter().map(|value| value.value.as_str()))
    else {
        return Html::default();
    };
    let limit = |name: &'static str, word: &'static str, value: &Option<String>| {
        let Filters { from, to, .. } = filters.clone();
        let onchange = dispatch.reform(move |event: Event| {
            let value = event.target_unchecked_into::<web_sys::HtmlInputElement>().value();
            match name {
                "from" => Action::Dates(value, to.clone().unwrap_or_default()),
                _ => Action::Dates(from.clone().unwrap_or_default(), value),
            }
        });
        let id = format!("{prefix}-{name}");
        html! {
            <>
                <label class="vh" for={id.clone()}>{ word }</label>
                <input type="date" {id} value={value.clone().unwrap_or_default()} {onchange} />
            </>
        }
    };
    html! {
        <div key="date" class="facet">
            <h2><span>{ "Date" }</span><span class="n">{ words::dates(first, last) }</span></h2>
            { histogram(&facet.values, first, last) }
            <p class="range">{ limit("from", "From", &filters.from) }{ "–" }{ limit("to", "To", &filters.to) }</p>
        </div>
    }
}

fn histogram(values: &[FacetValue], first: &str, last: &str) -> Html {
    let (width, height) = HISTOGRAM;
    let day = |iso: &str| words::day_number(iso).unwrap_or_default();
    let (start, end) = (day(first), day(last));
    // Days that a value stands for: a day, a month, a year.
    let days = match first.len() {
        7 => 30,
        4 => 365,
        _ => 1,
    };
    let step = width / (end - start + days).max(1) as f32;
    let bar = (step * days as f32 * 0.8).clamp(1.5, 24.0);
    let most = values.iter().map(|value| value.count).max().unwrap_or(1).max(1) as f32;
    let label = format!("Articles by date, {}", words::dates(first, last));
    let bars = values.iter().map(|value| {
        let tall = (height - 8.0) * value.count as f32 / most;
        let x = (day(&value.value) - start) as f32 * step + (step * days as f32 - bar) / 2.0;
        let [x, y, bar, tall] = [x, height - 1.0 - tall, bar, tall].map(|l| Length(l.into()).to_string());
        html! {
            <rect class={classes!(value.on.then_some("sel"))} {x} {y} width={bar} height={tall} />
        }
    });
    html! {
        <svg class="histo" viewBox="0 0 160 56" preserveAspectRatio="none" role="img" aria-label={label}>
            { for bars }
            <path class="base" d="M0 55.5H160" />
        </svg>
    }
}

/// What the list is narrowed by, each with a way to drop it; `None` where it is not.
pub fn chosen(facets: &[Facet], filters: &Filters, dispatch: &Callback<Action>) -> Option<Html> {
    let label = |key: &str, value: &str| {
        let of = facets.iter().filter(|facet| facet.key == key).flat_map(|facet| &facet.values);
        let known = of.into_iter().find(|known| known.value == value);
        known.map_or_else(|| value.to_owned(), |known| known.label.clone())
    };
    let lists = [("source", &filters.source), ("lang", &filters.lang), ("entity", &filters.entity)];
    let mut chips: Vec<Html> = Vec::new();
    for (key, values) in lists {
        for value in values {
            let action = Action::Facet(key.to_owned(), value.clone());
            chips.push(chip(words::facet(key), &label(key, value), action, dispatch));
        }
    }
    if filters.from.is_some() || filters.to.is_some() {
        let range = match (&filters.from, &filters.to) {
            (Some(from), Some(to)) => words::dates(from, to),
            (Some(from), None) => ["from ", &words::date(from)].concat(),
            (None, to) => ["until ", &words::date(to.as_deref().unwrap_or_default())].concat(),
        };
        chips.push(chip("Date", &range, Action::Dates(String::new(), String::new()), dispatch));
    }
    (!chips.is_empty()).then(|| {
        html! {
            <p class="chips chosen" role="group" aria-label="Narrowed by">
                { for chips }
                <button class="btn bare" onclick={does(dispatch, Action::NoFilters)}>{ "Clear all" }</button>
            </p>
        }
    })
}

fn chip(name: &str, value: &str, action: Action, dispatch: &Callback<Action>) -> Html {
    html! {
        <button class="chip" onclick={does(dispatch, action)}>
            <span class="n">{ name }</span><bdi>{ value }</bdi>{ icon("close") }<span class="vh">{ "remove" }</span>
        </button>
    }
}

/// `12 of 40 articles` where filters hide some.
pub fn narrowed(shown: usize, total: u32) -> Option<String> {
    (shown as u32 != total).then(|| format!("{shown} of {}", counted(total, "article", "articles")))
}
