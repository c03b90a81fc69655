//! One command over many users: the inputs of the commands, without the user.

use async_graphql::{Enum, ID, InputObject, OneofObject};
use rollbook_schema::command::{
    AssignAccessProfile, AssignRole, DeleteUser, DisableUser, EnableUser, GrantLicense, LockAccount,
    RevokeLicense, UnassignRole, UnlockAccount,
};
use rollbook_schema::{Command, RejectionCode, RoleId, UserId, value};

use super::Flaws;
use crate::directory::BULK_USERS_MAX;
use crate::graphql::asking::{AskTerms, Terms};
use crate::graphql::id;
use crate::graphql::vocabulary::{AccessProfile, LicenseType};

/// One command over many users.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkInput {
    command: BulkCommand,
    /// 1 to 500 users. One who is named twice is asked about once.
    pub user_ids: Vec<ID>,
    #[graphql(flatten)]
    terms: AskTerms,
}

/// Which command.
#[derive(OneofObject)]
pub(in crate::graphql) enum BulkCommand {
    /// A command that needs to be told nothing else.
    Plain(PlainCommand),
    AssignRole(BulkAssignRole),
    UnassignRole(BulkUnassignRole),
    GrantLicense(BulkGrantLicense),
    AssignAccessProfile(BulkAssignAccessProfile),
}

/// A command that needs to be told nothing but the user.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum PlainCommand {
    DisableUser,
    EnableUser,
    LockAccount,
    UnlockAccount,
    DeleteUser,
    RevokeLicense,
}

/// Which role they get.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkAssignRole {
    role_id: ID,
    /// The seat to take with an agent's first role; `READ_WRITE`, if it is not given.
    license: Option<LicenseType>,
}

/// Which role they lose.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkUnassignRole {
    role_id: ID,
}

/// Which seat they get, in place of the one held.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkGrantLicense {
    r#type: LicenseType,
}

/// Which administrative capabilities they shall have.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkAssignAccessProfile {
    access_profile: AccessProfile,
}

/// A parsed command, still without a user.
enum Ready {
    Plain(PlainCommand),
    AssignRole(RoleId, Option<value::LicenseType>),
    UnassignRole(RoleId),
    GrantLicense(value::LicenseType),
    AssignAccessProfile(value::AccessProfile),
}

impl BulkInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    /// The command for each user; `None` for an id that names none.
    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<Vec<Option<(UserId, Command)>>> {
        let ready = self.command.parse(flaws);
        match self.user_ids.len() {
            0 => flaws.refuse("userIds", RejectionCode::Required),
            1..=BULK_USERS_MAX => {}
            _ => flaws.refuse("userIds", RejectionCode::TooMany),
        }
        let ready = ready?;
        let users = self.user_ids.iter().map(id::user);
        Some(users.map(|user| user.map(|user| (user, ready.of(user)))).collect())
    }
}

impl BulkCommand {
    fn parse(self, flaws: &mut Flaws) -> Option<Ready> {
        Some(match self {
            BulkCommand::Plain(plain) => Ready::Plain(plain),
            BulkCommand::AssignRole(c) => {
                Ready::AssignRole(flaws.role("roleId", &c.role_id)?, c.license.map(Into::into))
            }
            BulkCommand::UnassignRole(c) => Ready::UnassignRole(flaws.role("roleId", &c.role_id)?),
            BulkCommand::GrantLicense(c) => Ready::GrantLicense(c.r#type.into()),
            BulkCommand::AssignAccessProfile(c) => Ready::AssignAccessProfile(c.access_profile.into()),
        })
    }
}

impl Ready {
    fn of(&self, user: UserId) -> Command {
        match *self {
            Ready::Plain(PlainCommand::DisableUser) => DisableUser { user, keep_team: None }.into(),
            Ready::Plain(PlainCommand::EnableUser) => EnableUser { user }.into(),
            Ready::Plain(PlainCommand::LockAccount) => LockAccount { user }.into(),
            Ready::Plain(PlainCommand::UnlockAccount) => UnlockAccount { user }.into(),
            Ready::Plain(PlainCommand::DeleteUser) => DeleteUser { user }.into(),
            Ready::Plain(PlainCommand::RevokeLicense) => RevokeLicense { user }.into(),
            Ready::AssignRole(role, license) => AssignRole { user, role, license }.into(),
            Ready::UnassignRole(role) => UnassignRole { user, role }.into(),
            Ready::GrantLicense(license) => GrantLicense { user, license }.into(),
            Ready::AssignAccessProfile(profile) => AssignAccessProfile { user, profile }.into(),
        }
    }
}
