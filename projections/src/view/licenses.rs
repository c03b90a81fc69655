//! License counts: how many seats are owned, used and free (LIC-02, LIC-03).

use roaring::RoaringTreemap;
use rollbook_schema::UserId;
use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::{LicenseType, UserKind};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// Seats of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LicenseCount {
    /// Of which type.
    pub license: LicenseType,
    /// Seats owned.
    pub owned: u32,
    /// Seats taken by active agents.
    pub used: u64,
    /// Seats free; 0 while more are used than owned.
    pub available: u64,
    /// More are used than owned: the pool was made smaller, and nobody was cut off (LIC-14).
    pub over: bool,
}

/// Who sits on which kind of seat. Sets of ids, so that a count is a cardinality.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct LicenseCounts {
    owned: [u32; 2],
    holders: [RoaringTreemap; 2],
    agents: RoaringTreemap,
    /// Disabled or deleted: hold no seat (LIC-11, LIC-12).
    inactive: RoaringTreemap,
}

impl LicenseCounts {
    /// The count of one type.
    #[must_use]
    pub fn of(&self, license: LicenseType) -> LicenseCount {
        let owned = self.owned[license as usize];
        let used = self.holders[license as usize].len();
        LicenseCount {
            license,
            owned,
            used,
            available: u64::from(owned).saturating_sub(used),
            over: used > u64::from(owned),
        }
    }

    /// The counts of both types, read-write first.
    #[must_use]
    pub fn all(&self) -> [LicenseCount; 2] {
        LicenseType::ALL.map(|license| self.of(license))
    }

    /// Agents that are not deleted, with or without a seat.
    #[must_use]
    pub fn agents(&self) -> u64 {
        self.agents.len()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::LicensePoolSized(e) => self.owned[e.license as usize] = e.to,
            Event::UserCreated(e) if e.kind == UserKind::Agent => {
                self.agents.insert(e.user.0);
            }
            Event::LicenseGranted(e) => self.seat(e.user, Some(e.license)),
            Event::LicenseRevoked(e) => self.seat(e.user, None),
            Event::UserDisabled(e) => self.leave(e.user),
            Event::UserEnabled(e) => {
                self.inactive.remove(e.user.0);
                self.seat(e.user, e.seat_taken);
            }
            Event::UserDeleted(e) => {
                self.leave(e.user);
                self.agents.remove(e.user.0);
            }
            _ => {}
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("licenses");
        for license in LicenseType::ALL {
            canon.number(u64::from(self.owned[license as usize]));
            canon.ids(&self.holders[license as usize]);
        }
        canon.ids(&self.agents);
        canon.ids(&self.inactive);
        canon.finish()
    }

    /// A user sits on one seat at most, and on none while inactive: a license granted meanwhile
    /// takes its seat when the user is enabled.
    fn seat(&mut self, user: UserId, license: Option<LicenseType>) {
        for holders in &mut self.holders {
            holders.remove(user.0);
        }
        if let Some(license) = license
            && !self.inactive.contains(user.0)
        {
            self.holders[license as usize].insert(user.0);
        }
    }

    fn leave(&mut self, user: UserId) {
        self.inactive.insert(user.0);
        self.seat(user, None);
    }
}
