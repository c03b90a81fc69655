//! Reading pages: everything that a page needs is copied under one guard, so that its rows and its
//! count agree, and the guard is gone before anything is awaited.

use async_graphql::{Context, Lookahead, Result};
use rollbook_projections::view::{
    Cursor, Direction, HistoryDirection, HistoryWindow, UserOrder as ViewOrder, UserQuery, UserSet, Window,
};
use rollbook_schema::value::UserSource;
use rollbook_schema::{Position, Subject, UserId};

use super::fault::{invalid_cursor, lost, refused, unreadable};
use super::input::{AttributeFilter, EntryFilter, UserFilter, UserOrder, UserOrderField};
use super::output::{Entry, HistoryConnection, HistoryEdge, Reader, User, UserConnection, UserEdge, Wanted};
use super::paging::{PageArguments, PageInfo, Part, encode};
use super::rights::{demand, forbidden, sees_event, sees_history_of, signed_in};
use super::scalar;
use super::when::{Scene, When};
use crate::access::{Caller, Capability, holds, reach, reaches_team, unusable};
use crate::directory::{Directory, ReadFault};

/// Waits until the views hold the position that the client has seen elsewhere.
pub(super) async fn at_least(ctx: &Context<'_>, position: Option<scalar::Position>) -> Result<()> {
    let Some(scalar::Position(position)) = position else { return Ok(()) };
    // Nobody waits for nobody.
    signed_in(ctx)?;
    ctx.data::<Directory>()?.at_least(position).await.map_err(refused)
}

/// A page of users, of today or of a moment.
pub(super) fn users(
    ctx: &Context<'_>,
    when: &When,
    filter: Option<UserFilter>,
    order: Option<UserOrder>,
    page: PageArguments,
) -> Result<UserConnection> {
    let caller = demand(ctx, Capability::SeeUsers)?;
    let window = user_window(page.part()?)?;
    let asked = ctx.look_ahead();
    let wanted = Wanted::at([asked.field("edges").field("node"), asked.field("nodes")]);
    let views = when.held(ctx)?;
    let query = user_query(views.scene(), &caller, filter.unwrap_or_default(), order, window)?;
    let page = views.users.page(&query).map_err(|_| invalid_cursor())?;
    let edges = page.rows.iter().map(|row| UserEdge {
        cursor: encode(&row.cursor.to_bytes()),
        node: User::of(row.row, views.scene(), &caller, &wanted),
    });
    let edges: Vec<UserEdge> = edges.collect();
    let cursors = edges.first().zip(edges.last()).map(|(a, b)| (a.cursor.clone(), b.cursor.clone()));
    let page_info = page_info(page.has_next, page.has_previous, cursors);
    Ok(UserConnection { edges, page_info, total_count: page.total, as_of: when.position().map(Into::into) })
}

/// What a caller who may see users asks of the list, within their reach.
pub(super) fn user_query(
    scene: Scene<'_>,
    caller: &Caller,
    filter: UserFilter,
    order: Option<UserOrder>,
    window: Window,
) -> Result<UserQuery> {
    let finds_people = holds(caller, Capability::FindPeople);
    let is_personal = filter.text.is_some() || order.is_some_and(|order| order.field.is_personal());
    if is_personal && !finds_people {
        return Err(forbidden());
    }
    let field = order.map(|order| order.field).unwrap_or(if finds_people {
        UserOrderField::DisplayName
    } else {
        UserOrderField::CreatedAt
    });
    let groups = filter.groups();
    let attributes = filter.attributes.clone();
    let resettable = filter.resettable;
    let mut query = UserQuery {
        filter: filter.parse()?,
        order: ViewOrder::from(field),
        direction: order.map(|order| Direction::from(order.direction)).unwrap_or_default(),
        window,
    };
    let with_attributes = AttributeFilter::among(&attributes, scene.shown, caller)?;
    let sets = [groups.among(scene, caller), with_attributes];
    query.filter.among = sets.into_iter().flatten().reduce(|all, set| all.and(&set));
    query.filter.except = unusable(caller, scene.today, Capability::SeeRestricted);
    if resettable {
        // AUT-09: a password that another directory keeps cannot be reset here.
        let kept = scene.shown.sources.iter().filter(|(_, source)| *source == UserSource::Ldap);
        let kept: UserSet = kept.map(|(user, _)| user).collect();
        query.filter.except = Some(query.filter.except.map_or(kept.clone(), |except| except.or(&kept)));
    }
    Ok(query)
}

fn user_window(part: Part) -> Result<Window> {
    let cursor = |bytes: Option<Vec<u8>>| {
        bytes.map(|bytes| Cursor::from_bytes(&bytes).map_err(|_| invalid_cursor())).transpose()
    };
    Ok(match part {
        Part::First(after, limit) => Window::After(cursor(after)?, limit),
        Part::Last(before, limit) => Window::Before(cursor(before)?, limit),
    })
}

