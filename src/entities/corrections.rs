//! Corrections: what a reader has said about the names and about pairs of passages, as a list of records, and the file that carries it.
//!
//! A record speaks of things that stay: an entity by its id and name, a mention by its article, place and words.
//! So it can be applied to what a better recogniser finds, and to another copy of the articles. The file is
//! JSON, the same that a corpus file keeps (docs/CORRECTIONS.md says it in full):
//!
//! ```text
//! {"crossread":"corrections","version":1,"corrections":[
//! {"do":"move","entity":{"id":"u-s","name":"U.S."},"to":{"id":"united-states","name":"United States"}},
//! {"do":"hide","entity":{"id":"west","name":"West"},"place":{"article":"a","start":12,"quote":"West"}},
//! {"do":"link","a":{"article":"a","start":0,"quote":"It rains."},"b":{"article":"b","start":9,"quote":"Rain fell."}}
//! ]}
//! ```
//!
//! Invariants: what is written is read back equal; reading is total, and a record that cannot be read is named
//! and leaves the others; an edit and its undoing leave the list as it was. Not here: what a record does
//! (`corrected.rs`).

use super::Kind;
use crate::text::Json;
use crate::text::json::escape;

/// The version of the file that this program writes, and the newest that it reads.
const VERSION: u32 = 1;

/// Records that a file may have.
const MOST: usize = 10_000;

/// An entity as a record names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// Its id when the record was made.
    pub id: String,
    /// Its name then, by which it is found where the id has changed.
    pub name: String,
}

/// Words of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The article's slug.
    pub article: String,
    /// Where they begin, in Unicode scalar values of its text.
    pub start: u32,
    /// The words.
    pub quote: String,
}

/// Which mentions of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    Whole,
    /// Those written so; spaces and line breaks count as one space.
    Alias(String),
    /// One.
    At(Place),
}

/// What added words name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// An entity that is there.
    Known(Who),
    /// A new one.
    New {
        /// Its name.
        name: String,
        /// What it is.
        kind: Kind,
    },
}

/// One thing that a reader has said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Mentions of one entity are mentions of another, or of one of their own. All of them: the two are one.
    Move {
        /// Whose.
        who: Who,
        /// Which.
        part: Part,
        /// Of whom; `None` for an entity of their own, named as they are written.
        to: Option<Who>,
    },
    /// Mentions are none.
    Hide {
        /// Whose.
        who: Who,
        /// Which.
        part: Part,
    },
    /// An entity has another canonical name.
    Rename {
        /// Which.
        who: Who,
        /// The name.
        name: String,
    },
    /// An entity is of another kind.
    Retype {
        /// Which.
        who: Who,
        /// The kind.
        kind: Kind,
    },
    /// Words are a mention.
    Add {
        /// Which words.
        place: Place,
        /// Of whom.
        named: Named,
        /// Whether the same words are wherever they stand, in all articles.
        everywhere: bool,
    },
    /// Of two passages of different articles.
    Pair {
        /// One.
        a: Place,
        /// The other.
        b: Place,
        /// What.
        say: Say,
    },
}

/// What can be said of two passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Say {
    /// They state the same.
    Link,
    /// They do not correspond.
    Unlink,
    /// What was found to differ in this way does not: a kind of differences by its label.
    Agree(String),
}

impl Correction {
    /// The places that it speaks of.
    pub fn places_mut(&mut self) -> Vec<&mut Place> {
        match self {
            Correction::Move { part: Part::At(place), .. }
            | Correction::Hide { part: Part::At(place), .. }
            | Correction::Add { place, .. } => vec![place],
            Correction::Pair { a, b, .. } => vec![a, b],
            _ => Vec::new(),
        }
    }
}

/// The records with what can be undone and done again.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    records: Vec<Correction>,
    undo: Vec<Edit>,
    redo: Vec<Edit>,
}

/// A change of the list.
#[derive(Clone, Debug)]
enum Edit {
    /// These come in at this place.
    Put(usize, Vec<Correction>),
    /// So many go from this place.
    Take(usize, usize),
}

impl Corrections {
    /// Records that were kept.
    pub fn of(records: Vec<Correction>) -> Corrections {
        Corrections { records, ..Corrections::default() }
    }

