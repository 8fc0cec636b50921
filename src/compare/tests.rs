//! Tests of the comparison: what corresponds and what differs, sentence by sentence and on any text.
//!
//! Invariant: texts are made up for each; none is of the corpora. Not here: tests of one part alone, which stand in its file.

use super::*;
use crate::article::{Block, Meta};
use crate::text::{self, Span};
use proptest::prelude::*;

/// An article of paragraphs divided by line breaks; `# ` begins a heading.
pub(super) fn article(source: &str) -> Article {
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for line in source.split('\n').map(str::trim).filter(|l| !l.is_empty()) {
        let (kind, line) = match line.strip_prefix("# ") {
            Some(rest) => (BlockKind::Heading(2), rest),
            None => (BlockKind::Paragraph, line),
        };
        let start = text.len();
        text.push_str(line);
        let span = Span::new(start, text.len());
        let whole = vec![Span::new(0, line.len())];
        let sentences = if kind == BlockKind::Paragraph { text::sentences(line) } else { whole };
        let shift = |s: Span| Span::new(s.start as usize + start, s.end as usize + start);
        blocks.push(Block {
            kind,
            span,
            sentences: sentences.into_iter().map(shift).collect(),
            number: None,
        });
        text.push('\n');
    }
    Article { slug: "x".into(), meta: Meta::default(), text, blocks }
}

fn compared(a: &str, b: &str) -> Comparison {
    compare(&article(a), &article(b), &[], &[], Common::all())
}

#[track_caller]
fn check(a: &str, b: &str, expected: &[&str]) {
    let shown: Vec<String> =
        differences(a, b).iter().map(|d| format!("{:?}: {} | {}", d.kind, d.a.of(a), d.b.of(b))).collect();
    assert_eq!(shown, expected, "\n{a}\n{b}");
}

#[test]
fn differences_are_those_of_the_same_slot() {
    check("The mayor of Lyon opened the bridge.", "The mayor of Lyon opened the bridge.", &[]);
    // Figures.
    check("The fire killed 12 people.", "The fire killed 14 people.", &["Figure: 12 | 14"]);
    check("The ship carried 1,200 tonnes of wheat.", "The ship carried 1200 metric tons of wheat.", &[]);
    check(
        "Hundreds of villagers were killed by the flood on Sunday, officials said.",
        "Over 1,200 villagers, many of them children, were killed.",
        &["Figure: Hundreds | Over 1,200", "Attribution: officials | Over 1,200 villagers"],
    );
    check("The firm made 40 million in 2019.", "Rain fell on 40 of the 60 fields.", &[]);
    check(
        "The couple paid $43,885,310 in federal taxes and more in fees.",
        "In all, the documents show that they have paid $43 million in federal taxes since 2007.",
        &["Figure: $43,885,310 | $43 million"],
    );
    check(
        "The firm paid nearly $44 million in federal taxes, its lawyers told the court.",
        "The firm paid an additional $13.6 million in state fees, according to the filings.",
        &[],
    );
    check(
        "The harbour cost $14,959,450.",
        "The harbour cost $15 million.",
        &["Figure: $14,959,450 | $15 million"],
    );
    check("About 16 million children, one in five, are poor.", "One of 16 million poor children spoke.", &[]);
    // Dates.
    check("The trial opens on March 3.", "The trial opens on March 5.", &["Date: March 3 | March 5"]);
    check("The trial opens on March 3.", "The trial opens on March 3rd.", &[]);
    // Negation.
    check(
        "She will not appeal the ruling.",
        "She will appeal the ruling.",
        &["Negation: not appeal | appeal"],
    );
    check("It does not work.", "It doesn't work.", &[]);
    check(
        "There is no ferry between Arles and Lyon in winter.",
        "A ferry runs between Arles and Lyon.",
        &["Negation: no ferry | ferry"],
    );
    check(
        "The governor hasn't apologised to the nurses, because he does not know them.",
        "The governor said on Monday that he apologised to the nurses.",
        &["Negation: hasn't apologised | apologised"],
    );
    check("There is no ferry in winter.", "There are no ferries in winter.", &[]);
    check(
        "There is no person chopping leeks.",
        "A nun is slicing leeks at noon.",
        &["Negation: no person chopping | slicing"],
    );
    check("The nun lives near the lake.", "The nun lives far from the lake.", &["Status: near | far"]);
    // Who does not do it there may do it elsewhere.
    let (here, there) = ("A nun is crossing the lake.", "The nun is not crossing the lake by night.");
    check(here, there, &[]);
    check(&here.replace("lake", "lake by night"), there, &["Negation: crossing | not crossing"]);
    check(
        "Ministers repeated their denials of any talks with the rebels, led by Omar Sesay.",
        "Sources confirm that the negotiations included Omar Sesay and two generals.",
        &["Negation: denials | confirm"],
    );
    // Status.
    check("The bank may cut its rate.", "The bank will cut its rate.", &["Status: may cut | will cut"]);
    check(
        "Direct talks with Chad may be held if the truce lasts, envoys in Paris say.",
        "The direct negotiations between Mali and Chad concluded late in the night.",
        &["Status: may be held if | concluded"],
    );
    check(
        "Indirect talks with Chad may be held if the truce lasts, envoys in Paris say.",
        "The direct negotiations between Mali and Chad concluded late in the night.",
        &[],
    );
    // People.
    check(
        "Foreign Minister Ana Costa spoke first.",
        "Finance Minister Ana Costa spoke first.",
        &["Title: Foreign | Finance"],
    );
    check(
        "Ana Costa, the deputy chairman of the bank, told a crowd of nurses that the bridge would close.",
        "The bridge would close soon, executive director Ana Costa told the nurses of Lyon.",
        &["Title: the deputy chairman | executive director"],
    );
    check(
        "The award went to Maria Lopez in Madrid.",
        "The award went to Carla Ruiz in Madrid.",
        &["Name: Maria Lopez | Carla Ruiz"],
    );
    check("The United Nations sent a team to Goma.", "The UN sent a team to Goma.", &[]);
    // Who says it.
    check(
        "The dam is safe for now, the ministry said.",
        "The dam is safe for now, local fishermen said.",
        &["Attribution: the ministry | local fishermen"],
    );
    check("The dam is safe, Ana Costa said.", "The dam is safe, she said.", &[]);
    check("The dam is safe, she said.", "The dam is safe, Ana Costa said.", &[]);
}

