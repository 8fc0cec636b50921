//! A tab: one browser with a fresh profile on one page, driven over WebDriver and, in Chromium, its DevTools.
//!
//! Invariant: every wait is for a condition and has an end; what fails says the selector and the address, and
//! leaves a screenshot in `target/screens/`. Methods block, so a test reads as what a reader does. Not here: how
//! pages are made or served.

use super::given;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Keys that are no characters, for [`Tab::keys`] and [`Tab::chord`].
#[allow(missing_docs, dead_code)]
pub mod keys {
    pub const BACKSPACE: &str = "\u{e003}";
    pub const TAB: &str = "\u{e004}";
    pub const ENTER: &str = "\u{e007}";
    pub const SHIFT: &str = "\u{e008}";
    pub const CONTROL: &str = "\u{e009}";
    pub const ESCAPE: &str = "\u{e00c}";
    pub const PAGE_DOWN: &str = "\u{e00f}";
    pub const END: &str = "\u{e010}";
    pub const HOME: &str = "\u{e011}";
    pub const LEFT: &str = "\u{e012}";
    pub const UP: &str = "\u{e013}";
    pub const RIGHT: &str = "\u{e014}";
    pub const DOWN: &str = "\u{e015}";
    pub const DELETE: &str = "\u{e017}";
}

/// How long a condition may take. Far longer than any should: a slow machine is no failure.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often a condition is looked at.
const PERIOD: Duration = Duration::from_millis(15);

/// How long what is seen must stay the same to count as at rest.
const REST: Duration = Duration::from_millis(400);

/// Flags of Chromium: no window, nothing of its own on the network.
const CHROMIUM: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1280,900",
];

/// A browser on a page. It is closed when it is dropped.
pub struct Tab {
    runtime: Runtime,
    client: Option<Client>,
    page: String,
    requests: RefCell<Vec<String>>,
    console: RefCell<Vec<String>>,
    profile: TempDir,
}

