//! How many chats agents have at once, so that only real changes are recorded (HIS-09).

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use rollbook_schema::value::ChatLimit;
use rollbook_schema::{Event, UserId};
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;

/// The limits that were ever set, and the directory's own.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChatLimits {
    own: HashMap<UserId, ChatLimit>,
    default: ChatLimit,
}

impl ChatLimits {
    /// The limit that a user has alone; `None` for who has the default.
    #[must_use]
    pub fn own(&self, user: UserId) -> Option<ChatLimit> {
        self.own.get(&user).copied()
    }

    /// The limit of all others.
    #[must_use]
    pub fn default_limit(&self) -> ChatLimit {
        self.default
    }

    pub(super) fn fold(&mut self, event: &Event) {
        match event {
            Event::ChatLimitChanged(e) => {
                match e.to {
                    Some(limit) => self.own.insert(e.user, limit),
                    None => self.own.remove(&e.user),
                };
            }
            Event::DefaultChatLimitChanged(e) => self.default = e.to,
            Event::UserDeleted(e) => drop(self.own.remove(&e.user)),
            _ => {}
        }
    }
}

impl Default for ChatLimits {
    fn default() -> Self {
        ChatLimits { own: HashMap::new(), default: ChatLimit::DEFAULT }
    }
}

impl Hash for ChatLimits {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let ChatLimits { own, default } = self;
        default.hash(state);
        hash_sorted(own, state);
    }
}