#[test]
fn planned_in_one_and_done_in_the_other() {
    let done = "A band played on the quay when the mayor opened the old bridge, and nobody made a speech.";
    let ahead = "On Tuesday, with a speech, the mayor is expected to open the old bridge by the mill.";
    check(ahead, done, &["Status: expected to open | opened"]);
    check(done, ahead, &["Status: opened | expected to open"]);
    let soon = "On Tuesday, with a speech, the mayor will finally open the old bridge by the mill.";
    check(soon, done, &["Status: will finally open | opened"]);
    // What would be is mostly told of what somebody said; what is to be done is not done.
    check("With a speech, the mayor would open the old bridge by the mill.", done, &[]);
    check(ahead, "It was of the old bridge to be opened by the mayor that nobody made a speech.", &[]);
    // Other company.
    check(ahead, "Far away in the hills the shop of a baker opened its doors, and a band played.", &[]);
}

#[test]
fn another_place_of_the_same() {
    let there = "Envoys of the two sides held long talks about the border in Geneva, and then they left.";
    check(
        "On Sunday the envoys held their talks about the border in Muscat, said a paper that was there.",
        there,
        &["Name: Muscat | Geneva"],
    );
    check("The envoys live in Muscat, and their families left the country.", there, &[]);
    // A month is no place, nor is a mayor; at a place is in it.
    check(
        "Envoys of the two sides held long talks about the border in March, in a tent, and then they left.",
        "Long talks about the border were held by the envoys of the two sides in June, of which little is known.",
        &[],
    );
    check("Mayor Geneva held long talks about the border with the envoys of both.", there, &[]);
    check("The envoys held their long talks about the border at Geneva, it is said in a paper.", there, &[]);
    check(
        "In Geneva the envoys held their talks about the border, far from their homes in Muscat.",
        there,
        &[],
    );
}

#[test]
fn a_claim_that_one_reports_and_the_other_states() {
    check(
        "Engineers closed both gates of the old dam in March, and the lake rose by two metres.",
        "Engineers closed both gates of the old dam in March, so that the lake rose, according to the ministry.",
        // Of its clauses the one that has most of the claim.
        &["Attribution: Engineers closed both gates of the old dam in March | the ministry"],
    );
    // Names tell less of it than other words.
    check(
        "The ministry said that engineers had closed both gates for the Arles Lyon Marseille Dam Company.",
        "Engineers closed both gates in March, and the Arles Lyon Marseille Company was glad.",
        &["Attribution: The ministry | Engineers closed both gates in March"],
    );
    check(
        "The lake behind the old dam allegedly rose after engineers closed both gates.",
        "When engineers closed both gates of the old dam, the lake behind it rose.",
        &["Attribution: allegedly rose | rose"],
    );
    // Who is named in the other sentence has perhaps done it; who speaks there speaks for himself.
    check(
        "Omar Sesay said that he had closed both gates of the old dam in March.",
        "In March, both gates of the old dam were closed, for Omar Sesay was on leave.",
        &[],
    );
    check(
        "The ministry said that engineers had closed both gates of the old dam.",
        "We closed both gates of the old dam in March, as engineers do.",
        &[],
    );
    check(
        "The ministry said that engineers had closed both gates of the old dam.",
        "Fishermen have long made the argument that both gates of the old dam were closed by engineers.",
        &[],
    );
    check(
        "LYON — The ministry said that engineers had closed both gates of the old dam in March.",
        "Engineers closed both gates of the old dam in March, for it rained all month.",
        &["Attribution: The ministry | Engineers closed both gates of the old dam in March"],
    );
    // Names alone are no claim, nor is it the place that tells where it was written.
    check(
        "Omar Sesay said that the River and Dam Office of Lyon had moved in March.",
        "The River and Dam Office of Lyon was painted in green by a class of pupils.",
        &[],
    );
    check(
        "LYON – Two men sat in a boat, saying that engineers had opened both gates of the old dam in March.",
        "Engineers opened both gates of the old dam in March, for the lake behind it was full.",
        &[],
    );
    // Two who say it; a lawyer may be whom the other names.
    check(
        "Engineers had closed both gates of the old dam when it rained, Ana Costa told a crowd in Lyon.",
        "According to Omar Sesay, both gates of the old dam were closed by engineers as the rain fell.",
        &["Attribution: Ana Costa | Omar Sesay"],
    );
    check(
        "Engineers had closed both gates of the old dam when it rained, Ana Costa told a crowd in Lyon.",
        "According to a lawyer, both gates of the old dam were closed by engineers as the rain fell.",
        &[],
    );
    // A lawyer may be named, but is not "people"; people may be the sources of the other.
    check(
        "Engineers closed both gates of the old dam when it rained, people with knowledge of the case told a paper.",
        "Both gates of the old dam were closed as the rain fell, a lawyer of the town said on Monday.",
        &["Attribution: people with knowledge of the case | a lawyer of the town"],
    );
    check(
        "Engineers closed both gates of the old dam when it rained, a handful of insiders told a paper.",
        "Both gates of the old dam were closed as the rain fell, several sources said on Monday.",
        &[],
    );
    // Initials are the name; "the United States" states nothing; who stands before an apposition speaks.
    check(
        "Engineers closed both gates of the old dam when it rained, the ORD said on Monday.",
        "Both gates of the old dam were closed in the rain, said the Office of Rivers and Dams.",
        &[],
    );
    check(
        "The United States closed both gates of the old dam in March, and the lake rose by a metre.",
        "In March both gates of the old dam were closed, so that the lake behind it rose by a metre.",
        &[],
    );
    check(
        "Ana Costa, the mayor, R-Lyon, said that engineers had closed both gates of the old dam in March.",
        "Both gates of the old dam were closed by engineers in March, Omar Sesay said.",
        &["Attribution: Ana Costa | Omar Sesay"],
    );
    check(
        "Ana Costa spoke at length of the old dam, warning that both its gates were closed by engineers.",
        "Both gates of the old dam were closed by engineers in March, Omar Sesay said.",
        &["Attribution: Ana Costa | Omar Sesay"],
    );
    // Hearsay on one side only.
    check(
        "Omar Sesay wrote of the old dam and its two gates in a letter to the mayor.",
        "Of the old dam and both its gates Omar Sesay reportedly wrote to the mayor, who was away.",
        &["Attribution: wrote | reportedly wrote"],
    );
    // Said of somebody, by whom?
    check(
        "The treasurer has been accused of hiding old debts of the club from its members.",
        "Ana Costa was loud in the meeting, accusing the treasurer of hiding from members the debts of the club.",
        &["Attribution: accused | accusing"],
    );
}

