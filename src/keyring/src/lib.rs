//! The key tree that can forget: sealing, opening, shredding. The only place that names a cipher.
//!
//! Every 4,096 numbers of a space share one random seed, kept in one file. Below it stands a binary tree of one-way
//! steps (`tree.rs`); a key is a leaf. Shredding a leaf replaces what stands above it by the siblings along its path,
//! so that the file grows with erasures and not with users, and the leaf can never be derived again. Files are
//! replaced whole, wrapped by keys that the manifest holds, itself wrapped by a master key kept elsewhere.
//!
//! | file | holds |
//! |---|---|
//! | `manifest` | how many blocks exist; the wrapping keys (`wrapping.rs`), the digest key and that of snapshots, under the master key |
//! | `subject-000000.keys`, `credential-000000.keys` … | the living tree nodes of one block, under its wrapping key |
//! | `signing-….key` | a key that signs checkpoints, under the master key |
//! | `lock` | nothing; claimed by the one process that uses the keyring |
//!
//! What it does not do: know events, users or our schema; make a key again where one is missing; keep two processes
//! on one directory; promise that a drive forgot bytes it was told to overwrite (the rotated wrapping keys make old
//! block files noise, but an old manifest together with the master key opens them: a backup of the manifest lives as
//! long as it lives).
//!
//! Back the directory up by copying it, never by hard links: the bytes of a replaced manifest are overwritten.
//!
//! Start with [`Keyring::open`].

mod address;
mod block_file;
mod cache;
mod cipher;
mod copy;
mod disk;
mod entropy;
mod fault;
mod keeper;
mod keyring;
mod manifest;
mod master;
mod recent;
mod sealed;
mod secret;
mod signing;
mod snapshot_key;
mod start;
mod tree;
mod wide;
mod wrapping;

#[cfg(test)]
mod tests;

pub use address::{BLOCKS_MAX, KeyAddress, KeySpace, NUMBERS_PER_BLOCK};
pub use entropy::{Entropy, OsEntropy};
pub use fault::KeyringFault;
pub use keyring::{BLOCKS_AHEAD_MAX, DIGEST_BYTES, Keyring, Reconciled};
pub use master::{MasterFault, MasterKey, MasterWrap};
pub use sealed::{
    FINGERPRINT_BYTES, OpenFault, Opened, PLAINTEXT_BYTES_MAX, SEALED_OVERHEAD_BYTES, SealFault, Sealed,
};
pub use signing::{PUBLIC_KEY_BYTES, SIGNATURE_BYTES, SigningKey};
pub use snapshot_key::{SNAPSHOT_KEY_NAME_BYTES, SnapshotKey};
pub use start::{CACHE_KEYS_MAX_DEFAULT, KeyringOptions, WhenAbsent};
