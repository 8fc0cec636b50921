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
        tab.keys("n");
        tab.wait_for(".pane .psg.on");
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
