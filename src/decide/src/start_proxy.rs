//! Acts as somebody else from here on, in a session of its own. Whether the user has rights that the
//! actor lacks is asked before (PXY-26); hierarchy and grant must both hold (PXY-07). The first time the
//! actor's own security question may be asked (AUT-15).

use rollbook_schema::command::StartProxy;
use rollbook_schema::event::ProxyStarted;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;
use crate::security_answer;

pub(crate) fn decide(asked: &Asked<'_>, command: &StartProxy) -> Outcome {
    let StartProxy { user, session, parent, token_digest, expires_at, acknowledged, answer } = *command;
    let (models, actor) = (asked.models, asked.envelope.actor.id);
    if asked.envelope.proxy_session.is_some() {
        return Err(RejectionCode::NestedProxy.into());
    }
    let target = asked.user(user)?;
    asked.spares_own_account(user)?;
    if !target.is_enabled() {
        return Err(RejectionCode::UserDisabled.into());
    }
    if !models.sessions.is_live(actor, parent) {
        return Err(RejectionCode::Unauthenticated.into());
    }
    if !models.teams.reaches(actor, user) {
        return Err(RejectionCode::Forbidden.into());
    }
    if !models.proxy_grants.of(actor).covers(user, models.teams.of(user)) {
        return Err(RejectionCode::ProxyNotGranted.into());
    }
    if !acknowledged {
        return Err(Rejection::of("acknowledged", RejectionCode::AcknowledgementNeeded).into());
    }
    if asked.moment.settings.security_question_before_proxy && models.security_questions.is_first_proxy(actor)
    {
        let question = models.security_questions.of(actor).ok_or(RejectionCode::SecurityQuestionNeeded)?;
        security_answer::demand(asked, actor, question, answer, Some(parent))?;
    }
    Ok(vec![ProxyStarted { user, session, parent, token_digest, expires_at }.into()])
}

#[cfg(test)]
mod cases {
    use super::StartProxy;
    use crate::tests::*;

    /// Ann is signed in; bob and cid are there; the teams 1 above 2, and 3.
    fn signed_in() -> Directory {
        let mut directory = Directory::empty();
        directory.given(with_password("ann")).given(agent("bob")).given(client("cid"));
        directory.given(team("World", None)).given(team("East", Some(1))).given(team("Moon", None));
        directory.given(sign_in(8, 1, 1)).by(8);
        directory
    }

    #[test]
    fn pxy_12_pxy_13_by_default_everybody_is_granted() {
        signed_in().when(
            proxy(9, 2),
            expect![[r#"
                ProxyStarted user=9 expiresAt=2026-01-01T01:00:00.000Z parent=01040G2081040G2081040G2081 session=02081040G2081040G2081040G2"#]],
        );
        signed_in().given(proxy(10, 2));
    }

    #[test]
    fn pxy_17_of_selected_users_only_those() {
        signed_in()
            .given(select(8, &[9], &[]))
            .when(
                proxy(10, 2),
                expect![[r#"
            refused: PROXY_NOT_GRANTED
            record: AttemptDenied code=PROXY_NOT_GRANTED command=StartProxy on={user:10}"#]],
            )
            .given(proxy(9, 2));
    }

    #[test]
    fn pxy_16_a_team_covers_who_is_in_it_at_the_time() {
        signed_in()
            .given(join(10, 2))
            .given(select(8, &[], &[3]))
            .when(
                proxy(10, 2),
                expect![[r#"
                refused: PROXY_NOT_GRANTED
                record: AttemptDenied code=PROXY_NOT_GRANTED command=StartProxy on={user:10}"#]],
            )
            .given(join(10, 3))
            .given(proxy(10, 2))
            .given(leave(10, 3))
            .when(
                proxy(10, 3),
                expect![[r#"
                refused: PROXY_NOT_GRANTED
                record: AttemptDenied code=PROXY_NOT_GRANTED command=StartProxy on={user:10}"#]],
            );
    }

    #[test]
    fn pxy_19_tea_08_who_is_named_stays_covered_in_another_team() {
        signed_in()
            .given(join(9, 2))
            .given(select(8, &[9], &[]))
            .given(join(9, 3))
            .given(leave(9, 2))
            .given(proxy(9, 2));
    }

    #[test]
    fn pxy_07_hierarchy_and_grant_must_both_hold() {
        signed_in()
            .given(join(8, 1))
            .given(join(9, 3))
            .given(select(8, &[9], &[]))
            .when(
                proxy(9, 2),
                expect![[r#"
                refused: FORBIDDEN
                record: AttemptDenied code=FORBIDDEN command=StartProxy on={user:9}"#]],
            )
            .given(move_team(3, Some(2)))
            .given(proxy(9, 2));
    }

    #[test]
    fn pxy_15_a_selection_of_nobody_covers_nobody() {
        let nobody = rollbook_schema::command::ChangeProxyGrant { confirmed: true, ..select(8, &[], &[]) };
        signed_in().given(nobody).when(
            proxy(9, 2),
            expect![[r#"
            refused: PROXY_NOT_GRANTED
            record: AttemptDenied code=PROXY_NOT_GRANTED command=StartProxy on={user:9}"#]],
        );
    }

    #[test]
    fn pxy_03_it_must_be_acknowledged() {
        let unread = StartProxy { acknowledged: false, ..proxy(9, 2) };
        let mut directory = signed_in();
        directory.when(unread, expect!["refused: ACKNOWLEDGEMENT_NEEDED@acknowledged"]);
        assert!(!directory.models.sessions.is_live(rollbook_schema::UserId(9), session_id(2)));
    }

    #[test]
    fn pxy_26_nobody_acts_as_disabled_deleted_or_reserved_users_nor_as_oneself() {
        signed_in()
            .given(disable(9))
            .given(delete(10))
            .when(
                proxy(9, 2),
                expect![[r#"
                refused: USER_DISABLED
                record: AttemptDenied code=USER_DISABLED command=StartProxy on={user:9}"#]],
            )
            .when(
                proxy(10, 2),
                expect![[r#"
                refused: NOT_FOUND@id
                record: AttemptDenied code=NOT_FOUND command=StartProxy on={user:10}"#]],
            )
            .when(
                proxy(3, 2),
                expect![[r#"
                refused: RESERVED_USER
                record: AttemptDenied code=RESERVED_USER command=StartProxy on={user:3}"#]],
            )
            .when(
                proxy(8, 2),
                expect![[r#"
                refused: OWN_ACCOUNT
                record: AttemptDenied code=OWN_ACCOUNT command=StartProxy on={user:8}"#]],
            );
    }

    #[test]
    fn pxy_26_nobody_acts_as_a_second_from_the_first() {
        signed_in().given(proxy(9, 2)).on_behalf_of(9).within(2).when(
            proxy(10, 3),
            expect![[r#"
            refused: NESTED_PROXY
            record: AttemptDenied code=NESTED_PROXY command=StartProxy on={user:10}"#]],
        );
    }

    #[test]
    fn a_proxy_session_ends_with_the_own_one() {
        let mut directory = signed_in();
        directory.given(proxy(9, 2)).given(sign_out(8, 1)).when(end_proxy(9, 2), expect!["nothing"]);
        directory.when(
            proxy(9, 3),
            expect![[r#"
            refused: UNAUTHENTICATED
            record: AttemptDenied code=UNAUTHENTICATED command=StartProxy on={user:9}"#]],
        );
    }
}
