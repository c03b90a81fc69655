//! A team.

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use rollbook_projections::view::TeamRow;
use rollbook_schema::{TeamId, UserId};

use super::UserConnection;
use crate::access::{Caller, Capability, holds, reaches_team};
use crate::graphql::id;
use crate::graphql::input::{UserFilter, UserOrder};
use crate::graphql::paging::PageArguments;
use crate::graphql::reading;
use crate::graphql::rights::caller;
use crate::graphql::when::{Scene, When};

/// A team, which lies in a tree of teams: administration reaches from a team down.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub(in crate::graphql) struct Team {
    /// `team_` and a number.
    pub id: ID,
    /// Null once it was erased.
    pub name: Option<String>,
    pub deleted: bool,
    #[graphql(skip)]
    key: TeamId,
    #[graphql(skip)]
    when: When,
}

#[ComplexObject]
impl Team {
    /// The team that it is a part of; null at the top, or if that one is not for you.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let views = self.when.held(ctx)?;
        let parent = views.teams.get(self.key).and_then(|team| team.parent);
        Ok(parent.and_then(|parent| Team::find(views.scene(), parent, &caller(ctx))))
    }

    /// The teams directly below.
    async fn subteams(&self, ctx: &Context<'_>) -> Result<Vec<Team>> {
        let (views, caller) = (self.when.held(ctx)?, caller(ctx));
        let below = views.teams.get(self.key).into_iter().flat_map(TeamRow::subteams);
        Ok(below.filter_map(|team| Team::find(views.scene(), team, &caller)).collect())
    }

    /// Who is in the team: a page of users.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the field")]
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(default)] with_subteams: bool,
        order_by: Option<UserOrder>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<UserConnection> {
        let filter = UserFilter::of_team(self.id.clone(), with_subteams);
        reading::users(ctx, &self.when, Some(filter), order_by, PageArguments { first, after, last, before })
    }
}

impl Team {
    /// One team, deleted ones included; `None` for one that the caller may not know of.
    pub(in crate::graphql) fn find<'a>(
        scene: impl Into<Scene<'a>>,
        team: TeamId,
        caller: &Caller,
    ) -> Option<Team> {
        let scene = scene.into();
        let sees = holds(caller, Capability::SeeTeams) && reaches_team(caller, &scene.today.teams, team);
        scene.shown.teams.get(team).filter(|_| sees).map(|row| Team::of(row, scene))
    }

    /// The teams of a user. People see their own teams; anybody else's need the right to see teams.
    pub(in crate::graphql) fn all_of<'a>(
        user: UserId,
        scene: impl Into<Scene<'a>>,
        caller: &Caller,
    ) -> Vec<Team> {
        let scene = scene.into();
        let own = caller.user() == Some(user);
        let row = |team: TeamId| scene.shown.teams.get(team).map(|row| Team::of(row, scene));
        let of = scene.shown.teams.of(user).iter();
        of.filter_map(|team| if own { row(*team) } else { Team::find(scene, *team, caller) }).collect()
    }

    fn of(row: &TeamRow, scene: Scene<'_>) -> Team {
        Team {
            id: id::of_team(row.id),
            name: row.name.as_ref().map(|name| name.as_str().to_owned()),
            deleted: row.deleted,
            key: row.id,
            when: scene.when.clone(),
        }
    }
}
