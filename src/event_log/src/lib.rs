//! The event log: one ordered, append-only sequence of records, and the only truth there is.
//!
//! - [`EventLog`] is the port: a conditional, durable append of one batch, and ordered reads.
//! - [`SledLog`] keeps it on one disk, and is the only place that names sled.
//! - [`MemoryLog`] keeps it in memory, for tests and simulations, with failures on request.
//!
//! Records are opaque bytes here. A batch is stored as one *frame*: a header that carries the digest of
//! the frame before, and the records, packed into *pages* of at most 4 KB (`frame`, `page`, `pack`).
//! Both adapters store the same pages, so the readers (`walk`, `scan`, `verify`) exist once.
//!
//! # Deliberately absent
//! - **No secondary index.** Random keys double CPU and space in the engine. What must be found by
//!   something other than its position is kept by a projection, or stands near the head
//!   ([`EventLog::find_batch`]).
//! - **No second append in flight.** With two, a rival can have the first refused and let the second in
//!   on a history that its writer never saw.
//! - **No asynchronous flush and no watch on the engine.** The first deadlocks with several callers, the
//!   second blocks the writer when nobody drains it. [`Watch`] is fed by the append itself.
//! - **No delete, no rewrite, no compaction.** Forgetting is the destruction of a key, elsewhere.
//! - **No retry after a failed sync.** The kernel may have dropped what it could not write, so the log
//!   stops and the truth is read again from disk.

mod fault;
mod frame;
mod memory;
mod pack;
mod page;
mod port;
mod scan;
mod sled_log;
mod verify;
mod walk;
mod watch;
mod witness;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]
mod tests;

pub use fault::{AppendError, Damage, Fault, Unfit};
pub use memory::{AppendFailure, MemoryLog};
pub use port::{
    BATCH_BYTES_MAX, BATCH_RECORDS_MAX, Batch, BatchId, Digest, EventLog, FIND_BATCHES_MAX, Head,
    RECORD_BYTES_MAX, Receipt, StoredRecord, Verified,
};
pub use sled_log::{APPEND_FREE_BYTES_MIN, Disk, RealDisk, SledLog, SledLogOptions};
pub use watch::{Subscription, Watch, Woken};
