//! With which rights each session was opened, and how the last one ended: beside [`super::Sessions`],
//! and a part of it.
//!
//! Role changes wait for the next sign-in (ROL-12, SES-03): so a session keeps the roles that its user
//! had when it was opened. Its version of rights is the position at which it was opened. A session that
//! was opened while a new password was demanded may do nothing else until one is set (AUT-05).

use std::collections::BTreeMap;

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Position, RoleId, SessionId, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;
use super::session_rights::RightsBySession;
use crate::id_table::IdTable;
use crate::password_demands::PasswordDemands;

/// How a session was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Where the sign-in stands in the log: the version of the rights, and where the client address is.
    pub at: Position,
    /// The roles of that moment.
    pub roles: Box<[RoleId]>,
    /// A new password was demanded then.
    demanded: bool,
}

/// Why a session ended (SES-01). The order is part of a digest: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndReason {
    /// The person signed out, or ended it from another session.
    SignedOut,
    /// Somebody else ended it.
    Revoked,
    /// Its time ran out.
    Expired,
    /// The user was disabled.
    Disabled,
    /// The user was deleted.
    Deleted,
    /// The account was locked on request.
    Locked,
    /// The password was changed or reset (SES-02).
    PasswordChanged,
    /// The user had as many sessions as one may have, and began another.
    TooMany,
}

/// The end of the session that ended last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastEnd {
    /// When: the event's time, or when it ran out.
    pub at: Timestamp,
    /// Why.
    pub reason: EndReason,
}

/// What is known of sessions beside whose they are.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Openings {
    by_session: BTreeMap<(UserId, SessionId), Opening>,
    last_ends: IdTable<LastEnd>,
    /// Of users that have any.
    roles: IdTable<Box<[RoleId]>>,
    pub(super) demands: PasswordDemands,
    pub(super) rights: RightsBySession,
}

impl Openings {
    pub(super) fn of(&self, user: UserId, session: SessionId) -> Option<&Opening> {
        self.by_session.get(&(user, session))
    }

    /// True if this session may only set a new password.
    pub(super) fn is_restricted(&self, user: UserId, session: SessionId) -> bool {
        self.of(user, session).is_some_and(|opening| opening.demanded) && self.demands.must_change(user)
    }

    /// True if a session of the user runs with other roles, applications or business units than the user
    /// has now.
    pub(super) fn is_pending(&self, user: UserId) -> bool {
        let now = self.roles_of(user);
        let of_user = (user, SessionId([0; 16]))..=(user, SessionId([0xFF; 16]));
        self.by_session.range(of_user).any(|(_, opening)| *opening.roles != *now)
            || self.rights.is_pending(user)
    }

    pub(super) fn last_end(&self, user: UserId) -> Option<LastEnd> {
        self.last_ends.get(user.0).copied()
    }

    /// Roles and demands.
    pub(super) fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::RoleAssigned(e) => {
                let roles = self.roles.place(e.user.0).get_or_insert_default();
                if let Err(place) = roles.binary_search(&e.role) {
                    let (before, behind) = roles.split_at(place);
                    *roles = [before, &[e.role], behind].concat().into();
                }
            }
            Event::RoleUnassigned(e) => {
                let left: Box<[RoleId]> =
                    self.roles_of(e.user).iter().copied().filter(|role| *role != e.role).collect();
                match left.is_empty() {
                    true => self.roles.remove(e.user.0),
                    false => *self.roles.place(e.user.0) = Some(left),
                }
            }
            Event::UserDeleted(e) => self.roles.remove(e.user.0),
            _ => {}
        }
        self.demands.fold(recorded);
        self.rights.fold(&recorded.event);
    }

    pub(super) fn open(&mut self, user: UserId, session: SessionId, at: Position) {
        let (roles, demanded) = (self.roles_of(user).into(), self.demands.must_change(user));
        self.by_session.insert((user, session), Opening { at, roles, demanded });
    }

    pub(super) fn close(&mut self, (user, session): (UserId, SessionId), end: LastEnd) {
        // A session in which somebody else acted as the user is not one that the user signed out of.
        if self.by_session.remove(&(user, session)).is_none() {
            return;
        }
        let last = self.last_ends.place(user.0).get_or_insert(end);
        if last.at <= end.at {
            *last = end;
        }
    }

    pub(super) fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("sessionOpenings");
        canon.number(self.by_session.len() as u64);
        for ((user, session), Opening { at, roles, demanded }) in &self.by_session {
            canon.number(user.0);
            canon.bytes(&session.0);
            canon.number(at.0);
            canon.number(roles.len() as u64);
            roles.iter().for_each(|role| canon.number(role.0));
            canon.flag(*demanded);
        }
        canon.number(self.last_ends.iter().count() as u64);
        for (user, end) in self.last_ends.iter() {
            canon.number(user);
            canon.moment(end.at);
            canon.number(end.reason as u64);
        }
        let held = || self.roles.iter().filter(|(_, roles)| !roles.is_empty());
        canon.number(held().count() as u64);
        for (user, roles) in held() {
            canon.number(user);
            canon.number(roles.len() as u64);
            roles.iter().for_each(|role| canon.number(role.0));
        }
        canon.number(self.demands.forced().count() as u64);
        self.demands.forced().for_each(|user| canon.number(user.0));
        for (user, temporary) in self.demands.temporaries() {
            canon.number(user.0);
            canon.number(temporary.credential.0);
            canon.moment(temporary.expires_at);
            canon.flag(temporary.used);
        }
        canon.finish()
    }

    fn roles_of(&self, user: UserId) -> &[RoleId] {
        self.roles.get(user.0).map(|roles| &**roles).unwrap_or_default()
    }
}
