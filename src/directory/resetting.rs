//! Temporary passwords: made here, shown once, kept nowhere but as a verifier.

use rollbook_schema::command::ResetPassword;
use rollbook_schema::value::{Password, PasswordVerifier, Timestamp};
use rollbook_schema::{Command, RejectionCode, UserId};
use zeroize::Zeroizing;

use super::{Asking, Directory};
use crate::writer::{CommandError, Outcome};

const MILLIS_PER_MINUTE: i64 = 60_000;

/// A password that was reset.
pub struct ResetDone {
    /// To be handed over by a secure channel. Shown this once; `None` where the request was repeated, for
    /// then it was shown before.
    pub temporary: Option<Zeroizing<String>>,
    /// From here on it opens nothing.
    pub expires_at: Timestamp,
    /// Where it stands in the log.
    pub outcome: Outcome,
}

impl Directory {
    /// Puts a made-up password in the place of a user's own: good for one sign-in, for as long as the
    /// tenant chose, and only to set a new one (AUT-07, AUT-08).
    ///
    /// # Errors
    /// `BUSY` when too many passwords wait, and the refusals of the rule.
    pub async fn reset_password(&self, asking: Asking, user: UserId) -> Result<ResetDone, CommandError> {
        let minutes = i64::from(self.settings().temporary_password_minutes);
        let expires_at = self.now().plus_millis(minutes * MILLIS_PER_MINUTE);
        let verifier = PasswordVerifier::from_phc(String::new());
        let mut command = ResetPassword { user, verifier, expires_at };
        // Asked before hashing, so that nobody can buy hashing time without the right to it.
        if let Err(code) = self.may_ask(&asking.caller, &Command::ResetPassword(command.clone())) {
            self.ask(asking, command).await?;
            return Err(code.into());
        }
        let made_up = self.inner.identities.password();
        let password = Password::parse(made_up.to_string()).map_err(|_| RejectionCode::Invalid)?;
        command.verifier = self.hash(password).await?;
        let outcome = self.ask(asking, command).await?;
        let temporary = (!outcome.repeated).then_some(made_up);
        Ok(ResetDone { temporary, expires_at, outcome })
    }
}
