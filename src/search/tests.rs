//! The tests of search: cases in a notation, and a reference that reads every word.
//!
//! Invariant: the cases are data; a result is written as `article: marked pieces`, best first.

use super::*;
use crate::article::{Article, Block, BlockKind, Meta};
use crate::index::Index;
use crate::query::parse;
use crate::text::{self, Span};
use proptest::prelude::*;
use std::fmt::Write;

/// An article of paragraphs parted by line breaks; `# ` begins a title, `§ ` a heading.
fn article(source: &str, language: Option<&str>) -> Article {
    let (title, text) = match source.strip_prefix("# ").and_then(|rest| rest.split_once('\n')) {
        Some((title, text)) => (title, text),
        None => ("", source),
    };
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let (kind, sign) = match line.strip_prefix("§ ") {
            Some(_) => (BlockKind::Heading(2), "§ ".len()),
            None => (BlockKind::Paragraph, 0),
        };
        let span = Span::new(start + sign, start + line.trim_end().len().max(sign));
        let inside = |s: Span| Span { start: s.start + span.start, end: s.end + span.start };
        let sentences = text::sentences(span.of(text)).into_iter().map(inside).collect();
        blocks.push(Block { kind, span, sentences, number: None });
        start += line.len();
    }
    let meta = Meta {
        title: title.to_owned(),
        title_given: !title.is_empty(),
        language: language.map(str::to_owned),
        ..Meta::default()
    };
    Article { slug: String::new(), meta, text: text.to_owned(), blocks }
}

fn corpus(sources: &[&str]) -> (Index, Vec<Article>) {
    let articles: Vec<Article> = sources.iter().map(|source| article(source, Some("en"))).collect();
    (Index::open(Index::build(&articles)).unwrap(), articles)
}

/// The results as text: `0: direct|talks (word form: directly)`, a line an article; `~` where it has not all words.
///
/// The same where each article is a segment of the index.
fn show(index: &Index, articles: &[Article], query: &str) -> String {
    let each: Vec<&[Article]> = articles.chunks(1).collect();
    let shown = shown(index, articles, query);
    assert_eq!(shown, self::shown(&Index::parted(&each), articles, query), "in segments: {query}");
    shown
}

fn shown(index: &Index, articles: &[Article], query: &str) -> String {
    let kept = Kept::default();
    let query = parse(query);
    let matcher = Matcher::new(index, &kept, &query);
    let mut out = String::new();
    for hit in search(index, &kept, articles, &query, &|_| true, 10).hits {
        let article = &articles[hit.article as usize];
        let marks = matcher.marks(hit.article, article);
        let tally = matcher.tally(hit.article);
        let passages = matcher.passages(article, &marks);
        assert_eq!(tally.matches as usize, marks.len());
        assert_eq!(tally.passages as usize, passages.len());
        assert!(marks.is_sorted_by(|a, b| a.span.end <= b.span.start));
        assert_eq!(passages.iter().map(|passage| passage.marks.len()).sum::<usize>(), marks.len());
        let mut pieces: Vec<String> = matcher
            .title_marks(hit.article, article)
            .iter()
            .map(|mark| format!("#{}", mark.span.of(&article.meta.title)))
            .collect();
        for mark in &marks {
            let why =
                mark.why(&article.text).map(|why| format!(" ({})", why.split(':').next().unwrap_or("")));
            pieces.push(format!("{}{}", mark.span.of(&article.text), why.unwrap_or_default()));
        }
        let _ = writeln!(out, "{}{}: {}", if hit.complete { "" } else { "~" }, hit.article, pieces.join("|"));
    }
    out.trim_end().to_owned()
}

const NEWS: &[&str] = &[
    "Officials hinted at direct talks. The indirect talks went on.\nThe café in Tehran was full; Iran's minister smiled.",
    "# Talks concluded\nThe White House spoke directly with Iranian envoys. U.S.-Iran talks, it said, were direct.",
    "# Weather\nRain in Spain. The minister of rain is unknown. Talk is cheap.",
];

fn check(query: &str, expected: &str) {
    let (index, articles) = corpus(NEWS);
    assert_eq!(show(&index, &articles, query), expected, "query: {query}");
}

#[test]
fn words() {
    check("tehran", "0: Tehran");
    check("CAFE", "0: café");
    check("direct ", "1: directly (word form)|direct\n0: direct");
    check("talks ", "1: #Talks|talks\n0: talks|talks\n2: Talk (word form)");
    check("the minister ", "2: minister\n0: minister");
    check("minister rain ", "2: Rain|minister|rain\n~0: minister");
    check("zzzz", "");
    check("", "");
}

