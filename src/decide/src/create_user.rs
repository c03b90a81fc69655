//! Makes a user: whole, or not at all (ACC-21).

use std::collections::BTreeSet;

use rollbook_schema::command::CreateUser;
use rollbook_schema::event::{
    ChatLimitChanged, LicenseCause, LicenseGranted, MailQueued, PasswordReset, PasswordSet, RoleAssigned,
    UserCreated,
};
use rollbook_schema::value::{AccessProfile, LicenseType, MailTemplate, PersonField, UserKind};
use rollbook_schema::{Event, Personal, Rejection, RejectionCode, RoleId, UserId};

use crate::asked::Asked;
use crate::attribute_values::{at_creation, changed};
use crate::identifying_fields;
use crate::mailed_password;
use crate::placement;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &CreateUser) -> Outcome {
    let user = asked.models.users.next_id();
    let person = command.person.clone().completed();
    let roles: BTreeSet<RoleId> = command.roles.iter().copied().collect();
    let license = license(command);

    let mut wrong = Vec::new();
    wrong.extend(wrong_kind(command));
    wrong.extend(taken_names(asked, command));
    if person.get(PersonField::FullName).is_none() {
        wrong.push(Rejection::of("fullName", RejectionCode::Required));
    }
    wrong.extend(identifying_fields::wrong(asked, None, person.0.iter().map(|(of, text)| (*of, text))));
    wrong.extend(wrong_access_profile(command));
    wrong.extend(wrong_roles(asked, command.kind, &roles));
    if command.kind != UserKind::Agent && command.license.is_some() {
        wrong.push(Rejection::of("license", RejectionCode::NotForClients));
    }
    if command.kind != UserKind::Agent && command.max_chats.is_some() {
        wrong.push(Rejection::of("maxChats", RejectionCode::AgentsOnly));
    }
    wrong.extend(placement::wrong(asked, command, user));
    let attributes = at_creation(&asked.models.attributes, command.kind, &command.attributes, &mut wrong);
    wrong.extend(license.and_then(|(license, _)| asked.has_free_seat(license).err()));
    refuse_any(wrong)?;

    let created = UserCreated {
        user,
        kind: command.kind,
        email_verified: command.email_verified,
        access_profile: command.access_profile,
        origin: command.origin,
        login: Personal::Known(command.login.clone()),
        person: Personal::Known(person),
    };
    let mut events: Vec<Event> = vec![created.into()];
    events.extend(password(asked, command, user));
    events.extend(placement::events(command, user));
    events.extend(roles.into_iter().map(|role| Event::from(RoleAssigned { user, role })));
    events.extend(
        license.map(|(license, cause)| Event::from(LicenseGranted { user, license, replaces: None, cause })),
    );
    let limit = command.max_chats.map(|to| ChatLimitChanged { user, from: None, to: Some(to) });
    events.extend(limit.map(Event::from));
    events.extend(changed(&asked.models.attributes, user, attributes)?);
    events.extend(mail(asked, command, user));
    events.extend(crate::creation_rule::named(command, user));
    Ok(events)
}

/// The license to take: the one asked for, or read-write with the first role (LIC-07).
fn license(command: &CreateUser) -> Option<(LicenseType, LicenseCause)> {
    match (command.kind, command.license) {
        (UserKind::Agent, Some(license)) => Some((license, LicenseCause::Request)),
        (UserKind::Agent, None) if !command.roles.is_empty() => {
            Some((LicenseType::ReadWrite, LicenseCause::Role))
        }
        _ => None,
    }
}

/// ACC-01; people are never of the reserved kind (RSV-01).
fn wrong_kind(command: &CreateUser) -> Option<Rejection> {
    (command.kind == UserKind::Standard).then(|| Rejection::of("kind", RejectionCode::Invalid))
}

/// ACC-04, ACC-12, ACC-14.
fn taken_names(asked: &Asked<'_>, command: &CreateUser) -> impl Iterator<Item = Rejection> {
    let names = &asked.models.names;
    let (email, username) = (command.login.email.key(), command.login.username.key());
    let email_taken = names.is_taken(&email, None);
    // A username that is the email says nothing new.
    let username_taken = username != email && names.is_taken(&username, None);
    [
        email_taken.then(|| Rejection::of("email", RejectionCode::EmailTaken)),
        username_taken.then(|| Rejection::of("username", RejectionCode::UsernameTaken)),
    ]
    .into_iter()
    .flatten()
}

