//! Follows the log, so that no order to forget somebody stays without a receipt.

use std::time::Duration;

use crate::directory::Directory;
use crate::http::Shutdown;

/// Between two attempts to complete what could not be completed.
const PAUSE: Duration = Duration::from_secs(30);

/// Completes what is open, and whatever is ordered later, until told to stop.
pub async fn run(directory: Directory, shutdown: Shutdown) {
    let mut reached = directory.watch_reached();
    while !shutdown.has_begun() {
        reached.borrow_and_update();
        if let Err(fault) = directory.complete_erasures().await {
            tracing::error!(%fault, "an erasure is not complete yet");
        }
        let is_open = directory.views().erasures.open().next().is_some();
        tokio::select! {
            () = shutdown.begun() => return,
            changed = reached.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(PAUSE), if is_open => {}
        }
    }
}
