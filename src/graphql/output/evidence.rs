//! Checkpoints and proofs: strings that other programs verify.

use async_graphql::SimpleObject;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rollbook_schema as schema;
use rollbook_schema::id::Digest;

use super::payload::MutationError;
use crate::directory::{ConsistencyProof as Consistency, InclusionProof as Inclusion};
use crate::evidence::note::VerifierKey;
use crate::evidence::store::SignedCheckpoint;
use crate::graphql::scalar::{DateTime, Position};

/// What the log said about itself at one moment, signed.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Checkpoint {
    /// Which log: the name of its keys.
    origin: String,
    /// How many records it covers: positions 1 to this one.
    size: Position,
    /// Root of the Merkle tree over them (RFC 6962), base64.
    root_hash: String,
    /// When the log signed it.
    signed_at: DateTime,
    /// The signed note (C2SP tlog-checkpoint): keep it, and nobody can rewrite what it covers unseen.
    note: String,
    /// Names of all who signed it: the log, and witnesses.
    signed_by: Vec<String>,
}

/// Proves that a record is covered by a checkpoint.
#[derive(SimpleObject)]
pub(in crate::graphql) struct InclusionProof {
    /// The record.
    position: Position,
    /// Its leaf: one less than its position.
    leaf_index: Position,
    /// SHA-256 over 0x00 and the leaf, base64.
    leaf_hash: String,
    /// The leaf: the record's header, and the SHA-256 of each sealed part; base64. Null where you may
    /// not see the event.
    leaf: Option<String>,
    /// From the leaf upwards (RFC 6962 2.1.1), base64 each.
    hashes: Vec<String>,
    /// What it is proved against.
    checkpoint: Checkpoint,
    /// All of it in one text (C2SP tlog-proof), for a `.tlog-proof` file.
    text: String,
}

/// Proves that one checkpoint continues another.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ConsistencyProof {
    from: Checkpoint,
    to: Checkpoint,
    /// RFC 6962 2.1.2, base64 each.
    hashes: Vec<String>,
}

/// A key that signs for the log, or did.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SigningKey {
    /// As verifiers are told it (C2SP signed-note): name, id and key.
    verifier_key: String,
    /// The Ed25519 public key, 64 hex digits.
    public_key: String,
    /// Whether it signs now.
    in_force: bool,
    /// The event that put it into force; null for the first key.
    since: Option<Position>,
}

/// What came of signing.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CheckpointPayload {
    /// Null if it was refused.
    pub checkpoint: Option<Checkpoint>,
    pub errors: Vec<MutationError>,
}

impl From<SignedCheckpoint> for Checkpoint {
    fn from(signed: SignedCheckpoint) -> Self {
        Checkpoint {
            origin: signed.checkpoint.origin,
            size: schema::Position(signed.checkpoint.size).into(),
            root_hash: base64_of(&signed.checkpoint.root),
            signed_at: signed.signed_at.into(),
            note: signed.note.to_string(),
            signed_by: signed.note.signatures.into_iter().map(|line| line.name).collect(),
        }
    }
}

impl InclusionProof {
    /// With or without the leaf itself.
    pub(in crate::graphql) fn of(proof: Inclusion, leaf: Option<Vec<u8>>) -> Self {
        let index = proof.position.0 - 1;
        InclusionProof {
            position: proof.position.into(),
            leaf_index: schema::Position(index).into(),
            leaf_hash: base64_of(&proof.leaf_hash),
            leaf: leaf.map(|leaf| STANDARD.encode(leaf)),
            hashes: proof.hashes.iter().map(base64_of).collect(),
            text: proof.to_string(),
            checkpoint: proof.checkpoint.into(),
        }
    }
}

impl From<Consistency> for ConsistencyProof {
    fn from(proof: Consistency) -> Self {
        ConsistencyProof {
            from: proof.from.into(),
            to: proof.to.into(),
            hashes: proof.hashes.iter().map(base64_of).collect(),
        }
    }
}

impl SigningKey {
    pub(in crate::graphql) fn of(
        key: &VerifierKey,
        in_force: bool,
        since: Option<schema::Position>,
    ) -> SigningKey {
        SigningKey {
            verifier_key: key.to_string(),
            public_key: Digest(*key.public()).to_string(),
            in_force,
            since: since.map(Into::into),
        }
    }
}

fn base64_of(hash: &Digest) -> String {
    STANDARD.encode(hash.0)
}
