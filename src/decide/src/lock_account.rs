//! Refuses sign-in until unlocked, whether the user is enabled or not (STA-06).

use rollbook_schema::command::LockAccount;
use rollbook_schema::event::{AccountLocked, LockCause};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &LockAccount) -> Outcome {
    let user = asked.user(command.user)?;
    asked.spares_own_account(command.user)?;
    if user.locked {
        return Ok(Vec::new());
    }
    asked.leaves_an_administrator(user)?;
    Ok(vec![AccountLocked { user: command.user, cause: LockCause::Request }.into()])
}
