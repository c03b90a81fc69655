//! The cookies of the console: whose session it is, which form is whose, and how bright the page is.
//!
//! The session cookie holds the token of the session, and while somebody acts as another, of both sessions.
//! Behind TLS (a proxy before us says so by `x-forwarded-proto`, which may be believed here: a client that lies
//! binds only its own cookie) its name begins with `__Host-` and it is `Secure`. Without TLS neither is possible.

use axum::http::{HeaderMap, HeaderValue, header};

use super::Console;
use crate::identity::SessionToken;

/// Longest token that is read from a cookie, in bytes.
const TOKEN_BYTES_MAX: usize = 128;
/// How long the brightness is remembered, in seconds: a year.
const THEME_SECONDS: u32 = 365 * 24 * 60 * 60;

/// What stands between the two tokens of somebody who acts as another.
const BETWEEN: char = '.';

/// The tokens that a browser keeps.
#[derive(Clone)]
pub(super) struct Keys {
    /// Of the session that requests are made in.
    pub now: SessionToken,
    /// Of the own session, while somebody acts as another.
    pub own: Option<SessionToken>,
}

/// Light, dark, or as the machine has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Theme {
    #[default]
    Machine,
    Light,
    Dark,
}

impl Theme {
    pub fn name(self) -> &'static str {
        match self {
            Theme::Machine => "machine",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub fn of(name: &str) -> Option<Theme> {
        [Theme::Machine, Theme::Light, Theme::Dark].into_iter().find(|theme| theme.name() == name)
    }
}

/// Did the request come over TLS, as far as this machine can know?
pub(super) fn is_secure(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|scheme| scheme.as_bytes() == b"https")
}

fn session_name(secure: bool) -> &'static str {
    if secure { "__Host-rollbook" } else { "rollbook" }
}

fn visit_name(secure: bool) -> &'static str {
    if secure { "__Host-rollbook-visit" } else { "rollbook-visit" }
}

fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let mut pairs = all.flat_map(|cookie| cookie.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// The tokens of the request.
pub(super) fn keys(headers: &HeaderMap) -> Option<Keys> {
    let value = read(headers, session_name(is_secure(headers)))?;
    let token = |text: &str| {
        let fits = (1..=TOKEN_BYTES_MAX).contains(&text.len());
        fits.then(|| SessionToken::from_client(text))
    };
    match value.split_once(BETWEEN) {
        Some((now, own)) => Some(Keys { now: token(now)?, own: Some(token(own)?) }),
        None => Some(Keys { now: token(value)?, own: None }),
    }
}

/// The secret of a visit without a session.
pub(super) fn visit(headers: &HeaderMap) -> Option<&str> {
    read(headers, visit_name(is_secure(headers))).filter(|text| (1..=TOKEN_BYTES_MAX).contains(&text.len()))
}

pub(super) fn theme(headers: &HeaderMap) -> Theme {
    read(headers, "rollbook-theme").and_then(Theme::of).unwrap_or_default()
}

/// Keeps the tokens until the browser is closed.
pub(super) fn keep(keys: &Keys, secure: bool) -> Option<HeaderValue> {
    let value = match &keys.own {
        Some(own) => format!("{}{BETWEEN}{}", keys.now.reveal(), own.reveal()),
        None => keys.now.reveal().to_owned(),
    };
    set(session_name(secure), &value, secure, None)
}

/// Forgets the tokens.
pub(super) fn forget(secure: bool) -> Option<HeaderValue> {
    set(session_name(secure), "", secure, Some(0))
}

/// A new secret for a visit without a session.
pub(super) fn begin_visit(console: &Console) -> String {
    console.directory.identities().token().reveal().to_owned()
}

pub(super) fn keep_visit(secret: &str, secure: bool) -> Option<HeaderValue> {
    set(visit_name(secure), secret, secure, None)
}

pub(super) fn keep_theme(theme: Theme, secure: bool) -> Option<HeaderValue> {
    let seconds = if theme == Theme::Machine { 0 } else { THEME_SECONDS };
    set("rollbook-theme", theme.name(), secure, Some(seconds))
}

/// `Lax`, so that a link in a mail finds its reader signed in; every change is a form with a token besides.
fn set(name: &str, value: &str, secure: bool, seconds: Option<u32>) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).ok()
}
