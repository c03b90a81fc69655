//! A business unit.

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use rollbook_projections::view::BusinessUnitRow;
use rollbook_schema::{BusinessUnitId, UserId};

use super::UserConnection;
use crate::access::{Caller, Capability, holds};
use crate::graphql::id;
use crate::graphql::input::{UserFilter, UserOrder};
use crate::graphql::paging::PageArguments;
use crate::graphql::reading;
use crate::graphql::when::{Scene, When};

/// A business unit, which work is routed to.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub(in crate::graphql) struct BusinessUnit {
    /// `unit_` and a number.
    pub id: ID,
    /// Null once it was erased.
    pub name: Option<String>,
    pub deleted: bool,
    #[graphql(skip)]
    when: When,
}

#[ComplexObject]
impl BusinessUnit {
    /// Who belongs to it, disabled users included: a page of users.
    async fn members(
        &self,
        ctx: &Context<'_>,
        order_by: Option<UserOrder>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<UserConnection> {
        let filter = UserFilter::of_business_unit(self.id.clone());
        reading::users(ctx, &self.when, Some(filter), order_by, PageArguments { first, after, last, before })
    }
}

impl BusinessUnit {
    /// One business unit, deleted ones included; `None` for one that the caller may not know of.
    pub(in crate::graphql) fn find<'a>(
        scene: impl Into<Scene<'a>>,
        unit: BusinessUnitId,
        caller: &Caller,
    ) -> Option<BusinessUnit> {
        let scene = scene.into();
        let sees = holds(caller, Capability::SeeTeams);
        scene.shown.business_units.get(unit).filter(|_| sees).map(|row| BusinessUnit::of(row, scene))
    }

    /// The business units of a user. People see their own; anybody else's need the right to see teams.
    pub(in crate::graphql) fn all_of<'a>(
        user: UserId,
        scene: impl Into<Scene<'a>>,
        caller: &Caller,
    ) -> Vec<BusinessUnit> {
        if caller.user() != Some(user) && !holds(caller, Capability::SeeTeams) {
            return Vec::new();
        }
        let scene = scene.into();
        let units = &scene.shown.business_units;
        let of = units.of(user).iter().filter_map(|unit| units.get(*unit));
        of.map(|row| BusinessUnit::of(row, scene)).collect()
    }

    pub(in crate::graphql) fn of<'a>(row: &BusinessUnitRow, scene: impl Into<Scene<'a>>) -> BusinessUnit {
        BusinessUnit {
            id: id::of_business_unit(row.id),
            name: row.name.as_ref().map(|name| name.as_str().to_owned()),
            deleted: row.deleted,
            when: scene.into().when.clone(),
        }
    }
}