#[test]
fn phrases() {
    check("\"direct talks\"", "0: direct talks");
    check("“direct talks”", "0: direct talks");
    check("«Direct Talks»", "0: direct talks");
    check("„direct talks“", "0: direct talks");
    check("'direct talks'", "0: direct talks");
    check("\"talks direct\"", "");
    check("\"directly talks\"", "");
    // No phrase reaches over the end of a paragraph.
    check("\"on the café\"", "");
    check("“direct talks” minister ", "0: direct talks|minister");
    check("\"u.s. iran\"", "1: U.S.-Iran");
    // Overlapping phrases are one mark.
    check("\"white house\" \"house spoke\"", "1: White House spoke");
}

#[test]
fn leaving_out() {
    check("talks -iranian", "0: talks|talks\n2: Talk (word form)");
    check("talks -\"direct talks\"", "1: #Talks|talks\n2: Talk (word form)");
    check("-talks", "");
    check("talks -(tehran OR rain) ", "1: #Talks|talks");
}

#[test]
fn either() {
    check("tehran OR spain", "2: Spain\n0: Tehran");
    check("tehran | spain", "2: Spain\n0: Tehran");
    check("minister (tehran OR house) ", "0: Tehran|minister\n~1: House\n~2: minister");
    check("(minister rain) OR house ", "2: Rain|minister|rain\n1: House");
}

#[test]
fn prefixes_completion_and_typos() {
    check("ira*", "1: Iranian|Iran\n0: Iran");
    // Typed so far: completions stand behind the word itself.
    check("ira", "1: Iranian (begins so)|Iran (begins so)\n0: Iran (begins so)");
    check("iran", "1: Iran\n0: Iran");
    check("ira ", "1: Iran (spelling)\n0: Iran (spelling)");
    check("tehrna", "0: Tehran (spelling)");
    check("minsiter ", "2: minister (spelling)\n0: minister (spelling)");
    check("rian", "2: Rain (spelling)|rain (spelling)\n1: Iran (spelling)\n0: Iran (spelling)");
    check("tlk", "2: Talk (spelling)");
    check("tl", "");
}

#[test]
fn words_that_no_article_has_together_may_be_misspelt() {
    let (index, articles) =
        corpus(&["Dawson joins the list and a band in Iraq.", "Loins of pork, and Iran.", "Dawson rested."]);
    let check = |query: &str, expected: &str| assert_eq!(show(&index, &articles, query), expected, "{query}");
    check("loins ", "1: Loins");
    check("dawson iran ", "~1: Iran\n~2: Dawson\n~0: Dawson");
    check("dawson loins ", "0: Dawson|joins (spelling)\n~1: Loins\n~2: Dawson");
    check("dawson joins ", "0: Dawson|joins\n~2: Dawson");
    // Nobody is taken to have meant "and".
    check("abnd ", "0: band (spelling)");
    // What is quoted is meant so.
    check("dawson “loins”", "~1: Loins");
    let (index, articles) = corpus(&["Dawson joins a band.", "Loins of pork.", "Dawson joins as well."]);
    let shown = show(&index, &articles, "dawson loins ");
    assert_eq!(shown, "0: Dawson|joins (spelling)\n2: Dawson|joins (spelling)\n~1: Loins");
}

#[test]
fn the_parts_of_an_explanation_add_up_to_the_score() {
    let kept = Kept::default();
    let (index, articles) = corpus(NEWS);
    for typed in [
        "talks",
        "direct talks ",
        "minister rain talks",
        "minister (tehran OR house) ",
        "talks talks tehrna ",
        "(minister rain) OR house ",
        "title:talks iran ",
        "“direct talks” café",
        "which minister spoke of direct talks and rain in Tehran or Spain ",
    ] {
        let query = parse(typed);
        let mut matcher = Matcher::new(&index, &kept, &query);
        let found = matcher.find_again(&|_| true, 10, |article| articles.get(article as usize));
        assert!(!found.hits.is_empty());
        for hit in found.hits {
            let why = matcher.explain(hit.article);
            let parts: f64 = why.parts.iter().chain(&why.learnt).map(|part| part.score).sum();
            assert!((parts + why.closeness - hit.score).abs() < 1e-9, "{typed}: {hit:?} {why:?}");
        }
    }
}

#[test]
fn a_word_or_phrase_in_a_heading_goes_before_its_equal_in_the_text() {
    let (index, articles) = corpus(&[
        "Of harbour dues nothing is known here\nand more was said",
        "§ Of harbour dues nothing is known here\nand more was said",
        "Of dues at the harbour much is known\nand more was said",
    ]);
    let kept = Kept::default();
    for (text, first) in [("harbour ", &[1, 0, 2][..]), ("\"harbour dues\"", &[1, 0]), ("more", &[0, 1, 2])] {
        let query = parse(text);
        let hits = search(&index, &kept, &articles, &query, &|_| true, 10).hits;
        assert_eq!(hits.iter().map(|hit| hit.article).collect::<Vec<_>>(), first, "{text}");
        let matcher = Matcher::new(&index, &kept, &query);
        for hit in hits {
            let part = &matcher.explain(hit.article).parts[0];
            let headings = u32::from(hit.article == 1 && text != "more");
            assert_eq!((part.text, part.headings), (1, headings), "{text}");
            assert!((part.score - hit.score).abs() < 1e-9);
        }
    }
}

