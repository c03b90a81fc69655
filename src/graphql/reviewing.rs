//! Pages of the access review.

use async_graphql::{Context, ID, InputObject, Result};
use rollbook_projections::access_review::{Holding, HoldingKey};
use rollbook_schema::UserId;

use super::fault::{invalid, invalid_cursor};
use super::id;
use super::input::AsOf;
use super::output::{AccessReviewConnection, AccessReviewEdge, HeldRight, RightKind};
use super::paging::{PageArguments, PageInfo, Part, encode};
use super::reading::read;
use super::rights::demand;
use super::scalar;
use super::when::When;
use crate::access::Capability;
use crate::directory::Directory;
use crate::review::Reviewer;

/// Which rights. What is not named does not matter; everything named must hold.
#[derive(InputObject, Default)]
pub(super) struct AccessReviewFilter {
    /// Whose.
    user: Option<ID>,
    /// Of these kinds.
    rights: Option<Vec<RightKind>>,
}

/// A cursor's mark, so that one of another list is not taken for it.
const MARK: u8 = b'R';

/// A page, by user; every right is looked at, so that the count is exact.
pub(super) async fn review(
    ctx: &Context<'_>,
    as_of: Option<AsOf>,
    filter: AccessReviewFilter,
    page: PageArguments,
) -> Result<AccessReviewConnection> {
    demand(ctx, Capability::SeeHistory)?;
    let caller = demand(ctx, Capability::SeeUsers)?;
    let Part::First(after, limit) = page.part()? else { return Err(invalid("this list runs forwards only")) };
    let after = after.map(|bytes| key_of(&bytes)).transpose()?;
    let directory = ctx.data::<Directory>()?.clone();
    let head = directory.reached();
    let when = When::named(ctx, Some(as_of.unwrap_or(AsOf::Position(scalar::Position(head))))).await?;
    let of_user = filter.user.map(|user| id::user(&user).unwrap_or(UserId(0)));
    let wanted = move |holding: &Holding<'_>| {
        of_user.is_none_or(|user| holding.user == user)
            && filter.rights.as_ref().is_none_or(|kinds| kinds.contains(&RightKind::of(&holding.right)))
    };
    read(move || {
        let today = directory.views();
        let Some(moment) = when.moment() else { return Ok(None) };
        let views = Some(&moment.views);
        let reviewer = Reviewer { rights: &moment.rights, views, today: Some(&today), caller };
        let total = reviewer.holdings(None).filter(&wanted).count();
        let mut found: Vec<_> = reviewer.holdings(after).filter(&wanted).take(limit + 1).collect();
        let has_next_page = found.len() > limit;
        found.truncate(limit);
        let edge = |holding: &Holding<'_>| AccessReviewEdge {
            cursor: cursor_of(holding.key()),
            node: HeldRight::of(holding, &when),
        };
        let edges: Vec<AccessReviewEdge> = found.iter().map(edge).collect();
        let cursors = edges.first().zip(edges.last()).map(|(a, b)| (a.cursor.clone(), b.cursor.clone()));
        let (start_cursor, end_cursor) = cursors.unzip();
        let page_info =
            PageInfo { has_next_page, has_previous_page: after.is_some(), start_cursor, end_cursor };
        let as_of = scalar::Position(moment.position);
        Ok(Some(AccessReviewConnection { edges, page_info, total_count: total as u64, as_of }))
    })
    .await?
    .ok_or_else(super::fault::lost)
}

fn cursor_of((user, kind, which): HoldingKey) -> String {
    encode(&[&[MARK, kind], user.0.to_be_bytes().as_slice(), &which.to_be_bytes()].concat())
}

fn key_of(bytes: &[u8]) -> Result<HoldingKey> {
    let [MARK, kind, numbers @ ..] = bytes else { return Err(invalid_cursor()) };
    let (user, which) = numbers.split_at_checked(8).ok_or_else(invalid_cursor)?;
    let number = |bytes: &[u8]| bytes.try_into().map(u64::from_be_bytes).map_err(|_| invalid_cursor());
    Ok((UserId(number(user)?), *kind, number(which)?))
}
