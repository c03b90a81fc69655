//! Reading masking requests.

use async_graphql::{Context, ID, InputObject, Object, Result};
use rollbook_projections::view::Views;
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Position, Subject, UserId};

use super::id;
use super::output::{MaskingPayload, MaskingRequest, MaskingState, Receipt, Renamed};
use super::rights::demand;
use super::scalar::DateTime;
use crate::access::Capability;
use crate::directory::Directory;
use crate::writer::Answer;

/// Requests in one answer, at most.
const REQUESTS_MAX: usize = 100;

/// The names that the input of a new request gives to fields of its rule.
pub(super) const OF_PERSON: Renamed = &[("id", "userId"), ("reason", "ticket")];
/// The names that inputs about a request give to fields of their rules.
pub(super) const OF_REQUEST: Renamed = &[("request", "requestId")];

/// Which masking requests.
#[derive(InputObject, Default)]
pub(super) struct MaskingFilter {
    state: Option<MaskingState>,
    /// They wait, and their time is over; or not.
    overdue: Option<bool>,
    /// Those due before.
    due_before: Option<DateTime>,
}

/// What is read of masking.
#[derive(Default)]
pub struct MaskingQueries;

#[Object]
impl MaskingQueries {
    /// Masking requests in the order of receipt, at most 100: those after the one named.
    async fn masking_requests(
        &self,
        ctx: &Context<'_>,
        filter: Option<MaskingFilter>,
        after: Option<ID>,
        first: Option<i32>,
    ) -> Result<Vec<MaskingRequest>> {
        requests(ctx, &filter.unwrap_or_default(), after.as_ref(), first)
    }
}

fn requests(
    ctx: &Context<'_>,
    filter: &MaskingFilter,
    after: Option<&ID>,
    first: Option<i32>,
) -> Result<Vec<MaskingRequest>> {
    demand(ctx, Capability::MaskPeople)?;
    let directory = ctx.data::<Directory>()?;
    let (views, now) = (directory.views(), directory.now());
    let after = after.and_then(id::event).unwrap_or(Position::START);
    let limit = first.map_or(REQUESTS_MAX, |first| usize::try_from(first).unwrap_or(0)).min(REQUESTS_MAX);
    let wanted = views.maskings.after(after).filter(|(_, row)| {
        filter.state.is_none_or(|state| state == row.state.into())
            && filter.overdue.is_none_or(|overdue| overdue == row.is_overdue(now))
            && filter.due_before.as_ref().is_none_or(|before| row.due_at < before.0)
    });
    Ok(wanted.take(limit).filter_map(|(request, _)| shown(&views, request, now)).collect())
}

/// What became of the request that a command was about, or made: the last of its user.
pub(super) fn payload(ctx: &Context<'_>, answer: Answer, renamed: Renamed) -> Result<MaskingPayload> {
    let (receipt, outcome) = Receipt::of(answer, renamed)?;
    let directory = ctx.data::<Directory>()?;
    let request = match outcome.map(|outcome| outcome.subject) {
        Some(Subject::User(user)) => last(&directory.views(), user, directory.now()),
        _ => None,
    };
    Ok(MaskingPayload { request, receipt })
}

fn last(views: &Views, user: UserId, now: Timestamp) -> Option<MaskingRequest> {
    shown(views, views.maskings.latest(user)?, now)
}

fn shown(views: &Views, request: Position, now: Timestamp) -> Option<MaskingRequest> {
    let row = views.maskings.get(request)?;
    let held = views.maskings.held_since(row.user).is_some();
    Some(MaskingRequest::of(request, row, held, now))
}
