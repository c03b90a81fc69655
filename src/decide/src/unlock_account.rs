//! Permits sign-in again; password and standing stay (STA-07).

use rollbook_schema::command::UnlockAccount;
use rollbook_schema::event::AccountUnlocked;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &UnlockAccount) -> Outcome {
    let user = asked.user(command.user)?;
    if !user.locked {
        return Ok(Vec::new());
    }
    Ok(vec![AccountUnlocked { user: command.user }.into()])
}