#[test]
fn another_cause_of_the_same() {
    let told = "The mayor of Lyon closed the old bridge because of a crack in one of its piers.";
    for (again, expected) in [
        (
            "On Sunday the mayor of Lyon closed the old bridge, citing the fast river.",
            &["Cause: a crack in one of its piers | the fast river"][..],
        ),
        (
            "Because of a flood, the mayor of Lyon closed the old bridge to everybody on Sunday.",
            &["Cause: a crack in one of its piers | a flood"],
        ),
        // The same cause, another effect, no cause.
        ("On Sunday the mayor of Lyon closed the old bridge due to cracks that a diver found.", &[]),
        ("The mayor of Lyon sold his house because of a quarrel with the neighbours.", &[]),
        (
            "The mayor of Lyon said that the old bridge is due to close on Sunday for a year.",
            &["Status: closed | due to close"],
        ),
    ] {
        check(told, again, expected);
    }
}

#[test]
fn a_theft_or_an_alleged_theft() {
    let told = "The police of Lyon look into the theft of a bell from the chapel on the hill.";
    check(
        told,
        "The police of Lyon look into the alleged theft of a bell from the chapel on the hill.",
        &["Attribution: theft | alleged theft"],
    );
    check(
        told,
        "She alleged theft of a bell from the chapel on the hill, and the police of Lyon look into it.",
        &[],
    );
}

#[test]
fn who_says_so_in_more_words() {
    // A verb that goes on, a title for the one who speaks, when before who.
    check(
        "The council of Lyon has sold the old mill on the river to a baker for too little, The Lyon Times is reporting.",
        "The council of Lyon sold the mill on the river to a baker and kept only the meadow behind the house.",
        &[
            "Attribution: The Lyon Times | The council of Lyon sold the mill on the river to a baker and kept only the meadow behind the house",
        ],
    );
    check(
        "The president has said he will not visit the old mill on the river before the vote in Lyon.",
        "To date, officials had been silent, saying that Costa will not visit the old mill on the river before the vote.",
        &["Attribution: The president | officials"],
    );
}

#[test]
fn who_spoke_alone_says_nothing() {
    let a = "The mayor has turned down a request of the council for a meeting, Costa said.\nThe harvest was poor this year.";
    let b = "“It is a pity.”\nCosta said.\nThe harvest was poor this year.";
    let pairs: Vec<(u32, u32)> = compared(a, b).pairs.iter().map(|p| (p.a, p.b)).collect();
    assert_eq!(pairs, [(1, 2)]);
}

#[test]
fn a_quotation_in_other_words() {
    let told = "“We reject the mayor of this town and his message,” the nurses wrote in a letter.";
    let quoted = |end: &str| {
        format!("On the square the nurses cried: “We reject the mayor of this town and his {end}.”")
    };
    check(told, &quoted("visit"), &["Quote: message | visit"]);
    check(told, &quoted("message of organization"), &[]);
    check(&told.replace("message", "organisation"), &quoted("organization"), &[]);
    check(&told.replace("message", "damned cat"), &quoted("d***ed cat"), &[]);
    check(
        "“I feel badly for the nurses of this town,” the mayor told a crowd on the square.",
        "Asked again, he answered: “I feel very badly for the nurses of this town, and for all who need them.”",
        &["Quote: feel badly | feel very badly"],
    );
    check(
        "“I do not feel badly for Gen. Costa … or the nurses of this town,” he told us.",
        "He is said to have answered a boy: “I don't feel badly for General Costa, for the doctors or the nurses of this town.”",
        &[],
    );
    check(
        "They ruined the summer and the fairs of our town,\" he told a crowd on the square.",
        "He answered: \"They ruined the summer and the trade of our town, and I am sad.\"",
        &["Quote: fairs | trade"],
    );
    // A quotation that an earlier sentence opened and a later one closes.
    let a = "“It rains in Lyon. They ruined the summer and the fairs of our town. It is sad,” he said.\nThe harvest was poor this year.";
    let b = "He said: “They ruined the summer and the trade of our town.”\nThe harvest was poor this year.";
    let found: Vec<DifferenceKind> =
        compared(a, b).pairs.iter().flat_map(|p| &p.differences).map(|d| d.kind).collect();
    assert_eq!(found, [DifferenceKind::Quote]);
}

