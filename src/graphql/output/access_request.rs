//! Access requests, and pages of them.

use async_graphql::{ComplexObject, ID, SimpleObject};
use rollbook_projections::view::AccessRequestRow;
use rollbook_schema::Position;
use rollbook_schema::value::Timestamp;

use super::payload::Receipt;
use crate::graphql::id;
use crate::graphql::input::AccessRequestState;
use crate::graphql::paging::PageInfo;
use crate::graphql::scalar::DateTime;

/// A person's request to see what is known of them.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AccessRequest {
    /// For `fulfilAccessRequest` and the like; it is the id of the event that it began with, where the ticket is.
    pub id: ID,
    /// Whose.
    pub user_id: ID,
    pub state: AccessRequestState,
    pub opened_by_id: ID,
    pub opened_at: DateTime,
    /// By when it must be answered: one month after receipt, or three once extended.
    pub due_at: DateTime,
    pub extended: bool,
    /// It waits, and its time is over.
    pub overdue: bool,
    pub answered_by_id: Option<ID>,
    pub answered_at: Option<DateTime>,
    /// Where the file is: `.json` or `.html` behind it, with a `ticket`. Whoever fetches it is recorded.
    pub file: String,
}

/// A page of access requests.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct AccessRequestConnection {
    pub edges: Vec<AccessRequestEdge>,
    pub page_info: PageInfo,
}

/// An access request on a page.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AccessRequestEdge {
    pub cursor: String,
    pub node: AccessRequest,
}

#[ComplexObject]
impl AccessRequestConnection {
    /// The requests of the page, without their cursors.
    async fn nodes(&self) -> Vec<&AccessRequest> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }
}

/// What became of an access request.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AccessRequestPayload {
    /// The request after the change.
    pub access_request: Option<AccessRequest>,
    #[graphql(flatten)]
    pub receipt: Receipt,
}

impl AccessRequest {
    pub(in crate::graphql) fn of(request: Position, row: &AccessRequestRow, now: Timestamp) -> Self {
        AccessRequest {
            id: id::of_event(request),
            user_id: id::of_user(row.user),
            state: row.state.into(),
            opened_by_id: id::of_user(row.opened_by),
            opened_at: row.opened_at.into(),
            due_at: row.due_at.into(),
            extended: row.extended,
            overdue: row.is_overdue(now),
            answered_by_id: row.answered.map(|(by, _)| id::of_user(by)),
            answered_at: row.answered.map(|(_, at)| at.into()),
            file: format!("/people/user_{}/file", row.user),
        }
    }
}
