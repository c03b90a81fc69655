//! Notes that the person has the file: which somebody must have fetched since they asked.

use rollbook_schema::RejectionCode;
use rollbook_schema::command::FulfilAccessRequest;
use rollbook_schema::event::AccessRequestFulfilled;

use crate::asked::Asked;
use crate::open_access_request::waiting;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &FulfilAccessRequest) -> Outcome {
    let FulfilAccessRequest { user, request } = *command;
    if !waiting(asked, user, request)?.fetched {
        return Err(RejectionCode::FileNotFetched.into());
    }
    Ok(vec![AccessRequestFulfilled { user, request }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_request_is_fulfilled_by_a_file_that_was_fetched_since() {
        let mut directory = Directory::small();
        directory.because("T-1").given(fetch_file(8));
        let request = directory.given(open_request(8)).head();
        directory
            .when(fulfil(8, request), expect!["refused: FILE_NOT_FETCHED"])
            .given(fetch_file(8))
            .when(fulfil(8, request), expect!["AccessRequestFulfilled user=8 request=8"])
            .when(fulfil(8, request), expect!["refused: NOT_FOUND@request"])
            .given(open_request(8));
    }
}
