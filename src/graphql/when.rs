//! Which views an object is shown from: today's, or those of a moment that is over.
//!
//! Whoever asks is judged by today: rights and teams of now decide what of the past is shown.

use std::ops::Deref;
use std::sync::{Arc, RwLockReadGuard};

use async_graphql::{Context, Lookahead, Result, SelectionField};
use rollbook_projections::view::Views;
use rollbook_schema::{Position, UserId};

use super::fault::refused;
use super::input::AsOf;
use super::reading::read;
use super::rights::demand;
use crate::access::Capability;
use crate::directory::{Directory, Moment};

/// Today, or a moment. An object of a moment leads to other objects of it.
#[derive(Clone, Default)]
pub(super) struct When(Option<Arc<Moment>>);

/// Today.
static TODAY: When = When(None);

impl When {
    /// The position of a moment; `None` for today.
    pub(super) fn position(&self) -> Option<Position> {
        self.0.as_ref().map(|moment| moment.position)
    }

    /// The moment; `None` for today.
    pub(super) fn moment(&self) -> Option<&Moment> {
        self.0.as_deref()
    }

    /// Everything as of a moment that somebody named, who may see history; today if nobody named one.
    pub(super) async fn named(ctx: &Context<'_>, as_of: Option<AsOf>) -> Result<When> {
        let Some(position) = position(ctx, as_of)? else { return Ok(When::default()) };
        let directory = ctx.data::<Directory>()?.clone();
        Ok(When(Some(read(move || directory.moment(position)).await?)))
    }

    /// One user as of a moment, read from the events about them alone where nothing is asked of others.
    pub(super) async fn of_user(ctx: &Context<'_>, user: UserId, as_of: Option<AsOf>) -> Result<When> {
        if asks_of_others(&ctx.look_ahead()) {
            return When::named(ctx, as_of).await;
        }
        let Some(position) = position(ctx, as_of)? else { return Ok(When::default()) };
        let directory = ctx.data::<Directory>()?.clone();
        Ok(When(Some(read(move || directory.moment_of(user, position).map(Arc::new)).await?)))
    }

    /// The views, for a short while: never across an await.
    pub(super) fn held<'a>(&'a self, ctx: &Context<'a>) -> Result<Held<'a>> {
        Ok(Held { today: ctx.data::<Directory>()?.views(), when: self })
    }
}

/// The position that somebody names; refused to who may not see history.
pub(super) fn position(ctx: &Context<'_>, as_of: Option<AsOf>) -> Result<Option<Position>> {
    let Some(as_of) = as_of else { return Ok(None) };
    demand(ctx, Capability::SeeHistory)?;
    ctx.data::<Directory>()?.position_of(as_of.into()).map(Some).map_err(refused)
}

/// Fields under a user that tell of other users.
const OF_OTHERS: [&str; 4] = ["reportsTo", "holders", "members", "users"];

fn asks_of_others(place: &Lookahead<'_>) -> bool {
    place.selection_fields().into_iter().any(has_others_below)
}

fn has_others_below(field: SelectionField<'_>) -> bool {
    field.selection_set().any(|below| OF_OTHERS.contains(&below.name()) || has_others_below(below))
}

/// Views that are held; they are those that are shown.
pub(super) struct Held<'a> {
    today: RwLockReadGuard<'a, Views>,
    when: &'a When,
}

impl Held<'_> {
    /// What rights are judged by.
    pub(super) fn today(&self) -> &Views {
        &self.today
    }

    /// To show objects from.
    pub(super) fn scene(&self) -> Scene<'_> {
        Scene { shown: self, today: &self.today, when: self.when }
    }
}

impl Deref for Held<'_> {
    type Target = Views;

    fn deref(&self) -> &Views {
        self.when.0.as_ref().map_or(&self.today, |moment| &moment.views)
    }
}

/// What an object is made from.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    /// What is shown.
    pub shown: &'a Views,
    /// What rights are judged by.
    pub today: &'a Views,
    /// Whence further objects are shown.
    pub when: &'a When,
}

impl<'a> From<&'a Views> for Scene<'a> {
    fn from(today: &'a Views) -> Self {
        Scene { shown: today, today, when: &TODAY }
    }
}

impl<'a> From<&'a RwLockReadGuard<'_, Views>> for Scene<'a> {
    fn from(today: &'a RwLockReadGuard<'_, Views>) -> Self {
        Scene::from(&**today)
    }
}
