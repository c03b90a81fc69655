//! Settings keep to their bounds, and to what was chosen.

use crate::id::TeamId;
use crate::value::{
    ChosenSettings, LanguageTag, RolePolicy, ServerAddress, Setting, SettingValue, Settings, SsoMode,
};

const CAN_BE_UNSET: [Setting; 4] = [
    Setting::UnlockAfterMinutes,
    Setting::DeactivatedTeam,
    Setting::CompanyLanguage,
    Setting::PassThroughAddress,
];

#[test]
fn every_default_is_within_the_bounds() {
    for setting in Setting::ALL {
        assert!(setting.accepts(&Settings::default().get(setting)), "{}", setting.name());
    }
}

#[test]
fn every_setting_is_kept_as_it_was_chosen() {
    let others = [
        SettingValue::Number(7),
        SettingValue::Number(8),
        SettingValue::Flag(false),
        SettingValue::Number(9),
        SettingValue::Number(10),
        SettingValue::Flag(false),
        SettingValue::Number(11),
        SettingValue::Flag(true),
        SettingValue::Flag(false),
        SettingValue::Flag(true),
        SettingValue::Flag(true),
        SettingValue::Number(12),
        SettingValue::Sso(SsoMode::Saml),
        SettingValue::Flag(true),
        SettingValue::RolePolicy(RolePolicy::ActiveOne),
        SettingValue::Flag(true),
        SettingValue::Team(TeamId(3)),
        SettingValue::Languages(vec![LanguageTag::parse("de").unwrap()]),
        SettingValue::Language(LanguageTag::parse("de").unwrap()),
        SettingValue::Address(ServerAddress::parse("https://sso.example.org").unwrap()),
        SettingValue::Flag(true),
        SettingValue::Flag(false),
    ];
    for (setting, value) in Setting::ALL.into_iter().zip(others) {
        assert!(setting.accepts(&value), "{}", setting.name());
        let mut chosen = ChosenSettings::default();
        chosen.choose(setting, value.clone());
        assert_eq!(chosen.over(&Settings::default()).get(setting), value, "{}", setting.name());
    }
}

#[test]
fn a_value_of_another_kind_or_out_of_bounds_is_not_accepted() {
    for setting in Setting::ALL {
        assert!(!setting.accepts(&SettingValue::Number(0)), "{}", setting.name());
        assert!(!setting.accepts(&SettingValue::Number(u32::MAX)), "{}", setting.name());
        let unset = setting.accepts(&SettingValue::Unset);
        assert_eq!(unset, CAN_BE_UNSET.contains(&setting), "{}", setting.name());
    }
    assert!(!Setting::PasswordMinLength.accepts(&SettingValue::Number(5)), "ACC-06");
}
