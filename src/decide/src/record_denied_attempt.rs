//! Records that somebody signed in was refused before a rule was asked (ACC-16), at a bounded rate.

use rollbook_schema::command::RecordDeniedAttempt;

use crate::asked::Asked;
use crate::refusal::{Outcome, attempt_denied};

pub(crate) fn decide(asked: &Asked<'_>, command: &RecordDeniedAttempt) -> Outcome {
    let RecordDeniedAttempt { command, code, on } = *command;
    Ok(attempt_denied(asked, command, code, on).into_iter().collect())
}
