//! The page: one HTML file around a corpus, and the [`Shell`] of program parts that it is made from.
//!
//! Invariant: the page is a function of the shell and the content alone, so the same articles give the same
//! bytes, natively and when a page saves a copy of itself; [`corpus()`] gives back what went in. The policy in
//! the page lets nothing run or load but the parts inside it. Not here: how the parts are built (`xtask`),
//! what the articles look like as static text (the corpus), or files on a disk (the command).
//!
//! Scripts and the style sheet are allowed by the SHA-256 of their text (CSP level 3, section 6.7.3.3). Bytes
//! stand as base64 in data blocks (HTML, section 4.12.1: a `script` of a type that is no script type is never
//! run), whose alphabet has no `<`, so no content can end them early.

use super::{base64, escape};
use sha2::{Digest, Sha256};

/// The page with a name in double braces where each part goes.
const TEMPLATE: &str = include_str!("../../index.html");

/// First bytes of every page that Crossread makes; how its own output is recognised.
pub const SIGNATURE: &str = "<!doctype html>\n<!-- Crossread: articles and their explorer in one file.";

/// The service worker that stands beside a hosted page as `sw.js`.
pub const SERVICE_WORKER: &str = include_str!("../../static/sw.js");

const ICON: &[u8] = include_bytes!("../../static/icon.svg");

/// The program's parts, as they stand in a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shell {
    /// The style sheet.
    pub css: String,
    /// The icons, as symbols of an SVG image whose ids are `i-` and a name, as a browser writes them down.
    pub icons: String,
    /// The script of the head: theme before first paint.
    pub theme: String,
    /// The script that starts the program.
    pub boot: String,
    /// The script between JavaScript and WebAssembly, as a function `GLUE`.
    pub glue: String,
    /// The WebAssembly, as it is or deflated (raw deflate), in base64.
    pub wasm: String,
}

/// What one page holds.
#[derive(Clone, Debug, Default)]
pub struct Content<'a> {
    /// Title of the page; may be empty.
    pub title: &'a str,
    /// The articles as static HTML, escaped; for readers without scripts and until the program has started.
    pub articles_html: &'a str,
    /// The corpus file; empty for a page that has no articles yet.
    pub corpus: &'a [u8],
    /// Whether the page stands on a host with [`SERVICE_WORKER`] beside it.
    pub hosted: bool,
}

impl Shell {
    /// Reads the parts as `xtask` writes them: for each a line with its name and length, its text, a line end.
    /// The error names the part that is missing, damaged, or would end its own element in a page early.
    pub fn parse(text: &str) -> Result<Shell, &'static str> {
        let mut rest = text;
        let mut next = |name: &'static str| {
            let (head, tail) = rest.split_once('\n').ok_or(name)?;
            let length = head.strip_prefix(name).and_then(|h| h.strip_prefix(' ')).ok_or(name)?;
            let (part, tail) =
                length.parse().ok().and_then(|length| tail.split_at_checked(length)).ok_or(name)?;
            rest = tail.strip_prefix('\n').ok_or(name)?;
            let lower = part.to_ascii_lowercase();
            // A browser makes all line ends \n before it hashes.
            let ends =
                ["</script", "</style", "<!--", "<script", "\0", "\r"].iter().any(|e| lower.contains(e));
            if ends { Err(name) } else { Ok(part.to_owned()) }
        };
        Ok(Shell {
            css: next("css")?,
            icons: next("icons")?,
            theme: next("theme")?,
            boot: next("boot")?,
            glue: next("glue")?,
            wasm: next("wasm")?,
        })
    }
}

/// Whether a file is a page that Crossread made.
pub fn is_page(html: &str) -> bool {
    html.starts_with(SIGNATURE)
}

/// The corpus file inside a page; `None` where the text is no page of ours, or its data block is damaged.
pub fn corpus(html: &str) -> Option<Vec<u8>> {
    is_page(html).then(|| part(html, "corpus").and_then(base64::decode)).flatten()
}

