//! Proofs about the log that need no key, and the signatures that make them count.
//!
//! # What is hashed
//!
//! Records are the leaves of one SHA-256 Merkle tree (RFC 6962 2.1, RFC 9162 2.1), in the order of their
//! positions: the record at position `p` is the leaf with index `p - 1`. The bytes of a leaf are the bytes of
//! the record's header as they are stored, and after them the SHA-256 of each of its sealed parts, 32 bytes
//! each, in their order. So
//!
//! ```text
//! leaf hash = SHA-256(0x00 || header || SHA-256(sealed part 1) || … || SHA-256(sealed part n))
//! node hash = SHA-256(0x01 || left || right)
//! ```
//!
//! A header says how many parts there are (it ends with their list), so nothing in a leaf can be read in
//! two ways. The sealed bytes themselves are no part of it: a proof holds when their key is destroyed, and
//! when they are taken away. The leaf hash of a record is also what the next record's header names as the one
//! before it, so the tree and the chain are about the same thing.
//!
//! # What is signed
//!
//! Checkpoints ([`checkpoint`], C2SP tlog-checkpoint) in signed notes ([`note`], C2SP signed-note), Ed25519.
//! Witnesses may cosign (C2SP tlog-cosignature). The [`follower`] adds and signs, [`store`] keeps,
//! [`routes`] serves `/log/checkpoint` and the tiles of C2SP tlog-tiles. When another key comes into force the
//! log says so (`signing_key.rotated`), and the first checkpoint that covers the rotation carries the signatures of
//! both keys: whoever trusts the old one can trust the new.
//!
//! # What it costs
//!
//! 32 bytes of disk for each record, 0.25 of memory; one hash of 65 bytes for each record on a thread that no
//! command waits for.

pub mod check;
pub mod checkpoint;
pub mod export;
pub mod fault;
pub mod follower;
pub mod keys;
pub mod leaves;
pub mod live;
pub mod merkle;
pub mod note;
pub mod proof;
pub mod receipt;
pub mod routes;
pub mod store;
pub mod tree;
pub mod verify;
