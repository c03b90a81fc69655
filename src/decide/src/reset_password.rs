//! Puts a temporary password in the place of the one before: it opens the account once, until it
//! expires, and only for a new password (AUT-07, AUT-08). All sessions end (SES-02). It goes by mail, or
//! whoever asked hands it over.

use rollbook_schema::command::ResetPassword;
use rollbook_schema::event::PasswordReset;
use rollbook_schema::value::MailTemplate;
use rollbook_schema::{Event, Personal, RejectionCode};

use crate::asked::Asked;
use crate::mailed_password;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &ResetPassword) -> Outcome {
    let user = asked.user(command.user)?;
    // Whoever could would change the own password without proving the current one.
    asked.spares_own_account(command.user)?;
    if user.masked {
        return Err(RejectionCode::UserMasked.into());
    }
    let credential = asked.models.users.next_credential();
    let reset = PasswordReset {
        user: command.user,
        credential,
        replaces: user.credential,
        expires_at: command.expires_at,
        verifier: Personal::Known(command.verifier.clone()),
    };
    let mut events: Vec<Event> = vec![reset.into()];
    events.extend(mailed_password::destroyed(asked, command.user));
    let mail = |password| {
        mailed_password::queued(command.user, credential, MailTemplate::TemporaryPassword, password)
    };
    events.extend(command.mailed.as_ref().map(mail));
    Ok(events)
}

#[cfg(test)]
mod cases {
    use rollbook_schema::UserId;

    use crate::tests::*;

    #[test]
    fn aut_07_the_password_before_is_replaced_and_sessions_end() {
        Directory::empty()
            .given(with_password("ann"))
            .given(sign_in(8, 1, 1))
            .when(
                reset_password(8),
                expect![
                    "PasswordReset user=8 credential=2 expiresAt=2026-01-01T01:00:00.000Z replaces=1 +Credential"
                ],
            )
            .when(sign_out(8, 1), expect!["nothing"]);
    }

    #[test]
    fn aut_11_who_has_no_password_gets_one_by_a_reset() {
        Directory::small()
            .when(
                reset_password(8),
                expect!["PasswordReset user=8 credential=1 expiresAt=2026-01-01T01:00:00.000Z +Credential"],
            )
            .given(sign_in(8, 1, 1));
    }

    #[test]
    fn aut_08_a_new_password_ends_the_demand() {
        let mut directory = Directory::small();
        directory.given(reset_password(8)).given(sign_in(8, 1, 1));
        assert!(directory.models.demands.must_change(UserId(8)));
        directory.by(8).given(change_password(8, 1, 1));
        assert!(!directory.models.demands.must_change(UserId(8)));
    }

    #[test]
    fn the_own_password_is_changed_and_not_reset() {
        Directory::small().by(8).when(reset_password(8), expect!["refused: OWN_ACCOUNT"]);
    }

    #[test]
    fn who_is_masked_gets_none() {
        Directory::small()
            .given(disable(8))
            .given(mask(8, "ann"))
            .when(reset_password(8), expect!["refused: USER_MASKED"]);
    }
}
