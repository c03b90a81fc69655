//! Who may ask what: one table, asked before a command is queued and before anything is read.
//!
//! The table is committed as a picture (`tests/golden/access-matrix.txt`). It does not cover: that a
//! user manager reaches ordinary users only ([`may_ask`]), that teams bind reach (ROL-13,
//! [`may_reach`]), that a read-only license permits no change (LIC-05), that people change only some of
//! their own fields (PRF-14), and that a session in which a new password is demanded permits nothing but
//! that (AUT-05).

mod edit;
mod holding;
mod own;
mod provider;
mod proxy;
mod reach;
mod restriction;

pub use edit::may_edit;
pub use holding::{capabilities_of, holds, profile_holds};
pub use provider::stays_support;
pub use proxy::{has_all_of, keeps_proxy, may_proxy, stays_proxy};

pub use restriction::{unusable, uses};

pub use reach::{is_bound, may_reach, reach, reaches, reaches_team, reaches_wholly};

use rollbook_projections::view::ProxyParent;
use rollbook_schema::command::{ChangeSavedView, Command, RemoveSavedView, SaveView};
use rollbook_schema::value::{AccessProfile, LicenseType, PersonField, Preference, UserKind, UserSource};
use rollbook_schema::{Actor, RejectionCode, SessionId, Subject, UserId};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody is signed in.
    Anonymous,
    /// Somebody is.
    Person(Person),
    /// The operator of the machine, at the command line.
    Operator,
    /// Who provides the directory to the tenant, by a token of their own.
    Provider,
    /// The program itself.
    System,
}

/// Somebody signed in, as they are now: taking rights away acts at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// Agent or client.
    pub kind: UserKind,
    /// Administrative capabilities.
    pub profile: AccessProfile,
    /// The license held.
    pub license: Option<LicenseType>,
    /// The session that the request came in.
    pub session: SessionId,
    /// The session may only set a new password, and sign out (AUT-05).
    pub must_change_password: bool,
    /// Who really acts, where somebody acts as this user (PXY-04).
    pub proxy: Option<ProxyParent>,
}

impl Person {
    /// Is it the provider's support that acts as this user?
    #[must_use]
    pub fn is_support(&self) -> bool {
        self.proxy == Some(ProxyParent::SUPPORT)
    }
}

impl Caller {
    /// The actor that events will name; `None` for nobody.
    #[must_use]
    pub fn actor(&self) -> Option<Actor> {
        match self {
            Caller::Anonymous => None,
            Caller::Person(person) if person.is_support() => Some(Actor::PROVIDER),
            Caller::Person(person) => Some(Actor::person(person.proxy.map_or(person.id, |real| real.user))),
            Caller::Operator => Some(Actor::OPERATOR),
            Caller::Provider => Some(Actor::PROVIDER),
            Caller::System => Some(Actor::SYSTEM),
        }
    }

    /// The user who is signed in, or as whom somebody acts.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        match self {
            Caller::Person(person) => Some(person.id),
            Caller::Anonymous | Caller::Operator | Caller::Provider | Caller::System => None,
        }
    }
}

