//! Commands in few words.

use rollbook_schema::command::*;
use rollbook_schema::event::Origin;
use rollbook_schema::id::Digest;
use rollbook_schema::value::*;
use rollbook_schema::{CredentialNumber, DashboardId, RoleId, SessionId, TeamId, UserId};

pub(crate) fn login(username: &str, email: &str) -> Login {
    Login { username: Username::parse(username).unwrap(), email: EmailAddress::parse(email).unwrap() }
}

pub(crate) fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

pub(crate) fn text(text: &str) -> PersonText {
    PersonText::parse(text).unwrap()
}

pub(crate) fn person(fields: &[(PersonField, &str)]) -> PersonFields {
    PersonFields(fields.iter().map(|(field, value)| (*field, text(value))).collect())
}

/// An agent `name` with email `name@example.com`, without roles, license or password.
pub(crate) fn agent(name: &str) -> CreateUser {
    CreateUser {
        kind: UserKind::Agent,
        login: login(name, &format!("{name}@example.com")),
        person: person(&[(PersonField::FullName, name)]),
        verifier: None,
        initial: None,
        email_verified: false,
        access_profile: AccessProfile::Standard,
        roles: Vec::new(),
        license: None,
        origin: Origin::Request,
        welcome: false,
        rule: None,
        max_chats: None,
        team: None,
        attributes: Vec::new(),
        business_units: Vec::new(),
        reports_to: None,
        source: UserSource::Local,
    }
}

pub(crate) fn client(name: &str) -> CreateUser {
    CreateUser { kind: UserKind::Client, ..agent(name) }
}

pub(crate) fn administrator(name: &str) -> CreateUser {
    CreateUser { access_profile: AccessProfile::Administrator, ..agent(name) }
}

/// An agent with a password: credential 1, if it is the first.
pub(crate) fn with_password(name: &str) -> CreateUser {
    CreateUser { verifier: Some(verifier()), ..agent(name) }
}

/// Created by an automation rule.
pub(crate) fn automated(user: CreateUser) -> CreateUser {
    CreateUser { origin: Origin::Automation, rule: Some(RuleName::parse("Onboarding").unwrap()), ..user }
}

pub(crate) fn with_roles(roles: &[u64], user: CreateUser) -> CreateUser {
    CreateUser { roles: roles.iter().copied().map(RoleId).collect(), ..user }
}

pub(crate) fn verifier() -> PasswordVerifier {
    PasswordVerifier::from_phc("$argon2id$".to_owned())
}

/// Changes nothing yet.
pub(crate) fn change(user: u64) -> ChangeProfile {
    ChangeProfile { user: UserId(user), username: None, email: None, person: Vec::new() }
}

pub(crate) fn rename(user: u64, username: &str) -> ChangeProfile {
    ChangeProfile { username: Some(Username::parse(username).unwrap()), ..change(user) }
}

pub(crate) fn change_email(user: u64, address: &str) -> ChangeProfile {
    ChangeProfile { email: Some(email(address)), ..change(user) }
}

pub(crate) fn change_person(user: u64, fields: &[(PersonField, Option<&str>)]) -> ChangeProfile {
    let person = fields.iter().map(|(field, value)| (*field, value.map(text))).collect();
    ChangeProfile { person, ..change(user) }
}

pub(crate) fn prefer(user: u64, preferences: &[Preference]) -> ChangePreferences {
    ChangePreferences { user: UserId(user), preferences: preferences.to_vec() }
}

pub(crate) fn report(user: u64, to: Option<u64>) -> ChangeReportingLine {
    ChangeReportingLine { user: UserId(user), reports_to: to.map(UserId) }
}

pub(crate) fn set_avatar(user: u64, avatar: u8) -> SetAvatar {
    SetAvatar { user: UserId(user), avatar: Digest([avatar; 32]), sealed_bytes: 100 }
}

pub(crate) fn remove_avatar(user: u64) -> RemoveAvatar {
    RemoveAvatar { user: UserId(user) }
}

