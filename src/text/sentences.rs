//! Sentences of one block.
//!
//! Invariant: sentences are in order, do not overlap, are trimmed, and together hold every character of the text
//! but white space; none is longer than [`LONGEST`] bytes. A stop ends a sentence by the shape of what stands on
//! both sides of it (after Kiss and Strunk 2006, with lists in place of their statistics). Other scripts' stops
//! end one by themselves.

use super::words::listed;
use super::{Span, is_capital, is_small, lowercase};

/// A sentence longer than this is cut, at white space where there is some (bytes).
pub const LONGEST: usize = 4096;

/// How far back from a stop the word before it is looked for (bytes).
const LOOK_BACK: usize = 32;

/// How long a line of where it was written is, before the dash (bytes).
const DATELINE: usize = 40;

/// Abbreviations, without their last dot, that another word always follows.
const TITLES: &str = " mr mrs ms mx dr prof gen sen rep gov lt col sgt capt cmdr cdr adm maj brig rev hon fr msgr \
    pres supt det insp amb st mt ft messrs mme mlle vs v cf viz approx ca hr fra sr sra dott ing bgen mgen ltgen \
    spc pfc cpl pvt ens rt fig figs ed eds vol ch sec art pp nos ex bzw ggf z.b d.h u.a i.e e.g ";

/// Abbreviations that may end a sentence: one ends there only if the next word begins sentences.
const OTHERS: &str = " inc corp co ltd llc bros jr sr ph.d m.d b.a m.a u.s u.k u.n e.u u.s.a u.a.e d.c dept univ \
    assn gov't int'l nat'l ave blvd rd est mass calif fla tex conn pa va ";

/// Abbreviations that a number follows.
const BEFORE_NUMBERS: &str = " no nos nr p pp art sec fig ch vol par para op jan feb mar apr jun jul aug sep \
    sept oct nov dec ";

/// Words that begin sentences and rarely go on after an abbreviation.
const STARTERS: &str = " the a an this that these those it its he she they we i you his her their our my there \
    here in on at by for from with without as but and or yet so if when while after before since until although \
    though because despite during under over between among both all any some many most no not one two three \
    several each every such what who why how where which meanwhile however moreover according also then now \
    once even still instead rather thus therefore nor unlike like only is are was were do does did has have had \
    to of ";

/// What a single letter names: after these it is no initial.
const LABELLED: &str = " plan option type class group grade vitamin hepatitis section part phase team appendix point \
    letter category area zone schedule annex list tier scenario exhibit ";

/// What may follow a time of day.
const AFTER_TIMES: &str = " monday tuesday wednesday thursday friday saturday sunday january february march april \
    may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec \
    est edt cst cdt mst mdt pst pdt et ct pt gmt utc bst cet eastern central pacific mountain local ";

/// Month names that follow an ordinal number with a dot (`7. Oktober`).
const AFTER_ORDINALS: &str = " januar februar marz mai juni juli august september oktober november dezember \
    januari februari mars april augusti desember december maj marts jahrhundert ";

/// The sentences of one block, as spans of `text`.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if at - start >= LONGEST {
            let cut = cut_point(text, start, at);
            push(text, start, cut, &mut found);
            start = cut;
        }
        if !is_stop(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut only_dot = c == '.';
        let mut dots = 1;
        // Further stops, then what closes with the sentence: quotes, brackets, note marks.
        while let Some(&(i, next)) = chars.peek() {
            if is_stop(next) {
                only_dot = false;
                dots += 1;
            } else if !is_closer(next) {
                break;
            }
            if is_straight_quote(next) && opens(text, i + 1) {
                break;
            }
            end = i + next.len_utf8();
            chars.next();
        }
        end = past_note(text, end);
        while chars.peek().is_some_and(|&(i, _)| i < end) {
            chars.next();
        }
        let after = text.get(end..).unwrap_or("");
        let wide = matches!(c, '。' | '！' | '？' | '｡' | '．');
        if after.is_empty() || !(wide || after.starts_with(char::is_whitespace)) {
            continue;
        }
        if wide || ends(text, start, at, only_dot, dots, after) {
            push(text, start, end, &mut found);
            start = end;
        }
    }
    push(text, start, text.len(), &mut found);
    found
}

