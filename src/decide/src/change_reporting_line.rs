//! Says whom a user reports to (PRO-05): somebody else, who does not report to the user already.

use rollbook_projections::decision::REPORTING_DEPTH_MAX;
use rollbook_schema::command::ChangeReportingLine;
use rollbook_schema::event::ReportingLineChanged;
use rollbook_schema::{Rejection, RejectionCode, UserId};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeReportingLine) -> Outcome {
    let user = command.user;
    asked.user(user)?;
    if let Some(above) = command.reports_to {
        can_stand_above(asked, user, above).map_err(|code| Rejection::of("reportsTo", code))?;
    }
    let from = asked.models.reporting.above(user);
    if from == command.reports_to {
        return Ok(Vec::new());
    }
    Ok(vec![ReportingLineChanged { user, from, to: command.reports_to }.into()])
}

/// Looks at whoever stands above the one to report to, and finds the user among them, or the top.
pub(crate) fn can_stand_above(asked: &Asked<'_>, user: UserId, above: UserId) -> Result<(), RejectionCode> {
    if above == user {
        return Err(RejectionCode::ReportsToSelf);
    }
    if asked.models.users.present(above).is_none() {
        return Err(RejectionCode::NotFound);
    }
    let mut next = asked.models.reporting.above(above);
    for _ in 1..REPORTING_DEPTH_MAX {
        match next {
            None => return Ok(()),
            Some(found) if found == user => return Err(RejectionCode::ReportingCycle),
            Some(found) => next = asked.models.reporting.above(found),
        }
    }
    Err(RejectionCode::ReportingTooDeep)
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn pro_05_a_user_reports_to_another_and_to_nobody_again() {
        Directory::small()
            .when(report(8, Some(9)), expect!["ReportingLineChanged user=8 to=9"])
            .when(report(8, Some(9)), expect!["nothing"])
            .when(report(8, None), expect!["ReportingLineChanged user=8 from=9"])
            .when(report(8, None), expect!["nothing"]);
    }

    #[test]
    fn pro_05_nobody_reports_to_themselves() {
        Directory::small().when(report(8, Some(8)), expect!["refused: REPORTS_TO_SELF@reportsTo"]);
    }

    #[test]
    fn pro_05_lines_never_close_to_a_cycle() {
        Directory::small()
            .given(agent("bob"))
            .given(report(8, Some(9)))
            .when(report(9, Some(8)), expect!["refused: REPORTING_CYCLE@reportsTo"])
            .given(report(9, Some(10)))
            .when(report(10, Some(8)), expect!["refused: REPORTING_CYCLE@reportsTo"])
            .given(report(9, None))
            .when(report(10, Some(8)), expect!["ReportingLineChanged user=10 to=8"]);
    }

    #[test]
    fn pro_05_only_users_who_are_there_are_reported_to() {
        Directory::small()
            .when(report(8, Some(99)), expect!["refused: NOT_FOUND@reportsTo"])
            .when(report(8, Some(3)), expect!["refused: NOT_FOUND@reportsTo"])
            .given(delete(9))
            .when(report(8, Some(9)), expect!["refused: NOT_FOUND@reportsTo"]);
    }

    #[test]
    fn a_line_is_ended_before_whom_it_leads_to_is_deleted() {
        Directory::small()
            .given(report(8, Some(9)))
            .when(delete(9), expect!["refused: REFERENCED"])
            .when(report(8, None), expect!["ReportingLineChanged user=8 from=9"])
            .given(delete(9));
    }

    #[test]
    fn the_walk_upwards_is_bounded() {
        let mut directory = Directory::small();
        for id in 10..=80 {
            directory.given(client(&format!("c{id}")));
        }
        for id in 10..=72 {
            directory.given(report(id, Some(id - 1)));
        }
        directory.when(report(73, Some(72)), expect!["refused: REPORTING_TOO_DEEP@reportsTo"]);
    }
}
