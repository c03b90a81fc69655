//! Which notices there are, and which of them were dismissed.

use std::collections::BTreeMap;

use rollbook_schema::event::Event;
use rollbook_schema::{Position, UserId};
use serde::{Deserialize, Serialize};

/// Notices of support logins, by their reader: few.
#[derive(Debug, Default, Hash, Serialize, Deserialize)]
pub struct Notices {
    dismissed: BTreeMap<(UserId, Position), bool>,
}

impl Notices {
    /// Was this notice dismissed? `None` if there is none.
    #[must_use]
    pub fn is_dismissed(&self, user: UserId, notice: Position) -> Option<bool> {
        self.dismissed.get(&(user, notice)).copied()
    }

    pub(super) fn fold(&mut self, position: Position, event: &Event) {
        match event {
            Event::SupportStarted(e) => {
                self.dismissed.insert((e.user, position), false);
            }
            Event::NoticeDismissed(e) => {
                if let Some(dismissed) = self.dismissed.get_mut(&(e.user, e.notice)) {
                    *dismissed = true;
                }
            }
            Event::UserDeleted(e) => self.dismissed.retain(|(user, _), _| *user != e.user),
            _ => {}
        }
    }
}