    /// The records, in the order in which they are applied.
    pub fn records(&self) -> &[Correction] {
        &self.records
    }

    /// Whether there is something to undo, and to do again.
    pub fn steps(&self) -> (bool, bool) {
        (!self.undo.is_empty(), !self.redo.is_empty())
    }

    /// Appends those that are not there yet, as one step; how many these are.
    pub fn add(&mut self, records: Vec<Correction>) -> usize {
        let mut fresh: Vec<Correction> = Vec::new();
        for record in records {
            if !self.records.contains(&record) && !fresh.contains(&record) {
                fresh.push(record);
            }
        }
        let count = fresh.len();
        if count > 0 {
            self.step(Edit::Put(self.records.len(), fresh));
        }
        count
    }

    /// Takes one back; whether it was there.
    pub fn withdraw(&mut self, index: usize) -> bool {
        let there = index < self.records.len();
        if there {
            self.step(Edit::Take(index, 1));
        }
        there
    }

    /// Undoes the last step; whether there was one.
    pub fn undo(&mut self) -> bool {
        let step = self.undo.pop().map(|edit| self.edit(edit));
        let done = step.is_some();
        self.redo.extend(step);
        done
    }

    /// Does the step again that was undone last; whether there was one.
    pub fn redo(&mut self) -> bool {
        let step = self.redo.pop().map(|edit| self.edit(edit));
        let done = step.is_some();
        self.undo.extend(step);
        done
    }

    fn step(&mut self, edit: Edit) {
        let back = self.edit(edit);
        self.undo.push(back);
        self.redo.clear();
    }

    /// Makes a change; the change that takes it back.
    fn edit(&mut self, edit: Edit) -> Edit {
        match edit {
            Edit::Put(at, records) => {
                let (at, count) = (at.min(self.records.len()), records.len());
                self.records.splice(at..at, records);
                Edit::Take(at, count)
            }
            Edit::Take(at, count) => {
                let at = at.min(self.records.len());
                let end = (at + count).min(self.records.len());
                Edit::Put(at, self.records.drain(at..end).collect())
            }
        }
    }
}

/// Whether bytes look like a file of corrections.
pub fn is_file(bytes: &[u8]) -> bool {
    let start = bytes.get(..200).unwrap_or(bytes);
    let start: String = String::from_utf8_lossy(start).chars().filter(|c| !c.is_whitespace()).collect();
    start.trim_start_matches('\u{feff}').starts_with("{\"crossread\":\"corrections\"")
}

/// The file of some records: a record a line.
pub fn write(records: &[Correction]) -> String {
    let mut out = format!("{{\"crossread\":\"corrections\",\"version\":{VERSION},\"corrections\":[");
    for (index, record) in records.iter().enumerate() {
        out.push_str(if index == 0 { "\n{" } else { ",\n{" });
        one(&mut out, record);
        out.push('}');
    }
    out.push_str("\n]}\n");
    out
}

fn one(out: &mut String, record: &Correction) {
    match record {
        Correction::Move { who, part, to } => {
            put_part(out, "move", who, part);
            if let Some(to) = to {
                put_who(out, "to", to);
            }
        }
        Correction::Hide { who, part } => put_part(out, "hide", who, part),
        Correction::Rename { who, name } => {
            put_part(out, "rename", who, &Part::Whole);
            put(out, "name", name);
        }
        Correction::Retype { who, kind } => {
            put_part(out, "retype", who, &Part::Whole);
            put(out, "type", kind.label());
        }
        Correction::Pair { a, b, say } => {
            let (verb, kind) = match say {
                Say::Link => ("link", None),
                Say::Unlink => ("unlink", None),
                Say::Agree(kind) => ("agree", Some(kind)),
            };
            put(out, "do", verb);
            put_place(out, "a", a);
            put_place(out, "b", b);
            kind.into_iter().for_each(|kind| put(out, "type", kind));
        }
        Correction::Add { place, named, everywhere } => {
            put(out, "do", "add");
            put_place(out, "place", place);
            match named {
                Named::Known(who) => put_who(out, "entity", who),
                Named::New { name, kind } => {
                    put(out, "name", name);
                    put(out, "type", kind.label());
                }
            }
            if *everywhere {
                out.push_str(",\"everywhere\":true");
            }
        }
    }
}

