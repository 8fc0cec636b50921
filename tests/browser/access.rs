//! Assistive technology: axe finds nothing serious in any view, a new view gives the focus to its heading, and marks
//! do not break a sentence. What is announced while one types is in `searches.rs`.

use crate::support::tab::keys::ENTER;
use crate::support::{Tab, everywhere, file_address, pages};
use serde_json::{Value, json};

/// axe-core, where `cargo xtask test browser` found npm; it says so loudly where it did not.
fn axe() -> Option<String> {
    let path = std::env::var("CROSSREAD_AXE").ok()?;
    Some(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}")))
}

/// A view is up and whole.
const UP: &str = "document.querySelector('main:not(.static, [aria-busy=true]) h1') && !document.querySelector('main .busy')";

/// What axe calls serious or critical on the page as it is: the rule, what it wants, where.
#[track_caller]
fn serious(tab: &Tab, axe: &str) -> Vec<String> {
    if tab.js("return !window.axe") == Value::Bool(true) {
        tab.js(&format!("{axe}\nwindow.axe = axe;"));
    }
    let found = tab.js_later(
        "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(r => done(
            r.violations.filter(v => ['serious', 'critical'].includes(v.impact))
                .map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 4).map(n => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | ')}`)),
            error => done([String(error)]))",
    );
    found.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

/// The page in light or dark, without colours on their way from one to the other.
#[track_caller]
fn settled(tab: &Tab, dark: bool) {
    let scheme = if dark { "dark" } else { "light" };
    tab.media("", &[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]);
}

#[test]
fn axe_finds_nothing_serious_in_any_view_light_or_dark_wide_or_narrow() {
    let Some(axe) = axe() else {
        eprintln!("SKIPPED: axe-core is not there (npm is missing)");
        return;
    };
    // Fifty looks: on the disk alone, for nothing here depends on where the page comes from.
    let tab = &Tab::chromium(&file_address(&pages::seeds()));
    tab.goto("#/about");
    tab.wait_for("main .records h3 a");
    let slugs = tab.each("main .records h3 a", "e.getAttribute('href').replace('#/article/', '')");
    let (a, b) = (&slugs[0], &slugs[1]);
    let pair = format!("#/compare/{a}/{b}");
    let mut found = Vec::new();
    for view in [
        "#/".to_owned(),
        "#/?q=Hamas".to_owned(),
        "#/?q=Iran&view=concordance".to_owned(),
        "#/?q=zzqxv".to_owned(),
        format!("#/article/{a}?q=Hamas&hit=1"),
        format!("#/article/{b}?entity=iran"),
        format!("{pair}?hit=1"),
        format!("{pair}?view=differences&hit=1"),
        format!("{pair}?view=only-a&hit=1"),
        "#/names".to_owned(),
        "#/entity/iran".to_owned(),
        "#/open".to_owned(),
        "#/about?edition=deadbeef".to_owned(),
        "#/nowhere".to_owned(),
    ] {
        tab.goto(&view);
        for (width, height) in [(1280, 900), (390, 844)] {
            tab.size(width, height);
            tab.wait_until(UP);
            for dark in [false, true] {
                settled(tab, dark);
                let what = format!("{view}, {width} wide, {}", if dark { "dark" } else { "light" });
                found.extend(serious(tab, &axe).into_iter().map(|said| format!("{what}: {said}")));
            }
        }
    }
    // The dialog of all keys.
    tab.size(1280, 900);
    tab.keys("?");
    tab.wait_for("dialog[open]");
    found.extend(serious(tab, &axe).into_iter().map(|said| format!("keys: {said}")));
    assert!(found.is_empty(), "{} found: {found:#?}", found.len());
}

