//! The user list apart from all other views, so that two threads can fold.

use rollbook_schema::event::RecordedEvent;

use super::{UserList, Views};

/// All views but the user list.
#[derive(Clone)]
pub struct OtherViews(Views);

impl Views {
    /// The user list, which is about half of the work where much is folded, and the others. No view reads another, so
    /// each of the two can be folded without the other.
    #[must_use]
    pub fn apart(mut self) -> (UserList, OtherViews) {
        (std::mem::take(&mut self.users), OtherViews(self))
    }
}

impl OtherViews {
    /// Folds many events in the order of the log.
    pub fn fold_all(&mut self, events: &[RecordedEvent]) {
        events.iter().for_each(|recorded| self.0.fold_others(recorded));
    }

    /// All views again. The list must have been folded as far as these.
    #[must_use]
    pub fn with(mut self, users: UserList) -> Views {
        self.0.users = users;
        self.0
    }
}
