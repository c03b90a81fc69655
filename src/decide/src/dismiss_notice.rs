//! Takes a notice away from its reader; what it tells of stays in history.

use rollbook_schema::command::DismissNotice;
use rollbook_schema::event::NoticeDismissed;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DismissNotice) -> Outcome {
    let DismissNotice { user, notice } = *command;
    asked.user(user)?;
    match asked.models.notices.is_dismissed(user, notice) {
        None => Err(Rejection::of("notice", RejectionCode::NotFound).into()),
        Some(true) => Ok(Vec::new()),
        Some(false) => Ok(vec![NoticeDismissed { user, notice }.into()]),
    }
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::AccessProfile;

    use crate::tests::*;

    #[test]
    fn not_05_a_notice_is_dismissed_once_and_only_by_its_reader() {
        let mut directory = Directory::empty();
        directory.given(agent("ann")).given(assign_profile(8, AccessProfile::Administrator));
        directory.given(agent("bob")).by_provider().because("ticket 7").given(support(8, 1));
        let notice = directory.log.len() as u64;
        directory
            .by(8)
            .when(dismiss(9, notice), expect!["refused: NOT_FOUND@notice"])
            .when(dismiss(8, notice - 1), expect!["refused: NOT_FOUND@notice"])
            .when(dismiss(8, notice), expect!["NoticeDismissed user=8 notice=4"])
            .when(dismiss(8, notice), expect!["nothing"]);
    }
}
