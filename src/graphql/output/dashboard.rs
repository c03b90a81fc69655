//! A dashboard: what is shown on it, frontends know; here it has a name, and people who see it first.

use async_graphql::{ID, SimpleObject};
use rollbook_projections::view::{UserRow, Views};
use rollbook_schema::DashboardId;

use crate::graphql::id;

/// What the dashboard is called that nobody defined.
const SYSTEM_NAME: &str = "System";

/// Something to be shown after signing in.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct Dashboard {
    /// `dashboard_` and a number; `dashboard_0` is the system's own.
    pub id: ID,
    /// Null once it was erased.
    pub name: Option<String>,
    /// False for one that was deleted: who chose it is shown another.
    pub available: bool,
}

impl Dashboard {
    pub(in crate::graphql) fn of(id: DashboardId, views: &Views) -> Dashboard {
        let name = match views.dashboards.get(id) {
            Some(row) => row.name.as_ref().map(|name| name.as_str().to_owned()),
            None => (id == DashboardId::SYSTEM).then(|| SYSTEM_NAME.to_owned()),
        };
        Dashboard { id: id::of_dashboard(id), name, available: views.dashboards.is_available(id) }
    }
}

/// PRF-09…PRF-12.
pub(in crate::graphql) fn effective_home(row: &UserRow, views: &Views) -> DashboardId {
    views.dashboards.effective(views.preferences.of(row.id).home_dashboard, row.roles())
}
