//! Mails an agent that an approval is asked for or was decided, on the word of whatever approves things:
//! unless the agent switched such notices off (NOT-04).

use rollbook_schema::command::NotifySignOff;
use rollbook_schema::event::MailQueued;
use rollbook_schema::value::UserKind;
use rollbook_schema::{Event, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &NotifySignOff) -> Outcome {
    let user = asked.user(command.user)?;
    if user.kind != UserKind::Agent {
        return Err(RejectionCode::AgentsOnly.into());
    }
    if !user.is_enabled() {
        return Err(RejectionCode::UserDisabled.into());
    }
    // Refused, and not passed over: whoever asked knows that nothing goes.
    if asked.models.preferences.of(command.user).sign_off_notifications_disabled {
        return Err(RejectionCode::SignOffNotificationsDisabled.into());
    }
    Ok(vec![Event::from(MailQueued { user: command.user, template: command.notice.template() })])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::{MailTemplate, Preference};

    use crate::tests::*;

    #[test]
    fn not_04_a_notice_is_mailed() {
        Directory::small()
            .when(notify(8), expect!["MailQueued user=8 template=SIGN_OFF_ASKED"])
            .when(notify(99), expect!["refused: NOT_FOUND@id"])
            .given(disable(8))
            .when(notify(8), expect!["refused: USER_DISABLED"]);
    }

    #[test]
    fn not_04_nothing_goes_to_who_switched_it_off_not_even_again() {
        let off = |is| prefer(8, &[Preference::SignOffNotificationsDisabled(is)]);
        let mut again = resend(8);
        again.template = MailTemplate::SignOffAsked;
        Directory::small()
            .given(off(true))
            .when(notify(8), expect!["refused: SIGN_OFF_NOTIFICATIONS_DISABLED"])
            .when(again.clone(), expect!["refused: SIGN_OFF_NOTIFICATIONS_DISABLED"])
            .given(resend(8))
            .given(off(false))
            .given(notify(8))
            .when(again, expect!["refused: MAIL_WAITING@mailId"]);
    }
}