#[test]
fn what_stands_in_headings_says_more_of_the_best_articles() {
    let text = "minister talks rain house spain about a treaty\n§ Harbour\nLantern and more was said";
    let (index, articles) = corpus(&[text, text, text, "Nothing of it."]);
    let (kept, query) = (Kept::default(), parse("minister talks rain house spain "));
    let mut matcher = Matcher::new(&index, &kept, &query);
    matcher.find_again(&|_| true, 10, |article| articles.get(article as usize));
    let weight = |word: &str| {
        let is = |atom: usize| matcher.atoms[atom].atom.typed == word;
        matcher
            .soft
            .iter()
            .find(|soft| matches!(soft.tree, plan::Tree::Atom(atom) if is(atom)))
            .unwrap()
            .weight
    };
    assert!(weight("harbour") > weight("lantern"));
    assert!((weight("lantern") - weight("treaty")).abs() < 1e-9);
}

#[test]
fn near_each_other_in_a_title_comes_first() {
    let kept = Kept::default();
    let (index, articles) = corpus(&[
        "# Leave it to rates\nThey said so.",
        "# Rates leave it to\nThey said so.",
        "# To leave rates it\nThey said so.",
    ]);
    assert_eq!(
        show(&index, &articles, "leave rates "),
        "2: #leave|#rates\n1: #Rates|#leave\n0: #Leave|#rates"
    );
    let query = parse("leave rates ");
    let scores: Vec<f64> =
        search(&index, &kept, &articles, &query, &|_| true, 3).hits.iter().map(|h| h.score).collect();
    let only: Vec<f64> = (1..4)
        .filter_map(|n| Some(search(&index, &kept, &articles, &query, &|_| true, n).hits.last()?.score))
        .collect();
    assert_eq!(scores, only);
}

#[test]
fn fields() {
    check("title:talks ", "1: #Talks");
    check("title:(talks concluded) ", "1: #Talks|#concluded");
    check("source:x tehran", "0: Tehran");
}

#[test]
fn hints() {
    let kept = Kept::default();
    let hint = |query: &str| {
        let (index, articles) = corpus(NEWS);
        let found = search(&index, &kept, &articles, &parse(query), &|_| true, 10);
        let hints: Vec<String> =
            found.hints.iter().map(|hint| format!("{}: {}", hint.label, hint.text)).collect();
        hints.join("\n")
    };
    assert_eq!(hint("direct talks "), "");
    assert_eq!(hint("tehrna "), "Spelling: No article has “tehrna”; found instead: “tehran”.");
    assert_eq!(
        hint("tehran spain "),
        "Together: No article has all these words; those with the most telling of them come first."
    );
    assert_eq!(
        hint("spain tolks "),
        "Spelling: No article has “tolks”; found instead: “talks”.\nTogether: No article has all these words; those with the most telling of them come first."
    );
}

#[test]
fn scripts_without_spaces_and_other_languages() {
    let articles = [
        article("北京大学在北京。", Some("zh")),
        article("Les négociations directes ont été conclues.", Some("fr")),
        article("The negotiation was direct.", Some("en")),
    ];
    let index = Index::open(Index::build(&articles)).unwrap();
    assert_eq!(show(&index, &articles, "北京"), "0: 北京|北京");
    assert_eq!(show(&index, &articles, "京北"), "");
    // A form counts only in articles whose language has it as a form.
    assert_eq!(show(&index, &articles, "negotiations "), "2: negotiation (word form)");
}

#[test]
fn snippets() {
    let check = |text: &str, marked: &str, most: usize, expected: &str| {
        let start = text.find(marked).unwrap();
        let mark = Mark { span: Span::new(start, start + marked.len()), kind: Kind::Literal, words: 1 };
        let snippet = snippet(text, Span::new(0, text.len()), &[mark], most);
        assert!(snippet.text.chars().count() <= most);
        let mut shown = snippet.text.clone();
        for span in snippet.marks.iter().rev() {
            assert_eq!(span.of(&snippet.text), marked);
            shown.insert(span.end as usize, ']');
            shown.insert(span.start as usize, '[');
        }
        let cut = |cut: bool| if cut { "…" } else { "" };
        assert_eq!(format!("{}{shown}{}", cut(snippet.cut_start), cut(snippet.cut_end)), expected);
    };
    check("one two three", "two", 200, "one [two] three");
    check("one two three four five six seven", "four", 15, "…[four] five…");
    check("one two three four five six seven", "four", 20, "…[four] five six…");
    check("one two three four five six seven", "one", 15, "[one] two three…");
    check("one two three four five six seven", "seven", 15, "…five six [seven]");
    check("一二三四五六七八九十", "五", 4, "…四[五]六七…");
    check("aaaaaaaaaa bb", "aaaaaaaaaa", 10, "[aaaaaaaaaa]…");
}

