//! Sets the question that a person is asked besides the password (AUT-08): the person's own choice, proved by
//! the current password, where the tenant asks such questions at all.

use rollbook_schema::command::SetSecurityQuestion;
use rollbook_schema::event::SecurityQuestionSet;
use rollbook_schema::value::SecurityQuestion;
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;
use crate::security_answer::is_asked_anywhere;

pub(crate) fn decide(asked: &Asked<'_>, command: &SetSecurityQuestion) -> Outcome {
    let user = asked.user(command.user)?;
    if asked.envelope.actor.id != command.user {
        return Err(RejectionCode::Forbidden.into());
    }
    if !is_asked_anywhere(asked.moment.settings) {
        return Err(RejectionCode::SecurityQuestionsOff.into());
    }
    if command.proved.is_none() || command.proved != user.credential {
        return Err(Rejection::of("currentPassword", RejectionCode::WrongPassword).into());
    }
    let question =
        SecurityQuestion { question: command.question.clone(), verifier: command.verifier.clone() };
    let set = SecurityQuestionSet {
        user: command.user,
        credential: asked.models.users.next_credential(),
        replaces: asked.models.security_questions.of(command.user),
        question: Personal::Known(question),
    };
    Ok(vec![set.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::{Setting, SettingValue};

    use crate::tests::*;

    fn ann() -> Directory {
        let mut directory = Directory::empty();
        directory.given(choose(Setting::SecurityQuestionAfterReset, SettingValue::Flag(true)));
        directory.given(with_password("ann")).by(8);
        directory
    }

    #[test]
    fn aut_08_a_question_is_sealed_under_a_key_of_its_own_and_replaced() {
        ann()
            .when(set_question(8, Some(1)), expect!["SecurityQuestionSet user=8 credential=2 +Credential"])
            .when(
                set_question(8, Some(1)),
                expect!["SecurityQuestionSet user=8 credential=3 replaces=2 +Credential"],
            );
    }

    #[test]
    fn aut_08_it_takes_the_current_password() {
        ann()
            .when(set_question(8, None), expect!["refused: WRONG_PASSWORD@currentPassword"])
            .when(set_question(8, Some(7)), expect!["refused: WRONG_PASSWORD@currentPassword"]);
    }

    #[test]
    fn aut_08_nobody_chooses_for_somebody_else() {
        ann().by(9).when(set_question(8, Some(1)), expect!["refused: FORBIDDEN"]);
    }

    #[test]
    fn aut_08_by_default_no_questions_are_asked() {
        Directory::empty()
            .given(with_password("ann"))
            .by(8)
            .when(set_question(8, Some(1)), expect!["refused: SECURITY_QUESTIONS_OFF"]);
    }
}
