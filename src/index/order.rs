//! The order: which number each article has in the index, so that articles that share words are neighbours.
//!
//! Neighbours make the distances in postings short and let whole windows of articles be passed over (see `search::top`).
//! Articles are parted in two halves of one size, so that the bits that their words' distances take are few, each half
//! again, and so on: recursive graph bisection (Dhulipala et al., *Compressing Graphs and Indexes with Recursive Graph
//! Bisection*, 2016), with the halves chosen by the median of all gains (Mackenzie, Petri and Moffat 2021). Written is of
//! each article the part that it ends in; within a part they stand as in the corpus.
//!
//! Invariant: any bytes are an order, or none; the same articles have the same order on every target (only + − × and a
//! table of logarithms by `libm`). Not here: what is numbered so (see `mod`).

use super::bits::{Bits, Writer};

/// Articles of a part at least, and of a corpus that is put in order.
const PART: usize = 32;
const LEAST: usize = 256;
/// Parts at most, as a power of two.
const MOST: u32 = 16;
/// Of so many articles one has a word at least that says which are alike, and at most.
const RARE: usize = 128;
const COMMON: usize = 8;
/// How often articles change sides at most.
const ROUNDS: usize = 5;

/// Which number each article has, and the way back.
#[derive(Clone, Default)]
pub struct Order {
    /// By article; nothing where each has its own.
    docs: Vec<u32>,
    /// By number.
    articles: Vec<u32>,
}

impl Order {
    /// Of the part of each article, by its number.
    fn of(parts: &[u32]) -> Order {
        let mut starts = vec![0u32; 1 << MOST];
        parts.iter().for_each(|&part| starts[part as usize] += 1);
        let mut sum = 0;
        for start in &mut starts {
            (*start, sum) = (sum, sum + *start);
        }
        let (mut docs, mut articles) = (vec![0; parts.len()], vec![0; parts.len()]);
        for (article, &part) in parts.iter().enumerate() {
            let next = &mut starts[part as usize];
            docs[article] = *next;
            articles[*next as usize] = article as u32;
            *next += 1;
        }
        Order { docs, articles }
    }

    /// The order of a section, of so many articles; `None` where it is of another number.
    pub fn read(section: &[u8], articles: usize) -> Option<Order> {
        let Some((&bits, parts)) = section.split_first() else { return Some(Order::default()) };
        let bits = u32::from(bits).min(MOST);
        if parts.len() != (articles * bits as usize).div_ceil(8) {
            return None;
        }
        let mut stream = Bits::new(parts);
        let mut parts = vec![0; articles];
        parts.iter_mut().for_each(|part| *part = stream.get(bits));
        Some(Order::of(&parts))
    }

    /// Appends the order of `count` articles behind the `first` ones.
    pub fn push(&mut self, first: u32, other: &Order, count: u32) {
        if first == 0 || (self.docs.is_empty() && other.docs.is_empty()) {
            self.clone_from(other);
            return;
        }
        for (own, others) in [(&mut self.docs, &other.docs), (&mut self.articles, &other.articles)] {
            own.extend(own.len() as u32..first);
            own.extend(others.iter().map(|number| number + first));
            own.extend(own.len() as u32..first + count);
        }
    }

    /// The number of an article in the index.
    #[inline]
    pub fn doc(&self, article: u32) -> u32 {
        self.docs.get(article as usize).copied().unwrap_or(article)
    }

    /// The article of such a number.
    #[inline]
    pub fn article(&self, doc: u32) -> u32 {
        self.articles.get(doc as usize).copied().unwrap_or(doc)
    }

    /// The section, and the order, of so many articles; `lists` gives of every word the articles that have it.
    pub fn make<L: Iterator<Item = u32>>(
        articles: usize,
        lists: impl Iterator<Item = L>,
    ) -> (Vec<u8>, Order) {
        if articles < LEAST {
            return (Vec::new(), Order::default());
        }
        let bits = (articles / PART).ilog2().min(MOST);
        let mut halves = Halves::of(articles, lists);
        let mut all: Vec<u32> = (0..articles as u32).collect();
        halves.part(&mut all, bits);
        let mut section = vec![bits as u8];
        let mut stream = Writer::new(&mut section);
        halves.parts.iter().for_each(|&part| stream.put(part, bits));
        stream.finish();
        (section, Order::of(&halves.parts))
    }
}

/// Articles on their way into parts.
struct Halves {
    /// The words of each article that say which are alike, by number, and where each article's end.
    words: Vec<u32>,
    ends: Vec<usize>,
    /// By how many articles have a word in a half: how many bits more one more takes.
    steps: Vec<f32>,
    /// Of each word the articles that have it in either half, and what an article gains by it where it goes from there to
    /// the other: less where it goes from the right.
    counts: [Vec<u32>; 2],
    gains: [Vec<f32>; 2],
    /// Words that stand in the halves.
    met: Vec<u32>,
    /// The part of each article so far.
    parts: Vec<u32>,
}

