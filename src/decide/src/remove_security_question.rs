//! Takes a security question away: by the person, who proves the current password, or by somebody who manages
//! them, since an answer can be forgotten.

use rollbook_schema::command::RemoveSecurityQuestion;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;
use crate::security_answer;

pub(crate) fn decide(asked: &Asked<'_>, command: &RemoveSecurityQuestion) -> Outcome {
    let user = asked.user(command.user)?;
    let is_own = asked.envelope.actor.id == command.user;
    if is_own && (command.proved.is_none() || command.proved != user.credential) {
        return Err(Rejection::of("currentPassword", RejectionCode::WrongPassword).into());
    }
    Ok(security_answer::removed(asked, command.user).into_iter().collect())
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::{Setting, SettingValue};

    use crate::tests::*;

    fn ann() -> Directory {
        let mut directory = Directory::empty();
        directory.given(choose(Setting::SecurityQuestionAfterReset, SettingValue::Flag(true)));
        directory.given(with_password("ann")).by(8).given(set_question(8, Some(1)));
        directory
    }

    #[test]
    fn aut_08_a_question_is_removed_once() {
        ann()
            .when(remove_question(8, None), expect!["refused: WRONG_PASSWORD@currentPassword"])
            .when(remove_question(8, Some(1)), expect!["SecurityQuestionRemoved user=8 credential=2"])
            .when(remove_question(8, Some(1)), expect!["nothing"]);
    }

    #[test]
    fn aut_08_who_manages_the_user_needs_no_password() {
        ann().by(9).when(remove_question(8, None), expect!["SecurityQuestionRemoved user=8 credential=2"]);
    }

    #[test]
    fn aut_08_a_question_goes_with_its_user() {
        ann().by(9).when(
            delete(8),
            expect![[r#"
            UserDeleted user=8 accessProfileFrom=STANDARD accessProfileTo=DELETED_USER credential=1
            SecurityQuestionRemoved user=8 credential=2"#]],
        );
    }
}
