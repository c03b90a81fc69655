//! What can be asked: imperative, may be refused. Parsed values only; secrets already hashed.

mod access_request;
mod application;
mod artefact;
mod attribute;
mod envelope;
mod erasure;
mod group;
mod mail_wording;
mod masking;
mod password_proof;
mod reading;
mod retention;
mod role;
mod saved_view;
mod secret;
mod signing_key;
mod source;
mod subject;
mod support;
mod user_rule;

pub use access_request::{
    ExtendAccessRequest, FetchPersonFile, FulfilAccessRequest, LiftRestriction, OpenAccessRequest,
    RefuseAccessRequest, RestrictProcessing,
};
pub use application::{
    ChangeApplication, ChooseActiveRole, DefineApplication, DeleteApplication, GrantApplicationAccess,
    RevokeApplicationAccess, SetRolePortalPages,
};
pub use artefact::{ChangeArtefact, PurgeArtefact, RecycleArtefact, RegisterArtefact, RestoreArtefact};
pub use attribute::{
    AddAttributeChoice, AttributeEntry, DefineAttribute, RenameAttribute, RetireAttribute,
    RetireAttributeChoice, SetAttributes,
};
pub use envelope::CommandEnvelope;
pub use erasure::CompleteErasure;
pub use group::{
    AddTeamMember, AddToBusinessUnit, ChangeProxyGrant, CreateBusinessUnit, CreateTeam, DeleteBusinessUnit,
    DeleteTeam, EndProxy, MoveTeam, RemoveFromBusinessUnit, RemoveTeamMember, RenameBusinessUnit, RenameTeam,
    StartProxy,
};
pub use mail_wording::ChangeMailWording;
pub use masking::{
    ApproveMasking, DeclineMasking, ExtendMasking, LiftLegalHold, MaskPii, PlaceLegalHold, RequestMasking,
    WithdrawMasking,
};
pub use password_proof::PasswordProof;
pub use reading::RecordReading;
pub use retention::{
    ApplyRetention, DefineRetentionRule, DeleteRetentionRule, EndRetentionRun, StartRetentionRun,
    SwitchRetentionRule,
};
pub use role::{AssignRole, DefineRole, DeleteRole, UnassignRole};
pub use saved_view::{ChangeSavedView, RemoveSavedView, SaveView};
pub use signing_key::RotateSigningKey;
pub use support::{DismissNotice, EndSupport, StartSupport};

pub use secret::{
    AnswerProof, InitialPassword, NotifySignOff, RemoveSecurityQuestion, ResendMail, SetSecurityQuestion,
};
pub use source::ChangeSource;
pub use user_rule::{
    ChangeUserRule, DefineUserRule, DeleteUserRule, DisableUserRule, EnableUserRule, RecordUserRuleRun,
    ReorderUserRules, RetryUserRule, RunStep,
};

use crate::event::Origin;
use crate::id::{
    BusinessUnitId, CredentialNumber, DashboardId, Digest, Position, RoleId, SessionId, TeamId, UserId,
    UserRuleId, Version,
};
use crate::record::Subject;
use crate::value::{
    AccessProfile, ChatLimit, ClientType, DashboardName, EmailAddress, LicenseType, Login, MailFault,
    MailedPassword, PasswordVerifier, PersonField, PersonFields, PersonText, Preference, RuleName, Setting,
    SettingValue, Timestamp, UserKind, UserSource, Username,
};

/// The fields of a command, as a struct of its own.
macro_rules! fields_of {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug)]
            pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
        )*
    };
}
use fields_of;

macro_rules! commands {
    ($($name:ident,)*) => {
        $(impl From<$name> for Command {
            fn from(command: $name) -> Command { Command::$name(command) }
        })*

        /// Everything that can be asked.
        #[derive(Clone, Debug)]
        #[expect(missing_docs, reason = "each command documents itself")]
        pub enum Command { $($name($name),)* }

        impl Command {
            /// Its stem, such as `GrantLicense`.
            #[must_use]
            pub fn stem(&self) -> &'static str {
                match self { $(Command::$name(_) => stringify!($name),)* }
            }

            /// The stems of all commands.
            pub const STEMS: &'static [&'static str] = &[$(stringify!($name),)*];
        }
    };
}

