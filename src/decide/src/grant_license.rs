//! Gives an enabled agent a license and its seat, in place of the one held (LIC-03, LIC-15).

use rollbook_schema::RejectionCode;
use rollbook_schema::command::GrantLicense;
use rollbook_schema::event::{LicenseCause, LicenseGranted};
use rollbook_schema::value::UserKind;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &GrantLicense) -> Outcome {
    let user = asked.user(command.user)?;
    if user.kind != UserKind::Agent {
        return Err(RejectionCode::NotForClients.into());
    }
    if !user.is_enabled() {
        return Err(RejectionCode::UserDisabled.into());
    }
    let replaces = user.license.map(|held| held.license);
    if replaces == Some(command.license) {
        return Ok(Vec::new());
    }
    asked.has_free_seat(command.license)?;
    let GrantLicense { user, license } = *command;
    Ok(vec![LicenseGranted { user, license, replaces, cause: LicenseCause::Request }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn lic_01_no_more_seats_are_used_than_owned() {
        let mut directory = Directory::empty();
        directory.given(size(ReadWrite, 100));
        for number in 0..500 {
            directory.given(agent(&format!("agent{number}")));
        }
        for number in 0..500 {
            directory.tried(grant(8 + number, ReadWrite));
        }
        assert_eq!(directory.used(), (100, 0));
    }

    #[test]
    fn lic_02_a_grant_takes_a_seat_at_once() {
        let mut directory = Directory::small();
        directory
            .when(grant(8, ReadWrite), expect!["LicenseGranted user=8 cause=REQUEST license=READ_WRITE"]);
        assert_eq!(directory.used(), (1, 0));
    }

    #[test]
    fn lic_03_one_license_for_one_agent() {
        Directory::small().given(grant(8, ReadWrite)).when(grant(8, ReadWrite), expect!["nothing"]);
    }

    #[test]
    fn lic_06_beyond_the_pool_it_is_refused_with_counts_and_the_attempt_recorded() {
        Directory::small().given(size(ReadOnly, 1)).given(agent("bob")).given(grant(8, ReadOnly)).when(
            grant(10, ReadOnly),
            expect![[r#"
                refused: NO_LICENCE_AVAILABLE@license (ReadOnly: 1 of 1 used)
                record: AttemptDenied code=NO_LICENCE_AVAILABLE command=GrantLicense on={user:10}"#]],
        );
    }

    #[test]
    fn lic_09_lic_10_clients_need_none() {
        Directory::small().when(grant(9, ReadOnly), expect!["refused: NOT_FOR_CLIENTS"]);
    }

    #[test]
    fn lic_11_a_disabled_agent_gets_none() {
        Directory::small().given(disable(8)).when(grant(8, ReadWrite), expect!["refused: USER_DISABLED"]);
    }

    #[test]
    fn lic_15_a_switch_frees_one_seat_and_takes_the_other() {
        let mut directory = Directory::small();
        directory.given(grant(8, ReadOnly)).when(
            grant(8, ReadWrite),
            expect!["LicenseGranted user=8 cause=REQUEST license=READ_WRITE replaces=READ_ONLY"],
        );
        assert_eq!(directory.used(), (1, 0));
    }

    #[test]
    fn lic_15_a_switch_needs_a_free_seat() {
        let mut directory = Directory::small();
        directory.given(size(ReadWrite, 0)).given(grant(8, ReadOnly));
        directory.when(
            grant(8, ReadWrite),
            expect![[r#"
            refused: NO_LICENCE_AVAILABLE@license (ReadWrite: 0 of 0 used)
            record: AttemptDenied code=NO_LICENCE_AVAILABLE command=GrantLicense on={user:8}"#]],
        );
        assert_eq!(directory.used(), (0, 1));
    }
}
