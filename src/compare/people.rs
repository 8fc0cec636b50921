//! Names and titles: another person in the same role, another role of the same person, another place of the same.
//!
//! Invariant: aliases of one entity, initials of a longer name and a longer form of a name are no difference. Not
//! here: recognising names (the caller does), who says it.

use super::reports::reports;
use super::side::{Gap, Side, apart};
use super::unit::{shared, sorted};
use super::words::listed;
use super::{Degree, Difference, DifferenceKind};
use std::ops::Range;

/// Nouns that are titles or roles.
pub(super) const HEADS: &str = "president minister secretary senator governor mayor chairman chairwoman chair director chief \
    spokesman spokeswoman spokesperson ambassador envoy general colonel captain judge justice king queen prince \
    princess pope bishop chancellor premier founder ceo manager coach professor commissioner representative \
    congressman congresswoman attorney officer analyst adviser advisor lawmaker candidate treasurer speaker lieutenant \
    sergeant admiral administrator treasury";

/// Words that change a title.
const MODIFIERS: &str = "vice deputy former ex acting prime foreign finance defense defence interior commerce energy \
    trade health education senior assistant interim executive managing financial operating national security labor \
    labour transport justice";

/// Whether a word is a title or a role.
pub(super) fn is_head(word: &str) -> bool {
    listed(HEADS, word)
}

/// Whether a title is one of those of a member of parliament, which are used for one another.
fn is_lawmaker(side: &Side, title: &Range<usize>) -> bool {
    listed("representative congressman congresswoman lawmaker", side.folded(title.end - 1))
}

fn is_title(word: &str) -> bool {
    is_head(word) || listed(MODIFIERS, word)
}

/// A person with the title before the name.
struct Titled {
    title: Range<usize>,
    person: Range<usize>,
}

/// Words of a name.
const MAX_NAME: usize = 4;
/// Words of a title after the name, before its last.
const MAX_APPOSED: usize = 6;

/// Whether the word at a position stands before a place.
fn before_place(side: &Side, at: usize) -> bool {
    matches!(side.folded(at), "in" | "at") && side.is_name(at + 1)
}

/// The persons of a sentence that a title stands before; its `places` with the word before them for a title.
fn titled(side: &Side, places: bool) -> Vec<Titled> {
    let end = side.tokens().len();
    let mut all = Vec::new();
    for at in 0..end {
        let place = places && before_place(side, at);
        if !place && !side.word(at).is_some_and(|word| word.head) {
            continue;
        }
        let is_name = |p: usize| {
            side.tokens().get(p).is_some_and(|t| t.capital)
                && !is_title(side.folded(p))
                && !side.breaks(p - 1)
        };
        let stop =
            (at + 1..end.min(at + 1 + MAX_NAME)).take_while(|p| is_name(*p)).last().map_or(at + 1, |p| p + 1);
        if stop == at + 1 {
            all.extend(if place { None } else { apposed(side, at) });
            continue;
        }
        let mut start = at;
        while start > 0 && !place && is_title(side.folded(start - 1)) && !side.breaks(start - 1) {
            start -= 1;
        }
        all.push(Titled { title: start..at + 1, person: at + 1..stop });
    }
    all
}

/// The person whom a title after the name describes: "Ana Costa, the deputy mayor".
fn apposed(side: &Side, at: usize) -> Option<Titled> {
    let capital = |p: &usize| side.tokens().get(*p).is_some_and(|t| t.capital) && !is_title(side.folded(*p));
    let start = (at.saturating_sub(MAX_APPOSED)..at).rev().find(|p| side.breaks(*p))? + 1;
    let led = matches!(side.folded(start), "a" | "an" | "the" | "former");
    let from = (0..start).rev().take_while(|p| capital(p) && (*p + 1 == start || !side.breaks(*p))).last()?;
    (led && side.gap(start - 1).contains(',')).then(|| Titled { title: start..at + 1, person: from..start })
}

fn terms(side: &Side, range: &Range<usize>) -> Vec<u32> {
    sorted(range.clone().filter_map(|at| side.word(at)).map(|w| w.term).collect())
}

/// Words around a name in which two sentences must share company for another name to be in the same role.
const COMPANY: usize = 10;

/// Other roles of the same person, other persons in the same role, and where both are `sure` to make one claim another
/// place of the same: "in Muscat", "in Geneva".
pub(super) fn compared(a: &Side, b: &Side, sure: bool, found: &mut Vec<Difference>) {
    let (left, right) = (titled(a, sure), titled(b, sure));
    for x in &left {
        for y in &right {
            let (title_a, title_b) = (terms(a, &x.title), terms(b, &y.title));
            let same_title = shared(&title_a, &title_b);
            let place = before_place(a, x.title.start);
            if place != before_place(b, y.title.start) {
                continue;
            }
            let surname = |side: &Side, t: &Titled| side.word(t.person.end - 1).map(|w| w.term);
            if surname(a, x) == surname(b, y) {
                // Many people have several titles: one that the other sentence gives too, elsewhere, is none.
                let given = |side: &Side, title: &Range<usize>, other: &Side| {
                    let heads = title.clone().map(|at| side.folded(at)).filter(|w| is_head(w));
                    heads.into_iter().any(|head| (0..other.tokens().len()).any(|at| other.folded(at) == head))
                };
                let lawmakers = is_lawmaker(a, &x.title) && is_lawmaker(b, &y.title);
                if !place
                    && same_title < title_a.len().min(title_b.len())
                    && !lawmakers
                    && !given(a, &x.title, b)
                    && !given(b, &y.title, a)
                {
                    found.push(title(a, b, &x.title, &y.title, Degree::Conflict));
                }
                continue;
            }
            let (person_a, person_b) = (terms(a, &x.person), terms(b, &y.person));
            let same_role = title_a == title_b && (place || title_a.len() >= 2);
            let context_a = a.context(x.title.start, x.person.end, COMPANY);
            let context_b = b.context(y.title.start, y.person.end, COMPANY);
            if same_role
                && !elsewhere(b, &person_a)
                && !elsewhere(a, &person_b)
                && !same_entity(a, b, &x.person, &y.person)
                && shared(&context_a, &context_b) >= 3
            {
                found.push(name(a, b, &x.person, &y.person));
            }
        }
    }
}