impl Tab {
    /// Starts Chromium for a page; [`Tab::goto`] opens it.
    pub fn chromium(page: &str) -> Tab {
        let profile = tempfile::tempdir().unwrap();
        let mut flags: Vec<String> = CHROMIUM.iter().map(|f| (*f).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", profile.path().join("profile").display()));
        flags.push("about:blank".to_owned());
        let capabilities = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "goog:chromeOptions": { "binary": given("CROSSREAD_CHROMIUM"), "args": flags },
        });
        let tab = Tab::start(page, profile, &given("CROSSREAD_WEBDRIVER"), capabilities);
        let downloads = json!({ "behavior": "allow", "downloadPath": tab.downloads() });
        tab.devtools("Browser.setDownloadBehavior", downloads);
        tab
    }

    /// Starts Firefox for a page. Files are strangers to each other, as they are for a reader: automation relaxes
    /// that.
    pub fn firefox(page: &str) -> Tab {
        let capabilities = json!({
            "browserName": "firefox",
            "moz:firefoxOptions": {
                "binary": given("CROSSREAD_FIREFOX"),
                "args": ["-headless"],
                "prefs": { "security.fileuri.strict_origin_policy": true },
            },
        });
        Tab::start(page, tempfile::tempdir().unwrap(), &given("CROSSREAD_GECKODRIVER"), capabilities)
    }

    fn start(page: &str, profile: TempDir, driver: &str, capabilities: Value) -> Tab {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let Value::Object(capabilities) = capabilities else { unreachable!("capabilities are an object") };
        let client = runtime.block_on(async {
            ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(driver).await
        });
        let client = Some(client.unwrap_or_else(|error| panic!("the browser did not start: {error}")));
        let (requests, console) = Default::default();
        Tab { runtime, client, page: page.to_owned(), requests, console, profile }
    }

    /// The page's address, without `#`.
    pub fn page(&self) -> &str {
        &self.page
    }

    /// Whether the page comes from a host.
    pub fn hosted(&self) -> bool {
        self.page.starts_with("http")
    }

    // ---- going ----

    /// Opens the page at an address after `#`, such as `#/about`; "" is the page itself.
    #[track_caller]
    pub fn goto(&self, address: &str) {
        self.go(&format!("{}{address}", self.page));
    }

    /// Opens any address.
    #[track_caller]
    pub fn go(&self, address: &str) {
        self.must(address, self.client().goto(address));
    }

    /// Loads the page anew.
    #[track_caller]
    pub fn reload(&self) {
        self.must("reload", self.client().refresh());
    }

    /// Goes back.
    #[track_caller]
    pub fn back(&self) {
        self.must("back", self.client().back());
    }

    /// Goes forward.
    #[track_caller]
    pub fn forward(&self) {
        self.must("forward", self.client().forward());
    }

    /// What the address bar holds from `#` on.
    #[track_caller]
    pub fn address(&self) -> String {
        let url = self.must("the address", self.client().current_url());
        url.fragment().map(|f| format!("#{f}")).unwrap_or_default()
    }

    // ---- looking ----

    /// Waits until something is there.
    #[track_caller]
    pub fn wait_for(&self, css: &str) {
        self.wait(&format!("{css} to appear"), || self.count(css) > 0);
    }

    /// Waits until nothing like it is there.
    #[track_caller]
    pub fn wait_gone(&self, css: &str) {
        self.wait(&format!("{css} to go"), || self.count(css) == 0);
    }

    /// Waits until the first match's text contains `text`.
    #[track_caller]
    pub fn wait_for_text(&self, css: &str, text: &str) {
        self.wait(&format!("“{text}” in {css}"), || {
            self.texts(css).first().is_some_and(|t| t.contains(text))
        });
    }

    /// Waits until a JavaScript expression is true.
    #[track_caller]
    pub fn wait_until(&self, expression: &str) {
        self.wait(expression, || self.js(&format!("return Boolean({expression})")) == json!(true));
    }

    /// Waits until a condition holds.
    #[track_caller]
    pub fn wait(&self, what: &str, condition: impl Fn() -> bool) {
        self.wait_within(PATIENCE.as_secs(), what, condition);
    }

    /// Waits until a condition holds that may take so many seconds.
    #[track_caller]
    pub fn wait_within(&self, seconds: u64, what: &str, condition: impl Fn() -> bool) {
        let start = std::time::Instant::now();
        while !condition() {
            if start.elapsed().as_secs() > seconds {
                let seen = self.js("return document.body ? document.body.innerText.slice(0, 300) : ''");
                let (address, console) = (self.address(), self.console());
                panic!("waited {seconds} s for {what} at {address}; console: {console:?}; seen: {seen}");
            }
            self.runtime.block_on(async { tokio::time::sleep(PERIOD).await });
        }
    }

    /// The value of a JavaScript function's body (`return …`) once it has stayed the same for a while: what is
    /// drawn in several steps (a view, then where in it one stands) has come to rest.
    #[track_caller]
    pub fn rest(&self, body: &str) -> Value {
        let last = RefCell::new((self.js(body), std::time::Instant::now()));
        self.wait("the view to come to rest", || {
            let now = self.js(body);
            let mut last = last.borrow_mut();
            if now != last.0 {
                *last = (now, std::time::Instant::now());
            }
            last.1.elapsed() > REST
        });
        last.into_inner().0
    }

    /// How many match.
    #[track_caller]
    pub fn count(&self, css: &str) -> usize {
        self.must(css, self.client().find_all(Locator::Css(css))).len()
    }

    /// Visible text of the first match.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        let element = self.must(css, self.client().find(Locator::Css(css)));
        self.must(css, element.text())
    }

    /// Visible texts of all matches; empty for one that goes while it is looked at.
    #[track_caller]
    pub fn texts(&self, css: &str) -> Vec<String> {
        let elements = self.must(css, self.client().find_all(Locator::Css(css)));
        elements.into_iter().map(|e| self.runtime.block_on(e.text()).unwrap_or_default()).collect()
    }

    /// An attribute of the first match.
    #[track_caller]
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let element = self.must(css, self.client().find(Locator::Css(css)));
        self.must(css, element.attr(name))
    }

    /// The value of a JavaScript function's body (`return …`).
    #[track_caller]
    pub fn js(&self, body: &str) -> Value {
        self.must(body, self.client().execute(body, Vec::new()))
    }

    /// The text of a JavaScript expression in `e` for every match: `tab.each("main h2", "e.textContent")`.
    #[track_caller]
    pub fn each(&self, css: &str, expression: &str) -> Vec<String> {
        let all =
            format!("return [...document.querySelectorAll({})].map(e => String({expression}))", json!(css));
        let found = self.js(&all);
        found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// The value that an asynchronous body passes to `done(…)`.
    #[track_caller]
    pub fn js_later(&self, body: &str) -> Value {
        let body = format!("const done = arguments[arguments.length - 1];\n{body}");
        self.must(&body, self.client().execute_async(&body, Vec::new()))
    }

    /// Keeps what is visible as `target/screens/{name}-{http or file}.png`.
    #[track_caller]
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let picture = self.must("a screenshot", self.client().screenshot());
        let folder = super::pages::root().join("target/screens");
        let protocol = if self.hosted() { "http" } else { "file" };
        let file = folder.join(format!("{name}-{protocol}.png"));
        std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, picture)).unwrap();
        file
    }

    // ---- doing ----

    /// Waits for something and clicks it.
    #[track_caller]
    pub fn click(&self, css: &str) {
        self.wait_for(css);
        let element = self.must(css, self.client().find(Locator::Css(css)));
        self.must(css, element.click());
    }

    /// Puts the keyboard's focus on something.
    #[track_caller]
    pub fn focus(&self, css: &str) {
        self.wait_for(css);
        let css = json!(css);
        self.js(&format!("document.querySelector({css}).focus()"));
    }

    /// Presses keys one after another, wherever the focus is: `tab.keys("talks")`, `tab.keys(keys::ENTER)` (`support::tab::keys`).
    #[track_caller]
    pub fn keys(&self, text: &str) {
        let presses = text.chars().flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]);
        self.press(presses.collect());
    }

    /// Presses keys together: `tab.chord(&[keys::CONTROL, "k"])`.
    #[track_caller]
    pub fn chord(&self, together: &[&str]) {
        let values: Vec<char> = together.iter().flat_map(|k| k.chars()).collect();
        let down = values.iter().map(|&value| KeyAction::Down { value });
        let up = values.iter().rev().map(|&value| KeyAction::Up { value });
        self.press(down.chain(up).collect());
    }

    #[track_caller]
    fn press(&self, presses: Vec<KeyAction>) {
        let actions = presses.into_iter().fold(KeyActions::new("keys".to_owned()), KeyActions::then);
        self.must("keys", self.client().perform_actions(actions));
    }

    /// Gives files to a file input, which may be hidden.
    #[track_caller]
    pub fn choose(&self, css: &str, files: &[&Path]) {
        self.wait_for(css);
        let element = self.must(css, self.client().find(Locator::Css(css)));
        let names: Vec<&str> = files.iter().map(|f| f.to_str().unwrap()).collect();
        self.must(css, element.send_keys(&names.join("\n")));
    }

    /// Waits for a download and reads it.
    #[track_caller]
    pub fn downloaded(&self, name: &str) -> Vec<u8> {
        // Chromium reserves the name with an empty file, writes under another name, and renames when it is whole.
        let file = self.downloads().join(name);
        let unfinished = self.downloads().join(format!("{name}.crdownload"));
        let whole = || std::fs::metadata(&file).is_ok_and(|f| f.len() > 0) && !unfinished.exists();
        self.wait(&format!("the download of {name}"), whole);
        std::fs::read(file).unwrap()
    }

    /// The bytes of the only file of this kind that was downloaded, whatever its name.
    pub fn downloaded_kind(&self, end: &str) -> Vec<u8> {
        let named = || -> Option<String> {
            let files = std::fs::read_dir(self.downloads()).ok()?;
            let mut names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
            names.find(|name| name.ends_with(end))
        };
        self.wait(&format!("a download of {end}"), || named().is_some());
        self.downloaded(&named().unwrap())
    }

    fn downloads(&self) -> PathBuf {
        self.profile.path().join("downloads")
    }

    // ---- the world around the page (Chromium) ----

    /// Sets the size of the page's view in CSS pixels.
    #[track_caller]
    pub fn size(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size);
    }

    /// Says what the reader prefers: `tab.media("", &[("prefers-color-scheme", "dark")])`; the medium may be
    /// `print`.
    #[track_caller]
    pub fn media(&self, medium: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features }));
    }

    /// The system's dark or light theme.
    #[track_caller]
    pub fn dark(&self, dark: bool) {
        self.media("", &[("prefers-color-scheme", if dark { "dark" } else { "light" })]);
    }

    /// Takes the network away, or gives it back.
    #[track_caller]
    pub fn offline(&self, offline: bool) {
        self.devtools("Network.enable", json!({}));
        let conditions =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", conditions);
    }

    /// Takes the network away where the page does not come from it.
    #[track_caller]
    pub fn offline_unless_hosted(&self) {
        self.offline(!self.hosted());
    }

    /// Switches the page's scripts off, as a reader can.
    #[track_caller]
    pub fn scripts_off(&self) {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    }

    /// Runs a script in each page before its own.
    #[track_caller]
    pub fn before_load(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
    }

    /// A DevTools command.
    #[track_caller]
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.must(command, self.client().issue_cmd(Extra { path: "goog/cdp/execute", body }))
    }

    /// Addresses that the page has asked for so far, itself included; what it carries inside (`blob:`, `data:`) and the
    /// browser's own pages do not count.
    #[track_caller]
    pub fn requests(&self) -> Vec<String> {
        let mut requests = self.requests.borrow_mut();
        for entry in self.log("performance") {
            let entry: Value = serde_json::from_str(&entry).unwrap();
            let event = &entry["message"];
            let address = event["params"]["request"]["url"].as_str().unwrap_or_default();
            let outside = ["http", "ws", "file", "ftp"].iter().any(|scheme| address.starts_with(scheme));
            if event["method"] == "Network.requestWillBeSent" && outside {
                requests.push(address.to_owned());
            }
        }
        requests.clone()
    }

    /// What the page has said on its console so far, violations of its policy and failed loads included.
    #[track_caller]
    pub fn console(&self) -> Vec<String> {
        self.console.borrow_mut().extend(self.log("browser"));
        self.console.borrow().clone()
    }

    /// Fails where the page has said anything on its console.
    #[track_caller]
    pub fn assert_silent(&self) {
        let said = self.console();
        assert!(said.is_empty(), "on the console of {}: {said:#?}", self.page);
    }

    #[track_caller]
    fn log(&self, kind: &str) -> Vec<String> {
        let entries =
            self.must(kind, self.client().issue_cmd(Extra { path: "se/log", body: json!({ "type": kind }) }));
        let entries = entries.as_array().cloned().unwrap_or_default();
        entries.iter().map(|e| e["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("a tab is open until it is dropped")
    }

    #[track_caller]
    fn must<T>(&self, what: &str, work: impl Future<Output = Result<T, CmdError>>) -> T {
        match self.runtime.block_on(work) {
            Ok(value) => value,
            Err(error) => panic!("{what} on {}: {error}", self.page),
        }
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else { return };
        if std::thread::panicking() {
            let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
            if let Ok(picture) = self.runtime.block_on(client.screenshot()) {
                let folder = super::pages::root().join("target/screens");
                let file = folder.join(format!("failed-{test}.png"));
                if std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, picture)).is_ok() {
                    eprintln!("{} has what was seen of {}", file.display(), self.page);
                }
            }
        }
        // A browser that is gone already is what is wanted here.
        let _ = self.runtime.block_on(client.close());
    }
}

/// A command of Chromium's driver beyond the standard.
#[derive(Debug)]
struct Extra {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extra {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (axum::http::Method, Option<String>) {
        (axum::http::Method::POST, Some(self.body.to_string()))
    }
}
