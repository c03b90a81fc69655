//! Records that somebody signed in was refused before a rule was asked (ACC-16), at a bounded rate.

use rollbook_schema::command::RecordDeniedAttempt;

use crate::asked::Asked;
use crate::refusal::{Outcome, attempt_denied};

pub(crate) fn decide(asked: &Asked<'_>, command: &RecordDeniedAttempt) -> Outcome {
    let RecordDeniedAttempt { command, code, on } = *command;
    Ok(attempt_denied(asked, command, code, on).into_iter().collect())
}

#[cfg(test)]
mod cases {
    use rollbook_schema::{RejectionCode, Subject, UserId};

    use super::RecordDeniedAttempt;
    use crate::tests::*;

    fn denied() -> RecordDeniedAttempt {
        RecordDeniedAttempt {
            command: "DeleteUser",
            code: RejectionCode::Forbidden,
            on: Subject::User(UserId(9)),
        }
    }

    #[test]
    fn acc_16_a_denied_attempt_is_recorded() {
        Directory::small()
            .by(8)
            .when(denied(), expect!["AttemptDenied code=FORBIDDEN command=DeleteUser on={user:9}"]);
    }

    #[test]
    fn acc_16_ten_in_a_minute_and_no_more() {
        let mut directory = Directory::small();
        directory.by(8);
        for _ in 0..10 {
            directory.given(denied());
        }
        directory.when(denied(), expect!["nothing"]).after_millis(59_999).when(denied(), expect!["nothing"]);
    }

    #[test]
    fn acc_16_ten_again_in_the_next_minute() {
        let mut directory = Directory::small();
        directory.by(8).given(denied()).given(denied()).after_millis(60_000);
        for _ in 0..10 {
            directory.given(denied());
        }
        directory.when(denied(), expect!["nothing"]);
    }

    #[test]
    fn acc_16_each_actor_is_counted_alone() {
        let mut directory = Directory::small();
        directory.by(8);
        for _ in 0..10 {
            directory.given(denied());
        }
        directory
            .by(9)
            .when(denied(), expect!["AttemptDenied code=FORBIDDEN command=DeleteUser on={user:9}"]);
    }
}
