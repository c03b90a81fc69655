//! Sessions: whom a token signs in, until when.
//!
//! An expired session is purged by the next event that is later than its end, by the times in the
//! log, so that a rebuild ends with the same sessions. [`Sessions::find`] compares with the asker's
//! clock besides.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use rollbook_schema::event::{
    EndCause, Event, LockCause, ProxyStarted, RecordedEvent, SignedIn, SupportStarted,
};
use rollbook_schema::id::Digest;
use rollbook_schema::value::{Setting, SettingValue, Timestamp};
use rollbook_schema::{BusinessUnitId, SessionId, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;
use super::session_openings::{EndReason, LastEnd, Opening, Openings};
use super::session_rights::SessionRights;
use super::user_set::UserSet;
use crate::application_access::ApplicationAccess;
use crate::password_demands::PasswordDemands;

/// One session that has not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Whose.
    pub user: UserId,
    /// Which.
    pub session: SessionId,
    /// When the sign-in was recorded.
    pub started_at: Timestamp,
    /// From here on it is no session.
    pub expires_at: Timestamp,
    /// Where it is somebody else who acts as the user.
    pub proxy: Option<ProxyParent>,
}

/// The own session of somebody who acts as somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProxyParent {
    /// Who really acts.
    pub user: UserId,
    /// Their own session, with which the proxy session ends.
    pub session: SessionId,
}

impl ProxyParent {
    /// The provider's support, who is no user and has no session (PXY-21).
    pub const SUPPORT: ProxyParent = ProxyParent { user: UserId::TENANT, session: SessionId([0; 16]) };
}

/// The sessions that have not ended, by the SHA-256 of their token.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Sessions {
    by_token: HashMap<Digest, SessionRow, BuildHasherDefault<TokenHasher>>,
    by_user: BTreeMap<(UserId, SessionId), Digest>,
    /// Proxy sessions that were started from a session; some may have ended.
    proxies: BTreeMap<(UserId, SessionId), Vec<(UserId, SessionId)>>,
    /// Soonest first. Sessions that ended before stay here until then.
    by_end: BinaryHeap<Reverse<(Timestamp, Digest)>>,
    /// The latest moment recorded so far: recorded times can step backwards, this does not.
    now: Timestamp,
    openings: Openings,
    /// The tenant lets sessions live on when a password changes (SES-02).
    outlive_passwords: bool,
}

impl Sessions {
    /// The session of a token, unless it is over at `now`.
    #[must_use]
    pub fn find(&self, token_digest: &Digest, now: Timestamp) -> Option<&SessionRow> {
        self.by_token.get(token_digest).filter(|session| session.expires_at > now)
    }

    /// The sessions of a user that are not over at `now`, by session id: oldest first.
    pub fn of(&self, user: UserId, now: Timestamp) -> impl Iterator<Item = &SessionRow> {
        self.tokens_of(user)
            .filter_map(|(_, token)| self.by_token.get(token))
            .filter(move |session| session.expires_at > now)
    }

