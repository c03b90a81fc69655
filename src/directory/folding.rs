//! Folding what is opened run by run, on two threads: the user list on one, all other views on the other.
//!
//! With the one that opens there are three threads, so two cores have no time to spare, whichever of the three has most
//! to do.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use rollbook_projections::view::{UserList, Views};
use rollbook_schema::RecordedEvent;

/// Events folded at one go: large enough that the views sort a run at once, small enough that a few runs
/// are no burden on memory (about 1 KB an event).
pub(super) const RUN_EVENTS: usize = 32_768;
/// Runs that wait for the next thread, at most.
pub(super) const RUNS_WAITING_MAX: usize = 2;

/// A run that the list has taken in, and the list behind it where somebody looks there.
struct Listed {
    run: Vec<RecordedEvent>,
    users: Option<UserList>,
}

/// Folds every run; `behind` is shown each, and the views where it ended at a multiple of the stride (in events).
pub(super) fn fold_runs(
    views: Views,
    opened: Receiver<Vec<RecordedEvent>>,
    stride: Option<u64>,
    mut behind: impl FnMut(&[RecordedEvent], Option<Views>),
) -> Views {
    let (mut users, mut others) = views.apart();
    let (listed, runs) = sync_channel(RUNS_WAITING_MAX);
    thread::scope(|scope| {
        let listing = scope.spawn(move || {
            while let Ok(run) = opened.recv() {
                users.fold_all(&run);
                let looked_at = ends_at(&run, stride).then(|| users.clone());
                // Whoever folds on is gone only if it panicked.
                if listed.send(Listed { run, users: looked_at }).is_err() {
                    break;
                }
            }
            users
        });
        for Listed { run, users } in runs {
            others.fold_all(&run);
            behind(&run, users.map(|users| others.clone().with(users)));
        }
        // A fold that panics has met a bug: nothing may be served from what it left.
        let users = listing.join().unwrap_or_else(|bug| std::panic::resume_unwind(bug));
        others.with(users)
    })
}

fn ends_at(run: &[RecordedEvent], stride: Option<u64>) -> bool {
    run.last().is_some_and(|last| is_at(last.envelope.position.0, stride))
}

/// Whether somebody looks at what is folded up to a position.
pub(super) fn is_at(position: u64, stride: Option<u64>) -> bool {
    stride.is_some_and(|stride| position.is_multiple_of(stride))
}
