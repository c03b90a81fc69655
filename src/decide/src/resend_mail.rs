//! Queues a mail again (NOT-06), unless one of its kind waits: two who ask at the same time queue one. Which
//! mail it was, was looked up before: that never changes.

use rollbook_schema::command::ResendMail;
use rollbook_schema::event::MailQueued;
use rollbook_schema::{Event, Rejection, RejectionCode};

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
    if asked.models.waiting_mails.has(command.user, command.template) {
        return Err(Rejection::of("mailId", RejectionCode::MailWaiting).into());
    }
    Ok(vec![Event::from(MailQueued { user: command.user, template: command.template })])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::RecordMailAttempt;
    use rollbook_schema::value::MailFault;
    use rollbook_schema::{Position, UserId};

    use crate::tests::*;

    #[test]
    fn not_06_of_two_who_ask_one_is_told_that_it_waits() {
        Directory::empty()
            .given(agent("ann"))
            .given(resend(8))
            .when(resend(8), expect!["refused: MAIL_WAITING@mailId"])
            .given(attempt(None, false))
            .when(resend(8), expect!["MailQueued user=8 template=WELCOME"]);
    }

    #[test]
    fn not_06_what_is_tried_again_waits_and_what_is_given_up_does_not() {
        let deferred = Some(MailFault::Deferred);
        Directory::empty()
            .given(agent("ann"))
            .given(resend(8))
            .given(attempt(deferred, false))
            .when(resend(8), expect!["refused: MAIL_WAITING@mailId"])
            .given(attempt(deferred, true))
            .when(resend(8), expect!["MailQueued user=8 template=WELCOME"]);
    }

    /// The mail is the second event of the log.
    fn attempt(fault: Option<MailFault>, gives_up: bool) -> RecordMailAttempt {
        RecordMailAttempt { user: UserId(8), mail: Position(2), attempt: 1, fault, gives_up }
    }

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
