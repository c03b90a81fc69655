//! Chooses settings, each within its bounds; what is so already is not recorded (HIS-09).

use rollbook_schema::command::ChangeSettings;
use rollbook_schema::event::{SettingChange, SettingsChanged};
use rollbook_schema::{Rejection, RejectionCode, Subject};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeSettings) -> Outcome {
    asked.expects_version_of(Subject::Tenant)?;
    let wrong = command.changes.iter().filter(|(setting, value)| !setting.accepts(*value));
    refuse_any(wrong.map(|(setting, _)| Rejection::of(setting.name(), RejectionCode::Invalid)).collect())?;

    let mut changes = Vec::new();
    for &(setting, to) in &command.changes {
        let from = asked.moment.settings.get(setting);
        if from != to {
            changes.push(SettingChange { setting, from, to });
        }
    }
    Ok(if changes.is_empty() { Vec::new() } else { vec![SettingsChanged { changes }.into()] })
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::ChangeSettings;
    use rollbook_schema::value::{Setting, SettingValue};

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
    fn sta_06_a_chosen_threshold_counts_from_the_next_failure() {
        let mut directory = Directory::empty();
        directory.given(with_password("ann")).tried(wrong_password(8));
        directory.given(choose(Setting::LockAfterFailures, SettingValue::Number(2)));
        directory.tried(wrong_password(8));
        assert!(directory.user(8).locked);
    }
}
