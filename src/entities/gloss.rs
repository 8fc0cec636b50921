//! Glosses: what a place is in a line, where the tables know it, with whose word that is.
//!
//! "country, Southern Asia (CLDR)", "city, Iran (GeoNames)". A name that is borne by cities of two countries, or by a state of
//! the USA too, has none. The tables are `lists/regions.txt` and `lists/geonames.txt`.
//!
//! Invariant: a function of the name and the lists. Not here: which mention names what (`link`).

use super::RelationKind;
use super::gazetteer::Gazetteer;
use super::lists::Lists;
use std::sync::OnceLock;

/// A country.
pub struct Country {
    /// ISO 3166, two letters.
    pub code: &'static str,
    /// As `countries.txt` has it.
    name: &'static str,
    /// Region of the world.
    region: &'static str,
    /// Whether it is a member of the UN.
    nation: bool,
    /// Whether a state of the USA is called so too.
    shared: bool,
}

/// The countries that the tables know.
pub fn countries() -> &'static [Country] {
    static COUNTRIES: OnceLock<Vec<Country>> = OnceLock::new();
    COUNTRIES.get_or_init(|| {
        let lines = include_str!("lists/regions.txt").lines().filter(|line| !line.starts_with('#'));
        let regions = lines.filter_map(|line| line.split_once('|'));
        regions.flat_map(|(region, all)| all.split(';').filter_map(move |one| country(region, one))).collect()
    })
}

fn country(region: &'static str, written: &'static str) -> Option<Country> {
    let (code, name) = written.trim_start_matches('~').split_once(' ')?;
    let bare = name.trim_end_matches('?');
    let (nation, shared) = (!written.starts_with('~'), name != bare);
    Some(Country { code, name: bare, region, nation, shared })
}

/// What a known place is, if the tables know it; else nothing. `told`: whether its people, its seat of government or whose
/// seat it is stands in the articles too. Names that no list has are no city of the gazetteer for certain: "Goa" is one of
/// the Philippines there.
pub fn gloss(index: u32, lists: &Lists, told: bool) -> String {
    let place = || {
        let known = lists.known(index)?;
        if known.country {
            let country = countries().iter().find(|country| country.name == known.name)?;
            let kind = if country.nation { "country, " } else { "" };
            return (told || !country.shared).then(|| [kind, country.region, " (CLDR)"].concat());
        }
        // "Georgetown" may be that of Guyana.
        let country = Gazetteer::get().country(&known.name).and_then(|at| countries().get(at));
        if let Some((RelationKind::SeatOf, of)) = known.relation {
            let of = &lists.known(of)?.name;
            let certain = told || country.is_some_and(|country| country.name == of);
            return certain.then(|| ["seat of government, ", of, " (Crossread)"].concat());
        }
        let country = country.filter(|_| lists.is_city(index))?;
        Some(["city, ", country.name, " (GeoNames)"].concat())
    };
    place().unwrap_or_default()
}
