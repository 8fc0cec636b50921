//! Status and negation: whether one and the same event may happen, is planned, under way or done, is denied or affirmed.
//!
//! Invariant: a difference is stated only where both sentences speak of the same event or verb in the same company;
//! what a sentence leaves open is no difference. English only. Not here: figures, dates, names, who says it.

use super::side::{Gap, Side, apart, either};
use super::unit::shared;
use super::words::{self, listed};
use super::{Degree, Difference, DifferenceKind};
use crate::text::Span;
use crate::text::sort::sort;

/// How far along an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Possible,
    Planned,
    UnderWay,
    Happened,
    Concluded,
}

impl Stage {
    /// In the words of a note.
    fn words(self) -> &'static str {
        match self {
            Stage::Possible => "may happen",
            Stage::Planned => "planned",
            Stage::UnderWay => "under way",
            Stage::Happened => "happened",
            Stage::Concluded => "concluded",
        }
    }

    /// Whether two stages exclude each other: something concluded has happened.
    fn differs(self, other: Stage) -> bool {
        let rank = |s| match s {
            Stage::Possible => 0,
            Stage::Planned => 1,
            Stage::UnderWay => 2,
            Stage::Happened | Stage::Concluded => 3,
        };
        rank(self) != rank(other)
    }
}

/// Words, as the stage that they give: those before an event or a verb, adjectives before an event, past forms of verbs
/// of occurring after their subject.
const MODALS: [(Stage, &str); 2] = [
    (Stage::Possible, "may might could can couldn't can't cannot mightn't"),
    (Stage::Planned, "will shall would plans plan planned expected intends scheduled won't wouldn't"),
];
const ADJECTIVES: [(Stage, &str); 4] = [
    (Stage::Possible, "possible potential prospective hypothetical"),
    (Stage::Planned, "planned proposed upcoming forthcoming scheduled"),
    (Stage::UnderWay, "ongoing continuing continued"),
    (Stage::Concluded, "concluded completed finished"),
];
const PAST: [(Stage, &str); 3] = [
    (Stage::Concluded, "concluded ended completed finished"),
    (Stage::Happened, "occurred happened held"),
    (Stage::UnderWay, "began started resumed underway continue continues ongoing"),
];
/// Verbs of occurring, as stems, which after a modal give their subject a stage.
const OCCUR: &str = "occur happen take hold held proceed resum begin start conclud follow";

/// The stage that a word gives by a list.
fn given(stages: &[(Stage, &str)], word: &str) -> Option<Stage> {
    stages.iter().find(|(_, words)| listed(words, word)).map(|(stage, _)| *stage)
}

/// The stage that a word before an event or a verb gives it.
fn modal(word: &str) -> Option<Stage> {
    given(&MODALS, word)
}

/// Words after an event with which another verb or subject begins.
const ENDS: &str = "who which that whose but to said says";

/// Words that tell a stage, or have to do with one that does.
pub(super) const STAGES: [&str; 11] = [
    "and of took under",
    ENDS,
    MODALS[0].1,
    MODALS[1].1,
    ADJECTIVES[0].1,
    ADJECTIVES[1].1,
    ADJECTIVES[2].1,
    ADJECTIVES[3].1,
    PAST[0].1,
    PAST[1].1,
    PAST[2].1,
];

/// Words between the head of a subject and its verb.
const REACH: usize = 10;
/// Words around a head in which two sentences must share company.
const COMPANY: usize = 8;

