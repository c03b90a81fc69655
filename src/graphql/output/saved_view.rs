//! A saved view of a list of users.

use async_graphql::{ID, SimpleObject};
use rollbook_projections::references;
use rollbook_schema::{SavedViewId, UserId, value};

use crate::graphql::id;
use crate::graphql::vocabulary::UserKind;

/// One thing that a list is asked for, as its address says it.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct ListTerm {
    /// `view`, `q`, `role`, `unit`, `team`, `license`, `segment`, `sort`, `dir`, `rows` or `col`.
    pub name: String,
    pub value: String,
}

/// A list of users as somebody likes to see it again.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct SavedView {
    /// `view_`, the number of its owner, and its own.
    pub id: ID,
    /// Of whose list.
    pub kind: UserKind,
    /// Null once it was erased.
    pub name: Option<String>,
    /// Whose it is; null for the company's, which everybody sees.
    pub owner_id: Option<ID>,
    /// What it shows, in the order in which it was saved.
    pub terms: Vec<ListTerm>,
}

impl SavedView {
    pub(in crate::graphql) fn of(id: SavedViewId, view: &references::SavedView) -> SavedView {
        let texts = view.texts.as_ref();
        let term = |term: &value::ListTerm| ListTerm { name: term.name().to_owned(), value: term.value() };
        SavedView {
            id: id::of_saved_view(view.owner, id),
            kind: view.kind.into(),
            name: texts.map(|texts| texts.name.as_str().to_owned()),
            owner_id: (view.owner != UserId::TENANT).then(|| id::of_user(view.owner)),
            terms: texts.map(|texts| texts.terms.iter().map(term).collect()).unwrap_or_default(),
        }
    }
}
