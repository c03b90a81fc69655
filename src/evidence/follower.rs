//! The follower: one thread that adds each durable record to the tree, and signs checkpoints.
//!
//! It is told the leaves of each batch by the projector, after the answers' own way, so that no command waits
//! for it; whatever it was not told it reads from the log. It signs when there was no checkpoint yet, when
//! [`CHECKPOINT_RECORDS`] were added or [`CHECKPOINT_INTERVAL`] has passed since the first unsigned
//! one, on demand, and at a shutdown. Leaves, then the checkpoint, are durable before anybody sees it.
//!
//! It signs nothing that contradicts what it signed before: at the start the tree is held against the last
//! checkpoint, and the last leaf under it against the log, whose chain binds all others. If they differ
//! the directory stops.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rollbook_event_log::EventLog;
use rollbook_keyring::Keyring;
use rollbook_schema::event::SigningKeyRotated;
use rollbook_schema::id::Digest;
use rollbook_schema::value::{PublicKey, Signature};
use rollbook_schema::{Position, Record};

use super::checkpoint::Checkpoint;
use super::fault::{EvidenceFault, on_disk};
use super::keys::Signers;
use super::live::{Evidence, EvidenceOptions, LEAVES_WAITING_MAX, Message, Shared, leaves_path};
use super::note::Note;
use super::store::SignedCheckpoint;
use crate::clock::Clock;
use crate::status::Status;
use crate::writer::Stop;

/// Records after which a checkpoint is signed, at the latest.
pub const CHECKPOINT_RECORDS: u64 = 65_536;
/// How old the oldest unsigned record grows, at most.
pub const CHECKPOINT_INTERVAL: Duration = Duration::from_secs(60);
/// Leaves read from the log at one go.
const CATCH_UP_LEAVES: usize = 4096;

/// What a follower is made of.
pub(crate) struct FollowerParts {
    /// Where evidence stands.
    pub options: EvidenceOptions,
    /// What is followed.
    pub log: Arc<dyn EventLog>,
    /// Where the keys are that sign.
    pub keyring: Arc<Keyring>,
    /// The last rotation that the log knows of.
    pub rotated: Option<SigningKeyRotated>,
    /// When it was signed.
    pub clock: Arc<dyn Clock>,
    /// Told when the log contradicts what was signed.
    pub status: Status,
}

struct Follower {
    shared: Arc<Shared>,
    log: Arc<dyn EventLog>,
    keyring: Arc<Keyring>,
    signers: Signers,
    clock: Arc<dyn Clock>,
    /// When the first record came that no checkpoint covers.
    unsigned_since: Option<Instant>,
}

/// Opens the evidence, and starts the thread that keeps it.
///
/// # Errors
/// [`EvidenceFault`] where files or keys do not open.
pub(crate) fn start(parts: FollowerParts) -> Result<(Evidence, JoinHandle<()>), EvidenceFault> {
    let FollowerParts { options, log, keyring, rotated, clock, status } = parts;
    let directory = options.directory.clone();
    let (sender, messages) = sync_channel(LEAVES_WAITING_MAX);
    let evidence = Evidence::open(options, sender)?;
    let signers = Signers::find(&keyring, rotated.as_ref(), evidence.shared.keys().all())?;
    evidence.shared.set_in_force(signers.in_force(), signers.lost);
    let shared = Arc::clone(&evidence.shared);
    let mut follower = Follower { shared, log, keyring, signers, clock, unsigned_since: None };
    let thread = std::thread::Builder::new().name("rollbook-evidence".to_owned());
    let thread = thread.spawn(move || match follower.run(&messages) {
        Ok(()) => {}
        Err(fault @ EvidenceFault::Contradiction { .. }) => status.stop(Stop::Evidence(fault.to_string())),
        Err(fault) => tracing::error!(%fault, "evidence is no longer kept until the next start"),
    });
    Ok((evidence, thread.map_err(on_disk("start a thread for", &directory))?))
}