/// A key with its string; the first of an object has no comma before it.
fn put(out: &mut String, key: &str, value: &str) {
    if !out.ends_with('{') {
        out.push(',');
    }
    escape(out, key);
    out.push(':');
    escape(out, value);
}

/// A key with an object.
fn put_object(out: &mut String, key: &str, fields: impl FnOnce(&mut String)) {
    out.push(',');
    escape(out, key);
    out.push_str(":{");
    fields(out);
    out.push('}');
}

fn put_who(out: &mut String, key: &str, who: &Who) {
    put_object(out, key, |out| {
        put(out, "id", &who.id);
        put(out, "name", &who.name);
    });
}

fn put_place(out: &mut String, key: &str, place: &Place) {
    put_object(out, key, |out| {
        put(out, "article", &place.article);
        out.push_str(",\"start\":");
        out.push_str(&place.start.to_string());
        put(out, "quote", &place.quote);
    });
}

fn put_part(out: &mut String, verb: &str, who: &Who, part: &Part) {
    put(out, "do", verb);
    put_who(out, "entity", who);
    match part {
        Part::Whole => {}
        Part::Alias(alias) => put(out, "alias", alias),
        Part::At(place) => put_place(out, "place", place),
    }
}

/// The records of a file, and what is wrong with others; an error where it is no such file.
pub fn read(text: &str) -> Result<(Vec<Correction>, Vec<String>), String> {
    let file = Json::parse(text).map_err(|at| {
        let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
        format!("it is not valid JSON: something is wrong in line {line}")
    })?;
    if file.get("crossread").and_then(Json::text) != Some("corrections") {
        return Err("it holds no corrections".to_owned());
    }
    let version = file.get("version").and_then(Json::number).unwrap_or(0);
    if version == 0 || version > VERSION {
        return Err(format!("it is of version {version}, and this program reads up to {VERSION}"));
    }
    let Some(Json::List(items)) = file.get("corrections") else {
        return Err("its list of corrections is missing".to_owned());
    };
    if items.len() > MOST {
        return Err(format!("it has more than {MOST} corrections"));
    }
    let (mut records, mut problems) = (Vec::new(), Vec::new());
    for (number, item) in items.iter().enumerate() {
        match record(item) {
            Some(record) => records.push(record),
            None => problems.push(format!("correction {} is not understood and left out", number + 1)),
        }
    }
    Ok((records, problems))
}

fn record(item: &Json) -> Option<Correction> {
    let text = |key: &str| item.get(key).and_then(Json::text).filter(|text| !text.trim().is_empty());
    let entity = || who(item.get("entity")?);
    let kind = || Kind::ALL.into_iter().find(|kind| Some(kind.label()) == text("type"));
    let part = || match (item.get("alias"), item.get("place")) {
        (None, None) => Some(Part::Whole),
        (Some(_), None) => Some(Part::Alias(text("alias")?.to_owned())),
        (None, Some(at)) => Some(Part::At(place(at)?)),
        (Some(_), Some(_)) => None,
    };
    Some(match text("do")? {
        "move" => {
            let to = item.get("to").map(who);
            Correction::Move {
                who: entity()?,
                part: part()?,
                to: if let Some(to) = to { Some(to?) } else { None },
            }
        }
        "hide" => Correction::Hide { who: entity()?, part: part()? },
        "rename" => Correction::Rename { who: entity()?, name: text("name")?.to_owned() },
        "retype" => Correction::Retype { who: entity()?, kind: kind()? },
        "add" => Correction::Add {
            place: place(item.get("place")?)?,
            named: match item.get("entity") {
                Some(known) => Named::Known(who(known)?),
                None => Named::New { name: text("name")?.to_owned(), kind: kind()? },
            },
            everywhere: item.get("everywhere") == Some(&Json::Truth(true)),
        },
        verb => {
            let say = match verb {
                "link" => Say::Link,
                "unlink" => Say::Unlink,
                "agree" => Say::Agree(text("type")?.to_owned()),
                _ => return None,
            };
            Correction::Pair { a: place(item.get("a")?)?, b: place(item.get("b")?)?, say }
        }
    })
}

fn who(item: &Json) -> Option<Who> {
    let text = |key: &str| item.get(key).and_then(Json::text).map(str::to_owned);
    Some(Who { id: text("id")?, name: text("name")? })
}