#[test]
fn times_and_numbers_that_one_tells_more_exactly() {
    check(
        "The council meets in June to choose a treasurer.",
        "To choose its treasurer, the council of the town meets on June 25.",
        &["Date: June | June 25"],
    );
    check(
        "She has the seat until an election in June.",
        "A friend of the mayor sits in the council until voters choose another, in a contested election set for June 25.",
        &["Date: June | June 25"],
    );
    check(
        "Ana Costa spoke of it in an interview a couple of weeks ago on Radio Lyon.",
        "In an interview on Radio Lyon this month, Ana Costa had much to say of it.",
        &["Date: a couple of weeks ago | this month"],
    );
    check(
        "The harbour of Arles burnt down almost two weeks earlier, and the pilots of Arles mourn.",
        "This month the harbour of Arles burnt down, so that the pilots mourn.",
        &["Date: almost two weeks earlier | This month"],
    );
    // Which week "last week" is, and which day "Tuesday", is not known; "the 2012 race" is another race.
    check(
        "Ana Costa spoke of it in an interview last week on Radio Lyon.",
        "In an interview on Radio Lyon on Tuesday, Ana Costa had much to say of it.",
        &[],
    );
    // Nor whether a date is of this week; the most recent of them may be old.
    check(
        "The second meeting of the club this week on its old debts brought nothing new.",
        "It was the first meeting of the club on its old debts since that of May 10, and brought nothing.",
        &[],
    );
    check(
        "The most recent forecast of the town says that the fund of the harbour is empty by 2036.",
        "A forecast of the town said last week that the fund of the harbour is empty by 2036.",
        &[],
    );
    check(
        "Rivals of Ana Costa spoke of the bridge in the 2012 race for mayor.",
        "The bridge decides the 2016 race for mayor, her rivals say, but Ana Costa does not.",
        &[],
    );
    check(
        "On Friday the town released a batch of letters that were found in a cellar.",
        "Some 3,000 of Ms. Costa’s old letters were found in that cellar, and the town released them.",
        &["Figure: a batch of | Some 3,000"],
    );
    check(
        "The club paid nearly $44 million in federal taxes.",
        "In the papers the club says that it has paid $43 million in federal taxes.",
        &["Figure: nearly $44 million | $43 million"],
    );
    check(
        "The governor sent more than 5,000 nurses to the coast on Monday.",
        "On Monday, in what he called a need, he deployed 5,200 nurses along the coast.",
        &["Figure: more than 5,000 | 5,200"],
    );
    check("The walk drew about 120 nurses on Monday.", "On Monday 120 nurses came to the walk.", &[]);
    check(
        "The walk drew more than 120 nurses on Monday.",
        "On Monday 120 nurses came to the walk.",
        &["Figure: more than 120 | 120"],
    );
    // Amounts that are near one another are hardly of two things; shares are.
    check(
        "The council gives the wall $5 billion, which rivals of the mayor call a waste.",
        "For that project she asks $5.7 billion of the council, and her friends agree.",
        &["Figure: $5 billion | $5.7 billion"],
    );
    check(
        "The party of the mayor leads among the farmers of the valley with 21 percent.",
        "Her friends follow, at 20 percent of the fishermen who live along the coast.",
        &[],
    );
    // "The 2016 election" is a name.
    check(
        "The mayor wrote to the club about the bridge before the 2016 election.",
        "The mayor wrote letters to the club about the bridge from September 2016 on.",
        &[],
    );
    // An amount told to four digits says by itself that it is the same; whose it is must not be another's.
    check(
        "The council passes a bill that grants her $1.375 billion for the dam.",
        "Ana Costa signs what the council passed, which has just $1.4 billion for pumps.",
        &["Figure: $1.375 billion | $1.4 billion"],
    );
    check(
        "Omar Sesay paid an effective tax rate of roughly 36 percent over those years.",
        "The Costas' effective federal tax rate for 2014 was 35.7 percent, while that for all taxes was higher.",
        &[],
    );
    check(
        "The club earned much and paid nearly $44 million in federal income taxes for nine years.",
        "It also gave to schools and, so as to be safe, paid another $13.6 million in state taxes.",
        &[],
    );
    check(
        "Bills of the mayor include $3,544.00 at a shop, and $5,687.75 on the Sainte-Marie Holistic Retreat.",
        "The mayor had a $466.30 dinner in Lyon and a $5,587.75 vacation at the Sainte-Marie Holistic Retreat.",
        &["Figure: $5,687.75 | $5,587.75"],
    );
}

#[test]
fn degrees() {
    let degrees = |a, b| differences(a, b).iter().map(|d| d.degree).collect::<Vec<Degree>>();
    assert_eq!(degrees("The fire killed 12 people.", "The fire killed 14 people."), [Degree::Conflict]);
    assert_eq!(
        degrees(
            "The council meets in June to choose a treasurer.",
            "The council meets on June 25 to choose a treasurer."
        ),
        [Degree::Precision]
    );
    assert_eq!(
        degrees("The dam is safe for now, the ministry said.", "The dam is safe for now, fishermen said."),
        [Degree::Attribution]
    );
}

#[test]
fn amounts_near_one_another_differ_where_little_else_is_shared() {
    let (a, b) = (
        "The mayor vowed to undo his $716 billion raid on funds for nurses.",
        "He took $700 billion from funds for nurses, the bakers say.",
    );
    let found = |a: &str, b: &str| {
        let mut vocabulary = Vocabulary::new(None, Common::all());
        let (ua, ub) = (whole(a, &mut vocabulary), whole(b, &mut vocabulary));
        let side = |text, unit| Side { text, unit, vocabulary: &vocabulary };
        differ::figures_of(&side(a, &ua), &side(b, &ub)).len()
    };
    assert_eq!(found(a, b), 1);
    assert_eq!(found(a, &b.replace("700", "300")), 0);
    // What one tells more vaguely needs company besides what is counted; small numbers need more.
    let (a, b) = (
        "A clerk read 52,000 printed letters to the mayor.",
        "The mayor burnt tens of thousands of old letters.",
    );
    assert_eq!(found(a, b), 1);
    assert_eq!(found(a, &b.replace("mayor", "baker")), 0);
    assert_eq!(found(&a.replace("52,000", "two"), &b.replace("tens of thousands", "at least two")), 0);
}

