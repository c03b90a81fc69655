//! Who must set a new password: a part of decision models and of views, each with one of its own.
//!
//! Only users of whom something is demanded stand here, so it stays small.

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::Timestamp;
use rollbook_schema::{CredentialNumber, UserId};
use serde::{Deserialize, Serialize};

/// A password that the program made, in force until it is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TemporaryPassword {
    /// Which.
    pub credential: CredentialNumber,
    /// From here on it opens nothing.
    pub expires_at: Timestamp,
    /// It has opened a session: it opens no other (AUT-07).
    pub used: bool,
}

impl TemporaryPassword {
    /// True if it opens nothing any more.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.used || self.expires_at <= now
    }
}

/// Demands for a new password.
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub struct PasswordDemands {
    forced: BTreeSet<UserId>,
    temporary: BTreeMap<UserId, TemporaryPassword>,
}

impl PasswordDemands {
    /// True if somebody demanded it and nobody took it back (AUT-05).
    #[must_use]
    pub fn is_forced(&self, user: UserId) -> bool {
        self.forced.contains(&user)
    }

    /// The temporary password in force.
    #[must_use]
    pub fn temporary(&self, user: UserId) -> Option<&TemporaryPassword> {
        self.temporary.get(&user)
    }

    /// True if a session that starts now may do nothing but set a new password.
    #[must_use]
    pub fn must_change(&self, user: UserId) -> bool {
        self.is_forced(user) || self.temporary.contains_key(&user)
    }

    /// Folds one event. What was forced is done when the person sets a password, not when somebody
    /// else does.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::PasswordChangeForced(e) => _ = self.forced.insert(e.user),
            Event::PasswordChangeCancelled(e) => _ = self.forced.remove(&e.user),
            Event::PasswordReset(e) => {
                let (credential, expires_at) = (e.credential, e.expires_at);
                let temporary = TemporaryPassword { credential, expires_at, used: false };
                self.temporary.insert(e.user, temporary);
            }
            Event::PasswordSet(e) => {
                self.temporary.remove(&e.user);
                if recorded.envelope.actor.id == e.user {
                    self.forced.remove(&e.user);
                }
            }
            Event::SignedIn(e) => {
                if let Some(temporary) = self.temporary.get_mut(&e.user) {
                    temporary.used = true;
                }
            }
            Event::UserDeleted(e) => {
                self.forced.remove(&e.user);
                self.temporary.remove(&e.user);
            }
            _ => {}
        }
    }

    /// Everybody of whom it was demanded.
    pub fn forced(&self) -> impl Iterator<Item = UserId> {
        self.forced.iter().copied()
    }

    /// Every temporary password in force.
    pub fn temporaries(&self) -> impl Iterator<Item = (UserId, &TemporaryPassword)> {
        self.temporary.iter().map(|(user, temporary)| (*user, temporary))
    }
}
