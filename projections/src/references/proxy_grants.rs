//! Proxy grants name users: those as whom somebody may act, and whose grant it is (REF-17, PXY-25).

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::value::ProxyGrant;
use rollbook_schema::{Event, UserId};
use serde::{Deserialize, Serialize};

use super::{NamedBy, Reference, ReferenceSource, Referrer, Wanted};

/// Grants that name anybody, by whom they name.
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub(super) struct ProxyGrantReferences {
    grants: BTreeMap<UserId, ProxyGrant>,
    named: BTreeSet<(UserId, UserId)>,
}

impl ReferenceSource for ProxyGrantReferences {
    fn fold(&mut self, event: &Event) {
        match event {
            Event::ProxyGrantChanged(e) => {
                self.forget(e.user);
                if !e.to.users.is_empty() || !e.to.teams.is_empty() {
                    self.named.extend(e.to.users.iter().map(|named| (*named, e.user)));
                    self.grants.insert(e.user, e.to.clone());
                }
            }
            Event::UserDeleted(e) => self.forget(e.user),
            _ => {}
        }
    }

    fn find(&self, wanted: &Wanted, found: &mut Vec<Reference>) {
        let user = wanted.user();
        let own = self.grants.contains_key(&user).then_some(user);
        let naming = self.named.range((user, UserId(0))..=(user, UserId(u64::MAX))).map(|(_, of)| *of);
        let naming = naming.filter(|of| *of != user);
        found.extend(own.into_iter().chain(naming).map(|of| Reference {
            by: Referrer::ProxyGrant { of },
            named_by: NamedBy::UserId,
            recycled: false,
        }));
    }
}

impl ProxyGrantReferences {
    fn forget(&mut self, user: UserId) {
        let Some(grant) = self.grants.remove(&user) else { return };
        grant.users.iter().for_each(|named| _ = self.named.remove(&(*named, user)));
    }
}