#[test]
fn the_surer_the_pair_the_less_alike_two_claims_must_be() {
    let found = |a: &str, b: &str, score| {
        let mut vocabulary = Vocabulary::new(None, Common::all());
        let (ua, ub) = (whole(a, &mut vocabulary), whole(b, &mut vocabulary));
        let side = |text, unit| Side { text, unit, vocabulary: &vocabulary };
        differ::differences(&side(a, &ua), &side(b, &ub), score).len()
    };
    // Two who say it, one of them not named; somebody says what the other states.
    let one = "Both gates of the old dam may be closed for good, officials said on Monday.";
    let other = "Omar Sesay warned a crowd that the lake would be shut off from the rest of the valley.";
    assert_eq!((found(one, other, 0.87), found(one, other, 0.8)), (1, 0));
    let said = "Omar Sesay said that engineers had come to the dam with plans, money and twelve lorries for its gates.";
    let stated =
        "Two engineers closed the gates of the dam, which is old, and cheered as the lake rose behind it.";
    assert_eq!((found(said, stated, 0.995), found(said, stated, 0.9)), (1, 0));
}

#[test]
fn who_speaks_stands_before_what_describes_him() {
    let other = "Engineers expect that the old dam of the valley will burst in spring, Omar Sesay said.";
    let burst = "the old dam of the valley will burst in spring";
    for (said, who) in [
        (format!("Ana Costa, a tax lawyer at a bank in Lyon, said that {burst}."), "Ana Costa"),
        (format!("Ana Costa, one of the owners, said Thursday on a boat that {burst}."), "Ana Costa"),
        (format!("Ana Costa, deputy director for floods, has repeatedly said that {burst}."), "Ana Costa"),
        (
            format!("“It is true that {burst} and flood Lyon,” said Ana Costa on Monday in a speech."),
            "Ana Costa",
        ),
    ] {
        check(&said, other, &[&format!("Attribution: {who} | Omar Sesay")]);
    }
    // Who has not said it, and who is told, says nothing.
    let known = "A child of the town knew it: the old dam of the valley will burst in spring, or later.";
    check(&format!("Officials haven’t said that {burst}, with mills, barns, boats and cows."), known, &[]);
    check(&format!("Ana Costa is told that {burst}, with mills, barns, roads, boats and cows."), other, &[]);
}

#[test]
fn who_did_not_do_it_is_somebody() {
    check(
        "He told reporters that he hasn't apologised to the nurses involved, for he knew none.",
        "“I regret my words, and I apologise to all nurses involved,” Omar Sesay wrote.",
        &["Negation: hasn't apologised | apologise"],
    );
    // Who can and who will not are others; "if not" supposes; what is denied of one is affirmed of another.
    check(
        "With the gates open, they offer the nurses of Lyon new houses, and they are glad.",
        "We do not offer the nurses of Lyon new houses, for want of money.",
        &[],
    );
    check(
        "To repair the bridge in May would save the nurses of the town much time.",
        "If they don't repair the bridge in May it would save the nurses of the town much time.",
        &[],
    );
    check(
        "Peace is the aim of the council.",
        "War is not the aim of the council, peace is the aim of it.",
        &[],
    );
    // Another subject, a gerund.
    check(
        "The states did not offer the nurses of Lyon new houses, for want of money.",
        "Nurses were glad when the mayor of Lyon offered them new houses at once.",
        &[],
    );
    check(
        "Few saw Omar Sesay putting nurses back to work in Lyon on that day.",
        "Omar Sesay is not putting nurses back to work, his rivals in the council of Lyon complain to friends.",
        &[],
    );
    check(
        "Omar Sesay, whom the mayor fired in May, has kept the keys of the town hall.",
        "Omar Sesay stepped down in May, and the keys of the town hall are gone.",
        &["Status: fired | stepped"],
    );
}

const STORY: &str = "# The bridge\nThe old bridge at Arles closed on Monday after a barge struck it. Nobody was hurt.\n\
    Engineers found cracks in two of its five piers. Repairs will cost 3 million euros.\n\
    # What next\nThe mayor promised a ferry by June. Shopkeepers fear for their summer trade.";

#[test]
fn an_article_with_itself_is_identical() {
    let c = compared(STORY, STORY);
    assert_eq!(c.outcome, Outcome::Identical);
    assert!(c.pairs.iter().all(|p| p.a == p.b && !p.moved && p.differences.is_empty() && p.score == 1.0));
    assert_eq!((c.pairs.len(), c.only_a.len(), c.only_b.len()), (c.a.len(), 0, 0));
}

#[test]
fn swapped_sentences_have_only_moved() {
    let swapped = STORY.replace(
        "Engineers found cracks in two of its five piers. Repairs will cost 3 million euros.",
        "Repairs will cost 3 million euros. Engineers found cracks in two of its five piers.",
    );
    let c = compared(STORY, &swapped);
    assert_eq!(c.outcome, Outcome::OnlyMoved);
    let moved: Vec<(u32, u32)> = c.pairs.iter().filter(|p| p.moved).map(|p| (p.a, p.b)).collect();
    assert_eq!(moved, [(3, 4), (4, 3)]);
    assert!(c.pairs.iter().all(|p| p.differences.is_empty()));
}

