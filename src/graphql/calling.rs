//! What somebody is called, for doors that hold an id and nothing else.

use async_graphql::ID;

use super::id;
use super::output::label;
use super::rights::{sees_person, sees_user};
use crate::access::Caller;
use crate::directory::Directory;

/// The label of a user (`User.label`), as far as the caller may see it; the id of anybody else.
pub(crate) fn called(directory: &Directory, caller: &Caller, of: &str) -> String {
    let views = directory.views();
    let user = id::user(&ID(of.to_owned())).filter(|user| sees_user(&views, caller, *user));
    let row = user.and_then(|user| views.users.get_any(user));
    row.map_or_else(|| of.to_owned(), |row| label(row, sees_person(&views, caller, row.id)))
}
