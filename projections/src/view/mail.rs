//! The outbox as it stands: what waits, what went, what failed (NOT-07).

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::event::{Event, MailFailed, MailSent, ProfileField, RecordedEvent};
use rollbook_schema::value::{MailFault, MailTemplate, Timestamp};
use rollbook_schema::{CredentialNumber, Position, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// One mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRow {
    /// The position of the event that queued it.
    pub mail: Position,
    /// To whom.
    pub user: UserId,
    /// What it says.
    pub template: MailTemplate,
    /// The password that it tells.
    pub credential: Option<CredentialNumber>,
    /// How it stands.
    pub state: MailState,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// Attempts so far.
    pub attempts: u32,
    /// When the last one was recorded.
    pub attempted_at: Option<Timestamp>,
    /// Why the last one failed.
    pub fault: Option<MailFault>,
}

/// How a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailState {
    /// It waits for its first or next attempt.
    Waiting,
    /// The mail server took it.
    Sent,
    /// It is not tried again.
    Failed,
    /// Its user was deleted before it went, or the password in it was used or replaced.
    Withdrawn,
}

/// Every mail, by the position that queued it.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct MailOutbox {
    mails: BTreeMap<Position, MailRow>,
    by_user: BTreeMap<UserId, Vec<Position>>,
    waiting: BTreeSet<Position>,
    failed: BTreeSet<Position>,
    withdrawn: BTreeSet<Position>,
    /// To whose address of now mail failed for good (NOT-06).
    undeliverable: BTreeSet<UserId>,
}

impl MailOutbox {
    /// The mails of a user, in the order in which they were queued.
    pub fn of(&self, user: UserId) -> impl Iterator<Item = &MailRow> {
        self.by_user.get(&user).into_iter().flatten().filter_map(|mail| self.mails.get(mail))
    }

    /// What waits, oldest first.
    pub fn waiting(&self) -> impl Iterator<Item = &MailRow> {
        self.waiting.iter().filter_map(|mail| self.mails.get(mail))
    }

