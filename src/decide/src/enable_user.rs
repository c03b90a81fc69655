//! Gives a disabled user access again; an agent takes its seat again (STA-05).

use rollbook_schema::RejectionCode;
use rollbook_schema::command::EnableUser;
use rollbook_schema::event::{LicenseCause, LicenseGranted, UserEnabled};
use rollbook_schema::value::{LicenseType, UserKind};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &EnableUser) -> Outcome {
    let user = asked.user(command.user)?;
    if user.is_enabled() {
        return Ok(Vec::new());
    }
    if user.masked {
        return Err(RejectionCode::UserMasked.into());
    }
    let held = user.license.map(|held| held.license);
    // A role that was assigned while the agent was disabled took no seat: it does so now (LIC-07).
    let needs_license = held.is_none() && user.kind == UserKind::Agent && !user.roles().is_empty();
    let granted = needs_license.then_some(LicenseType::ReadWrite);
    if let Some(license) = held.or(granted) {
        asked.has_free_seat(license)?;
    }
    let mut events = vec![UserEnabled { user: command.user, seat_taken: held }.into()];
    events.extend(granted.map(|license| {
        LicenseGranted { user: command.user, license, replaces: None, cause: LicenseCause::Role }.into()
    }));
    Ok(events)
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn sta_05_a_disabled_user_comes_back_as_it_was() {
        let mut directory = Directory::small();
        directory.given(set_password(8)).given(assign(8, 1)).given(disable(8));
        directory.when(enable(8), expect!["UserEnabled user=8 seatTaken=READ_WRITE"]);
        assert_eq!(directory.user(8).roles().len(), 1);
        assert_eq!(directory.used(), (1, 0));
        directory.when(
            sign_in(8, 1, 1),
            expect!["SignedIn user=8 expiresAt=2026-01-01T01:00:00.000Z session=01040G2081040G2081040G2081"],
        );
    }

    #[test]
    fn sta_05_without_a_free_seat_it_does_not() {
        let mut directory = Directory::small();
        directory.given(grant(8, ReadOnly)).given(disable(8)).given(size(ReadOnly, 0));
        directory.when(
            enable(8),
            expect![[r#"
            refused: NO_LICENCE_AVAILABLE@license (ReadOnly: 0 of 0 used)
            record: AttemptDenied code=NO_LICENCE_AVAILABLE command=EnableUser on={user:8}"#]],
        );
        assert!(!directory.user(8).is_enabled());
    }

    #[test]
    fn sta_05_clients_and_agents_without_roles_take_no_seat() {
        Directory::small()
            .given(disable(8))
            .given(disable(9))
            .when(enable(8), expect!["UserEnabled user=8"])
            .when(enable(9), expect!["UserEnabled user=9"]);
    }

    #[test]
    fn lic_07_a_role_assigned_meanwhile_takes_its_seat_now() {
        Directory::small().given(disable(8)).given(assign(8, 1)).when(
            enable(8),
            expect![[r#"
            UserEnabled user=8
            LicenseGranted user=8 cause=ROLE license=READ_WRITE"#]],
        );
    }

    #[test]
    fn lic_07_and_is_refused_without_one() {
        Directory::small().given(disable(8)).given(assign(8, 1)).given(size(ReadWrite, 0)).when(
            enable(8),
            expect![[r#"
                refused: NO_LICENCE_AVAILABLE@license (ReadWrite: 0 of 0 used)
                record: AttemptDenied code=NO_LICENCE_AVAILABLE command=EnableUser on={user:8}"#]],
        );
    }

    #[test]
    fn his_09_an_enabled_user_stays_enabled() {
        Directory::small().when(enable(8), expect!["nothing"]);
    }

    #[test]
    fn msk_11_a_masked_user_does_not_come_back() {
        Directory::small()
            .given(disable(8))
            .given(mask(8, "ann"))
            .when(enable(8), expect!["refused: USER_MASKED"]);
    }
}
