//! Mail to a user, as the profile shows it.

use async_graphql::{ID, SimpleObject};
use rollbook_projections::view::MailRow;

use crate::graphql::id;
use crate::graphql::scalar::DateTime;
use crate::graphql::vocabulary::{MailFault, MailState, MailTemplate};

/// Mails of the outbox, the newest first.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Outbox {
    pub mails: Vec<OutboxMail>,
    /// What to say as `after` to read on; null at the end.
    pub next: Option<ID>,
}

/// A mail, and to whom.
#[derive(SimpleObject)]
pub(in crate::graphql) struct OutboxMail {
    #[graphql(flatten)]
    pub mail: Mail,
    /// To whom.
    pub user_id: ID,
    /// What they are called.
    pub label: String,
}

/// How the outbox does.
#[derive(SimpleObject)]
pub(in crate::graphql) struct MailQueue {
    /// Whether mail is sent at all; if not, it waits.
    pub sends: bool,
    /// Mails that wait for an attempt.
    pub waiting: u64,
    /// When the oldest of them was queued.
    pub oldest_waiting_at: Option<DateTime>,
    /// Mails that the mail server took.
    pub sent: u64,
    /// Mails that are not tried again.
    pub failed: u64,
    /// Mails that were not to be sent any more.
    pub withdrawn: u64,
}

/// A mail to a user.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct Mail {
    /// The event that queued it.
    pub id: ID,
    pub template: MailTemplate,
    pub state: MailState,
    pub queued_at: DateTime,
    /// Attempts so far.
    pub attempts: u32,
    pub attempted_at: Option<DateTime>,
    /// Why the last attempt failed.
    pub fault: Option<MailFault>,
}

impl From<&MailRow> for Mail {
    fn from(row: &MailRow) -> Self {
        Mail {
            id: id::of_event(row.mail),
            template: row.template.into(),
            state: row.state.into(),
            queued_at: row.queued_at.into(),
            attempts: row.attempts,
            attempted_at: row.attempted_at.map(Into::into),
            fault: row.fault.map(Into::into),
        }
    }
}
