//! Entities: who and what the articles name, and which mentions name the same one.
//!
//! A [`page::Page`] of words → sources append [`candidate::Candidate`]s ([`listed`] names, the trained [`model`] over
//! [`features`], dates and amounts in [`dated`]) → [`candidate::choose`] makes marks that never cross → [`link`]
//! joins marks to entities within and across the articles. What a reader corrects ([`corrections`]) is laid over
//! that by [`correct`].
//!
//! Invariant: deterministic, total, and near linear in the text. A false merge is worse than a missed one.

mod acronym;
mod candidate;
mod corrected;
pub mod corrections;
mod dated;
mod entity;
mod features;
mod gazetteer;
mod gloss;
mod hash;
mod kept;
mod kind;
mod link;
mod listed;
mod lists;
mod model;
mod page;
mod people;
mod reader;
mod roles;
pub mod training;
mod when;

pub use corrected::{Corrected, SaidOfPair, correct};
pub use entity::{Entities, Entity, Mention, Relation, RelationKind, Why};
pub use kept::ahead as read_ahead;
pub use kind::Kind;

use crate::article::Article;

/// Recognises what the articles name and joins the mentions to entities.
pub fn recognise(articles: &[Article]) -> Entities {
    kept::with(articles, |readings| link::link(readings, lists::Lists::get()))
}

#[cfg(test)]
mod tests {
    use super::{Entities, Kind, Why, recognise};
    use crate::article::{Article, Block, BlockKind, Meta};
    use crate::text::{self, Span};
    use proptest::prelude::*;

