//! Postings: in which articles a term stands, how often in the title and in the text, and at which words.
//!
//! Articles go by their numbers in the index (see `order`), and are cut into blocks of [`BLOCK`]. Where there is more than
//! one, a table comes first: a byte of bounds of the impact a block (see `impact`), then bits: two Rice parameters of five
//! each, and with the first of them of each block the last article, less the one before, with the second its bytes. A block
//! is bits:
//!
//! - of more than [`FEW`] articles, two bits: the Rice parameter of the times;
//! - the articles as ascending numbers of the segment's (see `bits`), of a block in the table all but the last;
//! - which of them have it in the title; which have it not once in the text, and of those how often (see [`rest`]) as Rice
//!   codes; which of those in the title have it there more than once, and of those how often less two as unary codes;
//! - where any article of the segment has a heading: which of them have it in headings, and of those how often less one as
//!   unary codes;
//! - the positions: per article those in the title, then per article those in the text, as ascending numbers of the field's
//!   length.
//!
//! How often a term stands in a text is given as it counts: see [`impact::times`]. Invariant: a reader gives articles strictly
//! ascending and of the segment, or stops; nothing that it reads makes it panic or reserve more than the bytes can fill.
//! Not here: which term it is (see `dictionary`).

use super::bits::{self, Bits, Writer};
use super::impact;
use std::ops::Range;

/// Articles in a block.
pub const BLOCK: usize = 128;
/// Articles that are looked at one by one where the next is sought.
const NEAR: usize = 6;
/// Articles up to which a block has no Rice parameter of its own.
const FEW: usize = 4;
/// The greatest Rice parameter of times, and of a table.
const MOST: u32 = 3;
const WIDEST: u32 = 24;

/// Whether a term is in the title of an article and how often it counts in the text.
#[inline]
pub fn times_of(code: u32) -> (bool, u32) {
    (code & 1 == 1, code >> 1)
}

/// What is written of how often a term stands in a text in which it is not once: less two, or where it is in the title and
/// may not be in the text at all, less one.
fn rest(title: bool, text: u32) -> u32 {
    if title { text.saturating_sub(1) } else { text.saturating_sub(2) }
}

/// What [`rest`] made that of.
fn unrest(title: bool, rest: u32) -> u32 {
    if title { rest.saturating_add(u32::from(rest > 0)) } else { rest.saturating_add(2) }
}

/// How many word numbers there are in an article's title and text.
pub type Lengths<'a> = &'a dyn Fn(u32) -> (u32, u32);

/// Where a term stands in one article: word numbers, ascending.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    /// Which article.
    pub doc: u32,
    /// In the title.
    pub title: &'a [u32],
    /// In the text.
    pub text: &'a [u32],
    /// How many of those in the text are in headings.
    pub headings: u32,
}

/// What is known of the articles where their postings are written.
pub struct About<'a> {
    /// How many there are.
    pub articles: u32,
    /// Word numbers in title and text.
    pub lengths: Lengths<'a>,
    /// What a time in title and text weighs.
    pub norm: &'a dyn Fn(u32) -> [f32; 2],
    /// Whether any has a heading.
    pub headings: bool,
}

/// Appends the postings of a term.
pub fn write(places: &[Places], about: &About, out: &mut Vec<u8>) {
    if places.len() <= BLOCK {
        return write_block(places, places.len(), 0..about.articles, about, out);
    }
    let (mut blocks, mut next) = (Vec::new(), 0);
    let mut rows = [Vec::new(), Vec::new()];
    for block in places.chunks(BLOCK) {
        let (start, last) = (blocks.len(), block.last().map_or(next, |last| last.doc));
        write_block(block, block.len() - 1, next..last, about, &mut blocks);
        rows[0].push(last - next);
        rows[1].push((blocks.len() - start) as u32);
        next = last + 1;
        let impact = |places: &Places| {
            let [title, text] = (about.norm)(places.doc);
            let title = if places.title.is_empty() { 0.0 } else { title };
            let times = impact::times(places.text.len() as u32, places.headings);
            impact::saturated(f64::from(title) + f64::from(times) * f64::from(text))
        };
        out.push(impact::bound(block.iter().map(impact).fold(0.0, f64::max)));
    }
    let mut bits = Writer::new(out);
    let parameters = rows.each_ref().map(|row| bits::parameter(row, WIDEST));
    parameters.iter().for_each(|&low| bits.put(low, 5));
    for (row, low) in rows.iter().zip(parameters) {
        row.iter().for_each(|&number| bits.rice(number, low));
    }
    bits.finish();
    out.extend_from_slice(&blocks);
}

