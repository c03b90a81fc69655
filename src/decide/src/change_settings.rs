//! Chooses settings, each within its bounds; what is so already is not recorded (HIS-09).

use rollbook_schema::command::ChangeSettings;
use rollbook_schema::event::{SettingChange, SettingsChanged};
use rollbook_schema::value::{ChosenSettings, Setting, SettingValue, Settings, SsoMode};
use rollbook_schema::{Rejection, RejectionCode, Subject};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeSettings) -> Outcome {
    asked.expects_version_of(Subject::Tenant)?;
    let wrong = command.changes.iter().filter(|(setting, value)| !setting.accepts(value));
    refuse_any(wrong.map(|(setting, _)| Rejection::of(setting.name(), RejectionCode::Invalid)).collect())?;
    refuse_any(misplaced(asked, command))?;

    let mut changes = Vec::new();
    for (setting, to) in &command.changes {
        let from = asked.moment.settings.get(*setting);
        if from != *to {
            changes.push(SettingChange { setting: *setting, from, to: to.clone() });
        }
    }
    Ok(if changes.is_empty() { Vec::new() } else { vec![SettingsChanged { changes }.into()] })
}

/// What cannot be beside what else is, or would be, in force.
fn misplaced(asked: &Asked<'_>, command: &ChangeSettings) -> Vec<Rejection> {
    let after = after(asked, command);
    let flaws = command.changes.iter().filter_map(|(setting, value)| {
        let code = match value {
            SettingValue::Team(team) if asked.models.teams.get(*team).is_none() => RejectionCode::NotFound,
            SettingValue::Address(_) if after.sso_mode != SsoMode::PassThrough => {
                RejectionCode::SsoModeMismatch
            }
            _ => return None,
        };
        Some(Rejection::of(setting.name(), code))
    });
    let language = Rejection::of(Setting::CompanyLanguage.name(), RejectionCode::LanguageNotOffered);
    flaws.chain((!after.speaks_own_language()).then_some(language)).collect()
}

fn after(asked: &Asked<'_>, command: &ChangeSettings) -> Settings {
    let mut chosen = ChosenSettings::default();
    command.changes.iter().for_each(|(setting, value)| chosen.choose(*setting, value.clone()));
    chosen.over(asked.moment.settings)
}

#[cfg(test)]
mod cases {
    use rollbook_schema::TeamId;
    use rollbook_schema::command::ChangeSettings;
    use rollbook_schema::value::{LanguageTag, ServerAddress, Setting, SettingValue, SsoMode};

    use crate::tests::*;

    #[test]
    fn only_what_differs_is_recorded() {
        let changes = vec![
            (Setting::LockAfterFailures, SettingValue::Number(3)),
            (Setting::UnlockAfterMinutes, SettingValue::Number(15)),
        ];
        Directory::empty()
            .when(
                ChangeSettings { changes: changes.clone() },
                expect!["SettingsChanged changes=[{from:unset,setting:unlockAfterMinutes,to:{number:15}}]"],
            )
            .when(ChangeSettings { changes }, expect!["nothing"]);
    }

    #[test]
    fn every_setting_out_of_its_bounds_is_named() {
        let changes = vec![
            (Setting::PasswordMinLength, SettingValue::Number(5)),
            (Setting::SessionMinutes, SettingValue::Number(60)),
            (Setting::TemporaryPasswordMinutes, SettingValue::Flag(true)),
        ];
        Directory::empty().when(
            ChangeSettings { changes },
            expect!["refused: INVALID@passwordMinLength, INVALID@temporaryPasswordMinutes"],
        );
    }

    #[test]
    fn the_version_of_the_tenant_counts_its_choices() {
        Directory::empty()
            .given(choose(Setting::SessionMinutes, SettingValue::Number(60)))
            .expecting(0)
            .when(
                choose(Setting::SessionMinutes, SettingValue::Number(90)),
                expect!["refused: VERSION_CONFLICT@expectedVersion"],
            )
            .expecting(1)
            .given(choose(Setting::SessionMinutes, SettingValue::Number(90)));
    }

    #[test]
    fn sta_11_the_team_for_deactivated_users_is_there_and_stays() {
        let team_1 = || choose(Setting::DeactivatedTeam, SettingValue::Team(TeamId(1)));
        Directory::empty()
            .when(team_1(), expect!["refused: NOT_FOUND@deactivatedTeam"])
            .given(team("Gone", None))
            .given(team_1())
            .when(delete_team(1), expect!["refused: TEAM_IN_USE"])
            .given(choose(Setting::DeactivatedTeam, SettingValue::Unset))
            .given(delete_team(1));
    }

    fn tag(text: &str) -> LanguageTag {
        LanguageTag::parse(text).expect("a tag")
    }

    #[test]
    fn prf_07_the_companys_language_is_one_that_it_configured() {
        let speaks = |tags: &[&str]| {
            let tags = tags.iter().map(|text| tag(text)).collect();
            choose(Setting::Languages, SettingValue::Languages(tags))
        };
        let own = |text: &str| choose(Setting::CompanyLanguage, SettingValue::Language(tag(text)));
        Directory::empty()
            .given(own("fr"))
            .when(speaks(&["de", "en"]), expect!["refused: LANGUAGE_NOT_OFFERED@companyLanguage"])
            .given(own("en"))
            .given(speaks(&["de", "en"]))
            .when(own("fr"), expect!["refused: LANGUAGE_NOT_OFFERED@companyLanguage"])
            .when(speaks(&["de", "en", "de"]), expect!["refused: INVALID@languages"])
            .given(own("de"));
    }

    #[test]
    fn sso_07_an_address_is_taken_where_single_sign_on_passes_through() {
        let address = ServerAddress::parse("https://sso.example.org").expect("an address");
        let address = || (Setting::PassThroughAddress, SettingValue::Address(address.clone()));
        let mode = (Setting::SsoMode, SettingValue::Sso(SsoMode::PassThrough));
        Directory::empty()
            .when(
                ChangeSettings { changes: vec![address()] },
                expect!["refused: SSO_MODE_MISMATCH@passThroughAddress"],
            )
            .given(ChangeSettings { changes: vec![mode, address()] });
    }

    #[test]
    fn sta_06_a_chosen_threshold_counts_from_the_next_failure() {
        let mut directory = Directory::empty();
        directory.given(with_password("ann")).tried(wrong_password(8));
        directory.given(choose(Setting::LockAfterFailures, SettingValue::Number(2)));
        directory.tried(wrong_password(8));
        assert!(directory.user(8).locked);
    }
}
