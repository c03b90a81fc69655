//! Reading when backups were taken.

use async_graphql::{Context, Object, Result};

use super::output::Backups;
use super::rights::demand;
use crate::access::Capability;
use crate::directory::Directory;

/// What is read of backups.
#[derive(Default)]
pub struct BackupQueries;

#[Object]
impl BackupQueries {
    /// When this server last gave a backup to its end. Backups of a folder are made beside it, and are not
    /// known here.
    async fn backups(&self, ctx: &Context<'_>) -> Result<Backups> {
        demand(ctx, Capability::SeeViews)?;
        let (records, keys) = ctx.data::<Directory>()?.last_backups();
        Ok(Backups { records_at: records.map(Into::into), keys_at: keys.map(Into::into) })
    }
}
