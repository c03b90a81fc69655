//! Commands about one user that need to be told nothing else, or little.

use async_graphql::{ID, InputObject};
use rollbook_schema::command::{
    AssignAccessProfile, DeleteUser, DisableUser, EnableUser, LockAccount, UnlockAccount,
};
use rollbook_schema::{Command, UserId};

use super::Flaws;
use crate::graphql::asking::{Asks, ChangeTerms, Terms};
use crate::graphql::id;
use crate::graphql::vocabulary::AccessProfile;

/// An input that names a user and what every command needs.
macro_rules! about_a_user {
    ($(#[doc = $doc:literal] $input:ident => $command:ident;)*) => {$(
        #[doc = $doc]
        #[derive(InputObject)]
        pub(in crate::graphql) struct $input {
            user_id: ID,
            #[graphql(flatten)]
            terms: ChangeTerms,
        }

        impl Asks for $input {
            fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

            fn command(self, flaws: &mut Flaws) -> Option<Command> {
                Some($command { user: flaws.user("userId", &self.user_id)? }.into())
            }
        }
    )*};
}
pub(super) use about_a_user;

about_a_user! {
    /// Who gets access again.
    EnableUserInput => EnableUser;
    /// Whose account to lock.
    LockAccountInput => LockAccount;
    /// Whose account to unlock.
    UnlockAccountInput => UnlockAccount;
}

/// Whom to delete.
#[derive(InputObject)]
pub(in crate::graphql) struct DeleteUserInput {
    user_id: ID,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl DeleteUserInput {
    /// Whom it names, if anybody.
    pub(in crate::graphql) fn user(&self) -> Option<UserId> {
        id::user(&self.user_id)
    }
}

impl Asks for DeleteUserInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        // Whom rules call is known when it is asked.
        Some(DeleteUser { user: flaws.user("userId", &self.user_id)?, called: Vec::new() }.into())
    }
}

/// Whose access ends.
#[derive(InputObject)]
pub(in crate::graphql) struct DisableUserInput {
    user_id: ID,
    /// The only team to stay in. Needed where there are several: refused with `TEAMS_LEFT`, if it is not
    /// given.
    keep_team: Option<ID>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl DisableUserInput {
    /// Whom it names, if anybody.
    pub(in crate::graphql) fn user(&self) -> Option<UserId> {
        id::user(&self.user_id)
    }
}

impl Asks for DisableUserInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let keep_team = self.keep_team.map(|team| flaws.team("keepTeam", &team));
        Some(DisableUser { user: user?, keep_team: keep_team.flatten() }.into())
    }
}

/// Which administrative capabilities a user shall have.
#[derive(InputObject)]
pub(in crate::graphql) struct AssignAccessProfileInput {
    user_id: ID,
    access_profile: AccessProfile,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for AssignAccessProfileInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id)?;
        Some(AssignAccessProfile { user, profile: self.access_profile.into() }.into())
    }
}
