//! Under which keys it is sealed where people signed in from: folded alike for rules of decision and for reads.
//!
//! Sign-ins and sign-outs of one person within [`PERIOD_DAYS`] share a key of their own, so that where they came from
//! can be destroyed by age, and with the person. The first of them begins it. What was recorded before there were such
//! keys is sealed under the person's own key, and is not known here. Somebody who signs in takes about 80 bytes, and 32
//! more for each further key; numbers last for 80 years of a million people who sign in each month.

use std::collections::BTreeSet;

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::{RetentionDays, Timestamp};
use rollbook_schema::{CredentialNumber, Group, KeyOwner, UserId};
use serde::{Deserialize, Serialize};

use crate::id_table::IdTable;

/// Days from the first use of a key after which another takes its place. The shorter, the closer to its age a context
/// is destroyed, and the more keys there are: these are twelve a year for who signs in each month.
pub const PERIOD_DAYS: i64 = 30;

const PERIOD_MILLIS: i64 = PERIOD_DAYS * 24 * 60 * 60 * 1000;

/// A key that is not destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SignInKey {
    /// Which.
    pub number: CredentialNumber,
    /// When it was first used.
    pub first: Timestamp,
    /// When it was used last.
    pub last: Timestamp,
    /// Records that are sealed under it.
    pub records: u64,
}

/// What is due of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueKeys {
    /// Whose.
    pub user: UserId,
    /// Since when the first of them is due.
    pub due_at: Timestamp,
    /// Records that are sealed under them.
    pub records: u64,
}

/// Every key of every person.
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub struct SignInKeys {
    /// The oldest key first.
    by_user: IdTable<Box<[SignInKey]>>,
    /// By the first use of their oldest key: signing in changes it only where there was none.
    by_oldest: BTreeSet<(Timestamp, UserId)>,
}

impl SignInKeys {
    /// The key under which a person's next sign-in is sealed too; `None`: another is begun.
    #[must_use]
    pub fn current(&self, user: UserId, now: Timestamp) -> Option<CredentialNumber> {
        let newest = self.of(user).last()?;
        (now < newest.first.plus_millis(PERIOD_MILLIS)).then_some(newest.number)
    }

    /// A person's keys, the oldest first.
    #[must_use]
    pub fn of(&self, user: UserId) -> &[SignInKey] {
        self.by_user.get(user.0).map(|keys| &**keys).unwrap_or_default()
    }

    /// Those of a person's keys that were used so long ago.
    pub fn due_of(
        &self,
        user: UserId,
        after: RetentionDays,
        now: Timestamp,
    ) -> impl Iterator<Item = &SignInKey> {
        self.of(user).iter().filter(move |key| after.after(key.last) <= now)
    }

    /// Who has keys that were used so long ago, about the longest ago first. Costs as much as is taken, and as many
    /// people as signed in within one period.
    pub fn due(&self, after: RetentionDays, now: Timestamp) -> impl Iterator<Item = DueKeys> {
        let old = self.by_oldest.iter().take_while(move |(first, _)| after.after(*first) <= now);
        old.filter_map(move |(_, user)| {
            let due_at = self.due_of(*user, after, now).map(|key| after.after(key.last)).min()?;
            let records = self.due_of(*user, after, now).map(|key| key.records).sum();
            Some(DueKeys { user: *user, due_at, records })
        })
    }

