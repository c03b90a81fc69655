//! One user as lists show them.

use std::fmt;

use rollbook_schema::record::Actor;
use rollbook_schema::value::{AccessProfile, LicenseType, PersonField, PersonText, Timestamp, UserKind};
use rollbook_schema::{Position, RoleId, UserId, Version};
use serde::{Deserialize, Serialize};

use super::texts::{Folded, Tag, Texts};
use crate::view::canon::Canon;

/// Fields of a person that every digest holds, known or not: those of the first version.
const FIRST_FIELDS: usize = 10;

/// A user, deleted ones included. Texts are read by method; `Debug` shows none.
#[derive(Clone, Serialize, Deserialize)]
pub struct UserRow {
    /// For ever.
    pub id: UserId,
    /// Agent or client.
    pub kind: UserKind,
    /// May sign in as far as this goes (STA-01); false once deleted.
    pub active: bool,
    /// Refused until unlocked (STA-06).
    pub locked: bool,
    /// Out of state; a tombstone.
    pub deleted: bool,
    /// Username and email are masks from here on (MSK-05).
    pub masked: bool,
    /// ACC-18; a changed email is not verified.
    pub email_verified: bool,
    /// The seat held: `None` while disabled or deleted.
    pub license: Option<LicenseType>,
    /// Exactly one (ROL-07).
    pub access_profile: AccessProfile,
    /// When.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: Actor,
    /// SES-01.
    pub last_sign_in: Option<Timestamp>,
    /// On request. Whatever else ended a session is dated by `Sessions::last_end` (SES-01).
    pub last_sign_out: Option<Timestamp>,
    /// Of the latest event that raised it: what an edit form holds against.
    pub version: Version,
    /// The latest event that raised the version; sign-in activity does not count.
    pub changed_at: Position,
    pub(super) roles: Box<[RoleId]>,
    pub(super) texts: Texts,
    pub(super) folded: Folded,
}

impl UserRow {
    /// The username as typed, or its mask; `None` where it was erased and no mask is left.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        self.texts.get(Tag::USERNAME)
    }

    /// The email as typed, or its mask; `None` where it was erased and no mask is left.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.texts.get(Tag::EMAIL)
    }

    /// One field of the person.
    #[must_use]
    pub fn person(&self, field: PersonField) -> Option<&str> {
        self.texts.get(Tag::of(field))
    }

    /// Every field of the person that is known, in stored order.
    pub fn person_fields(&self) -> impl Iterator<Item = (PersonField, &str)> {
        PersonField::ALL.into_iter().filter_map(|field| Some((field, self.person(field)?)))
    }

    /// The roles, by ascending id; a deleted user has none.
    #[must_use]
    pub fn roles(&self) -> &[RoleId] {
        &self.roles
    }

    pub(super) fn assign(&mut self, role: RoleId) {
        if let Err(place) = self.roles.binary_search(&role) {
            let (before, behind) = self.roles.split_at(place);
            self.roles = [before, &[role], behind].concat().into();
        }
    }

    pub(super) fn unassign(&mut self, role: RoleId) {
        self.roles = self.roles.iter().copied().filter(|held| *held != role).collect();
    }

    pub(super) fn write(&self, canon: &mut Canon) {
        canon.number(self.id.0);
        canon.number(self.kind as u64);
        for flag in [self.active, self.locked, self.deleted, self.masked, self.email_verified] {
            canon.flag(flag);
        }
        canon.maybe(self.license, |canon, license| canon.number(license as u64));
        canon.number(self.access_profile as u64);
        canon.moment(self.created_at);
        canon.number(self.created_by.id.0);
        canon.number(self.created_by.kind as u64);
        canon.maybe(self.last_sign_in, Canon::moment);
        canon.maybe(self.last_sign_out, Canon::moment);
        canon.number(self.version.0);
        canon.number(self.changed_at.0);
        canon.number(self.roles.len() as u64);
        self.roles.iter().for_each(|role| canon.number(role.0));
        canon.maybe(self.username(), |canon, text| canon.bytes(text.as_bytes()));
        canon.maybe(self.email(), |canon, text| canon.bytes(text.as_bytes()));
        let (first, later) = PersonField::ALL.split_at(FIRST_FIELDS);
        for field in first {
            canon.maybe(self.person(*field), |canon, text| canon.bytes(text.as_bytes()));
        }
        self.folded.parts().for_each(|part| canon.bytes(part.as_bytes()));
        // A field that came later changes the digest only of rows that have it.
        for (field, text) in later.iter().filter_map(|field| Some((*field, self.person(*field)?))) {
            canon.number(field as u64);
            canon.bytes(text.as_bytes());
        }
    }
}

/// What a change of a profile says about one field.
pub(super) fn person_change(field: PersonField, text: Option<&PersonText>) -> (Tag, Option<&str>) {
    (Tag::of(field), text.map(PersonText::as_str))
}

impl fmt::Debug for UserRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserRow")
            .field("id", &self.id)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}
