//! Gives an access request two months more, once and while there is time (Article 12(3) GDPR).

use rollbook_schema::RejectionCode;
use rollbook_schema::command::ExtendAccessRequest;
use rollbook_schema::event::AccessRequestExtended;

use crate::asked::Asked;
use crate::extend_masking::EXTENDED_MONTHS;
use crate::forgetting::has_reason;
use crate::open_access_request::waiting;
use crate::refusal::Outcome;
use crate::request_masking::DUE_AFTER_MONTHS;

pub(crate) fn decide(asked: &Asked<'_>, command: &ExtendAccessRequest) -> Outcome {
    let ExtendAccessRequest { user, request } = *command;
    let waiting = waiting(asked, user, request)?;
    has_reason(asked)?;
    if waiting.extended {
        return Err(RejectionCode::AlreadyExtended.into());
    }
    if asked.moment.now > waiting.due_at {
        return Err(RejectionCode::Overdue.into());
    }
    // From the receipt: a short month before does not make the three months shorter.
    let to = waiting.opened_at.plus_months(DUE_AFTER_MONTHS + EXTENDED_MONTHS);
    Ok(vec![AccessRequestExtended { user, request, from: waiting.due_at, to }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    const MONTH: i64 = 31 * 24 * 60 * 60 * 1000;

    #[test]
    fn a_request_is_extended_once_and_in_time() {
        let mut directory = Directory::small();
        let request = directory.because("T-1").given(open_request(8)).head();
        directory
            .when(
                extend_request(8, request),
                expect!["AccessRequestExtended user=8 from=2026-02-01T00:00:00.000Z request=7 to=2026-04-01T00:00:00.000Z"],
            )
            .when(extend_request(8, request), expect!["refused: ALREADY_EXTENDED"]);
        let mut directory = Directory::small();
        let request = directory.because("T-1").given(open_request(8)).head();
        directory.after_millis(MONTH + 1).when(extend_request(8, request), expect!["refused: OVERDUE"]);
    }
}