/// What a sentence says about the stage of the event at a position, with the telling words.
fn stage(side: &Side, head: usize) -> Option<(Stage, Span)> {
    let tells = |at: usize| side.word(at).is_some_and(|word| word.stages);
    for back in 1..=3 {
        let Some(at) = head.checked_sub(back).filter(|at| !side.breaks(*at)) else { break };
        if !tells(at) {
            continue;
        }
        if let Some(stage) = given(&ADJECTIVES, side.folded(at)) {
            return Some((stage, side.span(at, at)));
        }
        if side.folded(at) == "of" && at > 0 && listed("conclus end complet", side.stem(at - 1)) {
            return Some((Stage::Concluded, side.span(at - 1, at - 1)));
        }
    }
    for at in side.ahead(head + 1, REACH).filter(|at| tells(*at)) {
        let word = side.folded(at);
        if listed(ENDS, word) {
            return None;
        }
        // "between Iran and Oman" goes on; "and" before anything else begins another verb or subject.
        if word == "and" && !side.tokens().get(at + 1).is_some_and(|t| t.capital) {
            return None;
        }
        if let Some(stage) = modal(word) {
            let verb = side.ahead(at + 1, 4).find(|v| side.word(*v).is_some_and(|w| w.content))?;
            if !listed(OCCUR, side.stem(verb)) {
                return None;
            }
            let last = if side.folded(verb + 1) == "if" || side.folded(verb + 1) == "place" {
                verb + 1
            } else {
                verb
            };
            return Some((stage, side.span(at, last)));
        }
        if word == "took" && side.folded(at + 1) == "place" {
            return Some((Stage::Happened, side.span(at, at + 1)));
        }
        if word == "under" && side.folded(at + 1) == "way" {
            return Some((Stage::UnderWay, side.span(at, at + 1)));
        }
        if let Some(stage) = given(&PAST, word) {
            return Some((stage, side.span(at, at)));
        }
    }
    None
}

/// `direct` or `indirect` before a head, if either stands there.
fn directness(side: &Side, head: usize) -> Option<&'static str> {
    (1..=2).find_map(|back| match side.folded(head.checked_sub(back)?) {
        "direct" => Some("direct"),
        "indirect" => Some("indirect"),
        _ => None,
    })
}

/// Whether the words at two positions stand in the same company: enough content terms around both.
fn same_company(a: &Side, b: &Side, i: usize, j: usize, least: usize) -> bool {
    shared(&a.context(i, i + 1, COMPANY), &b.context(j, j + 1, COMPANY)) >= least
}

/// Pairs of positions of content words of the same class, capitalised words left out.
fn common_heads(a: &Side, b: &Side) -> Vec<(usize, usize)> {
    let heads = |side: &Side| -> Vec<(u32, usize)> {
        let mut heads: Vec<(u32, usize)> = (0..side.tokens().len())
            .filter(|at| side.tokens().get(*at).is_some_and(|t| !t.capital))
            .filter_map(|at| side.word(at).filter(|w| w.content && !w.digit).map(|w| (w.term, at)))
            .collect();
        sort(&mut heads);
        heads
    };
    let right = heads(b);
    let mut pairs = Vec::new();
    for (term, i) in heads(a) {
        let from = right.partition_point(|(t, _)| *t < term);
        let same = right.iter().skip(from).take_while(|(t, _)| *t == term).take(4);
        pairs.extend(same.map(|(_, j)| (i, *j)));
    }
    pairs
}

/// Words that say of the verb after them and "to" that it is yet to come.
const AHEAD: &str = "expected plans planned planning set scheduled likely due poised intends prepares preparing yet \
    vowed vows wants hopes going";
/// Words of time that say of the noun after them that it has been.
const AFTER: &str = "after following during since";
/// Verbs that say little without the noun after them, as stems: "won an endorsement", "will make an announcement".
const LIGHT: &str = "win give make hold issu reach sign take launch deliv";

/// Whether a verb or its noun is told as yet to come ("is expected to plead", "will hold a vote") or as done ("pleaded",
/// "after the vote"), with the telling words.
fn told(side: &Side, verb: usize) -> Option<(Stage, Span)> {
    let ahead = |at: usize| -> Option<usize> {
        let before = |back: usize| side.folded(at.wrapping_sub(back));
        let back = 1 + usize::from(listed("soon be", before(1)) || before(1).ends_with("ly"));
        match before(back) {
            "will" => Some(at - back),
            "to" if listed(AHEAD, before(back + 1)) => Some(at - back - 1),
            word if word.ends_with("'ll") => Some(at - back),
            _ => None,
        }
    };
    let light = |at: usize| listed(LIGHT, words::class(side.stem(at)));
    if light(verb) {
        return None;
    }
    if let Some(from) = ahead(verb) {
        return Some((Stage::Planned, side.span(from, verb)));
    }
    let past = |at: usize| words::is_past(side.folded(at));
    if past(verb) && !listed("be to", side.folded(verb.wrapping_sub(1))) {
        return Some((Stage::Happened, side.span(verb, verb)));
    }
    for at in (verb.saturating_sub(3)..verb).rev().take_while(|at| !side.breaks(*at)) {
        let light = light(at);
        if light && past(at) || listed(AFTER, side.folded(at)) {
            return Some((Stage::Happened, side.span(at, verb)));
        }
        if light {
            return ahead(at).map(|from| (Stage::Planned, side.span(from, verb)));
        }
    }
    None
}

