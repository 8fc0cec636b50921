//! Reports: who says it, or whether anybody is named as saying it.
//!
//! A report is a source and what it is reported to say. Invariant: a difference of attribution needs the same claim on
//! both sides, reported by another source, or by one and stated by the other. A pronoun names no source, and a source
//! that the other sentence names somewhere makes no difference. English only. Not here: what is claimed.

use super::differ::SURE;
use super::people::{self, same_entity};
use super::quotes::Quote;
use super::side::{Gap, Side};
use super::unit::shared;
use super::words::{self, listed};
use super::{Degree, Difference, DifferenceKind};
use crate::text::Span;
use std::ops::Range;

/// Words that report what somebody says or holds.
pub(super) const REPORTING: &str = "said says say saying reporting warning arguing claiming noting adding told tell tells \
    announced announces reported reports stated states indicated confirmed claimed claims added argued argues warned warns \
    noted insisted insists declared suggested suggests reads acknowledged according wrote writes tweeted \
    testified alleged alleges contends contended maintains maintained estimated estimates predicted predict \
    predicts believe believes think thinks expect fear fears asserted asserts complained explained \
    learned notes adds confirms revealed disclosed recalled cautioned stressed";

/// Those that do what they say: what is announced is so once it is.
const DOING: &str = "announced announces declared tweeted reads wrote writes suggested suggests";

/// Words that say that something is said, without saying by whom.
pub(super) const HEARSAY: &str = "reportedly allegedly purportedly supposedly";

/// Words of speaking and of taking a stand, as stems: a sentence that has one is itself about what somebody said.
const SPEAKING: &str = "accus apolog ask blame call criticis demand denounc deni describ endors express letter \
    oppos order pledg prais promis propos question quot refus reject remark request respons respond statement support \
    tweet urg vow want welcom spoke speak speech interview post comment contend alleg accord claim tell told testimoni \
    explain agre disagre dismiss defend concern sought hope plan decid vote recommend condemn admit acknowledg \
    argu argument insist reveal warn";

/// Nouns of those who speak for others, and of what is written: they name a source though they are no name.
const SPEAKERS: &str = "official officials spokesman spokeswoman spokesperson police report article study poll survey \
    newspaper paper source sources lawyer lawyers attorney aide aides prosecutor prosecutors critics witness witnesses \
    insider insiders analyst analysts expert experts authorities people some many others several reports documents \
    indictment filing complaint members leaders democrats republicans lawmakers conservatives liberals advisers \
    supporters opponents doctors scientists researchers neighbors residents friends company ministry agency department \
    government firm bank university court group organization commission committee council army military campaign \
    operatives representative person letter lawsuit administration advertisement";

/// Those of them who cannot be somebody that the other sentence names.
const ANONYMOUS: &str = "official officials source sources critics people person insider insiders some many others several \
    witness witnesses analysts experts authorities reports allegedly reportedly purportedly supposedly";

/// Those of them who may be one another.
const VAGUE: &str =
    "official officials source sources people person insider insiders some many others several";

/// What is written, which is nobody.
const WRITTEN: &str =
    "statement report article study poll survey newspaper paper documents indictment filing complaint letter";

/// Words before "of" for a number of those who speak.
const COUNTS: &str = "handful number group couple majority dozens some many several most one two three";

/// Words of the names of newspapers, agencies and stations.
const PRESS: &str = "times post journal news reuters press politico hill cnn nbc abc cbs msnbc npr bbc guardian huffpost \
    tribune herald gazette chronicle globe magazine newspaper ap";

/// Words of those who speak themselves.
const FIRST: &str = "i we my our you your us me don't let's";

/// Whether a word reports.
pub(super) fn reports(word: &str) -> bool {
    listed(REPORTING, word)
}

/// A source and what it is reported to say.
struct Report {
    /// Positions of the words that name the source; never empty.
    source: Range<usize>,
    /// Positions of the claim.
    claim: Range<usize>,
    /// Whether to say it is to do it.
    doing: bool,
}

/// Words of a source.
const MAX_SOURCE: usize = 10;
/// Words after a verb from which they are what it reports; with fewer the claim comes before it.
const OPENS: usize = 7;
/// Appositions that may stand between a source and its verb.
const MAX_APART: usize = 3;
/// Words that a claim has at least.
const LEAST: usize = 4;

