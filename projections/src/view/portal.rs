//! Which pages of the client portal each role gives (ROL-05).

use std::collections::BTreeMap;

use rollbook_schema::RoleId;
use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::PortalPage;
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// Pages by role; a role that gives none is not here.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct PortalPages(BTreeMap<RoleId, Vec<PortalPage>>);

impl PortalPages {
    /// What a role gives, in order.
    #[must_use]
    pub fn of(&self, role: RoleId) -> &[PortalPage] {
        self.0.get(&role).map(Vec::as_slice).unwrap_or_default()
    }

    /// True if no role gives any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::RolePortalPagesSet(e) => {
                match e.pages.known().map(|pages| pages.to.clone()).filter(|pages| !pages.is_empty()) {
                    Some(pages) => self.0.insert(e.role, pages),
                    None => self.0.remove(&e.role),
                };
            }
            Event::RoleDeleted(e) => drop(self.0.remove(&e.role)),
            _ => {}
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("portal_pages");
        for (role, pages) in &self.0 {
            canon.number(role.0);
            canon.number(pages.len() as u64);
            pages.iter().for_each(|page| canon.bytes(page.as_str().as_bytes()));
        }
        canon.finish()
    }
}
