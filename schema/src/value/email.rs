//! Email addresses: RFC 5321 dot-atom form, international letters allowed (RFC 6531).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Flaw;
use super::text::{fold, parse};

/// RFC 5321 4.5.3.1.3, less the angle brackets.
const EMAIL_MAX: usize = 254;
/// RFC 5321 4.5.3.1.1, in octets.
const LOCAL_MAX: usize = 64;
/// RFC 1035 2.3.4, in octets.
const LABEL_MAX: usize = 63;

/// An address as it was typed (trimmed, NFC). Compared by [`EmailAddress::key`] (ACC-04).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Parses an address. Refused: quoted local parts, address literals, a domain without a dot,
    /// and `.invalid` (RFC 2606), so that a masked address can never come back as input.
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        let text = parse(input, EMAIL_MAX)?;
        let (local, domain) = text.split_once('@').ok_or(Flaw::Form)?;
        if local.len() > LOCAL_MAX || text.len() > EMAIL_MAX {
            return Err(Flaw::TooLong { max: if local.len() > LOCAL_MAX { LOCAL_MAX } else { EMAIL_MAX } });
        }
        if !local.split('.').all(is_atom) || !is_domain(domain) {
            return Err(Flaw::Form);
        }
        Ok(EmailAddress(text))
    }

    /// The address as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which addresses are compared: lower case, NFC.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

/// RFC 5322 3.2.3 atext, widened to letters and digits of any script, less what only masks use.
fn is_atom(part: &str) -> bool {
    !part.is_empty()
        && part.chars().all(|c| c.is_alphanumeric() || is_mark(c) || "!#$%&'+-/=?^_`{|}~".contains(c))
}

fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| is_label(label))
        && labels.last().is_some_and(|top| {
            !top.eq_ignore_ascii_case("invalid") && !top.chars().all(|c| c.is_ascii_digit())
        })
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= LABEL_MAX
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_alphanumeric() || is_mark(c) || c == '-')
}

/// Combining marks that some scripts cannot be written without.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}
