//! Starts a session. The password was checked before, against a credential that may have been
//! replaced since. Whoever is refused is told nothing (STA-01); the record says why.

use rollbook_projections::decision::User;
use rollbook_schema::command::{PasswordProof, SignIn};
use rollbook_schema::event::{
    AccountLockExpired, AccountLocked, EndCause, LockCause, SessionEnded, SignInFailed, SignedIn,
};
use rollbook_schema::value::{ClientType, UserSource};
use rollbook_schema::{Event, RejectionCode, UserId};

use crate::asked::Asked;
use crate::mailed_password;
use crate::refusal::{Outcome, Refusal};

pub(crate) fn decide(asked: &Asked<'_>, command: &SignIn) -> Outcome {
    let Some(user) = asked.models.users.present(command.user) else {
        return refused(Vec::new());
    };
    // Not recorded: whoever goes on trying could fill the log.
    let ran_out = lock_ran_out(asked, command);
    if user.locked && ran_out.is_none() {
        return refused(Vec::new());
    }
    let failures = if ran_out.is_some() { 0 } else { user.failures };
    let refusal = if !is_current(command.proof, user) {
        failed(asked, command.user, failures, SignInFailed::WRONG_PASSWORD)
    } else if is_over(asked, command) {
        failed(asked, command.user, failures, SignInFailed::TEMPORARY_PASSWORD_OVER)
    } else if !user.is_enabled() {
        refused_by_standing(asked, command, user, SignInFailed::DISABLED)
    } else if is_kept_in_ldap(asked, command) {
        refused_by_standing(asked, command, user, SignInFailed::KEPT_IN_LDAP)
    } else if is_refused_mobile(asked, command) {
        refused_by_standing(asked, command, user, SignInFailed::MOBILE_ACCESS_REFUSED)
    } else {
        let SignIn { user, session, token_digest, expires_at, .. } = *command;
        let started = SignedIn { user, session, token_digest, expires_at }.into();
        let used = mailed_password::destroyed(asked, user);
        let ended = too_many(asked, user);
        return Ok([started].into_iter().chain(ran_out).chain(used).chain(ended).collect());
    };
    refused(ran_out.into_iter().chain(refusal).collect())
}

/// The end of a lock by failures whose time has run out (STA-06): noticed by whoever tries next.
fn lock_ran_out(asked: &Asked<'_>, command: &SignIn) -> Option<Event> {
    let moment = asked.moment;
    let ran_out = asked.models.lockouts.ran_out(command.user, moment.settings, moment.now);
    ran_out.then(|| AccountLockExpired { user: command.user }.into())
}

/// The oldest sessions, where this one is more than the tenant permits.
fn too_many(asked: &Asked<'_>, user: UserId) -> impl Iterator<Item = Event> {
    let most = usize::try_from(asked.moment.settings.sessions_per_user_max).unwrap_or(usize::MAX);
    let ended = asked.models.sessions.oldest_but(user, most.saturating_sub(1));
    ended.into_iter().map(move |session| SessionEnded { user, session, cause: EndCause::TooMany }.into())
}

/// A temporary password opens one session, and none when it has expired (AUT-07).
fn is_over(asked: &Asked<'_>, command: &SignIn) -> bool {
    let temporary = asked.models.demands.temporary(command.user);
    temporary.is_some_and(|temporary| temporary.is_over(asked.moment.now))
}

/// A password from before LDAP took the account over would outlive its change, or its end, there (SSO-02,
/// AUT-16).
fn is_kept_in_ldap(asked: &Asked<'_>, command: &SignIn) -> bool {
    let is_ldap = asked.models.sources.of(command.user) == UserSource::Ldap;
    is_ldap && !asked.moment.settings.local_passwords_for_ldap
}

/// PRF-16; as the program says of itself.
fn is_refused_mobile(asked: &Asked<'_>, command: &SignIn) -> bool {
    command.client == ClientType::Mobile && !asked.models.preferences.of(command.user).mobile_access
}

fn is_current(proof: PasswordProof, user: &User) -> bool {
    matches!(proof, PasswordProof::Matches(credential) if user.credential == Some(credential))
}

/// Wrong passwords are counted, and lock the account of anybody (STA-06, AUT-14).
pub(crate) fn failed(asked: &Asked<'_>, user: UserId, failures: u32, code: &str) -> Vec<Event> {
    let failures = failures.saturating_add(1);
    let mut record = vec![SignInFailed { user, code: code.to_owned(), failures }.into()];
    if failures >= lock_after(asked) {
        record.push(AccountLocked { user, cause: LockCause::FailedSignIns }.into());
    }
    record
}