#[test]
fn suggestions() {
    let (index, articles) = corpus(NEWS);
    let check = |query: &str, expected: &[(&str, u32)]| {
        let found = suggest(&index, &articles, query, 5);
        let found: Vec<(&str, u32)> =
            found.iter().map(|found| (found.query.as_str(), found.articles)).collect();
        assert_eq!(found, expected, "{query}");
    };
    check("the ira", &[("the Iran", 2), ("the Iranian", 1)]);
    check("caf", &[("café", 1)]);
    check("tehrna", &[("Tehran", 1)]);
    check("-ind", &[("-indirect", 1)]);
    check("tehran ", &[]);
    check("", &[]);
}

/// Small words over a small alphabet, so that everything meets everything.
fn source() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "talk", "talks", "talked", "Talk", "café", "war", "warn", "peace", "iran", ".",
    ]);
    prop::collection::vec(
        prop_oneof![8 => word.prop_map(|word| format!("{word} ")), 1 => Just("\n".to_owned()), 1 => Just("\n§ ".to_owned())],
        0..25,
    )
    .prop_map(|words| words.concat())
}

/// What reading every word finds: per article, the words of the text for which `wanted` holds.
fn reference(articles: &[Article], wanted: impl Fn(&str) -> bool) -> Vec<Vec<Span>> {
    let words = |article: &Article| {
        let all = crate::index::words::of_text(article).map(|word| word.span);
        all.filter(|span| wanted(&text::fold(span.of(&article.text)))).collect()
    };
    articles.iter().map(words).collect()
}

#[test]
fn what_a_long_query_learns_lifts_its_first_articles_and_leaves_the_others() {
    let kept = Kept::default();
    // 300 articles with one to five of the words, and what the best have in common in most.
    let words = ["minister", "talks", "rain", "house", "spain"];
    let text = |at: usize| {
        let mut text = words[..1 + at % 5].join(" ");
        text.push_str(if at.is_multiple_of(3) {
            " about a treaty of harbours."
        } else {
            " and nothing else."
        });
        text.push_str(&" so".repeat(at % 11));
        text
    };
    let articles: Vec<Article> = (0..300).map(|at| article(&text(at), Some("en"))).collect();
    let index = Index::open(Index::build(&articles)).unwrap();
    let query = parse(&words.join(" "));
    let found = |limit| {
        let mut matcher = Matcher::new(&index, &kept, &query);
        let hits = matcher.find_again(&|_| true, limit, |article| articles.get(article as usize)).hits;
        let why: Vec<_> = hits.iter().map(|hit| matcher.explain(hit.article)).collect();
        (hits, why)
    };
    let (all, why) = found(usize::MAX);
    assert_eq!(all.len(), 300);
    for limit in [1, 10, 60, 150, 250] {
        assert_eq!(found(limit).0, all[..limit]);
    }
    assert!(all.is_sorted_by(|a, b| a.score >= b.score));
    for (hit, why) in all.iter().zip(&why) {
        let parts: f64 = why.parts.iter().chain(&why.learnt).map(|part| part.score).sum();
        assert!((parts - hit.score).abs() < 1e-9);
    }
    let learnt = why.iter().map(|why| !why.learnt.is_empty());
    assert!(learnt.clone().take(10).any(|learnt| learnt) && !learnt.skip(50).any(|learnt| learnt));
}

#[test]
fn that_not_every_completion_is_looked_for_is_said() {
    let said = |words: u8, typed: &str| {
        let kept = Kept::default();
        let words =
            (0..words).map(|at| format!("wa{}{} ", char::from(b'a' + at / 10), char::from(b'a' + at % 10)));
        let articles = [article(&words.collect::<String>(), Some("en"))];
        let index = Index::open(Index::build(&articles)).unwrap();
        search(&index, &kept, &articles, &parse(typed), &|_| true, 10).hints
    };
    assert_eq!(said(47, "wa"), []);
    let [hint] = &said(60, "waaa wa")[..] else { panic!() };
    assert_eq!(
        hint.text,
        "Of the words that begin with “wa” the 48 commonest are looked for; wa* finds all."
    );
    assert_eq!(said(60, "wa*"), []);
    assert_eq!(said(60, "waaa "), []);
}

#[test]
fn every_article_has_its_language_however_many_there_are() {
    for languages in [1, 2, 3, 5, 16, 17, 60] {
        let tag = |at: usize| format!("l{}", at % languages);
        let articles: Vec<Article> = (0..70).map(|at| article("# Talks\nTalks.", Some(&tag(at)))).collect();
        let index = Index::open(Index::build(&articles)).unwrap();
        for at in 0..70 {
            assert_eq!(index.row(at as u32).language, (at % languages) as u32, "{languages} languages");
        }
    }
}

