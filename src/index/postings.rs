//! Postings: in which articles a term stands, how often in the title and in the text, and at which words.
//!
//! Articles are cut into blocks of [`BLOCK`]. Where there is more than one, a table comes first, a row a block:
//! `last article (varint, less the one before)`, `bytes of the block (varint)`, `bound of the impact (byte, see
//! impact)`. A block is bits:
//!
//! - of more than [`FEW`] articles: a byte, the Rice parameters of the next two; the distances of the articles, less
//!   one, as Rice codes; of fewer: the articles as ascending numbers of the corpus's (see `bits`);
//! - the times as Rice codes: see [`code`];
//! - the positions: per article, if in the title, how often there less one as a unary code and those positions, then
//!   those in the text, as ascending numbers of the field's length (see `bits`).
//!
//! Invariant: a reader gives articles strictly ascending and below the corpus's count, or stops; nothing that it
//! reads makes it panic or reserve more than the bytes can fill. Not here: which term it is (see `dictionary`).

use super::bits::{self, Bits, Writer};
use super::bytes::{Cursor as Bytes, put_varint};
use super::impact;

/// Articles in a block.
pub const BLOCK: usize = 128;
/// Articles that are looked at one by one where the next is sought.
const NEAR: usize = 6;
/// The Rice parameter of how often a term stands in a title: almost always once.
const TITLE_TIMES: u32 = 0;
/// Articles up to which a block has no Rice parameters of its own.
const FEW: usize = 4;
/// The greatest Rice parameters of articles (five bits) and of times (three).
const MOST: (u32, u32) = (24, 7);

/// The code of how often a term stands in an article: in the title or not, and how often in the text. Once in the
/// text and not in the title is 0, then by how often it is met.
fn code(title: bool, text: u32) -> u32 {
    if title { text << 1 | 1 } else { text.saturating_sub(1) << 1 }
}

/// Whether a term is in the title of an article and how often in the text: what [`code`] made the code of.
#[inline]
pub fn times_of(code: u32) -> (bool, u32) {
    if code & 1 == 1 { (true, code >> 1) } else { (false, (code >> 1) + 1) }
}

/// How many word numbers there are in an article's title and text.
pub type Lengths<'a> = &'a dyn Fn(u32) -> (u32, u32);

/// Where a term stands in one article: word numbers, ascending.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    /// Which article.
    pub article: u32,
    /// In the title.
    pub title: &'a [u32],
    /// In the text.
    pub text: &'a [u32],
}

/// What is known of the articles where their postings are written.
pub struct About<'a> {
    /// How many there are.
    pub articles: u32,
    /// Word numbers in title and text.
    pub lengths: Lengths<'a>,
    /// What a time in title and text weighs.
    pub norm: &'a dyn Fn(u32) -> [f32; 2],
}

/// Appends the postings of a term.
pub fn write(places: &[Places], about: &About, out: &mut Vec<u8>) {
    let mut before = 0;
    if places.len() <= BLOCK {
        return write_block(places, about, &mut before, out);
    }
    let (mut table, mut blocks) = (Vec::new(), Vec::new());
    for block in places.chunks(BLOCK) {
        let (start, first) = (blocks.len(), before);
        write_block(block, about, &mut before, &mut blocks);
        put_varint(&mut table, before - first);
        put_varint(&mut table, (blocks.len() - start) as u32);
        let impact = |places: &Places| {
            let [title, text] = (about.norm)(places.article);
            let title = if places.title.is_empty() { 0.0 } else { title };
            impact::saturated(f64::from(title) + places.text.len() as f64 * f64::from(text))
        };
        table.push(impact::bound(block.iter().map(impact).fold(0.0, f64::max)));
    }
    out.extend_from_slice(&table);
    out.extend_from_slice(&blocks);
}

