//! Taking in articles and saving what was taken in; what the page makes is what the command makes.

use crate::support::{Host, Tab, everywhere, file_address, pages};
use crossread::engine::{Answer, Engine, Request};
use crossread::session::exporting::{self, Format};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Whether the page would ask before it is left.
const WARNS: &str = "(event => { window.dispatchEvent(event); return event.defaultPrevented; })\
     (new Event('beforeunload', { cancelable: true }))";

/// Files of every kind that is read, and some that are not: name, bytes, articles, a word of what is said.
fn files() -> Vec<(&'static str, Vec<u8>, usize, &'static str)> {
    let jsonl = "{\"title\": \"The wren\", \"text\": \"A wren sang in the hedge.\"}\n{\"title\": \"The teal\", \"text\": \"A teal slept on the pond.\"}\n";
    vec![
        ("heron.txt", "A grey heron stood by the weir. “Patience”, said the miller.".into(), 1, ""),
        ("plover.txt", b"A plover ran past the caf\xe9 at noon.".to_vec(), 1, "UTF-8"),
        ("otter.md", "---\ntitle: The otter\nsource: River News\ndate: 2024-03-11\n---\n# The otter\n\nAn otter swam past the *mill*.\n".into(), 1, ""),
        ("crane.json", "{\"title\": \"The crane\", \"text\": \"A crane danced at dawn.\"}".into(), 1, ""),
        ("small.jsonl", jsonl.into(), 2, ""),
        ("table.csv", "title;text\nThe rook;\"A rook cawed; \"\"twice\"\".\"\nNothing;\n".into(), 1, "no text"),
        ("persian.txt", "مذاکرات در تهران پایان یافت. نمایندگان راضی بودند.".into(), 1, ""),
        ("page.html", "<!doctype html><title>x</title><p>A magpie stole the ring.</p>".into(), 0, "web page"),
        ("broken.docx", b"PK\x03\x04\x14\x00\x06\x00broken".to_vec(), 0, "zip archive"),
        ("broken.json", "{\"title\": \"Cut".into(), 0, "not taken in"),
        ("empty.txt", Vec::new(), 0, "no text"),
    ]
}

/// Writes files to a folder of their own.
fn written(files: &[(&str, Vec<u8>, usize, &str)]) -> Vec<PathBuf> {
    let folder = pages::folder();
    let write = |(name, bytes, ..): &(&str, Vec<u8>, usize, &str)| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    files.iter().map(write).collect()
}

/// Gives files to the page and waits until what became of each is said.
#[track_caller]
fn give(tab: &Tab, files: &[&Path]) {
    let before = tab.count("ul.outcomes > li");
    tab.choose("#files", files);
    tab.wait_until(&format!(
        "document.querySelectorAll('ul.outcomes > li').length === {}",
        before + files.len()
    ));
}

/// Articles of this file as About counts them, and the edition.
#[track_caller]
fn about(tab: &Tab) -> (Vec<String>, String) {
    tab.goto("#/about");
    tab.wait_for("main dd code");
    (tab.each("main .records h3 a", "e.textContent"), tab.text("main dd code"))
}

#[test]
fn an_empty_page_takes_in_files_and_says_what_became_of_each() {
    let files = files();
    let paths = written(&files);
    everywhere(&pages::empty(), |tab| {
        tab.offline_unless_hosted();
        tab.goto("");
        tab.wait_for_text("main h1", "No articles yet");
        assert_eq!(tab.js(&format!("return {WARNS}")), false);
        tab.goto("#/open");
        give(tab, &paths.iter().map(PathBuf::as_path).collect::<Vec<_>>());
        let articles: usize = files.iter().map(|(_, _, articles, _)| articles).sum();
        let refused = files.iter().filter(|(_, _, articles, _)| *articles == 0).count();
        assert_eq!(tab.text("#outcomes + p"), format!("{articles} articles taken in; {refused} files not"));
        for (name, _, articles, said) in &files {
            let outcomes = tab.each("ul.outcomes > li", "e.innerText");
            let own: Vec<&String> = outcomes.iter().filter(|o| o.starts_with(name)).collect();
            assert_eq!(own.len(), 1, "one outcome for {name}: {outcomes:#?}");
            let counted = match articles {
                0 => "not taken in".to_owned(),
                1 => "1 article".to_owned(),
                n => format!("{n} articles"),
            };
            assert!(own[0].contains(&counted) && own[0].contains(said), "{name}: {}", own[0]);
        }
        for (query, titles) in [
            ("weir", 1),
            ("café", 1),
            ("swam", 1),
            ("danced", 1),
            ("cawed", 1),
            ("wren OR teal", 2),
            ("مذاكرات", 1),
            ("magpie", 0),
        ] {
            tab.goto(&format!("#/?q={query}"));
            let query = json!(query);
            tab.wait_until(&format!(
                "document.querySelector('input[type=search]').value === {query} && document.querySelector('main[aria-busy=false] h1')"
            ));
            assert_eq!(tab.count("main section[data-slug]"), titles, "{query}");
        }
        assert_eq!(tab.js(&format!("return {WARNS}")), true, "leaving loses what was taken in");
        assert_eq!(tab.requests(), [tab.page()], "nothing but the page was asked for");
    });
}

