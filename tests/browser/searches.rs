//! Searching: as one types, from match to match and back, every form of a query, and nothing found.

use crate::support::tab::keys::{DOWN, ENTER, ESCAPE, UP};
use crate::support::{Tab, escaped, everywhere, pages};
use serde_json::{Value, json};

/// What stands in the search box of every view.
const SEARCH: &str = "input[type=search]";

/// The match in hand.
const NOW: &str = "main mark.now";

/// Waits until what is shown answers this query.
#[track_caller]
fn settled(tab: &Tab, query: &str) {
    let query = json!(query);
    tab.wait_until(&format!(
        "[...document.querySelectorAll('{SEARCH}')].some(field => field.value === {query}) \
         && document.querySelector('main[aria-busy=false] h1')"
    ));
}

/// Opens the results of a query by its address.
#[track_caller]
fn ask(tab: &Tab, query: &str) {
    tab.goto(&format!("#/?q={}", escaped(query)));
    settled(tab, query);
}

/// Where the results lead, in their order.
#[track_caller]
fn hits(tab: &Tab) -> Vec<String> {
    tab.each("main .hits a.go", "e.getAttribute('href').replace(/\\?q=[^&]*/, '')")
}

/// The numbers in a text, in their order.
fn numbers(text: &str) -> Vec<usize> {
    let digits = text.replace(',', "");
    digits.split(|c: char| !c.is_ascii_digit()).filter_map(|run| run.parse().ok()).collect()
}

/// Matches that the heading of the results counts.
#[track_caller]
fn counted(tab: &Tab) -> usize {
    let heading = tab.text("main h1");
    assert!(heading.contains("match"), "{heading}");
    numbers(&heading)[0]
}

/// Waits until a match is in hand: marked, within the window, and nothing lies over it.
#[track_caller]
fn in_hand(tab: &Tab, number: usize, of: usize) {
    tab.wait_for_text(".tools .count", &format!("{number} / {of}"));
    tab.wait_until(&format!(
        "(() => {{
            const mark = document.querySelector('{NOW}'), box = mark?.getBoundingClientRect();
            if (mark?.id !== 'hit-{}') return false;
            const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return mark.contains(seen) || seen?.contains(mark) && seen.closest('article');
        }})()",
        number - 1
    ));
}

/// Waits until the live region has said something with `text` in it.
#[track_caller]
fn heard(tab: &Tab, text: &str) {
    let text = json!(text);
    tab.wait_until(&format!("document.getElementById('said').textContent.includes({text})"));
}

#[test]
fn results_stand_as_the_last_key_lands_and_lead_from_match_to_match_and_back() {
    everywhere(&pages::seeds(), |tab| {
        tab.size(1280, 480);
        tab.goto("");
        tab.wait_for(SEARCH);
        tab.keys("/");
        tab.wait_until("document.activeElement.type === 'search'");
        tab.keys("Hamas");
        settled(tab, "Hamas");
        assert_eq!(tab.address(), "#/?q=Hamas");
        let groups = tab.each("main section[data-slug]", "e.querySelectorAll('mark.hit').length");
        assert_eq!(groups.len(), 2, "results from both articles");
        assert!(groups.iter().all(|marks| marks != "0"), "{groups:?}");
        let first = tab.each("main section[data-slug]", "e.dataset.slug")[0].clone();

        tab.keys(ENTER);
        tab.wait_for(NOW);
        assert_eq!(tab.address(), format!("#/article/{first}?q=Hamas&hit=0"));
        let here = tab.count("main mark.hit");
        assert!(here > 2, "{here} marks");
        assert!(tab.each("main mark.hit", "e.textContent").iter().all(|text| text == "Hamas"));
        in_hand(tab, 1, here);
        for number in 2..=here {
            tab.keys("n");
            in_hand(tab, number, here);
        }
        tab.keys("n");
        heard(tab, "No more");
        in_hand(tab, here, here);
        tab.keys("N");
        in_hand(tab, here - 1, here);

        tab.keys(ESCAPE);
        tab.wait_gone("main mark.hit");
        assert_eq!(tab.address(), format!("#/article/{first}"));
        tab.back();
        settled(tab, "Hamas");
        assert_eq!(tab.address(), "#/?q=Hamas");
        tab.wait_until("document.activeElement.type === 'search'");
    });
}

