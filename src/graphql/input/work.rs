//! Whom somebody reports to, and how much work they get.

use async_graphql::{ID, InputObject};
use rollbook_schema::Command;
use rollbook_schema::command::{ChangeChatLimit, ChangeDefaultChatLimit, ChangeReportingLine};
use rollbook_schema::value::ChatLimit;

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};

/// Whom a user reports to.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeReportingLineInput {
    user_id: ID,
    /// To whom; null: to nobody.
    reports_to: Option<ID>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for ChangeReportingLineInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let reports_to = match &self.reports_to {
            Some(above) => Some(flaws.user("reportsTo", above)?),
            None => None,
        };
        Some(ChangeReportingLine { user: user?, reports_to }.into())
    }
}

/// How many chats an agent has at once.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeChatLimitInput {
    user_id: ID,
    /// 0 (none at all) to 1,000; null: the directory's default.
    max_chats: Option<i32>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for ChangeChatLimitInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let limit = match self.max_chats {
            Some(chats) => Some(flaws.take("maxChats", ChatLimit::parse(chats.into()))?),
            None => None,
        };
        Some(ChangeChatLimit { user: user?, limit }.into())
    }
}

/// How many chats every agent has at once who has no limit alone.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeDefaultChatLimitInput {
    /// 0 (none at all) to 1,000.
    max_chats: i32,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for ChangeDefaultChatLimitInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let limit = flaws.take("maxChats", ChatLimit::parse(self.max_chats.into()))?;
        Some(ChangeDefaultChatLimit { limit }.into())
    }
}
