//! Takes a dashboard away. Who chose it keeps the choice and is shown another (PRF-12).

use rollbook_schema::command::DeleteDashboard;
use rollbook_schema::event::DashboardDeleted;
use rollbook_schema::{DashboardId, Rejection, RejectionCode, Subject};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DeleteDashboard) -> Outcome {
    let dashboard = command.dashboard;
    if dashboard == DashboardId::SYSTEM {
        return Err(Rejection::of("id", RejectionCode::Forbidden).into());
    }
    if !asked.models.dashboards.exists(dashboard) {
        return Err(Rejection::of("id", RejectionCode::NotFound).into());
    }
    asked.expects_version_of(Subject::Dashboard(dashboard))?;
    Ok(vec![DashboardDeleted { dashboard }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_dashboard_goes_once_and_the_systems_never() {
        Directory::empty()
            .given(dashboard("Sales"))
            .when(delete_dashboard(1), expect!["DashboardDeleted dashboard=1"])
            .when(delete_dashboard(1), expect!["refused: NOT_FOUND@id"])
            .when(delete_dashboard(0), expect!["refused: FORBIDDEN@id"]);
    }
}