/// Differences of stage at events that both sentences name, and at verbs and their nouns, where both are `sure` to make
/// one claim in less company.
pub(super) fn events(a: &Side, b: &Side, sure: bool, found: &mut Vec<Difference>) {
    for (i, j) in common_heads(a, b) {
        let both = stage(a, i).and_then(|x| Some((x, stage(b, j)?)));
        let (stages, company) = match both {
            Some(_) => (both, 1),
            None => (told(a, i).zip(told(b, j)), if sure { 1 } else { 2 }),
        };
        let Some(((x, span_a), (y, span_b))) = stages else { continue };
        if !x.differs(y) || !same_company(a, b, i, j, company) {
            continue;
        }
        if matches!((directness(a, i), directness(b, j)), (Some(p), Some(q)) if p != q) {
            continue;
        }
        found.push(Difference {
            kind: DifferenceKind::Status,
            note: either(x.words(), y.words()),
            a: span_a,
            b: span_b,
            degree: Degree::Conflict,
        });
    }
}

/// Whether a word negates what follows.
fn negates(word: &str) -> bool {
    listed("not no never without neither cannot hardly nobody nothing none", word) || word.ends_with("n't")
}

/// Whether a negation is that of "not only", which affirms.
fn merely(side: &Side, at: usize) -> bool {
    listed("only just merely simply longer least", side.folded(at + 1))
}

/// Whether a stem is that of a verb or noun of denying.
fn denies(stem: &str) -> bool {
    listed("deni denial reject refut rebut disput", stem)
}

/// Whether a stem is that of a verb or noun of affirming.
fn affirms(stem: &str) -> bool {
    listed("confirm acknowledg admit concede conced verifi", stem)
}

/// The position of a negation or a denial that governs the word at a position.
fn negation(side: &Side, at: usize) -> Option<usize> {
    (1..=4).map_while(|back| at.checked_sub(back).filter(|p| !side.breaks(*p))).find(|p| {
        (negates(side.folded(*p)) && !merely(side, *p))
            || denies(side.stem(*p))
            || listed("refus fail", side.stem(*p))
    })
}

/// Words between a subject and its verb.
fn between(word: &str) -> bool {
    carries(word) || negates(word) || modal(word).is_some() || listed("also yet", word)
}

/// Who does what a verb says: a content word or a pronoun right before it; nobody before "to go" and "going".
fn subject(side: &Side, verb: usize) -> Option<usize> {
    let at = (verb.saturating_sub(5)..verb).rev().find(|at| !between(side.folded(*at)))?;
    let pronoun = listed("i he she it they we you who", side.folded(at));
    let whole = !side.folded(verb).ends_with("ing") && (at..verb).all(|p| !side.breaks(p));
    // A noun has its article: "pleaded" in "pleaded guilty" is none.
    let led = at > 0 && listed("the a an his her their its this", side.folded(at - 1));
    let noun = side.is_name(at) || led && side.word(at).is_some_and(|w| w.content && !w.digit);
    (whole && (pronoun || noun)).then_some(at)
}

/// Whether the subjects of two verbs may be one.
fn same_subject(a: &Side, b: &Side, i: usize, j: usize) -> bool {
    let (Some(x), Some(y)) = (subject(a, i), subject(b, j)) else { return false };
    let content = |side: &Side, at: usize| side.word(at).is_some_and(|w| w.content);
    let term = |side: &Side, at: usize| side.word(at).map(|w| w.term);
    match (content(a, x), content(b, y)) {
        (true, true) => term(a, x) == term(b, y),
        (true, false) => a.is_name(x),
        (false, true) => b.is_name(y),
        // "I have" is what "he has"; "we can" and "they will not" are two.
        (false, false) => {
            let many = |word: &str| listed("they we you", word);
            a.folded(x) == b.folded(y) || !many(a.folded(x)) && !many(b.folded(y))
        }
    }
}

