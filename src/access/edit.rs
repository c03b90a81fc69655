//! Whether somebody may open the edit form of a user: the answer of the table, before anything is asked.

use rollbook_projections::view::{UserRow, Views};
use rollbook_schema::Command;
use rollbook_schema::command::ChangeProfile;
use rollbook_schema::value::UserKind;

use super::{Caller, may_ask, may_reach};

/// May the caller change this user's profile (LST-08)? Asked as `ChangeProfile` is, with nothing to change, so
/// that of the own profile it says what people may change alone. Nobody edits who is reserved or deleted.
#[must_use]
pub fn may_edit(caller: &Caller, views: &Views, row: &UserRow) -> bool {
    if row.deleted || row.kind == UserKind::Standard {
        return false;
    }
    let edit = ChangeProfile { user: row.id, username: None, email: None, person: Vec::new() };
    let edit = Command::from(edit);
    may_ask(caller, &edit, Some(row.access_profile)).is_ok() && may_reach(caller, &edit, views).is_ok()
}
