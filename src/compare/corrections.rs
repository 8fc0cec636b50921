//! Corrections of pairs: what a reader says of two passages, laid over what was found.
//!
//! Invariant: pure and total; what is said of a passage holds for the sentence that covers most of it, so it holds
//! for what a better aligner finds; the order of pairs and of lists stays that of a comparison; nothing said gives
//! back the comparison as it was. Not here: the records and their file (`entities::corrections`).

use super::{Comparison, DifferenceKind, Pair, PairRelation, Sentence};
use crate::text::Span;
use crate::text::sort::{sort, sort_by_key};

/// What a reader says of a passage of A and one of B.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// The passage of A, in bytes of its text.
    pub a: Span,
    /// The passage of B.
    pub b: Span,
    /// What.
    pub what: Saying,
}

/// What can be said of two passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saying {
    /// They state the same.
    Linked,
    /// They do not correspond.
    Apart,
    /// What was found to differ in this way does not.
    Agree(DifferenceKind),
}

/// The comparison as corrected, one thing said after the other.
pub fn corrected(mut found: Comparison, said: &[Said]) -> Comparison {
    for said in said {
        let (Some(a), Some(b)) = (sentence(&found.a, said.a), sentence(&found.b, said.b)) else { continue };
        let place = found.pairs.iter().position(|pair| (pair.a, pair.b) == (a, b));
        match (said.what, place) {
            (Saying::Linked, Some(at)) => {
                if let Some(pair) = found.pairs.get_mut(at) {
                    (pair.relation, pair.score) = (PairRelation::Same, 1.0);
                }
            }
            (Saying::Linked, None) => {
                let differences = Vec::new();
                let relation = PairRelation::Same;
                let whole = |list: &[Sentence], at| list.get(at as usize).map_or(Span::default(), |s| s.span);
                found.pairs.push(Pair {
                    a,
                    b,
                    part_a: whole(&found.a, a),
                    part_b: whole(&found.b, b),
                    relation,
                    score: 1.0,
                    moved: false,
                    differences,
                    changes: Vec::new(),
                });
                sort_by_key(&mut found.pairs, |pair| (pair.a, pair.b));
                found.only_a.retain(|only| *only != a);
                found.only_b.retain(|only| *only != b);
            }
            (Saying::Apart, Some(at)) => {
                found.pairs.remove(at);
                let left = |side: fn(&Pair) -> u32, at: u32| found.pairs.iter().all(|pair| side(pair) != at);
                let (left_a, left_b) = (left(|p| p.a, a), left(|p| p.b, b));
                for (left, only, sentences, at) in
                    [(left_a, &mut found.only_a, &found.a, a), (left_b, &mut found.only_b, &found.b, b)]
                {
                    if left && sentences.get(at as usize).is_some_and(|s| !s.heading) {
                        only.push(at);
                        sort(only);
                    }
                }
            }
            (Saying::Agree(kind), Some(at)) => {
                if let Some(pair) = found.pairs.get_mut(at) {
                    pair.differences.retain(|difference| difference.kind != kind);
                }
            }
            (Saying::Apart | Saying::Agree(_), None) => {}
        }
    }
    found
}

/// The sentence that covers most of a passage.
pub fn sentence(sentences: &[Sentence], passage: Span) -> Option<u32> {
    let shared = |s: &Sentence| s.span.end.min(passage.end).saturating_sub(s.span.start.max(passage.start));
    let most = sentences.iter().map(shared).max().filter(|most| *most > 0)?;
    sentences.iter().position(|s| shared(s) == most).map(|at| at as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::compare::tests::article;
    use crate::text::common::Common;

    const A: &str = "The storm killed 12 people in Lyon on Monday. Schools in town stay closed. Figs are cheap this year.";
    const B: &str = "The storm killed 14 people in Lyon on Monday. Pupils remain at home.";

    fn found() -> Comparison {
        compare(&article(A), &article(B), &[], &[], Common::all())
    }

    fn at(text: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    }

    /// Pairs with the number of their differences, and what only one has.
    #[track_caller]
    fn check(said: &[(&str, &str, Saying)], pairs: &[(u32, u32, usize)], only: (&[u32], &[u32])) {
        let said: Vec<Said> =
            said.iter().map(|(a, b, what)| Said { a: at(A, a), b: at(B, b), what: *what }).collect();
        let got = corrected(found(), &said);
        let shown: Vec<_> = got.pairs.iter().map(|p| (p.a, p.b, p.differences.len())).collect();
        assert_eq!((shown.as_slice(), (&got.only_a[..], &got.only_b[..])), (pairs, only));
    }

    #[test]
    fn what_is_said_holds() {
        let figure = Saying::Agree(DifferenceKind::Figure);
        check(&[], &[(0, 0, 1)], (&[1, 2], &[1]));
        check(&[("Schools in town", "Pupils remain", Saying::Linked)], &[(0, 0, 1), (1, 1, 0)], (&[2], &[]));
        check(&[("The storm", "The storm", Saying::Apart)], &[], (&[0, 1, 2], &[0, 1]));
        check(&[("The storm killed", "The storm killed", figure)], &[(0, 0, 0)], (&[1, 2], &[1]));
        // The last word counts.
        let both = [("Schools", "Pupils", Saying::Linked), ("Schools", "Pupils", Saying::Apart)];
        check(&both, &[(0, 0, 1)], (&[1, 2], &[1]));
        check(
            &[("Figs", "Pupils", Saying::Apart), ("Figs", "Pupils", figure)],
            &[(0, 0, 1)],
            (&[1, 2], &[1]),
        );
    }

    #[test]
    fn passages_outside_of_the_texts_say_nothing() {
        let said = Said { a: Span::new(9_000, 9_001), b: Span::default(), what: Saying::Apart };
        assert_eq!(corrected(found(), &[said]), found());
    }
}