/// Appends a block. `before` is one more than the last article of the block before, and is moved on.
fn write_block(places: &[Places], about: &About, before: &mut u32, out: &mut Vec<u8>) {
    let first = *before;
    let (mut distances, mut codes) = ([0u32; BLOCK], [0u32; BLOCK]);
    for ((place, distance), times) in places.iter().zip(&mut distances).zip(&mut codes) {
        *distance = place.article - *before;
        *before = place.article + 1;
        *times = code(!place.title.is_empty(), place.text.len() as u32);
    }
    let (distances, codes) = (&distances[..places.len()], &codes[..places.len()]);
    let few = places.len() <= FEW;
    let far = bits::parameter(distances, MOST.0);
    let often = if few { 0 } else { bits::parameter(codes, MOST.1) };
    if !few {
        out.push((far << 3 | often) as u8);
    }
    let mut bits = Writer::new(out);
    if few {
        let mut articles = [0; FEW];
        articles.iter_mut().zip(places).for_each(|(article, place)| *article = place.article);
        bits.ascending(&articles[..places.len()], first, about.articles);
    } else {
        distances.iter().for_each(|&distance| bits.rice(distance, far));
    }
    codes.iter().for_each(|&code| bits.rice(code, often));
    for place in places {
        let (title, text) = (about.lengths)(place.article);
        if let Some(more) = place.title.len().checked_sub(1) {
            bits.rice(more as u32, TITLE_TIMES);
            bits.ascending(place.title, 0, title);
        }
        bits.ascending(place.text, 0, text);
    }
    bits.finish();
}

/// Bytes of an article in the table of lengths.
pub const ROW: usize = 4;

/// The lengths of an article's title and text in such a table.
#[inline]
pub fn lengths(table: &[u8], article: u32) -> (u32, u32) {
    let row = article as usize * ROW;
    let four = table.get(row..row + ROW).and_then(|row| row.first_chunk::<ROW>());
    let row = u32::from_le_bytes(four.copied().unwrap_or_default());
    (row & 0xff, row >> 8)
}

/// A block in the table before the blocks.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// Last article of the block.
    last: u32,
    /// Where the block ends in the data.
    end: u32,
    bound: u8,
}

/// In place of an article: none.
pub const NONE: u32 = u32::MAX;

/// A place among the articles of a term.
#[derive(Clone)]
pub struct Postings<'a> {
    data: &'a [u8],
    /// Of each article of the corpus, the length of title (a byte) and text (three).
    table: &'a [u8],
    /// Articles of the term, and of the corpus.
    count: u32,
    articles: u32,
    rows: Vec<Row>,
    /// Where the first block starts.
    start: u32,
    /// The block that is read; how many articles of it there are, and the place among them.
    block: usize,
    length: usize,
    at: usize,
    /// The articles, and [`NONE`] behind them.
    ids: [u32; BLOCK + 1],
    /// How often each has the term, where that has been read.
    codes: [u32; BLOCK],
    coded: bool,
    /// Where the codes of the block start; where they have been read, its positions.
    rest: Bits<'a>,
    /// The Rice parameter of the codes.
    often: u32,
    stream: Stream<'a>,
}

/// How far the positions of a block have been read.
#[derive(Clone, Default)]
struct Stream<'a> {
    bits: Bits<'a>,
    /// Articles read, and the positions of the last of them.
    read: usize,
    title: Vec<u32>,
    text: Vec<u32>,
}