/// A verb that both sentences have of the same subject in the same company, negated in one only.
pub(super) fn negations(a: &Side, b: &Side, found: &mut Vec<Difference>) {
    let heads = common_heads(a, b);
    for &(i, j) in &heads {
        let (x, y) = (negation(a, i), negation(b, j));
        // A word that stands twice may agree at its other place.
        let agrees = heads
            .iter()
            .any(|&(p, q)| (p == i || q == j) && negation(a, p).is_some() == negation(b, q).is_some());
        let near = |side: &Side, at: usize, n: Option<usize>| {
            n.is_some_and(|n| {
                let word = side.folded(n);
                (word == "not" || word == "never" || word == "cannot" || word.ends_with("n't"))
                    && !supposed(side, n)
                    && (n + 1..at).all(|k| side.word(k).is_some_and(|w| !w.content && w.folded != "to"))
            })
        };
        let close = (near(a, i, x) && y.is_none()) || (near(b, j, y) && x.is_none());
        // "Direct" and "directly" are two words.
        let adverb = |side: &Side, at: usize| side.folded(at).ends_with("ly");
        let alike = a.stem(i) == b.stem(j) && adverb(a, i) == adverb(b, j);
        let limited = merely(a, i) || merely(b, j);
        if close && !agrees && !limited && alike && same_subject(a, b, i, j) && same_company(a, b, i, j, 2) {
            found.push(denial(
                if x.is_some() { "negated or not" } else { "not negated or negated" },
                a.span(x.unwrap_or(i), i),
                b.span(y.unwrap_or(j), j),
            ));
        }
    }
}

/// Whether one of some words supposes.
fn supposes(side: &Side, mut range: std::ops::Range<usize>) -> bool {
    range.any(|at| listed("if unless whether", side.folded(at)))
}

/// Whether a negation stands in a clause that only supposes.
fn supposed(side: &Side, at: usize) -> bool {
    supposes(side, at.saturating_sub(4)..at)
}

/// Whether a word may carry the negation of a sentence: "is not", "there are no".
fn carries(word: &str) -> bool {
    const WORDS: &str = "is are was were be been do does did has have had there will would can could should";
    listed(WORDS, word)
}

/// The negation of a sentence as a whole: "there is no …", "nobody …", "… is not …".
fn denied(side: &Side) -> Option<usize> {
    let carried = |at: usize| at > 0 && carries(side.folded(at - 1));
    (0..side.tokens().len()).find(|&at| match side.folded(at) {
        "nobody" | "nothing" | "none" => at < 3,
        "no" => at == 0 || carried(at) || side.folded(at + 1) == "one",
        "not" => carried(at) && !merely(side, at),
        word => word.ends_with("n't"),
    })
}

/// Whether a "not" denies more than the other sentence affirms: "is not riding by a creek" and "is riding" can both be.
fn narrower(no: &Side, at: usize, yes: &Side) -> bool {
    let says = |term: u32| yes.unit.terms.iter().any(|t| t.number == term);
    let more = |p: usize| no.word(p).is_some_and(|w| w.content && !says(w.term));
    (no.folded(at) == "not" || no.folded(at).ends_with("n't")) && no.ahead(at + 1, REACH * 2).any(more)
}

/// One sentence denies as a whole what the other affirms: "There is no dog on the road", "A dog is on the road".
pub(super) fn polarity(a: &Side, b: &Side) -> Option<Difference> {
    let free = |side: &Side| !(0..side.tokens().len()).any(|at| negates(side.folded(at)));
    let opposed = |no: &Side, yes: &Side| -> Option<(usize, usize, usize)> {
        let at = denied(no).filter(|at| free(yes) && !supposed(no, *at) && !narrower(no, *at, yes))?;
        // "No person" is nobody.
        let one = at + usize::from(matches!(no.folded(at + 1), "person" | "people"));
        let own = |t: &&super::unit::Term| no.word(one).is_none_or(|w| w.term != t.number);
        let terms: Vec<u32> = no.unit.terms.iter().filter(own).map(|t| t.number).collect();
        let others: Vec<u32> = yes.unit.terms.iter().map(|t| t.number).collect();
        let common = shared(&terms, &others);
        // Nearly all that is denied, and some of what is affirmed.
        if common < 2 || common * 4 < terms.len() * 3 || common * 3 < others.len() {
            return None;
        }
        // The telling words: what is denied, and the same in the other sentence.
        let again = |term: u32, from: usize| {
            let also = |p: usize| no.word(p).is_some_and(|w| w.term == term) && negation(no, p).is_none();
            (from..no.tokens().len()).any(also)
        };
        let place =
            |term: u32| (0..yes.tokens().len()).find(|p| yes.word(*p).is_some_and(|w| w.term == term));
        let (head, there) = (at + 1..no.tokens().len().min(at + 5)).find_map(|p| {
            let word = no.word(p).filter(|w| w.content && !w.folded.ends_with("ly"))?;
            Some((p, place(word.term)?))
        })?;
        // "That is not the aim, this is the aim" affirms as well.
        if no.word(head).is_some_and(|w| again(w.term, head + 1)) {
            return None;
        }
        Some((at, head, there))
    };
    if let Some((at, head, there)) = opposed(a, b) {
        return Some(denial("negated or not", a.span(at, head), b.span(there, there)));
    }
    let (at, head, there) = opposed(b, a)?;
    Some(denial("not negated or negated", a.span(there, there), b.span(at, head)))
}

