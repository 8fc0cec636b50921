//! Hostile articles: nothing in them runs or loads, all of them can be read, and the tab lives.

use crate::support::ear::Ear;
use crate::support::{Host, Tab, everywhere, file_address, pages};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Everything that HTML offers to run or load something, with the address of a listener in place of `EAR`.
const ATTACK: &str = "<script>pwned = 'script'</script><script src='http://EAR/script'></script>\
    <img src='x' onerror=\"pwned = 'onerror'\"><img src='http://EAR/image'><img srcset='http://EAR/srcset 1x, http://EAR/srcset2 2x'>\
    <svg onload=\"pwned = 'svg'\"><image href='http://EAR/svg'/></svg>\
    <a href=\"javascript:pwned = 'link'\">a link that runs</a> <a href='data:text/html,<script>opener.pwned = 1</script>'>a link with data</a>\
    <meta http-equiv='refresh' content='0;url=http://EAR/refresh'><base href='http://EAR/base/'>\
    <form action='http://EAR/form'><input autofocus onfocus=\"pwned = 'focus'\"><button>Send</button></form>\
    <iframe src='http://EAR/frame' srcdoc='<script>top.pwned = 1</script>'></iframe><object data='http://EAR/object'></object>\
    <style>@import url(http://EAR/import); body { background: url(http://EAR/css) }</style>\
    <link rel='stylesheet' href='http://EAR/link'><link rel='preconnect' href='http://EAR/'><video src='http://EAR/video' autoplay></video>\
    </main></div></script><!-- ]]>";

/// What stands before and after the attack in each article, and must be readable.
const BEFORE: &str = "The heron stood at the weir before";
const AFTER: &str = "The heron stood at the weir after";

/// A title that would be read backwards from the middle on.
const TITLE: &str = "Annex \u{202e}gnp.exe <img src=x onerror=\"pwned = 'title'\">";

/// The same attack as text, Markdown, JSON and JSON Lines; their folder.
fn articles(ear: &Ear) -> PathBuf {
    let attack = ATTACK.replace("EAR", ear.origin());
    let folder = pages::folder();
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).unwrap();
    write("text.txt", format!("{BEFORE} it.\n\n{attack}\n\nAnd {attack} inline.\n\n{AFTER} it.\n"));
    let links = "[run](javascript:pwned='md') [data](data:text/html,x) <javascript:pwned='auto'> [ref][r] \
        ![picture](http://EAR/picture) [![both](http://EAR/both)](javascript:pwned='both')\n\n[r]: javascript:pwned='ref'";
    let links = links.replace("EAR", ear.origin());
    write(
        "markdown.md",
        format!(
            "---\ntitle: {}\nsource: \"<script>pwned = 'source'</script>\"\nurl: \"javascript:pwned = 'url'\"\n---\n\n\
             {BEFORE} it.\n\n{attack}\n\nAnd {attack} inline.\n\n{links}\n\n{AFTER} it.\n",
            json!(TITLE)
        ),
    );
    let record = |id: &str| {
        json!({ "id": id, "title": TITLE, "text": format!("{BEFORE} {id}.\n\n{attack}\n\n{AFTER} it."),
            "source": attack, "author": attack, "language": "en\" onload=\"pwned=1", "url": "data:text/html,x" })
    };
    write("array.json", json!([record("array")]).to_string());
    write("lines.jsonl", format!("{}\n{}\n", record("lines"), record("../../lines?q=1#x")));
    folder
}

