//! It opens: by double-click, from a host, offline, from an awkward folder, and without scripts.

use crate::support::{self, Host, Tab, everywhere, pages};

/// What stands in the search box of every view.
const SEARCH: &str = "input[type=search]";

/// Titles of the two seed articles.
fn titles() -> Vec<String> {
    let sidecar = std::fs::read_to_string(pages::root().join("seeds/articles.toml")).unwrap();
    let value = |line: &str| line.split_once('=').map(|(_, v)| v.trim().trim_matches('"').to_owned());
    let articles = sidecar.split("[[article]]").skip(1);
    let titles: Vec<String> =
        articles.filter_map(|a| a.lines().find(|l| l.starts_with("title")).and_then(value)).collect();
    assert_eq!(titles.len(), 2, "{sidecar}");
    titles
}

fn shows_both(tab: &Tab, css: &str) {
    for title in titles() {
        tab.wait_for_text(css, &title);
    }
}

#[test]
fn opens_and_is_ready_without_asking_for_anything() {
    everywhere(&pages::seeds(), |tab| {
        tab.offline_unless_hosted();
        tab.goto("");
        tab.wait_for(SEARCH);
        shows_both(tab, "main");
        assert_eq!(tab.requests(), [tab.page()], "requests beyond the page itself");
    });
}

#[test]
fn opens_from_an_awkward_folder() {
    let page = pages::copied(&pages::seeds(), "Téléchargements/گزارش #1 100%/copy (2).html");
    everywhere(&page, |tab| {
        tab.goto("");
        tab.wait_for(SEARCH);
        shows_both(tab, "main");
        tab.goto("#/about");
        tab.wait_until("document.querySelector('main h1, main h2') && location.hash === '#/about'");
        tab.reload();
        tab.wait_until("document.querySelector('main h1, main h2') && location.hash === '#/about'");
        assert_eq!(tab.requests(), [tab.page(), tab.page()], "requests beyond the page and its reload");
    });
}

#[test]
fn is_readable_with_scripts_off() {
    everywhere(&pages::seeds(), |tab| {
        tab.scripts_off();
        tab.goto("");
        tab.wait_for("main.static article");
        shows_both(tab, "main.static");
        assert!(tab.text("noscript").contains("Scripts are off"), "{}", tab.text("noscript"));
    });
}

#[test]
fn both_titles_are_in_the_file_before_any_script() {
    let html = std::fs::read_to_string(pages::seeds()).unwrap();
    let first_program = html.find("<script id=\"crossread-wasm\"").unwrap();
    for title in titles() {
        assert!(html[..first_program].contains(&title), "{title}");
    }
}

#[test]
fn runs_where_workers_are_refused() {
    everywhere(&pages::seeds(), |tab| {
        tab.before_load("Object.defineProperty(window, 'Worker', { value: function () { throw new Error('refused'); } });");
        tab.goto("");
        tab.wait_for(SEARCH);
        shows_both(tab, "main");
    });
}

#[test]
fn the_articles_stand_until_the_first_view_does() {
    everywhere(&pages::seeds(), |tab| {
        // What the worker says waits until the test lets it through.
        tab.before_load(
            "let held = []; window.release = () => { const all = held; held = null; all.forEach(say => say()); };
             window.Worker = class extends Worker {
                 addEventListener(type, hear) {
                     super.addEventListener(type, event => held ? held.push(() => hear(event)) : hear(event));
                 } };",
        );
        tab.goto("");
        tab.wait_for("#app input[type=search]");
        shows_both(tab, "main.static");
        assert!(tab.count("main") == 2, "the program is up");
        tab.js("window.release()");
        tab.wait_gone("main.static");
        shows_both(tab, "#app main");
    });
}

#[test]
fn says_so_and_keeps_the_articles_where_the_program_cannot_start() {
    everywhere(&pages::seeds(), |tab| {
        tab.before_load("Object.defineProperty(window, 'WebAssembly', { value: undefined });");
        tab.goto("");
        tab.wait_for("[role=alert]");
        assert!(tab.text("[role=alert]").contains("too old"), "{}", tab.text("[role=alert]"));
        shows_both(tab, "main.static");
    });
}

#[test]
fn says_what_is_damaged_and_keeps_the_articles() {
    // One character of the corpus is another one.
    let seeds = pages::seeds();
    let mut html = std::fs::read(&seeds).unwrap();
    let corpus = b"<script id=\"crossread-corpus\"";
    let at = html.windows(corpus.len()).position(|bytes| bytes == corpus).unwrap() + 5_000;
    html[at] = if html[at] == b'A' { b'B' } else { b'A' };
    let page = pages::copied(&seeds, "damaged.html");
    std::fs::write(&page, html).unwrap();
    everywhere(&page, |tab| {
        for address in ["", "#/?worker=off"] {
            tab.go("about:blank");
            tab.goto(address);
            tab.wait_for_text("[role=alert]", "cannot be opened: the corpus file’s section");
            shows_both(tab, "main.static");
            assert_eq!(tab.count("main"), 1, "nothing waits on without end");
        }
    });
}

#[test]
fn a_hosted_site_stays_available_when_its_host_is_gone() {
    let site = pages::site(&[&pages::root().join("seeds")]);
    let host = Host::of(&pages::folder_of(&site));
    let tab = Tab::chromium(&host.address(&site.join("index.html")));
    tab.goto("");
    tab.wait_for(SEARCH);
    assert_eq!(
        tab.js_later("navigator.serviceWorker.ready.then(worker => done(worker.active !== null))"),
        true
    );
    assert!(host.asked().iter().any(|asked| asked.ends_with("/site/sw.js")), "{:?}", host.asked());
    let origin = host.origin().trim_start_matches("http://").to_owned();
    drop(host);
    tab.wait("the host to be gone", || std::net::TcpStream::connect(&origin).is_err());
    tab.reload();
    tab.wait_for(SEARCH);
    shows_both(&tab, "main");
    tab.assert_silent();
}

#[test]
fn a_site_opens_from_the_disk_too() {
    let site = pages::site(&[&pages::root().join("seeds")]);
    everywhere(&site.join("index.html"), |tab| {
        tab.goto("");
        tab.wait_for(SEARCH);
        shows_both(tab, "main");
    });
}

#[test]
#[ignore = "needs Firefox and geckodriver: cargo xtask test --firefox"]
fn opens_in_firefox() {
    support::in_firefox(&pages::seeds(), |tab| {
        tab.goto("");
        tab.wait_for(SEARCH);
        shows_both(tab, "main");
    });
}