/// One sentence has something denied, the other has it affirmed, with a topic and a name in common.
pub(super) fn denials(a: &Side, b: &Side, found: &mut Vec<Difference>) {
    let find = |side: &Side, is: fn(&str) -> bool| (0..side.tokens().len()).find(|at| is(side.stem(*at)));
    let opposed = |no: &Side, yes: &Side| -> Option<(usize, usize)> {
        let (i, j) = (find(no, denies)?, find(yes, affirms)?);
        if find(no, affirms).is_some() || find(yes, denies).is_some() || negation(no, i).is_some() {
            return None;
        }
        // The topic stands after the denial; on the other side near the affirmation.
        let topic = no.terms(i + 1..i + 7);
        let names = |side: &Side| -> Vec<u32> {
            side.unit.terms.iter().filter(|t| t.name).map(|t| t.number).collect()
        };
        let company = yes.context(j, j + 1, 8);
        (shared(&topic, &company) >= 1 && shared(&names(no), &names(yes)) >= 1).then_some((i, j))
    };
    if let Some((i, j)) = opposed(a, b) {
        found.push(denial("denied or confirmed", a.span(i, i), b.span(j, j)));
    } else if let Some((j, i)) = opposed(b, a) {
        found.push(denial("confirmed or denied", a.span(i, i), b.span(j, j)));
    }
}

fn denial(note: &str, a: Span, b: Span) -> Difference {
    Difference { kind: DifferenceKind::Negation, note: note.into(), a, b, degree: Degree::Conflict }
}

/// Words of a place where two versions part, beyond which it is another clause and not a changed word.
const MAX_EDIT: usize = 4;

/// Negation or stage in a place where two versions of one sentence part.
pub(super) fn edited(a: &Side, b: &Side, gap: &Gap) -> Option<Difference> {
    if gap.a.len().max(gap.b.len()) > MAX_EDIT {
        return None;
    }
    let find =
        |side: &Side, range: &std::ops::Range<usize>| range.clone().find(|at| negates(side.folded(*at)));
    let (x, y) = (find(a, &gap.a), find(b, &gap.b));
    let open = |side: &Side, range: &std::ops::Range<usize>| supposes(side, range.clone());
    let more = x.is_some_and(|at| narrower(a, at, b)) || y.is_some_and(|at| narrower(b, at, a));
    if x.is_some() != y.is_some() && !open(a, &gap.a) && !open(b, &gap.b) && !more {
        let note = if x.is_some() { "negated or not" } else { "not negated or negated" };
        return Some(denial(note, around(a, &gap.a, x), around(b, &gap.b, y)));
    }
    let deny = |side: &Side, range: &std::ops::Range<usize>| range.clone().find(|at| denies(side.stem(*at)));
    let affirm = |side: &Side, range: &std::ops::Range<usize>| {
        range.clone().find(|at| affirms(side.stem(*at)) || listed("said say accept approv", side.stem(*at)))
    };
    if let (Some(i), Some(j)) = (deny(a, &gap.a), affirm(b, &gap.b)) {
        return Some(denial("denied or not", a.span(i, i), b.span(j, j)));
    }
    if let (Some(i), Some(j)) = (affirm(a, &gap.a), deny(b, &gap.b)) {
        return Some(denial("not denied or denied", a.span(i, i), b.span(j, j)));
    }
    if let Some(difference) = opposite(a, b, gap) {
        return Some(difference);
    }
    let stage = |side: &Side, range: &std::ops::Range<usize>| {
        // "A can", "the might" are none.
        let noun = |at: usize| at > 0 && listed("a the of his her", side.folded(at - 1));
        range.clone().filter(|at| !noun(*at)).find_map(|at| modal(side.folded(at)).map(|stage| (at, stage)))
    };
    let (x, y) = (stage(a, &gap.a), stage(b, &gap.b));
    let word = |s: Option<(usize, Stage)>| s.map_or("stated", |(_, stage)| stage.words());
    let differs = match (x, y) {
        (Some((_, x)), Some((_, y))) => x.differs(y),
        (None, None) => false,
        _ => true,
    };
    differs.then(|| Difference {
        kind: DifferenceKind::Status,
        note: either(word(x), word(y)),
        a: around(a, &gap.a, x.map(|x| x.0)),
        b: around(b, &gap.b, y.map(|y| y.0)),
        degree: Degree::Conflict,
    })
}

