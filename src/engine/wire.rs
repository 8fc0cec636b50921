//! `Wire`: requests and answers as bytes, for the way between a page and its worker.
//!
//! Both ends are the same program, so the bytes carry no names, no versions and nothing optional: numbers as in
//! the corpus file (LEB128), lengths before lists and strings, the index of a variant before what it holds.
//! Invariants: what is written is read back equal; reading is total: on other bytes it gives `None`. Every field
//! is listed here, and the compiler says so when one is missing. Not here: JSON for scripts (`cli/`), objects for
//! other pages (`module.rs`).

use super::messages::{FromWorker, ToWorker};
use super::views::*;
use super::{
    Answer, Correction, Filters, LineSort, Named, Part, Place, Problem, Request, Response, Saved, Say, Sort,
    SourceFile, Span, Step, Who,
};
use crate::article::BlockKind;
use crate::bundle::wire::{self, put};

/// A value as bytes.
pub fn to_bytes<T: Wire>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    value.put(&mut out);
    out
}

/// The value that [`to_bytes`] wrote; `None` where the bytes are anything else.
pub fn from_bytes<T: Wire>(bytes: &[u8]) -> Option<T> {
    let mut source = Source { reader: wire::Reader::new(bytes), odd: false };
    let value = T::get(&mut source);
    (!source.odd && source.reader.end().is_ok()).then_some(value)
}

/// Bytes to read from. Whoever meets something odd says so and goes on with any value: the whole is refused in
/// the end, and no type needs a way out half-way.
pub struct Source<'a> {
    reader: wire::Reader<'a>,
    odd: bool,
}

impl Source<'_> {
    fn number(&mut self) -> u64 {
        let number = self.reader.number();
        self.odd |= number.is_err();
        number.unwrap_or_default()
    }

    fn count(&mut self) -> usize {
        let count = self.reader.count();
        self.odd |= count.is_err();
        count.unwrap_or_default()
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        let taken = self.reader.take(N).ok().and_then(|bytes| bytes.try_into().ok());
        self.odd |= taken.is_none();
        taken.unwrap_or([0; N])
    }

    fn odd<T>(&mut self, instead: T) -> T {
        self.odd = true;
        instead
    }
}

/// What can be written and read.
pub trait Wire: Sized {
    /// Appends it.
    fn put(&self, out: &mut Vec<u8>);
    /// Reads it.
    fn get(from: &mut Source) -> Self;

    /// Appends several, without their number.
    fn put_all(all: &[Self], out: &mut Vec<u8>) {
        for one in all {
            one.put(out);
        }
    }

    /// Reads several; each takes at least a byte.
    fn get_all(count: usize, from: &mut Source) -> Vec<Self> {
        (0..count).map(|_| Self::get(from)).collect()
    }
}

impl Wire for u8 {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn get(from: &mut Source) -> u8 {
        u8::from_le_bytes(from.array())
    }

    fn put_all(all: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(all);
    }

    fn get_all(count: usize, from: &mut Source) -> Vec<u8> {
        match from.reader.take(count) {
            Ok(bytes) => bytes.to_vec(),
            Err(_) => from.odd(Vec::new()),
        }
    }
}

impl Wire for u32 {
    fn put(&self, out: &mut Vec<u8>) {
        put(out, u64::from(*self));
    }

    fn get(from: &mut Source) -> u32 {
        let number = from.number();
        u32::try_from(number).unwrap_or_else(|_| from.odd(0))
    }
}

impl Wire for u64 {
    fn put(&self, out: &mut Vec<u8>) {
        put(out, *self);
    }

    fn get(from: &mut Source) -> u64 {
        from.number()
    }
}

impl Wire for f32 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    fn get(from: &mut Source) -> f32 {
        f32::from_le_bytes(from.array())
    }
}

impl Wire for f64 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    fn get(from: &mut Source) -> f64 {
        f64::from_le_bytes(from.array())
    }
}

impl Wire for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn get(from: &mut Source) -> bool {
        match u8::get(from) {
            0 => false,
            1 => true,
            _ => from.odd(false),
        }
    }
}

impl Wire for char {
    fn put(&self, out: &mut Vec<u8>) {
        u32::from(*self).put(out);
    }

    fn get(from: &mut Source) -> char {
        let number = u32::get(from);
        char::from_u32(number).unwrap_or_else(|| from.odd(' '))
    }
}

impl Wire for String {
    fn put(&self, out: &mut Vec<u8>) {
        wire::put_str(out, self);
    }