impl Follower {
    fn run(&mut self, messages: &Receiver<Message>) -> Result<(), EvidenceFault> {
        self.prepare()?;
        self.endorse()?;
        loop {
            if self.is_due() {
                self.sign()?;
            }
            match messages.recv_timeout(self.until_due()) {
                Ok(Message::Leaves { first, leaves }) => self.take(first, &leaves)?,
                Ok(Message::Sign(reply)) => {
                    self.catch_up()?;
                    // Whoever asked may have gone.
                    let _ = reply.send(self.sign());
                }
                Ok(Message::SignText(text, reply)) => drop(reply.send(self.sign_text(&text))),
                Ok(Message::Cosign(note, reply)) => drop(reply.send(self.cosign(note))),
                Ok(Message::Adopt(position, key, reply)) => drop(reply.send(self.adopt(position, key))),
                Ok(Message::Close) => {
                    self.catch_up()?;
                    return if self.signers.current.is_some() { self.sign().map(drop) } else { Ok(()) };
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    /// Fills the tree, and holds it against the last checkpoint.
    fn prepare(&mut self) -> Result<(), EvidenceFault> {
        let last = self.shared.store().last()?.map(|signed| signed.checkpoint);
        let (size, root) = last.map_or((0, None), |last| (last.size, Some(last.root)));
        let contradiction = || EvidenceFault::Contradiction { size };
        if self.log.head().position < size {
            return Err(contradiction());
        }
        self.on_tree(|tree| tree.fill(size))?;
        if root.is_some_and(|root| root != self.shared.tree().root()) {
            // The file of leaves may be lost or damaged; the log tells.
            self.on_tree(|tree| tree.fill(0))?;
            self.catch_up()?;
            let leaves = leaves_path(&self.shared.options.directory);
            let found = self.shared.tree().root_at(size).map_err(on_disk("read", &leaves))?;
            return if root == Some(found) { Ok(()) } else { Err(contradiction()) };
        }
        if let Some(index) = size.checked_sub(1) {
            let stored = self.log.get(size)?.ok_or_else(contradiction)?;
            let leaf = self.on_tree(|tree| tree.leaf(index))?;
            if leaf != Some(leaf_of(Position(size), &stored.bytes)?) {
                return Err(contradiction());
            }
        }
        self.shared.size.send_replace(size);
        self.catch_up()
    }

    /// After a rotation that was interrupted: the key that goes signs for the one that comes.
    fn endorse(&mut self) -> Result<(), EvidenceFault> {
        if self.signers.retiring.is_none() || self.signers.current.is_none() {
            return Ok(());
        }
        self.sign()?;
        self.retire()
    }

    fn retire(&mut self) -> Result<(), EvidenceFault> {
        match self.signers.retiring.take() {
            Some(key) => Ok(self.keyring.destroy_signing_key(&key.public())?),
            None => Ok(()),
        }
    }

    /// Adds every durable record that the tree does not hold.
    fn catch_up(&mut self) -> Result<(), EvidenceFault> {
        while self.shared.tree().size() < self.log.head().position {
            let after = self.shared.tree().size();
            let mut leaves = Vec::new();
            let mut fault = None;
            self.log.replay(after, &mut |position, bytes| {
                match leaf_of(Position(position), bytes) {
                    Ok(leaf) => leaves.push(leaf),
                    Err(found) => fault = Some(found),
                }
                let is_full = leaves.len() == CATCH_UP_LEAVES || fault.is_some();
                if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
            fault.map_or(Ok(()), Err)?;
            self.add(&leaves)?;
        }
        Ok(())
    }

    fn take(&mut self, first: Position, leaves: &[Digest]) -> Result<(), EvidenceFault> {
        let size = self.shared.tree().size();
        match (size + 1).checked_sub(first.0).and_then(|known| usize::try_from(known).ok()) {
            // What comes before was not told.
            None => self.catch_up(),
            Some(known) => self.add(leaves.get(known..).unwrap_or_default()),
        }
    }

    fn add(&mut self, leaves: &[Digest]) -> Result<(), EvidenceFault> {
        if leaves.is_empty() {
            return Ok(());
        }
        self.on_tree(|tree| tree.extend(leaves))?;
        self.shared.size.send_replace(self.shared.tree().size());
        self.unsigned_since.get_or_insert_with(Instant::now);
        Ok(())
    }

    fn unsigned(&self) -> u64 {
        self.shared.tree().size().saturating_sub(self.shared.store().last_size())
    }

    fn is_due(&self) -> bool {
        if self.signers.current.is_none() || self.unsigned() == 0 {
            return false;
        }
        self.shared.store().count() == 0
            || self.unsigned() >= CHECKPOINT_RECORDS
            || self.unsigned_since.is_none_or(|since| since.elapsed() >= CHECKPOINT_INTERVAL)
    }

    fn until_due(&self) -> Duration {
        let passed = self.unsigned_since.map(|since| since.elapsed()).unwrap_or_default();
        CHECKPOINT_INTERVAL.saturating_sub(passed).max(Duration::from_millis(1))
    }

    /// Signs what the tree holds, unless the last checkpoint is over that already.
    fn sign(&mut self) -> Result<SignedCheckpoint, EvidenceFault> {
        let (size, root) = {
            let tree = self.shared.tree();
            (tree.size(), tree.root())
        };
        let last = self.shared.store().last()?;
        if let Some(last) = last.filter(|last| last.checkpoint.size == size) {
            return Ok(last);
        }
        self.on_leaves("sync", |shared| shared.tree().sync())?;
        let origin = self.shared.options.origin.clone();
        let checkpoint = Checkpoint { origin, size, root };
        let (note, keys) = self.signers.sign(&checkpoint.origin, &checkpoint.to_string())?;
        keys.into_iter().try_for_each(|key| self.shared.keys_mut().add(key))?;
        let signed = SignedCheckpoint { checkpoint, signed_at: self.clock.now(), note };
        self.shared.store_mut().keep(&signed)?;
        self.unsigned_since = None;
        Ok(signed)
    }

    /// The key is public before anybody holds what it signed.
    fn sign_text(&mut self, text: &str) -> Result<(PublicKey, Signature), EvidenceFault> {
        debug_assert!(text.parse::<Checkpoint>().is_err(), "checkpoints are signed as such");
        let (signed_by, signature, verifier) = self.signers.sign_text(&self.shared.options.origin, text)?;
        self.shared.keys_mut().add(verifier)?;
        Ok((signed_by, signature))
    }

    /// Keeps signatures that were judged. Those that are there already stay.
    fn cosign(&mut self, note: Note) -> Result<SignedCheckpoint, EvidenceFault> {
        let store = self.shared.store();
        let index = note.text.parse::<Checkpoint>().ok().and_then(|said| store.find(said.size));
        let kept = index.map_or(Ok(None), |index| store.get(index))?;
        drop(store);
        let Some(mut kept) = kept.filter(|kept| kept.note.text == note.text) else {
            return Err(EvidenceFault::NotOurs);
        };
        let before = kept.note.signatures.len();
        for line in note.signatures {
            // One of each witness: the later is of a later time.
            kept.note.signatures.retain(|known| (&known.name, known.id) != (&line.name, line.id));
            kept.note.signatures.push(line);
        }
        if kept.note.signatures.len() > super::note::SIGNATURES_MAX || before == 0 {
            return Err(EvidenceFault::NotOurs);
        }
        self.shared.store_mut().keep(&kept)?;
        Ok(kept)
    }

    /// Goes over to another key. The one before signs the first checkpoint that knows of it, and is destroyed.
    fn adopt(&mut self, position: Position, key: [u8; 32]) -> Result<SignedCheckpoint, EvidenceFault> {
        self.catch_up()?;
        let keys = self.keyring.signing_keys()?;
        let next = keys.into_iter().find(|found| found.public() == key).ok_or(EvidenceFault::NoKey)?;
        debug_assert!(self.shared.tree().size() >= position.0, "the rotation is durable");
        let before = self.signers.current.replace(next);
        self.signers.retiring = before.filter(|before| before.public() != key);
        self.signers.lost = None;
        self.shared.set_in_force(self.signers.in_force(), None);
        let signed = self.sign()?;
        self.retire()?;
        Ok(signed)
    }

    fn on_tree<T>(
        &self,
        change: impl FnOnce(&mut super::tree::Tree) -> std::io::Result<T>,
    ) -> Result<T, EvidenceFault> {
        self.on_leaves("read or write", |shared| change(&mut shared.tree_mut()))
    }

    fn on_leaves<T>(
        &self,
        step: &'static str,
        change: impl FnOnce(&Shared) -> std::io::Result<T>,
    ) -> Result<T, EvidenceFault> {
        change(&self.shared).map_err(on_disk(step, &leaves_path(&self.shared.options.directory)))
    }
}

fn leaf_of(position: Position, bytes: &[u8]) -> Result<Digest, EvidenceFault> {
    let record = Record::from_bytes(bytes).map_err(|source| EvidenceFault::Record { position, source })?;
    Ok(record.digest())
}
