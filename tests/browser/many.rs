//! A file of many articles: its lists are drawn a part at a time, and none of it is out of reach.

use crate::support::{everywhere, pages};
use serde_json::json;
use std::path::PathBuf;

/// Articles of the file; more than the first two parts of a list.
const ARTICLES: usize = 700;

/// A file of many articles, more text than stands in a page before its program does.
fn many(articles: usize) -> PathBuf {
    let line = |number: usize| {
        let text =
            format!("Harbour {number} is quiet. {}", "The boats lay side by side in the rain. ".repeat(45));
        let article = json!({ "title": format!("Account {number}"), "date": "2025-03-04", "text": text });
        format!("{article}\n")
    };
    let file = pages::folder().join("many.jsonl");
    std::fs::write(&file, (0..articles).map(line).collect::<String>()).unwrap();
    file
}

#[test]
fn a_list_of_many_articles_is_drawn_a_part_at_a_time() {
    everywhere(&pages::built(&[&many(ARTICLES)]), |tab| {
        tab.goto("#/");
        tab.wait_for("main .row");
        let drawn = tab.count("main .row");
        assert!(drawn < ARTICLES, "{drawn}");
        assert_eq!(tab.text("main .more button"), format!("More: {drawn} of {ARTICLES} shown"));
        tab.click("main .more button");
        tab.wait_until(&format!("document.querySelectorAll('main .row').length > {drawn}"));
        let drawn = tab.count("main .row");
        // Who comes back finds the list as it was left.
        tab.js("document.querySelector('main .row:last-child a').scrollIntoView()");
        tab.click("main .row:last-child a");
        tab.wait_for("article.text");
        tab.back();
        tab.wait_for("main .row");
        assert_eq!(tab.count("main .row"), drawn);
        tab.wait_until("window.scrollY > 5000");
        tab.goto("#/about");
        tab.wait_for("main .records li");
        let said = tab.text("main .more button");
        assert_eq!(said, format!("More: {} of {ARTICLES} shown", tab.count("main .records li")));
        tab.assert_silent();
    });
}

#[test]
fn all_articles_are_there_with_scripts_off_and_the_first_before_the_program() {
    everywhere(&pages::built(&[&many(ARTICLES)]), |tab| {
        tab.scripts_off();
        tab.goto("");
        tab.wait_for("main.static");
        assert_eq!(tab.count("main.static article"), ARTICLES);
        let first = tab.count("main.static > article");
        assert!(first > 100 && first < ARTICLES, "{first}");
        assert!(tab.text("main.static > .notice").contains("other articles"));
    });
}

#[test]
fn what_is_here_is_searched_while_more_is_taken_in() {
    let more = pages::folder().join("more.txt");
    std::fs::write(&more, "A kestrel hung over the motorway.").unwrap();
    everywhere(&pages::studio(&[&many(3 * ARTICLES)]), |tab| {
        tab.goto("#/open");
        tab.wait_for("#files");
        // What is there when the first results are.
        tab.js("let found = false;
             new MutationObserver((_, observer) => {
                 if (!found && document.querySelector('main mark')) {
                     found = true;
                     location.hash = '#/open';
                 } else if (found && document.querySelector('#files')) {
                     observer.disconnect();
                     window.meanwhile = document.querySelector('main').textContent;
                 }
             }).observe(document, { childList: true, subtree: true });");
        tab.choose("#files", &[&more]);
        tab.wait_for_text("main .state", "Reading 1 file");
        tab.goto("#/?q=harbour");
        tab.wait_until("window.meanwhile");
        let meanwhile = tab.js("return window.meanwhile");
        assert!(meanwhile.as_str().unwrap_or_default().contains("Reading 1 file"), "{meanwhile}");
        tab.wait_for_text("ul.outcomes > li", "1 article");
        tab.goto("#/?q=kestrel");
        tab.wait_for("main mark");
        tab.assert_silent();
    });
}
