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
    /// moments; null where they would have to be counted one by one.
    pub total_count: Option<u64>,
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
