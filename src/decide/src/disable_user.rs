//! Ends a user's access; its seat becomes free (STA-01, STA-08).

use rollbook_schema::command::DisableUser;
use rollbook_schema::event::UserDisabled;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DisableUser) -> Outcome {
    let user = asked.user(command.user)?;
    asked.spares_own_account(command.user)?;
    if !user.is_enabled() {
        return Ok(Vec::new());
    }
    asked.leaves_an_administrator(user)?;
    Ok(vec![UserDisabled { user: command.user, seat_released: user.seat() }.into()])
}
