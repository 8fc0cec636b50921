//! Pages for the tests, made by the command as a reader would make them.
//!
//! Invariant: a page is made in a folder of its own, so that a host of that folder has nothing else. Not here:
//! looking at them.

use super::given;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The top folder of the project.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A new empty folder below `target/`.
pub fn folder() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{number}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The folder that [`folder`] made for a page, however deep the page stands in it.
pub fn folder_of(page: &Path) -> PathBuf {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
    page.ancestors().find(|a| a.parent() == Some(base)).expect("a page of these tests").to_owned()
}

/// Runs the command.
pub fn crossread(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crossread"))
        .args(arguments)
        .env("CROSSREAD_SHELLS", given("CROSSREAD_SHELLS"))
        .output()
        .expect("the command runs")
}

/// A page made of articles: `build ARTICLES… -o page.html`.
pub fn built(articles: &[&Path]) -> PathBuf {
    let page = folder().join("page.html");
    build(articles, &page);
    page
}

/// A page that takes in articles, with some in it already: `build --studio ARTICLES… -o page.html`.
pub fn studio(articles: &[&Path]) -> PathBuf {
    let page = folder().join("page.html");
    let mut arguments = vec!["build", "--studio", "-o", page.to_str().unwrap()];
    arguments.extend(articles.iter().map(|a| a.to_str().unwrap()));
    let done = crossread(&arguments);
    assert!(page.exists(), "{}", String::from_utf8_lossy(&done.stderr));
    page
}

/// A page made of articles given as (file name, text).
pub fn of(articles: &[(&str, &str)]) -> PathBuf {
    let folder = folder();
    for (name, text) in articles {
        std::fs::write(folder.join(name), text).unwrap();
    }
    built(&[&folder])
}

/// A site made of articles: the folder with its `index.html`.
pub fn site(articles: &[&Path]) -> PathBuf {
    let mut site = folder().into_os_string();
    site.push("/site/");
    let site = PathBuf::from(site);
    build(articles, &site);
    site
}

fn build(articles: &[&Path], output: &Path) {
    let mut arguments = vec!["build"];
    arguments.extend(articles.iter().map(|a| a.to_str().unwrap()));
    arguments.extend(["-o", output.to_str().unwrap()]);
    let done = crossread(&arguments);
    assert!(output.exists(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// The page of the two seed articles, made once.
pub fn seeds() -> PathBuf {
    static SEEDS: OnceLock<PathBuf> = OnceLock::new();
    SEEDS.get_or_init(|| built(&[&root().join("seeds")])).clone()
}

/// A page that has no articles yet.
pub fn empty() -> PathBuf {
    let page = folder().join("crossread.html");
    let done = crossread(&["build", "--empty", "-o", page.to_str().unwrap()]);
    assert!(page.exists(), "{}", String::from_utf8_lossy(&done.stderr));
    page
}

/// A copy of a page under another name, which may have folders.
pub fn copied(page: &Path, name: &str) -> PathBuf {
    let copy = folder().join(name);
    std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
    std::fs::copy(page, &copy).unwrap();
    copy
}