    /// True if no key is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_oldest.is_empty()
    }

    /// Every key, by its person.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (UserId, &[SignInKey])> {
        self.by_user.iter().map(|(user, keys)| (UserId(user), &**keys))
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let envelope = &recorded.envelope;
        if let Some(number) = envelope.context_key {
            self.used(envelope.actor.id, number, envelope.recorded_at);
        }
        match &recorded.event {
            Event::SignInContextShredded(e) => self.destroyed(e.user, &recorded.event),
            Event::PiiMasked(e) => self.destroyed(e.user, &recorded.event),
            _ => {}
        }
    }

    fn used(&mut self, user: UserId, number: CredentialNumber, at: Timestamp) {
        let keys = self.by_user.place(user.0).get_or_insert_default();
        match keys.iter_mut().rev().find(|key| key.number == number) {
            Some(key) => {
                key.last = key.last.max(at);
                key.records += 1;
            }
            None => {
                if keys.is_empty() {
                    self.by_oldest.insert((at, user));
                }
                let begun = SignInKey { number, first: at, last: at, records: 1 };
                *keys = [&**keys, &[begun]].concat().into();
            }
        }
    }

    fn destroyed(&mut self, user: UserId, event: &Event) {
        let keys = self.of(user);
        let Some(oldest) = keys.first().map(|key| key.first) else { return };
        let gone = event.destroys();
        let is_kept = |key: &&SignInKey| !gone.contains(&(KeyOwner::Credential(key.number), Group::Context));
        let kept: Box<[SignInKey]> = keys.iter().filter(is_kept).copied().collect();
        self.by_oldest.remove(&(oldest, user));
        match kept.first() {
            Some(key) => {
                self.by_oldest.insert((key.first, user));
                *self.by_user.place(user.0) = Some(kept);
            }
            None => self.by_user.remove(user.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use rollbook_schema::event::{DestroyedKey, SignInContextShredded, SignedOut};
    use rollbook_schema::id::{CommandId, CorrelationId, EventId, SessionId, Version};
    use rollbook_schema::{Actor, Envelope, Personal, Position};

    use super::*;

    const ANN: UserId = UserId(8);
    const DAY: i64 = 24 * 60 * 60 * 1000;

    fn day(day: i64) -> Timestamp {
        Timestamp::from_millis(day * DAY)
    }

    fn fold(keys: &mut SignInKeys, on: i64, event: Event, context_key: Option<u64>) {
        let envelope = Envelope {
            position: Position(1),
            event_id: EventId([0; 16]),
            recorded_at: day(on),
            subject: event.subject(),
            subject_version: Version(1),
            actor: Actor::person(ANN),
            on_behalf_of: None,
            proxy_session: None,
            command_id: CommandId([0; 16]),
            causation: None,
            correlation_id: CorrelationId([0; 16]),
            context: Personal::Erased,
            context_key: context_key.map(CredentialNumber),
        };
        keys.fold(&RecordedEvent { envelope, event });
    }

    /// As the writer does it: the current key, or the next.
    fn sign_out(keys: &mut SignInKeys, on: i64, next: u64) {
        let key = keys.current(ANN, day(on)).map_or(next, |key| key.0);
        fold(keys, on, SignedOut { user: ANN, session: SessionId([0; 16]) }.into(), Some(key));
    }

    fn shred(keys: &mut SignInKeys, on: i64, number: u64) {
        let owner = KeyOwner::Credential(CredentialNumber(number));
        let destroyed = vec![DestroyedKey { owner, group: Group::Context, fingerprint: [0; 16] }];
        fold(keys, on, SignInContextShredded { user: ANN, destroyed, records: 1 }.into(), None);
    }

    fn days(days: i64) -> RetentionDays {
        RetentionDays::parse(days).unwrap()
    }

    fn shown(keys: &SignInKeys) -> Vec<String> {
        let one = |key: &SignInKey| {
            let on = |at: Timestamp| at.millis() / DAY;
            format!("{}: days {} to {}, {} records", key.number.0, on(key.first), on(key.last), key.records)
        };
        keys.of(ANN).iter().map(one).collect()
    }

    #[test]
    fn sign_ins_of_thirty_days_share_a_key() {
        let mut keys = SignInKeys::default();
        for (on, next) in [(100, 4), (110, 5), (129, 5), (130, 5), (140, 6), (200, 7)] {
            sign_out(&mut keys, on, next);
        }
        let wanted = [
            "4: days 100 to 129, 3 records",
            "5: days 130 to 140, 2 records",
            "7: days 200 to 200, 1 records",
        ];
        assert_eq!(shown(&keys), wanted);
    }

    #[test]
    fn a_key_is_due_when_the_youngest_of_its_sign_ins_is() {
        let mut keys = SignInKeys::default();
        sign_out(&mut keys, 100, 4);
        sign_out(&mut keys, 120, 5);
        sign_out(&mut keys, 131, 5);
        assert_eq!(keys.due(days(90), day(209)).count(), 0);
        let due: Vec<DueKeys> = keys.due(days(90), day(210)).collect();
        assert_eq!(due, [DueKeys { user: ANN, due_at: day(210), records: 2 }]);
        let due: Vec<DueKeys> = keys.due(days(90), day(221)).collect();
        assert_eq!(due, [DueKeys { user: ANN, due_at: day(210), records: 3 }]);
    }

    #[test]
    fn a_key_that_is_destroyed_is_used_no_more() {
        let mut keys = SignInKeys::default();
        sign_out(&mut keys, 100, 4);
        shred(&mut keys, 102, 4);
        assert!(keys.is_empty() && keys.current(ANN, day(102)).is_none());
        assert_eq!(keys.due(days(1), day(999)).count(), 0);
        sign_out(&mut keys, 103, 5);
        sign_out(&mut keys, 140, 6);
        shred(&mut keys, 141, 5);
        assert_eq!(shown(&keys), ["6: days 140 to 140, 1 records"]);
        assert_eq!(keys.due(days(1), day(141)).count(), 1);
    }
}
