//! Names: told apart without colour, followed from the text to their page, counted, switched off and on.

use crate::support::tab::keys::{ENTER, ESCAPE};
use crate::support::{Tab, everywhere, pages};
use std::collections::{BTreeMap, BTreeSet};

/// A mark of a name in the text.
const NAME: &str = "main article.text a.ent";

/// Types of names in the order of their keys: their classes.
const TYPES: [&str; 9] = ["person", "org", "place", "group", "event", "law", "work", "date", "quantity"];

/// Everything of a mark's looks that is no colour.
const SHAPE: &str = "(style => [style.textDecorationLine, style.textDecorationStyle, \
     style.textDecorationLine === 'none' ? '' : style.textDecorationThickness, style.boxShadow !== 'none'].join(' '))\
     (getComputedStyle(e))";

/// Whether nothing of a mark is seen.
const HIDDEN: &str = "(style => (style.textDecorationLine === 'none' || /, 0\\)$|transparent/.test(style.textDecorationColor)) \
     && style.boxShadow === 'none' && getComputedStyle(e, '::after').content === 'none')(getComputedStyle(e))";

/// The entity that a mark's link names.
const ENTITY: &str = "/[?&]entity=([^&]*)/.exec(e.getAttribute('href'))[1]";

/// Slugs of the two seed articles, A first.
#[track_caller]
fn slugs(tab: &Tab) -> Vec<String> {
    tab.goto("#/about");
    tab.wait_for("main .records a");
    tab.each("main .records h3 a", "e.getAttribute('href').replace('#/article/', '')")
}

#[track_caller]
fn read(tab: &Tab, slug: &str) {
    tab.goto(&format!("#/article/{slug}"));
    tab.wait_for(&format!("main[data-slug={slug}] a.ent"));
}

#[test]
fn marks_tell_their_type_without_colour() {
    everywhere(&pages::seeds(), |tab| {
        for dark in [false, true] {
            tab.dark(dark);
            let mut shapes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for slug in slugs(tab) {
                read(tab, &slug);
                for mark in tab.each(NAME, &format!("[...e.classList][1] + '|' + {SHAPE}")) {
                    let (class, shape) = mark.split_once('|').unwrap();
                    shapes.entry(class.to_owned()).or_default().insert(shape.to_owned());
                }
            }
            assert!(shapes.len() >= 7, "nearly every type is in the seeds: {shapes:#?}");
            assert!(shapes.values().all(|looks| looks.len() == 1), "one look a type: {shapes:#?}");
            let looks: BTreeSet<&String> = shapes.values().flatten().collect();
            assert_eq!(looks.len(), shapes.len(), "each type has its own: {shapes:#?}");
        }
    });
}

