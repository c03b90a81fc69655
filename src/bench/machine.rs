//! What a figure was measured on. A figure without it means nothing.

use std::fmt;
use std::fs;
use std::path::Path;

use serde::Serialize;

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

/// `MemTotal:       24684092 kB`
fn total_memory(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kib| kib << 10)
}

/// The type of the deepest mount above the path; of two on one point, the later.
fn filesystem(mounts: &str, path: &Path) -> Option<String> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((Path::new(words.next()?), words.next()?))
    });
    let above = mounts.filter(|(point, _)| path.starts_with(point));
    above.max_by_key(|(point, _)| point.components().count()).map(|(_, kind)| kind.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deepest_mount_above_a_path_is_its_filesystem() {
        let mounts = "/dev/vda / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n/dev/vdb /tmpfiles xfs rw 0 0\n";
        assert_eq!(filesystem(mounts, Path::new("/tmp/bench")).as_deref(), Some("tmpfs"));
        assert_eq!(filesystem(mounts, Path::new("/var/tmp")).as_deref(), Some("ext4"));
    }
}
