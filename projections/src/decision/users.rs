//! All users, by id.

use std::hash::Hash;

use rollbook_schema::{CredentialNumber, UserId};
use serde::{Deserialize, Serialize};

use super::user::{Standing, User};

/// Ids are dense, so users stand in a vector; an id that was used up by a failed creation is empty.
#[derive(Debug, Default, Hash, Serialize, Deserialize)]
pub struct Users {
    slots: Vec<Option<Box<User>>>,
    enabled_administrators: u64,
    credentials: u64,
}

impl Users {
    /// A user, also a deleted one.
    #[must_use]
    pub fn get(&self, id: UserId) -> Option<&User> {
        self.slots.get(place(id)?)?.as_deref()
    }

    /// A user that is not deleted.
    #[must_use]
    pub fn present(&self, id: UserId) -> Option<&User> {
        self.get(id).filter(|user| user.standing != Standing::Deleted)
    }

    /// The id that the next user will get.
    #[must_use]
    pub fn next_id(&self) -> UserId {
        UserId(UserId::FIRST_PERSON.0 + self.slots.len() as u64)
    }

    /// The number that the next secret will get: a password, or where somebody signs in from.
    #[must_use]
    pub fn next_credential(&self) -> CredentialNumber {
        CredentialNumber(self.credentials + 1)
    }

    /// How many administrators are enabled, locked or not (STA-18).
    #[must_use]
    pub fn enabled_administrators(&self) -> u64 {
        self.enabled_administrators
    }

    pub(super) fn get_mut(&mut self, id: UserId) -> Option<&mut User> {
        self.slots.get_mut(place(id)?)?.as_deref_mut()
    }

    /// Uses an id up, for a user or for nobody. Rules give ids one after the other; ids left out
    /// would stand empty.
    pub(super) fn take_id(&mut self, id: UserId, user: Option<User>) {
        let Some(place) = place(id) else { return };
        if place >= self.slots.len() {
            self.slots.resize_with(place + 1, || None);
        }
        if let Some(user) = user {
            self.enabled_administrators += u64::from(user.is_enabled_administrator());
            self.slots[place] = Some(Box::new(user));
        }
    }

    pub(super) fn take_credential(&mut self, number: CredentialNumber) {
        self.credentials = self.credentials.max(number.0);
    }

    /// Keeps the count of administrators in step with one user's change.
    pub(super) fn count_administrator(&mut self, before: bool, after: bool) {
        self.enabled_administrators += u64::from(after);
        self.enabled_administrators = self.enabled_administrators.saturating_sub(u64::from(before));
    }
}

fn place(id: UserId) -> Option<usize> {
    usize::try_from(id.0.checked_sub(UserId::FIRST_PERSON.0)?).ok()
}
