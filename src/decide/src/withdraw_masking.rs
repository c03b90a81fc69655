//! Takes one's own masking request back.

use rollbook_schema::RejectionCode;
use rollbook_schema::command::WithdrawMasking;
use rollbook_schema::event::MaskingWithdrawn;

use crate::asked::Asked;
use crate::forgetting::waiting;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &WithdrawMasking) -> Outcome {
    let WithdrawMasking { user, request } = *command;
    if waiting(asked, user, request)?.requested_by != asked.envelope.actor.id {
        return Err(RejectionCode::NotRequester.into());
    }
    Ok(vec![MaskingWithdrawn { user, request }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::event::MaskMode;

    use crate::tests::*;

    #[test]
    fn only_the_requester_takes_a_request_back() {
        let mut directory = Directory::small();
        let request_at = directory.because("T-1").by(8).given(request(8, "ann", MaskMode::History)).head();
        directory.by(9).when(
            withdraw(8, request_at),
            expect![[r#"
            refused: NOT_REQUESTER
            record: AttemptDenied code=NOT_REQUESTER command=WithdrawMasking on={user:8}"#]],
        );
        directory.by(8).when(withdraw(8, request_at), expect!["MaskingWithdrawn user=8 request=7"]);
    }
}