fn wrong_access_profile(command: &CreateUser) -> Option<Rejection> {
    let code = match (command.access_profile, command.kind) {
        (AccessProfile::DeletedUser, _) => RejectionCode::Invalid,
        (AccessProfile::Standard, _) | (_, UserKind::Agent) => return None,
        _ => RejectionCode::KindMismatch,
    };
    Some(Rejection::of("accessProfile", code))
}

/// Each role must exist and be for this kind (ROL-03); one rejection says it for all.
fn wrong_roles(asked: &Asked<'_>, kind: UserKind, roles: &BTreeSet<RoleId>) -> Option<Rejection> {
    let wrong = roles.iter().find_map(|role| match asked.models.roles.get(*role) {
        None => Some(RejectionCode::NotFound),
        Some(role) if role.kind != kind => Some(RejectionCode::KindMismatch),
        Some(_) => None,
    });
    wrong.map(|code| Rejection::of("roles", code))
}

/// One that was given, or one that is made up and must be changed (AUT-10).
fn password(asked: &Asked<'_>, command: &CreateUser, user: UserId) -> Option<Event> {
    let credential = asked.models.users.next_credential();
    if let Some(initial) = &command.initial {
        let verifier = Personal::Known(initial.verifier.clone());
        let expires_at = initial.expires_at;
        return Some(PasswordReset { user, credential, replaces: None, expires_at, verifier }.into());
    }
    let verifier = Personal::Known(command.verifier.clone()?);
    Some(PasswordSet { user, credential, replaces: None, kept_session: None, verifier }.into())
}

/// One mail for each creation, whatever it has to say (NOT-01, NOT-02).
fn mail(asked: &Asked<'_>, command: &CreateUser, user: UserId) -> Option<Event> {
    let Some(initial) = &command.initial else {
        return command.welcome.then(|| MailQueued { user, template: MailTemplate::Welcome }.into());
    };
    let template =
        if command.welcome { MailTemplate::WelcomeWithPassword } else { MailTemplate::InitialPassword };
    let credential = asked.models.users.next_credential();
    Some(mailed_password::queued(user, credential, template, &initial.mailed))
}

#[cfg(test)]
mod cases {
    use rollbook_schema::TeamId;
    use rollbook_schema::command::CreateUser;
    use rollbook_schema::value::{AccessProfile, PersonField, PersonFields, UserKind};

    use crate::tests::*;

    #[test]
    fn acc_01_a_user_is_an_agent_or_a_client() {
        let standard = CreateUser { kind: UserKind::Standard, ..agent("sue") };
        Directory::empty()
            .when(
                agent("ann"),
                expect!["UserCreated user=8 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person"],
            )
            .when(
                client("cid"),
                expect![
                    "UserCreated user=9 accessProfile=STANDARD kind=CLIENT origin=REQUEST +Login +Person"
                ],
            )
            .when(standard, expect!["refused: INVALID@kind"]);
    }

