//! Changes fields of a profile: only those that really change (HIS-09).

use std::collections::BTreeMap;

use rollbook_projections::decision::User;
use rollbook_schema::command::ChangeProfile;
use rollbook_schema::event::{Change, LoginChange, PersonChange, ProfileChanged, ProfileField};
use rollbook_schema::value::{Login, PersonField, Username};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::identifying_fields;
use crate::refusal::{Outcome, refuse_any};

/// Fields that a person always has (ACC-07, PRO-03).
const NEVER_EMPTY: [PersonField; 2] = [PersonField::DisplayName, PersonField::FullName];

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeProfile) -> Outcome {
    let user = asked.user(command.user)?;
    let mut wrong = Vec::new();
    let login = match &user.login {
        Some(login) => login_change(asked, command, login, &mut wrong),
        None => masked_login(command, &mut wrong),
    };
    let person = person_changes(command, user, &mut wrong);
    let given = person.iter().filter_map(|change| Some((change.field, change.change.to.as_ref()?)));
    wrong.extend(identifying_fields::wrong(asked, Some(command.user), given));
    refuse_any(wrong)?;

    let fields: Vec<ProfileField> = login
        .username
        .iter()
        .map(|_| ProfileField::Username)
        .chain(login.email.iter().map(|_| ProfileField::Email))
        .chain(person.iter().map(|change| ProfileField::Person(change.field)))
        .collect();
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let login = if login == LoginChange::default() { Personal::Absent } else { Personal::Known(login) };
    let person = if person.is_empty() { Personal::Absent } else { Personal::Known(person) };
    Ok(vec![ProfileChanged { user: command.user, fields, login, person }.into()])
}

/// What changes of username and email. Compared as typed: another case is a change too.
fn login_change(
    asked: &Asked<'_>,
    command: &ChangeProfile,
    login: &Login,
    wrong: &mut Vec<Rejection>,
) -> LoginChange {
    let email = command.email.clone().filter(|email| *email != login.email);
    if email.as_ref().is_some_and(|email| asked.models.names.is_taken(&email.key(), Some(command.user))) {
        wrong.push(Rejection::of("email", RejectionCode::EmailTaken));
    }
    let username = match (&command.username, &email) {
        (Some(username), _) => {
            if asked.models.names.is_taken(&username.key(), Some(command.user)) {
                wrong.push(Rejection::of("username", RejectionCode::UsernameTaken));
            }
            Some(username.clone())
        }
        (None, Some(email)) if login.username.key() == login.email.key() => followed(email.as_str(), wrong),
        _ => None,
    };
    LoginChange {
        username: username
            .filter(|username| *username != login.username)
            .map(|to| Change { from: login.username.clone(), to }),
        email: email.map(|to| Change { from: login.email.clone(), to }),
    }
}

/// A username that was the old email becomes the new one: else it would hold the old address, and
/// nobody would know. Not every email can be a username; then one must be given.
fn followed(email: &str, wrong: &mut Vec<Rejection>) -> Option<Username> {
    Username::parse(email).map_err(|flaw| wrong.push(Rejection::flaw("username", flaw))).ok()
}

/// A masked login cannot come back (MSK-11).
fn masked_login(command: &ChangeProfile, wrong: &mut Vec<Rejection>) -> LoginChange {
    let asked_for = [("email", command.email.is_some()), ("username", command.username.is_some())];
    for (field, _) in asked_for.into_iter().filter(|(_, is_asked_for)| *is_asked_for) {
        wrong.push(Rejection::of(field, RejectionCode::UserMasked));
    }
    LoginChange::default()
}

/// What changes of the person; of a field named twice, the last counts.
fn person_changes(command: &ChangeProfile, user: &User, wrong: &mut Vec<Rejection>) -> Vec<PersonChange> {
    let asked_for: BTreeMap<PersonField, _> =
        command.person.iter().map(|(field, text)| (*field, text)).collect();
    for field in NEVER_EMPTY {
        if asked_for.get(&field).is_some_and(|text| text.is_none()) {
            wrong.push(Rejection::of(field.name(), RejectionCode::Required));
        }
    }
    asked_for
        .into_iter()
        .filter(|(field, text)| user.person(*field) != text.as_ref())
        .map(|(field, text)| PersonChange {
            field,
            change: Change { from: user.person(field).cloned(), to: text.clone() },
        })
        .collect()
}

#[cfg(test)]
mod cases {
    use rollbook_schema::Event;
    use rollbook_schema::command::ChangeProfile;
    use rollbook_schema::value::PersonField;

    use crate::tests::*;

    #[test]
    fn his_01_old_and_new_values_are_kept() {
        let mut directory = Directory::small();
        let both = ChangeProfile { email: Some(email("anna@example.com")), ..rename(8, "anna") };
        directory.given(both).given(change_person(8, &[(PersonField::Title, Some("Dr"))]));
        let [.., Event::ProfileChanged(login), Event::ProfileChanged(title)] =
            &directory.log.iter().map(|recorded| recorded.event.clone()).collect::<Vec<_>>()[..]
        else {
            panic!("two profile changes");
        };
        let login = login.login.known().expect("the login changed");
        let username = login.username.as_ref().expect("the username changed");
        assert_eq!((username.from.as_str(), username.to.as_str()), ("ann", "anna"));
        let address = login.email.as_ref().expect("the email changed");
        assert_eq!((address.from.as_str(), address.to.as_str()), ("ann@example.com", "anna@example.com"));
        let title = &title.person.known().expect("the person changed")[0].change;
        assert_eq!((title.from.clone(), title.to.clone()), (None, Some(text("Dr"))));
    }

