//! What stands on a user's card: what they are called, and their profile row by row.

use async_graphql::{Enum, SimpleObject};
use rollbook_projections::view::UserRow;
use rollbook_schema::UserId;
use rollbook_schema::value::{PersonField, SsoMode, UserKind};

use crate::access::Caller;
use crate::graphql::rights::{sees_person, sees_user};
use crate::graphql::when::Scene;

/// What profile rows are for.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum ProfileMode {
    /// To look at: what is empty is left out.
    View,
    /// To edit: everything.
    Edit,
}

/// One row of a profile.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct ProfileRow {
    /// The field as `changeProfile` takes it.
    pub name: String,
    /// Null where nothing is known.
    pub value: Option<String>,
}

/// PRO-02. A reader who may not see people is told a number.
pub(in crate::graphql) fn label(row: &UserRow, sees_person: bool) -> String {
    let names = [row.person(PersonField::DisplayName), row.person(PersonField::FullName), row.username()];
    let name = names.into_iter().flatten().find(|name| sees_person && !name.trim().is_empty());
    name.map_or_else(|| format!("User {}", row.id), str::to_owned)
}

/// ACC-10: the id is the key, the email a label that may change.
pub(super) fn primary_label(row: &UserRow, sees_person: bool) -> String {
    let email = row.email().filter(|_| sees_person && !row.masked);
    let label = || label(row, sees_person);
    // MSK-16: two may have one mask.
    let told_apart = || if sees_person && row.masked { format!("{} ({})", label(), row.id) } else { label() };
    email.map_or_else(told_apart, str::to_owned)
}

/// PRO-22.
pub(super) fn profile_rows(
    user: UserId,
    mode: ProfileMode,
    scene: Scene<'_>,
    caller: &Caller,
    sso: SsoMode,
) -> Vec<ProfileRow> {
    let row = scene.shown.users.get_any(user);
    let is_shown = |row: &UserRow| row.kind == UserKind::Standard || sees_person(scene.today, caller, row.id);
    let Some(row) = row.filter(|row| is_shown(row)) else { return Vec::new() };
    let logins = [("username", row.username()), ("email", row.email())];
    let person = PersonField::ALL.into_iter().filter(|field| is_used(*field, sso));
    let person = person.map(|field| (field.name(), row.person(field)));
    let is_there = |value: Option<&str>| value.is_some_and(|value| !value.trim().is_empty());
    let rows = logins.into_iter().chain(person);
    let rows = rows.filter(|(_, value)| mode == ProfileMode::Edit || is_there(*value));
    rows.map(|(name, value)| ProfileRow { name: name.to_owned(), value: value.map(str::to_owned) }).collect()
}

/// A field that the way of single sign-on has no use for is in no form.
fn is_used(field: PersonField, sso: SsoMode) -> bool {
    match field {
        PersonField::FederationId => sso == SsoMode::Saml,
        PersonField::CcaFederationId => sso != SsoMode::Off,
        _ => true,
    }
}

/// STA-16, as far as a directory of users knows.
pub(super) fn active_assignments(user: UserId, scene: Scene<'_>, caller: &Caller) -> usize {
    let views = scene.shown;
    let is_active = |user: &UserId| views.users.get(*user).is_some_and(|row| row.active && !row.deleted);
    let below = views.reporting.below(user).filter(is_active);
    below.filter(|user| sees_user(scene.today, caller, *user)).count()
}
