//! Pages of differences between two moments.

use async_graphql::{Context, ID, InputObject, Result};
use rollbook_projections::view::differences::{UserDifference as Known, differences};
use rollbook_schema::UserId;

use super::fault::{invalid, invalid_cursor, lost};
use super::id;
use super::input::AsOf;
use super::output::{UserDifference, UserDifferenceConnection, UserDifferenceEdge, UserFate};
use super::paging::{PageArguments, PageInfo, Part, encode};
use super::reading::read;
use super::rights::{demand, sees_user};
use super::scalar;
use super::when::{Scene, When};
use crate::access::Capability;
use crate::directory::Directory;

/// Which users. What is not named does not matter; everything named must hold.
#[derive(InputObject, Default)]
pub(super) struct ChangesFilter {
    /// One user.
    user: Option<ID>,
    /// Who came, went, or was changed.
    fates: Option<Vec<UserFate>>,
}

/// A cursor's mark, so that one of another list is not taken for it.
const MARK: u8 = b'D';

/// A page, by user. Everybody is looked at, so that the counts are exact.
pub(super) async fn changes(
    ctx: &Context<'_>,
    (from, to): (AsOf, Option<AsOf>),
    filter: ChangesFilter,
    page: PageArguments,
) -> Result<UserDifferenceConnection> {
    demand(ctx, Capability::SeeHistory)?;
    let caller = demand(ctx, Capability::SeeUsers)?;
    let Part::First(after, limit) = page.part()? else { return Err(invalid("this list runs forwards only")) };
    let after = after.map(|bytes| user_of(&bytes)).transpose()?;
    let directory = ctx.data::<Directory>()?.clone();
    let head = AsOf::Position(scalar::Position(directory.reached()));
    let from = When::named(ctx, Some(from)).await?;
    let to = When::named(ctx, Some(to.unwrap_or(head))).await?;
    if from.position() > to.position() {
        return Err(invalid("the first moment must not be behind the second"));
    }
    let of_user = filter.user.map(|user| id::user(&user).unwrap_or(UserId(0)));
    let fates = filter.fates;
    read(move || {
        let today = directory.views();
        let (Some(before), Some(behind)) = (from.moment(), to.moment()) else { return Ok(None) };
        let is_wanted = |known: &Known| {
            of_user.is_none_or(|user| known.user == user)
                && fates.as_ref().is_none_or(|fates| fates.contains(&known.fate.into()))
                && sees_user(&today, &caller, known.user)
        };
        let (mut counts, mut found, mut has_next_page) = ([0_u64; 3], Vec::new(), false);
        for known in differences(&before.views, &behind.views).filter(is_wanted) {
            counts[known.fate as usize] += 1;
            if after.is_none_or(|after| known.user > after) {
                has_next_page = found.len() == limit;
                if !has_next_page {
                    found.push(known);
                }
            }
        }
        let scene = Scene { shown: &behind.views, today: &today, when: &to };
        let edge = |known: Known| UserDifferenceEdge {
            cursor: encode(&[&[MARK], known.user.0.to_be_bytes().as_slice()].concat()),
            node: UserDifference::of(known, (&from, &to), scene, &caller),
        };
        let edges: Vec<UserDifferenceEdge> = found.into_iter().map(edge).collect();
        let cursors = edges.first().zip(edges.last()).map(|(a, b)| (a.cursor.clone(), b.cursor.clone()));
        let (start_cursor, end_cursor) = cursors.unzip();
        let has_previous_page = after.is_some();
        let [created, deleted, changed] = counts;
        Ok(Some(UserDifferenceConnection {
            edges,
            page_info: PageInfo { has_next_page, has_previous_page, start_cursor, end_cursor },
            total_count: created + deleted + changed,
            created,
            deleted,
            changed,
            from: before.position.into(),
            to: behind.position.into(),
        }))
    })
    .await?
    .ok_or_else(lost)
}

fn user_of(bytes: &[u8]) -> Result<UserId> {
    let [MARK, user @ ..] = bytes else { return Err(invalid_cursor()) };
    user.try_into().map(|user| UserId(u64::from_be_bytes(user))).map_err(|_| invalid_cursor())
}
