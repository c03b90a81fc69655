//! Takes a user out of state: id and history stay, names and seat become free (DEL-05, LIC-12).

use rollbook_projections::decision::User;
use rollbook_projections::references::{Referrer, Wanted};
use rollbook_schema::command::DeleteUser;
use rollbook_schema::event::UserDeleted;
use rollbook_schema::value::AccessProfile;
use rollbook_schema::{Rejection, RejectionCode, UserId};

use crate::asked::Asked;
use crate::forgetting::is_not_held;
use crate::mailed_password;
use crate::refusal::{Outcome, refuse_any};
use crate::security_answer;
use crate::user_rules::{self, BeforeDeletion};

pub(crate) fn decide(asked: &Asked<'_>, command: &DeleteUser) -> Outcome {
    let user = asked.user(command.user)?;
    asked.spares_own_account(command.user)?;
    if user.founding {
        return Err(RejectionCode::FirstAdministrator.into());
    }
    if !asked.moment.settings.deletion_allowed {
        return Err(RejectionCode::DeletionNotAllowed.into());
    }
    is_not_held(asked, command.user)?;
    asked.leaves_an_administrator(user)?;
    let rules = user_rules::before_deletion(asked, command.user, &command.called)?;
    refuse_any(references(asked, command.user, user, &rules))?;
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

/// Whatever names the user blocks (DEL-04): found here once more, by the search that shows it (REF-21). A proxy
/// grant of another that names the user has had a code of its own (PXY-25) before there was a search, and keeps
/// it beside. What rules take away in this very decision is in the way no longer (BRL-05).
fn references(asked: &Asked<'_>, id: UserId, user: &User, rules: &BeforeDeletion) -> Vec<Rejection> {
    let found = asked.models.references.find(&Wanted::of_model(id, user));
    let left: Vec<Referrer> = found.iter().map(|it| it.by).filter(|by| !rules.takes(id, *by)).collect();
    let is_grant_of_another = |by: &Referrer| matches!(by, Referrer::ProxyGrant { of } if *of != id);
    let is_named = asked.models.proxy_grants.name_user(id) && left.iter().any(is_grant_of_another);
    let referenced = (!left.is_empty()).then_some(RejectionCode::Referenced);
    let named = is_named.then_some(RejectionCode::NamedInProxyGrant);
    referenced.into_iter().chain(named).map(Rejection::new).collect()
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::CreateUser;
    use rollbook_schema::event::Origin;
    use rollbook_schema::value::{AccessProfile, PersonField, Setting, SettingValue, SsoMode};

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
            .when(delete(9), expect!["refused: REFERENCED, NAMED_IN_PROXY_GRANT"])
            .given(select(8, &[10], &[]))
            .when(delete(9), expect!["refused: REFERENCED, NAMED_IN_PROXY_GRANT"])
            .given(grant_all(10))
            .given(delete(9));
    }

    #[test]
    fn ref_17_who_may_act_as_selected_others_is_named_in_the_own_grant() {
        Directory::small()
            .given(agent("bob"))
            .given(select(8, &[10], &[]))
            .when(delete(8), expect!["refused: REFERENCED"])
            .given(grant_all(8))
            .given(delete(8))
            .given(delete(10));
    }

    #[test]
    fn del_04_whom_somebody_reports_to_is_not_deleted() {
        Directory::small()
            .given(agent("bob"))
            .given(report(10, Some(8)))
            .when(delete(8), expect!["refused: REFERENCED"])
            .given(report(10, None))
            .given(delete(8));
    }

    #[test]
    fn ref_02_ref_03_ref_04_whom_an_artefact_names_is_not_deleted() {
        for named in ["user_8", "id is 8.", "owner = 'ANN'", "to: <ann@example.com>"] {
            Directory::small()
                .given(artefact("Escalate", &[stands("condition", named)]))
                .when(delete(8), expect!["refused: REFERENCED"])
                .given(change_artefact(1, &[stands("condition", "anna, 88, ann@example.com.org")]))
                .given(delete(8));
        }
    }

    #[test]
    fn ref_05_ref_06_federation_ids_name_a_user_and_missing_ones_nobody() {
        Directory::small()
            .given(choose(Setting::SsoMode, SettingValue::Sso(SsoMode::Saml)))
            .given(change_person(
                8,
                &[
                    (PersonField::FederationId, Some("f-17")),
                    (PersonField::CcaFederationId, Some("cn=Ann Peter")),
                ],
            ))
            .given(artefact("Escalate", &[stands("condition", "nobody of these")]))
            .given(artefact("Close", &[stands("filter", "by 'F-17'")]))
            .when(delete(8), expect!["refused: REFERENCED"])
            .given(purge_artefact(2))
            .given(artefact("Close", &[stands("filter", "member of CN=Ann Peter")]))
            .when(delete(8), expect!["refused: REFERENCED"])
            .given(delete(9))
            .given(purge_artefact(3))
            .given(delete(8));
    }

    #[test]
    fn ref_20_an_artefact_in_the_recycle_bin_blocks_until_it_is_purged() {
        Directory::small()
            .given(artefact("Escalate", &[user_part("assign to", 8)]))
            .given(recycle_artefact(1))
            .when(delete(8), expect!["refused: REFERENCED"])
            .given(purge_artefact(1))
            .given(delete(8));
    }

    #[test]
    fn del_08_the_administrator_created_with_the_directory_is_not_deleted() {
        let first = CreateUser { origin: Origin::FirstStart, ..administrator("root") };
        Directory::empty()
            .given(first)
            .given(administrator("bob"))
            .when(delete(8), expect!["refused: FIRST_ADMINISTRATOR"])
            .given(disable(8))
            .when(disable(9), expect!["refused: LAST_ADMINISTRATOR"]);
    }

    #[test]
    fn del_15_a_tenant_can_choose_that_nobody_is_deleted() {
        Directory::small()
            .given(choose(Setting::DeletionAllowed, SettingValue::Flag(false)))
            .when(delete(8), expect!["refused: DELETION_NOT_ALLOWED"])
            .given(choose(Setting::DeletionAllowed, SettingValue::Flag(true)))
            .given(delete(8));
    }
}
