//! The whole check of a log: its frames, and the chain of its records.
//!
//! A record's digest covers its header and the digests of its sealed parts, and each header names the
//! digest of the record before. So whoever changes, drops, swaps or inserts one breaks the chain there,
//! while the destruction of a key breaks nothing.

use std::fmt;
use std::ops::ControlFlow;

use rollbook_event_log::{EventLog, Fault};
use rollbook_schema::codec::CodecError;
use rollbook_schema::id::Digest;
use rollbook_schema::{Position, Record};

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
        if record.header.position != position {
            return Err(broken(Flaw::Place(record.header.position)));
        }
        if record.header.previous != self.digest {
            return Err(broken(Flaw::Chain));
        }
        *self = Chain { position, digest: record.digest() };
        Ok(())
    }
}

/// Checks everything up to the head. Tells `on_progress` how many of `2 × head` steps are done.
///
/// # Errors
/// [`VerifyFault::Broken`] with the first position that does not hold; [`VerifyFault::Log`] when the log
/// cannot be read at all.
pub fn verify(log: &dyn EventLog, on_progress: &mut dyn FnMut(u64)) -> Result<Intact, VerifyFault> {
    let verified = log.verify(on_progress)?;
    let mut chain = Chain::default();
    let mut broken = None;
    log.replay(0, &mut |position, bytes| {
        if let Err(found) = chain.follow(bytes) {
            broken = Some(found);
            return ControlFlow::Break(());
        }
        if position % PROGRESS_RECORDS == 0 {
            on_progress(verified.records + position);
        }
        ControlFlow::Continue(())
    })?;
    if let Some(broken) = broken {
        return Err(broken.into());
    }
    if chain.position.0 != verified.records {
        let flaw = Flaw::Frame(format!("the log has {} records", verified.records));
        return Err(Broken { position: chain.position.next(), flaw }.into());
    }
    Ok(Intact { records: verified.records, head: chain.digest })
}
