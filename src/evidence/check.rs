//! The check of records against what was signed over them: one pass, wherever the records come from.
//!
//! Each record must be one, stand at the next position, and name the one before it. The tree over them must have the
//! root of each checkpoint that it grows past, and each checkpoint must be signed by a key that is trusted. Trust
//! goes from key to key: a rotation in the log is believed once a key that was trusted before has signed a checkpoint
//! over it. Where the hashes of the leaves were kept apart from the log, and make the root that was signed, a record
//! that was rewritten together with everything after it is found at its place.

use std::collections::HashSet;
use std::path::Path;
use std::{fs, io};

use rollbook_schema::event::{Event, EventType};
use rollbook_schema::id::Digest;
use rollbook_schema::{Group, KeyOwner, Personal, Position, Record};

use super::fault::{EvidenceFault, on_disk};
use super::keys::KeyFile;
use super::leaves::{LeafFile, TILE_LEAVES};
use super::live::{checkpoints_path, keys_path, leaves_path};
use super::merkle::Frontier;
use super::note::{SignatureKind, VerifierKey};
use super::store::{SignedCheckpoint, read_all};
use super::verify::{Broken, Chain, Flaw};
use crate::sealing::UnsealFault;

/// What was signed, and whom to believe.
#[derive(Default)]
pub struct Signed {
    /// In the order of signing.
    pub checkpoints: Vec<SignedCheckpoint>,
    /// Keys that are trusted from the start.
    pub trusted: Vec<VerifierKey>,
    /// Hashes of the leaves, kept apart from the records.
    pub leaves: Option<LeafFile>,
}

impl Signed {
    /// Reads the files of a directory. Nothing there is no fault: then nothing was signed.
    ///
    /// # Errors
    /// [`EvidenceFault::Damaged`] where a file holds what was never written there.
    pub fn read(directory: &Path, pinned: Vec<VerifierKey>) -> Result<Signed, EvidenceFault> {
        let (leaves, checkpoints) = (leaves_path(directory), checkpoints_path(directory));
        let bytes = match fs::read(&checkpoints) {
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read.map_err(on_disk("read", &checkpoints))?,
        };
        let known = KeyFile::open(&keys_path(directory))?;
        let trusted = if pinned.is_empty() { known.all().to_vec() } else { pinned };
        let leaves = LeafFile::open_existing(&leaves).map_err(on_disk("open", &leaves))?;
        Ok(Signed { checkpoints: read_all(&checkpoints, &bytes)?, trusted, leaves })
    }
}

/// A key whose destruction an event ordered.
type KeyName = (KeyOwner, Group);

/// What a check of records found, when all hold.
#[derive(Debug, Default)]
pub struct Checked {
    /// The end of the chain.
    pub chain: Chain,
    /// Over all records.
    pub root: Digest,
    /// Checkpoints whose root and signature hold.
    pub checkpoints: usize,
    /// Records that the last of them covers. The others are chained, and signed by nobody yet.
    pub covered: u64,
    /// Keys that the records say are destroyed.
    pub destroyed: HashSet<KeyName>,
}

impl Checked {
    /// Whether some of a record can be read by nobody any more, since its key was destroyed.
    #[must_use]
    pub fn is_erased(&self, record: &Record) -> bool {
        record.header.parts.iter().any(|key| self.destroyed.contains(key))
    }
}

/// Checks records in their order.
pub struct Checker {
    signed: Signed,
    /// The checkpoint that comes next.
    next: usize,
    frontier: Frontier,
    checked: Checked,
    /// Keys that rotations brought, by the key that went, until a checkpoint confirms them.
    rotations: Vec<([u8; 32], [u8; 32])>,
    /// Leaves of the tile under way, as they were kept.
    kept: Vec<Digest>,
}

impl Checker {
    /// Before the first record.
    #[must_use]
    pub fn new(mut signed: Signed) -> Checker {
        signed.checkpoints.sort_by_key(|signed| signed.checkpoint.size);
        let (frontier, checked) = (Frontier::default(), Checked::default());
        Checker { signed, next: 0, frontier, checked, rotations: Vec::new(), kept: Vec::new() }
    }

    /// The position of the last record taken in.
    #[must_use]
    pub fn reached(&self) -> Position {
        self.checked.chain.position
    }

    /// The chain as far as it was followed.
    #[must_use]
    pub fn chain(&self) -> Chain {
        self.checked.chain
    }

    /// Trusts another key, where records and what was signed come piece by piece.
    pub fn trust(&mut self, key: VerifierKey) {
        if !self.signed.trusted.contains(&key) {
            self.signed.trusted.push(key);
        }
    }

    /// Holds records that are still to come against another checkpoint. One over records that were taken in already is
    /// passed over.
    pub fn expect(&mut self, signed: SignedCheckpoint) {
        let size = signed.checkpoint.size;
        let known = &mut self.signed.checkpoints;
        if size > self.checked.chain.position.0 {
            let place = known.partition_point(|known| known.checkpoint.size < size);
            known.insert(place, signed);
        }
    }

