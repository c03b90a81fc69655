//! Security questions: where each lies in the log. Question and answer are read from the record and opened
//! when they are needed, so a destroyed key makes them unreadable at once.

use std::collections::BTreeMap;

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::{CredentialNumber, Position, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// A question that is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityQuestionRow {
    /// Numbers the key under which it is sealed.
    pub credential: CredentialNumber,
    /// The record that holds it.
    pub set_at: Position,
}

/// The question in force of each user who has one.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct SecurityQuestions(BTreeMap<UserId, SecurityQuestionRow>);

impl SecurityQuestions {
    /// The question of a user.
    #[must_use]
    pub fn of(&self, user: UserId) -> Option<SecurityQuestionRow> {
        self.0.get(&user).copied()
    }

    /// Nobody has one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::SecurityQuestionSet(e) => {
                let set_at = recorded.envelope.position;
                self.0.insert(e.user, SecurityQuestionRow { credential: e.credential, set_at });
            }
            Event::SecurityQuestionRemoved(e) => _ = self.0.remove(&e.user),
            _ => {}
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("security_questions");
        for (user, row) in &self.0 {
            canon.number(user.0);
            canon.number(row.credential.0);
            canon.number(row.set_at.0);
        }
        canon.finish()
    }
}
