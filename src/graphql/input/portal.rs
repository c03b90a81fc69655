//! Pages of the client portal.

use async_graphql::{ID, InputObject};
use rollbook_schema::Command;
use rollbook_schema::command::SetRolePortalPages;
use rollbook_schema::value::PortalPage;

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, Terms};

/// Which pages the holders of a client role reach.
#[derive(InputObject)]
pub(in crate::graphql) struct SetRolePortalPagesInput {
    role_id: ID,
    /// All of them, as the portal calls them, such as `/tickets`; at most 200. A page that is not named is
    /// not reached.
    pages: Vec<String>,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for SetRolePortalPagesInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let role = flaws.role("roleId", &self.role_id);
        let pages = self.pages.iter().map(|page| flaws.take("pages", PortalPage::parse(page)));
        let pages: Option<Vec<PortalPage>> = pages.collect();
        Some(SetRolePortalPages { role: role?, pages: pages? }.into())
    }
}
