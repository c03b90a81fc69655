//! What each user prefers: how things are shown to them, and what they are told.

use std::collections::BTreeMap;

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::Preferences;
use rollbook_schema::{Group, KeyOwner, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// Preferences of those who ever chose any and are not deleted; all others have the default.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct PreferencesByUser {
    chosen: BTreeMap<UserId, Preferences>,
}

impl PreferencesByUser {
    /// What somebody prefers.
    #[must_use]
    pub fn of(&self, user: UserId) -> &Preferences {
        self.chosen.get(&user).unwrap_or(&Preferences::DEFAULT)
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::PreferencesChanged(e) => {
                let preferences = self.chosen.entry(e.user).or_default();
                e.known().for_each(|change| preferences.set(&change.to));
                self.keep(e.user);
            }
            Event::UserDeleted(e) => drop(self.chosen.remove(&e.user)),
            event => event.destroys().into_iter().for_each(|(owner, group)| self.destroyed(owner, group)),
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("preferences");
        for (user, preferences) in &self.chosen {
            canon.number(user.0);
            write(preferences, &mut canon);
        }
        canon.finish()
    }

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

/// Names every field, so that the compiler asks about a new one.
fn write(preferences: &Preferences, canon: &mut Canon) {
    let Preferences {
        date_order,
        date_separator,
        time_format,
        time_zone,
        locale,
        language,
        sign_off_notifications_disabled,
        mobile_access,
        accessibility_mode,
        home_dashboard,
        initial_application,
        initial_role,
        delegated_sso,
    } = preferences;
    canon.number(*date_order as u64);
    canon.number(*date_separator as u64);
    canon.number(*time_format as u64);
    canon.maybe(time_zone.as_ref(), |canon, zone| canon.bytes(zone.as_str().as_bytes()));
    canon.maybe(locale.as_ref(), |canon, tag| canon.bytes(tag.as_str().as_bytes()));
    canon.maybe(language.as_ref(), |canon, tag| canon.bytes(tag.as_str().as_bytes()));
    canon.flag(*sign_off_notifications_disabled);
    canon.flag(*mobile_access);
    canon.flag(*accessibility_mode);
    canon.maybe(*home_dashboard, |canon, dashboard| canon.number(dashboard.0));
    // Written where there is any, so that older logs keep their digests.
    if initial_application.is_some() || initial_role.is_some() {
        canon.maybe(*initial_application, |canon, application| canon.number(application.0));
        canon.maybe(*initial_role, |canon, role| canon.number(role.0));
    }
    if *delegated_sso {
        canon.flag(*delegated_sso);
    }
}
