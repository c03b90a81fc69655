//! Notes that a person, deleted or not, asked for their file: due a month from now (Article 12(3) GDPR).

use rollbook_schema::command::OpenAccessRequest;
use rollbook_schema::event::AccessRequestOpened;
use rollbook_schema::{Position, Rejection, RejectionCode, UserId};

use rollbook_projections::decision::WaitingAccessRequest;

use crate::asked::Asked;
use crate::forgetting::has_reason;
use crate::refusal::Outcome;
use crate::request_masking::DUE_AFTER_MONTHS;

pub(crate) fn decide(asked: &Asked<'_>, command: &OpenAccessRequest) -> Outcome {
    let user = command.user;
    asked.models.users.get(user).ok_or(Rejection::of("id", RejectionCode::NotFound))?;
    has_reason(asked)?;
    if asked.models.access_requests.waiting(user).is_some() {
        return Err(RejectionCode::AccessRequestWaits.into());
    }
    Ok(vec![AccessRequestOpened { user, due_at: asked.moment.now.plus_months(DUE_AFTER_MONTHS) }.into()])
}

/// The request of a user that waits, if it is the one named.
pub(crate) fn waiting<'a>(
    asked: &Asked<'a>,
    user: UserId,
    request: Position,
) -> Result<&'a WaitingAccessRequest, Rejection> {
    let waiting = asked.models.access_requests.waiting(user).filter(|waiting| waiting.request == request);
    waiting.ok_or(Rejection::of("request", RejectionCode::NotFound))
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn his_03_a_request_is_due_in_a_month_and_one_waits() {
        let mut directory = Directory::small();
        directory
            .because("T-1")
            .when(open_request(8), expect!["AccessRequestOpened user=8 dueAt=2026-02-01T00:00:00.000Z"])
            .when(open_request(8), expect!["refused: ACCESS_REQUEST_WAITS"])
            .when(open_request(99), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn a_request_names_its_ticket() {
        Directory::small().when(open_request(8), expect!["refused: REQUIRED@reason"]);
    }

    #[test]
    fn who_was_deleted_can_still_ask() {
        Directory::small().because("T-1").given(delete(8)).given(open_request(8));
    }
}
