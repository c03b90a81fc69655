//! Commands about one user that need to be told nothing else, or little.

use async_graphql::{ID, InputObject};
use rollbook_schema::Command;
use rollbook_schema::command::{
    AssignAccessProfile, DeleteUser, DisableUser, EnableUser, LockAccount, UnlockAccount,
};

use super::Flaws;
use crate::graphql::asking::{Asks, Terms};
use crate::graphql::scalar;
use crate::graphql::vocabulary::AccessProfile;

/// An input that names a user and what every command needs.
macro_rules! about_a_user {
    ($(#[doc = $doc:literal] $input:ident => $command:ident;)*) => {$(
        #[doc = $doc]
        #[derive(InputObject)]
        pub(in crate::graphql) struct $input {
            user_id: ID,
            /// The user's version that you saw; refused if it has changed since.
            expected_version: Option<scalar::Version>,
            /// Your own name for this request: asked twice, done once. A ULID, or any text up to 200
            /// bytes.
            idempotency_key: Option<String>,
            /// Why, or the ticket that asked for it.
            reason: Option<String>,
        }

        impl Asks for $input {
            fn terms(&mut self) -> Terms {
                Terms::new(self.idempotency_key.take(), self.reason.take(), self.expected_version)
            }

            fn command(self, flaws: &mut Flaws) -> Option<Command> {
                Some($command { user: flaws.user("userId", &self.user_id)? }.into())
            }
        }
    )*};
}
pub(super) use about_a_user;

about_a_user! {
    /// Whose access ends.
    DisableUserInput => DisableUser;
    /// Who gets access again.
    EnableUserInput => EnableUser;
    /// Whom to delete.
    DeleteUserInput => DeleteUser;
    /// Whose account to lock.
    LockAccountInput => LockAccount;
    /// Whose account to unlock.
    UnlockAccountInput => UnlockAccount;
}

/// Which administrative capabilities a user shall have.
#[derive(InputObject)]
pub(in crate::graphql) struct AssignAccessProfileInput {
    user_id: ID,
    access_profile: AccessProfile,
    /// The user's version that you saw; refused if it has changed since.
    expected_version: Option<scalar::Version>,
    /// Your own name for this request: asked twice, done once. A ULID, or any text up to 200 bytes.
    idempotency_key: Option<String>,
    /// Why, or the ticket that asked for it.
    reason: Option<String>,
}

impl Asks for AssignAccessProfileInput {
    fn terms(&mut self) -> Terms {
        Terms::new(self.idempotency_key.take(), self.reason.take(), self.expected_version)
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id)?;
        Some(AssignAccessProfile { user, profile: self.access_profile.into() }.into())
    }
}
