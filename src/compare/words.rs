//! Word lists of the comparison: function words, classes of news words that mean nearly the same; and in which of the
//! lists of this and other files a word is, looked up at once.
//!
//! Invariant: lists hold folded words; [`class`] maps stems to classes, one of two rows to the first. English only: other
//! languages fall back on words, numbers and names. Not here: how the lists are used (`unit.rs`, `status.rs` …).

use super::{people, reports, status};
use crate::text;
use crate::text::interner::Interner;
pub use crate::text::words::listed;
use std::sync::OnceLock;

/// Function words: they carry no topic.
const STOP: &str = "a about above after again against all also although am among an and another any are around as at be \
    because been before being below between both but by can cannot could did do does doing done down during each \
    either else even ever every few for from further had has have having he her here hers herself him himself his how \
    however i if in into is it its itself just last least less let like many may me might more most much must my \
    myself neither no nor not now of off on once one only or other others our ours out over own per same she should \
    since so some such than that the their theirs them themselves then there these they this those though through to \
    too toward towards under until up upon us very was we were what when where whether which while who whom whose \
    why will with within without would yet you your yours mr mrs ms dr said say says saying told according \
    i'm it's he's she's that's don't didn't doesn't won't isn't wasn't aren't weren't can't couldn't wouldn't \
    shouldn't hasn't haven't hadn't we're they're you're i've we've they've";

/// Words that news use for one another, a class a line. The first names the class.
const CLASSES: &str = "\
    talks negotiations discussions dialogue conversations negotiate contact;\
    massacre attack assault onslaught atrocity;\
    kill murder slay dead die death killed slain deaths fatality;\
    hurt injure wound injured wounded injury;\
    abduct kidnap abduction;\
    announce declare unveil announcement;\
    begin start commence launch began started;\
    end conclude finish ended conclusion;\
    occur happen;\
    buy purchase acquire bought acquisition takeover;\
    sell sold sale;\
    rise increase climb grow jump soar rose surge gain;\
    fall drop decline decrease plunge fell slump;\
    company firm corporation;\
    police officers cops;\
    doctor physician;\
    lawyer attorney;\
    child children kid kids;\
    woman women lady;\
    man men guy;\
    approve approval endorse;\
    quit resign resignation;\
    fire sack dismiss fired;\
    arrest detain arrested detained;\
    blast explosion bomb bombing explode;\
    help aid assist assistance;\
    hospital clinic;\
    plane aircraft jet airplane airliner;\
    car vehicle automobile;\
    pact accord treaty deal agreement;\
    vote ballot poll;\
    war conflict fighting;\
    soldier troop troops soldiers;\
    fighter militant gunman insurgent gunmen;\
    weapon arms gun weapons;\
    prison jail;\
    verify verifiable verification;\
    curb restrain restraint limit;\
    demand require requirement insist;\
    backing support sponsorship sponsor;\
    proxy militia;\
    percent pct percentage;\
    tonne ton tonnes tons;\
    storm hurricane typhoon cyclone;\
    quake earthquake;\
    flood flooding;\
    fire blaze;\
    probe investigation inquiry investigate;\
    suit lawsuit sue;\
    judge justice;\
    film movie;\
    cash money;\
    worth value;\
    movement mobilisation;\
    doubt skepticism skeptical scepticism sceptical;\
    halt stop cease stopping;\
    danger threat risk;\
    robust strong;\
    dispute disagreement row;\
    protest demonstration rally protester demonstrator;\
    area region zone;\
    nation country;\
    home house residence;\
    use utilise utilize;\
    show demonstrate;\
    important significant crucial;\
    big large huge;\
    near close;\
    quick fast rapid;\
    student pupil;\
    teacher professor;\
    study research;\
    scientist researcher;\
    disease illness;\
    drug medicine medication;\
    test trial;\
    cut slice chop dice;\
    phone telephone";

/// Verbs whose past does not end as that of others, with its forms.
const IRREGULAR: &str = "\
    meet met;\
    give gave given;\
    take took taken;\
    make made;\
    send sent;\
    win won;\
    lose lost;\
    write wrote written;\
    speak spoke spoken;\
    know knew known;\
    see saw seen;\
    come came;\
    go went gone;\
    hold held;\
    find found;\
    bring brought;\
    build built;\
    spend spent;\
    keep kept;\
    pay paid;\
    lead led;\
    break broke broken;\
    choose chose chosen;\
    fight fought;\
    seek sought;\
    shoot shot;\
    steal stole stolen;\
    strike struck;\
    throw threw thrown;\
    withdraw withdrew withdrawn;\
    become became;\
    hear heard;\
    swear swore sworn;\
    flee fled;\
    think thought";

/// Lists that every word is looked for in, once.
const LISTS: [&[&str]; 5] = [
    &[STOP],
    &[people::HEADS],
    &[reports::REPORTING, reports::HEARSAY],
    &[status::SENT, status::WENT],
    &status::STAGES,
];

/// Which of [`LISTS`] have a folded word.
pub fn lists(folded: &str) -> [bool; 5] {
    static WORDS: OnceLock<(Interner, Vec<[bool; 5]>)> = OnceLock::new();
    let (words, bits) = WORDS.get_or_init(|| {
        let (mut words, mut bits) = (Interner::default(), Vec::new());
        for (bit, lists) in LISTS.iter().enumerate() {
            for word in lists.iter().flat_map(|list| list.split(' ')) {
                let number = words.number(word) as usize;
                bits.resize(bits.len().max(number + 1), [false; 5]);
                bits[number][bit] = true;
            }
        }
        (words, bits)
    });
    words.find(folded).map_or([false; 5], |number| bits[number as usize])
}

/// Whether a folded word is a function word.
pub fn is_stop(folded: &str) -> bool {
    lists(folded)[0]
}

/// Whether a folded word is a verb in the past: "closed", "met".
pub fn is_past(folded: &str) -> bool {
    let verbs = || IRREGULAR.split(';').filter_map(|row| row.split_once(' '));
    folded.ends_with("ed") || verbs().any(|(_, past)| listed(past, folded))
}

/// Whether a folded word names a month or a day of the week.
pub fn is_calendar(folded: &str) -> bool {
    const NAMES: &str = "january february march april may june july august september october november december jan feb \
        mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday";
    listed(NAMES, folded)
}

/// The class of a stem, as the stem that stands for it; the stem itself where it is in none.
pub fn class(stem: &str) -> &str {
    static STEMS: OnceLock<(Interner, Vec<u32>)> = OnceLock::new();
    let (stems, first) = STEMS.get_or_init(|| {
        let (mut stems, mut first) = (Interner::default(), Vec::new());
        for row in CLASSES.split(';').chain(IRREGULAR.split(';')) {
            let mut name = None;
            for word in row.split(' ') {
                let number = stems.number(&text::stem(word, None));
                let name = *name.get_or_insert(number);
                if number as usize == first.len() {
                    first.push(name);
                }
            }
        }
        (stems, first)
    });
    match stems.find(stem).and_then(|number| first.get(number as usize)) {
        Some(first) => stems.key(*first as usize),
        None => stem,
    }
}
