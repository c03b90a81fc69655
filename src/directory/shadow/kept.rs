//! Proofs of before, so that who asks learns more than what happened since the last start.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use super::{SHADOW_PROOFS_KEPT_MAX, ShadowProof};

/// Name of the file among the evidence. Derived from nothing, and missed by nothing: it may be deleted.
const FILE: &str = "rebuilds.json";

/// The proofs that were kept, the oldest first; none where the file is absent or is not one of ours.
pub(super) fn read(directory: &Path) -> Vec<ShadowProof> {
    let Ok(json) = fs::read(directory.join(FILE)) else { return Vec::new() };
    serde_json::from_slice(&json).unwrap_or_else(|_| {
        tracing::warn!("earlier comparisons of the views with the log cannot be read, and are begun anew");
        Vec::new()
    })
}

/// Keeps the last ones, and replaces the file whole.
pub(super) fn keep(directory: &Path, proofs: &mut Vec<ShadowProof>) -> io::Result<()> {
    let surplus = proofs.len().saturating_sub(SHADOW_PROOFS_KEPT_MAX);
    proofs.drain(..surplus);
    let json = serde_json::to_vec_pretty(proofs).map_err(io::Error::other)?;
    let next = directory.join(format!("{FILE}.next"));
    let mut file = File::create(&next)?;
    file.write_all(&json)?;
    file.sync_all()?;
    fs::rename(&next, directory.join(FILE))
}
