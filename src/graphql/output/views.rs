//! How far the views are, and what they hold.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};

use crate::directory::Directory;
use crate::graphql::fault::lost;
use crate::graphql::scalar::Position;

/// The views that lists, counts and history are read from.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct ViewsStatus {
    /// The last event that every view holds.
    pub position: Position,
}

/// The digest of one view.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ViewDigest {
    pub view: String,
    /// Over everything in it, keyed; 64 hex digits. Equal content, equal digest.
    pub digest: String,
    /// What it had folded.
    pub position: Position,
}

#[ComplexObject]
impl ViewsStatus {
    /// The digest of each view. Reads all of them: not for every minute.
    async fn digests(&self, ctx: &Context<'_>) -> Result<Vec<ViewDigest>> {
        let directory = ctx.data::<Directory>()?.clone();
        let digests = tokio::task::spawn_blocking(move || directory.digests()).await.map_err(|_| lost())?;
        let position = Position(digests.position);
        let views = digests.views.into_iter();
        Ok(views
            .map(|view| ViewDigest { view: view.view, digest: view.digest.to_string(), position })
            .collect())
    }
}
