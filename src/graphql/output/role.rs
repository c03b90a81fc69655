//! A role.

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use rollbook_schema::RoleId;

use super::Dashboard;
use crate::access::{Caller, Capability, holds, is_bound};
use rollbook_projections::view::RoleRow;

use crate::graphql::id;
use crate::graphql::vocabulary::{Surface, UserKind};
use crate::graphql::when::{Scene, When};

/// A role, which gives its holders access.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub(in crate::graphql) struct Role {
    /// `role_` and a number.
    pub id: ID,
    /// Null once it was erased.
    pub name: Option<String>,
    /// Whom it is for.
    pub kind: UserKind,
    pub surfaces: Vec<Surface>,
    /// Roles are numbered in the order of their creation.
    pub sequence: u64,
    /// How many users have it. Null for readers who may not see roles, or not everybody.
    pub holders: Option<u64>,
    pub deleted: bool,
    #[graphql(skip)]
    pub key: RoleId,
    #[graphql(skip)]
    pub when: When,
}

#[ComplexObject]
impl Role {
    /// The pages of the client portal that its holders reach, in order; none for a role for agents.
    async fn portal_pages(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let views = self.when.held(ctx)?;
        Ok(views.portal_pages.of(self.key).iter().map(|page| page.as_str().to_owned()).collect())
    }

    /// The dashboard that holders of this role get who chose none; null where the role has no say.
    async fn dashboard(&self, ctx: &Context<'_>) -> Result<Option<Dashboard>> {
        let views = self.when.held(ctx)?;
        Ok(views.dashboards.of_role(self.key).map(|id| Dashboard::of(id, &views)))
    }
}

impl Role {
    pub(in crate::graphql) fn of<'a>(row: &RoleRow, scene: impl Into<Scene<'a>>, caller: &Caller) -> Role {
        let scene = scene.into();
        let sees_all = holds(caller, Capability::SeeRoles) && !is_bound(caller, &scene.today.teams);
        Role {
            id: id::of_role(row.id),
            name: row.name.as_ref().map(|name| name.as_str().to_owned()),
            kind: row.kind.into(),
            surfaces: row.surfaces.iter().copied().map(Into::into).collect(),
            sequence: row.id.0,
            holders: sees_all.then(|| row.holders()),
            deleted: row.deleted,
            key: row.id,
            when: scene.when.clone(),
        }
    }
}
