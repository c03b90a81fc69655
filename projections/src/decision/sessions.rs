//! Which sessions live: those that neither ended nor ran out.

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::value::Timestamp;
use rollbook_schema::{ApplicationId, RoleId, SessionId, UserId};
use serde::{Deserialize, Serialize};

use crate::application_access::AssumedRoles;

/// Live sessions of all users.
#[derive(Debug, Default, Hash, Serialize, Deserialize)]
pub struct Sessions {
    ends: BTreeMap<(UserId, SessionId), Timestamp>,
    by_end: BTreeSet<(Timestamp, UserId, SessionId)>,
    /// Proxy sessions by the session that they were started from: they end with it.
    proxies: BTreeSet<((UserId, SessionId), (UserId, SessionId))>,
    /// The proxy sessions among the live ones.
    proxied: BTreeSet<(UserId, SessionId)>,
    /// Of sessions that may assume any.
    assumed: BTreeMap<(UserId, SessionId), AssumedRoles>,
}

impl Sessions {
    /// True if this is a live session of this user.
    #[must_use]
    pub fn is_live(&self, user: UserId, session: SessionId) -> bool {
        self.ends.contains_key(&(user, session))
    }

    /// How many live sessions a user has.
    #[must_use]
    pub fn count(&self, user: UserId) -> usize {
        self.ends.range((user, SessionId([0; 16]))..=(user, SessionId([0xFF; 16]))).count()
    }

    /// The oldest sessions of a user, but `kept` of them. Those in which somebody else acts as the user are
    /// not the user's.
    #[must_use]
    pub fn oldest_but(&self, user: UserId, kept: usize) -> Vec<SessionId> {
        let of_user = (user, SessionId([0; 16]))..=(user, SessionId([0xFF; 16]));
        // Session ids sort by time.
        let own: Vec<SessionId> = self
            .ends
            .range(of_user)
            .map(|(key, _)| *key)
            .filter(|key| !self.proxied.contains(key))
            .map(|(_, session)| session)
            .collect();
        own[..own.len().saturating_sub(kept)].to_vec()
    }

    /// The roles that a live session may assume in applications; `None` for none.
    #[must_use]
    pub fn assumed(&self, user: UserId, session: SessionId) -> Option<&AssumedRoles> {
        self.assumed.get(&(user, session))
    }

    pub(super) fn assume(&mut self, user: UserId, session: SessionId, roles: AssumedRoles) {
        if !roles.pairs.is_empty() && self.is_live(user, session) {
            self.assumed.insert((user, session), roles);
        }
    }

    pub(super) fn choose_role(
        &mut self,
        user: UserId,
        session: SessionId,
        application: ApplicationId,
        role: RoleId,
    ) {
        if let Some(assumed) = self.assumed.get_mut(&(user, session)) {
            assumed.choose(application, role);
        }
    }

    pub(super) fn start(&mut self, user: UserId, session: SessionId, expires_at: Timestamp) {
        self.end(user, session);
        self.ends.insert((user, session), expires_at);
        self.by_end.insert((expires_at, user, session));
    }

    /// A session as somebody else, from an own one.
    pub(super) fn start_proxy(
        &mut self,
        parent: (UserId, SessionId),
        proxy: (UserId, SessionId),
        expires_at: Timestamp,
    ) {
        self.start(proxy.0, proxy.1, expires_at);
        self.proxies.insert((parent, proxy));
        self.proxied.insert(proxy);
    }

    /// A session in which the provider's support acts: there is no own one behind it.
    pub(super) fn start_support(&mut self, user: UserId, session: SessionId, expires_at: Timestamp) {
        self.start(user, session, expires_at);
        self.proxied.insert((user, session));
    }

    pub(super) fn end(&mut self, user: UserId, session: SessionId) {
        if let Some(expires_at) = self.ends.remove(&(user, session)) {
            self.by_end.remove(&(expires_at, user, session));
            self.proxied.remove(&(user, session));
            self.assumed.remove(&(user, session));
        }
        let least = (UserId(0), SessionId([0; 16]));
        let most = (UserId(u64::MAX), SessionId([0xFF; 16]));
        let started = self.proxies.range(((user, session), least)..=((user, session), most));
        for started in started.copied().collect::<Vec<_>>() {
            self.proxies.remove(&started);
            self.end(started.1.0, started.1.1);
        }
    }

    /// Ends all sessions of a user but one (SES-02).
    pub(super) fn end_all(&mut self, user: UserId, kept: Option<SessionId>) {
        let of_user = (user, SessionId([0; 16]))..=(user, SessionId([0xFF; 16]));
        let ended: Vec<SessionId> = self.ends.range(of_user).map(|((_, session), _)| *session).collect();
        for session in ended.into_iter().filter(|session| Some(*session) != kept) {
            self.end(user, session);
        }
    }

    /// Drops what ran out before the moment of an event. Time moves here only with the log, so that
    /// a replay drops the same sessions at the same events.
    pub(super) fn expire(&mut self, now: Timestamp) {
        while let Some(&(expires_at, user, session)) = self.by_end.first()
            && expires_at < now
        {
            self.end(user, session);
        }
    }
}
