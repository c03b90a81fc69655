//! Which part of history.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject};
use rollbook_projections::view::{ActivityHistory, HistoryQuery, HistorySubject};
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Event, Position, RecordedEvent, SessionId, Subject, UserId, event};

use crate::graphql::closed_list::EventType;
use crate::graphql::id;
use crate::graphql::scalar::DateTime;

/// Which events. What is not named does not matter; everything named must hold.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct HistoryFilter {
    /// What was done to this user.
    pub user: Option<ID>,
    /// What this user did, or what was done on their behalf.
    pub by: Option<ID>,
    /// What was done in this proxy session, its start and end included. Whoever it was done as needs no
    /// right for it.
    pub proxy_session: Option<ID>,
    pub types: Option<Vec<EventType>>,
    /// The history of the user type as a whole, where no user exists: failed automated creations.
    pub object_level: Option<bool>,
    /// From this moment on.
    pub since: Option<DateTime>,
    /// Up to this moment.
    pub until: Option<DateTime>,
}

/// A parsed filter.
#[derive(Clone, Default)]
pub(in crate::graphql) struct EntryFilter {
    pub on: Option<UserId>,
    pub by: Option<UserId>,
    pub proxy_session: Option<SessionId>,
    pub types: Option<BTreeSet<event::EventType>>,
    /// `Some(false)`: only events about a user.
    pub object_level: Option<bool>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Up to this position: the history of a moment.
    pub up_to: Option<Position>,
}

impl From<HistoryFilter> for EntryFilter {
    /// An id that names no user is one that nothing was done to.
    fn from(filter: HistoryFilter) -> Self {
        let named = |id: ID| id::user(&id).unwrap_or(UserId(0));
        EntryFilter {
            on: filter.user.map(named),
            by: filter.by.map(named),
            // A text that is no session's id is one in which nothing was done.
            proxy_session: filter.proxy_session.map(|id| id.parse().unwrap_or_default()),
            types: filter.types.map(|types| types.into_iter().map(|of| of.0).collect()),
            object_level: filter.object_level,
            since: filter.since.map(|since| since.0),
            until: filter.until.map(|until| until.0),
            up_to: None,
        }
    }
}

impl EntryFilter {
    /// The query of the view; moments become positions.
    pub(in crate::graphql) fn query(&self, history: &ActivityHistory) -> HistoryQuery {
        let before = |since: Timestamp| match since.millis() {
            0 => Position::START,
            millis => history.position_at(Timestamp::from_millis(millis - 1)),
        };
        HistoryQuery {
            on: self.on,
            by: self.by,
            proxy_session: self.proxy_session,
            types: self.types.clone(),
            subject: self
                .object_level
                .map(|of_type| if of_type { HistorySubject::UserType } else { HistorySubject::Users }),
            from: self.since.map(|since| before(since).next()),
            to: self.until.map(|until| history.position_at(until)).into_iter().chain(self.up_to).min(),
            ..HistoryQuery::default()
        }
    }

    /// Does the filter let an event through? The same as [`EntryFilter::query`], one by one.
    pub(in crate::graphql) fn matches(&self, recorded: &RecordedEvent) -> bool {
        let envelope = &recorded.envelope;
        let at = envelope.recorded_at;
        self.on.is_none_or(|user| envelope.subject == Subject::User(user))
            && self.by.is_none_or(|user| envelope.actor.id == user || envelope.on_behalf_of == Some(user))
            && self.proxy_session.is_none_or(|session| session_of(recorded) == Some(session))
            && self.types.as_ref().is_none_or(|types| types.contains(&recorded.event.event_type()))
            && self.object_level.is_none_or(|of_type| match envelope.subject {
                Subject::UserType => of_type,
                Subject::User(_) => !of_type,
                _ => false,
            })
            && self.since.is_none_or(|since| at >= since)
            && self.until.is_none_or(|until| at <= until)
            && self.up_to.is_none_or(|up_to| envelope.position <= up_to)
    }
}

/// The proxy session that an event is a part of, or begins.
fn session_of(recorded: &RecordedEvent) -> Option<SessionId> {
    match &recorded.event {
        Event::ProxyStarted(started) => Some(started.session),
        _ => recorded.envelope.proxy_session,
    }
}