#[test]
fn back_returns_the_query_the_scroll_and_the_result_in_hand() {
    everywhere(&pages::seeds(), |tab| {
        tab.size(1280, 480);
        ask(tab, "Iran");
        tab.focus(SEARCH);
        for _ in 0..4 {
            tab.keys(DOWN);
        }
        tab.wait_until("document.activeElement.matches('.hits a.go')");
        let place = "return [scrollY, document.activeElement.id]";
        let left = tab.js(place);
        assert!(left[0].as_f64().unwrap() > 0.0, "the result in hand is below the fold: {left}");
        tab.keys(ENTER);
        tab.wait_for(NOW);
        tab.keys("n");
        tab.back();
        settled(tab, "Iran");
        tab.wait(&format!("scroll and focus {left}"), || tab.js(place) == left);
        tab.forward();
        tab.wait_for(NOW);
        tab.keys(ESCAPE);
        tab.wait_gone("main mark.hit");
        tab.keys(ESCAPE);
        settled(tab, "Iran");
        tab.wait(&format!("scroll and focus {left}"), || tab.js(place) == left);
    });
}

#[test]
fn no_key_is_lost_however_quickly_one_types() {
    let query = "nuclear deal with iran and the houthis";
    everywhere(&pages::seeds(), |tab| {
        tab.goto("");
        tab.wait_for(SEARCH);
        // All at once: into the library, and over the change to the other search box.
        tab.keys(&format!("/{query}"));
        settled(tab, query);
        assert_eq!(tab.address(), format!("#/?q={}", escaped(query)));
        tab.keys(&"\u{e003}".repeat(query.len()));
        settled_library(tab);
        // From an article, where results take the view's place.
        tab.goto("#/names");
        tab.wait_for("main a.ent");
        tab.keys(&format!("/{query}{ENTER}"));
        tab.wait_for(NOW);
        assert!(tab.address().contains(&format!("q={}&hit=0", escaped(query))), "{}", tab.address());
    });
}

#[track_caller]
fn settled_library(tab: &Tab) {
    tab.wait_until(&format!(
        "location.hash === '#/' && document.activeElement.matches('{SEARCH}') && document.activeElement.value === ''"
    ));
}

#[test]
fn results_marks_and_lines_are_as_many_as_is_said() {
    everywhere(&pages::seeds(), |tab| {
        for query in
            ["Hamas", "nuclear", "“direct talks”", "talk* -Biden", "Araghchi OR Netanyahu", "negotiating"]
        {
            ask(tab, query);
            let said = counted(tab);
            let passages = numbers(&tab.text("main h1"))[1];
            let groups = tab.each("main section[data-slug]", "e.dataset.slug");
            let heads = tab.each("main section[data-slug] .group-head > .n", "e.textContent");
            let heads: usize = heads.iter().map(|head| numbers(head)[0]).sum();
            assert_eq!(heads, passages, "{query}: passages of the articles");
            assert_eq!(hits(tab).len().min(passages), hits(tab).len(), "{query}");

            tab.goto(&format!("#/?q={}&view=concordance", escaped(query)));
            tab.wait_for("table.kwic");
            settled(tab, query);
            assert_eq!(counted(tab), said, "{query}");
            assert_eq!(tab.count("table.kwic tbody tr"), said, "{query}: lines");

            let mut marks = 0;
            for slug in groups {
                tab.goto(&format!("#/article/{slug}?q={}", escaped(query)));
                tab.wait_for(&format!("main[data-slug={slug}] mark.hit"));
                let here = tab.count("main mark[id^=hit-]");
                tab.wait_for_text(".tools .count", &here.to_string());
                marks += here;
            }
            assert_eq!(marks, said, "{query}: marks in the articles");
        }
    });
}

#[test]
fn the_concordance_is_sorted_by_what_stands_left_and_right() {
    everywhere(&pages::seeds(), |tab| {
        ask(tab, "Iran");
        tab.click(".modes a[href*=concordance]");
        tab.wait_for("table.kwic");
        settled(tab, "Iran");
        let plain = tab.each("table.kwic tbody tr", "e.querySelector('a').id");
        for (column, head) in [(1, "th.l"), (2, "th.r")] {
            tab.click(&format!("table.kwic {head} a"));
            tab.wait_for(&format!("table.kwic {head}[aria-sort]"));
            settled(tab, "Iran");
            let mut lines = tab.each("table.kwic tbody tr", "e.querySelector('a').id");
            assert_ne!(lines, plain, "{head} changes nothing");
            // The right-hand column begins with the match itself, which is a link.
            let words = tab.each(&format!("table.kwic tbody td:nth-child({})", column + 1),
                &format!(
                    "(e.querySelector('a') ? e.textContent.slice(e.querySelector('a').textContent.length) : e.textContent)\
                     .match(/[\\p{{L}}\\p{{N}}]+([’'.][\\p{{L}}\\p{{N}}]+)*/gu).at({}).toLowerCase()",
                    if column == 1 { "-1" } else { "0" }
                ),
            );
            assert!(words.is_sorted(), "{head}: {words:?}");
            let mut as_before = plain.clone();
            lines.sort();
            as_before.sort();
            assert_eq!(lines, as_before, "{head}: the same lines");
        }
        // A line leads to its match.
        let line = tab.each("table.kwic tbody tr:nth-child(3) a", "e.getAttribute('href')")[0].clone();
        tab.click("table.kwic tbody tr:nth-child(3) a");
        tab.wait_for(NOW);
        assert_eq!(tab.address(), line);
    });
}

