//! Any text as a query: it is read, answered over two articles, the same in one segment of an index as in two, and every
//! span of it lies in the text.

#![no_main]

use crossread::engine::{Answer, Engine, Request, SourceFile};
use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;

thread_local! {
    /// Over two segments of an index, and over one of the same articles.
    static ENGINES: RefCell<[Engine; 2]> = RefCell::new({
        let file = |name: &str, text: &str| SourceFile { name: name.into(), bytes: text.into() };
        let a = "The ferry left Corfu on Monday.\n\nAna Costa said that 12 people were on board.";
        let b = "مذاکرات در تهران پایان یافت. 伊朗说不。 Le café de l’été ferme à 5 p.m. Ferries leave.";
        let (mut parted, _) = Engine::build(vec![file("a.txt", &format!("{a}\n\n{a} {b} {a}"))], None);
        parted.answer(Request::Import(vec![file("b.txt", b)]));
        let whole = Engine::open_file(&parted.to_bytes()).unwrap().unwrap();
        [parted, whole]
    });
}

fuzz_target!(|query: &str| {
    let _ = crossread::query::parse(query);
    ENGINES.with_borrow_mut(|engines| {
        let [parted, whole] = engines.each_mut().map(|engine| {
            engine.answer(Request::Suggest { query: query.into() });
            let request = Request::Rank { query: query.into(), limit: 5, details: true };
            match engine.answer(request).answer {
                Answer::Ranking(ranked) => ranked,
                _ => Vec::new(),
            }
        });
        assert_eq!(parted, whole);
        for article in parted {
            assert!(article.hits.iter().all(|hit| article.text.get(hit.range()).is_some()));
        }
    });
});
