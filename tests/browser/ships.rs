//! Shipping: a page and a site from a folder, the same bytes each time, under any path of a host, and content to be
//! verified.

use crate::support::{Host, Tab, everywhere, pages};
use std::path::PathBuf;

/// A folder of three articles in three formats; one has no date.
fn folder() -> PathBuf {
    let folder = pages::folder();
    let files = [
        (
            "bridge.md",
            "---\ntitle: The bridge is closed\nsource: Courier\ndate: 2024-05-06\n---\n\nThe bridge at Alderbrook was closed on Monday.",
        ),
        ("detour.txt", "The detour by Fenwick is eleven miles long, drivers said."),
        (
            "ferry.json",
            r#"{"id":"ferry","title":"A ferry","text":"A ferry may come back in the summer.","date":"2024-05-08"}"#,
        ),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

#[test]
fn a_folder_becomes_a_page_and_a_site_that_open_the_same() {
    let articles = folder();
    let page = pages::built(&[&articles]);
    let site = pages::site(&[&articles]);
    for page in [page, site.join("index.html")] {
        everywhere(&page, |tab| {
            tab.goto("");
            tab.wait_for("main .row a");
            assert_eq!(tab.count("main .row"), 3);
            let shown = tab.text("main");
            for words in ["The bridge is closed", "Courier", "6 May 2024", "A ferry", "no date given"] {
                assert!(shown.contains(words), "{words}: {shown}");
            }
            tab.goto("#/?q=detour");
            tab.wait_for("main section[data-slug=detour] mark.hit");
        });
    }
}

#[test]
fn a_build_is_the_same_each_time_and_its_output_is_content_to_be_verified() {
    let articles = folder();
    let made: Vec<PathBuf> = (0..2).map(|_| pages::built(&[&articles])).collect();
    let bytes: Vec<Vec<u8>> = made.iter().map(|page| std::fs::read(page).unwrap()).collect();
    assert!(bytes[0] == bytes[1], "two builds differ");
    let sites: Vec<PathBuf> = (0..2).map(|_| pages::site(&[&articles])).collect();
    let names = |site: &PathBuf| {
        let mut names: Vec<_> =
            std::fs::read_dir(site).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&sites[0]), names(&sites[1]));
    for name in names(&sites[0]) {
        let read = |site: &PathBuf| std::fs::read(site.join(&name)).unwrap();
        assert!(read(&sites[0]) == read(&sites[1]), "{name:?} differs");
    }
    for file in [&made[0], &sites[0].join("index.html")] {
        let verified = pages::crossread(&["verify", file.to_str().unwrap()]);
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    }
    let checked = pages::crossread(&["check", articles.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(said.contains("detour.txt:1: no date given"), "{said}");
    assert!(!said.contains("bridge.md") && !said.contains("ferry.json"), "{said}");
}

#[test]
fn a_site_works_under_any_path_of_its_host_and_asks_for_nothing_above_it() {
    let site = pages::site(&[&folder()]);
    let host_folder = pages::folder();
    let deep = host_folder.join("team/x");
    std::fs::create_dir_all(&deep).unwrap();
    for entry in std::fs::read_dir(&site).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), deep.join(entry.file_name())).unwrap();
    }
    let host = Host::of(&host_folder);
    let tab = Tab::chromium(&format!("{}/team/x/", host.origin()));
    tab.goto("");
    tab.wait_for("main .row a");
    assert_eq!(
        tab.js_later("navigator.serviceWorker.ready.then(it => done(new URL(it.scope).pathname))"),
        "/team/x/"
    );
    tab.goto("#/?q=ferry");
    tab.wait_for("main section[data-slug] mark.hit");
    tab.click("main .hits a.go");
    tab.wait_for("main[data-slug=ferry] mark.now");
    tab.reload();
    tab.wait_for("main[data-slug=ferry] mark.now");
    let asked = host.asked();
    assert!(asked.iter().all(|asked| asked.starts_with("GET /team/x/")), "{asked:?}");
    tab.assert_silent();
}
