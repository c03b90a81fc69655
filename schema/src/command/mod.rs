//! What can be asked: imperative, may be refused. Parsed values only; secrets already hashed.

use crate::event::Origin;
use crate::id::{
    BusinessUnitId, CommandId, CorrelationId, CredentialNumber, Digest, Position, RoleId, SessionId, TeamId,
    UserId, Version,
};
use crate::record::{Actor, Context, Subject};
use crate::value::{
    AccessProfile, BusinessUnitName, EmailAddress, EmailMaskFormat, LicenseType, Login, PasswordVerifier,
    PersonField, PersonFields, PersonText, ProxyGrant, RoleName, RuleName, Surface, TeamName, Timestamp,
    UserKind, Username, UsernameMaskFormat,
};

/// Who asks, for whom, and where from.
#[derive(Clone, Debug)]
pub struct CommandEnvelope {
    /// Idempotency key, in the scope of the actor.
    pub id: CommandId,
    /// Who really asks.
    pub actor: Actor,
    /// For whom, under impersonation.
    pub on_behalf_of: Option<UserId>,
    /// Under which impersonation.
    pub proxy_session: Option<SessionId>,
    /// The event that set this command off.
    pub causation: Option<Position>,
    /// The request that set everything off.
    pub correlation_id: CorrelationId,
    /// The version of the subject that the asker saw; `None` to take any.
    pub expected_version: Option<Version>,
    /// Where from; empty when unknown.
    pub context: Context,
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug)]
            pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }

            impl From<$name> for Command {
                fn from(command: $name) -> Command { Command::$name(command) }
            }
        )*

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
        /// The rule that creates; its refusals are recorded (LIC-08).
        rule: Option<RuleName>,
        /// The primary team (TEA-02).
        team: Option<TeamId>,
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
    }
    /// Ends a session.
    SignOut {
        /// Whose.
        user: UserId,
        /// Which.
        session: SessionId,
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
    /// Makes a role.
    DefineRole {
        /// Unique without case.
        name: RoleName,
        /// For agents or for clients (ROL-03).
        kind: UserKind,
        /// What it gives access to.
        surfaces: Vec<Surface>,
    }
    /// Removes a role that nobody holds.
    DeleteRole {
        /// Which.
        role: RoleId,
    }
    /// Gives a user a role.
    AssignRole {
        /// Who.
        user: UserId,
        /// Which.
        role: RoleId,
        /// The license to take if this is the first role and none is held; `None`: read-write.
        license: Option<LicenseType>,
    }
    /// Takes a role from a user.
    UnassignRole {
        /// Who.
        user: UserId,
        /// Which.
        role: RoleId,
    }
    /// Makes a team, below another or at the top.
    CreateTeam {
        /// Unique without case.
        name: TeamName,
        /// The team that it is a part of.
        parent: Option<TeamId>,
    }
    /// Gives a team another name.
    RenameTeam {
        /// Which.
        team: TeamId,
        /// Unique without case.
        name: TeamName,
    }
    /// Puts a team, and all below it, elsewhere in the tree (TEA-06).
    MoveTeam {
        /// Which.
        team: TeamId,
        /// The team that it shall be a part of; `None` for the top.
        parent: Option<TeamId>,
    }
    /// Removes a team that is empty.
    DeleteTeam {
        /// Which.
        team: TeamId,
    }
    /// Puts a user into a team.
    AddTeamMember {
        /// Who.
        user: UserId,
        /// Which.
        team: TeamId,
    }
    /// Takes a user out of a team.
    RemoveTeamMember {
        /// Who.
        user: UserId,
        /// Which.
        team: TeamId,
    }
    /// Makes a business unit.
    CreateBusinessUnit {
        /// Unique without case.
        name: BusinessUnitName,
    }
    /// Gives a business unit another name.
    RenameBusinessUnit {
        /// Which.
        business_unit: BusinessUnitId,
        /// Unique without case.
        name: BusinessUnitName,
    }
    /// Removes a business unit that nobody belongs to.
    DeleteBusinessUnit {
        /// Which.
        business_unit: BusinessUnitId,
    }
    /// Puts a user into a business unit.
    AddToBusinessUnit {
        /// Who.
        user: UserId,
        /// Which.
        business_unit: BusinessUnitId,
    }
    /// Takes a user out of a business unit.
    RemoveFromBusinessUnit {
        /// Who.
        user: UserId,
        /// Which.
        business_unit: BusinessUnitId,
    }
    /// Says as whom somebody may act.
    ChangeProxyGrant {
        /// Whose grant.
        user: UserId,
        /// The whole of it.
        grant: ProxyGrant,
        /// It is known that this leaves nobody (PXY-15).
        confirmed: bool,
    }
    /// Acts as somebody else from here on, in a session of its own.
    StartProxy {
        /// As whom.
        user: UserId,
        /// The proxy session to start.
        session: SessionId,
        /// The actor's own session.
        parent: SessionId,
        /// Of its token.
        token_digest: Digest,
        /// When it ends by itself.
        expires_at: Timestamp,
        /// The actor knows that a record is made (PXY-03).
        acknowledged: bool,
    }
    /// Switches back.
    EndProxy {
        /// As whom it was.
        user: UserId,
        /// Which proxy session.
        session: SessionId,
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
    /// Masks username and email in all of history (MSK-05).
    MaskPii {
        /// The three keys that must agree (MSK-03): id …
        user: UserId,
        /// … username …
        username: Username,
        /// … and email.
        email: EmailAddress,
        /// Format of the username's mask.
        username_format: UsernameMaskFormat,
        /// Format of the email's mask.
        email_format: EmailMaskFormat,
        /// Of the key that will be destroyed.
        fingerprint: [u8; 16],
    }
}

/// What checking a password found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProof {
    /// It matches this credential.
    Matches(CredentialNumber),
    /// It does not match.
    Wrong,
}

