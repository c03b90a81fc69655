//! What kind of user somebody is, and what a role can open to a kind.

use serde::{Deserialize, Serialize};

/// Exactly one per user (ACC-01). The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UserKind {
    /// Internal; holds a seat.
    Agent,
    /// External; free and unlimited (LIC-09).
    Client,
    /// Reserved, never a person (RSV-01).
    Standard,
}

/// What a role gives access to (ROL-01). The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are those of the rule")]
pub enum Surface {
    Lists,
    Views,
    Reports,
    Dashboards,
    Charts,
}

impl Surface {
    /// Clients reach lists, views and charts only (ROL-04).
    #[must_use]
    pub fn is_for(self, kind: UserKind) -> bool {
        match kind {
            UserKind::Agent => true,
            UserKind::Client => matches!(self, Surface::Lists | Surface::Views | Surface::Charts),
            UserKind::Standard => false,
        }
    }
}