/// Articles of twelve matters in turns without a pattern; each has a word of its own, once in the title and in two sentences,
/// of which the second is a heading in every fifth.
fn matters(count: u32) -> Vec<Article> {
    let source = |at: u32| {
        let matter = (at.wrapping_mul(2_654_435_761) >> 16) % 12;
        let words = (0..20).filter(|word| at * word % 7 < 3).map(|word| format!("m{matter}w{word} "));
        let words: String = words.collect();
        format!(
            "# Of own{at}\nThis is of {words}and all. Own{at} is meant.\n{}own{at} said again.",
            if at.is_multiple_of(5) { "§ " } else { "" }
        )
    };
    let language = |at: u32| if at.is_multiple_of(3) { Some("fr") } else { Some("en") };
    (0..count).map(|at| article(&source(at), language(at))).collect()
}

#[test]
fn articles_are_found_marked_and_explained_under_their_own_numbers_whatever_the_order_of_the_index() {
    let articles = matters(300);
    let index = Index::open(Index::build(&articles)).unwrap();
    assert!((0..300).filter(|&at| index.doc(at) != at).count() > 200);
    found_under_their_own_numbers(&index, &articles);
    // In two segments of which the first is put in order.
    let (first, more) = articles.split_at(270);
    let grown = Index::open(Index::build(first)).unwrap().add(more).unwrap();
    assert_eq!(grown.parts(), 2);
    assert!((0..300).filter(|&at| grown.doc(at) != at).count() > 200);
    assert!((270..300).all(|at| grown.doc(at) == at));
    found_under_their_own_numbers(&grown, &articles);
    assert!(grown.to_bytes() == index.to_bytes());
}

#[test]
fn the_spelling_of_the_best_article_is_named_first_whatever_the_order_of_the_index() {
    let mut articles = matters(300);
    articles[7] = article(&format!("# Brandlet\n{}", articles[7].text), Some("en"));
    for other in &mut articles[20..25] {
        *other = article(&format!("{} A brandlek.", other.text), Some("en"));
    }
    let index = Index::open(Index::build(&articles)).unwrap();
    assert_ne!(index.doc(7), 7);
    let (kept, query) = (Kept::default(), parse("brandlem "));
    let mut matcher = Matcher::new(&index, &kept, &query);
    let found = matcher.find_again(&|_| true, 10, |at| articles.get(at as usize));
    assert_eq!(found.hits[0].article, 7);
    assert_eq!(matcher.corrections(Some(7))[0].near, ["brandlet", "brandlek"]);
}

/// Asks for each of 300 [`matters`].
fn found_under_their_own_numbers(index: &Index, articles: &[Article]) {
    let kept = Kept::default();
    for at in 0..300u32 {
        let own = articles.get(at as usize).unwrap();
        let row = index.row(index.doc(at));
        assert_eq!(row.language == index.row(index.doc(0)).language, at.is_multiple_of(3));
        let query = parse(&format!("own{at} "));
        let matcher = Matcher::new(index, &kept, &query);
        let found = search(index, &kept, articles, &query, &|_| true, 10).hits;
        assert_eq!(found.iter().map(|hit| hit.article).collect::<Vec<_>>(), [at]);
        let marks: Vec<&str> = matcher.marks(at, own).iter().map(|mark| mark.span.of(&own.text)).collect();
        assert_eq!(marks, [format!("Own{at}"), format!("own{at}")]);
        assert_eq!(matcher.tally(at), Tally { matches: 2, title: 1, passages: 2, together: 1 });
        let explained = matcher.explain(at);
        assert_eq!((explained.parts[0].title, explained.parts[0].text), (1, 2));
        assert_eq!(explained.parts[0].headings, u32::from(at.is_multiple_of(5)));
        assert!((explained.parts[0].score - found[0].score).abs() < 1e-9);
        // All have these words; only one is allowed, or is not left out.
        for query in ["meant again", "all"].map(parse) {
            for limit in [1, usize::MAX] {
                let found = search(index, &kept, articles, &query, &|article| article == at, limit).hits;
                assert_eq!(found.iter().map(|hit| hit.article).collect::<Vec<_>>(), [at]);
            }
        }
        let query = parse(&format!("meant -own{at} "));
        let found = search(index, &kept, articles, &query, &|article| article / 2 == at / 2, 9).hits;
        assert_eq!(found.iter().map(|hit| hit.article).collect::<Vec<_>>(), [at ^ 1]);
        let offered = suggest(index, articles, &format!("own{}", at / 10), 20);
        assert!(at < 100 || offered.iter().any(|offer| offer.word == format!("own{at}")), "{offered:?}");
    }
    // What long queries learn is kept for some articles, and so are others.
    for at in (0..300u32).chain(0..300) {
        let (kept, fresh) = (&kept, Kept::default());
        let words: Vec<&str> = articles[at as usize].text.split(' ').skip(3).take(6).collect();
        let query = parse(&words.join(" "));
        for allowed in [&(|article| index.doc(article) % 2 == 1) as &dyn Fn(u32) -> bool, &|_| true] {
            let [kept, fresh] =
                [kept, &fresh].map(|kept| search(index, kept, articles, &query, allowed, 10).hits);
            assert_eq!(kept, fresh);
        }
    }
    // Ties go to the article that comes first.
    let query = parse("meant");
    let found = search(index, &kept, articles, &query, &|_| true, 300).hits;
    assert!(found.is_sorted_by(|a, b| a.score > b.score || (a.score == b.score && a.article < b.article)));
}

