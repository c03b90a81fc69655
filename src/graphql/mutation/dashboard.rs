//! Dashboards, and which roles give them.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::{DefineDashboardInput, DeleteDashboardInput, SetRoleDashboardInput};
use crate::graphql::output::{DashboardPayload, RolePayload};

const OF_DASHBOARD: &[(&str, &str)] = &[("id", "dashboardId")];
const OF_ROLE: &[(&str, &str)] = &[("id", "roleId"), ("dashboard", "dashboardId")];

#[derive(Default)]
pub(super) struct DashboardMutations;

#[Object]
impl DashboardMutations {
    /// Makes a dashboard known, so that it can be chosen.
    async fn define_dashboard(
        &self,
        ctx: &Context<'_>,
        input: DefineDashboardInput,
    ) -> Result<DashboardPayload> {
        DashboardPayload::of(ctx, ask(ctx, input).await?, OF_DASHBOARD)
    }

    /// Takes a dashboard away. Who chose it keeps the choice and is shown another.
    async fn delete_dashboard(
        &self,
        ctx: &Context<'_>,
        input: DeleteDashboardInput,
    ) -> Result<DashboardPayload> {
        DashboardPayload::of(ctx, ask(ctx, input).await?, OF_DASHBOARD)
    }

    /// Says which dashboard the holders of a role get who chose none.
    async fn set_role_dashboard(
        &self,
        ctx: &Context<'_>,
        input: SetRoleDashboardInput,
    ) -> Result<RolePayload> {
        RolePayload::of(ctx, ask(ctx, input).await?, OF_ROLE)
    }
}
