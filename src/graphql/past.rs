//! What is read of moments alone, and one user as of a moment.

use async_graphql::{Context, Object, Result};
use rollbook_schema::UserId;

use super::comparing::{self, ChangesFilter};
use super::id;
use super::input::{AsOf, UserBy};
use super::output::{AccessReviewConnection, User, UserDifferenceConnection, Wanted};
use super::paging::PageArguments;
use super::reviewing::{self, AccessReviewFilter};
use super::rights::{caller, demand};
use super::when::When;
use crate::access::Capability;

/// What is read of moments that are over.
#[derive(Default)]
pub struct Past;

#[Object]
impl Past {
    /// What is different at a later moment (now, if none is named) from what was at an earlier one: a page of 50
    /// users, at most 100, by id. For who may see history and users.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        from: AsOf,
        to: Option<AsOf>,
        filter: Option<ChangesFilter>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<UserDifferenceConnection> {
        let page = PageArguments { first, after, ..PageArguments::default() };
        comparing::changes(ctx, (from, to), filter.unwrap_or_default(), page).await
    }

    /// Who held which role, license, access profile, team and proxy right at a moment (now, if none is named),
    /// and who had given it: a page of 50, at most 100, by user. For who may see history and users; the same
    /// for all of them at `/review/access.csv?asOf=…` and `/review/access.json?asOf=…`.
    async fn access_review(
        &self,
        ctx: &Context<'_>,
        as_of: Option<AsOf>,
        filter: Option<AccessReviewFilter>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<AccessReviewConnection> {
        let page = PageArguments { first, after, ..PageArguments::default() };
        reviewing::review(ctx, as_of, filter.unwrap_or_default(), page).await
    }
}

/// One user; by id the events about them are read and no others.
pub(super) async fn user(ctx: &Context<'_>, by: UserBy, as_of: AsOf) -> Result<Option<User>> {
    demand(ctx, Capability::SeeUsers)?;
    let (when, user) = match by {
        UserBy::Id(id) => {
            // Nobody has the id 0: who may not ask is told so before anything else.
            let user = id::user(&id).unwrap_or(UserId(0));
            (When::of_user(ctx, user, Some(as_of)).await?, Some(user))
        }
        UserBy::Username(username) => {
            demand(ctx, Capability::FindPeople)?;
            let when = When::named(ctx, Some(as_of)).await?;
            let found = when.held(ctx)?.users.any_by_username(username.trim());
            (when, found)
        }
        UserBy::Email(email) => {
            demand(ctx, Capability::FindPeople)?;
            let when = When::named(ctx, Some(as_of)).await?;
            let found = when.held(ctx)?.users.by_email(email.trim());
            (when, found)
        }
    };
    let Some(user) = user else { return Ok(None) };
    let wanted = Wanted::at([ctx.look_ahead()]);
    Ok(User::find(when.held(ctx)?.scene(), user, &caller(ctx), &wanted))
}
