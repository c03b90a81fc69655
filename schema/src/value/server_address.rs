//! The address of a server of the company.

use std::fmt;
use std::net::Ipv6Addr;

use serde::{Deserialize, Serialize};

use super::Flaw;

/// Longest address, in characters.
const ADDRESS_CHARS_MAX: usize = 500;
/// Longest name of a host, and longest part of one, in characters (RFC 1035).
const HOST_CHARS_MAX: usize = 253;
const LABEL_CHARS_MAX: usize = 63;

/// An `https` URL with neither user, query nor fragment: so it can hold no credential and name nobody, and
/// stands in clear in the log like other settings. `http` is not taken, since passwords go there.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServerAddress(String);

impl ServerAddress {
    /// Parses an address; scheme and host are compared without case, and kept in lower case.
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        let text = input.trim();
        if text.is_empty() {
            return Err(Flaw::Blank);
        }
        if text.len() > ADDRESS_CHARS_MAX {
            return Err(Flaw::TooLong { max: ADDRESS_CHARS_MAX });
        }
        let (scheme, rest) = text.split_once("://").ok_or(Flaw::Form)?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if !scheme.eq_ignore_ascii_case("https") || !is_authority(authority) {
            return Err(Flaw::Form);
        }
        if !path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&byte)) {
            return Err(Flaw::Character);
        }
        Ok(ServerAddress(format!("https://{}{path}", authority.to_ascii_lowercase())))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerAddress({})", self.0)
    }
}

fn is_authority(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('[') {
        let Some((host, port)) = rest.split_once(']') else { return false };
        return host.parse::<Ipv6Addr>().is_ok()
            && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    match text.split_once(':') {
        Some((host, port)) => is_host(host) && is_port(port),
        None => is_host(text),
    }
}

fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=LABEL_CHARS_MAX).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= HOST_CHARS_MAX && text.split('.').all(is_label)
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sso_07_an_address_is_an_https_url_that_holds_no_credential() {
        for (text, expected) in [
            (" HTTPS://SSO.example.org/Sign/in ", Some("https://sso.example.org/Sign/in")),
            ("https://sso.example.org:8443", Some("https://sso.example.org:8443")),
            ("https://[::1]:8443/", Some("https://[::1]:8443/")),
            ("http://sso.example.org", None),
            ("https://ann:secret@sso.example.org", None),
            ("https://sso.example.org/?token=1", None),
            ("https://sso.example.org/#top", None),
            ("https://sso.example.org:0/", None),
            ("https://sso..example.org", None),
            ("https://", None),
            ("sso.example.org", None),
            ("", None),
        ] {
            let parsed = ServerAddress::parse(text).ok();
            assert_eq!(parsed.as_ref().map(ServerAddress::as_str), expected, "{text}");
        }
        assert!(ServerAddress::parse(&format!("https://a.org/{}", "a".repeat(500))).is_err());
    }
}
