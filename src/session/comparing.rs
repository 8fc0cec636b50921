//! Comparing: what the comparison shows beside the two texts, worked out from its view.
//!
//! Invariant: pure functions of [`Compare`]; total, whatever indices the view holds. Not here: finding pairs
//! and differences (the engine), drawing (`app/compare/`).

use super::address::{Address, Mode};
use super::layers::{Layer, Mark, Span};
use crate::engine::views::{Compare, DifferenceKind, Relation, SentenceView, Side};
use crate::engine::{Correction, Place, Say};
use crate::text::sort::sort;

/// Left or right of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Left.
    A,
    /// Right.
    B,
}

impl Hand {
    /// The other one.
    pub fn other(self) -> Hand {
        match self {
            Hand::A => Hand::B,
            Hand::B => Hand::A,
        }
    }

    /// Its side.
    pub fn side(self, view: &Compare) -> &Side {
        match self {
            Hand::A => &view.a,
            Hand::B => &view.b,
        }
    }

    /// The sentence of a pair on this side.
    pub fn sentence(self, view: &Compare, pair: u32) -> Option<&SentenceView> {
        self.side(view).sentences.get(self.index(view, pair)? as usize)
    }

    /// The index of a pair's sentence on this side.
    pub fn index(self, view: &Compare, pair: u32) -> Option<u32> {
        let pair = view.pairs.get(pair as usize)?;
        Some(match self {
            Hand::A => pair.a,
            Hand::B => pair.b,
        })
    }

    /// The words of a difference on this side.
    pub fn words(self, view: &Compare, difference: u32) -> Option<Span> {
        let difference = view.differences.get(difference as usize)?;
        Some(match self {
            Hand::A => difference.a,
            Hand::B => difference.b,
        })
    }
}

/// The difference in hand: the one that the address names, or the first of the pair it names.
pub fn difference(view: &Compare, address: &Address) -> Option<u32> {
    if !matches!(address.mode, Mode::Plain | Mode::Differences) {
        return None;
    }
    match (address.hit, address.at) {
        (Some(hit), _) => Some(hit).filter(|&hit| (hit as usize) < view.differences.len()),
        (None, Some(at)) => view.pairs.get(at as usize)?.differences.first().copied(),
        (None, None) => None,
    }
}

/// The pair in hand: that of the difference, or the one that the address names.
pub fn pair(view: &Compare, address: &Address) -> Option<u32> {
    let of_difference = address.hit.and_then(|hit| view.differences.get(hit as usize)).map(|d| d.pair);
    of_difference.or(address.at).filter(|&pair| (pair as usize) < view.pairs.len())
}

/// The sentences that one side alone has, in order.
pub fn only(view: &Compare, hand: Hand) -> Vec<u32> {
    let sentences = hand.side(view).sentences.iter().enumerate();
    sentences.filter(|(_, s)| s.only_here).map(|(i, _)| i as u32).collect()
}

/// The strongest relation that a sentence is in.
pub fn relation(view: &Compare, sentence: &SentenceView) -> Option<Relation> {
    sentence.pairs.iter().filter_map(|&p| view.pairs.get(p as usize)).map(|p| p.relation).min()
}

/// The layers of each block of one side: its sentences, and in them the words that differ.
pub fn layers(view: &Compare, hand: Hand) -> Vec<Vec<Layer>> {
    let side = hand.side(view);
    let mut out: Vec<Vec<Layer>> = vec![Vec::new(); side.blocks.len()];
    for (i, sentence) in side.sentences.iter().enumerate() {
        let Some(layers) = out.get_mut(sentence.block as usize) else { continue };
        if !sentence.pairs.is_empty() || sentence.only_here {
            layers.push(Layer { span: sentence.span, mark: Mark::Passage(i as u32) });
        }
        for &pair in &sentence.pairs {
            let differences = view.pairs.get(pair as usize).map_or(&[][..], |p| &p.differences);
            for &d in differences {
                if let Some(span) = hand.words(view, d).filter(|&s| sentence.span.contains(s)) {
                    layers.push(Layer { span, mark: Mark::Difference(d) });
                }
            }
        }
    }
    out
}

/// A sentence as a place that stays.
pub fn place(view: &Compare, hand: Hand, sentence: u32) -> Option<Place> {
    let side = hand.side(view);
    let span = side.sentences.get(sentence as usize)?.span;
    let quote = Some(span.of(&side.text).to_owned()).filter(|quote| !quote.trim().is_empty())?;
    let start = side.text.get(..span.start as usize)?.chars().count() as u32;
    Some(Place { article: side.article.slug.clone(), start, quote })
}

/// What is said of a sentence of A and one of B, to be made a correction.
pub fn correction(view: &Compare, a: u32, b: u32, say: Say) -> Option<Correction> {
    Some(Correction::Pair { a: place(view, Hand::A, a)?, b: place(view, Hand::B, b)?, say })
}

