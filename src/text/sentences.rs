//! Sentences of one block.
//!
//! Invariant: spans ascend, lie inside the block, hold no white space at their ends, and cover all that is not
//! white space. Linear time.

use super::Span;

/// Shortened words after which a stop does not end a sentence.
const ABBREVIATIONS: &str = " mr mrs ms dr prof gen lt col sgt capt cmdr adm sen rep gov pres st no vs etc inc ltd co corp jr sr jan feb mar apr jun jul aug sep sept oct nov dec fig approx dept rev hon al e.g i.e cf ";

/// The sentences of a block's text, as byte spans from its start.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '。' | '！' | '？') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            if !matches!(c, '.' | '!' | '?' | '…' | '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』')
            {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        let wide = matches!(c, '。' | '！' | '？');
        let after = text[end..].trim_start();
        let spaced = after.len() < text.len() - end;
        if !after.is_empty()
            && !wide
            && (!spaced || (c == '.' && !ends(&text[start..at], &text[at..end], after)))
        {
            continue;
        }
        push(text, start, end, &mut found);
        start = end;
    }
    push(text, start, text.len(), &mut found);
    found
}

/// Whether a full stop after `before` ends the sentence, given what follows.
fn ends(before: &str, stop: &str, after: &str) -> bool {
    let next = after.chars().find(|c| !matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '«' | '—'));
    if next.is_some_and(char::is_lowercase) {
        return false;
    }
    if stop.len() > 1 {
        return true;
    }
    let word =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '—')).next().unwrap_or("");
    let folded = word.to_lowercase();
    if folded.len() <= 6 && ABBREVIATIONS.contains(&format!(" {folded} ")) {
        return next.is_none() || (folded == "no" && !next.is_some_and(|c| c.is_numeric()));
    }
    let mut letters = word.chars();
    let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase());
    let acronym = word.contains('.') && word.split('.').all(|p| p.chars().count() == 1);
    if initial {
        return false;
    }
    !acronym || starts_sentence(after)
}

/// Whether what follows an acronym looks like a new sentence: a function word with a capital.
fn starts_sentence(after: &str) -> bool {
    const OPENERS: &str = " The A An He She It They We I In On At But And For This That These Those If When While After Before As By With From No Not There His Her Its Their Our ";
    let word: String = after.chars().take_while(|c| c.is_alphanumeric()).collect();
    OPENERS.contains(&format!(" {word} "))
}

fn push(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let piece = &text[start..end];
    let lead = piece.len() - piece.trim_start().len();
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        found.push(Span::new(start + lead, start + lead + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::sentences;

    fn check(text: &str, expected: usize) {
        let found: Vec<&str> = sentences(text).into_iter().map(|s| s.of(text)).collect();
        assert_eq!(found.len(), expected, "{found:?}");
    }

    #[test]
    fn ends_of_sentences() {
        check("Talks ended. Both left.", 2);
        check("U.S. officials said so. Mr. Smith left at 5 p.m. Tuesday.", 2);
        check("“We talked.” He left… Why? No. 5 knew.", 4);
        check("J. K. Rowling wrote it.", 1);
        check("他来了。她走了。", 2);
    }
}
