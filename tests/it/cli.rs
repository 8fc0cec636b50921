//! The command: what each sub-command prints, and with which status it ends.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

struct Ran {
    status: i32,
    out: String,
    err: String,
}

impl Ran {
    /// Standard output as JSON Lines.
    fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{e}: {l}"))).collect()
    }
}

fn crossread(arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_crossread")).args(arguments).output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn seed(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name).display().to_string()
}

fn seeds() -> String {
    seed("")
}

/// A folder with files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

/// The characters that a pair of offsets covers.
fn slice(text: &str, span: &Value) -> String {
    let at = |i: usize| span[i].as_u64().unwrap() as usize;
    text.chars().skip(at(0)).take(at(1) - at(0)).collect()
}

#[test]
fn search_prints_offsets_in_scalars() {
    let text = "Über die Brücke – 😀 – fuhr niemand.\n\nDie Brücke war gesperrt.\n";
    let folder = folder(&[("a.txt", text.as_bytes()), ("b.txt", b"Nothing here.")]);
    let ran = crossread(&["search", "--json", "brucke", &folder.path().display().to_string()]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let lines = ran.lines();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["article"], "a");
    let hits: Vec<String> = lines[0]["hits"].as_array().unwrap().iter().map(|h| slice(text, h)).collect();
    assert_eq!(hits, ["Brücke", "Brücke"]);
    assert!(lines[0]["score"].as_f64().unwrap() > 0.0);
    assert!(lines[0]["snippet"].as_str().unwrap().contains("Brücke"));
}