proptest! {
    #[test]
    fn finds_what_reading_every_word_finds(sources in prop::collection::vec(source(), 1..6), pick in 0usize..5) {
        let kept = Kept::default();
        let word = ["talks", "war", "cafe", "iran", "peace"][pick];
        let articles: Vec<Article> = sources.iter().map(|source| article(source, Some("en"))).collect();
        let index = Index::open(Index::build(&articles)).unwrap();
        let stem = text::stem(word, Some("en"));
        let found = |query: &str| {
            let query = parse(query);
            let matcher = Matcher::new(&index, &kept, &query);
            let marks = |at: usize| matcher.marks(at as u32, &articles[at]).iter().map(|mark| mark.span).collect();
            let all: Vec<Vec<Span>> = (0..articles.len()).map(marks).collect();
            let hits: Vec<u32> = search(&index, &kept, &articles, &query, &|_| true, 10).hits.iter().map(|hit| hit.article).collect();
            for (at, marks) in all.iter().enumerate() {
                assert_eq!(hits.contains(&(at as u32)), !marks.is_empty());
                assert_eq!(matcher.tally(at as u32).matches as usize, marks.len());
            }
            all
        };
        let forms = reference(&articles, |other| text::stem(other, Some("en")) == stem);
        if forms.iter().any(|spans| !spans.is_empty()) {
            prop_assert_eq!(found(&format!("{word} ")), forms);
        }
        prop_assert_eq!(found(&format!("\"{word}\"")), reference(&articles, |other| other == word));
        prop_assert_eq!(found("wa*"), reference(&articles, |other| other.starts_with("wa")));
        // A phrase of two, by looking at each pair of neighbours in a block.
        let mut pairs = Vec::new();
        for article in &articles {
            let words: Vec<_> = crate::index::words::of_text(article).collect();
            let is = |at: usize, word: &str| text::fold(words[at].span.of(&article.text)) == word;
            let mut spans: Vec<Span> = Vec::new();
            for at in 1..words.len() {
                let next = words[at].position == words[at - 1].position + 1;
                if next && is(at - 1, "talk") && is(at, "war") {
                    spans.push(Span { start: words[at - 1].span.start, end: words[at].span.end });
                }
            }
            pairs.push(spans);
        }
        prop_assert_eq!(found("“Talk war”"), pairs);
        let without = parse("(talk OR war) -peace ");
        let hits = search(&index, &kept, &articles, &without, &|_| true, 10).hits;
        let peace = reference(&articles, |other| other == "peace");
        prop_assert!(hits.iter().all(|hit| peace[hit.article as usize].is_empty()));
    }

    #[test]
    fn several_segments_answer_as_one(
        sources in prop::collection::vec(source(), 0..12),
        tags in prop::collection::vec(0usize..4, 12),
        cuts in prop::collection::vec(0usize..12, 0..4),
        query in "((talk|talks|talking|war|wa|iran|peace|caf|xalk|tlk|\"talk war\"|-peace|talk OR war|title:war|wa\\*) ?){1,9}",
    ) {
        let tag = |at: usize| [Some("en"), Some("fr"), None, Some("de")][tags[at]];
        let articles: Vec<Article> =
            sources.iter().enumerate().map(|(at, source)| article(source, tag(at))).collect();
        let whole = Index::open(Index::build(&articles)).unwrap();
        let mut parts: Vec<&[Article]> = Vec::new();
        let mut rest = &articles[..];
        for cut in cuts {
            let (part, behind) = rest.split_at(cut.min(rest.len()));
            parts.push(part);
            rest = behind;
        }
        parts.push(rest);
        parts.retain(|part| !part.is_empty());
        let parted = Index::parted(&parts);
        prop_assert_eq!(parted.parts(), parts.len());
        prop_assert!(parted.to_bytes() == whole.to_bytes());
        // However it is taken in.
        let mut grown = Index::default();
        for part in &parts {
            grown = grown.add(part).unwrap();
        }
        prop_assert!(grown.to_bytes() == whole.to_bytes());
        for at in 0..articles.len() as u32 {
            prop_assert_eq!(whole.row(whole.doc(at)), parted.row(parted.doc(at)));
            prop_assert_eq!(whole.sentences(whole.doc(at)), parted.sentences(parted.doc(at)));
        }
        let counts = |index: &Index, word: &str| {
            let (forms, having) = index.forms(word);
            let near = index.near(word, 2).into_iter().map(|near| (near.key, near.edits, near.term.articles));
            let forms = forms.into_iter().map(|form| (form.key, form.languages, form.term.articles));
            let stem = text::stem(word, Some("en"));
            let all = index.having(word, &stem, Some("en"));
            (index.has(word), forms.collect::<Vec<_>>(), having, all, near.collect::<Vec<_>>())
        };
        for word in ["talk", "talks", "talking", "war", "iran", "caf", "xalk", "peace", "was"] {
            prop_assert_eq!(counts(&whole, word), counts(&parted, word), "{}", word);
        }
        let offers = |index: &Index| suggest(index, &articles, &query, 9).into_iter().map(|offer| {
            (text::fold(&offer.word), offer.articles)
        }).collect::<Vec<_>>();
        prop_assert_eq!(offers(&whole), offers(&parted));
        let query = parse(&query);
        let [kept, others] = [Kept::default(), Kept::default()];
        let of = Matcher::new(&whole, &kept, &query);
        let other = Matcher::new(&parted, &others, &query);
        prop_assert_eq!(of.words(), other.words());
        for limit in [2, 200, usize::MAX] {
            let found = search(&whole, &kept, &articles, &query, &|_| true, limit);
            let other_found = search(&parted, &others, &articles, &query, &|_| true, limit);
            prop_assert_eq!(&found.hits, &other_found.hits);
            // A few are found without counting all.
            if limit == usize::MAX {
                prop_assert_eq!(&found, &other_found);
            }
            for hit in found.hits {
                let article = &articles[hit.article as usize];
                prop_assert_eq!(of.marks(hit.article, article), other.marks(hit.article, article));
                prop_assert_eq!(of.title_marks(hit.article, article), other.title_marks(hit.article, article));
                prop_assert_eq!(of.tally(hit.article), other.tally(hit.article));
                prop_assert_eq!(of.explain(hit.article), other.explain(hit.article));
            }
        }
    }

    #[test]
    fn the_best_few_are_the_first_of_all(
        sources in prop::collection::vec(source(), 1..90),
        query in "((talk|talks|war|wa|iran|peace|caf|xalk|\"talk war\"|-peace|talk OR war|title:war) ){1,9}",
        limit in 0usize..6,
    ) {
        let kept = Kept::default();
        let articles: Vec<Article> = sources.iter().map(|source| article(source, Some("en"))).collect();
        let index = Index::open(Index::build(&articles)).unwrap();
        for query in [parse(&query), parse(query.trim_end())] {
            let matcher = Matcher::new(&index, &kept, &query);
            let mut all = matcher.find(&|article| article % 7 != 3, usize::MAX).hits;
            all.truncate(limit);
            let top = matcher.find(&|article| article % 7 != 3, limit);
            prop_assert_eq!(top.hits, all);
        }
    }

    #[test]
    fn anything_can_be_asked(query in "[a-z“”\"'«()|*:. -]{0,30}|\\PC{0,40}|(talks|OR|-|title:|\\(|\\)|\"|war| ){0,12}") {
        let (index, articles) = corpus(NEWS);
        show(&index, &articles, &query);
        suggest(&index, &articles, &query, 5);
    }

    #[test]
    fn snippets_fit(text in "\\PC{0,80}", most in 1usize..30, places in prop::collection::vec((0usize..80, 1usize..9), 0..5)) {
        let at: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut marks: Vec<Mark> = Vec::new();
        for (start, length) in places {
            let (start, end) = (start.min(at.len() - 1), (start + length).min(at.len() - 1));
            let span = Span::new(at[start], at[end]);
            if start < end && marks.last().is_none_or(|last| last.span.end <= span.start) {
                marks.push(Mark { span, kind: Kind::Literal, words: 1 << (start % 3) });
            }
        }
        let snippet = snippet(&text, Span::new(0, text.len()), &marks, most);
        prop_assert!(snippet.text.chars().count() <= most);
        prop_assert!(text.contains(&snippet.text));
        prop_assert!(marks.is_empty() || !snippet.marks.is_empty());
        prop_assert!(snippet.marks.iter().all(|mark| snippet.text.get(mark.range()).is_some()));
    }
}

