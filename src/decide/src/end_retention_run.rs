//! Ends a run. How many it was carried out upon is counted from the log, so that a crash in between loses none.

use rollbook_schema::command::EndRetentionRun;
use rollbook_schema::event::RetentionRunEnded;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::define_retention_rule::known;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &EndRetentionRun) -> Outcome {
    let EndRetentionRun { rule, run, kept } = *command;
    let under_way = known(asked, rule)?.run.filter(|under_way| under_way.run == run);
    let under_way = under_way.ok_or(Rejection::of("run", RejectionCode::NotFound))?;
    Ok(vec![RetentionRunEnded { rule, run, applied: under_way.applied, kept }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_run_ends_once() {
        let mut directory = Directory::small();
        directory.because("policy 3").by(8).given(rule(24)).by(9).given(switch_on(1)).as_automation();
        let run = directory.given(start_run(1)).head();
        directory
            .when(end_run(run), expect!["RetentionRunEnded applied=0 kept=0 rule=1 run=9"])
            .when(end_run(run), expect!["refused: NOT_FOUND@run"]);
    }
}
