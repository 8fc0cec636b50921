//! Comparing: what the comparison shows beside the two texts, worked out from its view.
//!
//! Invariant: pure functions of [`Compare`]; total, whatever indices the view holds. Not here: finding pairs
//! and differences (the engine), drawing (`app/compare/`).

use super::address::{Address, Mode};
use super::layers::{Layer, Mark, Span};
use crate::engine::views::{Compare, DifferenceKind, PairView, Relation, SentenceView, Side};
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

    /// The part of this side's sentence that answers to its counterpart, where it is not the whole.
    pub fn part(self, view: &Compare, pair: u32) -> Option<Span> {
        let found = view.pairs.get(pair as usize)?;
        let (part, sentence) = match self {
            Hand::A => (found.part_a, found.a),
            Hand::B => (found.part_b, found.b),
        };
        let whole = self.side(view).sentences.get(sentence as usize)?.span;
        Some(part).filter(|part| *part != whole)
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

/// The sentences that one side alone has, in the order in which their topics are listed.
pub fn only(view: &Compare, hand: Hand) -> Vec<u32> {
    hand.side(view).topics.iter().flat_map(|topic| topic.sentences.iter().copied()).collect()
}

/// The strongest relation that a sentence is in.
pub fn relation(view: &Compare, sentence: &SentenceView) -> Option<Relation> {
    sentence.pairs.iter().filter_map(|&p| view.pairs.get(p as usize)).map(|p| p.relation).min()
}

/// Score below which it is no more likely than not that a pair corresponds.
const SURE: f64 = 0.5;

/// Whether it is unsure that two passages correspond.
pub fn unsure(pair: &PairView) -> bool {
    pair.score < SURE
}

/// The kind of difference that is shown; none where all are, or where none of the address's kind occurs.
pub fn kind(view: &Compare, address: &Address) -> Option<DifferenceKind> {
    address.kind.filter(|kind| view.differences.iter().any(|d| d.kind == *kind))
}

/// The differences that are stepped through, as indices.
pub fn shown(view: &Compare, address: &Address) -> Vec<u32> {
    let kind = kind(view, address);
    let all = (0..).zip(&view.differences);
    all.filter(|(_, d)| kind.is_none_or(|kind| d.kind == kind)).map(|(i, _)| i).collect()
}

/// Which of the differences that are stepped through is before (going forward) or after (going back) the difference or
/// the pair of the address; nothing where it names neither.
pub fn passed(view: &Compare, address: &Address, forward: bool) -> Option<i64> {
    let place = |d: u32| match (address.hit, address.at) {
        (Some(hit), _) => Some((d, hit)),
        (None, Some(at)) => Some((view.differences.get(d as usize)?.pair, at)),
        (None, None) => None,
    };
    address.hit.or(address.at)?;
    let before = |d: &u32| place(*d).is_some_and(|(d, at)| d < at || forward && d == at);
    let count = shown(view, address).into_iter().filter(before).count() as i64;
    Some(count - i64::from(forward))
}

/// The comparison with the differences of one kind only; indices of differences stay.
pub fn narrowed(view: &Compare, kind: DifferenceKind) -> Compare {
    let mut view = view.clone();
    for pair in &mut view.pairs {
        pair.differences.retain(|d| view.differences.get(*d as usize).is_some_and(|d| d.kind == kind));
        if pair.relation == Relation::Differs && pair.differences.is_empty() {
            pair.relation = Relation::Same;
        }
    }
    view
}

/// Words that only A and only B has in a pair that is one sentence, edited; small edits are not counted.
pub fn edited(view: &Compare, pair: &PairView) -> [u32; 2] {
    let mut words = [0; 2];
    for change in pair.changes.iter().filter(|change| !change.small) {
        for (count, (span, side)) in words.iter_mut().zip([(change.a, &view.a), (change.b, &view.b)]) {
            *count += span.of(&side.text).split_whitespace().count() as u32;
        }
    }
    words
}

/// The words of a pair that only this side has; small edits where they are asked for.
pub fn edits(pair: &PairView, hand: Hand, small: bool) -> impl Iterator<Item = Span> {
    let shown = pair.changes.iter().filter(move |change| small || !change.small);
    shown.map(move |change| if hand == Hand::A { change.a } else { change.b })
}

/// The layers of each block of one side: its sentences, in them the words that differ, and those that an edit changed,
/// also small ones where they are asked for.
pub fn layers(view: &Compare, hand: Hand, small: bool) -> Vec<Vec<Layer>> {
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
            let edits = view.pairs.get(pair as usize).map(|p| edits(p, hand, small));
            layers.extend(edits.into_iter().flatten().map(|span| Layer { span, mark: Mark::Edit(pair) }));
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
    use crate::engine::views::{Change, Degree, DifferenceView, Topic};

    fn view() -> Compare {
        let sentence = |start: usize, pairs: &[u32]| SentenceView {
            span: Span::new(start, start + 4),
            block: 0,
            pairs: pairs.to_vec(),
            only_here: pairs.is_empty(),
        };
        let alone = |sentences: &[SentenceView]| -> Vec<Topic> {
            let all = (0..).zip(sentences).filter(|(_, s)| s.only_here);
            all.map(|(at, _)| Topic { title: vec![], sentences: vec![at] }).collect()
        };
        let side = |sentences: Vec<SentenceView>| Side {
            text: "one two six".to_owned(),
            topics: alone(&sentences),
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
            part_a: Span::default(),
            part_b: Span::default(),
            relation,
            score: 1.0,
            moved: false,
            differences: differences.to_vec(),
            changes: vec![
                Change { a: Span::new(0, 3), b: Span::new(4, 4), small: false },
                Change { a: Span::new(0, 1), b: Span::new(4, 5), small: true },
            ],
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
        // Stepping follows the topics, as they are listed.
        let mut topics = view.clone();
        topics.a.topics.insert(0, Topic { title: vec![], sentences: vec![5, 7] });
        assert_eq!(only(&topics, Hand::A), [5, 7, 1]);
        let marks: Vec<Mark> = layers(&view, Hand::B, false).concat().iter().map(|l| l.mark).collect();
        let edit = |pair| Mark::Edit(pair);
        assert_eq!(marks, [Mark::Passage(0), Mark::Passage(1), Mark::Difference(0), edit(0), edit(1)]);
        let spans: Vec<Span> = edits(&view.pairs[0], Hand::A, true).collect();
        assert_eq!(spans, [Span::new(0, 3), Span::new(0, 1)]);
        assert_eq!(edited(&view, &view.pairs[0]), [1, 0]);
        assert_eq!(kinds(&view), [(DifferenceKind::Status, 1), (DifferenceKind::Date, 1)]);
        assert_eq!(relation(&view, &view.b.sentences[1]), Some(Relation::Differs));
    }

    #[test]
    fn one_kind_is_shown() {
        let view = view();
        let here = Address::compare("a", "b");
        let of = |kind| Address { kind: Some(kind), ..here.clone() };
        assert_eq!(shown(&view, &here), [0, 1]);
        assert_eq!(shown(&view, &of(DifferenceKind::Status)), [1]);
        assert_eq!(
            shown(&view, &of(DifferenceKind::Figure)),
            [0, 1],
            "a kind that does not occur hides nothing"
        );
        // Steps from a difference that is not shown, and from a pair, go to the next that is.
        let status = of(DifferenceKind::Status);
        assert_eq!(
            [true, false].map(|forward| passed(&view, &status.with_hit(0), forward)),
            [Some(-1), Some(0)]
        );
        assert_eq!([true, false].map(|forward| passed(&view, &here.with_at(0), forward)), [Some(0), Some(0)]);
        assert_eq!(passed(&view, &here, true), None);
        let dates = narrowed(&view, DifferenceKind::Date);
        assert_eq!((dates.pairs[0].relation, &dates.pairs[0].differences), (Relation::Differs, &vec![0]));
        let figures = narrowed(&view, DifferenceKind::Status);
        assert_eq!((figures.pairs[0].relation, figures.differences.len()), (Relation::Same, 2));
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