    fn get(from: &mut Source) -> String {
        match from.reader.text() {
            Ok(text) => text.to_owned(),
            Err(_) => from.odd(String::new()),
        }
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn get(from: &mut Source) -> Option<T> {
        bool::get(from).then(|| T::get(from))
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        wire::put_len(out, self.len());
        T::put_all(self, out);
    }

    fn get(from: &mut Source) -> Vec<T> {
        let count = from.count();
        T::get_all(count, from)
    }
}

impl<T: Wire> Wire for Box<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (**self).put(out);
    }

    fn get(from: &mut Source) -> Box<T> {
        Box::new(T::get(from))
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn get(from: &mut Source) -> (A, B) {
        (A::get(from), B::get(from))
    }
}

impl<A: Wire, B: Wire, C: Wire> Wire for (A, B, C) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
        self.2.put(out);
    }

    fn get(from: &mut Source) -> (A, B, C) {
        (A::get(from), B::get(from), C::get(from))
    }
}

/// `Name { field, … }`: a struct, field by field.
macro_rules! structs {
    ($($name:ident { $($field:ident),+ })+) => {$(
        impl Wire for $name {
            fn put(&self, out: &mut Vec<u8>) {
                let $name { $($field),+ } = self;
                $($field.put(out);)+
            }

            fn get(from: &mut Source) -> $name {
                $name { $($field: Wire::get(from)),+ }
            }
        }
    )+};
}

/// `Name else value { index Variant, index Variant(a), index Variant { a, … }, … }`: an enum; `value` stands for
/// an index that no variant has.
macro_rules! enums {
    ($($name:ident else $instead:expr => {
        $($tag:literal $variant:ident $(($($part:ident),+))? $({ $($field:ident),+ })?,)+
    })+) => {$(
        impl Wire for $name {
            fn put(&self, out: &mut Vec<u8>) {
                match self {
                    $($name::$variant $(($($part),+))? $({ $($field),+ })? => {
                        out.push($tag);
                        $($($part.put(out);)+)?
                        $($($field.put(out);)+)?
                    })+
                }
            }

            fn get(from: &mut Source) -> $name {
                match u8::get(from) {
                    $($tag => {
                        $($(let $part = Wire::get(from);)+)?
                        $($(let $field = Wire::get(from);)+)?
                        $name::$variant $(($($part),+))? $({ $($field),+ })?
                    })+
                    _ => from.odd($instead),
                }
            }
        }
    )+};
}

structs! {
    Span { start, end }
    Problem { file, line, message }
    Filters { source, lang, entity, from, to }
    SourceFile { name, bytes }
    Response { answer, problems }
    Saved { bytes, articles_html, title }
    ArticleRef {
        slug, letter, title, title_given, file, source, author, date, language, url, licence, words
    }
    NameCount { entity, name, kind, count }
    Library { title, words, names, names_shared, cards, passing, total, facets, stories, told, pair, examples }
    Card { article, lead, most, only_here, names }
    Story { title, cards }
    Facet { key, label, values }
    FacetValue { value, label, count, on }
    Threads { a, b, links }
    PairBrief { a, b, threads, counts }
    PairCounts { pairs, differences, only_a, only_b, moved }
    Results { query, matches, passages, articles, groups, concordance, notes, facets, loosen }
    Note { label, text, query, link }
    Loosen { label, query, filters, articles, matches }
    ArticleHits { article, score, passages, passages_total, matches, strip, same, because, adds }
    Adds { what, times, headings, title, articles, score }
    Passage { paragraph, hit, snippet, why, counterpart }
    Snippet { text, marks, cut_start, cut_end }
    Counterpart { article, left, paragraph, relation, kinds, pair, quote }
    Line { slug, letter, label, title, source, date, paragraph, block, rtl, hit, left, hit_text, right }
    BlockView { kind, span, sentences, number, rtl }
    MentionView { span, name, certainty, why }
    NameView { entity, name, kind, aliases, gloss, count, total, articles }
    Reader {
        article, text, blocks, hits, mentions, names, elsewhere, also, accounts, compare_with, previous, next
    }
    Side { article, text, blocks, sentences, topics }
    Topic { title, sentences }
    SentenceView { span, block, pairs, only_here }
    PairView { a, b, part_a, part_b, relation, score, moved, differences, changes }
    Change { a, b, small }
    DifferenceView { pair, kind, degree, note, a, b }
    Compare {
        a, b, pairs, unsure, differences, counts, outcome, threads, names_both, called, names_a, names_b, words_a, words_b
    }
    Accounts { title, total, articles, claims, pairs, independent, left }
    Account { article, origin, claims, alone }
    Alone { block, paragraph, quote }
    Claim { head, independent, told, disagreements }
    Telling { article, block, paragraph, quote, from, marks, beside }
    Disagreement { x, y, pair, kind, x_words, y_words }
    PairOf { a, b, swapped, counts }
    Called { name, a, b }
    Names { names, network, ties }
    Tie { a, b, sentences }
    Join { slug, letter, label, paragraph, block, quote }
    Timeline { articles, statements, unplaced, dated, open, silent, overview, facets }
    Statement { article, date, counted, stated, quote, mark, from, block, paragraph }
    EntityPage { name, articles, aliases, starts, lines, moments, companions, ties, relations }
    AliasView { text, places }
    Moment { stated, date, quote, line }
    Companion { name, sentences, joins }
    Corrections { all, undo, redo }
    CorrectionView { correction, entity, problem }
    Taken { count, undo, redo }
    Who { id, name }
    Place { article, start, quote }
    About { title, edition, made_by, format, sections, articles, corrections, former }
    Suggestion { query, label, articles, entity, article }
    FileOutcome { file, added, corrections, known, problems }
    ArticleView { article, text, names, mentions }
    Ranked { slug, title, score, snippet, text, hits, why }
    Likeness { similarity, differences, changes }
}

