//! What is kept elsewhere is changed there: of an LDAP user only team membership, the initial application
//! and application roles are changed here (SSO-01), by anybody but the automation that brings what LDAP
//! says (SSO-02).
//!
//! Asked once, before any rule: whatever is not permitted here is refused, so a new command is too until
//! somebody decides otherwise.

use rollbook_schema::value::{Preference, UserSource};
use rollbook_schema::{Actor, Command, Rejection, RejectionCode, Rejections, Subject};

use crate::asked::Asked;

/// Commands about one user that do not change what LDAP says of them.
const PERMITTED: &[&str] = &[
    // What the rule names.
    "AddTeamMember",
    "RemoveTeamMember",
    "AssignRole",
    "UnassignRole",
    "GrantApplicationAccess",
    "RevokeApplicationAccess",
    "ChooseActiveRole",
    // Whether somebody may come in here is a state of this directory and no field of LDAP: an emergency
    // lock, or the end of access, must not wait for the next synchronisation (AUT-16).
    "LockAccount",
    "UnlockAccount",
    "DisableUser",
    "EnableUser",
    // An LDAP user can be deleted here, and comes back as another at the next sign-in (SSO-04).
    "DeleteUser",
    // Duties that no other directory can do for this one.
    "MaskPii",
    "RequestMasking",
    "ExtendMasking",
    "ApproveMasking",
    "DeclineMasking",
    "WithdrawMasking",
    "PlaceLegalHold",
    "LiftLegalHold",
    "CompleteErasure",
    "OpenAccessRequest",
    "ExtendAccessRequest",
    "FulfilAccessRequest",
    "RefuseAccessRequest",
    "FetchPersonFile",
    "RestrictProcessing",
    "LiftRestriction",
    "ApplyRetention",
    // The way back.
    "ChangeSource",
    // Sessions and records are of this directory alone, and no fields of the user.
    "SignIn",
    "SignOut",
    "EndSession",
    "EndSessions",
    "StartProxy",
    "EndProxy",
    "StartSupport",
    "EndSupport",
    "DismissNotice",
    "RecordDeniedAttempt",
    "RecordMailAttempt",
    "RecordReading",
    "RecordUserRuleRun",
    "RetryUserRule",
    "ResendMail",
    "NotifySignOff",
    // Asked before somebody acts as another, and known to no other directory.
    "SetSecurityQuestion",
    "RemoveSecurityQuestion",
    // How somebody likes to see a list, and known to no other directory.
    "SaveView",
    "ChangeSavedView",
    "RemoveSavedView",
];

/// Why the command is not for this directory, by each field that it would change.
pub(crate) fn refusal(asked: &Asked<'_>, command: &Command) -> Option<Rejections> {
    let Some(Subject::User(user)) = command.subject() else { return None };
    let is_elsewhere = asked.models.sources.of(user) == UserSource::Ldap;
    if !is_elsewhere || asked.envelope.actor == Actor::SYSTEM || PERMITTED.contains(&command.stem()) {
        return None;
    }
    if let Command::ChangePreferences(c) = command
        && !c.preferences.is_empty()
        && c.preferences.iter().all(is_initial)
    {
        return None;
    }
    let refused = fields(command).into_iter();
    Rejections::from_all(refused.map(|field| Rejection::of(field, RejectionCode::ManagedInLdap)).collect())
}

/// Where a session begins: of this directory, and named by the rule.
fn is_initial(preference: &Preference) -> bool {
    matches!(preference, Preference::InitialApplication(_) | Preference::InitialRole(_))
}