    /// How many have not ended as far as the log tells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_token.len()
    }

    /// True if nobody is signed in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_token.is_empty()
    }

    /// How a session was opened.
    #[must_use]
    pub fn opening(&self, user: UserId, session: SessionId) -> Option<&Opening> {
        self.openings.of(user, session)
    }

    /// True if this session may only set a new password, and sign out (AUT-05).
    #[must_use]
    pub fn is_restricted(&self, user: UserId, session: SessionId) -> bool {
        self.openings.is_restricted(user, session)
    }

    /// The applications and business units that a session was opened with; `None` for none of either.
    #[must_use]
    pub fn rights(&self, user: UserId, session: SessionId) -> Option<&SessionRights> {
        self.openings.rights.of(user, session)
    }

    /// Who may run which applications from the next sign-in on.
    #[must_use]
    pub fn application_access(&self) -> &ApplicationAccess {
        &self.openings.rights.access
    }

    /// Who belongs to a business unit as far as that is in force (TEA-05): of those who are signed in,
    /// who belonged to it then; of all others, who belongs to it now.
    #[must_use]
    pub fn in_business_unit(&self, unit: BusinessUnitId) -> UserSet {
        self.openings.rights.in_force(unit)
    }

    /// True if a change of the user's roles, applications or business units waits for the next sign-in (ROL-12).
    #[must_use]
    pub fn is_pending(&self, user: UserId) -> bool {
        self.openings.is_pending(user)
    }

    /// How the session ended that ended last (SES-01). A session that ran out is seen here with the next
    /// event of the directory, dated when it ran out.
    #[must_use]
    pub fn last_end(&self, user: UserId) -> Option<LastEnd> {
        self.openings.last_end(user)
    }

    /// Who must set a new password.
    #[must_use]
    pub fn demands(&self) -> &PasswordDemands {
        &self.openings.demands
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let at = recorded.envelope.recorded_at;
        self.now = self.now.max(at);
        // What ran out before did not end by this event.
        self.purge();
        if let Event::SignedIn(e) = &recorded.event {
            self.start(e, at, None);
            self.openings.open(e.user, e.session, recorded.envelope.position);
            self.openings.rights.open(e.user, e.session);
        }
        self.openings.fold(recorded);
        if let Some((user, kept, reason)) = self.ends(&recorded.event) {
            self.end_all_but(user, kept, LastEnd { at, reason });
        }
        match &recorded.event {
            Event::SignedOut(e) => {
                self.end((e.user, e.session), LastEnd { at, reason: EndReason::SignedOut });
            }
            Event::SessionEnded(e) => {
                self.end((e.user, e.session), LastEnd { at, reason: reason_of(e.cause) });
            }
            Event::SettingsChanged(e) => {
                for change in e.changes.iter().filter(|c| c.setting == Setting::EndSessionsOnPasswordChange) {
                    self.outlive_passwords = change.to == SettingValue::Flag(false);
                }
            }
            Event::ProxyStarted(e) => {
                let ProxyStarted { user, session, parent, token_digest, expires_at } = *e;
                let parent = ProxyParent { user: recorded.envelope.actor.id, session: parent };
                let signed_in = SignedIn { user, session, token_digest, expires_at };
                self.start(&signed_in, at, Some(parent));
                self.openings.rights.open(user, session);
            }
            Event::SupportStarted(e) => {
                let SupportStarted { user, session, token_digest, expires_at } = *e;
                self.start(
                    &SignedIn { user, session, token_digest, expires_at },
                    at,
                    Some(ProxyParent::SUPPORT),
                );
            }
            Event::SupportEnded(e) => {
                self.end((e.user, e.session), LastEnd { at, reason: EndReason::SignedOut });
            }
            Event::ProxyEnded(e) => {
                self.end((e.user, e.session), LastEnd { at, reason: EndReason::SignedOut });
            }
            _ => {}
        }
        self.purge();
    }

    /// Whose sessions an event ends all, but which, and why.
    fn ends(&self, event: &Event) -> Option<(UserId, Option<SessionId>, EndReason)> {
        Some(match event {
            Event::UserDisabled(e) => (e.user, None, EndReason::Disabled),
            Event::UserDeleted(e) => (e.user, None, EndReason::Deleted),
            Event::PasswordSet(e) if !self.outlive_passwords => {
                (e.user, e.kept_session, EndReason::PasswordChanged)
            }
            Event::PasswordReset(e) if !self.outlive_passwords => (e.user, None, EndReason::PasswordChanged),
            Event::SessionsEnded(e) => (e.user, e.kept_session, reason_of(e.cause)),
            // Failures of somebody else must not sign the owner out.
            Event::AccountLocked(e) if e.cause == LockCause::Request => (e.user, None, EndReason::Locked),
            _ => return None,
        })
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("sessions");
        canon.moment(self.now);
        canon.number(self.by_user.len() as u64);
        for ((user, session), token) in &self.by_user {
            canon.number(user.0);
            canon.bytes(&session.0);
            canon.bytes(&token.0);
            canon.maybe(self.by_token.get(token), |canon, row| {
                canon.moment(row.started_at);
                canon.moment(row.expires_at);
                // Written where there is any, so that older logs keep their digests.
                if let Some(parent) = row.proxy {
                    canon.number(parent.user.0);
                    canon.bytes(&parent.session.0);
                }
            });
        }
        canon.finish()
    }

    /// A digest over how sessions were opened and ended.
    #[must_use]
    pub fn openings_digest(&self) -> [u8; 32] {
        self.openings.digest()
    }

    /// A digest over what users and sessions have beside roles; `None` where that is nothing.
    #[must_use]
    pub fn rights_digest(&self) -> Option<[u8; 32]> {
        (!self.openings.rights.is_empty()).then(|| self.openings.rights.digest())
    }

    fn start(&mut self, e: &SignedIn, started_at: Timestamp, proxy: Option<ProxyParent>) {
        // Session ids and tokens are never given twice; a log that does so ends what was before.
        let replaced = LastEnd { at: started_at, reason: EndReason::Revoked };
        self.end((e.user, e.session), replaced);
        if let Some(before) = self.by_token.get(&e.token_digest) {
            self.end((before.user, before.session), replaced);
        }
        let SignedIn { user, session, expires_at, .. } = *e;
        let row = SessionRow { user, session, started_at, expires_at, proxy };
        self.by_token.insert(e.token_digest, row);
        self.by_user.insert((e.user, e.session), e.token_digest);
        self.by_end.push(Reverse((e.expires_at, e.token_digest)));
        if let Some(parent) = proxy.filter(|parent| *parent != ProxyParent::SUPPORT) {
            self.proxies.entry((parent.user, parent.session)).or_default().push((user, session));
        }
    }

    fn end(&mut self, key: (UserId, SessionId), end: LastEnd) {
        if let Some(token) = self.by_user.remove(&key) {
            self.by_token.remove(&token);
            self.openings.rights.close(key.0, key.1);
            self.openings.close(key, end);
        }
        // Nobody acts as two at once, so this goes one step down.
        for proxy in self.proxies.remove(&key).unwrap_or_default() {
            self.end(proxy, end);
        }
    }

    fn end_all_but(&mut self, user: UserId, kept: Option<SessionId>, end: LastEnd) {
        let ended: Vec<_> =
            self.tokens_of(user).map(|(key, _)| *key).filter(|(_, session)| Some(*session) != kept).collect();
        ended.into_iter().for_each(|key| self.end(key, end));
    }

    fn purge(&mut self) {
        while let Some(Reverse((expires_at, token))) = self.by_end.peek().copied()
            && expires_at <= self.now
        {
            self.by_end.pop();
            if let Some(row) = self.by_token.get(&token).filter(|row| row.expires_at <= self.now) {
                let end = LastEnd { at: row.expires_at, reason: EndReason::Expired };
                self.end((row.user, row.session), end);
            }
        }
    }

    fn tokens_of(&self, user: UserId) -> impl Iterator<Item = (&(UserId, SessionId), &Digest)> {
        self.by_user.range((user, SessionId([0; 16]))..=(user, SessionId([0xFF; 16])))
    }
}

fn reason_of(cause: EndCause) -> EndReason {
    match cause {
        EndCause::Request => EndReason::SignedOut,
        EndCause::Revoked => EndReason::Revoked,
        EndCause::TooMany => EndReason::TooMany,
    }
}

/// A token's digest is as good as a hash: nobody can choose the SHA-256 of 256 random bits.
#[derive(Clone, Default)]
struct TokenHasher(u64);

impl Hasher for TokenHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 ^= u64::from_le_bytes(*first);
        }
    }
}
