//! Correcting names: everything follows at once, is undone by a key, and another copy takes it from a file.

use crate::support::tab::keys::{ENTER, ESCAPE, TAB};
use crate::support::{Host, Tab, everywhere, file_address, pages};

/// Whether the page would ask before it is left.
const WARNS: &str = "(event => { window.dispatchEvent(event); return event.defaultPrevented; })\
     (new Event('beforeunload', { cancelable: true }))";

/// Two articles that call one country by two names, the second so often in the first.
const ARTICLES: [(&str, &str); 2] = [
    (
        "a.md",
        "---\nslug: a\ntitle: Aid for the islands\nsource: The Mercury\n---\nThe United States sent aid. The United States \
         sent ships too.\n\nWashington was silent for days. Officials in Washington later spoke of Paris.\n",
    ),
    (
        "b.md",
        "---\nslug: b\ntitle: Ships in the north\nsource: Evening Post\n---\nShips of the United States came to Paris. \
         Nobody in Washington knew.\n",
    ),
];

/// The count that the list of names gives an entity; 0 where it is not there.
#[track_caller]
fn listed(tab: &Tab, id: &str) -> usize {
    let link = format!("main section.names a[href='#/entity/{id}']");
    let count = tab.each(&link, "parseInt(e.closest('li').querySelector('.n').textContent)");
    count.first().map_or(0, |n| n.parse().unwrap())
}

#[track_caller]
fn names(tab: &Tab) {
    tab.goto("#/names");
    tab.wait_for("main section.names a.ent");
}

/// Marks of an entity in an article.
#[track_caller]
fn marks(tab: &Tab, slug: &str, id: &str) -> usize {
    tab.goto(&format!("#/article/{slug}"));
    tab.wait_for(&format!("main[data-slug={slug}] a.ent"));
    tab.count(&format!("main article.text a.ent[href*='entity={id}']"))
}

/// Opens the dialog of an entity from its page.
#[track_caller]
fn open(tab: &Tab, id: &str) {
    tab.goto(&format!("#/entity/{id}"));
    tab.wait_for(".ent-head > .btn");
    tab.click(".ent-head > .btn");
    tab.wait_for("dialog .fix");
}

/// Merges an entity into another by typing its name.
#[track_caller]
fn merge(tab: &Tab, id: &str, into: &str) {
    open(tab, id);
    tab.focus("dialog .seek");
    tab.keys(into);
    tab.wait_until(&format!("document.querySelector('dialog .found li bdi')?.textContent === '{into}'"));
    tab.click("dialog .found button");
    tab.wait_gone("dialog");
}

#[test]
fn two_names_become_one_everywhere_and_come_apart_again() {
    let page = pages::of(&ARTICLES);
    everywhere(&page, |tab| {
        names(tab);
        let (states, capital) = (listed(tab, "united-states"), listed(tab, "washington"));
        assert!(states > 1 && capital > 1, "both are found: {states}, {capital}");
        let in_a = marks(tab, "a", "united-states") + marks(tab, "a", "washington");
        assert_eq!(tab.js(&format!("return {WARNS}")), false);

        merge(tab, "washington", "United States");
        // A link to the id that went leads to what stayed.
        tab.wait_for_text("main h1", "United States");
        tab.wait_until("location.hash === '#/entity/united-states'");
        let sum = states + capital;
        tab.wait_until(&format!("document.querySelectorAll('table.kwic tbody tr').length === {sum}"));
        assert_eq!(tab.js(&format!("return {WARNS}")), true, "leaving loses what was corrected");
        let called = tab.each("section > table.aka tbody th bdi", "e.textContent");
        assert!(called.contains(&"Washington".to_owned()), "{called:?}");

        // Counts, marks, search by the other name, comparison, filters.
        names(tab);
        assert_eq!((listed(tab, "united-states"), listed(tab, "washington")), (sum, 0));
        assert_eq!(marks(tab, "a", "united-states"), in_a);
        assert_eq!(marks(tab, "a", "washington"), 0);
        tab.goto("#/?q=entity%3Awashington");
        tab.wait_for("main section[data-slug=b] mark.hit");
        tab.goto("#/?entity=washington");
        tab.wait_until("location.hash === '#/?entity=united-states'");
        tab.goto("#/compare/a/b");
        tab.wait_for("main .shared, main article, main .cmp");
        let compared = tab.js("return document.body.innerText");
        assert!(!compared.as_str().unwrap().contains("there is no"), "{compared}");

        // Undone and done again by their keys.
        names(tab);
        tab.keys("u");
        tab.wait_for("main section.names a[href='#/entity/washington']");
        assert_eq!((listed(tab, "united-states"), listed(tab, "washington")), (states, capital));
        tab.keys("U");
        tab.wait_gone("main section.names a[href='#/entity/washington']");
        assert_eq!(listed(tab, "united-states"), sum);
        tab.keys("u");
        tab.wait_for("main section.names a[href='#/entity/washington']");
        tab.keys("u");
        tab.wait_for_text("#said", "Nothing to change");
    });
}

