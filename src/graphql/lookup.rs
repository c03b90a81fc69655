//! Look-ups: choosing a user while typing, and resolving an owner.

use async_graphql::{Context, ID, Result};
use rollbook_projections::view::{Direction, UserFilter, UserOrder, UserQuery, Window};
use rollbook_schema::{RejectionCode, UserId};

use super::fault::{invalid, invalid_cursor, refused};
use super::id;
use super::output::{User, Wanted};
use super::rights::{caller, forbidden, sees_user, signed_in};
use crate::access::{Capability, reach, unusable};
use crate::directory::Directory;

/// Users that a look-up gives if nothing is said.
const LOOKUP_DEFAULT: usize = 10;
/// Most users that a look-up gives.
const LOOKUP_MAX: usize = 50;

/// Users to choose from (STA-13, LST-09).
pub(super) fn lookup_users(ctx: &Context<'_>, text: String, first: Option<i32>) -> Result<Vec<User>> {
    let limit = match first.map(usize::try_from) {
        None => LOOKUP_DEFAULT,
        Some(Ok(limit)) if limit <= LOOKUP_MAX => limit,
        Some(_) => return Err(invalid("a look-up gives 0 to 50 users")),
    };
    let caller = caller(ctx);
    let views = ctx.data::<Directory>()?.views();
    let filter = UserFilter {
        active: Some(true),
        masked: Some(false),
        text: Some(text),
        among: reach(&caller, &views.teams),
        except: unusable(&caller, &views, Capability::SeeRestricted),
        ..UserFilter::default()
    };
    let query = UserQuery {
        filter,
        order: UserOrder::DisplayName,
        direction: Direction::Ascending,
        window: Window::After(None, limit),
    };
    let wanted = Wanted::at([ctx.look_ahead()]);
    let page = views.users.page(&query).map_err(|_| invalid_cursor())?;
    Ok(page.rows.iter().map(|row| User::of(row.row, &views, &caller, &wanted)).collect())
}

/// RSV-07 and RSV-09. Who may not see a user cannot name them either.
pub(super) fn resolve_owner(ctx: &Context<'_>, owner: Option<ID>, guest: bool) -> Result<ID> {
    let caller = signed_in(ctx)?;
    let directory = ctx.data::<Directory>()?;
    let owner = match owner {
        Some(named) => {
            let views = directory.views();
            let user = id::user(&named).filter(|user| sees_user(&views, &caller, *user));
            let row = user.and_then(|user| views.users.get_any(user)).filter(|row| !row.deleted);
            row.map(|row| row.id).ok_or_else(|| refused(RejectionCode::NotFound))?
        }
        None if !guest => UserId::OPEN_OWNERSHIP,
        None if directory.guests_open_cases() => UserId::GUEST,
        None => return Err(forbidden()),
    };
    Ok(id::of_user(owner))
}
