//! The timeline: every dated statement, narrowed by source and by name, as its address says.

use crate::support::{everywhere, pages};

#[test]
fn is_narrowed_by_source_and_by_name() {
    let article = |source: &str, who: &str| {
        format!(
            "---\ntitle: {who} of {source}\nsource: {source}\ndate: 2024-03-11\n---\nTehran spoke in May 2021. {who} spoke in June 2022."
        )
    };
    let texts = [article("Wire", "Cairo"), article("Post", "Cairo"), article("Post", "Paris")];
    let page = pages::of(&[("a.md", &texts[0]), ("b.md", &texts[1]), ("c.md", &texts[2])]);
    everywhere(&page, |tab| {
        tab.goto("#/timeline");
        tab.wait_for_text("main h1", "6 statements");
        assert_eq!(tab.texts("main .src .of").first().map(String::as_str), Some("Cairo of Wire"));
        tab.click("aside [aria-labelledby=t-Places] input");
        tab.wait_for_text("main h1", "2 statements");
        assert!(tab.texts("main .axis q").iter().all(|quote| quote.contains("Cairo spoke")));
        // The first: two articles have it.
        tab.click("aside [aria-labelledby=t-Source] input");
        tab.wait_for_text("main h1", "1 statement");
        assert!(tab.address().starts_with("#/timeline?source="), "{}", tab.address());
        assert!(tab.address().contains("&entity="), "{}", tab.address());
        // What it is narrowed by is in the address, and each goes alone.
        tab.reload();
        tab.wait_for_text("main h1", "1 statement");
        tab.click("main .chips .chip");
        tab.wait_for_text("main h1", "2 statements");
        assert!(!tab.address().contains("source="), "{}", tab.address());
    });
}