#[test]
fn a_saved_copy_opens_elsewhere_with_everything_and_is_another_edition() {
    let page = pages::studio(&[&pages::root().join("seeds")]);
    let original = std::fs::read(&page).unwrap();
    let paths = written(&files()[..3]);
    everywhere(&page, |tab| {
        let (before, first) = about(tab);
        assert_eq!(before.len(), 2);
        tab.goto("#/open");
        give(tab, &paths.iter().map(PathBuf::as_path).collect::<Vec<_>>());
        let said = tab.count("ul.outcomes > li");
        tab.js("document.getElementById('paste').value = 'A kestrel hung over the motorway.'");
        tab.click(".paste button");
        tab.wait_until(&format!("document.querySelectorAll('ul.outcomes > li').length === {}", said + 1));
        let (titles, edition) = about(tab);
        assert_eq!(titles.len(), 6);
        assert_ne!(edition, first, "other articles, other edition");
        tab.goto("#/open");
        assert_eq!(tab.js(&format!("return {WARNS}")), true);
        tab.click("#save ~ .acts .btn.main");
        let copy = pages::folder().join("copy.html");
        std::fs::write(&copy, tab.downloaded("us-iran-talks.html")).unwrap();
        tab.wait_until(&format!("!{WARNS}"));
        assert_eq!(tab.requests(), [tab.page()], "nothing was sent");

        let verified = pages::crossread(&["verify", copy.to_str().unwrap()]);
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
        let host = Host::of(&pages::folder_of(&copy));
        for address in [host.address(&copy), file_address(&copy)] {
            let other = Tab::chromium(&address);
            assert_eq!(about(&other), (titles.clone(), edition.clone()));
            other.goto("#/?q=kestrel");
            other.wait_for("main section[data-slug] mark.hit");
            // A link made in the original says that this is another edition.
            other.goto(&format!("#/?q=Hamas&edition={}", &first[..8]));
            other.wait_for("main .hits a.go");
            other.wait_for_text(".banner", &format!("{} {}", &edition[..4], &edition[4..8]));
            other.assert_silent();
        }
        assert!(std::fs::read(&page).unwrap() == original, "the file that was opened is unchanged");
    });
}

#[test]
fn what_is_here_already_is_not_taken_in_again() {
    let page = pages::studio(&[&pages::root().join("seeds")]);
    everywhere(&page, |tab| {
        let before = about(tab);
        tab.goto("#/open");
        give(tab, &[&page]);
        let said = tab.text("ul.outcomes > li");
        assert!(said.contains("not taken in again"), "{said}");
        assert_eq!(tab.js(&format!("return {WARNS}")), false, "nothing was taken in, nothing is lost");
        assert_eq!(about(tab), before);
    });
}

#[test]
fn files_may_be_dropped_on_any_view() {
    everywhere(&pages::empty(), |tab| {
        tab.goto("#/about");
        tab.wait_for("main dd code");
        tab.js("const data = new DataTransfer();
             data.items.add(new File(['A bittern boomed in the reeds.'], 'bittern.txt'));
             data.items.add(new File(['A rail ran off.'], 'rail.txt'));
             for (const kind of ['dragover', 'drop'])
                 document.querySelector('main').dispatchEvent(
                     new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }))");
        tab.wait_until("document.querySelectorAll('ul.outcomes > li').length === 2");
        assert_eq!(tab.address(), "#/open");
        tab.click("ul.outcomes > li a");
        tab.wait_for("main[data-slug] .blk");
        assert_eq!(tab.js("return document.documentElement.hasAttribute('data-dropping')"), false);
    });
}

#[test]
fn a_page_for_reading_takes_nothing_in_and_says_how() {
    everywhere(&pages::seeds(), |tab| {
        tab.goto("#/open");
        tab.wait_for_text("main h1", "for reading");
        assert_eq!(tab.count("input[type=file], textarea"), 0);
        assert!(tab.text("main").contains("crossread.html"), "{}", tab.text("main"));
    });
}

/// Queries whose ranking is compared.
const QUERIES: [&str; 14] = [
    "iran",
    "nuclear deal",
    "“direct talks”",
    "talks -Biden",
    "Araghchi OR Netanyahu",
    "enrich*",
    "netanyaho",
    "hostages in gaza",
    "over 1,200",
    "sanctions relief verification",
    "otter",
    "مذاكرات",
    "cafe",
    "mill weir dawn",
];

/// Files beside the seeds in a folder: their paths in order, and the corpus file that the command makes of them.
fn with_seeds(
    files: impl IntoIterator<Item = (impl AsRef<Path>, impl AsRef<[u8]>)>,
) -> (Vec<PathBuf>, PathBuf) {
    let folder = pages::folder();
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    for seed in std::fs::read_dir(pages::root().join("seeds")).unwrap() {
        let seed = seed.unwrap();
        std::fs::copy(seed.path(), folder.join(seed.file_name())).unwrap();
    }
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let native = pages::folder().join("native.crossread");
    let done = pages::crossread(&["build", folder.to_str().unwrap(), "-o", native.to_str().unwrap()]);
    assert!(native.exists(), "{}", String::from_utf8_lossy(&done.stderr));
    (paths, native)
}

