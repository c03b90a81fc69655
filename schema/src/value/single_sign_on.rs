//! Single sign-on, as far as fields and rules go: no protocol is spoken yet.

use serde::{Deserialize, Serialize};

/// How people sign in from elsewhere (SSO-06…SSO-09). The order is stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SsoMode {
    /// They do not.
    #[default]
    Off,
    /// By a custom authentication server.
    PassThrough,
    /// By the provider of the client program.
    Delegated,
    /// By SAML.
    Saml,
}

/// Where a user is kept. The order is stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UserSource {
    /// Here.
    #[default]
    Local,
    /// In an LDAP directory: what that says of the user is changed there, and only there (SSO-01).
    Ldap,
    /// Here, and made from what a SAML identity provider said.
    Saml,
}
