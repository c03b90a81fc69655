//! When a snapshot is written: as the directory closes, and after a proof on schedule.

use rollbook_event_log::EventLog;
use rollbook_keyring::SnapshotKey;
use rollbook_projections::decision::DecisionModels;
use rollbook_projections::view::Views;
use rollbook_schema::Position;

use super::Directory;
use super::fence::destroyed_after;
use crate::snapshot::{NoSnapshot, Snapshots};

impl Directory {
    /// Called when every thread has ended, with what the writer gave back.
    pub(super) fn save_snapshot(&self, models: &DecisionModels) {
        let (inner, views) = (&self.inner, self.views());
        let at = views.reached();
        let is_whole = models.head() == at && inner.log.head().position == at.0;
        // Whoever has yet to be forgotten, and what differs from the log, is in no snapshot.
        let is_clean = inner.shadow.mismatch().is_empty() && views.erasures.open().next().is_none();
        if !is_whole || !is_clean || !inner.snapshots.is_due(at) {
            return;
        }
        let key = inner.snapshots.key().map_err(NoSnapshot::from);
        let written = key.and_then(|key| write(&inner.snapshots, &key, (models, &views), inner.log.as_ref()));
        if let Err(fault) = written {
            tracing::warn!(%fault, "no snapshot was written: the next start folds more of the log");
        }
    }
}

/// Writes a snapshot of what was folded since the key was taken.
pub(super) fn write(
    snapshots: &Snapshots,
    key: &SnapshotKey,
    folded: (&DecisionModels, &Views),
    log: &dyn EventLog,
) -> Result<(), NoSnapshot> {
    snapshots.write(key, folded, log, |after: Position| {
        destroyed_after(after, log).map_err(|fault| std::io::Error::other(fault.to_string()).into())
    })
}