/// The reports of a sentence whose source is named, those inside quotations left out.
fn all(side: &Side, quotes: &[Quote]) -> Vec<Report> {
    let end = side.tokens().len();
    let mut found: Vec<Report> = Vec::new();
    // "The United States" states nothing.
    let tells = |at: &usize| side.word(*at).is_some_and(|w| w.reports) && !(*at > 0 && side.is_name(*at));
    for at in (0..end).filter(tells).filter(|at| quotes.iter().all(|quote| !quote.contains(at))) {
        if listed(HEARSAY, side.folded(at)) {
            let start = (0..at).rev().find(|p| side.breaks(*p)).map_or(0, |p| p + 1);
            let stop = (at + LEAST..end).find(|p| side.breaks(*p)).map_or(end, |p| p + 1);
            found.push(Report { source: at..at + 1, claim: start..stop, doing: false });
        } else if reports(side.folded(at))
            && let Some((source, claim)) = report(side, at)
            && source.clone().any(|p| {
                let word = side.folded(p);
                side.is_name(p) || listed(SPEAKERS, word) || people::is_head(word)
            })
        {
            found.push(Report { source, claim, doing: listed(DOING, side.folded(at)) });
        }
    }
    found
}

/// The source and the claim of a reporting word.
fn report(side: &Side, verb: usize) -> Option<(Range<usize>, Range<usize>)> {
    let end = side.tokens().len();
    if side.folded(verb) == "according" {
        if side.folded(verb + 1) != "to" {
            return None;
        }
        let source = verb + 2..side.ahead(verb + 2, MAX_SOURCE).last()? + 1;
        let claim = if verb * 2 < end.saturating_sub(source.end) { source.end..end } else { 0..verb };
        return Some((source, claim));
    }
    // "…, a host, said Thursday", "…, told reporters": it came before.
    let next = side.folded(verb + 1);
    let inverted = || {
        !foreign(next)
            && !words::is_calendar(next)
            && !side.breaks(verb)
            && !side.folded(verb).ends_with("ing")
            && side.folded(verb) != "told"
    };
    if verb > 0
        && side.breaks(verb - 1)
        && inverted()
        && (!side.is_name(verb - 1) || side.gap(verb - 1).contains(['”', '"']))
    {
        // "“…,” said the governor": the source comes after.
        let source = side.ahead(verb + 1, MAX_SOURCE).take_while(|at| !foreign(side.folded(*at)));
        return Some((verb + 1..source.last()? + 1, 0..verb));
    }
    // "His claims" is a noun.
    let noun = listed("claims reports states estimates fears", side.folded(verb));
    if noun && !side.is_name(verb.max(1) - 1) && !listed(SPEAKERS, side.folded(verb.max(1) - 1)) {
        return None;
    }
    // "…, the company said" closes the sentence; "The White House announced on Monday that …" opens it.
    let is_on = side.folded(verb).ends_with("ing") && matches!(side.folded(verb.max(1) - 1), "is" | "are");
    let helps = |at: usize| {
        let word = side.folded(at);
        listed("has have had also later then would still further long once", word)
            || word.ends_with("ly") && word != "family"
            || is_on && at + 1 == verb
    };
    if side.folded(verb).ends_with("ing") && !is_on {
        // "The mayor closed the bridge, saying that …": who begins the sentence.
        let names = |at: &usize| {
            side.is_name(*at)
                || listed(SPEAKERS, side.folded(*at))
                || listed("the a of for senior", side.folded(*at))
        };
        // "In May, the mayor closed the bridge".
        let when = listed("in on at to after since during", side.folded(0));
        let from = (0..verb.min(MAX_SOURCE)).find(|at| when && side.breaks(*at)).map_or(0, |at| at + 1);
        let stop = (from..verb).find(|at| !names(at) || *at > from && side.breaks(*at - 1))?;
        // "DENVER — Two states" says where it was written.
        let place = stop > from && side.gap(stop - 1).contains(['—', '–', '-', '(']);
        return (stop > from && !place && end - verb > LEAST).then_some((from..stop, verb + 1..end));
    }
    let mut stop = (0..verb).rev().find(|at| side.breaks(*at) || !helps(*at)).map_or(0, |at| at + 1);
    let mut start = begin(side, stop);
    // "Ana Costa, the mayor, said", "Ana Costa, R-Maine, said": the name before the apposition.
    for _ in 0..MAX_APART {
        let (beside, described) = describes(side.folded(start));
        // "…, communications director for a bank, said"
        let beside =
            beside || !side.is_name(start) && (start..stop).any(|at| people::is_head(side.folded(at)));
        let joined = start > 1 && side.folded(start - 1) == "and";
        let apart = start > 0 && side.gap(start - 1).contains([',', '(', ')']);
        if start == 0 || !(start == stop || beside && apart || described && joined) {
            break;
        }
        let end = start - usize::from(joined);
        let before = begin(side, end - usize::from(!joined));
        // "In May, the mayor said": no apposition. What begins as one may say where and of what.
        let whom = |at: usize| side.is_name(at) || people::is_head(side.folded(at));
        if !(before > 0 && describes(side.folded(before)).0 && side.gap(before - 1).contains(','))
            && (!(before..end).any(whom) || (before..end).any(|at| foreign(side.folded(at))))
        {
            break;
        }
        (start, stop) = (before, end);
    }
    // "The police and the mayor said": both.
    if start > 1 && side.folded(start - 1) == "and" && side.is_name(start - 2) {
        start = begin(side, start - 1);
    }
    if start >= stop || stop - start > MAX_SOURCE || (start..stop).any(|at| foreign(side.folded(at))) {
        return None;
    }
    let claim = if start == 0 || end - verb > OPENS { verb + 1..end } else { 0..start };
    (claim.len() >= LEAST).then_some((start..stop, claim))
}

