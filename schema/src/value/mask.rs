//! What is left of a username and an email after masking (MSK-07…MSK-10).
//!
//! A mask is shown, never used: no mask is a username or a deliverable address, so none can come
//! back as input. The letters left over are still a pseudonym, so a mask is sealed too.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::{EmailAddress, Username};
use crate::id::UserId;

/// Parts of a username that a mask keeps letters of (MSK-08).
const PARTS_MAX: usize = 3;
/// Graphemes kept of each part (MSK-08).
const KEPT: usize = 2;
/// What everybody is called who has no letters left.
const NOBODY: &str = "Unknown User";

/// How a username is masked. The order is stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UsernameMaskFormat {
    /// `John.Peter` becomes `Unknown User (Jo Pe)`.
    #[default]
    Initials,
    /// `Unknown User` alone: the stricter one.
    Plain,
}

/// How an email is masked (MSK-10). The order is stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EmailMaskFormat {
    /// `jo***@***`.
    #[default]
    Stub,
    /// `***@example.com.invalid`: keeps the organisation; `.invalid` (RFC 2606) keeps it undeliverable.
    Domain,
    /// `masked-12@invalid`: keeps nothing but the id.
    Id,
}

/// What history shows in place of username and email from now on (MSK-11).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskedLogin {
    /// In place of the username.
    pub username: String,
    /// In place of the email.
    pub email: String,
}

impl std::fmt::Debug for MaskedLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MaskedLogin(…)")
    }
}

/// Masks a username.
#[must_use]
pub fn mask_username(username: &Username, format: UsernameMaskFormat) -> String {
    if format == UsernameMaskFormat::Plain {
        return NOBODY.to_owned();
    }
    let name = username.as_str();
    let name = name.split_once('@').map_or(name, |(local, _)| local);
    let kept: Vec<String> = name
        .split(['.', '_', '-', ' '])
        .filter(|part| !part.is_empty())
        .take(PARTS_MAX)
        .map(|part| part.graphemes(true).take(KEPT).collect())
        .collect();
    if kept.is_empty() { NOBODY.to_owned() } else { format!("{NOBODY} ({})", kept.join(" ")) }
}

/// Masks an email. The result is never a deliverable address.
#[must_use]
pub fn mask_email(email: &EmailAddress, user: UserId, format: EmailMaskFormat) -> String {
    let (local, domain) = email.as_str().split_once('@').unwrap_or((email.as_str(), ""));
    match format {
        EmailMaskFormat::Stub => {
            let kept: String = local.graphemes(true).take(KEPT).collect();
            format!("{kept}***@***")
        }
        EmailMaskFormat::Domain => format!("***@{domain}.invalid"),
        EmailMaskFormat::Id => format!("masked-{user}@invalid"),
    }
}
