//! Mails without a password that wait to go, so that a rule can tell whether one more is one too many. What
//! went or was given up does not stand here.

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::MailTemplate;
use rollbook_schema::{Position, UserId};
use serde::{Deserialize, Serialize};

/// By whom they are for.
#[derive(Debug, Default, Hash, Serialize, Deserialize)]
pub struct WaitingMails(BTreeMap<UserId, BTreeSet<(Position, u8)>>);

impl WaitingMails {
    /// Does a mail of this kind wait for a user?
    #[must_use]
    pub fn has(&self, user: UserId, template: MailTemplate) -> bool {
        self.0.get(&user).is_some_and(|mails| mails.iter().any(|(_, waiting)| *waiting == template as u8))
    }

    pub(super) fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::MailQueued(e) => {
                let mail = (recorded.envelope.position, e.template as u8);
                self.0.entry(e.user).or_default().insert(mail);
            }
            Event::MailSent(e) => self.settle(e.user, e.mail),
            Event::MailFailed(e) if e.gives_up => self.settle(e.user, e.mail),
            Event::UserDeleted(e) => _ = self.0.remove(&e.user),
            _ => {}
        }
    }

    fn settle(&mut self, user: UserId, mail: Position) {
        let Some(mails) = self.0.get_mut(&user) else { return };
        mails.retain(|(waiting, _)| *waiting != mail);
        if mails.is_empty() {
            self.0.remove(&user);
        }
    }
}
