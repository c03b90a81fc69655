//! Showing people what is known of them, and leaving it unused.

use super::fields_of;
use crate::event::FileForm;
use crate::id::{Position, UserId};

fields_of! {
    /// Notes that a person asked for their file (Article 15 GDPR).
    OpenAccessRequest {
        /// Who.
        user: UserId,
    }
    /// Gives a request two months more, once.
    ExtendAccessRequest {
        /// Whose.
        user: UserId,
        /// Which, by the position of its event.
        request: Position,
    }
    /// Notes that the person has the file.
    FulfilAccessRequest {
        /// Whose.
        user: UserId,
        /// Which, by the position of its event.
        request: Position,
    }
    /// Notes that the person does not get it.
    RefuseAccessRequest {
        /// Whose.
        user: UserId,
        /// Which, by the position of its event.
        request: Position,
    }
    /// Fetches all that is known of a person.
    FetchPersonFile {
        /// Of whom.
        user: UserId,
        /// As what.
        form: FileForm,
    }
    /// Leaves what is known of a person unused (Article 18 GDPR).
    RestrictProcessing {
        /// Whose.
        user: UserId,
    }
    /// Uses it again.
    LiftRestriction {
        /// Whose.
        user: UserId,
    }
}
