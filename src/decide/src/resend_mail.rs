//! Queues a mail again (NOT-06). Which one it was, and that it does not wait, was looked up before: the
//! outbox is no part of what rules know.

use rollbook_schema::command::ResendMail;
use rollbook_schema::event::MailQueued;
use rollbook_schema::{Event, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &ResendMail) -> Outcome {
    if asked.user(command.user)?.masked {
        return Err(RejectionCode::UserMasked.into());
    }
    let preferences = asked.models.preferences.of(command.user);
    if command.template.is_sign_off() && preferences.sign_off_notifications_disabled {
        return Err(RejectionCode::SignOffNotificationsDisabled.into());
    }
    Ok(vec![Event::from(MailQueued { user: command.user, template: command.template })])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn not_06_a_mail_is_queued_again() {
        Directory::small()
            .when(resend(8), expect!["MailQueued user=8 template=WELCOME"])
            .when(resend(99), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn not_06_nobody_writes_to_who_is_masked() {
        Directory::small()
            .given(disable(8))
            .given(mask(8, "ann"))
            .when(resend(8), expect!["refused: USER_MASKED"]);
    }
}
