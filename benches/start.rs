//! How soon a reader can search: from navigation to a usable search box on `file://`, beside a trivial page that
//! is measured in turns with it in the same browser. Run it with `cargo xtask bench start`.
//!
//! Letters are typed as soon as the box is there, and the time is noted when the first match is marked: a box that
//! leads nowhere is none. Fails where the page takes more than four times the trivial page's time. Before that an
//! article of 1 MB is opened, its marks changed and a name lit: the longest frames. Prints lines for docs/BENCH.md.

#[allow(dead_code)]
#[path = "../tests/browser/support/mod.rs"]
mod support;

use std::time::Instant;
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

/// Bytes of the long article, which says what the seeds say again and again.
const LONG: usize = 1 << 20;

/// What is done in turn to the long article, and when that is finished.
const STEPS: [(&str, &str, &str); 4] = [
    ("opened", "location.hash = '#/article/long?q=talks'", "div:not([class])"),
    ("all names marked", "document.querySelector('.shown button:nth-child(2)').click()", "div:not(.every)"),
    ("people not marked", "document.querySelector('.types .person button').click()", "div:not(.hide-person)"),
    ("a name lit", "document.querySelector('.text a.ent').click()", "div:not(.lit)"),
];

/// Keeps the length of the longest frame, waiting for work included.
const FRAMES: &str = "window.longest = 0; new PerformanceObserver(function (list) {\
        list.getEntries().forEach(function (e) { window.longest = Math.max(window.longest, e.duration); });\
    }).observe({ type: 'long-animation-frame' });";

fn main() {
    long();
    start();
}

/// Opens a long article and changes its marks.
fn long() {
    let folder = pages::root().join("seeds");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let texts: String = files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "txt"))
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    let text = texts.repeat(LONG / texts.len() + 1).replace("---", "");
    let tab = Tab::chromium(&file_address(&pages::of(&[("long.txt", &text), ("short.txt", "Nothing.")])));
    tab.before_load(FRAMES);
    tab.goto("#/about");
    tab.wait_for("main dd code");
    for (what, act, behind) in STEPS {
        tab.js("window.longest = 0");
        let begun = Instant::now();
        tab.js(act);
        let gone =
            format!("document.querySelector('.text > div') && !document.querySelector('.text > {behind}')");
        tab.wait_until(&gone);
        let time = begun.elapsed().as_millis();
        // The browser reports a frame some time after it.
        let longest =
            tab.js_later("setTimeout(() => done(window.longest), 500)").as_f64().unwrap_or_default();
        println!(
            "1 MB {what}: {time} ms until all is drawn, longest frame {longest:.0} ms (0: none over 50)"
        );
    }
}

/// Opens the seeds and a trivial page.
fn start() {
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
