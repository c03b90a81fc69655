//! Saved views of the lists of users.

use async_graphql::{Enum, ID, InputObject};
use rollbook_schema::command::{ChangeSavedView, RemoveSavedView, SaveView};
use rollbook_schema::value::{ListTerm, ListTerms, SavedViewName};
use rollbook_schema::{Command, RejectionCode, SavedViewId, UserId};

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, Terms};
use crate::graphql::id;
use crate::graphql::vocabulary::UserKind;

/// Who sees a view.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum ViewAudience {
    /// Only who saved it.
    Own,
    /// Everybody who sees users. Saving such a one needs the right to change settings.
    Company,
}

/// One thing that a list is asked for, as its address says it.
#[derive(InputObject)]
pub(in crate::graphql) struct ListTermInput {
    /// `view`, `q`, `role`, `unit`, `team`, `license`, `segment`, `sort`, `dir`, `rows` or `col`.
    name: String,
    value: String,
}

/// A new view.
#[derive(InputObject)]
pub(in crate::graphql) struct SaveViewInput {
    /// Of whose list.
    kind: UserKind,
    audience: ViewAudience,
    /// Unique for the owner and the kind, compared without case; at most 60 characters.
    name: String,
    /// What it shows: at most 20; each name once, but `col`.
    terms: Vec<ListTermInput>,
    /// Who asks: filled in from the session.
    #[graphql(skip)]
    pub(in crate::graphql) asker: Option<UserId>,
    #[graphql(flatten)]
    rest: AskTerms,
}

impl SaveViewInput {
    /// Whose the view will be; `None` where nobody is signed in who could own it.
    pub(in crate::graphql) fn owner(&self) -> Option<UserId> {
        match self.audience {
            ViewAudience::Own => self.asker,
            ViewAudience::Company => Some(UserId::TENANT),
        }
    }
}

impl Asks for SaveViewInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.rest).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let owner = self.owner();
        if owner.is_none() {
            flaws.refuse("audience", RejectionCode::Unauthenticated);
        }
        let name = flaws.take("name", SavedViewName::parse(&self.name));
        let terms = terms(&self.terms, flaws);
        Some(SaveView { owner: owner?, kind: self.kind.into(), name: name?, terms: terms? }.into())
    }
}

/// What becomes of a view; what is left out stays.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeSavedViewInput {
    pub(in crate::graphql) view_id: ID,
    /// Unique for the owner and the kind, compared without case; at most 60 characters.
    name: Option<String>,
    /// All of what it shows: at most 20; each name once, but `col`.
    terms: Option<Vec<ListTermInput>>,
    #[graphql(flatten)]
    rest: AskTerms,
}

impl Asks for ChangeSavedViewInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.rest).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let named = view(&self.view_id, flaws);
        let name = self.name.map(|name| flaws.take("name", SavedViewName::parse(&name)));
        let terms = self.terms.map(|all| terms(&all, flaws));
        let (owner, view) = named?;
        Some(ChangeSavedView { view, owner, name: flat(name)?, terms: flat(terms)? }.into())
    }
}

/// A view that shall be gone: one's own, the company's, or one that stands in the way of a deletion.
#[derive(InputObject)]
pub(in crate::graphql) struct RemoveSavedViewInput {
    view_id: ID,
    #[graphql(flatten)]
    rest: AskTerms,
}

impl Asks for RemoveSavedViewInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.rest).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let (owner, view) = view(&self.view_id, flaws)?;
        Some(RemoveSavedView { view, owner }.into())
    }
}

fn view(view: &ID, flaws: &mut Flaws) -> Option<(UserId, SavedViewId)> {
    let found = id::saved_view(view);
    if found.is_none() {
        flaws.refuse("viewId", RejectionCode::NotFound);
    }
    found
}

fn terms(all: &[ListTermInput], flaws: &mut Flaws) -> Option<ListTerms> {
    let parsed: Result<Vec<ListTerm>, _> =
        all.iter().map(|term| ListTerm::parse(&term.name, &term.value)).collect();
    flaws.take("terms", parsed.and_then(ListTerms::of))
}

/// Not given is a value; given and refused is none.
fn flat<T>(given: Option<Option<T>>) -> Option<Option<T>> {
    match given {
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
        None => Some(None),
    }
}
