//! How soon a reader can search: from navigation to a usable search box on `file://`, beside a trivial page that
//! is measured in turns with it in the same browser. Run it with `cargo xtask bench start`.
//!
//! Letters are typed as soon as the box is there, and the time is noted when the first match is marked: a box that
//! leads nowhere is none. Prints a line for docs/BENCH.md. Fails where the page takes more than four times the trivial page's time.

#[allow(dead_code)]
#[path = "../tests/browser/support/mod.rs"]
mod support;

use support::{Tab, file_address, pages};

/// Times each page is opened.
const ROUNDS: usize = 25;

/// How many times slower than a trivial page Crossread may be.
const BUDGET: f64 = 4.0;

/// What the trivial page does: one script that makes a search box.
const TRIVIAL: &str = "<!doctype html><meta charset=utf-8><title>Trivial</title><main></main><script>\
    var box = document.createElement('input'); box.type = 'search'; document.querySelector('main').append(box);\
    </script>";

/// Notes, since navigation, when a search box is there that takes focus and letters, and when a match is marked.
const WATCH: &str = "new MutationObserver(function (changes, watch) {\
        var box = document.querySelector('input[type=search]:enabled');\
        if (box && !window.ready) {\
            window.ready = performance.now();\
            box.focus(); box.value = 'iran'; box.dispatchEvent(new InputEvent('input', { bubbles: true }));\
        }\
        if (document.querySelector('main mark')) { window.found = performance.now(); watch.disconnect(); }\
    }).observe(document, { childList: true, subtree: true });";

fn main() {
    let trivial = pages::folder().join("trivial.html");
    std::fs::write(&trivial, TRIVIAL).unwrap();
    let tab = Tab::chromium(&file_address(&pages::seeds()));
    tab.before_load(WATCH);
    let (crossread, trivial) = (tab.page().to_owned(), file_address(&trivial));
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (times, (address, what)) in
            times.iter_mut().zip([(&crossread, "ready"), (&trivial, "ready"), (&crossread, "found")])
        {
            tab.go(address);
            tab.wait_until(&format!("window.{what}"));
            times.push(tab.js(&format!("return window.{what}")).as_f64().expect("a time in milliseconds"));
        }
    }
    let [ours, floor, found] = times.map(median);
    let ratio = ours / floor;
    println!(
        "start: {ours:.0} ms to a usable search box, {found:.0} to the first match of what is typed there at once, \
         trivial page {floor:.0} ms, {ratio:.1} times (median of {ROUNDS})"
    );
    assert!(ratio <= BUDGET, "over the budget of {BUDGET} times a trivial page");
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
