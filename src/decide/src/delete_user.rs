//! Takes a user out of state: id and history stay, names and seat become free (DEL-05, LIC-12).

use rollbook_schema::command::DeleteUser;
use rollbook_schema::event::UserDeleted;
use rollbook_schema::value::AccessProfile;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DeleteUser) -> Outcome {
    let user = asked.user(command.user)?;
    asked.spares_own_account(command.user)?;
    asked.leaves_an_administrator(user)?;
    let deleted = UserDeleted {
        user: command.user,
        access_profile_from: user.access_profile,
        access_profile_to: AccessProfile::DeletedUser,
        seat_released: user.seat(),
        credential: user.credential,
    };
    Ok(vec![deleted.into()])
}
