//! Records what became of an attempt to send a mail. The mail went or did not: nothing is judged but
//! that there is still somebody whom it concerns. A password that it told, or never will, is destroyed.

use rollbook_schema::Event;
use rollbook_schema::command::RecordMailAttempt;
use rollbook_schema::event::{MailFailed, MailSent};

use crate::asked::Asked;
use crate::mailed_password;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RecordMailAttempt) -> Outcome {
    asked.user(command.user)?;
    let RecordMailAttempt { user, mail, attempt, fault, gives_up } = *command;
    let told: Event = match fault {
        None => MailSent { user, mail, attempt }.into(),
        Some(fault) => MailFailed { user, mail, attempt, fault, gives_up }.into(),
    };
    let is_over = fault.is_none() || gives_up;
    let is_of_this = asked.models.mailed_passwords.of(user).is_some_and(|waiting| waiting.mail == mail);
    let secret = (is_over && is_of_this).then(|| mailed_password::destroyed(asked, user)).flatten();
    Ok([told].into_iter().chain(secret).collect())
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::MailFault;
    use rollbook_schema::{Position, UserId};

    use super::RecordMailAttempt;
    use crate::tests::*;

    fn attempt(user: u64, fault: Option<MailFault>) -> RecordMailAttempt {
        RecordMailAttempt { user: UserId(user), mail: Position(7), attempt: 1, fault, gives_up: false }
    }

    #[test]
    fn not_07_an_attempt_is_recorded_however_it_ended() {
        Directory::small().when(attempt(8, None), expect!["MailSent user=8 attempt=1 mail=7"]).when(
            attempt(8, Some(MailFault::Deferred)),
            expect!["MailFailed user=8 attempt=1 fault=DEFERRED mail=7"],
        );
    }

    #[test]
    fn not_07_nothing_is_recorded_of_who_is_gone() {
        Directory::small().given(delete(8)).when(attempt(8, None), expect!["refused: NOT_FOUND@id"]);
    }
}
