//! Any text as a query: it is read, answered over two articles, and every span of it lies in the text.

#![no_main]

use crossread::engine::{Answer, Engine, Request, SourceFile};
use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::new({
        let file = |name: &str, text: &str| SourceFile { name: name.into(), bytes: text.into() };
        let a = "The ferry left Corfu on Monday.\n\nAna Costa said that 12 people were on board.";
        let b = "مذاکرات در تهران پایان یافت. 伊朗说不。 Le café de l’été ferme à 5 p.m.";
        Engine::build(vec![file("a.txt", a), file("b.txt", b)], None).0
    });
}

fuzz_target!(|query: &str| {
    let _ = crossread::query::parse(query);
    ENGINE.with_borrow_mut(|engine| {
        engine.answer(Request::Suggest { query: query.into() });
        let request = Request::Rank { query: query.into(), limit: 5, details: true };
        if let Answer::Ranking(ranked) = engine.answer(request).answer {
            for article in ranked {
                assert!(article.hits.iter().all(|hit| article.text.get(hit.range()).is_some()));
            }
        }
    });
});