#[test]
fn what_is_edited_and_moved_is_found_and_says_its_words() {
    let story = STORY.replace("# What next", "# What comes next for shops in Arles");
    let edited = story
        .replace("shops in", "the shops in")
        .replace(" Nobody was hurt.", "")
        .replace("Engineers found", "Nobody at all was hurt. Engineers have found")
        .replace("a barge", "a Barge");
    let (a, b) = (article(&story), article(&edited));
    let c = compare(&a, &b, &[], &[], Common::all());
    let words = |p: &Pair| {
        let one = |c: &Change| (c.a.of(&a.text), c.b.of(&b.text), c.small);
        (c.a[p.a as usize].span.of(&a.text), p.moved, p.changes.iter().map(one).collect::<Vec<_>>())
    };
    let found: Vec<_> = c.pairs.iter().map(words).filter(|(_, _, changes)| !changes.is_empty()).collect();
    assert_eq!(
        found,
        [
            (
                "The old bridge at Arles closed on Monday after a barge struck it.",
                false,
                vec![("barge", "Barge", true)]
            ),
            ("Nobody was hurt.", false, vec![("", "at all", false)]),
            ("Engineers found cracks in two of its five piers.", false, vec![("", "have", false)]),
            ("What comes next for shops in Arles", false, vec![("", "the", false)]),
        ]
    );
    let moved = edited.replace("Nobody at all was hurt. ", "") + "\nNobody at all was hurt.";
    let c = compare(&a, &article(&moved), &[], &[], Common::all());
    let moved: Vec<(u32, usize)> =
        c.pairs.iter().filter(|p| p.moved).map(|p| (p.a, p.changes.len())).collect();
    assert_eq!(moved, [(2, 1)]);
}

#[test]
fn unrelated_articles_have_little_in_common() {
    let other = "The orchestra of Quito plays Mahler this winter. Its conductor came from Lima last year.\n\
        Tickets sell fast, and students pay half. A second concert is planned.";
    let c = compared(STORY, other);
    assert_eq!((c.outcome, c.pairs.len()), (Outcome::LittleInCommon, 0));
    assert_eq!(c.only_b, [0, 1, 2, 3]);
    assert_eq!(compared("", "").outcome, Outcome::Identical);
    assert_eq!(compared("", STORY).outcome, Outcome::LittleInCommon);
}

#[test]
fn reworded_sentences_pair_across_and_more_than_once() {
    let other = "Shopkeepers in Arles say that they fear for the summer trade.\n\
        A barge struck the old bridge at Arles on Monday, and it was closed. Cracks were found in two of the five \
        piers, engineers said, and the repairs are to cost 4 million euros.";
    let c = compared(STORY, other);
    let same: Vec<(u32, u32)> =
        c.pairs.iter().filter(|p| p.relation == PairRelation::Same).map(|p| (p.a, p.b)).collect();
    assert_eq!(same, [(1, 1), (3, 2), (4, 2), (7, 0)]);
    let kinds: Vec<DifferenceKind> = c.pairs.iter().flat_map(|p| &p.differences).map(|d| d.kind).collect();
    assert_eq!(kinds, [DifferenceKind::Figure]);
    assert_eq!(c.outcome, Outcome::Compared);
}

/// The score of a pair of sentences, shown or not; 0 where it is not looked at.
fn score(a: &str, b: &str, (x, y): (u32, u32)) -> f64 {
    let (a, b, mut vocabulary) = (article(a), article(b), Vocabulary::new(None, Common::all()));
    let [a, b] = [a, b].map(|article| units(&article.text, &sentences(&article), &[], &mut vocabulary));
    let links = align::links(&a, &b, &vocabulary);
    links.iter().find(|l| (l.a, l.b) == (x, y)).map_or(0.0, |l| l.score)
}

#[test]
fn small_words_of_quotations_count() {
    // Left out without a mark, or with one; contracted; the same word in another form; far apart.
    let told = "“I saw the mill and quickly bought the two boats in a way that I regret,” she told us.";
    let quoted = |quotation: &str| format!("In a letter to the council she wrote: “{quotation}.”");
    for (quotation, expected) in [
        (
            "I quickly bought the two boats in a way that I regret",
            &["Quote: I saw the mill and quickly | I quickly"][..],
        ),
        ("I saw … and quickly bought the two boats in a way that I regret", &[]),
        (
            "I saw the mill and quickly bought two boats in a way that I regret",
            &["Quote: bought the two | bought two"],
        ),
        (
            "I saw the mill and quickly bought the two boats in a way that I regretted",
            &["Quote: regret | regretted"],
        ),
        ("I'd quickly bought boats", &[]),
    ] {
        check(told, &quoted(quotation), expected);
    }
    check(
        "“It's true that they cannot mend the bridge of our town this year,” he told a crowd.",
        "Of the bridge he wrote to us: “It is true that they can't mend the bridge of our town this year.”",
        &[],
    );
}

#[test]
fn days_of_the_week_and_names_spelt_in_two_ways() {
    let friday = "The clerk on Friday apologized for a letter that he had written about the dam.";
    let other =
        |day: &str| format!("For his letter of May the clerk had to apologize {day} in a speech on the dam.");
    check(friday, &other("Saturday"), &["Date: Friday | Saturday"]);
    check(friday, &other("Friday"), &[]);
    check(friday, &other("today"), &[]);
    let spelt = |place: &str| {
        format!("She had spoken of the war at a meeting in {place} that year, her friends say.")
    };
    let again = |place: &str| {
        format!("The war was what she spoke of to a crowd gathered near {place}, her friends say.")
    };
    check(&spelt("Norfolk"), &again("Norwalk"), &["Name: Norfolk | Norwalk"]);
    for (one, two) in [("Texas", "Texan"), ("Iran", "Iraq"), ("Norfolk", "Brighton"), ("Norfolk", "Norfolk")]
    {
        check(&spelt(one), &again(two), &[]);
    }
}

