//! Samples of the provider's support and of notices.

use crate::event::{Event, MailQueued, NoticeDismissed, SupportEnded, SupportStarted};
use crate::id::{Digest, Position, SessionId, UserId};
use crate::value::{MailTemplate, Timestamp};

/// Every event of support at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    let (user, session) = (UserId(8), SessionId([7; 16]));
    vec![
        SupportStarted {
            user,
            session,
            token_digest: Digest([9; 32]),
            expires_at: Timestamp::from_millis(1_700_000_000_000),
        }
        .into(),
        SupportEnded { user, session }.into(),
        NoticeDismissed { user, notice: Position(300) }.into(),
    ]
}

#[test]
fn a_new_template_is_stored_after_those_before() {
    let queued = |template| Event::from(MailQueued { user: UserId(8), template }).clear_bytes().unwrap();
    assert_eq!(queued(MailTemplate::Welcome), [8, 0]);
    assert_eq!(queued(MailTemplate::SupportLogin), [8, 4]);
}
