//! The section of texts: titles and texts of the articles, each of which can be read without the others.
//!
//! ```text
//! articles   number, how many
//! codes      of each article the bytes of its title's codes and of its text's, numbers
//! lexicon    see there
//! …the codes, without gaps, to the end of the section
//! ```
//!
//! Invariant: as many titles as texts. Not here: what the codes stand for (see `lexicon`), paragraphs (see
//! `records`), the texts of older files (see `blocks`).

use super::lexicon::Lexicon;
use super::wire::{Read, Reader, put_len};
use crate::article::Article;

/// The first format whose texts are so.
pub const SINCE: u32 = 3;
/// Bytes that all texts together may come to.
pub const LARGEST: usize = 1 << 29;

/// The section.
pub fn write(articles: &[Article]) -> Vec<u8> {
    let strings: Vec<&str> = articles.iter().flat_map(|a| [a.meta.title.as_str(), a.text.as_str()]).collect();
    let (lexicon, codes) = super::packer::pack(&strings);
    let mut out = Vec::new();
    put_len(&mut out, articles.len());
    codes.iter().for_each(|codes| put_len(&mut out, codes.len()));
    out.extend_from_slice(&lexicon);
    codes.iter().for_each(|codes| out.extend_from_slice(codes));
    out
}

/// Where the texts of a section stand, and how they are read.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    lexicon: Lexicon,
    /// Where the codes of each title and each text end, in turn, from `start` on.
    ends: Vec<u32>,
    start: usize,
}

impl Texts {
    /// Over a section.
    pub fn open(bytes: &[u8]) -> Read<Texts> {
        let mut reader = Reader::new(bytes);
        let count = reader.count()?;
        let mut ends = Vec::with_capacity(count * 2);
        let mut end = 0u32;
        for _ in 0..count * 2 {
            end = end.checked_add(reader.small()?).ok_or("it ends too early")?;
            ends.push(end);
        }
        let lexicon = Lexicon::read(&mut reader)?;
        let start = bytes.len() - reader.left();
        reader.take(end as usize)?;
        reader.end()?;
        Ok(Texts { lexicon, ends, start })
    }

    /// How many articles there are.
    fn len(&self) -> usize {
        self.ends.len() / 2
    }

    /// The title of an article; the section's bytes are given again.
    pub fn title(&self, bytes: &[u8], at: usize) -> Read<String> {
        self.get(bytes, at * 2)
    }

    /// The text of an article.
    pub fn text(&self, bytes: &[u8], at: usize) -> Read<String> {
        self.get(bytes, at * 2 + 1)
    }

    /// All titles and texts.
    pub fn all(&self, bytes: &[u8]) -> Read<Vec<(Option<String>, String)>> {
        let mut all = Vec::with_capacity(self.len());
        let mut total = 0;
        for at in 0..self.len() {
            let (title, text) = (self.title(bytes, at)?, self.text(bytes, at)?);
            total += title.len() + text.len();
            if total > LARGEST {
                return Err("its texts are larger than 512 MB".to_owned());
            }
            all.push((Some(title), text));
        }
        Ok(all)
    }

    fn get(&self, bytes: &[u8], at: usize) -> Read<String> {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let place = |at: u32| self.start + at as usize;
        let codes =
            start.zip(self.ends.get(at)).and_then(|(start, &end)| bytes.get(place(start)..place(end)));
        self.lexicon.text(codes.ok_or("a text in it is missing")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Meta;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_come_back(texts: Vec<(String, String)>) {
            let article = |(title, text): &(String, String)| {
                let meta = Meta { title: title.clone(), ..Meta::default() };
                Article { slug: String::new(), meta, text: text.clone(), blocks: Vec::new() }
            };
            let bytes = write(&texts.iter().map(article).collect::<Vec<_>>());
            let read = Texts::open(&bytes).unwrap();
            prop_assert_eq!(read.len(), texts.len());
            for (at, (title, text)) in texts.iter().enumerate().rev() {
                prop_assert_eq!(&read.title(&bytes, at).unwrap(), title);
                prop_assert_eq!(&read.text(&bytes, at).unwrap(), text);
            }
            prop_assert!(read.title(&bytes, texts.len()).is_err());
        }

        #[test]
        fn any_bytes_are_answered(bytes: Vec<u8>) {
            if let Ok(texts) = Texts::open(&bytes) {
                (0..texts.len().min(99)).for_each(|at| drop(texts.text(&bytes, at)));
            }
        }
    }
}
