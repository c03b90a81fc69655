//! What is mailed, and why a mail did not go.

use serde::{Deserialize, Serialize};

/// What a mail says. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