enums! {
    Sort else Sort::Best => { 0 Best, 1 Newest, 2 Oldest, }
    LineSort else LineSort::Where => { 0 Where, 1 Left, 2 Right, }
    Relation else Relation::Related => { 0 Differs, 1 Same, 2 Related, }
    Outcome else Outcome::Compared => { 0 Identical, 1 OnlyMoved, 2 LittleInCommon, 3 Compared, 4 TwoLanguages, }
    BlockKind else BlockKind::Paragraph => {
        0 Paragraph, 1 Heading(level), 2 Item, 3 Quote, 4 Preformatted,
    }
    NameKind else NameKind::Person => {
        0 Person, 1 Organisation, 2 Place, 3 Group, 4 Event, 5 Law, 6 Date, 7 Quantity, 8 Work,
        9 Money, 10 Percent,
    }
    DifferenceKind else DifferenceKind::Status => {
        0 Status, 1 Negation, 2 Figure, 3 Date, 4 Name, 5 Title, 6 Attribution, 7 Quote, 8 Cause,
    }
    Degree else Degree::Conflict => { 0 Conflict, 1 Precision, 2 Attribution, }
    Part else Part::Whole => { 0 Whole, 1 Alias(alias), 2 At(place), }
    Named else Named::Known(Who::default()) => { 0 Known(who), 1 New { name, kind }, }
    Correction else Correction::Hide { who: Who::default(), part: Part::Whole } => {
        0 Move { who, part, to },
        1 Hide { who, part },
        2 Rename { who, name },
        3 Retype { who, kind },
        4 Add { place, named, everywhere },
        5 Pair { a, b, say },
    }
    Say else Say::Unlink => { 0 Link, 1 Unlink, 2 Agree(kind), }
    Step else Step::Undo => { 0 Make(record), 1 Undo, 2 Redo, 3 Withdraw(index), 4 Take(file), }
    Request else Request::About => {
        0 Library { filters, limit },
        1 Search { query, filters, sort, concordance, limit },
        2 Suggest { query },
        3 Reader { slug, query },
        4 Compare { a, b },
        5 Names,
        6 Entity { id, sort },
        7 About,
        8 Import(files),
        9 Save,
        10 Article { slug },
        11 Rank { query, limit, details },
        12 Likeness { a, b },
        13 Accounts { slugs, pairs },
        14 Correct(step),
        15 Corrections,
        16 ExportCorrections,
        17 Timeline { filters, limit },
    }
    Answer else Answer::Missing { what: String::new() } => {
        0 Library(view),
        1 Results(view),
        2 Suggestions(list),
        3 Reader(view),
        4 Compare(view),
        5 Names(view),
        6 Entity(view),
        7 About(view),
        8 Imported(outcomes),
        9 Saved(saved),
        10 Article(view),
        11 Ranking(list),
        12 Likeness(view),
        13 Missing { what },
        14 Accounts(view),
        15 Corrected(taken),
        16 Corrections(view),
        17 Timeline(view),
    }
    ToWorker else ToWorker::Again(Vec::new()) => { 0 Again(requests), 1 Ask(number, request), }
    FromWorker else FromWorker::Ready(None) => { 0 Ready(why), 1 Answer(number, response), }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use proptest::prelude::*;

    fn check<T: Wire + PartialEq + std::fmt::Debug>(value: T) {
        let bytes = to_bytes(&value);
        assert_eq!(from_bytes::<T>(&bytes).as_ref(), Some(&value));
        // Nothing may be missing, nothing may follow.
        assert_eq!(bytes.split_last().and_then(|(_, less)| from_bytes::<T>(less)), None);
        assert_eq!(from_bytes::<T>(&[&bytes[..], &[0]].concat()), None);
    }

    /// Questions of every kind, on articles that give each view something to hold.
    fn questions() -> (Vec<SourceFile>, Vec<Request>) {
        let file = |name: &str, text: &str| SourceFile { name: name.into(), bytes: text.into() };
        let files = vec![
            file(
                "a.md",
                "---\ntitle: Harbour talks\nauthor: R. Maar\nsource: The Mercury\ndate: 2024-03-11\n---\n\n\
                 Anna Keller said on March 9, 2024 that talks in Lindhaven may begin.\n\n## The port\n\n\
                 - About 200 ships wait, Anna Keller said.\n\n> Nobody has been paid.\n",
            ),
            file(
                "b.txt",
                "Anna Keller denied that talks in Lindhaven had begun.\n\nSome 300 ships wait at the port.",
            ),
        ];
        let (a, b) = ("a".to_owned(), "b".to_owned());
        let query = "talks ships".to_owned();
        let filters = Filters { from: Some("2020".into()), ..Filters::default() };
        let requests = vec![
            Request::Library { filters: Filters::default(), limit: 9 },
            Request::Library { filters: filters.clone(), limit: 9 },
            Request::Search {
                query: query.clone(),
                filters: Filters::default(),
                sort: Sort::Newest,
                concordance: Some(LineSort::Left),
                limit: 5,
            },
            Request::Search {
                query: "nowhere".into(),
                filters,
                sort: Sort::Best,
                concordance: None,
                limit: 5,
            },
            Request::Suggest { query: "li".into() },
            Request::Reader { slug: a.clone(), query: query.clone() },
            Request::Reader { slug: "none".into(), query: String::new() },
            Request::Compare { a: a.clone(), b: b.clone() },
            Request::Accounts { slugs: vec![a.clone(), b.clone()], pairs: 1 },
            Request::Names,
            Request::Timeline { filters: Filters::default(), limit: 9 },
            Request::Entity { id: "anna-keller".into(), sort: LineSort::Right },
            Request::About,
            Request::Article { slug: a.clone() },
            Request::Rank { query, limit: 3, details: true },
            Request::Likeness { a: "Some 300 ships wait.".into(), b: "About 200 ships wait.".into() },
            Request::Correct(Step::Make(Correction::Add {
                place: Place { article: a.clone(), start: 0, quote: "Anna".into() },
                named: Named::New { name: "Anna".into(), kind: NameKind::Person },
                everywhere: true,
            })),
            Request::Correct(Step::Make(Correction::Move {
                who: Who { id: "anna".into(), name: "Anna".into() },
                part: Part::Alias("Anna".into()),
                to: Some(Who { id: "anna-keller".into(), name: "Anna Keller".into() }),
            })),
            Request::Correct(Step::Undo),
            Request::Correct(Step::Take(files[0].clone())),
            Request::Corrections,
            Request::ExportCorrections,
            Request::Import(files.clone()),
            Request::Save,
        ];
        (files, requests)
    }

    #[test]
    fn every_question_and_its_answer_come_back() {
        let (files, requests) = questions();
        let mut engine = Engine::build(files, Some("Harbour".into())).0;
        for (number, request) in (0..).zip(requests) {
            let answer = engine.answer(request.clone());
            check(ToWorker::Ask(number, request));
            check(FromWorker::Answer(number, Box::new(answer)));
        }
    }

    #[test]
    fn plain_messages_come_back() {
        check(FromWorker::Ready(None));
        check(FromWorker::Ready(Some("the index is damaged".into())));
        check(ToWorker::Again(questions().1));
        check(('\u{10ffff}', u32::MAX, u64::MAX));
        check((f64::MIN_POSITIVE, -0.0_f32, true));
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(mut bytes: Vec<u8>, kind in 0u8..19) {
            let _ = from_bytes::<Vec<String>>(&bytes);
            bytes.insert(0, kind);
            if let Some(answer) = from_bytes::<Answer>(&bytes) {
                // Compared as bytes: no number need be equal to itself.
                let again = from_bytes::<Answer>(&to_bytes(&answer)).map(|again| to_bytes(&again));
                prop_assert_eq!(again, Some(to_bytes(&answer)));
            }
            let _ = from_bytes::<Request>(&bytes);
        }
    }
}
