//! Which personal values each view holds in memory: a part of the register of personal data.
//!
//! The list names every field of [`Views`], or this does not compile. Views are in memory, and in a snapshot
//! that goes with the first key that is destroyed; what that key hides is taken out of them by the event that orders it
//! destroyed.

use super::Views;

/// What one view holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The name of the view.
    pub view: &'static str,
    /// The personal values in it; nothing for ids, enums, numbers, moments and digests only.
    pub values: &'static str,
}

macro_rules! held {
    ($($view:ident: $values:literal;)*) => {
        /// Every view, and the personal values in it.
        pub const HELD: &[Held] = &[$(Held { view: stringify!($view), values: $values },)*];

        /// A view that is not named above does not match.
        const _: fn(&Views) = |views| {
            let Views { $($view: _,)* reached: _ } = views;
        };
    };
}

held! {
    users: "username, email, descriptive fields; after a masking the mask";
    licenses: "";
    roles: "names that people gave to roles";
    history: "";
    sessions: "";
    credentials: "";
    preferences: "accessibilityMode";
    reporting: "";
    chat_limits: "";
    avatars: "";
    dashboards: "names that people gave to dashboards";
    settings: "";
    lockouts: "";
    mail: "";
    security_questions: "";
    teams: "names that people gave to teams";
    business_units: "names that people gave to business units";
    proxy_grants: "";
    attributes: "values of custom attributes; names that people gave to attributes and choices";
    sources: "";
    applications: "names that people gave to applications";
    portal_pages: "pages of the client portal";
    signing_keys: "";
    notices: "";
    maskings: "";
    erasures: "";
    access_requests: "";
    readings: "";
    references: "what other systems tell of artefacts: names and texts, whomever they name; names of saved views, and what they search for; words of mails";
    retention: "";
    user_rules: "names that people gave to rules, and whom rules call";
    sign_in_keys: "";
}
