//! Asking for a person's username and email to be masked.

use rollbook_keyring::KeyAddress;
use rollbook_schema::command::MaskPii;
use rollbook_schema::value::{EmailAddress, EmailMaskFormat, Username, UsernameMaskFormat};
use rollbook_schema::{Group, UserId};

use super::{Asking, Directory};
use crate::writer::Answer;

/// The three keys that must agree (MSK-03), and how to mask.
#[derive(Clone, Debug)]
pub struct MaskRequest {
    /// Primary id.
    pub user: UserId,
    /// As held now.
    pub username: Username,
    /// As held now.
    pub email: EmailAddress,
    /// Format of the username's mask.
    pub username_format: UsernameMaskFormat,
    /// Format of the email's mask.
    pub email_format: EmailMaskFormat,
}

impl Directory {
    /// Masks username and email in all of history. Answers when the key is destroyed.
    ///
    /// # Errors
    /// The refusals of the rule; [`crate::writer::CommandError::Stopped`] when the key could not be
    /// destroyed: the masking is in the log, and the next start finishes it.
    pub async fn mask(&self, asking: Asking, request: MaskRequest) -> Answer {
        let MaskRequest { user, username, email, username_format, email_format } = request;
        let key = KeyAddress::subject(user.0, Group::Login as u8);
        // No fingerprint: the key is gone already, and the rule will find the user masked.
        let fingerprint = self.inner.keyring.fingerprint(key).unwrap_or_default();
        let command = MaskPii { user, username, email, username_format, email_format, fingerprint };
        let outcome = self.ask(asking, command).await?;
        self.complete_erasures_now().await;
        Ok(outcome)
    }
}
