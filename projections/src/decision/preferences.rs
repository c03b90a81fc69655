//! Who wants things how, so that only real changes are recorded (HIS-09).

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use rollbook_schema::value::Preferences;
use rollbook_schema::{Event, Group, KeyOwner, UserId};
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;

/// Preferences of those who ever chose any and are not deleted; all others have the default.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ChosenPreferences {
    chosen: HashMap<UserId, Preferences>,
}

impl ChosenPreferences {
    /// What somebody wants.
    #[must_use]
    pub fn of(&self, user: UserId) -> &Preferences {
        self.chosen.get(&user).unwrap_or(&Preferences::DEFAULT)
    }

    pub(super) fn fold(&mut self, event: &Event) {
        match event {
            Event::PreferencesChanged(e) => {
                let preferences = self.chosen.entry(e.user).or_default();
                e.known().for_each(|change| preferences.set(&change.to));
                self.keep(e.user);
            }
            Event::UserDeleted(e) => drop(self.chosen.remove(&e.user)),
            event => event.destroys().into_iter().for_each(|(owner, group)| self.destroyed(owner, group)),
        }
    }

    /// A replay without the key never learns what it sealed; so it is forgotten here.
    fn destroyed(&mut self, owner: KeyOwner, group: Group) {
        if let (KeyOwner::Subject(user), Group::Person) = (owner, group)
            && let Some(preferences) = self.chosen.get_mut(&user)
        {
            preferences.forget_personal();
            self.keep(user);
        }
    }

    fn keep(&mut self, user: UserId) {
        if *self.of(user) == Preferences::DEFAULT {
            self.chosen.remove(&user);
        }
    }
}

impl Hash for ChosenPreferences {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_sorted(&self.chosen, state);
    }
}
