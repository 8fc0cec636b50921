//! Corrections through the engine: everything follows, nothing is lost, and another copy takes them.

use crossread::engine::views::{NameKind, NameView};
use crossread::engine::{
    Answer, Correction, Engine, Filters, Named, Part, Place, Problem, Request, SourceFile, Step, Who,
};

const A: &str = "Mr Adam Smith went to Paris. Smith liked Paris. He met the kettle folk there, by a lantern.";
const B: &str = "In Paris a Mr Smith spoke. The kettle folk were silent, Smith said.";

fn file(name: &str, bytes: &[u8]) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: bytes.to_vec() }
}

fn two() -> Engine {
    Engine::build(vec![file("a.txt", A.as_bytes()), file("b.txt", B.as_bytes())], None).0
}

/// Adds a name wherever its words stand, of words that no recogniser takes for a name.
fn add(quote: &str, name: &str, kind: NameKind) -> Correction {
    let start = A.find(quote).expect("it stands in A") as u32;
    let place = Place { article: "a".into(), start, quote: quote.into() };
    Correction::Add { place, named: Named::New { name: name.into(), kind }, everywhere: true }
}

fn who(id: &str, name: &str) -> Who {
    Who { id: id.into(), name: name.into() }
}

#[track_caller]
fn step(engine: &mut Engine, step: Step) -> (u32, Vec<Problem>) {
    let response = engine.answer(Request::Correct(step));
    let Answer::Corrected(taken) = response.answer else { panic!("another answer") };
    (taken.count, response.problems)
}

#[track_caller]
fn make(engine: &mut Engine, record: Correction) {
    assert_eq!(step(engine, Step::Make(record)), (1, Vec::new()));
}

fn named(engine: &mut Engine, id: &str) -> Option<NameView> {
    let Answer::Names(names) = engine.answer(Request::Names).answer else { panic!("another answer") };
    names.names.into_iter().find(|name| name.entity == id)
}

/// What each view says of the names, to compare engines by.
fn views(engine: &mut Engine) -> String {
    let mut requests = vec![
        Request::Names,
        Request::Library { filters: Filters::default(), limit: 99 },
        Request::Corrections,
    ];
    for slug in engine.slugs() {
        requests.push(Request::Reader { slug, query: String::new() });
    }
    requests.push(Request::Compare { a: "a".into(), b: "b".into() });
    requests.push(Request::Suggest { query: "kett".into() });
    let answers = requests.into_iter().map(|request| format!("{:?}\n", engine.answer(request).answer));
    answers.collect::<String>().replace("undo: true", "undo: false")
}

fn export(engine: &mut Engine) -> Vec<u8> {
    match engine.answer(Request::ExportCorrections).answer {
        Answer::Saved(saved) => saved.bytes,
        _ => panic!("another answer"),
    }
}

#[test]
fn counts_comparison_filters_suggestions_and_search_follow_at_once() {
    let mut engine = two();
    let edition = engine.edition();
    make(&mut engine, add("kettle folk", "Kettle Folk", NameKind::Organisation));
    let circle = named(&mut engine, "kettle-folk").expect("it is a name now");
    assert_eq!((circle.total, circle.articles), (2, 2));
    make(&mut engine, add("lantern", "Azure Ring", NameKind::Organisation));
    let merge = Correction::Move {
        who: who("azure-ring", "Azure Ring"),
        part: Part::Whole,
        to: Some(who("kettle-folk", "Kettle Folk")),
    };
    make(&mut engine, merge);
    let circle = named(&mut engine, "kettle-folk").unwrap();
    assert_eq!(
        (circle.total, &circle.aliases[..]),
        (3, &["kettle folk".to_owned(), "lantern".to_owned()][..])
    );

    // In both articles, with its counts.
    let Answer::Compare(compare) = engine.answer(Request::Compare { a: "a".into(), b: "b".into() }).answer
    else {
        panic!("another answer")
    };
    let both = compare.names_both.iter().find(|(name, _)| name.entity == "kettle-folk").unwrap();
    assert_eq!((both.0.count, both.1), (2, 1));
    // By its other name, and by the id that went.
    let mut found = |query: &str, entity: &[&str]| {
        let filters = Filters { entity: entity.iter().map(|e| (*e).into()).collect(), ..Filters::default() };
        let request = Request::Search {
            query: query.into(),
            filters,
            sort: Default::default(),
            concordance: None,
            limit: 9,
        };
        match engine.answer(request).answer {
            Answer::Results(results) => results.groups.len(),
            _ => panic!("another answer"),
        }
    };
    assert_eq!(found("entity:lantern", &[]), 2);
    assert_eq!(found("paris", &["azure-ring"]), 2);
    let page = engine.answer(Request::Entity { id: "azure-ring".into(), sort: Default::default() }).answer;
    assert!(matches!(page, Answer::Entity(page) if page.name.entity == "kettle-folk"));
    assert_eq!(engine.edition(), edition, "the articles are the same");
}

