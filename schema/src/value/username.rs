//! Usernames, and why not every letter may stand in one.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_security::RestrictionLevel;
use unicode_security::confusable_detection::skeleton;
use unicode_security::restriction_level::RestrictionLevelDetection;

use super::Flaw;
use super::text::{fold, parse};

/// Longest username, in code points.
const USERNAME_MAX: usize = 128;

/// Names that no user of any kind may hold, in any case, on any path (RSV-03, RSV-08).
pub const RESERVED_USERNAMES: [&str; 6] =
    ["self_service_portal", "web_site", "system", "open_ownership", "tenant_manager", "guestuser"];

/// Letters, digits and `. _ - @ +` (ACC-13). Compared by [`Username::key`] (ACC-12).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Username(String);

impl Username {
    /// Parses a username. Mixed scripts, and non-Latin names that look like Latin ones, are refused
    /// as confusable (Unicode TS 39, "highly restrictive").
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        let text = parse(input, USERNAME_MAX)?;
        if !text.chars().all(is_allowed) {
            return Err(Flaw::Character);
        }
        if !text.is_ascii() && is_confusable(&text) {
            return Err(Flaw::Confusable);
        }
        let username = Username(text);
        if RESERVED_USERNAMES.contains(&username.key().as_str()) {
            return Err(Flaw::Reserved);
        }
        Ok(username)
    }

    /// The name as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which names are compared: lower case, NFC.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

impl fmt::Debug for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Username(…)")
    }
}

fn is_allowed(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) || "._-@+".contains(c)
}

fn is_confusable(text: &str) -> bool {
    !text.check_restriction_level(RestrictionLevel::HighlyRestrictive) || skeleton(text).all(|c| c.is_ascii())
}
