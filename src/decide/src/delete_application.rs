//! Removes an application that nobody may run any more.

use rollbook_schema::RejectionCode;
use rollbook_schema::command::DeleteApplication;
use rollbook_schema::event::ApplicationDeleted;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DeleteApplication) -> Outcome {
    asked.application(command.application)?;
    if asked.models.applications.is_run(command.application) {
        return Err(RejectionCode::ApplicationInUse.into());
    }
    Ok(vec![ApplicationDeleted { application: command.application }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn an_application_that_somebody_runs_is_kept() {
        Directory::small()
            .given(own_seats(1))
            .given(agent_role("A"))
            .given(application("Sales", &[1]))
            .given(assign(8, 1))
            .given(grant_access(8, 1, &[1]))
            .when(delete_application(1), expect!["refused: APPLICATION_IN_USE"])
            .given(unassign(8, 1))
            .when(delete_application(1), expect!["ApplicationDeleted application=1"])
            .when(delete_application(1), expect!["refused: NOT_FOUND@id"]);
    }
}