/// Nothing of an article has run, is an element, or has been asked for.
#[track_caller]
fn harmless(tab: &Tab, ear: &Ear) {
    assert_eq!(tab.js("return window.pwned ?? null"), json!(null), "at {}", tab.address());
    let elements = "#app :is(script, iframe, object, embed, meta, base, link, style, img, video, audio, [onerror], [onload], [onfocus])";
    assert_eq!(tab.each(elements, "e.outerHTML"), [] as [&str; 0], "at {}", tab.address());
    assert_eq!(tab.each("#app form", "e.getAttribute('action')"), vec!["null"; tab.count("#app form")]);
    let links = tab.each("#app a", "new URL(e.getAttribute('href'), location).protocol");
    assert!(links.iter().all(|scheme| ["http:", "https:", "file:"].contains(&scheme.as_str())), "{links:?}");
    assert_eq!(ear.heard(), [] as [&str; 0], "at {}", tab.address());
}

#[test]
fn nothing_of_an_article_runs_or_loads_and_all_of_it_is_readable() {
    let ear = Ear::open();
    let page = pages::built(&[&articles(&ear)]);
    let host = Host::of(&pages::folder_of(&page));
    for address in [host.address(&page), file_address(&page)] {
        let tab = Tab::chromium(&address);
        tab.goto("#/about");
        tab.wait_for("main .records h3 a");
        let slugs = tab.each("main .records h3 a", "e.getAttribute('href').replace('#/article/', '')");
        assert_eq!(slugs.len(), 5, "{slugs:?}");
        harmless(&tab, &ear);
        // What would turn a title around is seen, and turns nothing.
        let titles = tab.each("main .records h3 a", "e.textContent");
        assert_eq!(
            titles.iter().filter(|title| title.contains("Annex \u{fffd}gnp.exe <img")).count(),
            4,
            "{titles:?}"
        );

        let mut views = vec![
            "#/".to_owned(),
            "#/?q=heron".to_owned(),
            "#/?q=pwned&view=concordance".to_owned(),
            "#/names".to_owned(),
            "#/open".to_owned(),
        ];
        views.extend(slugs.iter().map(|slug| format!("#/article/{slug}?q=pwned")));
        for view in ["", "?view=differences", "?view=only-a"] {
            views.push(format!("#/compare/{}/{}{view}", slugs[0], slugs[1]));
        }
        for view in views {
            tab.goto("#/nowhere");
            tab.goto(&view);
            tab.wait_until("!location.hash.includes('nowhere') && document.querySelector('main:not([aria-busy=true]) h1') && !document.querySelector('main .busy')");
            if view.contains("article/") {
                for words in [BEFORE, AFTER] {
                    tab.wait_until(&format!(
                        "document.querySelector('main').innerText.includes({})",
                        json!(words)
                    ));
                }
            }
            harmless(&tab, &ear);
        }
        let own = tab.page().to_owned();
        assert_eq!(tab.requests(), [own.as_str()], "requests beyond the page itself");
        tab.assert_silent();

        // Without scripts too.
        let tab = Tab::chromium(&address);
        tab.scripts_off();
        tab.goto("");
        tab.wait_for("main.static article");
        assert_eq!(tab.count("main.static article"), 5);
        for article in tab.texts("main.static article") {
            assert!(article.contains(BEFORE) && article.contains(AFTER), "{article}");
        }
        assert_eq!(
            tab.count(
                "main.static :is(script, iframe, object, meta, base, link, style, img, svg, form, video)"
            ),
            0
        );
        assert_eq!(tab.count("a[href^=javascript], a[href^=data]"), 0);
        assert_eq!(tab.requests(), [own.as_str()], "requests beyond the page itself");
        assert_eq!(ear.heard(), [] as [&str; 0]);
    }
}

/// Files that are taken in through the page, which must stay usable meanwhile.
fn taken_in(name: &str, text: &str, sought: &str, shown: &str) {
    let file = pages::folder().join(name);
    std::fs::write(&file, text).unwrap();
    let page = pages::empty();
    let tab = Tab::chromium(&file_address(&page));
    tab.goto("#/open");
    take(&tab, &file);
    tab.goto(&format!("#/?q={sought}"));
    tab.wait_within(60, "the match", || tab.count("main .hits mark.hit") > 0);
    tab.goto(&format!("#/article/{}?q={sought}&hit=0", name.split('.').next().unwrap()));
    tab.wait_within(60, "the article", || tab.count("main[data-slug] mark.hit") > 0);
    // Part by part, those behind the match a moment later.
    let end = format!("return document.querySelector('main').textContent.includes({})", json!(shown));
    tab.wait_within(60, "its end", || tab.js(&end) == json!(true));
    // It still answers keys.
    tab.keys("t");
    tab.wait_until("document.documentElement.dataset.theme === 'light'");
    tab.assert_silent();
}