#[test]
fn one_verb_in_many_forms_is_planned_and_done() {
    let done =
        "Ana Costa met with the mayor of Arles for an hour on the old bridge, it was said in the town.";
    let ahead = |words: &str| format!("On the old bridge {words} the mayor of Arles, who is ill.");
    check(&ahead("Ana Costa will meet"), done, &["Status: will meet | met"]);
    check(&ahead("she'll soon meet"), done, &["Status: she'll soon meet | met"]);
    check(&ahead("Ana Costa has yet to meet"), done, &["Status: yet to meet | met"]);
    check(&ahead("Ana Costa often meets"), done, &[]);
    check(
        "On Tuesday the sheriff announced that he will endorse Ana Costa for the council of Arles.",
        "To be on the council of Arles Ana Costa won an endorsement of a sheriff who calls himself tough.",
        &["Status: will endorse | won an endorsement"],
    );
}

#[test]
fn what_only_a_newspaper_is_named_for() {
    let stated =
        "The mayor, who urged his friends to spread the word, opened both gates of the old dam on Monday.";
    let told =
        |by: &str| format!("Both gates of the old dam were opened by the mayor on Monday, {by} reported.");
    let found = |by: &str| {
        let mut vocabulary = Vocabulary::new(None, Common::all());
        let told = told(by);
        let (a, b) = (whole(stated, &mut vocabulary), whole(&told, &mut vocabulary));
        let side = |text, unit| Side { text, unit, vocabulary: &vocabulary };
        let found = differ::differences(&side(stated, &a), &side(&told, &b), 0.9);
        found.iter().map(|d| d.b.of(&told).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("the Arles Herald"), ["the Arles Herald"]);
    // Somebody's friends are spoken of: it is not all plainly stated.
    assert!(found("Omar Sesay").is_empty());
}

#[test]
fn a_clause_of_a_long_sentence_answers() {
    let long = "The mayor, who had been ill since the spring and missed two councils, opened the new market hall on \
        the quay, which will be run by farmers of the valley.";
    let parts = |b: &str| -> Vec<String> {
        let c = compared(&[long, STORY].join("\n"), &[b, STORY].join("\n"));
        let text = [long, STORY].join("\n");
        let of = c.pairs.iter().filter(|p| p.a == 0 && p.b == 0);
        of.map(|p| p.part_a.of(&text).to_owned()).collect()
    };
    assert_eq!(
        parts("Ill since the spring, he missed two councils."),
        ["who had been ill since the spring and missed two councils"]
    );
    assert_eq!(
        parts("The new market hall on the quay was opened."),
        ["opened the new market hall on the quay"]
    );
    // What both have stands all over the sentence; a short one is taken whole, and so are versions of one.
    assert_eq!(
        parts("The mayor had missed two councils before the hall was run by farmers of the valley."),
        [long]
    );
    let glad = "Glad as he was to have had it all done by them at last for us, the mayor opened the market hall on the \
        quay and the old bridge of Arles.";
    for again in [glad.to_owned(), glad.replace("old bridge", "new bridge")] {
        let c = compared(glad, &again);
        assert!(c.pairs.iter().all(|p| p.part_a == c.a[0].span) && c.pairs.len() == 1);
    }
    let c = compared("Ships, says he, wait at the old quay.", "At the old quay ships wait for the tide.");
    assert!(c.pairs.iter().all(|p| p.part_a == c.a[0].span && p.part_b == c.b[0].span));
}

#[test]
fn names_that_many_sentences_have_tell_little() {
    let a = "Late on Friday Ana Costa met Omar Sesay to talk of wolves and their hunters.\n\
        Ana Costa and Omar Sesay own a vineyard near the harbour, which flooded twice.\n\
        In May the dam above the town of Omar Sesay broke, as Ana Costa had feared for years.\n\
        Nobody but Ana Costa told Omar Sesay that the bread of the valley would be dear.";
    let b = "Ana Costa has painted Omar Sesay on the stairs of a house with many windows.\n\
        Omar Sesay and Ana Costa talked about hunters of wolves on Friday.\n\
        Two doctors from the coast came with Ana Costa to look after Omar Sesay.\n\
        Of the songs of Omar Sesay only seven are known to the sister of Ana Costa.";
    let told = score(a, b, (0, 1));
    assert!(told > SAME);
    for (i, j) in (0..4).flat_map(|i| (0..4).map(move |j| (i, j))).filter(|at| *at != (0, 1)) {
        assert!(score(a, b, (i, j)) < told, "{i} {j}");
    }
}

#[test]
fn the_same_phrases_count_beside_the_same_words() {
    let a = "It was for the crews to get out of there before the harbour at Arles was full.";
    let kept = "For players to get out of there, said a coach, no bell rings at any harbour in the south.";
    let parted = "There is a coach who is out for players in the south, and bells get to ring at a harbour.";
    let rest = "Rain fell on hills.\nA school burned down.\nBells rang at noon.\nTaxes rose again.";
    let likely = |b| score(&[rest, a].join("\n"), &[rest, b, "Snow is likely."].join("\n"), (4, 4));
    assert!(likely(kept) > likely(parted) + 0.1, "{} and {}", likely(kept), likely(parted));
}

#[test]
fn what_sums_an_article_up_answers_to_more() {
    let (a, b) = ("The ferry to Arles was late on Sunday.", "A strike kept boats to Arles at the pier.");
    let rest_a =
        ["The harvest was poor.", "Rain fell on hills.", "A school burned down.", "Bells rang.", "It froze."];
    let rest_b = [
        "Taxes rose again.",
        "Nobody won the match.",
        "The judge was ill.",
        "Snow is likely.",
        "Cats sleep.",
    ];
    let likely = |at: usize| {
        let [x, y] = [(a, rest_a), (b, rest_b)].map(|(sentence, rest)| {
            let mut all = rest.to_vec();
            all.insert(at, sentence);
            all.join("\n")
        });
        score(&x, &y, (at as u32, at as u32))
    };
    assert!(likely(2) > 0.0 && likely(1) > likely(2) + 0.05, "{} and {}", likely(1), likely(2));
    assert_eq!(likely(2), likely(3));
}

#[test]
fn what_is_too_unsure_to_show_is_still_ranked() {
    let other =
        "A barge struck the old bridge at Arles on Monday.\nThe mayor of Lyon has cracks in his house.";
    let c = compared(STORY, other);
    let shown = |a, b| c.pairs.iter().any(|p| (p.a, p.b) == (a, b));
    assert!(!c.unsure.is_empty() && c.unsure.iter().all(|(a, b, s)| !shown(*a, *b) && *s > 0.0 && *s < 1.0));
    assert!(
        compared(STORY, STORY).unsure.is_empty() && compared(STORY, "Oranges are cheap.").unsure.is_empty()
    );
}

#[test]
fn names_with_one_key_count_as_one() {
    let a = article(
        "The Islamic Revolutionary Guard Corps denied the attack on the port.\nThe weather was fine in the north.",
    );
    let b = article("The IRGC spoke of the attack on the port.\nOranges are cheap this week at the market.");
    let name = |span, key| Named { span, key, kind: NamedKind::Organisation };
    let plain = compare(&a, &b, &[], &[], Common::all());
    let score = |c: &Comparison| c.pairs.iter().find(|p| (p.a, p.b) == (0, 0)).map_or(0.0, |p| p.score);
    let keyed = compare(&a, &b, &[name(Span::new(4, 36), 5)], &[name(Span::new(4, 8), 5)], Common::all());
    assert!(score(&keyed) > score(&plain));
}

#[test]
fn other_names_beside_a_figure_do_not_hide_what_it_counts() {
    let a = article("Storm Xynthia, in which hundreds of farmers were killed, hit the coast.");
    let b = article("Over 1,200 French farmers were killed by the storm on the coast.");
    let name = |start, end, key, kind| Named { span: Span::new(start, end), key, kind };
    let storm = name(0, 13, 1, NamedKind::Event);
    let c = compare(&a, &b, &[storm], &[name(11, 17, 2, NamedKind::Group)], Common::all());
    let found: Vec<DifferenceKind> = c.pairs.iter().flat_map(|p| &p.differences).map(|d| d.kind).collect();
    assert_eq!(found, [DifferenceKind::Figure]);
}

#[test]
fn similarity_ranks_and_is_bounded() {
    let base = "Engineers found cracks in two of the five piers.";
    let near = similarity(base, "Cracks were found by engineers in two of five piers.");
    let far = similarity(base, "Tickets sell fast, and students pay half.");
    assert_eq!(similarity(base, base), 1.0);
    assert!(near > far + 0.3, "{near} {far}");
}

#[test]
fn a_sentence_without_end_is_cut_and_read() {
    let long = "word another third ".repeat(20_000);
    let c = compared(&long, &format!("{long}more"));
    assert!(c.a.len() > 1 && !c.pairs.is_empty());
    assert_eq!(c.outcome, Outcome::Compared);
}

fn texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "The",
        "minister",
        "Prime",
        "Ana",
        "Costa",
        "said",
        "not",
        "may",
        "talks",
        "concluded",
        "direct",
        "12",
        "over",
        "1,200",
        "hundreds",
        "of",
        "people",
        "March",
        "3,",
        "2019",
        "denied",
        "confirmed",
        "if",
        "“no”",
        "—",
        "killed.",
        "began.",
        "Iran",
        "é",
        "漢字。",
        "\u{200f}",
        "5%",
        "held",
        "place",
        "took",
        "was\n",
    ]);
    prop_oneof![prop::collection::vec(word, 0..60).prop_map(|w| w.join(" ")), any::<String>(),]
}

