//! How many chats an agent has at once.

use serde::{Deserialize, Serialize};

use super::Flaw;

/// Most chats that anybody can have at once.
const CHATS_MAX: u16 = 1_000;

/// Chats at once: 0 (none at all) to 1,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChatLimit(u16);

impl ChatLimit {
    /// What a new directory begins with.
    pub const DEFAULT: ChatLimit = ChatLimit(5);

    /// Parses a number of chats (PRO-20: 0 is one too).
    pub fn parse(chats: i64) -> Result<Self, Flaw> {
        match u16::try_from(chats) {
            Ok(chats) if chats <= CHATS_MAX => Ok(ChatLimit(chats)),
            _ => Err(Flaw::Range),
        }
    }

    /// How many.
    #[must_use]
    pub fn chats(self) -> u16 {
        self.0
    }
}
