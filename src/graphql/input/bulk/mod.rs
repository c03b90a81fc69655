//! One command over many users: the inputs of the commands, without the user.

mod company;
mod person;
mod rights;

use async_graphql::{Enum, ID, InputObject, OneofObject};
use rollbook_schema::command::{
    CancelPasswordChange, DeleteUser, EnableUser, EndSessions, ForcePasswordChange, LiftLegalHold,
    LockAccount, PlaceLegalHold, RemoveAvatar, RemoveSecurityQuestion, RevokeLicense, UnlockAccount,
};
use rollbook_schema::{Command, RejectionCode, UserId};

use self::company::{
    BulkBusinessUnit, BulkChatLimit, BulkDisableUser, BulkNotifySignOff, BulkReportingLine, BulkSource,
    BulkTeam,
};
use self::person::{BulkAttributes, BulkPreferences, BulkProfile};
use self::rights::{
    BulkApplicationAccess, BulkApplications, BulkAssignAccessProfile, BulkAssignRole, BulkGrantLicense,
    BulkProxyGrant, BulkUnassignRole,
};
use super::Flaws;
use crate::directory::BULK_USERS_MAX;
use crate::graphql::asking::{AskTerms, Terms};
use crate::graphql::id;
use crate::graphql::output::{OF_BULK, OF_BULK_REVOCATION, Renamed};

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
    DisableUser(BulkDisableUser),
    GrantApplicationAccess(BulkApplicationAccess),
    RevokeApplicationAccess(BulkApplications),
    SetAttributes(BulkAttributes),
    ChangeProfile(BulkProfile),
    ChangePreferences(BulkPreferences),
    ChangeProxyGrant(BulkProxyGrant),
    ChangeSource(BulkSource),
    NotifySignOff(BulkNotifySignOff),
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
    /// By mail only: whoever it does not reach is refused with `MAIL_DOES_NOT_REACH`, and is reset alone.
    ResetPassword,
    RemoveAvatar,
    RemoveSecurityQuestion,
    PlaceLegalHold,
    LiftLegalHold,
}

/// A parsed command that is still to be told of whom.
type OfUser = Box<dyn Fn(UserId) -> Command>;

fn of_user<C: Into<Command>>(command: impl Fn(UserId) -> C + 'static) -> Option<OfUser> {
    Some(Box::new(move |user| command(user).into()))
}

/// What is asked for each user; `None` for an id that names none.
pub(in crate::graphql) enum BulkAsked {
    /// A command that is whole.
    Commands(Vec<Option<(UserId, Command)>>),
    /// A password that is still to be made up and hashed, for each a different one.
    Resets(Vec<Option<UserId>>),
}

impl BulkAsked {
    /// Of each id that was named: does it name a user?
    pub(in crate::graphql) fn is_known(&self) -> Vec<bool> {
        match self {
            BulkAsked::Commands(commands) => commands.iter().map(Option::is_some).collect(),
            BulkAsked::Resets(users) => users.iter().map(Option::is_some).collect(),
        }
    }
}

impl BulkInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    /// The names that the input gives to fields of the rule.
    pub(in crate::graphql) fn renamed(&self) -> Renamed {
        match self.command {
            BulkCommand::RevokeApplicationAccess(_) => OF_BULK_REVOCATION,
            _ => OF_BULK,
        }
    }

    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<BulkAsked> {
        let users: Vec<_> = self.user_ids.iter().map(id::user).collect();
        match users.len() {
            0 => flaws.refuse("userIds", RejectionCode::Required),
            1..=BULK_USERS_MAX => {}
            _ => flaws.refuse("userIds", RejectionCode::TooMany),
        }
        if matches!(self.command, BulkCommand::Plain(PlainCommand::ResetPassword)) {
            return Some(BulkAsked::Resets(users));
        }
        let command = self.command.parse(flaws)?;
        let commands = users.into_iter().map(|user| user.map(|user| (user, command(user))));
        Some(BulkAsked::Commands(commands.collect()))
    }
}

impl BulkCommand {
    fn parse(self, flaws: &mut Flaws) -> Option<OfUser> {
        match self {
            BulkCommand::Plain(plain) => plain.of_user(),
            BulkCommand::AssignRole(told) => told.assigned(flaws),
            BulkCommand::UnassignRole(told) => told.unassigned(flaws),
            BulkCommand::GrantLicense(told) => told.granted(),
            BulkCommand::AssignAccessProfile(told) => told.assigned(),
            BulkCommand::AddTeamMember(told) => told.added(flaws),
            BulkCommand::RemoveTeamMember(told) => told.removed(flaws),
            BulkCommand::AddToBusinessUnit(told) => told.added(flaws),
            BulkCommand::RemoveFromBusinessUnit(told) => told.removed(flaws),
            BulkCommand::ChangeReportingLine(told) => told.changed(flaws),
            BulkCommand::ChangeChatLimit(told) => told.changed(flaws),
            BulkCommand::DisableUser(told) => told.disabled(flaws),
            BulkCommand::GrantApplicationAccess(told) => told.granted(flaws),
            BulkCommand::RevokeApplicationAccess(told) => told.revoked(flaws),
            BulkCommand::SetAttributes(told) => told.set(flaws),
            BulkCommand::ChangeProfile(told) => told.changed(flaws),
            BulkCommand::ChangePreferences(told) => told.changed(flaws),
            BulkCommand::ChangeProxyGrant(told) => told.changed(flaws),
            BulkCommand::ChangeSource(told) => told.changed(),
            BulkCommand::NotifySignOff(told) => told.notified(),
        }
    }
}

impl PlainCommand {
    fn of_user(self) -> Option<OfUser> {
        match self {
            PlainCommand::DisableUser => BulkDisableUser::out_of_no_team(),
            PlainCommand::EnableUser => of_user(|user| EnableUser { user }),
            PlainCommand::LockAccount => of_user(|user| LockAccount { user }),
            PlainCommand::UnlockAccount => of_user(|user| UnlockAccount { user }),
            PlainCommand::DeleteUser => of_user(|user| DeleteUser { user, called: Vec::new() }),
            PlainCommand::RevokeLicense => of_user(|user| RevokeLicense { user }),
            PlainCommand::ForcePasswordChange => of_user(|user| ForcePasswordChange { user }),
            PlainCommand::CancelPasswordChange => of_user(|user| CancelPasswordChange { user }),
            PlainCommand::EndSessions => of_user(|user| EndSessions { user, kept: None }),
            PlainCommand::RemoveAvatar => of_user(|user| RemoveAvatar { user }),
            PlainCommand::RemoveSecurityQuestion => {
                of_user(|user| RemoveSecurityQuestion { user, proved: None })
            }
            PlainCommand::PlaceLegalHold => of_user(|user| PlaceLegalHold { user }),
            PlainCommand::LiftLegalHold => of_user(|user| LiftLegalHold { user }),
            // Parsed before: it is no command until there is a password for each.
            PlainCommand::ResetPassword => None,
        }
    }
}
