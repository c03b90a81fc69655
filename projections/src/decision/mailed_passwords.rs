//! Made-up passwords that wait to be mailed: which key holds each, so that rules can have it destroyed.
//! Only who waits for one stands here.

use std::collections::BTreeMap;

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::{CredentialNumber, Position, UserId};
use serde::{Deserialize, Serialize};

/// A password on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WaitingPassword {
    /// The mail that will tell it.
    pub mail: Position,
    /// The key that holds it.
    pub secret: CredentialNumber,
}

/// At most one for each user.
#[derive(Debug, Default, Hash, Serialize, Deserialize)]
pub struct MailedPasswords(BTreeMap<UserId, WaitingPassword>);

impl MailedPasswords {
    /// The password that waits to be mailed to a user.
    #[must_use]
    pub fn of(&self, user: UserId) -> Option<WaitingPassword> {
        self.0.get(&user).copied()
    }

    pub(super) fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::PasswordMailQueued(e) => {
                let waiting = WaitingPassword { mail: recorded.envelope.position, secret: e.secret };
                self.0.insert(e.user, waiting);
            }
            Event::MailedPasswordDestroyed(e) => _ = self.0.remove(&e.user),
            _ => {}
        }
    }
}
