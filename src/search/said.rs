//! What a word says: its impact in every article that has it, in windows of neighbouring articles.
//!
//! Long lists are read in spans of windows as they are asked for; of what is not read yet a window has the bound that
//! blocks of postings give, of what is read the greatest impact itself. Short ones are read at once. Where only the word
//! itself, its forms and its completions count, a row is three bytes, so that many words can be kept.
//!
//! Invariant: a row says what [`Matcher::impact`] says of the article; bounds are never less than a row of their window.
//! Not here: which terms answer the word (see `plan`), how rows are kept between questions (see `kept`).

use super::plan::{Kind, Matcher, Planned, Source, Times};
use crate::index::{self, Index};
use std::ops::Range;

/// Windows at most, and the fewest articles of one, as a power of two.
const WINDOWS: u32 = 1 << 10;
const NARROW: u32 = 6;
/// Articles of a span, as a power of two, so that a byte tells them apart; windows are parts of spans or whole ones.
const SPAN: u32 = 8;
/// Up to so many articles rows are kept as they are.
const FEW: u64 = 64;
/// A list is read at once up to so many articles a window; of all windows less than 2¹⁶.
const SHORT: u64 = 8;
/// The same where many terms answer, each of which would have to be sought in each span.
const SHORT_ALL: u64 = 32;
/// A span that has not been read starts there.
const UNREAD: u32 = u32::MAX;

/// What a word says in one article.
#[derive(Clone, Copy)]
pub(super) struct Row {
    /// Which article.
    pub doc: u32,
    /// The best kind.
    pub kind: Kind,
    /// Whether it may stand in the title.
    pub title: bool,
    /// Its impact.
    pub impact: f64,
}

/// A row that has not been worked out: see [`Said::row`].
#[derive(Clone, Copy)]
pub(super) struct Brief {
    /// The number of the article in the index.
    pub doc: u32,
    /// How often the word stands there, or which of the rows it is.
    what: u32,
}

impl Row {
    fn of(times: &Times, matcher: &Matcher) -> Row {
        let Times { doc, kind, title, .. } = *times;
        Row { doc, kind, title: title > 0.0, impact: matcher.impact(times) }
    }

    /// Whether the word stands there literally or in another form.
    #[inline]
    pub fn exact(&self) -> bool {
        self.kind <= Kind::Form
    }
}

/// How often a word stands in an article, by its best tier: six bits for other forms in the text, six for the word itself, a
/// bit each for the title, the forms' first; and one where all that is its completions, in place of forms. Never 0.
pub(super) type Often = u16;
/// In place of what does not fit.
const MANY: Often = Often::MAX;
/// The most that fits.
const MOST: u32 = 62;
const WORD: u32 = 6;
const TITLE: u32 = 12;
const COMPLETED: Often = 1 << 14;

/// One more term of that kind, so often, where none of a better tier stands there.
fn more(often: Often, kind: Kind, title: bool, text: u32) -> Often {
    let completed = if kind == Kind::Completion { COMPLETED } else { 0 };
    if often == MANY || (often > 0 && often & COMPLETED != completed) {
        return often;
    }
    let word = u32::from(kind == Kind::Literal);
    let there = u32::from(often >> (word * WORD)) & 63;
    if there + text > MOST {
        return MANY;
    }
    let title = Often::from(title) << (TITLE + word);
    (often | title | completed) + ((text as Often) << (word * WORD))
}

/// How often the exact terms of a word stand in an article.
pub(super) fn often<'a>(matcher: &Matcher<'a>, planned: &Planned<'a>, doc: u32) -> Often {
    let times = |source: &Source<'a>| Some((source.kind, source.times(matcher.index, doc)?));
    let times = planned.sources(false).iter().filter_map(times);
    times.fold(0, |often, (kind, (title, text))| more(often, kind, title, text))
}

/// What [`more`] made that of.
#[inline]
fn unpacked(often: Often, doc: u32) -> Times {
    let other = if often & COMPLETED == 0 { Kind::Form } else { Kind::Completion };
    let (word, others) = (f64::from(often >> WORD & 63), f64::from(often & 63));
    let title = often >> TITLE;
    let kind = if often >> WORD & 63 == 0 && title & 2 == 0 { other } else { Kind::Literal };
    let title = if title & 2 == 0 { f64::from(title & 1) * other.weight() } else { 1.0 };
    Times { doc, title, text: word + others * other.weight(), kind }
}

