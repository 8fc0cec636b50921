//! The articles as static HTML: what a reader has before the program starts, or where scripts are off.
//!
//! Invariant: every byte of an article's text is escaped, so nothing in an article is ever markup; ids are
//! made from names in addresses and paragraph numbers only. Not here: the page around it.

use crate::article::{Article, BlockKind};

/// All articles, one `<article>` each, to stand in the page's `<main>`.
pub fn articles(articles: &[Article]) -> String {
    let mut out = String::with_capacity(articles.iter().map(|a| a.text.len() * 5 / 4 + 512).sum());
    for article in articles {
        one(&mut out, article);
    }
    out
}

fn one(out: &mut String, article: &Article) {
    let meta = &article.meta;
    out.push_str("<article id=\"article-");
    escape(out, &article.slug);
    out.push('"');
    if let Some(language) = &meta.language {
        out.push_str(" lang=\"");
        escape(out, language);
        out.push('"');
    }
    out.push_str(">\n<h2 dir=\"auto\">");
    escape(out, &meta.title);
    out.push_str("</h2>\n");
    let facts = [&meta.source, &meta.author, &meta.date, &meta.licence];
    if facts.iter().any(|f| f.is_some()) || meta.url.is_some() {
        out.push_str("<p class=\"facts\">");
        for (i, fact) in facts.into_iter().flatten().enumerate() {
            if i > 0 {
                out.push_str(" · ");
            }
            out.push_str("<bdi>");
            escape(out, fact);
            out.push_str("</bdi>");
        }
        if let Some(url) =
            meta.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://"))
        {
            out.push_str(" <a rel=\"noopener noreferrer\" href=\"");
            escape(out, url);
            out.push_str("\">");
            escape(out, url);
            out.push_str("</a>");
        }
        out.push_str("</p>\n");
    }
    for (i, block) in article.blocks.iter().enumerate() {
        let (open, close) = match block.kind {
            // The title is an h2, so headings inside start one below.
            BlockKind::Heading(level) => match level {
                0..=2 => ("<h3", "</h3>"),
                3 => ("<h4", "</h4>"),
                4 => ("<h5", "</h5>"),
                _ => ("<h6", "</h6>"),
            },
            BlockKind::Paragraph => ("<p", "</p>"),
            BlockKind::Item => ("<li", "</li>"),
            BlockKind::Quote => ("<blockquote", "</blockquote>"),
            BlockKind::Preformatted => ("<pre", "</pre>"),
        };
        let item = |at: Option<usize>| {
            at.and_then(|at| article.blocks.get(at)).is_some_and(|b| b.kind == BlockKind::Item)
        };
        if item(Some(i)) && !item(i.checked_sub(1)) {
            out.push_str("<ul>\n");
        }
        out.push_str(open);
        out.push_str(" id=\"article-");
        escape(out, &article.slug);
        match block.number {
            Some(number) => out.push_str(&format!("-p{number}")),
            None => out.push_str(&format!("-h{i}")),
        }
        out.push_str("\" dir=\"auto\">");
        text(out, block.span.of(&article.text));
        out.push_str(close);
        out.push('\n');
        if item(Some(i)) && !item(Some(i + 1)) {
            out.push_str("</ul>\n");
        }
    }
    out.push_str("</article>\n");
}

/// Appends a text of an article. What turns the order of reading around is shut in an element, as in the program
/// (`app/marked.rs`), so that it is seen and turns nothing.
fn text(out: &mut String, text: &str) {
    for part in text.split_inclusive(TURNS) {
        let text = part.trim_end_matches(TURNS);
        escape(out, text);
        if let Some(turn) = part.get(text.len()..).filter(|turn| !turn.is_empty()) {
            out.push_str("<span class=\"turn\">");
            out.push_str(turn);
            out.push_str("</span>");
        }
    }
}

/// Overrides and embeddings of UAX #9 and their end.
const TURNS: [char; 5] = ['\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}'];

/// Appends a text so that it is a text in HTML, in an element as well as in a quoted attribute.
///
/// Characters that HTML does not allow become U+FFFD; letters and everything else stay as they are.
pub fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            '\r' => out.push_str("&#13;"),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_turns_the_order_of_reading_is_shut_in() {
        let mut out = String::new();
        text(&mut out, "pay \u{202e}001\u{202c} & go\u{202b}");
        let shut = |c: char| format!("<span class=\"turn\">{c}</span>");
        let [turn, back, end] = ['\u{202e}', '\u{202c}', '\u{202b}'].map(shut);
        assert_eq!(out, format!("pay {turn}001{back} &amp; go{end}"));
    }

    #[test]
    fn markup_becomes_text() {
        let mut out = String::new();
        escape(&mut out, "<script>alert('1')</script> & \"x\"\0");
        assert_eq!(out, "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;\u{fffd}");
    }

    proptest! {
        #[test]
        fn no_text_opens_a_tag_or_closes_an_attribute(text: String) {
            let mut out = String::new();
            escape(&mut out, &text);
            prop_assert!(!out.contains(['<', '>', '"', '\'']));
        }
    }
}
