//! Credentials: where the verifier of a user's password lies in the log.
//!
//! The verifier itself is not here. It is read from the record and opened when somebody signs in, so
//! a destroyed key makes it unreadable at once.

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::{CredentialNumber, Position, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;
use crate::id_table::IdTable;

/// A password that is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialRow {
    /// Names the key under which the verifier is sealed.
    pub credential: CredentialNumber,
    /// The `PasswordSet` record whose sealed part holds the verifier.
    pub set_at: Position,
}

/// The password in force of each user who has one.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Credentials {
    by_user: IdTable<CredentialRow>,
}

impl Credentials {
    /// The password of a user; `None` if none was ever set, or the user is deleted.
    #[must_use]
    pub fn of(&self, user: UserId) -> Option<CredentialRow> {
        self.by_user.get(user.0).copied()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::PasswordSet(e) => {
                let row = CredentialRow { credential: e.credential, set_at: recorded.envelope.position };
                *self.by_user.place(e.user.0) = Some(row);
            }
            Event::PasswordReset(e) => {
                let row = CredentialRow { credential: e.credential, set_at: recorded.envelope.position };
                *self.by_user.place(e.user.0) = Some(row);
            }
            Event::UserDeleted(e) => self.by_user.remove(e.user.0),
            _ => {}
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("credentials");
        for (user, row) in self.by_user.iter() {
            canon.number(user);
            canon.number(row.credential.0);
            canon.number(row.set_at.0);
        }
        canon.finish()
    }
}