    /// Takes in the next record, as it is stored.
    ///
    /// # Errors
    /// [`Broken`] at the first position that does not hold.
    pub fn take_bytes(&mut self, bytes: &[u8]) -> Result<Record, Broken> {
        let position = self.checked.chain.position.next();
        let record = Record::from_bytes(bytes);
        let record = record.map_err(|fault| Broken { position, flaw: fault.into() })?;
        self.take(&record)?;
        Ok(record)
    }

    /// Takes in the next record.
    ///
    /// # Errors
    /// As [`Checker::take_bytes`].
    pub fn take(&mut self, record: &Record) -> Result<(), Broken> {
        let position = self.checked.chain.position.next();
        let leaf = record.digest();
        // First the leaf: it tells which record is wrong, where the chain only tells that one is.
        self.compare_leaf(position, leaf)?;
        self.checked.chain.follow_record(record, leaf)?;
        self.frontier.push(leaf, |_, _| ());
        self.learn(position, record)?;
        self.confirm(position)
    }

    /// After the last record.
    ///
    /// # Errors
    /// [`Broken`] where a checkpoint covers more records than there are.
    pub fn end(mut self) -> Result<Checked, Broken> {
        let position = self.checked.chain.position.next();
        if let Some(ahead) = self.signed.checkpoints.last().filter(|last| last.checkpoint.size >= position.0)
        {
            let flaw = Flaw::CutShort { signed: ahead.checkpoint.size };
            return Err(Broken { position, flaw });
        }
        self.checked.root = self.frontier.root();
        Ok(self.checked)
    }

    fn compare_leaf(&mut self, position: Position, leaf: Digest) -> Result<(), Broken> {
        let index = position.0 - 1;
        let at = usize::try_from(index % TILE_LEAVES).unwrap_or(0);
        let Some(leaves) = &self.signed.leaves else { return Ok(()) };
        if at == 0 {
            let end = leaves.len().unwrap_or(0).min(index + TILE_LEAVES);
            self.kept = leaves.read(index, end.max(index)).unwrap_or_default();
        }
        if self.kept.get(at).is_none_or(|kept| *kept == leaf) {
            return Ok(());
        }
        // Which of the two is wrong says the root that was signed.
        let signed = self.signed.checkpoints.iter().rev().find(|signed| signed.checkpoint.size > index);
        let holds = signed.is_some_and(|signed| leaves_make(leaves, signed));
        if holds {
            return Err(Broken { position, flaw: Flaw::Rewritten });
        }
        // A damaged file tells nothing more. It can be made again from the log.
        self.signed.leaves = None;
        Ok(())
    }

    /// What the record says about keys.
    fn learn(&mut self, position: Position, record: &Record) -> Result<(), Broken> {
        let Some(event_type) = EventType::from_name(&record.header.event_type) else { return Ok(()) };
        if event_type != EventType::SigningKeyRotated && !EventType::DESTROYING.contains(&event_type) {
            return Ok(());
        }
        let opened = record.restore::<_, UnsealFault>(|_, _, _| Ok(Personal::Erased));
        let event = opened.map_err(|fault| match fault {
            UnsealFault::Codec(fault) => Broken { position, flaw: fault.into() },
            fault @ UnsealFault::Part { .. } => Broken { position, flaw: Flaw::Frame(fault.to_string()) },
        })?;
        if let Event::SigningKeyRotated(rotated) = &event.event {
            self.rotations.push((rotated.from.0.0, rotated.to.0.0));
        }
        self.checked.destroyed.extend(event.event.destroys());
        Ok(())
    }

    /// Holds the tree against the checkpoint over exactly so many records, if there is one.
    fn confirm(&mut self, position: Position) -> Result<(), Broken> {
        let Some(signed) = self.signed.checkpoints.get(self.next) else { return Ok(()) };
        if signed.checkpoint.size != position.0 {
            return Ok(());
        }
        if signed.checkpoint.root != self.frontier.root() {
            let flaw = Flaw::OtherRoot { signed: position.0 };
            return Err(Broken { position: Position(self.checked.covered + 1), flaw });
        }
        if !self.signed.trusted.iter().any(|key| signed.note.is_signed_by(key)) {
            return Err(Broken { position, flaw: Flaw::NotSigned { size: position.0 } });
        }
        // Both the log and a trusted key say now which keys follow: one rotation may lead to the next.
        let origin = signed.checkpoint.origin.clone();
        for (from, to) in self.rotations.drain(..) {
            let is_trusted = self.signed.trusted.iter().any(|key| *key.public() == from);
            let key = VerifierKey::new(&origin, SignatureKind::Log, to);
            self.signed.trusted.extend(key.filter(|_| is_trusted));
        }
        self.next += 1;
        self.checked.checkpoints += 1;
        self.checked.covered = position.0;
        Ok(())
    }
}

/// Whether the leaves that were kept make the root that was signed.
fn leaves_make(leaves: &LeafFile, signed: &SignedCheckpoint) -> bool {
    let mut frontier = Frontier::default();
    while frontier.size() < signed.checkpoint.size {
        let end = signed.checkpoint.size.min(frontier.size() + TILE_LEAVES);
        let Ok(read) = leaves.read(frontier.size(), end) else { return false };
        read.into_iter().for_each(|leaf| frontier.push(leaf, |_, _| ()));
    }
    frontier.root() == signed.checkpoint.root
}