/// Adds a sentence, trimmed. One without a letter or digit (a stray quote) joins the one before, if that leaves
/// it short enough.
fn push(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let Some(slice) = text.get(start..end) else { return };
    let trimmed = slice.trim_start();
    let from = end - trimmed.len();
    let trimmed = trimmed.trim_end();
    if trimmed.is_empty() {
        return;
    }
    let to = from + trimmed.len();
    if !trimmed.contains(char::is_alphanumeric)
        && let Some(last) = found.last_mut()
        && to - (last.start as usize) <= LONGEST
    {
        last.end = to as u32;
        return;
    }
    found.push(Span::new(from, to));
}

/// Where to cut an overlong sentence that reached `at`.
fn cut_point(text: &str, start: usize, at: usize) -> usize {
    let space = text.get(start..at).and_then(|s| s.rfind(char::is_whitespace)).map(|i| start + i);
    // Not so early that the pieces crumble.
    space.filter(|&i| i - start > LONGEST / 2).unwrap_or(at)
}

fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '؟'
            | '۔'
            | '。'
            | '！'
            | '？'
            | '｡'
            | '．'
            | '।'
            | '॥'
            | '։'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
    )
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '）' | '】' | '》')
}

fn is_straight_quote(c: char) -> bool {
    matches!(c, '"' | '\'')
}

/// Whether a straight quote just before `at` opens something: a letter follows it directly.
fn opens(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|s| s.chars().next()).is_some_and(char::is_alphanumeric)
}

/// Past a note mark such as `[12]` that stands directly after the stop.
fn past_note(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or("");
    let Some(inside) = rest.strip_prefix('[') else { return end };
    let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) && inside.as_bytes().get(digits) == Some(&b']') {
        end + digits + 2
    } else {
        end
    }
}

