//! Notices to people in the product: that the provider's support acted as them (NOT-05).

use std::collections::BTreeMap;

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Position, SessionId, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// One notice of a support login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRow {
    /// The session that it tells of.
    pub session: SessionId,
    /// When that began.
    pub started_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// When the support switched back; `None` if it did not.
    pub ended_at: Option<Timestamp>,
    /// The reader wants to see it no longer.
    pub dismissed: bool,
}

/// Every notice, by its reader and the position of what it tells of.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Notices {
    notices: BTreeMap<(UserId, Position), NoticeRow>,
}

impl Notices {
    /// The notices to a user, oldest first.
    pub fn of(&self, user: UserId) -> impl DoubleEndedIterator<Item = (Position, &NoticeRow)> {
        let of_user = (user, Position::START)..=(user, Position(u64::MAX));
        self.notices.range(of_user).map(|((_, position), row)| (*position, row))
    }

    /// True if nobody ever got one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.notices.is_empty()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let at = recorded.envelope.recorded_at;
        match &recorded.event {
            Event::SupportStarted(e) => {
                let (session, expires_at) = (e.session, e.expires_at);
                let row = NoticeRow { session, started_at: at, expires_at, ended_at: None, dismissed: false };
                self.notices.insert((e.user, recorded.envelope.position), row);
            }
            Event::SupportEnded(e) => {
                let of_user = (e.user, Position::START)..=(e.user, Position(u64::MAX));
                // Few at most: administrators, and as often as support looked in.
                let ended = self.notices.range_mut(of_user).rev().find(|(_, row)| row.session == e.session);
                if let Some((_, row)) = ended {
                    row.ended_at = Some(at);
                }
            }
            Event::NoticeDismissed(e) => {
                if let Some(row) = self.notices.get_mut(&(e.user, e.notice)) {
                    row.dismissed = true;
                }
            }
            Event::UserDeleted(e) => self.notices.retain(|(user, _), _| *user != e.user),
            _ => {}
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("notices");
        for ((user, position), row) in &self.notices {
            canon.number(user.0);
            canon.number(position.0);
            canon.bytes(&row.session.0);
            canon.moment(row.started_at);
            canon.moment(row.expires_at);
            canon.maybe(row.ended_at, |canon, at| canon.moment(at));
            canon.flag(row.dismissed);
        }
        canon.finish()
    }
}
