//! Where many users stand in their company, and what it tells them.

use async_graphql::{ID, InputObject};
use rollbook_schema::command::{
    AddTeamMember, AddToBusinessUnit, ChangeChatLimit, ChangeReportingLine, ChangeSource, DisableUser,
    NotifySignOff, RemoveFromBusinessUnit, RemoveTeamMember,
};
use rollbook_schema::value::ChatLimit;

use super::{OfUser, of_user};
use crate::graphql::input::Flaws;
use crate::graphql::vocabulary::{SignOffNotice, UserSource};

/// Which team they join or leave.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkTeam {
    team_id: ID,
}

impl BulkTeam {
    pub(super) fn added(self, flaws: &mut Flaws) -> Option<OfUser> {
        let team = flaws.team("teamId", &self.team_id)?;
        of_user(move |user| AddTeamMember { user, team })
    }

    pub(super) fn removed(self, flaws: &mut Flaws) -> Option<OfUser> {
        let team = flaws.team("teamId", &self.team_id)?;
        of_user(move |user| RemoveTeamMember { user, team })
    }
}

/// Which business unit they join or leave.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkBusinessUnit {
    business_unit_id: ID,
}

impl BulkBusinessUnit {
    pub(super) fn added(self, flaws: &mut Flaws) -> Option<OfUser> {
        let business_unit = flaws.business_unit("businessUnitId", &self.business_unit_id)?;
        of_user(move |user| AddToBusinessUnit { user, business_unit })
    }

    pub(super) fn removed(self, flaws: &mut Flaws) -> Option<OfUser> {
        let business_unit = flaws.business_unit("businessUnitId", &self.business_unit_id)?;
        of_user(move |user| RemoveFromBusinessUnit { user, business_unit })
    }
}

/// Whom they report to.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkReportingLine {
    /// To whom; null: to nobody.
    reports_to: Option<ID>,
}

impl BulkReportingLine {
    pub(super) fn changed(self, flaws: &mut Flaws) -> Option<OfUser> {
        let reports_to = match &self.reports_to {
            Some(above) => Some(flaws.user("reportsTo", above)?),
            None => None,
        };
        of_user(move |user| ChangeReportingLine { user, reports_to })
    }
}

/// How many chats they have at once.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkChatLimit {
    /// 0 (none at all) to 1,000; null: the directory's default.
    max_chats: Option<i32>,
}

impl BulkChatLimit {
    pub(super) fn changed(self, flaws: &mut Flaws) -> Option<OfUser> {
        let limit = match self.max_chats {
            Some(chats) => Some(flaws.take("maxChats", ChatLimit::parse(chats.into()))?),
            None => None,
        };
        of_user(move |user| ChangeChatLimit { user, limit })
    }
}

/// Which team they stay in whose access ends.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkDisableUser {
    /// The only team to stay in, for who is in several of them.
    keep_team: ID,
}

impl BulkDisableUser {
    pub(super) fn disabled(self, flaws: &mut Flaws) -> Option<OfUser> {
        let keep_team = Some(flaws.team("keepTeam", &self.keep_team)?);
        of_user(move |user| DisableUser { user, keep_team })
    }

    /// Who is in several teams is refused.
    pub(super) fn out_of_no_team() -> Option<OfUser> {
        of_user(|user| DisableUser { user, keep_team: None })
    }
}

/// Where they are kept from here on.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkSource {
    source: UserSource,
}

impl BulkSource {
    pub(super) fn changed(self) -> Option<OfUser> {
        of_user(move |user| ChangeSource { user, source: self.source.into() })
    }
}

/// What they are told of an approval.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkNotifySignOff {
    notice: SignOffNotice,
}

impl BulkNotifySignOff {
    pub(super) fn notified(self) -> Option<OfUser> {
        of_user(move |user| NotifySignOff { user, notice: self.notice.into() })
    }
}