    #[test]
    fn his_09_only_real_changes_are_recorded() {
        let unchanged = ChangeProfile { email: Some(email("ann@example.com")), ..rename(8, "ann") };
        let half = [(PersonField::FullName, Some("ann")), (PersonField::Title, Some("Dr"))];
        Directory::small()
            .when(change(8), expect!["nothing"])
            .when(unchanged, expect!["nothing"])
            .when(change_person(8, &half), expect!["ProfileChanged user=8 fields=[{person:title}] +Person"])
            .when(change_person(8, &half), expect!["nothing"])
            .when(
                change_person(8, &[(PersonField::Title, None)]),
                expect!["ProfileChanged user=8 fields=[{person:title}] +Person"],
            )
            .when(change_person(8, &[(PersonField::Title, None)]), expect!["nothing"]);
    }

    #[test]
    fn his_09_another_case_is_a_change() {
        Directory::small().when(rename(8, "Ann"), expect!["ProfileChanged user=8 fields=[username] +Login"]);
    }

    #[test]
    fn of_a_field_named_twice_the_last_counts() {
        let mut directory = Directory::small();
        let twice = [(PersonField::Title, Some("Dr")), (PersonField::Title, Some("Prof"))];
        directory
            .when(change_person(8, &twice), expect!["ProfileChanged user=8 fields=[{person:title}] +Person"]);
        assert_eq!(directory.user(8).person(PersonField::Title), Some(&text("Prof")));
    }

    #[test]
    fn acc_04_acc_12_names_of_others_stay_theirs() {
        let both = ChangeProfile { email: Some(email("CID@example.com")), ..rename(8, "Cid") };
        Directory::small().when(both, expect!["refused: EMAIL_TAKEN@email, USERNAME_TAKEN@username"]);
    }

    #[test]
    fn acc_07_names_cannot_be_emptied() {
        let emptied = [(PersonField::FullName, None), (PersonField::DisplayName, None)];
        Directory::small()
            .when(change_person(8, &emptied), expect!["refused: REQUIRED@displayName, REQUIRED@fullName"]);
    }

    #[test]
    fn acc_14_a_username_is_not_anothers_email() {
        Directory::small().when(rename(8, "cid@example.com"), expect!["refused: USERNAME_TAKEN@username"]);
    }

    #[test]
    fn acc_14_a_username_that_was_the_email_follows_it() {
        let mut directory = Directory::small();
        directory.given(rename(8, "Ann@example.com")).when(
            change_email(8, "anna@example.com"),
            expect!["ProfileChanged user=8 fields=[username,email] +Login"],
        );
        assert_eq!(directory.user(8).login, Some(login("anna@example.com", "anna@example.com")));
        directory.when(
            agent("ann"),
            expect!["UserCreated user=10 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person"],
        );
    }

    #[test]
    fn acc_14_unless_a_username_is_given() {
        let mut directory = Directory::small();
        let kept = ChangeProfile { email: Some(email("o'ann@example.com")), ..rename(8, "ann@example.com") };
        directory
            .given(rename(8, "ann@example.com"))
            .when(
                change_email(8, "o'ann@example.com"),
                expect!["refused: INVALID@username (contains a character that is not allowed here)"],
            )
            .when(kept, expect!["ProfileChanged user=8 fields=[email] +Login"]);
        assert_eq!(directory.user(8).login, Some(login("ann@example.com", "o'ann@example.com")));
    }

    #[test]
    fn acc_18_changing_the_email_clears_its_verification() {
        let mut directory = Directory::empty();
        directory.given(rollbook_schema::command::CreateUser { email_verified: true, ..agent("ann") });
        directory.given(rename(8, "anna"));
        assert!(directory.user(8).email_verified);
        directory.when(
            change_email(8, "anna@example.com"),
            expect!["ProfileChanged user=8 fields=[email] +Login"],
        );
        assert!(!directory.user(8).email_verified);
    }

    #[test]
    fn sta_09_a_renamed_disabled_user_frees_the_old_name() {
        Directory::small()
            .given(disable(8))
            .given(ChangeProfile { email: Some(email("old@example.com")), ..rename(8, "old") })
            .when(
                agent("ann"),
                expect![
                    "UserCreated user=10 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person"
                ],
            );
    }

    #[test]
    fn msk_11_a_masked_name_cannot_come_back() {
        let both = ChangeProfile { email: Some(email("ann@example.com")), ..rename(8, "ann") };
        Directory::small()
            .given(disable(8))
            .given(mask(8, "ann"))
            .when(both, expect!["refused: USER_MASKED@email, USER_MASKED@username"])
            .when(
                change_person(8, &[(PersonField::Title, Some("Dr"))]),
                expect!["ProfileChanged user=8 fields=[{person:title}] +Person"],
            );
    }

    #[test]
    fn deleted_and_unknown_users_are_not_found() {
        Directory::small()
            .given(delete(8))
            .when(rename(8, "anna"), expect!["refused: NOT_FOUND@id"])
            .when(rename(99, "anna"), expect!["refused: NOT_FOUND@id"]);
    }
}