/// A page of history. The own one needs no right.
pub(super) async fn history(
    ctx: &Context<'_>,
    filter: EntryFilter,
    newest_first: bool,
    page: PageArguments,
) -> Result<HistoryConnection> {
    let caller = signed_in(ctx)?;
    let window = history_window(page.part()?)?;
    let directory = ctx.data::<Directory>()?.clone();
    let found = {
        let views = directory.views();
        // What was done as oneself is one's own history (PXY-23).
        let as_oneself = filter.proxy_session.and_then(|session| views.history.proxied_user(session));
        let is_own = as_oneself.is_some() && as_oneself == caller.user();
        if !is_own && !sees_history_of(&caller, filter.on) {
            return Err(forbidden());
        }
        let mut query = filter.query(&views.history);
        query.window = window;
        // The own history is whole. What was done beyond one's reach was done to nobody one knows.
        match filter.on {
            None if is_own => {}
            None => {
                query.among = reach(&caller, &views.teams);
                let teams = views.teams.iter().map(|team| team.id);
                query.among_teams = teams.filter(|team| reaches_team(&caller, &views.teams, *team)).collect();
            }
            Some(user) if sees_event(&views, &caller, Subject::User(user)) => {}
            // Nobody has the id 0.
            Some(_) => query.on = Some(UserId(0)),
        }
        query.direction =
            if newest_first { HistoryDirection::NewestFirst } else { HistoryDirection::OldestFirst };
        views.history.page(&query)
    };
    let asked = ctx.look_ahead();
    let with_names = asks_names(&asked.field("edges").field("node")) || asks_names(&asked.field("nodes"));
    let reader = Reader { directory, caller, with_names };
    let positions = found.positions;
    let entries = read(move || reader.entries(&positions)).await?;
    let edges = entries.into_iter().map(|node| HistoryEdge { cursor: cursor_of(&node), node });
    let edges: Vec<HistoryEdge> = edges.collect();
    let cursors = edges.first().zip(edges.last()).map(|(a, b)| (a.cursor.clone(), b.cursor.clone()));
    let page_info = page_info(found.has_next, found.has_previous, cursors);
    Ok(HistoryConnection { edges, page_info, total_count: found.total })
}

/// One entry; `None` if there is none, or not for this caller.
pub(super) async fn entry(ctx: &Context<'_>, position: Position) -> Result<Option<Entry>> {
    let caller = signed_in(ctx)?;
    let with_names = asks_names(&ctx.look_ahead());
    let reader = Reader { directory: ctx.data::<Directory>()?.clone(), caller, with_names };
    read(move || reader.find(position)).await
}

/// Reads the log on a thread that may wait for the disk.
pub(super) async fn read<T: Send + 'static>(
    reading: impl FnOnce() -> Result<T, ReadFault> + Send + 'static,
) -> Result<T> {
    let found = tokio::task::spawn_blocking(reading).await.map_err(|_| lost())?;
    found.map_err(|fault| unreadable(&fault))
}

/// Names of that time are read from the log, each from its own event: only if somebody wants them.
pub(super) fn asks_names(entry: &Lookahead<'_>) -> bool {
    let named = |field: &str| entry.field(field).field("name").exists();
    entry.field("summary").exists() || named("subject") || named("actor")
}

fn history_window(part: Part) -> Result<HistoryWindow> {
    let cursor = |bytes: Option<Vec<u8>>| bytes.map(|bytes| position_of(&bytes)).transpose();
    Ok(match part {
        Part::First(after, limit) => HistoryWindow::After(cursor(after)?, limit),
        Part::Last(before, limit) => HistoryWindow::Before(cursor(before)?, limit),
    })
}

/// A history cursor: a mark, so that a cursor of users is not taken for one, and the position.
const HISTORY_MARK: u8 = b'H';

fn cursor_of(entry: &Entry) -> String {
    let position = entry.position.0.0.to_be_bytes();
    encode(&[&[HISTORY_MARK], position.as_slice()].concat())
}

fn position_of(bytes: &[u8]) -> Result<Position> {
    match bytes.split_first() {
        Some((&HISTORY_MARK, position)) => {
            let position = position.try_into().map_err(|_| invalid_cursor())?;
            Ok(Position(u64::from_be_bytes(position)))
        }
        _ => Err(invalid_cursor()),
    }
}

fn page_info(has_next_page: bool, has_previous_page: bool, cursors: Option<(String, String)>) -> PageInfo {
    let (start_cursor, end_cursor) = cursors.unzip();
    PageInfo { has_next_page, has_previous_page, start_cursor, end_cursor }
}
