//! A visit: one request of one browser, and everything about its reader that a page needs.

use std::sync::Arc;

use async_graphql::Schema;
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use rollbook_schema::value::{self, Decimal, LanguageTag, Preferences, Timestamp};
use sha2::{Digest as _, Sha256};

use super::Console;
use super::assets::Assets;
use super::cookies::{self, Keys, Theme};
use super::words::Tongue;
use crate::access::{Caller, Person};
use crate::directory::Directory;
use crate::graphql::{Mutation, Query, Subscription};
use crate::http::RequestContext;

/// Before the secret of a session in the token of its forms.
const FORM_DOMAIN: &[u8] = b"rollbook console form\0";

/// One request and its reader. Cheap to clone.
#[derive(Clone)]
pub(super) struct Visit(Arc<Known>);

struct Known {
    console: Console,
    caller: Caller,
    keys: Option<Keys>,
    /// The token that each form of this session carries.
    form_token: String,
    secure: bool,
    tongue: Tongue,
    preferences: Preferences,
    theme: Theme,
    context: Option<RequestContext>,
    /// Path and query of the request.
    address: String,
}

impl Visit {
    /// The visit of a request, and the cookie that begins one that has no session yet.
    pub fn of(console: &Console, parts: &Parts) -> (Visit, Option<HeaderValue>) {
        let headers = &parts.headers;
        let secure = cookies::is_secure(headers);
        let (keys, caller) = signed_in(&console.directory, cookies::keys(headers));
        let mut begun = None;
        let form_token = match (&keys, cookies::visit(headers)) {
            (Some(keys), _) => form_token(keys.now.reveal()),
            (None, Some(secret)) => form_token(secret),
            (None, None) => {
                let secret = cookies::begin_visit(console);
                begun = cookies::keep_visit(&secret, secure);
                form_token(&secret)
            }
        };
        let settings = console.directory.settings();
        let own = caller.user().map(|user| console.directory.views().preferences.of(user).clone());
        let asked = headers.get(ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
        let browser = || asked.and_then(Tongue::accepted);
        let preferences = own.unwrap_or_default();
        let chosen = settings.effective_language(preferences.language.as_ref()).and_then(Tongue::of);
        let known = Known {
            console: console.clone(),
            caller,
            keys,
            form_token,
            secure,
            tongue: chosen.or_else(browser).unwrap_or_default(),
            preferences,
            theme: cookies::theme(headers),
            context: parts.extensions.get::<RequestContext>().cloned(),
            address: parts.uri.path_and_query().map_or("/", |address| address.as_str()).to_owned(),
        };
        (Visit(Arc::new(known)), begun)
    }

    pub fn directory(&self) -> &Directory {
        &self.0.console.directory
    }

    pub fn schema(&self) -> &Schema<Query, Mutation, Subscription> {
        &self.0.console.schema
    }

    pub fn assets(&self) -> &Assets {
        &self.0.console.assets
    }

    pub fn caller(&self) -> Caller {
        self.0.caller
    }

    /// Who is signed in, or as whom somebody acts.
    pub fn person(&self) -> Option<Person> {
        match self.0.caller {
            Caller::Person(person) => Some(person),
            _ => None,
        }
    }

    pub fn keys(&self) -> Option<&Keys> {
        self.0.keys.as_ref()
    }

    /// The same visit with the token of the own session: to do what belongs to that one.
    pub fn as_oneself(&self) -> Option<Visit> {
        let own = self.0.keys.as_ref()?.own.clone()?;
        let caller = self.directory().caller(&own)?;
        let known = Known {
            console: self.0.console.clone(),
            caller,
            keys: Some(Keys { now: own, own: None }),
            form_token: String::new(),
            secure: self.0.secure,
            tongue: self.0.tongue,
            preferences: self.0.preferences.clone(),
            theme: self.0.theme,
            context: self.0.context.clone(),
            address: self.0.address.clone(),
        };
        Some(Visit(Arc::new(known)))
    }

    pub fn is_secure(&self) -> bool {
        self.0.secure
    }

    pub fn theme(&self) -> Theme {
        self.0.theme
    }

    pub fn tongue(&self) -> Tongue {
        self.0.tongue
    }

    pub fn preferences(&self) -> &Preferences {
        &self.0.preferences
    }

    pub fn form_token(&self) -> &str {
        &self.0.form_token
    }

    /// Path and query.
    pub fn address(&self) -> &str {
        &self.0.address
    }

    /// Where to sign in, to come back here.
    pub fn sign_in_address(&self) -> String {
        match self.address() {
            "/" => "/sign-in".to_owned(),
            address => format!("/sign-in?to={}", encoded(address)),
        }
    }

    pub fn request_id(&self) -> &str {
        self.0.context.as_ref().map_or("", |context| &context.request_id)
    }

    pub fn client_address(&self) -> Option<String> {
        self.0.context.as_ref()?.client_address.map(|address| address.to_string())
    }

    pub fn user_agent(&self) -> Option<String> {
        self.0.context.as_ref()?.user_agent.clone()
    }

    /// A moment of the schema, as the reader wants it.
    pub fn moment(&self, text: &str) -> String {
        Timestamp::parse(text).map(|at| value::formatted(at, self.preferences())).unwrap_or_default()
    }

    /// A whole number, as the reader wants it.
    pub fn number(&self, number: u64) -> String {
        let decimal = Decimal::parse(&number.to_string());
        // Whoever chose no locale reads a page in one language, and numbers as that language has them.
        let of_page = LanguageTag::parse(self.tongue().tag()).ok();
        let locale = self.preferences().locale.as_ref().or(of_page.as_ref());
        decimal.map(|it| value::formatted_number(it, Some(0), locale)).unwrap_or_else(|_| number.to_string())
    }
}

/// Who holds the tokens. A session as somebody else that has ended gives way to the own one (SES-04).
fn signed_in(directory: &Directory, keys: Option<Keys>) -> (Option<Keys>, Caller) {
    // Whoever provides the directory has a token, too, and no screens.
    let person = |caller: &Caller| matches!(caller, Caller::Person(_));
    let Some(keys) = keys else { return (None, Caller::Anonymous) };
    if let Some(caller) = directory.caller(&keys.now).filter(person) {
        return (Some(keys), caller);
    }
    let own = keys.own.and_then(|own| Some((directory.caller(&own).filter(person)?, own)));
    match own {
        Some((caller, own)) => (Some(Keys { now: own, own: None }), caller),
        None => (None, Caller::Anonymous),
    }
}

fn form_token(secret: &str) -> String {
    let digest = Sha256::new().chain_update(FORM_DOMAIN).chain_update(secret).finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// As a value in a query string.
pub(super) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    let write = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(write).collect()
}

/// An address to go to, if it is one of ours: a path, and nothing that a browser takes for a host.
pub(super) fn own_path(text: &str) -> Option<&str> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (text.starts_with('/') && !text.starts_with("//") && is_plain).then_some(text)
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = super::refused::Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<Visit>().cloned().ok_or(super::refused::Refused::Unavailable)
    }
}
