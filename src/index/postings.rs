//! Postings: in which articles a term stands, how often in the title and in the text, and at which words.
//!
//! Written per term as varints: `bytes of the list`, the list, the positions. The list has one item an article,
//! ascending: `articles since the last one`, `times in the text × 2 + 1 if in the title`, `times in the title` if
//! so, `bytes of its positions`. Positions are word numbers, each as the distance from the one before, title
//! first; title and text count on their own.
//!
//! Invariant: a reader gives articles strictly ascending and below the corpus's count, or stops. Not here: which
//! term it is (see `dictionary`), scores.

use super::bytes::{Cursor, put_varint};

/// One term while the index is built.
#[derive(Default)]
pub struct Writer {
    articles: u32,
    last: Option<u32>,
    list: Vec<u8>,
    positions: Vec<u8>,
}

impl Writer {
    /// Appends an article, which must be greater than the one before, with its ascending positions.
    pub fn push(&mut self, article: u32, title: &[u32], text: &[u32]) {
        let delta = self.last.map_or(article, |last| article - last - 1);
        self.last = Some(article);
        self.articles += 1;
        put_varint(&mut self.list, delta);
        put_varint(&mut self.list, (text.len() as u32) << 1 | u32::from(!title.is_empty()));
        if !title.is_empty() {
            put_varint(&mut self.list, title.len() as u32);
        }
        let start = self.positions.len();
        for field in [title, text] {
            let mut last = 0;
            for &position in field {
                put_varint(&mut self.positions, position - last);
                last = position;
            }
        }
        put_varint(&mut self.list, (self.positions.len() - start) as u32);
    }

    /// Articles so far.
    pub fn articles(&self) -> u32 {
        self.articles
    }

    /// Appends the whole to `out`; gives its length in bytes.
    pub fn write(&self, out: &mut Vec<u8>) -> u32 {
        let start = out.len();
        put_varint(out, self.list.len() as u32);
        out.extend_from_slice(&self.list);
        out.extend_from_slice(&self.positions);
        (out.len() - start) as u32
    }
}

/// A term in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Which article, from 0 in corpus order.
    pub article: u32,
    /// Times in the title.
    pub title: u32,
    /// Times in the text.
    pub text: u32,
    /// Where its positions start, for [`positions`].
    at: u32,
}

/// The postings in `data`, for a corpus of `articles`.
pub fn read(data: &[u8], articles: u32) -> Vec<Posting> {
    let mut found = Vec::new();
    read_into(data, articles, &mut found);
    found
}

fn read_into(data: &[u8], articles: u32, found: &mut Vec<Posting>) -> Option<()> {
    let mut head = Cursor::new(data);
    let length = head.varint()? as usize;
    let mut list = Cursor::new(head.take(length)?);
    let mut at = head.position() as u32;
    let mut next = 0u32;
    while list.left() > 0 {
        let article = next.checked_add(list.varint()?)?;
        if article >= articles {
            return None;
        }
        next = article + 1;
        let times = list.varint()?;
        let title = if times & 1 == 1 { list.varint()? } else { 0 };
        let bytes = list.varint()?;
        let end = at.checked_add(bytes)?;
        // A position takes at least one byte: what claims more is damaged.
        let text = times >> 1;
        if end as usize > data.len() || u64::from(title) + u64::from(text) > u64::from(bytes) {
            return None;
        }
        found.push(Posting { article, title, text, at });
        at = end;
    }
    Some(())
}

/// The word numbers of a posting of `data` in the title, or in the text, ascending.
pub fn positions(data: &[u8], posting: &Posting, title: bool) -> Vec<u32> {
    let mut cursor = Cursor::new(data.get(posting.at as usize..).unwrap_or_default());
    if !title {
        for _ in 0..posting.title {
            cursor.varint();
        }
    }
    let count = if title { posting.title } else { posting.text };
    let mut last = 0u32;
    let step = || {
        last = last.checked_add(cursor.varint()?)?;
        Some(last)
    };
    std::iter::from_fn(step).take(count as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ascending() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::btree_set(0u32..5000, 0..6).prop_map(|set| set.into_iter().collect())
    }

    proptest! {
        #[test]
        fn round_trip(items in prop::collection::btree_map(0u32..1000, (ascending(), ascending()), 0..30)) {
            let mut writer = Writer::default();
            for (&article, (title, text)) in &items {
                writer.push(article, title, text);
            }
            let mut data = Vec::new();
            writer.write(&mut data);
            let read = read(&data, 1000);
            prop_assert_eq!(read.len(), items.len());
            for (posting, (&article, (title, text))) in read.iter().zip(&items) {
                prop_assert_eq!(posting.article, article);
                prop_assert_eq!(&positions(&data, posting, true), title);
                prop_assert_eq!(&positions(&data, posting, false), text);
            }
        }

        #[test]
        fn any_bytes_can_be_read(data in prop::collection::vec(any::<u8>(), 0..60)) {
            let read = read(&data, 40);
            prop_assert!(read.is_sorted_by(|a, b| a.article < b.article));
            for posting in &read {
                prop_assert!(posting.article < 40);
                positions(&data, posting, true);
                positions(&data, posting, false);
            }
        }
    }
}
