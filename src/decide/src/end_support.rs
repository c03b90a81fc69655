//! Switches back from a support login; one that ended already stays ended.

use rollbook_schema::command::EndSupport;
use rollbook_schema::event::SupportEnded;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &EndSupport) -> Outcome {
    let EndSupport { user, session } = *command;
    if !asked.models.sessions.is_live(user, session) {
        return Ok(Vec::new());
    }
    Ok(vec![SupportEnded { user, session }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::UserId;
    use rollbook_schema::value::AccessProfile;

    use crate::tests::*;

    #[test]
    fn pxy_24_switching_back_ends_the_support_login_once() {
        let mut directory = Directory::empty();
        directory.given(agent("ann")).given(assign_profile(8, AccessProfile::Administrator));
        directory.by_provider().because("ticket 7").given(support(8, 1));
        directory
            .when(end_support(8, 1), expect!["SupportEnded user=8 session=01040G2081040G2081040G2081"])
            .when(end_support(8, 1), expect!["nothing"]);
        assert!(!directory.models.sessions.is_live(UserId(8), session_id(1)));
    }
}