/// Appends a block; so many of its articles are written, out of `range`.
fn write_block(places: &[Places], written: usize, range: Range<u32>, about: &About, out: &mut Vec<u8>) {
    let all = places.len() as u32;
    let mut numbers = Vec::with_capacity(BLOCK);
    let once = |place: &Places| place.text.len() == 1;
    let rest = |place: &Places| rest(!place.title.is_empty(), place.text.len() as u32);
    let rests: Vec<u32> = places.iter().filter(|place| !once(place)).map(rest).collect();
    let often = if places.len() > FEW { bits::parameter(&rests, MOST) } else { 0 };
    let mut bits = Writer::new(out);
    if places.len() > FEW {
        bits.put(often, 2);
    }
    numbers.extend(places[..written].iter().map(|place| place.doc));
    bits.ascending(&numbers, range.start, range.end);
    let mut some = |bits: &mut Writer, such: &dyn Fn(&Places) -> bool| {
        numbers.clear();
        numbers.extend((0..).zip(places).filter(|(_, place)| such(place)).map(|(at, _)| at));
        bits.some(&numbers, all);
    };
    some(&mut bits, &|place| !place.title.is_empty());
    some(&mut bits, &|place| !once(place));
    rests.iter().for_each(|&rest| bits.rice(rest, often));
    let titles: Vec<u32> =
        places.iter().map(|place| place.title.len() as u32).filter(|&times| times > 0).collect();
    let more: Vec<u32> = (0..).zip(&titles).filter(|(_, times)| **times > 1).map(|(at, _)| at).collect();
    bits.some(&more, titles.len() as u32);
    titles.iter().filter_map(|times| times.checked_sub(2)).for_each(|more| bits.rice(more, 0));
    if about.headings {
        some(&mut bits, &|place| place.headings > 0);
        places.iter().filter_map(|place| place.headings.checked_sub(1)).for_each(|more| bits.rice(more, 0));
    }
    places.iter().for_each(|place| bits.ascending(place.title, 0, (about.lengths)(place.doc).0));
    places.iter().for_each(|place| bits.ascending(place.text, 0, (about.lengths)(place.doc).1));
    bits.finish();
}

/// Bytes of an article in the table of lengths.
pub const ROW: usize = 4;

/// The table of lengths, of title and text: three columns, of a byte for the title, and for the text of the two lower bytes
/// and the upper one.
pub fn table(lengths: impl Iterator<Item = (u32, u32)> + Clone) -> Vec<u8> {
    let mut table: Vec<u8> = lengths.clone().map(|(title, _)| title as u8).collect();
    table.extend(lengths.clone().flat_map(|(_, text)| (text as u16).to_le_bytes()));
    table.extend(lengths.map(|(_, text)| (text >> 16) as u8));
    table
}

