//! One command over many users: the inputs of the commands, without the user.

use async_graphql::{Enum, ID, InputObject, OneofObject};
use rollbook_schema::command::{
    AddTeamMember, AddToBusinessUnit, AssignAccessProfile, AssignRole, CancelPasswordChange, ChangeChatLimit,
    ChangeReportingLine, DeleteUser, DisableUser, EnableUser, EndSessions, ForcePasswordChange, GrantLicense,
    LockAccount, RemoveFromBusinessUnit, RemoveTeamMember, RevokeLicense, UnassignRole, UnlockAccount,
};
use rollbook_schema::value::ChatLimit;
use rollbook_schema::{Command, RejectionCode, UserId};

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
    AddTeamMember(BulkTeam),
    RemoveTeamMember(BulkTeam),
    AddToBusinessUnit(BulkBusinessUnit),
    RemoveFromBusinessUnit(BulkBusinessUnit),
    ChangeReportingLine(BulkReportingLine),
    ChangeChatLimit(BulkChatLimit),
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
    ForcePasswordChange,
    CancelPasswordChange,
    EndSessions,
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

/// Which team they join or leave.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkTeam {
    team_id: ID,
}

/// Which business unit they join or leave.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkBusinessUnit {
    business_unit_id: ID,
}

/// Whom they report to.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkReportingLine {
    /// To whom; null: to nobody.
    reports_to: Option<ID>,
}

/// How many chats they have at once.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkChatLimit {
    /// 0 (none at all) to 1,000; null: the directory's default.
    max_chats: Option<i32>,
}

/// A parsed command that is still to be told of whom.
type OfUser = Box<dyn Fn(UserId) -> Command>;

fn of_user<C: Into<Command>>(command: impl Fn(UserId) -> C + 'static) -> OfUser {
    Box::new(move |user| command(user).into())
}

impl BulkInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    /// The command for each user; `None` for an id that names none.
    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<Vec<Option<(UserId, Command)>>> {
        let command = self.command.parse(flaws);
        match self.user_ids.len() {
            0 => flaws.refuse("userIds", RejectionCode::Required),
            1..=BULK_USERS_MAX => {}
            _ => flaws.refuse("userIds", RejectionCode::TooMany),
        }
        let command = command?;
        let users = self.user_ids.iter().map(id::user);
        Some(users.map(|user| user.map(|user| (user, command(user)))).collect())
    }
}

impl BulkCommand {
    fn parse(self, flaws: &mut Flaws) -> Option<OfUser> {
        Some(match self {
            BulkCommand::Plain(plain) => plain.of_user(),
            BulkCommand::AssignRole(c) => {
                let (role, license) = (flaws.role("roleId", &c.role_id)?, c.license.map(Into::into));
                of_user(move |user| AssignRole { user, role, license })
            }
            BulkCommand::UnassignRole(c) => {
                let role = flaws.role("roleId", &c.role_id)?;
                of_user(move |user| UnassignRole { user, role })
            }
            BulkCommand::GrantLicense(c) => {
                of_user(move |user| GrantLicense { user, license: c.r#type.into() })
            }
            BulkCommand::AssignAccessProfile(c) => {
                of_user(move |user| AssignAccessProfile { user, profile: c.access_profile.into() })
            }
            BulkCommand::AddTeamMember(c) => {
                let team = flaws.team("teamId", &c.team_id)?;
                of_user(move |user| AddTeamMember { user, team })
            }
            BulkCommand::RemoveTeamMember(c) => {
                let team = flaws.team("teamId", &c.team_id)?;
                of_user(move |user| RemoveTeamMember { user, team })
            }
            BulkCommand::AddToBusinessUnit(c) => {
                let business_unit = flaws.business_unit("businessUnitId", &c.business_unit_id)?;
                of_user(move |user| AddToBusinessUnit { user, business_unit })
            }
            BulkCommand::RemoveFromBusinessUnit(c) => {
                let business_unit = flaws.business_unit("businessUnitId", &c.business_unit_id)?;
                of_user(move |user| RemoveFromBusinessUnit { user, business_unit })
            }
            BulkCommand::ChangeReportingLine(c) => {
                let reports_to = match &c.reports_to {
                    Some(above) => Some(flaws.user("reportsTo", above)?),
                    None => None,
                };
                of_user(move |user| ChangeReportingLine { user, reports_to })
            }
            BulkCommand::ChangeChatLimit(c) => {
                let limit = match c.max_chats {
                    Some(chats) => Some(flaws.take("maxChats", ChatLimit::parse(chats.into()))?),
                    None => None,
                };
                of_user(move |user| ChangeChatLimit { user, limit })
            }
        })
    }
}

impl PlainCommand {
    fn of_user(self) -> OfUser {
        match self {
            PlainCommand::DisableUser => of_user(|user| DisableUser { user, keep_team: None }),
            PlainCommand::EnableUser => of_user(|user| EnableUser { user }),
            PlainCommand::LockAccount => of_user(|user| LockAccount { user }),
            PlainCommand::UnlockAccount => of_user(|user| UnlockAccount { user }),
            PlainCommand::DeleteUser => of_user(|user| DeleteUser { user, called: Vec::new() }),
            PlainCommand::RevokeLicense => of_user(|user| RevokeLicense { user }),
            PlainCommand::ForcePasswordChange => of_user(|user| ForcePasswordChange { user }),
            PlainCommand::CancelPasswordChange => of_user(|user| CancelPasswordChange { user }),
            PlainCommand::EndSessions => of_user(|user| EndSessions { user, kept: None }),
        }
    }
}