    /// Mails queued before `before`, the newest first: of one state, or of all. Each takes one step, but of
    /// [`MailState::Sent`], which steps over the few that were not.
    pub fn newest(
        &self,
        state: Option<MailState>,
        before: Position,
    ) -> Box<dyn Iterator<Item = &MailRow> + '_> {
        let listed = match state {
            Some(MailState::Waiting) => &self.waiting,
            Some(MailState::Failed) => &self.failed,
            Some(MailState::Withdrawn) => &self.withdrawn,
            Some(MailState::Sent) | None => {
                let rows = self.mails.range(..before).rev().map(|(_, row)| row);
                return Box::new(rows.filter(move |row| state.is_none_or(|state| row.state == state)));
            }
        };
        Box::new(listed.range(..before).rev().filter_map(|mail| self.mails.get(mail)))
    }

    /// How many mails are in a state.
    #[must_use]
    pub fn count(&self, state: MailState) -> usize {
        match state {
            MailState::Waiting => self.waiting.len(),
            MailState::Failed => self.failed.len(),
            MailState::Withdrawn => self.withdrawn.len(),
            MailState::Sent => {
                self.mails.len() - self.waiting.len() - self.failed.len() - self.withdrawn.len()
            }
        }
    }

    /// The mail that was queued last; 0 for none.
    #[must_use]
    pub fn last_queued(&self) -> Position {
        self.mails.last_key_value().map_or(Position::START, |(mail, _)| *mail)
    }

    /// The user's address of now was refused for good, or deferred until the mail was given up.
    #[must_use]
    pub fn is_undeliverable(&self, user: UserId) -> bool {
        self.undeliverable.contains(&user)
    }

    /// No mail was ever queued.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.mails.is_empty()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let at = recorded.envelope.recorded_at;
        match &recorded.event {
            Event::MailQueued(e) => self.queue(recorded, e.user, e.template, None),
            Event::PasswordMailQueued(e) => self.queue(recorded, e.user, e.template, Some(e.credential)),
            // A mail that went or failed is none that waits.
            Event::MailedPasswordDestroyed(e) => self.withdraw(e.user, |row| row.credential.is_some()),
            Event::MailSent(e) => self.sent(e, at),
            Event::MailFailed(e) => self.failed(e, at),
            Event::ProfileChanged(e) if e.fields.contains(&ProfileField::Email) => {
                self.undeliverable.remove(&e.user);
            }
            Event::UserDeleted(e) => {
                self.undeliverable.remove(&e.user);
                self.withdraw(e.user, |_| true);
            }
            _ => {}
        }
    }

    fn queue(
        &mut self,
        recorded: &RecordedEvent,
        user: UserId,
        template: MailTemplate,
        credential: Option<CredentialNumber>,
    ) {
        let mail = recorded.envelope.position;
        let row = MailRow {
            mail,
            user,
            template,
            credential,
            state: MailState::Waiting,
            queued_at: recorded.envelope.recorded_at,
            attempts: 0,
            attempted_at: None,
            fault: None,
        };
        self.mails.insert(mail, row);
        self.by_user.entry(user).or_default().push(mail);
        self.waiting.insert(mail);
    }

    fn sent(&mut self, e: &MailSent, at: Timestamp) {
        self.undeliverable.remove(&e.user);
        self.attempt(e.mail, e.attempt, at, MailState::Sent, None);
    }

    fn failed(&mut self, e: &MailFailed, at: Timestamp) {
        // An unreachable mail server says nothing about an address.
        if e.fault == MailFault::Refused || (e.gives_up && e.fault == MailFault::Deferred) {
            self.undeliverable.insert(e.user);
        }
        let state = if e.gives_up { MailState::Failed } else { MailState::Waiting };
        self.attempt(e.mail, e.attempt, at, state, Some(e.fault));
    }

    fn attempt(
        &mut self,
        mail: Position,
        attempt: u32,
        at: Timestamp,
        state: MailState,
        fault: Option<MailFault>,
    ) {
        let Some(row) = self.mails.get_mut(&mail) else { return };
        *row = MailRow { state, attempts: attempt, attempted_at: Some(at), fault, ..*row };
        self.place(mail, state);
    }

    /// Lists a mail where its state is listed, and nowhere else.
    fn place(&mut self, mail: Position, state: MailState) {
        let lists = [
            (MailState::Waiting, &mut self.waiting),
            (MailState::Failed, &mut self.failed),
            (MailState::Withdrawn, &mut self.withdrawn),
        ];
        for (of, list) in lists {
            if of == state {
                list.insert(mail)
            } else {
                list.remove(&mail)
            };
        }
    }

    fn withdraw(&mut self, user: UserId, which: fn(&MailRow) -> bool) {
        for mail in self.by_user.get(&user).into_iter().flatten() {
            if self.waiting.contains(mail)
                && let Some(row) = self.mails.get_mut(mail).filter(|row| which(row))
            {
                row.state = MailState::Withdrawn;
                self.waiting.remove(mail);
                self.withdrawn.insert(*mail);
            }
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("mail");
        canon.number(self.mails.len() as u64);
        for row in self.mails.values() {
            canon.number(row.mail.0);
            canon.number(row.user.0);
            canon.number(row.template as u64);
            canon.number(row.state as u64);
            canon.moment(row.queued_at);
            canon.number(u64::from(row.attempts));
            canon.maybe(row.attempted_at, Canon::moment);
            canon.maybe(row.fault, |canon, fault| canon.number(fault as u64));
            // Written where there is one, so that older logs keep their digests.
            if let Some(credential) = row.credential {
                canon.number(credential.0);
            }
        }
        self.undeliverable.iter().for_each(|user| canon.number(user.0));
        canon.finish()
    }
}