/// Whether a word begins what describes somebody after the name, and whether it is one for a person.
fn describes(first: &str) -> (bool, bool) {
    let person = listed("republican democrat former head", first) || people::is_head(first);
    let beside =
        person || listed("a an the one who whose r d", first) || matches!(first.get(..2), Some("r-" | "d-"));
    (beside, person)
}

/// Whether a word stands in no name of a source.
fn foreign(word: &str) -> bool {
    const WORDS: &str = "to not if was were is are has had have been be first what or in on after during at by he she \
        it they that this";
    listed(WORDS, word) || word.ends_with("n't")
}

/// Where the words before a position begin that belong to it: after a break or a word that joins clauses.
fn begin(side: &Side, stop: usize) -> usize {
    let joins = |at: usize| {
        let word = side.folded(at);
        side.breaks(at) || listed("that but while as because when and which if", word)
    };
    (0..stop).rev().find(|at| joins(*at)).map_or(0, |at| at + 1)
}

/// Whether two ranges share a content word or an entity.
pub(super) fn meet(a: &Side, x: &Range<usize>, b: &Side, y: &Range<usize>) -> bool {
    shared(&a.terms(x.clone()), &b.terms(y.clone())) + shared(&a.keys(x), &b.keys(y)) > 0
}

/// Terms that two claims must share.
const TERMS: usize = 3;
/// Those of them that are of no name.
const WORDS: usize = 2;
/// How alike the claims of two who are named must be (cosine of the weights of their terms) by the score of their pair.
/// This and what follows was read off by hand over stories that no link is known of.
const ALIKE: [(f64, f64); 2] = [(0.95, 0.36), (0.0, 0.6)];
/// The same where one side states the claim by itself; it is looked at from [`SURE`] on only. This and the next were
/// chosen on the pairs of articles that the weights of `align.rs` were fitted on.
const STATED: [(f64, f64); 2] = [(0.99, 0.25), (0.0, 0.36)];
/// The same where the one who claims it has no name.
const STATED_OR_SO: [(f64, f64); 2] = [(0.99, 0.0), (0.0, 0.2)];
/// The same where nobody is named on one side, as "officials": of sentences so near one another it is the same claim.
const NAMELESS: [(f64, f64); 3] = [(0.85, 0.0), (0.7, 0.2), (0.0, 0.4)];

