//! What a reader may see of whom an event is about, and of whom it names besides.

use std::collections::BTreeMap;

use rollbook_projections::attributes::Attribute;
use rollbook_schema::{AttributeId, TeamId, UserId};

use super::Reader;
use crate::access::reaches_team;
use crate::graphql::id;
use crate::graphql::rights::sees_user;

/// What a reader may see of the people and teams of an event.
pub(super) struct Sight<'a> {
    pub sees_person: bool,
    pub mask: Mask,
    /// The attributes that the event speaks of.
    pub attributes: BTreeMap<AttributeId, Attribute>,
    pub reader: &'a Reader,
}

/// What stands in place of a login that was masked.
#[derive(Default)]
pub(super) struct Mask {
    pub username: Option<String>,
    pub email: Option<String>,
}

impl Sight<'_> {
    /// A user's id; `None` for one that the reader may not know of (ROL-13).
    pub(super) fn user(&self, user: UserId) -> Option<String> {
        let sees = sees_user(&self.reader.directory.views(), &self.reader.caller, user);
        sees.then(|| id::of_user(user).0)
    }

    /// A team's id; `None` for one that the reader may not know of.
    pub(super) fn team(&self, team: TeamId) -> Option<String> {
        let sees = reaches_team(&self.reader.caller, &self.reader.directory.views().teams, team);
        sees.then(|| id::of_team(team).0)
    }
}
