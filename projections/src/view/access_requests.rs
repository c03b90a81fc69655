//! Access requests from receipt to answer, and whose data is not to be used: ids, enums and moments only.

use std::collections::BTreeMap;

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Envelope, Position, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;
use super::user_set::UserSet;

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccessRequestState {
    /// Nobody has answered yet.
    Waiting,
    /// The person has the file.
    Fulfilled,
    /// The person does not get it.
    Refused,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequestRow {
    /// Whose.
    pub user: UserId,
    /// Who noted it.
    pub opened_by: UserId,
    /// When it was received.
    pub opened_at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// It was given two months more.
    pub extended: bool,
    /// How far it is.
    pub state: AccessRequestState,
    /// By whom and when it was answered.
    pub answered: Option<(UserId, Timestamp)>,
}

impl AccessRequestRow {
    /// It waits, and its time is over.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state == AccessRequestState::Waiting && now > self.due_at
    }
}

/// Every request by its position, and every restriction by its user.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct AccessRequests {
    requests: BTreeMap<Position, AccessRequestRow>,
    by_user: BTreeMap<UserId, Vec<Position>>,
    restricted: BTreeMap<UserId, Position>,
}

impl AccessRequests {
    /// One request.
    #[must_use]
    pub fn get(&self, request: Position) -> Option<&AccessRequestRow> {
        self.requests.get(&request)
    }

    /// The requests of a user, oldest first.
    #[must_use]
    pub fn of(&self, user: UserId) -> &[Position] {
        self.by_user.get(&user).map(Vec::as_slice).unwrap_or_default()
    }

    /// Requests after a position, oldest first.
    pub fn after(&self, after: Position) -> impl Iterator<Item = (Position, &AccessRequestRow)> {
        self.requests.range(after.next()..).map(|(position, row)| (*position, row))
    }

    /// Does the user's last request wait? At most one does.
    #[must_use]
    pub fn waits(&self, user: UserId) -> bool {
        let last = self.of(user).last().and_then(|request| self.requests.get(request));
        last.is_some_and(|row| row.state == AccessRequestState::Waiting)
    }

    /// Since which event the user's data is not used.
    #[must_use]
    pub fn restricted_since(&self, user: UserId) -> Option<Position> {
        self.restricted.get(&user).copied()
    }

    /// Whose data is not used, but for one; `None` for nobody's.
    #[must_use]
    pub fn restricted_but(&self, one: Option<UserId>) -> Option<UserSet> {
        if self.restricted.is_empty() {
            return None;
        }
        Some(self.restricted.keys().copied().filter(|user| Some(*user) != one).collect())
    }

    /// True if there never was a request, nor is a restriction.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty() && self.restricted.is_empty()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let envelope = &recorded.envelope;
        match &recorded.event {
            Event::AccessRequestOpened(e) => {
                let row = AccessRequestRow {
                    user: e.user,
                    opened_by: envelope.actor.id,
                    opened_at: envelope.recorded_at,
                    due_at: e.due_at,
                    extended: false,
                    state: AccessRequestState::Waiting,
                    answered: None,
                };
                self.requests.insert(envelope.position, row);
                self.by_user.entry(e.user).or_default().push(envelope.position);
            }
            Event::AccessRequestExtended(e) => {
                if let Some(row) = self.requests.get_mut(&e.request) {
                    (row.due_at, row.extended) = (e.to, true);
                }
            }
            Event::AccessRequestFulfilled(e) => {
                self.answer(e.request, AccessRequestState::Fulfilled, envelope);
            }
            Event::AccessRequestRefused(e) => self.answer(e.request, AccessRequestState::Refused, envelope),
            Event::ProcessingRestricted(e) => _ = self.restricted.insert(e.user, envelope.position),
            Event::RestrictionLifted(e) => _ = self.restricted.remove(&e.user),
            _ => {}
        }
    }

    fn answer(&mut self, request: Position, state: AccessRequestState, envelope: &Envelope) {
        if let Some(row) = self.requests.get_mut(&request) {
            row.state = state;
            row.answered = Some((envelope.actor.id, envelope.recorded_at));
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("access_requests");
        for (position, row) in &self.requests {
            canon.number(position.0);
            canon.number(row.user.0);
            canon.number(row.opened_by.0);
            canon.moment(row.opened_at);
            canon.moment(row.due_at);
            canon.flag(row.extended);
            canon.number(row.state as u64);
            canon.maybe(row.answered, |canon, (by, at)| {
                canon.number(by.0);
                canon.moment(at);
            });
        }
        for (user, since) in &self.restricted {
            canon.number(user.0);
            canon.number(since.0);
        }
        canon.finish()
    }
}
