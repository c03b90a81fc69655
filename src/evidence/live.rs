//! The evidence of a log that is being served: what everybody may read, and what the follower is told.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use rollbook_schema::Position;
use rollbook_schema::id::Digest;
use rollbook_schema::value::{PublicKey, Signature, Timestamp};
use tokio::sync::{oneshot, watch};

use super::fault::{EvidenceFault, on_disk};
use super::keys::KeyFile;
use super::leaves::LeafFile;
use super::note::{Note, SignatureKind, VerifierKey};
use super::store::{CheckpointStore, SignedCheckpoint};
use super::tree::Tree;

/// Batches of leaves that may wait for the follower. More are not kept: it reads them from the log.
pub const LEAVES_WAITING_MAX: usize = 1024;

/// How much of the evidence is served to those who are not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PublicEvidence {
    /// Nothing.
    None,
    /// Checkpoints and hashes, which tell nothing about anybody.
    Proofs,
    /// And the records' clear headers: who (by number) did what to whom, and when.
    Entries,
}

/// Where evidence stands and under which name.
#[derive(Clone, Debug)]
pub struct EvidenceOptions {
    /// The folder of its files.
    pub directory: PathBuf,
    /// The first line of every checkpoint, and the name of the keys.
    pub origin: String,
    /// Who may cosign.
    pub witnesses: Vec<VerifierKey>,
}

/// What the follower is told.
pub(crate) enum Message {
    /// Records that are durable, by the position of the first.
    Leaves { first: Position, leaves: Vec<Digest> },
    /// Sign what is there now.
    Sign(Reply<SignedCheckpoint>),
    /// Sign a text that is no checkpoint.
    SignText(String, Reply<(PublicKey, Signature)>),
    /// Keep these signatures of a checkpoint.
    Cosign(Note, Reply<SignedCheckpoint>),
    /// The log says at this position that another key is in force.
    Adopt(Position, [u8; 32], Reply<SignedCheckpoint>),
    /// Sign what is there, and end.
    Close,
}

pub(crate) type Reply<T> = oneshot::Sender<Result<T, EvidenceFault>>;

/// Evidence as it is read. Cheap to clone.
#[derive(Clone)]
pub struct Evidence {
    pub(super) shared: Arc<Shared>,
    messages: SyncSender<Message>,
}

pub(super) struct Shared {
    pub options: EvidenceOptions,
    /// Written by the follower alone.
    tree: RwLock<Tree>,
    /// Written by the follower alone; a write lasts as long as a sync.
    store: RwLock<CheckpointStore>,
    keys: RwLock<KeyFile>,
    /// The key in force, and whether it is lost.
    in_force: RwLock<(Option<PublicKey>, Option<PublicKey>)>,
    /// Leaves in the tree.
    pub size: watch::Sender<u64>,
}

impl Shared {
    pub fn set_in_force(&self, key: Option<PublicKey>, lost: Option<PublicKey>) {
        *self.in_force.write().unwrap_or_else(PoisonError::into_inner) = (key, lost);
    }

    pub fn tree(&self) -> RwLockReadGuard<'_, Tree> {
        // The tree changes by whole leaves: what a panic left is a tree.
        self.tree.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn tree_mut(&self) -> RwLockWriteGuard<'_, Tree> {
        self.tree.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn store(&self) -> RwLockReadGuard<'_, CheckpointStore> {
        self.store.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn store_mut(&self) -> RwLockWriteGuard<'_, CheckpointStore> {
        self.store.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn keys(&self) -> RwLockReadGuard<'_, KeyFile> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn keys_mut(&self) -> RwLockWriteGuard<'_, KeyFile> {
        self.keys.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The file of leaf hashes.
pub(super) fn leaves_path(directory: &Path) -> PathBuf {
    directory.join("leaves")
}

/// The file of checkpoints.
#[must_use]
pub fn checkpoints_path(directory: &Path) -> PathBuf {
    directory.join("checkpoints")
}

/// The file of public keys.
#[must_use]
pub fn keys_path(directory: &Path) -> PathBuf {
    directory.join("keys")
}

impl Evidence {
    /// Opens the files. The tree is empty until the follower has filled it.
    pub(super) fn open(
        options: EvidenceOptions,
        messages: SyncSender<Message>,
    ) -> Result<Evidence, EvidenceFault> {
        let directory = &options.directory;
        std::fs::create_dir_all(directory).map_err(on_disk("make", directory))?;
        let path = leaves_path(directory);
        let leaves = LeafFile::open(&path).map_err(on_disk("open", &path))?;
        let store = CheckpointStore::open(&checkpoints_path(directory))?;
        let keys = KeyFile::open(&keys_path(directory))?;
        let shared = Shared {
            tree: RwLock::new(Tree::empty(leaves)),
            store: RwLock::new(store),
            keys: RwLock::new(keys),
            in_force: RwLock::new((None, None)),
            size: watch::Sender::new(0),
            options,
        };
        Ok(Evidence { shared: Arc::new(shared), messages })
    }

    /// Tells of records that are durable. Never waits: what finds no room is read from the log later.
    pub(crate) fn extend(&self, first: Position, leaves: Vec<Digest>) {
        if let Err(TrySendError::Full(_)) = self.messages.try_send(Message::Leaves { first, leaves }) {
            tracing::debug!("evidence lags, and will catch up from the log");
        }
    }

    /// Ends the follower, after a last checkpoint.
    pub(crate) fn close(&self) {
        // A follower that ended has said why.
        let _ = self.messages.send(Message::Close);
    }

    /// Signs a checkpoint over everything that is durable now, unless the last one is that already.
    ///
    /// # Errors
    /// [`EvidenceFault`] where it could not be signed or kept.
    pub async fn sign(&self) -> Result<SignedCheckpoint, EvidenceFault> {
        self.tell(Message::Sign).await
    }

    /// Signs a text with the key in force, which is among the public ones when this returns. The text must be
    /// none that a checkpoint could be.
    pub(crate) async fn sign_text(&self, text: String) -> Result<(PublicKey, Signature), EvidenceFault> {
        self.tell(|reply| Message::SignText(text, reply)).await
    }

    /// Keeps the witnesses' signatures of a checkpoint. They must have been judged.
    pub(crate) async fn cosign(&self, note: Note) -> Result<SignedCheckpoint, EvidenceFault> {
        self.tell(|reply| Message::Cosign(note, reply)).await
    }

    /// Goes over to the key that the log names at a position.
    pub(crate) async fn adopt(
        &self,
        position: Position,
        key: [u8; 32],
    ) -> Result<SignedCheckpoint, EvidenceFault> {
        self.tell(|reply| Message::Adopt(position, key, reply)).await
    }

    async fn tell<T: Send + 'static>(
        &self,
        message: impl FnOnce(Reply<T>) -> Message,
    ) -> Result<T, EvidenceFault> {
        let (reply, answer) = oneshot::channel();
        let (messages, message) = (self.messages.clone(), message(reply));
        // The follower may be syncing: waiting for room is not for an async thread.
        let sent = tokio::task::spawn_blocking(move || messages.send(message)).await;
        if !matches!(sent, Ok(Ok(()))) {
            return Err(EvidenceFault::Ended);
        }
        answer.await.unwrap_or(Err(EvidenceFault::Ended))
    }

    /// The name of this log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.shared.options.origin
    }

