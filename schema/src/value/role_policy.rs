//! What several roles in one application amount to (ROL-09).

use serde::{Deserialize, Serialize};

/// Which of a user's roles in an application are in force. The order is stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RolePolicy {
    /// All of them together.
    #[default]
    Union,
    /// One at a time, chosen in each session (SES-05).
    ActiveOne,
}
