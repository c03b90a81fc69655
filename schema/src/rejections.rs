//! Why something was refused, all at once.

use crate::rejection::{Rejection, RejectionCode};

/// One or more refusals: a form shows all of them at once (ACC-11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejections {
    // Boxed: nearly every result has room for it, and few hold one.
    first: Box<Rejection>,
    more: Vec<Rejection>,
}

impl Rejections {
    /// All of them, if there is any.
    #[must_use]
    pub fn from_all(mut all: Vec<Rejection>) -> Option<Self> {
        if all.is_empty() {
            return None;
        }
        let first = all.remove(0);
        Some(Rejections { first: Box::new(first), more: all })
    }

    /// The refusals, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = &Rejection> {
        std::iter::once(&*self.first).chain(&self.more)
    }

    /// The code of the first.
    #[must_use]
    pub fn code(&self) -> RejectionCode {
        self.first.code
    }
}

impl From<Rejection> for Rejections {
    fn from(first: Rejection) -> Self {
        Rejections { first: Box::new(first), more: Vec::new() }
    }
}

impl From<RejectionCode> for Rejections {
    fn from(code: RejectionCode) -> Self {
        Rejection::new(code).into()
    }
}