impl Halves {
    fn of<L: Iterator<Item = u32>>(articles: usize, lists: impl Iterator<Item = L>) -> Halves {
        let range = articles / RARE..=articles / COMMON;
        let (mut having, mut lengths) = (Vec::new(), Vec::new());
        for list in lists {
            let start = having.len();
            having.extend(list);
            if range.contains(&(having.len() - start)) {
                lengths.push(having.len() - start);
            } else {
                having.truncate(start);
            }
        }
        let mut ends = vec![0; articles];
        having.iter().for_each(|&article: &u32| ends[article as usize] += 1);
        let mut sum = 0;
        for end in &mut ends {
            (*end, sum) = (sum, sum + *end);
        }
        let mut words = vec![0; having.len()];
        let mut rest = having.as_slice();
        for (word, &length) in (0..).zip(&lengths) {
            let (list, behind) = rest.split_at(length);
            rest = behind;
            for &article in list {
                let next = &mut ends[article as usize];
                words[*next] = word;
                *next += 1;
            }
        }
        // So many times the logarithm of one more.
        let bits = |having: usize| having as f64 * libm::log2(having as f64 + 1.0);
        let steps = (0..=articles).map(|having| (bits(having + 1) - bits(having)) as f32).collect();
        let (counts, gains) = (vec![0; lengths.len()], vec![0.0; lengths.len()]);
        Halves {
            words,
            ends,
            steps,
            counts: [counts.clone(), counts],
            gains: [gains.clone(), gains],
            met: Vec::new(),
            parts: vec![0; articles],
        }
    }

    /// The words of an article, as a range of all.
    fn words(&self, article: u32) -> std::ops::Range<usize> {
        let before = (article as usize).checked_sub(1).map_or(0, |before| self.ends[before]);
        before..self.ends[article as usize]
    }

    /// Counts the words of an article as gone from one half to the other, where they were in one.
    fn go(&mut self, article: u32, from: Option<usize>, to: usize) {
        for at in self.words(article) {
            let word = self.words[at] as usize;
            if let Some(from) = from {
                self.counts[from][word] -= 1;
            } else if self.counts[0][word] + self.counts[1][word] == 0 {
                self.met.push(word as u32);
            }
            self.counts[to][word] += 1;
        }
    }

    /// Parts these articles in two, and each half again, so many times.
    fn part(&mut self, articles: &mut [u32], times: u32) {
        if times == 0 {
            return;
        }
        let half = articles.len() / 2;
        for (at, &article) in articles.iter().enumerate() {
            self.go(article, None, usize::from(at >= half));
        }
        let mut drawn: Vec<(f32, usize)> = Vec::new();
        for _ in 0..ROUNDS {
            for &word in &self.met {
                let word = word as usize;
                let [left, right] = [self.counts[0][word] as usize, self.counts[1][word] as usize];
                let gain = |from: usize, to: usize| self.steps[to] - self.steps[from.saturating_sub(1)];
                (self.gains[0][word], self.gains[1][word]) = (gain(left, right), -gain(right, left));
            }
            // How much each is drawn to the right; those that are most belong there.
            drawn.clear();
            drawn.extend(articles.iter().enumerate().map(|(at, &article)| {
                let gains = &self.gains[usize::from(at >= half)];
                (
                    self.words[self.words(article)].iter().fold(0.0, |sum, &word| sum + gains[word as usize]),
                    at,
                )
            }));
            let (left, _, _) =
                drawn.select_nth_unstable_by(half, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let mut come: Vec<usize> = left.iter().map(|(_, at)| *at).filter(|at| *at >= half).collect();
            let mut stay = vec![false; half];
            left.iter().filter(|(_, at)| *at < half).for_each(|(_, at)| stay[*at] = true);
            come.sort_unstable();
            if come.is_empty() {
                break;
            }
            for (at, come) in (0..half).filter(|at| !stay[*at]).zip(come) {
                articles.swap(at, come);
                self.go(articles[come], Some(0), 1);
                self.go(articles[at], Some(1), 0);
            }
        }
        for word in self.met.drain(..) {
            (self.counts[0][word as usize], self.counts[1][word as usize]) = (0, 0);
        }
        for (at, &article) in articles.iter().enumerate() {
            let part = &mut self.parts[article as usize];
            *part = *part << 1 | u32::from(at >= half);
        }
        let (left, right) = articles.split_at_mut(half);
        self.part(left, times - 1);
        self.part(right, times - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn articles_that_share_words_become_neighbours() {
        // One article of twelve is of the same matter, without a pattern.
        let of = |article: u32| article.wrapping_mul(2_654_435_761) >> 16 ^ article & 7;
        let of = |article| of(article) % 12;
        let lists: Vec<Vec<u32>> = (0..12u32)
            .flat_map(|matter| {
                (0..20).map(move |word| (0..600).filter(|a| of(*a) == matter && a % 7 != word % 7).collect())
            })
            .collect();
        let (section, order) = Order::make(600, lists.iter().map(|list| list.iter().copied()));
        let turns = (1..600).filter(|&doc| of(order.article(doc)) != of(order.article(doc - 1))).count();
        // By chance 550.
        assert!(turns < 140, "{turns} times another matter");
        let read = Order::read(&section, 600).unwrap();
        assert!(
            (0..600).all(|doc| read.article(doc) == order.article(doc) && read.doc(read.article(doc)) == doc)
        );
        assert!(Order::read(&section, 597).is_none());
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_order_or_none(section in prop::collection::vec(any::<u8>(), 0..60), articles in 0usize..60) {
            if let Some(order) = Order::read(&section, articles) {
                let mut all: Vec<u32> = (0..articles as u32).map(|doc| order.article(doc)).collect();
                prop_assert!((0..articles as u32).all(|article| order.article(order.doc(article)) == article));
                all.sort_unstable();
                prop_assert!(all.into_iter().eq(0..articles as u32));
            }
        }
    }
}
