//! Notices about approvals.

use async_graphql::{ID, InputObject};
use rollbook_schema::Command;
use rollbook_schema::command::NotifySignOff;

use super::Flaws;
use crate::graphql::asking::{Asks, ChangeTerms, Terms};
use crate::graphql::vocabulary::SignOffNotice;

/// A notice to an agent about an approval.
#[derive(InputObject)]
pub(in crate::graphql) struct NotifySignOffInput {
    user_id: ID,
    notice: SignOffNotice,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for NotifySignOffInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        Some(NotifySignOff { user: user?, notice: self.notice.into() }.into())
    }
}