#[test]
fn axe_finds_nothing_serious_where_articles_are_taken_in_or_there_are_many() {
    let Some(axe) = axe() else {
        eprintln!("SKIPPED: axe-core is not there (npm is missing)");
        return;
    };
    for (page, views) in
        [(reports(), &["#/", "#/?q=bridge", "#/timeline"][..]), (pages::empty(), &["#/", "#/open"][..])]
    {
        everywhere(&page, |tab| {
            for view in views {
                tab.goto(view);
                tab.wait_until(UP);
                for dark in [false, true] {
                    settled(tab, dark);
                    let found = serious(tab, &axe);
                    assert!(found.is_empty(), "{view}, dark {dark}: {found:#?}");
                }
            }
        });
    }
}

/// Five articles of one story, from two sources.
fn reports() -> std::path::PathBuf {
    let text = |i: usize| {
        format!(
            "---\nsource: Wire {}\n---\nReport number {i} from Alderbrook says that Helen Ashdown closed the bridge on {i} May 2024.",
            i % 2
        )
    };
    let files: Vec<(String, String)> = (1..6).map(|i| (format!("report-{i}.md"), text(i))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    pages::of(&files)
}

#[test]
fn at_four_times_the_size_nothing_is_scrolled_sideways() {
    // 1280 pixels at 400 %.
    let wide = "[...document.querySelectorAll('html, body *')].filter(e => e.scrollWidth > e.clientWidth + 1
        && (e === document.documentElement || /auto|scroll/.test(getComputedStyle(e).overflowX))).map(e => e.outerHTML.slice(0, 80))";
    // Icons that the sprite has not.
    let unknown = "[...document.querySelectorAll('use')].map(e => e.getAttribute('href')).filter(to => !document.querySelector(to))";
    let seeds = "#/compare/direct-negotiations-may-occur/direct-talks-concluded";
    let modes = ["", "?view=differences", "?view=only-a"].map(|mode| format!("{seeds}{mode}"));
    let plain = [
        "#/",
        "#/?q=direct",
        "#/?q=direct&view=concordance",
        "#/article/direct-talks-concluded",
        "#/names",
        "#/about",
    ];
    let many = ["#/", "#/timeline", "#/names", "#/compare/report-1/report-2/report-3"];
    let pages = [
        (pages::seeds(), plain.map(str::to_owned).into_iter().chain(modes).collect::<Vec<_>>()),
        (reports(), many.map(str::to_owned).to_vec()),
    ];
    for (page, views) in pages {
        let tab = Tab::chromium(&file_address(&page));
        tab.goto("");
        tab.size(320, 640);
        for view in views {
            tab.goto(&view);
            tab.wait_until(UP);
            assert_eq!(tab.js(&format!("return {wide}")), json!([]), "{view}");
            assert_eq!(tab.js(&format!("return {unknown}")), json!([]), "icons of {view}");
        }
    }
}

#[test]
fn on_a_phone_what_is_tapped_is_as_tall_as_a_finger() {
    // 44 pixels, less a border that a half pixel rounds away.
    let low = "[...document.querySelectorAll('main :is(.btn, .chip)')].map(e => [e, e.getBoundingClientRect()])
        .filter(([, at]) => at.height > 0 && at.height < 43.5).map(([e, at]) => `${at.height}: ${e.outerHTML.slice(0, 80)}`)";
    let seeds = ["#/", "#/compare/direct-negotiations-may-occur/direct-talks-concluded?view=differences"];
    for (page, views) in [(pages::seeds(), &seeds[..]), (reports(), &["#/?q=bridge&source=Wire%201"][..])] {
        let tab = Tab::chromium(&file_address(&page));
        tab.goto("");
        tab.size(390, 844);
        for view in views {
            tab.goto(view);
            tab.wait_for("main :is(.btn, .chip)");
            assert_eq!(tab.js(&format!("return {low}")), json!([]), "{view}");
        }
    }
}

