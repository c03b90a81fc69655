//! Decides against a masking request, as a second person and with a reason.

use rollbook_schema::command::DeclineMasking;
use rollbook_schema::event::MaskingDeclined;

use crate::asked::Asked;
use crate::forgetting::{by_a_second_person, has_reason, waiting};
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DeclineMasking) -> Outcome {
    let DeclineMasking { user, request } = *command;
    let waiting = waiting(asked, user, request)?;
    by_a_second_person(asked, user, waiting)?;
    has_reason(asked)?;
    Ok(vec![MaskingDeclined { user, request }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::event::MaskMode;

    use crate::tests::*;

    #[test]
    fn a_declined_request_is_closed_and_another_can_be_made() {
        let mut directory = Directory::small();
        let request_at = directory.because("T-1").given(request(8, "ann", MaskMode::History)).head();
        directory.by(9).when(decline(8, request_at), expect!["MaskingDeclined user=8 request=7"]);
        directory.when(decline(8, request_at), expect!["refused: NOT_FOUND@request"]).given(request(
            8,
            "ann",
            MaskMode::History,
        ));
    }
}
