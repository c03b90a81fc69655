//! Refuses sign-in until unlocked, whether the user is enabled or not (STA-06).

use rollbook_schema::command::LockAccount;
use rollbook_schema::event::{AccountLocked, LockCause};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &LockAccount) -> Outcome {
    let user = asked.user(command.user)?;
    asked.spares_own_account(command.user)?;
    // A lock by failures may run out by itself; one that was asked for does not.
    if user.locked && asked.models.lockouts.locked_at(command.user).is_none() {
        return Ok(Vec::new());
    }
    asked.leaves_an_administrator(user)?;
    Ok(vec![AccountLocked { user: command.user, cause: LockCause::Request }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn sta_06_locked_and_active_are_independent() {
        let mut directory = Directory::small();
        directory
            .when(lock(8), expect!["AccountLocked user=8 cause=REQUEST"])
            .when(lock(8), expect!["nothing"]);
        assert!(directory.user(8).is_enabled());
        directory.given(disable(9)).when(lock(9), expect!["AccountLocked user=9 cause=REQUEST"]);
    }

    #[test]
    fn sta_06_a_lock_on_request_takes_the_place_of_one_by_failures() {
        let mut directory = Directory::small();
        for _ in 0..3 {
            directory.tried(wrong_password(8));
        }
        directory
            .when(lock(8), expect!["AccountLocked user=8 cause=REQUEST"])
            .when(lock(8), expect!["nothing"]);
    }

    #[test]
    fn a_lock_on_request_ends_sessions() {
        Directory::empty()
            .given(with_password("ann"))
            .given(sign_in(8, 1, 1))
            .given(lock(8))
            .when(sign_out(8, 1), expect!["nothing"]);
    }

    #[test]
    fn sta_06_a_locked_agent_keeps_the_seat() {
        let mut directory = Directory::small();
        directory.given(assign(8, 1)).given(lock(8));
        assert_eq!(directory.used(), (1, 0));
    }

    #[test]
    fn sta_03_nobody_locks_the_own_account() {
        Directory::small().by(8).when(lock(8), expect!["refused: OWN_ACCOUNT"]);
    }

    #[test]
    fn sta_18_the_last_administrator_is_not_locked() {
        Directory::empty().given(administrator("ann")).when(lock(8), expect!["refused: LAST_ADMINISTRATOR"]);
    }
}