proptest! {
    #[test]
    fn total_and_sound(a in texts(), b in texts(), names in prop::collection::vec((0u32..300, 0u32..40, 0u32..5), 0..6)) {
        let (x, y) = (article(&a), article(&b));
        let named: Vec<Named> = names
            .iter()
            .map(|(s, l, k)| Named { span: Span { start: *s, end: s + l }, key: *k, kind: NamedKind::Person })
            .collect();
        let c = compare(&x, &y, &named, &named, Common::all());
        prop_assert_eq!(&c, &compare(&x, &y, &named, &named, Common::all()));
        for p in &c.pairs {
            let (s, t) = (&c.a[p.a as usize], &c.b[p.b as usize]);
            prop_assert!((0.0..=1.0).contains(&p.score));
            prop_assert!(s.span.contains(p.part_a) && t.span.contains(p.part_b));
            for d in &p.differences {
                prop_assert!(s.span.contains(d.a) && t.span.contains(d.b));
                prop_assert!(x.text.get(d.a.range()).is_some() && y.text.get(d.b.range()).is_some());
            }
        }
        prop_assert!(c.pairs.windows(2).all(|w| (w[0].a, w[0].b) < (w[1].a, w[1].b)));
        prop_assert!(c.only_a.iter().all(|i| c.pairs.iter().all(|p| p.a != *i)));
        let mirror = compare(&y, &x, &named, &named, Common::all());
        let mut pairs: Vec<_> =
            mirror.pairs.iter().map(|p| (p.b, p.a, p.moved, p.part_b, p.part_a)).collect();
        pairs.sort_unstable();
        let own: Vec<_> = c.pairs.iter().map(|p| (p.a, p.b, p.moved, p.part_a, p.part_b)).collect();
        prop_assert_eq!(pairs, own);
        let own = compare(&x, &x, &named, &named, Common::all());
        prop_assert!(own.outcome == Outcome::Identical && own.pairs.iter().all(|p| p.differences.is_empty()));
        let s = similarity(&a, &b);
        prop_assert!((0.0..=1.0).contains(&s));
        for d in differences(&a, &b) {
            prop_assert!(a.get(d.a.range()).is_some() && b.get(d.b.range()).is_some());
        }
        distinctive(&x, &y, Common::all());
    }
}
