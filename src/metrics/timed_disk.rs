//! The disk under the log, its syncs timed.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use rollbook_event_log::Disk;

use super::Metrics;
use crate::traces::{self, Kind, Tracer};

/// Another disk, and how long its syncs take.
pub(super) struct TimedDisk {
    pub disk: Arc<dyn Disk>,
    pub metrics: Metrics,
    pub tracer: Tracer,
}

impl Disk for TimedDisk {
    fn sync(&self, file: &File) -> io::Result<()> {
        // Outside of a batch (an open, a close) it is part of nothing.
        let within = traces::current();
        let span = within.map(|within| self.tracer.span(Some(within), "sync", Kind::Internal));
        let began = Instant::now();
        let synced = self.disk.sync(file);
        self.metrics.sync_seconds.took(began.elapsed());
        drop(span);
        synced
    }

    fn free_bytes(&self, directory: &Path) -> io::Result<u64> {
        self.disk.free_bytes(directory)
    }
}
