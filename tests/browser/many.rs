//! A file of many articles: its lists are drawn a part at a time, and none of it is out of reach.

use crate::support::{everywhere, pages};
use serde_json::json;
use std::path::PathBuf;

/// Articles of the file; more than the first two parts of a list.
const ARTICLES: usize = 700;

/// A page of many articles, more text than stands in a page before its program does.
fn page() -> PathBuf {
    let line = |number: usize| {
        let text =
            format!("Harbour {number} is quiet. {}", "The boats lay side by side in the rain. ".repeat(45));
        let article = json!({ "title": format!("Account {number}"), "date": "2025-03-04", "text": text });
        format!("{article}\n")
    };
    let file = pages::folder().join("many.jsonl");
    std::fs::write(&file, (0..ARTICLES).map(line).collect::<String>()).unwrap();
    pages::built(&[&file])
}

#[test]
fn a_list_of_many_articles_is_drawn_a_part_at_a_time() {
    everywhere(&page(), |tab| {
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
    everywhere(&page(), |tab| {
        tab.scripts_off();
        tab.goto("");
        tab.wait_for("main.static");
        assert_eq!(tab.count("main.static article"), ARTICLES);
        let first = tab.count("main.static > article");
        assert!(first > 100 && first < ARTICLES, "{first}");
        assert!(tab.text("main.static > .notice").contains("other articles"));
    });
}
