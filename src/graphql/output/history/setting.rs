//! Settings, as history tells of them.

use rollbook_schema::TeamId;
use rollbook_schema::event::SettingChange;
use rollbook_schema::value::{LanguageTag, SettingValue};

use super::changes::{List, word};
use crate::graphql::output::RolePolicy;
use crate::graphql::vocabulary::SsoMode;

impl List<'_> {
    /// A setting, before and after. Teams that the reader may not know of are withheld.
    pub(super) fn setting(&mut self, change: &SettingChange) {
        let SettingChange { setting, from, to } = change;
        if let (None, None) = (team(from), team(to)) {
            return self.clear(setting.name(), shown(from), shown(to));
        }
        let sight = self.sight;
        self.id(setting.name(), team(from), team(to), |team| sight.team(team));
    }
}

fn team(value: &SettingValue) -> Option<TeamId> {
    match value {
        SettingValue::Team(team) => Some(*team),
        _ => None,
    }
}

fn shown(value: &SettingValue) -> Option<String> {
    match value {
        SettingValue::Unset | SettingValue::Team(_) => None,
        SettingValue::Number(number) => Some(number.to_string()),
        SettingValue::Flag(flag) => Some(flag.to_string()),
        SettingValue::Sso(mode) => Some(word(SsoMode::from(*mode))),
        SettingValue::RolePolicy(policy) => Some(word(RolePolicy::from(*policy))),
        SettingValue::Languages(tags) => {
            Some(tags.iter().map(LanguageTag::as_str).collect::<Vec<_>>().join(", "))
        }
        SettingValue::Language(tag) => Some(tag.as_str().to_owned()),
        SettingValue::Address(address) => Some(address.as_str().to_owned()),
    }
}
