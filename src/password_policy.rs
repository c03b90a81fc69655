//! What a password must be, beyond the bounds that every password keeps (ACC-06).
//!
//! Judged here, on what was typed and before it is hashed; rules and events know only hashes. A password
//! that somebody chooses, or that an account is created with, meets the whole policy (AUT-06, AUT-12). One
//! that an administrator types as a direct reset may be shorter than the tenant's least length, never one
//! that many people use.

use std::collections::HashSet;
use std::sync::LazyLock;

use rollbook_schema::value::{Flaw, Password, Settings};
use rollbook_schema::{Rejection, RejectionCode};
use zeroize::Zeroizing;

/// Passwords that are tried first, one a line, lower case.
static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// Judges a password that somebody chooses, or that an account is created with.
///
/// # Errors
/// `TOO_SHORT` below the tenant's least length, `PASSWORD_TOO_COMMON`.
pub fn judge_chosen(password: &Password, settings: &Settings) -> Result<(), Rejection> {
    let min = usize::try_from(settings.password_min_length).unwrap_or(usize::MAX);
    if text(password).chars().count() < min {
        return Err(Rejection::flaw("password", Flaw::TooShort { min }));
    }
    judge_typed(password, settings)
}

/// Judges a password that an administrator types for somebody.
///
/// # Errors
/// `PASSWORD_TOO_COMMON`.
pub fn judge_typed(password: &Password, settings: &Settings) -> Result<(), Rejection> {
    let folded = Zeroizing::new(text(password).to_lowercase());
    if settings.refuse_common_passwords && COMMON.contains(folded.as_str()) {
        return Err(Rejection::of("password", RejectionCode::PasswordTooCommon));
    }
    Ok(())
}

/// A password is made from text, so nothing is lost here.
fn text(password: &Password) -> &str {
    std::str::from_utf8(password.as_bytes()).unwrap_or_default()
}
