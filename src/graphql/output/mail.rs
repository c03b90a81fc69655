//! Mail to a user, as the profile shows it.

use async_graphql::{ID, SimpleObject};
use rollbook_projections::view::MailRow;

use crate::graphql::id;
use crate::graphql::scalar::DateTime;
use crate::graphql::vocabulary::{MailFault, MailState, MailTemplate};

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
