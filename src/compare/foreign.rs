//! Sentences in two languages: paired by what a translation leaves as it is – figures, the numbers of dates, names.
//!
//! Each shared figure, name or word counts by how few sentences have it; a pair stands where it is the best of both its
//! sentences. Invariant: the same for (a, b) and (b, a); work grows with the sentences, since what more than
//! [`MAX_SENTENCES`] of a side have is not looked at. Not here: what differs in such a pair: nothing is claimed of it.

use super::align::{Link, identical};
use super::unit::{NO_KEY, Unit, Vocabulary};
use crate::text::sort::sort;

/// Sentences of a side that may share an anchor before it says nothing.
const MAX_SENTENCES: usize = 24;
/// How fast shared anchors become certainty: one that only these two sentences have gives about .6.
const RATE: f64 = 1.2;
/// What an anchor counts for by its kind: a name that both write in their own way, a word that both have, a figure of
/// one digit, any other figure.
const WORTH: [f64; 4] = [0.8, 0.6, 0.5, 1.0];

/// What a translation leaves as it is: its kind, as an index into [`WORTH`], and its number.
type Anchor = (u8, u32);

/// The anchors of a side, each with its sentence, in order.
fn anchors(units: &[Unit], free: &[u32], vocabulary: &Vocabulary) -> Vec<(Anchor, u32)> {
    let mut all = Vec::new();
    for &at in free {
        let Some(unit) = units.get(at as usize) else { continue };
        all.extend(unit.keys.iter().map(|key| ((0, *key), at)));
        for token in unit.tokens.iter().filter(|token| token.key == NO_KEY) {
            let word = vocabulary.word(token.word);
            let kind = match (word.digit, word.folded.len()) {
                (true, 1) => 2,
                (true, _) => 3,
                (false, 4..) if word.content => 1,
                _ => continue,
            };
            all.push(((kind, word.term), at));
        }
    }
    sort(&mut all);
    all.dedup();
    all
}

/// The links between two lists of units in two languages, by A's order, then B's.
pub(super) fn links(a: &[Unit], b: &[Unit], vocabulary: &Vocabulary) -> Vec<Link> {
    let mut found = Vec::new();
    let (free_a, free_b) = identical(a, b, &mut found);
    let (left, right) = (anchors(a, &free_a, vocabulary), anchors(b, &free_b, vocabulary));
    let total = (free_a.len() + free_b.len()) as f64;
    let mut shared: Vec<(u32, u32, Anchor)> = Vec::new();
    let mut weights: Vec<f64> = Vec::new();
    let mut at = 0;
    for group in left.chunk_by(|x, y| x.0 == y.0) {
        let anchor = group[0].0;
        at += right.get(at..).unwrap_or(&[]).partition_point(|(other, _)| *other < anchor);
        let rest = right.get(at..).unwrap_or(&[]);
        let others = rest.get(..rest.partition_point(|(other, _)| *other == anchor)).unwrap_or(&[]);
        if others.is_empty() || group.len().max(others.len()) > MAX_SENTENCES {
            continue;
        }
        // How rare it is, 0 to 1 (idf over the sentences of both).
        let count = (group.len() + others.len()) as f64;
        let rarity = libm::log(1.0 + total / count) / libm::log(1.0 + total / 2.0);
        let number = weights.len() as u32;
        weights.push(rarity * WORTH[anchor.0 as usize]);
        shared
            .extend(group.iter().flat_map(|(_, i)| others.iter().map(|(_, j)| (*i, *j, (anchor.0, number)))));
    }
    sort(&mut shared);
    let mut scored: Vec<(u32, u32, f64)> = Vec::new();
    for pair in shared.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        let weight: f64 = pair.iter().filter_map(|(.., (_, number))| weights.get(*number as usize)).sum();
        scored.push((pair[0].0, pair[0].1, 1.0 - libm::exp(-RATE * weight)));
    }
    let (best_a, best_b) = super::best(scored.iter().copied(), a.len(), b.len());
    scored.retain(|(i, j, score)| *score >= best_a[*i as usize] && *score >= best_b[*j as usize]);
    let link = |(a, b, score)| Link { a, b, score, likeness: 0.0 };
    found.extend(scored.into_iter().map(link));
    crate::text::sort::sort_by_key(&mut found, |link| (link.a, link.b));
    found
}

#[cfg(test)]
mod tests {
    use crate::compare::tests::article;
    use crate::compare::{Comparison, Outcome, compare};
    use crate::text::common::Common;

    const ENGLISH: &str = "The ministry said that talks were held in Muscat on 12 April 2025.\n\
        Both sides spoke in a constructive atmosphere, and the minister met Steve Witkoff at the end.\n\
        According to the agency the country has 274.8 kilograms of uranium enriched to 60 percent.\n\
        A second round will take place on 19 April 2025.\n\
        Nobody has said who will lead it.";
    const PERSIAN: &str = "وزارت خارجه اعلام کرد که گفت‌وگوها روز ۱۲ آوریل ۲۰۲۵ در مسقط برگزار شد.\n\
        به گفته آژانس، این کشور ۲۷۴٫۸ کیلوگرم اورانیوم با غنای ۶۰ درصد دارد.\n\
        دو طرف در فضایی سازنده مذاکره کردند و وزیر با Steve Witkoff دیدار کوتاهی داشت.\n\
        دور دوم روز ۱۹ آوریل ۲۰۲۵ برگزار می‌شود.";

    fn compared(a: (&str, &str), b: (&str, &str)) -> Comparison {
        let [a, b] = [a, b].map(|(language, text)| {
            let mut article = article(text);
            article.meta.language = Some(language.to_owned());
            article
        });
        compare(&a, &b, &[], &[], Common::all())
    }

    fn pairs(comparison: &Comparison) -> Vec<(u32, u32)> {
        comparison.pairs.iter().map(|pair| (pair.a, pair.b)).collect()
    }

    #[test]
    fn figures_dates_and_names_pair_across_scripts() {
        let found = compared(("en", ENGLISH), ("fa", PERSIAN));
        assert_eq!(found.outcome, Outcome::TwoLanguages);
        assert_eq!(pairs(&found), [(0, 0), (1, 2), (2, 1), (3, 3)]);
        assert!(found.pairs.iter().all(|pair| pair.differences.is_empty()));
        assert_eq!(found.only_a, [4]);
        let mirrored = compared(("fa", PERSIAN), ("en-GB", ENGLISH));
        assert_eq!(pairs(&mirrored), [(0, 0), (1, 2), (2, 1), (3, 3)]);
    }

    #[test]
    fn nothing_is_forced_where_nothing_is_shared() {
        let found =
            compared(("en", ENGLISH), ("fa", "امروز هوا آفتابی است.\nبازار شلوغ بود.\nهیچ خبری نیست."));
        assert_eq!((found.outcome, found.pairs.len()), (Outcome::LittleInCommon, 0));
    }

    #[test]
    fn the_same_language_in_two_countries_is_one() {
        let found = compared(("en-GB", ENGLISH), ("en_US", "The weather was fine.\nNothing happened."));
        assert_eq!(found.outcome, Outcome::LittleInCommon);
        assert_eq!(compared(("en-GB", ENGLISH), ("en-US", ENGLISH)).outcome, Outcome::Identical);
    }
}
