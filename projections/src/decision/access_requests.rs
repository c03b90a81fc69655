//! Which access requests wait, when a file was fetched last, and whose data is not to be used.

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Position, UserId};
use serde::{Deserialize, Serialize};

/// A request that nobody has answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WaitingAccessRequest {
    /// Its name: the position of its event.
    pub request: Position,
    /// When it was received.
    pub opened_at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// It was extended once already.
    pub extended: bool,
    /// The person's file was fetched since.
    pub fetched: bool,
}

/// At most one request waits for a user.
#[derive(Debug, Default, Hash, Serialize, Deserialize)]
pub struct AccessRequests {
    waiting: BTreeMap<UserId, WaitingAccessRequest>,
    restricted: BTreeSet<UserId>,
}

impl AccessRequests {
    /// The request of a user that waits.
    #[must_use]
    pub fn waiting(&self, user: UserId) -> Option<&WaitingAccessRequest> {
        self.waiting.get(&user)
    }

    /// Is what is known of the user kept and not used?
    #[must_use]
    pub fn is_restricted(&self, user: UserId) -> bool {
        self.restricted.contains(&user)
    }

    pub(super) fn fold(&mut self, recorded: &RecordedEvent) {
        let envelope = &recorded.envelope;
        match &recorded.event {
            Event::AccessRequestOpened(e) => {
                let waiting = WaitingAccessRequest {
                    request: envelope.position,
                    opened_at: envelope.recorded_at,
                    due_at: e.due_at,
                    extended: false,
                    fetched: false,
                };
                self.waiting.insert(e.user, waiting);
            }
            Event::AccessRequestExtended(e) => {
                if let Some(waiting) = self.waiting.get_mut(&e.user) {
                    (waiting.due_at, waiting.extended) = (e.to, true);
                }
            }
            Event::PersonFileFetched(e) => {
                if let Some(waiting) = self.waiting.get_mut(&e.user) {
                    waiting.fetched = true;
                }
            }
            Event::AccessRequestFulfilled(e) => _ = self.waiting.remove(&e.user),
            Event::AccessRequestRefused(e) => _ = self.waiting.remove(&e.user),
            Event::ProcessingRestricted(e) => _ = self.restricted.insert(e.user),
            Event::RestrictionLifted(e) => _ = self.restricted.remove(&e.user),
            _ => {}
        }
    }
}

/// One event of each type that is folded here.
#[cfg(test)]
pub(super) fn one_of_each(user: UserId, at: Timestamp) -> Vec<Event> {
    use rollbook_schema::event::{
        AccessRequestExtended, AccessRequestFulfilled, AccessRequestOpened, AccessRequestRefused, FileForm,
        PersonFileFetched, ProcessingRestricted, RestrictionLifted,
    };
    let request = Position(300);
    vec![
        AccessRequestExtended { user, request, from: at, to: at }.into(),
        AccessRequestFulfilled { user, request }.into(),
        AccessRequestRefused { user, request }.into(),
        AccessRequestOpened { user, due_at: at }.into(),
        PersonFileFetched { user, form: FileForm::Json }.into(),
        RestrictionLifted { user }.into(),
        ProcessingRestricted { user }.into(),
    ]
}