/// Takes a file in; meanwhile the page draws.
#[track_caller]
fn take(tab: &Tab, file: &Path) {
    tab.wait_for("main h1");
    tab.choose("input[type=file]:not([webkitdirectory])", &[file]);
    let frames = "(() => { const start = performance.now(); requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start))) })()";
    tab.wait_within(90, "the file to be taken in", || {
        let frame = tab.js_later(frames).as_f64().unwrap();
        assert!(frame < 5_000.0, "the page stood still for {frame} ms");
        tab.count("ul.outcomes > li") == 1
    });
}

#[test]
fn a_line_of_twenty_megabytes_can_be_searched_and_read() {
    let words = "the mill stood by the river and nobody knew who had built it or when it was last in use ";
    let text = format!(
        "The bittern boomed first. {}and the heron came last.",
        words.repeat(20_000_000 / words.len())
    );
    taken_in("line.txt", &text, "bittern", "the heron came last.");
}

#[test]
fn lists_and_quotes_in_a_hundred_thousand_levels_are_text() {
    for (name, mark) in [("lists.md", "- "), ("quotes.md", ">"), ("both.md", "> - ")] {
        let text =
            format!("The bittern boomed.\n\n{} deep words\n\nThe heron came last.\n", mark.repeat(100_000));
        taken_in(name, &text, "bittern", "The heron came last.");
    }
}

/// Whether the first character of a text stands left of its last, wherever it stands in an element.
fn reads_on(tab: &Tab, css: &str, text: &str) -> bool {
    let script = format!(
        "const walk = document.createTreeWalker(document.querySelector({}), NodeFilter.SHOW_TEXT);
         while (walk.nextNode()) {{
             const at = walk.currentNode.data.indexOf({text});
             if (at < 0) continue;
             const left = at => {{
                 const range = document.createRange();
                 range.setStart(walk.currentNode, at); range.setEnd(walk.currentNode, at + 1);
                 return range.getBoundingClientRect().left;
             }};
             return left(at) < left(at + {text}.length - 1);
         }}
         return null",
        json!(css),
        text = json!(text)
    );
    tab.js(&script).as_bool().unwrap_or_else(|| panic!("“{text}” in {css}"))
}

#[test]
fn what_turns_the_order_of_reading_is_seen_and_turns_nothing() {
    let text = "The bittern cost \u{202e}193 crowns\u{202c} and the heron less.";
    let page = pages::of(&[("bill.txt", text), ("other.txt", "A heron stood there.")]);
    everywhere(&page, |tab| {
        tab.goto("#/article/bill");
        tab.wait_for("main[data-slug] p.blk");
        let shown = tab.js("return document.querySelector('main p.blk').textContent");
        assert_eq!(shown, json!(text), "the text is what it was");
        assert!(reads_on(tab, "main p.blk", "193"));
        assert_eq!(tab.count("main p.blk .turn"), 2);
        tab.goto("#/?q=bittern");
        tab.wait_for("main .hits mark.hit");
        assert!(reads_on(tab, "main .hits", "193"));
        tab.goto("#/?q=bittern&view=concordance");
        tab.wait_for("main .kwic");
        assert!(reads_on(tab, "main .kwic", "193"));
        assert_eq!(tab.count("main .kwic .turn"), 2);
        tab.scripts_off();
        tab.reload();
        tab.wait_for("main.static article");
        assert!(reads_on(tab, "main.static", "193"));
    });
}
