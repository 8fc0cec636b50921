//! Links: the same link gives the same view, from another edition too, and what leads nowhere says so.

use crate::support::{Tab, everywhere, pages};
use serde_json::{Value, json};

/// A view is up, and its answer is there.
const UP: &str = "document.querySelector('main:not(.static, [aria-busy=true]) h1') && !document.querySelector('main .busy') \
     && document.title.includes('US–Iran talks') \
     && [...document.querySelectorAll('main .foot')].every(foot => /Edition [0-9a-f]/.test(foot.innerText))";

/// What of a view a link must give again: its words, what is marked in them, and the window's title.
const SEEN: &str = "return [document.querySelector('main').innerText, document.title, \
     ...[...document.querySelectorAll('main mark, main .on, main [aria-current], main [aria-pressed]')] \
     .map(e => e.className + ' ' + e.textContent)]";

/// Slugs of the two seed articles, A first.
#[track_caller]
fn slugs(tab: &Tab) -> [String; 2] {
    tab.goto("#/about");
    tab.wait_for("main .records a");
    let slugs = tab.each("main .records h3 a", "e.getAttribute('href').replace('#/article/', '')");
    slugs.try_into().expect("two articles")
}

/// This file's edition, all of it.
#[track_caller]
fn edition(tab: &Tab) -> String {
    tab.goto("#/about");
    tab.wait_for("main dd code");
    let edition = tab.text("main dd code");
    assert_eq!(edition.len(), 64, "{edition}");
    edition
}

#[test]
fn a_link_of_another_edition_says_so_and_opens() {
    everywhere(&pages::seeds(), |tab| {
        let own = edition(tab);
        let said = |edition: &str| format!("{} {}", &edition[..4], &edition[4..8]);
        let [a, b] = slugs(tab);
        for (address, shown) in [
            ("#/?q=Hamas".to_owned(), "main .hits a.go"),
            (format!("#/article/{a}?q=Hamas&hit=1"), "main mark.now"),
            (format!("#/compare/{a}/{b}?view=differences"), "main h1"),
            ("#/names".to_owned(), "main section.names a.ent"),
        ] {
            let sign = if address.contains('?') { '&' } else { '?' };
            tab.goto("#/about");
            tab.goto(&format!("{address}{sign}edition=deadbeef"));
            tab.reload();
            tab.wait_for(shown);
            tab.wait_until(
                "(box => box?.top >= 0 && box.bottom <= innerHeight)(document.querySelector('.banner')?.getBoundingClientRect())",
            );
            let banner = tab.text(".banner");
            assert!(banner.contains("dead beef") && banner.contains(&said(&own)), "{banner}");
            tab.click(".banner button");
            tab.wait_gone(".banner");
            assert_eq!(tab.address(), address);
            assert!(tab.count(shown) > 0, "{address} stays");

            tab.goto(&format!("{address}{sign}edition={}", &own[..8]));
            tab.wait_for(shown);
            tab.wait_until(UP);
            assert_eq!(tab.count(".banner"), 0, "{address}: a link of this edition needs no remark");
        }
    });
}

#[test]
fn a_copied_link_carries_the_edition_and_opens_the_same_view_elsewhere() {
    everywhere(&pages::seeds(), |tab| {
        let granted = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        tab.devtools("Browser.grantPermissions", granted);
        let own = edition(tab);
        let [a, _] = slugs(tab);
        tab.goto(&format!("#/article/{a}?q=Hamas&hit=1&later=kept"));
        tab.wait_for("main mark.now");
        tab.keys("y");
        tab.wait_until("document.getElementById('said').textContent === 'Link copied'");
        let copied = tab.js_later("navigator.clipboard.readText().then(done, error => done(String(error)))");
        let copied = copied.as_str().unwrap();
        let expected = format!("{}#/article/{a}?q=Hamas&hit=1&edition={}&later=kept", tab.page(), &own[..8]);
        assert_eq!(copied, expected);
        let seen = tab.rest(SEEN);

        let other = Tab::chromium(tab.page());
        other.go(copied);
        other.wait_for("main mark.now");
        other.wait("the same view", || other.js(SEEN) == seen);
        assert_eq!(other.count(".banner"), 0);
        other.assert_silent();
    });
}

