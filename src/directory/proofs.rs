//! Proofs through the façade: that a record is covered, and that nothing was rewritten.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rollbook_schema::Position;
use rollbook_schema::id::Digest;

use super::Directory;
use crate::evidence::fault::EvidenceFault;
use crate::evidence::live::Evidence;
use crate::evidence::proof::{consistency, inclusion};
use crate::evidence::store::SignedCheckpoint;

/// Proves that a record is covered by a checkpoint. Its text is a C2SP tlog-proof.
#[derive(Clone, Debug)]
pub struct InclusionProof {
    /// Which record.
    pub position: Position,
    /// The hash of its leaf.
    pub leaf_hash: Digest,
    /// From the leaf upwards.
    pub hashes: Vec<Digest>,
    /// What it is proved against.
    pub checkpoint: SignedCheckpoint,
}

/// Proves that one checkpoint continues another.
#[derive(Clone, Debug)]
pub struct ConsistencyProof {
    /// The earlier.
    pub from: SignedCheckpoint,
    /// The later.
    pub to: SignedCheckpoint,
    /// RFC 6962 2.1.2.
    pub hashes: Vec<Digest>,
}

impl fmt::Display for InclusionProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "c2sp.org/tlog-proof@v1\nindex {}", self.position.0.saturating_sub(1))?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{}", STANDARD.encode(hash.0)))?;
        write!(f, "\n{}", self.checkpoint.note)
    }
}

impl Directory {
    /// Proves that a record is covered by the checkpoint over so many records; by the last one, where no size
    /// is named. `None`: there is no such checkpoint, or it does not cover the record.
    ///
    /// # Errors
    /// What reading meets.
    pub async fn inclusion_proof(
        &self,
        position: Position,
        size: Option<u64>,
    ) -> Result<Option<InclusionProof>, EvidenceFault> {
        self.prove(move |evidence| {
            let Some(checkpoint) = checkpoint(evidence, size)? else { return Ok(None) };
            let size = checkpoint.checkpoint.size;
            let Some(index) = position.0.checked_sub(1).filter(|index| *index < size) else {
                return Ok(None);
            };
            let tree = evidence.tree();
            let hashes = inclusion(&*tree, index, size).map_err(|fault| evidence.unreadable(fault))?;
            let leaf = tree.leaf(index).map_err(|fault| evidence.unreadable(fault))?;
            let proof = |leaf_hash| InclusionProof { position, leaf_hash, hashes, checkpoint };
            Ok(leaf.map(proof))
        })
        .await
    }

    /// Proves that the checkpoint over `to` records continues the one over `from`. `None` where one of them was never
    /// signed, or `from` is the later.
    ///
    /// # Errors
    /// What reading meets.
    pub async fn consistency_proof(
        &self,
        from: u64,
        to: Option<u64>,
    ) -> Result<Option<ConsistencyProof>, EvidenceFault> {
        self.prove(move |evidence| {
            let (from, to) = (checkpoint(evidence, Some(from))?, checkpoint(evidence, to)?);
            let Some((from, to)) = from.zip(to) else { return Ok(None) };
            let sizes = (from.checkpoint.size, to.checkpoint.size);
            if sizes.0 > sizes.1 {
                return Ok(None);
            }
            let hashes = consistency(&*evidence.tree(), sizes.0, sizes.1);
            let hashes = hashes.map_err(|fault| evidence.unreadable(fault))?;
            Ok(Some(ConsistencyProof { from, to, hashes }))
        })
        .await
    }

    /// Proofs read files: not on a thread that serves others.
    async fn prove<T: Send + 'static>(
        &self,
        prove: impl FnOnce(&Evidence) -> Result<T, EvidenceFault> + Send + 'static,
    ) -> Result<T, EvidenceFault> {
        let (evidence, asked) = (self.evidence().clone(), self.evidence().clone());
        let ended = |_| EvidenceFault::Ended;
        let signed = tokio::task::spawn_blocking(move || asked.last_size()).await.map_err(ended)?;
        // After a start the tree grows for a moment; what was signed is there then.
        if !evidence.reaches(signed).await {
            return Err(EvidenceFault::Ended);
        }
        tokio::task::spawn_blocking(move || prove(&evidence)).await.map_err(ended)?
    }
}

fn checkpoint(evidence: &Evidence, size: Option<u64>) -> Result<Option<SignedCheckpoint>, EvidenceFault> {
    size.map_or_else(|| evidence.last(), |size| evidence.at_size(size))
}
