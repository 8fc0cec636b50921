//! Comparing: from home in one click, every difference once, what only one says, honest where little is shared,
//! and two panes that scroll together.

use crate::support::tab::keys::ENTER;
use crate::support::{Tab, everywhere, pages};
use serde_json::{Value, json};

/// A comparison is up.
const UP: &str = "document.querySelector('main:not(.static) h1') && document.querySelector('.cmp-tools')";

/// The texts of the two seed articles, A first, without line ends.
fn seeds() -> [String; 2] {
    ["000_7272fb9a0688e88b.txt", "001_df03797eb665bd8f.txt"].map(|name| {
        let text = std::fs::read_to_string(pages::root().join("seeds").join(name)).unwrap();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

/// The address of the comparison that the home page leads to, by its button.
#[track_caller]
fn from_home(tab: &Tab) -> String {
    tab.goto("");
    tab.click(".cross a.btn");
    tab.wait_until(UP);
    tab.address()
}

/// The counter over the comparison: which one, of how many.
#[track_caller]
fn counter(tab: &Tab) -> String {
    tab.text(".tools .count")
}

/// Goes from home to a way of showing the comparison.
#[track_caller]
fn mode(tab: &Tab, view: &str) -> String {
    let pair = from_home(tab);
    tab.click(&format!(".cmp-tools a[href$='view={view}']"));
    tab.wait_until(&format!("location.hash.endsWith('view={view}') && {UP}"));
    pair
}

/// Presses `n` from the first to the last of what is counted; each has its own element in hand, all different.
/// At the end one more says so and stays.
#[track_caller]
fn visits_each_once(tab: &Tab, what: &str, total: usize, in_hand: &str) -> Vec<Value> {
    let mut visited = Vec::new();
    for number in 1..=total {
        tab.keys("n");
        tab.wait_for_text(".tools .count", &format!("{what} {number} / {total}"));
        tab.wait_until(in_hand);
        let now = tab.js(&format!("return {in_hand}"));
        assert!(!visited.contains(&now), "{now} is visited twice");
        visited.push(now);
        let seen = "(box => box.bottom > 0 && box.top < innerHeight)(document.querySelector('main .on, main [aria-current=true]').getBoundingClientRect())";
        tab.wait_until(seen);
    }
    tab.wait_until("document.querySelector('.tools button[aria-label^=Next]').disabled");
    tab.keys("n");
    tab.wait_until("document.getElementById('said').textContent.startsWith('No more')");
    assert_eq!(counter(tab), format!("{what} {total} / {total}"));
    visited
}

#[test]
fn home_leads_to_the_comparison_in_one_click_and_its_passages_are_linked() {
    everywhere(&pages::seeds(), |tab| {
        let address = from_home(tab);
        assert!(address.starts_with("#/compare/") && !address.contains('?'), "{address}");
        let [a, b] = seeds();
        for (text, sentence) in [
            (&a, "Senior Iranian officials have indicated to U.S. media that direct negotiations"),
            (&b, "The White House announced Tuesday that direct talks"),
        ] {
            assert!(text.contains(sentence));
        }
        let pairs = tab.each("#pane-a [data-n]", "e.dataset.n");
        assert!(pairs.len() > 5, "{pairs:?}");
        // Every pair has a number on either side, which leads to the other side.
        for pair in &pairs {
            assert_eq!(tab.count(&format!("#pane-a [data-n='{pair}']")), 1, "pair {pair} in A");
            assert_eq!(tab.count(&format!("#pane-b [data-n='{pair}']")), 1, "pair {pair} in B");
        }
        assert_eq!(tab.count("#pane-b [data-n]"), pairs.len());
        for pair in &pairs[..3] {
            tab.js(&format!("document.querySelector(\"#pane-a [data-n='{pair}']\").click()"));
            tab.wait_until(&format!(
                "[...document.querySelectorAll('.pane')].every(pane => pane.querySelector(\".on [data-n='{pair}']\"))"
            ));
            level(tab, pair);
        }
        // The text is whole, in its order, whatever is linked in it.
        for (pane, text) in [("#pane-a", &a), ("#pane-b", &b)] {
            let shown = tab.each(&format!("{pane} > :not(header)"), "e.textContent");
            let shown = shown.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(&shown, text, "{pane}");
        }
    });
}

/// Waits until the first lines of both sides of a pair stand at one height, in sight.
#[track_caller]
fn level(tab: &Tab, pair: &str) {
    tab.wait_until(&format!(
        "(([a, b]) => Math.abs(a - b) < 3 && a > 0 && a < innerHeight)(['a', 'b'].map(side =>
            document.querySelector(`#pane-${{side}} [data-n='{pair}']`).closest('.psg').getClientRects()[0].top))"
    ));
}

#[test]
fn each_difference_is_visited_once_and_leads_back_to_both_quotes() {
    everywhere(&pages::seeds(), |tab| {
        let [a, b] = seeds();
        mode(tab, "differences");
        let total = tab.count("ol.ledger > li");
        assert!(total >= 2, "{total} differences");
        assert_eq!(tab.count(".cmp-tools a[href$='view=differences']"), 1);
        let said = tab.text(".cmp-tools a[href$='view=differences'] .n");
        assert_eq!(said, total.to_string());
        // The main ones of the two accounts, each with the words of both.
        for words in [["may occur", "concluded"], ["hundreds", "1,200"]] {
            let rows = tab
                .each("ol.ledger > li", "[...e.querySelectorAll('.gist')].map(g => g.textContent).join('|')");
            let row = rows.iter().find(|row| {
                row.split_once('|').is_some_and(|(a, b)| a.contains(words[0]) && b.contains(words[1]))
            });
            assert!(row.is_some(), "{words:?} is not among {rows:?}");
        }
        // Every quote is a sentence of its article as it stands there.
        for (side, text) in [("a", &a), ("b", &b)] {
            let quotes = tab.each(&format!(".dq.{side} blockquote"), "e.textContent");
            assert_eq!(quotes.len(), total);
            for quote in quotes {
                let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(quote.len() > 20 && text.contains(&quote), "not in {side}: {quote}");
            }
        }
        let visited = visits_each_once(
            tab,
            "Difference",
            total,
            "document.querySelector('ol.ledger > [aria-current=true]')?.id",
        );
        assert_eq!(visited.len(), total);
        for number in (1..total).rev() {
            tab.keys("N");
            tab.wait_for_text(".tools .count", &format!("Difference {number} / {total}"));
        }
        // Back to each quote in its article.
        for side in ["a", "b"] {
            mode(tab, "differences");
            let quote = tab.text(&format!("ol.ledger > li:last-child .dq.{side} blockquote"));
            let link = format!("ol.ledger > li:last-child .dq.{side} .cite a");
            tab.focus(&link);
            tab.keys(ENTER);
            tab.wait_for("main[data-slug] .blk");
            let quote = json!(quote.split_whitespace().collect::<Vec<_>>().join(" "));
            tab.wait_until(&format!(
                "[...document.querySelectorAll('main .blk')].some(e => {{
                    const box = e.getBoundingClientRect();
                    return e.textContent.replace(/\\s+/g, ' ').includes({quote}) && box.bottom > 60 && box.top < innerHeight - 40 }})"
            ));
        }
    });
}