#[test]
fn what_was_corrected_is_in_the_saved_copy_and_in_the_file() {
    let page = pages::of(&ARTICLES);
    let original = std::fs::read(&page).unwrap();
    everywhere(&page, |tab| {
        merge(tab, "washington", "United States");
        tab.wait_for_text("main h1", "United States");
        open(tab, "paris");
        tab.click("dialog .fix > section:last-of-type button");
        tab.wait_gone("dialog");
        tab.wait_for_text("main h1", "Not in this file");
        names(tab);
        let sum = listed(tab, "united-states");
        let state = |tab: &Tab| {
            names(tab);
            tab.each("main section.names li", "e.textContent")
        };
        let corrected = state(tab);
        assert!(sum > 2 && !corrected.iter().any(|line| line.starts_with("Paris")), "{corrected:?}");

        tab.goto("#/corrections");
        tab.wait_until("document.querySelectorAll('main .said li').length === 2");
        tab.click("main .acts .btn:nth-of-type(3)");
        let folder = pages::folder();
        let file = folder.join("corrections.json");
        std::fs::write(&file, tab.downloaded("2-articles.corrections.json")).unwrap();
        assert_eq!(tab.js(&format!("return {WARNS}")), true, "the file alone is not the copy");
        tab.click("main .acts .btn.main");
        let copy = folder.join("copy.html");
        std::fs::write(&copy, tab.downloaded("2-articles.html")).unwrap();
        tab.wait_until(&format!("!{WARNS}"));

        // A fresh profile with the copy, and one with the original and the file.
        let host = Host::of(&pages::folder_of(&copy));
        let address = if tab.hosted() { host.address(&copy) } else { file_address(&copy) };
        let other = Tab::chromium(&address);
        assert_eq!(state(&other), corrected);
        other.assert_silent();
        let fresh = Tab::chromium(tab.page());
        assert_ne!(state(&fresh), corrected);
        fresh.goto("#/corrections");
        fresh.choose("#corrections", &[&file]);
        fresh.wait_until("document.querySelectorAll('main .said li').length === 2");
        assert_eq!(state(&fresh), corrected);

        // One of them taken back.
        fresh.goto("#/corrections");
        fresh.click("main .said li:last-child button");
        fresh.wait_until("document.querySelectorAll('main .said li').length === 1");
        names(&fresh);
        assert!(listed(&fresh, "paris") > 0);
        assert_eq!(listed(&fresh, "united-states"), sum);
        fresh.assert_silent();

        // The command honours them.
        let ran = pages::crossread(&["entities", copy.to_str().unwrap()]);
        let said = String::from_utf8(ran.stdout).unwrap();
        assert!(!said.contains("Paris") && said.contains("Washington"), "{said}");
    });
    assert!(std::fs::read(&page).unwrap() == original, "the file that was opened is unchanged");
}

#[test]
fn a_name_is_added_from_selected_words_by_keyboard() {
    everywhere(&pages::of(&ARTICLES), |tab| {
        tab.goto("#/article/a");
        tab.wait_for("main[data-slug=a] .blk");
        let text = tab.js("return document.querySelector('main article.text').textContent");
        tab.keys("a");
        tab.wait_for_text("#said", "Select");
        tab.js(
            "const walker = document.createTreeWalker(document.querySelector('article.text'), NodeFilter.SHOW_TEXT);
             while (walker.nextNode()) {
                 const at = walker.currentNode.data.indexOf('Officials');
                 if (at >= 0) getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 10);
             }",
        );
        tab.wait_for(".picked button");
        tab.keys("a");
        tab.wait_for_text("dialog .fix-head", "Officials");
        tab.focus("#fix-name");
        tab.keys(ENTER);
        tab.wait_gone("dialog");
        tab.wait_for("main article.text a.ent.person[href*='entity=officials']");
        assert_eq!(tab.text("main article.text a.ent[href*='entity=officials']"), "Officials");
        assert_eq!(tab.js("return document.querySelector('main article.text').textContent"), text);
        // From its card: another type, and away again.
        tab.goto("#/article/a?entity=officials");
        tab.wait_for("#names .fixer");
        tab.focus("#names .who-head .fixer");
        tab.keys(ENTER);
        tab.wait_for("dialog .fix");
        tab.focus("#fix-type");
        tab.keys("G");
        tab.keys(TAB);
        tab.keys(ENTER);
        tab.wait_for("main article.text a.ent.group[href*='entity=officials']");
        tab.click("#said button");
        tab.wait_for("main article.text a.ent.person[href*='entity=officials']");
        tab.focus("#names .who-head .fixer");
        tab.keys(ENTER);
        tab.wait_for("dialog .fix");
        tab.keys(ESCAPE);
        tab.wait_gone("dialog");
        tab.wait_until("document.activeElement.matches('#names .who-head .fixer')");
    });
}

#[test]
fn one_mention_is_no_name_and_another_is_someone_else() {
    everywhere(&pages::of(&ARTICLES), |tab| {
        tab.goto("#/entity/washington");
        tab.wait_for("table.kwic tbody tr .fixer");
        let before = tab.count("table.kwic tbody tr");
        tab.click("table.kwic tbody tr:nth-child(2) .fixer");
        tab.wait_for("dialog .fix");
        tab.click("dialog .fix > section:last-of-type button");
        tab.wait_until(&format!(
            "document.querySelectorAll('table.kwic tbody tr').length === {}",
            before - 1
        ));
        tab.wait_until("document.activeElement !== document.body");
        tab.keys("u");
        tab.wait_until(&format!("document.querySelectorAll('table.kwic tbody tr').length === {before}"));
        tab.click("table.kwic tbody tr:nth-child(1) .fixer");
        tab.click("dialog .fix > section:nth-of-type(1) button");
        tab.wait_until(&format!(
            "document.querySelectorAll('table.kwic tbody tr').length === {}",
            before - 1
        ));
        tab.goto("#/entity/washington-2");
        tab.wait_until("document.querySelectorAll('table.kwic tbody tr').length === 1");
    });
}
