//! Makes a dashboard known by a name.

use rollbook_schema::command::DefineDashboard;
use rollbook_schema::event::DashboardDefined;
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DefineDashboard) -> Outcome {
    let dashboards = &asked.models.dashboards;
    if dashboards.named(&command.name.key()).is_some() {
        return Err(Rejection::of("name", RejectionCode::DashboardNameTaken).into());
    }
    let name = Personal::Known(command.name.clone());
    Ok(vec![DashboardDefined { dashboard: dashboards.next_id(), name }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn names_are_unique_without_case_and_numbers_are_never_used_again() {
        Directory::empty()
            .when(dashboard("Sales"), expect!["DashboardDefined dashboard=1 +Person"])
            .when(dashboard("SALES"), expect!["refused: DASHBOARD_NAME_TAKEN@name"])
            .given(delete_dashboard(1))
            .when(dashboard("sales"), expect!["DashboardDefined dashboard=2 +Person"]);
    }
}