#[test]
fn side_by_side_too_each_difference_is_visited_once() {
    everywhere(&pages::seeds(), |tab| {
        tab.size(1280, 600);
        from_home(tab);
        let total: usize = tab.text(".cmp-tools a[href$='view=differences'] .n").parse().unwrap();
        let hand = "document.querySelectorAll('.pane .on').length > 1 && location.hash.match(/hit=\\d+/)[0]";
        visits_each_once(tab, "Difference", total, hand);
        // The words that differ are marked on both sides of the passage in hand.
        assert!(tab.count("#pane-a .on mark.diff") > 0 && tab.count("#pane-b .on mark.diff") > 0);
    });
}

#[test]
fn what_only_one_says_is_listed_in_its_place() {
    everywhere(&pages::seeds(), |tab| {
        let [a, b] = seeds();
        for (view, what, own, other, sentence) in [
            (
                "only-a",
                "Only in A",
                &a,
                &b,
                "Rising economic difficulties, growing domestic unrest, and heavy losses among Iran’s network of proxies provide Tehran incentive to explore diplomatic avenues without relinquishing leverage.",
            ),
            (
                "only-b",
                "Only in B",
                &b,
                &a,
                "A continuing source of tension remains the fate of Israeli and dual-national hostages still held by Hamas in Gaza.",
            ),
        ] {
            assert!(own.contains(sentence) && !other.contains(sentence));
            mode(tab, view);
            let only = tab.each(".pane.only .lone", "e.textContent.trim()");
            assert!(only.iter().any(|one| one == sentence), "{view}: {only:#?}");
            for one in &only {
                assert!(own.contains(one.as_str()) && !other.contains(one.as_str()), "{view}: {one}");
            }
            let total: usize = tab.text(&format!(".cmp-tools a[href$='view={view}'] .n")).parse().unwrap();
            visits_each_once(tab, what, total, "document.querySelector('.pane.only .on[id]')?.id");
            // What is shared stands there too, so that nothing is read out of its context.
            assert!(tab.count(".pane.only .psg") > 0);
        }
    });
}

/// An article of sentences that have nothing to do with each other.
const RIVER: [&str; 5] = [
    "The council of Alderbrook closed the stone bridge on Monday after engineers found a crack in its second arch.",
    "Lorries must now cross at Fenwick, eleven miles to the north, until the repair is finished in October.",
    "Farmers said that the detour would cost them about 40,000 pounds before the harvest.",
    "A ferry carried passengers across the water in the nineteenth century and may be brought back for the summer.",
    "Mayor Helen Ashdown asked the county for help, and the county has not answered yet.",
];

