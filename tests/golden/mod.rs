//! The golden ranking: a made corpus, queries of every form, and what each finds, `ranking.txt`.
//!
//! Invariant: nothing here is random, so the command, a page in a browser and the file say the same. Not here: asking
//! (`tests/it/ranking.rs` natively, `tests/browser/ranking.rs` in the page).

use std::path::PathBuf;

/// Queries of every form, one after the other in the order of the file.
pub const QUERIES: &[&str] = &[
    // Words, forms, completion, spelling.
    "harbour ",
    "harbour",
    "harb",
    "harbours ",
    "harbuor ",
    "ahrbour ",
    "harborr strike ",
    "strike talks ",
    "talks strike ",
    "strike talks port workers ",
    "wages minister union agreement harbour ",
    "which minister spoke to the union of port workers about wages and the strike in the harbour ",
    "the ",
    "talks talks wages ",
    "minister's ",
    "minstre wagse ",
    // Phrases.
    "“strike talks”",
    "\"port workers\" wages ",
    "«port workers»",
    "‘strike talks’ -minister",
    "“strike tal",
    "\"\" talks ",
    // In a heading or not.
    "lantern ",
    "lantern repairs ",
    "“lantern repairs”",
    // Leaving out, either, groups.
    "strike -union ",
    "strike -(union OR minister) ",
    "union OR ferry ",
    "ferry | storm ",
    "(union OR ferry) storm ",
    "((union storm) OR (ferry wages)) -grain ",
    "(((storm ",
    "storm ) ferry ",
    "OR storm OR ",
    "-storm ",
    // Prefixes and fields.
    "har*",
    "min* -minister",
    "title:storm ",
    "title:(storm OR ferry) wages ",
    "title:“storm warning” ",
    "source:courier strike ",
    "source:\"evening courier\" -source:daily storm ",
    "source:nobody storm ",
    "source:courier",
    "entity:\"Islamic Revolutionary Guard Corps\" ",
    "entity:iran -entity:tehran ",
    "after:2025-03 storm ",
    "before:2025-02-10 storm ",
    "after:2025-01-05 before:2025-03 strike ",
    "before:yesterday storm ",
    // Names.
    "irgc ",
    "“irgc”",
    "islamic revolutionary guard corps ",
    "u.s. iran ",
    // Scripts.
    "مذاکرات",
    "مذاكرات",
    "تهران ",
    "שלום",
    "שָׁלוֹם",
    "北京",
    "京北",
    "東京",
    "서울",
    "กรุงเทพ",
    "café ",
    "cafe ",
    "ÜBER ",
    "négociations ",
    "北京 harbour ",
    // Figures and odds.
    "1,200 ",
    "1200 ",
    "12 ",
    "zzzz ",
    "zzzz harbour ",
    "* ",
    "\"",
];

/// The articles: file names and what the files say.
pub fn articles() -> Vec<(String, String)> {
    const SOURCES: [&str; 4] = ["Evening Courier", "Daily Post", "Northern Wire", "Morning Courier"];
    const WORDS: [&str; 24] = [
        "harbour",
        "strike",
        "talks",
        "union",
        "minister",
        "wages",
        "ferry",
        "storm",
        "warning",
        "grain",
        "workers",
        "port",
        "agreement",
        "harbours",
        "striking",
        "talk",
        "ministers",
        "spoke",
        "about",
        "the",
        "of",
        "in",
        "delayed",
        "prices",
    ];
    let mut made = Vec::new();
    let mut state = 7u32;
    // Numerical Recipes' generator: the same everywhere.
    let mut next = move |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    };
    for number in 0..36u32 {
        let mut word = |_| WORDS[next(WORDS.len() as u32) as usize];
        let title: Vec<&str> = (0..4).map(&mut word).collect();
        let mut text = String::new();
        for sentence in 0..6 {
            let words: Vec<&str> = (0..9).map(&mut word).collect();
            text += &format!("Then {}.{}", words.join(" "), if sentence % 2 == 1 { "\n\n" } else { " " });
        }
        let source = SOURCES[(number % 4) as usize];
        let date = format!("2025-{:02}-{:02}", 1 + number % 4, 1 + number % 27);
        let front = format!("---\ntitle: \"{}\"\nsource: {source}\ndate: {date}\n---\n", title.join(" "));
        made.push((format!("m{number:02}.md"), front + &text));
    }
    // Nearly the same as the first.
    let copy = made[0].1.replacen("Then", "And then", 1);
    made.push(("n00.md".to_owned(), copy));
    let written = [
        (
            "p1.txt",
            "The Islamic Revolutionary Guard Corps (IRGC) seized a ferry on Monday, Iran said. Port workers held strike talks in Tehran.",
        ),
        (
            "p2.txt",
            "Sanctions on the IRGC will stay, the U.S. minister said. U.S.-Iran talks went on; 1,200 workers left the port.",
        ),
        (
            "p3.txt",
            "A commander of the Islamic Revolutionary Guard Corps spoke in Tehran about the harbour. Prices rose by 12 percent.",
        ),
        (
            "h1.md",
            "# Of the shop\n\nAbout a lantern nothing is said, of lantern repairs a little.\n\nThe shop is open.",
        ),
        (
            "h2.md",
            "# Of the yard\n\n## Lantern repairs\n\nAll is done by hand, and nothing is said of it.\n\nThe yard is open.",
        ),
        ("s1.txt", "مذاکرات در تهران پایان یافت. نمایندگان راضی بودند."),
        ("s2.txt", "انتهت المذاكرات في طهران. مذاكرات أخرى ستبدأ غدا."),
        ("s3.txt", "שָׁלוֹם על ישראל. שיחות השלום נמשכו בירושלים."),
        ("s4.txt", "北京大学在北京。会谈已经结束。"),
        ("s5.txt", "東京で会談が行われた。東京都は発表した。"),
        ("s6.txt", "서울에서 회담이 열렸다. 서울시는 발표했다."),
        ("s7.txt", "การประชุมที่กรุงเทพมหานครสิ้นสุดลงแล้ว"),
        (
            "s8.txt",
            "Les négociations directes ont été conclues au café de la gare, et la négociation continue.",
        ),
        ("s9.txt", "Über den Hafen sprach der Minister in einem Café; die Gespräche über Löhne dauern an."),
    ];
    made.extend(written.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    made
}

/// Where the file is.
pub fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/ranking.txt")
}

/// A line of the file: the query, matches and passages, then the articles, best first, with their scores in hundredths
/// and the slugs of what is nearly the same.
pub fn line(query: &str, matches: u64, passages: u64, groups: &[(String, String, Vec<String>)]) -> String {
    let mut out = format!("{query}\t{matches} {passages}");
    for (slug, score, same) in groups {
        out += &format!("\t{slug} {score}");
        same.iter().for_each(|slug| out += &format!(" ={slug}"));
    }
    out
}