#[test]
fn one_name_finds_the_other_names_and_copies_stand_together() {
    // Two hundred sentences, each with words of its own; the copy has one more.
    let report: String =
        (0..200).map(|i| format!("Ship {i} left quay {} with crate {}. ", i * 7, i * 13)).collect();
    let long = format!("The Islamic Revolutionary Guard Corps (IRGC) took a tanker. {report}");
    let page = pages::of(&[
        ("first.txt", &long),
        ("second.txt", &format!("{long} It rained.")),
        ("third.txt", "A commander of the Islamic Revolutionary Guard Corps spoke in Tehran."),
        ("fourth.txt", "Sanctions on the IRGC will stay, the minister said."),
    ]);
    everywhere(&page, |tab| {
        ask(tab, "IRGC");
        settled(tab, "IRGC");
        // The other name is said, found and marked, and a click leaves it out.
        assert_eq!(tab.text("main .reasons dt"), "Also as");
        assert!(tab.text("main .reasons dd").contains("“Islamic Revolutionary Guard Corps”"));
        tab.wait_for("section[data-slug=third] mark.hit");
        assert_eq!(tab.text("section[data-slug=third] mark.hit"), "Islamic Revolutionary Guard Corps");
        // Two that are nearly the same are one group, and both are counted.
        let copy = "main section[data-slug] li[data-slug]";
        assert_eq!((tab.count("main section[data-slug]"), tab.count(copy)), (3, 1));
        assert!(tab.text("main h1").starts_with("6 matches"), "{}", tab.text("main h1"));
        let both = tab.each(&format!("{copy} a[href^='#/compare/']"), "e.getAttribute('href')");
        assert!(matches!(both[0].as_str(), "#/compare/first/second" | "#/compare/second/first"), "{both:?}");
        // A concordance has the lines of both, and so has its file.
        tab.click(".modes a[href*=concordance]");
        tab.wait_until("document.querySelectorAll('table.kwic tbody tr').length === 6");
        tab.click("main .exports button:nth-of-type(2)");
        let file = String::from_utf8(tab.downloaded_kind(".csv")).unwrap();
        assert_eq!(file.lines().count(), 7, "{file}");
        tab.back();
        tab.wait_for("main .reasons dd a");
        tab.click("main .reasons dd a");
        tab.wait_gone("section[data-slug=third]");
        assert!(tab.address().contains("%E2%80%9CIRGC%E2%80%9D"), "{}", tab.address());
        assert!(tab.text("main h1").starts_with("3 matches"), "{}", tab.text("main h1"));
    });
}

#[test]
fn suggestions_are_taken_by_keyboard() {
    everywhere(&pages::seeds(), |tab| {
        tab.goto("");
        tab.wait_for(SEARCH);
        tab.keys("/aragh");
        settled(tab, "aragh");
        tab.wait_for_text("[role=listbox]:not([hidden]) [role=option]", "Araghchi");
        assert_eq!(tab.attribute(SEARCH, "aria-expanded").as_deref(), Some("true"));
        assert_eq!(tab.count("[role=option][aria-selected=true]"), 0, "none is in hand before one is chosen");
        tab.keys(DOWN);
        tab.wait_until(&format!(
            "(() => {{ const id = document.querySelector('{SEARCH}').getAttribute('aria-activedescendant');
               return id && document.getElementById(id)?.ariaSelected === 'true' }})()"
        ));
        tab.keys(ENTER);
        tab.wait_until(&format!("/araghchi/i.test(document.querySelector('{SEARCH}').value)"));
        let taken = tab.js(&format!("return document.querySelector('{SEARCH}').value"));
        settled(tab, taken.as_str().unwrap());
        assert_eq!(tab.count("main section[data-slug]"), 2, "both articles name him");
        tab.wait_gone("[role=listbox]:not([hidden])");
        tab.wait_until(&format!("document.activeElement.matches('{SEARCH}')"));

        // Esc puts the list away and keeps the query; a second one clears it.
        tab.keys(" nego");
        let typed = format!("{} nego", taken.as_str().unwrap());
        settled(tab, &typed);
        tab.wait_for("[role=listbox]:not([hidden]) [role=option]");
        tab.keys(ESCAPE);
        tab.wait_gone("[role=listbox]:not([hidden])");
        assert_eq!(tab.js(&format!("return document.querySelector('{SEARCH}').value")), json!(typed));
        tab.keys(ESCAPE);
        settled_library(tab);
    });
}

