//! Backups: sealed records and what was signed about them, in segments; and the keys, apart from them.
//!
//! # What a segment is
//!
//! A stream that anybody can carry and nobody can read, since nothing in it is opened ([`frame`] has its bytes):
//!
//! ```text
//! title         of which log, after which record and its digest, through which
//! verifier keys, checkpoints over what it holds
//! records       as they are stored: each names the digest of the one before
//! pictures      sealed files that these records name, as far as they are still there
//! end           how many there were, and the digest of the last record
//! ```
//!
//! A stream without its end mark was cut. A folder holds one segment after the other; each begins at the digest where
//! the one before ended, so the next run adds only what came since ([`set`]). Whatever is written is read back, and
//! held against the chain and against the root of every signed checkpoint ([`examine`]): the folder whole, so that an
//! old segment that went bad is found while the log still stands.
//!
//! # Why the keys are apart
//!
//! Forgetting is destroying a key. A copy of the keys brings back whoever was forgotten since, so it lives shortly (the
//! setting `keyring-backup-days`, which every receipt of an erasure names), while records may be kept for years. So
//! keys never stand in a segment of records, have files of their own that are overwritten when their time is over, and
//! are told by a right of their own ([`keys`]). They are wrapped by the master key, which is in no backup at all.
//!
//! Keys are copied before the records: what they lack of later destructions, the log of the records destroys again at
//! the start. Keys that are *newer* than the end of a restored log would lack keys for numbers that it gives again, so
//! [`restore`] refuses them.
//!
//! # What a restored log may sign
//!
//! After a backup, and all the more after a restore to a position, the log that was lost may have signed checkpoints
//! over records that the restored one does not have. If the same key signed other records under the same sizes, two
//! auditors would be told two histories, with nothing to say which is honest. So a backup holds no key that signs:
//! the first start after a restore finds the key gone, makes another, and records that (`signing_key.rotated`, cause
//! `LOST`) as the first event after the seam. Whoever pinned the old key notices, as they should. Checkpoints beyond
//! the seam are kept in `evidence/abandoned`, and the operator is told to give the log another name (`log-origin`),
//! since witnesses remember sizes by name.
//!
//! # The fence
//!
//! Erasures that happened after the end of a restored log are not in it. A later backup tells them ([`forgotten`]:
//! numbers and groups of keys, nothing personal); the restore leaves them in the data folder, and every start destroys
//! those keys again before a record is opened.
//!
//! # Absent on purpose
//!
//! - No bytes of sled: a copy of its file taken from outside is no backup.
//! - No batches: a restored log packs the same records into frames of its own. Proofs are about records.
//! - No compression: sealed bytes do not shrink.

pub mod examine;
pub mod fault;
pub mod forgotten;
pub mod frame;
pub mod keys;
pub mod part;
pub mod restore;
pub mod routes;
pub mod segment;
pub mod set;

pub use fault::BackupFault;
