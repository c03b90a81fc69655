//! How much is open at the edge, in numbers.

use std::sync::Arc;

use tokio::sync::watch;

use super::edge::Edge;

/// The numbers of one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgeFigures {
    /// HTTP connections. One that became a WebSocket counts there.
    pub connections: usize,
    /// How many may be open.
    pub connections_max: usize,
    /// Requests whose answer is being made.
    pub requests: usize,
    /// How many may be.
    pub requests_max: usize,
    /// WebSockets.
    pub websockets: usize,
    /// Subscriptions under way.
    pub subscriptions: usize,
    /// GraphQL documents that are kept checked.
    pub documents_cached: usize,
}

impl Edge {
    /// How much is open now.
    #[must_use]
    pub fn figures(&self) -> EdgeFigures {
        EdgeFigures {
            connections: self.parts.shutdown.connections(),
            connections_max: self.limits().connections_max,
            requests: self.turnstile.under_way(),
            requests_max: self.limits().requests_max,
            websockets: self.parts.shutdown.websockets(),
            subscriptions: self.subscriptions.count(),
            documents_cached: self.preflight.cached(),
        }
    }
}

/// Counts what holds one of it. Clones are the same count.
#[derive(Clone, Default)]
pub(super) struct Counted(Arc<watch::Sender<()>>);

/// Counts until it is dropped.
pub(super) struct One {
    _counted: watch::Receiver<()>,
}

impl Counted {
    pub fn one(&self) -> One {
        One { _counted: self.0.subscribe() }
    }

    fn count(&self) -> usize {
        self.0.receiver_count()
    }
}