/// What stands over a comparison, and how many pairs and differences are shown.
#[track_caller]
fn compared(tab: &Tab, a: &str, b: &str) -> (String, usize, usize) {
    tab.goto(&format!("#/compare/{a}/{b}"));
    tab.wait_until(UP);
    tab.wait_for("#pane-a");
    let outcome = tab.texts("main .outcome").join(" ");
    let pairs = tab.count("#pane-a [data-n]");
    (outcome, pairs, tab.count(".pane mark.diff"))
}

#[test]
fn a_text_with_itself_has_no_differences() {
    let river = RIVER.join(" ");
    let page = pages::of(&[("river.txt", &river), ("again.txt", &format!("{river}\n"))]);
    everywhere(&page, |tab| {
        for (a, b) in [("river", "river"), ("again", "river")] {
            let (outcome, pairs, marks) = compared(tab, a, b);
            assert!(outcome.contains("No differences"), "{outcome}");
            assert_eq!((pairs, marks), (RIVER.len(), 0), "{a} with {b}");
            for view in ["differences", "only-a", "only-b"] {
                assert_eq!(tab.text(&format!(".cmp-tools a[href$='view={view}'] .n")), "0", "{view}");
                tab.goto(&format!("#/compare/{a}/{b}?view={view}"));
                tab.wait_for_text("main .outcome", "No differences");
                tab.keys("n");
                tab.wait_until("document.getElementById('said').textContent.startsWith('No more')");
            }
        }
    });
}

#[test]
fn unrelated_texts_have_little_in_common_and_nothing_is_forced() {
    let kiln = "Potters in the valley fire their kilns twice a year, in spring and in autumn. The clay is dug by hand \
        from a pit behind the church and left to rest under wet cloth. Nobody knows who first mixed ash into the glaze. \
        It turns green where the flame is hottest. Visitors may buy bowls on Saturdays.";
    let page = pages::of(&[("river.txt", &RIVER.join(" ")), ("kiln.txt", kiln)]);
    everywhere(&page, |tab| {
        let (outcome, pairs, marks) = compared(tab, "river", "kiln");
        assert!(outcome.contains("Little in common"), "{outcome}");
        assert_eq!((pairs, marks), (0, 0), "nothing is forced");
        assert_eq!(tab.text(".cmp-tools a[href$='view=only-a'] .n"), RIVER.len().to_string());
        tab.goto("#/compare/river/kiln?view=differences");
        tab.wait_for_text("main .outcome", "Little in common");
        // Nothing is said to differ, for nothing corresponds.
        assert_eq!(tab.count("ol.ledger"), 0);
        tab.goto("");
        tab.wait_for(".cross");
        assert!(!tab.text(".cross").contains("one story"), "{}", tab.text(".cross"));
    });
}

#[test]
fn swapped_sentences_are_moved_and_not_changed() {
    let mut swapped = RIVER;
    swapped.swap(1, 3);
    let page = pages::of(&[("river.txt", &RIVER.join(" ")), ("swapped.txt", &swapped.join(" "))]);
    everywhere(&page, |tab| {
        let (outcome, pairs, marks) = compared(tab, "river", "swapped");
        assert!(outcome.contains("moved") && outcome.contains("No differences in the words"), "{outcome}");
        assert_eq!((pairs, marks), (RIVER.len(), 0));
        for view in ["differences", "only-a", "only-b"] {
            assert_eq!(tab.text(&format!(".cmp-tools a[href$='view={view}'] .n")), "0", "{view}");
        }
        // Each sentence is paired with itself, wherever it stands.
        let sides = ["a", "b"].map(|side| {
            let mut all = tab.each(
                &format!("#pane-{side} .psg"),
                "e.querySelector('[data-n]').dataset.n.padStart(3) + ' ' + e.textContent.trim()",
            );
            all.sort();
            all
        });
        assert_eq!(sides[0], sides[1]);
        // The narrow view says it too.
        tab.size(390, 844);
        tab.wait_for(".pcards > li");
        let heads = tab.each(".pcards > li h2", "e.textContent");
        let moved = heads.iter().filter(|head| head.contains("moved")).count();
        assert!((1..RIVER.len()).contains(&moved), "{heads:?}");
    });
}

