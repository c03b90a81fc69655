//! Facets: for each property that lists are filtered by, the set of ordinals that have it.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;
use rollbook_schema::RoleId;
use rollbook_schema::value::{AccessProfile, LicenseType, UserKind};
use serde::{Deserialize, Serialize};

use super::row::UserRow;

/// What of a row the facets hold, but for its roles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    kind: UserKind,
    license: Option<LicenseType>,
    access_profile: AccessProfile,
    flags: [bool; Flag::COUNT],
}

/// A yes or no that lists are filtered by.
#[derive(Clone, Copy)]
pub(super) enum Flag {
    Active,
    Locked,
    Deleted,
    Masked,
    EmailVerified,
}

impl Flag {
    const COUNT: usize = 5;
}

impl Marks {
    pub(super) fn of(row: &UserRow) -> Marks {
        Marks {
            kind: row.kind,
            license: row.license,
            access_profile: row.access_profile,
            flags: [row.active, row.locked, row.deleted, row.masked, row.email_verified],
        }
    }
}

/// One bitmap of ordinals for each value of each property.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Facets {
    kinds: [RoaringBitmap; 3],
    licenses: [RoaringBitmap; 2],
    profiles: [RoaringBitmap; 6],
    flags: [RoaringBitmap; Flag::COUNT],
    roles: BTreeMap<RoleId, RoaringBitmap>,
}

impl Facets {
    pub(super) fn kind(&self, kind: UserKind) -> &RoaringBitmap {
        &self.kinds[kind as usize]
    }

    pub(super) fn license(&self, license: LicenseType) -> &RoaringBitmap {
        &self.licenses[license as usize]
    }

    pub(super) fn licenses(&self) -> &[RoaringBitmap; 2] {
        &self.licenses
    }

    pub(super) fn profile(&self, profile: AccessProfile) -> &RoaringBitmap {
        &self.profiles[profile as usize]
    }

    pub(super) fn flag(&self, flag: Flag) -> &RoaringBitmap {
        &self.flags[flag as usize]
    }

    /// `None` where nobody has the role.
    pub(super) fn role(&self, role: RoleId) -> Option<&RoaringBitmap> {
        self.roles.get(&role)
    }

    pub(super) fn file(&mut self, ordinal: u32, marks: Marks) {
        self.kinds[marks.kind as usize].insert(ordinal);
        self.profiles[marks.access_profile as usize].insert(ordinal);
        if let Some(license) = marks.license {
            self.licenses[license as usize].insert(ordinal);
        }
        for (facet, set) in self.flags.iter_mut().zip(marks.flags) {
            if set {
                facet.insert(ordinal);
            }
        }
    }

    pub(super) fn refile(&mut self, ordinal: u32, before: Marks, after: Marks) {
        if before == after {
            return;
        }
        self.kinds[before.kind as usize].remove(ordinal);
        self.profiles[before.access_profile as usize].remove(ordinal);
        for facet in self.licenses.iter_mut().chain(&mut self.flags) {
            facet.remove(ordinal);
        }
        self.file(ordinal, after);
    }

    pub(super) fn assign(&mut self, ordinal: u32, role: RoleId) {
        self.roles.entry(role).or_default().insert(ordinal);
    }

    pub(super) fn unassign(&mut self, ordinal: u32, role: RoleId) {
        if let Some(holders) = self.roles.get_mut(&role) {
            holders.remove(ordinal);
            if holders.is_empty() {
                self.roles.remove(&role);
            }
        }
    }

    /// How many ordinals each facet holds, in a fixed order: what a digest compares.
    pub(super) fn counts(&self) -> impl Iterator<Item = u64> {
        let fixed = self.kinds.iter().chain(&self.licenses).chain(&self.profiles).chain(&self.flags);
        let roles = self.roles.iter().flat_map(|(role, holders)| [role.0, holders.len()]);
        fixed.map(RoaringBitmap::len).chain(roles)
    }
}