/// Whether two claims are one. Names alone are no claim.
fn one_claim(side: &Side, x: &[u32], y: &[u32], alike: &[(f64, f64)], score: f64) -> bool {
    let weights = side.vocabulary.weights();
    let sum = |terms: &[u32], with: &[u32]| -> f64 {
        let both = terms.iter().filter(|t| with.binary_search(t).is_ok());
        both.map(|t| weights.get(*t as usize).copied().unwrap_or(0.0)).sum()
    };
    let words = side.unit.terms.iter().filter(|t| !t.name);
    let both = |t: &u32| x.binary_search(t).is_ok() && y.binary_search(t).is_ok();
    let least = alike.iter().find(|(from, _)| score >= *from).map_or(1.0, |(_, least)| *least);
    least == 0.0
        || shared(x, y) >= TERMS
            && words.filter(|t| both(&t.number)).count() >= WORDS
            && sum(x, y) >= least * (sum(x, x) * sum(y, y)).sqrt()
}

/// The position of the word that says who: the last before what describes it further.
fn head(side: &Side, source: &Range<usize>) -> usize {
    let describes = |at: &usize| {
        let word = side.folded(*at);
        listed("of in at for with who from to on close", word) || side.breaks(*at - 1)
    };
    let end = |from: usize| (from + 1..source.end).find(describes).unwrap_or(source.end) - 1;
    let first = end(source.start);
    // "A handful of insiders" are insiders.
    let counts =
        first + 2 < source.end && listed(COUNTS, side.folded(first)) && side.folded(first + 1) == "of";
    if counts { end(first + 2) } else { first }
}

/// Whether nobody is named as the source.
fn nameless(side: &Side, report: &Report) -> bool {
    listed(ANONYMOUS, side.folded(head(side, &report.source)))
}

/// Whether the one who speaks in a sentence is nowhere in the other.
fn absent(side: &Side, source: &Range<usize>, other: &Side) -> bool {
    let head = head(side, source);
    let whole = 0..other.tokens().len();
    // "The IRS" is the Internal Revenue Service.
    let short = side.folded(head);
    let names = whole.clone().filter(|at| other.is_name(*at));
    let initials: String = names.filter_map(|at| other.folded(at).chars().next()).collect();
    !meet(side, &(head..head + 1), other, &whole) && (short.len() < 3 || !initials.contains(short))
}

/// Who says it, in two sentences that make the same claim, or of which `found` has two stages of one event.
pub(super) fn sources(
    a: &Side,
    b: &Side,
    (quotes_a, quotes_b): (&[Quote], &[Quote]),
    score: f64,
    found: &mut Vec<Difference>,
) {
    let (left, right) = (all(a, quotes_a), all(b, quotes_b));
    let inside = |side: &Side, claim: &Range<usize>, span: Span| {
        let at = side.positions(span);
        claim.start <= at.start && at.end <= claim.end
    };
    let one_event = |x: &Report, y: &Report| {
        let status = found.iter().filter(|d| d.kind == DifferenceKind::Status);
        status.into_iter().any(|d| inside(a, &x.claim, d.a) && inside(b, &y.claim, d.b))
    };
    // "Mr. Costa" may be "the mayor's lawyer": only names, and those who have none, are surely two.
    let named = |side: &Side, r: &Report| side.is_name(head(side, &r.source));
    let written = |side: &Side, r: &Report| listed(WRITTEN, side.folded(head(side, &r.source)));
    let vague = |side: &Side, r: &Report| listed(VAGUE, side.folded(head(side, &r.source)));
    for x in &left {
        for y in &right {
            let alike = match nameless(a, x) || nameless(b, y) {
                true if vague(a, x) && vague(b, y) => continue,
                true => &NAMELESS[..],
                false if (named(a, x) || written(a, x)) && (named(b, y) || written(b, y)) => &ALIKE[..],
                false => continue,
            };
            if (one_claim(a, &a.terms(x.claim.clone()), &b.terms(y.claim.clone()), alike, score)
                || one_event(x, y))
                && absent(a, &x.source, b)
                && absent(b, &y.source, a)
            {
                let (x, y) =
                    (a.span(x.source.start, x.source.end - 1), b.span(y.source.start, y.source.end - 1));
                found.push(difference("who says so", x, y));
                return;
            }
        }
    }
    let reported = |said, all, plain, others: &[Report], quotes: &[Quote]| {
        // Who quotes states nothing by himself.
        reported(said, all, plain, others.is_empty() && quotes.is_empty(), score)
    };
    if let Some((x, y)) = reported(a, &left, b, &right, quotes_b) {
        found.push(difference("reported or stated", x, y));
    } else if let Some((y, x)) = reported(b, &right, a, &left, quotes_a) {
        found.push(difference("stated or reported", x, y));
    }
}

