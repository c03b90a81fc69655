//! Which part of history.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject};
use rollbook_projections::view::{ActivityHistory, HistoryQuery, HistorySubject};
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Context, CorrelationId, Position, SessionId, Subject, UserId, event};

use crate::graphql::closed_list::EventType;
use crate::graphql::id;
use crate::graphql::scalar::DateTime;
use crate::graphql::vocabulary::SubjectKind;

/// Which events. What is not named does not matter; everything named must hold.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct HistoryFilter {
    /// What was done to this user.
    pub user: Option<ID>,
    /// What this user did, or what was done on their behalf.
    pub by: Option<ID>,
    /// What this user really did, as whoever it was.
    pub real_actor: Option<ID>,
    /// What somebody else did on behalf of this user.
    pub on_behalf_of: Option<ID>,
    /// What was done in this proxy session, its start and end included. Whoever it was done as needs no
    /// right for it.
    pub proxy_session: Option<ID>,
    /// What this was done to: any id that an event's `subject` has.
    pub subject: Option<ID>,
    /// What was done to anything of these kinds; `TENANT` is what was set for all.
    pub subject_kinds: Option<Vec<SubjectKind>>,
    pub types: Option<Vec<EventType>>,
    /// The history of the user type as a whole, where no user exists: failed automated creations.
    pub object_level: Option<bool>,
    /// What one request set off: looked for among the 50,000 events after the moment that the id tells.
    pub correlation_id: Option<ID>,
    /// What was asked with this request id. For who may see people: it is personal, and known from the events
    /// themselves only. A page looks through 10,000 events at most, and says with `searchedTo` if there are
    /// more.
    pub request_id: Option<String>,
    /// What was asked from this network address; as `requestId`.
    pub client_address: Option<String>,
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
    pub real_actor: Option<UserId>,
    pub on_behalf_of: Option<UserId>,
    pub proxy_session: Option<SessionId>,
    /// Who read this user's history.
    pub readings_of: Option<UserId>,
    pub subject: Option<Subject>,
    pub kinds: Option<BTreeSet<HistorySubject>>,
    pub types: Option<BTreeSet<event::EventType>>,
    pub correlation: Option<CorrelationId>,
    pub origin: Option<Origin>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Up to this position: the history of a moment.
    pub up_to: Option<Position>,
}

/// Where a change was asked from. Personal: no `Debug`.
#[derive(Clone, Default)]
pub(in crate::graphql) struct Origin {
    request_id: Option<String>,
    client_address: Option<String>,
}

impl Origin {
    /// Was it asked from there?
    pub(in crate::graphql) fn is_of(&self, context: &Context) -> bool {
        let same = |asked: &Option<String>, known: &Option<String>| asked.is_none() || asked == known;
        same(&self.request_id, &context.request_id) && same(&self.client_address, &context.client_address)
    }
}

impl From<HistoryFilter> for EntryFilter {
    /// An id that names nothing is one that nothing was done to.
    fn from(filter: HistoryFilter) -> Self {
        let named = |id: ID| id::user(&id).unwrap_or(UserId(0));
        let subject = filter.subject.map(|id| id::subject(&id).unwrap_or(Subject::User(UserId(0))));
        let of_subject = match subject {
            Some(Subject::User(user)) => Some(user),
            _ => None,
        };
        let kinds = filter.subject_kinds.map(|kinds| kinds.into_iter().map(HistorySubject::from).collect());
        let level = filter.object_level.map(|of_type| {
            BTreeSet::from([if of_type { HistorySubject::UserType } else { HistorySubject::Users }])
        });
        let both = |a: BTreeSet<HistorySubject>, b: BTreeSet<HistorySubject>| &a & &b;
        let origin = Origin { request_id: filter.request_id, client_address: filter.client_address };
        let has_origin = origin.request_id.is_some() || origin.client_address.is_some();
        EntryFilter {
            on: filter.user.map(named).or(of_subject),
            by: filter.by.map(named),
            real_actor: filter.real_actor.map(named),
            on_behalf_of: filter.on_behalf_of.map(named),
            // A text that is no session's id is one in which nothing was done.
            proxy_session: filter.proxy_session.map(|id| id.parse().unwrap_or_default()),
            readings_of: None,
            subject,
            kinds: [kinds, level].into_iter().flatten().reduce(both),
            types: filter.types.map(|types| types.into_iter().map(|of| of.0).collect()),
            correlation: filter.correlation_id.map(|id| id.parse().unwrap_or_default()),
            origin: has_origin.then_some(origin),
            since: filter.since.map(|since| since.0),
            until: filter.until.map(|until| until.0),
            up_to: None,
        }
    }
}

impl EntryFilter {
    /// The query of the view; moments become positions. Correlation and origin are not known there.
    pub(in crate::graphql) fn query(&self, history: &ActivityHistory) -> HistoryQuery {
        let before = |since: Timestamp| match since.millis() {
            0 => Position::START,
            millis => history.position_at(Timestamp::from_millis(millis - 1)),
        };
        HistoryQuery {
            on: self.on,
            by: self.by,
            real_actor: self.real_actor,
            on_behalf_of: self.on_behalf_of,
            proxy_session: self.proxy_session,
            types: self.types.clone(),
            // A user is named by `on` already.
            subject: self.subject.filter(|subject| self.on.map(Subject::User) != Some(*subject)),
            kinds: self.kinds.clone(),
            readings_of: self.readings_of,
            from: self.since.map(|since| before(since).next()),
            to: self.until.map(|until| history.position_at(until)).into_iter().chain(self.up_to).min(),
            ..HistoryQuery::default()
        }
    }
}
