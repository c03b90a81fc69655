//! Demands a new password no more. A temporary password must be changed all the same (AUT-08).

use rollbook_schema::command::CancelPasswordChange;
use rollbook_schema::event::PasswordChangeCancelled;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &CancelPasswordChange) -> Outcome {
    asked.user(command.user)?;
    if !asked.models.demands.is_forced(command.user) {
        return Ok(Vec::new());
    }
    Ok(vec![PasswordChangeCancelled { user: command.user }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::UserId;

    use crate::tests::*;

    #[test]
    fn aut_05_a_demand_is_taken_back_once() {
        Directory::small()
            .when(cancel(8), expect!["nothing"])
            .given(force(8))
            .when(cancel(8), expect!["PasswordChangeCancelled user=8"])
            .when(cancel(8), expect!["nothing"]);
    }

    #[test]
    fn aut_08_a_temporary_password_must_be_changed_all_the_same() {
        let mut directory = Directory::empty();
        directory.given(with_password("ann")).given(reset_password(8));
        directory.when(cancel(8), expect!["nothing"]);
        assert!(directory.models.demands.must_change(UserId(8)));
    }
}
