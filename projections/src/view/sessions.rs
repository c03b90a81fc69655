//! Sessions: whom a token signs in, until when.
//!
//! An expired session is purged by the next event that is later than its end, by the times in the
//! log, so that a rebuild ends with the same sessions. [`Sessions::find`] compares with the asker's
//! clock besides.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use rollbook_schema::event::{Event, LockCause, ProxyStarted, RecordedEvent, SignedIn};
use rollbook_schema::id::Digest;
use rollbook_schema::value::Timestamp;
use rollbook_schema::{SessionId, UserId};

use super::canon::Canon;

/// One session that has not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProxyParent {
    /// Who really acts.
    pub user: UserId,
    /// Their own session, with which the proxy session ends.
    pub session: SessionId,
}

/// The sessions that have not ended, by the SHA-256 of their token.
#[derive(Default)]
pub struct Sessions {
    by_token: HashMap<Digest, SessionRow, BuildHasherDefault<TokenHasher>>,
    by_user: BTreeMap<(UserId, SessionId), Digest>,
    /// Proxy sessions that were started from a session; some may have ended.
    proxies: BTreeMap<(UserId, SessionId), Vec<(UserId, SessionId)>>,
    /// Soonest first. Sessions that ended before stay here until then.
    by_end: BinaryHeap<Reverse<(Timestamp, Digest)>>,
    /// The latest moment recorded so far: recorded times can step backwards, this does not.
    now: Timestamp,
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

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        self.now = self.now.max(recorded.envelope.recorded_at);
        match &recorded.event {
            Event::SignedIn(e) => self.start(e, recorded.envelope.recorded_at, None),
            Event::ProxyStarted(e) => {
                let ProxyStarted { user, session, parent, token_digest, expires_at } = *e;
                let parent = ProxyParent { user: recorded.envelope.actor.id, session: parent };
                let signed_in = SignedIn { user, session, token_digest, expires_at };
                self.start(&signed_in, recorded.envelope.recorded_at, Some(parent));
            }
            Event::ProxyEnded(e) => self.end((e.user, e.session)),
            Event::SignedOut(e) => self.end((e.user, e.session)),
            Event::UserDisabled(e) => self.end_all_but(e.user, None),
            Event::UserDeleted(e) => self.end_all_but(e.user, None),
            Event::PasswordSet(e) => self.end_all_but(e.user, e.kept_session),
            // Failures of somebody else must not sign the owner out.
            Event::AccountLocked(e) if e.cause == LockCause::Request => self.end_all_but(e.user, None),
            _ => {}
        }
        self.purge();
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

    fn start(&mut self, e: &SignedIn, started_at: Timestamp, proxy: Option<ProxyParent>) {
        self.end((e.user, e.session));
        if let Some(before) = self.by_token.get(&e.token_digest) {
            self.end((before.user, before.session));
        }
        let SignedIn { user, session, expires_at, .. } = *e;
        let row = SessionRow { user, session, started_at, expires_at, proxy };
        self.by_token.insert(e.token_digest, row);
        self.by_user.insert((e.user, e.session), e.token_digest);
        self.by_end.push(Reverse((e.expires_at, e.token_digest)));
        if let Some(parent) = proxy {
            self.proxies.entry((parent.user, parent.session)).or_default().push((user, session));
        }
    }

    fn end(&mut self, key: (UserId, SessionId)) {
        if let Some(token) = self.by_user.remove(&key) {
            self.by_token.remove(&token);
        }
        // Nobody acts as two at once, so this goes one step down.
        for proxy in self.proxies.remove(&key).unwrap_or_default() {
            self.end(proxy);
        }
    }

    fn end_all_but(&mut self, user: UserId, kept: Option<SessionId>) {
        let ended: Vec<_> =
            self.tokens_of(user).map(|(key, _)| *key).filter(|(_, session)| Some(*session) != kept).collect();
        ended.into_iter().for_each(|key| self.end(key));
    }

    fn purge(&mut self) {
        while let Some(Reverse((expires_at, token))) = self.by_end.peek().copied()
            && expires_at <= self.now
        {
            self.by_end.pop();
            if let Some(row) = self.by_token.get(&token).filter(|row| row.expires_at <= self.now) {
                self.end((row.user, row.session));
            }
        }
    }

    fn tokens_of(&self, user: UserId) -> impl Iterator<Item = (&(UserId, SessionId), &Digest)> {
        self.by_user.range((user, SessionId([0; 16]))..=(user, SessionId([0xFF; 16])))
    }
}

/// A token's digest is as good as a hash: nobody can choose the SHA-256 of 256 random bits.
#[derive(Default)]
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
