//! Whether the directory still takes commands, and if not, why.

use tokio::sync::watch;

use crate::writer::Stop;

/// Shared by everything that can stop the directory, and by whoever must know. The first reason stands.
#[derive(Clone, Debug)]
pub struct Status {
    stopped: watch::Sender<Option<Stop>>,
}

impl Default for Status {
    fn default() -> Self {
        Status { stopped: watch::Sender::new(None) }
    }
}

impl Status {
    /// Says that nothing more can be accepted.
    pub fn stop(&self, reason: Stop) {
        self.stopped.send_if_modified(|stopped| {
            let first = stopped.is_none();
            stopped.get_or_insert(reason);
            first
        });
    }

    /// Why nothing more is accepted; `None` while all is well.
    #[must_use]
    pub fn stopped(&self) -> Option<Stop> {
        self.stopped.borrow().clone()
    }

    /// Waits until something stops the directory.
    pub async fn until_stopped(&self) -> Stop {
        let mut stopped = self.stopped.subscribe();
        match stopped.wait_for(Option::is_some).await {
            Ok(reason) => reason.clone().unwrap_or(Stop::Closed),
            Err(_) => Stop::Closed,
        }
    }
}