macro_rules! capabilities {
    ($($(#[$doc:meta])* $name:ident: $($profile:ident)*;)*) => {
        /// What a profile can permit.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Capability { $($(#[$doc])* $name,)* }

        impl Capability {
            /// Every capability.
            pub const ALL: &'static [Capability] = &[$(Capability::$name,)*];

            /// The matrix: which profiles hold it.
            fn holders(self) -> &'static [AccessProfile] {
                match self { $(Capability::$name => &[$(AccessProfile::$profile),*],)* }
            }
        }
    };
}

capabilities! {
    /// See that users exist, and what is not personal about them.
    SeeUsers: Administrator UserManager Auditor ComplianceOfficer;
    /// See names, addresses and the like.
    SeePeople: Administrator UserManager ComplianceOfficer;
    /// Search, sort and look up by names and addresses.
    FindPeople: Administrator UserManager ComplianceOfficer;
    /// See who did what.
    SeeHistory: Administrator Auditor ComplianceOfficer;
    /// See seats.
    SeeLicenses: Administrator UserManager Auditor;
    /// See roles.
    SeeRoles: Administrator UserManager Auditor ComplianceOfficer;
    /// See positions and digests of views, and rebuild them in shadow.
    SeeViews: Administrator Auditor;
    /// Create, change, disable, enable, lock, unlock, set passwords.
    ManageUsers: Administrator UserManager;
    /// Do so to users who have capabilities of their own.
    ManageAdministrators: Administrator;
    /// Delete users.
    DeleteUsers: Administrator;
    /// Assign and unassign roles, grant and revoke licenses.
    AssignAccess: Administrator UserManager;
    /// Define and delete roles.
    DefineRoles: Administrator;
    /// Define and delete dashboards.
    DefineDashboards: Administrator;
    /// Change how many seats there are.
    SizeLicensePools: Administrator;
    /// Change what holds for everybody who has nothing of their own.
    ChangeDefaults: Administrator;
    /// Give and take access profiles.
    AssignAccessProfiles: Administrator;
    /// Mask people in history, ask for it, decide upon it, and keep people from it.
    MaskPeople: ComplianceOfficer;
    /// See what the tenant chose.
    SeeSettings: Administrator UserManager Auditor ComplianceOfficer;
    /// Choose for the tenant.
    ChangeSettings: Administrator;
    /// Make temporary passwords, and be shown those once that are not mailed.
    ResetPasswords: Administrator UserManager;
    /// See the sessions of others.
    SeeSessions: Administrator UserManager Auditor;
    /// End the sessions of others.
    EndSessions: Administrator UserManager;
    /// See teams and business units.
    SeeTeams: Administrator UserManager Auditor ComplianceOfficer;
    /// Create, rename, move and delete teams and business units.
    ManageTeams: Administrator;
    /// Act as somebody else, as far as the proxy grant goes.
    ProxyLogin: Administrator UserManager;
    /// Say as whom others may act.
    ConfigureProxyLogin: Administrator;
    /// See checkpoints, proofs and the records they are about.
    SeeEvidence: Administrator Auditor;
    /// Have checkpoints signed, and keep the signatures of witnesses.
    SignCheckpoints: Administrator Auditor;
    /// Put another signing key into force.
    RotateSigningKey: Administrator;
    /// Act as an administrator of the tenant, as its provider's support. No profile has it.
    SupportLogin:;
    /// Put users into teams and business units, and take them out.
    AssignTeams: Administrator UserManager;
    /// Define, rename and retire custom attributes and their choices.
    DefineAttributes: Administrator;
    /// Say where users are kept.
    ChangeSources: Administrator;
    /// Define, change and delete applications.
    DefineApplications: Administrator;
    /// See what personal data exists where: of nobody in particular.
    SeeRegister: Administrator Auditor ComplianceOfficer;
    /// Answer people who want to see what is known of them, and fetch their files.
    AnswerAccessRequests: ComplianceOfficer;
    /// Leave what is known of a person unused, and use it again.
    RestrictProcessing: ComplianceOfficer;
    /// See whose data is not used.
    SeeRestricted: Auditor ComplianceOfficer;
    /// Tell of artefacts of other systems that may name users.
    RegisterArtefacts: Administrator;
    /// See what names whom.
    SeeReferences: Administrator UserManager ComplianceOfficer;
    /// Say after which time what is known of people ends.
    ManageRetention: ComplianceOfficer;
    /// See those rules, and whom they would touch.
    SeeRetention: Auditor ComplianceOfficer;
    /// Define, change, switch, order and delete rules on users.
    DefineUserRules: Administrator;
    /// See them, and how their runs went.
    SeeUserRules: Administrator Auditor ComplianceOfficer;
    /// Take a backup of all records, still sealed, and of pictures.
    BackUpRecords: Administrator;
    /// Take a copy of the wrapped keys.
    BackUpKeys: Administrator;
}

/// Fields that people change themselves (PRF-14).
const OWN_FIELDS: [PersonField; 5] = [
    PersonField::LandLinePhone,
    PersonField::MobilePhone,
    PersonField::StreetAddress,
    PersonField::PostalCode,
    PersonField::Signature,
];

/// Duties of compliance officers, which they have towards everybody.
const OF_EVERYBODY: [Capability; 3] =
    [Capability::MaskPeople, Capability::AnswerAccessRequests, Capability::RestrictProcessing];

/// What one command needs, and whether people may do it to themselves.
struct Need {
    capability: Option<Capability>,
    own: bool,
}

fn need(command: &Command) -> Need {
    let with = |capability| Need { capability: Some(capability), own: false };
    match command {
        // Only administrators have it, who may give access profiles too.
        Command::CreateUser(c) if c.source != UserSource::Local => with(Capability::ChangeSources),
        Command::CreateUser(c) if c.access_profile != AccessProfile::Standard => {
            with(Capability::AssignAccessProfiles)
        }
        Command::ChangeProfile(c) => Need {
            capability: Some(Capability::ManageUsers),
            own: c.username.is_none()
                && c.email.is_none()
                && c.person.iter().all(|(field, _)| OWN_FIELDS.contains(field)),
        },
        Command::ChangePreferences(c) => Need {
            capability: Some(Capability::ManageUsers),
            own: c.preferences.iter().all(Preference::is_own_choice),
        },
        Command::SetAvatar(_) | Command::RemoveAvatar(_) => {
            Need { capability: Some(Capability::ManageUsers), own: true }
        }
        Command::SetPassword(_) => Need { capability: Some(Capability::ManageUsers), own: true },
        Command::CreateUser(_)
        | Command::DisableUser(_)
        | Command::EnableUser(_)
        | Command::ChangeReportingLine(_)
        | Command::ChangeChatLimit(_)
        | Command::LockAccount(_)
        | Command::UnlockAccount(_)
        | Command::SetAttributes(_) => with(Capability::ManageUsers),
        Command::ChangeSource(_) => with(Capability::ChangeSources),
        Command::DefineAttribute(_)
        | Command::RenameAttribute(_)
        | Command::AddAttributeChoice(_)
        | Command::RetireAttributeChoice(_)
        | Command::RetireAttribute(_) => with(Capability::DefineAttributes),
        Command::AssignAccessProfile(_) => with(Capability::AssignAccessProfiles),
        Command::DeleteUser(_) => with(Capability::DeleteUsers),
        Command::DefineRole(_)
        | Command::DeleteRole(_)
        | Command::SetRoleDashboard(_)
        | Command::SetRolePortalPages(_) => with(Capability::DefineRoles),
        Command::DefineApplication(_) | Command::ChangeApplication(_) | Command::DeleteApplication(_) => {
            with(Capability::DefineApplications)
        }
        Command::RegisterArtefact(_)
        | Command::ChangeArtefact(_)
        | Command::RecycleArtefact(_)
        | Command::RestoreArtefact(_)
        | Command::PurgeArtefact(_) => with(Capability::RegisterArtefacts),
        Command::DefineUserRule(_)
        | Command::ChangeUserRule(_)
        | Command::EnableUserRule(_)
        | Command::DisableUserRule(_)
        | Command::DeleteUserRule(_)
        | Command::ReorderUserRules(_)
        | Command::RetryUserRule(_) => with(Capability::DefineUserRules),
        Command::DefineDashboard(_) | Command::DeleteDashboard(_) => with(Capability::DefineDashboards),
        Command::AssignRole(_)
        | Command::UnassignRole(_)
        | Command::GrantApplicationAccess(_)
        | Command::RevokeApplicationAccess(_)
        | Command::GrantLicense(_)
        | Command::RevokeLicense(_) => with(Capability::AssignAccess),
        Command::SizeLicensePool(_) => with(Capability::SizeLicensePools),
        Command::ChangeDefaultChatLimit(_) => with(Capability::ChangeDefaults),
        Command::ResetPassword(_) => with(Capability::ResetPasswords),
        Command::ForcePasswordChange(_) | Command::CancelPasswordChange(_) => with(Capability::ManageUsers),
        Command::SetSecurityQuestion(_) => Need { capability: None, own: true },
        Command::SaveView(SaveView { owner: UserId::TENANT, .. })
        | Command::ChangeSavedView(ChangeSavedView { owner: UserId::TENANT, .. })
        | Command::RemoveSavedView(RemoveSavedView { owner: UserId::TENANT, .. }) => {
            with(Capability::ChangeSettings)
        }
        Command::SaveView(_) | Command::ChangeSavedView(_) => Need { capability: None, own: true },
        // One that names somebody who is to be deleted stands in the way.
        Command::RemoveSavedView(_) => Need { capability: Some(Capability::ManageUsers), own: true },
        Command::RemoveSecurityQuestion(_) => Need { capability: Some(Capability::ManageUsers), own: true },
        Command::ResendMail(_) | Command::NotifySignOff(_) => with(Capability::ManageUsers),
        Command::EndSession(_) | Command::EndSessions(_) => {
            Need { capability: Some(Capability::EndSessions), own: true }
        }
        Command::RotateSigningKey(_) => with(Capability::RotateSigningKey),
        Command::ChangeSettings(_) | Command::ChangeMailWording(_) => with(Capability::ChangeSettings),
        Command::MaskPii(_)
        | Command::RequestMasking(_)
        | Command::ExtendMasking(_)
        | Command::ApproveMasking(_)
        | Command::DeclineMasking(_)
        | Command::WithdrawMasking(_)
        | Command::PlaceLegalHold(_)
        | Command::LiftLegalHold(_) => with(Capability::MaskPeople),
        Command::OpenAccessRequest(_)
        | Command::ExtendAccessRequest(_)
        | Command::FulfilAccessRequest(_)
        | Command::RefuseAccessRequest(_)
        | Command::FetchPersonFile(_) => with(Capability::AnswerAccessRequests),
        Command::DefineRetentionRule(_)
        | Command::SwitchRetentionRule(_)
        | Command::DeleteRetentionRule(_) => with(Capability::ManageRetention),
        Command::RestrictProcessing(_) | Command::LiftRestriction(_) => with(Capability::RestrictProcessing),
        Command::CreateTeam(_)
        | Command::RenameTeam(_)
        | Command::MoveTeam(_)
        | Command::DeleteTeam(_)
        | Command::CreateBusinessUnit(_)
        | Command::RenameBusinessUnit(_)
        | Command::DeleteBusinessUnit(_) => with(Capability::ManageTeams),
        Command::AddTeamMember(_)
        | Command::RemoveTeamMember(_)
        | Command::AddToBusinessUnit(_)
        | Command::RemoveFromBusinessUnit(_) => with(Capability::AssignTeams),
        // Signing in is the program's own act, after it has checked the password.
        Command::SignIn(_)
        | Command::RecordDeniedAttempt(_)
        | Command::RecordMailAttempt(_)
        | Command::RecordReading(_)
        | Command::StartRetentionRun(_)
        | Command::ApplyRetention(_)
        | Command::EndRetentionRun(_)
        | Command::RecordUserRuleRun(_)
        | Command::CompleteErasure(_) => Need { capability: None, own: false },
        Command::SignOut(_)
        | Command::EndProxy(_)
        | Command::ChooseActiveRole(_)
        | Command::EndSupport(_)
        | Command::DismissNotice(_) => Need { capability: None, own: true },
        Command::StartSupport(_) => with(Capability::SupportLogin),
        Command::ChangeProxyGrant(_) => with(Capability::ConfigureProxyLogin),
        Command::StartProxy(_) => with(Capability::ProxyLogin),
    }
}

/// May the caller ask this command? `target` is the profile of the user it is about, where it is
/// about one: nobody reaches above oneself.
pub fn may_ask(
    caller: &Caller,
    command: &Command,
    target: Option<AccessProfile>,
) -> Result<(), RejectionCode> {
    let person = match caller {
        Caller::Anonymous => return Err(RejectionCode::Unauthenticated),
        Caller::Operator | Caller::System => return Ok(()),
        Caller::Provider => return provider::may_ask(command),
        Caller::Person(person) => person,
    };
    proxy::may_ask(person, command)?;
    let need = need(command);
    let is_own = command.subject() == Some(Subject::User(person.id));
    if person.must_change_password
        && !(is_own && matches!(command, Command::SetPassword(_) | Command::SignOut(_)))
    {
        return Err(RejectionCode::PasswordChangeRequired);
    }
    let keeps_with_read_only = is_own && need.own && own::is_kept_with_read_only(command);
    if person.license == Some(LicenseType::ReadOnly) && !keeps_with_read_only {
        return Err(RejectionCode::ReadOnlyLicence);
    }
    if is_own && need.own {
        return Ok(());
    }
    let Some(capability) = need.capability else { return Err(RejectionCode::Forbidden) };
    if let (Command::StartProxy(_), Some(target)) = (command, target) {
        let allowed = holds(caller, capability) && has_all_of(person.profile, target);
        return if allowed { Ok(()) } else { Err(RejectionCode::Forbidden) };
    }
    let above = target
        .is_some_and(|profile| !matches!(profile, AccessProfile::Standard | AccessProfile::DeletedUser));
    let reaches =
        !above || holds(caller, Capability::ManageAdministrators) || OF_EVERYBODY.contains(&capability);
    if holds(caller, capability) && reaches { Ok(()) } else { Err(RejectionCode::Forbidden) }
}