#[test]
fn the_page_makes_the_bytes_and_the_ranking_that_the_command_makes() {
    let articles = files().into_iter().filter(|(_, _, articles, _)| *articles > 0);
    let (paths, native) = with_seeds(articles.map(|(name, bytes, ..)| (name, bytes)));
    let rankings = QUERIES.map(|query| {
        let ran = pages::crossread(&["search", "--json", query, native.to_str().unwrap()]);
        let lines = String::from_utf8(ran.stdout).unwrap();
        let slug =
            |line: &str| serde_json::from_str::<Value>(line).unwrap()["article"].as_str().unwrap().to_owned();
        lines.lines().map(slug).collect::<Vec<String>>()
    });
    assert!(rankings.iter().filter(|ranking| ranking.len() > 1).count() > 5, "{rankings:?}");

    everywhere(&pages::empty(), |tab| {
        // In the worker and on the page's own thread.
        for open in ["#/open", "#/open?worker=off"] {
            tab.go("about:blank");
            tab.goto(open);
            give(tab, &paths.iter().map(PathBuf::as_path).collect::<Vec<_>>());
            tab.click("#save ~ .acts .btn:not(.main)");
            let made = tab.downloaded("us-iran-talks.crossread");
            assert!(made == std::fs::read(&native).unwrap(), "{open}: the bytes differ from the command's");
            for (query, ranking) in QUERIES.iter().zip(&rankings) {
                tab.goto(&format!(
                    "#/?q={}{}",
                    crate::support::escaped(query),
                    open.trim_start_matches("#/open").replace('?', "&")
                ));
                let typed = json!(query);
                tab.wait_until(&format!(
                    "document.querySelector('input[type=search]').value === {typed} && document.querySelector('main[aria-busy=false] h1')"
                ));
                assert_eq!(
                    &tab.each("main section[data-slug]", "e.dataset.slug"),
                    ranking,
                    "{open}: {query}"
                );
            }
        }
    });
}

/// Two versions of a text: edited, moved, spelt otherwise, in several scripts.
const VERSIONS: [(&str, &str); 2] = [
    (
        "bridge-a.txt",
        "The old bridge at Arles closed on Monday after a barge struck it. Nobody was hurt, officials said.\n\n\
         Engineers found cracks in 2 of its five piers. Repairs will cost €1,200,000, the Mayor said.\n\n\
         “The café stays open”, Ana Costa said. 伊朗说不。 مذاکرات در تهران پایان یافت.\n\n\
         Prime Minister Omar Sesay denied on 3 March that talks were held. Shopkeepers fear for their summer trade.",
    ),
    (
        "bridge-b.txt",
        "Shopkeepers fear for their summer trade. The old bridge at Arles closed on Monday, after a barge loaded with \
         gravel struck it. Nobody was hurt, officials said.\n\n\
         Engineers have found cracks in 3 of its five piers. Repairs will cost €1200000, the mayor said.\n\n\
         \"The cafe\u{301} stays open\", Ana Costa said. 伊朗说是。 مذاكرات در تهران پایان نیافت.\n\n\
         President Omar Sesay confirmed on 5 March that talks had concluded.",
    ),
];

#[test]
fn the_page_names_and_compares_to_the_last_byte_as_the_command_does() {
    let (paths, native) = with_seeds(VERSIONS);
    let bytes = std::fs::read(&native).unwrap();
    let mut engine = Engine::open(&bytes).unwrap();
    let slugs = engine.slugs();
    let mentions = |engine: &mut Engine, slug: &String| match engine
        .answer(Request::Reader { slug: slug.clone(), query: String::new() })
        .answer
    {
        Answer::Reader(reader) => reader.mentions.len(),
        _ => 0,
    };
    assert!(slugs.iter().all(|slug| mentions(&mut engine, slug) > 2), "each article names somebody");
    assert_eq!(slugs.len(), 4);
    for (a, b) in [(0, 1), (1, 0), (2, 3), (3, 2), (0, 2)] {
        let (a, b) = (&slugs[a], &slugs[b]);
        let request = Request::Compare { a: a.clone(), b: b.clone() };
        let Answer::Compare(view) = engine.answer(request).answer else {
            panic!("no comparison of {a} and {b}")
        };
        let expected = exporting::compare(&view, Format::Json);
        let tab = Tab::chromium(&file_address(&pages::empty()));
        tab.goto("#/open");
        give(&tab, &paths.iter().map(PathBuf::as_path).collect::<Vec<_>>());
        tab.click("#save ~ .acts .btn:not(.main)");
        assert!(tab.downloaded("us-iran-talks.crossread") == bytes, "other names, or other bytes of them");
        tab.goto(&format!("#/compare/{a}/{b}?view=differences"));
        tab.click(".exports button:nth-of-type(3)");
        let made = tab.downloaded_kind(".json");
        assert_eq!(String::from_utf8(made).unwrap(), expected, "{a} and {b}");
    }
}
