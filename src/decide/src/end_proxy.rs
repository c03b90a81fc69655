//! Switches back; a proxy session that ended already stays ended.

use rollbook_schema::command::EndProxy;
use rollbook_schema::event::ProxyEnded;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &EndProxy) -> Outcome {
    let EndProxy { user, session } = *command;
    if !asked.models.sessions.is_live(user, session) {
        return Ok(Vec::new());
    }
    Ok(vec![ProxyEnded { user, session }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::UserId;

    use crate::tests::*;

    #[test]
    fn pxy_09_switching_back_ends_the_proxy_session_and_not_the_own() {
        let mut directory = Directory::empty();
        directory.given(with_password("ann")).given(agent("bob")).given(sign_in(8, 1, 1)).by(8);
        directory
            .given(proxy(9, 2))
            .when(end_proxy(9, 2), expect!["ProxyEnded user=9 session=02081040G2081040G2081040G2"])
            .when(end_proxy(9, 2), expect!["nothing"]);
        assert!(directory.models.sessions.is_live(UserId(8), session_id(1)));
    }
}
