//! Light words: function words, which say little beside other words.
//!
//! Invariant: the list is folded and sorted. Beside other words they are not looked for; a query of light words
//! alone looks for them, and so does a phrase. Not here: telling languages apart (see `text`).

use std::cmp::Ordering;

/// Articles, pronouns, prepositions, conjunctions, auxiliaries and question words of English, then the commonest
/// of French, German, Spanish, Italian, Portuguese and Dutch that are no content words in English.
const LIGHT: &str = "a about al also am an and any are as at au aus aux avec be been being between but by can che con \
    could da dans das de dei del della dem den der des did do does done dos du e each een ein eine einer \
    el en est et for from fur had has have having he her het his how i if il im in into is ist it its la \
    las le les los may me might mit must my na nach no nos not of on or os ou our par para per por pour \
    que qui shall she should so some such sur than that the their them then there these they this those \
    to um un una und une upon van very von was we were what when where whether which while who whom \
    whose why will with would y you your zu";

/// Whether a folded word is light.
pub fn is_light(word: &str) -> bool {
    // By halves: all words of the best articles come through here.
    let mut rest = LIGHT;
    while !rest.is_empty() {
        let start = rest.get(..rest.len() / 2).and_then(|half| half.rfind(' ')).map_or(0, |at| at + 1);
        let (before, from) = rest.split_at(start);
        let (middle, after) = from.split_once(' ').unwrap_or((from, ""));
        rest = match word.cmp(middle) {
            Ordering::Equal => return true,
            Ordering::Less => before.trim_end(),
            Ordering::Greater => after,
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(LIGHT.split(' ').is_sorted());
        assert!(LIGHT.split(' ').all(is_light));
        assert!(["talks", "", "abou", "zu zu", "zulu", "é"].iter().all(|word| !is_light(word)));
    }
}
