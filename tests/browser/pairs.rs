//! Pairs: corrected by a reader – linked, unlinked, said not to differ –, undone, and kept in a saved copy.

use crate::support::tab::keys::ENTER;
use crate::support::{Tab, everywhere, pages};

/// Pairs, as numbers behind the passages of A.
const NUMBERS: &str = ".pane.a .ref";

#[track_caller]
fn compare(tab: &Tab) -> String {
    tab.size(1280, 860);
    tab.goto("#/");
    tab.click("#compare-these");
    tab.wait_for(NUMBERS);
    tab.address()
}

#[track_caller]
fn wait_for_pairs(tab: &Tab, pairs: usize) {
    tab.wait(&format!("{pairs} pairs"), || tab.count(NUMBERS) == pairs);
}

#[test]
fn a_pair_is_unlinked_and_undone_and_another_one_linked_by_keyboard() {
    everywhere(&pages::seeds(), |tab| {
        let here = compare(tab);
        let pairs = tab.count(NUMBERS);
        // What can be corrected stands over the texts, and the texts stay where they are when a pair is in hand.
        let top = "return document.querySelector('.pane.a').getBoundingClientRect().top";
        let before = tab.js(top);
        tab.keys("n");
        tab.wait_for(".pane .psg.on");
        assert_eq!(tab.js(top), before);
        let over = "document.querySelector('.pair-bar').getBoundingClientRect().bottom";
        assert_eq!(
            tab.js(&format!(
                "return {over} <= document.querySelector('.pane.a').getBoundingClientRect().top"
            )),
            true
        );
        tab.click(".pair-bar button");
        wait_for_pairs(tab, pairs - 1);
        tab.wait_for_text("#said", "do not correspond");
        assert_eq!(tab.address(), here, "the numbers of pairs have changed");
        tab.keys("u");
        wait_for_pairs(tab, pairs);

        // Two passages that were not found to correspond, without a mouse.
        let lone = tab.count(".pane .lone");
        tab.focus(".pair-bar button:last-of-type");
        tab.keys(ENTER);
        tab.wait_for_text(".pair-bar", "Choose a passage in A and one in B");
        tab.focus(".pane.b .lone");
        tab.keys(ENTER);
        tab.wait_for_text(".pair-bar", "Now choose the one in A");
        tab.focus(".pane.a .lone");
        tab.keys(ENTER);
        wait_for_pairs(tab, pairs + 1);
        tab.wait("two passages fewer stand alone", || tab.count(".pane .lone") == lone - 2);
    });
}

#[test]
fn what_is_no_difference_is_kept_in_a_saved_copy() {
    everywhere(&pages::seeds(), |tab| {
        let here = compare(tab);
        let ledger = format!("{here}?view=differences");
        tab.goto(&ledger);
        tab.wait_for(".dif-row");
        let rows = tab.count(".dif-row");
        tab.click(".dif-row .beside button");
        tab.wait("a row fewer", || tab.count(".dif-row") == rows - 1);
        tab.goto("#/corrections");
        tab.wait_for_text("main .said", "do not differ");
        tab.click("main .acts .btn.main");
        let copy = pages::folder().join("copy.html");
        std::fs::write(&copy, tab.downloaded("us-iran-talks.html")).unwrap();
        everywhere(&copy, |tab| {
            tab.goto(&ledger);
            tab.wait_for(".dif-row");
            assert_eq!(tab.count(".dif-row"), rows - 1);
        });
    });
}

/// Two versions of a text.
fn versions() -> std::path::PathBuf {
    pages::of(&[
        (
            "a.txt",
            "The bridge at Arles closed on Monday after a barge struck it. Nobody was hurt, officials said.\n\n\
             Repairs will cost 3 million euros, the mayor said. He hopes for a ferry by June.\n\n\
             The trial opens on March 3. Shopkeepers fear for their Summer trade.",
        ),
        (
            "b.txt",
            "Shopkeepers fear for their summer trade. The bridge at Arles closed on Monday after a barge with gravel \
             struck it. Nobody was hurt, officials said.\n\n\
             Repairs will cost 4.5 million euros, the mayor said. He hopes for a ferry by June.\n\n\
             The trial opens on March 5.",
        ),
    ])
}

