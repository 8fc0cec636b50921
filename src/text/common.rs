//! How common English stems are: the share of sentences that hold them, as idf in steps of .5 nat.
//!
//! Counted once over 98,107 sentences of openly licensed prose (MASC, GUM, EWT, Wikinews, Voice of America, SETimes,
//! State of the Union addresses, Wikipedia); only the counts are here. A corpus carries those of its own stems, so that
//! the page's edition for reading does without the table. Invariant: a stem stands in one row; one that is in none is
//! rare ([`RARE`]). Not here: how often a word stands in the articles at hand (`compare/align.rs`).

use crate::text::interner::Interner;
use std::sync::OnceLock;

/// The idf (nats) of stems that are not in the table.
pub const RARE: f64 = 7.5;

/// A line for each idf: it in tenths of a nat, then the stems with about that, a blank before each.
const TABLE: &str =
    if cfg!(any(feature = "studio", not(target_arch = "wasm32"))) { include_str!("common.txt") } else { "" };

/// Stems whose idf is known.
#[derive(Default)]
pub struct Common {
    stems: Interner,
    /// Tenths of a nat, by the stem's number.
    tenths: Vec<u8>,
}

impl Common {
    /// All that are known; none in the edition for reading.
    pub fn all() -> &'static Common {
        static ALL: OnceLock<Common> = OnceLock::new();
        ALL.get_or_init(|| Common::read(TABLE))
    }

    /// Reads lines like those of [`among`]. Total: what is no such line has no stems.
    pub fn read(lines: &str) -> Common {
        let mut common = Common::default();
        for line in lines.lines() {
            let mut parts = line.split(' ');
            let Some(tenths) = parts.next().and_then(|tenths| tenths.parse().ok()) else { continue };
            for stem in parts {
                common.stems.number(stem);
                common.tenths.push(tenths);
                // A stem that was met before keeps its first idf.
                common.tenths.truncate(common.stems.count());
            }
        }
        common
    }

    /// Global idf of a stem, in nats: .5 ("the") to 7.5 (not among the 1,600 commonest).
    pub fn idf(&self, stem: &str) -> f64 {
        let tenths = self.stems.find(stem).and_then(|number| self.tenths.get(number as usize));
        tenths.map_or(RARE, |tenths| f64::from(*tenths) / 10.0)
    }
}

/// The lines of the table with the stems that a corpus has, for [`Common::read`]; empty where it has none.
pub fn among(has: impl Fn(&str) -> bool) -> String {
    let mut out = String::new();
    if TABLE.is_empty() {
        return out;
    }
    for line in TABLE.lines() {
        let mut parts = line.split(' ');
        let head = parts.next().unwrap_or_default();
        let start = out.len();
        for stem in parts.filter(|stem| has(stem)) {
            if out.len() == start {
                out.push_str(head);
            }
            out.push(' ');
            out.push_str(stem);
        }
        if out.len() > start {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_weigh_less_and_no_stem_is_twice() {
        let all = Common::all();
        assert!(all.idf("the") < all.idf("govern") && all.idf("govern") < all.idf("jcpoa"));
        let stems: usize = TABLE.lines().map(|line| line.split(' ').count() - 1).sum();
        assert_eq!((all.stems.count(), all.tenths.len()), (stems, stems));
    }

    #[test]
    fn those_of_a_corpus_keep_their_idf_and_no_other_is_there() {
        let lines = among(|stem| ["the", "govern"].contains(&stem));
        let (all, some) = (Common::all(), Common::read(&lines));
        assert_eq!(some.stems.count(), 2);
        assert!(
            ["the", "govern"].iter().all(|stem| some.idf(stem) == all.idf(stem) && some.idf(stem) < RARE)
        );
        assert_eq!(some.idf("nation"), RARE);
        assert_eq!(among(|_| true), TABLE);
        assert_eq!(among(|_| false), "");
    }

    #[test]
    fn any_lines_are_read() {
        let read = Common::read("no number\n\n50 a a b\n999 c\n10 b");
        assert_eq!(["a", "b", "c", "number", ""].map(|stem| read.idf(stem)), [5.0, 5.0, RARE, RARE, RARE]);
    }
}
