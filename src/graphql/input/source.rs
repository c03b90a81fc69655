//! Where a user is kept.

use async_graphql::{ID, InputObject};
use rollbook_schema::Command;
use rollbook_schema::command::ChangeSource;

use super::Flaws;
use crate::graphql::asking::{Asks, ChangeTerms, Terms};
use crate::graphql::vocabulary::UserSource;

/// Where a user is kept from here on.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeSourceInput {
    user_id: ID,
    source: UserSource,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for ChangeSourceInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        Some(ChangeSource { user: user?, source: self.source.into() }.into())
    }
}
