//! The sentences: with which word of an article each of its sentences begins, and which of them are headings.
//!
//! Articles are cut into groups of [`GROUP`]: `where each group starts (u32)`, the groups. A group is bits: per article
//! the sentences as a Rice code, then where all but the first begin, as ascending numbers of the text's length (see `bits`),
//! then, where any article of the segment has a heading, which of them are headings.
//!
//! Invariant: the first sentence begins with the first word; reading is total, damaged bytes give fewer sentences. Not here:
//! where a sentence begins in the text (see `words`).

use super::bits::{Bits, Writer};
use super::bytes::{put_u32, u32_at};

/// Articles that are read to get to the last of a group.
const GROUP: usize = 32;
/// Words of a short sentence.
const WORDS: u32 = 16;

/// Those of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentences {
    /// The number of the first word of each, ascending.
    pub starts: Vec<u32>,
    /// Which of them are headings, ascending.
    pub headings: Vec<u32>,
}

impl Sentences {
    /// How many begin up to this word.
    pub fn up_to(&self, position: u32) -> u32 {
        self.starts.partition_point(|&start| start <= position) as u32
    }

    /// Whether this word is in a heading.
    pub fn in_heading(&self, position: u32) -> bool {
        self.headings.binary_search(&self.up_to(position).wrapping_sub(1)).is_ok()
    }
}

/// The Rice parameter of how many sentences a text of such a length has.
fn sentences(length: u32) -> u32 {
    (length / WORDS).max(1).ilog2()
}

/// The section, from the sentences of each article and the length of its text; with the headings, or where none has any.
pub fn write<'a>(articles: impl Iterator<Item = (&'a Sentences, u32)>, headings: bool) -> Vec<u8> {
    let (mut directory, mut groups) = (Vec::new(), Vec::new());
    let mut articles = articles.peekable();
    while articles.peek().is_some() {
        put_u32(&mut directory, groups.len() as u32);
        let mut bits = Writer::new(&mut groups);
        for (these, length) in articles.by_ref().take(GROUP) {
            let count = these.starts.len() as u32;
            bits.rice(count, sentences(length));
            bits.ascending(these.starts.get(1..).unwrap_or_default(), 1, length);
            if headings {
                bits.some(&these.headings, count);
            }
        }
        bits.finish();
    }
    directory.extend_from_slice(&groups);
    directory
}

/// Those of an article of a section about so many, of such lengths, with headings or without.
pub fn read(
    section: &[u8],
    articles: u32,
    article: u32,
    length: impl Fn(u32) -> u32,
    headings: bool,
) -> Sentences {
    let mut these = Sentences::default();
    if article < articles && read_into(section, articles, article, length, headings, &mut these).is_none() {
        these = Sentences::default();
    }
    these
}

fn read_into(
    section: &[u8],
    articles: u32,
    article: u32,
    length: impl Fn(u32) -> u32,
    headings: bool,
    Sentences { starts, headings: which }: &mut Sentences,
) -> Option<()> {
    let first = article / GROUP as u32;
    let groups = section.get((articles as usize).div_ceil(GROUP) * 4..)?;
    let start = u32_at(section, first as usize * 4)? as usize;
    let mut bits = Bits::new(groups.get(start..)?);
    for at in first * GROUP as u32..=article {
        let length = length(at);
        let count = bits.rice(sentences(length))?;
        if count > length {
            return None;
        }
        starts.clear();
        starts.resize(count as usize, 0);
        if let Some((_, others)) = starts.split_first_mut() {
            bits.ascending(others, 1, length)?;
        }
        if headings {
            which.resize(count as usize, 0);
            let many = bits.some(which, count)?.len();
            which.truncate(many);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            articles in prop::collection::vec((prop::collection::btree_set(0u32..900, 0..20), any::<u32>(), 0u32..9), 0..80),
            headings: bool,
        ) {
            let articles: Vec<(Sentences, u32)> = articles
                .into_iter()
                .map(|(mut starts, which, more)| {
                    if !starts.is_empty() {
                        starts.insert(0);
                    }
                    let length = starts.last().map_or(0, |last| last + 1) + more;
                    let which = (0..starts.len() as u32).filter(|at| headings && which >> at & 1 > 0);
                    (Sentences { headings: which.collect(), starts: starts.into_iter().collect() }, length)
                })
                .collect();
            let section = write(articles.iter().map(|(these, length)| (these, *length)), headings);
            for (at, (these, _)) in (0..).zip(&articles) {
                let length = |at: u32| articles[at as usize].1;
                prop_assert_eq!(&read(&section, articles.len() as u32, at, length, headings), these);
            }
        }

        #[test]
        fn any_bytes_can_be_read(section in prop::collection::vec(any::<u8>(), 0..60), article in 0u32..50, headings: bool) {
            let these = read(&section, 40, article, |at| at * 9, headings);
            prop_assert!(these.starts.is_sorted_by(|a, b| a < b));
            prop_assert!(these.headings.iter().all(|&at| (at as usize) < these.starts.len()));
        }
    }

    #[test]
    fn a_word_is_in_a_heading_if_its_sentence_is_one() {
        let these = Sentences { starts: vec![0, 4, 6], headings: vec![1] };
        assert_eq!((0..8).filter(|&at| these.in_heading(at)).collect::<Vec<_>>(), [4, 5]);
        assert!(!Sentences::default().in_heading(0));
    }
}