/// Articles of words by rank: the first stands in most of them, the last in a few; some say one more often than a row of
/// three bytes can tell.
fn many_articles() -> Vec<Article> {
    let words: Vec<String> = (0..40)
        .map(|at| format!("w{}", char::from(b'a' + at % 26).to_string().repeat(1 + at as usize / 26)))
        .collect();
    let mut seed = 7u32;
    let mut draw = |most: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % most
    };
    let mut text = |at: usize| {
        let mut text: Vec<&str> =
            (0..draw(60)).map(|_| words[draw(40).min(draw(40)).min(draw(40))].as_str()).collect();
        text.extend((0..if at % 500 == 7 { 100 + draw(100) } else { 0 }).map(|_| words[3].as_str()));
        text.join(" ")
    };
    (0..1_500)
        .map(|at| article(&format!("{}\n{}{}", text(at), ["", "§ "][at / 700 % 2], text(at + 1)), Some("en")))
        .collect()
}

const OF_MANY: [&str; 10] = [
    "wa",
    "wz",
    "wa wb",
    "wa wz wkk",
    "wc wn",
    "wd wn",
    "wmm wa wb wd wf wj",
    "wll wkk wjj wa wb",
    "\"wa wb\" wc",
    "wx OR wy wa",
];

#[test]
fn the_best_few_of_many_blocks_are_the_first_of_all() {
    let articles = many_articles();
    best_few_are_the_first_of_all(&Index::open(Index::build(&articles)).unwrap());
}

