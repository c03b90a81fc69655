//! Where a new user stands: the primary team, business units, whom they report to. What [`super::create_user`]
//! asks beyond the person, each by the rule of the command that does it later.

use std::collections::BTreeSet;

use rollbook_schema::command::CreateUser;
use rollbook_schema::event::{AddedToBusinessUnit, ReportingLineChanged, TeamMemberAdded};
use rollbook_schema::{Event, Rejection, RejectionCode, UserId};

use crate::asked::Asked;
use crate::change_reporting_line::can_stand_above;

/// TEA-02, TEA-04, PRO-05.
pub(crate) fn wrong(asked: &Asked<'_>, command: &CreateUser, user: UserId) -> Vec<Rejection> {
    let mut wrong = Vec::new();
    if command.team.is_some_and(|team| asked.models.teams.get(team).is_none()) {
        wrong.push(Rejection::of("team", RejectionCode::NotFound));
    }
    if command.business_units.iter().any(|unit| !asked.models.business_units.exists(*unit)) {
        wrong.push(Rejection::of("businessUnits", RejectionCode::NotFound));
    }
    let line = command.reports_to.map_or(Ok(()), |above| can_stand_above(asked, user, above));
    wrong.extend(line.err().map(|code| Rejection::of("reportsTo", code)));
    wrong
}

/// Each business unit once, in the order of their creation.
pub(crate) fn events(command: &CreateUser, user: UserId) -> Vec<Event> {
    let units: BTreeSet<_> = command.business_units.iter().copied().collect();
    let mut events: Vec<Event> = Vec::new();
    events.extend(command.team.map(|team| Event::from(TeamMemberAdded { user, team })));
    events
        .extend(units.into_iter().map(|unit| Event::from(AddedToBusinessUnit { user, business_unit: unit })));
    let line = command.reports_to.map(|above| ReportingLineChanged { user, from: None, to: Some(above) });
    events.extend(line.map(Event::from));
    events
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::CreateUser;
    use rollbook_schema::{BusinessUnitId, UserId};

    use crate::tests::*;

    #[test]
    fn tea_04_pro_05_a_user_starts_in_business_units_and_below_somebody() {
        let units = vec![BusinessUnitId(2), BusinessUnitId(1), BusinessUnitId(2)];
        let placed = CreateUser { business_units: units, reports_to: Some(UserId(8)), ..agent("bob") };
        Directory::small().given(unit("Sales")).given(unit("Service")).when(
            placed,
            expect![[r#"
                UserCreated user=10 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person
                AddedToBusinessUnit user=10 businessUnit=1
                AddedToBusinessUnit user=10 businessUnit=2
                ReportingLineChanged user=10 to=8"#]],
        );
    }

    #[test]
    fn acc_11_places_that_are_not_there_are_told_together() {
        let units = vec![BusinessUnitId(1)];
        let placed = CreateUser { business_units: units, reports_to: Some(UserId(3)), ..agent("bob") };
        Directory::small().when(placed, expect!["refused: NOT_FOUND@businessUnits, NOT_FOUND@reportsTo"]);
    }
}
