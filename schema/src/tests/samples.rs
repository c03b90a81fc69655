//! One or more of every event, with made-up people; enough that each optional field is seen both ways.

use crate::event::{
    AccessProfileAssigned, AccountLocked, AccountUnlocked, AttemptDenied, Change, DestroyedKey, Event,
    LicenseCause, LicenseGranted, LicensePoolSized, LicenseRevoked, LockCause, LoginChange, MaskMode, Origin,
    PasswordSet, PersonChange, PiiMasked, ProfileChanged, ProfileField, RoleAssigned, RoleDefined,
    RoleDeleted, RoleUnassigned, SignInFailed, SignedIn, SignedOut, UserCreated, UserCreationFailed,
    UserDeleted, UserDisabled, UserEnabled,
};
use crate::id::{CredentialNumber, Digest, RoleId, SessionId, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{
    AccessProfile, EmailAddress, EmailMaskFormat, LicenseType, Login, MaskedLogin, PasswordVerifier,
    PersonField, PersonFields, PersonText, RoleName, RuleName, Surface, Timestamp, UserKind, Username,
    UsernameMaskFormat,
};

const ADA: UserId = UserId(8);
const SESSION: SessionId = SessionId([7; 16]);

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn username(text: &str) -> Username {
    Username::parse(text).unwrap()
}

fn text(text: &str) -> PersonText {
    PersonText::parse(text).unwrap()
}

fn login() -> Personal<Login> {
    Personal::Known(Login { username: username("ada.byron"), email: email("ada@example.org") })
}

/// Every event at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    [users(), profiles(), accounts(), sessions(), roles(), licenses(), privacy(), super::group_samples::all()]
        .concat()
}

fn users() -> Vec<Event> {
    let mut person = PersonFields::default();
    person.0.insert(PersonField::FullName, text("Ada Byron"));
    person.0.insert(PersonField::DisplayName, text("Ada"));
    vec![
        UserCreated {
            user: ADA,
            kind: UserKind::Agent,
            email_verified: true,
            access_profile: AccessProfile::Standard,
            origin: Origin::Import,
            login: login(),
            person: Personal::Known(person),
        }
        .into(),
        UserCreationFailed {
            attempted: UserId(300),
            code: "NO_LICENCE_AVAILABLE".to_owned(),
            login: login(),
            rule: Personal::Known(RuleName::parse("nightly hires").unwrap()),
        }
        .into(),
        UserDisabled { user: ADA, seat_released: Some(LicenseType::ReadOnly) }.into(),
        UserDisabled { user: ADA, seat_released: None }.into(),
        UserEnabled { user: ADA, seat_taken: Some(LicenseType::ReadWrite) }.into(),
        UserEnabled { user: ADA, seat_taken: None }.into(),
        UserDeleted {
            user: ADA,
            access_profile_from: AccessProfile::Auditor,
            access_profile_to: AccessProfile::DeletedUser,
            seat_released: Some(LicenseType::ReadWrite),
            credential: Some(CredentialNumber(2)),
        }
        .into(),
        UserDeleted {
            user: ADA,
            access_profile_from: AccessProfile::Standard,
            access_profile_to: AccessProfile::DeletedUser,
            seat_released: None,
            credential: None,
        }
        .into(),
    ]
}

fn profiles() -> Vec<Event> {
    vec![
        ProfileChanged {
            user: ADA,
            fields: vec![
                ProfileField::Username,
                ProfileField::Email,
                ProfileField::Person(PersonField::Title),
            ],
            login: Personal::Known(LoginChange {
                username: Some(Change { from: username("ada.byron"), to: username("ada.king") }),
                email: Some(Change { from: email("ada@example.org"), to: email("king@example.org") }),
            }),
            person: Personal::Known(vec![PersonChange {
                field: PersonField::Title,
                change: Change { from: None, to: Some(text("Countess")) },
            }]),
        }
        .into(),
        AccessProfileAssigned { user: ADA, from: AccessProfile::Standard, to: AccessProfile::Administrator }
            .into(),
    ]
}

fn accounts() -> Vec<Event> {
    vec![
        AccountLocked { user: ADA, cause: LockCause::FailedSignIns }.into(),
        AccountUnlocked { user: ADA }.into(),
        PasswordSet {
            user: ADA,
            credential: CredentialNumber(2),
            replaces: Some(CredentialNumber(1)),
            kept_session: Some(SESSION),
            verifier: Personal::Known(PasswordVerifier::from_phc("$argon2id$made-up".to_owned())),
        }
        .into(),
        PasswordSet {
            user: ADA,
            credential: CredentialNumber(1),
            replaces: None,
            kept_session: None,
            verifier: Personal::Known(PasswordVerifier::from_phc("$argon2id$made-up".to_owned())),
        }
        .into(),
    ]
}

fn sessions() -> Vec<Event> {
    vec![
        SignedIn {
            user: ADA,
            session: SESSION,
            token_digest: Digest([9; 32]),
            expires_at: Timestamp::from_millis(1_700_000_000_000),
        }
        .into(),
        SignedOut { user: ADA, session: SESSION }.into(),
        SignInFailed { user: ADA, code: "WRONG_PASSWORD".to_owned(), failures: 3 }.into(),
        AttemptDenied {
            command: "DeleteUser".to_owned(),
            code: "FORBIDDEN".to_owned(),
            on: Subject::User(ADA),
        }
        .into(),
    ]
}

fn roles() -> Vec<Event> {
    vec![
        RoleDefined {
            role: RoleId(1),
            kind: UserKind::Client,
            surfaces: vec![Surface::Lists, Surface::Charts],
            name: Personal::Known(RoleName::parse("Sales").unwrap()),
        }
        .into(),
        RoleDeleted { role: RoleId(1) }.into(),
        RoleAssigned { user: ADA, role: RoleId(1) }.into(),
        RoleUnassigned { user: ADA, role: RoleId(1) }.into(),
    ]
}

fn licenses() -> Vec<Event> {
    let user = ADA;
    vec![
        LicensePoolSized { license: LicenseType::ReadWrite, from: 0, to: 100 }.into(),
        LicenseGranted { user, license: LicenseType::ReadWrite, replaces: None, cause: LicenseCause::Role }
            .into(),
        LicenseGranted {
            user,
            license: LicenseType::ReadWrite,
            replaces: Some(LicenseType::ReadOnly),
            cause: LicenseCause::Request,
        }
        .into(),
        LicenseRevoked { user, license: LicenseType::ReadWrite, cause: LicenseCause::Request }.into(),
    ]
}

fn privacy() -> Vec<Event> {
    vec![
        PiiMasked {
            user: ADA,
            mode: MaskMode::History,
            username_format: UsernameMaskFormat::Initials,
            email_format: EmailMaskFormat::Stub,
            destroyed: vec![DestroyedKey {
                owner: KeyOwner::Subject(ADA),
                group: Group::Login,
                fingerprint: [5; 16],
            }],
            masked: Personal::Known(MaskedLogin {
                username: "Unknown User (ad by)".to_owned(),
                email: "ad***@***".to_owned(),
            }),
        }
        .into(),
    ]
}
