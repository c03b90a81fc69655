//! Records how the call of a rule goes (BRL-08). It was answered or not: nothing is judged but that the run
//! has no last word yet, so that it gets one only.

use rollbook_schema::command::{RecordUserRuleRun, RunStep};
use rollbook_schema::event::{UserRuleFailed, UserRuleFinished, UserRuleStarted};
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RecordUserRuleRun) -> Outcome {
    let RecordUserRuleRun { user, rule, step } = *command;
    if step == RunStep::Start {
        asked.user(user)?;
        asked.user_rule(rule)?;
        return Ok(vec![UserRuleStarted { rule, user }.into()]);
    }
    if !asked.models.user_rules.is_open(user, rule) {
        return Err(Rejection::of("rule", RejectionCode::NotFound).into());
    }
    Ok(vec![match step {
        RunStep::Fail { attempt, fault, gives_up } => {
            UserRuleFailed { rule, user, attempt, fault, gives_up }.into()
        }
        RunStep::Finish { attempt } => UserRuleFinished { rule, user, attempt, changes: 0 }.into(),
        RunStep::Start => UserRuleStarted { rule, user }.into(),
    }])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::RunStep;
    use rollbook_schema::value::RuleFault;

    use crate::tests::*;

    const DONE: RunStep = RunStep::Finish { attempt: 2 };

    fn failed(gives_up: bool) -> RunStep {
        RunStep::Fail { attempt: 1, fault: RuleFault::Unreachable, gives_up }
    }

    #[test]
    fn brl_08_a_call_before_a_deletion_starts_and_ends_once() {
        Directory::small()
            .given(calling_before("Tell"))
            .when(ran(8, 1, DONE), expect!["refused: NOT_FOUND@rule"])
            .when(ran(8, 1, RunStep::Start), expect!["UserRuleStarted user=8 rule=1"])
            .when(ran(8, 1, DONE), expect!["UserRuleFinished user=8 attempt=2 changes=0 rule=1"])
            .when(ran(8, 1, DONE), expect!["refused: NOT_FOUND@rule"])
            .when(ran(99, 1, RunStep::Start), expect!["refused: NOT_FOUND@id"])
            .when(ran(8, 2, RunStep::Start), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn brl_08_a_call_after_a_deletion_is_recorded_until_it_is_given_up() {
        Directory::small()
            .given(calling_after("Clean up"))
            .given(delete(8))
            .when(
                ran(8, 1, failed(false)),
                expect!["UserRuleFailed user=8 attempt=1 fault=UNREACHABLE rule=1"],
            )
            .given(delete_rule(1))
            .when(
                ran(8, 1, failed(true)),
                expect!["UserRuleFailed user=8 attempt=1 fault=UNREACHABLE givesUp=true rule=1"],
            )
            .when(ran(8, 1, DONE), expect!["refused: NOT_FOUND@rule"]);
    }
}
