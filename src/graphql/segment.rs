//! The three segments of users (ACC-18): a name for whether the email is verified.

use async_graphql::Enum;
use rollbook_projections::view::UserRow;
use rollbook_schema::value::UserKind;

/// Where a user stands after registration.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum UserSegment {
    /// The email is not verified.
    Registered,
    /// The email is verified. A change of email ends it.
    Verified,
    /// Both.
    Everyone,
}

impl UserSegment {
    /// The flag that a list asks for.
    pub(super) fn verified(self) -> Option<bool> {
        match self {
            UserSegment::Registered => Some(false),
            UserSegment::Verified => Some(true),
            UserSegment::Everyone => None,
        }
    }

    /// Of a person; reserved users never registered.
    pub(super) fn of(row: &UserRow) -> Option<UserSegment> {
        let segment = if row.email_verified { UserSegment::Verified } else { UserSegment::Registered };
        (row.kind != UserKind::Standard).then_some(segment)
    }
}
