//! The sentences: with which word of an article each of its sentences begins.
//!
//! Articles are cut into groups of [`GROUP`]: `where each group starts (u32)`, the groups. A group is bits: per article
//! the sentences as a Rice code, then the distance of each start from the one before, less one.
//!
//! Invariant: reading is total; damaged bytes give fewer sentences. Not here: where a sentence begins in the text
//! (see `words`).

use super::bits::{Bits, Writer};
use super::bytes::{put_u32, u32_at};

/// Articles that are read to get to the last of a group.
const GROUP: usize = 32;
/// The Rice parameters: a text of ten sentences, a sentence of some twenty words.
const SENTENCES: u32 = 3;
const WORDS: u32 = 4;

/// The section, from the ascending starts of each article.
pub fn write(articles: &[Vec<u32>]) -> Vec<u8> {
    let (mut directory, mut groups) = (Vec::new(), Vec::new());
    for group in articles.chunks(GROUP) {
        put_u32(&mut directory, groups.len() as u32);
        let mut bits = Writer::new(&mut groups);
        for starts in group {
            bits.rice(starts.len() as u32, SENTENCES);
            let mut next = 0;
            for &start in starts {
                bits.rice(start - next, WORDS);
                next = start + 1;
            }
        }
        bits.finish();
    }
    directory.extend_from_slice(&groups);
    directory
}

/// The starts of an article of a section about so many.
pub fn read(section: &[u8], articles: u32, article: u32) -> Vec<u32> {
    let mut starts = Vec::new();
    if article < articles {
        read_into(section, articles as usize, article as usize, &mut starts);
    }
    starts
}

fn read_into(section: &[u8], articles: usize, article: usize, starts: &mut Vec<u32>) -> Option<()> {
    let groups = section.get(articles.div_ceil(GROUP) * 4..)?;
    let start = u32_at(section, article / GROUP * 4)? as usize;
    let mut bits = Bits::new(groups.get(start..)?);
    for at in 0..=article % GROUP {
        let mut next = 0u32;
        for _ in 0..bits.rice(SENTENCES)? {
            let start = next.checked_add(bits.rice(WORDS)?)?;
            next = start.checked_add(1)?;
            if at == article % GROUP {
                starts.push(start);
            }
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
        fn what_is_written_is_read(articles in prop::collection::vec(prop::collection::btree_set(0u32..900, 0..20), 0..80)) {
            let articles: Vec<Vec<u32>> = articles.into_iter().map(|set| set.into_iter().collect()).collect();
            let section = write(&articles);
            for (at, starts) in (0..).zip(&articles) {
                prop_assert_eq!(&read(&section, articles.len() as u32, at), starts);
            }
        }

        #[test]
        fn any_bytes_can_be_read(section in prop::collection::vec(any::<u8>(), 0..60), article in 0u32..50) {
            prop_assert!(read(&section, 40, article).is_sorted_by(|a, b| a < b));
        }
    }
}
