//! Reading pages: everything that a page needs is copied under one guard, so that its rows and its
//! count agree, and the guard is gone before anything is awaited.

use async_graphql::{Context, Lookahead, Result};
use rollbook_projections::view::{
    Cursor, Direction, HistoryDirection, HistoryWindow, UserOrder as ViewOrder, UserQuery, UserSet, Window,
};
use rollbook_schema::Position;
use rollbook_schema::event::ReadingWay;
use rollbook_schema::value::UserSource;

use super::asking::context;
use super::fault::{invalid_cursor, lost, refused, unreadable};
use super::input::{AttributeFilter, EntryFilter, UserFilter, UserOrder, UserOrderField};
use super::output::{Entry, HistoryConnection, HistoryEdge, User, UserConnection, UserEdge, Wanted};
use super::paging::{PageArguments, PageInfo, Part, encode};
use super::passage::{Passage, reader};
use super::rights::{demand, forbidden, signed_in};
use super::scalar;
use super::when::{Scene, When};
use crate::access::{Caller, Capability, holds, unusable};
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
    let asked = ctx.look_ahead();
    let with_names = asks_names(&asked.field("edges").field("node")) || asks_names(&asked.field("nodes"));
    let passage = Passage::new(reader(ctx.data::<Directory>()?, caller, with_names), filter)?.up_to_now();
    let recorded = passage.clone();
    let direction = if newest_first { HistoryDirection::NewestFirst } else { HistoryDirection::OldestFirst };
    let (found, recorded) = tokio::join!(
        read(move || passage.page(direction, window)),
        recorded.record(context(ctx), ReadingWay::Page)
    );
    recorded?;
    let found = found?;
    let searched_to = found.searched_to.map(cursor_at);
    let entries = found.entries;
    let edges = entries.into_iter().map(|node| HistoryEdge { cursor: cursor_at(node.position.0), node });
    let edges: Vec<HistoryEdge> = edges.collect();
    let cursors = edges.first().zip(edges.last()).map(|(a, b)| (a.cursor.clone(), b.cursor.clone()));
    let mut page_info = page_info(found.has_next, found.has_previous, cursors);
    if let Some(cursor) = searched_to {
        // Where looking through stopped, the next page goes on.
        let end = match window {
            HistoryWindow::After(..) => &mut page_info.end_cursor,
            HistoryWindow::Before(..) => &mut page_info.start_cursor,
        };
        *end = Some(cursor);
    }
    let searched_to = found.searched_to.map(Into::into);
    Ok(HistoryConnection { edges, page_info, total_count: found.total, searched_to })
}

/// One entry; `None` if there is none, or not for this caller.
pub(super) async fn entry(ctx: &Context<'_>, position: Position) -> Result<Option<Entry>> {
    let caller = signed_in(ctx)?;
    let with_names = asks_names(&ctx.look_ahead());
    let reader = reader(ctx.data::<Directory>()?, caller, with_names);
    let finder = reader.clone();
    let found = read(move || finder.find(position)).await?;
    if let Some(user) = found.as_ref().and_then(Entry::user) {
        let filter = EntryFilter { on: Some(user), ..EntryFilter::default() };
        Passage::new(reader, filter)?.record(context(ctx), ReadingWay::Page).await?;
    }
    Ok(found)
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
    let has = |field: &str, name: &str| entry.field(field).field(name).exists();
    let named = |field: &str| has(field, "name") || has(field, "label");
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

fn cursor_at(position: Position) -> String {
    let position = position.0.to_be_bytes();
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
