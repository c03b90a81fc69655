//! The port: what any engine must offer to hold the log, and the words it is spoken to in.

use std::fmt;
use std::ops::ControlFlow;

use crate::fault::{AppendError, Fault, Unfit};
use crate::watch::Watch;

/// Records in one batch, at most.
pub const BATCH_RECORDS_MAX: usize = 4096;
/// Bytes of one record, at most. Larger things are split or stored apart by the caller.
pub const RECORD_BYTES_MAX: usize = 1 << 20;
/// Bytes of all records of one batch together, at most.
pub const BATCH_BYTES_MAX: usize = 16 << 20;
/// Batches below the head that [`EventLog::find_batch`] looks at.
pub const FIND_BATCHES_MAX: usize = 256;

/// An ordered, append-only log of opaque records. Positions are dense, from 1; 0 is before everything.
///
/// Any number of threads may read; appends take turns. Reads show durable records only.
pub trait EventLog: Send + Sync {
    /// Appends one batch whole, if the head is still at `expected_head`. Durable when it returns `Ok`.
    ///
    /// # Errors
    /// [`AppendError::Conflict`] and [`AppendError::Unfit`] changed nothing and the log goes on. After
    /// [`AppendError::Fault`] the log is stopped: every later append is refused with
    /// [`Fault::Stopped`], the head stays at the last durable batch, and only opening the log again
    /// tells whether this batch was kept ([`EventLog::find_batch`]).
    fn append(&self, expected_head: u64, batch: &Batch) -> Result<Receipt, AppendError>;

    /// Shows every durable record after position `after` to `visit`, ascending, until it breaks off.
    /// The fast way to read much: records are borrowed from the stored page, not copied.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] where a page is missing, damaged or out of its chain.
    fn replay(&self, after: u64, visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>) -> Result<(), Fault>;

    /// At most `limit` durable records after position `after`, ascending.
    ///
    /// # Errors
    /// As [`EventLog::replay`].
    fn read(&self, after: u64, limit: usize) -> Result<Vec<StoredRecord>, Fault> {
        let mut records = Vec::with_capacity(limit.min(BATCH_RECORDS_MAX));
        if limit == 0 {
            return Ok(records);
        }
        self.replay(after, &mut |position, bytes| {
            records.push(StoredRecord { position, bytes: bytes.to_vec() });
            if records.len() == limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(records)
    }

    /// One record by position: decodes one page. `None` past the durable head, and for position 0.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] where its page is missing or damaged.
    fn get(&self, position: u64) -> Result<Option<StoredRecord>, Fault>;

    /// The last durable batch. Never what was written but not synced.
    fn head(&self) -> Head;

    /// Wakes on every new durable head.
    fn watch(&self) -> Watch;

    /// Reads everything up to the head: density, checksum of every page, digest of every frame, the
    /// chain between them, and the head. Tells `on_progress` the position reached, now and then.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] with the first position that does not hold.
    fn verify(&self, on_progress: &mut dyn FnMut(u64)) -> Result<Verified, Fault>;

    /// The receipt of a batch among the last [`FIND_BATCHES_MAX`] durable ones: settles a lost answer.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] where a page near the head is damaged.
    fn find_batch(&self, id: BatchId) -> Result<Option<Receipt>, Fault>;

    /// Notes the durable head outside the log's own directory, so that a cut tail is seen at the next
    /// open. Costs a sync of its own: call it now and then, never before an acknowledgement.
    ///
    /// # Errors
    /// [`Fault::Io`] when the note could not be written; the log goes on.
    fn record_witness(&self) -> Result<(), Fault> {
        Ok(())
    }

    /// Ends appends and reads, waits for the reads under way (so never call it from within one), and leaves
    /// the log in its safest state. A second call does nothing.
    ///
    /// # Errors
    /// [`Fault::Stopped`] when the log had stopped before; nothing durable is lost by it.
    fn close(&self) -> Result<(), Fault>;
}

/// The caller's name for a batch, unique in the log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BatchId(pub [u8; 16]);

/// SHA-256 of a batch frame: its header, the digest of the frame before, and its records.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Stands before the first batch.
    pub const ZERO: Self = Self([0; 32]);
}

/// The end of the log. Position 0 is the empty log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Of the last record.
    pub position: u64,
    /// Of the last batch; [`Digest::ZERO`] in the empty log.
    pub batch_digest: Digest,
    /// Of the last batch; `None` in the empty log.
    pub batch_id: Option<BatchId>,
}

impl Head {
    /// Before everything.
    pub const EMPTY: Self = Self { position: 0, batch_digest: Digest::ZERO, batch_id: None };
}

/// What is appended at once, or not at all.
#[derive(Clone, PartialEq, Eq)]
pub struct Batch {
    /// Finds the batch again when its answer was lost.
    pub id: BatchId,
    /// 1 to [`BATCH_RECORDS_MAX`] records of at most [`RECORD_BYTES_MAX`], together at most
    /// [`BATCH_BYTES_MAX`].
    pub records: Vec<Vec<u8>>,
}

impl Batch {
    /// Whether the batch keeps the limits above.
    ///
    /// # Errors
    /// [`Unfit`] names the limit that was passed.
    pub fn check(&self) -> Result<(), Unfit> {
        if self.records.is_empty() {
            return Err(Unfit::Empty);
        }
        if self.records.len() > BATCH_RECORDS_MAX {
            return Err(Unfit::TooManyRecords { records: self.records.len() });
        }
        let largest = self.records.iter().map(Vec::len).max().unwrap_or(0);
        if largest > RECORD_BYTES_MAX {
            return Err(Unfit::RecordTooLarge { bytes: largest });
        }
        let bytes = self.records.iter().map(Vec::len).sum();
        if bytes > BATCH_BYTES_MAX {
            return Err(Unfit::BatchTooLarge { bytes });
        }
        Ok(())
    }
}

/// Where a batch came to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// Position of its first record.
    pub first: u64,
    /// Position of its last record.
    pub last: u64,
    /// Digest of its frame.
    pub batch_digest: Digest,
}

/// A record as it was appended.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// Dense, from 1.
    pub position: u64,
    /// As given to `append`.
    pub bytes: Vec<u8>,
}

/// What a whole verification read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Records read.
    pub records: u64,
    /// Batches read.
    pub batches: u64,
    /// The head that the chain led to.
    pub head: Head,
}

fn hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

impl fmt::Debug for BatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

// Records are opaque here and may be anything: Debug shows sizes only.
impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("id", &self.id).field("records", &self.records.len()).finish()
    }
}

impl fmt::Debug for StoredRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredRecord")
            .field("position", &self.position)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}
