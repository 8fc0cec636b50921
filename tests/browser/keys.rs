//! Keyboard only: from a search to the next difference and a copied link; the focus is always to be seen and never
//! caught; single keys can be switched off.

use crate::support::tab::keys::{CONTROL, ENTER, ESCAPE, SHIFT, TAB};
use crate::support::{Tab, everywhere, file_address, pages};
use serde_json::json;
use std::collections::BTreeSet;

/// Why the focus cannot be seen, or nothing where it can: the element in hand is in the window, nothing lies over its
/// edge, and it has an outline of two pixels or, as a text field may, a ring around its box.
const UNSEEN: &str = "(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return 'nothing has the focus';
    const name = e.outerHTML.slice(0, 160), box = e.getBoundingClientRect();
    const drawn = [e, e.closest('form')].some(e => {
        const s = e && getComputedStyle(e);
        return s && (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== 'none');
    });
    if (!drawn) return 'no outline: ' + name;
    // What is focused for those who listen may be as small as it is hidden: a heading that names the view.
    if (e.matches('h1.vh')) return '';
    if (box.bottom < 1 || box.top > innerHeight - 1 || box.right < 1 || box.left > innerWidth - 1 || !box.width)
        return 'out of the window: ' + name + JSON.stringify(box);
    if (e.matches('main, .pane, h1, .blk, article')) return '';
    const at = (x, y) => { const top = document.elementFromPoint(x, y); return top && (e.contains(top) || top.contains(e)) };
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const first = e.getClientRects()[0];
    if (!at(x, y) && !at(first.left + 2, first.top + first.height / 2)) return 'covered: ' + name;
    return '';
})()";

/// Waits until the focus is to be seen.
#[track_caller]
fn seen(tab: &Tab) {
    let unseen = std::cell::RefCell::new(String::new());
    let ok = || {
        *unseen.borrow_mut() = tab.js(&format!("return {UNSEEN}")).as_str().unwrap().to_owned();
        unseen.borrow().is_empty()
    };
    for _ in 0..60 {
        if ok() {
            return;
        }
        tab.js_later("requestAnimationFrame(() => done(1))");
    }
    panic!("the focus cannot be seen at {}: {}", tab.address(), unseen.borrow());
}

/// Waits until the clipboard holds something that begins like this, and returns it.
#[track_caller]
fn copied(tab: &Tab) -> String {
    tab.wait_until("document.getElementById('said').textContent === 'Link copied'");
    let text = tab.js_later("navigator.clipboard.readText().then(done, error => done(String(error)))");
    text.as_str().unwrap().to_owned()
}

fn grant(tab: &Tab) {
    let granted = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    tab.devtools("Browser.grantPermissions", granted);
}

#[test]
fn from_a_search_to_the_next_difference_and_a_copied_link() {
    everywhere(&pages::seeds(), |tab| {
        grant(tab);
        tab.goto("");
        tab.wait_for("main .cross");
        tab.keys("/");
        tab.wait_until("document.activeElement.type === 'search'");
        seen(tab);
        tab.keys("Hamas");
        tab.wait_until("document.querySelector('main[aria-busy=false] .hits')");
        seen(tab);
        tab.keys(ENTER);
        tab.wait_for("main mark.now");
        // The next name of the article, its page, and back.
        tab.keys("e");
        tab.wait_until("document.activeElement.matches('a.ent')");
        seen(tab);
        tab.keys(ENTER);
        tab.wait_until("location.hash.includes('entity=')");
        tab.keys("n");
        tab.wait_for_text(".tools .count", "2 /");
        // Tab goes on from the match that was stepped to.
        tab.wait_until("document.activeElement.matches('mark.now')");
        tab.keys(TAB);
        tab.wait_until(
            "(place => place & Node.DOCUMENT_POSITION_FOLLOWING && document.activeElement.matches('main *'))(
                 document.querySelector('mark.now').compareDocumentPosition(document.activeElement))",
        );
        tab.keys("c");
        tab.wait_until("location.hash.startsWith('#/compare/') && document.querySelector('.cmp-tools')");
        tab.wait_until("document.activeElement.matches('main h1')");
        seen(tab);
        tab.keys("n");
        tab.wait_for_text(".tools .count", "Difference 1 /");
        tab.keys("n");
        tab.wait_for_text(".tools .count", "Difference 2 /");
        let address = tab.address();
        tab.keys("y");
        let link = copied(tab);
        assert!(link.starts_with(&format!("{}{address}", tab.page())), "{link}");

        let other = Tab::chromium(tab.page());
        other.go(&link);
        other.wait_for_text(".tools .count", "Difference 2 /");
        other.assert_silent();
    });
}

/// Every view, with what shows that it is up.
fn views(tab: &Tab) -> Vec<String> {
    tab.goto("#/about");
    tab.wait_for("main .records h3 a");
    let slugs = tab.each("main .records h3 a", "e.getAttribute('href').replace('#/article/', '')");
    let [a, b] = &slugs[..] else { panic!("{slugs:?}") };
    let mut views = [
        "#/",
        "#/?q=Hamas",
        "#/?q=Iran&view=concordance",
        "#/?q=zzqxv",
        "#/names",
        "#/entity/iran",
        "#/open",
        "#/about",
        "#/nowhere",
    ]
    .map(str::to_owned)
    .to_vec();
    views.push(format!("#/article/{a}?q=Hamas&hit=0"));
    for view in ["", "?view=differences", "?view=only-a", "?view=only-b"] {
        views.push(format!("#/compare/{a}/{b}{view}"));
    }
    views
}

