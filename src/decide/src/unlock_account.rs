//! Permits sign-in again; password and standing stay (STA-07).

use rollbook_schema::command::UnlockAccount;
use rollbook_schema::event::AccountUnlocked;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &UnlockAccount) -> Outcome {
    let user = asked.user(command.user)?;
    if !user.locked {
        return Ok(Vec::new());
    }
    Ok(vec![AccountUnlocked { user: command.user }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn sta_07_failures_count_from_zero_again() {
        let mut directory = Directory::empty();
        directory.given(with_password("ann"));
        for _ in 0..3 {
            directory.tried(wrong_password(8));
        }
        directory.when(unlock(8), expect!["AccountUnlocked user=8"]);
        assert_eq!(directory.user(8).failures, 0);
        directory
            .when(
                wrong_password(8),
                expect![[r#"
            refused: SIGN_IN_FAILED
            record: SignInFailed user=8 code=WRONG_PASSWORD failures=1"#]],
            )
            .when(
                sign_in(8, 1, 1),
                expect![
                    "SignedIn user=8 expiresAt=2026-01-01T01:00:00.000Z session=01040G2081040G2081040G2081"
                ],
            );
    }

    #[test]
    fn sta_07_a_disabled_user_stays_disabled() {
        let mut directory = Directory::small();
        directory.given(lock(8)).given(disable(8)).when(unlock(8), expect!["AccountUnlocked user=8"]);
        assert!(!directory.user(8).is_enabled());
    }

    #[test]
    fn sta_07_his_09_what_is_not_locked_needs_no_unlocking() {
        Directory::small()
            .when(unlock(8), expect!["nothing"])
            .tried(wrong_password(8))
            .when(unlock(8), expect!["nothing"]);
    }
}
