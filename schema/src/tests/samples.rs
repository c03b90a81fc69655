//! One or more of every event, with made-up people; enough that each optional field is seen both ways.

use crate::event::{
    AccessProfileAssigned, AccountLocked, AccountUnlocked, AttemptDenied, AvatarRemoved, AvatarSet, Change,
    ChatLimitChanged, DashboardDefined, DashboardDeleted, DefaultChatLimitChanged, DestroyedKey, Event,
    LicenseCause, LicenseGranted, LicensePoolSized, LicenseRevoked, LockCause, LoginChange, MaskMode, Origin,
    PasswordSet, PersonChange, PiiMasked, PreferencesChanged, ProfileChanged, ProfileField,
    ReportingLineChanged, RoleAssigned, RoleDashboardSet, RoleDefined, RoleDeleted, RoleUnassigned,
    SignInFailed, SignedIn, SignedOut, UserCreated, UserCreationFailed, UserDeleted, UserDisabled,
    UserEnabled,
};
use crate::event::{
    AccountLockExpired, EndCause, PasswordChangeCancelled, PasswordChangeForced, PasswordReset, SessionEnded,
    SessionsEnded, SettingChange, SettingsChanged,
};
use crate::event::{MailFailed, MailQueued, MailSent};
use crate::id::Position;
use crate::id::{CredentialNumber, DashboardId, Digest, RoleId, SessionId, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{
    AccessProfile, ChatLimit, DashboardName, DateOrder, DateSeparator, EmailAddress, EmailMaskFormat,
    LanguageTag, LicenseType, Login, MaskedLogin, PasswordVerifier, PersonField, PersonFields, PersonText,
    Preference, RoleName, RuleName, Surface, TimeFormat, TimeZone, Timestamp, UserKind, Username,
    UsernameMaskFormat,
};
use crate::value::{MailFault, MailTemplate, Setting, SettingValue};

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
    [
        users(),
        profiles(),
        preferences(),
        work(),
        dashboards(),
        avatars(),
        accounts(),
        sessions(),
        roles(),
        licenses(),
        privacy(),
        security(),
        mail(),
        super::group_samples::all(),
        super::secret_samples::all(),
        super::attribute_samples::all(),
        super::application_samples::all(),
        super::evidence_samples::all(),
        super::support_samples::all(),
        super::masking_samples::all(),
        super::erasure_samples::all(),
        super::access_request_samples::all(),
        super::artefact_samples::all(),
        super::reading_samples::all(),
        super::retention_samples::all(),
        super::user_rule_samples::all(),
        super::retention_samples::of_sign_ins(),
        super::saved_view_samples::all(),
        super::mail_wording_samples::all(),
    ]
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

fn preferences() -> Vec<Event> {
    let zone = TimeZone::parse("Europe/Berlin").unwrap();
    let tag = LanguageTag::parse("de-CH").unwrap();
    let change = |from, to| Change { from, to };
    vec![
        PreferencesChanged {
            user: ADA,
            changes: vec![
                change(Preference::DateOrder(DateOrder::Dmy), Preference::DateOrder(DateOrder::Ymd)),
                change(
                    Preference::DateSeparator(DateSeparator::Slash),
                    Preference::DateSeparator(DateSeparator::Dot),
                ),
                change(Preference::TimeFormat(TimeFormat::H24), Preference::TimeFormat(TimeFormat::H12)),
                change(Preference::TimeZone(None), Preference::TimeZone(Some(zone))),
                change(Preference::Locale(None), Preference::Locale(Some(tag.clone()))),
                change(Preference::Language(Some(tag)), Preference::Language(None)),
                change(
                    Preference::SignOffNotificationsDisabled(false),
                    Preference::SignOffNotificationsDisabled(true),
                ),
                change(Preference::MobileAccess(true), Preference::MobileAccess(false)),
            ],
            personal: Personal::Known(vec![change(
                Preference::AccessibilityMode(false),
                Preference::AccessibilityMode(true),
            )]),
        }
        .into(),
    ]
}

fn work() -> Vec<Event> {
    let (user, limit) = (ADA, |limit| ChatLimit::parse(limit).unwrap());
    vec![
        ReportingLineChanged { user, from: None, to: Some(UserId(9)) }.into(),
        ReportingLineChanged { user, from: Some(UserId(9)), to: None }.into(),
        ChatLimitChanged { user, from: None, to: Some(limit(0)) }.into(),
        ChatLimitChanged { user, from: Some(limit(0)), to: None }.into(),
        DefaultChatLimitChanged { from: ChatLimit::DEFAULT, to: limit(8) }.into(),
    ]
}

fn dashboards() -> Vec<Event> {
    let (role, dashboard) = (RoleId(1), DashboardId(2));
    let home = |dashboard| Preference::HomeDashboard(dashboard);
    let chosen = Change { from: home(None), to: home(Some(dashboard)) };
    vec![
        DashboardDefined { dashboard, name: Personal::Known(DashboardName::parse("Sales board").unwrap()) }
            .into(),
        DashboardDeleted { dashboard }.into(),
        RoleDashboardSet { role, from: None, to: Some(dashboard) }.into(),
        RoleDashboardSet { role, from: Some(dashboard), to: None }.into(),
        PreferencesChanged { user: ADA, changes: vec![chosen], personal: Personal::Absent }.into(),
    ]
}

fn avatars() -> Vec<Event> {
    let (user, avatar) = (ADA, Digest([8; 32]));
    vec![
        AvatarSet { user, avatar, sealed_bytes: 4_096, replaces: None }.into(),
        AvatarSet { user, avatar, sealed_bytes: 4_096, replaces: Some(Digest([7; 32])) }.into(),
        AvatarRemoved { user, avatar }.into(),
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

fn mail() -> Vec<Event> {
    let (user, mail) = (ADA, Position(17));
    vec![
        MailQueued { user, template: MailTemplate::Welcome }.into(),
        MailSent { user, mail, attempt: 2 }.into(),
        MailFailed { user, mail, attempt: 1, fault: MailFault::Deferred, gives_up: false }.into(),
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

fn security() -> Vec<Event> {
    let user = ADA;
    let change = |setting, from, to| SettingChange { setting, from, to };
    let reset = |number: u64, replaces| PasswordReset {
        user,
        credential: CredentialNumber(number),
        replaces,
        expires_at: Timestamp::from_millis(1_700_000_000_000),
        verifier: Personal::Known(PasswordVerifier::from_phc("$argon2id$made-up".to_owned())),
    };
    let (one, some) = (|| SettingValue::Number(5), || SettingValue::Number(300));
    vec![
        reset(2, Some(CredentialNumber(1))).into(),
        reset(1, None).into(),
        PasswordChangeForced { user }.into(),
        PasswordChangeCancelled { user }.into(),
        AccountLockExpired { user }.into(),
        SessionEnded { user, session: SESSION, cause: EndCause::Request }.into(),
        SessionEnded { user, session: SESSION, cause: EndCause::Revoked }.into(),
        SessionsEnded { user, kept_session: None, cause: EndCause::Revoked }.into(),
        SessionsEnded { user, kept_session: Some(SESSION), cause: EndCause::Request }.into(),
        SettingsChanged {
            changes: vec![
                change(Setting::LockAfterFailures, one(), some()),
                change(Setting::UnlockAfterMinutes, SettingValue::Unset, one()),
                change(
                    Setting::EndSessionsOnPasswordChange,
                    SettingValue::Flag(true),
                    SettingValue::Flag(false),
                ),
                change(Setting::SessionMinutes, one(), some()),
                change(Setting::PasswordMinLength, one(), some()),
                change(Setting::RefuseCommonPasswords, SettingValue::Flag(true), SettingValue::Flag(false)),
                change(Setting::TemporaryPasswordMinutes, one(), some()),
            ],
        }
        .into(),
    ]
}
