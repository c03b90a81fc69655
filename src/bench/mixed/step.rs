//! What the clients of a mixed run do, and in which proportion.

use serde::Serialize;

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// `createUser`, then read back.
    Create,
    /// A user by id, all of whose values the client knows.
    ReadBack,
    /// A new title, then read back.
    Change,
    /// `lockAccount` or `unlockAccount`, then read back.
    Lock,
    /// `deleteUser`, then read back.
    Delete,
    /// `maskPii`, then read back.
    Mask,
    /// 50 active agents by name, with the exact count.
    List,
    /// A username that the client knows: found at once, and gone at once.
    Search,
    /// The newest entries about a user that the client changed.
    History,
}

impl Step {
    /// All, in the order of the report.
    pub const ALL: [Step; 9] = [
        Step::Create,
        Step::ReadBack,
        Step::Change,
        Step::Lock,
        Step::Delete,
        Step::Mask,
        Step::List,
        Step::Search,
        Step::History,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Step::Create => "create",
            Step::ReadBack => "read back",
            Step::Change => "change",
            Step::Lock => "lock",
            Step::Delete => "delete",
            Step::Mask => "mask",
            Step::List => "list",
            Step::Search => "search",
            Step::History => "history",
        }
    }

    /// What a drawn number asks for: of a thousand steps so many of each.
    pub(super) fn drawn(number: u64) -> Step {
        match number % 1000 {
            0..80 => Step::Create,
            80..300 => Step::ReadBack,
            300..420 => Step::Change,
            420..500 => Step::Lock,
            500..520 => Step::Delete,
            520..528 => Step::Mask,
            528..680 => Step::List,
            680..850 => Step::Search,
            _ => Step::History,
        }
    }
}
