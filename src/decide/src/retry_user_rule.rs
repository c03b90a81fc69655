//! Calls a rule again that was given up after a deletion (BRL-06): a run of its own, under a key of its own.

use rollbook_schema::command::RetryUserRule;
use rollbook_schema::event::UserRuleQueued;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RetryUserRule) -> Outcome {
    let RetryUserRule { user, rule } = *command;
    asked.user_rule(rule)?;
    if !asked.models.user_rules.is_given_up(user, rule) {
        return Err(Rejection::of("user", RejectionCode::NotFound).into());
    }
    Ok(vec![UserRuleQueued { rule, user }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::RunStep;
    use rollbook_schema::value::RuleFault;

    use crate::tests::*;

    fn failed(gives_up: bool) -> RunStep {
        RunStep::Fail { attempt: 1, fault: RuleFault::Refused, gives_up }
    }

    #[test]
    fn brl_06_only_what_was_given_up_after_a_deletion_is_called_again() {
        Directory::small()
            .given(calling_after("Clean up"))
            .when(retry_rule(8, 1), expect!["refused: NOT_FOUND@user"])
            .given(delete(8))
            .given(ran(8, 1, failed(false)))
            .when(retry_rule(8, 1), expect!["refused: NOT_FOUND@user"])
            .given(ran(8, 1, failed(true)))
            .when(retry_rule(8, 1), expect!["UserRuleQueued user=8 rule=1"])
            .when(retry_rule(8, 1), expect!["refused: NOT_FOUND@user"])
            .given(ran(8, 1, RunStep::Finish { attempt: 1 }))
            .when(retry_rule(8, 1), expect!["refused: NOT_FOUND@user"]);
    }

    #[test]
    fn brl_06_a_rule_that_is_gone_is_not_called_again() {
        Directory::small()
            .given(calling_after("Clean up"))
            .given(delete(8))
            .given(ran(8, 1, failed(true)))
            .given(delete_rule(1))
            .when(retry_rule(8, 1), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn brl_05_a_call_before_a_deletion_is_made_again_by_deleting_again() {
        Directory::small()
            .given(calling_before("Tell"))
            .given(ran(8, 1, RunStep::Start))
            .given(ran(8, 1, failed(true)))
            .when(retry_rule(8, 1), expect!["refused: NOT_FOUND@user"]);
    }
}
