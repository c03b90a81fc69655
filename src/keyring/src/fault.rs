//! What can go wrong with the keyring itself, each told apart so that an operator can act on it.

use crate::address::{KeyAddress, KeySpace};
use crate::master::MasterFault;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// A fault of the keyring. None is ever repaired by making new keys in silence.
#[derive(Debug, Error)]
pub enum KeyringFault {
    /// A step on a file failed; after it the old or the new state is whole. Trying again is safe.
    #[error("cannot {step} {path}", path = path.display())]
    Disk {
        /// What was tried.
        step: &'static str,
        /// On which file or directory.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Another process has the keyring open.
    #[error("another process uses the keyring {directory}", directory = directory.display())]
    InUse {
        /// The keyring's directory.
        directory: PathBuf,
    },
    /// There is no keyring, and the caller asked not to make one. Restore it from its backup.
    #[error("there is no keyring in {directory}", directory = directory.display())]
    Absent {
        /// The keyring's directory.
        directory: PathBuf,
    },
    /// Key files stand there without their manifest. Restore the directory whole.
    #[error("{directory} has key files but no manifest", directory = directory.display())]
    ManifestMissing {
        /// The keyring's directory.
        directory: PathBuf,
    },
    /// The manifest's bytes are not those that were written. Restore the directory whole.
    #[error("the keyring's manifest is damaged")]
    ManifestDamaged,
    /// A file was written by a later version of the program.
    #[error("{file} has format version {version}, which this program does not know")]
    FormatUnknown {
        /// The file's name.
        file: String,
        /// The version it states.
        version: u8,
    },
    /// A block of keys that was provisioned has no file. Restore the directory whole.
    #[error("the key file {file} is missing")]
    BlockMissing {
        /// The file's name.
        file: String,
    },
    /// A block's bytes are not those that were written. Restore the directory whole.
    #[error("the key file {file} is damaged")]
    BlockDamaged {
        /// The file's name.
        file: String,
    },
    /// A block is wrapped by a key that the manifest does not hold: the two come from different times.
    #[error("the key file {file} is wrapped by key {generation}, which the manifest does not hold")]
    WrappingKeyUnknown {
        /// The file's name.
        file: String,
        /// Generation of the wrapping key it was written under.
        generation: u64,
    },
    /// The master key is not the one the keyring was written under, or cannot be had.
    #[error("the master key does not open the keyring")]
    Master(#[from] MasterFault),
    /// No block is provisioned for the number: provision it first, or the keyring is older than the log.
    #[error("no key is provisioned for {space:?} {number}", space = .0.space, number = .0.number)]
    NotProvisioned(KeyAddress),
    /// The group lies outside the space.
    #[error("{0:?} lies outside its key space")]
    NoSuchAddress(KeyAddress),
    /// The number lies past the space's bound, or so far ahead that numbers are not given densely.
    #[error("{space:?} {number} is too far ahead of the {provisioned} numbers provisioned")]
    NumberTooFar {
        /// The tree.
        space: KeySpace,
        /// The number asked for.
        number: u64,
        /// Numbers that have keys.
        provisioned: u64,
    },
}