    /// An article of one paragraph a line; a line that begins with "# " is a heading.
    fn article(text: &str) -> Article {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            let heading = line.starts_with("# ");
            let start = at + if heading { 2 } else { 0 };
            let span = Span::new(start, at + line.len());
            let moved = |s: Span| Span::new(s.start as usize + start, s.end as usize + start);
            let sentences = match heading {
                true => vec![span],
                false => text::sentences(span.of(text)).into_iter().map(moved).collect(),
            };
            let kind = if heading { BlockKind::Heading(2) } else { BlockKind::Paragraph };
            blocks.push(Block { kind, span, sentences, number: None });
            at += line.len() + 1;
        }
        Article { slug: "a".into(), meta: Meta::default(), text: text.into(), blocks }
    }

    fn read(texts: &[&str]) -> (Vec<Article>, Entities) {
        let articles: Vec<Article> = texts.iter().map(|text| article(text)).collect();
        let entities = recognise(&articles);
        (articles, entities)
    }

    /// Mentions of one text as "surface/kind", dates and quantities too.
    fn check(text: &str, expected: &[&str]) {
        let (articles, found) = read(&[text]);
        let got: Vec<String> = found.mentions[0]
            .iter()
            .map(|m| {
                format!("{}/{}", m.span.of(&articles[0].text), found.entities[m.entity as usize].kind.label())
            })
            .collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn mentions() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("Nothing is named in this plain sentence.", &[]),
            ("Since Iran’s move, U.S.-Iran talks stalled.", &["Iran/place", "U.S./place", "Iran/place"]),
            ("Gaza-based leaders met Iranian-backed militias.", &["Gaza/place", "Iranian/group"]),
            ("Joint Israeli-American efforts go on.", &["Israeli/group", "American/group"]),
            (
                "It met Iran’s Deputy Foreign Minister Abbas Araghchi there.",
                &["Iran/place", "Abbas Araghchi/person"],
            ),
            ("The talks moved Prime Minister Benjamin Netanyahu.", &["Benjamin Netanyahu/person"]),
            ("WASHINGTON — The White House announced it.", &["WASHINGTON/place", "White House/organisation"]),
            (
                "They praised the Joint Comprehensive Plan of Action (JCPOA) again.",
                &["Joint Comprehensive Plan of Action/law", "JCPOA/law"],
            ),
            (
                "It followed the October 7th Hamas massacre.",
                &["October 7th Hamas massacre/event", "Hamas/organisation"],
            ),
            (
                "After the October 7, 2023 massacre all changed.",
                &["October 7, 2023 massacre/event", "October 7, 2023/date"],
            ),
            ("Critics say the Biden administration hesitates.", &["Biden/person"]),
            (
                "He leads the Ministry of Agriculture and Forestry.",
                &["Ministry of Agriculture and Forestry/organisation"],
            ),
            ("Envoys of Hamas and Fatah met.", &["Hamas/organisation", "Fatah/organisation"]),
            ("He signed the Ohrid Framework Agreement.", &["Ohrid Framework Agreement/law", "Ohrid/place"]),
            ("It came in the wake of Abraham Accords-driven normalization.", &["Abraham Accords/law"]),
            ("They planned Operation Iron Swords.", &["Operation Iron Swords/event"]),
            ("We met Kim Jong-un and Osama bin Laden.", &["Kim Jong-un/person", "Osama bin Laden/person"]),
            ("In May 2012 it cost $5 million.", &["May 2012/date", "$5 million/money"]),
            ("# Implications for American and Regional Policy\nHe left.", &["American/group"]),
            ("# Implications for Regional Security\nHe left.", &[]),
            ("# The Stakes for Israel and the West\nHe left.", &["Israel/place", "West/place"]),
            ("In which hundreds of civilians died.", &["hundreds of civilians/quantity"]),
            ("The Hague is calm. Turkey agreed.", &["The Hague/place", "Turkey/place"]),
        ];
        for (text, expected) in cases {
            check(text, expected);
        }
    }

    /// Which surfaces of several texts are one entity: each group is "name: surface surface …".
    fn linked(texts: &[&str], expected: &[(&str, &[&str])]) {
        let (articles, found) = read(texts);
        for (name, surfaces) in expected {
            let index = found.entities.iter().position(|entity| entity.name == *name);
            let index = index.unwrap_or_else(|| panic!("no {name} in {:#?}", found.entities)) as u32;
            let got: Vec<&str> = articles
                .iter()
                .zip(&found.mentions)
                .flat_map(|(article, marks)| {
                    marks.iter().filter(|m| m.entity == index).map(|m| m.span.of(&article.text))
                })
                .collect();
            assert_eq!(&got, surfaces, "{name}");
        }
    }

    #[test]
    fn joined_within_and_across_articles() {
        linked(
            &[
                "They met Abbas Araghchi in Oman. Later Araghchi said no.",
                "Diplomats saw that Araghchi smiled.",
            ],
            &[("Abbas Araghchi", &["Abbas Araghchi", "Araghchi", "Araghchi"])],
        );
        // Two people of one family name stay two, and the name alone is neither.
        linked(
            &["They saw Bill Clinton and Hillary Clinton. Then Clinton said yes."],
            &[
                ("Bill Clinton", &["Bill Clinton"]),
                ("Hillary Clinton", &["Hillary Clinton"]),
                ("Clinton", &["Clinton"]),
            ],
        );
        linked(
            &["They joined the Tirana Airport Partners (TAP) group.", "Officials say TAP will run it."],
            &[("Tirana Airport Partners", &["Tirana Airport Partners", "TAP", "TAP"])],
        );
        linked(
            &["Aid from the U.S. came.", "The United States gave aid, and US envoys went."],
            &[("United States", &["U.S.", "United States", "US"])],
        );
        linked(
            &["The UAE agreed.", "The United Arab Emirates agreed with Hizballah.", "It struck Hezbollah."],
            &[
                ("United Arab Emirates", &["UAE", "United Arab Emirates"]),
                ("Hezbollah", &["Hizballah", "Hezbollah"]),
            ],
        );
        linked(
            &[
                "After the October 7, 2023 massacre it fled.",
                "The October 7 attack and the October 7th Hamas massacre shook it.",
            ],
            &[(
                "October 7th Hamas massacre",
                &["October 7, 2023 massacre", "October 7 attack", "October 7th Hamas massacre"],
            )],
        );
        linked(
            &["Former leader George W. Bush spoke. Critics say George Bush left."],
            &[("George W. Bush", &["George W. Bush", "George Bush"])],
        );
    }

    #[test]
    fn capitals_and_peoples_are_relations() {
        let (_, found) = read(&["Tehran warned that Iranian forces of Iran would strike."]);
        let iran = found.entities.iter().position(|entity| entity.id == "iran");
        let related: Vec<(&str, Option<usize>)> = found
            .entities
            .iter()
            .flat_map(|entity| {
                entity.relations.iter().map(|r| (entity.name.as_str(), Some(r.entity as usize)))
            })
            .collect();
        assert_eq!(related, [("Tehran", iran), ("Iranians", iran)]);
    }

    proptest! {
        #[test]
        fn total_sorted_and_never_crossing(
            text in "([A-Z][a-z]{0,6}|the|of|and|October 7|U\\.S\\.|\\(ABC\\)|Iran|al-|’s|\\PC{0,4}|[ .,\\-\n]){0,60}"
        ) {
            let articles = [article(&text), article("The Alpha Beta Council (ABC) met.")];
            let found = recognise(&articles);
            prop_assert_eq!(&found, &recognise(&articles));
            let mut ids: Vec<&str> = found.entities.iter().map(|entity| entity.id.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), found.entities.len());
            for (article, marks) in articles.iter().zip(&found.mentions) {
                for (at, mark) in marks.iter().enumerate() {
                    prop_assert!(!mark.span.of(&article.text).is_empty());
                    prop_assert!((mark.entity as usize) < found.entities.len() && mark.certainty <= 100);
                    for later in &marks[at + 1..] {
                        prop_assert!(mark.span.start <= later.span.start);
                        prop_assert!(!mark.span.overlaps(later.span) || mark.span.contains(later.span));
                    }
                }
            }
        }
    }

    #[test]
    fn endless_runs_are_cut() {
        for endless in ["Mr Foo ", "Iranian ", "Foo (F) ", "of ", "Foo-", "MR FOO "] {
            let (_, found) = read(&[&endless.repeat(20_000)]);
            assert!(found.mentions[0].len() <= 60_000, "{endless}");
        }
    }

    #[test]
    fn an_office_is_no_part_of_a_name() {
        let text = "President Obama met Mr. Trump on Friday. Mr. Obama left.";
        check(text, &["Obama/person", "Trump/person", "Friday/date", "Obama/person"]);
    }

    /// Whom the offices in a text are marked as: "office: name", in text order.
    fn held(text: &str, expected: &[&str]) {
        let (articles, found) = read(&[text]);
        let got: Vec<String> = found.mentions[0]
            .iter()
            .filter(|m| m.why == Why::Role)
            .map(|m| {
                let entity = &found.entities[m.entity as usize];
                let office = m.span.of(&articles[0].text);
                assert!(!entity.aliases.iter().any(|alias| alias == office));
                format!("{office}: {}", entity.name)
            })
            .collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn an_office_alone_is_whom_the_article_names_with_it() {
        let said = "They met Prime Minister Benjamin Netanyahu on Friday.";
        held(&format!("{said} The prime minister said no."), &["prime minister: Benjamin Netanyahu"]);
        held(
            "Abbas Araghchi, Iran's foreign minister, left. In Oman the Iranian foreign minister spoke.",
            &["Iranian foreign minister: Abbas Araghchi"],
        );
        held(
            "The talks moved Benjamin Netanyahu, the prime minister, on Friday. Later the prime minister's aides left.",
            &["prime minister: Benjamin Netanyahu"],
        );
        held(
            "Iranian President Hassan Rouhani met French President Emmanuel Macron. The French president smiled.",
            &["French president: Emmanuel Macron"],
        );
        held(
            "They met Secretary of State Hillary Clinton and Attorney General Eric Holder. The secretary of state said no, and \
             the attorney general agreed.",
            &["secretary of state: Hillary Clinton", "attorney general: Eric Holder"],
        );
        // Another holder, one that was, one that may be, somebody else's; and before he is named.
        for more in [
            "The former prime minister Ehud Olmert left.",
            "British Prime Minister David Cameron left.",
            "They want a prime minister.",
            "The Turkish prime minister said nothing.",
            "Prime ministers come and go.",
            "Her prime minister said nothing.",
        ] {
            held(&format!("{said} {more} The prime minister said no."), &[]);
        }
        held(&format!("The prime minister said no. {said}"), &[]);
        held(&format!("{said} The prime minister of Italy said no."), &[]);
        held(&format!("{said} The prime minister post is his."), &[]);
        held(&format!("{said} They met Ann Lee, the prime minister and director of Elm."), &[]);
        // "The president" may be the reader's own where another country's is named.
        held("They met Iranian President Hassan Rouhani. The president said no.", &[]);
        held("They met President Barack Obama. The president said no.", &["president: Barack Obama"]);
        let far = "It rained all day in the hills. ".repeat(70);
        held(&format!("{said} {far} The prime minister said no."), &[]);
    }

    #[test]
    fn places_are_glossed_where_the_tables_know_them() {
        let gloss = |text: &str, name: &str| {
            let (_, found) = read(&[text]);
            let entity = found.entities.iter().find(|entity| entity.name == name);
            entity.unwrap_or_else(|| panic!("no {name}: {:?}", found.entities)).gloss.clone()
        };
        let text =
            "They went from Mashhad in Iran to Cairo, to Taiwan, to Birmingham and to Nevada with Ann Lee.";
        assert_eq!(gloss(text, "Mashhad"), "city, Iran (GeoNames)");
        assert_eq!(gloss(text, "Iran"), "country, Southern Asia (CLDR)");
        assert_eq!(gloss(text, "Cairo"), "seat of government, Egypt (Crossread)");
        assert_eq!(gloss(text, "Taiwan"), "Eastern Asia (CLDR)");
        // Two countries have one; a region; a person.
        for name in ["Birmingham", "Nevada", "Ann Lee"] {
            assert_eq!(gloss(text, name), "");
        }
        assert_eq!(gloss("They went to Georgia on Friday.", "Georgia"), "");
        assert_eq!(gloss("They went to Georgetown on Friday.", "Georgetown"), "");
        assert_eq!(
            gloss("They went to Georgetown in Guyana.", "Georgetown"),
            "seat of government, Guyana (Crossread)"
        );
        let told = "They went to Georgia on Friday. Tbilisi is calm.";
        assert_eq!(gloss(told, "Georgia"), "country, Western Asia (CLDR)");
    }

    #[test]
    fn states_in_short() {
        let text = "Sen. John Kerry, D-Mass., met Rep. Dana Rohrabacher, R-Calif., and Pat Roberts (R-Texas) in Tucson, Ariz., \
                    on Friday.";
        let expected = [
            "John Kerry/person",
            "Mass./place",
            "Dana Rohrabacher/person",
            "Calif./place",
            "Pat Roberts/person",
            "Texas/place",
            "Tucson/place",
            "Ariz./place",
            "Friday/date",
        ];
        check(text, &expected);
        linked(
            &[
                "He lives in Albany, N.Y., now. New York paid. The F.B.I. asked al Qaeda.",
                "The FBI asked Al-Qaeda.",
            ],
            &[
                ("New York", &["N.Y.", "New York"]),
                ("Federal Bureau of Investigation", &["F.B.I.", "FBI"]),
                ("Al-Qaeda", &["al Qaeda", "Al-Qaeda"]),
            ],
        );
    }

    #[test]
    fn what_stands_before_a_name() {
        check(
            "The candidate pledges to end \"[President Barack] Obama's war on religion\" soon.",
            &["Obama/person"],
        );
        check("Barack Obama left. Plus Obama spoke.", &["Barack Obama/person", "Obama/person"]);
        check("They met Kentucky Sen. Rand Paul.", &["Kentucky/place", "Rand Paul/person"]);
        check("They met Bishop Daniel Jenky.", &["Daniel Jenky/person"]);
        check("They met Donald Trump Jr. on Friday.", &["Donald Trump Jr./person", "Friday/date"]);
        check("They named William \"Mo\" Cowan.", &["William \"Mo\" Cowan/person"]);
    }

    #[test]
    fn a_title_in_capitals_takes_no_verb_into_a_name() {
        let expected = ["Michael Steele/person", "Afghanistan/place", "Michael Steele/person", "Friday/date"];
        check(
            "Michael Steele Criticized for Afghanistan Comments\n\nThe chairman, Michael Steele, was criticized on Friday.",
            &expected,
        );
    }

    #[test]
    fn every_kind_has_its_own_word() {
        let mut words: Vec<&str> = Kind::ALL.iter().map(|kind| kind.label()).collect();
        words.dedup();
        assert_eq!(words.len(), Kind::ALL.len());
    }
}
