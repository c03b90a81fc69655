//! What events can be about: whole kinds, and each thing alone.

use std::collections::BTreeMap;

use roaring::RoaringTreemap;
use rollbook_schema::record::Subject;
use serde::{Deserialize, Serialize};

use super::ActivityHistory;
use super::criterion::Criterion;

/// The kinds of what events can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HistorySubject {
    /// Any user.
    Users,
    /// The user type as a whole (HIS-02).
    UserType,
    /// Any role.
    Roles,
    /// The seats of both types.
    LicensePools,
    /// The directory itself: what the tenant chose.
    Tenant,
    /// Any dashboard.
    Dashboards,
    /// Any team.
    Teams,
    /// Any business unit.
    BusinessUnits,
    /// Any custom attribute.
    Attributes,
    /// Any application.
    Applications,
    /// Any artefact of another system.
    Artefacts,
    /// Any rule on users.
    UserRules,
}

impl HistorySubject {
    /// The kind of a subject.
    #[must_use]
    pub fn of(subject: Subject) -> Self {
        match subject {
            Subject::User(_) => HistorySubject::Users,
            Subject::UserType => HistorySubject::UserType,
            Subject::Role(_) => HistorySubject::Roles,
            Subject::LicensePool(_) => HistorySubject::LicensePools,
            Subject::Tenant => HistorySubject::Tenant,
            Subject::Dashboard(_) => HistorySubject::Dashboards,
            Subject::Team(_) => HistorySubject::Teams,
            Subject::BusinessUnit(_) => HistorySubject::BusinessUnits,
            Subject::Attribute(_) => HistorySubject::Attributes,
            Subject::Application(_) => HistorySubject::Applications,
            Subject::Artefact(_) => HistorySubject::Artefacts,
            Subject::UserRule(_) => HistorySubject::UserRules,
        }
    }
}

/// The positions about each thing of which there are few: no users, no roles and no seats. All of them
/// stand in sets that the digest holds.
#[derive(Default, Clone, Serialize, Deserialize)]
pub(super) struct FewSubjects(BTreeMap<Subject, RoaringTreemap>);

impl FewSubjects {
    pub(super) fn push(&mut self, subject: Subject, position: u64) {
        self.0.entry(subject).or_default().insert(position);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Subject, &RoaringTreemap)> {
        self.0.iter().map(|(subject, set)| (*subject, set))
    }
}

impl ActivityHistory {
    pub(super) fn about_kind(&self, kind: HistorySubject) -> Vec<&RoaringTreemap> {
        match kind {
            HistorySubject::Users => vec![&self.on_users],
            HistorySubject::UserType => vec![&self.on_user_type],
            HistorySubject::Roles => vec![&self.on_roles],
            HistorySubject::LicensePools => self.on_pools.iter().collect(),
            _ => {
                let of_kind = self.on_few.iter().filter(|(subject, _)| HistorySubject::of(*subject) == kind);
                of_kind.map(|(_, set)| set).collect()
            }
        }
    }

    pub(super) fn about_one(&self, subject: Subject) -> Criterion<'_> {
        match subject {
            Subject::User(user) => Criterion::maybe(self.users.get(user.0).map(|postings| &postings.on)),
            Subject::UserType => Criterion::AnyOf(vec![&self.on_user_type]),
            Subject::Role(role) => Criterion::maybe(self.on_role.get(&role)),
            Subject::LicensePool(license) => Criterion::AnyOf(vec![&self.on_pools[license as usize]]),
            few => Criterion::AnyOf(self.on_few.0.get(&few).into_iter().collect()),
        }
    }
}