pub(crate) fn chats(user: u64, limit: Option<i64>) -> ChangeChatLimit {
    let limit = limit.map(|limit| ChatLimit::parse(limit).unwrap());
    ChangeChatLimit { user: UserId(user), limit }
}

pub(crate) fn default_chats(limit: i64) -> ChangeDefaultChatLimit {
    ChangeDefaultChatLimit { limit: ChatLimit::parse(limit).unwrap() }
}

pub(crate) fn assign_profile(user: u64, profile: AccessProfile) -> AssignAccessProfile {
    AssignAccessProfile { user: UserId(user), profile }
}

pub(crate) fn disable(user: u64) -> DisableUser {
    DisableUser { user: UserId(user), keep_team: None }
}

pub(crate) fn disable_keeping(user: u64, team: u64) -> DisableUser {
    DisableUser { user: UserId(user), keep_team: Some(TeamId(team)) }
}

pub(crate) fn enable(user: u64) -> EnableUser {
    EnableUser { user: UserId(user) }
}

pub(crate) fn delete(user: u64) -> DeleteUser {
    DeleteUser { user: UserId(user), called: Vec::new() }
}

pub(crate) fn lock(user: u64) -> LockAccount {
    LockAccount { user: UserId(user) }
}

pub(crate) fn unlock(user: u64) -> UnlockAccount {
    UnlockAccount { user: UserId(user) }
}

/// Set by somebody else, or with the current password not asked for.
pub(crate) fn set_password(user: u64) -> SetPassword {
    SetPassword {
        user: UserId(user),
        verifier: verifier(),
        session: None,
        proved: None,
        answer: AnswerProof::Missing,
    }
}

/// Changed by the person, who proved a credential.
pub(crate) fn change_password(user: u64, proved: u64, session: u8) -> SetPassword {
    let (session, proved) = (Some(session_id(session)), Some(CredentialNumber(proved)));
    SetPassword { session, proved, ..set_password(user) }
}

/// With a password that expires an hour after the cases start.
pub(crate) fn reset_password(user: u64) -> ResetPassword {
    let expires_at = Timestamp::from_millis(super::START + 3_600_000);
    ResetPassword { user: UserId(user), verifier: verifier(), expires_at, mailed: None }
}

/// The same, by mail.
pub(crate) fn reset_by_mail(user: u64) -> ResetPassword {
    ResetPassword { mailed: Some(mailed_password()), ..reset_password(user) }
}

pub(crate) fn mailed_password() -> MailedPassword {
    MailedPassword::new("made up".to_owned().into())
}

/// An agent without a password of their own: one is mailed, and expires an hour after the cases start.
pub(crate) fn with_initial_password(name: &str) -> CreateUser {
    let expires_at = Timestamp::from_millis(super::START + 3_600_000);
    let initial = InitialPassword { verifier: verifier(), expires_at, mailed: mailed_password() };
    CreateUser { initial: Some(initial), ..agent(name) }
}

/// Chosen with the password of a credential.
pub(crate) fn set_question(user: u64, proved: Option<u64>) -> SetSecurityQuestion {
    SetSecurityQuestion {
        user: UserId(user),
        question: QuestionText::parse("Which town?").unwrap(),
        verifier: verifier(),
        proved: proved.map(CredentialNumber),
    }
}

pub(crate) fn remove_question(user: u64, proved: Option<u64>) -> RemoveSecurityQuestion {
    RemoveSecurityQuestion { user: UserId(user), proved: proved.map(CredentialNumber) }
}

pub(crate) fn resend(user: u64) -> ResendMail {
    ResendMail { user: UserId(user), template: MailTemplate::Welcome }
}

pub(crate) fn notify(user: u64) -> NotifySignOff {
    NotifySignOff { user: UserId(user), notice: SignOffNotice::Asked }
}

pub(crate) fn answers(question: u64) -> AnswerProof {
    AnswerProof::Matches(CredentialNumber(question))
}

