//! Notes that the person does not get the file, and why (Article 12(4) and (5) GDPR).

use rollbook_schema::command::RefuseAccessRequest;
use rollbook_schema::event::AccessRequestRefused;

use crate::asked::Asked;
use crate::forgetting::has_reason;
use crate::open_access_request::waiting;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RefuseAccessRequest) -> Outcome {
    let RefuseAccessRequest { user, request } = *command;
    waiting(asked, user, request)?;
    has_reason(asked)?;
    Ok(vec![AccessRequestRefused { user, request }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_refusal_has_a_reason_and_closes_the_request() {
        let mut directory = Directory::small();
        let request = directory.because("T-1").given(open_request(8)).head();
        directory
            .when(refuse_request(8, request), expect!["AccessRequestRefused user=8 request=7"])
            .given(open_request(8));
    }
}
