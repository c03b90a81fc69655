//! Replay alone, as opening a directory does it, for whoever measures it.

use rollbook_schema::Position;

use super::offline::{OfflineDirectory, OfflineFault};
use super::replay::replay;
use crate::sealing::Sealer;

impl OfflineDirectory {
    /// Folds the whole log into models and views, and lets them go. Says how far the log went. The keys
    /// come from outside, since holding them against the log takes a reading of its own.
    ///
    /// # Errors
    /// [`OfflineFault::Open`] when a record cannot be read or opened.
    pub fn replay(&self, sealer: &Sealer) -> Result<Position, OfflineFault> {
        Ok(replay(self.log(), sealer)?.views.reached())
    }
}