pub(crate) fn force(user: u64) -> ForcePasswordChange {
    ForcePasswordChange { user: UserId(user) }
}

pub(crate) fn cancel(user: u64) -> CancelPasswordChange {
    CancelPasswordChange { user: UserId(user) }
}

pub(crate) fn end_session(user: u64, session: u8) -> EndSession {
    EndSession { user: UserId(user), session: session_id(session) }
}

pub(crate) fn end_sessions(user: u64) -> EndSessions {
    EndSessions { user: UserId(user), kept: None }
}

pub(crate) fn choose(setting: Setting, value: SettingValue) -> ChangeSettings {
    ChangeSettings { changes: vec![(setting, value)] }
}

pub(crate) fn session_id(number: u8) -> SessionId {
    SessionId([number; 16])
}

/// With the password of a credential; ends an hour after the cases start.
pub(crate) fn sign_in(user: u64, credential: u64, session: u8) -> SignIn {
    SignIn {
        user: UserId(user),
        proof: PasswordProof::Matches(CredentialNumber(credential)),
        session: session_id(session),
        token_digest: Digest([session; 32]),
        expires_at: Timestamp::from_millis(super::START + 3_600_000),
        client: ClientType::default(),
    }
}

pub(crate) fn wrong_password(user: u64) -> SignIn {
    SignIn { proof: PasswordProof::Wrong, ..sign_in(user, 0, 0) }
}

pub(crate) fn sign_out(user: u64, session: u8) -> SignOut {
    SignOut { user: UserId(user), session: session_id(session) }
}

pub(crate) fn role(name: &str, kind: UserKind, surfaces: &[Surface]) -> DefineRole {
    DefineRole { name: RoleName::parse(name).unwrap(), kind, surfaces: surfaces.to_vec() }
}

pub(crate) fn agent_role(name: &str) -> DefineRole {
    role(name, UserKind::Agent, &[Surface::Lists])
}

pub(crate) fn client_role(name: &str) -> DefineRole {
    role(name, UserKind::Client, &[Surface::Lists])
}

pub(crate) fn dashboard(name: &str) -> DefineDashboard {
    DefineDashboard { name: DashboardName::parse(name).unwrap() }
}

pub(crate) fn delete_dashboard(dashboard: u64) -> DeleteDashboard {
    DeleteDashboard { dashboard: DashboardId(dashboard) }
}

pub(crate) fn role_dashboard(role: u64, dashboard: Option<u64>) -> SetRoleDashboard {
    SetRoleDashboard { role: RoleId(role), dashboard: dashboard.map(DashboardId) }
}

pub(crate) fn delete_role(role: u64) -> DeleteRole {
    DeleteRole { role: RoleId(role) }
}

pub(crate) fn assign(user: u64, role: u64) -> AssignRole {
    AssignRole { user: UserId(user), role: RoleId(role), license: None }
}

pub(crate) fn unassign(user: u64, role: u64) -> UnassignRole {
    UnassignRole { user: UserId(user), role: RoleId(role) }
}

pub(crate) fn size(license: LicenseType, owned: u32) -> SizeLicensePool {
    SizeLicensePool { license, owned }
}

pub(crate) fn grant(user: u64, license: LicenseType) -> GrantLicense {
    GrantLicense { user: UserId(user), license }
}

pub(crate) fn revoke(user: u64) -> RevokeLicense {
    RevokeLicense { user: UserId(user) }
}

/// With the keys that [`agent`] and [`client`] give.
pub(crate) fn mask(user: u64, name: &str) -> MaskPii {
    mask_with(user, login(name, &format!("{name}@example.com")))
}

pub(crate) fn mask_with(user: u64, Login { username, email }: Login) -> MaskPii {
    MaskPii {
        user: UserId(user),
        username,
        email,
        username_format: UsernameMaskFormat::default(),
        email_format: EmailMaskFormat::default(),
        fingerprint: [7; 16],
    }
}
