//! Passwords that must be changed.

use async_graphql::{ID, InputObject};
use rollbook_schema::command::{CancelPasswordChange, ForcePasswordChange};
use rollbook_schema::{Command, UserId};

use super::Flaws;
use super::user::about_a_user;
use crate::graphql::asking::{Asks, ChangeTerms, Terms};

about_a_user! {
    /// Who must set a new password at the next sign-in.
    ForcePasswordChangeInput => ForcePasswordChange;
    /// Who may keep the password after all.
    CancelPasswordChangeInput => CancelPasswordChange;
}

/// Whose password becomes a temporary one.
#[derive(InputObject)]
pub(in crate::graphql) struct ResetPasswordInput {
    user_id: ID,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl ResetPasswordInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    pub(in crate::graphql) fn user(&self, flaws: &mut Flaws) -> Option<UserId> {
        flaws.user("userId", &self.user_id)
    }
}