fn place(item: &Json) -> Option<Place> {
    let text = |key: &str| item.get(key).and_then(Json::text).map(str::to_owned);
    let quote = text("quote").filter(|quote| !quote.trim().is_empty())?;
    Some(Place { article: text("article")?, start: item.get("start")?.number()?, quote })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    fn who() -> impl Strategy<Value = Who> {
        (".{0,4}", ".{0,4}").prop_map(|(id, name)| Who { id, name })
    }

    fn place() -> impl Strategy<Value = Place> {
        (".{0,4}", any::<u32>(), "[a-z\"\\\\\n]{1,4}x").prop_map(|(article, start, quote)| Place {
            article,
            start,
            quote,
        })
    }

    fn part() -> impl Strategy<Value = Part> {
        prop_oneof![Just(Part::Whole), "[a-zé]{1,4}".prop_map(Part::Alias), place().prop_map(Part::At)]
    }

    /// Any correction.
    pub fn correction() -> impl Strategy<Value = Correction> {
        let kind = || prop::sample::select(Kind::ALL.to_vec());
        let named = prop_oneof![
            who().prop_map(Named::Known),
            ("[a-z]{1,4}", kind()).prop_map(|(name, kind)| Named::New { name, kind }),
        ];
        let say = prop_oneof![Just(Say::Link), Just(Say::Unlink), "[a-z]{1,4}".prop_map(Say::Agree)];
        prop_oneof![
            (who(), part(), prop::option::of(who())).prop_map(|(who, part, to)| Correction::Move {
                who,
                part,
                to
            }),
            (who(), part()).prop_map(|(who, part)| Correction::Hide { who, part }),
            (who(), "[a-z]{1,4}").prop_map(|(who, name)| Correction::Rename { who, name }),
            (who(), kind()).prop_map(|(who, kind)| Correction::Retype { who, kind }),
            (place(), named, any::<bool>()).prop_map(|(place, named, everywhere)| Correction::Add {
                place,
                named,
                everywhere
            }),
            (place(), place(), say).prop_map(|(a, b, say)| Correction::Pair { a, b, say }),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(records in prop::collection::vec(correction(), 0..6)) {
            let file = write(&records);
            prop_assert!(is_file(file.as_bytes()));
            prop_assert_eq!(read(&file), Ok((records, Vec::new())));
        }

        #[test]
        fn any_text_is_answered(text: String) {
            let _ = read(&text);
        }

        #[test]
        fn undoing_everything_and_doing_it_again(
            first in prop::collection::vec(correction(), 0..4),
            steps in prop::collection::vec((correction(), any::<bool>(), 0usize..4), 0..8),
        ) {
            let mut list = Corrections::of(first.clone());
            let mut taken = 0;
            for (record, withdraw, index) in steps {
                taken += usize::from(match withdraw {
                    true => list.withdraw(index),
                    false => list.add(vec![record]) > 0,
                });
            }
            let last = list.records().to_vec();
            for _ in 0..taken {
                prop_assert!(list.undo());
            }
            prop_assert!(!list.undo());
            prop_assert_eq!(list.records(), &first[..]);
            while list.redo() {}
            prop_assert_eq!(list.records(), &last[..]);
        }
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_is_read() {
        let check = |text: &str, expected: &str| assert_eq!(read(text).unwrap_err(), expected);
        check("{", "it is not valid JSON: something is wrong in line 1");
        check("[]", "it holds no corrections");
        check(
            r#"{"crossread":"corrections","version":2}"#,
            "it is of version 2, and this program reads up to 1",
        );
        let file = r#"{ "crossread": "corrections", "version": 1, "corrections": [
            {"do": "guess"}, {"do": "hide", "entity": {"id": "x", "name": "X"}},
            {"do": "retype", "entity": {"id": "x", "name": "X"}, "type": "planet"} ]}"#;
        let (records, problems) = read(file).unwrap();
        let who = Who { id: "x".into(), name: "X".into() };
        assert_eq!(records, [Correction::Hide { who, part: Part::Whole }]);
        assert_eq!(problems.len(), 2);
        assert!(is_file(file.as_bytes()) && !is_file(br#"{"text":"crossread"}"#));
    }
}
