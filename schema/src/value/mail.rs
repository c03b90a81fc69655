//! What is mailed, and why a mail did not go.

use serde::{Deserialize, Serialize};

/// What a mail says. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MailTemplate {
    /// Welcome, and what is needed to sign in (NOT-02); never a password.
    Welcome,
    /// A first password, for one sign-in and a time (AUT-10).
    InitialPassword,
    /// Both in one mail (NOT-02).
    WelcomeWithPassword,
    /// A password in the place of the one before, for one sign-in and a time (AUT-07).
    TemporaryPassword,
    /// The provider's support acts as the reader (NOT-05).
    SupportLogin,
    /// An approval is asked of the reader (NOT-04).
    SignOffAsked,
    /// What the reader asked to be approved was decided (NOT-04).
    SignOffDecided,
}

impl MailTemplate {
    /// Every mail.
    pub const ALL: [MailTemplate; 7] = [
        MailTemplate::Welcome,
        MailTemplate::InitialPassword,
        MailTemplate::WelcomeWithPassword,
        MailTemplate::TemporaryPassword,
        MailTemplate::SupportLogin,
        MailTemplate::SignOffAsked,
        MailTemplate::SignOffDecided,
    ];

    /// Tells a password, which only such a mail does.
    #[must_use]
    pub fn tells_password(self) -> bool {
        use MailTemplate::{InitialPassword, TemporaryPassword, WelcomeWithPassword};
        matches!(self, InitialPassword | WelcomeWithPassword | TemporaryPassword)
    }

    /// Concerns an approval: not mailed to who switched such notices off (NOT-04).
    #[must_use]
    pub fn is_sign_off(self) -> bool {
        matches!(self, MailTemplate::SignOffAsked | MailTemplate::SignOffDecided)
    }
}

/// What a notice about an approval says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOffNotice {
    /// An approval is asked for.
    Asked,
    /// One is reported.
    Decided,
}

impl SignOffNotice {
    /// The mail that says so.
    #[must_use]
    pub fn template(self) -> MailTemplate {
        match self {
            SignOffNotice::Asked => MailTemplate::SignOffAsked,
            SignOffNotice::Decided => MailTemplate::SignOffDecided,
        }
    }
}

/// Why an attempt failed. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MailFault {
    /// The mail server could not be reached, or broke off.
    Unreachable,
    /// It said: not now.
    Deferred,
    /// It said: never. The address is undeliverable (NOT-06).
    Refused,
    /// There is no address any more.
    NoAddress,
    /// The password that it should have told opens nothing any more.
    Expired,
}
