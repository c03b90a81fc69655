//! The snapshot that is written as the directory closes; the other follows a proof (`shadow`).

use rollbook_projections::decision::DecisionModels;

use super::Directory;
use super::digests::ViewDigests;
use crate::snapshot::NoSnapshot;

impl Directory {
    /// Called when every thread has ended, with what the writer gave back.
    pub(super) fn save_snapshot(&self, models: &DecisionModels, digests: &ViewDigests) {
        let (inner, views) = (&self.inner, self.views());
        let at = views.reached();
        let is_whole = models.head() == at && inner.log.head().position == at.0;
        // Whoever has yet to be forgotten, and what differs from the log, is in no snapshot.
        let is_clean = inner.shadow.mismatch().is_empty() && views.erasures.open().next().is_none();
        if !is_whole || !is_clean || !inner.snapshots.is_due(at) {
            return;
        }
        let key = inner.snapshots.key().map_err(NoSnapshot::from);
        let written =
            key.and_then(|key| inner.snapshots.write(&key, (models, &views), digests, inner.log.as_ref()));
        if let Err(fault) = written {
            tracing::warn!(%fault, "no snapshot was written: the next start folds more of the log");
        }
    }
}