#[test]
fn a_name_leads_to_its_page_and_its_counts_are_the_marks_in_the_articles() {
    everywhere(&pages::seeds(), |tab| {
        let slugs = slugs(tab);
        let mut marks: BTreeMap<String, [usize; 2]> = BTreeMap::new();
        for (side, slug) in slugs.iter().enumerate() {
            read(tab, slug);
            for entity in tab.each(NAME, ENTITY) {
                marks.entry(entity).or_default()[side] += 1;
            }
        }

        // From a mark in the text by way of its card to its page.
        read(tab, &slugs[0]);
        tab.click("main article.text a.ent.org[href*='entity=hamas']");
        tab.wait_for("#names #h-who");
        assert_eq!(tab.address(), format!("#/article/{}?entity=hamas", slugs[0]));
        assert_eq!(tab.text("#h-who"), "Hamas");
        let chosen = tab.each("main article.text a.ent.on", ENTITY);
        assert_eq!(chosen, vec!["hamas"; marks["hamas"][0]], "all its marks are chosen, and no other");
        tab.click("#names .acts a[href^='#/entity/']");
        tab.wait_for_text("main h1", "Hamas");
        assert_eq!(tab.address(), "#/entity/hamas");

        // Every name: its list entry, its page, its lines.
        tab.goto("#/names");
        tab.wait_for("main section.names a.ent");
        let listed = tab.each(
            "main section.names li",
            "e.querySelector('a').getAttribute('href').replace('#/entity/', '') + '|' + parseInt(e.querySelector('.n').textContent)",
        );
        assert_eq!(listed.len(), marks.len(), "the list has every name that is marked");
        for entry in listed {
            let (entity, total) = entry.split_once('|').unwrap();
            let (expected, total) = (marks[entity], total.parse::<usize>().unwrap());
            assert_eq!(total, expected.iter().sum::<usize>(), "{entity}: in the list of names");
            tab.goto(&format!("#/entity/{entity}"));
            tab.wait_until(&format!(
                "location.hash === '#/entity/{entity}' && document.querySelectorAll('table.kwic tbody tr').length === {total}"
            ));
            // A column for each article that names it.
            let heads = tab.each("section > table.aka thead th:not(:first-child, .wide)", "e.textContent");
            let rows = tab.each(
                "section > table.aka tbody tr",
                "[...e.querySelectorAll('td:not(.wide)')].map(td => parseInt(td.textContent) || 0).join(' ')",
            );
            let mut counts = [0, 0];
            for row in &rows {
                assert_eq!(row.split(' ').count(), heads.len(), "{entity}: {heads:?} {rows:?}");
                for (head, cell) in heads.iter().zip(row.split(' ')) {
                    counts[usize::from(head == "B")] += cell.parse::<usize>().unwrap();
                }
            }
            assert_eq!(counts, expected, "{entity}: {rows:?}");
            for (side, letter) in ["A", "B"].iter().enumerate() {
                let lines = tab.each("table.kwic tbody td.w b.ab", "e.textContent");
                assert_eq!(
                    lines.iter().filter(|l| l == letter).count(),
                    expected[side],
                    "{entity}: lines of {letter}"
                );
            }
        }
    });
}

#[test]
fn a_line_of_a_name_leads_to_its_place_in_the_article() {
    everywhere(&pages::seeds(), |tab| {
        tab.goto("#/entity/hezbollah");
        tab.wait_for("table.kwic tbody tr");
        let line = "table.kwic tbody tr:last-child a";
        let (to, text) = (tab.attribute(line, "href").unwrap(), tab.text(line));
        tab.click(line);
        tab.wait_for("main article.text a.ent.on");
        assert_eq!(tab.address(), to);
        assert!(tab.texts("main article.text a.ent.on").contains(&text));
        // The block is in the window and has the focus.
        tab.wait_until(
            "(box => box.bottom > 0 && box.top < innerHeight)(document.activeElement.getBoundingClientRect()) \
             && document.activeElement.querySelector('a.ent.on')",
        );
        tab.back();
        tab.wait_for_text("main h1", "Hezbollah");
    });
}

#[test]
fn what_corrects_a_line_is_in_reach_on_a_phone() {
    let article = |n| {
        format!("---\ntitle: {n}\nsource: The Northern Harbour Gazette\n---\nAngela Merkel came to Berlin.\n")
    };
    let texts = ["One", "Two", "Three"].map(|n| (n.to_lowercase() + ".md", article(n)));
    let page = pages::of(&[0, 1, 2].map(|i| (texts[i].0.as_str(), texts[i].1.as_str())));
    everywhere(&page, |tab| {
        tab.size(390, 844);
        tab.goto("#/entity/angela-merkel");
        tab.wait_for("table.kwic .fixer");
        tab.wait_until(
            "[...document.querySelectorAll('table.kwic .fixer')].every(e => {
                 const { x, width } = e.getBoundingClientRect();
                 return width >= 24 && e.parentNode.getBoundingClientRect().right >= x + width;
             })",
        );
    });
}

