//! The durable head, shared between the one that appends and those that wait for it.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use crate::fault::Fault;
use crate::port::Head;

type OnHead = dyn Fn(Head) + Send + Sync;

/// Holds the durable head. Written by the append, under the append's own lock.
pub(crate) struct HeadCell {
    state: Mutex<State>,
    moved: Condvar,
}

struct State {
    head: Head,
    end: Option<End>,
    subscribers: Vec<Weak<OnHead>>,
}

/// Why no further append will come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Stopped,
    Closed,
}

impl End {
    pub fn fault(self) -> Fault {
        match self {
            Self::Stopped => Fault::Stopped,
            Self::Closed => Fault::Closed,
        }
    }
}

impl HeadCell {
    pub fn new(head: Head) -> Arc<Self> {
        let state = State { head, end: None, subscribers: Vec::new() };
        Arc::new(Self { state: Mutex::new(state), moved: Condvar::new() })
    }

    pub fn head(&self) -> Head {
        self.lock().head
    }

    pub fn ended(&self) -> Option<End> {
        self.lock().end
    }

    /// Publishes a head that is durable, outside the lock for those that subscribed.
    pub fn advance(&self, head: Head) {
        let subscribers: Vec<_> = {
            let mut state = self.lock();
            state.head = head;
            state.subscribers.retain(|weak| weak.strong_count() > 0);
            state.subscribers.iter().filter_map(Weak::upgrade).collect()
        };
        self.moved.notify_all();
        subscribers.iter().for_each(|on_head| on_head(head));
    }

    /// The first end stands; a stopped log that is closed remains stopped.
    pub fn end(&self, end: End) {
        self.lock().end.get_or_insert(end);
        self.moved.notify_all();
    }

    // Only a subscriber can panic under this lock, after the state was changed: it is as good as new.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes on a new durable head. Cheap to clone.
#[derive(Clone)]
pub struct Watch {
    cell: Arc<HeadCell>,
}

/// Why a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// The head is past the position waited on.
    Advanced(Head),
    /// The time ran out first.
    TimedOut,
    /// The log was stopped or closed at or before that position: no more will come.
    Ended,
}

impl Watch {
    pub(crate) fn new(cell: Arc<HeadCell>) -> Self {
        Self { cell }
    }

    /// The durable head now.
    #[must_use]
    pub fn head(&self) -> Head {
        self.cell.head()
    }

    /// Blocks until the durable head is past `position`, the log ends, or `timeout` is over.
    #[must_use]
    pub fn wait_past(&self, position: u64, timeout: Duration) -> Woken {
        // A timeout beyond what the clock can count is none.
        let deadline = Instant::now().checked_add(timeout);
        let mut state = self.cell.lock();
        loop {
            if state.head.position > position {
                return Woken::Advanced(state.head);
            }
            if state.end.is_some() {
                return Woken::Ended;
            }
            let left = deadline.map_or(timeout, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return Woken::TimedOut;
            }
            (state, _) = self.cell.moved.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Calls `on_head` with the head now, and then with each new one in order, on the appending thread: it
    /// must return at once and not turn to the log or this watch. Ends when the subscription is dropped.
    pub fn subscribe(&self, on_head: impl Fn(Head) + Send + Sync + 'static) -> Subscription {
        let on_head: Arc<OnHead> = Arc::new(on_head);
        // Called under the lock, so that a newer head cannot overtake this one.
        let mut state = self.cell.lock();
        state.subscribers.push(Arc::downgrade(&on_head));
        on_head(state.head);
        drop(state);
        Subscription { _on_head: on_head }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("head", &self.head()).finish()
    }
}

/// Keeps a closure subscribed while it lives.
#[must_use = "dropping it ends the subscription"]
pub struct Subscription {
    _on_head: Arc<OnHead>,
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subscription")
    }
}
