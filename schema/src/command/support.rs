//! The provider's support in the place of an administrator, and notices of it.

use super::fields_of;
use crate::id::{Digest, Position, SessionId, UserId};
use crate::value::Timestamp;

fields_of! {
    /// Acts as an administrator from here on, as the provider's support, in a session of its own.
    StartSupport {
        /// As whom.
        user: UserId,
        /// The session to start.
        session: SessionId,
        /// Of its token.
        token_digest: Digest,
        /// When it ends by itself.
        expires_at: Timestamp,
        /// It is known that a record is made (PXY-03).
        acknowledged: bool,
    }
    /// Switches back.
    EndSupport {
        /// As whom it was.
        user: UserId,
        /// Which session.
        session: SessionId,
    }
    /// Takes a notice away from its reader.
    DismissNotice {
        /// Whose.
        user: UserId,
        /// Which, by the position of what it tells of.
        notice: Position,
    }
}
