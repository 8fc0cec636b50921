//! The scope of a query: which articles its own fields (`source:`, `entity:`, `before:`, `after:`) let through.
//!
//! Invariant: values of one field are alternatives, fields are combined, a negated value leaves articles out.
//! Not here: the filters of the address (see `filter`), words.

use super::Filters;
use super::answer::Engine;
use crate::query::{Field, Filter, Query};
use crate::text;
use crate::text::map::Set;

impl Engine {
    /// Per article, whether the fields of the query let it through.
    pub(super) fn scope(&self, query: &Query) -> Vec<bool> {
        let dates = Filters { from: query.from.clone(), to: query.to.clone(), ..Filters::default() };
        let mut wanted: Vec<Vec<bool>> = Vec::new();
        let mut scope: Vec<bool> = (0..self.articles().len()).map(|i| self.passes(i, &dates)).collect();
        for field in [Field::Source, Field::Entity] {
            let of_field = || query.filters.iter().filter(|f| f.field == field);
            let mut any = vec![false; scope.len()];
            for filter in of_field() {
                let has = self.having(filter);
                let out = if filter.negated { &mut scope } else { &mut any };
                for (slot, has) in out.iter_mut().zip(has) {
                    *slot = if filter.negated { *slot && !has } else { *slot || has };
                }
            }
            if of_field().any(|f| !f.negated) {
                wanted.push(any);
            }
        }
        for any in wanted {
            scope.iter_mut().zip(any).for_each(|(slot, any)| *slot &= any);
        }
        scope
    }

    /// Per article, whether it has the value of a field.
    fn having(&self, filter: &Filter) -> Vec<bool> {
        match filter.field {
            Field::Source => {
                let wanted = folded(&filter.value);
                let has = |text: &str| !wanted.is_empty() && folded(text).contains(&wanted);
                self.articles().iter().map(|a| a.meta.source.as_deref().is_some_and(has)).collect()
            }
            Field::Entity => {
                let entities = self.entities_called(&filter.value);
                let named = |i: usize| entities.iter().any(|e| self.names().count(*e, i) > 0);
                (0..self.articles().len()).map(named).collect()
            }
        }
    }

    /// The entities that a reader means by a name: those with this id, name or alias; where there is none, those
    /// with a name that has these words.
    pub(super) fn entities_called(&self, called: &str) -> Set<usize> {
        let wanted = folded(called);
        let all = || self.corpus().entities.entities.iter().enumerate();
        let names = |e: &crate::entities::Entity| {
            std::iter::once(&e.name).chain(&e.aliases).map(|n| folded(n)).collect::<Vec<String>>()
        };
        let exact: Set<usize> = all()
            .filter(|(_, e)| e.id == called || (!wanted.is_empty() && names(e).contains(&wanted)))
            .map(|(i, _)| i)
            .collect();
        if !exact.is_empty() || wanted.is_empty() {
            return exact;
        }
        let within = format!(" {wanted} ");
        let has = |e: &crate::entities::Entity| names(e).iter().any(|n| format!(" {n} ").contains(&within));
        all().filter(|(_, e)| has(e)).map(|(i, _)| i).collect()
    }

    /// The entities that the query's `entity:` fields want.
    pub(super) fn wanted_entities(&self, query: &Query) -> Set<usize> {
        let wanted = query.filters.iter().filter(|f| f.field == Field::Entity && !f.negated);
        wanted.flat_map(|f| self.entities_called(&f.value)).collect()
    }
}

/// The words of a text, folded, with one space between them.
pub fn folded(text: &str) -> String {
    text::words(text).map(|w| text::fold(w.of(text))).collect::<Vec<String>>().join(" ")
}
