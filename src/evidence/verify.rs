//! The whole check of a log: its frames, and the chain of its records.
//!
//! A record's digest covers its header and the digests of its sealed parts, and each header names the
//! digest of the record before. So whoever changes, drops, swaps or inserts one breaks the chain there,
//! while the destruction of a key breaks nothing.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use rollbook_event_log::{EventLog, Fault};
use rollbook_schema::codec::CodecError;
use rollbook_schema::id::Digest;
use rollbook_schema::{Position, Record};

use super::check::{Checked, Checker, Signed};

/// Records between two reports of progress.
const PROGRESS_RECORDS: u64 = 4096;

/// A log that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intact {
    /// How many.
    pub records: u64,
    /// Of the last record; zeros for the empty log. Kept elsewhere, it proves later that nothing changed.
    pub head: Digest,
}

/// A log that does not hold.
#[derive(Debug, thiserror::Error)]
#[error("BROKEN {}: {flaw}", Place(*position))]
pub struct Broken {
    /// The first position that does not hold; 0 where the damage is such that it cannot be told.
    pub position: Position,
    /// In which way.
    pub flaw: Flaw,
}

struct Place(Position);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Position::START => f.write_str("at a position that cannot be told"),
            position => write!(f, "at position {position}"),
        }
    }
}

/// In which way a record does not hold.
#[derive(Debug, thiserror::Error)]
pub enum Flaw {
    /// Its bytes are none.
    #[error("{0}")]
    NotARecord(#[from] CodecError),
    /// It stands where another should.
    #[error("the record says that it stands at position {0}")]
    Place(Position),
    /// It names another record before it.
    #[error("the record does not follow the one before it")]
    Chain,
    /// The log's own check failed.
    #[error("{0}")]
    Frame(String),
    /// It is not the record whose hash was kept and signed.
    #[error("the record is not the one that was signed")]
    Rewritten,
    /// The tree has another root than the one that was signed.
    #[error("one of the records from here to position {signed} is not the one that was signed")]
    OtherRoot {
        /// The records that the checkpoint covers.
        signed: u64,
    },
    /// A line of an export is not a record with the sealed bytes that its leaf names.
    #[error("the line of the export is not this record")]
    ExportedRecord,
    /// There are fewer records than were signed.
    #[error("the log ends before it, and {signed} records were signed")]
    CutShort {
        /// The records that the checkpoint covers.
        signed: u64,
    },
    /// Nobody who is trusted signed a checkpoint.
    #[error("the checkpoint over {size} records is signed by no key that is trusted")]
    NotSigned {
        /// The records that it covers.
        size: u64,
    },
}

/// Why a check ended early.
#[derive(Debug, thiserror::Error)]
pub enum VerifyFault {
    /// The log does not hold.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The log could not be read.
    #[error(transparent)]
    Log(Fault),
}

impl From<Fault> for VerifyFault {
    fn from(fault: Fault) -> Self {
        broken_log(&fault).map_or_else(|| VerifyFault::Log(fault), VerifyFault::Broken)
    }
}

/// What a fault of the log says about the evidence; `None` for one that says nothing, such as a lock.
#[must_use]
pub fn broken_log(fault: &Fault) -> Option<Broken> {
    let (position, flaw) = match fault {
        Fault::Corrupt { position, damage } => (*position, damage.to_string()),
        Fault::Truncated { witness, found } => {
            (found + 1, format!("the log ends at position {found}, and its witness saw {witness}"))
        }
        Fault::OtherHistory { position } => {
            (*position, "the log's witness saw another history there".to_owned())
        }
        _ => return None,
    };
    Some(Broken { position: Position(position), flaw: Flaw::Frame(flaw) })
}

/// The chain of records as far as it was followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// Of the last record.
    pub position: Position,
    /// Of the last record.
    pub digest: Digest,
}

impl Chain {
    /// Takes in the next record.
    ///
    /// # Errors
    /// [`Broken`] when it is not a record, or not the next one.
    pub fn follow(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        let position = self.position.next();
        let broken = |flaw| Broken { position, flaw };
        let record = Record::from_bytes(bytes).map_err(|fault| broken(fault.into()))?;
        self.follow_record(&record, record.digest())
    }

    /// Takes in the next record, whose digest is known.
    ///
    /// # Errors
    /// [`Broken`] when it is not the next one.
    pub fn follow_record(&mut self, record: &Record, digest: Digest) -> Result<(), Broken> {
        let position = self.position.next();
        let broken = |flaw| Broken { position, flaw };
        if record.header.position != position {
            return Err(broken(Flaw::Place(record.header.position)));
        }
        if record.header.previous != self.digest {
            return Err(broken(Flaw::Chain));
        }
        *self = Chain { position, digest };
        Ok(())
    }
}

/// Checks everything up to the head, and nothing that was signed. Tells `on_progress` how many of `2 × head`
/// steps are done.
///
/// # Errors
/// As [`verify_signed`].
pub fn verify(log: &dyn EventLog, on_progress: &mut dyn FnMut(u64)) -> Result<Intact, VerifyFault> {
    let checked = verify_signed(log, Signed::default(), on_progress)?;
    Ok(Intact { records: checked.chain.position.0, head: checked.chain.digest })
}

/// Checks everything up to the head, also against what was signed: the frames on a thread of their own, since each of
/// the two is bound by hashing. Tells `on_progress` how many of `2 × head` steps are done.
///
/// # Errors
/// [`VerifyFault::Broken`] with the first position that does not hold; [`VerifyFault::Log`] when the log
/// cannot be read at all.
pub fn verify_signed(
    log: &dyn EventLog,
    signed: Signed,
    on_progress: &mut dyn FnMut(u64),
) -> Result<Checked, VerifyFault> {
    let framed = AtomicU64::new(0);
    let mut checker = Checker::new(signed);
    let mut broken = None;
    let (frames, read) = thread::scope(|scope| {
        let frames = scope.spawn(|| log.verify(&mut |position| framed.store(position, Ordering::Relaxed)));
        let read = log.replay(0, &mut |position, bytes| {
            if let Err(found) = checker.take_bytes(bytes) {
                broken = Some(found);
                return ControlFlow::Break(());
            }
            if position % PROGRESS_RECORDS == 0 {
                on_progress(framed.load(Ordering::Relaxed) + position);
            }
            ControlFlow::Continue(())
        });
        (frames.join().unwrap_or_else(|bug| std::panic::resume_unwind(bug)), read)
    });
    // What the records say is nearer to the place than what their frame says.
    if let Some(broken) = broken {
        return Err(broken.into());
    }
    let verified = frames?;
    read?;
    let checked = checker.end()?;
    if checked.chain.position.0 != verified.records {
        let flaw = Flaw::Frame(format!("the log has {} records", verified.records));
        return Err(Broken { position: checked.chain.position.next(), flaw }.into());
    }
    Ok(checked)
}
