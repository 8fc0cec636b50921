//! A long article: it is drawn part by part, is whole in the end, and nothing in the window moves meanwhile.

use crate::support::{Tab, everywhere, pages};
use serde_json::{Value, json};

/// Paragraphs of the article: some thirty parts.
const PARAGRAPHS: usize = 240;

/// What a paragraph says; every one has a match and a name.
fn paragraph(number: usize) -> String {
    let rest = "The harbour was quiet and the boats lay side by side in the rain. ".repeat(number % 17 + 6);
    format!("Paragraph {number} has a needle for Angela Merkel. {}", rest.trim_end())
}

/// Notes how many paragraphs there are when something is first there, and where it stands when it is first in the window;
/// and, where `then` says so, does something at once.
fn watch(sought: &str, then: &str) -> String {
    format!(
        "window.seen = null;
         new MutationObserver((_, observer) => {{
             const found = document.querySelector({});
             if (!found) return;
             observer.disconnect();
             window.seen = {{ drawn: document.querySelectorAll('article.text .blk').length }};
             {then}
             const look = () => {{
                 const {{ top }} = found.getBoundingClientRect();
                 if (top > 0 && top < innerHeight) window.seen.top = top;
                 else requestAnimationFrame(look);
             }};
             look();
         }}).observe(document, {{ childList: true, subtree: true, attributes: true }});",
        json!(sought)
    )
}

#[track_caller]
fn whole(tab: &Tab) {
    tab.wait_until(&format!("document.querySelectorAll('article.text .blk').length === {PARAGRAPHS}"));
}

#[track_caller]
fn number(tab: &Tab, expression: &str) -> f64 {
    tab.js(&format!("return {expression}")).as_f64().unwrap_or(f64::NAN)
}

/// Waits until what has been scrolled to is laid out and seen.
fn frame(tab: &Tab) {
    tab.js_later("requestAnimationFrame(() => requestAnimationFrame(done))");
}

#[test]
fn a_long_article_is_drawn_part_by_part() {
    let text: Vec<String> = (0..PARAGRAPHS).map(paragraph).collect();
    let (one, two) = text.split_at(PARAGRAPHS / 2);
    let body = format!("## One\n\n{}\n\n## Two\n\n{}\n", one.join("\n\n"), two.join("\n\n"));
    let page = pages::of(&[
        ("long.md", &format!("---\ntitle: Long\n---\n\n{body}")),
        ("short.md", "---\ntitle: Short\n---\n\nNothing of it.\n"),
    ]);
    everywhere(&page, |tab| {
        // From its beginning: all of it, in order, and each match once.
        tab.before_load(&watch("article.text .blk", ""));
        tab.goto("#/article/long?q=needle");
        whole(tab);
        let first = number(tab, "window.seen.drawn");
        assert!(first < PARAGRAPHS as f64 / 2.0, "the first ones stand alone: {first}");
        assert_eq!(tab.each("article.text .blk", "e.textContent"), text);
        assert_eq!(tab.js("return scrollY"), Value::from(0));
        let marks = tab.each("article.text mark", "e.id");
        assert_eq!(marks, (0..PARAGRAPHS).map(|i| format!("hit-{i}")).collect::<Vec<_>>());

        let here = "#outline a[aria-current] bdi";
        tab.wait_for_text(here, "One");

        // What is far from the window is not laid out, but can be selected; the numbers beside a part are not cut off.
        let laid = |block: usize| {
            tab.js(&format!("return document.querySelector('#b{block}').checkVisibility({{ contentVisibilityAuto: true }})"))
        };
        assert_eq!((laid(1), laid(PARAGRAPHS)), (Value::from(true), Value::from(false)));
        tab.js("getSelection().selectAllChildren(document.querySelector('article.text'))");
        let selected =
            tab.js("const all = getSelection().toString(); getSelection().removeAllRanges(); return all");
        assert!(text.iter().all(|paragraph| selected.as_str().unwrap().contains(paragraph)));
        tab.wait_until(
            "(number => {
                 const { x, y, width, height } = number.getBoundingClientRect();
                 return document.elementFromPoint(x + width / 2, y + height / 2) === number;
             })(document.querySelector('#b1 .pn'))",
        );

        // A name is lit, and a kind switched off, everywhere in the end.
        tab.keys("1");
        tab.wait_until("document.querySelectorAll('.text > div:not(.hide-person)').length === 0");
        tab.keys("1");
        tab.click("article.text a.ent.person");
        tab.wait_until(&format!(
            "document.querySelectorAll('article.text .lit a.on').length === {PARAGRAPHS}"
        ));

        // To a place far down: drawn before what is above it, and it stays where it is.
        let last = PARAGRAPHS - 1;
        for (address, sought) in [
            (format!("#/article/long?q=needle&hit={last}"), "mark.now".to_owned()),
            (format!("#/article/long?at={}", last / 3), format!("#b{}", last / 3)),
        ] {
            tab.goto("#/about");
            tab.wait_for("main dd code");
            tab.js(&watch(&sought, ""));
            tab.goto(&address);
            whole(tab);
            let (drawn, top) = (number(tab, "window.seen.drawn"), number(tab, "window.seen.top"));
            assert!(drawn < PARAGRAPHS as f64 / 2.0, "{address}: {drawn} paragraphs were there before it");
            let now = number(tab, &format!("document.querySelector('{sought}').getBoundingClientRect().top"));
            assert!((now - top).abs() < 2.0 && (0.0..700.0).contains(&now), "{address}: {top}, then {now}");
            tab.wait_for_text(here, if address.contains("hit") { "Two" } else { "One" });
        }

        // Come back to: the same words in the same place.
        tab.js("scrollBy(0, 3333)");
        frame(tab);
        let top = "[...document.querySelectorAll('.blk')].map(e => [e.id, e.getBoundingClientRect().top])
                   .find(([, top]) => top > 100)";
        let stood = tab.js(&format!("return {top}"));
        tab.click("nav a[href^='#/names']");
        tab.wait_for("main h1");
        tab.back();
        whole(tab);
        let stands = tab.js(&format!("return {top}"));
        assert_eq!(stands[0], stood[0]);
        assert!((stands[1].as_f64().unwrap() - stood[1].as_f64().unwrap()).abs() < 2.0, "{stood} {stands}");

        // Printed at once, it is all there; where Yew has just let go of a long run, as soon as it goes on.
        tab.goto("#/about");
        tab.wait_for("main dd code");
        tab.js(&watch(
            "article.text .blk",
            "setTimeout(() => {
                 dispatchEvent(new Event('beforeprint'));
                 setTimeout(() => { window.seen.printed = document.querySelectorAll('.blk').length; });
             });",
        ));
        tab.goto("#/article/long");
        tab.wait_until("window.seen?.printed");
        assert_eq!(number(tab, "window.seen.printed"), PARAGRAPHS as f64);
    });
}
