//! Where a new user stands: where they are kept, the primary team, business units, whom they report to. What [`super::create_user`]
//! asks beyond the person, each by the rule of the command that does it later.

use std::collections::BTreeSet;

use rollbook_schema::command::CreateUser;
use rollbook_schema::event::{AddedToBusinessUnit, ReportingLineChanged, SourceChanged, TeamMemberAdded};
use rollbook_schema::value::UserSource;
use rollbook_schema::{Event, Rejection, RejectionCode, UserId};

use crate::asked::Asked;
use crate::change_reporting_line::can_stand_above;

/// SSO-03, TEA-02, TEA-04, PRO-05.
pub(crate) fn wrong(asked: &Asked<'_>, command: &CreateUser, user: UserId) -> Vec<Rejection> {
    let mut wrong = Vec::new();
    if command.team.is_some_and(|team| asked.models.teams.get(team).is_none()) {
        wrong.push(Rejection::of("team", RejectionCode::NotFound));
    }
    if command.business_units.iter().any(|unit| !asked.models.business_units.exists(*unit)) {
        wrong.push(Rejection::of("businessUnits", RejectionCode::NotFound));
    }
    if command.source == UserSource::Ldap && (command.verifier.is_some() || command.initial.is_some()) {
        wrong.push(Rejection::of("password", RejectionCode::ManagedInLdap));
    }
    let line = command.reports_to.map_or(Ok(()), |above| can_stand_above(asked, user, above));
    wrong.extend(line.err().map(|code| Rejection::of("reportsTo", code)));
    wrong
}

/// Each business unit once, in the order of their creation.
pub(crate) fn events(command: &CreateUser, user: UserId) -> Vec<Event> {
    let units: BTreeSet<_> = command.business_units.iter().copied().collect();
    let mut events: Vec<Event> = Vec::new();
    if command.source != UserSource::Local {
        events.push(SourceChanged { user, from: UserSource::Local, to: command.source }.into());
    }
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
    use rollbook_schema::value::UserSource;
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

    #[test]
    fn sso_01_a_user_is_made_as_kept_elsewhere_with_no_moment_between() {
        let kept = || CreateUser { source: UserSource::Ldap, ..agent("bob") };
        let with_password = CreateUser { verifier: with_password("bob").verifier, ..kept() };
        Directory::empty()
            .when(with_password, expect!["refused: MANAGED_IN_LDAP@password"])
            .when(
                kept(),
                expect![[r#"
                UserCreated user=8 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person
                SourceChanged user=8 from=LOCAL to=LDAP"#]],
            )
            .when(rename(8, "bobby"), expect!["refused: MANAGED_IN_LDAP@username"]);
    }
}