/// The lengths of an article's title and text in such a table.
#[inline]
pub fn lengths(table: &[u8], doc: u32) -> (u32, u32) {
    let (articles, doc) = (table.len() / ROW, doc as usize);
    if doc >= articles {
        return (0, 0);
    }
    let byte = |at: usize| table.get(at).map_or(0, |&byte| u32::from(byte));
    let low = articles + doc * 2;
    (byte(doc), byte(low) | byte(low + 1) << 8 | byte(articles * 3 + doc) << 16)
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
    /// Articles of the term.
    count: u32,
    /// The numbers of the articles in the table.
    numbers: Range<u32>,
    /// How many times more times may weigh than when the bounds were written.
    stretch: f64,
    rows: Vec<Row>,
    /// Where the first block starts.
    start: u32,
    /// The block that is read; how many articles of it there are, and the place among them.
    block: usize,
    length: usize,
    at: usize,
    /// The articles, and [`NONE`] behind them.
    ids: [u32; BLOCK + 1],
    /// How often each has the term (see [`times_of`]), and how often in the title less one, where that has been read.
    codes: [u32; BLOCK],
    titles: [u8; BLOCK],
    coded: bool,
    /// The same with the times in the text as they are, without what more those in headings count; and whether any article
    /// has a heading.
    plain: [u32; BLOCK],
    headings: bool,
    /// Where the codes of the block start; where they have been read, its positions.
    rest: Bits<'a>,
    /// The Rice parameter of the times.
    often: u32,
    /// Of the texts and of the titles, where the next positions stand, of how many articles they have been read, and those
    /// of the last of them.
    positions: [(Bits<'a>, usize, Vec<u32>); 2],
}

impl<'a> Postings<'a> {
    /// Over the `data` of a term that `count` of the articles in the `table` have, which have the numbers from `first` on;
    /// of its bounds times may weigh `stretch` times more; `headings` says whether any of the articles has one. It stands
    /// nowhere until an article is sought.
    pub fn new(
        data: &'a [u8],
        count: u32,
        table: &'a [u8],
        headings: bool,
        first: u32,
        stretch: f64,
    ) -> Postings<'a> {
        let articles = (table.len() / ROW) as u32;
        let mut postings = Postings {
            data,
            table,
            count: count.min(articles),
            numbers: first..first.saturating_add(articles),
            stretch,
            rows: Vec::new(),
            start: 0,
            block: usize::MAX,
            length: 0,
            at: 0,
            ids: [NONE; BLOCK + 1],
            codes: [0; BLOCK],
            titles: [0; BLOCK],
            coded: false,
            plain: [0; BLOCK],
            headings,
            rest: Bits::default(),
            often: 0,
            positions: Default::default(),
        };
        if count as usize > BLOCK && postings.read_rows().is_none() {
            postings.count = 0;
            postings.rows.clear();
        }
        postings
    }

    fn read_rows(&mut self) -> Option<()> {
        let blocks = (self.count as usize).div_ceil(BLOCK);
        // A block has a byte at least, so that no more is reserved than there is.
        let (bounds, rest) = self.data.split_at_checked(blocks)?;
        let mut bits = Bits::new(rest);
        let parameters = [bits.get(5).min(WIDEST), bits.get(5).min(WIDEST)];
        let [mut lasts, mut sizes] = [vec![0; blocks], vec![0; blocks]];
        bits.rices(parameters[0], &mut lasts)?;
        bits.rices(parameters[1], &mut sizes)?;
        self.start = (blocks + bits.bytes()) as u32;
        let (mut next, mut end) = (self.numbers.start, self.start);
        for ((&last, &size), &bound) in lasts.iter().zip(&sizes).zip(bounds) {
            let last = next.checked_add(last)?;
            end = end.checked_add(size)?;
            if last >= self.numbers.end {
                return None;
            }
            next = last + 1;
            self.rows.push(Row { last, end, bound });
        }
        Some(())
    }

    fn blocks(&self) -> usize {
        self.rows.len().max(usize::from(self.count > 0))
    }

    /// Reads a block and stands at its first article; behind all blocks, and on damage, there are none.
    fn load(&mut self, block: usize) {
        (self.block, self.at, self.coded) = (block, 0, false);
        self.positions.iter_mut().for_each(|field| field.1 = 0);
        self.length = if block < self.blocks() { self.read(block).unwrap_or(0) } else { 0 };
        self.ids[self.length] = NONE;
    }

    fn read(&mut self, block: usize) -> Option<usize> {
        let before = block.checked_sub(1).and_then(|before| self.rows.get(before));
        let start = before.map_or(self.start, |row| row.end) as usize;
        let end = self.rows.get(block).map_or(self.data.len(), |row| row.end as usize);
        let data = self.data.get(start..end)?;
        let length = (self.count as usize - block * BLOCK).min(BLOCK);
        let first = before.map_or(self.numbers.start, |row| row.last + 1);
        let mut bits = Bits::new(data);
        self.often = if length > FEW { bits.get(2) } else { 0 };
        match self.rows.get(block) {
            Some(row) => {
                bits.ascending(self.ids.get_mut(..length - 1)?, first, row.last)?;
                self.ids[length - 1] = row.last;
            }
            None => bits.ascending(&mut self.ids[..length], first, self.numbers.end)?,
        }
        self.rest = bits;
        Some(length)
    }

    /// Reads how often each article of the block has the term; once in the text where that cannot be read.
    fn read_codes(&mut self) {
        self.coded = true;
        self.codes[..self.length].fill(2);
        self.titles[..self.length].fill(0);
        if self.read_times().is_none() {
            self.codes = [2; BLOCK];
            self.plain = [2; BLOCK];
            self.rest = Bits::default();
        }
    }

    fn read_times(&mut self) -> Option<()> {
        let Postings { codes, titles, rest: bits, headings, plain, .. } = self;
        let all = self.length as u32;
        let (mut in_title, mut which) = ([0; BLOCK], [0; BLOCK]);
        let in_title = bits.some(&mut in_title, all)?;
        in_title.iter().for_each(|&at| codes[at as usize] |= 1);
        for &at in bits.some(&mut which, all)? {
            let code = &mut codes[at as usize];
            let title = *code & 1;
            *code = unrest(title == 1, bits.rice(self.often)?) << 1 | title;
        }
        let more = bits.some(&mut which, in_title.len() as u32)?;
        for &at in more {
            titles[in_title[at as usize] as usize] = bits.rice(0)?.saturating_add(1).min(254) as u8;
        }
        *plain = *codes;
        if *headings {
            for &at in bits.some(&mut which, all)? {
                let code = &mut codes[at as usize];
                let (title, text) = times_of(*code);
                let headings = bits.rice(0)?.saturating_add(1).min(text);
                *code = impact::times(text, headings) << 1 | u32::from(title);
            }
        }
        Some(())
    }

    /// The present article; [`NONE`] behind the last.
    #[inline]
    pub fn here(&self) -> u32 {
        self.ids[self.at]
    }

    /// The present article; `None` behind the last.
    #[inline]
    pub fn doc(&self) -> Option<u32> {
        Some(self.here()).filter(|&doc| doc != NONE)
    }

    /// Whether it is in the title, and how often it counts in the text.
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
    pub fn pass(&mut self, doc: u32) -> u32 {
        // Mostly it is one of the next few.
        for _ in 0..NEAR {
            let here = self.here();
            if here >= doc {
                if here == NONE && (self.length == 0 || self.block + 1 < self.blocks()) {
                    break;
                }
                return here;
            }
            self.at += 1;
        }
        self.go(doc);
        self.here()
    }

    /// Goes to the first article not before `article`, forward or back.
    #[inline]
    pub fn seek(&mut self, doc: u32) {
        if self.here() <= doc {
            self.pass(doc);
        } else {
            self.go(doc);
        }
    }

    fn go(&mut self, doc: u32) {
        let block = self.block_of(doc);
        if block != self.block {
            self.load(block);
        }
        let from = if self.here() <= doc { self.at } else { 0 };
        self.at = from + self.ids[from..self.length].partition_point(|&id| id < doc);
        if self.at == self.length && block < self.blocks() && !self.rows.is_empty() {
            // Only where the table and the block disagree.
            (self.length, self.at) = (0, 0);
            self.ids[0] = NONE;
        }
    }

    /// The block that has the first article not before `article`. Mostly it is the present one, or the next.
    #[inline]
    fn block_of(&self, doc: u32) -> usize {
        let before = self.rows.get(self.block.wrapping_sub(1)).is_none_or(|row| row.last < doc);
        match self.rows.get(self.block..) {
            Some([here, ..]) if before && doc <= here.last => self.block,
            Some([_, next, ..]) if before && doc <= next.last => self.block + 1,
            _ => self.rows.partition_point(|row| row.last < doc),
        }
    }

    /// Raises `bounds` to the greatest impact in each window of `1 << shift` articles, by the bounds of the blocks. One
    /// block has none: `impact` says what its articles have, by title and times in the text, and they are read.
    pub fn spread(&mut self, shift: u32, impact: &dyn Fn(u32, (bool, u32)) -> f64, bounds: &mut [f64]) {
        let mut raise = |from: u32, to: u32, bound: f64| {
            let windows = bounds.get_mut((from >> shift) as usize..=(to >> shift) as usize);
            windows.into_iter().flatten().for_each(|there| *there = there.max(bound));
        };
        let mut from = self.numbers.start;
        for row in &self.rows {
            raise(from, row.last, impact::stretched(impact::bounded(row.bound), self.stretch));
            from = row.last + 1;
        }
        if self.rows.is_empty() {
            self.seek(0);
            while let Some(doc) = self.doc() {
                raise(doc, doc, impact(doc, self.times()));
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
        let field = usize::from(title);
        if self.positions[field].1 != self.at + 1 && self.read_positions(field).is_none() {
            // The rest of the block cannot be read.
            self.positions[field] = (Bits::default(), self.at + 1, Vec::new());
        }
        &self.positions[field].2
    }

    /// Reads on, or from the start of the block, up to those of the present article.
    fn read_positions(&mut self, field: usize) -> Option<()> {
        let read = self.positions[field].1;
        if read == 0 || read > self.at {
            (self.positions[1].0, self.positions[1].1) = (self.rest, 0);
            if field == 0 {
                // Behind those of all titles.
                self.go_on(1, self.length)?;
                (self.positions[0].0, self.positions[0].1) = (self.positions[1].0, 0);
            }
        }
        self.go_on(field, self.at + 1)
    }

    /// Reads on, up to those of so many articles.
    fn go_on(&mut self, field: usize, articles: usize) -> Option<()> {
        let Postings { ids, titles, plain, table, positions, numbers, .. } = self;
        let (bits, read, places) = &mut positions[field];
        for at in *read..articles {
            let (title, text) = times_of(plain[at]);
            let lengths = lengths(table, ids[at] - numbers.start);
            let (count, length) = match field {
                0 => (text, lengths.1),
                _ => (if title { u32::from(titles[at]) + 1 } else { 0 }, lengths.0),
            };
            if count > length {
                return None;
            }
            places.clear();
            places.resize(count as usize, 0);
            bits.ascending(places, 0, length)?;
        }
        *read = articles;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Titles of up to 40 words, texts of up to 5,000.
    fn made(articles: u32) -> Vec<u8> {
        table((0..articles).map(|article| (40 + article % 3, 5000)))
    }

    fn ascending(most: u32) -> impl Strategy<Value = Vec<u32>> {
        prop::collection::btree_set(0..most, 0..6).prop_map(|set| set.into_iter().collect())
    }

    fn norm(doc: u32) -> [f32; 2] {
        impact::norms(doc % 9, doc % 200, [5.0, 80.0])
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            items in prop::collection::btree_map(0u32..4000, (ascending(40), ascending(5000), 0u32..9), 0..400),
            probes in prop::collection::vec(0u32..4100, 0..9),
            headings: bool,
        ) {
            let items: Vec<(u32, Vec<u32>, Vec<u32>, u32)> = items
                .into_iter()
                .map(|(doc, (title, mut text, in_headings))| {
                    if title.is_empty() && text.is_empty() {
                        text.push(7);
                    }
                    let in_headings = if headings { in_headings.min(text.len() as u32) } else { 0 };
                    (doc, title, text, in_headings)
                })
                .collect();
            let table = made(4000);
            let places: Vec<Places> = items
                .iter()
                .map(|(doc, title, text, headings)| Places { doc: *doc, title, text, headings: *headings })
                .collect();
            let mut data = Vec::new();
            let lengths = |doc| lengths(&table, doc);
            let about = About { articles: 4000, lengths: &lengths, norm: &norm, headings };
            write(&places, &about, &mut data);
            let mut read = Postings::new(&data, items.len() as u32, &table, headings, 0, 1.0);
            prop_assert_eq!(read.doc(), None);
            let mut bounds = vec![0.0; 4000 >> 5];
            let impact = |doc, (title, text): (bool, u32)| {
                let [one, each] = norm(doc);
                impact::saturated(f64::from(one) * f64::from(u8::from(title)) + f64::from(text) * f64::from(each))
            };
            read.spread(5, &impact, &mut bounds);
            read.seek(0);
            for (doc, title, text, headings) in &items {
                let times = text.len() as u32 + (impact::HEADING - 1) * headings;
                prop_assert_eq!(read.doc(), Some(*doc));
                prop_assert_eq!(read.times(), (!title.is_empty(), times));
                prop_assert_eq!(read.positions(true), title);
                prop_assert_eq!(read.positions(false), text);
                prop_assert!(bounds[(*doc >> 5) as usize] >= impact(*doc, (!title.is_empty(), times)));
                read.advance();
            }
            prop_assert_eq!(read.doc(), None);
            for probe in probes {
                read.seek(probe);
                let at = items.partition_point(|(doc, ..)| *doc < probe);
                prop_assert_eq!(read.doc(), items.get(at).map(|(doc, ..)| *doc));
                let text = items.get(at).map_or(&[][..], |(_, _, text, _)| text);
                prop_assert_eq!(read.positions(false), text);
            }
        }

        #[test]
        fn lengths_come_back(rows in prop::collection::vec((0u32..256, 0u32..1 << 24), 0..20)) {
            let table = table(rows.iter().copied());
            for (doc, row) in (0..).zip(&rows) {
                prop_assert_eq!(lengths(&table, doc), *row);
            }
            prop_assert_eq!(lengths(&table, rows.len() as u32), (0, 0));
        }

        #[test]
        fn any_bytes_can_be_read(
            data in prop::collection::vec(any::<u8>(), 0..90),
            count in 0u32..300,
            headings: bool,
        ) {
            let table = made(400);
            let mut read = Postings::new(&data, count, &table, headings, 0, 1.0);
            read.seek(0);
            let mut last = None;
            while let Some(doc) = read.doc() {
                prop_assert!(doc < 400 && last < Some(doc));
                last = Some(doc);
                read.positions(true);
                read.positions(false);
                read.advance();
            }
            for doc in [0, 200, 399, 500] {
                read.spread(3, &|_, _| 1.0, &mut [0.0; 50]);
                read.seek(doc);
                prop_assert!(read.doc().is_none_or(|at| at >= doc));
            }
        }
    }
}
