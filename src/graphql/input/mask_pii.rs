//! Whom to mask.

use async_graphql::{ID, InputObject};
use rollbook_schema::value::{EmailAddress, Username};

use super::Flaws;
use crate::directory::MaskRequest;
use crate::graphql::asking::{ChangeTerms, Terms};
use crate::graphql::vocabulary::{EmailMaskFormat, UsernameMaskFormat};

/// Whose username and email become unreadable, in all of history and for good. The user is disabled
/// or deleted already, and id, username and email must be those of one user.
#[derive(InputObject)]
pub(in crate::graphql) struct MaskPiiInput {
    user_id: ID,
    /// As held now.
    username: String,
    /// As held now.
    email: String,
    /// `INITIALS`, if it is not given.
    username_format: Option<UsernameMaskFormat>,
    /// `STUB`, if it is not given.
    email_format: Option<EmailMaskFormat>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl MaskPiiInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    /// A mask is no username and no email, so what is masked already is refused here.
    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<MaskRequest> {
        let user = flaws.user("userId", &self.user_id);
        let username = flaws.take("username", Username::parse(&self.username));
        let email = flaws.take("email", EmailAddress::parse(&self.email));
        Some(MaskRequest {
            user: user?,
            username: username?,
            email: email?,
            username_format: self.username_format.map(Into::into).unwrap_or_default(),
            email_format: self.email_format.map(Into::into).unwrap_or_default(),
        })
    }
}
