//! Sets a password; all sessions of the user end but the one that asked, unless the tenant chose
//! otherwise (SES-02). After a reset the security question is asked besides (AUT-08). Length and commonness were judged before, on what was typed: here is only a hash.

use rollbook_projections::decision::User;
use rollbook_schema::command::SetPassword;
use rollbook_schema::event::PasswordSet;
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::mailed_password;
use crate::refusal::Outcome;
use crate::security_answer;

pub(crate) fn decide(asked: &Asked<'_>, command: &SetPassword) -> Outcome {
    let user = asked.user(command.user)?;
    if user.masked {
        return Err(RejectionCode::UserMasked.into());
    }
    if asked.envelope.actor.id == command.user && !is_proved(command, user) {
        return Err(Rejection::of("currentPassword", RejectionCode::WrongPassword).into());
    }
    if asked.envelope.actor.id == command.user
        && asked.moment.settings.security_question_after_reset
        && asked.models.demands.temporary(command.user).is_some()
        && let Some(question) = asked.models.security_questions.of(command.user)
    {
        security_answer::demand(asked, command.user, question, command.answer, command.session)?;
    }
    let own = |session: &_| asked.models.sessions.is_live(command.user, *session);
    let set = PasswordSet {
        user: command.user,
        credential: asked.models.users.next_credential(),
        replaces: user.credential,
        kept_session: command.session.filter(own),
        verifier: Personal::Known(command.verifier.clone()),
    };
    Ok([set.into()].into_iter().chain(mailed_password::destroyed(asked, command.user)).collect())
}

/// Whoever changes the own password proves the one that is valid now: it may have changed since it
/// was checked.
fn is_proved(command: &SetPassword, user: &User) -> bool {
    command.proved.is_some() && command.proved == user.credential
}

#[cfg(test)]
mod cases {
    use rollbook_schema::UserId;
    use rollbook_schema::command::SetPassword;
    use rollbook_schema::value::{Setting, SettingValue};

    use crate::tests::*;

    #[test]
    fn ses_02_all_sessions_end() {
        Directory::empty()
            .given(with_password("ann"))
            .given(sign_in(8, 1, 1))
            .given(sign_in(8, 1, 2))
            .when(set_password(8), expect!["PasswordSet user=8 credential=2 replaces=1 +Credential"])
            .when(sign_out(8, 1), expect!["nothing"])
            .when(sign_out(8, 2), expect!["nothing"]);
    }

    #[test]
    fn ses_02_but_the_one_that_made_the_change() {
        Directory::empty()
            .given(with_password("ann"))
            .given(sign_in(8, 1, 1))
            .given(sign_in(8, 1, 2))
            .by(8)
            .when(change_password(8, 1, 2), expect!["PasswordSet user=8 credential=2 keptSession=02081040G2081040G2081040G2 replaces=1 +Credential"])
            .when(sign_out(8, 1), expect!["nothing"])
            .when(sign_out(8, 2), expect!["SignedOut user=8 session=02081040G2081040G2081040G2"]);
    }

    #[test]
    fn ses_02_by_setting_sessions_live_on() {
        Directory::empty()
            .given(choose(Setting::EndSessionsOnPasswordChange, SettingValue::Flag(false)))
            .given(with_password("ann"))
            .given(sign_in(8, 1, 1))
            .given(set_password(8))
            .when(sign_out(8, 1), expect!["SignedOut user=8 session=01040G2081040G2081040G2081"]);
    }

    #[test]
    fn aut_05_what_was_forced_is_done_by_the_person_alone() {
        let mut directory = Directory::empty();
        directory.given(with_password("ann")).given(force(8)).given(set_password(8));
        assert!(directory.models.demands.must_change(UserId(8)));
        directory.by(8).given(change_password(8, 2, 1));
        assert!(!directory.models.demands.must_change(UserId(8)));
    }

    #[test]
    fn ses_02_a_session_that_is_not_live_is_not_kept() {
        Directory::empty().given(with_password("ann")).by(8).when(
            change_password(8, 1, 9),
            expect!["PasswordSet user=8 credential=2 replaces=1 +Credential"],
        );
    }

    #[test]
    fn sessions_of_others_stay() {
        Directory::empty()
            .given(with_password("ann"))
            .given(with_password("bob"))
            .given(sign_in(9, 2, 1))
            .given(set_password(8))
            .when(sign_out(9, 1), expect!["SignedOut user=9 session=01040G2081040G2081040G2081"]);
    }

    #[test]
    fn the_own_password_is_changed_only_with_the_current_one() {
        Directory::empty()
            .given(with_password("ann"))
            .given(set_password(8))
            .by(8)
            .when(set_password(8), expect!["refused: WRONG_PASSWORD@currentPassword"])
            .when(change_password(8, 1, 1), expect!["refused: WRONG_PASSWORD@currentPassword"])
            .when(
                change_password(8, 2, 1),
                expect!["PasswordSet user=8 credential=3 replaces=2 +Credential"],
            );
    }

    #[test]
    fn who_has_no_password_proves_none() {
        let unproved = SetPassword { proved: None, ..set_password(8) };
        Directory::small().by(8).when(unproved, expect!["refused: WRONG_PASSWORD@currentPassword"]);
    }

    #[test]
    fn each_password_has_a_number_of_its_own() {
        Directory::small()
            .when(set_password(8), expect!["PasswordSet user=8 credential=1 +Credential"])
            .when(set_password(9), expect!["PasswordSet user=9 credential=2 +Credential"])
            .when(set_password(8), expect!["PasswordSet user=8 credential=3 replaces=1 +Credential"]);
    }

    #[test]
    fn masked_and_deleted_users_get_none() {
        Directory::small()
            .given(disable(8))
            .given(mask(8, "ann"))
            .when(set_password(8), expect!["refused: USER_MASKED"])
            .given(delete(9))
            .when(set_password(9), expect!["refused: NOT_FOUND@id"]);
    }
}