#[test]
fn a_title_that_is_suggested_leads_to_its_article() {
    everywhere(&small(), |tab| {
        tab.goto("");
        tab.wait_for(SEARCH);
        tab.keys("/the ott");
        tab.wait_for_text("[role=listbox]:not([hidden]) [role=option]:last-child", "The otter");
        tab.keys(UP);
        tab.keys(ENTER);
        tab.wait_for("main[data-slug=the-otter]");
        assert_eq!(tab.address(), "#/article/the-otter");
        tab.wait_until("document.activeElement.matches('main h1')");
        tab.back();
        tab.wait_until(&format!("document.querySelector('{SEARCH}').value === 'the ott'"));
    });
}

#[test]
fn what_is_typed_before_the_next_frame_has_its_suggestions() {
    everywhere(&small(), |tab| {
        tab.goto("");
        tab.wait_for(SEARCH);
        // On the way to the results one search box goes and another comes.
        tab.js(&format!(
            "const field = document.querySelector('{SEARCH}');
             field.focus();
             for (const text of ['t', 'th', 'the', 'the ott']) {{
                 field.value = text;
                 field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
             }}"
        ));
        tab.wait_for_text("[role=listbox]:not([hidden]) [role=option]:last-child", "The otter");
        tab.js("document.activeElement.blur()");
        tab.wait_gone("[role=listbox]:not([hidden])");
    });
}

/// Three short articles of two outlets.
fn small() -> std::path::PathBuf {
    let article = |title: &str, source: &str, text: &str| {
        format!("---\ntitle: {title}\nsource: {source}\n---\n{text}\n")
    };
    let heron =
        article("The heron", "Alpha", "A grey heron stood by the café all morning. The cafe was closed.");
    let otter = article("The otter", "Beta", "An otter swam past the naïve fisherman. Nobody drank coffee.");
    let crane =
        article("The crane", "Beta", "A crane is not a heron. The harbour crane lifted a grey container.");
    pages::of(&[("heron.md", &heron), ("otter.md", &otter), ("crane.md", &crane)])
}

#[test]
fn every_form_of_a_query_finds_what_it_says() {
    everywhere(&small(), |tab| {
        // The query, the articles it finds, and every text that it marks there.
        let cases: [(&str, &[&str], &[&str]); 12] = [
            ("“grey heron”", &["the-heron"], &["grey heron"]),
            ("\"grey heron\"", &["the-heron"], &["grey heron"]),
            ("„grey heron“", &["the-heron"], &["grey heron"]),
            ("heron -crane", &["the-heron"], &["heron"]),
            ("otter OR harbour", &["the-crane", "the-otter"], &["harbour", "otter"]),
            ("fish*", &["the-otter"], &["fisherman"]),
            ("contaner", &["the-crane"], &["container"]),
            ("cafe", &["the-heron"], &["cafe", "café"]),
            ("café", &["the-heron"], &["cafe", "café"]),
            ("CAFÉ", &["the-heron"], &["cafe", "café"]),
            ("naive", &["the-otter"], &["naïve"]),
            ("swims", &["the-otter"], &[]),
        ];
        for (query, articles, marks) in cases {
            ask(tab, query);
            let sorted = |mut list: Vec<String>| {
                list.sort();
                list.dedup();
                list
            };
            if marks.is_empty() {
                // A strong verb is no ending: nothing is found, and a way out is offered.
                tab.wait_for_text("main h1", "Nothing for");
                continue;
            }
            let found = sorted(tab.each("main section[data-slug]", "e.dataset.slug"));
            assert_eq!(found, articles, "{query}");
            let marked = sorted(tab.each("main .hits mark.hit", "e.textContent"));
            assert_eq!(marked, marks, "{query}");
        }
        for (query, reason) in [("contaner", "container"), ("\"grey heron", "not closed"), ("heron”", "")] {
            ask(tab, query);
            assert!(tab.count("main .hits a.go") > 0, "{query} finds something");
            if !reason.is_empty() {
                tab.wait_for_text("main .reasons", reason);
            }
        }
    });
}

