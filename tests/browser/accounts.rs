//! Several accounts: from the library to their claims, from a claim to a pair, from a pair into a file.

use crate::support::{Tab, everywhere, pages};

/// Four accounts of one fire, two of them of one origin, one silent on who was hurt; and two other articles.
fn page() -> std::path::PathBuf {
    let wire = "The ferry Aurora caught fire off Corfu on Friday with ninety people on board, the coast guard said. \
                Two patrol boats towed the burning ferry Aurora into the harbour of Corfu before noon.";
    let story = |own: &str| format!("{wire} {own}");
    pages::of(&[
        (
            "north.txt",
            &story("The fire on the ferry Aurora injured 12 passengers, the hospital of Corfu said."),
        ),
        (
            "south.txt",
            &story("The fire on the ferry Aurora injured 14 passengers, the hospital of Corfu said."),
        ),
        (
            "east.txt",
            "Passengers of the ferry Aurora waited four hours off Corfu. A fire began in the engine \
                      room of the ferry Aurora on Friday. The owner of the ferry Aurora lives in Trieste.",
        ),
        (
            "west.txt",
            "Investigators in Corfu boarded the ferry Aurora on Saturday. Fire had broken out on Friday in \
                      the engine room of the ferry Aurora. It carried figs.",
        ),
        ("figs.txt", "Growers in Smyrna expect a late harvest. Rain fell for most of May."),
        ("chess.txt", "Maria Lopez won the open in Madrid. Her last game lasted nine hours."),
    ])
}

#[track_caller]
fn open(tab: &Tab) {
    tab.goto("#/compare/north/south/east/west");
    tab.wait_for(".mx tbody tr");
}

#[test]
fn a_story_opens_against_its_claims_and_every_figure_leads_to_a_pair() {
    everywhere(&page(), |tab| {
        tab.size(1280, 900);
        tab.goto("#/");
        tab.click(".story header a[href^='#/story/']");
        tab.wait_for(".mx tbody tr");
        tab.wait_for_text("main .view-head", "independent");

        open(tab);
        let head = tab.text("main .view-head .nums");
        assert!(head.contains("4 articles, 3 independent"), "{head}");
        assert!(tab.text("main .view-head").contains("share most of their sentences: counted once"));
        // Signs have words.
        let signs = tab.each(".mx tbody td > *", "e.getAttribute('aria-label').split(': ').pop()");
        for word in ["reports it", "silent", "differs"] {
            assert!(signs.iter().any(|sign| sign == word), "{word} in {signs:?}");
        }

        // Where they differ: both values in words, and the pair on which they stand.
        tab.click(".modes a[href*='view=differences']");
        tab.wait_until("document.querySelectorAll('.mx:not(.each) tbody tr').length === 1");
        tab.click(".mx tbody summary");
        let said = tab.text(".mx tbody .dis");
        assert!(said.contains("Figure") && said.contains("12") && said.contains("14"), "{said}");
        tab.click(".mx tbody .dis a");
        tab.wait_for(".cmp .psg.on");
        assert!(tab.address().starts_with("#/compare/north/south?at="), "{}", tab.address());
        let lit: Vec<String> = tab.texts(".cmp .psg.on");
        assert!(lit.len() == 2 && lit.iter().all(|quote| quote.contains("injured 1")), "{lit:?}");

        tab.back();
        tab.click(".mx.each tbody td a");
        tab.wait_for(".cmp");
    });
}

#[test]
fn three_stand_side_by_side_and_steps_go_through_their_claims() {
    everywhere(&page(), |tab| {
        tab.size(1600, 900);
        tab.goto("#/compare/north/south/east");
        tab.wait_for(".mx.few tbody tr");
        assert_eq!(tab.count(".mx.few thead th"), 4);
        let rows = tab.count(".mx.few tbody tr");
        for step in 1..=rows {
            tab.keys("n");
            tab.wait_for_text(".cmp-tools .count", &format!("Claim {step} / {rows}"));
            assert_eq!(tab.count(".mx.few tr.on"), 1);
        }
        tab.keys("n");
        tab.wait_for_text("#said", "No more in that direction");
        // The same link shows the same claim.
        let there = tab.address();
        tab.goto(&there);
        tab.wait_for(&format!(".mx.few tbody tr.on:nth-child({rows})"));
    });
}

#[test]
fn more_than_two_are_ticked_and_a_phone_has_cards() {
    everywhere(&page(), |tab| {
        tab.size(390, 800);
        tab.goto("#/");
        for slug in ["north", "south", "west"] {
            tab.click(&format!(".row[data-slug={slug}] input"));
        }
        tab.click(".tray a.btn");
        tab.wait_for(".claims > li .stands");
        assert_eq!(tab.address(), "#/compare/north/south/west");
        let wide = tab.js("return document.documentElement.scrollWidth > innerWidth");
        assert_eq!(wide, false, "nothing is wider than the phone");
    });
}

#[test]
fn a_comparison_is_saved_as_a_file_and_a_difference_has_its_link() {
    everywhere(&page(), |tab| {
        tab.size(1280, 900);
        tab.goto("#/compare/north/south?view=differences");
        tab.wait_for(".exports");
        let files =
            [("md", "injured **12** passengers"), ("csv", "\"figure\""), ("json", "\"kind\":\"figure\"")];
        for (button, (end, part)) in files.into_iter().enumerate() {
            tab.click(&format!(".exports button:nth-of-type({})", button + 1));
            let file = tab.downloaded(&format!("the-ferry-aurora-caught-fire-off-corfu-on.{end}"));
            let text = String::from_utf8(file).unwrap();
            assert!(text.contains(part), "{part} in {text}");
        }
        tab.click(".dif-row .beside a[href*='hit=0']:not([href*='view'])");
        tab.wait_for(".cmp .psg.on");
        // Pointing at a passage lights its partner.
        tab.js("document.querySelector('.pane.a .psg').dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))");
        tab.wait_until("document.querySelector('.pane.b .psg[data-lit]') !== null");
    });
}
