//! What the command makes: pages, sites and corpus files by `build`, and the page that `serve` hands out.
//!
//! The page's program is stood in for by a few bytes; what runs in a browser is tested in `tests/browser`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

const TALKS: &str = "The talks between the two sides ended on Monday without an agreement, officials said.";

/// How long a server may be silent before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder with the stand-in shells and two articles.
fn bench() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for edition in ["reading", "studio"] {
        let parts = ["css", "icons", "theme", "boot", "glue", "wasm"]
            .map(|part| format!("{part} {}\n{edition}\n", edition.len()));
        std::fs::write(folder.path().join(format!("{edition}.shell")), parts.concat()).unwrap();
    }
    std::fs::create_dir(folder.path().join("articles")).unwrap();
    for name in ["a", "b"] {
        std::fs::write(folder.path().join(format!("articles/{name}.txt")), format!("{TALKS} Said {name}."))
            .unwrap();
    }
    folder
}

fn command(bench: &tempfile::TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossread"));
    command.args(arguments).current_dir(bench.path()).env("CROSSREAD_SHELLS", bench.path());
    command
}

fn run(bench: &tempfile::TempDir, arguments: &[&str]) -> Output {
    command(bench, arguments).output().unwrap()
}

/// Runs a command that must do its work.
fn done(bench: &tempfile::TempDir, arguments: &[&str]) {
    let output = run(bench, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

#[test]
fn the_same_articles_build_the_same_bytes() {
    let bench = bench();
    for target in ["one.html", "two.html", "site/", "again/", "one.crossread"] {
        done(&bench, &["build", "articles", "-o", target, "--title", "Talks"]);
    }
    let page = read(bench.path(), "one.html");
    assert_eq!(page, read(bench.path(), "two.html"));
    for name in ["index.html", "sw.js", "corpus.crossread"] {
        assert_eq!(read(bench.path(), &format!("site/{name}")), read(bench.path(), &format!("again/{name}")));
    }
    assert_eq!(read(bench.path(), "one.crossread"), read(bench.path(), "site/corpus.crossread"));
    let text = String::from_utf8(page).unwrap();
    assert!(text.contains("<title>Talks</title>") && text.contains(TALKS), "{text}");
    for made in ["one.html", "site/index.html", "one.crossread"] {
        done(&bench, &["verify", made]);
    }
}

#[test]
fn a_page_for_reading_and_a_studio_carry_their_own_programs() {
    let bench = bench();
    done(&bench, &["build", "articles", "-o", "reading.html"]);
    done(&bench, &["build", "articles", "--studio", "-o", "studio.html"]);
    done(&bench, &["build", "--empty", "-o", "empty.html"]);
    let boots = |name: &str, edition: &str| {
        let page = String::from_utf8(read(bench.path(), name)).unwrap();
        page.contains(&format!("<script id=\"crossread-boot\">{edition}</script>"))
    };
    assert!(
        boots("reading.html", "reading") && boots("studio.html", "studio") && boots("empty.html", "studio")
    );
}

#[test]
fn nothing_that_crossread_did_not_make_is_replaced() {
    let bench = bench();
    std::fs::write(bench.path().join("mine.html"), "<p>mine</p>").unwrap();
    let output = run(&bench, &["build", "articles", "-o", "mine.html"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("mine.html"), "{said}");
    assert_eq!(read(bench.path(), "mine.html"), b"<p>mine</p>");
    // Nor a file of a site, nor a corpus file.
    std::fs::create_dir(bench.path().join("site")).unwrap();
    for (output, name) in
        [("site/", "site/index.html"), ("site/", "site/sw.js"), ("x.crossread", "x.crossread")]
    {
        std::fs::write(bench.path().join(name), "mine").unwrap();
        let output = run(&bench, &["build", "articles", "-o", output]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(1) && said.contains("not made by crossread"), "{name}: {said}");
        assert_eq!(read(bench.path(), name), b"mine");
        std::fs::remove_file(bench.path().join(name)).unwrap();
    }
    done(&bench, &["build", "articles", "-o", "own.html"]);
    done(&bench, &["build", "articles/a.txt", "-o", "own.html"]);
}

#[test]
fn articles_without_a_date_are_named_and_nothing_is_made_of_no_articles() {
    let bench = bench();
    let output = run(&bench, &["build", "articles", "-o", "page.html"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("articles/a.txt:1: no date given"), "{said}");
    std::fs::create_dir(bench.path().join("none")).unwrap();
    let output = run(&bench, &["build", "none", "-o", "none.html"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!bench.path().join("none.html").exists());
}

/// What the server answers to a path.
fn get(address: &str, path: &str) -> String {
    let host = address.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_served_page_is_made_anew_when_a_file_changes() {
    let bench = bench();
    let mut server = command(&bench, &["serve", "articles"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let address = address.trim();
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    assert!(get(address, "/").contains("Said a."));
    assert!(get(address, "/../articles/a.txt").starts_with("HTTP/1.1 404"));
    std::fs::write(bench.path().join("articles/a.txt"), format!("{TALKS} Changed.")).unwrap();
    // It says when it has made the page anew.
    let (said, lines) = channel();
    let stderr = BufReader::new(server.stderr.take().unwrap());
    std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| said.send(line)));
    let remade =
        std::iter::from_fn(|| lines.recv_timeout(PATIENCE).ok()).any(|l| l.contains("made anew: reload"));
    let page = get(address, "/");
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(remade && page.contains("Changed.") && !page.contains("Said a."));
}

#[test]
fn what_is_odd_about_an_article_is_said_and_the_rest_is_built() {
    let bench = bench();
    let articles = bench.path().join("articles");
    let text = format!("{TALKS} And a caf\u{e9} by the lake was full.");
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    std::fs::write(articles.join("latin.txt"), latin).unwrap();
    let record =
        |id: &str| format!("{{\"id\":\"twin\",\"title\":\"{id}\",\"text\":\"{TALKS} It was {id}.\"}}\n");
    std::fs::write(articles.join("twins.jsonl"), record("one") + &record("two")).unwrap();
    std::fs::write(articles.join("picture.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\0").unwrap();
    let output = run(&bench, &["build", "articles", "-o", "page.html"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "one file was refused: {said}");
    for words in ["latin.txt", "UTF-8", "twins.jsonl:2: the name “twin” is taken", "picture.txt"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let page = String::from_utf8(read(bench.path(), "page.html")).unwrap();
    assert!(page.contains("And a caf\u{e9} by the lake"), "decoded as well as it can be");
    assert!(page.contains("id=\"article-twin\"") && page.contains("id=\"article-twin-2\""));
}

/// Writes to a file system of 200 kB, which needs the rights to mount one.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said_and_leaves_what_was_there() {
    let bench = bench();
    let disk = bench.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    done(&bench, &["build", "articles", "-o", "old.html"]);
    let long: String = (0..60_000).map(|i| format!("{:x} ", i * 2_654_435_761_u64 % 999_983)).collect();
    std::fs::write(bench.path().join("long.txt"), long).unwrap();
    let script = "mount -t tmpfs -o size=200k none disk && cp old.html disk/page.html || exit 77
        \"$0\" build long.txt -o disk/page.html; status=$?
        cmp old.html disk/page.html && ls -A disk && exit $status";
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_crossread")])
        .current_dir(bench.path())
        .env("CROSSREAD_SHELLS", bench.path())
        .output();
    let Some(output) =
        output.ok().filter(|o| o.status.code() != Some(77) && !o.stderr.starts_with(b"unshare:"))
    else {
        eprintln!("SKIPPED: this user may not mount a small disk");
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("the disk is full") && said.contains("Nothing was changed"), "{said}");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        "page.html",
        "nothing else is left behind: {said}"
    );
}
