//! As whom people may act.

use std::collections::BTreeMap;

use rollbook_schema::UserId;
use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::ProxyGrant;
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// Grants that were changed; everybody else has the default.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct ProxyGrants {
    grants: BTreeMap<UserId, ProxyGrant>,
}

impl ProxyGrants {
    /// Somebody's grant; `None` for the default, which covers everybody (PXY-13).
    #[must_use]
    pub fn changed(&self, user: UserId) -> Option<&ProxyGrant> {
        self.grants.get(&user)
    }

    /// Somebody's grant.
    #[must_use]
    pub fn of(&self, user: UserId) -> ProxyGrant {
        self.changed(user).cloned().unwrap_or_default()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::ProxyGrantChanged(e) if e.to == ProxyGrant::default() => {
                self.grants.remove(&e.user);
            }
            Event::ProxyGrantChanged(e) => {
                self.grants.insert(e.user, e.to.clone());
            }
            Event::UserDeleted(e) => {
                self.grants.remove(&e.user);
            }
            _ => {}
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("proxy_grants");
        canon.number(self.grants.len() as u64);
        for (user, grant) in &self.grants {
            canon.number(user.0);
            canon.number(grant.scope as u64);
            canon.number(grant.users.len() as u64);
            grant.users.iter().for_each(|named| canon.number(named.0));
            canon.number(grant.teams.len() as u64);
            grant.teams.iter().for_each(|named| canon.number(named.0));
        }
        canon.finish()
    }
}
