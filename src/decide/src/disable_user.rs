//! Ends a user's access; its seat becomes free (STA-01, STA-08).

use rollbook_schema::command::DisableUser;
use rollbook_schema::event::UserDisabled;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DisableUser) -> Outcome {
    let user = asked.user(command.user)?;
    asked.spares_own_account(command.user)?;
    if !user.is_enabled() {
        return Ok(Vec::new());
    }
    asked.leaves_an_administrator(user)?;
    Ok(vec![UserDisabled { user: command.user, seat_released: user.seat() }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn sta_01_sta_12_a_user_is_disabled_once() {
        Directory::small()
            .when(disable(8), expect!["UserDisabled user=8"])
            .when(disable(8), expect!["nothing"]);
    }

    #[test]
    fn sta_02_sessions_end() {
        let mut directory = Directory::empty();
        directory.given(with_password("ann")).given(sign_in(8, 1, 1)).given(disable(8));
        directory.when(sign_out(8, 1), expect!["nothing"]);
    }

    #[test]
    fn sta_03_nobody_disables_the_own_account() {
        Directory::small().by(8).when(disable(8), expect!["refused: OWN_ACCOUNT"]);
    }

    #[test]
    fn sta_03_not_even_on_behalf_of_oneself_or_by_another() {
        Directory::small().by(9).on_behalf_of(8).when(disable(8), expect!["refused: OWN_ACCOUNT"]);
        Directory::small().by(8).on_behalf_of(9).when(disable(8), expect!["refused: OWN_ACCOUNT"]);
    }

    #[test]
    fn sta_08_lic_11_the_seat_becomes_free_at_once() {
        let mut directory = Directory::small();
        directory.given(size(ReadWrite, 1)).given(assign(8, 1)).given(agent("bob"));
        directory.when(
            grant(10, ReadWrite),
            expect![[r#"
            refused: NO_LICENCE_AVAILABLE@license (ReadWrite: 1 of 1 used)
            record: AttemptDenied code=NO_LICENCE_AVAILABLE command=GrantLicense on={user:10}"#]],
        );
        directory.when(disable(8), expect!["UserDisabled user=8 seatReleased=READ_WRITE"]);
        assert_eq!(directory.used(), (0, 0));
        directory
            .when(grant(10, ReadWrite), expect!["LicenseGranted user=10 cause=REQUEST license=READ_WRITE"]);
    }

    #[test]
    fn sta_08_license_and_roles_stay() {
        let mut directory = Directory::small();
        directory.given(assign(8, 1)).given(disable(8));
        assert_eq!(directory.user(8).roles().len(), 1);
        assert!(directory.user(8).license.is_some());
    }

    #[test]
    fn sta_18_the_last_enabled_administrator_stays() {
        Directory::empty()
            .given(administrator("ann"))
            .given(administrator("bob"))
            .when(disable(8), expect!["UserDisabled user=8"])
            .when(disable(9), expect!["refused: LAST_ADMINISTRATOR"]);
    }

    #[test]
    fn a_deleted_user_is_not_found() {
        Directory::small().given(delete(8)).when(disable(8), expect!["refused: NOT_FOUND@id"]);
    }
}