#[test]
fn search_takes_a_file_of_queries() {
    let docs = "{\"id\":\"D1\",\"title\":\"Ships\",\"text\":\"A ship sank.\"}\n{\"id\":\"D2\",\"title\":\"Trains\",\"text\":\"A train and a ship.\"}\n";
    let folder = folder(&[("docs.jsonl", docs.as_bytes()), ("q.tsv", b"1\tship\n2\ttrain\n3\tzeppelin\n")]);
    let ran = crossread(&[
        "search",
        "--queries",
        &path(&folder, "q.tsv"),
        "--trec",
        &path(&folder, "run"),
        &path(&folder, "docs.jsonl"),
    ]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let run = std::fs::read_to_string(path(&folder, "run")).unwrap();
    let ids: Vec<Vec<&str>> = run.lines().map(|l| l.split(' ').collect()).collect();
    assert_eq!(ids.len(), 3, "{run}");
    assert_eq!(ids[0][..4], ["1", "Q0", "D1", "1"]);
    assert_eq!(ids[2][..4], ["2", "Q0", "D2", "1"]);
    assert!(ids.iter().all(|l| l.len() == 6 && l[5] == "crossread" && l[4].parse::<f64>().is_ok()));
}

#[test]
fn entities_are_the_same_in_all_articles() {
    let ran = crossread(&["entities", "--json", &seeds()]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let lines = ran.lines();
    let texts: Vec<(String, String)> = std::fs::read_dir(seeds())
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .map(|p| (p.display().to_string(), std::fs::read_to_string(&p).unwrap()))
        .collect();
    for line in &lines {
        let span = Value::from(vec![line["start"].clone(), line["end"].clone()]);
        let text = line["text"].as_str().unwrap();
        assert!(texts.iter().any(|(_, t)| slice(t, &span) == text), "{line}");
    }
    let of = |text: &str| -> Vec<(String, String)> {
        let found = lines.iter().filter(|l| l["text"] == text);
        let mut all: Vec<(String, String)> = found
            .map(|l| (l["entity"].as_str().unwrap().to_owned(), l["type"].as_str().unwrap().to_owned()))
            .collect();
        all.dedup();
        all
    };
    assert_eq!(of("IRGC").len(), 1);
    assert_eq!(of("IRGC"), of("Islamic Revolutionary Guard Corps"));
    assert_eq!(of("U.S."), of("United States"));
    assert_eq!(of("Abbas Araghchi")[0].1, "person");
}

#[test]
fn compare_finds_what_differs() {
    let ran = crossread(&[
        "compare",
        "--json",
        &seed("000_7272fb9a0688e88b.txt"),
        &seed("001_df03797eb665bd8f.txt"),
    ]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let all = ran.lines().remove(0);
    let (a, b) = (
        std::fs::read_to_string(seed("000_7272fb9a0688e88b.txt")).unwrap(),
        std::fs::read_to_string(seed("001_df03797eb665bd8f.txt")).unwrap(),
    );
    let pairs = all["pairs"].as_array().unwrap();
    let said: Vec<(String, String, String)> = pairs
        .iter()
        .flat_map(|p| p["differences"].as_array().unwrap())
        .map(|d| (d["kind"].as_str().unwrap().to_owned(), slice(&a, &d["a"]), slice(&b, &d["b"])))
        .collect();
    let has = |kind: &str, left: &str, right: &str| {
        said.iter().any(|(k, x, y)| k == kind && x.contains(left) && y.contains(right))
    };
    assert!(has("status", "may", "concluded"), "{said:#?}");
    assert!(has("negation", "denial", "confirm"), "{said:#?}");
    assert!(!all["only_a"].as_array().unwrap().is_empty());
    // What they are about: every one of them in one topic.
    let topics = all["topics_a"].as_array().unwrap();
    let mut about: Vec<u64> =
        topics.iter().flat_map(|t| t["only"].as_array().unwrap()).map(|at| at.as_u64().unwrap()).collect();
    about.sort_unstable();
    assert!(about.iter().copied().eq(0..all["only_a"].as_array().unwrap().len() as u64), "{about:?}");
    let called = topics[0]["title"].as_str().unwrap();
    assert!(!called.is_empty() && called.split(" · ").all(|words| a.contains(words)), "{called}");
    assert_eq!(all["summary"]["outcome"], "compared");
    // The order of the arguments is the order of the sides.
    let turned = crossread(&[
        "compare",
        "--json",
        &seed("001_df03797eb665bd8f.txt"),
        &seed("000_7272fb9a0688e88b.txt"),
    ]);
    let turned = turned.lines().remove(0);
    assert_eq!(turned["only_b"], all["only_a"]);
}

#[test]
fn compare_an_article_with_itself() {
    let file = seed("000_7272fb9a0688e88b.txt");
    let ran = crossread(&["compare", "--json", &file, &file]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let all = ran.lines().remove(0);
    assert_eq!(all["summary"]["outcome"], "identical");
    assert_eq!(all["summary"]["differences"], 0);
}

#[test]
fn compare_an_article_with_its_copy() {
    let text: &[u8] = b"The harbour closed on Monday. It opened on Friday.";
    let folder = folder(&[("a.txt", text), ("copy/b.txt", text), ("c.txt", b"Nothing of the kind.")]);
    let ran = crossread(&["compare", &path(&folder, "a.txt"), &path(&folder, "copy/b.txt")]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("No differences"), "{}", ran.out);
    let ran = crossread(&["compare", &path(&folder, "a.txt"), &path(&folder, "copy")]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("copy: a folder"), "{}", ran.err);
}

#[test]
fn documents_that_are_not_read_are_said_to_be_passed_over() {
    let page: &[u8] = b"<!doctype html>\n<p>saved from somewhere";
    let files: &[(&str, &[u8])] =
        &[("a.txt", b"A text."), ("b.pdf", b"%PDF"), ("c/d.PDF", b"%PDF"), ("e.html", page), ("f.png", b"")];
    let folder = folder(files);
    let of = folder.path().display().to_string();
    let ran = crossread(&["search", "text", &of]);
    assert_eq!(ran.status, 0);
    assert!(ran.err.contains("not read yet: 2 .pdf, 1 .html;"), "{}", ran.err);
    // A page of ours is no such document.
    let work = tempfile::tempdir().unwrap();
    let ours = format!("{}\nand more", crossread::engine::page::SIGNATURE);
    std::fs::write(work.path().join("ours.html"), ours).unwrap();
    std::fs::write(work.path().join("a.txt"), "A text.").unwrap();
    let ran = crossread(&["search", "text", &work.path().display().to_string()]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
}

#[test]
fn compare_takes_pairs_of_texts() {
    let folder = folder(&[(
        "p.tsv",
        "x\tThe talks may begin.\tThe talks have ended.\ny\tThree died.\tThree died.\n".as_bytes(),
    )]);
    let ran = crossread(&["compare", "--json", "--pairs", &path(&folder, "p.tsv")]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let lines = ran.lines();
    assert_eq!(lines.iter().map(|l| l["id"].as_str().unwrap()).collect::<Vec<_>>(), ["x", "y"]);
    assert!(lines[1]["similarity"].as_f64() > lines[0]["similarity"].as_f64());
    assert_eq!(lines[1]["differences"], Value::Array(Vec::new()));
}

#[test]
fn check_says_file_and_line() {
    let bad = b"---\ntitle: X\ndate: someday\n---\nText.\n";
    let folder =
        folder(&[("a.md", bad), ("b.txt", b"Fine."), ("c.md", b"---\ndate: 2025-04-12\n---\nText.\n")]);
    let ran = crossread(&["check", &folder.path().display().to_string()]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    assert!(ran.out.lines().any(|l| l.contains("a.md:3: ")), "{}", ran.out);
    let ran = crossread(&["check", &path(&folder, "b.txt")]);
    assert_eq!(ran.status, 0);
    assert!(ran.out.contains("b.txt:1: no date given"), "{}", ran.out);
    let ran = crossread(&["check", &path(&folder, "c.md")]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_done() {
    let folder = folder(&[("a.txt", b"A ship sank.")]);
    let there = path(&folder, "a.txt");
    let gone = path(&folder, "gone.txt");
    let ran = crossread(&["search", "--json", "ship", &there, &gone]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.lines().len(), 1);
    assert!(ran.err.contains("gone.txt") && ran.err.contains("no such file"), "{}", ran.err);
}

#[test]
fn a_line_that_is_refused_is_an_input_that_is_refused() {
    let lines: &[u8] = b"{\"text\": \"A ship sank.\"}\n{\"body\": \"A ship sailed.\"}\n";
    let folder = folder(&[("a.jsonl", lines)]);
    let ran = crossread(&["search", "--json", "ship", &path(&folder, "a.jsonl")]);
    assert_eq!((ran.status, ran.lines().len()), (1, 1));
    assert!(ran.err.contains("a.jsonl:2: not taken in: it has no “text”, only body;"), "{}", ran.err);
}

#[test]
fn of_many_problems_the_first_are_said_and_check_says_all() {
    let line = |at| format!("{{\"text\": \"Ship {at} sank.\", \"date\": \"{at}\"}}\n");
    let lines: String = (0..50).map(line).chain(["{}\n".to_owned()]).collect();
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    let (of, to) = (path(&folder, "a.jsonl"), path(&folder, "a.crossread"));
    let ran = crossread(&["build", &of, "-o", &to]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.err.matches("is not a day").count(), 19, "{}", ran.err);
    assert!(ran.err.contains("a.jsonl:51: not taken in: "), "{}", ran.err);
    assert!(ran.err.contains("31 more; `crossread check`"), "{}", ran.err);
    assert_eq!(crossread(&["check", &of]).out.lines().count(), 51);
}

#[test]
fn no_articles_is_an_error() {
    let folder = folder(&[("picture.png", b"\x89PNG")]);
    let ran = crossread(&["entities", &folder.path().display().to_string()]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("no articles"), "{}", ran.err);
}

#[test]
fn wrong_usage_ends_with_two() {
    for arguments in [&["search"][..], &["search", "only-a-query"], &["compare", "one"], &["nothing"], &[]] {
        assert_eq!(crossread(arguments).status, 2, "{arguments:?}");
    }
    assert_eq!(crossread(&["--help"]).status, 0);
    let ran = crossread(&["search", " ", &seeds()]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("the query is empty") && ran.err.contains("search [OPTIONS] QUERY PATH…"),
        "{}",
        ran.err
    );
    let ran = crossread(&["build", &seeds(), "-o", "page.pdf"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("build makes no .pdf"), "{}", ran.err);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossread"))
        .args(["entities", "--json", &seeds()])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
}

/// Builds a corpus file of a folder.
fn corpus(of: &str, folder: &tempfile::TempDir) -> String {
    let target = path(folder, "corpus.crossread");
    let ran = crossread(&["build", of, "-o", &target]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    target
}

#[test]
fn verify_names_the_damaged_section() {
    let folder = folder(&[]);
    let target = corpus(&seeds(), &folder);
    let ran = crossread(&["verify", &target]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("edition"));
    let mut bytes = std::fs::read(&target).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&target, bytes).unwrap();
    let ran = crossread(&["verify", &target]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("“common stems”") && ran.err.contains("Get it again"), "{}", ran.err);
    let ran = crossread(&["verify", &seed("000_7272fb9a0688e88b.txt")]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("neither"), "{}", ran.err);
}

#[test]
fn what_is_extracted_builds_the_same_edition() {
    let articles: &[(&str, &[u8])] = &[
        ("one.md", b"---\ntitle: \"A \\\"quoted\\\" title\"\nsource: Wire\ndate: 2024-03-01\nurl: https://example.org/1\n---\nFirst paragraph.\n\n## A part\n\nSecond paragraph.\n"),
        ("two.jsonl", b"{\"id\":\"two\",\"title\":\"Two\",\"text\":\"The text of two.\",\"author\":\"N. N.\"}\n"),
        ("three.txt", "Ünïcödé text without a title, but long enough.\n".as_bytes()),
    ];
    for source in [folder(articles).keep().display().to_string(), seeds()] {
        let work = folder(&[]);
        let target = corpus(&source, &work);
        let out = path(&work, "out");
        assert_eq!(crossread(&["extract", &target, "-o", &out]).status, 0);
        let again = folder(&[]);
        let rebuilt = corpus(&out, &again);
        let edition = |file: &str| -> Value {
            let ran = crossread(&["verify", "--json", file]);
            ran.lines().remove(0)["edition"].clone()
        };
        assert_eq!(edition(&target), edition(&rebuilt), "{source}");
        // Its own output may be written again; a folder of somebody else's may not.
        assert_eq!(crossread(&["extract", &target, "-o", &out]).status, 0);
        // What was changed since is not lost.
        let first = std::fs::read_dir(&out).unwrap().map(|e| e.unwrap().path());
        let first = first.filter(|p| p.extension().is_some_and(|e| e == "txt")).min().unwrap();
        std::fs::write(&first, "mended by hand").unwrap();
        let ran = crossread(&["extract", &target, "-o", &out]);
        assert_eq!(ran.status, 1);
        assert!(ran.err.contains("another content"), "{}", ran.err);
        assert_eq!(std::fs::read_to_string(&first).unwrap(), "mended by hand");
    }
    let foreign = folder(&[("notes.txt", b"mine")]);
    let work = folder(&[]);
    let target = corpus(&seeds(), &work);
    let ran = crossread(&["extract", &target, "-o", &foreign.path().display().to_string()]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("not ours"), "{}", ran.err);
    assert_eq!(std::fs::read_dir(foreign.path()).unwrap().count(), 1);
}

#[test]
fn a_corpus_file_is_searched_like_its_articles() {
    let work = folder(&[]);
    let target = PathBuf::from(corpus(&seeds(), &work)).display().to_string();
    let plain = crossread(&["search", "--json", "direct talks", &seeds()]);
    let packed = crossread(&["search", "--json", "direct talks", &target]);
    assert_eq!(plain.out, packed.out);
    assert_eq!(packed.status, 0);
}
