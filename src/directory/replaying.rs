//! Replay alone, as opening a directory does it, for whoever measures it.

use rollbook_schema::Position;

use super::offline::{OfflineDirectory, OfflineFault};
use super::replay::replay;

impl OfflineDirectory {
    /// Folds the whole log into models and views, and lets them go. Says how far the log went.
    ///
    /// # Errors
    /// [`OfflineFault::Open`] when a record cannot be read or opened.
    pub fn replay(&self) -> Result<Position, OfflineFault> {
        Ok(replay(self.log(), &self.sealer()?)?.views.reached())
    }
}
