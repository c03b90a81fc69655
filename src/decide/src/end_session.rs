//! Ends any one session of a user; one that ended already stays ended.

use rollbook_schema::UserId;
use rollbook_schema::command::EndSession;
use rollbook_schema::event::{EndCause, SessionEnded};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &EndSession) -> Outcome {
    let EndSession { user, session } = *command;
    asked.user(user)?;
    if !asked.models.sessions.is_live(user, session) {
        return Ok(Vec::new());
    }
    Ok(vec![SessionEnded { user, session, cause: cause(asked, user) }.into()])
}

/// Who ended the sessions of a user.
pub(crate) fn cause(asked: &Asked<'_>, user: UserId) -> EndCause {
    if asked.envelope.actor.id == user { EndCause::Request } else { EndCause::Revoked }
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    fn signed_in() -> Directory {
        let mut directory = Directory::empty();
        directory.given(with_password("ann")).given(agent("bob"));
        directory.given(sign_in(8, 1, 1)).given(sign_in(8, 1, 2));
        directory
    }

    #[test]
    fn ses_01_a_session_is_revoked_once() {
        signed_in()
            .when(
                end_session(8, 1),
                expect!["SessionEnded user=8 cause=REVOKED session=01040G2081040G2081040G2081"],
            )
            .when(end_session(8, 1), expect!["nothing"])
            .when(sign_out(8, 2), expect!["SignedOut user=8 session=02081040G2081040G2081040G2"]);
    }

    #[test]
    fn people_end_their_own_on_request() {
        signed_in().by(8).when(
            end_session(8, 2),
            expect!["SessionEnded user=8 cause=REQUEST session=02081040G2081040G2081040G2"],
        );
    }

    #[test]
    fn sessions_of_others_are_not_found_under_a_user() {
        signed_in()
            .when(end_session(9, 1), expect!["nothing"])
            .when(end_session(99, 1), expect!["refused: NOT_FOUND@id"]);
    }
}