#[test]
fn edited_words_are_marked_by_sign_and_word_and_small_edits_on_demand() {
    everywhere(&versions(), |tab| {
        let here = compare(tab);
        let marked = |what: &str| tab.each(&format!(".pane {what}"), "e.textContent");
        tab.wait_for(".pane ins");
        assert_eq!(
            (marked("del"), marked("ins")),
            (vec!["3".into(), "3".into()], vec!["with gravel".into(), "4.5".into(), "5".into()])
        );
        let sign = "return getComputedStyle(document.querySelector('.pane ins'), '::before').content";
        assert!(tab.js(sign).as_str().is_some_and(|sign| sign.contains('+')));
        tab.click(".cmp-bar button[aria-pressed=false]");
        tab.wait("the small edit", || marked("del").contains(&"Summer".to_owned()));
        assert_eq!(tab.address(), format!("{here}?edits=all"));
        // The pair in hand says in words what became of it.
        tab.js("[...document.querySelectorAll('.pane.a .psg')].find(e => e.textContent.includes('Summer')).querySelector('.ref').click()");
        tab.wait_for_text(".pair-bar", "small edits, moved");
        tab.size(390, 800);
        tab.wait_for(".pcards ins");
        assert_eq!(tab.js("return document.documentElement.scrollWidth > innerWidth"), false);
    });
}

#[test]
fn one_kind_of_difference_is_shown_and_stepped_through_and_is_in_the_address() {
    everywhere(&versions(), |tab| {
        let here = compare(tab);
        tab.wait_for(".pane mark.diff");
        let differs = || tab.each(".pane.a mark.diff", "e.textContent");
        assert_eq!(differs().len(), 2);
        tab.js("const kinds = document.querySelector('.cmp-bar select'); kinds.value = 'date'; kinds.dispatchEvent(new Event('change', { bubbles: true }))");
        tab.wait("the date alone", || differs() == ["March 3"]);
        assert_eq!(tab.address(), format!("{here}?kind=date"));
        tab.keys("n");
        tab.wait_for_text(".tools .count", "Difference 1 / 1");
        assert_eq!(tab.address(), format!("{here}?kind=date&hit=1"));
        tab.goto(&format!("{here}?view=differences&kind=figure"));
        tab.wait_for(".chip[aria-pressed=true]");
        assert_eq!((tab.count(".dif-row"), tab.text(".dif-row h3")), (1, "1Figure".to_owned()));
        tab.click(".chip");
        tab.wait("all kinds", || tab.count(".dif-row") == 2);
    });
}

#[test]
fn of_a_long_sentence_in_hand_the_clause_that_answers_stands_out() {
    let page = pages::of(&[
        (
            "north.txt",
            "North.\n\nThe mayor, who had been ill since the spring and missed two councils, opened the new market \
             hall on the quay, which will be run by farmers of the valley.\n\nThe harvest was poor.",
        ),
        (
            "south.txt",
            "South.\n\nIll since the spring, he missed two councils.\n\nThe new market hall on the quay was opened.\n\n\
             The harvest was poor this year.",
        ),
    ]);
    let answers = "[...document.querySelectorAll('.pane.a .psg.on .answers')].map(e => e.textContent)";
    everywhere(&page, |tab| {
        compare(tab);
        assert_eq!(tab.count(".answers"), 0, "nothing is in hand");
        for (number, clause) in [
            (1, "who had been ill since the spring and missed two councils"),
            (2, "opened the new market hall on the quay"),
        ] {
            tab.click(&format!(".pane.a .ref[data-n='{number}']"));
            tab.wait_until(&format!("{answers}.join() === '{clause}'"));
            // The rest steps back.
            let colours = tab.js(
                "return ['.psg.on', '.psg.on .answers'].map(of => getComputedStyle(document.querySelector(`.pane.a ${of}`)).color)",
            );
            assert_ne!(colours[0], colours[1]);
        }
        // What answers is all of a short sentence.
        assert_eq!(tab.count(".pane.b .answers"), 0);
    });
}
