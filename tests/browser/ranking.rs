//! The golden ranking in the page: every query finds what the command finds, with the same scores.

use crate::golden;
use crate::support::{escaped, everywhere, pages};
use serde_json::json;

#[test]
fn every_query_finds_in_the_page_what_it_finds_natively() {
    let articles = golden::articles();
    let articles: Vec<(&str, &str)> =
        articles.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let golden = std::fs::read_to_string(golden::file()).unwrap();
    everywhere(&pages::of(&articles), |tab| {
        tab.goto("#/");
        tab.wait_for("main h1");
        for (query, expected) in golden::QUERIES.iter().zip(golden.lines()) {
            tab.go(&format!("#/?q={}", escaped(query)));
            let typed = json!(query);
            tab.wait_until(&format!(
                "[...document.querySelectorAll('input[type=search]')].some(field => field.value === {typed}) \
                 && document.querySelector('main[aria-busy=false] h1')"
            ));
            let heading = tab.text("main h1");
            let numbers: Vec<u64> = heading
                .replace(',', "")
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|run| run.parse().ok())
                .collect();
            let groups = tab.each(
                "main section[data-slug]",
                "[e.dataset.slug, e.querySelector('.because tfoot td:last-child')?.textContent ?? '-', \
                 ...[...e.querySelectorAll('.because li')].map(one => one.dataset.slug)].join(' ')",
            );
            let group = |group: &String| {
                let mut parts = group.split(' ').map(str::to_owned);
                let (slug, score) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                (slug, score, parts.collect())
            };
            let groups: Vec<(String, String, Vec<String>)> = groups.iter().map(group).collect();
            // Where no word is looked for there are articles and no matches.
            let articles = heading.contains(" article") && !heading.contains(" match");
            if articles {
                let shown: usize = groups.iter().map(|(_, _, alike)| 1 + alike.len()).sum();
                let more = tab.each("main .more", "e.textContent").iter().any(|more| more == "More articles");
                let count = numbers.first().map_or(0, |count| *count as usize);
                assert!(
                    if more { count > shown } else { count == shown },
                    "{query}: {heading}, {shown} shown"
                );
            }
            let count = |at: usize| match numbers.get(at) {
                Some(number) if !groups.is_empty() && !articles => *number,
                _ => 0,
            };
            assert_eq!(golden::line(query, count(0), count(1), &groups), expected);
        }
    });
}