/// Opens a view and waits until it is whole.
#[track_caller]
fn open(tab: &Tab, view: &str) {
    tab.go("about:blank");
    tab.goto(view);
    tab.wait_until("document.querySelector('main:not(.static, [aria-busy=true]) h1') && !document.querySelector('main .busy')");
}

#[test]
fn tab_reaches_everything_in_every_view_and_is_never_caught() {
    // Hundreds of keys: on the disk alone, for nothing here depends on where the page comes from.
    let tab = &Tab::chromium(&file_address(&pages::seeds()));
    for view in views(tab) {
        open(tab, &view);
        let reachable = "[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(e => \
            e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }))";
        // In the reader and the panes there may be hundreds: forty are enough to see that it moves on.
        let count = tab.js(&format!("return {reachable}.length")).as_u64().unwrap();
        let name = format!("return {reachable}.indexOf(document.activeElement)");
        let mut reached = BTreeSet::new();
        for _ in 0..count.min(40) {
            tab.keys(TAB);
            seen(tab);
            let now = tab.js(&name).as_i64().unwrap();
            assert!(now >= 0, "{view}: what has the focus is not reached by Tab");
            assert!(
                reached.insert(now),
                "{view}: {now} has the focus twice: {}",
                tab.js("return document.activeElement.outerHTML")
            );
        }
        // And back.
        let last = tab.js(&name);
        tab.chord(&[SHIFT, TAB]);
        seen(tab);
        assert_ne!(tab.js(&name), last, "{view}: Shift+Tab does not move");
    }
    tab.assert_silent();
}

#[test]
fn escape_closes_a_sheet_that_was_opened_by_a_tap_and_nothing_else() {
    everywhere(&pages::seeds(), |tab| {
        tab.size(390, 844);
        tab.goto("#/names");
        tab.wait_for("main h1");
        tab.goto("#/article/direct-talks-concluded");
        tab.wait_for("main[data-slug] .blk");
        let address = tab.address();
        tab.click(".dock [popovertarget=names]");
        tab.wait_for("#names:popover-open");
        tab.keys(ESCAPE);
        tab.wait_gone("#names:popover-open");
        assert_eq!(tab.address(), address);
        tab.keys(ESCAPE);
        tab.wait_until("location.hash === '#/names'");
    });
}

#[test]
fn the_skip_link_leads_to_the_text_and_keeps_the_address() {
    everywhere(&pages::seeds(), |tab| {
        open(tab, "#/names");
        tab.keys(TAB);
        tab.wait_until("document.activeElement.matches('.skip')");
        seen(tab);
        tab.keys(ENTER);
        tab.wait_until("document.activeElement.id === 'main'");
        assert_eq!(tab.address(), "#/names");
        tab.keys(TAB);
        tab.wait_until("document.activeElement.closest('main')");
    });
}

#[test]
fn the_dialog_of_keys_keeps_the_focus_and_gives_it_back() {
    everywhere(&pages::seeds(), |tab| {
        open(tab, "#/about");
        tab.focus("main dl button.link");
        tab.keys(ENTER);
        tab.wait_for("dialog[open]");
        for _ in 0..6 {
            tab.keys(TAB);
            tab.wait_until("!document.querySelector('#app .page > main').contains(document.activeElement)");
        }
        tab.keys(ESCAPE);
        tab.wait_gone("dialog[open]");
        tab.wait_until("document.activeElement.matches('main dl button.link')");
        seen(tab);
        assert_eq!(tab.address(), "#/about");
    });
}

#[test]
fn single_keys_can_be_switched_off_and_then_type() {
    everywhere(&pages::seeds(), |tab| {
        open(tab, "#/about");
        tab.keys("?");
        tab.wait_for("dialog[open]");
        tab.wait_until("(document.activeElement.closest('dialog'))");
        while tab.js("return document.activeElement.type") != json!("checkbox") {
            tab.keys(TAB);
        }
        seen(tab);
        tab.keys(" ");
        tab.wait_until("document.getElementById('said').textContent.includes('are off')");
        tab.keys(ESCAPE);
        tab.wait_gone("dialog[open]");
        let theme = "return document.documentElement.dataset.theme ?? ''";
        let before = (tab.address(), tab.js(theme));
        for key in ["/", "j", "k", "n", "e", "c", "t", "y", "s", "x", "?", "1"] {
            tab.keys(key);
        }
        assert_eq!((tab.address(), tab.js(theme)), before);
        assert_eq!(tab.count("dialog[open]"), 0);
        assert_eq!(
            tab.js("return document.activeElement.type ?? ''"),
            json!(""),
            "no key has led to the search box"
        );
        // With a modifier the way to the search box stays; there all of them are letters.
        tab.chord(&[CONTROL, "k"]);
        tab.wait_until("document.activeElement.type === 'search'");
        tab.keys("j/n");
        tab.wait_until("document.activeElement.value === 'j/n'");
        // On again.
        open(tab, "#/about");
        tab.keys("t");
        tab.wait_until("document.documentElement.dataset.theme === 'light'");
    });
}

#[test]
fn a_key_that_deletes_is_not_lost_on_the_way_to_the_search_box() {
    use crate::support::tab::keys::BACKSPACE;
    everywhere(&pages::seeds(), |tab| {
        open(tab, "#/names");
        // All at once, over the change to the results and their search box.
        tab.keys(&format!("/Hamaz{BACKSPACE}s"));
        tab.wait_until(
            "document.activeElement.type === 'search' && document.activeElement.value === 'Hamas'",
        );
        tab.wait_until("location.hash === '#/?q=Hamas'");
    });
}
