//! Recovering: a worker that dies in the middle of an answer costs that answer and not the page.

use crate::support::{Tab, everywhere, pages};
use serde_json::json;

/// A worker breaks, as a panic would break it, when it is asked with these words in it.
fn fragile(tab: &Tab, words: &str) {
    let breaks = format!(
        "self.addEventListener('message', function (event) {{
             if (event.data instanceof Uint8Array && new TextDecoder().decode(event.data).includes({})) {{
                 event.stopImmediatePropagation();
                 throw new Error('broken on purpose');
             }} }});",
        json!(words)
    );
    tab.before_load(&format!(
        "window.Blob = class extends Blob {{ constructor(parts, options) {{
             super(options?.type === 'text/javascript' ? [{}, ...parts] : parts, options) }} }};",
        json!(breaks)
    ));
}

/// Waits for the answer to a query.
#[track_caller]
fn found(tab: &Tab, query: &str) {
    tab.goto(&format!("#/?q={query}"));
    tab.wait_for_text("main h1", "match");
    tab.wait_until(&format!(
        "document.querySelector('main[aria-busy=false] mark.hit')?.textContent.toLowerCase() === {}",
        json!(query)
    ));
}

#[test]
fn a_worker_that_dies_is_started_again_and_the_page_goes_on() {
    everywhere(&pages::seeds(), |tab| {
        fragile(tab, "zzbreak");
        tab.goto("");
        tab.wait_for("main .cross");
        found(tab, "hamas");
        tab.goto("#/?q=zzbreak");
        tab.wait_for_text(".banner.alert", "This query broke the program");
        // The next question is answered, and so is another view.
        found(tab, "iran");
        tab.goto("#/names");
        tab.wait_for("main section.names a.ent");
        assert_eq!(tab.count(".banner.alert"), 1);
        tab.click(".banner.alert button");
        tab.wait_gone(".banner");
    });
}

#[test]
fn what_was_taken_in_is_there_again_after_its_worker_has_died() {
    everywhere(&pages::studio(&[&pages::root().join("seeds")]), |tab| {
        fragile(tab, "zzbreak");
        tab.goto("#/open");
        tab.wait_for("#paste");
        tab.js("document.getElementById('paste').value = 'A kestrel hung over the motorway.'");
        tab.click(".paste button");
        tab.wait_for_text("ul.outcomes > li:first-child", "1 article");
        found(tab, "kestrel");
        tab.goto("#/?q=zzbreak");
        tab.wait_for_text(".banner.alert", "This query broke the program");
        found(tab, "kestrel");
        found(tab, "hamas");
    });
}

#[test]
fn a_page_whose_program_breaks_again_and_again_says_so_and_stays() {
    everywhere(&pages::seeds(), |tab| {
        fragile(tab, "zzbreak");
        tab.goto("");
        tab.wait_for("main .cross");
        for i in 0..5 {
            tab.goto(&format!("#/?q=zzbreak{i}"));
            tab.wait_until("document.querySelector('.banner.alert')");
            tab.goto("#/");
            tab.wait_for("main .cross");
        }
        tab.wait_for_text(".banner.alert", "Reload the page");
        // What had been answered is still there.
        assert!(tab.count("main .cross, main .two") > 0);
        tab.reload();
        found(tab, "hamas");
    });
}
