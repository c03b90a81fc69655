//! Begins to carry a retention rule out. A run that did not end is gone on with, and no other begun.

use rollbook_schema::command::StartRetentionRun;
use rollbook_schema::event::RetentionRunStarted;

use crate::asked::Asked;
use crate::define_retention_rule::in_force;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &StartRetentionRun) -> Outcome {
    let rule = in_force(asked, command.rule)?;
    if rule.run.is_some() {
        return Ok(Vec::new());
    }
    Ok(vec![RetentionRunStarted { rule: command.rule }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn only_a_rule_that_is_on_is_carried_out_and_one_run_at_a_time() {
        let mut directory = Directory::small();
        directory.because("policy 3").by(8).given(rule(24)).as_automation();
        directory.when(start_run(1), expect!["refused: NOT_FOUND@rule"]);
        directory.by(9).given(switch_on(1)).as_automation();
        directory
            .when(start_run(1), expect!["RetentionRunStarted rule=1"])
            .when(start_run(1), expect!["nothing"]);
    }
}
