//! Proofs about the log that need no key.

pub mod verify;
