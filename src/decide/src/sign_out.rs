//! Ends a session; one that ended already stays ended.

use rollbook_schema::command::SignOut;
use rollbook_schema::event::SignedOut;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &SignOut) -> Outcome {
    let SignOut { user, session } = *command;
    if !asked.models.sessions.is_live(user, session) {
        return Ok(Vec::new());
    }
    Ok(vec![SignedOut { user, session }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    fn signed_in() -> Directory {
        let mut directory = Directory::empty();
        directory.given(with_password("ann")).given(agent("bob")).given(sign_in(8, 1, 1));
        directory
    }

    #[test]
    fn a_session_ends_once() {
        signed_in()
            .when(sign_out(8, 1), expect!["SignedOut user=8 session=01040G2081040G2081040G2081"])
            .when(sign_out(8, 1), expect!["nothing"]);
    }

    #[test]
    fn unknown_sessions_and_those_of_others_are_left_alone() {
        signed_in()
            .when(sign_out(8, 2), expect!["nothing"])
            .when(sign_out(9, 1), expect!["nothing"])
            .when(sign_out(99, 1), expect!["nothing"]);
    }

    #[test]
    fn a_session_that_ran_out_has_ended() {
        let mut directory = signed_in();
        directory.after_millis(3_600_000).given(lock(9));
        assert!(directory.models.sessions.is_live(rollbook_schema::UserId(8), session_id(1)));
        directory.after_millis(1).given(unlock(9)).when(sign_out(8, 1), expect!["nothing"]);
    }
}