#[test]
fn types_are_switched_off_and_on_by_their_keys() {
    everywhere(&pages::seeds(), |tab| {
        let slugs = slugs(tab);
        read(tab, &slugs[1]);
        let text = tab.js("return document.querySelector('main article.text').textContent");
        tab.keys("m");
        tab.wait_for("main article.text > .every");
        let present: BTreeSet<String> = tab.each(NAME, "[...e.classList][1]").into_iter().collect();
        for (number, class) in TYPES.iter().enumerate() {
            let button = format!("#names .types li.{class} button");
            assert_eq!(
                tab.count(&button) == 1,
                present.contains(*class),
                "{class} has a switch where it is in the text"
            );
            if !present.contains(*class) {
                continue;
            }
            let hidden = |expected: bool| {
                let marks = tab.each(&format!("{NAME}.{class}"), HIDDEN);
                marks.iter().all(|hidden| *hidden == expected.to_string())
            };
            assert!(hidden(false), "{class} is marked at first");
            tab.keys(&(number + 1).to_string());
            tab.wait_for(&format!("{button}[aria-pressed=false]"));
            assert!(hidden(true), "{class} is not marked any more");
            let others = tab.each(NAME, &format!("e.matches('.{class}, .{class} *') || !{HIDDEN}"));
            assert!(others.iter().all(|shown| shown == "true"), "{class}: the others stay");
            tab.keys(&(number + 1).to_string());
            tab.wait_for(&format!("{button}[aria-pressed=true]"));
            assert!(hidden(false), "{class} is marked again");
        }
        // In the search box a figure is a figure.
        tab.keys("/");
        tab.wait_until("document.activeElement.type === 'search'");
        tab.keys("1");
        tab.wait_until("document.querySelector('input[type=search]').value === '1'");
        tab.keys(ESCAPE);
        tab.back();
        read(tab, &slugs[1]);
        assert_eq!(tab.count("#names .types button[aria-pressed=false]"), 0);
        assert_eq!(tab.js("return document.querySelector('main article.text').textContent"), text);
    });
}

#[test]
fn the_main_names_are_marked_at_first_then_all_then_none() {
    everywhere(&pages::seeds(), |tab| {
        let slugs = slugs(tab);
        read(tab, &slugs[0]);
        let text = tab.js("return document.querySelector('main article.text').textContent");
        let seen = || tab.each(NAME, HIDDEN).iter().filter(|hidden| *hidden == "false").count();
        let all = tab.count(NAME);
        let main = seen();
        assert!(main > all / 4 && main < all, "{main} of {all} are marked at first");
        let minor = tab.each(&format!("{NAME}.minor"), HIDDEN);
        assert!(minor.iter().all(|hidden| hidden == "true"), "those of less weight are not");
        tab.keys("m");
        tab.wait_for("#names .shown button:nth-child(2)[aria-pressed=true]");
        assert_eq!(seen(), all);
        tab.keys("m");
        tab.wait_for("#names .shown button:nth-child(3)[aria-pressed=true]");
        assert_eq!(seen(), 0);
        // A chosen one is lit all the same.
        tab.goto(&format!("#/article/{}?entity=hamas", slugs[0]));
        tab.wait_for("main article.text a.ent.on");
        assert_eq!(seen(), tab.count("main article.text a.ent.on"));
        tab.click("#names .shown button:nth-child(1)");
        tab.wait_for("main article.text > .some");
        assert_eq!(tab.js("return document.querySelector('main article.text').textContent"), text);
    });
}

#[test]
fn the_key_e_goes_from_name_to_name() {
    everywhere(&pages::seeds(), |tab| {
        let slugs = slugs(tab);
        read(tab, &slugs[0]);
        let all = tab.each("main a.ent", ENTITY);
        let focused = "return [...document.querySelectorAll('main a.ent')].indexOf(document.activeElement)";
        for expected in 0..3 {
            tab.keys("e");
            tab.wait(&format!("name {expected} to have the focus"), || tab.js(focused) == expected);
        }
        tab.keys(ENTER);
        tab.wait_for("#names #h-who");
        assert_eq!(tab.address(), format!("#/article/{}?entity={}", slugs[0], all[2]));
        tab.goto("");
        tab.wait_for("input[type=search]");
        tab.keys("e");
        tab.wait_for("main section.names a.ent");
        assert_eq!(tab.address(), "#/names");
    });
}
