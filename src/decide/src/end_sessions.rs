//! Ends all sessions of a user, but for one perhaps. This is "apply now" for role changes (ROL-12).

use rollbook_schema::command::EndSessions;
use rollbook_schema::event::SessionsEnded;

use crate::asked::Asked;
use crate::end_session::cause;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &EndSessions) -> Outcome {
    let EndSessions { user, kept } = *command;
    asked.user(user)?;
    let sessions = &asked.models.sessions;
    let kept_session = kept.filter(|session| sessions.is_live(user, *session));
    if sessions.count(user) == usize::from(kept_session.is_some()) {
        return Ok(Vec::new());
    }
    Ok(vec![SessionsEnded { user, kept_session, cause: cause(asked, user) }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::EndSessions;

    use crate::tests::*;

    fn signed_in() -> Directory {
        let mut directory = Directory::empty();
        directory.given(with_password("ann")).given(with_password("bob"));
        directory.given(sign_in(8, 1, 1)).given(sign_in(8, 1, 2)).given(sign_in(9, 2, 3));
        directory
    }

    #[test]
    fn ses_01_all_sessions_of_a_user_end_and_those_of_others_stay() {
        signed_in()
            .when(end_sessions(8), expect!["SessionsEnded user=8 cause=REVOKED"])
            .when(end_sessions(8), expect!["nothing"])
            .when(sign_out(9, 3), expect!["SignedOut user=9 session=030C1G60R30C1G60R30C1G60R3"]);
    }

    #[test]
    fn the_session_that_asks_can_live_on() {
        let but_this = |session| EndSessions { kept: Some(session_id(session)), ..end_sessions(8) };
        signed_in()
            .by(8)
            .when(
                but_this(1),
                expect!["SessionsEnded user=8 cause=REQUEST keptSession=01040G2081040G2081040G2081"],
            )
            .when(but_this(1), expect!["nothing"])
            .when(but_this(9), expect!["SessionsEnded user=8 cause=REQUEST"]);
    }

    #[test]
    fn who_is_not_there_has_none() {
        signed_in().when(end_sessions(99), expect!["refused: NOT_FOUND@id"]);
    }
}