#[test]
fn quotes_of_any_shape_give_the_same_results() {
    everywhere(&pages::seeds(), |tab| {
        let mut answers: Vec<(Vec<String>, usize)> = Vec::new();
        for query in ["\"direct talks\"", "“direct talks”", "«direct talks»", "„direct talks“"] {
            ask(tab, query);
            answers.push((hits(tab), counted(tab)));
        }
        assert!(!answers[0].0.is_empty());
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        // What is not closed is read as closed, and said.
        ask(tab, "“direct talks");
        assert_eq!((hits(tab), counted(tab)), answers[0]);
        tab.wait_for_text("main .reasons", "not closed");
        for word in ["-", "OR", "\"", "\"\"", "-\"", "*", "OR -", "source:", "((", "~", "\\"] {
            ask(tab, word);
            assert_eq!(tab.count("main h1"), 1, "{word}: {}", tab.text("main"));
        }
    });
}

#[test]
fn a_query_without_words_lists_articles_and_counts_them() {
    everywhere(&small(), |tab| {
        tab.goto("");
        tab.wait_for(SEARCH);
        ask(tab, "source:beta");
        assert_eq!(tab.text("main h1"), "2 articles");
        assert_eq!(tab.count("main section[data-slug]"), 2);
        assert!(!tab.text("main").contains("0 "), "{}", tab.text("main"));
        tab.wait_until("document.querySelector('#said').textContent === '2 articles'");
    });
}

#[test]
fn nothing_found_names_the_filter_and_what_is_there_without_it() {
    everywhere(&small(), |tab| {
        tab.goto("#/?q=otter&source=Alpha");
        settled(tab, "otter");
        assert_eq!(tab.text("main h1"), "Nothing for “otter”");
        let way = tab.text("main .state li");
        assert!(way.contains("“Alpha”"), "{way}");
        let there = numbers(&way);
        assert!(there.len() == 2 && there[1] == 1, "matches and articles: {way}");
        tab.click("main .state li a");
        tab.wait_for("main section[data-slug=the-otter]");
        assert_eq!(tab.address(), "#/?q=otter");
        assert_eq!(counted(tab), there[0], "as many as was said");

        // Nonsense is nowhere, with the filter or without.
        tab.goto("#/?q=zzqxv&source=Alpha");
        settled(tab, "zzqxv");
        tab.wait_for_text("main .state li", "“Alpha”");
        assert!(tab.text("main .state").contains("none"), "{}", tab.text("main .state"));
        tab.click("main .chosen .chip");
        tab.wait_until("location.hash === '#/?q=zzqxv'");
        tab.wait_gone("main .chosen");
        assert_eq!(tab.text("main h1"), "Nothing for “zzqxv”");

        // A facet narrows and is dropped again; the numbers follow.
        ask(tab, "heron");
        assert_eq!(tab.count("main section[data-slug]"), 2);
        let facet = "main .facet input[type=checkbox]";
        tab.click(facet);
        tab.wait_until("location.hash.includes('source=')");
        tab.wait_until("document.querySelectorAll('main section[data-slug]').length === 1");
        tab.click(facet);
        tab.wait_until("location.hash === '#/?q=heron'");
        tab.wait_until("document.querySelectorAll('main section[data-slug]').length === 2");
    });
}

#[test]
fn the_result_count_is_announced_once_one_stops_typing() {
    everywhere(&pages::seeds(), |tab| {
        ask(tab, "Iran");
        heard(tab, "2 articles");
        // Letter by letter without a pause, however slow the machine is.
        tab.js(
            "window.said = []; new MutationObserver(() => said.push(document.getElementById('said').textContent))\
             .observe(document.getElementById('said'), { childList: true, subtree: true, characterData: true });\
             const field = document.querySelector('.bar input[type=search]'), word = 'hezbollah';\
             for (let end = 1; end <= word.length; end++) {\
                 field.value = word.slice(0, end);\
                 field.dispatchEvent(new InputEvent('input', { bubbles: true }));\
             }",
        );
        settled(tab, "hezbollah");
        tab.wait_until("said.length > 0");
        let said = tab.js("return said");
        assert_eq!(said.as_array().map(Vec::len), Some(1), "{said}");
        let heading = tab.text("main h1");
        let whole = |text: &str| text.starts_with(&heading) && text.contains("2 articles");
        assert!(matches!(&said[0], Value::String(text) if whole(text)), "{said}");
    });
}
