//! Starts a session. The password was checked before, against a credential that may have been
//! replaced since. Whoever is refused is told nothing (STA-01); the record says why.

use rollbook_projections::decision::User;
use rollbook_schema::command::{PasswordProof, SignIn};
use rollbook_schema::event::{AccountLocked, LockCause, SignInFailed, SignedIn};
use rollbook_schema::{Event, RejectionCode};

use crate::asked::Asked;
use crate::refusal::{Outcome, Refusal};

pub(crate) fn decide(asked: &Asked<'_>, command: &SignIn) -> Outcome {
    let Some(user) = asked.models.users.present(command.user) else {
        return refused(Vec::new());
    };
    // Not recorded: whoever goes on trying could fill the log.
    if user.locked {
        return refused(Vec::new());
    }
    if !is_current(command.proof, user) {
        return refused(wrong_password(asked, command, user));
    }
    if !user.is_enabled() {
        return refused(disabled(asked, command, user));
    }
    let SignIn { user, session, token_digest, expires_at, .. } = *command;
    Ok(vec![SignedIn { user, session, token_digest, expires_at }.into()])
}

fn is_current(proof: PasswordProof, user: &User) -> bool {
    matches!(proof, PasswordProof::Matches(credential) if user.credential == Some(credential))
}

/// Wrong passwords are counted, and lock the account of anybody (STA-06, AUT-14).
fn wrong_password(asked: &Asked<'_>, command: &SignIn, user: &User) -> Vec<Event> {
    let failures = user.failures.saturating_add(1);
    let code = SignInFailed::WRONG_PASSWORD.to_owned();
    let mut record = vec![SignInFailed { user: command.user, code, failures }.into()];
    if failures >= lock_after(asked) {
        record.push(AccountLocked { user: command.user, cause: LockCause::FailedSignIns }.into());
    }
    record
}

/// Recorded as often as wrong passwords would be, then no more until the standing changes.
fn disabled(asked: &Asked<'_>, command: &SignIn, user: &User) -> Vec<Event> {
    if user.refusals >= lock_after(asked) {
        return Vec::new();
    }
    let code = SignInFailed::DISABLED.to_owned();
    vec![SignInFailed { user: command.user, code, failures: user.failures }.into()]
}

fn lock_after(asked: &Asked<'_>) -> u32 {
    asked.moment.settings.lock_after_failures.max(1)
}

fn refused(record: Vec<Event>) -> Outcome {
    Err(Refusal { rejections: RejectionCode::SignInFailed.into(), record })
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    fn ann() -> Directory {
        let mut directory = Directory::empty();
        directory.given(with_password("ann"));
        directory
    }

    #[test]
    fn a_right_password_starts_a_session() {
        ann().when(
            sign_in(8, 1, 1),
            expect!["SignedIn user=8 expiresAt=2026-01-01T01:00:00.000Z session=01040G2081040G2081040G2081"],
        );
    }

    #[test]
    fn sta_01_a_disabled_user_is_refused_neutrally_and_recorded_distinctly() {
        ann().given(disable(8)).when(
            sign_in(8, 1, 1),
            expect![[r#"
            refused: SIGN_IN_FAILED
            record: SignInFailed user=8 code=DISABLED failures=0"#]],
        );
    }

    #[test]
    fn sta_01_the_record_of_a_disabled_user_is_bounded() {
        let mut directory = ann();
        directory.given(disable(8));
        for _ in 0..3 {
            directory.tried(sign_in(8, 1, 1));
        }
        directory
            .when(sign_in(8, 1, 1), expect!["refused: SIGN_IN_FAILED"])
            .given(enable(8))
            .given(disable(8))
            .when(
                sign_in(8, 1, 1),
                expect![[r#"
                refused: SIGN_IN_FAILED
                record: SignInFailed user=8 code=DISABLED failures=0"#]],
            );
    }

    #[test]
    fn sta_06_too_many_wrong_passwords_lock_the_account() {
        ann()
            .when(
                wrong_password(8),
                expect![[r#"
                refused: SIGN_IN_FAILED
                record: SignInFailed user=8 code=WRONG_PASSWORD failures=1"#]],
            )
            .when(
                wrong_password(8),
                expect![[r#"
                refused: SIGN_IN_FAILED
                record: SignInFailed user=8 code=WRONG_PASSWORD failures=2"#]],
            )
            .when(
                wrong_password(8),
                expect![[r#"
                refused: SIGN_IN_FAILED
                record: SignInFailed user=8 code=WRONG_PASSWORD failures=3
                AccountLocked user=8 cause=FAILED_SIGN_INS"#]],
            )
            .when(sign_in(8, 1, 1), expect!["refused: SIGN_IN_FAILED"])
            .when(wrong_password(8), expect!["refused: SIGN_IN_FAILED"]);
    }

    #[test]
    fn sta_06_a_success_counts_from_zero_again() {
        let mut directory = ann();
        directory.tried(wrong_password(8)).tried(wrong_password(8)).given(sign_in(8, 1, 1));
        directory.when(
            wrong_password(8),
            expect![[r#"
            refused: SIGN_IN_FAILED
            record: SignInFailed user=8 code=WRONG_PASSWORD failures=1"#]],
        );
    }

    #[test]
    fn sta_06_wrong_passwords_lock_even_the_last_administrator() {
        let mut directory = Directory::empty();
        directory.given(administrator("ann")).given(set_password(8));
        for _ in 0..3 {
            directory.tried(wrong_password(8));
        }
        assert!(directory.user(8).locked);
    }

    #[test]
    fn sta_06_a_lock_by_failures_leaves_sessions_alone() {
        let mut directory = ann();
        directory.given(sign_in(8, 1, 1));
        for _ in 0..3 {
            directory.tried(wrong_password(8));
        }
        directory.when(sign_out(8, 1), expect!["SignedOut user=8 session=01040G2081040G2081040G2081"]);
    }

    #[test]
    fn aut_14_a_password_replaced_since_it_was_checked_is_wrong() {
        ann().given(set_password(8)).when(
            sign_in(8, 1, 1),
            expect![[r#"
            refused: SIGN_IN_FAILED
            record: SignInFailed user=8 code=WRONG_PASSWORD failures=1"#]],
        );
    }

    #[test]
    fn aut_14_unknown_and_deleted_accounts_leave_no_trace() {
        ann()
            .given(delete(8))
            .when(sign_in(8, 1, 1), expect!["refused: SIGN_IN_FAILED"])
            .when(wrong_password(8), expect!["refused: SIGN_IN_FAILED"])
            .when(sign_in(99, 1, 1), expect!["refused: SIGN_IN_FAILED"]);
    }

    #[test]
    fn who_has_no_password_cannot_sign_in() {
        Directory::small().when(
            sign_in(8, 1, 1),
            expect![[r#"
            refused: SIGN_IN_FAILED
            record: SignInFailed user=8 code=WRONG_PASSWORD failures=1"#]],
        );
    }
}
