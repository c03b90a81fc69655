//! Acts as an administrator, as the provider's support (PXY-21). Who may is asked before; what the tenant
//! can rely on stands here: an administrator only, for a reason, for a time, and never unnoticed.

use rollbook_schema::command::StartSupport;
use rollbook_schema::event::{MailQueued, SupportStarted};
use rollbook_schema::value::{AccessProfile, MailTemplate};
use rollbook_schema::{Event, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &StartSupport) -> Outcome {
    let StartSupport { user, session, token_digest, expires_at, acknowledged } = *command;
    if asked.envelope.proxy_session.is_some() {
        return Err(RejectionCode::NestedProxy.into());
    }
    let target = asked.user(user)?;
    if !target.is_enabled() {
        return Err(RejectionCode::UserDisabled.into());
    }
    if target.access_profile != AccessProfile::Administrator {
        return Err(RejectionCode::AdministratorsOnly.into());
    }
    if asked.envelope.context.reason.is_none() {
        return Err(Rejection::of("reason", RejectionCode::Required).into());
    }
    if !acknowledged {
        return Err(Rejection::of("acknowledged", RejectionCode::AcknowledgementNeeded).into());
    }
    let mut events: Vec<Event> = vec![SupportStarted { user, session, token_digest, expires_at }.into()];
    if asked.moment.settings.mail_support_login {
        events.push(MailQueued { user, template: MailTemplate::SupportLogin }.into());
    }
    Ok(events)
}

#[cfg(test)]
mod cases {
    use rollbook_schema::UserId;
    use rollbook_schema::value::{AccessProfile, Setting, SettingValue};

    use super::StartSupport;
    use crate::tests::*;

    /// Ann administers, bob does not; the provider asks, for a reason.
    fn provided() -> Directory {
        let mut directory = Directory::empty();
        directory.given(agent("ann")).given(assign_profile(8, AccessProfile::Administrator));
        directory.given(agent("bob")).by_provider().because("ticket 7");
        directory
    }

    #[test]
    fn pxy_21_support_acts_as_an_administrator() {
        let mut directory = provided();
        directory.when(
            support(8, 1),
            expect![[r#"
                SupportStarted user=8 expiresAt=2026-01-01T01:00:00.000Z session=01040G2081040G2081040G2081"#]],
        );
        assert!(directory.models.sessions.is_live(UserId(8), session_id(1)));
    }

    #[test]
    fn pxy_21_support_acts_as_nobody_else_and_the_attempt_is_recorded() {
        provided()
            .when(
                support(9, 1),
                expect![[r#"
                    refused: ADMINISTRATORS_ONLY
                    record: AttemptDenied code=ADMINISTRATORS_ONLY command=StartSupport on={user:9}"#]],
            )
            .when(
                support(3, 1),
                expect![[r#"
                    refused: RESERVED_USER
                    record: AttemptDenied code=RESERVED_USER command=StartSupport on={user:3}"#]],
            );
        let mut directory = provided();
        directory.given(assign_profile(9, AccessProfile::Administrator)).given(disable(9)).when(
            support(9, 1),
            expect![[r#"
                refused: USER_DISABLED
                record: AttemptDenied code=USER_DISABLED command=StartSupport on={user:9}"#]],
        );
    }

    #[test]
    fn pxy_21_it_takes_a_reason_and_an_acknowledgement() {
        let unread = StartSupport { acknowledged: false, ..support(8, 1) };
        provided().when(unread, expect!["refused: ACKNOWLEDGEMENT_NEEDED@acknowledged"]);
        let mut directory = Directory::empty();
        directory.given(agent("ann")).given(assign_profile(8, AccessProfile::Administrator)).by_provider();
        directory.when(support(8, 1), expect!["refused: REQUIRED@reason"]);
        assert_eq!(directory.models.sessions.count(UserId(8)), 0);
    }

    #[test]
    fn pxy_26_support_does_not_nest() {
        provided().given(support(8, 1)).on_behalf_of(8).within(1).when(
            support(8, 2),
            expect![[r#"
                refused: NESTED_PROXY
                record: AttemptDenied code=NESTED_PROXY command=StartSupport on={user:8}"#]],
        );
    }

    #[test]
    fn not_05_a_mail_goes_where_the_tenant_wants_it() {
        provided().given(choose(Setting::MailSupportLogin, SettingValue::Flag(true))).when(
            support(8, 1),
            expect![[r#"
                SupportStarted user=8 expiresAt=2026-01-01T01:00:00.000Z session=01040G2081040G2081040G2081
                MailQueued user=8 template=SUPPORT_LOGIN"#]],
        );
    }
}
