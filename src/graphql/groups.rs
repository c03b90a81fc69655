//! Reading teams and business units, as far as the caller may know of them.

use async_graphql::{Context, Result};
use rollbook_schema::{BusinessUnitId, TeamId};

use super::output::{BusinessUnit, Team};
use super::rights::caller;
use crate::directory::Directory;

pub(super) fn team(ctx: &Context<'_>, team: TeamId) -> Result<Option<Team>> {
    Ok(Team::find(&ctx.data::<Directory>()?.views(), team, &caller(ctx)))
}

pub(super) fn teams(ctx: &Context<'_>) -> Result<Vec<Team>> {
    let (views, caller) = (ctx.data::<Directory>()?.views(), caller(ctx));
    let teams = views.teams.iter().filter(|team| !team.deleted);
    Ok(teams.filter_map(|team| Team::find(&views, team.id, &caller)).collect())
}

pub(super) fn business_unit(ctx: &Context<'_>, unit: BusinessUnitId) -> Result<Option<BusinessUnit>> {
    Ok(BusinessUnit::find(&ctx.data::<Directory>()?.views(), unit, &caller(ctx)))
}

pub(super) fn business_units(ctx: &Context<'_>) -> Result<Vec<BusinessUnit>> {
    let views = ctx.data::<Directory>()?.views();
    Ok(views
        .business_units
        .iter()
        .filter(|unit| !unit.deleted)
        .map(|unit| BusinessUnit::of(unit, &views))
        .collect())
}