/// How many differences there are of each kind that occurs, in the order of the kinds.
pub fn kinds(view: &Compare) -> Vec<(DifferenceKind, u32)> {
    let mut kinds: Vec<DifferenceKind> = view.differences.iter().map(|d| d.kind).collect();
    sort(&mut kinds);
    let mut out: Vec<(DifferenceKind, u32)> = Vec::new();
    for kind in kinds {
        match out.last_mut() {
            Some((last, n)) if *last == kind => *n += 1,
            _ => out.push((kind, 1)),
        }
    }
    out
}

/// Pairs that have at least one difference.
pub fn differing(view: &Compare) -> u32 {
    view.pairs.iter().filter(|p| !p.differences.is_empty()).count() as u32
}

/// `words`, cut to about `most` characters at a space, and whether they were cut.
pub fn gist(words: &str, most: usize) -> (&str, bool) {
    match words.char_indices().nth(most) {
        None => (words, false),
        Some((at, _)) => {
            let head = &words[..at];
            (head.rfind(char::is_whitespace).map_or(head, |space| head[..space].trim_end()), true)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::views::{Degree, DifferenceView, PairView};

    fn view() -> Compare {
        let sentence = |start: usize, pairs: &[u32]| SentenceView {
            span: Span::new(start, start + 4),
            block: 0,
            pairs: pairs.to_vec(),
            only_here: pairs.is_empty(),
        };
        let side = |sentences| Side {
            text: "one two six".to_owned(),
            blocks: vec![crate::engine::views::BlockView {
                kind: crate::article::BlockKind::Paragraph,
                span: Span::new(0, 11),
                sentences: vec![],
                number: Some(1),
                rtl: false,
            }],
            sentences,
            ..Default::default()
        };
        let pair = |a, b, relation, differences: &[u32]| PairView {
            a,
            b,
            relation,
            score: 1.0,
            moved: false,
            differences: differences.to_vec(),
            changes: vec![],
        };
        let differs = |pair, kind, a, b| DifferenceView {
            pair,
            kind,
            degree: Degree::Conflict,
            note: String::new(),
            a,
            b,
        };
        Compare {
            a: side(vec![sentence(0, &[0]), sentence(4, &[])]),
            b: side(vec![sentence(0, &[]), sentence(4, &[0, 1])]),
            pairs: vec![pair(0, 1, Relation::Differs, &[0]), pair(9, 1, Relation::Related, &[7])],
            differences: vec![
                differs(0, DifferenceKind::Date, Span::new(0, 3), Span::new(4, 7)),
                differs(9, DifferenceKind::Status, Span::new(0, 3), Span::new(0, 3)),
            ],
            ..Default::default()
        }
    }

    #[test]
    fn what_is_in_hand() {
        let view = view();
        let here = Address::compare("a", "b");
        for (address, expected) in [
            (here.clone(), (None, None)),
            (here.with_hit(0), (Some(0), Some(0))),
            (here.with_hit(1), (Some(1), None)),
            (here.with_hit(5), (None, None)),
            (here.with_at(0), (Some(0), Some(0))),
            (here.with_at(1), (Some(7), Some(1))),
            (here.with_at(5), (None, None)),
            (here.with_mode(Mode::OnlyA).with_hit(0), (None, Some(0))),
        ] {
            assert_eq!((difference(&view, &address), pair(&view, &address)), expected, "{address}");
        }
    }

    #[test]
    fn sides() {
        let view = view();
        assert_eq!((only(&view, Hand::A), only(&view, Hand::B)), (vec![1], vec![0]));
        let marks: Vec<Mark> = layers(&view, Hand::B).concat().iter().map(|l| l.mark).collect();
        assert_eq!(marks, [Mark::Passage(0), Mark::Passage(1), Mark::Difference(0)]);
        assert_eq!(kinds(&view), [(DifferenceKind::Status, 1), (DifferenceKind::Date, 1)]);
        assert_eq!(relation(&view, &view.b.sentences[1]), Some(Relation::Differs));
    }

    #[test]
    fn places_stay() {
        let view = view();
        let at = |hand, sentence| place(&view, hand, sentence).map(|place| (place.start, place.quote));
        assert_eq!(at(Hand::A, 1), Some((4, "two ".to_owned())));
        assert_eq!(at(Hand::B, 9), None);
        assert!(
            correction(&view, 0, 1, Say::Unlink).is_some() && correction(&view, 0, 7, Say::Link).is_none()
        );
    }

    #[test]
    fn gists() {
        for (words, most, expected) in [
            ("may occur", 20, ("may occur", false)),
            ("may occur if talks", 12, ("may occur", true)),
            ("unbroken", 3, ("unb", true)),
            ("", 3, ("", false)),
        ] {
            assert_eq!(gist(words, most), expected);
        }
    }
}