/// Letters of a name from which it may be spelt in two ways.
const SPELT: usize = 5;

/// Names that nearly the same letters write: "Paris Island", "Parris Island"; "Norfolk", "Norwalk".
pub(super) fn spelt(a: &Side, b: &Side, found: &mut Vec<Difference>) {
    let own = |side: &Side, at: usize, other: &Side| {
        let word = side.folded(at);
        side.is_name(at)
            && word.len() >= SPELT
            && (0..other.tokens().len()).all(|p| other.stem(p) != side.stem(at))
    };
    for i in (0..a.tokens().len()).filter(|at| own(a, *at, b)) {
        let x = a.folded(i);
        for j in (0..b.tokens().len()).filter(|at| own(b, *at, a)) {
            let y = b.folded(j);
            let same = |(p, q): &(u8, u8)| p == q;
            let front = x.bytes().zip(y.bytes()).take_while(same).count();
            let back = x.bytes().rev().zip(y.bytes().rev()).take_while(same).count();
            let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
            // The first and the last letter are the same, so that "Texas" is not "Texan".
            let rest = long - (front + back).min(short);
            if front > 0 && back > 0 && rest <= 1 + usize::from(short > SPELT) && short + 1 >= long {
                found.push(name(a, b, &(i..i + 1), &(j..j + 1)));
            }
        }
    }
}

/// Whether a sentence has a word of a name.
fn elsewhere(side: &Side, name: &[u32]) -> bool {
    side.unit.terms.iter().any(|t| name.binary_search(&t.number).is_ok())
}

fn title(a: &Side, b: &Side, x: &Range<usize>, y: &Range<usize>, degree: Degree) -> Difference {
    let (x, y) = (a.span(x.start, x.end.max(1) - 1), b.span(y.start, y.end.max(1) - 1));
    apart(DifferenceKind::Title, a, b, x, y, degree)
}

fn name(a: &Side, b: &Side, x: &Range<usize>, y: &Range<usize>) -> Difference {
    let (x, y) = (a.span(x.start, x.end - 1), b.span(y.start, y.end - 1));
    apart(DifferenceKind::Name, a, b, x, y, Degree::Conflict)
}

/// Whether two ranges name an entity in common, or one abbreviates the other.
pub(super) fn same_entity(a: &Side, b: &Side, x: &Range<usize>, y: &Range<usize>) -> bool {
    if shared(&a.keys(x), &b.keys(y)) > 0 {
        return true;
    }
    let initials = |side: &Side, range: &Range<usize>| -> String {
        range
            .clone()
            .filter(|at| side.word(*at).is_some_and(|w| w.content))
            .filter_map(|at| side.folded(at).chars().next())
            .collect()
    };
    let short = |side: &Side, range: &Range<usize>| -> String {
        if range.len() == 1 { side.folded(range.start).to_owned() } else { String::new() }
    };
    let (s, t) = (short(a, x), short(b, y));
    (!s.is_empty() && s == initials(b, y))
        || (!t.is_empty() && t == initials(a, x))
        || (s.len() >= 3 && t.len() >= 3 && (t.starts_with(&s) || s.starts_with(&t)))
}

/// A title or a name in a place where two versions of one sentence part.
pub(super) fn edited(a: &Side, b: &Side, gap: &Gap) -> Option<Difference> {
    let title_in = |side: &Side, range: &Range<usize>| range.clone().any(|at| is_title(side.folded(at)));
    let head_in = |side: &Side, range: &Range<usize>| range.clone().any(|at| is_head(side.folded(at)));
    let before_title = |side: &Side, range: &Range<usize>| is_title(side.folded(range.end));
    let short = gap.a.len().max(gap.b.len()) <= MAX_NAME;
    let one_sided = gap.a.is_empty() || gap.b.is_empty();
    let (x, y) = (title_in(a, &gap.a), title_in(b, &gap.b));
    if short && one_sided && (x || y) && before_title(a, &gap.a) && before_title(b, &gap.b) {
        // "President" or "Vice President": the title is what both have, with what only one has.
        let whole = |side: &Side, range: &Range<usize>| {
            let more = (range.end..).take_while(|at| is_title(side.folded(*at))).count();
            range.start..range.end + more
        };
        return Some(title(a, b, &whole(a, &gap.a), &whole(b, &gap.b), Degree::Conflict));
    }
    if one_sided || !short {
        return None;
    }
    let before = before_title(a, &gap.a) && before_title(b, &gap.b);
    let titles = (x && y && (head_in(a, &gap.a) || head_in(b, &gap.b))) || (before && (x || y));
    if titles {
        return Some(title(a, b, &gap.a, &gap.b, Degree::Conflict));
    }
    let names = |side: &Side, range: &Range<usize>| {
        !range.clone().any(|at| reports(side.folded(at)))
            && range
                .clone()
                .all(|at| side.is_name(at) || side.word(at).is_some_and(|w| !w.content && !w.digit))
            && range.clone().any(|at| side.is_name(at))
    };
    (names(a, &gap.a) && names(b, &gap.b) && !same_entity(a, b, &gap.a, &gap.b))
        .then(|| name(a, b, &gap.a, &gap.b))
}
