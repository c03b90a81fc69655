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

/// A value that is not the default.
fn other(setting: Setting) -> SettingValue {
    match setting {
        Setting::LockAfterFailures => SettingValue::Number(7),
        Setting::UnlockAfterMinutes => SettingValue::Number(8),
        Setting::SessionMinutes => SettingValue::Number(9),
        Setting::PasswordMinLength => SettingValue::Number(10),
        Setting::TemporaryPasswordMinutes => SettingValue::Number(11),
        Setting::SessionsPerUserMax => SettingValue::Number(12),
        Setting::SsoMode => SettingValue::Sso(SsoMode::Saml),
        Setting::RolePolicy => SettingValue::RolePolicy(RolePolicy::ActiveOne),
        Setting::DeactivatedTeam => SettingValue::Team(TeamId(3)),
        Setting::Languages => SettingValue::Languages(vec![LanguageTag::parse("de").unwrap()]),
        Setting::CompanyLanguage => SettingValue::Language(LanguageTag::parse("de").unwrap()),
        Setting::PassThroughAddress => {
            SettingValue::Address(ServerAddress::parse("https://sso.example.org").unwrap())
        }
        Setting::EndSessionsOnPasswordChange
        | Setting::RefuseCommonPasswords
        | Setting::MailInitialPasswords
        | Setting::DeletionAllowed => SettingValue::Flag(false),
        Setting::ShowMailedPasswords
        | Setting::SecurityQuestionAfterReset
        | Setting::SecurityQuestionBeforeProxy
        | Setting::UniqueEmployeeNumbers
        | Setting::MailSupportLogin
        | Setting::LocalPasswordsForLdap
        | Setting::MaskingBySecondPerson => SettingValue::Flag(true),
    }
}

#[test]
fn every_setting_is_kept_as_it_was_chosen() {
    for setting in Setting::ALL {
        let value = other(setting);
        assert!(setting.accepts(&value), "{}", setting.name());
        assert_ne!(Settings::default().get(setting), value, "{}", setting.name());
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