/// Words of a sentence that states nothing by itself, whoever it is that speaks.
const SAID: &str = "said says saying told reported according";
/// Words of a sentence that can state a claim by itself.
const SENTENCE: usize = 7;

/// Somebody's claim that the other sentence states by itself: the source, and the words that state it. A sentence that is
/// not `plain_speech` states nothing but what a newspaper reports that it does not name.
fn reported(
    said: &Side,
    all: &[Report],
    plain: &Side,
    plain_speech: bool,
    score: f64,
) -> Option<(Span, Span)> {
    let whole = 0..plain.tokens().len();
    if whole.len() < SENTENCE || score < SURE {
        return None;
    }
    let says = |side: &Side, mut range: Range<usize>, list| range.any(|at| listed(list, side.folded(at)));
    all.iter().filter(|r| !r.doing).find_map(|r| {
        let claim = said.terms(r.claim.clone());
        let told =
            |at: &usize| plain.word(*at).is_some_and(|w| w.content && claim.binary_search(&w.term).is_ok());
        let spoken = |at: usize| {
            listed(SPEAKING, plain.stem(at)) && !told(&at)
                || listed(SAID, plain.folded(at))
                || listed(FIRST, plain.folded(at)) && !plain.tokens().get(at).is_some_and(|t| t.capital)
                || plain.gap(at).contains(['‘', '\''])
        };
        let alike = if nameless(said, r) { &STATED_OR_SO } else { &STATED };
        let stated = says(said, r.source.clone(), PRESS)
            && !says(plain, whole.clone(), PRESS)
            && !says(plain, whole.clone(), HEARSAY)
            && !meet(said, &r.source, plain, &whole)
            || plain_speech
                && one_claim(said, &claim, &plain.terms(whole.clone()), alike, score)
                && !whole.clone().any(spoken)
                && absent(said, &r.source, plain);
        if !stated {
            return None;
        }
        // Of the plain sentence's clauses the one that has most of the claim; names alone are none.
        let (mut most, mut best, mut start) = (0..0, 0, 0);
        for end in whole.clone().filter(|at| plain.breaks(*at)).map(|at| at + 1).chain([whole.end]) {
            let count = (start..end).filter(|at| told(at) && !plain.is_name(*at)).count();
            if count > best {
                (most, best) = (start..end, count);
            }
            start = end;
        }
        (best > 0)
            .then(|| (said.span(r.source.start, r.source.end - 1), plain.span(most.start, most.end - 1)))
    })
}

/// Something that one sentence gives as hearsay and the other does not: the verb beside the word that says so.
pub(super) fn hearsay(a: &Side, b: &Side, found: &mut Vec<Difference>) {
    let find = |side: &Side| {
        let reports = |at: &usize| side.word(*at).is_some_and(|word| word.reports);
        // "Alleged interference", not "she alleged that …".
        let so_called = |at: usize| {
            side.folded(at) == "alleged"
                && side.word(at + 1).is_some_and(|w| w.content)
                && !(at > 0 && side.is_name(at - 1))
                && !listed("he she they has have had who that also", side.folded(at.max(1) - 1))
        };
        let mut all = (0..side.tokens().len()).filter(reports);
        all.find(|at| listed(HEARSAY, side.folded(*at)) || so_called(*at))
    };
    let told = |side: &Side, at: usize, other: &Side| -> Option<(usize, usize)> {
        let range = || 0..other.tokens().len();
        let verb = [at + 1, at + 2].into_iter().find(|p| !listed("to was were be", side.folded(*p)))?;
        let same = range().find(|p| other.stem(*p) == side.stem(verb))?;
        let common = shared(&side.context(at, verb + 1, REACH), &other.context(same, same + 1, REACH));
        let doubted = range().any(|p| listed(OF_SOMEBODY, other.stem(p)));
        (common >= TERMS && !doubted).then_some((verb, same))
    };
    match (find(a), find(b)) {
        (Some(i), None) => found.extend(
            told(a, i, b).map(|(verb, j)| difference("hearsay or not", a.span(i, verb), b.span(j, j))),
        ),
        (None, Some(j)) => found.extend(
            told(b, j, a)
                .map(|(verb, i)| difference("not hearsay or hearsay", a.span(i, i), b.span(j, verb))),
        ),
        _ => {}
    }
}

