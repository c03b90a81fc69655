//! Security questions, and mail that goes again.

use super::fields_of;
use crate::id::{CredentialNumber, UserId};
use crate::value::{MailTemplate, MailedPassword, PasswordVerifier, QuestionText, Timestamp};

fields_of! {
    /// Chooses what one is asked besides the password (AUT-08).
    SetSecurityQuestion {
        /// Whose.
        user: UserId,
        /// What is asked.
        question: QuestionText,
        /// Hash of the answer's normal form.
        verifier: PasswordVerifier,
        /// The credential that the current password matched.
        proved: Option<CredentialNumber>,
    }
    /// Asks nothing any more.
    RemoveSecurityQuestion {
        /// Whose.
        user: UserId,
        /// The credential that the current password matched; not asked of others.
        proved: Option<CredentialNumber>,
    }
    /// Sends a mail again that went or failed (NOT-06).
    ResendMail {
        /// To whom.
        user: UserId,
        /// What it says; never a password.
        template: MailTemplate,
    }
}

/// What checking an answer found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerProof {
    /// None was given.
    Missing,
    /// It answers the question of this number.
    Matches(CredentialNumber),
    /// It does not.
    Wrong,
}

/// A first password that nobody chose: for one sign-in, by mail.
#[derive(Clone, Debug)]
pub struct InitialPassword {
    /// Its hash.
    pub verifier: PasswordVerifier,
    /// When it opens nothing any more.
    pub expires_at: Timestamp,
    /// To be mailed.
    pub mailed: MailedPassword,
}
