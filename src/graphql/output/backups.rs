//! Backups, as the state of the directory shows them.

use async_graphql::SimpleObject;

use crate::graphql::scalar::DateTime;

/// When this server last gave a backup to its end.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Backups {
    /// Of the records; null for none since the server started.
    pub records_at: Option<DateTime>,
    /// Of the wrapped keys; null for none since the server started.
    pub keys_at: Option<DateTime>,
}
