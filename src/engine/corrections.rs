//! Corrections of names: what a reader says about them, taken in, undone, listed and handed out.
//!
//! Invariant: a correction that does not fit these articles is not kept when it is made here, and is kept and
//! said where it came in a file; the articles and the edition are never changed. Not here: what a record is and
//! does (`entities::corrections`, `entities::correct`).

use super::answer::Engine;
use super::names::NameTable;
use super::views::{CorrectionView, Corrections as View, Taken};
use super::{Problem, SourceFile, Step};
use crate::entities::corrections::{self, Correction, Corrections, Named};

impl Engine {
    /// Takes a step.
    pub(super) fn correct(&mut self, step: Step, problems: &mut Vec<Problem>) -> Taken {
        let mut all = self.corpus().corrections().clone();
        let count = match &step {
            Step::Make(record) => all.add(vec![record.clone()]),
            Step::Undo => usize::from(all.undo()),
            Step::Redo => usize::from(all.redo()),
            Step::Withdraw(index) => usize::from(all.withdraw(*index as usize)),
            Step::Take(file) => all.add(read(file, problems)),
        };
        let before = self.corpus().corrections().clone();
        let last = all.records().len().saturating_sub(1);
        if count > 0 {
            self.set_corrections(all);
        }
        let unfit =
            self.corpus().unfit.iter().find(|(index, _)| matches!(step, Step::Make(_)) && *index == last);
        match unfit.filter(|_| count > 0) {
            Some((_, why)) => {
                problems.push(problem("", format!("Not corrected: {why}.")));
                self.set_corrections(before);
                Taken { count: 0, ..self.taken() }
            }
            None => Taken { count: count as u32, ..self.taken() },
        }
    }

    fn taken(&self) -> Taken {
        let (undo, redo) = self.corpus().corrections().steps();
        Taken { count: 0, undo, redo }
    }

    /// Old ids with those that they lead to now.
    pub(super) fn former(&self) -> Vec<(String, String)> {
        let id = |entity: u32| self.entity_at(entity as usize).map(|e| e.id.clone());
        self.corpus().former.iter().filter_map(|(old, entity)| Some((old.clone(), id(*entity)?))).collect()
    }

    /// All corrections, in the order in which they are applied.
    pub(super) fn all_corrections(&self) -> View {
        let corpus = self.corpus();
        let (undo, redo) = corpus.corrections().steps();
        let why = |at: usize| corpus.unfit.iter().find(|(index, _)| *index == at).map(|(_, why)| why.clone());
        let view = |(index, record): (usize, &Correction)| CorrectionView {
            correction: record.clone(),
            entity: about(record)
                .and_then(|id| self.names().entity_of(id))
                .and_then(|e| self.entity_at(e))
                .map(|e| e.id.clone()),
            problem: why(index),
        };
        View { all: corpus.corrections().records().iter().enumerate().map(view).collect(), undo, redo }
    }

    /// The file of all corrections.
    pub(super) fn corrections_file(&self) -> Vec<u8> {
        corrections::write(self.corpus().corrections().records()).into_bytes()
    }

    fn set_corrections(&mut self, corrections: Corrections) {
        self.change(|corpus| corpus.set_corrections(corrections));
    }

    /// The table of names as they are now.
    pub(super) fn name_table(corpus: &crate::bundle::Corpus) -> NameTable {
        NameTable::new(&corpus.entities, &corpus.former)
    }
}

/// The id of the entity that a correction is about.
fn about(record: &Correction) -> Option<&str> {
    match record {
        Correction::Move { to: Some(who), .. }
        | Correction::Move { who, .. }
        | Correction::Hide { who, .. }
        | Correction::Rename { who, .. }
        | Correction::Retype { who, .. }
        | Correction::Add { named: Named::Known(who), .. } => Some(&who.id),
        Correction::Add { .. } | Correction::Pair { .. } => None,
    }
}

/// The corrections of a file.
fn read(file: &SourceFile, problems: &mut Vec<Problem>) -> Vec<Correction> {
    let text = String::from_utf8_lossy(&file.bytes);
    match corrections::read(&text) {
        Ok((records, odd)) => {
            problems.extend(odd.into_iter().map(|why| problem(&file.name, why)));
            records
        }
        Err(why) => {
            problems.push(problem(&file.name, format!("not taken in: {why}")));
            Vec::new()
        }
    }
}

fn problem(file: &str, message: String) -> Problem {
    Problem { file: file.to_owned(), line: None, message }
}
