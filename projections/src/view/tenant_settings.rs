//! Settings: what the tenant chose, and how often.

use rollbook_schema::Version;
use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::{ChosenSettings, SettingValue, Settings};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// The tenant's choices.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct TenantSettings {
    chosen: ChosenSettings,
    version: Version,
}

impl TenantSettings {
    /// The settings in force over what the configuration says.
    #[must_use]
    pub fn over(&self, defaults: &Settings) -> Settings {
        self.chosen.over(defaults)
    }

    /// How many changes the tenant has seen: what a form holds against.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let Event::SettingsChanged(changed) = &recorded.event else { return };
        changed.changes.iter().for_each(|change| self.chosen.choose(change.setting, change.to.clone()));
        self.version = recorded.envelope.subject_version;
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("settings");
        canon.number(self.version.0);
        for (setting, value) in self.chosen.iter() {
            canon.number(setting as u64);
            match value {
                SettingValue::Unset => canon.number(0),
                SettingValue::Number(number) => {
                    canon.number(1);
                    canon.number(u64::from(*number));
                }
                SettingValue::Sso(mode) => {
                    canon.number(3);
                    canon.number(*mode as u64);
                }
                SettingValue::Flag(flag) => {
                    canon.number(2);
                    canon.flag(*flag);
                }
                SettingValue::RolePolicy(policy) => {
                    canon.number(3);
                    canon.number(*policy as u64);
                }
                SettingValue::Team(team) => {
                    canon.number(4);
                    canon.number(team.0);
                }
                SettingValue::Languages(tags) => {
                    canon.number(5);
                    canon.number(tags.len() as u64);
                    tags.iter().for_each(|tag| canon.bytes(tag.as_str().as_bytes()));
                }
                SettingValue::Language(tag) => {
                    canon.number(6);
                    canon.bytes(tag.as_str().as_bytes());
                }
                SettingValue::Address(address) => {
                    canon.number(7);
                    canon.bytes(address.as_str().as_bytes());
                }
            }
        }
        canon.finish()
    }
}
