//! What changed about preferences.

use rollbook_schema::Personal;
use rollbook_schema::event::{Change, PreferencesChanged};

use super::changes::List;
use crate::graphql::output::preference_text;

impl List<'_> {
    pub(super) fn preferences(&mut self, e: &PreferencesChanged) {
        for Change { from, to } in &e.changes {
            self.clear(to.name(), preference_text(from), preference_text(to));
        }
        match &e.personal {
            Personal::Known(changes) => {
                for Change { from, to } in changes {
                    let (from, new) = (preference_text(from), preference_text(to));
                    self.personal(to.name(), from.as_deref(), new.as_deref());
                }
            }
            Personal::Erased => self.erased("preferences", None, None),
            Personal::Absent => {}
        }
    }
}
