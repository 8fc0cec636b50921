//! Browsers, their drivers, and the tests that need them.
//!
//! Invariant: what is missing is installed where that is one safe command (Debian's packages), else said exactly;
//! a driver lives as long as its tests. Not here: any scenario (`tests/browser/`).

use crate::cargo::{self, cargo, run, say};
use crate::shell::SHELLS;
use crate::test::{Outcome, counted};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Names of Chromium and its driver, ours first.
const CHROMIUM: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const DRIVER: [&str; 2] = ["chromedriver", "chromium.chromedriver"];
const FIREFOX: [&str; 2] = ["firefox", "firefox-esr"];

/// axe-core, where npm puts it.
const AXE: &str = "target/axe/node_modules/axe-core/axe.min.js";

/// A running driver; it is ended when this is dropped.
pub struct Driver {
    child: Child,
    /// Its address.
    pub address: String,
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Chromium and its running driver.
pub fn chromium() -> Result<(String, Driver)> {
    let find = || Some((first(&CHROMIUM)?, first(&DRIVER)?));
    let (browser, driver) = match find() {
        Some(both) => both,
        None => {
            install()?;
            find().context("chromium and chromedriver are installed but do not start")?
        }
    };
    let driver = start(Command::new(driver).arg("--port=0"), "successfully on port ")?;
    Ok((browser, driver))
}

/// Runs the browser tests whose names contain one of the words; all without words.
pub fn test(words: &[&str]) -> Result<Outcome> {
    let (chromium, driver) = chromium()?;
    let mut command = cargo(&["test", "--test", "browser", "--", "--test-threads=2"]);
    command.args(words);
    with(&mut command, &chromium, &driver)?;
    match axe() {
        Ok(path) => drop(command.env("CROSSREAD_AXE", path)),
        Err(error) => say(&format!(
            "SKIPPED: accessibility by axe-core. {error:#}. Install Node.js with npm (Debian: apt-get install npm)"
        )),
    }
    counted(&mut command)
}

/// Runs the test that needs Firefox; says so where there is none.
pub fn firefox() -> Result<Outcome> {
    let (Some(firefox), Some(driver)) = (first(&FIREFOX), first(&["geckodriver"])) else {
        say(
            "SKIPPED: Firefox. Install it (Debian: apt-get install firefox-esr) and its driver: cargo install \
             geckodriver --locked",
        );
        return Ok(Outcome::default());
    };
    let driver = start(Command::new(driver).arg("--port=0"), "Listening on 127.0.0.1:")?;
    let mut command = cargo(&["test", "--test", "browser", "--", "--ignored", "firefox", "--test-threads=1"]);
    command.env("CROSSREAD_SHELLS", std::path::absolute(SHELLS)?);
    command.env("CROSSREAD_FIREFOX", firefox).env("CROSSREAD_GECKODRIVER", &driver.address);
    counted(&mut command)
}

/// Tells a test where everything is.
pub fn with(command: &mut Command, chromium: &str, driver: &Driver) -> Result<()> {
    command
        .env("CROSSREAD_SHELLS", std::path::absolute(SHELLS)?)
        .env("CROSSREAD_CHROMIUM", chromium)
        .env("CROSSREAD_WEBDRIVER", &driver.address);
    Ok(())
}

/// The first of some programs that is there, as an absolute path.
fn first(names: &[&str]) -> Option<String> {
    let folders: Vec<_> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let suffix = std::env::consts::EXE_SUFFIX;
    let files = names.iter().flat_map(|name| folders.iter().map(move |f| f.join(format!("{name}{suffix}"))));
    files.filter(|file| file.is_file()).find_map(|file| file.to_str().map(str::to_owned))
}

/// Installs Chromium and its driver on Debian; elsewhere says what to install.
fn install() -> Result<()> {
    const WANTED: &str =
        "The browser tests need Chromium (or Chrome) and the chromedriver of the same version in PATH";
    if !Path::new("/etc/debian_version").exists() || !cargo::answers("apt-get", "--version") {
        bail!(
            "{WANTED}. Fedora: dnf install chromium chromedriver. Arch: pacman -S chromium. macOS: brew install \
             --cask google-chrome chromedriver. Others: https://googlechromelabs.github.io/chrome-for-testing/"
        );
    }
    let root = cargo::output(Command::new("id").arg("-u"))?.trim() == "0";
    if !root && !cargo::answers("sudo", "-nv") {
        bail!("{WANTED}. Run: sudo apt-get update && sudo apt-get install chromium chromium-driver");
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(if root { "apt-get" } else { "sudo" });
        if !root {
            command.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        run(command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive")).context(WANTED)
    };
    apt(&["update", "-q"])?;
    apt(&["install", "-y", "-q", "--no-install-recommends", "chromium", "chromium-driver"])
}

/// Starts a driver and reads from its first lines which port it took.
fn start(command: &mut Command, before_port: &str) -> Result<Driver> {
    let shown = cargo::shown(command);
    say(&shown);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("`{shown}` could not be started"))?;
    let lines = BufReader::new(child.stdout.take().context("its output")?).lines();
    let mut driver = Driver { child, address: String::new() };
    let mut lines = lines.map_while(Result::ok);
    let port = lines.by_ref().find_map(|line| {
        let (_, after) = line.split_once(before_port)?;
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u16>().ok()
    });
    let Some(port) = port else { bail!("`{shown}` did not say which port it took") };
    driver.address = format!("http://127.0.0.1:{port}");
    // Its further output is read and dropped, so that it never waits for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    Ok(driver)
}

/// axe-core, fetched once.
fn axe() -> Result<std::path::PathBuf> {
    if !Path::new(AXE).exists() {
        let npm = [
            "install",
            "--silent",
            "--no-save",
            "--no-audit",
            "--no-fund",
            "--prefix",
            "target/axe",
            "axe-core@4",
        ];
        run(Command::new("npm").args(npm))?;
    }
    Ok(std::path::absolute(AXE)?)
}
