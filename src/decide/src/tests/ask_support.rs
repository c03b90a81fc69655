//! Commands about support and notices in few words.

use rollbook_schema::command::{DismissNotice, EndSupport, StartSupport};
use rollbook_schema::{Position, UserId};

use super::{proxy, session_id};

/// For an hour.
pub(crate) fn support(user: u64, session: u8) -> StartSupport {
    let rollbook_schema::command::StartProxy { user, session, token_digest, expires_at, .. } =
        proxy(user, session);
    StartSupport { user, session, token_digest, expires_at, acknowledged: true }
}

pub(crate) fn end_support(user: u64, session: u8) -> EndSupport {
    EndSupport { user: UserId(user), session: session_id(session) }
}

pub(crate) fn dismiss(user: u64, notice: u64) -> DismissNotice {
    DismissNotice { user: UserId(user), notice: Position(notice) }
}