/// Verbs and adverbs that say the opposite of one another, as stems.
const OPPOSITES: &str = "\
    rise rose increas climb jump grow grew gain surg soar up higher|fall fell decreas drop declin plung lost down lower;\
    agre accept approv allow grant|refus reject declin den ban;\
    win won|lose lost;\
    support back|oppos;\
    begin began start|end stop conclud finish;\
    arriv enter|leav left depart;\
    before|after;\
    aliv surviv|dead die kill;\
    near close|far;\
    insid indoor|outsid outdoor;\
    add|remov;\
    talk speak spoke|silent;\
    hit|miss;\
    crowd full|empti;\
    day|night;\
    onto|off";

/// How somebody left a post, in the words of who sent them away and of who went.
pub(super) const SENT: &str = "fire fired dismissed ousted sacked removed";
pub(super) const WENT: &str = "resigned resigns quit quits resign stepped";

/// Somebody sent away in one sentence who went in the other.
pub(super) fn parted(a: &Side, b: &Side, found: &mut Vec<Difference>) {
    let find = |side: &Side, list: &str| {
        side.telling().find(|at| {
            let word = side.folded(*at);
            listed(list, word) && (word != "stepped" || matches!(side.folded(at + 1), "down" | "aside"))
        })
    };
    let (sent, went) = ((find(a, SENT), find(b, SENT)), (find(a, WENT), find(b, WENT)));
    let (i, j) = match (sent, went) {
        ((Some(i), None), (None, Some(j))) | ((None, Some(j)), (Some(i), None)) => (i, j),
        _ => return,
    };
    if same_company(a, b, i, j, 2) {
        found.push(apart(DifferenceKind::Status, a, b, a.span(i, i), b.span(j, j), Degree::Conflict));
    }
}

/// A word and the same with a prefix that turns it round: "fold" and "unfold".
fn reversed(a: &Side, b: &Side, gap: &Gap) -> Option<(usize, usize)> {
    let turned = |x: &str, y: &str| {
        x.len() >= 4 && ["un", "dis"].iter().any(|prefix| y.strip_prefix(prefix) == Some(x))
    };
    gap.a.clone().find_map(|i| {
        let j = gap.b.clone().find(|j| turned(a.stem(i), b.stem(*j)) || turned(b.stem(*j), a.stem(i)))?;
        Some((i, j))
    })
}

/// Words that say the opposite in a place where two versions part.
fn opposite(a: &Side, b: &Side, gap: &Gap) -> Option<Difference> {
    let at = |side: &Side, range: &std::ops::Range<usize>, list: &str| {
        range.clone().find(|p| listed(list, side.stem(*p)))
    };
    let (i, j) = reversed(a, b, gap).or_else(|| {
        OPPOSITES.split(';').filter_map(|row| row.split_once('|')).find_map(|(one, other)| {
            let straight = at(a, &gap.a, one).zip(at(b, &gap.b, other));
            straight.or_else(|| at(a, &gap.a, other).zip(at(b, &gap.b, one)))
        })
    })?;
    Some(apart(DifferenceKind::Status, a, b, a.span(i, i), b.span(j, j), Degree::Conflict))
}

/// The telling word with the one after it; where there is none, what stands in its place.
fn around(side: &Side, range: &std::ops::Range<usize>, at: Option<usize>) -> Span {
    let last = side.tokens().len().saturating_sub(1);
    match at {
        Some(at) => side.span(at, (at + 1).min(last)),
        None if range.is_empty() => side.span(range.start.min(last), range.start.min(last)),
        None => side.span(range.start, range.end - 1),
    }
}
