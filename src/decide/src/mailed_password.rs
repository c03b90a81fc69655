//! A made-up password that goes by mail: queued with the password itself, and destroyed with whatever
//! makes it useless. So no password in clear waits longer than it could be used.

use rollbook_schema::event::{MailedPasswordDestroyed, PasswordMailQueued};
use rollbook_schema::value::{MailTemplate, MailedPassword};
use rollbook_schema::{CredentialNumber, Event, Personal, UserId};

use crate::asked::Asked;

/// The mail that tells the password `credential`. Its key is the number after that of the verifier.
pub(crate) fn queued(
    user: UserId,
    credential: CredentialNumber,
    template: MailTemplate,
    password: &MailedPassword,
) -> Event {
    let secret = CredentialNumber(credential.0 + 1);
    let password = Personal::Known(password.clone());
    PasswordMailQueued { user, template, credential, secret, password }.into()
}

/// The end of the one that waits for a user, if one does.
pub(crate) fn destroyed(asked: &Asked<'_>, user: UserId) -> Option<Event> {
    let waiting = asked.models.mailed_passwords.of(user)?;
    Some(MailedPasswordDestroyed { user, secret: waiting.secret }.into())
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::{CreateUser, RecordMailAttempt};
    use rollbook_schema::value::MailFault;
    use rollbook_schema::{Position, UserId};

    use crate::tests::*;

    /// The mail is the third event of the log.
    fn mailed() -> Directory {
        let mut directory = Directory::empty();
        directory.given(with_initial_password("ann"));
        directory
    }

    fn attempt(fault: Option<MailFault>, gives_up: bool) -> RecordMailAttempt {
        RecordMailAttempt { user: UserId(8), mail: Position(3), attempt: 1, fault, gives_up }
    }

    #[test]
    fn aut_07_a_temporary_password_waits_under_a_key_of_its_own() {
        Directory::empty().given(with_password("ann")).when(
            reset_by_mail(8),
            expect![[r#"
                PasswordReset user=8 credential=2 expiresAt=2026-01-01T01:00:00.000Z replaces=1 +Credential
                PasswordMailQueued user=8 credential=2 secret=3 template=TEMPORARY_PASSWORD +Credential"#]],
        );
    }

    #[test]
    fn aut_10_not_01_who_is_created_without_a_password_is_mailed_one_once() {
        Directory::empty().when(
            with_initial_password("ann"),
            expect![[r#"
                UserCreated user=8 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person
                PasswordReset user=8 credential=1 expiresAt=2026-01-01T01:00:00.000Z +Credential
                PasswordMailQueued user=8 credential=1 secret=2 template=INITIAL_PASSWORD +Credential"#]],
        );
    }

    #[test]
    fn not_02_welcome_and_password_are_one_mail() {
        Directory::empty().when(
            CreateUser { welcome: true, ..with_initial_password("ann") },
            expect![[r#"
                UserCreated user=8 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person
                PasswordReset user=8 credential=1 expiresAt=2026-01-01T01:00:00.000Z +Credential
                PasswordMailQueued user=8 credential=1 secret=2 template=WELCOME_WITH_PASSWORD +Credential"#]],
        );
    }

    #[test]
    fn aut_07_the_next_password_takes_another_number() {
        mailed().when(
            with_password("bob"),
            expect![[r#"
            UserCreated user=9 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person
            PasswordSet user=9 credential=3 +Credential"#]],
        );
    }

    #[test]
    fn aut_07_what_went_is_destroyed() {
        mailed()
            .when(
                attempt(None, false),
                expect![[r#"
            MailSent user=8 attempt=1 mail=3
            MailedPasswordDestroyed user=8 secret=2"#]],
            )
            .when(attempt(None, false), expect!["MailSent user=8 attempt=1 mail=3"]);
    }

    #[test]
    fn aut_07_what_is_tried_again_stays() {
        mailed()
            .when(
                attempt(Some(MailFault::Deferred), false),
                expect!["MailFailed user=8 attempt=1 fault=DEFERRED mail=3"],
            )
            .when(
                attempt(Some(MailFault::Expired), true),
                expect![[r#"
                MailFailed user=8 attempt=1 fault=EXPIRED givesUp=true mail=3
                MailedPasswordDestroyed user=8 secret=2"#]],
            );
    }

    #[test]
    fn aut_07_what_becomes_useless_is_destroyed() {
        mailed().when(
            sign_in(8, 1, 1),
            expect![[r#"
            SignedIn user=8 expiresAt=2026-01-01T01:00:00.000Z session=01040G2081040G2081040G2081
            MailedPasswordDestroyed user=8 secret=2"#]],
        );
        mailed().when(
            set_password(8),
            expect![[r#"
            PasswordSet user=8 credential=3 replaces=1 +Credential
            MailedPasswordDestroyed user=8 secret=2"#]],
        );
        mailed().when(
            reset_by_mail(8),
            expect![[r#"
            PasswordReset user=8 credential=3 expiresAt=2026-01-01T01:00:00.000Z replaces=1 +Credential
            MailedPasswordDestroyed user=8 secret=2
            PasswordMailQueued user=8 credential=3 secret=4 template=TEMPORARY_PASSWORD +Credential"#]],
        );
        mailed().when(
            reset_password(8),
            expect![[r#"
            PasswordReset user=8 credential=3 expiresAt=2026-01-01T01:00:00.000Z replaces=1 +Credential
            MailedPasswordDestroyed user=8 secret=2"#]],
        );
        mailed().when(
            delete(8),
            expect![[r#"
            UserDeleted user=8 accessProfileFrom=STANDARD accessProfileTo=DELETED_USER credential=1
            MailedPasswordDestroyed user=8 secret=2"#]],
        );
        mailed().given(disable(8)).when(mask(8, "ann"), expect![[r#"
            PiiMasked user=8 destroyed=[{fingerprint:[7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7],group:login,owner:{subject:8}}] emailFormat=STUB mode=HISTORY usernameFormat=INITIALS +Mask
            MailedPasswordDestroyed user=8 secret=2"#]]);
    }
}
