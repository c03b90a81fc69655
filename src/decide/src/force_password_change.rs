//! Demands a new password at the next sign-in; sessions that run go on (AUT-05).

use rollbook_schema::RejectionCode;
use rollbook_schema::command::ForcePasswordChange;
use rollbook_schema::event::PasswordChangeForced;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &ForcePasswordChange) -> Outcome {
    let user = asked.user(command.user)?;
    if user.masked {
        return Err(RejectionCode::UserMasked.into());
    }
    if asked.models.demands.is_forced(command.user) {
        return Ok(Vec::new());
    }
    Ok(vec![PasswordChangeForced { user: command.user }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn aut_05_a_change_is_demanded_once() {
        Directory::small()
            .when(force(8), expect!["PasswordChangeForced user=8"])
            .when(force(8), expect!["nothing"])
            .given(cancel(8))
            .when(force(8), expect!["PasswordChangeForced user=8"]);
    }

    #[test]
    fn aut_05_a_running_session_goes_on() {
        Directory::empty()
            .given(with_password("ann"))
            .given(sign_in(8, 1, 1))
            .given(force(8))
            .when(sign_out(8, 1), expect!["SignedOut user=8 session=01040G2081040G2081040G2081"]);
    }

    #[test]
    fn nothing_is_demanded_of_who_is_not_there_or_masked() {
        Directory::small()
            .given(disable(8))
            .given(mask(8, "ann"))
            .when(force(8), expect!["refused: USER_MASKED"])
            .when(force(99), expect!["refused: NOT_FOUND@id"]);
    }
}
