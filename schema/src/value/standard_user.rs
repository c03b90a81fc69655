//! The reserved users (RSV-01): there from the start, without an event, and never a person.

use crate::id::UserId;

/// A reserved user: a constant of every directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandardUser {
    /// 1 to 5, and 7.
    pub id: UserId,
    /// A name that nobody else may hold (RSV-03).
    pub username: &'static str,
    /// What it is called in lists and in history. No personal data.
    pub display_name: &'static str,
}

const fn standard(id: u64, username: &'static str, display_name: &'static str) -> StandardUser {
    StandardUser { id: UserId(id), username, display_name }
}

/// All of them, by ascending id. 6 is none, and is never given to a person either (RSV-01).
pub const STANDARD_USERS: [StandardUser; 6] = [
    standard(1, "self_service_portal", "Self-service portal"),
    standard(2, "web_site", "Web site"),
    standard(3, "system", "System"),
    standard(4, "open_ownership", "Open ownership"),
    standard(5, "tenant_manager", "Tenant manager"),
    standard(7, "guestuser", "Guest user"),
];

impl StandardUser {
    /// The reserved user of an id, if there is one.
    #[must_use]
    pub fn of(id: UserId) -> Option<&'static StandardUser> {
        STANDARD_USERS.iter().find(|standard| standard.id == id)
    }
}