#[test]
fn undone_done_again_taken_back_saved_and_handed_on() {
    let mut engine = two();
    let plain = (views(&mut engine), engine.to_bytes());
    make(&mut engine, add("kettle folk", "Kettle Folk", NameKind::Organisation));
    let one = views(&mut engine);
    make(&mut engine, Correction::Rename { who: who("kettle-folk", "Kettle Folk"), name: "The Folk".into() });
    let two_made = views(&mut engine);

    assert_eq!(step(&mut engine, Step::Undo).0, 1);
    assert_eq!(views(&mut engine).replace("redo: true", "redo: false"), one);
    assert_eq!(step(&mut engine, Step::Redo).0, 1);
    assert_eq!(views(&mut engine), two_made);

    // The saved copy, and a fresh one that takes the file, say the same.
    let mut saved = Engine::open(&engine.to_bytes()).unwrap();
    assert_eq!(views(&mut saved), two_made);
    let exported = export(&mut engine);
    let mut fresh = two();
    assert_eq!(step(&mut fresh, Step::Take(file("c.json", &exported))), (2, Vec::new()));
    assert_eq!(views(&mut fresh), two_made);
    assert_eq!(fresh.to_bytes(), engine.to_bytes());
    assert_eq!(step(&mut fresh, Step::Take(file("c.json", &exported))).0, 0, "and not twice");
    assert_eq!(step(&mut fresh, Step::Undo).0, 1, "a file is one step");
    assert_eq!(fresh.to_bytes(), plain.1);

    // Taken back from the middle: the rename fits nothing any more, says so, and is kept.
    assert_eq!(step(&mut engine, Step::Withdraw(0)).0, 1);
    let Answer::Corrections(list) = engine.answer(Request::Corrections).answer else {
        panic!("another answer")
    };
    assert_eq!(list.all.len(), 1);
    assert!(list.all[0].problem.is_some());
    assert_eq!(step(&mut engine, Step::Withdraw(0)).0, 1);
    assert_eq!(step(&mut engine, Step::Withdraw(0)).0, 0);
    assert_eq!(engine.to_bytes(), plain.1);
}

#[test]
fn what_does_not_fit_is_not_made_and_says_why() {
    let mut engine = two();
    let before = engine.to_bytes();
    let (count, problems) =
        step(&mut engine, Step::Make(Correction::Hide { who: who("x", "Nobody Here"), part: Part::Whole }));
    assert_eq!((count, problems.len()), (0, 1));
    assert_eq!(engine.to_bytes(), before);
    let (count, problems) = step(&mut engine, Step::Take(file("x.json", b"{}")));
    assert_eq!((count, problems[0].file.as_str()), (0, "x.json"));
}

#[test]
fn corrections_come_along_with_a_file_that_is_taken_in() {
    let mut engine = two();
    make(&mut engine, add("kettle folk", "Kettle Folk", NameKind::Organisation));
    let exported = export(&mut engine);
    let files =
        vec![file("c.crossread", &engine.to_bytes()), file("d.txt", b"Another text about the kettle folk.")];
    let (mut joined, outcomes) = Engine::build(files, None);
    assert_eq!(outcomes[0].corrections, 1);
    assert_eq!(named(&mut joined, "kettle-folk").unwrap().articles, 3, "wherever the words stand");

    let files = vec![file("a.txt", A.as_bytes()), file("b.txt", B.as_bytes()), file("c.json", &exported)];
    let (mut built, outcomes) = Engine::build(files, None);
    assert_eq!((outcomes[2].corrections, outcomes[2].problems.len()), (1, 0));
    assert_eq!(views(&mut built), views(&mut engine));
}
