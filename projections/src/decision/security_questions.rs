//! Who is asked a security question, and who has acted as somebody else before (AUT-15).

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::event::{Event, RecordedEvent, SignInFailed};
use rollbook_schema::{CredentialNumber, UserId};
use serde::{Deserialize, Serialize};

/// The questions by number; question and answer are sealed in the log.
#[derive(Debug, Default, Hash, Serialize, Deserialize)]
pub struct SecurityQuestions {
    held: BTreeMap<UserId, CredentialNumber>,
    proxied: BTreeSet<UserId>,
    /// Wrong answers in a row: a sign-in between two guesses must not forgive them.
    wrong: BTreeMap<UserId, u32>,
}

impl SecurityQuestions {
    /// The number of a user's question.
    #[must_use]
    pub fn of(&self, user: UserId) -> Option<CredentialNumber> {
        self.held.get(&user).copied()
    }

    /// True if the user has never acted as somebody else.
    #[must_use]
    pub fn is_first_proxy(&self, user: UserId) -> bool {
        !self.proxied.contains(&user)
    }

    /// Wrong answers of a user since the last right one, or unlock.
    #[must_use]
    pub fn wrong_answers(&self, user: UserId) -> u32 {
        self.wrong.get(&user).copied().unwrap_or_default()
    }

    pub(super) fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::SecurityQuestionSet(e) => _ = self.held.insert(e.user, e.credential),
            Event::SecurityQuestionRemoved(e) => _ = self.held.remove(&e.user),
            Event::ProxyStarted(_) => {
                let actor = recorded.envelope.actor.id;
                self.proxied.insert(actor);
                self.wrong.remove(&actor);
            }
            Event::SignInFailed(e) if e.code == SignInFailed::WRONG_SECURITY_ANSWER => {
                *self.wrong.entry(e.user).or_default() += 1;
            }
            Event::AccountUnlocked(e) => _ = self.wrong.remove(&e.user),
            Event::AccountLockExpired(e) => _ = self.wrong.remove(&e.user),
            Event::PasswordSet(e) => _ = self.wrong.remove(&e.user),
            Event::UserDeleted(e) => {
                self.proxied.remove(&e.user);
                self.wrong.remove(&e.user);
            }
            _ => {}
        }
    }
}