#[test]
fn the_best_few_of_many_segments_are_the_first_of_all() {
    // Long articles behind the others: lengths are measured against another mean than when the bounds were written.
    let mut articles = many_articles();
    articles.extend((0..40).map(|at| article(&format!("wa wb wd {at} ").repeat(300), Some("en"))));
    let (first, rest) = articles.split_at(1_100);
    let (second, third) = rest.split_at(400);
    let [whole, parted] =
        [vec![&articles[..]], vec![first, second, third]].map(|parts| Index::parted(&parts));
    best_few_are_the_first_of_all(&parted);
    for query in OF_MANY.map(parse) {
        let found = |index| Matcher::new(index, &Kept::default(), &query).find(&|_| true, 30).hits;
        assert!(found(&parted) == found(&whole));
    }
}

fn best_few_are_the_first_of_all(index: &Index) {
    for query in OF_MANY.map(parse) {
        let all = Matcher::new(index, &Kept::default(), &query).find(&|_| true, usize::MAX).hits;
        for limit in [1, 10, 60] {
            let kept = Kept::default();
            let few = Matcher::new(index, &kept, &query).find(&|_| true, limit).hits;
            assert_eq!(few, all[..limit.min(all.len())]);
        }
    }
}

#[test]
fn what_is_kept_of_words_changes_no_answer_and_says_what_the_articles_say() {
    let articles = many_articles();
    let index = Index::open(Index::build(&articles)).unwrap();
    let kept = Kept::default();
    for limit in [3, 40, usize::MAX] {
        for query in
            OF_MANY.iter().chain(&["wd ", "wdd", "wqa", "w*", "title:wa wb"]).map(|query| parse(query))
        {
            let matcher = Matcher::new(&index, &kept, &query);
            let found = matcher.find(&|_| true, limit);
            let anew = Kept::default();
            assert_eq!(found.hits, Matcher::new(&index, &anew, &query).find(&|_| true, limit).hits);
            for hit in &found.hits {
                let explained = matcher.explain(hit.article);
                let sum: f64 = explained.parts.iter().map(|part| part.score).sum();
                assert!(
                    (sum + explained.closeness - hit.score).abs() < 1e-9,
                    "{query:?} {hit:?} {explained:?}"
                );
            }
            if limit == usize::MAX && query.clauses.len() == 1 {
                let answering = (0..index.articles()).filter(|article| matcher.tally(*article).matches > 0);
                let mut hits: Vec<u32> = found.hits.iter().map(|hit| hit.article).collect();
                hits.sort_unstable();
                assert!(answering.eq(hits), "{query:?}");
            }
        }
    }
}

/// Asks everything of an index; damaged bytes must be refused or answered, never end in a panic.
fn ask_everything(bytes: &[u8], articles: &[Article]) {
    let kept = Kept::default();
    let Ok(index) = Index::open(bytes.to_vec()) else { return };
    for query in ["talks direct", "\"direct talks\" -rain", "minsiter", "t*", "title:talks OR ira"] {
        let query = parse(query);
        let matcher = Matcher::new(&index, &kept, &query);
        for hit in matcher.find(&|_| true, 5).hits {
            matcher.tally(hit.article);
            matcher.explain(hit.article);
            if let Some(article) = articles.get(hit.article as usize) {
                let marks = matcher.marks(hit.article, article);
                matcher.passages(article, &marks);
            }
        }
    }
    suggest(&index, articles, "ta", 5);
}

#[test]
fn hostile_bytes_are_refused_or_answered() {
    let articles: Vec<Article> = NEWS.iter().map(|source| article(source, Some("en"))).collect();
    let bytes = Index::build(&articles);
    for length in 0..bytes.len() {
        assert!(Index::open(bytes[..length].to_vec()).is_err());
    }
    for at in 0..bytes.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut damaged = bytes.clone();
            damaged[at] ^= flip;
            ask_everything(&damaged, &articles);
        }
    }
}
