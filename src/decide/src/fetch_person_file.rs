//! Records that somebody is given all that is known of a person, before they are given it.

use rollbook_schema::command::FetchPersonFile;
use rollbook_schema::event::PersonFileFetched;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::forgetting::has_reason;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &FetchPersonFile) -> Outcome {
    let FetchPersonFile { user, form } = *command;
    asked.models.users.get(user).ok_or(Rejection::of("id", RejectionCode::NotFound))?;
    has_reason(asked)?;
    Ok(vec![PersonFileFetched { user, form }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn every_fetch_is_recorded_and_names_its_ticket() {
        let mut directory = Directory::small();
        directory.when(fetch_file(8), expect!["refused: REQUIRED@reason"]);
        directory
            .because("T-1")
            .when(fetch_file(8), expect!["PersonFileFetched user=8 form=JSON"])
            .when(fetch_file(8), expect!["PersonFileFetched user=8 form=JSON"])
            .when(fetch_file(99), expect!["refused: NOT_FOUND@id"]);
    }
}
