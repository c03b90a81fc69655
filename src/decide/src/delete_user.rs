//! Takes a user out of state: id and history stay, names and seat become free (DEL-05, LIC-12).

use rollbook_schema::command::DeleteUser;
use rollbook_schema::event::UserDeleted;
use rollbook_schema::value::AccessProfile;
use rollbook_schema::{RejectionCode, UserId};

use crate::asked::Asked;
use crate::forgetting::is_not_held;
use crate::mailed_password;
use crate::refusal::Outcome;
use crate::security_answer;
use crate::user_rules::{self, BeforeDeletion};

pub(crate) fn decide(asked: &Asked<'_>, command: &DeleteUser) -> Outcome {
    let user = asked.user(command.user)?;
    asked.spares_own_account(command.user)?;
    is_not_held(asked, command.user)?;
    asked.leaves_an_administrator(user)?;
    let rules = user_rules::before_deletion(asked, command.user, &command.called)?;
    if is_named_in_a_grant(asked, command.user, &rules) {
        return Err(RejectionCode::NamedInProxyGrant.into());
    }
    let deleted = UserDeleted {
        user: command.user,
        access_profile_from: user.access_profile,
        access_profile_to: AccessProfile::DeletedUser,
        seat_released: user.seat(),
        credential: user.credential,
    };
    let secrets = mailed_password::destroyed(asked, command.user);
    let secrets = secrets.into_iter().chain(security_answer::removed(asked, command.user));
    // What the rules do stands before what the asker does: so the last event is the asker's own.
    let mut events = rules.events;
    events.extend(user_rules::after_deletion(asked, command.user));
    events.push(deleted.into());
    events.extend(secrets);
    Ok(events)
}

/// After what the rules took away.
fn is_named_in_a_grant(asked: &Asked<'_>, user: UserId, rules: &BeforeDeletion) -> bool {
    let mut naming = asked.models.proxy_grants.naming(user);
    !rules.no_grants_to && naming.any(|(holder, _)| holder != user || !rules.no_grants_by)
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::AccessProfile;

    use crate::tests::*;

    #[test]
    fn del_06_the_profile_of_the_deleted_is_attached() {
        Directory::small()
            .given(administrator("bob"))
            .given(assign_profile(8, AccessProfile::Administrator))
            .when(
                delete(8),
                expect!["UserDeleted user=8 accessProfileFrom=ADMINISTRATOR accessProfileTo=DELETED_USER"],
            )
            .when(delete(8), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn the_password_goes_with_the_user() {
        Directory::empty().given(with_password("ann")).when(
            delete(8),
            expect![
                "UserDeleted user=8 accessProfileFrom=STANDARD accessProfileTo=DELETED_USER credential=1"
            ],
        );
    }

    #[test]
    fn del_17_nobody_deletes_the_own_account() {
        Directory::small().by(8).when(delete(8), expect!["refused: OWN_ACCOUNT"]);
        Directory::small().by(9).on_behalf_of(8).when(delete(8), expect!["refused: OWN_ACCOUNT"]);
    }

    #[test]
    fn lic_12_the_seat_becomes_free() {
        let mut directory = Directory::small();
        directory.given(assign(8, 1)).when(delete(8), expect!["UserDeleted user=8 accessProfileFrom=STANDARD accessProfileTo=DELETED_USER seatReleased=READ_WRITE"]);
        assert_eq!(directory.used(), (0, 0));
    }

    #[test]
    fn lic_12_a_disabled_user_had_none_to_give() {
        Directory::small().given(assign(8, 1)).given(disable(8)).when(
            delete(8),
            expect!["UserDeleted user=8 accessProfileFrom=STANDARD accessProfileTo=DELETED_USER"],
        );
    }

    #[test]
    fn sta_18_the_last_administrator_is_not_deleted() {
        Directory::empty()
            .given(administrator("ann"))
            .when(delete(8), expect!["refused: LAST_ADMINISTRATOR"]);
    }

    #[test]
    fn pxy_25_whom_a_proxy_grant_names_is_not_deleted() {
        Directory::small()
            .given(agent("bob"))
            .given(select(8, &[9], &[]))
            .given(select(10, &[9], &[]))
            .when(delete(9), expect!["refused: NAMED_IN_PROXY_GRANT"])
            .given(select(8, &[10], &[]))
            .when(delete(9), expect!["refused: NAMED_IN_PROXY_GRANT"])
            .when(delete(10), expect!["refused: NAMED_IN_PROXY_GRANT"])
            .given(delete(8))
            .given(delete(10))
            .given(delete(9));
    }
}