    /// Who may cosign.
    #[must_use]
    pub fn witnesses(&self) -> &[VerifierKey] {
        &self.shared.options.witnesses
    }

    /// Every key that ever signed for this log, in the order of their first use: the last is in force.
    #[must_use]
    pub fn keys(&self) -> Vec<VerifierKey> {
        self.shared.keys().all().to_vec()
    }

    /// The public key in force; `None` before the first.
    #[must_use]
    pub fn key_in_force(&self) -> Option<PublicKey> {
        self.shared.in_force.read().unwrap_or_else(PoisonError::into_inner).0
    }

    /// The key in force as verifiers are told it.
    #[must_use]
    pub fn verifier_key_in_force(&self) -> Option<VerifierKey> {
        VerifierKey::new(self.origin(), SignatureKind::Log, self.key_in_force()?.0.0)
    }

    /// The key in force, where only its public half is known any more.
    #[must_use]
    pub fn lost_key(&self) -> Option<PublicKey> {
        self.shared.in_force.read().unwrap_or_else(PoisonError::into_inner).1
    }

    /// The last checkpoint.
    ///
    /// # Errors
    /// What reading meets.
    pub fn last(&self) -> Result<Option<SignedCheckpoint>, EvidenceFault> {
        self.shared.store().last()
    }

    /// The checkpoint over so many records.
    ///
    /// # Errors
    /// What reading meets.
    pub fn at_size(&self, size: u64) -> Result<Option<SignedCheckpoint>, EvidenceFault> {
        let store = self.shared.store();
        store.find(size).map_or(Ok(None), |index| store.get(index))
    }

    /// Checkpoints in the order of signing: at most `limit` of those over more than `after` records.
    ///
    /// # Errors
    /// What reading meets.
    pub fn after(&self, after: u64, limit: usize) -> Result<Vec<SignedCheckpoint>, EvidenceFault> {
        let store = self.shared.store();
        let first = store.first_after(after);
        let indexes = first..store.count().min(first.saturating_add(limit));
        let read = indexes.map(|index| store.get(index));
        read.filter_map(Result::transpose).collect()
    }

    /// How many records the last checkpoint covers; 0 where there is none.
    #[must_use]
    pub fn last_size(&self) -> u64 {
        self.shared.store().last_size()
    }

    /// When the last checkpoint was signed; `None` where there is none.
    #[must_use]
    pub fn last_signed_at(&self) -> Option<Timestamp> {
        self.shared.store().last_signed_at()
    }

    /// The file of leaves could not be read.
    pub(crate) fn unreadable(&self, fault: std::io::Error) -> EvidenceFault {
        on_disk("read", &leaves_path(&self.shared.options.directory))(fault)
    }

    /// How many checkpoints there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shared.store().count()
    }

    /// How many records the tree holds.
    #[must_use]
    pub fn size(&self) -> u64 {
        *self.shared.size.borrow()
    }

    /// Waits until the tree holds so many records. `false`: it will not.
    pub async fn reaches(&self, size: u64) -> bool {
        self.shared.size.subscribe().wait_for(|reached| *reached >= size).await.is_ok()
    }

    /// The tree. Hold the guard shortly: whoever adds waits for it.
    pub fn tree(&self) -> RwLockReadGuard<'_, Tree> {
        self.shared.tree()
    }
}
