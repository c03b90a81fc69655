//! Gives a masking request two months more, once and while there is time (Article 12(3) GDPR).

use rollbook_schema::RejectionCode;
use rollbook_schema::command::ExtendMasking;
use rollbook_schema::event::MaskingExtended;

use crate::asked::Asked;
use crate::forgetting::{has_reason, waiting};
use crate::refusal::Outcome;
use crate::request_masking::DUE_AFTER_MONTHS;

/// Months that a request can be given more.
pub(crate) const EXTENDED_MONTHS: u32 = 2;

pub(crate) fn decide(asked: &Asked<'_>, command: &ExtendMasking) -> Outcome {
    let ExtendMasking { user, request } = *command;
    let waiting = waiting(asked, user, request)?;
    has_reason(asked)?;
    if waiting.extended {
        return Err(RejectionCode::AlreadyExtended.into());
    }
    if asked.moment.now > waiting.due_at {
        return Err(RejectionCode::Overdue.into());
    }
    // From the receipt: a short month before does not make the three months shorter.
    let to = waiting.requested_at.plus_months(DUE_AFTER_MONTHS + EXTENDED_MONTHS);
    Ok(vec![MaskingExtended { user, request, from: waiting.due_at, to }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::event::MaskMode;

    use crate::tests::*;

    const MONTH: i64 = 31 * 24 * 60 * 60 * 1000;

    #[test]
    fn a_request_is_extended_once_by_two_months_with_a_reason() {
        let mut directory = Directory::small();
        let request_at = directory.because("T-1").given(request(8, "ann", MaskMode::History)).head();
        directory
            .because("many requests")
            .when(
                extend(8, request_at),
                expect!["MaskingExtended user=8 from=2026-02-01T00:00:00.000Z request=7 to=2026-04-01T00:00:00.000Z"],
            )
            .when(extend(8, request_at), expect!["refused: ALREADY_EXTENDED"]);
    }

    #[test]
    fn what_is_overdue_is_not_extended() {
        let mut directory = Directory::small();
        let request_at = directory.because("T-1").given(request(8, "ann", MaskMode::History)).head();
        directory.after_millis(MONTH + 1).when(extend(8, request_at), expect!["refused: OVERDUE"]);
    }
}
