//! Reading access requests.

use async_graphql::{Context, Object, Result};
use rollbook_projections::view::AccessRequestRow;
use rollbook_schema::{Position, Subject};

use super::fault::invalid_cursor;
use super::id;
use super::input::AccessRequestFilter;
use super::output::{
    AccessRequest, AccessRequestConnection, AccessRequestEdge, AccessRequestPayload, Receipt, Renamed,
};
use super::paging::{PageArguments, PageInfo, Part, encode};
use super::rights::demand;
use crate::access::Capability;
use crate::directory::Directory;
use crate::writer::Answer;

/// The names that the input of a new request gives to fields of its rule.
pub(super) const OF_PERSON: Renamed = &[("id", "userId"), ("reason", "ticket")];
/// The names that inputs about a request give to fields of their rules.
pub(super) const OF_REQUEST: Renamed = &[("request", "requestId")];

/// A mark, so that a cursor of another list is not taken for one.
const MARK: u8 = b'Q';

/// What is read of access requests.
#[derive(Default)]
pub struct AccessRequestQueries;

#[Object]
impl AccessRequestQueries {
    /// Requests of people to see what is known of them, in the order of receipt: 50, at most 100.
    async fn access_requests(
        &self,
        ctx: &Context<'_>,
        filter: Option<AccessRequestFilter>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<AccessRequestConnection> {
        page(ctx, &filter.unwrap_or_default(), PageArguments { first, after, last, before }.part()?)
    }
}

fn page(ctx: &Context<'_>, filter: &AccessRequestFilter, part: Part) -> Result<AccessRequestConnection> {
    demand(ctx, Capability::AnswerAccessRequests)?;
    let directory = ctx.data::<Directory>()?;
    let (views, now) = (directory.views(), directory.now());
    let user = filter.user_id.as_ref().map(id::user);
    let is_wanted = |row: &AccessRequestRow| {
        filter.state.is_none_or(|state| state == row.state.into())
            && filter.overdue.is_none_or(|overdue| overdue == row.is_overdue(now))
            && filter.due_before.as_ref().is_none_or(|before| row.due_at < before.0)
            && user.is_none_or(|user| user == Some(row.user))
    };
    // Few: people ask now and then.
    let found = views.access_requests.after(Position::START).filter(|(_, row)| is_wanted(row));
    let found: Vec<(Position, &AccessRequestRow)> = found.collect();
    let (range, limit_from) = match part {
        Part::First(after, limit) => {
            let begin = after.map(|after| position(&after)).transpose()?;
            let begin = begin.map_or(0, |after| found.partition_point(|(at, _)| *at <= after));
            (begin..found.len().min(begin.saturating_add(limit)), begin)
        }
        Part::Last(before, limit) => {
            let end = before.map(|before| position(&before)).transpose()?;
            let end = end.map_or(found.len(), |before| found.partition_point(|(at, _)| *at < before));
            (end.saturating_sub(limit)..end, end.saturating_sub(limit))
        }
    };
    let (end, total) = (range.end, found.len());
    let edges = found[range].iter().map(|(request, row)| AccessRequestEdge {
        cursor: cursor(*request),
        node: AccessRequest::of(*request, row, now),
    });
    let edges: Vec<AccessRequestEdge> = edges.collect();
    let page_info = PageInfo {
        has_next_page: end < total,
        has_previous_page: limit_from > 0,
        start_cursor: edges.first().map(|edge| edge.cursor.clone()),
        end_cursor: edges.last().map(|edge| edge.cursor.clone()),
    };
    Ok(AccessRequestConnection { edges, page_info })
}

/// What became of the request that a command was about, or made: the last of its user.
pub(super) fn payload(ctx: &Context<'_>, answer: Answer, renamed: Renamed) -> Result<AccessRequestPayload> {
    let (receipt, outcome) = Receipt::of(answer, renamed)?;
    let directory = ctx.data::<Directory>()?;
    let views = directory.views();
    let last = match outcome.map(|outcome| outcome.subject) {
        Some(Subject::User(user)) => views.access_requests.of(user).last().copied(),
        _ => None,
    };
    let row = last.and_then(|request| Some((request, views.access_requests.get(request)?)));
    let access_request = row.map(|(request, row)| AccessRequest::of(request, row, directory.now()));
    Ok(AccessRequestPayload { access_request, receipt })
}

fn cursor(request: Position) -> String {
    encode(&[&[MARK], request.0.to_be_bytes().as_slice()].concat())
}

fn position(cursor: &[u8]) -> Result<Position> {
    match cursor {
        [MARK, at @ ..] => {
            at.try_into().map(|at| Position(u64::from_be_bytes(at))).map_err(|_| invalid_cursor())
        }
        _ => Err(invalid_cursor()),
    }
}
