//! Ends a session; one that ended already stays ended.

use rollbook_schema::command::SignOut;
use rollbook_schema::event::SignedOut;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &SignOut) -> Outcome {
    let SignOut { user, session } = *command;
    if !asked.models.sessions.is_live(user, session) {
        return Ok(Vec::new());
    }
    Ok(vec![SignedOut { user, session }.into()])
}