#[test]
fn the_same_link_gives_the_same_view() {
    everywhere(&pages::seeds(), |tab| {
        let [a, b] = slugs(tab);
        let pair = format!("#/compare/{a}/{b}");
        let routes = [
            "#/".to_owned(),
            "#/?q=Hamas".to_owned(),
            "#/?q=%E2%80%9Cdirect%20talks%E2%80%9D%20-Biden".to_owned(),
            "#/?q=Iran&sort=left&view=concordance".to_owned(),
            "#/?q=zzqxv".to_owned(),
            format!("#/article/{a}"),
            format!("#/article/{b}?q=Hamas&hit=2"),
            format!("#/article/{a}?entity=hamas"),
            format!("#/article/{a}?at=9"),
            pair.clone(),
            format!("{pair}?at=3"),
            format!("{pair}?hit=1"),
            format!("{pair}?view=differences"),
            format!("{pair}?view=differences&hit=2"),
            format!("{pair}?view=only-a"),
            format!("{pair}?view=only-b&hit=1"),
            format!("#/compare/{b}/{a}"),
            "#/names".to_owned(),
            "#/entity/iran".to_owned(),
            "#/entity/iran?sort=right".to_owned(),
            "#/open".to_owned(),
            "#/about".to_owned(),
        ];
        let mut before = Value::Null;
        for route in routes {
            tab.go("about:blank");
            tab.goto(&route);
            tab.wait_until(UP);
            assert_eq!(tab.address(), route, "the address stays as it was given");
            let fresh = tab.rest(SEEN);
            assert_ne!(fresh, before, "{route} shows something of its own");
            tab.reload();
            tab.wait_until(UP);
            tab.wait(&format!("{route} as before its reload"), || tab.js(SEEN) == fresh);
            // From another view of the same page.
            tab.goto("#/nowhere");
            tab.wait_for_text("main h1", "leads nowhere");
            tab.goto(&route);
            tab.wait(&format!("{route} from another view"), || tab.js(SEEN) == fresh);
            assert_eq!(tab.address(), route);
            before = fresh;
        }
    });
}

#[test]
fn what_leads_nowhere_says_what_is_missing_and_leads_on() {
    everywhere(&pages::seeds(), |tab| {
        let [a, _] = slugs(tab);
        for (address, named) in [
            ("#/article/no-such-article".to_owned(), "no-such-article"),
            (format!("#/compare/{a}/no-such-article"), "no-such-article"),
            ("#/entity/no-such-name".to_owned(), "no-such-name"),
            ("#/no/such/view".to_owned(), "#/no/such/view"),
            ("#/article/%E0%A4%A".to_owned(), "%"),
            ("#!".to_owned(), "!"),
        ] {
            tab.goto("#/about");
            tab.wait_for("main .records");
            for fresh in [false, true] {
                tab.goto(&address);
                if fresh {
                    tab.reload();
                }
                tab.wait_for_text("main", named);
                tab.wait_until(UP);
                let said = tab.text("main");
                assert!(said.contains("There is no"), "{address}: {said}");
            }
            tab.click("main a[href='#/']");
            tab.wait_for("main article, main .two");
            assert_eq!(tab.address(), "#/");
        }
    });
}

#[test]
fn keys_of_a_link_that_are_not_known_are_kept() {
    everywhere(&pages::seeds(), |tab| {
        tab.goto("#/?q=Hamas&later=1&ev%C3%A9n=%E2%82%AC");
        tab.wait_for("main .hits a.go");
        tab.click(".modes a[href*=concordance]");
        tab.wait_for("table.kwic");
        assert_eq!(tab.address(), "#/?q=Hamas&view=concordance&later=1&ev%C3%A9n=%E2%82%AC");
        tab.reload();
        tab.wait_for("table.kwic");
        tab.click("table.kwic th.r a");
        tab.wait_for("table.kwic th.r[aria-sort]");
        assert_eq!(tab.address(), "#/?q=Hamas&sort=right&view=concordance&later=1&ev%C3%A9n=%E2%82%AC");
    });
}