/// The fields that a form would mark; never none.
fn fields(command: &Command) -> Vec<&'static str> {
    let mut fields = Vec::new();
    match command {
        Command::ChangeProfile(c) => {
            fields.extend(c.username.iter().map(|_| "username"));
            fields.extend(c.email.iter().map(|_| "email"));
            fields.extend(c.person.iter().map(|(field, _)| field.name()));
        }
        Command::ChangePreferences(c) => {
            let others = c.preferences.iter().filter(|chosen| !is_initial(chosen));
            fields.extend(others.map(Preference::name));
        }
        Command::SetAttributes(_) => fields.push("attributes"),
        Command::SetPassword(_) => fields.push("password"),
        _ => {}
    }
    if fields.is_empty() {
        fields.push("id");
    }
    fields
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::{PersonField, UserSource};

    use super::*;
    use crate::Decision;
    use crate::tests::*;

    /// Refused for LDAP users. A new command about a user is named here, or in [`PERMITTED`] with a reason.
    const REFUSED: &[&str] = &[
        "AddToBusinessUnit",
        "AssignAccessProfile",
        "CancelPasswordChange",
        "ChangeChatLimit",
        "ChangePreferences",
        "ChangeProfile",
        "ChangeProxyGrant",
        "ChangeReportingLine",
        "ForcePasswordChange",
        "GrantLicense",
        "RemoveAvatar",
        "RemoveFromBusinessUnit",
        "ResetPassword",
        "RevokeLicense",
        "SetAttributes",
        "SetAvatar",
        "SetPassword",
    ];

    fn with_ldap_user() -> Directory {
        let mut directory = Directory::small();
        directory.given(source(8, UserSource::Ldap));
        directory
    }

    fn codes(directory: &mut Directory, command: &Command) -> Vec<RejectionCode> {
        match directory.ask(command) {
            Decision::Accepted { .. } => Vec::new(),
            Decision::Refused { rejections, .. } => rejections.iter().map(|reason| reason.code).collect(),
        }
    }

    #[test]
    fn sso_01_every_command_about_a_user_is_permitted_or_refused_as_managed_in_ldap() {
        for command in changes_of(8) {
            let codes = codes(&mut with_ldap_user(), &command);
            let stem = command.stem();
            let is_refused = codes.contains(&RejectionCode::ManagedInLdap);
            assert_eq!(is_refused, REFUSED.contains(&stem), "{stem}");
            assert_eq!(is_refused, !PERMITTED.contains(&stem), "{stem}");
        }
    }

    #[test]
    fn sso_01_the_same_commands_are_not_refused_so_for_others() {
        for command in changes_of(9) {
            let codes = codes(&mut with_ldap_user(), &command);
            assert!(!codes.contains(&RejectionCode::ManagedInLdap), "{}", command.stem());
        }
    }

    #[test]
    fn sso_01_the_initial_application_and_application_roles_are_changed_here() {
        let begins =
            |application| Preference::InitialApplication(Some(rollbook_schema::ApplicationId(application)));
        with_ldap_user()
            .given(application("Sales", &[1]))
            .given(assign(8, 1))
            .given(grant_access(8, 1, &[1]))
            .given(prefer(8, &[begins(1)]))
            .when(
                prefer(8, &[begins(1), Preference::MobileAccess(false)]),
                expect!["refused: MANAGED_IN_LDAP@mobileAccess"],
            );
    }

    #[test]
    fn aut_16_an_ldap_user_is_locked_and_disabled_here() {
        with_ldap_user()
            .given(lock(8))
            .given(unlock(8))
            .when(disable(8), expect!["UserDisabled user=8"])
            .given(enable(8));
    }

    #[test]
    fn sso_01_each_field_of_a_form_is_marked() {
        with_ldap_user().when(
            change_person(8, &[(PersonField::Title, Some("Dr")), (PersonField::FullName, Some("Ann"))]),
            expect!["refused: MANAGED_IN_LDAP@title, MANAGED_IN_LDAP@fullName"],
        );
    }

    #[test]
    fn sso_02_the_automation_brings_what_ldap_says() {
        with_ldap_user().as_automation().when(
            change_person(8, &[(PersonField::Title, Some("Dr"))]),
            expect!["ProfileChanged user=8 fields=[{person:title}] +Person"],
        );
    }

    #[test]
    fn sso_03_aut_09_an_ldap_users_password_is_not_reset_here() {
        with_ldap_user()
            .when(reset_password(8), expect!["refused: MANAGED_IN_LDAP@id"])
            .when(set_password(8), expect!["refused: MANAGED_IN_LDAP@password"])
            .given(source(8, UserSource::Local))
            .given(reset_password(8));
    }

    #[test]
    fn a_user_of_saml_is_changed_here() {
        Directory::small().given(source(8, UserSource::Saml)).given(rename(8, "anna"));
    }
}
