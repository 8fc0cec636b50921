//! The sentences: with which word of an article each of its sentences begins.
//!
//! Articles are cut into groups of [`GROUP`]: `where each group starts (u32)`, the groups. A group is bits: per article
//! the sentences as a Rice code, then where all but the first begin, as ascending numbers of the text's length (see `bits`).
//!
//! Invariant: the first sentence begins with the first word; reading is total, damaged bytes give fewer sentences. Not here:
//! where a sentence begins in the text (see `words`).

use super::bits::{Bits, Writer};
use super::bytes::{put_u32, u32_at};

/// Articles that are read to get to the last of a group.
const GROUP: usize = 32;
/// Words of a short sentence.
const WORDS: u32 = 16;

/// The Rice parameter of how many sentences a text of such a length has.
fn sentences(length: u32) -> u32 {
    (length / WORDS).max(1).ilog2()
}

/// The section, from the ascending starts of each article and the length of its text.
pub fn write<'a>(articles: impl Iterator<Item = (&'a [u32], u32)>) -> Vec<u8> {
    let (mut directory, mut groups) = (Vec::new(), Vec::new());
    let mut articles = articles.peekable();
    while articles.peek().is_some() {
        put_u32(&mut directory, groups.len() as u32);
        let mut bits = Writer::new(&mut groups);
        for (starts, length) in articles.by_ref().take(GROUP) {
            bits.rice(starts.len() as u32, sentences(length));
            bits.ascending(starts.get(1..).unwrap_or_default(), 1, length);
        }
        bits.finish();
    }
    directory.extend_from_slice(&groups);
    directory
}

/// The starts of an article of a section about so many, of such lengths.
pub fn read(section: &[u8], articles: u32, article: u32, length: impl Fn(u32) -> u32) -> Vec<u32> {
    let mut starts = Vec::new();
    if article < articles && read_into(section, articles, article, length, &mut starts).is_none() {
        starts.clear();
    }
    starts
}

fn read_into(
    section: &[u8],
    articles: u32,
    article: u32,
    length: impl Fn(u32) -> u32,
    starts: &mut Vec<u32>,
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
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(articles in prop::collection::vec((prop::collection::btree_set(0u32..900, 0..20), 0u32..9), 0..80)) {
            let articles: Vec<(Vec<u32>, u32)> = articles
                .into_iter()
                .map(|(mut starts, more)| {
                    if !starts.is_empty() {
                        starts.insert(0);
                    }
                    let length = starts.last().map_or(0, |last| last + 1) + more;
                    (starts.into_iter().collect(), length)
                })
                .collect();
            let section = write(articles.iter().map(|(starts, length)| (&starts[..], *length)));
            for (at, (starts, _)) in (0..).zip(&articles) {
                let length = |at: u32| articles[at as usize].1;
                prop_assert_eq!(&read(&section, articles.len() as u32, at, length), starts);
            }
        }

        #[test]
        fn any_bytes_can_be_read(section in prop::collection::vec(any::<u8>(), 0..60), article in 0u32..50) {
            prop_assert!(read(&section, 40, article, |at| at * 9).is_sorted_by(|a, b| a < b));
        }
    }
}