/// The page: one self-contained HTML file.
pub fn page(shell: &Shell, content: &Content) -> String {
    let mut title = String::new();
    escape(&mut title, if content.title.trim().is_empty() { "Crossread" } else { content.title });
    let hosted = if content.hosted { " data-hosted" } else { "" };
    let notice = if content.corpus.is_empty() {
        "This page takes in articles and lets you search, read and compare them. For that it needs scripts, which \
         are off or not supported here."
    } else {
        "Scripts are off or not supported here: these are the articles to read. With scripts on, this page also \
         searches and compares them. It loads nothing from anywhere."
    };
    let size = shell.css.len() + shell.boot.len() + shell.glue.len() + shell.wasm.len();
    let mut out =
        String::with_capacity(size + content.articles_html.len() + content.corpus.len() / 3 * 4 + 4_096);
    let (policy, icon) = (policy(shell, content.hosted), base64::encode(ICON));
    let corpus = base64::encode(content.corpus);
    let mut rest = TEMPLATE;
    while let Some((text, name, after)) = next_part(rest) {
        out.push_str(text);
        out.push_str(match name {
            "hosted" => hosted,
            "policy" => &policy,
            "version" => env!("CARGO_PKG_VERSION"),
            "title" => &title,
            "icon" => &icon,
            "icons" => &shell.icons,
            "theme" => &shell.theme,
            "css" => &shell.css,
            "notice" => notice,
            "articles" => content.articles_html,
            "wasm" => &shell.wasm,
            "corpus" => &corpus,
            "glue" => &shell.glue,
            "boot" => &shell.boot,
            _ => "",
        });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Text up to the next name in double braces, the name, and what follows it.
fn next_part(template: &str) -> Option<(&str, &str, &str)> {
    let (text, rest) = template.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    Some((text, name, after))
}

/// The Content-Security-Policy: nothing but the parts of this page.
fn policy(shell: &Shell, hosted: bool) -> String {
    let hash = |text: &str| format!("'sha256-{}'", base64::encode(&Sha256::digest(text)));
    let scripts = [&shell.theme, &shell.glue, &shell.boot].map(|script| hash(script)).join(" ");
    let workers = if hosted { "'self' blob:" } else { "blob:" };
    format!(
        "default-src 'none'; script-src {scripts} 'wasm-unsafe-eval'; style-src {}; img-src data: blob:; \
         worker-src {workers}; connect-src 'none'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types crossread",
        hash(&shell.css)
    )
}

/// The text of the part `name`.
fn part<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let id = format!(" id=\"crossread-{name}\"");
    // Articles are escaped and parts are checked, so the first tag with this id is the part.
    let tag = html.find(&format!("<script{id}")).or_else(|| html.find(&format!("<style{id}")))?;
    let from_tag = html.get(tag..)?;
    let from_text = from_tag.get(from_tag.find('>')? + 1..)?;
    let end = from_text.find("</script>").into_iter().chain(from_text.find("</style>")).min()?;
    from_text.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shell() -> Shell {
        Shell {
            css: "main > p { color: #111 }".into(),
            icons: "<symbol id=\"i-go\"><path d=\"M0 0h9\"></path></symbol>".into(),
            theme: "var a = '1';".into(),
            boot: "if (a < 2) start();".into(),
            glue: "self.GLUE = function () {};".into(),
            wasm: "AGFzbQ==".into(),
        }
    }

    fn made(title: &str, corpus: &[u8], hosted: bool) -> String {
        page(&shell(), &Content { title, articles_html: "<article>\n</article>\n", corpus, hosted })
    }

    #[test]
    fn the_policy_names_each_script_by_its_hash_and_nothing_else() {
        let html = made("T", b"", false);
        // `printf %s "main > p { color: #111 }" | openssl dgst -sha256 -binary | base64`
        assert!(html.contains("style-src 'sha256-6gZQQV1vRj76Bo5qQdyoymY/FDTaRjUxoQB4xSGwVfM='; img-src data: blob:; worker-src blob:;"), "{html}");
        assert!(!html.contains("unsafe-inline") && !html.contains("'unsafe-eval'") && !html.contains("://"));
        assert!(made("T", b"", true).contains("worker-src 'self' blob:;"));
    }

    #[test]
    fn the_template_is_whole_and_only_its_own_names_are_filled() {
        assert!(TEMPLATE.starts_with(SIGNATURE));
        let html = made("{{boot}} of {{x}}", b"", false);
        assert_eq!(html.matches("{{boot}} of {{x}}").count(), 2, "{html}");
        assert_eq!(html.matches("{{").count(), 4, "a name of the template is not filled: {html}");
        assert_eq!(html.matches("if (a < 2) start();").count(), 1, "{html}");
    }

    #[test]
    fn a_title_is_text() {
        let html = made("</title><script>x</script> & \u{202e}", b"", false);
        assert!(!html.contains("<script>x"), "{html}");
    }

    #[test]
    fn other_files_are_no_pages() {
        for text in ["", "<!doctype html>", "<p id=\"crossread-corpus\">", SIGNATURE] {
            assert_eq!(corpus(text), None, "{text}");
        }
    }

    #[test]
    fn a_shell_is_read_or_its_bad_part_is_named() {
        let printed = |shell: &Shell| {
            let parts = [&shell.css, &shell.icons, &shell.theme, &shell.boot, &shell.glue, &shell.wasm];
            let names = ["css", "icons", "theme", "boot", "glue", "wasm"];
            names.iter().zip(parts).map(|(n, p)| format!("{n} {}\n{p}\n", p.len())).collect::<String>()
        };
        let whole = printed(&shell());
        assert_eq!(Shell::parse(&whole), Ok(shell()));
        for boot in ["a</ScRipt >", "<!-- <script", "a\r\nb"] {
            assert_eq!(
                Shell::parse(&printed(&Shell { boot: boot.into(), ..shell() })),
                Err("boot"),
                "{boot}"
            );
        }
        for cut in 0..whole.len() {
            assert!(Shell::parse(&whole[..cut]).is_err(), "cut at {cut}");
        }
    }

    proptest! {
        #[test]
        fn what_went_in_comes_out(title: String, bytes: Vec<u8>, hosted: bool) {
            let html = made(&title, &bytes, hosted);
            prop_assert_eq!(corpus(&html), Some(bytes));
        }

        #[test]
        fn total_on_damage(cut in 0usize..3_000, corpus_bytes: Vec<u8>) {
            let html = made("T", &corpus_bytes, false);
            let cut = html.floor_char_boundary(cut);
            prop_assert!(corpus(&html[..cut]).is_none_or(|found| found == corpus_bytes));
        }
    }
}
