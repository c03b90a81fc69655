//! Users 1 to 7 are never people (RSV-01…RSV-03).

use rollbook_schema::command::{RecordDeniedAttempt, RecordMailAttempt, RunStep};
use rollbook_schema::event::MaskMode;
use rollbook_schema::value::{
    AccessProfile, Flaw, PersonField, Preference, RESERVED_USERNAMES, UserSource, Username,
};
use rollbook_schema::{Command, Position, RejectionCode, Subject, UserId};

use super::*;

/// Every command that changes one user.
pub(crate) fn changes_of(user: u64) -> Vec<Command> {
    vec![
        rename(user, "somebody").into(),
        change_person(user, &[(PersonField::Title, Some("Dr"))]).into(),
        prefer(user, &[Preference::MobileAccess(false)]).into(),
        report(user, Some(8)).into(),
        chats(user, Some(1)).into(),
        set_avatar(user, 1).into(),
        remove_avatar(user).into(),
        assign_profile(user, AccessProfile::Auditor).into(),
        disable(user).into(),
        enable(user).into(),
        delete(user).into(),
        lock(user).into(),
        unlock(user).into(),
        set_password(user).into(),
        reset_password(user).into(),
        set_question(user, None).into(),
        remove_question(user, None).into(),
        resend(user).into(),
        notify(user).into(),
        force(user).into(),
        cancel(user).into(),
        end_session(user, 1).into(),
        end_sessions(user).into(),
        sign_out(user, 1).into(),
        assign(user, 1).into(),
        unassign(user, 1).into(),
        grant(user, ReadWrite).into(),
        revoke(user).into(),
        mask(user, "somebody").into(),
        retry_rule(user, 1).into(),
        RecordMailAttempt { user: UserId(user), mail: Position(1), attempt: 1, fault: None, gives_up: false }
            .into(),
        select(user, &[8], &[]).into(),
        end_proxy(user, 1).into(),
        join(user, 1).into(),
        leave(user, 1).into(),
        grant_access(user, 1, &[1]).into(),
        revoke_access(user, 1).into(),
        choose_role(user, 1, 1, 1).into(),
        add_to_unit(user, 1).into(),
        remove_from_unit(user, 1).into(),
        set(user, &[]).into(),
        source(user, UserSource::Ldap).into(),
        end_support(user, 1).into(),
        dismiss(user, 1).into(),
        request(user, "somebody", MaskMode::Erasure).into(),
        extend(user, 1).into(),
        approve(user, 1).into(),
        decline(user, 1).into(),
        withdraw(user, 1).into(),
        hold(user).into(),
        lift(user).into(),
        complete(user, 1).into(),
        open_request(user).into(),
        extend_request(user, 1).into(),
        fulfil(user, 1).into(),
        refuse_request(user, 1).into(),
        fetch_file(user).into(),
        restrict(user).into(),
        lift_restriction(user).into(),
        apply(user, 1).into(),
        ran(user, 1, RunStep::Start).into(),
        save_view(user, "Mine", &[]).into(),
        name_view(user, 1, "Yours").into(),
        remove_view(user, 1).into(),
    ]
}

#[test]
fn rsv_02_every_change_of_a_reserved_user_is_refused() {
    for id in 1..UserId::FIRST_PERSON.0 {
        for command in changes_of(id) {
            // What is saved for everybody is the tenant's.
            if command.subject() == Some(Subject::Tenant) {
                continue;
            }
            let decision = Directory::small().ask(&command);
            let Decision::Refused { rejections, record } = decision else {
                panic!("{} of {id} was accepted", command.stem());
            };
            assert_eq!(rejections.code(), RejectionCode::ReservedUser, "{} of {id}", command.stem());
            let forgets = ["MaskPii", "RequestMasking", "ApproveMasking"].contains(&command.stem());
            assert_eq!(record.len(), usize::from(forgets), "{} of {id}", command.stem());
        }
    }
}

#[test]
fn rsv_02_the_commands_above_are_all_that_change_a_user() {
    let mut stems: Vec<&str> = changes_of(1).iter().map(Command::stem).collect();
    stems.extend([
        "CreateUser",
        "SignIn",
        "RecordDeniedAttempt",
        "RecordReading",
        "DefineRole",
        "DeleteRole",
        "SizeLicensePool",
        "ChangeDefaultChatLimit",
        "DefineDashboard",
        "DeleteDashboard",
        "SetRoleDashboard",
        "ChangeSettings",
        "DefineApplication",
        "ChangeApplication",
        "DeleteApplication",
        "SetRolePortalPages",
        "RotateSigningKey",
        "RegisterArtefact",
        "ChangeArtefact",
        "RecycleArtefact",
        "RestoreArtefact",
        "PurgeArtefact",
        "StartProxy",
        "StartSupport",
        "CreateTeam",
        "RenameTeam",
        "MoveTeam",
        "DeleteTeam",
        "CreateBusinessUnit",
        "RenameBusinessUnit",
        "DeleteBusinessUnit",
        "DefineAttribute",
        "RenameAttribute",
        "AddAttributeChoice",
        "RetireAttributeChoice",
        "RetireAttribute",
        "DefineRetentionRule",
        "SwitchRetentionRule",
        "DeleteRetentionRule",
        "StartRetentionRun",
        "EndRetentionRun",
        "DefineUserRule",
        "ChangeUserRule",
        "EnableUserRule",
        "DisableUserRule",
        "DeleteUserRule",
        "ReorderUserRules",
        "ChangeMailWording",
    ]);
    stems.sort_unstable();
    stems.dedup();
    let mut all = Command::STEMS.to_vec();
    all.sort_unstable();
    assert_eq!(stems, all);
}

#[test]
fn rsv_02_nobody_signs_in_as_a_reserved_user() {
    Directory::small()
        .when(sign_in(3, 1, 1), expect!["refused: SIGN_IN_FAILED"])
        .when(wrong_password(3), expect!["refused: SIGN_IN_FAILED"]);
}

#[test]
fn rsv_02_an_attempt_upon_a_reserved_user_is_recorded() {
    let (command, code) = ("DeleteUser", RejectionCode::Forbidden);
    Directory::small().by(8).when(
        RecordDeniedAttempt { command, code, on: Subject::User(UserId(3)) },
        expect!["AttemptDenied code=FORBIDDEN command=DeleteUser on={user:3}"],
    );
}

#[test]
fn rsv_01_people_get_ids_from_8_on() {
    Directory::empty()
        .when(
            agent("ann"),
            expect!["UserCreated user=8 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person"],
        )
        .when(
            client("cid"),
            expect!["UserCreated user=9 accessProfile=STANDARD kind=CLIENT origin=REQUEST +Login +Person"],
        );
}

#[test]
fn rsv_03_reserved_names_cannot_even_be_asked_for() {
    for name in RESERVED_USERNAMES {
        assert_eq!(Username::parse(name).err(), Some(Flaw::Reserved));
        assert_eq!(Username::parse(&name.to_uppercase()).err(), Some(Flaw::Reserved));
    }
}
