//! What a security question demands. A wrong answer counts like a wrong password: it locks the account in the
//! end, and ends the session in which it was given, so that nobody goes on guessing (STA-06, AUT-08).

use rollbook_schema::command::AnswerProof;
use rollbook_schema::event::{EndCause, SecurityQuestionRemoved, SessionEnded, SignInFailed};
use rollbook_schema::value::Settings;
use rollbook_schema::{CredentialNumber, Event, Rejection, RejectionCode, SessionId, UserId};

use crate::asked::Asked;
use crate::refusal::Refusal;
use crate::sign_in::failed;

/// Does the tenant ask questions anywhere?
pub(crate) fn is_asked_anywhere(settings: &Settings) -> bool {
    settings.security_question_after_reset || settings.security_question_before_proxy
}

/// Lets pass who answered the question of this number. `session` is the one in which it was asked.
pub(crate) fn demand(
    asked: &Asked<'_>,
    user: UserId,
    question: CredentialNumber,
    proof: AnswerProof,
    session: Option<SessionId>,
) -> Result<(), Refusal> {
    let known = asked.models.users.present(user).ok_or(RejectionCode::NotFound)?;
    let wrong = Rejection::of("securityAnswer", RejectionCode::WrongSecurityAnswer);
    match proof {
        AnswerProof::Missing => Err(Rejection::of("securityAnswer", RejectionCode::Required).into()),
        // Not even a right answer helps somebody whom guessing has locked; nor is it recorded any more.
        _ if known.locked => Err(wrong.into()),
        AnswerProof::Matches(answered) if answered == question => Ok(()),
        AnswerProof::Matches(_) | AnswerProof::Wrong => {
            let wrongs = asked.models.security_questions.wrong_answers(user).max(known.failures);
            let mut record = failed(asked, user, wrongs, SignInFailed::WRONG_SECURITY_ANSWER);
            let locks = record.iter().any(|event| matches!(event, Event::AccountLocked(_)));
            let ended = session
                .filter(|_| locks)
                .map(|session| SessionEnded { user, session, cause: EndCause::Revoked }.into());
            record.extend(ended);
            Err(Refusal { rejections: wrong.into(), record })
        }
    }
}