    #[test]
    fn acc_02_the_password_is_sealed_apart() {
        Directory::empty().when(
            with_password("ann"),
            expect![[r#"
            UserCreated user=8 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person
            PasswordSet user=8 credential=1 +Credential"#]],
        );
    }

    #[test]
    fn acc_04_email_is_unique_across_kinds() {
        let other = |address| CreateUser { login: login("other", address), ..client("other") };
        Directory::small()
            .when(other("ann@example.com"), expect!["refused: EMAIL_TAKEN@email"])
            .when(other("ANN@Example.COM"), expect!["refused: EMAIL_TAKEN@email"])
            .when(
                CreateUser { login: login("other", "cid@example.com"), ..agent("other") },
                expect!["refused: EMAIL_TAKEN@email"],
            );
    }

    #[test]
    fn acc_04_disabled_and_locked_users_hold_their_email() {
        let again = || CreateUser { login: login("other", "ann@example.com"), ..agent("other") };
        Directory::small()
            .given(lock(8))
            .when(again(), expect!["refused: EMAIL_TAKEN@email"])
            .given(disable(8))
            .when(again(), expect!["refused: EMAIL_TAKEN@email"]);
    }

    #[test]
    fn acc_04_a_deleted_user_gives_names_back() {
        Directory::small().given(delete(8)).when(
            agent("ann"),
            expect!["UserCreated user=10 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person"],
        );
    }

    #[test]
    fn acc_05_of_100_creations_with_one_email_one_succeeds() {
        let mut directory = Directory::empty();
        for number in 0..100 {
            let login = login(&format!("user{number}"), "one@example.com");
            directory.tried(CreateUser { login, ..agent("one") });
        }
        assert_eq!(directory.log.len(), 1);
    }

    #[test]
    fn acc_07_full_name_is_required() {
        let nameless = CreateUser { person: PersonFields::default(), ..agent("ann") };
        Directory::empty().when(nameless, expect!["refused: REQUIRED@fullName"]);
    }

    #[test]
    fn acc_07_first_and_last_name_make_a_full_name() {
        let names = person(&[(PersonField::FirstName, "Ann"), (PersonField::LastName, "Lee")]);
        let mut directory = Directory::empty();
        directory.given(CreateUser { person: names, ..agent("ann") });
        assert_eq!(directory.user(8).person(PersonField::FullName), Some(&text("Ann Lee")));
        assert_eq!(directory.user(8).person(PersonField::DisplayName), Some(&text("Ann Lee")));
    }

    #[test]
    fn acc_11_all_refusals_are_reported_at_once() {
        let wrong = CreateUser {
            person: PersonFields::default(),
            access_profile: AccessProfile::Auditor,
            license: Some(ReadOnly),
            ..with_roles(&[1], client("ann"))
        };
        Directory::small().when(wrong, expect!["refused: EMAIL_TAKEN@email, USERNAME_TAKEN@username, REQUIRED@fullName, KIND_MISMATCH@accessProfile, KIND_MISMATCH@roles, NOT_FOR_CLIENTS@license"]);
    }

    #[test]
    fn acc_12_username_is_unique_without_case() {
        let again = CreateUser { login: login("ANN", "other@example.com"), ..agent("other") };
        Directory::small().when(again, expect!["refused: USERNAME_TAKEN@username"]);
    }

    #[test]
    fn acc_14_a_username_is_not_anothers_email_nor_the_reverse() {
        let username_taken = CreateUser { login: login("Ann@example.com", "x@example.com"), ..agent("x") };
        let by_address = CreateUser { login: login("y@example.com", "z@example.com"), ..agent("y") };
        let email_taken = CreateUser { login: login("yy", "Y@example.com"), ..agent("yy") };
        Directory::small()
            .when(username_taken, expect!["refused: USERNAME_TAKEN@username"])
            .given(by_address)
            .when(email_taken, expect!["refused: EMAIL_TAKEN@email"]);
    }

    #[test]
    fn acc_14_a_username_may_be_the_own_email() {
        let same = CreateUser { login: login("ann@example.com", "ann@example.com"), ..agent("ann") };
        Directory::empty().when(
            same,
            expect!["UserCreated user=8 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person"],
        );
    }

    #[test]
    fn acc_21_a_user_is_made_whole() {
        let whole = CreateUser { license: Some(ReadOnly), ..with_roles(&[3, 1, 3], with_password("bob")) };
        Directory::small().given(agent_role("Sales")).when(
            whole,
            expect![[r#"
            UserCreated user=10 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person
            PasswordSet user=10 credential=1 +Credential
            RoleAssigned role=1 user=10
            RoleAssigned role=3 user=10
            LicenseGranted user=10 cause=REQUEST license=READ_ONLY"#]],
        );
    }

    #[test]
    fn not_02_a_welcome_is_queued_with_the_user_if_it_is_asked_for() {
        Directory::empty().when(
            CreateUser { welcome: true, ..agent("ann") },
            expect![[r#"
                UserCreated user=8 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person
                MailQueued user=8 template=WELCOME"#]],
        );
    }

    #[test]
    fn acc_21_or_not_at_all() {
        let mut directory = Directory::small();
        directory.when(with_roles(&[1, 99], with_password("bob")), expect!["refused: NOT_FOUND@roles"]);
        assert_eq!(directory.models.users.next_id().0, 10);
    }

    #[test]
    fn rol_03_roles_are_of_the_users_kind() {
        Directory::small()
            .when(with_roles(&[2], agent("bob")), expect!["refused: KIND_MISMATCH@roles"])
            .when(with_roles(&[1], client("bob")), expect!["refused: KIND_MISMATCH@roles"])
            .when(
                with_roles(&[2], client("bob")),
                expect![[r#"
                UserCreated user=10 accessProfile=STANDARD kind=CLIENT origin=REQUEST +Login +Person
                RoleAssigned role=2 user=10"#]],
            );
    }

    #[test]
    fn rol_14_the_profile_of_the_deleted_is_not_given() {
        let deleted = CreateUser { access_profile: AccessProfile::DeletedUser, ..agent("bob") };
        Directory::empty().when(deleted, expect!["refused: INVALID@accessProfile"]);
    }

    #[test]
    fn lic_01_with_roles_creation_takes_a_seat() {
        let mut directory = Directory::small();
        directory
            .given(size(ReadWrite, 1))
            .when(
                with_roles(&[1], agent("bob")),
                expect![[r#"
                UserCreated user=10 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person
                RoleAssigned role=1 user=10
                LicenseGranted user=10 cause=ROLE license=READ_WRITE"#]],
            )
            .when(
                with_roles(&[1], agent("eve")),
                expect![[r#"
                refused: NO_LICENCE_AVAILABLE@license (ReadWrite: 1 of 1 used)
                record: AttemptDenied code=NO_LICENCE_AVAILABLE command=CreateUser on=userType"#]],
            );
        assert_eq!(directory.used(), (1, 0));
    }

    #[test]
    fn lic_07_without_roles_it_takes_none() {
        let mut directory = Directory::small();
        directory.given(agent("bob"));
        assert_eq!(directory.used(), (0, 0));
    }

    #[test]
    fn lic_08_an_automated_creation_without_a_seat_is_recorded_and_leaves_no_user() {
        let mut directory = Directory::empty();
        directory.given(agent_role("Support")).when(
            automated(with_roles(&[1], agent("bob"))),
            expect![[r#"
            refused: NO_LICENCE_AVAILABLE@license (ReadWrite: 0 of 0 used)
            record: UserCreationFailed attempted=8 code=NO_LICENCE_AVAILABLE +Login +Person"#]],
        );
        assert!(directory.models.users.get(rollbook_schema::UserId(8)).is_none());
        directory.when(
            agent("bob"),
            expect!["UserCreated user=9 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person"],
        );
    }

    #[test]
    fn lic_08_any_refusal_of_an_automated_creation_is_recorded() {
        Directory::small().when(
            automated(agent("ann")),
            expect![[r#"
            refused: EMAIL_TAKEN@email, USERNAME_TAKEN@username
            record: UserCreationFailed attempted=10 code=EMAIL_TAKEN +Login +Person"#]],
        );
    }

    #[test]
    fn lic_09_clients_need_no_seat() {
        let mut directory = Directory::empty();
        directory.given(client_role("Reader"));
        for number in 0..100 {
            directory.given(with_roles(&[1], client(&format!("client{number}"))));
        }
        directory.when(
            CreateUser { license: Some(ReadOnly), ..client("bob") },
            expect!["refused: NOT_FOR_CLIENTS@license"],
        );
    }

    #[test]
    fn tea_02_the_primary_team_is_given_when_adding() {
        let within = |team| CreateUser { team: Some(TeamId(team)), ..agent("ann") };
        Directory::empty()
            .given(team("World", None))
            .when(within(2), expect!["refused: NOT_FOUND@team"])
            .when(
                within(1),
                expect![[r#"
                    UserCreated user=8 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person
                    TeamMemberAdded user=8 team=1"#]],
            );
    }
}