/// Whether a stop at `at` ends the sentence that began at `start`, given what follows.
fn ends(text: &str, start: usize, at: usize, only_dot: bool, dots: usize, after: &str) -> bool {
    let next = next_word(after);
    let Some(first) = next.chars().next() else { return true };
    if is_small(first) {
        return false;
    }
    if !only_dot || dots > 1 {
        return true;
    }
    // "AUGUSTA, Me. — The mayor": where it was written.
    let dash = after.trim_start().starts_with(['—', '–', '-']);
    if dash && start == 0 && text.get(..at.min(DATELINE)).is_some_and(|s| s.len() == at && s.contains(',')) {
        return false;
    }
    let before = word_before(text, start, at);
    let word = lowercase(before);
    let following = lowercase(next);
    let digit_next = first.is_numeric();
    let ordinal = (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    if ordinal {
        // A list's "1." at the start, or an ordinal before its month.
        let heads = text.get(start..at).is_some_and(|s| s.trim_start().len() == before.len());
        return !heads && !listed(AFTER_ORDINALS, &super::fold(&following));
    }
    if listed(BEFORE_NUMBERS, &word) && digit_next {
        return false;
    }
    if matches!(word.as_str(), "a.m" | "p.m" | "am" | "pm") {
        return !listed(AFTER_TIMES, &following) && !digit_next;
    }
    if listed(TITLES, &word) {
        return false;
    }
    let initial = before.chars().count() == 1 && first_is_upper(before);
    let dotted = before.contains('.') && before.split('.').all(|part| part.chars().count() <= 1);
    if initial {
        // "George W. Bush", "met J. Smith", but "plan B. The", "option C. Iran".
        let label = word_before(
            text,
            start,
            start + text.get(start..at - before.len()).map_or(0, |s| s.trim_end().len()),
        );
        return listed(STARTERS, &following) || digit_next || listed(LABELLED, &lowercase(label));
    }
    if dotted || listed(OTHERS, &word) {
        return listed(STARTERS, &following);
    }
    if matches!(word.as_str(), "etc" | "al") {
        return !digit_next;
    }
    true
}

fn first_is_upper(word: &str) -> bool {
    word.chars().next().is_some_and(is_capital)
}

/// The word before a stop at `at`, inner dots and apostrophes included, looked for in a bounded stretch.
fn word_before(text: &str, start: usize, at: usize) -> &str {
    let mut from = at.saturating_sub(LOOK_BACK).max(start);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let stretch = text.get(from..at).unwrap_or("");
    let begin = stretch
        .char_indices()
        .rev()
        .take_while(|&(_, c)| c.is_alphanumeric() || matches!(c, '.' | '\''))
        .last()
        .map_or(stretch.len(), |(i, _)| i);
    stretch.get(begin..).unwrap_or("").trim_start_matches(['.', '\''])
}

/// The next word after a stop, past spaces, opening quotes and brackets, dashes.
fn next_word(after: &str) -> &str {
    let rest = after.trim_start_matches(|c: char| {
        c.is_whitespace()
            || is_straight_quote(c)
            || matches!(c, '“' | '‘' | '«' | '‹' | '(' | '[' | '„' | '–' | '—' | '-' | '¿' | '¡')
    });
    let end = rest
        .char_indices()
        .take(LOOK_BACK)
        .find(|&(_, c)| !c.is_alphanumeric())
        .map_or_else(|| rest.char_indices().nth(LOOK_BACK).map_or(rest.len(), |(i, _)| i), |(i, _)| i);
    rest.get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Sentences of the text with `|` taken out must be the parts between the `|`.
    fn check(marked: &str) {
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        let text = marked.replace('|', "");
        let found: Vec<&str> = sentences(&text).iter().map(|s| s.of(&text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn english() {
        check("Talks ended. |They went well! |Did they? |Yes…");
        check(
            "He met U.S. officials. |In the U.S. President Biden spoke. |He left the U.S. |The talks ended.",
        );
        check("Mr. Smith met Gen. Cooper and J. K. Rowling. |George W. Bush came.");
        check("They met at 5 p.m. Tuesday in Doha. |It began at 9 a.m. |Iran left.");
        check("See No. 5 and Oct. 7 there. |No. |Not now.");
        check("“Go now.” |He went. |“Why?” she asked. |“Stop!” |They stopped.");
        check("It was \"over.\" |Then \"it\" began. |\"Go,\" he said.");
        check(
            "He said … nothing. |Then... |Something happened. |And... so on. |Met J. Smith. |Option C. |Iran left.",
        );
        check("Plan B. |The talks, at 3.5 percent, failed. |2018 was worse.");
        check(
            "Shares of Apple Inc. rose. |Acme Corp. Chairman Doe left. |He works at Acme Inc. |She does not.",
        );
        check("It rose.[12] |It fell (twice.) |It stayed.");
        check("Wait—what?—no. |Really?! |Yes.");
        check("1. First item. |2. Second item.");
        check("the U.S. seeks peace. |U.S.-Iran talks.");
        check("AUGUSTA, Me. — The governor stays. |He said so. |— Ana Costa");
    }

    #[test]
    fn other_languages() {
        check("آیا مذاکره پایان یافت؟ |بله. |پایان۔ |تمام");
        check("谈判结束了。|伊朗说。|“好！”|他走了。");
        check("Am 7. Oktober kam es dazu. |Danach nicht.");
        check("वार्ता समाप्त हुई। |वे गए।");
        check("Он ушёл. |Она осталась.");
    }

    proptest! {
        #[test]
        fn total_and_nothing_lost(text in "(\\PC|[A-Za-z .!?\n\"'”]){0,300}") {
            let mut last = 0;
            let mut gaps = String::new();
            for span in sentences(&text) {
                prop_assert!(span.start >= last && !span.is_empty());
                prop_assert_eq!(span.of(&text).trim(), span.of(&text));
                gaps.push_str(&text[last as usize..span.start as usize]);
                last = span.end;
            }
            gaps.push_str(&text[last as usize..]);
            prop_assert!(gaps.trim().is_empty());
        }
    }

    #[test]
    fn long_lines_are_cut() {
        let text = "word ".repeat(100_000);
        let found = sentences(&text);
        assert!(found.iter().all(|s| s.len() <= LONGEST));
        let dense = "x".repeat(50_000);
        assert!(sentences(&dense).iter().all(|s| s.len() <= LONGEST));
        let dots = ". ".repeat(50_000);
        assert!(sentences(&dots).len() > 1);
    }
}