impl<'a> Postings<'a> {
    /// Over the `data` of a term that `count` of the articles in the `table` have. It stands nowhere until an article is
    /// sought.
    pub fn new(data: &'a [u8], count: u32, table: &'a [u8]) -> Postings<'a> {
        let articles = (table.len() / ROW) as u32;
        let mut postings = Postings {
            data,
            table,
            count: count.min(articles),
            articles,
            rows: Vec::new(),
            start: 0,
            block: usize::MAX,
            length: 0,
            at: 0,
            ids: [NONE; BLOCK + 1],
            codes: [0; BLOCK],
            coded: false,
            rest: Bits::default(),
            often: 0,
            stream: Stream::default(),
        };
        if count as usize > BLOCK && postings.read_rows().is_none() {
            postings.count = 0;
            postings.rows.clear();
        }
        postings
    }

    fn read_rows(&mut self) -> Option<()> {
        let mut bytes = Bytes::new(self.data);
        let (mut next, mut end) = (0u32, 0u32);
        let blocks = (self.count as usize).div_ceil(BLOCK);
        // A row is three bytes at least.
        self.rows.reserve_exact(blocks.min(self.data.len() / 3));
        for _ in 0..blocks {
            let after = next.checked_add(bytes.varint()?)?;
            end = end.checked_add(bytes.varint()?)?;
            if after <= next || after > self.articles {
                return None;
            }
            next = after;
            self.rows.push(Row { last: after - 1, end, bound: *bytes.take(1)?.first()? });
        }
        self.start = bytes.position() as u32;
        for row in &mut self.rows {
            row.end = row.end.checked_add(self.start)?;
        }
        Some(())
    }

    fn blocks(&self) -> usize {
        self.rows.len().max(usize::from(self.count > 0))
    }

    /// Reads a block and stands at its first article; behind all blocks, and on damage, there are none.
    fn load(&mut self, block: usize) {
        (self.block, self.at, self.coded, self.stream.read) = (block, 0, false, 0);
        self.length = if block < self.blocks() { self.read(block).unwrap_or(0) } else { 0 };
        self.ids[self.length] = NONE;
    }

    fn read(&mut self, block: usize) -> Option<usize> {
        let before = block.checked_sub(1).and_then(|before| self.rows.get(before));
        let start = before.map_or(self.start, |row| row.end) as usize;
        let end = self.rows.get(block).map_or(self.data.len(), |row| row.end as usize);
        let data = self.data.get(start..end)?;
        let length = (self.count as usize - block * BLOCK).min(BLOCK);
        let ids = &mut self.ids[..length];
        let mut next = before.map_or(0, |row| row.last + 1);
        let mut bits = Bits::new(data);
        self.often = 0;
        if length <= FEW {
            bits.ascending(ids, next, self.articles)?;
        } else {
            let (&parameters, stream) = data.split_first()?;
            bits = Bits::new(stream);
            self.often = u32::from(parameters) & MOST.1;
            bits.rices((u32::from(parameters) >> 3).min(MOST.0), ids)?;
            for id in ids {
                // What is too large stays so, for there are fewer than `u32::MAX` articles.
                *id = next.saturating_add(*id);
                next = id.saturating_add(1);
            }
            if next > self.articles {
                return None;
            }
        }
        self.rest = bits;
        Some(length)
    }

    /// Reads how often each article of the block has the term; once in the text where that cannot be read.
    fn read_codes(&mut self) {
        self.coded = true;
        if self.rest.rices(self.often, &mut self.codes[..self.length]).is_none() {
            self.codes = [0; BLOCK];
            self.rest = Bits::default();
        }
    }

    /// The present article; [`NONE`] behind the last.
    #[inline]
    pub fn here(&self) -> u32 {
        self.ids[self.at]
    }

    /// The present article; `None` behind the last.
    #[inline]
    pub fn article(&self) -> Option<u32> {
        Some(self.here()).filter(|&article| article != NONE)
    }

    /// Whether it is in the title, and how often in the text.
    #[inline]
    pub fn times(&mut self) -> (bool, u32) {
        if !self.coded {
            self.read_codes();
        }
        times_of(self.codes.get(self.at).copied().unwrap_or(0))
    }

    /// The articles from the present one on that are before `end`, so far as the block has them, each with what [`times_of`]
    /// makes its times of; and goes behind them. `None` where there is none.
    pub fn run(&mut self, end: u32) -> Option<(&[u32], &[u32])> {
        if self.here() == NONE && self.block < self.blocks() {
            self.load(self.block + 1);
        }
        if self.here() >= end {
            return None;
        }
        if !self.coded {
            self.read_codes();
        }
        let from = self.at;
        self.at += self.ids[from..self.length].partition_point(|&id| id < end);
        Some((&self.ids[from..self.at], &self.codes[from..self.at]))
    }

    /// Goes to the next article.
    #[inline]
    pub fn advance(&mut self) {
        self.at += 1;
        if self.at >= self.length {
            self.at = self.length;
            if self.block < self.blocks() {
                self.load(self.block + 1);
            }
        }
    }

    /// Goes to the first article not before `article`, forward only, and gives it; [`NONE`] where there is none.
    #[inline]
    pub fn pass(&mut self, article: u32) -> u32 {
        // Mostly it is one of the next few.
        for _ in 0..NEAR {
            let here = self.here();
            if here >= article {
                if here == NONE && (self.length == 0 || self.block + 1 < self.blocks()) {
                    break;
                }
                return here;
            }
            self.at += 1;
        }
        self.go(article);
        self.here()
    }

    /// Goes to the first article not before `article`, forward or back.
    #[inline]
    pub fn seek(&mut self, article: u32) {
        if self.here() <= article {
            self.pass(article);
        } else {
            self.go(article);
        }
    }

    fn go(&mut self, article: u32) {
        let block = self.block_of(article);
        if block != self.block {
            self.load(block);
        }
        let from = if self.here() <= article { self.at } else { 0 };
        self.at = from + self.ids[from..self.length].partition_point(|&id| id < article);
        if self.at == self.length && block < self.blocks() && !self.rows.is_empty() {
            // Only where the table and the block disagree.
            (self.length, self.at) = (0, 0);
            self.ids[0] = NONE;
        }
    }

    /// The block that has the first article not before `article`. Mostly it is the present one, or the next.
    #[inline]
    fn block_of(&self, article: u32) -> usize {
        let before = self.rows.get(self.block.wrapping_sub(1)).is_none_or(|row| row.last < article);
        match self.rows.get(self.block..) {
            Some([here, ..]) if before && article <= here.last => self.block,
            Some([_, next, ..]) if before && article <= next.last => self.block + 1,
            _ => self.rows.partition_point(|row| row.last < article),
        }
    }

    /// Raises `bounds` to the greatest impact in each window of `1 << shift` articles, by the bounds of the blocks. One
    /// block has none: `impact` says what its articles have, by title and times in the text, and they are read.
    pub fn spread(&mut self, shift: u32, impact: &dyn Fn(u32, (bool, u32)) -> f64, bounds: &mut [f64]) {
        let mut raise = |from: u32, to: u32, bound: f64| {
            let windows = bounds.get_mut((from >> shift) as usize..=(to >> shift) as usize);
            windows.into_iter().flatten().for_each(|there| *there = there.max(bound));
        };
        let mut from = 0;
        for row in &self.rows {
            raise(from, row.last, impact::bounded(row.bound));
            from = row.last + 1;
        }
        if self.rows.is_empty() {
            self.seek(0);
            while let Some(article) = self.article() {
                raise(article, article, impact(article, self.times()));
                self.at += 1;
            }
            self.at = 0;
        }
    }

    /// The word numbers in the present article's title, or in its text, ascending.
    pub fn positions(&mut self, title: bool) -> &[u32] {
        if self.at >= self.length {
            return &[];
        }
        if !self.coded {
            self.read_codes();
        }
        if self.stream.read != self.at + 1 && self.read_positions().is_none() {
            // The rest of the block cannot be read.
            self.stream = Stream { read: self.at + 1, ..Stream::default() };
        }
        if title { &self.stream.title } else { &self.stream.text }
    }

    /// Reads on, or from the start of the block, up to those of the present article.
    fn read_positions(&mut self) -> Option<()> {
        let stream = &mut self.stream;
        if stream.read == 0 || stream.read > self.at {
            (stream.bits, stream.read) = (self.rest, 0);
        }
        let articles = self.ids.iter().zip(&self.codes).enumerate();
        for (at, (&article, &code)) in articles.take(self.at + 1).skip(stream.read) {
            let (title, text) = times_of(code);
            let title = if title { stream.bits.rice(TITLE_TIMES)?.saturating_add(1) } else { 0 };
            let lengths = lengths(self.table, article);
            for (field, count, length) in
                [(&mut stream.title, title, lengths.0), (&mut stream.text, text, lengths.1)]
            {
                if count > length {
                    return None;
                }
                field.clear();
                field.resize(count as usize, 0);
                stream.bits.ascending(field, 0, length)?;
            }
            stream.read = at + 1;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Titles of up to 40 words, texts of up to 5,000.
    fn table(articles: u32) -> Vec<u8> {
        (0..articles).flat_map(|article| ((40 + article % 3) | (5000 << 8)).to_le_bytes()).collect()
    }

    fn ascending(most: u32) -> impl Strategy<Value = Vec<u32>> {
        prop::collection::btree_set(0..most, 0..6).prop_map(|set| set.into_iter().collect())
    }

    fn norm(article: u32) -> [f32; 2] {
        impact::norms(article % 9, article % 200, [5.0, 80.0])
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            items in prop::collection::btree_map(0u32..4000, (ascending(40), ascending(5000)), 0..400),
            probes in prop::collection::vec(0u32..4100, 0..9),
        ) {
            let items: Vec<(u32, Vec<u32>, Vec<u32>)> = items
                .into_iter()
                .map(|(article, (title, mut text))| {
                    if title.is_empty() && text.is_empty() {
                        text.push(7);
                    }
                    (article, title, text)
                })
                .collect();
            let table = table(4000);
            let places: Vec<Places> =
                items.iter().map(|(article, title, text)| Places { article: *article, title, text }).collect();
            let mut data = Vec::new();
            let about = About { articles: 4000, lengths: &|article| lengths(&table, article), norm: &norm };
            write(&places, &about, &mut data);
            let mut read = Postings::new(&data, items.len() as u32, &table);
            prop_assert_eq!(read.article(), None);
            let mut bounds = vec![0.0; 4000 >> 5];
            let impact = |article, (title, text): (bool, u32)| {
                let [one, each] = norm(article);
                impact::saturated(f64::from(one) * f64::from(u8::from(title)) + f64::from(text) * f64::from(each))
            };
            read.spread(5, &impact, &mut bounds);
            read.seek(0);
            for (article, title, text) in &items {
                prop_assert_eq!(read.article(), Some(*article));
                prop_assert_eq!(read.times(), (!title.is_empty(), text.len() as u32));
                prop_assert_eq!(read.positions(true), title);
                prop_assert_eq!(read.positions(false), text);
                let [title_norm, text_norm] = norm(*article);
                let times = f64::from(title_norm) * f64::from(u8::from(!title.is_empty()))
                    + f64::from(text_norm) * text.len() as f64;
                prop_assert!(bounds[(*article >> 5) as usize] >= impact::saturated(times));
                read.advance();
            }
            prop_assert_eq!(read.article(), None);
            for probe in probes {
                read.seek(probe);
                let at = items.partition_point(|(article, ..)| *article < probe);
                prop_assert_eq!(read.article(), items.get(at).map(|(article, ..)| *article));
                let text = items.get(at).map_or(&[][..], |(_, _, text)| text);
                prop_assert_eq!(read.positions(false), text);
            }
        }

        #[test]
        fn any_bytes_can_be_read(data in prop::collection::vec(any::<u8>(), 0..90), count in 0u32..300) {
            let table = table(400);
            let mut read = Postings::new(&data, count, &table);
            read.seek(0);
            let mut last = None;
            while let Some(article) = read.article() {
                prop_assert!(article < 400 && last < Some(article));
                last = Some(article);
                read.positions(true);
                read.positions(false);
                read.advance();
            }
            for article in [0, 200, 399, 500] {
                read.spread(3, &|_, _| 1.0, &mut [0.0; 50]);
                read.seek(article);
                prop_assert!(read.article().is_none_or(|at| at >= article));
            }
        }
    }
}