/// Two texts that say the same fifteen things; B has something of its own between them.
fn stretched() -> [String; 2] {
    let things = [
        "mill",
        "quarry",
        "harbour",
        "orchard",
        "chapel",
        "school",
        "market",
        "foundry",
        "library",
        "station",
        "granary",
        "tannery",
        "brewery",
        "lighthouse",
        "vineyard",
    ];
    let own = [
        "Swallows nest under the eaves there.",
        "Rain fell all through that week.",
        "Snow lay on the hills until May.",
        "Bees were kept behind the wall.",
        "Fog came in from the sea at dusk.",
    ];
    let thing = |i: usize, thing: &str| {
        format!(
            "The {thing} was sold in {} to a company from Ashford for {} thousand crowns, which the {thing} keeper called far too little for such a {thing}.",
            1801 + 7 * i,
            13 + 11 * i
        )
    };
    let a: Vec<String> = things.iter().enumerate().map(|(i, t)| thing(i, t)).collect();
    let b: Vec<String> = things
        .iter()
        .enumerate()
        .map(|(i, t)| {
            format!(
                "{} {}\n\n{}",
                thing(i, t),
                own[i % 5],
                (0..6 + i % 3).map(|j| own[(i + j) % 5]).collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    [a.join("\n\n"), b.join("\n\n")]
}

/// Turns the wheel over a pane, a bit at a time as a reader does, until it has scrolled so far.
#[track_caller]
fn wheel(tab: &Tab, pane: &str, by: i32) {
    let turn = 40 * by.signum();
    for _ in 0..(by / turn) {
        tab.js_later(&format!(
            "document.getElementById('{pane}').scrollTop += {turn}; requestAnimationFrame(() => requestAnimationFrame(() => done(1)))"
        ));
    }
}

/// Where both panes are scrolled to.
fn scrolls(tab: &Tab) -> [f64; 2] {
    ["a", "b"].map(|side| {
        tab.js(&format!("return document.getElementById('pane-{side}').scrollTop")).as_f64().unwrap()
    })
}

/// How far the passage that A has about a third down is from its partner's height, in pixels.
fn off_level(tab: &Tab) -> f64 {
    let off = tab.js(
        "const line = innerHeight * .4;
         const tops = side => [...document.querySelectorAll(`#pane-${side} .psg`)].map(e => [e.querySelector('[data-n]').dataset.n, e.getClientRects()[0].top]);
         const b = new Map(tops('b'));
         const [n, top] = tops('a').sort((x, y) => Math.abs(x[1] - line) - Math.abs(y[1] - line))[0];
         return b.get(n) - top;",
    );
    off.as_f64().unwrap()
}

#[test]
fn panes_scroll_together_apart_and_together_again() {
    let [a, b] = stretched();
    let page = pages::of(&[("a.txt", &a), ("b.txt", &b)]);
    everywhere(&page, |tab| {
        tab.size(1280, 700);
        let (_, pairs, _) = compared(tab, "a", "b");
        assert_eq!(pairs, 15);
        // On: what A shows about a third down stays level with its partner.
        assert_eq!(tab.attribute(".tools [aria-pressed]", "aria-pressed").as_deref(), Some("true"));
        wheel(tab, "pane-a", 400);
        let mut before = scrolls(tab);
        for _ in 0..3 {
            wheel(tab, "pane-a", 160);
            let now = scrolls(tab);
            assert!(now[0] > before[0] && now[1] > before[1], "{before:?} {now:?}");
            let off = off_level(tab);
            assert!(off.abs() < 60.0, "{off} pixels from level");
            before = now;
        }
        // B leads as well.
        wheel(tab, "pane-b", -320);
        let now = scrolls(tab);
        assert!(now[0] < before[0], "{before:?} {now:?}");
        assert!(off_level(tab).abs() < 80.0, "{} pixels from level", off_level(tab));

        // Off: B moves alone.
        tab.keys("s");
        tab.wait_until("document.querySelector('.tools [aria-pressed=false]')");
        let off = scrolls(tab);
        wheel(tab, "pane-b", 320);
        let apart = scrolls(tab);
        assert_eq!(apart[0], off[0], "A stays");
        assert!(apart[1] > off[1] + 300.0);

        // On again: nothing jumps, and both go on from there.
        tab.keys("s");
        tab.wait_until("document.querySelector('.tools [aria-pressed=true]')");
        assert_eq!(scrolls(tab), apart, "turning it on moves nothing");
        wheel(tab, "pane-a", 80);
        let on = scrolls(tab);
        assert!(on[0] > apart[0]);
        assert!(
            on[1] >= apart[1] && on[1] < apart[1] + 400.0,
            "B goes on from where it was: {apart:?} {on:?}"
        );
        assert!((off_level(tab) + 320.0).abs() < 120.0, "still about as far apart: {}", off_level(tab));
        // They do not creep together again either.
        let before = scrolls(tab);
        wheel(tab, "pane-a", -400);
        assert_eq!(scrolls(tab)[0], before[0] - 400.0, "A has room to scroll");
        assert!((off_level(tab) + 320.0).abs() < 120.0, "still as far apart: {}", off_level(tab));
    });
}
