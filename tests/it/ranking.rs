//! The golden ranking, natively: every query finds what the file says. `GOLDEN=write` writes it anew.

use crate::golden;
use crossread::engine::{Answer, Engine, Filters, Request, Sort, SourceFile};

#[test]
fn every_query_finds_what_it_found() {
    let file = |(name, text): (String, String)| SourceFile { name, bytes: text.into_bytes() };
    let mut engine = Engine::build(golden::articles().into_iter().map(file).collect(), None).0;
    let mut lines = String::new();
    for query in golden::QUERIES {
        let request = Request::Search {
            query: (*query).to_owned(),
            filters: Filters::default(),
            sort: Sort::Best,
            concordance: None,
            limit: 30,
        };
        let Answer::Results(found) = engine.answer(request).answer else { panic!("no results") };
        let groups: Vec<_> = found
            .groups
            .iter()
            .map(|group| {
                let hundredths = (group.score * 100.0 + 0.5) as u32;
                let scored = !group.adds.is_empty();
                let score =
                    if scored { format!("{}.{:02}", hundredths / 100, hundredths % 100) } else { "-".into() };
                (group.article.slug.clone(), score, group.same.iter().map(|one| one.slug.clone()).collect())
            })
            .collect();
        lines += &golden::line(query, found.matches.into(), found.passages.into(), &groups);
        lines.push('\n');
    }
    if std::env::var_os("GOLDEN").is_some_and(|how| how == "write") {
        std::fs::write(golden::file(), &lines).unwrap();
    }
    let golden = std::fs::read_to_string(golden::file()).unwrap();
    for (found, expected) in lines.lines().zip(golden.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(lines.lines().count(), golden.lines().count());
}
