//! Relay connections.

use async_graphql::{ComplexObject, SimpleObject};

use super::{Entry, User};
use crate::graphql::paging::PageInfo;
use crate::graphql::scalar::Position;

/// A page of users.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct UserConnection {
    pub edges: Vec<UserEdge>,
    pub page_info: PageInfo,
    /// How many users the filter lets through: exact.
    pub total_count: u64,
    /// With `asOf`: the position of that moment, for further pages.
    pub as_of: Option<Position>,
}

/// A user on a page.
#[derive(SimpleObject)]
pub(in crate::graphql) struct UserEdge {
    pub cursor: String,
    pub node: User,
}

#[ComplexObject]
impl UserConnection {
    /// The users of the page, without their cursors.
    async fn nodes(&self) -> Vec<&User> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }
}

/// A page of history.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct HistoryConnection {
    pub edges: Vec<HistoryEdge>,
    pub page_info: PageInfo,
    /// How many events the filter lets through: exact, where it names at most one thing beside the
    /// moments, or one of them has no more than 10,000 events; null where more would have to be counted one by
    /// one, and where teams bind the reader and something is named.
    pub total_count: Option<u64>,
    /// Of a filter by `requestId` or `clientAddress` whose page is not full: how far it was looked for. The page
    /// goes on behind its `endCursor` (with `last`, before its `startCursor`). Null where all was looked through.
    pub searched_to: Option<Position>,
}

/// An event on a page.
#[derive(SimpleObject)]
pub(in crate::graphql) struct HistoryEdge {
    pub cursor: String,
    pub node: Entry,
}

#[ComplexObject]
impl HistoryConnection {
    /// The events of the page, without their cursors.
    async fn nodes(&self) -> Vec<&Entry> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }
}
