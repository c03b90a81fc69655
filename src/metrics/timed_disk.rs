//! The disk under the log, its syncs timed.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use rollbook_event_log::Disk;

use super::Metrics;

/// Another disk, and how long its syncs take.
pub(super) struct TimedDisk {
    pub disk: Arc<dyn Disk>,
    pub metrics: Metrics,
}

impl Disk for TimedDisk {
    fn sync(&self, file: &File) -> io::Result<()> {
        let began = Instant::now();
        let synced = self.disk.sync(file);
        self.metrics.sync_seconds.took(began.elapsed());
        synced
    }

    fn free_bytes(&self, directory: &Path) -> io::Result<u64> {
        self.disk.free_bytes(directory)
    }
}