#[test]
fn on_paper_titles_are_whole_and_nothing_is_there_to_choose_from() {
    let tab = Tab::chromium(&file_address(&pages::seeds()));
    tab.goto("#/compare/direct-negotiations-may-occur/direct-talks-concluded?view=differences");
    tab.wait_for(".ledger-head h2");
    tab.size(800, 1000);
    tab.media("print", &[]);
    let cut =
        "[...document.querySelectorAll('.ledger-head h2')].filter(e => e.scrollWidth > e.clientWidth).length";
    assert_eq!(tab.js(&format!("return {cut}")), 0);
    let tab = Tab::chromium(&file_address(&reports()));
    tab.goto("#/?q=bridge");
    tab.wait_for("main aside .facet");
    tab.media("print", &[]);
    assert_eq!(tab.js("return document.querySelector('main aside').getClientRects().length"), 0);
}

#[test]
fn a_change_of_view_gives_the_focus_to_its_heading() {
    everywhere(&pages::seeds(), |tab| {
        tab.goto("");
        tab.wait_for("main .cross");
        for link in [
            "nav[aria-label=Main] a[href='#/names']",
            "main section.names a.ent",
            "nav[aria-label=Main] a[href^='#/compare/']",
            ".cmp-tools a[href$='view=differences']",
            ".dq.a .cite a",
            ".back",
            "main .cross a.btn",
            "nav[aria-label=Main] a[href='#/']",
            ".foot a[href='#/about']",
            ".foot a[href='#/open']",
        ] {
            let before = tab.address();
            tab.focus(link);
            tab.keys(ENTER);
            tab.wait(&format!("{link} to lead on"), || tab.address() != before);
            tab.wait_until(UP);
            let to = tab.address();
            if to.contains("at=") {
                // A link to a paragraph gives it to the paragraph.
                tab.wait_until("document.activeElement.matches('.blk')");
            } else if to.contains("view=differences") {
                // Another way of showing the same: the focus stays on the link.
                tab.wait_until("document.activeElement.matches('.cmp-tools a')");
            } else {
                tab.wait(&format!("the heading of {to} to have the focus"), || {
                    tab.js("return document.activeElement.matches('main h1')") == Value::Bool(true)
                });
            }
            assert_eq!(tab.count("main h1"), 1, "{to}: one heading names the view");
        }
    });
}

#[test]
fn marks_do_not_break_a_sentence() {
    everywhere(&pages::seeds(), |tab| {
        tab.goto("#/about");
        tab.wait_for("main .records h3 a");
        let slug =
            tab.each("main .records h3 a", "e.getAttribute('href').replace('#/article/', '')")[0].clone();
        tab.goto(&format!("#/article/{slug}?q=Hamas"));
        tab.wait_for("main .blk mark.hit");
        let text = std::fs::read_to_string(pages::root().join("seeds/000_7272fb9a0688e88b.txt")).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        // A screen reader reads what is in the accessibility tree: a paragraph's leaves, one after another.
        tab.devtools("Accessibility.enable", json!({}));
        let tree = tab.devtools("Accessibility.getFullAXTree", json!({}));
        let nodes = tree["nodes"].as_array().unwrap();
        let read: Vec<String> = nodes.iter().map(|node| spoken(nodes, node)).collect();
        for line in lines {
            let near =
                || read.iter().filter(|spoken| spoken.contains(&line[..20]) && spoken.len() < 4 * line.len());
            assert!(
                read.iter().any(|spoken| spoken == line),
                "{line} is read as {:#?}",
                near().collect::<Vec<_>>()
            );
        }
    });
}

/// What a node of the accessibility tree is read as, without the number of its paragraph, a link before it.
fn spoken(nodes: &[Value], node: &Value) -> String {
    if node["role"]["value"] == "StaticText" {
        return node["name"]["value"].as_str().unwrap_or_default().to_owned();
    }
    let name = node["name"]["value"].as_str().unwrap_or_default();
    if node["role"]["value"] == "link" && name.starts_with("Paragraph ") {
        return String::new();
    }
    let children = node["childIds"].as_array().into_iter().flatten();
    let child = |id: &Value| nodes.iter().find(|node| node["nodeId"] == *id);
    children.filter_map(child).map(|child| spoken(nodes, child)).collect()
}
