//! Temporary passwords: made here, and kept nowhere but as a verifier. They go to the person by mail, or are
//! shown once to whoever asked.
//!
//! Until the mail went, the password waits in the log, sealed under a key of its own that is destroyed right
//! after. To derive it from a key of the keyring instead was refused: what can be derived can be derived
//! again, and forgetting would be a promise of code and not of a destroyed key.

use rollbook_schema::command::{InitialPassword, ResetPassword};
use rollbook_schema::value::{MailedPassword, Password, PasswordVerifier, Timestamp};
use rollbook_schema::{Command, RejectionCode, UserId};
use zeroize::Zeroizing;

use super::{Asking, Directory};
use crate::writer::{CommandError, Outcome};

const MILLIS_PER_MINUTE: i64 = 60_000;

/// A password that was reset.
pub struct ResetDone {
    /// To be handed over by a secure channel. Shown this once; `None` where it was mailed and the tenant wants
    /// it seen by nobody else, and where the request was repeated, for then it was shown before.
    pub temporary: Option<Zeroizing<String>>,
    /// By which way it goes; `None` where the request was repeated.
    pub way: Option<PasswordWay>,
    /// From here on it opens nothing.
    pub expires_at: Timestamp,
    /// Where it stands in the log.
    pub outcome: Outcome,
}

/// How a temporary password reaches its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordWay {
    /// By mail, to their address at that time (NOT-03).
    Mail,
    /// By whoever asked: no mail is sent here, or their address was refused (NOT-06).
    Hand,
}

/// A password that was made up, and its hash.
struct MadeUp {
    password: Zeroizing<String>,
    verifier: PasswordVerifier,
}

impl Directory {
    /// Puts a made-up password in the place of a user's own: good for one sign-in, for as long as the
    /// tenant chose, and only to set a new one (AUT-07, AUT-08).
    ///
    /// # Errors
    /// `BUSY` when too many passwords wait, and the refusals of the rule.
    pub async fn reset_password(&self, asking: Asking, user: UserId) -> Result<ResetDone, CommandError> {
        let way = if self.mail_reaches(user) { PasswordWay::Mail } else { PasswordWay::Hand };
        self.reset(asking, user, way).await
    }

    /// The same by mail only: a password that nobody is told would shut its person out.
    pub(super) async fn reset_password_by_mail(
        &self,
        asking: Asking,
        user: UserId,
    ) -> Result<ResetDone, CommandError> {
        if !self.mail_reaches(user) {
            // Access first: whether mail arrives is told to nobody else.
            self.permit(&asking, &self.blank_reset(user).into()).await?;
            return Err(RejectionCode::MailDoesNotReach.into());
        }
        self.reset(asking, user, PasswordWay::Mail).await
    }

    async fn reset(&self, asking: Asking, user: UserId, way: PasswordWay) -> Result<ResetDone, CommandError> {
        let mut command = self.blank_reset(user);
        let expires_at = command.expires_at;
        // Asked before hashing, so that nobody can buy hashing time without the right to it.
        if let Err(code) = self.may_ask(&asking.caller, &Command::ResetPassword(command.clone())) {
            self.ask(asking, command).await?;
            return Err(code.into());
        }
        let made_up = self.made_up().await?;
        let is_shown = way == PasswordWay::Hand || self.settings().show_mailed_passwords;
        command.verifier = made_up.verifier;
        command.mailed = (way == PasswordWay::Mail).then(|| MailedPassword::new(made_up.password.clone()));
        let outcome = self.ask(asking, command).await?;
        let temporary = (is_shown && !outcome.repeated).then_some(made_up.password);
        Ok(ResetDone { temporary, way: (!outcome.repeated).then_some(way), expires_at, outcome })
    }

    /// What access is asked about, before there is a password.
    fn blank_reset(&self, user: UserId) -> ResetPassword {
        let verifier = PasswordVerifier::from_phc(String::new());
        ResetPassword { user, verifier, expires_at: self.temporary_until(), mailed: None }
    }

    /// A first password for somebody who is created without one, if it can be mailed and the tenant wants
    /// it (AUT-10). Otherwise nobody signs in until a reset: a password that nobody is told is none.
    pub(super) async fn initial_password(&self) -> Result<Option<InitialPassword>, CommandError> {
        if !self.inner.options.sends_mail || !self.settings().mail_initial_passwords {
            return Ok(None);
        }
        let MadeUp { password, verifier } = self.made_up().await?;
        let mailed = MailedPassword::new(password);
        Ok(Some(InitialPassword { verifier, expires_at: self.temporary_until(), mailed }))
    }

    async fn made_up(&self) -> Result<MadeUp, CommandError> {
        let password = self.inner.identities.password();
        let parsed = Password::parse(password.to_string()).map_err(|_| RejectionCode::Invalid)?;
        Ok(MadeUp { password, verifier: self.hash(parsed).await? })
    }

    fn temporary_until(&self) -> Timestamp {
        let minutes = i64::from(self.settings().temporary_password_minutes);
        self.now().plus_millis(minutes * MILLIS_PER_MINUTE)
    }
}