commands! {
    CreateUser, ChangeProfile, ChangePreferences, ChangeReportingLine, ChangeChatLimit, ChangeDefaultChatLimit, SetAvatar, RemoveAvatar, AssignAccessProfile, DisableUser, EnableUser, DeleteUser, LockAccount, UnlockAccount, SetPassword, ResetPassword, ForcePasswordChange, CancelPasswordChange, SignIn, SignOut, EndSession, EndSessions, RecordDeniedAttempt, RecordMailAttempt, DefineRole, DeleteRole, DefineDashboard, DeleteDashboard, SetRoleDashboard, AssignRole, UnassignRole, CreateTeam, RenameTeam, MoveTeam, DeleteTeam, AddTeamMember, RemoveTeamMember, CreateBusinessUnit, RenameBusinessUnit, DeleteBusinessUnit, AddToBusinessUnit, RemoveFromBusinessUnit, ChangeProxyGrant, StartProxy, EndProxy, SizeLicensePool, GrantLicense, RevokeLicense, MaskPii, ChangeSettings, DefineAttribute, RenameAttribute, AddAttributeChoice, RetireAttributeChoice, RetireAttribute, SetAttributes, SetSecurityQuestion, RemoveSecurityQuestion, ResendMail, ChangeSource, DefineApplication, ChangeApplication, DeleteApplication, GrantApplicationAccess, RevokeApplicationAccess, ChooseActiveRole, SetRolePortalPages, RotateSigningKey, StartSupport, EndSupport, DismissNotice, RequestMasking, ExtendMasking, ApproveMasking, DeclineMasking, WithdrawMasking, PlaceLegalHold, LiftLegalHold, NotifySignOff, CompleteErasure, OpenAccessRequest, ExtendAccessRequest, FulfilAccessRequest, RefuseAccessRequest, FetchPersonFile, RestrictProcessing, LiftRestriction, RegisterArtefact, ChangeArtefact, RecycleArtefact, RestoreArtefact, PurgeArtefact, DefineRetentionRule, SwitchRetentionRule, DeleteRetentionRule, StartRetentionRun, ApplyRetention, EndRetentionRun, RecordReading, DefineUserRule, ChangeUserRule, EnableUserRule, DisableUserRule, DeleteUserRule, ReorderUserRules, RecordUserRuleRun, RetryUserRule, SaveView, ChangeSavedView, RemoveSavedView, ChangeMailWording,
}

