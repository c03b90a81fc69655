//! Stopping: one signal that everything long-lived watches, and a count of what is still open.

use std::sync::Arc;

use tokio::sync::watch;

/// Tells the edge to stop, and whoever waits that it has stopped. Clones share one signal.
#[derive(Clone)]
pub struct Shutdown {
    signal: Arc<watch::Sender<bool>>,
    /// Counts nothing itself: its receivers are the open streams.
    open: Arc<watch::Sender<()>>,
    /// The same of connections, before they become something else.
    connected: Arc<watch::Sender<()>>,
}

/// Held by a WebSocket or event stream as long as it is open.
pub(super) struct Open {
    _counted: watch::Receiver<()>,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self {
            signal: Arc::new(watch::Sender::new(false)),
            open: Arc::new(watch::Sender::new(())),
            connected: Arc::default(),
        }
    }
}

impl Shutdown {
    /// Begins to stop. Further calls change nothing.
    pub fn begin(&self) {
        self.signal.send_replace(true);
    }

    /// Waits until `begin` was called; returns at once when it was.
    pub async fn begun(&self) {
        let mut signal = self.signal.subscribe();
        // An error would mean that the sender is gone, and `self` holds it.
        let _ = signal.wait_for(|begun| *begun).await;
    }

    /// True once `begin` was called.
    pub fn has_begun(&self) -> bool {
        *self.signal.borrow()
    }

    pub(super) fn open(&self) -> Open {
        Open { _counted: self.open.subscribe() }
    }

    pub(super) fn connect(&self) -> Open {
        Open { _counted: self.connected.subscribe() }
    }

    /// HTTP connections that are open.
    pub(super) fn connections(&self) -> usize {
        self.connected.receiver_count()
    }

    /// WebSockets that are open.
    pub(super) fn websockets(&self) -> usize {
        self.open.receiver_count()
    }

    /// Waits until every WebSocket is closed.
    pub(super) async fn drained(&self) {
        self.open.closed().await;
    }
}
