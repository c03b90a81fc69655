//! How many chats each agent has at once.

use std::collections::BTreeMap;

use rollbook_schema::UserId;
use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::ChatLimit;
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// The limits that users have alone, and the one of all others.
#[derive(Clone, Serialize, Deserialize)]
pub struct ChatLimits {
    own: BTreeMap<UserId, ChatLimit>,
    default: ChatLimit,
}

impl Default for ChatLimits {
    fn default() -> Self {
        ChatLimits { own: BTreeMap::new(), default: ChatLimit::DEFAULT }
    }
}

impl ChatLimits {
    /// The limit that a user has alone; `None` for who has the default (PRO-20).
    #[must_use]
    pub fn own(&self, user: UserId) -> Option<ChatLimit> {
        self.own.get(&user).copied()
    }

    /// The limit of all others.
    #[must_use]
    pub fn default_limit(&self) -> ChatLimit {
        self.default
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
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

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("chat_limits");
        canon.number(u64::from(self.default.chats()));
        for (user, limit) in &self.own {
            canon.number(user.0);
            canon.number(u64::from(limit.chats()));
        }
        canon.finish()
    }
}
