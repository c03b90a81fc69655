//! Which event streams are reserved or open in single connection mode, and what runs on each.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::StreamExt;
use futures_util::stream::{self, AbortHandle, BoxStream};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::http::answer::Outcome;
use crate::http::limits::EdgeLimits;
use crate::http::request_context::RequestContext;

/// One step of one operation; `None` is its end.
pub(super) type Item = (OperationKey, Option<Outcome>);

/// The client's id of an operation, and which use of that id this is.
pub(super) type OperationKey = (String, u64);

/// All streams of the edge by their token.
#[derive(Default)]
pub(in crate::http) struct Reservations {
    by_token: Mutex<HashMap<String, Arc<Reservation>>>,
}

/// One stream, reserved or open.
pub(super) struct Reservation {
    made_at: Instant,
    /// Whose stream it is: every operation on it must come from the same bearer.
    pub bearer: Option<String>,
    pub context: RequestContext,
    started: mpsc::Sender<BoxStream<'static, Item>>,
    /// The other end of `started`, until the stream is opened.
    waiting: Mutex<Option<mpsc::Receiver<BoxStream<'static, Item>>>>,
    running: Mutex<Running>,
}

#[derive(Default)]
struct Running {
    operations: HashMap<String, (u64, AbortHandle)>,
    starts: u64,
}

/// Why an operation did not start.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NotStarted {
    IdInUse,
    TooMany,
}

impl Reservations {
    /// Reserves a stream; `false` when there are too many.
    pub(super) fn reserve(
        &self,
        token: String,
        bearer: Option<String>,
        context: RequestContext,
        limits: &EdgeLimits,
    ) -> bool {
        let mut by_token = lock(&self.by_token);
        by_token.retain(|_, reservation| !reservation.is_stale(limits));
        if by_token.len() >= limits.reservations_max {
            return false;
        }
        let (started, waiting) = mpsc::channel(limits.operations_per_connection_max.max(1));
        let waiting = Mutex::new(Some(waiting));
        let running = Mutex::default();
        let made_at = Instant::now();
        by_token.insert(token, Arc::new(Reservation { made_at, bearer, context, started, waiting, running }));
        true
    }

    pub(super) fn find(&self, token: &str, limits: &EdgeLimits) -> Option<Arc<Reservation>> {
        let found = lock(&self.by_token).get(token).cloned();
        found.filter(|reservation| !reservation.is_stale(limits))
    }

    pub(super) fn remove(&self, token: &str) {
        lock(&self.by_token).remove(token);
    }
}

impl Reservation {
    fn is_stale(&self, limits: &EdgeLimits) -> bool {
        lock(&self.waiting).is_some() && self.made_at.elapsed() > limits.reservation_within
    }

    /// The operations to run, for the one who opens the stream; `None` for everyone after.
    pub fn open(&self) -> Option<mpsc::Receiver<BoxStream<'static, Item>>> {
        lock(&self.waiting).take()
    }

    /// Puts an operation on the stream. It begins once the stream is open.
    pub fn start(&self, id: &str, outcomes: BoxStream<'static, Outcome>) -> Result<(), NotStarted> {
        let mut running = lock(&self.running);
        if running.operations.contains_key(id) {
            return Err(NotStarted::IdInUse);
        }
        running.starts += 1;
        let key = (id.to_owned(), running.starts);
        let end_key = key.clone();
        let items = outcomes.map(move |outcome| (key.clone(), Some(outcome)));
        let items = items.chain(stream::once(async move { (end_key, None) }));
        let (items, handle) = stream::abortable(items);
        self.started.try_send(items.boxed()).map_err(|_| NotStarted::TooMany)?;
        let start = running.starts;
        running.operations.insert(id.to_owned(), (start, handle));
        Ok(())
    }

    pub fn operations_running(&self) -> usize {
        lock(&self.running).operations.len()
    }

    /// Stops an operation: it sends nothing more, and its id is free at once.
    pub fn stop(&self, id: &str) {
        if let Some((_, handle)) = lock(&self.running).operations.remove(id) {
            handle.abort();
        }
    }

    /// Frees the id of an operation that ended by itself.
    pub fn ended(&self, (id, start): &OperationKey) {
        let mut running = lock(&self.running);
        if running.operations.get(id).is_some_and(|(running_start, _)| running_start == start) {
            running.operations.remove(id);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // No code that can panic runs under these locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