/// Verbs of saying something of somebody, which the passive leaves without a source, as stems.
const OF_SOMEBODY: &str = "accus critic criticis blame denounc alleg prais condemn describ";
/// Words around such a verb in which two sentences must share company.
const REACH: usize = 8;

/// Whether a stem is that of a verb of saying something of somebody.
pub(super) fn of_somebody(stem: &str) -> bool {
    listed(OF_SOMEBODY, stem)
}

/// Something said of somebody, in the passive without a source, and in the other sentence by somebody.
pub(super) fn unsaid(a: &Side, b: &Side, found: &mut Vec<Difference>) {
    let find = |side: &Side, passive: bool| {
        side.telling().find(|&at| {
            if at == 0 || !of_somebody(side.stem(at)) {
                return false;
            }
            let be = |word: &str| listed("is are was were been being be", word);
            let suffers = side.folded(at).ends_with("ed")
                && (be(side.folded(at - 1)) || at > 1 && be(side.folded(at - 2)));
            let by = (at + 1..at + 6).any(|p| side.folded(p) == "by");
            suffers == passive && !by
        })
    };
    let mut note = "nobody named or somebody";
    let pair = match (find(a, true), find(b, true)) {
        (Some(i), None) => find(b, false).map(|j| (i, j)),
        (None, Some(j)) => {
            note = "somebody or nobody named";
            find(a, false).map(|i| (i, j))
        }
        _ => None,
    };
    if let Some((i, j)) = pair
        && a.stem(i) == b.stem(j)
        && shared(&a.context(i, i + 1, REACH), &b.context(j, j + 1, REACH)) >= TERMS
    {
        found.push(difference(note, a.span(i, i), b.span(j, j)));
    }
}

fn difference(note: &str, a: Span, b: Span) -> Difference {
    Difference { kind: DifferenceKind::Attribution, note: note.into(), a, b, degree: Degree::Attribution }
}

/// Who says it, in a place where two versions of one sentence part.
pub(super) fn edited(a: &Side, b: &Side, gap: &Gap) -> Option<Difference> {
    if gap.a.is_empty() || gap.b.is_empty() {
        return None;
    }
    let beside = |side: &Side, range: &Range<usize>| {
        reports(side.folded(range.end))
            || range.start.checked_sub(1).is_some_and(|at| {
                reports(side.folded(at)) || side.folded(at) == "to" && at > 0 && reports(side.folded(at - 1))
            })
    };
    if !beside(a, &gap.a) || !beside(b, &gap.b) || gap.a.len().max(gap.b.len()) > MAX_SOURCE {
        return None;
    }
    let when = |side: &Side, range: &Range<usize>| {
        let first = side.folded(range.start);
        listed("in on at during", first) || words::is_calendar(first)
    };
    let (x, y) = (a.terms(gap.a.clone()), b.terms(gap.b.clone()));
    // "He" may be whom the other names, but is not "officials".
    let named = |side: &Side, range: &Range<usize>| range.clone().any(|at| side.is_name(at));
    let two = match (x.is_empty(), y.is_empty()) {
        (false, false) => true,
        (true, false) => !named(b, &gap.b),
        (false, true) => !named(a, &gap.a),
        (true, true) => false,
    };
    (two && shared(&x, &y) == 0 && !when(a, &gap.a) && !when(b, &gap.b) && !same_entity(a, b, &gap.a, &gap.b))
        .then(|| {
            let (x, y) = (a.span(gap.a.start, gap.a.end - 1), b.span(gap.b.start, gap.b.end - 1));
            difference("who says so", x, y)
        })
}