/// The end of a user's question, if there is one.
pub(crate) fn removed(asked: &Asked<'_>, user: UserId) -> Option<Event> {
    let credential = asked.models.security_questions.of(user)?;
    Some(SecurityQuestionRemoved { user, credential }.into())
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::{AnswerProof, SetPassword, StartProxy};
    use rollbook_schema::value::{Setting, SettingValue};

    use crate::tests::*;

    /// Ann, 8, has question 2; bob is 9; three failures lock.
    fn asked_when(setting: Setting) -> Directory {
        let mut directory = Directory::empty();
        directory.given(choose(setting, SettingValue::Flag(true)));
        directory.given(with_password("ann")).given(agent("bob"));
        directory.by(8).given(set_question(8, Some(1))).by(99);
        directory
    }

    /// Ann signed in by the temporary password 3.
    fn reset() -> Directory {
        let mut directory = asked_when(Setting::SecurityQuestionAfterReset);
        directory.given(reset_password(8)).given(sign_in(8, 3, 1)).by(8);
        directory
    }

    fn own(answer: AnswerProof) -> SetPassword {
        SetPassword { answer, ..change_password(8, 3, 1) }
    }

    #[test]
    fn aut_08_after_a_reset_both_are_demanded() {
        reset()
            .when(own(AnswerProof::Missing), expect!["refused: REQUIRED@securityAnswer"])
            .when(own(answers(2)), expect!["PasswordSet user=8 credential=4 keptSession=01040G2081040G2081040G2081 replaces=3 +Credential"])
            .given(SetPassword { answer: AnswerProof::Missing, ..change_password(8, 4, 1) });
    }

    #[test]
    fn aut_08_wrong_answers_lock_and_end_the_session() {
        reset()
            .when(
                own(AnswerProof::Wrong),
                expect![[r#"
                refused: WRONG_SECURITY_ANSWER@securityAnswer
                record: SignInFailed user=8 code=WRONG_SECURITY_ANSWER failures=1"#]],
            )
            .when(
                own(answers(1)),
                expect![[r#"
                refused: WRONG_SECURITY_ANSWER@securityAnswer
                record: SignInFailed user=8 code=WRONG_SECURITY_ANSWER failures=2"#]],
            )
            .when(
                own(AnswerProof::Wrong),
                expect![[r#"
                refused: WRONG_SECURITY_ANSWER@securityAnswer
                record: SignInFailed user=8 code=WRONG_SECURITY_ANSWER failures=3
                AccountLocked user=8 cause=FAILED_SIGN_INS
                SessionEnded user=8 cause=REVOKED session=01040G2081040G2081040G2081"#]],
            )
            .when(own(answers(2)), expect!["refused: WRONG_SECURITY_ANSWER@securityAnswer"]);
    }

    #[test]
    fn aut_08_who_has_no_question_is_asked_none() {
        let mut directory = Directory::empty();
        directory.given(choose(Setting::SecurityQuestionAfterReset, SettingValue::Flag(true)));
        directory.given(agent("ann")).given(reset_password(8)).given(sign_in(8, 1, 1)).by(8);
        directory.given(change_password(8, 1, 1));
    }

    #[test]
    fn aut_08_without_the_setting_only_the_change_is_demanded() {
        let mut directory = asked_when(Setting::SecurityQuestionBeforeProxy);
        directory.given(reset_password(8)).given(sign_in(8, 3, 1)).by(8).given(own(AnswerProof::Missing));
    }

    fn as_bob(answer: AnswerProof, session: u8) -> StartProxy {
        StartProxy { answer, ..proxy(9, session) }
    }

    #[test]
    fn aut_15_the_first_proxy_login_asks_the_question_of_the_one_who_acts() {
        let mut directory = asked_when(Setting::SecurityQuestionBeforeProxy);
        directory
            .given(sign_in(8, 1, 1))
            .by(8)
            .when(as_bob(AnswerProof::Missing, 2), expect!["refused: REQUIRED@securityAnswer"])
            .when(
                as_bob(AnswerProof::Wrong, 2),
                expect![[r#"
                refused: WRONG_SECURITY_ANSWER@securityAnswer
                record: SignInFailed user=8 code=WRONG_SECURITY_ANSWER failures=1
                AttemptDenied code=WRONG_SECURITY_ANSWER command=StartProxy on={user:9}"#]],
            )
            .given(as_bob(answers(2), 2))
            .given(as_bob(AnswerProof::Missing, 3));
    }

    #[test]
    fn aut_15_signing_in_between_does_not_forgive_wrong_answers() {
        let mut directory = asked_when(Setting::SecurityQuestionBeforeProxy);
        for session in 1..=3 {
            directory.given(sign_in(8, 1, session)).by(8);
            directory.tried(StartProxy { parent: session_id(session), ..as_bob(AnswerProof::Wrong, 9) });
        }
        assert!(directory.user(8).locked);
    }

    #[test]
    fn aut_15_who_has_no_question_chooses_one_first() {
        let mut directory = asked_when(Setting::SecurityQuestionBeforeProxy);
        directory.given(sign_in(8, 1, 1)).given(remove_question(8, None)).by(8);
        directory.when(
            as_bob(AnswerProof::Missing, 2),
            expect![[r#"
            refused: SECURITY_QUESTION_NEEDED
            record: AttemptDenied code=SECURITY_QUESTION_NEEDED command=StartProxy on={user:9}"#]],
        );
    }

    #[test]
    fn aut_15_without_the_setting_nothing_is_asked() {
        let mut directory = asked_when(Setting::SecurityQuestionAfterReset);
        directory.given(sign_in(8, 1, 1)).by(8).given(as_bob(AnswerProof::Missing, 2));
    }
}