/// What a word says, so far as it was asked.
#[derive(Default)]
pub(super) struct Said {
    /// How many articles are a window, as a power of two.
    shift: u32,
    /// Whether of all terms that answer the word.
    pub all: bool,
    /// Any rows, ascending; or of a word, its forms and its completions:
    rows: Vec<Row>,
    /// the articles within their spans, and how often, ascending within a span;
    articles: Vec<u8>,
    often: Vec<Often>,
    /// where those of each span start, of a short list; of a long one also how many there are;
    starts: Vec<u16>,
    spans: Vec<(u32, u16)>,
    /// the greatest impact of each window, at most, as a byte.
    most: Vec<u8>,
}

impl Said {
    fn over(matcher: &Matcher) -> Said {
        let articles = matcher.index.articles();
        let shift = (NARROW..32).find(|shift| articles >> shift < WINDOWS).unwrap_or(NARROW);
        Said { shift, ..Said::default() }
    }

    /// Of a word: of its exact terms, or of `all` that answer it.
    pub fn begin<'a>(matcher: &Matcher<'a>, planned: &Planned<'a>, all: bool) -> Said {
        let row = |times: &Times| Row::of(times, matcher);
        if planned.slots.len() != 1 {
            return Said::of(matcher, planned.times(matcher.index).iter().map(row).collect());
        }
        let mut said = Said { all, ..Said::over(matcher) };
        let sources = planned.sources(all);
        let size: u64 = sources.iter().map(|source| u64::from(source.list.articles())).sum();
        let guessed = sources
            .last()
            .is_some_and(|last| !matches!(last.kind, Kind::Literal | Kind::Form | Kind::Completion));
        if guessed || size <= FEW {
            planned.each_of(sources, matcher.index, &mut |times| said.rows.push(row(&times)));
            return said;
        }
        let windows = said.windows(matcher);
        said.most = vec![0; windows];
        let spans = (matcher.index.articles() >> SPAN) as usize + 1;
        if size <= windows as u64 * if all { SHORT_ALL } else { SHORT } {
            said.read(matcher, planned, 0..spans);
            return said;
        }
        said.spans = vec![(UNREAD, 0); spans];
        let mut sum = vec![0.0; windows];
        let mut own = Vec::new();
        for source in sources {
            own.clear();
            own.resize(windows, 0.0);
            let mut postings = source.take(matcher.index);
            matcher.index.spread(&mut postings, said.shift, &mut own);
            source.put(postings);
            sum.iter_mut().zip(&own).for_each(|(sum, own)| *sum += own);
        }
        said.most.iter_mut().zip(sum).for_each(|(most, sum)| *most = index::bound(sum.min(1.0)));
        said
    }

    /// All rows, ascending.
    pub fn of(matcher: &Matcher, rows: Vec<Row>) -> Said {
        Said { rows, ..Said::over(matcher) }
    }

    /// How many windows there are.
    pub fn windows(&self, matcher: &Matcher) -> usize {
        (matcher.index.articles() >> self.shift) as usize + 1
    }

    /// The first article of a window, and of the next.
    pub fn window(&self, window: usize) -> (u32, u32) {
        let start = (window as u32) << self.shift;
        (start, start + (1 << self.shift))
    }

    /// Reads spans from the first of a window on.
    fn read<'a>(&mut self, matcher: &Matcher<'a>, planned: &Planned<'a>, spans: Range<usize>) {
        let index = matcher.index;
        let sources = planned.sources(self.all);
        let mut all: Vec<_> = sources.iter().map(|source| source.take(index)).collect();
        let (first, behind) = ((spans.start as u32) << SPAN, (spans.end as u32) << SPAN);
        let windows = self.most.iter_mut().take((behind >> self.shift) as usize);
        windows.skip((first >> self.shift) as usize).for_each(|most| *most = 0);
        all.iter_mut().for_each(|postings| postings.seek(first));
        let mut rows = [0; 1 << SPAN];
        let mut window = usize::MAX;
        let mut greatest = 0.0;
        for span in spans {
            let start = (span as u32) << SPAN;
            let from = self.articles.len();
            let mut some = false;
            for (source, postings) in sources.iter().zip(&mut all) {
                while let Some((articles, codes)) = postings.run(start + (1 << SPAN)) {
                    for (&doc, &code) in articles.iter().zip(codes) {
                        let (title, text) = index::times_of(code);
                        let text = if planned.atom.title { 0 } else { text };
                        if (title || text > 0) && source.speaks(index, doc) {
                            let row = &mut rows[(doc - start) as usize];
                            *row = more(*row, source.kind, title, text);
                            some = true;
                        }
                    }
                }
            }
            for (doc, row) in rows.iter_mut().enumerate().filter(|(_, row)| some && **row > 0) {
                let often = std::mem::take(row);
                let here = (start as usize + doc) >> self.shift;
                if here != window {
                    (window, greatest) = (here, 0.0);
                }
                let weighted = matcher.weighted(&Said::times(index, planned, often, start + doc as u32));
                if weighted > greatest {
                    greatest = weighted;
                    if let Some(most) = self.most.get_mut(here) {
                        *most = index::bound(index::saturated(weighted));
                    }
                }
                self.articles.push(doc as u8);
                self.often.push(often);
            }
            match self.spans.get_mut(span) {
                Some(span) => *span = (from as u32, (self.articles.len() - from) as u16),
                None => self.starts.push(from as u16),
            }
        }
        sources.iter().zip(all).for_each(|(source, postings)| source.put(postings));
    }

    /// How often the word stands in an article.
    #[inline]
    pub fn times<'a>(index: &'a Index, planned: &Planned<'a>, often: Often, doc: u32) -> Times {
        let many = if often == MANY { planned.in_article(index, doc) } else { None };
        many.unwrap_or_else(|| unpacked(often, doc))
    }

    /// Reads what a window has, where that has not been done; whether that was so, and bounds are now others.
    pub fn ask<'a>(&mut self, matcher: &Matcher<'a>, planned: &Planned<'a>, window: usize) -> bool {
        let (start, end) = self.window(window);
        let spans = (start >> SPAN) as usize..(end.div_ceil(1 << SPAN) as usize).min(self.spans.len());
        let unread = self.spans.get(spans.start).is_some_and(|(start, _)| *start == UNREAD);
        if unread {
            self.read(matcher, planned, spans);
        }
        unread
    }

    /// Appends what each window adds at most to a score, where an impact counts `idf` times `weight`.
    pub fn bounds(&self, matcher: &Matcher, idf: f64, weight: f64, bounds: &mut Vec<f64>) {
        bounds.extend(self.most.iter().map(|most| idf * index::bounded(*most) * weight));
        bounds.resize(self.windows(matcher), 0.0);
        for row in &self.rows {
            let bound = &mut bounds[(row.doc >> self.shift) as usize];
            *bound = bound.max(idf * row.impact * weight);
        }
    }

    /// Where the rows of a span that has been read stand.
    fn span(&self, span: usize) -> Range<usize> {
        match (self.spans.get(span), self.starts.get(span..)) {
            (Some(&(from, count)), _) => from as usize..from as usize + usize::from(count),
            (_, Some([from, next, ..])) => usize::from(*from)..usize::from(*next),
            (_, Some([from])) => usize::from(*from)..self.articles.len(),
            _ => 0..0,
        }
    }

    /// Appends the rows of a window that has been read, ascending, not worked out.
    pub fn briefs(&self, window: usize, to: &mut Vec<Brief>) {
        let (start, end) = self.window(window);
        if !self.rows.is_empty() {
            let from = self.rows.partition_point(|row| row.doc < start);
            let rows = self.rows[from..].iter().take_while(|row| row.doc < end);
            to.extend((from as u32..).zip(rows).map(|(what, row)| Brief { doc: row.doc, what }));
            return;
        }
        for span in (start >> SPAN)..end.div_ceil(1 << SPAN) {
            let all = self.span(span as usize);
            let (Some(articles), Some(often)) = (self.articles.get(all.clone()), self.often.get(all)) else {
                continue;
            };
            let first = span << SPAN;
            let within = |doc: u32| articles.partition_point(|&at| first + u32::from(at) < doc);
            let within = within(start)..within(end);
            let all = articles[within.clone()].iter().zip(&often[within]);
            to.extend(all.map(|(&doc, &often)| Brief { doc: first + u32::from(doc), what: often.into() }));
        }
    }

    /// A row worked out.
    pub fn row<'a>(&self, matcher: &Matcher<'a>, planned: Option<&Planned<'a>>, brief: Brief) -> Row {
        match (self.rows.get(brief.what as usize), planned) {
            (None, Some(planned)) => {
                Row::of(&Said::times(matcher.index, planned, brief.what as Often, brief.doc), matcher)
            }
            (row, _) => {
                row.copied().unwrap_or(Row { doc: brief.doc, kind: Kind::Typo, title: false, impact: 0.0 })
            }
        }
    }

    /// How many rows have been read.
    pub fn len(&self) -> usize {
        self.rows.len() + self.articles.len()
    }

    /// The bytes that it holds.
    pub fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Row>()
            + self.articles.capacity()
            + self.often.capacity() * 2
            + self.starts.capacity() * 2
            + self.spans.capacity() * 8
            + self.most.capacity()
    }

    /// Whether its rows take little room.
    pub fn is_compact(&self) -> bool {
        self.rows.is_empty()
    }

    /// Gives back room that was not needed.
    pub fn fit(&mut self) {
        self.rows.shrink_to_fit();
        self.articles.shrink_to_fit();
        self.often.shrink_to_fit();
    }
}