fields_of! {
    /// Makes an agent or a client, whole or not at all (ACC-21).
    CreateUser {
        /// Agent or client.
        kind: UserKind,
        /// Username and email.
        login: Login,
        /// Names and the like.
        person: PersonFields,
        /// Hash of the password; `None` where a machine creates and nobody can sign in yet (AUT-13).
        verifier: Option<PasswordVerifier>,
        /// A password that is made up and mailed, where none was given (AUT-10).
        initial: Option<InitialPassword>,
        /// ACC-18.
        email_verified: bool,
        /// Administrative capabilities; standard unless asked for (ROL-15).
        access_profile: AccessProfile,
        /// Roles to start with; the first takes a seat (LIC-07).
        roles: Vec<RoleId>,
        /// The license to take; `None`: read-write with the first role, none without roles.
        license: Option<LicenseType>,
        /// By which door.
        origin: Origin,
        /// Send a mail that welcomes the user (NOT-02).
        welcome: bool,
        /// The rule that creates; its refusals are recorded (LIC-08).
        rule: Option<RuleName>,
        /// Chats at once (PRO-21); `None`: the directory's default.
        max_chats: Option<ChatLimit>,
        /// The primary team (TEA-02).
        team: Option<TeamId>,
        /// Custom attributes to start with.
        attributes: Vec<AttributeEntry>,
        /// Business units to belong to (TEA-04).
        business_units: Vec<BusinessUnitId>,
        /// Whom the user reports to (PRO-05).
        reports_to: Option<UserId>,
        /// Where the user is kept, from the first moment on (SSO-01).
        source: UserSource,
    }
    /// Changes fields of a profile; fields not named stay.
    ChangeProfile {
        /// Whose.
        user: UserId,
        /// New username.
        username: Option<Username>,
        /// New email.
        email: Option<EmailAddress>,
        /// Fields to set, or to empty with `None`.
        person: Vec<(PersonField, Option<PersonText>)>,
    }
    /// Changes preferences; those not named stay.
    ChangePreferences {
        /// Whose.
        user: UserId,
        /// The new values; of a preference named twice, the last counts.
        preferences: Vec<Preference>,
    }
    /// Says whom a user reports to (PRO-05).
    ChangeReportingLine {
        /// Who reports.
        user: UserId,
        /// To whom; `None`: to nobody.
        reports_to: Option<UserId>,
    }
    /// Says how many chats an agent has at once (PRO-20).
    ChangeChatLimit {
        /// Whose.
        user: UserId,
        /// How many; `None`: the directory's default.
        limit: Option<ChatLimit>,
    }
    /// Changes the limit of all agents that have none of their own.
    ChangeDefaultChatLimit {
        /// How many.
        limit: ChatLimit,
    }
    /// Gives a user a picture, which is checked, sealed and on the disk already.
    SetAvatar {
        /// Whose.
        user: UserId,
        /// SHA-256 of the sealed picture.
        avatar: Digest,
        /// Its length.
        sealed_bytes: u32,
    }
    /// Takes a user's picture.
    RemoveAvatar {
        /// Whose.
        user: UserId,
    }
    /// Gives a user administrative capabilities, or takes them (standard).
    AssignAccessProfile {
        /// Whose.
        user: UserId,
        /// Which.
        profile: AccessProfile,
    }
    /// Ends a user's access (STA-12).
    DisableUser {
        /// Who.
        user: UserId,
        /// The only team to stay in, where there are several (STA-10).
        keep_team: Option<TeamId>,
    }
    /// Gives it back (STA-05).
    EnableUser {
        /// Who.
        user: UserId,
    }
    /// Takes a user out of state; history stays.
    DeleteUser {
        /// Who.
        user: UserId,
        /// Rules that were called for it already, each in the version that was called (BRL-03).
        called: Vec<(UserRuleId, Version)>,
    }
    /// Refuses sign-in until unlocked.
    LockAccount {
        /// Whose.
        user: UserId,
    }
    /// Permits sign-in again (STA-07).
    UnlockAccount {
        /// Whose.
        user: UserId,
    }
    /// Sets a password that was checked against the policy and hashed.
    SetPassword {
        /// Whose.
        user: UserId,
        /// Its hash.
        verifier: PasswordVerifier,
        /// The session that asks, if it is the user's own: it lives on (SES-02).
        session: Option<SessionId>,
        /// The credential that the current password was found to match; `None` where none was asked for.
        proved: Option<CredentialNumber>,
        /// What became of the answer to the security question (AUT-08).
        answer: AnswerProof,
    }
    /// Sets a temporary password that the program made and hashed (AUT-07).
    ResetPassword {
        /// Whose.
        user: UserId,
        /// Its hash.
        verifier: PasswordVerifier,
        /// When it opens nothing any more.
        expires_at: Timestamp,
        /// To be mailed; `None`: it is handed over otherwise.
        mailed: Option<MailedPassword>,
    }
    /// Demands a new password at the next sign-in (AUT-05).
    ForcePasswordChange {
        /// Whose.
        user: UserId,
    }
    /// Demands it no more.
    CancelPasswordChange {
        /// Whose.
        user: UserId,
    }
    /// Starts a session. The password was checked before; the rule checks that nothing changed since.
    SignIn {
        /// Who.
        user: UserId,
        /// Which credential was checked, and how that ended.
        proof: PasswordProof,
        /// The session to start.
        session: SessionId,
        /// Of its token.
        token_digest: Digest,
        /// When it ends by itself.
        expires_at: Timestamp,
        /// What the program says it is.
        client: ClientType,
    }
    /// Ends a session.
    SignOut {
        /// Whose.
        user: UserId,
        /// Which.
        session: SessionId,
    }
    /// Ends any one session of a user.
    EndSession {
        /// Whose.
        user: UserId,
        /// Which.
        session: SessionId,
    }
    /// Ends all sessions of a user: what waits for the next sign-in then acts at once (ROL-12).
    EndSessions {
        /// Whose.
        user: UserId,
        /// A session that lives on.
        kept: Option<SessionId>,
    }
    /// Records that somebody signed in was refused before a rule was asked.
    RecordDeniedAttempt {
        /// The stem of the refused command.
        command: &'static str,
        /// The code of the refusal.
        code: crate::rejection::RejectionCode,
        /// Whom or what it would have changed.
        on: Subject,
    }
    /// Records what became of an attempt to send a mail (NOT-07).
    RecordMailAttempt {
        /// To whom.
        user: UserId,
        /// Which.
        mail: Position,
        /// Which attempt it was, from 1.
        attempt: u32,
        /// Why it failed; `None` if the mail went.
        fault: Option<MailFault>,
        /// It is not tried again.
        gives_up: bool,
    }
    /// Makes a dashboard known.
    DefineDashboard {
        /// Unique without case.
        name: DashboardName,
    }
    /// Takes a dashboard away; whoever chose it gets another (PRF-12).
    DeleteDashboard {
        /// Which.
        dashboard: DashboardId,
    }
    /// Says which dashboard the holders of a role get who chose none (PRF-10).
    SetRoleDashboard {
        /// Whose holders.
        role: RoleId,
        /// Which; `None`: the role has no say.
        dashboard: Option<DashboardId>,
    }
    /// Sets how many seats there are.
    SizeLicensePool {
        /// Of which type.
        license: LicenseType,
        /// Seats owned from now on.
        owned: u32,
    }
    /// Gives an agent a license, in place of the one held (LIC-15).
    GrantLicense {
        /// Who.
        user: UserId,
        /// Which type.
        license: LicenseType,
    }
    /// Takes an agent's license.
    RevokeLicense {
        /// Who.
        user: UserId,
    }
    /// Chooses settings; those not named stay.
    ChangeSettings {
        /// Each setting once.
        changes: Vec<(Setting, SettingValue)>,
    }
}