/// Recorded as often as wrong passwords would be, then no more until the standing changes.
fn refused_by_standing(asked: &Asked<'_>, command: &SignIn, user: &User, code: &str) -> Vec<Event> {
    if user.refusals >= lock_after(asked) {
        return Vec::new();
    }
    let code = code.to_owned();
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
    use rollbook_schema::command::SignIn;
    use rollbook_schema::value::{ClientType, Preference, Setting, SettingValue, UserSource};

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
    fn sso_02_a_password_from_before_ldap_opens_nothing_unless_the_tenant_says_so() {
        let mut directory = ann();
        directory.given(source(8, UserSource::Ldap));
        directory.when(
            sign_in(8, 1, 1),
            expect![[r#"
                refused: SIGN_IN_FAILED
                record: SignInFailed user=8 code=KEPT_IN_LDAP failures=0"#]],
        );
        directory.given(choose(Setting::LocalPasswordsForLdap, SettingValue::Flag(true)));
        directory.given(sign_in(8, 1, 1));
    }

    #[test]
    fn prf_16_without_mobile_access_a_mobile_program_is_refused_neutrally_and_recorded_distinctly() {
        let mut directory = ann();
        directory.given(prefer(8, &[Preference::MobileAccess(false)]));
        let mobile = |session| SignIn { client: ClientType::Mobile, ..sign_in(8, 1, session) };
        for _ in 0..2 {
            directory.tried(mobile(1));
        }
        directory
            .when(
                mobile(1),
                expect![[r#"
                refused: SIGN_IN_FAILED
                record: SignInFailed user=8 code=MOBILE_ACCESS_REFUSED failures=0"#]],
            )
            .when(mobile(1), expect!["refused: SIGN_IN_FAILED"])
            .given(SignIn { client: ClientType::Desktop, ..sign_in(8, 1, 2) })
            .given(prefer(8, &[Preference::MobileAccess(true)]))
            .given(mobile(1));
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

    fn locked(minutes: u32) -> Directory {
        let mut directory = ann();
        directory.given(choose(Setting::UnlockAfterMinutes, SettingValue::Number(minutes)));
        for _ in 0..3 {
            directory.tried(wrong_password(8));
        }
        directory
    }

    #[test]
    fn sta_06_a_timed_lock_runs_out_for_the_right_password() {
        let mut directory = locked(10);
        directory.after_millis(599_999).when(sign_in(8, 1, 1), expect!["refused: SIGN_IN_FAILED"]);
        directory.after_millis(1).when(
            sign_in(8, 1, 1),
            expect![[r#"
            SignedIn user=8 expiresAt=2026-01-01T01:00:00.000Z session=01040G2081040G2081040G2081
            AccountLockExpired user=8"#]],
        );
        assert!(!directory.user(8).locked);
    }

    #[test]
    fn sta_06_a_timed_lock_runs_out_and_wrong_passwords_count_from_zero() {
        let mut directory = locked(10);
        directory.after_millis(600_000).when(
            wrong_password(8),
            expect![[r#"
            refused: SIGN_IN_FAILED
            record: AccountLockExpired user=8
            SignInFailed user=8 code=WRONG_PASSWORD failures=1"#]],
        );
    }

    #[test]
    fn sta_06_a_lock_on_request_does_not_run_out() {
        let mut directory = ann();
        directory.given(choose(Setting::UnlockAfterMinutes, SettingValue::Number(10))).given(lock(8));
        directory.after_millis(600_000).when(sign_in(8, 1, 1), expect!["refused: SIGN_IN_FAILED"]);
    }

    #[test]
    fn aut_07_a_temporary_password_opens_one_session() {
        let mut directory = ann();
        directory
            .given(reset_password(8))
            .given(sign_in(8, 2, 1))
            .when(
                sign_in(8, 2, 2),
                expect![[r#"
                refused: SIGN_IN_FAILED
                record: SignInFailed user=8 code=TEMPORARY_PASSWORD_OVER failures=1"#]],
            )
            .given(reset_password(8))
            .given(sign_in(8, 3, 3));
    }

    #[test]
    fn aut_07_a_temporary_password_expires() {
        let mut directory = ann();
        directory.given(reset_password(8)).after_millis(3_600_000).when(
            sign_in(8, 2, 1),
            expect![[r#"
            refused: SIGN_IN_FAILED
            record: SignInFailed user=8 code=TEMPORARY_PASSWORD_OVER failures=1"#]],
        );
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

    #[test]
    fn ses_01_one_session_too_many_ends_the_oldest() {
        ann()
            .given(choose(Setting::SessionsPerUserMax, SettingValue::Number(2)))
            .given(sign_in(8, 1, 1))
            .given(sign_in(8, 1, 2))
            .when(
                sign_in(8, 1, 3),
                expect![[r#"
                SignedIn user=8 expiresAt=2026-01-01T01:00:00.000Z session=030C1G60R30C1G60R30C1G60R3
                SessionEnded user=8 cause=TOO_MANY session=01040G2081040G2081040G2081"#]],
            )
            .when(sign_out(8, 1), expect!["nothing"])
            .given(sign_out(8, 2));
    }

    #[test]
    fn ses_01_who_acts_as_somebody_takes_none_of_their_sessions() {
        let mut directory = ann();
        directory.given(choose(Setting::SessionsPerUserMax, SettingValue::Number(1)));
        directory.given(with_password("bob")).given(sign_in(9, 2, 1)).by(9).given(proxy(8, 2)).by(8);
        directory
            .given(sign_in(8, 1, 3))
            .when(end_proxy(8, 2), expect!["ProxyEnded user=8 session=02081040G2081040G2081040G2"]);
    }
}
