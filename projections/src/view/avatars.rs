//! Who has which picture, and whose a picture is.

use std::collections::BTreeMap;

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::id::Digest;
use rollbook_schema::{Group, KeyOwner, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// Pictures of users that are neither deleted nor forgotten.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Avatars {
    of: BTreeMap<UserId, Digest>,
    owners: BTreeMap<Digest, UserId>,
}

impl Avatars {
    /// The picture of a user.
    #[must_use]
    pub fn of(&self, user: UserId) -> Option<Digest> {
        self.of.get(&user).copied()
    }

    /// Whose picture it is now.
    #[must_use]
    pub fn owner(&self, avatar: &Digest) -> Option<UserId> {
        self.owners.get(avatar).copied()
    }

    /// Every picture that somebody has.
    pub fn all(&self) -> impl Iterator<Item = &Digest> {
        self.owners.keys()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::AvatarSet(e) => self.replace(e.user, Some(e.avatar)),
            Event::AvatarRemoved(e) => self.replace(e.user, None),
            Event::UserDeleted(e) => self.replace(e.user, None),
            event => {
                for (owner, group) in event.destroys() {
                    if let (KeyOwner::Subject(user), Group::Person) = (owner, group) {
                        self.replace(user, None);
                    }
                }
            }
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("avatars");
        for (user, avatar) in &self.of {
            canon.number(user.0);
            canon.bytes(&avatar.0);
        }
        canon.finish()
    }

    fn replace(&mut self, user: UserId, avatar: Option<Digest>) {
        if let Some(before) = self.of.remove(&user) {
            self.owners.remove(&before);
        }
        if let Some(avatar) = avatar {
            self.of.insert(user, avatar);
            self.owners.insert(avatar, user);
        }
    }
}
