//! `Shared`: an answer held by many, compared by identity.
//!
//! Invariant: two are equal when they are the same allocation, so that comparing a view's properties costs
//! nothing however long the article is.

use std::ops::Deref;
use std::rc::Rc;

/// An `Rc` that is equal to itself only.
#[derive(Debug)]
pub struct Shared<T>(Rc<T>);

impl<T> Shared<T> {
    /// Holds a value.
    pub fn new(value: T) -> Shared<T> {
        Shared(Rc::new(value))
    }

    /// The value, if nobody else holds it.
    pub fn into_inner(self) -> Option<T> {
        Rc::into_inner(self.0)
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Shared<T> {
        Shared(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Shared<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Shared;

    #[test]
    fn equal_by_identity() {
        let one = Shared::new(f64::NAN);
        assert!(one == one.clone());
        assert!(one != Shared::new(f64::NAN));
    }
}
