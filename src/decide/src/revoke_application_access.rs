//! Takes applications from a user.

use rollbook_schema::command::RevokeApplicationAccess;
use rollbook_schema::event::ApplicationAccessRevoked;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::define_application::in_order;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RevokeApplicationAccess) -> Outcome {
    asked.user(command.user)?;
    let applications = &asked.models.applications;
    let mut events = Vec::new();
    for application in in_order(&command.applications) {
        if applications.get(application).is_none() {
            return Err(Rejection::of("application", RejectionCode::NotFound).into());
        }
        let from = applications.access.roles(command.user, application).to_vec();
        if !from.is_empty() {
            events.push(ApplicationAccessRevoked { user: command.user, application, from }.into());
        }
    }
    Ok(events)
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn rol_08_access_is_taken_once() {
        Directory::small()
            .given(own_seats(1))
            .given(agent_role("A"))
            .given(application("Sales", &[1]))
            .given(assign(8, 1))
            .given(grant_access(8, 1, &[1]))
            .when(revoke_access(8, 1), expect!["ApplicationAccessRevoked user=8 application=1 from=[1]"])
            .when(revoke_access(8, 1), expect!["nothing"])
            .when(revoke_access(8, 2), expect!["refused: NOT_FOUND@application"]);
    }
}
