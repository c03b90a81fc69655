//! What a figure was measured on. A figure without it means nothing.

use std::fmt;
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::kernel::{filesystem, total_memory};

/// The machine, as far as it tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Machine {
    /// Cores that this process may use.
    pub cores: usize,
    /// Memory of the machine, in bytes; 0 where the system does not say.
    pub memory_bytes: u64,
    /// Type of the filesystem that was written to.
    pub filesystem: String,
    /// Release of the kernel.
    pub kernel: String,
}

impl Machine {
    /// This machine, with the filesystem that `path` stands on.
    #[must_use]
    pub fn with_disk_of(path: &Path) -> Self {
        let unknown = || "unknown".to_owned();
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
        let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let kernel = fs::read_to_string("/proc/sys/kernel/osrelease");
        Machine {
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_bytes: total_memory(&memory).unwrap_or(0),
            filesystem: filesystem(&mounts, &path).unwrap_or_else(unknown),
            kernel: kernel.map_or_else(|_| unknown(), |release| release.trim().to_owned()),
        }
    }

    /// Whether what was written there survives a power cut at all.
    #[must_use]
    pub fn disk_is_memory(&self) -> bool {
        matches!(self.filesystem.as_str(), "tmpfs" | "ramfs")
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gib = self.memory_bytes as f64 / f64::from(1 << 30);
        write!(f, "{} cores, {gib:.1} GiB, {}, kernel {}", self.cores, self.filesystem, self.kernel)
    }
}