impl Command {
    /// Whom or what the command would change; `None` where it makes something new.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        let user = match self {
            Command::CreateUser(_) | Command::DefineRole(_) => return None,
            Command::CreateTeam(_) | Command::CreateBusinessUnit(_) => return None,
            Command::RenameTeam(c) => return Some(Subject::Team(c.team)),
            Command::MoveTeam(c) => return Some(Subject::Team(c.team)),
            Command::DeleteTeam(c) => return Some(Subject::Team(c.team)),
            Command::RenameBusinessUnit(c) => return Some(Subject::BusinessUnit(c.business_unit)),
            Command::DeleteBusinessUnit(c) => return Some(Subject::BusinessUnit(c.business_unit)),
            Command::AddTeamMember(c) => c.user,
            Command::ChangeProxyGrant(c) => c.user,
            Command::StartProxy(c) => c.user,
            Command::EndProxy(c) => c.user,
            Command::RemoveTeamMember(c) => c.user,
            Command::AddToBusinessUnit(c) => c.user,
            Command::RemoveFromBusinessUnit(c) => c.user,
            Command::DeleteRole(c) => return Some(Subject::Role(c.role)),
            Command::SizeLicensePool(c) => return Some(Subject::LicensePool(c.license)),
            Command::RecordDeniedAttempt(c) => return Some(c.on),
            Command::ChangeProfile(c) => c.user,
            Command::AssignAccessProfile(c) => c.user,
            Command::DisableUser(c) => c.user,
            Command::EnableUser(c) => c.user,
            Command::DeleteUser(c) => c.user,
            Command::LockAccount(c) => c.user,
            Command::UnlockAccount(c) => c.user,
            Command::SetPassword(c) => c.user,
            Command::SignIn(c) => c.user,
            Command::SignOut(c) => c.user,
            Command::AssignRole(c) => c.user,
            Command::UnassignRole(c) => c.user,
            Command::GrantLicense(c) => c.user,
            Command::RevokeLicense(c) => c.user,
            Command::MaskPii(c) => c.user,
        };
        Some(Subject::User(user))
    }
}
