//! Which pages of the client portal each role gives, so that only real changes are recorded (HIS-09).

use std::collections::BTreeMap;

use rollbook_schema::value::PortalPage;
use rollbook_schema::{Event, RoleId};
use serde::{Deserialize, Serialize};

/// Pages by role; a role that gives none is not here.
#[derive(Debug, Default, Hash, Serialize, Deserialize)]
pub struct PortalPages(BTreeMap<RoleId, Vec<PortalPage>>);

impl PortalPages {
    /// What a role gives, in order.
    #[must_use]
    pub fn of(&self, role: RoleId) -> &[PortalPage] {
        self.0.get(&role).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn fold(&mut self, event: &Event) {
        match event {
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
}
