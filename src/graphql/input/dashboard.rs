//! Dashboards, and which roles give them.

use async_graphql::{ID, InputObject};
use rollbook_schema::Command;
use rollbook_schema::command::{DefineDashboard, DeleteDashboard, SetRoleDashboard};
use rollbook_schema::value::DashboardName;

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, Terms};

/// A new dashboard.
#[derive(InputObject)]
pub(in crate::graphql) struct DefineDashboardInput {
    /// Unique, compared without case; at most 100 characters.
    name: String,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for DefineDashboardInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        Some(DefineDashboard { name: flaws.take("name", DashboardName::parse(&self.name))? }.into())
    }
}

/// A dashboard that shall be gone.
#[derive(InputObject)]
pub(in crate::graphql) struct DeleteDashboardInput {
    dashboard_id: ID,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for DeleteDashboardInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        Some(DeleteDashboard { dashboard: flaws.dashboard("dashboardId", &self.dashboard_id)? }.into())
    }
}

/// What holders of a role get who chose no dashboard.
#[derive(InputObject)]
pub(in crate::graphql) struct SetRoleDashboardInput {
    role_id: ID,
    /// Null: the role has no say.
    dashboard_id: Option<ID>,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for SetRoleDashboardInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let role = flaws.role("roleId", &self.role_id);
        let dashboard = match &self.dashboard_id {
            Some(dashboard) => Some(flaws.dashboard("dashboardId", dashboard)?),
            None => None,
        };
        Some(SetRoleDashboard { role: role?, dashboard }.into())
    }
}
