//! Who has which picture.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use rollbook_schema::id::Digest;
use rollbook_schema::{Event, UserId};
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;

/// Pictures of users that are not deleted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Avatars {
    of: HashMap<UserId, Digest>,
}

impl Avatars {
    /// The picture of a user.
    #[must_use]
    pub fn of(&self, user: UserId) -> Option<Digest> {
        self.of.get(&user).copied()
    }

    pub(super) fn fold(&mut self, event: &Event) {
        match event {
            Event::AvatarSet(e) => drop(self.of.insert(e.user, e.avatar)),
            Event::AvatarRemoved(e) => drop(self.of.remove(&e.user)),
            Event::UserDeleted(e) => drop(self.of.remove(&e.user)),
            _ => {}
        }
    }
}

impl Hash for Avatars {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_sorted(&self.of, state);
    }
}
