//! What every command about saved views asks first.

use rollbook_projections::references::SavedView;
use rollbook_schema::{Rejection, RejectionCode, SavedViewId, Subject, UserId};

use crate::asked::Asked;

/// Most views of one owner: more than a menu can show.
pub(crate) const VIEWS_MAX: usize = 50;

/// The owner is there, in the version that the asker saw; the tenant always is.
pub(crate) fn is_there(asked: &Asked<'_>, owner: UserId) -> Result<(), Rejection> {
    match owner {
        UserId::TENANT => asked.expects_version_of(Subject::Tenant),
        person => asked.user(person).map(drop),
    }
}

/// A view of this owner. That of another does not exist.
pub(crate) fn of_owner<'a>(
    asked: &Asked<'a>,
    view: SavedViewId,
    owner: UserId,
) -> Result<&'a SavedView, Rejection> {
    is_there(asked, owner)?;
    let found = asked.models.references.saved_views.get(view).filter(|view| view.owner == owner);
    found.ok_or(Rejection::of("view", RejectionCode::NotFound))
}
